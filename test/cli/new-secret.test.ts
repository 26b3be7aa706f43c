import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createMockConsole, createMockHydra } from "../../src/mock/index.ts";
import { cli } from "./support.ts";

const SHOWN = "The client secret is shown this once: keep it now.\n";
const words = (line: string) => line.split(" ");

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "new-secret-"));
});
afterAll(() => rm(folder, { recursive: true }));

test.each(["-q", "--format=jsonpath=client_id", "--format=jsonpointer=/client_id"])(
  "create %s does not say that it shows the secret, but how the client gets another",
  async (flag) => {
    const mock = createMockHydra();
    const { status, stderr } = await cli(["create", "client", "--id", "a", flag], { mock });
    expect(status).toBe(0);
    expect(stderr).toMatch(/^warning: the client secret was not printed/);
    expect(stderr).not.toContain("shown");
    const [, line = ""] = /`hydra-sdk (.*) --secret-file FILE`/.exec(stderr)!;
    await cli([...words(line), "--secret-file", "-"], { mock, stdin: "another-secret" });
    const token = words("perform client-credentials --client-id a --client-secret-file - --scope offline_access");
    await cli(words("update client a --grant-type client_credentials"), { mock });
    expect(await cli(token, { mock, stdin: "another-secret" })).toMatchObject({ status: 0 });
  },
);

test("a format with the secret in it shows the secret", async () => {
  for (const flag of ["--format=jsonpath=client_secret", "--format=yaml", "--format=table"])
    expect((await cli(["create", "client", flag])).stderr).toBe(SHOWN);
});

test.each([
  ["--secret-file -", "mine-mine"],
  ["--token-endpoint-auth-method private_key_jwt --jwks-uri https://a.example/keys", ""],
  ["--token-endpoint-auth-method none", ""],
])("nothing is said of a secret that is known or not used: %s", async (flags, stdin) => {
  for (const format of ["-q", "--format=table"]) {
    const made = await cli([...words(`create client --id a ${flags}`), format], { mock: createMockHydra(), stdin });
    expect(made).toMatchObject({ status: 0, stderr: "" });
    expect(made.stdout).not.toContain("SECRET");
  }
});

test("register -q names the folder that keeps the secret", async () => {
  const { stdout, stderr } = await cli([...words("register dynamic-client -q --store"), folder]);
  expect(stderr).toBe(`Its client secret and registration access token are kept in ${folder}.\n`);
  const file = join(folder, encodeURIComponent("http://127.0.0.1:4444"), `${stdout.trim()}.json`);
  expect(JSON.parse(await readFile(file, "utf8")).clientSecret).toEqual(expect.any(String));
});

test("import counts the secrets that were not printed", async () => {
  const file = join(folder, "clients.json");
  const none = { token_endpoint_auth_method: "none" };
  await writeFile(file, JSON.stringify([{ client_id: "a" }, { client_id: "b", client_secret: "known-one" }, none]));
  const quiet = await cli(["import", "clients", file, "-q"]);
  expect(quiet.stderr).toMatch(/^created 3 of 3 clients\nwarning: the new secrets of 1 client were not printed/);
  expect((await cli(["import", "clients", file])).stderr).toBe(
    "created 3 of 3 clients; client secrets are shown this once: keep them now.\n",
  );
});

test("rotate -q and create project-api-key -q do not say that they show what they do not", async () => {
  const mock = createMockHydra();
  mock.addClient({ client_id: "a" });
  const rotated = await cli(words("rotate client-secret a -q"), { mock });
  expect(rotated.stderr).toMatch(/^warning: the client secret was not printed.*rotate it again/);
  const { fetch, workspaceApiKey, addProject } = createMockConsole();
  const { project } = await addProject();
  const key = await cli(words(`create project-api-key ${project.id} --name ci -q`), {
    fetch,
    env: { ORY_WORKSPACE_API_KEY: workspaceApiKey },
  });
  expect(key.stderr).toMatch(/^warning: the API key was not printed.*delete it, and create another/);
});
