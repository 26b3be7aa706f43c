import { describe, expect, it } from "vitest";
import { createMockHydra, type MockHydra, type MockHydraOptions } from "../../src/mock/index.ts";
import { checkedMock } from "./call.ts";

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

  it("that fails is readable as well", async () => {
    const hydra = checkedMock();
    const response = await hydra.fetch(`${hydra.publicUrl}/oauth2/token`, { method: "POST", headers: { origin: APP } });
    expect(response.status).toBe(400);
    expect(allowed(response)).toBe(APP);
  });

  it("that is made to fail, or too large, is readable as well", async () => {
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

  it("takes the fault that its preflight left", async () => {
    const hydra = createMockHydra();
    hydra.fail({ status: 503 });
    const asked = await preflight(hydra, `${hydra.adminUrl}/admin/clients`, APP);
    expect([asked.status, allowed(asked)]).toEqual([204, APP]);
    expect((await hydra.fetch(`${hydra.adminUrl}/admin/clients`)).status).toBe(503);
  });

  it("of a client may come from the client's own origins, at the OAuth 2.0 endpoints alone", async () => {
    const hydra = checkedMock();
    const origin = "https://spa.example";
    const { client_id, client_secret } = hydra.addClient({ allowed_cors_origins: [origin] });
    const asForm = { method: "POST", headers: { origin }, body: new URLSearchParams({ client_id }) };
    expect(allowed(await hydra.fetch(`${hydra.publicUrl}/oauth2/token`, asForm))).toBe(origin);
    const authorization = `Basic ${btoa(`${client_id}:${client_secret}`)}`;
    const basic = { method: "POST", headers: { origin, authorization } };
    expect(allowed(await hydra.fetch(`${hydra.publicUrl}/oauth2/revoke`, basic))).toBe(origin);
    expect(allowed(await hydra.fetch(`${hydra.publicUrl}/health/alive`, { headers: { origin, authorization } }))).toBe(
      null,
    );
    const broken = { method: "POST", headers: { origin, authorization: "Basic %%%" } };
    expect(allowed(await hydra.fetch(`${hydra.publicUrl}/oauth2/token`, broken))).toBe(null);
  });
});
