// Makes the server follow clients.yaml: plans, prints the plan, and applies it. The command `hydra-sdk apply` does the same.
//
//   npx tsx examples/clients-as-code/apply.ts
//
// Also needs: npm install yaml
import { appendFile, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { applyPlan, type ClientPlan, type ClientSet, OAuth2Api, planClients, resolveVariables } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { parse } from "yaml";

const oauth2 = new OAuth2Api({ timeout: 10_000, ...configurationFromEnv() });

// A set of its own, so that the example touches no other clients. In a deployment, the variables are in the environment.
const set = `example-${crypto.randomUUID()}`;
const secrets = { SHOP_WEB_SECRET: crypto.randomUUID(), SHOP_REPORTS_SECRET: crypto.randomUUID() };
const variables = { SHOP_HOST: "shop.example.com", ...secrets, ...process.env };
const text = await readFile(new URL("clients.yaml", import.meta.url), "utf8");
const file: ClientSet = await resolveVariables(parse(text, { merge: true }), { variables });
// One more, without a secret: a secret is generated when it is created.
const wanted = [...file.clients, { client_id: "shop-batch", grant_types: ["client_credentials"] }];
const clients = wanted.map((client) => ({ ...client, client_id: `${set}-${client.client_id}` }));

// Generated secrets are kept here, each before its client is created.
const secretsFile = join(tmpdir(), `${set}.jsonl`);

async function apply(plan: ClientPlan): Promise<void> {
  const results = await applyPlan(oauth2, plan, {
    secretOf: (id) => clients.find(({ client_id }) => client_id === id)?.client_secret,
    onSecret: (secret) => appendFile(secretsFile, `${JSON.stringify(secret)}\n`, { mode: 0o600 }),
  });
  for (const { clientId, outcome, error } of results) {
    if (error) console.error(`${clientId}: ${outcome}: ${error.message}`);
    if (outcome !== "done") process.exitCode = 1;
  }
}

function print(title: string, plan: ClientPlan): void {
  console.log(title);
  for (const { action, clientId, patch = [], reason = "" } of plan.clients) {
    const paths = patch.map(({ path }) => path).join(" ");
    console.log(" ", [action, clientId.slice(set.length + 1), paths, reason].filter(Boolean).join(" "));
  }
}

try {
  const first = await planClients(oauth2, { set, clients });
  print("the first plan:", first);
  await apply(first);
  const kept = (await readFile(secretsFile, "utf8")).trim().split("\n").length;
  console.log("generated secrets that were kept:", kept);

  print("the second plan:", await planClients(oauth2, { set, clients }));

  // One client changes, two others are no longer wanted.
  clients[0]!.client_name = "The web shop";
  const next = await planClients(oauth2, { set, clients: clients.slice(0, 2) }, { prune: true });
  print("after an edit:", next);
  await apply(next);
} finally {
  // An empty set with `prune` deletes every client of the set, and no other.
  await apply(await planClients(oauth2, { set, clients: [] }, { prune: true }));
  await rm(secretsFile, { force: true });
}
