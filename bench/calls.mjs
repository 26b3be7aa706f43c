// Measures the CPU time of one call relative to plain fetch, in its own process.
// Sends rows of [name, situation, microseconds, ratio] to its parent.
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import * as axiosClient from "@ory/client";
import * as fetchClient from "@ory/client-fetch";
import * as sdk from "../dist/index.js";

const ROUNDS = 61;
const CALLS = 200;

const server = fork(fileURLToPath(new URL("server.mjs", import.meta.url)));
const [port] = await once(server, "message");
const basePath = `http://127.0.0.1:${port}`;
const accessToken = "ory_pat_bench";
const oAuth2Client = {
  client_name: "Bench",
  grant_types: ["authorization_code", "refresh_token"],
  redirect_uris: ["https://app.example/callback"],
  scope: "openid offline_access profile",
};
const id = "5f2ae5a9-56ce-4a5d-a07b-45a2c3e8a3f6";

const plain = async (path, init) => {
  const response = await fetch(basePath + path, init);
  if (!response.ok) throw new Error(response.statusText);
  return response.json();
};
const headers = { accept: "application/json", authorization: `Bearer ${accessToken}` };
const ours = new sdk.OAuth2Api(new sdk.Configuration({ basePath, accessToken }));
const axios = new axiosClient.OAuth2Api(new axiosClient.Configuration({ basePath, accessToken }));
const generated = new fetchClient.OAuth2Api(new fetchClient.Configuration({ basePath, accessToken }));

const contenders = {
  GET: {
    "plain fetch": () => plain(`/admin/clients/${encodeURIComponent(id)}`, { headers }),
    "hydra-sdk": () => ours.getOAuth2Client({ id }),
    "@ory/client": () => axios.getOAuth2Client({ id }),
    "@ory/client-fetch": () => generated.getOAuth2Client({ id }),
  },
  POST: {
    "plain fetch": () =>
      plain("/admin/clients", {
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body: JSON.stringify(oAuth2Client),
      }),
    "hydra-sdk": () => ours.createOAuth2Client({ oAuth2Client }),
    "@ory/client": () => axios.createOAuth2Client({ oAuth2Client }),
    "@ory/client-fetch": () => generated.createOAuth2Client({ oAuth2Client }),
  },
};

/** Returns the CPU time of a call in microseconds, of this process only. */
async function cpuTime(call, concurrency) {
  globalThis.gc();
  const before = process.cpuUsage();
  for (let done = 0; done < CALLS; done += concurrency) await Promise.all(Array.from({ length: concurrency }, call));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / CALLS;
}

const shuffled = (values) =>
  values
    .map((value) => [Math.random(), value])
    .sort(([a], [b]) => a - b)
    .map(([, value]) => value);

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

for (const [method, calls] of Object.entries(contenders)) {
  for (const concurrency of [1, 50]) {
    const names = Object.keys(calls);
    const times = Object.fromEntries(names.map((name) => [name, []]));
    // Warm up, then measure all contenders in every round, in random order, so that load on the machine affects all alike.
    for (let round = -5; round < ROUNDS; round += 1) {
      for (const name of shuffled(names)) {
        const time = await cpuTime(calls[name], concurrency);
        if (round >= 0) times[name].push(time);
      }
    }
    for (const name of names) {
      const ratio = median(times[name].map((time, round) => time / times["plain fetch"][round]));
      process.send([
        name,
        `${method}, ${concurrency === 1 ? "sequential" : `${concurrency} concurrent`}`,
        median(times[name]),
        ratio,
      ]);
    }
  }
}
server.disconnect();
