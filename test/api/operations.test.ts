import { describe, expect, test } from "vitest";
import { Configuration, JwkApi, MetadataApi, OAuth2Api, OidcApi, WellknownApi } from "../../src/index.ts";
import surface from "../fixtures/hydra/surface.json" with { type: "json" };
import { json, observe } from "../support/observe.ts";
import { type Operation, operations } from "../support/openapi.ts";

const apis = { OAuth2Api, OidcApi, JwkApi, WellknownApi, MetadataApi };

/** A call of an operation, and the request that it sends. Listener, credential and response are those of openapi.yaml. */
interface Case {
  /** The arguments before the options. */
  parameters?: object;
  options?: object;
  /** Method and path. */
  sends: string;
  query?: Record<string, string>;
  /** A JSON body, or a form as text. */
  body?: unknown;
}

const ISSUERS = "/admin/trust/grants/jwt-bearer/issuers";
const REQUESTS = "/admin/oauth2/auth/requests";
const client = { client_name: "One" };
const jwk = { kid: "k", kty: "RSA", alg: "RS256", use: "sig", d: "private" };

const cases: Record<string, Case> = {
  listOAuth2Clients: {
    parameters: { pageSize: 2, pageToken: "t", clientName: "One & two", owner: "me" },
    sends: "GET /admin/clients",
    query: { page_size: "2", page_token: "t", client_name: "One & two", owner: "me" },
  },
  createOAuth2Client: { parameters: { oAuth2Client: client }, sends: "POST /admin/clients", body: client },
  getOAuth2Client: { parameters: { id: "a b" }, sends: "GET /admin/clients/a%20b" },
  setOAuth2Client: {
    parameters: { id: "a/b", oAuth2Client: client },
    sends: "PUT /admin/clients/a%2Fb",
    body: client,
  },
  patchOAuth2Client: {
    parameters: { id: "a", jsonPatch: [{ op: "replace", path: "owner", value: "me" }] },
    sends: "PATCH /admin/clients/a",
    body: [{ op: "replace", path: "/owner", value: "me" }],
  },
  deleteOAuth2Client: { parameters: { id: "a" }, sends: "DELETE /admin/clients/a" },
  setOAuth2ClientLifespans: {
    parameters: { id: "a", oAuth2ClientTokenLifespans: { implicit_grant_id_token_lifespan: "1h" } },
    sends: "PUT /admin/clients/a/lifespans",
    body: { implicit_grant_id_token_lifespan: "1h" },
  },
  rotateOAuth2ClientSecret: { parameters: { id: "a" }, sends: "POST /admin/clients/a/secrets/rotate" },
  deleteRotatedOAuth2ClientSecrets: { parameters: { id: "a" }, sends: "DELETE /admin/clients/a/secrets/rotate" },
  getOAuth2ConsentRequest: {
    parameters: { consentChallenge: "c" },
    sends: `GET ${REQUESTS}/consent`,
    query: { consent_challenge: "c" },
  },
  acceptOAuth2ConsentRequest: {
    parameters: { consentChallenge: "c", acceptOAuth2ConsentRequest: { grant_scope: ["openid"] } },
    sends: `PUT ${REQUESTS}/consent/accept`,
    query: { consent_challenge: "c" },
    body: { grant_scope: ["openid"] },
  },
  rejectOAuth2ConsentRequest: {
    parameters: { consentChallenge: "c", rejectOAuth2Request: { error: "access_denied" } },
    sends: `PUT ${REQUESTS}/consent/reject`,
    query: { consent_challenge: "c" },
    body: { error: "access_denied" },
  },
  acceptUserCodeRequest: {
    parameters: { deviceChallenge: "c", acceptDeviceUserCodeRequest: { user_code: "ABCD" } },
    sends: `PUT ${REQUESTS}/device/accept`,
    query: { device_challenge: "c" },
    body: { user_code: "ABCD" },
  },
  getOAuth2LoginRequest: {
    parameters: { loginChallenge: "c" },
    sends: `GET ${REQUESTS}/login`,
    query: { login_challenge: "c" },
  },
  acceptOAuth2LoginRequest: {
    parameters: { loginChallenge: "c", acceptOAuth2LoginRequest: { subject: "alice" } },
    sends: `PUT ${REQUESTS}/login/accept`,
    query: { login_challenge: "c" },
    body: { subject: "alice" },
  },
  rejectOAuth2LoginRequest: {
    parameters: { loginChallenge: "c" },
    sends: `PUT ${REQUESTS}/login/reject`,
    query: { login_challenge: "c" },
    body: {},
  },
  getOAuth2LogoutRequest: {
    parameters: { logoutChallenge: "c" },
    sends: `GET ${REQUESTS}/logout`,
    query: { logout_challenge: "c" },
  },
  acceptOAuth2LogoutRequest: {
    parameters: { logoutChallenge: "c" },
    sends: `PUT ${REQUESTS}/logout/accept`,
    query: { logout_challenge: "c" },
  },
  rejectOAuth2LogoutRequest: {
    parameters: { logoutChallenge: "c" },
    sends: `PUT ${REQUESTS}/logout/reject`,
    query: { logout_challenge: "c" },
  },
  revokeOAuth2ConsentSessions: {
    parameters: { subject: "alice", client: "a", consentRequestId: "r", all: true },
    sends: "DELETE /admin/oauth2/auth/sessions/consent",
    query: { subject: "alice", client: "a", consent_request_id: "r", all: "true" },
  },
  listOAuth2ConsentSessions: {
    parameters: { subject: "alice", pageSize: 5, pageToken: "t", loginSessionId: "s" },
    sends: "GET /admin/oauth2/auth/sessions/consent",
    query: { subject: "alice", page_size: "5", page_token: "t", login_session_id: "s" },
  },
  revokeOAuth2LoginSessions: {
    parameters: { subject: "alice", sid: "s" },
    sends: "DELETE /admin/oauth2/auth/sessions/login",
    query: { subject: "alice", sid: "s" },
  },
  introspectOAuth2Token: {
    parameters: { token: "t+/=", scope: "a b" },
    sends: "POST /admin/oauth2/introspect",
    body: "token=t%2B%2F%3D&scope=a+b",
  },
  deleteOAuth2Token: {
    parameters: { clientId: "a" },
    sends: "DELETE /admin/oauth2/tokens",
    query: { client_id: "a" },
  },
  listTrustedOAuth2JwtGrantIssuers: {
    parameters: { pageSize: 5, pageToken: "t", issuer: "https://i.example" },
    sends: `GET ${ISSUERS}`,
    query: { page_size: "5", page_token: "t", issuer: "https://i.example" },
  },
  trustOAuth2JwtGrantIssuer: {
    parameters: { trustOAuth2JwtGrantIssuer: { issuer: "https://i.example", scope: ["a"] } },
    sends: `POST ${ISSUERS}`,
    body: { issuer: "https://i.example", scope: ["a"] },
  },
  getTrustedOAuth2JwtGrantIssuer: { parameters: { id: "u" }, sends: `GET ${ISSUERS}/u` },
  deleteTrustedOAuth2JwtGrantIssuer: { parameters: { id: "u" }, sends: `DELETE ${ISSUERS}/u` },
  oAuth2Authorize: {
    options: { params: { client_id: "a", response_type: "code", scope: "openid offline" } },
    sends: "GET /oauth2/auth",
    query: { client_id: "a", response_type: "code", scope: "openid offline" },
  },
  oAuth2DeviceFlow: {
    options: { data: { client_id: "a", scope: "openid", audience: undefined } },
    sends: "POST /oauth2/device/auth",
    body: "client_id=a&scope=openid",
  },
  performOAuth2DeviceVerificationFlow: {
    options: { params: { user_code: "ABCD" } },
    sends: "GET /oauth2/device/verify",
    query: { user_code: "ABCD" },
  },
  oauth2TokenExchange: {
    parameters: { grantType: "authorization_code", code: "c", codeVerifier: "v", redirectUri: "https://a.example/cb" },
    sends: "POST /oauth2/token",
    body: "grant_type=authorization_code&code=c&code_verifier=v&redirect_uri=https%3A%2F%2Fa.example%2Fcb",
  },
  revokeOAuth2Token: {
    parameters: { token: "t", tokenTypeHint: "refresh_token", clientId: "a" },
    sends: "POST /oauth2/revoke",
    body: "token=t&token_type_hint=refresh_token&client_id=a",
  },
  createOidcDynamicClient: {
    parameters: { oAuth2Client: client },
    sends: "POST /oauth2/register",
    body: client,
  },
  getOidcDynamicClient: {
    parameters: { id: "a", registrationAccessToken: "rat" },
    sends: "GET /oauth2/register/a",
  },
  setOidcDynamicClient: {
    parameters: { id: "a", oAuth2Client: client, registrationAccessToken: "rat" },
    sends: "PUT /oauth2/register/a",
    body: client,
  },
  deleteOidcDynamicClient: {
    parameters: { id: "a", registrationAccessToken: "rat" },
    sends: "DELETE /oauth2/register/a",
  },
  discoverOidcConfiguration: { sends: "GET /.well-known/openid-configuration" },
  getOidcUserInfo: { sends: "GET /userinfo" },
  createVerifiableCredential: {
    parameters: { createVerifiableCredentialRequestBody: { format: "jwt_vc_json" } },
    sends: "POST /credentials",
    body: { format: "jwt_vc_json" },
  },
  revokeOidcSession: {
    options: { params: { state: "s" } },
    sends: "GET /oauth2/sessions/logout",
    query: { state: "s" },
  },
  createJsonWebKeySet: {
    parameters: { set: "s", createJsonWebKeySet: { kid: "k", alg: "RS256", use: "sig" } },
    sends: "POST /admin/keys/s",
    body: { kid: "k", alg: "RS256", use: "sig" },
  },
  getJsonWebKeySet: { parameters: { set: "s" }, sends: "GET /admin/keys/s" },
  setJsonWebKeySet: {
    parameters: { set: "s", jsonWebKeySet: { keys: [jwk] } },
    sends: "PUT /admin/keys/s",
    body: { keys: [jwk] },
  },
  deleteJsonWebKeySet: { parameters: { set: "s" }, sends: "DELETE /admin/keys/s" },
  getJsonWebKey: { parameters: { set: "s", kid: "k" }, sends: "GET /admin/keys/s/k" },
  setJsonWebKey: { parameters: { set: "s", kid: "k", jsonWebKey: jwk }, sends: "PUT /admin/keys/s/k", body: jwk },
  deleteJsonWebKey: { parameters: { set: "s", kid: "k" }, sends: "DELETE /admin/keys/s/k" },
  discoverJsonWebKeys: { sends: "GET /.well-known/jwks.json" },
  getVersion: { sends: "GET /version" },
  isAlive: { sends: "GET /health/alive" },
  isReady: { sends: "GET /health/ready" },
};

const byId = new Map(operations.map((operation) => [operation.id, operation]));

/** The `Authorization` of a call with every credential, by the security scheme of openapi.yaml. */
const authorizations: Record<string, string | undefined> = {
  oryAccessToken: "Bearer the-access-token",
  accessToken: "Bearer the-access-token",
  registrationAccessToken: "Bearer rat",
  clientSecretBasic: `Basic ${btoa("my+id:p%26ss")}`,
};

/** The success that openapi.yaml describes: a response and the data that the method resolves to. */
function successOf({ responses }: Operation): { reply: () => Response; data: unknown } {
  if (responses["302"]) {
    const headers = { location: "http://127.0.0.1:3000/login" };
    return { reply: () => new Response(null, { status: 302, headers }), data: { redirect_to: headers.location } };
  }
  const [status, success] = Object.entries(responses).find(([code]) => code.startsWith("2"))!;
  if (success.content) return { reply: json({ some: "data" }, Number(status)), data: { some: "data" } };
  return { reply: () => new Response(status === "204" ? null : "", { status: Number(status) }), data: undefined };
}

/** Calls an operation with every credential configured, and returns its request and its result. */
async function call(id: string, parameters = cases[id]!.parameters, options = cases[id]!.options) {
  const operation = byId.get(id)!;
  const { reply, data } = successOf(operation);
  const wire = observe(reply);
  const api: any = new apis[`${operation.tag}Api` as keyof typeof apis](
    new Configuration({
      basePath: "http://public.test/hydra/",
      adminBasePath: "http://admin.test/",
      accessToken: "the-access-token",
      username: "my id",
      password: "p&ss",
      fetch: wire.fetch,
    }),
  );
  const result = await api[id](...(parameters ? [parameters, options] : [options]));
  return { operation, expected: data, result, seen: wire.only };
}

test("every operation has a case", () => {
  expect(Object.keys(cases).sort()).toEqual(surface.operations.map((operation) => operation.operationId).sort());
});

describe.each(Object.entries(cases))("%s", (id, example) => {
  test("sends method, path, query and body to its listener, with its credential", async () => {
    const { operation, expected, seen, result } = await call(id);
    const base = operation.listener === "admin" ? "" : "/hydra";
    expect(`${seen.method} ${seen.url.pathname.slice(base.length)}`).toBe(example.sends);
    expect(seen.url.origin + base).toBe(
      operation.listener === "admin" ? "http://admin.test" : "http://public.test/hydra",
    );
    expect(Object.fromEntries(seen.url.searchParams)).toEqual(example.query ?? {});
    expect(seen.headers["authorization"]).toBe(authorizations[operation.security[0]?.[0] ?? "none"]);
    expect(seen.headers["accept"]).toBe("application/json");
    expect(seen.redirect).toBe("manual");
    if (example.body === undefined) {
      expect(seen.body).toBeUndefined();
    } else if (typeof example.body === "string") {
      expect(seen.headers["content-type"]).toBe("application/x-www-form-urlencoded");
      expect(seen.body).toBe(example.body);
    } else {
      expect(seen.headers["content-type"]).toBe("application/json");
      expect(JSON.parse(seen.body!)).toEqual(example.body);
    }
    expect(result.data).toEqual(expected);
  });

  const { oryClient } = surface.operations.find(({ operationId }) => operationId === id)!;
  for (const field of oryClient.throwsRequiredErrorFor ?? []) {
    test(`rejects without ${field}, and sends no request`, async () => {
      const wire = observe();
      const api: any = new apis[`${byId.get(id)!.tag}Api` as keyof typeof apis]({
        basePath: "http://public.test",
        fetch: wire.fetch,
      });
      for (const missing of [undefined, null]) {
        await expect(api[id]({ ...example.parameters, [field]: missing })).rejects.toMatchObject({
          name: "RequiredError",
          field,
          message: `Required parameter ${field} was null or undefined.`,
        });
      }
      await expect(api[id]()).rejects.toMatchObject({ name: "RequiredError" });
      expect(wire.seen).toEqual([]);
    });
  }
});

describe("a resource named like a path segment behaves like any other", () => {
  const words = [...new Set(operations.flatMap(({ path }) => path.split(/[/{}]/)).filter((word) => word))];
  const named = operations.filter(({ path }) => path.includes("{"));

  test("the words cover all paths", () => {
    expect(words).toEqual(
      expect.arrayContaining(["rotate", "revoke", "accept", "logout", "reject", "admin", "oauth2"]),
    );
  });

  test.each(named.map(({ id }) => id))("%s", async (id) => {
    const { path } = byId.get(id)!;
    const names = [...path.matchAll(/{(\w+)}/g)].map(([, name]) => name!);
    const withWord = (word: string) => Object.fromEntries(names.map((name) => [name, word]));
    const usual = await call(id, { ...cases[id]!.parameters, ...withWord("usual") });
    for (const word of words) {
      const { seen, result } = await call(id, { ...cases[id]!.parameters, ...withWord(word) });
      expect(seen.url.pathname).toBe(usual.seen.url.pathname.replaceAll("usual", word));
      expect({ ...seen, url: seen.url.origin }).toEqual({
        ...usual.seen,
        url: usual.seen.url.origin,
        signal: expect.any(AbortSignal),
      });
      expect(result.data).toEqual(usual.result.data);
    }
  });
});
