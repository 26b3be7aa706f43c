import jsonpatch from "fast-json-patch";
import { describe, expect, test } from "vitest";
import {
  isUpdateConflictError,
  type JsonPatch,
  type OAuth2ConfigChanges,
  OidcApi,
  ProjectApi,
  updateOAuth2Config,
} from "../../src/index.ts";
import { createMockConsole } from "../../src/mock/index.ts";
import { json, observe, rejection } from "../support/observe.ts";

const ENABLED = "/oidc/dynamic_client_registration/enabled";

/** A project on the mock of the console, with the requests that are sent to it. */
async function setUp(beforeSend: (method: string, sent: number) => Promise<void> = async () => {}) {
  const network = createMockConsole();
  const { project, url, apiKey } = await network.addProject({ name: "Shop" });
  const sent: { method: string; body?: JsonPatch[] }[] = [];
  const fetch = async (input: string, init: { method: string; body?: string }) => {
    sent.push({ method: init.method, ...(init.body && { body: JSON.parse(init.body) }) });
    await beforeSend(init.method, sent.length);
    return network.fetch(input, init);
  };
  const keys = { workspaceApiKey: network.workspaceApiKey };
  const projectId = project.id;
  /** The API of another writer, whose requests are not recorded. */
  const other = new ProjectApi({ ...keys, fetch: network.fetch });
  const change = (set: OAuth2ConfigChanges) => updateOAuth2Config(other, { projectId }, set);
  return {
    projectApi: new ProjectApi({ ...keys, fetch }),
    oidc: new OidcApi({ basePath: url, accessToken: apiKey, fetch: network.fetch }),
    projectId,
    sent,
    change,
    config: async (): Promise<any> => (await other.getProject({ projectId })).data.services.oauth2!.config,
    revision: async () => (await other.getProject({ projectId })).data.revision_id,
  };
}

/** A console that has the project `config` belongs to, and accepts every patch. */
function consoleWith(config: object | undefined) {
  const project = { id: "p", revision_id: "r1", services: config ? { oauth2: { config } } : {} };
  const wire = observe(({ method }) => json(method === "GET" ? project : { project, warnings: [] })());
  return { wire, project, projectApi: new ProjectApi({ workspaceApiKey: "ory_wak_x", fetch: wire.fetch }) };
}

test("switching on dynamic registration is one line, and clients can then register", async () => {
  const { projectApi, projectId, oidc } = await setUp();
  const register = () => oidc.createOidcDynamicClient({ oAuth2Client: { client_name: "Mine" } });
  expect(await rejection(register())).toMatchObject({ status: 404 });
  await updateOAuth2Config(projectApi, { projectId }, { "/oidc/dynamic_client_registration/enabled": true });
  expect((await register()).status).toBe(201);
});

test("reads the project, and patches the revision that it read", async () => {
  const { projectApi, projectId, sent, config, revision } = await setUp();
  const before = await revision();
  const { data } = await updateOAuth2Config(projectApi, { projectId }, { "/ttl/access_token": "90m", [ENABLED]: true });
  expect(sent).toEqual([
    { method: "GET" },
    {
      method: "PATCH",
      body: [
        { op: "replace", path: "/services/oauth2/config/ttl/access_token", value: "90m" },
        { op: "replace", path: `/services/oauth2/config${ENABLED}`, value: true },
      ],
    },
  ]);
  expect(data.project.revision_id).not.toBe(before);
  expect(await config()).toMatchObject({ ttl: { access_token: "1h30m0s" } });
});

test("returns the warnings", async () => {
  const { projectApi, projectId } = await setUp();
  const { data } = await updateOAuth2Config(projectApi, { projectId }, { "/serve/public/port": 4444 });
  expect(data.warnings).toEqual([{ message: expect.stringContaining("/serve") }]);
});

test("sends nothing if the settings have these values already, whatever the form of a duration", async () => {
  const { projectApi, projectId, sent, revision } = await setUp();
  const set = { "/ttl/access_token": "60m", "/strategies/access_token": "opaque", [ENABLED]: false } as const;
  const { data } = await updateOAuth2Config(projectApi, { projectId }, set);
  expect(sent).toEqual([{ method: "GET" }]);
  expect(data).toMatchObject({ project: { id: projectId, revision_id: await revision() }, warnings: [] });
});

test("null removes a setting, which returns it to its default; one that is absent is left alone", async () => {
  const { projectApi, projectId, sent, change, config } = await setUp();
  await change({ "/urls/login": "https://shop.example.com/login", "/ttl/access_token": "5m" });
  const set = { "/urls/login": null, "/ttl/access_token": null, "/urls/consent": null };
  await updateOAuth2Config(projectApi, { projectId }, set);
  expect(sent[1]!.body).toEqual([
    { op: "remove", path: "/services/oauth2/config/urls/login" },
    { op: "remove", path: "/services/oauth2/config/ttl/access_token" },
  ]);
  expect(await config()).toMatchObject({ urls: {}, ttl: { access_token: "1h0m0s" } });
});

describe("the patch", () => {
  test.each<[string, object | undefined, OAuth2ConfigChanges]>([
    ["a member that exists", { strategies: { access_token: "opaque" } }, { "/strategies/access_token": "jwt" }],
    ["a member that does not", { strategies: {} }, { "/strategies/access_token": "jwt" }],
    ["missing parents", {}, { [ENABLED]: true }],
    ["two members of a missing parent", {}, { [ENABLED]: true, "/oidc/dynamic_client_registration/default_scope": [] }],
    ["a parent that is null", { urls: null }, { "/urls/login": "https://a.example" }],
    ["no configuration", undefined, { "/ttl/id_token": "1h", "/ttl/auth_code": "5m" }],
    ["names with a slash and a tilde", { a: { "b/c": 1 } }, { "/a/b~1c": 2, "/a/~0": 3 }],
    ["a removal", { a: { b: 1, c: 2 } }, { "/a/b": null }],
  ])("applies by RFC 6902 alone: %s", async (_, config, set) => {
    const { wire, project, projectApi } = consoleWith(config);
    await updateOAuth2Config(projectApi, { projectId: "p" }, set);
    const patch = JSON.parse(wire.seen[1]!.body!);
    const { newDocument } = jsonpatch.applyPatch(project as any, patch, true, false);
    for (const [pointer, value] of Object.entries(set)) {
      const path = `/services/oauth2/config${pointer}`;
      const found = value === null ? undefined : jsonpatch.getValueByPointer(newDocument, path);
      expect(found).toEqual(value ?? undefined);
    }
    expect(wire.seen[1]!.url.pathname).toBe("/projects/p/revision/r1");
  });

  test("does not repeat a setting that the first one has created", async () => {
    const { wire, projectApi } = consoleWith({});
    const set = { [ENABLED]: true, "/oidc/dynamic_client_registration/default_scope": ["openid"] };
    await updateOAuth2Config(projectApi, { projectId: "p" }, set);
    expect(JSON.parse(wire.seen[1]!.body!)).toEqual([
      {
        op: "add",
        path: "/services/oauth2/config/oidc",
        value: { dynamic_client_registration: { enabled: true } },
      },
      {
        op: "add",
        path: "/services/oauth2/config/oidc/dynamic_client_registration/default_scope",
        value: ["openid"],
      },
    ]);
  });
});

describe("another writer was first", () => {
  /** Runs `interfere` before each of the first `times` patches. */
  const withOther = async (
    interfere: (change: (set: OAuth2ConfigChanges) => Promise<unknown>) => unknown,
    times = 1,
  ) => {
    let left = times;
    const project = await setUp(async (method) => {
      if (method === "PATCH" && left-- > 0) await interfere(project.change);
    });
    return project;
  };
  const methods = (sent: { method: string }[]) => sent.map(({ method }) => method).join(" ");

  test("with another setting: both changes are kept", async () => {
    const { projectApi, projectId, sent, config } = await withOther((change) => change({ "/ttl/id_token": "5m" }));
    const { status } = await updateOAuth2Config(projectApi, { projectId }, { [ENABLED]: true });
    expect(status).toBe(200);
    expect(methods(sent)).toBe("GET PATCH GET PATCH");
    expect(await config()).toMatchObject({
      ttl: { id_token: "5m0s" },
      oidc: { dynamic_client_registration: { enabled: true } },
    });
  });

  test("with another setting below a parent that was missing before", async () => {
    const { projectApi, projectId, config } = await withOther((change) =>
      change({ "/urls/login": "https://a.example" }),
    );
    await updateOAuth2Config(projectApi, { projectId }, { "/urls/consent": "https://b.example" });
    expect((await config()).urls).toEqual({ login: "https://a.example", consent: "https://b.example" });
  });

  test("with the same setting: rejects, and leaves it as it is", async () => {
    const { projectApi, projectId, sent, config } = await withOther((change) => change({ "/ttl/id_token": "5m" }));
    const set = { "/ttl/id_token": "7m", [ENABLED]: true };
    const error = await rejection(updateOAuth2Config(projectApi, { projectId }, set));
    expect(isUpdateConflictError(error)).toBe(true);
    expect(error).toMatchObject({ path: "/ttl/id_token", expected: "1h0m0s", actual: "5m0s" });
    expect(methods(sent)).toBe("GET PATCH GET");
    expect(await config()).toMatchObject({ oidc: { dynamic_client_registration: { enabled: false } } });
  });

  test("with the same change: there is nothing left to do", async () => {
    const { projectApi, projectId, sent } = await withOther((change) => change({ "/ttl/id_token": "5m" }));
    const { data } = await updateOAuth2Config(projectApi, { projectId }, { "/ttl/id_token": "300s" });
    expect(methods(sent)).toBe("GET PATCH GET");
    expect(data.project.services.oauth2!.config).toMatchObject({ ttl: { id_token: "5m0s" } });
  });

  test("again and again: gives up after five attempts with the 409", async () => {
    let round = 0;
    const { projectApi, projectId, sent } = await withOther((change) => change({ "/ttl/id_token": `${++round}m` }), 99);
    const error = await rejection(updateOAuth2Config(projectApi, { projectId }, { [ENABLED]: true }));
    expect(error).toMatchObject({ name: "ResponseError", status: 409 });
    expect(sent.filter(({ method }) => method === "PATCH").length).toBe(5);
  });
});

describe("rejects before anything is sent", () => {
  test.each<[string, OAuth2ConfigChanges, string]>([
    ["/urls/login", { "/urls/login": undefined }, "is a variable unset?"],
    ["/ttl/id_token", { "/ttl/id_token": Number.NaN as never }, "has no value"],
    ["strategies/access_token", { "strategies/access_token": "jwt" } as never, "must be a JSON Pointer"],
    ["/a~2", { "/a~2": 1 }, "must be a JSON Pointer"],
    ["/__proto__/a", { "/__proto__/a": 1 }, "must be a JSON Pointer"],
    ["/services/oauth2/config/ttl", { "/services/oauth2/config/ttl": {} }, "leave out /services/oauth2/config"],
    ["/ttl", { "/ttl": {}, "/ttl/id_token": "1h" }, "contains /ttl/id_token"],
    ["set", {}, "is empty"],
    ["set", [] as never, "must be an object"],
    ["/a", { "/a": 1n }, "cannot be sent as JSON"],
  ])("%s", async (field, set, text) => {
    const { wire, projectApi } = consoleWith({});
    const error = await rejection(updateOAuth2Config(projectApi, { projectId: "p" }, set));
    expect(error).toMatchObject({ name: "InvalidInputError", field, message: expect.stringContaining(text) });
    expect(wire.seen).toEqual([]);
  });
});

test.each([
  ["a list", { scopes: ["a"] }, "/scopes/0"],
  ["a value", { scopes: "a" }, "/scopes/first/name"],
])("rejects a pointer into %s, and sends no patch", async (kind, config, pointer) => {
  const { wire, projectApi } = consoleWith(config);
  const error = await rejection(updateOAuth2Config(projectApi, { projectId: "p" }, { [pointer]: "b" } as never));
  expect(error).toMatchObject({ name: "InvalidInputError", field: pointer, message: expect.stringContaining(kind) });
  expect(wire.seen.map(({ method }) => method)).toEqual(["GET"]);
});

test("timeout covers all calls together", async () => {
  const { fetch } = observe(() => new Promise<Response>(() => {}));
  const projectApi = new ProjectApi({ workspaceApiKey: "ory_wak_x", fetch });
  const call = updateOAuth2Config(projectApi, { projectId: "p" }, { [ENABLED]: true }, { timeout: 5 });
  expect(await rejection(call)).toMatchObject({ name: "TimeoutError" });
});
