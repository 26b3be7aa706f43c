// CPU of one call beside plain fetch, in a process of its own. Sends rows of [name, situation, microseconds, ratio].
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

/** Microseconds of CPU a call, of this process alone. */
async function cpu(call, atOnce) {
  globalThis.gc();
  const before = process.cpuUsage();
  for (let done = 0; done < CALLS; done += atOnce) await Promise.all(Array.from({ length: atOnce }, call));
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
  for (const atOnce of [1, 50]) {
    const names = Object.keys(calls);
    const times = Object.fromEntries(names.map((name) => [name, []]));
    // Warm up, then measure all of them in every round, in any order: what slows the machine slows each alike.
    for (let round = -5; round < ROUNDS; round += 1) {
      for (const name of shuffled(names)) {
        const time = await cpu(calls[name], atOnce);
        if (round >= 0) times[name].push(time);
      }
    }
    for (const name of names) {
      const ratio = median(times[name].map((time, round) => time / times["plain fetch"][round]));
      process.send([name, `${method}, ${atOnce === 1 ? "alone" : `${atOnce} at once`}`, median(times[name]), ratio]);
    }
  }
}
server.disconnect();
