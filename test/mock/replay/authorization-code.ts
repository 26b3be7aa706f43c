import { basic, Jar, parameter, pkce, type Scenario } from "./recorder.ts";

const REDIRECT_URI = "http://127.0.0.1:3000/callback";
const SCOPE = ["openid", "offline_access", "profile"];
const SESSION = { access_token: { role: "admin" }, id_token: { email: "alice@example.com" } };

const LOGIN = "/admin/oauth2/auth/requests/login";
const CONSENT = "/admin/oauth2/auth/requests/consent";
const LOGOUT = "/admin/oauth2/auth/requests/logout";
const CONSENT_SESSIONS = "/admin/oauth2/auth/sessions/consent";
const LOGIN_SESSIONS = "/admin/oauth2/auth/sessions/login";

export const authorizationCode: Scenario = async (t) => {
  const { body: client } = await t.admin("create the client", "POST /admin/clients", {
    json: {
      client_name: "App",
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      scope: SCOPE.join(" "),
      redirect_uris: [REDIRECT_URI],
      post_logout_redirect_uris: ["http://127.0.0.1:3000/bye"],
      token_endpoint_auth_method: "client_secret_basic",
    },
  });
  const headers = { authorization: basic(client.client_id, client.client_secret) };

  const authorize = async (name: string, jar: Jar, changed: Record<string, string> = {}) => {
    const { verifier, challenge } = pkce();
    const query = {
      client_id: client.client_id,
      response_type: "code",
      scope: SCOPE.join(" "),
      redirect_uri: REDIRECT_URI,
      state: "some-state-0123456789",
      nonce: "some-nonce-0123456789",
      code_challenge: challenge,
      code_challenge_method: "S256",
      ...changed,
    };
    const { location } = await t.public(name, "GET /oauth2/auth", { jar, query });
    return { verifier, login_challenge: parameter(location, "login_challenge") };
  };

  const codeFor = async (name: string, jar: Jar) => {
    const { verifier, login_challenge } = await authorize(`${name}: authorize`, jar);
    const login = await t.admin(`${name}: accept the login`, `PUT ${LOGIN}/accept`, {
      query: { login_challenge },
      json: { subject: "alice", remember: true },
    });
    const atConsent = await t.follow(`${name}: follow to consent`, login.body.redirect_to, jar);
    const consent = await t.admin(`${name}: accept the consent`, `PUT ${CONSENT}/accept`, {
      query: { consent_challenge: parameter(atConsent.location, "consent_challenge") },
      json: { grant_scope: SCOPE, session: SESSION },
    });
    const atApp = await t.follow(`${name}: follow to the app`, consent.body.redirect_to, jar);
    return { code: parameter(atApp.location, "code"), code_verifier: verifier };
  };

  const jar = new Jar();
  const { verifier, login_challenge } = await authorize("authorize", jar);
  await t.admin("get the login request", `GET ${LOGIN}`, { query: { login_challenge } });
  await t.admin("get an unknown login request", `GET ${LOGIN}`, {
    query: { login_challenge: "nonsense" },
  });
  await t.admin("get a login request without its challenge", `GET ${LOGIN}`);
  await t.admin("accept the login without a subject", `PUT ${LOGIN}/accept`, {
    query: { login_challenge },
    json: {},
  });
  const login = await t.admin("accept the login", `PUT ${LOGIN}/accept`, {
    query: { login_challenge },
    json: {
      subject: "alice",
      remember: true,
      remember_for: 3600,
      acr: "1",
      amr: ["pwd"],
      context: { from: "login" },
      identity_provider_session_id: "idp-session-1",
    },
  });
  const atConsent = await t.follow("follow to consent", login.body.redirect_to, jar);
  const consent_challenge = parameter(atConsent.location, "consent_challenge");
  await t.admin("get the login request after it was handled", `GET ${LOGIN}`, {
    query: { login_challenge },
  });
  await t.admin("accept the login again", `PUT ${LOGIN}/accept`, {
    query: { login_challenge },
    json: { subject: "bob" },
  });
  await t.admin("get the consent request", `GET ${CONSENT}`, {
    query: { consent_challenge },
  });
  await t.admin("get an unknown consent request", `GET ${CONSENT}`, {
    query: { consent_challenge: "nonsense" },
  });
  const consent = await t.admin("accept the consent", `PUT ${CONSENT}/accept`, {
    query: { consent_challenge },
    json: {
      grant_scope: SCOPE,
      grant_access_token_audience: [],
      remember: true,
      remember_for: 0,
      session: SESSION,
    },
  });
  const atApp = await t.follow("follow to the app", consent.body.redirect_to, jar);
  await t.admin("get the consent request after it was handled", `GET ${CONSENT}`, {
    query: { consent_challenge },
  });
  const code = parameter(atApp.location, "code");
  const exchange = (name: string, form: Record<string, string> = {}) =>
    t.public(name, "POST /oauth2/token", {
      form: { grant_type: "authorization_code", code, redirect_uri: REDIRECT_URI, code_verifier: verifier, ...form },
      headers,
    });
  const first = await exchange("exchange");
  await exchange("exchange the same code again (this revokes what it gave)");
  await t.admin("introspect what a code used twice gave", "POST /admin/oauth2/introspect", {
    form: { token: first.body.access_token },
  });
  const burnt = await codeFor("wrong verifier", new Jar());
  await exchange("exchange with a wrong verifier", { ...burnt, code_verifier: pkce().verifier });
  await exchange("exchange with the right verifier after a wrong one", burnt);
  const astray = await codeFor("wrong redirect uri", new Jar());
  await exchange("exchange with a wrong redirect uri", { ...astray, redirect_uri: "http://127.0.0.1:3000/other" });
  const tokens = (await exchange("exchange, good", await codeFor("good", jar))).body;

  const bearer = { authorization: `Bearer ${tokens.access_token}` };
  await t.public("userinfo", "GET /userinfo", { headers: bearer });
  await t.public("userinfo by POST", "POST /userinfo", { headers: bearer });
  await t.public("userinfo without a token", "GET /userinfo");
  await t.public("userinfo with a wrong token", "GET /userinfo", { headers: { authorization: "Bearer nonsense" } });
  await t.admin("introspect", "POST /admin/oauth2/introspect", { form: { token: tokens.access_token } });
  await t.admin("introspect the refresh token", "POST /admin/oauth2/introspect", {
    form: { token: tokens.refresh_token },
  });
  const refresh = (name: string, refresh_token: string, form: Record<string, string> = {}) =>
    t.public(name, "POST /oauth2/token", { form: { grant_type: "refresh_token", refresh_token, ...form }, headers });
  const refreshed = await refresh("refresh", tokens.refresh_token);
  await refresh("refresh with less scope", refreshed.body.refresh_token, { scope: "openid" });
  await refresh("refresh with a used token", tokens.refresh_token);
  await refresh("refresh with nonsense", "nonsense");
  await t.admin("list consent sessions", `GET ${CONSENT_SESSIONS}`, { query: { subject: "alice" } });
  await t.admin("list consent sessions without a subject", `GET ${CONSENT_SESSIONS}`);
  await t.admin("list consent sessions of nobody", `GET ${CONSENT_SESSIONS}`, {
    query: { subject: "nobody" },
  });

  // Both login and consent are remembered.
  const again = { login_challenge: (await authorize("authorize again, remembered", jar)).login_challenge };
  await t.admin("get the remembered login request", `GET ${LOGIN}`, { query: again });
  const login2 = await t.admin("accept the remembered login", `PUT ${LOGIN}/accept`, {
    query: again,
    json: { subject: "alice" },
  });
  const atConsent2 = await t.follow("follow to the remembered consent", login2.body.redirect_to, jar);
  const query = { consent_challenge: parameter(atConsent2.location, "consent_challenge") };
  await t.admin("get the remembered consent request", `GET ${CONSENT}`, { query });
  const rejected = await t.admin("reject the consent", `PUT ${CONSENT}/reject`, {
    query,
    json: { error: "access_denied", error_description: "The resource owner denied the request", status_code: 403 },
  });
  await t.follow("follow the rejected consent", rejected.body.redirect_to, jar);

  const stranger = new Jar();
  const unwilling = await authorize("authorize to reject the login", stranger);
  const denied = await t.admin("reject the login", `PUT ${LOGIN}/reject`, {
    query: { login_challenge: unwilling.login_challenge },
    json: { error: "login_required", error_description: "no" },
  });
  await t.follow("follow the rejected login", denied.body.redirect_to, stranger);
  await authorize("authorize with an unknown redirect uri", new Jar(), { redirect_uri: "http://127.0.0.1:3000/other" });
  await authorize("authorize with a scope that was not granted", new Jar(), { scope: "openid admin" });
  await authorize("authorize with a short state", new Jar(), { state: "abc" });
  await authorize("authorize with an unknown client", new Jar(), { client_id: "nobody-here" });
  await authorize("authorize with prompt none and no session", new Jar(), { prompt: "none" });
  await authorize("authorize without state", new Jar(), { state: "" });

  const out = await t.public("log out with the id token", "GET /oauth2/sessions/logout", {
    jar,
    query: {
      id_token_hint: tokens.id_token,
      post_logout_redirect_uri: "http://127.0.0.1:3000/bye",
      state: "bye-state",
    },
  });
  const leaving = { logout_challenge: parameter(out.location, "logout_challenge") };
  await t.admin("get the logout request", `GET ${LOGOUT}`, { query: leaving });
  await t.admin("get an unknown logout request", `GET ${LOGOUT}`, { query: { logout_challenge: "nonsense" } });
  const accepted = await t.admin("accept the logout", `PUT ${LOGOUT}/accept`, { query: leaving });
  await t.follow("follow the logout", accepted.body.redirect_to, jar);
  await t.admin("get the logout request after it was handled", `GET ${LOGOUT}`, { query: leaving });
  await t.public("log out without a session", "GET /oauth2/sessions/logout", { jar: new Jar() });
  await t.admin("reject an unknown logout", `PUT ${LOGOUT}/reject`, {
    query: { logout_challenge: "nonsense" },
  });
  await t.admin("revoke consent sessions of a subject's client", `DELETE ${CONSENT_SESSIONS}`, {
    query: { subject: "alice", client: client.client_id },
  });
  await t.admin("revoke consent sessions without all or client", `DELETE ${CONSENT_SESSIONS}`, {
    query: { subject: "alice" },
  });
  await t.admin("revoke all consent sessions of a subject", `DELETE ${CONSENT_SESSIONS}`, {
    query: { subject: "alice", all: "true" },
  });
  await t.admin("revoke consent sessions without a subject", `DELETE ${CONSENT_SESSIONS}`);
  await t.admin("revoke login sessions", `DELETE ${LOGIN_SESSIONS}`, { query: { subject: "alice" } });
  await t.admin("revoke login sessions without a subject", `DELETE ${LOGIN_SESSIONS}`);
  await t.admin("introspect after the sessions were revoked", "POST /admin/oauth2/introspect", {
    form: { token: refreshed.body.access_token },
  });
  await t.admin("delete the client", `DELETE /admin/clients/${client.client_id}`);
};
