import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fileStore } from "../../examples/support/file-store.ts";
import {
  applyPlan,
  DynamicClient,
  OAuth2Api,
  OidcApi,
  planClients,
  type RegistrationCredentials,
} from "../../src/index.ts";
import { type ListeningMock, listen } from "../../src/mock/node.ts";
import { rejection } from "../support/observe.ts";
import type { Assignment } from "./process.ts";

let folder: string;
let program: string;
let server: ListeningMock;
let api: OidcApi;
let admin: OAuth2Api;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hydra-sdk-killed-"));
  program = join(folder, "process.mjs");
  await build({
    entryPoints: ["test/faults/process.ts"],
    outfile: program,
    bundle: true,
    minify: true,
    platform: "node",
    format: "esm",
  });
  server = await listen();
  const configuration = { basePath: server.publicUrl, adminBasePath: server.adminUrl };
  api = new OidcApi(configuration);
  admin = new OAuth2Api(configuration);
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const kills: Record<string, number> = {};
let lostTokens = 0;

/** Runs the task in a process; resolves to whether it was killed. */
async function isKilled(assignment: Pick<Assignment, "task" | "id" | "folder" | "step">): Promise<boolean> {
  const { publicUrl, adminUrl } = server;
  const child = spawn(process.execPath, [program, JSON.stringify({ ...assignment, publicUrl, adminUrl })], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  const [code, signal] = await new Promise<[number | null, string | null]>((done, fail) => {
    child.once("error", fail);
    child.once("exit", (...end) => done(end));
  });
  if (signal !== "SIGKILL") expect(code, assignment.task).toBe(0);
  return signal === "SIGKILL";
}

/**
 * Runs the task in one process after another, each of which is killed one step later, until one completes.
 *
 * @param prepare returns the ID of the client that the process manages
 * @param verify is the next process
 */
async function killAtEveryStep(
  task: Assignment["task"],
  prepare: (storeFolder: string, step: number) => Promise<string>,
  verify: (id: string, storeFolder: string, wasKilled: boolean) => Promise<void>,
): Promise<void> {
  for (let step = 1; ; step++) {
    const storeFolder = join(folder, task, String(step));
    const id = await prepare(storeFolder, step);
    const wasKilled = await isKilled({ task, id, folder: storeFolder, step });
    await verify(id, storeFolder, wasKilled);
    if (!wasKilled) return;
    kills[task] = step;
  }
}

const register = async (storeFolder: string): Promise<string> => {
  const metadata = { client_name: "Registered", redirect_uris: ["https://app.example/1"] };
  return (await DynamicClient.register(api, metadata, { store: fileStore(storeFolder) })).id;
};

const requestsAbout = (id: string) => server.mock.requests.filter(({ url }) => url.includes(id)).length;
const clientOf = (id: string) => server.mock.state.clients.get(id);

/** Checks that the next process can update the client, and that the server and the store agree afterwards. */
async function verifyUpdate(client: DynamicClient, storeFolder: string): Promise<void> {
  const { data } = await client.update({ contacts: ["next@app.example"] });
  expect(data.redirect_uris).toEqual(["https://app.example/1"]);
  const stored = await fileStore(storeFolder).get(client.id);
  const { registrationAccessToken, secrets } = clientOf(client.id)!;
  expect(stored).toEqual({ registrationAccessToken, clientSecret: secrets[0] });
  expect((await DynamicClient.open(api, { id: client.id, store: fileStore(storeFolder) })).unfinishedUpdate).toBe(
    undefined,
  );
}

test.concurrent("an update: the next process knows of every lost token before it uses it, and recovers the client", async () => {
  await killAtEveryStep("update and replace", register, async (id, storeFolder, wasKilled) => {
    const store = fileStore(storeFolder);
    const { registrationAccessToken } = (await store.get(id)) as RegistrationCredentials;
    const isLost = clientOf(id)!.registrationAccessToken !== registrationAccessToken;
    const requests = requestsAbout(id);
    const next = await DynamicClient.open(api, { id, store });
    if (!wasKilled) expect([isLost, next.unfinishedUpdate]).toEqual([false, undefined]);
    if (isLost) {
      lostTokens += 1;
      expect(next.unfinishedUpdate).toBeInstanceOf(Date);
      expect(requestsAbout(id)).toBe(requests);
      expect(await rejection(next.replace({}))).toMatchObject({ name: "RegistrationStateUnknownError" });
      expect(await next.recover()).toBe("lost");
      expect(await next.recover({ oAuth2Api: admin })).toBe("recreated");
    }
    await verifyUpdate(next, storeFolder);
  });
  // Between the server's response and the store: once in the update, once in the replacement.
  expect(lostTokens).toBe(2);
});

test.concurrent("a recovery: the next process completes it, and the client keeps its metadata and its secret", async () => {
  const loseToken = async (storeFolder: string) => {
    const id = await register(storeFolder);
    // The admin API invalidates the token.
    await admin.patchOAuth2Client({ id, jsonPatch: [{ op: "replace", path: "/client_name", value: "Patched" }] });
    return id;
  };
  await killAtEveryStep("recover", loseToken, async (id, storeFolder) => {
    const next = await DynamicClient.open(api, { id, store: fileStore(storeFolder) });
    const recovery = await next.recover({ oAuth2Api: admin });
    expect(["unchanged", "recreated"]).toContain(recovery);
    expect(clientOf(id)!.client.client_name).toBe("Patched");
    await verifyUpdate(next, storeFolder);
  });
});

test.concurrent("a deletion: the next process completes it", async () => {
  await killAtEveryStep("delete", register, async (id, storeFolder) => {
    const store = fileStore(storeFolder);
    if (await store.get(id)) {
      const next = await DynamicClient.open(api, { id, store });
      const recovery = await next.recover({ oAuth2Api: admin });
      expect(recovery).toBe(clientOf(id) ? "unchanged" : "deleted");
      await next.delete();
    }
    expect(clientOf(id)).toBeUndefined();
    expect(await readdir(storeFolder)).toEqual([]);
  });
});

test.concurrent("a registration: a client remains without credentials only if the process is killed before it stores them", async () => {
  let orphans = 0;
  const name = async (_: string, step: number) => `Killed at step ${step}`;
  await killAtEveryStep("register", name, async (clientName, storeFolder, wasKilled) => {
    const [client] = [...server.mock.state.clients.values()].filter((each) => each.client.client_name === clientName);
    if (!client) return;
    const id = client.client.client_id!;
    if (wasKilled) {
      orphans += 1;
      await admin.deleteOAuth2Client({ id });
    } else {
      const next = await DynamicClient.open(api, { id, store: fileStore(storeFolder) });
      expect((await next.get()).status).toBe(200);
    }
  });
  expect(orphans).toBe(1);
});

test.concurrent("a plan: the next process finishes it, and every secret in use is known", async () => {
  const names = ["changed", "rotated", "old"];
  const known = new Map<string, string[]>();
  const prepare = async (_: string, step: number) => {
    const set = `set${step}`;
    const clients = names.map((name) => ({ client_id: `${set}-${name}` }));
    await applyPlan(admin, await planClients(admin, { set, clients }), {
      onSecret: ({ client_id, client_secret }) => void known.set(client_id, [client_secret]),
    });
    return set;
  };
  const assertSecretsKnown = async (set: string, storeFolder: string) => {
    const text = await readFile(join(storeFolder, "secrets"), "utf8").catch(() => "");
    const kept = text.split("\n").flatMap((line) => (line ? [JSON.parse(line)] : []));
    for (const [id, { secrets }] of server.mock.state.clients) {
      if (!id.startsWith(`${set}-`)) continue;
      const own = kept.filter(({ client_id }) => client_id === id).map(({ client_secret }) => client_secret);
      expect([...(known.get(id) ?? []), ...own]).toContain(secrets[0]);
    }
  };
  await killAtEveryStep("apply", prepare, async (set, storeFolder) => {
    await assertSecretsKnown(set, storeFolder);
    expect(await isKilled({ task: "apply", id: set, folder: storeFolder, step: 0 })).toBe(false);
    await assertSecretsKnown(set, storeFolder);
    const ids = [...server.mock.state.clients.keys()].filter((id) => id.startsWith(`${set}-`));
    expect(ids.sort()).toEqual(["changed", "new", "rotated"].map((name) => `${set}-${name}`));
    for (const id of ids) expect(clientOf(id)!.client.owner).toBe("shop");
  });
});

test("kills a process before each of its steps, as often as the README states", () => {
  expect(kills).toEqual({ "update and replace": 6, recover: 5, delete: 3, register: 2, apply: 6 });
  console.log(`22 processes killed, ${lostTokens} tokens lost, each of them reported`);
});
