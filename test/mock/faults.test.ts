import { beforeEach, describe, expect, it } from "vitest";
import { createMockHydra, type MockHydra } from "../../src/mock/index.ts";
import { call } from "./call.ts";

let hydra: MockHydra;
beforeEach(() => {
  hydra = createMockHydra();
});

describe("hydra.fail", () => {
  const list = () => call(hydra, "GET /admin/clients");

  it("answers with a status, once, for one operation", async () => {
    hydra.fail({ operation: "listOAuth2Clients", status: 503, headers: { "retry-after": "7" } });
    expect((await call(hydra, "GET /admin/version")).status).toBe(200);
    const failed = await list();
    expect(failed.status).toBe(503);
    expect(failed.headers.get("retry-after")).toBe("7");
    expect(failed.body).toHaveProperty("error");
    expect((await list()).status).toBe(200);
  });

  it("counts down, and queues", async () => {
    hydra.fail({ operation: "listOAuth2Clients", times: 2, status: 500, body: { error: "first" } });
    hydra.fail({ status: 429, body: { error: "second" } });
    const errors = [];
    for (let n = 0; n < 4; n++) errors.push((await list()).body.error);
    expect(errors).toEqual(["first", "first", "second", undefined]);
  });

  it("serves nothing where it answers itself", async () => {
    hydra.fail({ operation: "createOAuth2Client", status: 204 });
    expect((await call(hydra, "POST /admin/clients", {})).status).toBe(204);
    expect(hydra.state.clients.size).toBe(0);
  });

  it("drops the connection", async () => {
    hydra.fail({ dropConnection: true });
    await expect(list()).rejects.toThrow(new TypeError("fetch failed"));
  });

  it("cuts the body after the request was served", async () => {
    hydra.fail({ operation: "createOAuth2Client", cutBody: true });
    const response = await hydra.fetch(`${hydra.adminUrl}/admin/clients`, { method: "POST", body: "{}" });
    expect(response.status).toBe(201);
    await expect(response.text()).rejects.toThrow(TypeError);
    expect(hydra.state.clients.size).toBe(1);
  });

  it("cannot cut a body that is empty: the connection breaks", async () => {
    const { client_id } = hydra.addClient();
    hydra.fail({ cutBody: true });
    await expect(call(hydra, `DELETE /admin/clients/${client_id}`)).rejects.toThrow(TypeError);
  });

  it("answers with a page of HTML", async () => {
    hydra.fail({ html: true });
    hydra.fail({ html: "<h1>Maintenance</h1>" });
    expect((await list()).headers.get("content-type")).toMatch(/^text\/html/);
    expect((await list()).body).toBe("<h1>Maintenance</h1>");
  });

  it("is slow, and then right", async () => {
    hydra.fail({ delay: 20 });
    const began = performance.now();
    expect((await list()).status).toBe(200);
    expect(performance.now() - began).toBeGreaterThan(15);
  });

  it("lets go of a slow answer when the signal aborts", async () => {
    hydra.fail({ delay: 60_000, status: 500 });
    const pending = hydra.fetch(`${hydra.adminUrl}/admin/clients`, { signal: AbortSignal.timeout(10) });
    await expect(pending).rejects.toMatchObject({ name: "TimeoutError" });
  });

  it("forgets its faults at a reset", async () => {
    hydra.fail({ times: Number.POSITIVE_INFINITY, status: 500 });
    expect((await list()).status).toBe(500);
    hydra.reset();
    expect((await list()).status).toBe(200);
  });
});

describe("hydra.requests", () => {
  it("says what came in, for which operation", async () => {
    await call(
      hydra,
      "POST /admin/clients",
      { client_name: "App" },
      { headers: { "content-type": "application/json" } },
    );
    await call(hydra, "GET /version");
    expect(hydra.requests).toEqual([
      {
        method: "POST",
        url: `${hydra.adminUrl}/admin/clients`,
        operation: "createOAuth2Client",
        headers: { "content-type": "application/json" },
        body: { client_name: "App" },
      },
      { method: "GET", url: `${hydra.publicUrl}/version`, operation: undefined, headers: {}, body: undefined },
    ]);
  });

  it("names the operation whatever form the path has", async () => {
    for (const path of ["/clients/x/", "/admin/clients/a%2Fb", "/admin/health/alive"])
      await hydra.fetch(hydra.adminUrl + path);
    await hydra.fetch(`${hydra.publicUrl}/oauth2/auth`, { method: "POST" });
    expect(hydra.requests.map(({ operation }) => operation)).toEqual([
      "getOAuth2Client",
      "getOAuth2Client",
      "isAlive",
      "oAuth2Authorize",
    ]);
  });

  it("shows no secret", async () => {
    const secret = "S3CRET";
    const json = { "content-type": "application/json" };
    const key = { kty: "RSA", kid: "key", n: "n", e: "AQAB" };
    await call(
      hydra,
      "POST /admin/clients",
      { client_secret: secret, client_name: "App", jwks: { keys: [{ ...key, d: secret }] } },
      { headers: json },
    );
    await call(hydra, "PATCH /admin/clients/x", [{ op: "add", path: "/client_secret", value: secret }], {
      headers: json,
    });
    await call(hydra, "PATCH /admin/clients/x", [{ op: "add", path: "/jwks/keys/0/d", value: secret }], {
      headers: json,
    });
    await call(hydra, "PUT /admin/keys/set", { keys: [{ ...key, d: secret, p: secret }] }, { headers: json });
    await call(hydra, "POST /admin/keys/set", undefined, { body: `{"client_secret": "${secret}"`, headers: json });
    await hydra.fetch(`${hydra.publicUrl}/oauth2/token`, {
      method: "POST",
      headers: { authorization: `Basic ${secret}`, cookie: `session=${secret}; other=${secret}` },
      body: new URLSearchParams({
        client_secret: secret,
        client_assertion: secret,
        code: secret,
        device_code: secret,
        client_id: "app",
      }),
    });
    await call(hydra, `GET /userinfo?access_token=${secret}`, undefined, { headers: { authorization: secret } });
    await call(hydra, `GET /oauth2/sessions/logout?id_token_hint=${secret}&state=kept`);
    expect(JSON.stringify(hydra.requests)).not.toContain(secret);
    expect(hydra.requests[0]!.body).toMatchObject({
      client_secret: "***",
      client_name: "App",
      jwks: { keys: [{ n: "n", d: "***" }] },
    });
    expect(hydra.requests[5]).toMatchObject({
      headers: { authorization: "Basic ***", cookie: "session=***; other=***" },
      body: { client_id: "app", code: "***" },
    });
    expect(hydra.requests[7]!.url).toContain("state=kept");
  });

  it("keeps the last thousand", async () => {
    for (let n = 0; n < 2100; n++) await hydra.fetch(`${hydra.publicUrl}/health/alive?n=${n}`);
    expect(hydra.requests).toHaveLength(1000);
    expect(hydra.requests.at(-1)!.url).toContain("n=2099");
    expect(hydra.requests[0]!.url).toContain("n=1100");
  });
});
