import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import { createMockHydra, type MockHydra } from "../../../src/mock/index.ts";
import type { OAuth2Client } from "../../../src/types.ts";
import { authorizationUrl, Browser, logInAndConsent, REDIRECT_URI } from "../support/browser.ts";
import { standingClock } from "../support/clock.ts";
import { checkedMock } from "../support/mock.ts";
import { pkce, postForm } from "../support/requests.ts";

const clock = standingClock();
let hydra: MockHydra;
const keySets: Record<string, unknown> = {};

beforeEach(() => {
  hydra = checkedMock({
    clock,
    seed: "token",
    fetch: async (url) => {
      const keys = keySets[String(url)];
      return keys ? Response.json({ keys }) : new Response("gone", { status: 404 });
    },
  });
});

const token = (form: Record<string, string>, basic?: OAuth2Client) =>
  postForm(hydra, `${hydra.publicUrl}/oauth2/token`, form, basic);
const revoke = (form: Record<string, string>, basic?: OAuth2Client) =>
  postForm(hydra, `${hydra.publicUrl}/oauth2/revoke`, form, basic);
const introspect = async (value: string, more: Record<string, string> = {}) =>
  (await postForm(hydra, `${hydra.adminUrl}/admin/oauth2/introspect`, { token: value, ...more })).body;

describe("client credentials", () => {
  it("grants scopes by wildcard and audiences below the allowed one", async () => {
    const client = hydra.addClient({
      grant_types: ["client_credentials"],
      scope: "users.* read",
      audience: ["https://api.example.com/v1"],
    });
    const ask = (scope: string, audience = "") =>
      token({ grant_type: "client_credentials", scope, ...(audience && { audience }) }, client);
    expect((await ask("users.read read", "https://api.example.com/v1/users")).body).toMatchObject({
      scope: "users.read read",
      token_type: "bearer",
      expires_in: 3600,
    });
    expect((await ask("users")).body.error).toBe("invalid_scope");
    expect((await ask("other.read")).body.error).toBe("invalid_scope");
    expect((await ask("", "https://api.example.com/v10")).body.error).toBe("invalid_request");
    expect((await ask("", "https://other.example.com/v1")).body.error).toBe("invalid_request");
  });

  it("reads the first of a parameter that is given twice, and every audience", async () => {
    const client = hydra.addClient({
      grant_types: ["client_credentials"],
      token_endpoint_auth_method: "client_secret_post",
      scope: "read write",
      audience: ["https://a.example", "https://b.example"],
    });
    const form = new URLSearchParams([
      ["grant_type", "client_credentials"],
      ["grant_type", "nonsense"],
      ["client_id", client.client_id],
      ["client_id", "nobody"],
      ["client_secret", client.client_secret!],
      ["client_secret", "wrong"],
      ["scope", "read"],
      ["scope", "write"],
      ["audience", "https://a.example"],
      ["audience", "https://b.example"],
    ]);
    const response = await hydra.fetch(`${hydra.publicUrl}/oauth2/token`, { method: "POST", body: form });
    const { access_token, scope } = await response.json();
    expect(scope).toBe("read");
    expect((await introspect(access_token)).aud).toEqual(["https://a.example", "https://b.example"]);
  });

  it("grants each scope and each audience once", async () => {
    const audience = "https://a.example";
    const client = hydra.addClient({ grant_types: ["client_credentials"], scope: "read write", audience: [audience] });
    const form = { grant_type: "client_credentials", scope: "read write read", audience: `${audience} ${audience}` };
    const { body } = await token(form, client);
    expect(body.scope).toBe("read write");
    expect((await introspect(body.access_token)).aud).toEqual([audience]);
  });

  it("accepts a multipart form where the server does", async () => {
    const client = hydra.addClient({
      grant_types: ["client_credentials", "urn:ietf:params:oauth:grant-type:device_code"],
      token_endpoint_auth_method: "client_secret_post",
    });
    const post = (url: string, fields: Record<string, string>) => {
      const body = new FormData();
      for (const [name, value] of Object.entries(fields)) body.set(name, value);
      body.set("file", new File(["content"], "file.txt"));
      return hydra.fetch(url, { method: "POST", body });
    };
    const credentials = { client_id: client.client_id, client_secret: client.client_secret! };
    const given = await post(`${hydra.publicUrl}/oauth2/token`, { grant_type: "client_credentials", ...credentials });
    expect(given.status).toBe(200);
    const { access_token } = await given.json();
    const isActive = async () =>
      (await (await post(`${hydra.adminUrl}/admin/oauth2/introspect`, { token: access_token })).json()).active;
    expect(await isActive()).toBe(true);
    expect((await post(`${hydra.publicUrl}/oauth2/revoke`, { token: access_token, ...credentials })).status).toBe(200);
    expect(await isActive()).toBe(false);
    expect((await post(`${hydra.publicUrl}/oauth2/device/auth`, credentials)).status).toBe(400);
  });

  it("respects the client's own lifespan, and forgets an expired token", async () => {
    const client = hydra.addClient({
      grant_types: ["client_credentials"],
      client_credentials_grant_access_token_lifespan: "1m30s",
    });
    const { body } = await token({ grant_type: "client_credentials" }, client);
    expect(body.expires_in).toBe(90);
    clock.advance(89);
    expect((await introspect(body.access_token)).active).toBe(true);
    clock.advance(1);
    expect(await introspect(body.access_token)).toEqual({ active: false });
  });

  it("signs JWT access tokens with the claims that introspection shows", async () => {
    const client = hydra.addClient({
      grant_types: ["client_credentials"],
      scope: "read",
      access_token_strategy: "jwt",
    });
    const { body } = await token({ grant_type: "client_credentials", scope: "read" }, client);
    const claims = JSON.parse(Buffer.from(body.access_token.split(".")[1], "base64url").toString());
    const { iat, exp, nbf, client_id, sub, iss, aud } = await introspect(body.access_token);
    expect(claims).toMatchObject({ iat, exp, nbf, client_id, sub, iss, aud, scp: ["read"], ext: {} });
  });

  it("revokes an access token only for its own client", async () => {
    const client = hydra.addClient({ grant_types: ["client_credentials"] });
    const other = hydra.addClient({ grant_types: ["client_credentials"] });
    const { access_token } = (await token({ grant_type: "client_credentials" }, client)).body;
    expect((await revoke({ token: access_token }, other)).status).toBe(200);
    expect((await introspect(access_token)).active).toBe(true);
    expect((await revoke({ token: access_token }, client)).status).toBe(200);
    expect((await introspect(access_token)).active).toBe(false);
  });

  it("forgets the tokens of a deleted client, even if a new client has the same id", async () => {
    const client = hydra.addClient({ client_id: "again", grant_types: ["client_credentials"] });
    const { access_token } = (await token({ grant_type: "client_credentials" }, client)).body;
    await hydra.fetch(`${hydra.adminUrl}/admin/clients/again`, { method: "DELETE" });
    hydra.addClient({ client_id: "again", grant_types: ["client_credentials"] });
    expect((await introspect(access_token)).active).toBe(false);
  });

  it("removes expired tokens", async () => {
    const client = hydra.addClient({ grant_types: ["client_credentials"] });
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 1000; i++) await token({ grant_type: "client_credentials" }, client);
      clock.advance(3600);
    }
    expect(hydra.state.tokens.size).toBeLessThan(2048);
  });
});

describe("client authentication", () => {
  it("does not accept credentials in the wrong place", async () => {
    const secret = { client_secret: "a secret" };
    const basic = hydra.addClient({ ...secret, grant_types: ["client_credentials"] });
    const post = hydra.addClient({
      ...secret,
      grant_types: ["client_credentials"],
      token_endpoint_auth_method: "client_secret_post",
    });
    const grant = { grant_type: "client_credentials" };
    expect((await token(grant, basic)).status).toBe(200);
    expect((await token(grant, post)).body.error).toBe("invalid_client");
    expect((await token({ ...grant, client_id: post.client_id, ...secret })).status).toBe(200);
    expect((await token({ ...grant, client_id: basic.client_id, ...secret })).body.error).toBe("invalid_client");
    expect((await token({ ...grant, client_id: post.client_id, client_secret: "" })).body.error).toBe("invalid_client");
  });

  it("form-decodes Basic credentials", async () => {
    const client = hydra.addClient({ client_secret: "a b+c%41", grant_types: ["client_credentials"] });
    const authorization = `Basic ${btoa(`${client.client_id}:a+b%2Bc%2541`)}`;
    const response = await hydra.fetch(`${hydra.publicUrl}/oauth2/token`, {
      method: "POST",
      headers: { authorization },
      body: new URLSearchParams({ grant_type: "client_credentials" }),
    });
    expect(response.status).toBe(200);
  });

  it("verifies a client with the key at its jwks_uri, also after the key was replaced", async () => {
    const jwks_uri = "https://client.example.com/jwks.json";
    const client = hydra.addClient({
      grant_types: ["client_credentials"],
      token_endpoint_auth_method: "private_key_jwt",
      token_endpoint_auth_signing_alg: "ES256",
      jwks_uri,
    });
    const ask = async (key: CryptoKey, kid: string, jti: string) => {
      const now = clock() / 1000;
      const jwt = new SignJWT({ iss: client.client_id, sub: client.client_id, jti, iat: now, exp: now + 60 })
        .setAudience(`${hydra.publicUrl}/oauth2/token`)
        .setProtectedHeader({ alg: "ES256", kid });
      return token({
        grant_type: "client_credentials",
        client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        client_assertion: await jwt.sign(key),
      });
    };
    const [one, two] = await Promise.all([generateKeyPair("ES256"), generateKeyPair("ES256")]);
    expect((await ask(one.privateKey, "one", "a")).body.error).toBe("server_error");
    keySets[jwks_uri] = [{ ...(await exportJWK(one.publicKey)), kid: "one", use: "sig" }];
    expect((await ask(one.privateKey, "one", "b")).status).toBe(200);
    expect((await ask(one.privateKey, "one", "b")).body.error).toBe("jti_known");
    expect((await ask(two.privateKey, "one", "c")).body.error).toBe("invalid_client");
    keySets[jwks_uri] = [{ ...(await exportJWK(two.publicKey)), kid: "two", use: "sig" }];
    expect((await ask(one.privateKey, "one", "d")).body.error).toBe("invalid_request");
    expect((await ask(two.privateKey, "two", "e")).status).toBe(200);
  });

  it("refuses a revocation with invalid_request or invalid_client; every other error looks like a success", async () => {
    const { privateKey, publicKey } = await generateKeyPair("ES256");
    const jwk = { ...(await exportJWK(publicKey)), kid: "k", use: "sig" };
    const client = hydra.addClient({
      grant_types: ["client_credentials"],
      token_endpoint_auth_method: "private_key_jwt",
      token_endpoint_auth_signing_alg: "ES256",
      jwks: { keys: [jwk as never] },
    });
    const authenticated = async (claims: object) => {
      const now = clock() / 1000;
      const aud = `${hydra.publicUrl}/oauth2/token`;
      const jwt = new SignJWT({ iss: client.client_id, sub: client.client_id, aud, exp: now + 60, ...claims });
      return {
        client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        client_assertion: await jwt.setProtectedHeader({ alg: "ES256", kid: "k" }).sign(privateKey),
      };
    };
    const once = await authenticated({ jti: "a" });
    const { access_token } = (await token({ grant_type: "client_credentials", ...once })).body;
    for (const credentials of [once, await authenticated({ jti: "b", exp: clock() / 1000 - 1 })]) {
      expect(await revoke({ token: access_token, ...credentials })).toMatchObject({ status: 200, body: {} });
    }
    const forged = await authenticated({ jti: "c", iss: "somebody else" });
    expect((await revoke({ token: access_token, ...forged })).body.error).toBe("invalid_client");
    expect((await revoke({ token: access_token })).body.error).toBe("invalid_request");
    expect((await introspect(access_token)).active).toBe(true);
  });
});

describe("authorization code and refresh token", () => {
  const app: OAuth2Client = {
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    redirect_uris: [REDIRECT_URI],
    scope: "openid offline_access profile",
  };
  const code = async (client: OAuth2Client, more: Record<string, string> = {}) =>
    (
      await logInAndConsent(hydra, new Browser(hydra), authorizationUrl(hydra, client.client_id!, more))
    ).searchParams.get("code")!;
  const exchange = (client: OAuth2Client, value: string, more: Record<string, string> = {}) =>
    token({ grant_type: "authorization_code", code: value, redirect_uri: REDIRECT_URI, ...more }, client);
  const refresh = (client: OAuth2Client, value: string) =>
    token({ grant_type: "refresh_token", refresh_token: value }, client);

  it("forgets the challenge of a code if the verifier is wrong or missing", async () => {
    const client = hydra.addClient(app);
    const { verifier, parameters } = pkce();
    for (const wrong of [{ code_verifier: pkce().verifier }, {}]) {
      const value = await code(client, parameters);
      expect((await exchange(client, value, wrong as Record<string, string>)).body.error).toBe("invalid_grant");
      expect((await exchange(client, value, { code_verifier: verifier })).body.error).toBe("invalid_grant");
      // A real server redeems the code now: it no longer knows that there was a challenge.
      expect((await exchange(client, value)).status).toBe(200);
    }
  });

  it("refuses a verifier if there was no challenge", async () => {
    const client = hydra.addClient(app);
    const value = await code(client);
    expect((await exchange(client, value, { code_verifier: pkce().verifier })).body.error).toBe("invalid_grant");
  });

  it("lets only one of two concurrent requests redeem a code", async () => {
    const client = hydra.addClient({ ...app, access_token_strategy: "jwt" });
    const value = await code(client);
    const answers = await Promise.all([exchange(client, value), exchange(client, value)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
    const given = answers.find(({ status }) => status === 200)!.body;
    expect((await introspect(given.access_token)).active).toBe(false);
  });

  it("expires a code after ten minutes", async () => {
    const client = hydra.addClient(app);
    const value = await code(client);
    clock.advance(600);
    expect((await exchange(client, value)).body.error).toBe("invalid_grant");
  });

  it("refuses the code of another client", async () => {
    const client = hydra.addClient(app);
    const value = await code(client);
    expect((await exchange(hydra.addClient(app), value)).body.error).toBe("invalid_grant");
    expect((await exchange(client, value)).status).toBe(200);
  });

  it("issues a refresh token only for offline access, and an ID token only for openid", async () => {
    const client = hydra.addClient(app);
    const plain = (await exchange(client, await code(client, { scope: "profile" }))).body;
    expect(plain).not.toHaveProperty("refresh_token");
    expect(plain).not.toHaveProperty("id_token");
    const online = (await exchange(client, await code(client, { scope: "openid" }))).body;
    expect(online).not.toHaveProperty("refresh_token");
    expect(online).toHaveProperty("id_token");
  });

  it("revokes the whole grant if a refresh token is used twice", async () => {
    const client = hydra.addClient(app);
    const first = (await exchange(client, await code(client))).body;
    const second = (await refresh(client, first.refresh_token)).body;
    expect((await introspect(first.access_token)).active).toBe(false);
    expect((await introspect(first.refresh_token)).active).toBe(false);
    expect((await introspect(second.refresh_token, { token_type_hint: "refresh_token" })).active).toBe(true);
    expect((await refresh(client, first.refresh_token)).body.error).toBe("invalid_grant");
    expect((await introspect(second.access_token)).active).toBe(false);
    expect((await refresh(client, second.refresh_token)).body.error).toBe("invalid_grant");
  });

  it("notices the second use of a code or a refresh token, however late", async () => {
    const client = hydra.addClient(app);
    for (const again of ["code", "refresh token"]) {
      const value = await code(client);
      const first = (await exchange(client, value)).body;
      const second = (await refresh(client, first.refresh_token)).body;
      clock.advance(29 * 86400);
      const reply = await (again === "code" ? exchange(client, value) : refresh(client, first.refresh_token));
      expect(reply.body.error).toBe("invalid_grant");
      expect((await introspect(second.refresh_token)).active).toBe(false);
    }
  });

  it("does not refresh a scope that the client is no longer registered for", async () => {
    const client = hydra.addClient(app);
    const { refresh_token } = (await exchange(client, await code(client))).body;
    hydra.state.clients.get(client.client_id)!.client.scope = "openid";
    expect((await refresh(client, refresh_token)).body.error).toBe("invalid_scope");
  });

  it("grants each scope once, however often the consent lists it", async () => {
    const client = hydra.addClient(app);
    const consent = { grant_scope: ["openid", "profile", "openid"] };
    const at = await logInAndConsent(hydra, new Browser(hydra), authorizationUrl(hydra, client.client_id), { consent });
    expect((await exchange(client, at.searchParams.get("code")!)).body.scope).toBe("openid profile");
  });

  it("revokes nothing for a refresh token that was rotated", async () => {
    const client = hydra.addClient(app);
    const first = (await exchange(client, await code(client))).body;
    const second = (await refresh(client, first.refresh_token)).body;
    expect((await revoke({ token: first.refresh_token }, client)).status).toBe(200);
    expect((await introspect(second.access_token)).active).toBe(true);
    expect((await refresh(client, second.refresh_token)).status).toBe(200);
  });

  it("revokes a refresh token through its access token, even an expired one", async () => {
    const client = hydra.addClient(app);
    const { access_token, refresh_token } = (await exchange(client, await code(client))).body;
    clock.advance(3600);
    expect((await revoke({ token: access_token }, client)).status).toBe(200);
    expect((await introspect(refresh_token)).active).toBe(false);
  });

  it("revokes refresh and access token together, and deletes only the access tokens of a client", async () => {
    const client = hydra.addClient(app);
    const one = (await exchange(client, await code(client))).body;
    await revoke({ token: one.access_token }, client);
    expect((await introspect(one.refresh_token)).active).toBe(false);
    const two = (await exchange(client, await code(client))).body;
    await hydra.fetch(`${hydra.adminUrl}/admin/oauth2/tokens?client_id=${client.client_id}`, { method: "DELETE" });
    expect((await introspect(two.access_token)).active).toBe(false);
    expect((await refresh(client, two.refresh_token)).status).toBe(200);
  });
});

describe("jwt-bearer", () => {
  it("accepts an assertion once, from a trusted issuer, within its scopes and its lifespan", async () => {
    const { publicKey, privateKey } = await generateKeyPair("ES256");
    const client = hydra.addClient({ grant_types: ["urn:ietf:params:oauth:grant-type:jwt-bearer"], scope: "read" });
    const issuer = "https://issuer.example.com";
    const trusted = await hydra.fetch(`${hydra.adminUrl}/admin/trust/grants/jwt-bearer/issuers`, {
      method: "POST",
      body: JSON.stringify({
        issuer,
        allow_any_subject: true,
        scope: ["read"],
        jwk: { ...(await exportJWK(publicKey)), kid: "k", alg: "ES256", use: "sig" },
        expires_at: new Date(clock() + 86400_000).toISOString(),
      }),
    });
    expect(trusted.status).toBe(201);
    const now = clock() / 1000;
    const ask = async (claims: Record<string, unknown>, scope = "read") => {
      const aud = `${hydra.publicUrl}/oauth2/token`;
      const jwt = new SignJWT({ iss: issuer, sub: "anyone", aud, iat: now, exp: now + 60, ...claims });
      const assertion = await jwt.setProtectedHeader({ alg: "ES256", kid: "k" }).sign(privateKey);
      const form = { grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion, scope };
      return token(form, client);
    };
    const given = await ask({ jti: "1" });
    expect(given.status).toBe(200);
    expect((await introspect(given.body.access_token)).sub).toBe("anyone");
    expect((await ask({ jti: "1" })).body.error).toBe("jti_known");
    expect((await ask({ jti: "2" }, "write")).body.error).toBe("invalid_scope");
    for (const claims of [{}, { jti: "3", aud: issuer }, { jti: "4", exp: now - 1 }, { jti: "5", nbf: now + 60 }]) {
      expect((await ask(claims)).body.error).toBe("invalid_grant");
    }
    expect((await ask({ jti: "6", exp: now + 31 * 86400 })).body.error).toBe("invalid_grant");
  });

  it.each([
    [true, undefined, 200],
    [true, { refuseExpiredIssuers: true }, 400],
    [false, undefined, 400],
  ])(
    "with a kid (%j) and the options %j, answers an assertion of an expired issuer with %i",
    async (hasKid, options, status) => {
      const issuer = "https://issuer.example.com";
      const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
      const hydra = createMockHydra(options);
      const client = hydra.addClient({ grant_types: ["urn:ietf:params:oauth:grant-type:jwt-bearer"] });
      const jwk = { ...(await exportJWK(publicKey)), kid: "k", alg: "ES256", use: "sig" };
      const expires_at = new Date(Date.now() - 1000).toISOString();
      const trust = { issuer, allow_any_subject: true, scope: [], jwk, expires_at };
      await hydra.fetch(`${hydra.adminUrl}/admin/trust/grants/jwt-bearer/issuers`, {
        method: "POST",
        body: JSON.stringify(trust),
      });
      const assertion = await new SignJWT({
        iss: issuer,
        sub: "anyone",
        aud: `${hydra.publicUrl}/oauth2/token`,
        jti: "1",
      })
        .setProtectedHeader({ alg: "ES256", ...(hasKid && { kid: "k" }) })
        .setIssuedAt()
        .setExpirationTime("1m")
        .sign(privateKey);
      const form = { grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion };
      const authorization = `Basic ${btoa(`${client.client_id}:${encodeURIComponent(client.client_secret!)}`)}`;
      const response = await hydra.fetch(`${hydra.publicUrl}/oauth2/token`, {
        method: "POST",
        headers: { authorization },
        body: new URLSearchParams(form),
      });
      expect(response.status).toBe(status);
    },
  );

  it("verifies with the key that the key set holds now", async () => {
    const client = hydra.addClient({ grant_types: ["urn:ietf:params:oauth:grant-type:jwt-bearer"], scope: "read" });
    const issuer = "https://issuer.example.com";
    const [old, other] = await Promise.all([generateKeyPair("ES256"), generateKeyPair("ES256")]);
    const jwk = async (key: CryptoKey) => ({ ...(await exportJWK(key)), kid: "k", alg: "ES256", use: "sig" });
    const admin = (method: string, path: string, body: unknown) =>
      hydra.fetch(`${hydra.adminUrl}/admin/${path}`, { method, body: JSON.stringify(body) });
    const trust = async (key: CryptoKey) =>
      admin("POST", "trust/grants/jwt-bearer/issuers", {
        issuer,
        allow_any_subject: true,
        scope: ["read"],
        jwk: await jwk(key),
        expires_at: new Date(clock() + 86400_000).toISOString(),
      });
    const ask = async (key: CryptoKey, jti: string) => {
      const aud = `${hydra.publicUrl}/oauth2/token`;
      const now = clock() / 1000;
      const jwt = new SignJWT({ iss: issuer, sub: "anyone", aud, iat: now, exp: now + 60, jti });
      const assertion = await jwt.setProtectedHeader({ alg: "ES256", kid: "k" }).sign(key);
      const form = { grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion, scope: "read" };
      return (await token(form, client)).status;
    };
    await trust(old.publicKey);
    expect(await ask(old.privateKey, "1")).toBe(200);
    await admin("PUT", `keys/${encodeURIComponent(issuer)}/k`, await jwk(other.publicKey));
    expect([await ask(old.privateKey, "2"), await ask(other.privateKey, "3")]).toEqual([400, 400]);
    // A key that is in the set under this id already is the one that is trusted.
    await trust(old.publicKey);
    expect([await ask(old.privateKey, "4"), await ask(other.privateKey, "5")]).toEqual([400, 200]);
  });
});
