import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, inject, test } from "vitest";
import type * as Sdk from "../../../src/index.ts";
import type * as Mock from "../../../src/mock/index.ts";

const folder = inject("installed");
const dist = join(folder, "node_modules/hydra-sdk/dist");
const require = createRequire(join(folder, "index.js"));
const load = (file: string) => import(pathToFileURL(join(dist, file)).href);

/** Both builds in one process, as if an ES module and a CommonJS package of an application each load one. */
const es: typeof Sdk & typeof Mock = { ...(await load("index.js")), ...(await load("mock.js")) };
const commonJs: typeof Sdk & typeof Mock = { ...require("hydra-sdk"), ...require("hydra-sdk/mock") };

test("the builds are separate and export the same names", () => {
  expect(Object.keys(commonJs).sort()).toEqual(Object.keys(es).sort());
  expect(commonJs.OAuth2Api).not.toBe(es.OAuth2Api);
});

test("the types do not propose the member by which the builds recognize each other's objects", () => {
  const types = readFileSync(join(dist, "index.d.cts"), "utf8");
  expect(types).toContain("declare class HydraError extends Error");
  expect(types).not.toMatch(/^ *(get )?"hydra-sdk"/m);
});

describe.each([
  ["the ES modules", es, commonJs],
  ["CommonJS", commonJs, es],
])("objects of %s work in the other build", (_, ours, theirs) => {
  const hydra = ours.createMockHydra();
  const configuration = new ours.Configuration({
    basePath: hydra.publicUrl,
    adminBasePath: hydra.adminUrl,
    fetch: hydra.fetch,
  });

  test("every error is recognized by its guard", () => {
    const kinds = Object.keys(ours).filter((name) => /^[A-Z]\w*Error$/.test(name) && `is${name}` in ours);
    expect(kinds.length).toBeGreaterThanOrEqual(12);
    for (const kind of kinds) {
      const error = Object.create((ours as any)[kind].prototype);
      expect((theirs as any)[`is${kind}`](error), kind).toBe(true);
      expect(theirs.isHydraError(error)).toBe(true);
    }
    expect(theirs.isResponseError(new ours.NetworkError("lost"))).toBe(false);
  });

  test("requests name the package and its version", async () => {
    const { version } = require("hydra-sdk/package.json");
    await new ours.OAuth2Api(configuration).listOAuth2Clients();
    expect(hydra.requests.at(-1)!.headers["user-agent"]).toBe(`hydra-sdk/${version}`);
  });

  test("an error response is recognized, and its status can be read", async () => {
    const error = await new ours.OAuth2Api(configuration).getOAuth2Client({ id: "missing" }).catch((error) => error);
    expect(theirs.isResponseError(error) && error.response.status).toBe(404);
  });

  test("a configuration, a mock and a token source are accepted", async () => {
    const { data } = await new theirs.OAuth2Api(configuration).createOAuth2Client({ oAuth2Client: { owner: "both" } });
    expect(hydra.state.clients.has(data.client_id!)).toBe(true);
    const accessToken = ours.tokenSource(async () => ({ access_token: "from-a-source", token_type: "bearer" }));
    let authorization: string | null = null;
    const api = new theirs.OAuth2Api({
      basePath: hydra.publicUrl,
      adminBasePath: hydra.adminUrl,
      accessToken,
      fetch: (url, init) => {
        authorization = new Headers(init.headers).get("authorization");
        return hydra.fetch(url, init);
      },
    });
    await api.getOAuth2Client({ id: data.client_id! });
    expect(authorization).toBe("Bearer from-a-source");
  });

  test("a change to a configuration takes effect after the API object was created", async () => {
    const sent: unknown[] = [];
    const changing = new ours.Configuration({
      basePath: hydra.publicUrl,
      accessToken: "first",
      fetch: async (_url, init) => {
        sent.push(new Headers(init.headers).get("authorization"));
        return Response.json([]);
      },
    });
    const api = new theirs.OAuth2Api(changing);
    changing.accessToken = "second";
    await api.listOAuth2Clients();
    expect(sent).toEqual(["Bearer second"]);
  });

  test("a client authentication and a key are accepted", async () => {
    const key = await ours.generateKey("ES256");
    const { data: client } = await new ours.OAuth2Api(configuration).createOAuth2Client({
      oAuth2Client: {
        grant_types: ["client_credentials"],
        token_endpoint_auth_method: "private_key_jwt",
        token_endpoint_auth_signing_alg: "ES256",
        jwks: await theirs.publicJwks(key),
      },
    });
    const auth = ours.privateKeyJwt(key);
    const { basePath } = configuration;
    const clientId = client.client_id!;
    const tokens = await theirs.clientCredentials({ basePath: basePath!, clientId, auth, fetch: hydra.fetch });
    expect(tokens.token_type).toBe("bearer");
  });

  test("an API object is accepted by updateOAuth2Client and paginate", async () => {
    const api = new ours.OAuth2Api(configuration);
    const { data: client } = await api.createOAuth2Client({ oAuth2Client: { client_name: "First" } });
    const id = client.client_id!;
    const { data: updated } = await theirs.updateOAuth2Client(api, { id }, [
      { op: "replace", path: "/client_name", value: "Second" },
    ]);
    expect(updated.client_name).toBe("Second");
    const conflict = await theirs
      .updateOAuth2Client(api, { id }, [{ op: "test", path: "/client_name", value: "First" }])
      .catch((error) => error);
    expect(ours.isUpdateConflictError(conflict)).toBe(true);
    const ids: unknown[] = [];
    for await (const { client_id } of theirs.paginate((page) => api.listOAuth2Clients(page))) ids.push(client_id);
    expect(ids).toContain(id);
  });

  test("dynamic clients of both builds share a store", async () => {
    const oidcApi = new ours.OidcApi(configuration);
    const store = new Map();
    const { id } = await ours.DynamicClient.register(oidcApi, { client_name: "First" }, { store });
    const opened = await theirs.DynamicClient.open(oidcApi, { id, store });
    await opened.update({ client_name: "Second" });
    const again = await ours.DynamicClient.open(new theirs.OidcApi(configuration), { id, store });
    expect((await again.update({ client_name: "Third" })).data.client_name).toBe("Third");
  });
});
