import { describe, expect, test } from "vitest";
import { Configuration, JwkApi, MetadataApi, OAuth2Api, OidcApi, WellknownApi } from "../../src/index.ts";
import surface from "../fixtures/hydra/surface.json" with { type: "json" };
import { json, observe } from "../support/observe.ts";

const apis = { OAuth2Api, OidcApi, JwkApi, WellknownApi, MetadataApi };

interface Case {
  api: keyof typeof apis;
  /** The request parameters. */
  parameters?: object;
  options?: object;
  sends: string;
  query?: Record<string, string>;
  /** A JSON body, or an encoded form. */
  body?: unknown;
  credential: "bearer" | "basic" | "registration" | "none";
  listener: "admin" | "public";
  reply?: () => Response;
}

const ISSUERS = "/admin/trust/grants/jwt-bearer/issuers";
const REQUESTS = "/admin/oauth2/auth/requests";
const admin = { api: "OAuth2Api", credential: "bearer", listener: "admin" } as const;
const noCredential = { credential: "none", listener: "public" } as const;
const keys = { api: "JwkApi", credential: "bearer", listener: "admin" } as const;
const registration = { api: "OidcApi", credential: "registration", listener: "public" } as const;
const client = { client_name: "One" };
const jwk = { kid: "k", kty: "RSA", alg: "RS256", use: "sig", d: "private" };
const noContent = json(undefined, 204);
const redirect = () => new Response(null, { status: 302, headers: { location: "http://127.0.0.1:3000/login" } });

const operations: Record<string, Case> = {
  listOAuth2Clients: {
    ...admin,
    parameters: { pageSize: 2, pageToken: "t", clientName: "One & two", owner: "me" },
    sends: "GET /admin/clients",
    query: { page_size: "2", page_token: "t", client_name: "One & two", owner: "me" },
  },
  createOAuth2Client: { ...admin, parameters: { oAuth2Client: client }, sends: "POST /admin/clients", body: client },
  getOAuth2Client: { ...admin, parameters: { id: "a b" }, sends: "GET /admin/clients/a%20b" },
  setOAuth2Client: {
    ...admin,
    parameters: { id: "a/b", oAuth2Client: client },
    sends: "PUT /admin/clients/a%2Fb",
    body: client,
  },
  patchOAuth2Client: {
    ...admin,
    parameters: { id: "a", jsonPatch: [{ op: "replace", path: "owner", value: "me" }] },
    sends: "PATCH /admin/clients/a",
    body: [{ op: "replace", path: "/owner", value: "me" }],
  },
  deleteOAuth2Client: { ...admin, parameters: { id: "a" }, sends: "DELETE /admin/clients/a", reply: noContent },
  setOAuth2ClientLifespans: {
    ...admin,
    parameters: { id: "a", oAuth2ClientTokenLifespans: { implicit_grant_id_token_lifespan: "1h" } },
    sends: "PUT /admin/clients/a/lifespans",
    body: { implicit_grant_id_token_lifespan: "1h" },
  },
  rotateOAuth2ClientSecret: { ...admin, parameters: { id: "a" }, sends: "POST /admin/clients/a/secrets/rotate" },
  deleteRotatedOAuth2ClientSecrets: {
    ...admin,
    parameters: { id: "a" },
    sends: "DELETE /admin/clients/a/secrets/rotate",
  },
  getOAuth2ConsentRequest: {
    ...admin,
    parameters: { consentChallenge: "c" },
    sends: `GET ${REQUESTS}/consent`,
    query: { consent_challenge: "c" },
  },
  acceptOAuth2ConsentRequest: {
    ...admin,
    parameters: { consentChallenge: "c", acceptOAuth2ConsentRequest: { grant_scope: ["openid"] } },
    sends: `PUT ${REQUESTS}/consent/accept`,
    query: { consent_challenge: "c" },
    body: { grant_scope: ["openid"] },
  },
  rejectOAuth2ConsentRequest: {
    ...admin,
    parameters: { consentChallenge: "c", rejectOAuth2Request: { error: "access_denied" } },
    sends: `PUT ${REQUESTS}/consent/reject`,
    query: { consent_challenge: "c" },
    body: { error: "access_denied" },
  },
  acceptUserCodeRequest: {
    ...admin,
    parameters: { deviceChallenge: "c", acceptDeviceUserCodeRequest: { user_code: "ABCD" } },
    sends: `PUT ${REQUESTS}/device/accept`,
    query: { device_challenge: "c" },
    body: { user_code: "ABCD" },
  },
  getOAuth2LoginRequest: {
    ...admin,
    parameters: { loginChallenge: "c" },
    sends: `GET ${REQUESTS}/login`,
    query: { login_challenge: "c" },
  },
  acceptOAuth2LoginRequest: {
    ...admin,
    parameters: { loginChallenge: "c", acceptOAuth2LoginRequest: { subject: "alice" } },
    sends: `PUT ${REQUESTS}/login/accept`,
    query: { login_challenge: "c" },
    body: { subject: "alice" },
  },
  rejectOAuth2LoginRequest: {
    ...admin,
    parameters: { loginChallenge: "c" },
    sends: `PUT ${REQUESTS}/login/reject`,
    query: { login_challenge: "c" },
    body: {},
  },
  getOAuth2LogoutRequest: {
    ...admin,
    parameters: { logoutChallenge: "c" },
    sends: `GET ${REQUESTS}/logout`,
    query: { logout_challenge: "c" },
  },
  acceptOAuth2LogoutRequest: {
    ...admin,
    parameters: { logoutChallenge: "c" },
    sends: `PUT ${REQUESTS}/logout/accept`,
    query: { logout_challenge: "c" },
  },
  rejectOAuth2LogoutRequest: {
    ...admin,
    parameters: { logoutChallenge: "c" },
    sends: `PUT ${REQUESTS}/logout/reject`,
    query: { logout_challenge: "c" },
    reply: noContent,
  },
  revokeOAuth2ConsentSessions: {
    ...admin,
    parameters: { subject: "alice", client: "a", consentRequestId: "r", all: true },
    sends: "DELETE /admin/oauth2/auth/sessions/consent",
    query: { subject: "alice", client: "a", consent_request_id: "r", all: "true" },
    reply: noContent,
  },
  listOAuth2ConsentSessions: {
    ...admin,
    parameters: { subject: "alice", pageSize: 5, pageToken: "t", loginSessionId: "s" },
    sends: "GET /admin/oauth2/auth/sessions/consent",
    query: { subject: "alice", page_size: "5", page_token: "t", login_session_id: "s" },
  },
  revokeOAuth2LoginSessions: {
    ...admin,
    parameters: { subject: "alice", sid: "s" },
    sends: "DELETE /admin/oauth2/auth/sessions/login",
    query: { subject: "alice", sid: "s" },
    reply: noContent,
  },
  introspectOAuth2Token: {
    ...admin,
    parameters: { token: "t+/=", scope: "a b" },
    sends: "POST /admin/oauth2/introspect",
    body: "token=t%2B%2F%3D&scope=a+b",
  },
  deleteOAuth2Token: {
    ...admin,
    parameters: { clientId: "a" },
    sends: "DELETE /admin/oauth2/tokens",
    query: { client_id: "a" },
    reply: noContent,
  },
  listTrustedOAuth2JwtGrantIssuers: {
    ...admin,
    parameters: { pageSize: 5, pageToken: "t", issuer: "https://i.example" },
    sends: `GET ${ISSUERS}`,
    query: { page_size: "5", page_token: "t", issuer: "https://i.example" },
  },
  trustOAuth2JwtGrantIssuer: {
    ...admin,
    parameters: { trustOAuth2JwtGrantIssuer: { issuer: "https://i.example", scope: ["a"] } },
    sends: `POST ${ISSUERS}`,
    body: { issuer: "https://i.example", scope: ["a"] },
  },
  getTrustedOAuth2JwtGrantIssuer: { ...admin, parameters: { id: "u" }, sends: `GET ${ISSUERS}/u` },
  deleteTrustedOAuth2JwtGrantIssuer: {
    ...admin,
    parameters: { id: "u" },
    sends: `DELETE ${ISSUERS}/u`,
    reply: noContent,
  },
  oAuth2Authorize: {
    ...noCredential,
    api: "OAuth2Api",
    options: { params: { client_id: "a", response_type: "code", scope: "openid offline" } },
    sends: "GET /oauth2/auth",
    query: { client_id: "a", response_type: "code", scope: "openid offline" },
    reply: redirect,
  },
  oAuth2DeviceFlow: {
    ...noCredential,
    api: "OAuth2Api",
    options: { data: { client_id: "a", scope: "openid", audience: undefined } },
    sends: "POST /oauth2/device/auth",
    body: "client_id=a&scope=openid",
  },
  performOAuth2DeviceVerificationFlow: {
    ...noCredential,
    api: "OAuth2Api",
    options: { params: { user_code: "ABCD" } },
    sends: "GET /oauth2/device/verify",
    query: { user_code: "ABCD" },
    reply: redirect,
  },
  oauth2TokenExchange: {
    api: "OAuth2Api",
    credential: "basic",
    listener: "public",
    parameters: { grantType: "authorization_code", code: "c", codeVerifier: "v", redirectUri: "https://a.example/cb" },
    sends: "POST /oauth2/token",
    body: "grant_type=authorization_code&code=c&code_verifier=v&redirect_uri=https%3A%2F%2Fa.example%2Fcb",
  },
  revokeOAuth2Token: {
    api: "OAuth2Api",
    credential: "basic",
    listener: "public",
    parameters: { token: "t", tokenTypeHint: "refresh_token", clientId: "a" },
    sends: "POST /oauth2/revoke",
    body: "token=t&token_type_hint=refresh_token&client_id=a",
    reply: () => new Response(""),
  },
  createOidcDynamicClient: {
    ...noCredential,
    api: "OidcApi",
    parameters: { oAuth2Client: client },
    sends: "POST /oauth2/register",
    body: client,
  },
  getOidcDynamicClient: {
    ...registration,
    parameters: { id: "a", registrationAccessToken: "rat" },
    sends: "GET /oauth2/register/a",
  },
  setOidcDynamicClient: {
    ...registration,
    parameters: { id: "a", oAuth2Client: client, registrationAccessToken: "rat" },
    sends: "PUT /oauth2/register/a",
    body: client,
  },
  deleteOidcDynamicClient: {
    ...registration,
    parameters: { id: "a", registrationAccessToken: "rat" },
    sends: "DELETE /oauth2/register/a",
    reply: noContent,
  },
  discoverOidcConfiguration: { ...noCredential, api: "OidcApi", sends: "GET /.well-known/openid-configuration" },
  getOidcUserInfo: { api: "OidcApi", credential: "bearer", listener: "public", sends: "GET /userinfo" },
  createVerifiableCredential: {
    api: "OidcApi",
    credential: "bearer",
    listener: "public",
    parameters: { createVerifiableCredentialRequestBody: { format: "jwt_vc_json" } },
    sends: "POST /credentials",
    body: { format: "jwt_vc_json" },
  },
  revokeOidcSession: {
    ...noCredential,
    api: "OidcApi",
    options: { params: { state: "s" } },
    sends: "GET /oauth2/sessions/logout",
    query: { state: "s" },
    reply: redirect,
  },
  createJsonWebKeySet: {
    ...keys,
    parameters: { set: "s", createJsonWebKeySet: { kid: "k", alg: "RS256", use: "sig" } },
    sends: "POST /admin/keys/s",
    body: { kid: "k", alg: "RS256", use: "sig" },
  },
  getJsonWebKeySet: { ...keys, parameters: { set: "s" }, sends: "GET /admin/keys/s" },
  setJsonWebKeySet: {
    ...keys,
    parameters: { set: "s", jsonWebKeySet: { keys: [jwk] } },
    sends: "PUT /admin/keys/s",
    body: { keys: [jwk] },
  },
  deleteJsonWebKeySet: { ...keys, parameters: { set: "s" }, sends: "DELETE /admin/keys/s", reply: noContent },
  getJsonWebKey: { ...keys, parameters: { set: "s", kid: "k" }, sends: "GET /admin/keys/s/k" },
  setJsonWebKey: {
    ...keys,
    parameters: { set: "s", kid: "k", jsonWebKey: jwk },
    sends: "PUT /admin/keys/s/k",
    body: jwk,
  },
  deleteJsonWebKey: { ...keys, parameters: { set: "s", kid: "k" }, sends: "DELETE /admin/keys/s/k", reply: noContent },
  discoverJsonWebKeys: { ...noCredential, api: "WellknownApi", sends: "GET /.well-known/jwks.json" },
  getVersion: { api: "MetadataApi", credential: "bearer", listener: "admin", sends: "GET /version" },
  isAlive: { api: "MetadataApi", credential: "none", listener: "admin", sends: "GET /health/alive" },
  isReady: { api: "MetadataApi", credential: "none", listener: "admin", sends: "GET /health/ready" },
};

const credentials = {
  bearer: "Bearer the-access-token",
  basic: `Basic ${btoa("my+id:p%26ss")}`,
  registration: "Bearer rat",
  none: undefined,
};

test("every operation has a case", () => {
  expect(Object.keys(operations).sort()).toEqual(surface.operations.map((operation) => operation.operationId).sort());
});

describe.each(Object.entries(operations))("%s", (operation, expected) => {
  const call = async (parameters = expected.parameters, options = expected.options) => {
    const wire = observe(expected.reply ?? json({ some: "data" }));
    const api: any = new apis[expected.api](
      new Configuration({
        basePath: "http://public.test/hydra/",
        adminBasePath: "http://admin.test/",
        accessToken: "the-access-token",
        username: "my id",
        password: "p&ss",
        fetch: wire.fetch,
      }),
    );
    const result = await api[operation](...(expected.parameters || parameters ? [parameters, options] : [options]));
    return { result, request: wire.only };
  };

  test("sends verb, path, query and body to the right listener, with the right credential", async () => {
    const { request, result } = await call();
    const base = expected.listener === "admin" ? "" : "/hydra";
    expect(`${request.method} ${request.url.pathname.slice(base.length)}`).toBe(expected.sends);
    expect(request.url.origin + base).toBe(
      expected.listener === "admin" ? "http://admin.test" : "http://public.test/hydra",
    );
    expect(Object.fromEntries(request.url.searchParams)).toEqual(expected.query ?? {});
    expect(request.headers["authorization"]).toBe(credentials[expected.credential]);
    expect(request.headers["accept"]).toBe("application/json");
    expect(request.redirect).toBe("manual");
    if (expected.body === undefined) {
      expect(request.body).toBeUndefined();
    } else if (typeof expected.body === "string") {
      expect(request.headers["content-type"]).toBe("application/x-www-form-urlencoded");
      expect(request.body).toBe(expected.body);
    } else {
      expect(request.headers["content-type"]).toBe("application/json");
      expect(JSON.parse(request.body!)).toEqual(expected.body);
    }
    const data = { some: "data" };
    const redirected = { redirect_to: "http://127.0.0.1:3000/login" };
    expect(result.data).toEqual(expected.reply === redirect ? redirected : expected.reply ? undefined : data);
  });

  const published = surface.operations.find(({ operationId }) => operationId === operation)!.oryClient;
  for (const field of published.throwsRequiredErrorFor ?? []) {
    test(`rejects without ${field} before sending a request`, async () => {
      const wire = observe();
      const api: any = new apis[expected.api]({ basePath: "http://public.test", fetch: wire.fetch });
      for (const missing of [undefined, null]) {
        await expect(api[operation]({ ...expected.parameters, [field]: missing })).rejects.toMatchObject({
          name: "RequiredError",
          field,
          message: `Required parameter ${field} was null or undefined.`,
        });
      }
      await expect(api[operation]()).rejects.toMatchObject({ name: "RequiredError" });
      expect(wire.seen).toEqual([]);
    });
  }
});
