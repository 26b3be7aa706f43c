import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createMockConsole, createMockHydra, type MockHydra } from "../../src/mock/index.ts";
import { cli, variablesOf, type World } from "./support.ts";

/** What a failed command says, and its exit status. */
async function failure(line: string, world: World) {
  const { status, stdout, stderr } = await cli(line.split(" "), world);
  expect(stdout).toBe("");
  return { status, stderr };
}

const refusing = (status: number, body: object): MockHydra => {
  const mock = createMockHydra();
  mock.fail({ status, body });
  return mock;
};

test("registration that is off is no question of an ID", async () => {
  const mock = createMockHydra({ dynamicRegistration: false });
  const folder = await mkdtemp(join(tmpdir(), "hints-"));
  const env = { ...variablesOf(mock), XDG_STATE_HOME: folder };
  const { status, stderr } = await failure("register dynamic-client --name x", { mock, env });
  await rm(folder, { recursive: true });
  expect(status).toBe(3);
  expect(stderr).toContain("oidc.dynamic_client_registration.enabled");
  expect(stderr).not.toContain("ID");
});

test.each([
  // As Hydra answers to a client assertion that has expired, or is of the future.
  [500, "error", "The error is unrecognizable", 1],
  [400, "invalid_grant", 'The JWT in "assertion" request parameter expired.', 4],
])("an assertion whose times do not fit is a question of the clock: %d %s", async (status, error, text, exit) => {
  const mock = refusing(status, { error, error_description: text });
  const failed = await failure("perform client-credentials --client-id a", { mock });
  expect(failed.status).toBe(exit);
  expect(failed.stderr).toContain("clock of this machine");
  expect(failed.stderr).not.toContain("its log");
});

test("other failures of the server are a question of its log", async () => {
  const { stderr } = await failure("list clients", { mock: refusing(500, { error: "error" }) });
  expect(stderr).toContain("its log says why");
});

test("a call that is refused names the variable of the key that was sent, or that none is set", async () => {
  const body = { error: { code: 401, message: "Access credentials are invalid" } };
  const project = { ORY_PROJECT: "happy-goose-abc123" };
  const of = async (env: Record<string, string>, line = "list clients") =>
    (await failure(line, { fetch: async () => Response.json(body, { status: 401 }), env })).stderr;
  expect(await of(project)).toContain("no API key is set: ORY_PROJECT_API_KEY");
  expect(await of({ ...project, ORY_API_KEY: "ory_pat_a" })).toContain("the API key, which ORY_API_KEY holds");
  const selfHosted = { HYDRA_ADMIN_URL: "http://a.example", ORY_API_KEY: "ory_pat_a" };
  expect(await of(selfHosted)).toContain("ORY_API_KEY is set, but not sent");
  expect(await of({ ORY_WORKSPACE_API_KEY: "ory_wak_a" }, "list projects")).toContain("ORY_WORKSPACE_API_KEY holds");
  const client = await of({ HYDRA_PUBLIC_URL: "https://a.example" }, "perform client-credentials --client-id a");
  expect(client).toContain("check the ID, the secret and the auth method of the client");
  expect(client).not.toContain("API key");
});

test("keys in each other's variables: the message names the variables", async () => {
  const { fetch } = createMockConsole();
  const project = await failure("list clients", {
    fetch,
    env: { ORY_PROJECT: "happy-goose-abc123", ORY_API_KEY: "ory_wak_a" },
  });
  expect(project).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/ORY_API_KEY is .* ORY_WORKSPACE_API_KEY/),
  });
  const console = await failure("list projects", { fetch, env: { ORY_WORKSPACE_API_KEY: "ory_pat_a" } });
  expect(console).toMatchObject({ status: 2, stderr: expect.stringContaining("error: ORY_WORKSPACE_API_KEY is") });
  for (const { stderr } of [project, console]) expect(stderr).not.toMatch(/accessToken|workspaceApiKey/);
});

test("a path that the server does not have: the message names the flag or the variable of its URL", async () => {
  const mock = createMockHydra();
  const swapped = { HYDRA_PUBLIC_URL: mock.adminUrl, HYDRA_ADMIN_URL: mock.publicUrl };
  const { stderr } = await failure("get client a", { mock, env: swapped });
  expect(stderr).toContain("is HYDRA_ADMIN_URL the admin listener?");
  const flag = await failure(`get client a --admin ${mock.publicUrl}`, { mock, env: variablesOf(mock) });
  expect(flag.stderr).toContain("is --admin the admin listener?");
});

test("what exists already: the hint names a command that there is", async () => {
  const conflict = () => refusing(409, { error: "conflict" });
  expect((await failure("create client --id a", { mock: conflict() })).stderr).toContain("`update` changes it");
  const key = await failure("create jwk set", { mock: conflict() });
  expect(key.status).toBe(5);
  expect(key.stderr).toContain("`delete jwk SET --kid KEY-ID`");
  expect(key.stderr).not.toContain("update");
});

test("a noun that a verb does not take: the hint names those that it takes", async () => {
  expect(await failure("rotate oauth2-client a", {})).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("hydra-sdk rotate takes client-secret"),
  });
});
