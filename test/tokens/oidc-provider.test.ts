import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
// @ts-expect-error oidc-provider has no types
import Provider from "oidc-provider";
import { afterAll, beforeAll, expect, test } from "vitest";
import { OAuth2Api } from "../../src/api/oauth2.ts";
import { basicAuthorization } from "../../src/core/credentials.ts";
import { authorizationUrl } from "../../src/tokens/authorization-url.ts";
import {
  clientSecretBasic,
  clientSecretJwt,
  clientSecretPost,
  none,
  privateKeyJwt,
} from "../../src/tokens/client-auth.ts";
import { deviceAuthorization, pollDeviceToken } from "../../src/tokens/device.ts";
import { clientCredentials, exchangeCode, refreshToken } from "../../src/tokens/grants.ts";
import { generateKey, publicJwks, type SigningAlgorithm } from "../../src/tokens/keys.ts";
import { tokenSource } from "../../src/tokens/token-source.ts";
import type { ClientAuth } from "../../src/types.ts";
import { Browser } from "../mock/person.ts";
import { rejection } from "../support/observe.ts";

/** Every printable character; a secret cannot contain others (RFC 6749, appendix A.2). */
const SECRET = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join("");
const ALGORITHMS: SigningAlgorithm[] = ["RS256", "RS512", "PS256", "ES256", "ES384", "Ed25519", "EdDSA"];
const REDIRECT_URI = "https://app.example/callback";
const keys = new Map<string, Awaited<ReturnType<typeof generateKey>>>();
let server: Server;
let issuer: string;

beforeAll(async () => {
  await Promise.all(ALGORITHMS.map(async (alg) => keys.set(alg, await generateKey(alg))));
  server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider: any = new Provider(issuer, (await configuration()) as any);
  const handle = provider.callback();
  server.on("request", (request, response) => {
    const interaction = request.url!.startsWith("/interaction/");
    Promise.resolve(interaction ? agree(provider, request, response) : handle(request, response)).catch((error) =>
      response.writeHead(500).end(String(error)),
    );
  });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function configuration() {
  const serviceClient = { grant_types: ["client_credentials"], redirect_uris: [], response_types: [] };
  const userClient = {
    grant_types: ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"],
    redirect_uris: [REDIRECT_URI],
    response_types: ["code"],
  };
  const bySecret = ["client_secret_basic", "client_secret_post", "client_secret_jwt"].map((method) => ({
    ...serviceClient,
    client_id: method,
    client_secret: SECRET,
    token_endpoint_auth_method: method,
  }));
  const byKey = ALGORITHMS.map(async (alg) => ({
    ...serviceClient,
    client_id: alg,
    token_endpoint_auth_method: "private_key_jwt",
    token_endpoint_auth_signing_alg: alg,
    jwks: await publicJwks(keys.get(alg)!),
  }));
  return {
    clients: [
      ...bySecret,
      ...(await Promise.all(byKey)),
      { ...userClient, client_id: "confidential", client_secret: SECRET },
      { ...userClient, client_id: "public", token_endpoint_auth_method: "none" },
    ],
    clientAuthMethods: ["client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt", "none"],
    enabledJWA: { clientAuthSigningAlgValues: [...ALGORITHMS, "HS256"] },
    scopes: ["openid", "offline_access", "read", "write"],
    features: {
      clientCredentials: { enabled: true },
      deviceFlow: { enabled: true },
      devInteractions: { enabled: false },
      introspection: { enabled: true },
      revocation: { enabled: true },
    },
    // The paths of Hydra.
    routes: {
      authorization: "/oauth2/auth",
      device_authorization: "/oauth2/device/auth",
      introspection: "/admin/oauth2/introspect",
      revocation: "/oauth2/revoke",
      token: "/oauth2/token",
    },
    issueRefreshToken: () => true,
    findAccount: (_: unknown, accountId: string) => ({ accountId, claims: () => ({ sub: accountId }) }),
    cookies: { keys: ["a key for the cookies of this test"] },
    ttl: {
      AccessToken: 60,
      ClientCredentials: 60,
      DeviceCode: 60,
      Grant: 60,
      IdToken: 60,
      Interaction: 60,
      Session: 60,
    },
  };
}

/** Logs every user in as alice, and grants consent. */
async function agree(provider: any, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { prompt, params, session } = await provider.interactionDetails(request, response);
  if (prompt.name === "login") {
    await provider.interactionFinished(request, response, { login: { accountId: "alice" } });
    return;
  }
  const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  await provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
}

/** Follows redirects within the server. Returns the last response, and its URL or the redirect that leaves the server. */
async function follow(browser: Browser, url: string): Promise<{ page: Response; at: URL }> {
  const page = await browser.open(url);
  const at = new URL(page.headers.get("location") ?? url, issuer);
  return page.headers.has("location") && at.origin === issuer ? follow(browser, at.href) : { page, at };
}

test.each<[string, ClientAuth]>([
  ["client_secret_basic", clientSecretBasic(SECRET)],
  ["client_secret_post", clientSecretPost(SECRET)],
  ["client_secret_jwt", clientSecretJwt(SECRET)],
])("a client gets a token with %s", async (clientId, auth) => {
  const tokens = await clientCredentials({ issuer, clientId, auth, scope: ["read", "write"] });
  expect(tokens).toMatchObject({ token_type: "Bearer", expires_in: 60, scope: "read write" });
});

test.each(ALGORITHMS)("a client gets a token with private_key_jwt and %s", async (clientId) => {
  const auth = privateKeyJwt(keys.get(clientId)!);
  expect(await clientCredentials({ issuer, clientId, auth })).toMatchObject({ expires_in: 60 });
  const forIssuer = privateKeyJwt(keys.get(clientId)!, { audience: issuer, typ: "client-authentication+jwt" });
  expect(await clientCredentials({ issuer, clientId, auth: forIssuer })).toMatchObject({ expires_in: 60 });
});

test.each<[string, () => ClientAuth]>([
  ["client_secret_basic", () => clientSecretBasic(SECRET)],
  ["client_secret_post", () => clientSecretPost(SECRET)],
  ["ES256", () => privateKeyJwt(keys.get("ES256")!)],
])("a client with %s revokes its token and gets another", async (clientId, authenticate) => {
  const auth = authenticate();
  const api = new OAuth2Api({ basePath: issuer });
  const headers = { authorization: basicAuthorization("client_secret_basic", SECRET) };
  const introspect = async (token: string) => (await api.introspectOAuth2Token({ token }, { headers })).data;
  const source = tokenSource(() => clientCredentials({ basePath: issuer, clientId, auth, scope: "read" }));
  const [token, same] = await Promise.all([source(), source()]);
  expect(same).toBe(token);
  expect(await introspect(token)).toMatchObject({ active: true, client_id: clientId, scope: "read" });
  await api.revokeOAuth2Token({ token, clientId, auth });
  expect(await introspect(token)).toEqual({ active: false });
  await source.invalidate(token);
  expect(await introspect(await source())).toMatchObject({ active: true });
});

test("a client with an invalid secret is rejected", async () => {
  const client = { clientId: "client_secret_basic", auth: clientSecretBasic("wrong") };
  const calls = [
    () => clientCredentials({ issuer, ...client }),
    () => new OAuth2Api({ basePath: issuer }).revokeOAuth2Token({ token: "unknown", ...client }),
  ];
  for (const call of calls) {
    expect(await rejection(call())).toMatchObject({ name: "ResponseError", status: 401, error: "invalid_client" });
  }
});

const apps: [string, ClientAuth][] = [
  ["confidential", clientSecretBasic(SECRET)],
  ["public", none()],
];

test.each(apps)("a user logs in to a %s client, which refreshes the tokens", async (clientId, auth) => {
  const client = { issuer, clientId, auth };
  const scope = "openid offline_access";
  const login = await authorizationUrl({
    ...client,
    redirectUri: REDIRECT_URI,
    scope,
    parameters: { prompt: "consent" },
  });
  const { at: callback } = await follow(new Browser({ fetch }), login.url);
  expect(callback.searchParams.get("state")).toBe(login.state);
  expect(callback.searchParams.get("iss")).toBe(issuer);

  const code = callback.searchParams.get("code")!;
  const { codeVerifier } = login;
  const tokens = await exchangeCode({ ...client, code, codeVerifier, redirectUri: REDIRECT_URI });
  const claims = JSON.parse(Buffer.from(tokens.id_token!.split(".")[1]!, "base64url").toString());
  expect(claims).toMatchObject({ iss: issuer, sub: "alice", aud: clientId, nonce: login.nonce });
  const refreshed = await refreshToken({ ...client, refreshToken: tokens.refresh_token! });
  expect(refreshed.access_token).not.toBe(tokens.access_token);

  const source = tokenSource(
    (previous) => refreshToken({ ...client, refreshToken: previous?.refresh_token ?? refreshed.refresh_token! }),
    { store: new Map(), key: clientId },
  );
  const seen = new Set<string>();
  for (let round = 0; round < 3; round++) {
    seen.add(await source());
    await source.invalidate();
  }
  expect(seen.size).toBe(3);

  const again = exchangeCode({ ...client, code, codeVerifier, redirectUri: REDIRECT_URI });
  expect(await rejection(again)).toMatchObject({ status: 400, error: "invalid_grant" });
});

test.each(apps)("a user logs in to a %s client on a device", async (clientId, auth) => {
  const client = { issuer, clientId, auth };
  const device = await deviceAuthorization({ ...client, scope: "openid" });
  const waiting = pollDeviceToken({ ...client, deviceCode: device.device_code, expiresIn: 60, interval: 0.05 });

  const browser = new Browser({ fetch });
  const submit = (xsrf: string, more: object) => {
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const body = new URLSearchParams({ xsrf, user_code: device.user_code, ...more });
    return fetch(device.verification_uri, { method: "POST", headers: { cookie }, body, redirect: "manual" });
  };
  const form = await (await browser.open(device.verification_uri)).text();
  const xsrf = /name="xsrf" value="(\w+)"/.exec(form)![1]!;
  await submit(xsrf, {});
  const confirmed = await submit(xsrf, { confirm: "yes" });
  for (const line of confirmed.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
    browser.cookies.set(name!, value!);
  }
  const { page } = await follow(browser, new URL(confirmed.headers.get("location")!, issuer).href);
  expect(page.status).toBe(200);
  expect(await waiting).toMatchObject({ scope: "openid", token_type: "Bearer", id_token: expect.any(String) });
});
