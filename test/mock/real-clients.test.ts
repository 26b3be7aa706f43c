import { OAuth2Api, OidcApi, Configuration as OryConfiguration, WellknownApi } from "@ory/client";
import * as oauth from "oauth4webapi";
import * as client from "openid-client";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { MockHydra } from "../../src/mock/index.ts";
import { type ListeningMock, listen } from "../../src/mock/node.ts";
import { Application, authorizationUrl, Browser, logInAndConsent, REDIRECT_URI } from "./support/browser.ts";
import { checkedMock } from "./support/mock.ts";
import { pkce } from "./support/requests.ts";

const app = {
  grant_types: ["authorization_code", "refresh_token"],
  response_types: ["code"],
  redirect_uris: [REDIRECT_URI],
  post_logout_redirect_uris: ["http://127.0.0.1:3000/bye"],
  scope: "openid offline_access",
};
const remember = {
  login: { remember: true },
  consent: { session: { id_token: { email: "alice@example.com" } } },
};
const DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";

describe("openid-client", () => {
  let hydra: MockHydra;
  beforeEach(() => {
    hydra = checkedMock();
  });

  const options = () => ({
    execute: [client.allowInsecureRequests],
    [client.customFetch]: hydra.fetch as client.CustomFetch,
  });
  const discover = (id: string, authentication?: client.ClientAuth, metadata?: Partial<client.ClientMetadata>) =>
    client.discovery(new URL(`${hydra.publicUrl}/`), id, metadata, authentication, options());

  it("signs in with an authorization code and PKCE, refreshes, reads userinfo, revokes and signs out", async () => {
    const { client_id, client_secret } = hydra.addClient(app);
    const config = await discover(client_id, client.ClientSecretBasic(client_secret));
    const verifier = client.randomPKCECodeVerifier();
    const [state, nonce] = [client.randomState(), client.randomNonce()];
    const start = client.buildAuthorizationUrl(config, {
      redirect_uri: REDIRECT_URI,
      scope: "openid offline_access",
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      state,
      nonce,
    });
    const browser = new Browser(hydra);
    const tokens = await client.authorizationCodeGrant(config, await logInAndConsent(hydra, browser, start, remember), {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
      maxAge: 60,
    });
    expect(tokens.claims()).toMatchObject({ sub: "alice", email: "alice@example.com" });
    const userinfo = await client.fetchUserInfo(config, tokens.access_token, "alice");
    expect(userinfo.email).toBe("alice@example.com");

    const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token!);
    expect(refreshed.claims()?.sub).toBe("alice");
    await client.tokenRevocation(config, refreshed.refresh_token!);
    await expect(client.refreshTokenGrant(config, refreshed.refresh_token!)).rejects.toMatchObject({
      error: "invalid_grant",
    });

    const end = client.buildEndSessionUrl(config, {
      id_token_hint: refreshed.id_token!,
      post_logout_redirect_uri: "http://127.0.0.1:3000/bye",
      state: "a-state-of-some-length",
    });
    const challenge = (await browser.redirect(end)).searchParams.get("logout_challenge")!;
    const bye = await browser.redirect(await new Application(hydra).answer("accept", "logout", challenge));
    expect(bye.href).toBe("http://127.0.0.1:3000/bye?state=a-state-of-some-length");
  });

  it("verifies the signatures of ID tokens and of signed userinfo", async () => {
    const { client_id, client_secret } = hydra.addClient({ ...app, userinfo_signed_response_alg: "RS256" });
    const config = await discover(client_id, client.ClientSecretBasic(client_secret), {
      userinfo_signed_response_alg: "RS256",
    });
    client.enableNonRepudiationChecks(config);
    const state = client.randomState();
    const start = client.buildAuthorizationUrl(config, { redirect_uri: REDIRECT_URI, scope: "openid", state });
    const at = await logInAndConsent(hydra, new Browser(hydra), start);
    const tokens = await client.authorizationCodeGrant(config, at, { expectedState: state, idTokenExpected: true });
    expect((await client.fetchUserInfo(config, tokens.access_token, "alice")).sub).toBe("alice");
  });

  it("reads an answer in the fragment of the hybrid flow", async () => {
    const { client_id, client_secret } = hydra.addClient({
      ...app,
      grant_types: ["authorization_code", "implicit"],
      response_types: ["code id_token"],
    });
    const config = await discover(client_id, client.ClientSecretBasic(client_secret));
    client.useCodeIdTokenResponseType(config);
    const [state, nonce] = [client.randomState(), client.randomNonce()];
    const start = client.buildAuthorizationUrl(config, { redirect_uri: REDIRECT_URI, scope: "openid", state, nonce });
    const at = await logInAndConsent(hydra, new Browser(hydra), start);
    const tokens = await client.authorizationCodeGrant(config, at, { expectedState: state, expectedNonce: nonce });
    expect(tokens.claims()?.sub).toBe("alice");
  });

  it.each([
    ["client_secret_basic", "a secret: ä+%&=", client.ClientSecretBasic],
    ["client_secret_post", "a secret: ä+%&=", client.ClientSecretPost],
  ] as const)("gets a token for itself by %s", async (token_endpoint_auth_method, client_secret, authenticate) => {
    const { client_id } = hydra.addClient({
      grant_types: ["client_credentials"],
      scope: "read",
      token_endpoint_auth_method,
      client_secret,
    });
    const config = await discover(client_id, authenticate(client_secret));
    const { access_token, scope } = await client.clientCredentialsGrant(config, { scope: "read" });
    expect([access_token, scope]).toEqual([expect.stringMatching(/^ory_at_/), "read"]);
  });

  it.each(["RS256", "PS256", "ES256", "ES384"])("gets a token for itself with private_key_jwt and %s", async (alg) => {
    const { publicKey, privateKey } = await oauth.generateKeyPair(alg, { extractable: true });
    const jwk = { ...(await crypto.subtle.exportKey("jwk", publicKey)), kid: "k", alg, use: "sig" };
    const { client_id } = hydra.addClient({
      grant_types: ["client_credentials"],
      token_endpoint_auth_method: "private_key_jwt",
      token_endpoint_auth_signing_alg: alg,
      jwks: { keys: [jwk as never] },
    });
    const tokenEndpoint = `${hydra.publicUrl}/oauth2/token`;
    const authenticate = client.PrivateKeyJwt(
      { key: privateKey, kid: "k" },
      {
        [client.modifyAssertion]: (_header, payload) => {
          payload["aud"] = tokenEndpoint;
        },
      },
    );
    const config = await discover(client_id, authenticate);
    expect((await client.clientCredentialsGrant(config)).access_token).toMatch(/^ory_at_/);
  });

  it("waits for the person of a device", async () => {
    const { client_id } = hydra.addClient({
      grant_types: [DEVICE_CODE, "refresh_token"],
      scope: "openid offline_access",
      token_endpoint_auth_method: "none",
    });
    const config = await discover(client_id, client.None());
    const device = await client.initiateDeviceAuthorization(config, { scope: "openid offline_access" });
    const browser = new Browser(hydra);
    const application = new Application(hydra);
    const challenge = (await browser.redirect(device.verification_uri_complete!)).searchParams.get("device_challenge")!;
    const entered = await application.answer("accept", "device", challenge, { user_code: device.user_code });
    await logInAndConsent(hydra, browser, entered);
    const tokens = await client.pollDeviceAuthorizationGrant(config, { ...device, interval: 0.01 });
    expect(tokens.claims()?.sub).toBe("alice");
    expect((await client.refreshTokenGrant(config, tokens.refresh_token!)).claims()?.sub).toBe("alice");
  });

  it("registers itself", async () => {
    // A Hydra announces the endpoint where its operator has configured that, and the recorded one has not.
    const announcing: client.CustomFetch = async (url, init) => {
      const response = await hydra.fetch(url, init as RequestInit);
      if (!url.endsWith("/openid-configuration")) return response;
      const registration_endpoint = `${hydra.publicUrl}/oauth2/register`;
      return Response.json({ ...((await response.json()) as object), registration_endpoint });
    };
    const metadata = { ...app, token_endpoint_auth_method: "client_secret_post" };
    const config = await client.dynamicClientRegistration(new URL(`${hydra.publicUrl}/`), metadata, undefined, {
      ...options(),
      [client.customFetch]: announcing,
    });
    const { client_id } = config.clientMetadata();
    const state = client.randomState();
    const start = client.buildAuthorizationUrl(config, { redirect_uri: REDIRECT_URI, scope: "openid", state });
    const at = await logInAndConsent(hydra, new Browser(hydra), start);
    const tokens = await client.authorizationCodeGrant(config, at, { expectedState: state });
    expect(tokens.claims()?.aud).toEqual([client_id]);
  });
});

describe("oauth4webapi", () => {
  it("signs in as a public client, refreshes and introspects", async () => {
    const hydra = checkedMock();
    const { client_id } = hydra.addClient({ ...app, token_endpoint_auth_method: "none" });
    const options = { [oauth.customFetch]: hydra.fetch as never, [oauth.allowInsecureRequests]: true };
    const issuer = new URL(`${hydra.publicUrl}/`);
    const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, options));
    const self: oauth.Client = { client_id };
    const { verifier, parameters } = pkce();
    const nonce = oauth.generateRandomNonce();
    const at = await logInAndConsent(
      hydra,
      new Browser(hydra),
      authorizationUrl(hydra, client_id, { ...parameters, nonce }),
    );
    const callback = oauth.validateAuthResponse(as, self, at, "a-state-of-some-length");
    const response = await oauth.authorizationCodeGrantRequest(
      ...([as, self, oauth.None(), callback, REDIRECT_URI, verifier, options] as const),
    );
    const tokens = await oauth.processAuthorizationCodeResponse(as, self, response, {
      expectedNonce: nonce,
      requireIdToken: true,
    });
    await oauth.validateApplicationLevelSignature(as, response, options);
    const refreshed = await oauth.processRefreshTokenResponse(
      as,
      self,
      await oauth.refreshTokenGrantRequest(as, self, oauth.None(), tokens.refresh_token!, options),
    );
    const userinfo = await oauth.userInfoRequest(as, self, refreshed.access_token, options);
    expect((await oauth.processUserInfoResponse(as, self, "alice", userinfo)).sub).toBe("alice");
    expect((await oauth.userInfoRequest(as, self, tokens.access_token, options)).status).toBe(401);
  });

  it("introspects JWT access tokens as a resource server", async () => {
    const hydra = checkedMock();
    const resource = hydra.addClient({
      grant_types: ["client_credentials"],
      access_token_strategy: "jwt",
      scope: "read",
    });
    const options = { [oauth.customFetch]: hydra.fetch as never, [oauth.allowInsecureRequests]: true };
    const as: oauth.AuthorizationServer = {
      issuer: `${hydra.publicUrl}/`,
      token_endpoint: `${hydra.publicUrl}/oauth2/token`,
      introspection_endpoint: `${hydra.adminUrl}/admin/oauth2/introspect`,
    };
    const self: oauth.Client = { client_id: resource.client_id };
    const basic = oauth.ClientSecretBasic(resource.client_secret!);
    const granted = await oauth.processClientCredentialsResponse(
      as,
      self,
      await oauth.clientCredentialsGrantRequest(as, self, basic, { scope: "read" }, options),
    );
    const response = await oauth.introspectionRequest(as, self, basic, granted.access_token, options);
    const introspected = await oauth.processIntrospectionResponse(as, self, response);
    expect(introspected).toMatchObject({ active: true, scope: "read", client_id: resource.client_id });
  });
});

describe("@ory/client", () => {
  let server: ListeningMock;
  beforeAll(async () => {
    server = await listen(checkedMock());
  });
  afterAll(() => server.close());

  const admin = () => new OAuth2Api(new OryConfiguration({ basePath: server.adminUrl }));

  it("manages clients and gets tokens with their credentials", async () => {
    const api = admin();
    const { data: created } = await api.createOAuth2Client({
      oAuth2Client: { grant_types: ["client_credentials"], client_name: "by axios", scope: "read" },
    });
    const { data: patched } = await api.patchOAuth2Client({
      id: created.client_id!,
      jsonPatch: [{ op: "replace", path: "/client_name", value: "patched" }],
    });
    expect(patched.client_name).toBe("patched");
    const { client_id: username, client_secret: password } = created as Record<string, string>;
    const itself = new OAuth2Api(
      new OryConfiguration({ basePath: server.publicUrl, username: username!, password: password! }),
    );
    const { data: token } = await itself.oauth2TokenExchange({ grantType: "client_credentials" });
    const introspect = async () => (await api.introspectOAuth2Token({ token: token.access_token! })).data;
    expect(await introspect()).toMatchObject({ active: true, client_id: created.client_id });
    await itself.revokeOAuth2Token({ token: token.access_token! });
    expect(await introspect()).toEqual({ active: false });
    await api.deleteOAuth2Client({ id: created.client_id! });
    await expect(api.getOAuth2Client({ id: created.client_id! })).rejects.toMatchObject({ response: { status: 404 } });
  });

  it("runs login, consent and logout of an application", async () => {
    const api = admin();
    const { data: created } = await api.createOAuth2Client({ oAuth2Client: app });
    const browser = new Browser({ fetch });
    const challenge = (name: string, url: URL) => url.searchParams.get(`${name}_challenge`)!;
    const begun = await browser.redirect(authorizationUrl(server, created.client_id!));
    const loginChallenge = challenge("login", begun);
    expect((await api.getOAuth2LoginRequest({ loginChallenge })).data).toMatchObject({ skip: false, subject: "" });
    const { data: login } = await api.acceptOAuth2LoginRequest({
      loginChallenge,
      acceptOAuth2LoginRequest: { subject: "alice", remember: true, context: { from: "login" } },
    });
    const consentChallenge = challenge("consent", await browser.redirect(login.redirect_to));
    const { data: asked } = await api.getOAuth2ConsentRequest({ consentChallenge });
    expect(asked).toMatchObject({ subject: "alice", context: { from: "login" } });
    const { data: consent } = await api.acceptOAuth2ConsentRequest({
      consentChallenge,
      acceptOAuth2ConsentRequest: { grant_scope: asked.requested_scope!, remember: true },
    });
    const code = (await browser.redirect(consent.redirect_to)).searchParams.get("code")!;
    const { client_id: username, client_secret: password } = created as Record<string, string>;
    const itself = new OryConfiguration({ basePath: server.publicUrl, username: username!, password: password! });
    const { data: tokens } = await new OAuth2Api(itself).oauth2TokenExchange({
      grantType: "authorization_code",
      code,
      redirectUri: REDIRECT_URI,
    });
    const bearer = new OryConfiguration({ basePath: server.publicUrl, accessToken: tokens.access_token! });
    expect((await new OidcApi(bearer).getOidcUserInfo()).data.sub).toBe("alice");
    expect((await new WellknownApi(bearer).discoverJsonWebKeys()).data.keys).toHaveLength(2);
    expect((await api.listOAuth2ConsentSessions({ subject: "alice" })).data).toHaveLength(1);

    const leaving = await browser.redirect(`${server.publicUrl}/oauth2/sessions/logout`);
    const logoutChallenge = challenge("logout", leaving);
    expect((await api.getOAuth2LogoutRequest({ logoutChallenge })).data.subject).toBe("alice");
    const { data: logout } = await api.acceptOAuth2LogoutRequest({ logoutChallenge });
    expect((await browser.redirect(logout.redirect_to)).pathname).toBe("/oauth2/fallbacks/logout/callback");
  });
});
