import { describe, expect, test } from "vitest";
import {
  Configuration,
  clientCredentials,
  clientSecretBasic,
  OAuth2Api,
  ProjectApi,
  WorkspaceApi,
} from "../../../src/index.ts";
import { createMockConsole, type MockConsole } from "../../../src/mock/index.ts";
import { listenConsole } from "../../../src/mock/node.ts";
import { rejection } from "../../support/observe.ts";
import { consoleOperations, findOperation, responseProblems } from "../../support/openapi.ts";

/** A mock whose responses are compared with openapi.yaml. */
function setUp(network: MockConsole = createMockConsole()) {
  const succeeded = new Set<string>();
  const fetch = async (input: string, init: RequestInit): Promise<Response> => {
    const response = await network.fetch(input, init);
    const { pathname, origin } = new URL(input);
    const operation = origin === network.consoleUrl && findOperation(init.method!, pathname, consoleOperations);
    if (!operation) return response;
    const text = await response.clone().text();
    const contentType = response.headers.get("content-type") ?? "";
    const body = text ? JSON.parse(text) : undefined;
    expect(responseProblems(operation, { status: response.status, contentType, body })).toEqual([]);
    if (response.ok) succeeded.add(operation.id);
    return response;
  };
  const configuration = new Configuration({ workspaceApiKey: network.workspaceApiKey, fetch: fetch as never });
  return {
    network,
    fetch,
    succeeded,
    projects: new ProjectApi(configuration),
    workspaces: new WorkspaceApi(configuration),
  };
}

const refusal = (status: number, errorDescription?: string) =>
  expect.objectContaining({ name: "ResponseError", status, ...(errorDescription && { errorDescription }) });

test("every operation succeeds, with the responses of openapi.yaml", async () => {
  const { projects, workspaces, succeeded } = setUp();
  const created = await projects.createProject({ createProjectBody: { name: "My Shop", environment: "dev" } });
  expect(created.status).toBe(201);
  const { id: projectId, slug, workspace_id, revision_id: revisionId } = created.data;
  expect(slug).toMatch(/^my-shop-[a-z\d]{10}$/);
  expect((await projects.getProject({ projectId })).data).toEqual(created.data);
  const { data: list } = await projects.listProjects();
  expect(list).toMatchObject([{ id: projectId, hosts: [`${slug}.projects.oryapis.com`], workspace_id }]);

  const path = "/services/oauth2/config/strategies/access_token";
  const patched = await projects.patchProjectWithRevision({
    projectId,
    revisionId,
    jsonPatch: [{ op: "replace", path, value: "jwt" }],
  });
  expect(patched.data).toMatchObject({
    project: { services: { oauth2: { config: { strategies: { access_token: "jwt" } } } } },
  });
  await projects.patchProject({ projectId, jsonPatch: [{ op: "replace", path: "/name", value: "Renamed" }] });
  const { cors_admin = {}, cors_public = {}, organizations } = created.data;
  const setProject = { name: "Set", cors_admin, cors_public, organizations, services: { oauth2: { config: {} } } };
  await projects.setProject({ projectId, setProject });

  const { data: key } = await projects.createProjectApiKey({ project: slug, createProjectApiKeyBody: { name: "CI" } });
  expect(key.value).toMatch(/^ory_pat_/);
  const { data: keys } = await projects.listProjectApiKeys({ project: projectId });
  expect(keys).toMatchObject([{ id: key.id, name: "CI", last_characters: key.value!.slice(-4) }]);
  expect(JSON.stringify(keys)).not.toContain(key.value);
  await projects.deleteProjectApiKey({ project: slug, tokenId: key.id });

  const { data: page } = await workspaces.listWorkspaces();
  expect(page).toMatchObject({ workspaces: [{ id: workspace_id }], has_next_page: false, next_page_token: "" });
  await workspaces.getWorkspace({ workspace: workspace_id! });
  await workspaces.listWorkspaceProjects({ workspace: workspace_id! });
  await projects.purgeProject({ projectId });
  expect((await projects.listProjects()).data).toEqual([]);
  expect([...succeeded].sort()).toEqual(consoleOperations.map(({ id }) => id).sort());
});

describe("keys", () => {
  test("without one, or with an unknown one: 401", async () => {
    const { network, fetch } = setUp();
    for (const headers of [new Headers(), new Headers({ authorization: "Bearer ory_wak_unknown" })]) {
      const response = await fetch(`${network.consoleUrl}/projects`, { method: "GET", headers });
      expect([response.status, (await response.json()).error.message]).toEqual([401, expect.any(String)]);
    }
  });

  test("with the key of a project, listProjects works, and everything else is a 403", async () => {
    const { network, fetch } = setUp();
    const { project, apiKey } = await network.addProject();
    await network.addProject();
    const send = (method: string, path: string) =>
      fetch(network.consoleUrl + path, { method, headers: { authorization: `Bearer ${apiKey}` } });
    const list = await send("GET", "/projects");
    expect((await list.json()).map(({ id }: { id: string }) => id)).toEqual([project.id]);
    for (const [method, path] of [
      ["GET", `/projects/${project.id}`],
      ["PATCH", `/projects/${project.id}`],
      ["PATCH", `/projects/${project.id}/revision/${project.revision_id}`],
      ["DELETE", `/projects/${project.id}`],
      ["GET", `/projects/${project.id}/tokens`],
      ["POST", "/projects"],
      ["GET", "/workspaces"],
    ] as const) {
      expect([method, path, (await send(method, path)).status]).toEqual([method, path, 403]);
    }
  });

  test("a project takes only its own: not that of the workspace, of another project, an expired or deleted one", async () => {
    let now = Date.parse("2030-01-01T00:00:00Z");
    const { network, fetch, projects } = setUp(createMockConsole({ clock: () => now }));
    const [one, other] = [await network.addProject(), await network.addProject()];
    const status = async (key?: string) => {
      const headers = new Headers(key ? { authorization: `Bearer ${key}` } : {});
      return (await fetch(`${one.url}/admin/clients`, { method: "GET", headers })).status;
    };
    const createProjectApiKeyBody = { name: "short", expires_at: "2030-01-01T01:00:00Z" };
    const { data: short } = await projects.createProjectApiKey({ project: one.project.id, createProjectApiKeyBody });
    expect(await status(one.apiKey)).toBe(200);
    expect(await status(short.value)).toBe(200);
    for (const key of [undefined, network.workspaceApiKey, other.apiKey]) expect(await status(key)).toBe(401);
    now += 3_600_000;
    expect(await status(short.value)).toBe(401);
    const { data: keys } = await projects.listProjectApiKeys({ project: one.project.id });
    for (const { id } of keys) await projects.deleteProjectApiKey({ project: one.project.id, tokenId: id });
    expect(await status(one.apiKey)).toBe(401);
  });

  test("that of one workspace does not see the projects of another", async () => {
    const { network, fetch, projects } = setUp();
    const { project } = await network.addProject();
    const other = network.addWorkspace("Other");
    const theirs = new ProjectApi({ workspaceApiKey: other.apiKey, fetch: fetch as never });
    expect((await theirs.listProjects()).data).toEqual([]);
    expect(await rejection(theirs.getProject({ projectId: project.id }))).toEqual(refusal(404));
    const createProjectBody = { name: "Mine", environment: "dev", workspace_id: other.workspace.id } as const;
    expect(await rejection(projects.createProject({ createProjectBody }))).toEqual(refusal(404));
    expect((await theirs.createProject({ createProjectBody })).data.workspace_id).toBe(other.workspace.id);
  });
});

describe("the configuration", () => {
  const path = "/services/oauth2/config";

  test("has normalized durations, also after setProject, which resets what it leaves out", async () => {
    const { network, projects } = setUp();
    const { project } = await network.addProject();
    const projectId = project.id;
    await projects.patchProject({ projectId, jsonPatch: [{ op: "add", path: `${path}/ttl/id_token`, value: "90m" }] });
    await projects.patchProject({
      projectId,
      jsonPatch: [{ op: "add", path: `${path}/urls/login`, value: "https://a" }],
    });
    const { data } = await projects.getProject({ projectId });
    expect(data.services.oauth2!.config).toMatchObject({ ttl: { id_token: "1h30m0s" }, urls: { login: "https://a" } });
    const { cors_admin = {}, cors_public = {}, organizations, name } = data;
    const services = { oauth2: { config: { ttl: { access_token: "5m", refresh_token: "-1" } } } };
    const setProject = { name, cors_admin, cors_public, organizations, services };
    const { data: after } = await projects.setProject({ projectId, setProject });
    const { config } = after.project.services.oauth2!;
    expect(config).toMatchObject({ ttl: { access_token: "5m0s", id_token: "1h0m0s", refresh_token: "-1" } });
    expect(config).not.toHaveProperty("urls");
  });

  test("leaves out what the Network manages, and warns", async () => {
    const { network, projects } = setUp();
    const { project } = await network.addProject();
    const { data } = await projects.patchProject({
      projectId: project.id,
      jsonPatch: [{ op: "add", path: `${path}/dsn`, value: "memory" }],
    });
    expect(data.warnings).toEqual([{ message: "/dsn is managed by Ory Network and was ignored." }]);
    expect(data.project.services.oauth2!.config).not.toHaveProperty("dsn");
  });

  test.each<[string, string, unknown]>([
    ["a format of tokens that there is not", `${path}/strategies/access_token`, "paseto"],
    ["a flag that is a string", `${path}/oidc/dynamic_client_registration/enabled`, "true"],
    ["a duration that is none", `${path}/ttl/id_token`, "30 days"],
    ["a part that cannot change", "/slug", "mine"],
    ["a configuration that is not an object", path, []],
  ])("refuses %s, and does not create a revision", async (_, pointer, value) => {
    const { network, projects } = setUp();
    const { project } = await network.addProject();
    const jsonPatch = [{ op: "replace" as const, path: pointer, value }];
    expect(await rejection(projects.patchProject({ projectId: project.id, jsonPatch }))).toEqual(refusal(400));
    expect((await projects.getProject({ projectId: project.id })).data).toEqual(project);
  });

  test("of an old revision is not patched: 409", async () => {
    const { network, projects } = setUp();
    const { project } = await network.addProject();
    const [projectId, revisionId] = [project.id, project.revision_id];
    const jsonPatch = [{ op: "replace" as const, path: "/name", value: "Next" }];
    await projects.patchProjectWithRevision({ projectId, revisionId, jsonPatch });
    const again = projects.patchProjectWithRevision({ projectId, revisionId, jsonPatch });
    expect(await rejection(again)).toEqual(refusal(409));
  });
});

test("errors have the error as a member, but are the error itself when a project is deleted", async () => {
  const { projects } = setUp();
  const [nested, flat] = await Promise.all([
    rejection(projects.getProject({ projectId: "none" })),
    rejection(projects.purgeProject({ projectId: "none" })),
  ]);
  expect([nested, flat]).toEqual([refusal(404, "No such project."), refusal(404, "No such project.")]);
  expect(Object.keys(nested.response.data)).toEqual(["error"]);
  expect(flat.response.data).toMatchObject({ code: 404, reason: "No such project." });
});

test("the projects of a workspace come page by page", async () => {
  const { network, workspaces } = setUp();
  const ids: string[] = [];
  for (let i = 0; i < 5; i++) ids.push((await network.addProject()).project.id);
  const workspace = (await workspaces.listWorkspaces()).data.workspaces[0]!.id;
  const seen: string[][] = [];
  for (let pageToken = ""; ; ) {
    const { data } = await workspaces.listWorkspaceProjects({ workspace, pageSize: 2, pageToken });
    seen.push(data.projects.map(({ id }) => id));
    if (!data.has_next_page) break;
    pageToken = data.next_page;
  }
  expect(seen).toEqual([ids.slice(0, 2), ids.slice(2, 4), ids.slice(4)]);
  const invalid = workspaces.listWorkspaceProjects({ workspace, pageToken: "invented" });
  expect(await rejection(invalid)).toEqual(refusal(400));
});

describe("a project", () => {
  test("serves a mock Hydra of its own under its slug", async () => {
    const { network, fetch, projects } = setUp();
    const [one, other] = [await network.addProject({ name: "One" }), await network.addProject({ name: "Other" })];
    expect(one.url).toBe(`https://${one.project.slug}.projects.oryapis.com`);
    const api = (basePath: string, accessToken: string) =>
      new OAuth2Api({ basePath, accessToken, fetch: fetch as never });
    const { data: client } = await api(one.url, one.apiKey).createOAuth2Client({
      oAuth2Client: { grant_types: ["client_credentials"] },
    });
    expect((await api(other.url, other.apiKey).listOAuth2Clients()).data).toEqual([]);
    expect(network.hydraOf(one.project.slug)).toBe(one.hydra);
    expect(one.hydra.state.clients.get(client.client_id!)).toBeTruthy();
    const { access_token } = await clientCredentials({
      basePath: one.url,
      clientId: client.client_id!,
      auth: clientSecretBasic(client.client_secret!),
      fetch: fetch as never,
    });
    expect(access_token).toMatch(/^ory_at_/);
    await projects.purgeProject({ projectId: one.project.id });
    expect(network.hydraOf(one.project.id)).toBeUndefined();
    await expect(fetch(`${one.url}/health/alive`, { method: "GET" })).rejects.toThrow("fetch failed");
  });
});

test("the same seed gives the same keys and IDs, and a reset begins again", async () => {
  const [one, other] = [createMockConsole({ seed: 1 }), createMockConsole({ seed: 1 })];
  const { project, apiKey } = await one.addProject();
  expect(one.workspaceApiKey).toBe(other.workspaceApiKey);
  expect(await other.addProject()).toMatchObject({ apiKey, project: { id: project.id, slug: project.slug } });
  other.reset();
  expect(other.state.projects.size).toBe(0);
  expect(await other.addProject()).toMatchObject({ apiKey });
});

test.each([
  ["consoleUrl", { consoleUrl: "https://console.example/path" }],
  ["corsOrigins", { corsOrigins: ["nowhere"] }],
])("refuses an invalid %s", (field, options) => {
  expect(() => createMockConsole(options)).toThrow(expect.objectContaining({ name: "InvalidInputError", field }));
});

describe("over ports", () => {
  test("the console and each project have their own, and all close", async () => {
    const { consoleUrl, workspaceApiKey, mock, close } = await listenConsole();
    const { url, apiKey, project } = await mock.addProject({ name: "Shop" });
    const configuration = { basePath: url, accessToken: apiKey, consolePath: consoleUrl, workspaceApiKey };
    const projects = new ProjectApi(configuration);
    const { data: created } = await projects.createProject({
      createProjectBody: { name: "Next", environment: "prod" },
    });
    const { data: list } = await projects.listProjects();
    expect(list.map(({ id }) => id)).toEqual([project.id, created.id]);
    const [first, second] = list.map(({ hosts }) => `http://${hosts[0]}`);
    expect(first).toBe(url);
    expect(new Set([consoleUrl, first, second]).size).toBe(3);
    expect((await new OAuth2Api(configuration).createOAuth2Client({ oAuth2Client: {} })).status).toBe(201);
    const discovery = await (await fetch(`${second}/.well-known/openid-configuration`)).json();
    expect(discovery.issuer).toBe(`${second}/`);
    await projects.purgeProject({ projectId: created.id });
    expect((await fetch(`${second}/health/alive`)).status).toBe(404);
    await close();
    for (const closed of [consoleUrl, first!, second!]) await expect(fetch(closed)).rejects.toThrow("fetch failed");
  });

  test("rejects if the port is taken", async () => {
    const { consoleUrl, close } = await listenConsole();
    await expect(listenConsole({ port: Number(new URL(consoleUrl).port) })).rejects.toMatchObject({
      code: "EADDRINUSE",
    });
    await close();
  });
});
