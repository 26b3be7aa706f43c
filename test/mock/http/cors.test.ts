import { describe, expect, it } from "vitest";
import { createMockHydra, type MockHydra, type MockHydraOptions } from "../../../src/mock/index.ts";
import { checkedMock } from "../support/mock.ts";

const APP = "http://127.0.0.1:3000";

function preflight(hydra: MockHydra, url: string, origin: string, method = "POST", headers = "content-type") {
  const asked = { "access-control-request-method": method, "access-control-request-headers": headers };
  return hydra.fetch(url, { method: "OPTIONS", headers: { origin, ...asked } });
}

const allowed = (response: Response) => response.headers.get("access-control-allow-origin");

describe("a preflight", () => {
  const hydra = checkedMock();

  it.each(["/oauth2/register", "/oauth2/token", "/nowhere"])("is allowed for the page's origin at %s", async (path) => {
    const response = await preflight(hydra, hydra.publicUrl + path, APP, "DELETE", "authorization,content-type");
    expect(response.status).toBe(204);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "access-control-allow-origin": APP,
      "access-control-allow-methods": "DELETE",
      "access-control-allow-headers": "authorization,content-type",
      "access-control-allow-credentials": "true",
      vary: "Origin",
    });
  });

  it("is allowed at the admin API, too", async () => {
    expect(allowed(await preflight(hydra, `${hydra.adminUrl}/admin/clients`, APP, "PATCH"))).toBe(APP);
  });

  it.each([
    ["https://evil.example", "POST", "content-type"],
    [APP, "TRACE", "content-type"],
    [APP, "POST", "x-custom"],
  ])("allows nothing to %s by %s with %s", async (origin, method, headers) => {
    const response = await preflight(hydra, `${hydra.publicUrl}/oauth2/token`, origin, method, headers);
    expect(response.status).toBe(204);
    expect([...response.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
  });
});

describe("a request", () => {
  const from = (origin: string, options?: MockHydraOptions) => {
    const hydra = checkedMock(options);
    return hydra.fetch(`${hydra.publicUrl}/health/alive`, { headers: { origin } });
  };

  it.each([
    [[], APP, false],
    [["*"], "https://anything.example", true],
    [["https://*"], "https://any.thing.example", true],
    [["https://*"], "http://anything.example", false],
    [["https://*.example.com"], "https://a.example.com", true],
    [["https://*.example.com"], "https://a.b.example.com", false],
    [["https://*.example.com"], "https://example.com", false],
    [["https://*example.com"], "https://evilexample.com", false],
    [["https://App.Example"], "https://app.example", true],
    [["https://app.example"], "https://app.example.evil", false],
  ])("with allowed origins %j from %s: %s", async (corsOrigins, origin, expected) => {
    expect(allowed(await from(origin, { corsOrigins }))).toBe(expected ? origin : null);
  });

  it("that fails is readable, too", async () => {
    const hydra = checkedMock();
    const response = await hydra.fetch(`${hydra.publicUrl}/oauth2/token`, { method: "POST", headers: { origin: APP } });
    expect(response.status).toBe(400);
    expect(allowed(response)).toBe(APP);
  });

  it("that fails on purpose, or is too large, is readable, too", async () => {
    const hydra = createMockHydra();
    const send = (init: RequestInit = {}) =>
      hydra.fetch(`${hydra.adminUrl}/admin/clients`, { headers: { origin: APP }, ...init });
    hydra.fail({ status: 503 });
    hydra.fail({ html: true });
    hydra.fail({ cutBody: true });
    expect(allowed(await send())).toBe(APP);
    expect(allowed(await send())).toBe(APP);
    expect(allowed(await send())).toBe(APP);
    const large = await send({ method: "POST", body: "x".repeat(5_000_000) });
    expect([large.status, allowed(large)]).toEqual([413, APP]);
    hydra.fail({ status: 503 });
    expect(allowed(await send({ headers: { origin: "https://evil.example" } }))).toBe(null);
  });

  it("takes the fault, which its preflight does not", async () => {
    const hydra = createMockHydra();
    hydra.fail({ status: 503 });
    const asked = await preflight(hydra, `${hydra.adminUrl}/admin/clients`, APP);
    expect([asked.status, allowed(asked)]).toEqual([204, APP]);
    expect((await hydra.fetch(`${hydra.adminUrl}/admin/clients`)).status).toBe(503);
  });

  describe("of a client", () => {
    const hydra = checkedMock();
    const origin = "https://spa.example";
    const { client_id, client_secret } = hydra.addClient({
      allowed_cors_origins: [origin],
      grant_types: ["client_credentials"],
    });
    const authorization = `Basic ${btoa(`${client_id}:${client_secret}`)}`;
    const tokenOf = async () => {
      const body = new URLSearchParams({ grant_type: "client_credentials" });
      const init = { method: "POST", headers: { authorization }, body };
      return (await (await hydra.fetch(`${hydra.publicUrl}/oauth2/token`, init)).json()).access_token as string;
    };
    const get = async (path: string, headers: Record<string, string> = {}) =>
      allowed(await hydra.fetch(hydra.publicUrl + path, { headers: { origin, ...headers } }));
    const post = async (path: string, fields: Record<string, string>, body: URLSearchParams | FormData) => {
      for (const [name, value] of Object.entries(fields)) body.set(name, value);
      return allowed(await hydra.fetch(hydra.publicUrl + path, { method: "POST", headers: { origin }, body }));
    };

    it("may come from its own origins, where the server looks for the client", async () => {
      for (const path of ["/.well-known/jwks.json", "/.well-known/openid-configuration", "/userinfo"]) {
        expect(await get(path, { authorization })).toBe(origin);
      }
      for (const path of ["/health/alive", "/oauth2/auth", "/oauth2/register/x", "/oauth2/fallbacks/error"]) {
        expect(await get(path, { authorization })).toBe(null);
      }
      expect(await post("/oauth2/device/auth", { client_id }, new URLSearchParams())).toBe(null);
    });

    it("is known by its form, its Basic credentials or its token", async () => {
      expect(await post("/oauth2/token", { client_id }, new URLSearchParams())).toBe(origin);
      expect(await post("/oauth2/revoke", { client_id }, new FormData())).toBe(origin);
      const access_token = await tokenOf();
      expect(await get("/userinfo", { authorization: `Bearer ${access_token}` })).toBe(origin);
      expect(await get(`/userinfo?access_token=${access_token}`)).toBe(origin);
      expect(await post("/userinfo", { access_token }, new URLSearchParams())).toBe(origin);
      expect(await get("/userinfo", { authorization: "Basic %%%" })).toBe(null);
      expect(await get("/userinfo", { authorization: "Bearer nonsense" })).toBe(null);
    });
  });
});

describe("an OPTIONS that is not a preflight", () => {
  it.each(["/oauth2/token", "/userinfo", "/.well-known/jwks.json"])("is a 200 at %s", async (path) => {
    const hydra = createMockHydra();
    const response = await hydra.fetch(hydra.publicUrl + path, { method: "OPTIONS" });
    expect([response.status, await response.text()]).toEqual([200, ""]);
  });
});
