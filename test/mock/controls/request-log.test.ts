import { beforeEach, describe, expect, it } from "vitest";
import { createMockHydra, type MockHydra } from "../../../src/mock/index.ts";
import { call } from "../support/mock.ts";

let hydra: MockHydra;
beforeEach(() => {
  hydra = createMockHydra();
});

describe("hydra.requests", () => {
  it("shows each request and its operation", async () => {
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

  it("names the operation, however the path is written", async () => {
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

  it("shows no hidden secret", async () => {
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

  it("shows everything that is not secret unchanged", async () => {
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

  it("keeps the last thousand requests", async () => {
    for (let n = 0; n < 2100; n++) await hydra.fetch(`${hydra.publicUrl}/health/alive?n=${n}`);
    expect(hydra.requests).toHaveLength(1000);
    expect(hydra.requests.at(-1)!.url).toContain("n=2099");
    expect(hydra.requests[0]!.url).toContain("n=1100");
  });
});
