import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { createMockHydra, type MockHydra } from "../../src/mock/index.ts";
import { cli, variablesOf } from "./support.ts";

const words = (line: string) => line.split(" ");

let mock: MockHydra;
let store: string;

beforeEach(async () => {
  mock = createMockHydra();
  store = await mkdtemp(join(tmpdir(), "hydra-sdk-"));
});

async function register(): Promise<string> {
  const { stdout } = await cli([...words("register dynamic-client --name Field -q --store"), store], { mock });
  return stdout.trim();
}

/** The credentials of a client in the store. */
async function storedOf(id: string): Promise<{ registrationAccessToken: string; clientSecret: string }> {
  return JSON.parse(await readFile(join(store, "http%3A%2F%2F127.0.0.1%3A4444", `${id}.json`), "utf8"));
}

test("register shows the secret once, and keeps the token in a file of its owner", async () => {
  const line = [...words("register dynamic-client --name Field --scope openid --format json --store"), store];
  const { status, stdout, stderr } = await cli(line, { mock });
  expect(status).toBe(0);
  const client = JSON.parse(stdout);
  expect(client).toMatchObject({ client_name: "Field", scope: "openid", client_secret: expect.any(String) });
  expect(client).not.toHaveProperty("registration_access_token");
  expect(stderr).toBe(
    `The client secret is shown this once: keep it now.\nIts registration access token is kept in ${store}.\n`,
  );
  const stored = await storedOf(client.client_id);
  expect(stored).toMatchObject({ registrationAccessToken: expect.any(String), clientSecret: client.client_secret });
  const folder = join(store, "http%3A%2F%2F127.0.0.1%3A4444");
  const files = await readdir(folder);
  expect(files).toEqual([`${client.client_id}.json`]);
  expect((await stat(join(folder, files[0]!))).mode & 0o777).toBe(0o600);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
});

test("the store is in the state folder by default", async () => {
  const env = { ...variablesOf(mock), XDG_STATE_HOME: store };
  const { stdout } = await cli(words("register dynamic-client -q"), { mock, env });
  const folder = join(store, "hydra-sdk", "registrations", "http%3A%2F%2F127.0.0.1%3A4444");
  expect(await readdir(folder)).toEqual([`${stdout.trim()}.json`]);
});

test("each update replaces the token, and the next command uses the new one", async () => {
  const id = await register();
  const first = await storedOf(id);
  const update = [...words(`update dynamic-client ${id} --store`), store];
  const dry = await cli([...update, "--name", "Yard", "--dry-run"], { mock });
  expect(dry).toMatchObject({ status: 0, stdout: '~ /client_name  "Field" → "Yard"\n' });
  const { status, stdout, stderr } = await cli([...update, "--name", "Yard", "--format", "json"], { mock });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const second = await storedOf(id);
  expect(second.registrationAccessToken).not.toBe(first.registrationAccessToken);
  expect(stdout).not.toContain(second.registrationAccessToken);
  const shown = await cli([...words(`get dynamic-client ${id} --format jsonpath=client_name --store`), store], {
    mock,
  });
  expect(shown).toMatchObject({ status: 0, stdout: '"Yard"\n', stderr: "" });
});

test("a client that was registered elsewhere is managed with its token", async () => {
  const id = await register();
  const { registrationAccessToken: stdin } = await storedOf(id);
  await rm(store, { recursive: true });
  const line = words(`get dynamic-client ${id} -q --store ${store}`);
  const missing = await cli(line, { mock });
  expect(missing.status).toBe(2);
  expect(missing.stderr).toContain("--registration-token-file");
  expect((await cli([...line, "--registration-token-file", "-"], { mock, stdin })).stdout).toBe(`${id}\n`);
  expect(await storedOf(id)).toMatchObject({ registrationAccessToken: stdin });
  const open = await cli([...line, "--registration-token", stdin], { mock });
  expect(open.stderr).toContain("warning: others on this machine can read --registration-token");
});

test("a token is not sent to another server", async () => {
  const id = await register();
  const other = createMockHydra({ publicUrl: "http://127.0.0.1:5555" });
  const { status } = await cli(words(`get dynamic-client ${id} --store ${store}`), { mock: other });
  expect(status).toBe(2);
  expect(other.requests).toEqual([]);
});

test("delete removes the client and its token", async () => {
  const id = await register();
  const line = words(`delete dynamic-client ${id} --store ${store}`);
  expect((await cli([...line, "--dry-run", "-q"], { mock })).stdout).toBe(`${id}\n`);
  expect(mock.state.clients.size).toBe(1);
  expect(await cli(line, { mock })).toMatchObject({ status: 0, stdout: `ID\t${id}\n` });
  expect(mock.state.clients.size).toBe(0);
  expect(await readdir(join(store, "http%3A%2F%2F127.0.0.1%3A4444"))).toEqual([]);
  expect((await cli(line, { mock })).status).toBe(2);
  expect((await cli([...line, "--ignore-missing"], { mock })).status).toBe(0);
});

test("a token that was lost is told, and the client is created again", async () => {
  const id = await register();
  const at = ["--store", store];
  const unchanged = await cli([...words(`recover dynamic-client ${id} -q`), ...at], { mock });
  expect(unchanged).toMatchObject({ status: 0 });
  mock.fail({ operation: "setOidcDynamicClient", cutBody: true });
  const lost = await cli([...words(`update dynamic-client ${id} --name Yard`), ...at], { mock });
  expect(lost.status).toBe(1);
  expect(lost.stderr).toContain(`hydra-sdk recover dynamic-client ${id}`);
  const again = await cli([...words(`get dynamic-client ${id}`), ...at], { mock });
  expect(again.status).toBe(1);
  expect(again.stderr).toContain("has no known outcome");
  const found = await cli([...words(`recover dynamic-client ${id} --format jsonpath=result`), ...at], { mock });
  expect(found).toMatchObject({ status: 1, stdout: '"lost"\n' });
  const recreated = await cli([...words(`recover dynamic-client ${id} --recreate --format json`), ...at], { mock });
  expect(recreated).toMatchObject({ status: 0, stdout: `{"client_id":"${id}","result":"recreated"}\n` });
  const name = await cli([...words(`get dynamic-client ${id} --format jsonpath=client_name`), ...at], { mock });
  expect(name).toMatchObject({ status: 0, stdout: '"Yard"\n', stderr: "" });

  mock.state.clients.delete(id);
  const gone = await cli([...words(`get dynamic-client ${id}`), ...at], { mock });
  expect(gone.status).toBe(4);
  expect(gone.stderr).toContain("The client was deleted, or changed by an administrator.");
  const deleted = await cli([...words(`recover dynamic-client ${id} --recreate`), ...at], { mock });
  expect(deleted.stdout).toContain("RESULT\tdeleted\n");
  expect(await readdir(join(store, "http%3A%2F%2F127.0.0.1%3A4444"))).toEqual([]);
});

test("nothing is registered if the token cannot be kept, and one that cannot be kept is shown", async () => {
  const file = join(store, "file");
  await writeFile(file, "");
  const { status, stderr } = await cli(words(`register dynamic-client --store ${file}`), { mock });
  expect(status).toBe(2);
  expect(stderr).toContain("--store");
  expect(mock.requests).toEqual([]);

  const late = await cli(words(`register dynamic-client --store ${store}`), {
    mock,
    fetch: async (input, init) => {
      const response = await mock.fetch(input, init);
      await rm(store, { recursive: true });
      await writeFile(store, "");
      return response;
    },
  });
  expect(late.status).toBe(1);
  const [client] = mock.state.clients.values();
  expect(late.stderr).toContain(client!.registrationAccessToken);
});

test("what an administrator alone can set has no flag, and nothing is sent without a change", async () => {
  for (const line of [
    "register dynamic-client --skip-consent",
    "register dynamic-client --secret abc123",
    "update dynamic-client some-id",
    "get dynamic-client",
    "update dynamic-client some-id --file - --registration-token-file -",
  ]) {
    const { status, stderr } = await cli([...words(line), "--store", store], { mock });
    expect([line, status]).toEqual([line, 2]);
    expect(stderr).not.toBe("");
  }
  const file = join(store, "client.json");
  await writeFile(file, '{"client_id":"other"}');
  const other = await cli(words(`update dynamic-client one --file ${file} --store ${store}`), { mock });
  expect(other).toMatchObject({ status: 2, stderr: expect.stringContaining("--file is of the client other") });
  expect(mock.requests).toEqual([]);
});
