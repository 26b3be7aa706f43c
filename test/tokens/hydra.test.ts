import { importJWK, SignJWT } from "jose";
import { beforeEach, describe, expect, test } from "vitest";
import { OAuth2Api } from "../../src/api/oauth2.ts";
import { Configuration } from "../../src/core/configuration.ts";
import { createMockHydra, type MockHydra } from "../../src/mock/index.ts";
import { authorizationUrl } from "../../src/tokens/authorization-url.ts";
import {
  clientSecretBasic,
  clientSecretJwt,
  clientSecretPost,
  none,
  privateKeyJwt,
} from "../../src/tokens/client-auth.ts";
import { deviceAuthorization, pollDeviceToken } from "../../src/tokens/device.ts";
import { clientCredentials, exchangeCode, jwtBearer, refreshToken } from "../../src/tokens/grants.ts";
import { generateKey, publicJwks, type SigningAlgorithm } from "../../src/tokens/keys.ts";
import { tokenSource } from "../../src/tokens/token-source.ts";
import type { ClientAuth } from "../../src/types.ts";
import { Application, Browser, logInAndConsent, REDIRECT_URI, standingClock } from "../mock/person.ts";
import { rejection } from "../support/observe.ts";

const SECRET = "s3cr:et/ä+ &=%€😀\t~*'\"\\";
const serviceClient = {
  grant_types: ["client_credentials"],
  scope: "read write",
  audience: ["https://api.example.com"],
};
const clock = standingClock();
let hydra: MockHydra;
let server: { basePath: string; fetch: MockHydra["fetch"] };

beforeEach(() => {
  hydra = createMockHydra({ clock });
  server = { basePath: hydra.publicUrl, fetch: hydra.fetch };
});

/** Registers a client with the client credentials grant. */
const register = (token_endpoint_auth_method: string, more: object = {}) =>
  hydra.addClient({ ...serviceClient, token_endpoint_auth_method, ...more }).client_id;

/** Registers a client with a key, and returns both. */
async function registerKey(alg: SigningAlgorithm = "ES256") {
  const key = await generateKey(alg);
  const clientId = register("private_key_jwt", { token_endpoint_auth_signing_alg: alg, jwks: await publicJwks(key) });
  return { clientId, key };
}

describe("clientCredentials gets a token", () => {
  test.each<[string, (secret: string) => ClientAuth]>([
    ["client_secret_basic", clientSecretBasic],
    ["client_secret_post", clientSecretPost],
  ])("with %s", async (method, authenticate) => {
    const clientId = register(method, { client_secret: SECRET });
    const tokens = await clientCredentials({
      ...server,
      clientId,
      auth: authenticate(SECRET),
      scope: ["read", "write"],
    });
    expect(tokens).toMatchObject({ token_type: "bearer", expires_in: 3600, scope: "read write" });
    expect(tokens.access_token).toMatch(/^ory_at_/);
  });

  test("with a client ID that requires encoding", async () => {
    const clientId = register("client_secret_basic", { client_id: "id: with+%&", client_secret: SECRET });
    await clientCredentials({ ...server, clientId, auth: clientSecretBasic(SECRET) });
  });

  test.each<SigningAlgorithm>(["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"])(
    "with private_key_jwt and %s, repeatedly",
    async (alg) => {
      const { clientId, key } = await registerKey(alg);
      const auth = privateKeyJwt(key, { now: clock });
      await clientCredentials({ ...server, clientId, auth });
      await clientCredentials({ ...server, clientId, auth });
    },
  );

  test("from an issuer, with and without the trailing slash that Hydra adds, and from a token endpoint", async () => {
    const { clientId, key } = await registerKey();
    const auth = privateKeyJwt(key, { now: clock });
    for (const issuer of [hydra.publicUrl, `${hydra.publicUrl}/`]) {
      await clientCredentials({ issuer, clientId, auth, fetch: hydra.fetch });
    }
    const tokenEndpoint = `${hydra.publicUrl}/oauth2/token`;
    await clientCredentials({ tokenEndpoint, clientId, auth, fetch: hydra.fetch });
  });

  test("that is active until it is revoked", async () => {
    const clientId = register("client_secret_post", { client_secret: SECRET });
    const { access_token: token } = await clientCredentials({
      ...server,
      clientId,
      auth: clientSecretPost(SECRET),
      audience: ["https://api.example.com"],
    });
    const api = new OAuth2Api(new Configuration({ ...server, adminBasePath: hydra.adminUrl }));
    const introspect = async () => (await api.introspectOAuth2Token({ token })).data;
    expect(await introspect()).toMatchObject({ active: true, client_id: clientId, aud: ["https://api.example.com"] });
    await api.revokeOAuth2Token({ token, clientId, clientSecret: SECRET });
    expect(await introspect()).toEqual({ active: false });
  });

  test("that a token source caches until it is invalidated", async () => {
    const { clientId, key } = await registerKey();
    const auth = privateKeyJwt(key, { now: clock });
    const source = tokenSource(() => clientCredentials({ ...server, clientId, auth }), { now: clock });
    const first = await source();
    expect(await source()).toBe(first);
    await source.invalidate(first);
    expect(await source()).not.toBe(first);
    expect(hydra.requests).toHaveLength(2);
  });
});

describe("a client clock that differs from the server's", () => {
  // iat is 30 s in the past and exp 60 s in the future.
  test.each([
    [30.9, "accepted"],
    [30, "accepted"],
    [0, "accepted"],
    [-60, "accepted"],
    [31, "rejected"],
    [-61, "rejected"],
  ])("by %d s: the assertion is %s", async (ahead, outcome) => {
    const { clientId, key } = await registerKey();
    const auth = privateKeyJwt(key, { now: () => clock() + ahead * 1000 });
    const call = clientCredentials({ ...server, clientId, auth });
    if (outcome === "accepted") await call;
    else expect(await rejection(call)).toMatchObject({ name: "ResponseError", status: 500, error: "error" });
  });
});

describe("Hydra rejects", () => {
  const byHand = async (form: Record<string, string>, headers: Record<string, string> = {}) => {
    const body = new URLSearchParams({ grant_type: "client_credentials", ...form });
    const response = await hydra.fetch(`${hydra.publicUrl}/oauth2/token`, { method: "POST", headers, body });
    return response.status;
  };

  test("a Basic header that is not form-encoded, but accepts that of clientSecretBasic", async () => {
    const secret = "100%/secret";
    const clientId = register("client_secret_basic", { client_secret: secret });
    expect(await byHand({}, { authorization: `Basic ${btoa(`${clientId}:${secret}`)}` })).toBe(400);
    await clientCredentials({ ...server, clientId, auth: clientSecretBasic(secret) });
  });

  test("an assertion with invalid claims with 401 or 500, and a repeated one with 400", async () => {
    const { clientId, key } = await registerKey();
    const seconds = clock() / 1000;
    const sign = async (claims: object, auth?: ClientAuth) => {
      const form = new URLSearchParams();
      const as = { issuer: hydra.publicUrl, token_endpoint: `${hydra.publicUrl}/oauth2/token` };
      await (auth ?? privateKeyJwt(key, { now: clock }))(as, { client_id: clientId }, form, new Headers());
      const [, own] = form.get("client_assertion")!.split(".");
      const payload = { ...JSON.parse(Buffer.from(own!, "base64url").toString()), ...claims };
      const assertion = await new SignJWT(payload)
        .setProtectedHeader({ alg: "ES256", kid: key.kid })
        .sign(await importJWK(key as object));
      return { client_assertion: assertion, client_assertion_type: form.get("client_assertion_type")! };
    };
    expect(await byHand(await sign({ iss: "https://example.org" }))).toBe(401);
    expect(await byHand(await sign({ sub: "other" }))).toBe(401);
    expect(await byHand(await sign({ aud: `${hydra.publicUrl}/` }))).toBe(401);
    expect(await byHand(await sign({ iat: clock() }))).toBe(500);
    expect(await byHand(await sign({ iat: seconds + 60 }))).toBe(500);
    expect(await byHand(await sign({ jti: undefined }))).toBe(401);
    expect(await byHand(await sign({ exp: undefined }))).toBe(401);
    expect(await byHand(await sign({ exp: seconds - 60 }))).toBe(500);
    const twice = await sign({});
    expect([await byHand(twice), await byHand(twice)]).toEqual([200, 400]);
  });

  test("an unregistered client, method, key, scope or audience, and the error contains its reason", async () => {
    const basic = register("client_secret_basic", { client_secret: SECRET });
    const post = register("client_secret_post", { client_secret: SECRET });
    const { clientId: signing, key } = await registerKey();
    const publicClient = register("none");
    const other = await generateKey("ES256");
    const calls: [clientId: string, auth: ClientAuth, status: number, error: string, more?: object][] = [
      ["nobody-here", clientSecretBasic("wrong"), 401, "invalid_client"],
      [basic, clientSecretBasic("wrong"), 401, "invalid_client"],
      [basic, clientSecretPost(SECRET), 401, "invalid_client"],
      [post, clientSecretBasic(SECRET), 401, "invalid_client"],
      [post, clientSecretPost(SECRET), 400, "invalid_scope", { scope: "admin" }],
      [post, clientSecretPost(SECRET), 400, "invalid_request", { audience: "https://other.example.com" }],
      [publicClient, none(), 400, "invalid_grant"],
      [signing, privateKeyJwt(other, { now: clock }), 400, "invalid_request"],
      [signing, privateKeyJwt({ ...other, kid: key.kid }, { now: clock }), 401, "invalid_client"],
      [signing, privateKeyJwt(await generateKey("RS256"), { now: clock }), 401, "invalid_client"],
      [signing, privateKeyJwt(key, { now: clock, audience: `${hydra.publicUrl}/` }), 401, "invalid_client"],
      [signing, clientSecretJwt(SECRET, { now: clock }), 401, "invalid_client"],
      [basic, privateKeyJwt(key, { now: clock }), 401, "invalid_client"],
    ];
    for (const [clientId, auth, status, error, more] of calls) {
      const problem = await rejection(clientCredentials({ ...server, clientId, auth, ...more }));
      expect(problem).toMatchObject({ name: "ResponseError", status, error });
      expect(problem.message).toMatch(new RegExp(`^POST /oauth2/token: ${status} ${error}: .`));
    }
  });
});

describe("a user", () => {
  const app = {
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    redirect_uris: [REDIRECT_URI],
    scope: "openid offline_access",
  };

  test.each<[string, ClientAuth]>([
    ["client_secret_basic", clientSecretBasic(SECRET)],
    ["none", none()],
  ])("logs in to a client with %s, which refreshes the tokens", async (token_endpoint_auth_method, auth) => {
    const secret = token_endpoint_auth_method === "none" ? {} : { client_secret: SECRET };
    const { client_id: clientId } = hydra.addClient({ ...app, token_endpoint_auth_method, ...secret });
    const client = { ...server, clientId, auth };
    const login = await authorizationUrl({ ...client, redirectUri: REDIRECT_URI, scope: "openid offline_access" });
    const callback = await logInAndConsent(hydra, new Browser(hydra), login.url);
    expect(callback.searchParams.get("state")).toBe(login.state);

    const code = callback.searchParams.get("code")!;
    const tokens = await exchangeCode({ ...client, code, codeVerifier: login.codeVerifier, redirectUri: REDIRECT_URI });
    const claims = JSON.parse(Buffer.from(tokens.id_token!.split(".")[1]!, "base64url").toString());
    expect(claims).toMatchObject({ sub: "alice", nonce: login.nonce });

    const refreshed = await refreshToken({ ...client, refreshToken: tokens.refresh_token! });
    expect(refreshed.refresh_token).not.toBe(tokens.refresh_token);
    expect(await rejection(refreshToken({ ...client, refreshToken: tokens.refresh_token! }))).toMatchObject({
      status: 400,
      error: "invalid_grant",
    });
  });

  test("logs in to a client on a device", async () => {
    const { client_id: clientId } = hydra.addClient({
      grant_types: ["urn:ietf:params:oauth:grant-type:device_code", "refresh_token"],
      scope: "openid offline_access",
      token_endpoint_auth_method: "client_secret_basic",
      client_secret: SECRET,
    });
    const client = { ...server, clientId, auth: clientSecretBasic(SECRET) };
    const device = await deviceAuthorization({ ...client, scope: ["openid", "offline_access"] });
    expect(device).toMatchObject({ interval: 5, expires_in: 600 });

    const options = { ...client, deviceCode: device.device_code, expiresIn: device.expires_in, interval: 0.005 };
    const waiting = pollDeviceToken(options);
    const browser = new Browser(hydra);
    const application = new Application(hydra);
    const atDevice = await browser.redirect(device.verification_uri);
    const challenge = atDevice.searchParams.get("device_challenge")!;
    const verified = await application.answer("accept", "device", challenge, { user_code: device.user_code });
    await logInAndConsent(hydra, browser, verified);
    expect(await waiting).toMatchObject({ scope: "openid offline_access", refresh_token: expect.any(String) });
    expect(await rejection(pollDeviceToken(options))).toMatchObject({ status: 400, error: "invalid_grant" });
  });
});

test("jwtBearer gets a token with the assertion of a trusted issuer", async () => {
  const key = await generateKey("RS256");
  const [jwk] = (await publicJwks(key)).keys;
  const issuer = "https://issuer.example";
  const expires_at = new Date(clock() + 86_400_000).toISOString();
  const api = new OAuth2Api({ ...server, adminBasePath: hydra.adminUrl });
  await api.trustOAuth2JwtGrantIssuer({
    trustOAuth2JwtGrantIssuer: { issuer, subject: "dave", scope: ["read"], jwk: jwk!, expires_at },
  });
  const { client_id: clientId } = hydra.addClient({
    grant_types: ["urn:ietf:params:oauth:grant-type:jwt-bearer"],
    scope: "read",
    client_secret: SECRET,
  });
  const assertion = await new SignJWT({ jti: crypto.randomUUID() })
    .setProtectedHeader({ alg: "RS256", kid: key.kid })
    .setIssuer(issuer)
    .setSubject("dave")
    .setAudience(`${hydra.publicUrl}/oauth2/token`)
    .setIssuedAt(clock() / 1000)
    .setExpirationTime(clock() / 1000 + 60)
    .sign(await importJWK(key as object));
  const client = { ...server, clientId, auth: clientSecretBasic(SECRET), scope: "read" };
  expect(await jwtBearer({ ...client, assertion })).toMatchObject({ scope: "read" });
  expect(await rejection(jwtBearer({ ...client, assertion: "nonsense" }))).toMatchObject({ error: "invalid_grant" });
});
