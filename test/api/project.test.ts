import { describe, expect, test } from "vitest";
import {
  type CallOptions,
  Configuration,
  type ConfigurationParameters,
  OAuth2Api,
  OidcApi,
  ProjectApi,
  WorkspaceApi,
} from "../../src/index.ts";
import { json, observe, rejection } from "../support/observe.ts";
import { consoleOperations } from "../support/openapi.ts";

const workspaceApiKey = "ory_wak_of-the-workspace";
const projectKey = "ory_pat_of-the-project";
const jsonPatch = [{ op: "replace", path: "/services/oauth2/config/strategies/access_token", value: "jwt" }];
const setProject = { name: "Shop", cors_admin: {}, cors_public: {}, organizations: [], services: {} };

/** A call of each operation, and the request that it sends. */
const cases: Record<string, { parameters?: object; sends: string; query?: object; body?: unknown }> = {
  listProjects: { sends: "GET /projects" },
  createProject: {
    parameters: { createProjectBody: { name: "Shop", environment: "dev" } },
    sends: "POST /projects",
    body: { name: "Shop", environment: "dev" },
  },
  getProject: { parameters: { projectId: "p" }, sends: "GET /projects/p" },
  setProject: { parameters: { projectId: "p", setProject }, sends: "PUT /projects/p", body: setProject },
  patchProject: { parameters: { projectId: "p", jsonPatch }, sends: "PATCH /projects/p", body: jsonPatch },
  patchProjectWithRevision: {
    parameters: { projectId: "p", revisionId: "r", jsonPatch },
    sends: "PATCH /projects/p/revision/r",
    body: jsonPatch,
  },
  purgeProject: { parameters: { projectId: "p" }, sends: "DELETE /projects/p" },
  createProjectApiKey: {
    parameters: { project: "slug", createProjectApiKeyBody: { name: "CI" } },
    sends: "POST /projects/slug/tokens",
    body: { name: "CI" },
  },
  listProjectApiKeys: { parameters: { project: "slug" }, sends: "GET /projects/slug/tokens" },
  deleteProjectApiKey: { parameters: { project: "slug", tokenId: "t" }, sends: "DELETE /projects/slug/tokens/t" },
  listWorkspaces: {
    parameters: { pageSize: 2, pageToken: "t" },
    sends: "GET /workspaces",
    query: { page_size: "2", page_token: "t" },
  },
  getWorkspace: { parameters: { workspace: "w" }, sends: "GET /workspaces/w" },
  listWorkspaceProjects: {
    parameters: { workspace: "w", pageSize: 2, pageToken: "t" },
    sends: "GET /workspaces/w/projects",
    query: { page_size: "2", page_token: "t" },
  },
};

const required: Record<string, string[]> = {
  getProject: ["projectId"],
  setProject: ["projectId"],
  patchProject: ["projectId"],
  patchProjectWithRevision: ["projectId", "revisionId"],
  purgeProject: ["projectId"],
  createProjectApiKey: ["project"],
  listProjectApiKeys: ["project"],
  deleteProjectApiKey: ["project", "tokenId"],
  getWorkspace: ["workspace"],
  listWorkspaceProjects: ["workspace"],
};

function setUp(reply: () => Response = json({ some: "data" }), more: ConfigurationParameters = {}) {
  const wire = observe(reply);
  const parameters = { basePath: "https://slug.projects.oryapis.com", workspaceApiKey, fetch: wire.fetch, ...more };
  const apis: any = { Project: new ProjectApi(parameters), Workspace: new WorkspaceApi(parameters) };
  const call = (id: string, parameters = cases[id]!.parameters, options?: CallOptions): Promise<any> => {
    const api = apis[consoleOperations.find((operation) => operation.id === id)!.tag];
    return api[id](...(parameters ? [parameters, options] : [options]));
  };
  return { wire, call, projectApi: apis.Project as ProjectApi };
}

test("every operation of the console has a case", () => {
  expect(Object.keys(cases).sort()).toEqual(consoleOperations.map(({ id }) => id).sort());
});

describe.each(consoleOperations.map((operation) => [operation.id, operation] as const))("%s", (id, { responses }) => {
  const [status, success] = Object.entries(responses).find(([code]) => code.startsWith("2"))!;

  test("goes to the console with the key of the workspace, although a project and its key are configured", async () => {
    const { wire, call } = setUp(json({ some: "data" }, Number(status)), { accessToken: projectKey });
    const result = await call(id);
    const { url, method, headers, body } = wire.only;
    expect(url.origin).toBe("https://api.console.ory.com");
    expect(`${method} ${url.pathname}`).toBe(cases[id]!.sends);
    expect(Object.fromEntries(url.searchParams)).toEqual(cases[id]!.query ?? {});
    expect(headers["authorization"]).toBe(`Bearer ${workspaceApiKey}`);
    expect(body && JSON.parse(body)).toEqual(cases[id]!.body);
    expect(result.data).toEqual(success.content ? { some: "data" } : undefined);
    expect(result.status).toBe(Number(status));
  });

  for (const field of required[id] ?? []) {
    test(`rejects without ${field}, or with one that names another resource, and sends nothing`, async () => {
      const { wire, call } = setUp();
      for (const [value, name] of [
        [undefined, "RequiredError"],
        ["", "InvalidInputError"],
        ["..", "InvalidInputError"],
      ]) {
        const error = await rejection(call(id, { ...cases[id]!.parameters, [field]: value }));
        const wireName = field.replace(/[A-Z]/, (letter) => `_${letter.toLowerCase()}`);
        expect(error).toMatchObject({ name, field: value === undefined ? field : wireName });
      }
      expect(wire.seen).toEqual([]);
    });
  }
});

describe("the console", () => {
  test.each([
    ["consolePath of the configuration", { consolePath: "http://127.0.0.1:4446/console/" }, undefined],
    ["the second argument", {}, "http://127.0.0.1:4446/console/"],
    ["consolePath, not the second argument", { consolePath: "http://127.0.0.1:4446/console" }, "https://other.example"],
  ])("is at %s", async (_, more, argument) => {
    const { fetch, seen } = observe(json([]));
    await new ProjectApi({ workspaceApiKey, fetch, ...more }, argument).listProjects();
    expect(seen[0]!.url.href).toBe("http://127.0.0.1:4446/console/projects");
  });

  test("is never at basePath, and needs none", async () => {
    const { fetch, seen } = observe(json([]));
    await new ProjectApi({ workspaceApiKey, fetch }).listProjects();
    await new ProjectApi({ workspaceApiKey, fetch, basePath: "http://p", adminBasePath: "http://a" }).listProjects();
    expect(seen.map(({ url }) => url.origin)).toEqual(["https://api.console.ory.com", "https://api.console.ory.com"]);
  });

  test("must have a URL", () => {
    expect(() => new ProjectApi({ workspaceApiKey, consolePath: "console" })).toThrow(
      expect.objectContaining({ name: "InvalidInputError", field: "consolePath" }),
    );
  });
});

describe("the key for the console", () => {
  test.each([
    ["a string", workspaceApiKey],
    ["a string with a trailing newline", `${workspaceApiKey}\n`],
    ["a promise", Promise.resolve(workspaceApiKey)],
    ["a function", () => workspaceApiKey],
    ["an async function", async () => workspaceApiKey],
  ])("is workspaceApiKey: %s", async (_, key) => {
    const { wire, projectApi } = setUp(json([]), { workspaceApiKey: key });
    await projectApi.listProjects();
    expect(wire.only.headers["authorization"]).toBe(`Bearer ${workspaceApiKey}`);
  });

  test("is accessToken if that is the key of a workspace, as in code written for @ory/client", async () => {
    const { fetch, seen } = observe(json([]));
    await new ProjectApi({ accessToken: workspaceApiKey, fetch }).listProjects();
    expect(seen[0]!.headers["authorization"]).toBe(`Bearer ${workspaceApiKey}`);
  });

  test("may be replaced in the configuration", async () => {
    const { fetch, seen } = observe(json([]));
    const configuration = new Configuration({ workspaceApiKey, fetch });
    const projectApi = new ProjectApi(configuration);
    configuration.workspaceApiKey = "ory_wak_next";
    await projectApi.listProjects();
    await new ProjectApi({ ...configuration }).listProjects();
    expect(seen.map(({ headers }) => headers["authorization"])).toEqual(["Bearer ory_wak_next", "Bearer ory_wak_next"]);
  });

  test.each([
    ["no key", {}],
    ["the key of a project", { accessToken: projectKey }],
    ["the token of a self-hosted server", { accessToken: "secret-of-a-gateway" }],
    ["an empty key", { workspaceApiKey: "" }],
  ])("is missing with %s: nothing is sent", async (_, keys) => {
    const { fetch, seen } = observe();
    const error = await rejection(new ProjectApi({ fetch, ...keys }).listProjects());
    expect(error).toMatchObject({ name: expect.stringMatching(/RequiredError|InvalidInputError/) });
    expect(error.message).toContain("workspaceApiKey");
    expect(error.message).not.toContain("secret");
    expect(seen).toEqual([]);
  });

  test.each(["ory_pat_secret", "ory_apikey_secret", "ory_pt_secret", " ory_pat_secret\n"])(
    "is not that of a project, %j, however it is passed: nothing is sent",
    async (key) => {
      const { fetch, seen } = observe();
      const authorization = `Bearer ${key}`;
      const calls: [string, () => Promise<unknown>][] = [
        ["workspaceApiKey", () => new ProjectApi({ fetch, workspaceApiKey: key }).listProjects()],
        ["workspaceApiKey", () => new WorkspaceApi({ fetch, workspaceApiKey: async () => key }).listWorkspaces()],
        [
          "authorization",
          () => new ProjectApi({ fetch, workspaceApiKey, baseOptions: { headers: { authorization } } }).listProjects(),
        ],
        [
          "authorization",
          () => new ProjectApi({ fetch, workspaceApiKey }).listProjects({ headers: { Authorization: authorization } }),
        ],
      ];
      for (const [field, call] of calls) {
        const error = await rejection(call());
        expect(error).toMatchObject({ name: "InvalidInputError", field });
        expect(error.message).toContain("ory_wak_…");
        expect(error.message).not.toContain("secret");
      }
      expect(seen).toEqual([]);
    },
  );
});

describe("the key of a workspace is never sent to a project", () => {
  const key = "ory_wak_secret";
  test.each<[string, ConfigurationParameters, CallOptions?]>([
    ["as accessToken", { accessToken: key }],
    ["as a function", { accessToken: async () => `${key}\n` }],
    ["in a header of the configuration", { baseOptions: { headers: { Authorization: `Bearer ${key}` } } }],
    ["in a header of a call", {}, { headers: { authorization: `Bearer ${key}` } }],
  ])("%s", async (_, more, options) => {
    const { fetch, seen } = observe();
    const parameters = { basePath: "https://slug.projects.oryapis.com", fetch, ...more };
    for (const call of [
      () => new OAuth2Api(parameters).listOAuth2Clients({}, options),
      () => new OidcApi(parameters).getOidcUserInfo(options),
    ]) {
      const error = await rejection(call());
      expect(error).toMatchObject({ name: "InvalidInputError", field: "accessToken" });
      expect(error.message).toContain("workspaceApiKey");
      expect(error.message).not.toContain("secret");
    }
    expect(seen).toEqual([]);
  });

  test("nor is workspaceApiKey", async () => {
    const { fetch, seen } = observe(json([]));
    const keys = { accessToken: projectKey, workspaceApiKey: key };
    await new OAuth2Api({ basePath: "https://slug.projects.oryapis.com", fetch, ...keys }).listOAuth2Clients();
    expect(seen[0]!.headers["authorization"]).toBe(`Bearer ${projectKey}`);
    expect(JSON.stringify(seen[0])).not.toContain(key);
  });
});

describe("errors", () => {
  const error = {
    code: 404,
    status: "Not Found",
    message: "Unable to locate the resource",
    reason: "No such project.",
  };

  test.each([
    ["as the member error", { error }],
    ["as the body itself", error],
  ])("are read %s", async (_, body) => {
    const { call } = setUp(json(body, 404));
    expect(await rejection(call("purgeProject"))).toMatchObject({
      name: "ResponseError",
      status: 404,
      error: "Unable to locate the resource",
      errorDescription: "No such project.",
      message: "DELETE /projects/p: 404 Unable to locate the resource: No such project.",
      response: { data: body },
    });
  });

  test("do not contain the key", async () => {
    const { call } = setUp(json({ error: { message: `the key ${workspaceApiKey} is not valid` } }, 401));
    const failure = await rejection(call("listProjects", undefined));
    expect(failure.message).toBe("GET /projects: 401 the key [secret] is not valid");
    expect(JSON.stringify([failure, failure.response.data])).not.toContain(workspaceApiKey);
  });
});

test("the warnings of a change are part of the response", async () => {
  const warnings = [{ code: 1, message: "/serve is managed by Ory Network" }];
  const { projectApi } = setUp(json({ project: { id: "p" }, warnings }));
  const { data } = await projectApi.patchProject({ projectId: "p", jsonPatch: [{ op: "remove", path: "/a" }] });
  expect(data.warnings).toEqual(warnings);
});

describe("a JSON Patch", () => {
  test("may have all operations of RFC 6902", async () => {
    const patch = [
      { op: "test", path: "/a", value: null },
      { op: "move", path: "/a", from: "/b~1c" },
      { op: "copy", path: "/a", from: "/b" },
      { op: "remove", path: "/a/-" },
    ] as const;
    const { wire, projectApi } = setUp();
    await projectApi.patchProject({ projectId: "p", jsonPatch: [...patch] });
    expect(JSON.parse(wire.only.body!)).toEqual(patch);
  });

  test.each<[string, unknown]>([
    ["jsonPatch", undefined],
    ["jsonPatch", { op: "remove", path: "/a" }],
    ["jsonPatch[0]", [{ op: "rename", path: "/a" }]],
    ["jsonPatch[0]", [{ op: "remove", path: "a" }]],
    ["jsonPatch[0]", [{ op: "remove", path: "/a~2" }]],
    ["jsonPatch[0]", [{ op: "remove" }]],
    ["jsonPatch[0]", [null]],
    [
      "jsonPatch[1]",
      [
        { op: "remove", path: "/a" },
        { op: "add", path: "/a" },
      ],
    ],
    ["jsonPatch[0]", [{ op: "move", path: "/a" }]],
  ])("is rejected, naming %s: %j", async (field, patch) => {
    const { wire, projectApi } = setUp();
    const parameters = { projectId: "p", revisionId: "r", jsonPatch: patch as never };
    expect(await rejection(projectApi.patchProject(parameters))).toMatchObject({ name: "InvalidInputError", field });
    expect(await rejection(projectApi.patchProjectWithRevision(parameters))).toMatchObject({ field });
    expect(wire.seen).toEqual([]);
  });
});

test("logging the configuration or an API shows no key", () => {
  const configuration = new Configuration({ workspaceApiKey, accessToken: projectKey });
  const shown = JSON.stringify([configuration, new ProjectApi(configuration)]) + String(configuration);
  expect(shown).not.toMatch(/ory_(wak|pat)_/);
});
