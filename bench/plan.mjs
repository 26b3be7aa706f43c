// Compares plans with a loop of calls of @ory/client that does the same: a plan of many unchanged clients, and the creation of
// many new ones. The mock listens on a port in another process. Prints Markdown.
// To run it alone: npm run build -- --js && node bench/plan.mjs
import { fork } from "node:child_process";
import { once } from "node:events";
import { pathToFileURL } from "node:url";
import { isDeepStrictEqual } from "node:util";
import * as ory from "@ory/client";
import { applyPlan, OAuth2Api, planClients } from "../dist/index.js";
import { listen } from "../dist/mock-node.js";

const UNCHANGED = 10_000;
const NEW = 1_000;
const ROUNDS = 3;

export async function measurePlans() {
  console.log("\n## Clients as code\n\nThe mock listens on a port in another process; median of 3 rounds each.\n");
  console.log("The loop of `@ory/client` gets each client, creates it or compares its fields, and replaces it if they");
  console.log("differ, one after the other.\n");
  console.log("| figure | hydra-sdk | loop of @ory/client | ratio |\n| --- | --- | --- | --- |");
  const planned = await compare(UNCHANGED, true);
  printRow(`s to plan ${UNCHANGED.toLocaleString("en")} unchanged clients`, planned);
  const applied = await compare(NEW, false);
  printRow(`s to plan and create ${NEW.toLocaleString("en")} clients`, applied);
}

function printRow(title, { ours, loop }) {
  console.log(`| ${title} | ${ours.toFixed(2)} | ${loop.toFixed(2)} | ${(ours / loop).toFixed(3)} x |`);
}

/** Returns the median of the seconds that each takes for `count` clients, which exist already or are created. */
async function compare(count, exist) {
  const wanted = Array.from({ length: count }, (_, index) => ({
    client_id: `client-${index}`,
    client_name: `Client ${index}`,
    grant_types: ["authorization_code", "refresh_token"],
    redirect_uris: [`https://app.example/${index}`],
    scope: "openid offline_access",
    token_endpoint_auth_method: "none",
  }));
  const times = { ours: [], loop: [] };
  for (const [name, follow] of Object.entries({ ours: withPlan, loop: withLoop })) {
    for (let round = 0; round < ROUNDS; round += 1) {
      const server = await start(exist ? wanted : []);
      const begin = performance.now();
      const changes = await follow(server.configuration, wanted);
      times[name].push((performance.now() - begin) / 1000);
      if (changes !== (exist ? 0 : count)) throw new Error(`${name} made ${changes} changes`);
      server.end();
    }
  }
  return { ours: median(times.ours), loop: median(times.loop) };
}

/** Makes the server follow `wanted` with a plan, and returns the number of changes. */
async function withPlan({ basePath, adminBasePath }, wanted) {
  const api = new OAuth2Api({ basePath, adminBasePath });
  const results = await applyPlan(api, await planClients(api, wanted));
  for (const { error } of results) if (error) throw error;
  return results.length;
}

/** The same with `@ory/client`. */
async function withLoop({ adminBasePath }, wanted) {
  const api = new ory.OAuth2Api(new ory.Configuration({ basePath: adminBasePath }));
  let changes = 0;
  for (const client of wanted) {
    const id = client.client_id;
    const validateStatus = (status) => status === 200 || status === 404;
    const { data, status } = await api.getOAuth2Client({ id }, { validateStatus });
    if (status === 404) await api.createOAuth2Client({ oAuth2Client: client });
    else if (Object.keys(client).every((name) => isDeepStrictEqual(client[name], data[name]))) continue;
    else await api.setOAuth2Client({ id, oAuth2Client: { ...data, ...client } });
    changes += 1;
  }
  return changes;
}

/** Starts a mock with clients of the set in another process. */
async function start(clients) {
  const child = fork(new URL(import.meta.url), ["serve"]);
  child.send(clients);
  const [configuration] = await once(child, "message");
  return { configuration, end: () => child.disconnect() };
}

async function serve() {
  const [clients] = await once(process, "message");
  const { publicUrl, adminUrl, mock } = await listen();
  const metadata = { managed_by: "hydra-sdk", managed_set: "default" };
  for (const client of clients) mock.addClient({ ...client, metadata });
  process.send({ basePath: publicUrl, adminBasePath: adminUrl });
  process.on("disconnect", () => process.exit());
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

if (import.meta.url === pathToFileURL(process.argv[1]).href)
  await (process.argv[2] === "serve" ? serve() : measurePlans());
