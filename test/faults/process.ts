/**
 * A process that manages a registration, or applies a plan, and kills itself just before its n-th step: a request or a use of
 * the store that changes something. To be killed before a read is the same as to be killed before the next change.
 */
import { appendFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileStore } from "../../examples/support/file-store.ts";
import { applyPlan, DynamicClient, OAuth2Api, OidcApi, planClients, type RegistrationStore } from "../../src/index.ts";

/** What the process does, passed to it as JSON. */
export interface Assignment {
  task: "register" | "update and replace" | "delete" | "recover" | "apply";
  /** The `client_id`; the `client_name` for a registration; the name of the set for a plan. */
  id: string;
  publicUrl: string;
  adminUrl: string;
  /** The folder of the store. */
  folder: string;
  /** The number of the step. */
  step: number;
}

const { task, id, publicUrl, adminUrl, folder, step }: Assignment = JSON.parse(process.argv[2]!);

let steps = 0;
function nextStep(): void {
  steps += 1;
  if (steps === step) process.kill(process.pid, "SIGKILL");
}

const files = fileStore(folder);
const store: RegistrationStore = {
  get: files.get,
  set(key, value) {
    nextStep();
    return files.set(key, value);
  },
  delete(key) {
    nextStep();
    return files.delete(key);
  },
};
const configuration = {
  basePath: publicUrl,
  adminBasePath: adminUrl,
  fetch: async (url: string, init?: RequestInit) => {
    if (init?.method !== "GET") nextStep();
    return fetch(url, init);
  },
};
const api = new OidcApi(configuration);
const oAuth2Api = new OAuth2Api(configuration);

switch (task) {
  case "register":
    await DynamicClient.register(api, { client_name: id }, { store });
    break;
  case "update and replace": {
    const client = await DynamicClient.open(api, { id, store });
    await client.update({ client_name: "Updated" });
    await client.replace({ client_name: "Replaced", redirect_uris: ["https://app.example/1"] });
    break;
  }
  case "delete":
    await (await DynamicClient.open(api, { id, store })).delete();
    break;
  case "recover":
    await (await DynamicClient.open(api, { id, store })).recover({ oAuth2Api });
    break;
  case "apply": {
    const clients = ["changed", "rotated", "new"].map((name) => ({ client_id: `${id}-${name}`, owner: "shop" }));
    const plan = await planClients(oAuth2Api, { set: id, clients }, { prune: true, rotate: [`${id}-rotated`] });
    await mkdir(folder, { recursive: true });
    await applyPlan(oAuth2Api, plan, {
      concurrency: 1,
      onSecret(secret) {
        nextStep();
        return appendFile(join(folder, "secrets"), `${JSON.stringify(secret)}\n`);
      },
    });
  }
}
