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
  expect(await run("create", "project")).toMatchObject({ status: 2, stderr: expect.stringContaining("--name") });
  expect(await run("create", "project", "--name", "x", "-e", "nope")).toMatchObject({ status: 2 });
});
