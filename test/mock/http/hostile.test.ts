import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, vi } from "vitest";
import { createMockHydra, type MockHydra } from "../../../src/mock/index.ts";
import { call, checkedMock } from "../support/mock.ts";

const hydra = checkedMock();
const json = { "content-type": "application/json" };
const form = { "content-type": "application/x-www-form-urlencoded" };
const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;

/** Every operation that reads a body. */
const ROUTES = [
  "POST /admin/clients",
  "PUT /admin/clients/known",
  "PATCH /admin/clients/known",
  "PUT /admin/clients/known/lifespans",
  "POST /admin/keys/set",
  "PUT /admin/keys/set",
  "PUT /admin/keys/set/kid",
  "POST /admin/trust/grants/jwt-bearer/issuers",
  "PUT /admin/oauth2/auth/requests/login/accept?login_challenge=x",
  "PUT /admin/oauth2/auth/requests/login/reject?login_challenge=x",
  "PUT /admin/oauth2/auth/requests/consent/accept?consent_challenge=x",
  "PUT /admin/oauth2/auth/requests/consent/reject?consent_challenge=x",
  "PUT /admin/oauth2/auth/requests/device/accept?device_challenge=x",
  "POST /admin/oauth2/introspect",
  "POST /oauth2/register",
  "POST /oauth2/token",
  "POST /oauth2/revoke",
  "POST /oauth2/device/auth",
  "POST /oauth2/auth",
  "POST /credentials",
];

const BODIES: Record<string, { headers: Record<string, string>; body: string | Uint8Array<ArrayBuffer> }> = {
  "10 MB of JSON": { headers: json, body: `{"metadata":"${"x".repeat(10 * 1024 * 1024)}"}` },
  "10 MB of form": { headers: form, body: `scope=${"x".repeat(10 * 1024 * 1024)}` },
  "deep objects": { headers: json, body: nested(100_000) },
  "deep lists": { headers: json, body: "[".repeat(1_000_000) },
  "deep metadata": { headers: json, body: `{"metadata":${nested(5_000)}}` },
  "bad UTF-8": { headers: json, body: new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0xc0, 0x80]) },
  "bad UTF-8 in a form": { headers: form, body: new Uint8Array([0x67, 0x3d, 0xff, 0xed, 0xa0, 0x80]) },
  "not JSON": { headers: json, body: "{'client_name'}" },
  "a JSON string": { headers: json, body: '"text"' },
  "a JSON number": { headers: json, body: "1e999" },
  nothing: { headers: json, body: "" },
  "percent signs": { headers: form, body: "grant_type=%&client_id=%E4%&%=%" },
  "a multipart form": { headers: { "content-type": "multipart/form-data" }, body: "--x" },
};

describe.each(Object.entries(BODIES))("a body: %s", (_, request) => {
  it.each(ROUTES)("gets an error from %s", async (route) => {
    hydra.state.clients.delete("known");
    hydra.addClient({ client_id: "known" });
    const reply = await call(hydra, route, undefined, request);
    if (reply.status === 200) expect(reply.body).toEqual({ active: false });
    else expect(reply.status).toBeGreaterThanOrEqual(300);
    expect(reply.body).not.toHaveProperty("error", "mock_failure");
  });
});

it("a body that is too large is a 413", async () => {
  const reply = await call(hydra, "POST /admin/clients", undefined, BODIES["10 MB of JSON"]!);
  expect(reply.status).toBe(413);
});

describe("a JSON body", () => {
  it.each(["{} trailing", '{"owner":"[}"}]', "{}{}"])("ends with its first value: %s", async (body) => {
    expect((await call(hydra, "POST /admin/clients", undefined, { body })).status).toBe(201);
  });

  it.each(["\ufeff{}", "] {}", "{} trailing", '"text" {}'])(
    "of %j is refused where a whole one is read",
    async (body) => {
      hydra.state.clients.delete("known");
      hydra.addClient({ client_id: "known" });
      expect((await call(hydra, "PATCH /admin/clients/known", undefined, { body })).status).toBe(500);
      const created = await call(hydra, "POST /admin/clients", undefined, { body });
      expect(created.status).toBe(body === "{} trailing" ? 201 : 400);
    },
  );
});

describe("names that every object has", () => {
  it("do not reach any prototype", async () => {
    const body =
      '{"__proto__":{"owner":"x"},"metadata":{"__proto__":{"polluted":1}},"constructor":{"prototype":{"polluted":1}}}';
    const created = await hydra.fetch(`${hydra.adminUrl}/admin/clients`, { method: "POST", body });
    expect(created.status).toBe(201);
    const text = await created.text();
    expect(text).toContain('"metadata":{"__proto__":{"polluted":1}}');
    expect(JSON.parse(text).owner).toBe("");
    expect({}).not.toHaveProperty("polluted");
  });

  it.each(["__proto__", "constructor", "hasOwnProperty", "toString"])("%s is an ordinary name", async (name) => {
    expect((await call(hydra, `GET /admin/clients/${name}`)).status).toBe(404);
    expect((await call(hydra, `GET /admin/keys/${name}`)).status).toBe(404);
    expect((await call(hydra, `GET /admin/clients?${name}=x`)).status).toBe(200);
    expect((await call(hydra, "POST /admin/clients", { client_id: name })).status).toBe(201);
    expect((await call(hydra, `GET /admin/clients/${name}`)).body.client_id).toBe(name);
    const token = { method: "POST", body: new URLSearchParams({ grant_type: name, client_id: name }) };
    expect((await hydra.fetch(`${hydra.publicUrl}/oauth2/token`, token)).status).toBe(400);
  });
});

describe("strange ids and parameters", () => {
  it.each(["a/b", "ä ö", "100%", "%2F", "..", "\r\nset-cookie: x=1", "\ud800", "\0", "x".repeat(5000), "?#&="])(
    "a client may be called %j",
    async (client_id) => {
      const { status, headers, body } = await call(hydra, "POST /admin/clients", { client_id });
      expect(status).toBe(201);
      expect(headers.get("set-cookie")).toBeNull();
      const path = encodeURIComponent(body.client_id).replaceAll(".", "%2E");
      const found = await call(hydra, `GET /admin/clients/${path}`);
      if (client_id !== "..") expect(found.body.client_id).toBe(body.client_id);
    },
  );

  it("of duplicate parameters, only one counts", async () => {
    const response = await call(hydra, "GET /admin/clients?page_size=1&page_size=nonsense&owner=a&owner=b");
    expect(response.status).toBe(200);
    expect(response.headers.get("link")).not.toContain("nonsense");
  });

  it.each(["%", "%E4", "%00", "%C0%80", "%ED%A0%80"])("a path of %s finds no client", async (path) => {
    expect((await call(hydra, `GET /admin/clients/nobody${path}`)).status).toBe(404);
  });

  it("no redirect lets the caller inject a header", async () => {
    const app: MockHydra = checkedMock();
    const { client_id } = app.addClient({ redirect_uris: ["http://127.0.0.1/cb"], response_types: ["code"] });
    const query = new URLSearchParams({
      client_id,
      response_type: "code",
      redirect_uri: "http://127.0.0.1/cb",
      state: "12345678\r\nset-cookie: evil=1",
      prompt: "none",
      scope: "openid",
    });
    const response = await app.fetch(`${app.publicUrl}/oauth2/auth?${query}`);
    expect(response.status).toBeGreaterThanOrEqual(302);
    expect(response.headers.getSetCookie().join()).not.toContain("evil");
  });

  it("page sizes of any length are a number or refused", async () => {
    const statusOf = async (size: string) =>
      (await call(hydra, `GET /admin/clients?page_size=${encodeURIComponent(size)}`)).status;
    for (const size of ["9223372036854775807", "-1", "+5"]) expect(await statusOf(size)).toBe(200);
    for (const size of ["9223372036854775808", "9".repeat(400), "1e3", "0x10", " 1"])
      expect(await statusOf(size)).toBe(400);
  });
});

describe("what naive code reads in quadratic time is read quickly", () => {
  const names = (count: number, name: (index: number) => string) => Array.from({ length: count }, (_, n) => name(n));

  it.each<[string, string, object]>([
    [
      "a lifespan of digits",
      "PUT /admin/clients/known/lifespans",
      { implicit_grant_id_token_lifespan: "1".repeat(2e6) },
    ],
    ["an origin of slashes", "POST /admin/clients", { allowed_cors_origins: [`${"/".repeat(1e6)}x`] }],
    [
      "many redirect URIs",
      "POST /admin/clients",
      {
        redirect_uris: names(30_000, (n) => `https://a${n}.x/`),
        post_logout_redirect_uris: names(30_000, (n) => `https://a${29_999 - n}.x/`),
      },
    ],
    [
      "many operations",
      "PATCH /admin/clients/known",
      names(30_000, (n) => `/metadata/k${n}`).map((path) => ({ op: "add", path, value: 1 })),
    ],
  ])("%s", async (_, route, body) => {
    hydra.state.clients.delete("known");
    hydra.addClient({ client_id: "known" });
    expect((await call(hydra, route, body)).status).toBeLessThan(500);
  });

  it("many redirect URIs of a sector", async () => {
    const uris = names(30_000, (n) => `https://a${n}.x/`);
    const app = checkedMock({ fetch: async () => Response.json(uris) });
    const client = { sector_identifier_uri: "https://sector.example", redirect_uris: [...uris].reverse() };
    expect((await call(app, "POST /admin/clients", client)).status).toBe(201);
  });

  it("many scopes and audiences", async () => {
    const scope = names(50_000, (n) => `s${n}`).join(" ");
    const audience = names(20_000, (n) => `https://a${n}.example/${"/".repeat(20)}`);
    const { client_id, client_secret } = hydra.addClient({ scope, audience, grant_types: ["client_credentials"] });
    const body = new URLSearchParams({ grant_type: "client_credentials", scope });
    for (const each of audience) body.append("audience", `${each}below`);
    const authorization = `Basic ${btoa(`${client_id}:${encodeURIComponent(client_secret!)}`)}`;
    const response = await hydra.fetch(`${hydra.publicUrl}/oauth2/token`, {
      method: "POST",
      headers: { authorization },
      body,
    });
    expect(response.status).toBe(200);
  });
});

it("gives up on a jwks_uri that never responds", async () => {
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  const spy = vi.spyOn(AbortSignal, "timeout").mockImplementation(() => timeout(20));
  const silent = createServer(() => {}).listen(0, "127.0.0.1");
  await once(silent, "listening");
  try {
    const { port } = silent.address() as AddressInfo;
    const jwks_uri = `http://127.0.0.1:${port}/`;
    hydra.addClient({ client_id: "silent", token_endpoint_auth_method: "private_key_jwt", jwks_uri });
    const part = (claims: object) => btoa(JSON.stringify(claims)).replace(/=+$/, "");
    const reply = await call(hydra, "POST /oauth2/token", undefined, {
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        client_assertion: `${part({ alg: "RS256" })}.${part({ iss: "silent", sub: "silent" })}.AAAA`,
      }),
    });
    expect([reply.status, reply.body.error]).toEqual([500, "server_error"]);
    expect(spy).toHaveBeenCalledWith(5_000);
  } finally {
    spy.mockRestore();
    silent.closeAllConnections();
    silent.close();
  }
});

it("explains an internal error of the mock without a stack trace", async () => {
  const broken = createMockHydra({
    clock: () => {
      throw new Error("the clock has stopped");
    },
  });
  const { status, body } = await call(broken, "POST /admin/clients", {});
  expect(status).toBe(500);
  expect(body).toEqual({ error: "mock_failure", error_description: "The mock itself failed: the clock has stopped" });
});

it("serves a runtime whose requests have no body stream", async () => {
  const spy = vi.spyOn(Request.prototype, "body", "get").mockReturnValue(undefined as never);
  try {
    const app = createMockHydra();
    const created = await call(app, "POST /admin/clients", { client_name: "App" });
    expect([created.status, created.body.client_name]).toEqual([201, "App"]);
    expect((await call(app, "GET /admin/clients")).body).toHaveLength(1);
    expect((await call(app, "POST /admin/clients", undefined, BODIES["10 MB of JSON"]!)).status).toBe(413);
  } finally {
    spy.mockRestore();
  }
});

it("refuses a body that cannot be cancelled without waiting for it", async () => {
  const body = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(1024 * 1024)),
    cancel: () => new Promise(() => {}),
  });
  const reply = await call(createMockHydra(), "POST /admin/clients", undefined, {
    body,
    duplex: "half",
  } as RequestInit);
  expect(reply.status).toBe(413);
});
