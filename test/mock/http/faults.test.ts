import { beforeEach, describe, expect, it } from "vitest";
import { createMockHydra, type Fault, type MockHydra } from "../../../src/mock/index.ts";
import { call } from "../call.ts";

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

  it("takes a HEAD for the GET of its operation", async () => {
    hydra.fail({ operation: "listOAuth2Clients", status: 503 });
    const head = async () => (await hydra.fetch(`${hydra.adminUrl}/admin/clients`, { method: "HEAD" })).status;
    expect([await head(), await head()]).toEqual([503, 200]);
    expect(hydra.requests.map(({ operation }) => operation)).toEqual(["listOAuth2Clients", "listOAuth2Clients"]);
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

  it.each<[string, object]>([
    ["fault", {}],
    ["fault", { times: 2 }],
    ["fault", { status: 500, html: true }],
    ["fault", { dropConnection: true, cutBody: true }],
    ["operation", { operation: "listClients", status: 500 }],
    ["operation", { operation: "constructor", status: 500 }],
    ["times", { times: 0, status: 500 }],
    ["times", { times: 1.5, status: 500 }],
    ["times", { times: Number.NaN, status: 500 }],
    ["times", { times: null, status: 500 }],
    ["delay", { delay: -1 }],
    ["delay", { delay: Number.POSITIVE_INFINITY }],
    ["status", { status: 99 }],
    ["status", { status: 600 }],
    ["status", { status: 200.5 }],
    ["status", { status: "500" }],
    ["headers", { status: 500, headers: { "retry-after": "1\r\nset-cookie: x=1" } }],
    ["html", { html: false }],
    ["html", { html: "" }],
    ["dropConnection", { dropConnection: false }],
    ["cutBody", { cutBody: 1 }],
  ])("refuses, for its %s, %j", async (field, fault) => {
    const refused = expect.objectContaining({
      name: "InvalidInputError",
      field,
      message: expect.stringContaining(field),
    });
    expect(() => hydra.fail(fault as Fault)).toThrow(refused);
    expect((await list()).status).toBe(200);
  });

  it("takes what is undefined for left out", async () => {
    hydra.fail({ operation: undefined, times: undefined, status: 503, delay: undefined } as never);
    expect((await list()).status).toBe(503);
    expect((await list()).status).toBe(200);
  });

  it("has types for one kind at a time", () => {
    // @ts-expect-error two kinds
    const two: Fault = { status: 500, html: true };
    // @ts-expect-error a body belongs to a status
    const body: Fault = { cutBody: true, body: {} };
    // @ts-expect-error no kind
    const none: Fault = { times: 3 };
    const late: Fault = { operation: "isAlive", delay: 10, status: 503 };
    expect([two, body, none, late]).toHaveLength(4);
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

  it("shows no secret that hides", async () => {
    const secret = "S3CRET";
    const json = { headers: { "content-type": "application/json" } };
    for (const query of [
      "/oauth2/auth?login_verifier=S3CRET",
      "/oauth2/auth?client_id=x&consent_verifier=S3CRET",
      "/oauth2/device/verify?user_code=S3CRET",
      "/oauth2/sessions/logout?logout_verifier=S3CRET",
      "/admin/oauth2/auth/requests/login?login_challenge=S3CRET",
      "/admin/oauth2/auth/requests/consent?challenge=S3CRET",
      "/oauth2/auth?request_uri=https%3A%2F%2Fx.example%2F%3Faccess_token%3DS3CRET",
      "/userinfo?Access_Token=S3CRET",
    ])
      await call(hydra, `GET ${query}`);
    await hydra.fetch(`${hydra.publicUrl}/health/alive`, {
      headers: {
        "proxy-authorization": `Bearer ${secret}`,
        "x-api-key": secret,
        "x-session-token": secret,
        "x-session-cookie": secret,
        referer: `https://app.example/#access_token=${secret}`,
      },
    });
    await hydra.fetch(`${hydra.publicUrl}/oauth2/token`, {
      method: "POST",
      body: new URLSearchParams({ Client_Secret: secret, CODE: secret, user_code: secret }),
    });
    for (const [route, body] of [
      ["POST /credentials", { format: "jwt_vc_json", proof: { proof_type: "jwt", jwt: secret } }],
      ["PUT /admin/oauth2/auth/requests/device/accept?device_challenge=x", { user_code: secret }],
      ["POST /admin/clients", { registration_client_uri: `https://x.example/?access_token=${secret}` }],
      ["POST /admin/clients", { jwks_uri: `https://user:${secret}@x.example/` }],
      ["POST /admin/clients", { Client_Secret: secret, jwks: { keys: [{ kid: "x", d: secret }] } }],
      ["PUT /admin/keys/set", { keys: [{ kid: "x", D: secret }, { k: secret }, { kty: "oct", k: secret }] }],
      ["PUT /admin/keys/set/x", { kid: "x", oth: [{ d: secret }] }],
      ["POST /admin/trust/grants/jwt-bearer/issuers", { jwk: { kid: "x", q: secret } }],
      ["PATCH /admin/clients/x", [{ op: "add", path: "/client_secret/", value: secret }]],
      ["PATCH /admin/clients/x", [{ op: "add", path: "/jwks/keys/-", value: { kid: "x", d: secret } }]],
      ["PATCH /admin/clients/x", [{ op: "add", path: "/jwks", value: { keys: [{ kid: "x", d: secret }] } }]],
    ] as const)
      await call(hydra, route, body, json);
    expect(hydra.requests.filter((request) => JSON.stringify(request).includes(secret))).toEqual([]);
  });

  it("shows all that is no secret as it came", async () => {
    const body = {
      client_uri: "https://app.example?a=b%20c&a=d#top",
      token_endpoint_auth_method: "none",
      metadata: { k: 1, d: "2", path: "/somewhere", value: "kept" },
    };
    await call(hydra, "POST /admin/clients", body, { headers: { "content-type": "application/json" } });
    await call(hydra, "GET /oauth2/auth?code_challenge=abc&code_challenge_method=S256&response_type=code&scope=a%20b");
    expect(hydra.requests[0]!.body).toEqual(body);
    expect(hydra.requests[1]!.url).toContain(
      "?code_challenge=abc&code_challenge_method=S256&response_type=code&scope=a%20b",
    );
  });

  it("keeps the last thousand", async () => {
    for (let n = 0; n < 2100; n++) await hydra.fetch(`${hydra.publicUrl}/health/alive?n=${n}`);
    expect(hydra.requests).toHaveLength(1000);
    expect(hydra.requests.at(-1)!.url).toContain("n=2099");
    expect(hydra.requests[0]!.url).toContain("n=1100");
  });
});
