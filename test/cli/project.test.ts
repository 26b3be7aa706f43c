import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createMockConsole, type MockConsole } from "../../src/mock/index.ts";
import { cli, type World } from "./support.ts";

let folder: string;
let networks = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "project-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** A console, and a shell whose variables hold its key. */
function network() {
  const mock: MockConsole = createMockConsole();
  const profiles = join(folder, `${networks++}.json`);
  const world: World = {
    fetch: mock.fetch,
    env: { ORY_WORKSPACE_API_KEY: mock.workspaceApiKey, HYDRA_SDK_CONFIG: profiles },
  };
  const run = async (...args: string[]) => {
    const outcome = await cli(args, world);
    expect(outcome.stdout + outcome.stderr).not.toContain(mock.workspaceApiKey);
    return outcome;
  };
  return { mock, run, profiles };
}

const create = async (run: ReturnType<typeof network>["run"], ...flags: string[]) =>
  JSON.parse((await run("create", "project", "--name", "Web shop", "--format", "json", ...flags)).stdout);

test("a project is created, shown, listed, renamed and deleted", async () => {
  const { run } = network();
  const project = await create(run, "-e", "stage", "--home-region", "us-east");
  expect(project).toMatchObject({ name: "Web shop", environment: "stage", home_region: "us-east" });
  expect((await run("get", "project", project.slug.slice(0, -2), "-q")).stdout).toBe(`${project.id}\n`);
  expect((await run("ls", "projects", "-q")).stdout).toBe(`${project.id}\n`);
  expect((await run("ls", "projects", "-q", "--workspace", project.workspace_id)).stdout).toBe(`${project.id}\n`);
  const dry = await run("patch", "project", project.id, "--replace", '/name="Shop"', "--dry-run");
  expect(dry.stdout).toBe('~ /name  "Web shop" → "Shop"\n');
  const renamed = await run("patch", "project", project.id, "--replace", '/name="Shop"', "--format=jsonpath=name");
  expect(renamed.stdout).toBe('"Shop"\n');
  expect(await run("delete", "project", project.id)).toMatchObject({ status: 2 });
  expect(await run("delete", "project", project.id, "--yes")).toMatchObject({ status: 0 });
  expect(await run("get", "project", project.id)).toMatchObject({ status: 3 });
});

test("the configuration is patched with the project as an argument, as documents show it", async () => {
  const { run } = network();
  const { id } = await create(run);
  const patched = await run(
    ...["patch", "oauth2-config", id, "--replace", "/oidc/dynamic_client_registration/enabled=true"],
    ...["--replace", '/ttl/access_token="90m"', "--format", "json"],
  );
  expect(patched).toMatchObject({ status: 0, stderr: "" });
  expect(JSON.parse(patched.stdout)).toMatchObject({
    oidc: { dynamic_client_registration: { enabled: true } },
    ttl: { access_token: "1h30m0s" },
  });
  const shown = await run("get", "oauth2-config", "--project", id, "--format", "jsonpointer=/ttl/access_token");
  expect(shown.stdout).toBe('"1h30m0s"\n');
});

test("update replaces the configuration alone, and --dry-run sends nothing", async () => {
  const { run } = network();
  const { id, slug } = await create(run);
  const file = join(folder, "config.json");
  await writeFile(file, '{"strategies":{"access_token":"jwt"},"log":{"level":"debug"}}');
  const dry = await run("update", "oauth2-config", id, "--file", file, "--dry-run", "--format", "json");
  expect(JSON.parse(dry.stdout)).toMatchObject({ name: "Web shop" });
  expect((await run("get", "oauth2-config", id, "--format=jsonpath=strategies.access_token")).stdout).toBe(
    '"opaque"\n',
  );
  const updated = await run("update", "oauth2-config", slug, "--file", file);
  expect(updated.stderr).toContain("warning:");
  expect((await run("get", "oauth2-config", id, "--format=jsonpath=strategies.access_token")).stdout).toBe('"jwt"\n');
  await writeFile(file, '{"name":"Other"}');
  await run("update", "project", id, "--file", file);
  expect((await run("get", "project", id, "--format=jsonpath=name")).stdout).toBe('"Other"\n');
  expect((await run("get", "oauth2-config", id, "--format=jsonpath=strategies.access_token")).stdout).toBe('"jwt"\n');
});

test("use writes a profile without a secret, and later commands follow it", async () => {
  const { mock, run, profiles } = network();
  const { id } = await create(run, "--use-project");
  expect((await run("get", "project", "-q")).stdout).toBe(`${id}\n`);
  const other = await create(run);
  await run("use", "project", other.slug);
  expect((await run("get", "project", "-q")).stdout).toBe(`${other.id}\n`);
  await run("use", "workspace", other.workspace_id);
  const file = await readFile(profiles, "utf8");
  expect(JSON.parse(file).profiles.default).toEqual({ project: other.id, workspace: other.workspace_id });
  expect(file).not.toContain(mock.workspaceApiKey);
});

test("API keys are made, listed without their values and deleted", async () => {
  const { run } = network();
  const { id } = await create(run);
  const made = await run(
    "create",
    "project-api-key",
    id,
    "--name",
    "ci",
    "--expires-at",
    "2030-01-01T00:00:00Z",
    "--format=json",
  );
  expect(made.stderr).toContain("shown this once");
  const key = JSON.parse(made.stdout);
  expect(key).toMatchObject({ name: "ci", expires_at: "2030-01-01T00:00:00Z" });
  const listed = await run("list", "project-api-keys", id);
  expect(listed.stdout).toContain(key.id);
  expect(listed.stdout).not.toContain(key.value);
  expect(await run("delete", "project-api-key", key.id, "--project", id)).toMatchObject({ status: 0 });
});

test("workspaces are listed and shown", async () => {
  const { run } = network();
  const { stdout } = await run("list", "workspaces", "-q");
  expect((await run("get", "workspace", stdout.trim(), "-q")).stdout).toBe(stdout);
});

test("what documents of Ory show: a project, a client of it, a token", async () => {
  const { mock, run } = network();
  const { id } = await create(run);
  const { apiKey } = await mock.addProject();
  expect(apiKey).toMatch(/^ory_pat_/);
  const key = JSON.parse((await run("create", "project-api-key", id, "--name", "shell", "--format=json")).stdout);
  const env = {
    ORY_WORKSPACE_API_KEY: mock.workspaceApiKey,
    ORY_PROJECT_API_KEY: key.value,
    HYDRA_SDK_CONFIG: join(folder, "none.json"),
  };
  const shell = (...args: string[]) => cli(args, { env, fetch: mock.fetch });
  const made = await shell(
    "create",
    "oauth2-client",
    "--project",
    id,
    "--grant-type",
    "client_credentials",
    "--format=json",
  );
  expect(made.status).toBe(0);
  const { client_id, client_secret } = JSON.parse(made.stdout);
  const token = await cli(["perform", "client-credentials", `--client-id=${client_id}`, "--project", id, "-q"], {
    env: { ...env, OAUTH2_CLIENT_SECRET: client_secret },
    fetch: mock.fetch,
  });
  expect(token).toMatchObject({ status: 0, stdout: expect.stringMatching(/^ory_at_/) });
  const inspected = await shell(
    "introspect",
    "token",
    token.stdout.trim(),
    "--project",
    id,
    "--format=jsonpath=active",
  );
  expect(inspected.stdout).toBe("true\n");
});

test("without a key, or for a name that fits none, nothing is sent and the way is named", async () => {
  const { run } = network();
  const missing = await cli(["get", "project", "x"], { env: {} });
  expect(missing).toMatchObject({ status: 2, stderr: expect.stringContaining("ORY_WORKSPACE_API_KEY") });
  expect(await run("get", "project", "nope")).toMatchObject({ status: 2, stderr: expect.stringContaining("PROJECT") });
  expect(await run("get", "project", "--profile", "gone")).toMatchObject({ status: 2 });
  expect(await run("list", "projects", "-e", "http://127.0.0.1:1")).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/^error: --endpoint is not for the console.*ORY_CONSOLE_URL/),
  });
  expect(await run("create", "project")).toMatchObject({ status: 2, stderr: expect.stringContaining("--name") });
  expect(await run("create", "project", "--name", "x", "-e", "nope")).toMatchObject({ status: 2 });
});

/** A console at which another writer changes a project just before the first patch of a revision arrives. */
function racing(mock: MockConsole, path: string, value: unknown): MockConsole["fetch"] {
  let isFirst = true;
  return async (input, init) => {
    const request = new Request(input, init);
    if (isFirst && request.method === "PATCH") {
      isFirst = false;
      const url = request.url.replace(/\/revision\/.*/, "");
      const { headers } = request;
      await mock.fetch(url, { method: "PATCH", headers, body: JSON.stringify([{ op: "add", path, value }]) });
    }
    return mock.fetch(request);
  };
}
const SETTINGS = "/services/oauth2/config";

test("a setting that someone else changes at the same time is kept", async () => {
  const { mock } = network();
  const { project } = await mock.addProject();
  const env = { ORY_WORKSPACE_API_KEY: mock.workspaceApiKey };
  const fetch = racing(mock, `${SETTINGS}/ttl/id_token`, "2h0m0s");
  const args = ["patch", "oauth2-config", project.id, "--replace", '/ttl/access_token="90m"'];
  expect(await cli(args, { env, fetch })).toEqual({
    status: 0,
    stdout: '~ /ttl/access_token  "1h0m0s" → "1h30m0s"\n',
    stderr: "",
    opened: [],
  });
  const shown = await cli(["get", "oauth2-config", project.id, "--format=jsonpath=ttl"], { env, fetch });
  expect(JSON.parse(shown.stdout)).toMatchObject({ access_token: "1h30m0s", id_token: "2h0m0s" });
  const renamed = ["patch", "project", project.id, "--replace", '/name="Shop"'];
  expect(await cli(renamed, { env, fetch: racing(mock, `${SETTINGS}/ttl/id_token`, "3h0m0s") })).toMatchObject({
    status: 0,
    stdout: '~ /name  "Mock project" → "Shop"\n',
  });
});

test.each([
  ["--replace", '/ttl/access_token="90m"', "/ttl/access_token", "2h0m0s"],
  [
    "--remove",
    "/oidc/subject_identifiers/supported_types/0",
    "/oidc/subject_identifiers/supported_types",
    ["pairwise"],
  ],
])("the same setting, changed by someone else, is a conflict that names it: %s %s", async (...given) => {
  const [flag, operation, path, value] = given;
  const { mock } = network();
  const { project } = await mock.addProject();
  const env = { ORY_WORKSPACE_API_KEY: mock.workspaceApiKey };
  const fetch = racing(mock, SETTINGS + path, value);
  const { status, stdout, stderr } = await cli(["patch", "oauth2-config", project.id, flag, operation], { env, fetch });
  expect({ status, stdout }).toEqual({ status: 5, stdout: "" });
  expect(stderr).toContain(`${path} `);
  expect(stderr).toContain("someone else changed it meanwhile");
  expect(stderr).not.toContain("update");
});

test("items that two writers append to a list are both there", async () => {
  const { mock } = network();
  const { project } = await mock.addProject();
  const list = "/oidc/subject_identifiers/supported_types";
  const { status, stdout } = await cli(["patch", "oauth2-config", project.id, "--add", `${list}/-="pairwise"`], {
    env: { ORY_WORKSPACE_API_KEY: mock.workspaceApiKey },
    fetch: racing(mock, `${SETTINGS}${list}/-`, "other"),
  });
  expect({ status, stdout }).toEqual({ status: 0, stdout: `+ ${list}/-  "pairwise"\n` });
  const types = mock.state.projects.get(project.id)!.project.services.oauth2!.config as any;
  expect(types.oidc.subject_identifiers.supported_types).toEqual(["public", "other", "pairwise"]);
});

test("a project that others change all the time is a conflict, and no reason to replace it", async () => {
  const { mock } = network();
  const { project } = await mock.addProject();
  let patches = 0;
  const fetch: typeof mock.fetch = async (input, init) => {
    if (init?.method !== "PATCH") return mock.fetch(input, init);
    patches++;
    return Response.json({ error: { code: 409, message: "another revision" } }, { status: 409 });
  };
  const { status, stderr } = await cli(["patch", "project", project.id, "--replace", '/name="a"'], {
    env: { ORY_WORKSPACE_API_KEY: mock.workspaceApiKey },
    fetch,
  });
  expect({ status, patches }).toEqual({ status: 5, patches: 5 });
  expect(stderr).toContain("repeat the command");
  expect(stderr).not.toContain("update");
});

test("a patch that changes nothing says so", async () => {
  const { run } = network();
  const { id } = await create(run);
  const args = ["patch", "oauth2-config", id, "--replace", '/ttl/access_token="1h"'];
  expect(await run(...args)).toMatchObject({ status: 0, stdout: "nothing to change\n", stderr: "" });
  const json = await run(...args, "--format", "json");
  expect(json.stderr).toContain("nothing was changed");
  expect(JSON.parse(json.stdout)).toMatchObject({ ttl: { access_token: "1h0m0s" } });
});

test("a setting that is new beside one with nearly the same name is warned of, before and after", async () => {
  const { run } = network();
  const { id } = await create(run);
  const warning = "warning: /ttl/acess_token is new beside /ttl/access_token: is it misspelled?\n";
  const args = ["patch", "oauth2-config", id, "--replace", '/ttl/acess_token="2h"'];
  expect(await run(...args, "--dry-run")).toMatchObject({ status: 0, stderr: warning });
  expect(await run(...args)).toMatchObject({ status: 0, stderr: warning, stdout: '+ /ttl/acess_token  "2h0m0s"\n' });
  const parent = await run("patch", "oauth2-config", id, "--add", '/strategis={"access_token":"jwt"}', "--dry-run");
  expect(parent.stderr).toContain("/strategis is new beside /strategies");
  const rightly = ["--add", '/urls={"login":"https://a.example"}', "--add", '/ttl/device_user_code="5m"'];
  expect(await run("patch", "oauth2-config", id, ...rightly)).toMatchObject({ status: 0, stderr: "" });
});
