import { describe, expect, test } from "vitest";
import { Configuration, JwkApi, MetadataApi, OAuth2Api, OidcApi, WellknownApi } from "../../src/index.ts";
import surface from "../fixtures/hydra/surface.json" with { type: "json" };
import { json, observe } from "../support/observe.ts";

const apis = { OAuth2Api, OidcApi, JwkApi, WellknownApi, MetadataApi };

interface Case {
  api: keyof typeof apis;
  /** The arguments before the options. */
  given?: object;
  options?: object;
  sends: string;
  query?: Record<string, string>;
  /** A JSON body, or a form as text. */
  body?: unknown;
  credential: "bearer" | "basic" | "registration" | "none";
  listener: "admin" | "public";
  answers?: () => Response;
}

const ISSUERS = "/admin/trust/grants/jwt-bearer/issuers";
const REQUESTS = "/admin/oauth2/auth/requests";
const admin = { api: "OAuth2Api", credential: "bearer", listener: "admin" } as const;
const open = { credential: "none", listener: "public" } as const;
const keys = { api: "JwkApi", credential: "bearer", listener: "admin" } as const;
const registration = { api: "OidcApi", credential: "registration", listener: "public" } as const;
const client = { client_name: "One" };
const jwk = { kid: "k", kty: "RSA", alg: "RS256", use: "sig", d: "private" };
const nothing = json(undefined, 204);
const redirect = () => new Response(null, { status: 302, headers: { location: "http://127.0.0.1:3000/login" } });

const operations: Record<string, Case> = {
  listOAuth2Clients: {
    ...admin,
    given: { pageSize: 2, pageToken: "t", clientName: "One & two", owner: "me" },
    sends: "GET /admin/clients",
    query: { page_size: "2", page_token: "t", client_name: "One & two", owner: "me" },
  },
  createOAuth2Client: { ...admin, given: { oAuth2Client: client }, sends: "POST /admin/clients", body: client },
  getOAuth2Client: { ...admin, given: { id: "a b" }, sends: "GET /admin/clients/a%20b" },
  setOAuth2Client: {
    ...admin,
    given: { id: "a/b", oAuth2Client: client },
    sends: "PUT /admin/clients/a%2Fb",
    body: client,
  },
  patchOAuth2Client: {
    ...admin,
    given: { id: "a", jsonPatch: [{ op: "replace", path: "owner", value: "me" }] },
    sends: "PATCH /admin/clients/a",
    body: [{ op: "replace", path: "/owner", value: "me" }],
  },
  deleteOAuth2Client: { ...admin, given: { id: "a" }, sends: "DELETE /admin/clients/a", answers: nothing },
  setOAuth2ClientLifespans: {
    ...admin,
    given: { id: "a", oAuth2ClientTokenLifespans: { implicit_grant_id_token_lifespan: "1h" } },
    sends: "PUT /admin/clients/a/lifespans",
    body: { implicit_grant_id_token_lifespan: "1h" },
  },
  rotateOAuth2ClientSecret: { ...admin, given: { id: "a" }, sends: "POST /admin/clients/a/secrets/rotate" },
  deleteRotatedOAuth2ClientSecrets: { ...admin, given: { id: "a" }, sends: "DELETE /admin/clients/a/secrets/rotate" },
  getOAuth2ConsentRequest: {
    ...admin,
    given: { consentChallenge: "c" },
    sends: `GET ${REQUESTS}/consent`,
    query: { consent_challenge: "c" },
  },
  acceptOAuth2ConsentRequest: {
    ...admin,
    given: { consentChallenge: "c", acceptOAuth2ConsentRequest: { grant_scope: ["openid"] } },
    sends: `PUT ${REQUESTS}/consent/accept`,
    query: { consent_challenge: "c" },
    body: { grant_scope: ["openid"] },
  },
  rejectOAuth2ConsentRequest: {
    ...admin,
    given: { consentChallenge: "c", rejectOAuth2Request: { error: "access_denied" } },
    sends: `PUT ${REQUESTS}/consent/reject`,
    query: { consent_challenge: "c" },
    body: { error: "access_denied" },
  },
  acceptUserCodeRequest: {
    ...admin,
    given: { deviceChallenge: "c", acceptDeviceUserCodeRequest: { user_code: "ABCD" } },
    sends: `PUT ${REQUESTS}/device/accept`,
    query: { device_challenge: "c" },
    body: { user_code: "ABCD" },
  },
  getOAuth2LoginRequest: {
    ...admin,
    given: { loginChallenge: "c" },
    sends: `GET ${REQUESTS}/login`,
    query: { login_challenge: "c" },
  },
  acceptOAuth2LoginRequest: {
    ...admin,
    given: { loginChallenge: "c", acceptOAuth2LoginRequest: { subject: "alice" } },
    sends: `PUT ${REQUESTS}/login/accept`,
    query: { login_challenge: "c" },
    body: { subject: "alice" },
  },
  rejectOAuth2LoginRequest: {
    ...admin,
    given: { loginChallenge: "c" },
    sends: `PUT ${REQUESTS}/login/reject`,
    query: { login_challenge: "c" },
    body: {},
  },
  getOAuth2LogoutRequest: {
    ...admin,
    given: { logoutChallenge: "c" },
    sends: `GET ${REQUESTS}/logout`,
    query: { logout_challenge: "c" },
  },
  acceptOAuth2LogoutRequest: {
    ...admin,
    given: { logoutChallenge: "c" },
    sends: `PUT ${REQUESTS}/logout/accept`,
    query: { logout_challenge: "c" },
  },
  rejectOAuth2LogoutRequest: {
    ...admin,
    given: { logoutChallenge: "c" },
    sends: `PUT ${REQUESTS}/logout/reject`,
    query: { logout_challenge: "c" },
    answers: nothing,
  },
  revokeOAuth2ConsentSessions: {
    ...admin,
    given: { subject: "alice", client: "a", consentRequestId: "r", all: true },
    sends: "DELETE /admin/oauth2/auth/sessions/consent",
    query: { subject: "alice", client: "a", consent_request_id: "r", all: "true" },
    answers: nothing,
  },
  listOAuth2ConsentSessions: {
    ...admin,
    given: { subject: "alice", pageSize: 5, pageToken: "t", loginSessionId: "s" },
    sends: "GET /admin/oauth2/auth/sessions/consent",
    query: { subject: "alice", page_size: "5", page_token: "t", login_session_id: "s" },
  },
  revokeOAuth2LoginSessions: {
    ...admin,
    given: { subject: "alice", sid: "s" },
    sends: "DELETE /admin/oauth2/auth/sessions/login",
    query: { subject: "alice", sid: "s" },
    answers: nothing,
  },
  introspectOAuth2Token: {
    ...admin,
    given: { token: "t+/=", scope: "a b" },
    sends: "POST /admin/oauth2/introspect",
    body: "token=t%2B%2F%3D&scope=a+b",
  },
  deleteOAuth2Token: {
    ...admin,
    given: { clientId: "a" },
    sends: "DELETE /admin/oauth2/tokens",
    query: { client_id: "a" },
    answers: nothing,
  },
  listTrustedOAuth2JwtGrantIssuers: {
    ...admin,
    given: { pageSize: 5, pageToken: "t", issuer: "https://i.example" },
    sends: `GET ${ISSUERS}`,
    query: { page_size: "5", page_token: "t", issuer: "https://i.example" },
  },
  trustOAuth2JwtGrantIssuer: {
    ...admin,
    given: { trustOAuth2JwtGrantIssuer: { issuer: "https://i.example", scope: ["a"] } },
    sends: `POST ${ISSUERS}`,
    body: { issuer: "https://i.example", scope: ["a"] },
  },
  getTrustedOAuth2JwtGrantIssuer: { ...admin, given: { id: "u" }, sends: `GET ${ISSUERS}/u` },
  deleteTrustedOAuth2JwtGrantIssuer: { ...admin, given: { id: "u" }, sends: `DELETE ${ISSUERS}/u`, answers: nothing },
  oAuth2Authorize: {
    ...open,
    api: "OAuth2Api",
    options: { params: { client_id: "a", response_type: "code", scope: "openid offline" } },
    sends: "GET /oauth2/auth",
    query: { client_id: "a", response_type: "code", scope: "openid offline" },
    answers: redirect,
  },
  oAuth2DeviceFlow: {
    ...open,
    api: "OAuth2Api",
    options: { data: { client_id: "a", scope: "openid", audience: undefined } },
    sends: "POST /oauth2/device/auth",
    body: "client_id=a&scope=openid",
  },
  performOAuth2DeviceVerificationFlow: {
    ...open,
    api: "OAuth2Api",
    options: { params: { user_code: "ABCD" } },
    sends: "GET /oauth2/device/verify",
    query: { user_code: "ABCD" },
    answers: redirect,
  },
  oauth2TokenExchange: {
    api: "OAuth2Api",
    credential: "basic",
    listener: "public",
    given: { grantType: "authorization_code", code: "c", codeVerifier: "v", redirectUri: "https://a.example/cb" },
    sends: "POST /oauth2/token",
    body: "grant_type=authorization_code&code=c&code_verifier=v&redirect_uri=https%3A%2F%2Fa.example%2Fcb",
  },
  revokeOAuth2Token: {
    api: "OAuth2Api",
    credential: "basic",
    listener: "public",
    given: { token: "t", tokenTypeHint: "refresh_token", clientId: "a" },
    sends: "POST /oauth2/revoke",
    body: "token=t&token_type_hint=refresh_token&client_id=a",
    answers: () => new Response(""),
  },
  createOidcDynamicClient: {
    ...open,
    api: "OidcApi",
    given: { oAuth2Client: client },
    sends: "POST /oauth2/register",
    body: client,
  },
  getOidcDynamicClient: {
    ...registration,
    given: { id: "a", registrationAccessToken: "rat" },
    sends: "GET /oauth2/register/a",
  },
  setOidcDynamicClient: {
    ...registration,
    given: { id: "a", oAuth2Client: client, registrationAccessToken: "rat" },
    sends: "PUT /oauth2/register/a",
    body: client,
  },
  deleteOidcDynamicClient: {
    ...registration,
    given: { id: "a", registrationAccessToken: "rat" },
    sends: "DELETE /oauth2/register/a",
    answers: nothing,
  },
  discoverOidcConfiguration: { ...open, api: "OidcApi", sends: "GET /.well-known/openid-configuration" },
  getOidcUserInfo: { api: "OidcApi", credential: "bearer", listener: "public", sends: "GET /userinfo" },
  createVerifiableCredential: {
    api: "OidcApi",
    credential: "bearer",
    listener: "public",
    given: { createVerifiableCredentialRequestBody: { format: "jwt_vc_json" } },
    sends: "POST /credentials",
    body: { format: "jwt_vc_json" },
  },
  revokeOidcSession: {
    ...open,
    api: "OidcApi",
    options: { params: { state: "s" } },
    sends: "GET /oauth2/sessions/logout",
    query: { state: "s" },
    answers: redirect,
  },
  createJsonWebKeySet: {
    ...keys,
    given: { set: "s", createJsonWebKeySet: { kid: "k", alg: "RS256", use: "sig" } },
    sends: "POST /admin/keys/s",
    body: { kid: "k", alg: "RS256", use: "sig" },
  },
  getJsonWebKeySet: { ...keys, given: { set: "s" }, sends: "GET /admin/keys/s" },
  setJsonWebKeySet: {
    ...keys,
    given: { set: "s", jsonWebKeySet: { keys: [jwk] } },
    sends: "PUT /admin/keys/s",
    body: { keys: [jwk] },
  },
  deleteJsonWebKeySet: { ...keys, given: { set: "s" }, sends: "DELETE /admin/keys/s", answers: nothing },
  getJsonWebKey: { ...keys, given: { set: "s", kid: "k" }, sends: "GET /admin/keys/s/k" },
  setJsonWebKey: { ...keys, given: { set: "s", kid: "k", jsonWebKey: jwk }, sends: "PUT /admin/keys/s/k", body: jwk },
  deleteJsonWebKey: { ...keys, given: { set: "s", kid: "k" }, sends: "DELETE /admin/keys/s/k", answers: nothing },
  discoverJsonWebKeys: { ...open, api: "WellknownApi", sends: "GET /.well-known/jwks.json" },
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

test("every operation of the surface has a case here", () => {
  expect(Object.keys(operations).sort()).toEqual(surface.operations.map((operation) => operation.operationId).sort());
});

describe.each(Object.entries(operations))("%s", (operation, it) => {
  const call = async (given = it.given, options = it.options) => {
    const wire = observe(it.answers ?? json({ some: "data" }));
    const api: any = new apis[it.api](
      new Configuration({
        basePath: "http://public.test/hydra/",
        adminBasePath: "http://admin.test/",
        accessToken: "the-access-token",
        username: "my id",
        password: "p&ss",
        fetch: wire.fetch,
      }),
    );
    const result = await api[operation](...(it.given || given ? [given, options] : [options]));
    return { result, seen: wire.only };
  };

  test("sends its verb, path, query and body to its listener, with its credential", async () => {
    const { seen, result } = await call();
    const base = it.listener === "admin" ? "" : "/hydra";
    expect(`${seen.method} ${seen.url.pathname.slice(base.length)}`).toBe(it.sends);
    expect(seen.url.origin + base).toBe(it.listener === "admin" ? "http://admin.test" : "http://public.test/hydra");
    expect(Object.fromEntries(seen.url.searchParams)).toEqual(it.query ?? {});
    expect(seen.headers["authorization"]).toBe(credentials[it.credential]);
    expect(seen.headers["accept"]).toBe("application/json");
    expect(seen.redirect).toBe("manual");
    if (it.body === undefined) {
      expect(seen.body).toBeUndefined();
    } else if (typeof it.body === "string") {
      expect(seen.headers["content-type"]).toBe("application/x-www-form-urlencoded");
      expect(seen.body).toBe(it.body);
    } else {
      expect(seen.headers["content-type"]).toBe("application/json");
      expect(JSON.parse(seen.body!)).toEqual(it.body);
    }
    const data = { some: "data" };
    const redirected = { redirect_to: "http://127.0.0.1:3000/login" };
    expect(result.data).toEqual(it.answers === redirect ? redirected : it.answers ? undefined : data);
  });

  const named = surface.operations.find((one) => one.operationId === operation)!.oryClient;
  for (const field of named.throwsRequiredErrorFor ?? []) {
    test(`rejects without ${field}, and sends nothing`, async () => {
      const wire = observe();
      const api: any = new apis[it.api]({ basePath: "http://public.test", fetch: wire.fetch });
      for (const missing of [undefined, null]) {
        await expect(api[operation]({ ...it.given, [field]: missing })).rejects.toMatchObject({
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
