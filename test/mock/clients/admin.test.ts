import { beforeEach, describe, expect, it } from "vitest";
import { formatDuration, parseDuration } from "../../../src/mock/clients/duration.ts";
import { createMockHydra, type MockHydra } from "../../../src/mock/index.ts";
import { call, checkedMock } from "../support/mock.ts";

let hydra: MockHydra;
beforeEach(() => {
  hydra = checkedMock({ clock: () => Date.UTC(2026, 0, 2, 3, 4, 5) });
});

const create = async (metadata: object = {}) => (await call(hydra, "POST /admin/clients", metadata)).body;
const nextPage = (headers: Headers) => /<([^>]+)>; rel="next"/.exec(headers.get("link") ?? "")?.[1];

describe("lists", () => {
  const walk = async (path: string) => {
    const ids: string[] = [];
    for (let next: string | undefined = path; next; ) {
      const { body, headers } = await call(hydra, `GET ${next}`);
      ids.push(...body.map((client: { client_id: string }) => client.client_id));
      next = nextPage(headers);
    }
    return ids;
  };

  it("shows every client once, in the order of the ids", async () => {
    for (let n = 0; n < 25; n++) hydra.addClient();
    const ids = await walk("/admin/clients?page_size=7");
    expect(ids).toEqual([...hydra.state.clients.keys()].sort());
    expect(ids).toHaveLength(25);
  });

  it("has no next page after a page that is exactly full", async () => {
    for (let n = 0; n < 4; n++) hydra.addClient();
    const { headers } = await call(hydra, "GET /admin/clients?page_size=4");
    expect(nextPage(headers)).toBeUndefined();
  });

  it("continues after a client that was deleted in the meantime", async () => {
    for (let n = 0; n < 6; n++) hydra.addClient();
    const first = await call(hydra, "GET /admin/clients?page_size=3");
    for (const { client_id } of first.body) await call(hydra, `DELETE /admin/clients/${client_id}`);
    expect(await walk(nextPage(first.headers)!)).toEqual([...hydra.state.clients.keys()].sort());
  });

  it("keeps its filters from page to page", async () => {
    for (let n = 0; n < 20; n++) hydra.addClient({ owner: n % 2 ? "odd ones & co" : "even" });
    expect(await walk(`/admin/clients?owner=${encodeURIComponent("odd ones & co")}&page_size=3`)).toHaveLength(10);
  });

  it("stays in order through many insertions and deletions", async () => {
    const ids = Array.from({ length: 3000 }, (_, n) => `client-${(n * 7919) % 3000}`);
    for (const client_id of ids) hydra.addClient({ client_id });
    for (const id of ids.filter((_, n) => n % 3 === 0)) hydra.state.clients.delete(id);
    expect(await walk("/admin/clients?page_size=500")).toEqual([...hydra.state.clients.keys()].sort());
  });

  it.each(["nonsense", "YWZ0ZXI", "%00"])("refuses the page token %s", async (token) => {
    expect((await call(hydra, `GET /admin/clients?page_token=${token}`)).status).toBe(400);
  });
});

describe("validation", () => {
  const redirect_uris = ["https://app.example/cb"];
  it.each<[object, number, string?]>([
    [{ redirect_uris: ["/cb", "myapp://cb", "urn:ietf:wg:oauth:2.0:oob", "http://127.0.0.1:8000/cb"] }, 201],
    [{ redirect_uris: ["app.example/cb"] }, 400, "invalid_redirect_uri"],
    [{ redirect_uris: ["https://app.example/\ncb"] }, 400, "invalid_redirect_uri"],
    [{ redirect_uris, post_logout_redirect_uris: ["https://app.example/bye"] }, 201],
    [{ redirect_uris, post_logout_redirect_uris: ["http://app.example/bye"] }, 400, "invalid_client_metadata"],
    [{ redirect_uris, post_logout_redirect_uris: ["https://app.example:8443/bye"] }, 400, "invalid_client_metadata"],
    [{ logo_uri: "javascript:alert(1)" }, 400, "invalid_client_metadata"],
    [{ tos_uri: "https://app.example/tos" }, 201],
    [{ allowed_cors_origins: ["https://app.example/"] }, 201],
    [{ allowed_cors_origins: ["https://app.example/path"] }, 400, "invalid_client_metadata"],
    [{ allowed_cors_origins: ["https://user:password@app.example"] }, 400, "invalid_client_metadata"],
    [{ allowed_cors_origins: ["*"] }, 400, "invalid_client_metadata"],
    [{ access_token_strategy: "JWT" }, 201],
    [{ access_token_strategy: "paseto" }, 400, "invalid_client_metadata"],
    [{ userinfo_signed_response_alg: "RS256" }, 201],
    [{ token_endpoint_auth_method: "private_key_jwt", jwks: {} }, 400, "invalid_client_metadata"],
    [{ token_endpoint_auth_method: "private_key_jwt", jwks_uri: "https://app.example/jwks" }, 201],
    [{ jwks: { keys: [{ kty: "RSA", n: "x" }] } }, 400],
    [{ client_secret: "5char" }, 400, "invalid_client_metadata"],
    [{ client_secret: "ééé" }, 201],
    [{ grant_types: "client_credentials" }, 400],
    [{ skip_consent: "yes" }, 400],
    [{ client_name: null, grant_types: null }, 201],
    [{ jwks: { keys: 5 } }, 400],
    [{ jwks: { keys: {} } }, 400],
    [{ jwks: { keys: "key" } }, 400],
    [{ jwks: { keys: [null] } }, 400],
    [[], 400],
  ])("%j: %i", async (metadata, status, error) => {
    const reply = await call(hydra, "POST /admin/clients", metadata);
    expect(reply.status).toBe(status);
    if (error) expect(reply.body.error).toBe(error);
  });

  it("a key set may be null, although openapi.yaml does not promise it", async () => {
    const reply = await call(createMockHydra(), "POST /admin/clients", { jwks: { keys: null } });
    expect(reply).toMatchObject({ status: 201, body: { jwks: { keys: null } } });
  });

  it("reads the list at the sector_identifier_uri", async () => {
    const fetched: string[] = [];
    hydra = checkedMock({
      fetch: async (url) => {
        fetched.push(String(url));
        return Response.json(["https://a.example/cb", "https://b.example/cb"]);
      },
    });
    const sector_identifier_uri = "https://sector.example/list.json";
    const at = (redirect_uris: string[]) =>
      call(hydra, "POST /admin/clients", { sector_identifier_uri, redirect_uris });
    expect((await at(["https://b.example/cb"])).status).toBe(201);
    expect((await at(["https://c.example/cb"])).status).toBe(400);
    expect(fetched).toEqual([sector_identifier_uri, sector_identifier_uri]);
    const plain = { sector_identifier_uri: "http://sector.example/list.json" };
    expect((await call(hydra, "POST /admin/clients", plain)).status).toBe(400);
  });
});

it("metadata may be any JSON, although openapi.yaml promises it only for objects", async () => {
  const { status, body } = await call(createMockHydra(), "POST /admin/clients", { metadata: ["any", "JSON"] });
  expect([status, body.metadata]).toEqual([201, ["any", "JSON"]]);
});

describe("lifespans", () => {
  it.each([
    ["1h30m", "1h30m0s"],
    ["1.5h", "1h30m0s"],
    ["90s", "1m30s"],
    ["0", "0s"],
    ["100ms", "100ms"],
    ["1s500ms", "1.5s"],
    ["1500us", "1.5ms"],
    ["-1h", "-1h0m0s"],
    ["720h", "720h0m0s"],
  ])("%s comes back as %s", (text, formatted) => {
    expect(formatDuration(parseDuration(text)!)).toBe(formatted);
    expect(parseDuration(formatted)).toBe(parseDuration(text));
  });

  it.each(["", "1", "h", "1d", "1 h", "1h 30m", "one hour", "P1D", ".", "1.1.1h", "3000000h"])(
    "%j is not a duration",
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );
});

describe("secrets", () => {
  it("keep five rotated ones valid", async () => {
    const { client_id, client_secret } = await create();
    const secrets = [client_secret];
    for (let n = 0; n < 7; n++) {
      secrets.unshift((await call(hydra, `POST /admin/clients/${client_id}/secrets/rotate`)).body.client_secret);
    }
    expect(hydra.state.clients.get(client_id)!.secrets).toEqual(secrets.slice(0, 6));
  });

  it.each([
    ["PUT", { client_secret: "a-new-secret" }],
    ["PATCH", [{ op: "replace", path: "/client_secret", value: "a-new-secret" }]],
  ])("forget the rotated ones if a %s sets a new one", async (method, body) => {
    const { client_id } = await create();
    await call(hydra, `POST /admin/clients/${client_id}/secrets/rotate`);
    await call(hydra, `${method} /admin/clients/${client_id}`, body);
    expect(hydra.state.clients.get(client_id)!.secrets).toEqual(["a-new-secret"]);
  });

  it("survive a PUT and a PATCH that do not mention them, with the rotated ones", async () => {
    const { client_id } = await create();
    await call(hydra, `POST /admin/clients/${client_id}/secrets/rotate`);
    const { secrets } = hydra.state.clients.get(client_id)!;
    await call(hydra, `PUT /admin/clients/${client_id}`, { client_name: "x" });
    await call(hydra, `PATCH /admin/clients/${client_id}`, [{ op: "add", path: "/owner", value: "x" }]);
    expect(hydra.state.clients.get(client_id)!.secrets).toEqual(secrets);
  });

  it("are only in the response that creates them", async () => {
    const { client_id, client_secret } = await create({ registration_access_token: "x", registration_client_uri: "y" });
    expect(hydra.state.clients.get(client_id)!.client).not.toHaveProperty("registration_access_token");
    const texts = [`/admin/clients/${client_id}`, "/admin/clients"].map((path) => call(hydra, `GET ${path}`));
    expect(JSON.stringify((await Promise.all(texts)).map(({ body }) => body))).not.toContain(client_secret);
  });
});

describe("JSON Patch", () => {
  const patched = async (...patch: object[]) => {
    const { client_id } = await create({ redirect_uris: ["https://a.example"], metadata: { list: [1] } });
    return call(hydra, `PATCH /admin/clients/${client_id}`, patch);
  };

  it("creates missing parents", async () => {
    const { body } = await patched(
      { op: "add", path: "/metadata/a/b/c", value: 1 },
      { op: "add", path: "/metadata/more/0", value: "first" },
    );
    expect(body.metadata).toEqual({ list: [1], a: { b: { c: 1 } }, more: ["first"] });
  });

  it("reads escaped names", async () => {
    const { body } = await patched({ op: "add", path: "/metadata/a~1b~0c", value: 1 });
    expect(body.metadata["a/b~c"]).toBe(1);
  });

  it.each(["__proto__", "constructor", "hasOwnProperty"])("treats %s as an ordinary name", async (name) => {
    const { status, body } = await patched(
      { op: "add", path: `/metadata/${name}`, value: { polluted: 1 } },
      { op: "replace", path: `/metadata/${name}/b`, value: 2 },
      { op: "add", path: `/${name}/polluted`, value: true },
    );
    expect(status).toBe(200);
    expect(JSON.stringify(body.metadata)).toBe(`{"list":[1],"${name}":{"polluted":1,"b":2}}`);
    const removed = await call(hydra, `PATCH /admin/clients/${body.client_id}`, [
      { op: "remove", path: `/metadata/${name}/polluted` },
    ]);
    expect(JSON.stringify(removed.body.metadata)).toBe(`{"list":[1],"${name}":{"b":2}}`);
    expect({}).not.toHaveProperty("polluted");
  });

  it("appends to, inserts into and removes from lists", async () => {
    const { body } = await patched(
      { op: "add", path: "/metadata/list/-", value: 3 },
      { op: "add", path: "/metadata/list/1", value: 2 },
      { op: "remove", path: "/metadata/list/0" },
      { op: "replace", path: "/metadata/list/1", value: 4 },
      { op: "add", path: "/metadata/list/-/name", value: "last" },
    );
    expect(body.metadata).toEqual({ list: [2, 4, { name: "last" }] });
  });

  it.each([
    [{ op: "replace", path: "/redirect_uris/3", value: "https://b.example" }],
    [{ op: "add", path: "/redirect_uris/3", value: "https://b.example" }],
    [{ op: "remove", path: "/metadata/nothing" }],
    [{ op: "add", path: "/owner/name", value: "x" }],
    [{ op: "add", path: `/metadata${"/a".repeat(50_000)}`, value: "x" }],
    [{ op: "replace", path: "/ID", value: "x" }],
    [{ op: "replace", path: "/client_name", value: 1 }],
    [{ op: "replace", value: 1 }],
    ["replace"],
    [null],
  ])("changes nothing and responds with 500: %j", async (operation) => {
    const { client_id } = await create({ redirect_uris: ["https://a.example"] });
    const before = await call(hydra, `GET /admin/clients/${client_id}`);
    const patch = [{ op: "add", path: "/owner", value: "somebody" }, operation];
    expect((await call(hydra, `PATCH /admin/clients/${client_id}`, patch)).status).toBe(500);
    expect((await call(hydra, `GET /admin/clients/${client_id}`)).body).toEqual(before.body);
  });
});
