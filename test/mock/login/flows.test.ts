import { createLocalJWKSet, decodeJwt, exportJWK, generateKeyPair, jwtVerify, SignJWT, UnsecuredJWT } from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import type { MockHydra } from "../../../src/mock/index.ts";
import type { OAuth2Client } from "../../../src/types.ts";
import { Application, authorizationUrl, Browser, logInAndConsent, REDIRECT_URI } from "../support/browser.ts";
import { standingClock } from "../support/clock.ts";
import { checkedMock } from "../support/mock.ts";
import { pkce, postForm } from "../support/requests.ts";

const clock = standingClock();
let hydra: MockHydra;
let application: Application;
let fetched: { url: string; body: string }[];
let responses: Record<string, string>;

beforeEach(() => {
  fetched = [];
  responses = {};
  hydra = checkedMock({
    clock,
    fetch: async (url, init) => {
      fetched.push({ url: String(url), body: String(init?.body) });
      return new Response(responses[String(url)]);
    },
  });
  application = new Application(hydra);
});

const app: OAuth2Client = {
  grant_types: ["authorization_code", "refresh_token"],
  response_types: ["code"],
  redirect_uris: [REDIRECT_URI],
  post_logout_redirect_uris: ["http://127.0.0.1:3000/bye"],
  scope: "openid offline_access profile",
};
const url = (client: OAuth2Client, more?: Record<string, string>) => authorizationUrl(hydra, client.client_id!, more);
const exchange = async (client: OAuth2Client, at: URL) => {
  const code = at.searchParams.get("code")!;
  const form = { grant_type: "authorization_code", code, redirect_uri: REDIRECT_URI };
  return (await postForm(hydra, `${hydra.publicUrl}/oauth2/token`, form, client)).body;
};
const error = (at: URL) => at.searchParams.get("error");

describe("login and consent", () => {
  it("refuses any browser but the one that started the flow", async () => {
    const client = hydra.addClient(app);
    const began = await new Browser(hydra).redirect(url(client));
    const challenge = began.searchParams.get("login_challenge")!;
    const next = await application.answer("accept", "login", challenge, { subject: "alice" });
    expect(error(await new Browser(hydra).redirect(next))).toBe("request_forbidden");

    const browser = new Browser(hydra);
    const login = (await browser.redirect(url(client))).searchParams.get("login_challenge")!;
    const atConsent = await browser.redirect(await application.answer("accept", "login", login, { subject: "alice" }));
    const consent = atConsent.searchParams.get("consent_challenge")!;
    const last = await application.answer("accept", "consent", consent, { grant_scope: ["openid"] });
    expect(error(await new Browser(hydra).redirect(last))).toBe("request_forbidden");
    expect((await browser.redirect(last)).searchParams.get("code")).toMatch(/^ory_ac_/);
    expect(error(await browser.redirect(last))).toBe("access_denied");
  });

  it("expires a challenge and a verifier after thirty minutes", async () => {
    const client = hydra.addClient(app);
    const browser = new Browser(hydra);
    const challenge = (await browser.redirect(url(client))).searchParams.get("login_challenge")!;
    const next = await application.answer("accept", "login", challenge, { subject: "alice" });
    clock.advance(30 * 60 + 1);
    expect((await application.call("GET", "login", challenge)).status).toBe(401);
    expect(error(await browser.redirect(next))).toBe("request_unauthorized");
  });

  it("does not accept the challenge of another step", async () => {
    const challenge = (await new Browser(hydra).redirect(url(hydra.addClient(app)))).searchParams.get(
      "login_challenge",
    )!;
    expect((await application.call("GET", "consent", challenge)).status).toBe(404);
    expect((await application.call("GET", "login", challenge)).status).toBe(200);
  });

  it.each([{ subject: 1 }, { subject: "a", amr: "pwd" }, { subject: "a", remember: "yes" }, { subject: "a", acr: {} }])(
    "refuses %j",
    async (body) => {
      const challenge = (await new Browser(hydra).redirect(url(hydra.addClient(app)))).searchParams.get(
        "login_challenge",
      )!;
      expect((await application.call("PUT", "login/accept", challenge, body)).status).toBe(400);
    },
  );

  it("shows the application the OpenID Connect parameters of the request", async () => {
    const start = url(hydra.addClient(app), {
      login_hint: "alice@example.com",
      acr_values: "2 1",
      ui_locales: "de en",
      display: "popup",
    });
    const challenge = (await new Browser(hydra).redirect(start)).searchParams.get("login_challenge")!;
    expect((await application.request("login", challenge))["oidc_context"]).toEqual({
      login_hint: "alice@example.com",
      acr_values: ["2", "1"],
      ui_locales: ["de", "en"],
      display: "popup",
    });
  });

  it("copies custom claims into the tokens, but none that override the protocol's", async () => {
    const client = hydra.addClient(app);
    const browser = new Browser(hydra);
    const at = await logInAndConsent(hydra, browser, url(client, { nonce: "a-nonce-of-some-length" }), {
      login: { acr: "2", amr: ["pwd", "otp"] },
      consent: { session: { access_token: { role: "admin" }, id_token: { email: "a@example.com", sub: "mallory" } } },
    });
    const { id_token, access_token } = await exchange(client, at);
    const keys = (await (await hydra.fetch(`${hydra.publicUrl}/.well-known/jwks.json`)).json()) as any;
    const { payload } = await jwtVerify(id_token, createLocalJWKSet(keys), { currentDate: new Date(clock()) });
    expect(payload).toMatchObject({
      iss: `${hydra.publicUrl}/`,
      aud: [client.client_id],
      sub: "alice",
      email: "a@example.com",
      acr: "2",
      amr: ["pwd", "otp"],
      nonce: "a-nonce-of-some-length",
      auth_time: clock() / 1000,
    });
    const introspected = await postForm(hydra, `${hydra.adminUrl}/admin/oauth2/introspect`, { token: access_token });
    expect(introspected.body.ext).toEqual({ role: "admin" });
  });

  it("shows a pairwise client a subject of its own", async () => {
    const client = hydra.addClient({ ...app, subject_type: "pairwise" });
    const { id_token, access_token } = await exchange(
      client,
      await logInAndConsent(hydra, new Browser(hydra), url(client)),
    );
    const { body } = await postForm(hydra, `${hydra.adminUrl}/admin/oauth2/introspect`, { token: access_token });
    expect(body).toMatchObject({ sub: "alice", obfuscated_subject: decodeJwt(id_token).sub });
    expect(decodeJwt(id_token).sub).toMatch(/^[\da-f]{64}$/);
    const forced = await exchange(
      client,
      await logInAndConsent(hydra, new Browser(hydra), url(client), { login: { force_subject_identifier: "a-17" } }),
    );
    expect(decodeJwt(forced.id_token).sub).toBe("a-17");
  });

  it("shows a subject of its own to a pairwise client whose redirect URI is a path", async () => {
    const client = hydra.addClient({ ...app, redirect_uris: ["/cb"], subject_type: "pairwise" });
    const start = url(client, { redirect_uri: "/cb" });
    const browser = new Browser(hydra);
    const login = (await browser.redirect(start)).searchParams.get("login_challenge")!;
    const atConsent = await browser.redirect(await application.answer("accept", "login", login, { subject: "alice" }));
    const consent = atConsent.searchParams.get("consent_challenge")!;
    const end = await browser.open(await application.answer("accept", "consent", consent, { grant_scope: ["openid"] }));
    expect(end.headers.get("location")).toMatch(/^\/cb\?code=/);
    const code = new URLSearchParams(end.headers.get("location")!.split("?")[1]).get("code")!;
    const form = { grant_type: "authorization_code", code, redirect_uri: "/cb" };
    const { body } = await postForm(hydra, `${hydra.publicUrl}/oauth2/token`, form, client);
    expect(decodeJwt(body.id_token).sub).toMatch(/^[\da-f]{64}$/);
  });
});

describe("a flow", () => {
  const rename = (client: OAuth2Client) =>
    hydra.fetch(`${hydra.adminUrl}/admin/clients/${client.client_id}`, {
      method: "PATCH",
      body: JSON.stringify([{ op: "replace", path: "/client_name", value: "after" }]),
    });

  it("shows the client as it was when the flow began, but the list of consents shows it as it is", async () => {
    const client = hydra.addClient({ ...app, client_name: "before" });
    const browser = new Browser(hydra);
    const login = (await browser.redirect(url(client))).searchParams.get("login_challenge")!;
    await rename(client);
    expect(await application.request("login", login)).toMatchObject({ client: { client_name: "before" } });
    const atConsent = await browser.redirect(
      await application.answer("accept", "login", login, { subject: "alice", remember: true }),
    );
    const consent = atConsent.searchParams.get("consent_challenge")!;
    expect(await application.request("consent", consent)).toMatchObject({ client: { client_name: "before" } });
    const end = await application.answer("accept", "consent", consent, { grant_scope: ["openid"] });
    const { id_token } = await exchange(client, await browser.redirect(end));
    const sessions = await hydra.fetch(`${hydra.adminUrl}/admin/oauth2/auth/sessions/consent?subject=alice`);
    expect(await sessions.json()).toMatchObject([{ consent_request: { client: { client_name: "after" } } }]);

    const logout = `${hydra.publicUrl}/oauth2/sessions/logout?${new URLSearchParams({ id_token_hint: id_token })}`;
    const challenge = (await browser.redirect(logout)).searchParams.get("logout_challenge")!;
    const another = (await browser.redirect(url(client))).searchParams.get("login_challenge")!;
    await hydra.fetch(`${hydra.adminUrl}/admin/clients/${client.client_id}`, { method: "DELETE" });
    for (const [step, of] of Object.entries({ login: another, consent, logout: challenge })) {
      expect(await application.request(step, of)).toMatchObject({ client: { client_id: client.client_id } });
    }
  });
});

describe("a remembered login or consent", () => {
  const remember = { login: { remember: true, remember_for: 600 }, consent: { remember: true, remember_for: 300 } };
  const skips = async (browser: Browser, start: string) => {
    const login = (await browser.redirect(start)).searchParams.get("login_challenge")!;
    const loginRequest = await application.request("login", login);
    const next = await application.answer("accept", "login", login, { subject: "alice" });
    const consent = (await browser.redirect(next)).searchParams.get("consent_challenge")!;
    return [loginRequest["skip"], (await application.request("consent", consent))["skip"]];
  };

  it("skips the pages while it is remembered", async () => {
    const client = hydra.addClient(app);
    const browser = new Browser(hydra, clock);
    expect(await skips(browser, url(client))).toEqual([false, false]);
    await logInAndConsent(hydra, browser, url(client), remember);
    expect(await skips(browser, url(client))).toEqual([true, true]);
    expect(await skips(browser, url(client, { scope: "openid profile" }))).toEqual([true, false]);
    expect(await skips(browser, url(client, { prompt: "consent" }))).toEqual([true, false]);
    clock.advance(300);
    expect(await skips(browser, url(client))).toEqual([true, false]);
    clock.advance(300);
    expect(await skips(browser, url(client))).toEqual([false, false]);
  });

  it("outlives its cookie", async () => {
    const client = hydra.addClient(app);
    const browser = new Browser(hydra, clock);
    const { id_token } = await exchange(client, await logInAndConsent(hydra, browser, url(client), remember));
    const kept = new Browser(hydra, clock);
    kept.cookies.set("ory_hydra_session_dev", browser.cookies.get("ory_hydra_session_dev")!);
    clock.advance(600);
    expect((await skips(browser, url(client)))[0]).toBe(false);
    expect((await skips(kept, url(client)))[0]).toBe(true);
    const logout = `${hydra.publicUrl}/oauth2/sessions/logout?${new URLSearchParams({ id_token_hint: id_token })}`;
    expect((await browser.redirect(logout)).searchParams.has("logout_challenge")).toBe(true);
  });

  it("extends the cookie of a skipped login, and does not restore an ended session", async () => {
    const client = hydra.addClient(app);
    const browser = new Browser(hydra, clock);
    await logInAndConsent(hydra, browser, url(client), remember);
    clock.advance(300);
    const extended = { login: { extend_session_lifespan: true, remember_for: 600 } };
    await logInAndConsent(hydra, browser, url(client), extended);
    clock.advance(599);
    expect((await skips(browser, url(client)))[0]).toBe(true);

    const login = (await browser.redirect(url(client))).searchParams.get("login_challenge")!;
    const next = await application.answer("accept", "login", login, { subject: "alice", ...extended.login });
    await hydra.fetch(`${hydra.adminUrl}/admin/oauth2/auth/sessions/login?subject=alice`, { method: "DELETE" });
    await browser.redirect(next);
    expect((await skips(browser, url(client)))[0]).toBe(false);
  });

  it("ends with a login that is not as demanded", async () => {
    const client = hydra.addClient(app);
    const browser = new Browser(hydra);
    const { id_token } = await exchange(client, await logInAndConsent(hydra, browser, url(client), remember));
    const kept = new Browser(hydra);
    kept.cookies.set("ory_hydra_session_dev", browser.cookies.get("ory_hydra_session_dev")!);
    const again = url(client, { prompt: "login", id_token_hint: id_token });
    const bob = { login: { subject: "bob", remember: true } };
    expect(error(await logInAndConsent(hydra, browser, again, bob))).toBe("login_required");
    expect(browser.cookies.has("ory_hydra_session_dev")).toBe(false);
    expect((await skips(kept, url(client)))[0]).toBe(false);
  });

  it("answers prompt none without a page if everything is remembered", async () => {
    const client = hydra.addClient(app);
    const browser = new Browser(hydra);
    const silent = url(client, { prompt: "none" });
    expect(error(await logInAndConsent(hydra, browser, silent))).toBe("login_required");
    await logInAndConsent(hydra, browser, url(client), { login: { remember: true } });
    expect(error(await logInAndConsent(hydra, browser, silent))).toBe("consent_required");
    await logInAndConsent(hydra, browser, url(client), remember);
    expect((await logInAndConsent(hydra, browser, silent)).searchParams.get("code")).toMatch(/^ory_ac_/);
    expect(error(await logInAndConsent(hydra, browser, url(client, { prompt: "none login" })))).toBe("login_required");
  });

  it("requires a new login if prompt or max_age demand one", async () => {
    const client = hydra.addClient(app);
    const browser = new Browser(hydra);
    await logInAndConsent(hydra, browser, url(client), remember);
    clock.advance(60);
    expect((await skips(browser, url(client, { max_age: "60" })))[0]).toBe(true);
    expect((await skips(browser, url(client, { max_age: "59" })))[0]).toBe(false);
    const another = new Browser(hydra);
    await logInAndConsent(hydra, another, url(client), remember);
    expect((await skips(another, url(client, { prompt: "login" })))[0]).toBe(false);
  });

  it("requires a login if another person is accepted than the remembered one", async () => {
    const client = hydra.addClient(app);
    const browser = new Browser(hydra);
    await logInAndConsent(hydra, browser, url(client), remember);
    const login = (await browser.redirect(url(client))).searchParams.get("login_challenge")!;
    const next = new URL(await application.answer("accept", "login", login, { subject: "bob" }));
    expect(next.searchParams.get("prompt")).toBe("login");
    expect(next.searchParams.has("login_verifier")).toBe(false);
  });

  it("compares an id_token_hint with the person who is logged in", async () => {
    const client = hydra.addClient(app);
    const browser = new Browser(hydra);
    const { id_token } = await exchange(client, await logInAndConsent(hydra, browser, url(client), remember));
    const hinted = url(client, { id_token_hint: id_token });
    expect((await logInAndConsent(hydra, browser, hinted)).searchParams.has("code")).toBe(true);
    const bob = { login: { subject: "bob", remember: true } };
    expect(error(await logInAndConsent(hydra, new Browser(hydra), hinted, bob))).toBe("login_required");
    expect(error(await browser.redirect(url(client, { id_token_hint: "nonsense" })))).toBe("invalid_request");
  });

  it("never skips the consent page for a public client that anyone could pose as", async () => {
    const client = hydra.addClient({
      ...app,
      token_endpoint_auth_method: "none",
      redirect_uris: ["com.example.app:/callback", REDIRECT_URI],
    });
    const browser = new Browser(hydra);
    const custom = url(client, { redirect_uri: "com.example.app:/callback" });
    await logInAndConsent(hydra, browser, custom, remember);
    expect(await skips(browser, custom)).toEqual([true, false]);
    expect(await skips(browser, url(client))).toEqual([true, true]);
  });
});

describe("the authorization request", () => {
  it("shows an error page if the redirect URI cannot be trusted", async () => {
    const client = hydra.addClient(app);
    const browser = new Browser(hydra);
    for (const wrong of [
      { redirect_uri: "https://evil.example/" },
      { redirect_uri: "" },
      { client_id: "nobody" },
      { response_mode: "smoke" },
    ] as Record<string, string>[]) {
      const at = await browser.redirect(url(client, wrong));
      expect(`${at.origin}${at.pathname}`).toBe(`${hydra.publicUrl}/oauth2/fallbacks/error`);
    }
    const page = await browser.open(`${hydra.publicUrl}/oauth2/fallbacks/error?error=<script>`);
    expect(page.status).toBe(500);
    expect(await page.text()).not.toContain("<script>");
  });

  it.each([
    [{ scope: "admin" }, "invalid_scope"],
    [{ audience: "https://api.example.com" }, "invalid_request"],
    [{ response_type: "token" }, "unsupported_response_type"],
    [{ response_type: "" }, "unsupported_response_type"],
    [{ registration: "{}" }, "registration_not_supported"],
    [{ state: "short" }, "invalid_state"],
  ] as [Record<string, string>, string][])("tells the client about %j", async (wrong, code) => {
    const at = await new Browser(hydra).redirect(url(hydra.addClient(app), wrong));
    expect(at.href).toContain(`${REDIRECT_URI}?`);
    expect(error(at)).toBe(code);
  });

  it("refuses a plain code challenge, as Hydra does by default", async () => {
    const { verifier } = pkce();
    const start = url(hydra.addClient(app), { code_challenge: verifier, code_challenge_method: "plain" });
    expect(error(await logInAndConsent(hydra, new Browser(hydra), start))).toBe("invalid_request");
  });

  it("accepts any port at a loopback address, and keeps the query of a redirect URI", async () => {
    const client = hydra.addClient({ ...app, redirect_uris: ["http://127.0.0.1/cb?a=1"] });
    const start = url(client, { redirect_uri: "http://127.0.0.1:54321/cb?a=1" });
    const at = await logInAndConsent(hydra, new Browser(hydra), start);
    expect(at.href).toContain("http://127.0.0.1:54321/cb?a=1&code=ory_ac_");
    expect(error(await new Browser(hydra).redirect(url(client, { redirect_uri: "http://127.0.0.1/other" })))).toBe(
      "invalid_request",
    );
  });

  it("escapes a redirect URI that a header cannot carry as it is", async () => {
    const redirect_uri = "https://example.com/zurück/戻る";
    const client = hydra.addClient({ ...app, redirect_uris: [redirect_uri] });
    const at = await logInAndConsent(hydra, new Browser(hydra), url(client, { redirect_uri }));
    expect(decodeURI(at.href)).toContain(`${redirect_uri}?code=`);
  });

  it("refuses a short nonce once it must sign it", async () => {
    const client = hydra.addClient(app);
    const at = await logInAndConsent(hydra, new Browser(hydra), url(client, { nonce: "short" }));
    expect((await exchange(client, at)).error).toBe("insufficient_entropy");
  });

  describe("with a request object", async () => {
    const { publicKey, privateKey } = await generateKeyPair("ES256");
    const jwk = { ...(await exportJWK(publicKey)), kid: "k", use: "sig" };
    const signed = (claims: Record<string, unknown>) =>
      new SignJWT(claims).setProtectedHeader({ alg: "ES256", kid: "k" }).sign(privateKey);
    const withKeys = (more: OAuth2Client = {}) => hydra.addClient({ ...app, jwks: { keys: [jwk as never] }, ...more });

    it("lets its parameters count more than those beside it", async () => {
      const client = withKeys();
      const request = await signed({ state: "the-state-of-the-object", scope: "profile" });
      const at = await logInAndConsent(hydra, new Browser(hydra), url(client, { request }));
      expect(at.searchParams.get("state")).toBe("the-state-of-the-object");
      expect(at.searchParams.get("scope")).toBe("profile openid offline_access");
    });

    it("fetches it from where the client has registered", async () => {
      const request_uri = "https://client.example.com/request";
      const client = withKeys({ request_uris: [request_uri] });
      responses[request_uri] = await signed({ state: "the-state-of-the-object" });
      const at = await logInAndConsent(hydra, new Browser(hydra), url(client, { request_uri }));
      expect(at.searchParams.get("state")).toBe("the-state-of-the-object");
      const elsewhere = url(client, { request_uri: "https://evil.example/" });
      expect(error(await new Browser(hydra).redirect(elsewhere))).toBe("invalid_request_uri");
    });

    it("refuses one that is not the client's", async () => {
      const other = await generateKeyPair("ES256");
      const forged = new SignJWT({}).setProtectedHeader({ alg: "ES256", kid: "k" }).sign(other.privateKey);
      const unsigned = new UnsecuredJWT({}).encode();
      const ask = async (client: OAuth2Client, request: string) =>
        error(await new Browser(hydra).redirect(url(client, { request })));
      expect(await ask(withKeys(), await forged)).toBe("invalid_request_object");
      expect(await ask(withKeys(), "nonsense")).toBe("invalid_request_object");
      expect(await ask(withKeys({ request_object_signing_alg: "ES256" }), unsigned)).toBe("invalid_request_object");
      expect(await ask(withKeys(), unsigned)).toBe(null);
      expect(await ask(withKeys(), await signed({ exp: clock() / 1000 - 1 }))).toBe("error");
    });
  });

  it("answers in the fragment and with a self-submitting form", async () => {
    const client = hydra.addClient(app);
    const at = await logInAndConsent(hydra, new Browser(hydra), url(client, { response_mode: "fragment" }));
    expect(new URLSearchParams(at.hash.slice(1)).get("code")).toMatch(/^ory_ac_/);

    const posted = await new Browser(hydra).open(
      url(client, { response_mode: "form_post", scope: "admin", state: `"><script>0123` }),
    );
    const page = await posted.text();
    expect(posted.headers.get("content-type")).toBe("text/html;charset=UTF-8");
    expect(page).toContain(`name="error" value="invalid_scope"`);
    expect(page).not.toContain("<script>");
  });

  it("issues tokens directly in the implicit and hybrid flows", async () => {
    const client = hydra.addClient({
      ...app,
      grant_types: ["authorization_code", "implicit"],
      response_types: ["code", "id_token", "token id_token", "code id_token token"],
    });
    const ask = async (response_type: string, more = {}) => {
      const start = url(client, { response_type, nonce: "a-nonce-of-some-length", ...more });
      return new URLSearchParams((await logInAndConsent(hydra, new Browser(hydra), start)).hash.slice(1));
    };
    expect((await ask("id_token", { nonce: "" })).get("error")).toBe("invalid_request");
    const hybrid = await ask("code token id_token");
    expect([...hybrid.keys()]).toEqual([
      ...["access_token", "code", "expires_in", "id_token", "scope", "state", "token_type"],
    ]);
    expect(decodeJwt(hybrid.get("id_token")!)).toHaveProperty("at_hash");
    expect(decodeJwt(hybrid.get("id_token")!)).toHaveProperty("c_hash");
    expect([...(await ask("id_token")).keys()]).toEqual(["id_token", "state"]);
  });
});

describe("logout", () => {
  const signedIn = async (client: OAuth2Client) => {
    const browser = new Browser(hydra);
    const wishes = { login: { remember: true }, consent: { remember: true } };
    return { browser, ...(await exchange(client, await logInAndConsent(hydra, browser, url(client), wishes))) };
  };
  const logout = (parameters: Record<string, string> = {}) =>
    `${hydra.publicUrl}/oauth2/sessions/logout?${new URLSearchParams(parameters)}`;
  const confirm = async (at: URL) => application.answer("accept", "logout", at.searchParams.get("logout_challenge")!);

  it("ends the session of the browser and goes to the fallback page", async () => {
    const { browser } = await signedIn(hydra.addClient(app));
    const at = await browser.redirect(logout());
    const challenge = at.searchParams.get("logout_challenge")!;
    expect(await application.request("logout", challenge)).toMatchObject({ rp_initiated: false, client: null });
    const done = await browser.redirect(await confirm(at));
    expect(done.pathname).toBe("/oauth2/fallbacks/logout/callback");
    expect(browser.cookies.has("ory_hydra_session_dev")).toBe(false);
    expect((await browser.redirect(logout())).pathname).toBe("/oauth2/fallbacks/logout/callback");
  });

  it("expires a challenge and a verifier after thirty minutes", async () => {
    const { browser } = await signedIn(hydra.addClient(app));
    const at = await browser.redirect(logout());
    const challenge = at.searchParams.get("logout_challenge")!;
    const next = await confirm(at);
    clock.advance(30 * 60);
    expect((await application.call("GET", "logout", challenge)).status).toBe(200);
    clock.advance(1);
    for (const [method, path] of [
      ["GET", "logout"],
      ["PUT", "logout/accept"],
      ["PUT", "logout/reject"],
    ] as const) {
      const late = await application.call(method, path, challenge);
      expect(late).toMatchObject({ status: 401, body: { error: "request_unauthorized" } });
    }
    expect(error(await browser.redirect(next))).toBe("request_unauthorized");
    expect(browser.cookies.has("ory_hydra_session_dev")).toBe(true);
  });

  it("is a 404 without a challenge", async () => {
    expect((await application.call("GET", "logout", "")).status).toBe(404);
    expect((await application.call("PUT", "logout/accept", "")).status).toBe(404);
    expect((await application.call("GET", "login", "")).status).toBe(400);
  });

  it("does not end a session that began after the confirmation", async () => {
    const client = hydra.addClient(app);
    const { browser } = await signedIn(client);
    const next = await confirm(await browser.redirect(logout()));
    const again = await signedIn(client);
    await again.browser.redirect(next);
    expect(again.browser.cookies.has("ory_hydra_session_dev")).toBe(true);
  });

  it("notifies the clients of the session through both channels", async () => {
    const client = hydra.addClient({
      ...app,
      backchannel_logout_uri: "https://back.example.com/logout",
      frontchannel_logout_uri: "https://front.example.com/logout",
    });
    const { browser, id_token } = await signedIn(client);
    const bye = { id_token_hint: id_token, post_logout_redirect_uri: "http://127.0.0.1:3000/bye", state: "some-state" };
    const page = await browser.open(await confirm(await browser.redirect(logout(bye))));
    const { sid } = decodeJwt(id_token);
    expect(await page.text()).toContain(`sid=${sid}`);
    expect(fetched.map(({ url }) => url)).toEqual(["https://back.example.com/logout"]);
    const told = decodeJwt(new URLSearchParams(fetched[0]!.body).get("logout_token")!);
    expect(told).toMatchObject({ sid, aud: [client.client_id], iss: `${hydra.publicUrl}/` });
  });

  it("neither waits for a back channel nor fails with it", async () => {
    const slow = () => new Promise<Response>(() => {});
    const broken = () => Promise.reject(new Error("unreachable"));
    const told: string[] = [];
    hydra = checkedMock({
      fetch: (url) => {
        told.push(String(url));
        return String(url).endsWith("slow") ? slow() : broken();
      },
    });
    application = new Application(hydra);
    for (const [index, uri] of ["https://back.example.com/slow", "https://back.example.com/broken"].entries()) {
      const { browser } = await signedIn(hydra.addClient({ ...app, backchannel_logout_uri: uri }));
      const done = await browser.redirect(await confirm(await browser.redirect(logout())));
      expect(done.pathname).toBe("/oauth2/fallbacks/logout/callback");
      expect(told[index]).toBe(uri);
    }
  });

  it.each(["not a url", "/front?of=me"])(
    "takes a frontchannel_logout_uri of %j for a relative one",
    async (frontchannel_logout_uri) => {
      const { browser } = await signedIn(hydra.addClient({ ...app, frontchannel_logout_uri }));
      const page = await browser.open(await confirm(await browser.redirect(logout())));
      expect(page.status).toBe(200);
      const [, src] = /<iframe hidden src="([^"]+)"/.exec(await page.text())!;
      const frame = new URL(src!.replaceAll("&#38;", "&"), `${hydra.publicUrl}/oauth2/sessions/`);
      expect(frame.pathname).toBe(new URL(frontchannel_logout_uri, `${hydra.publicUrl}/oauth2/sessions/`).pathname);
      expect(frame.searchParams.get("iss")).toBe(`${hydra.publicUrl}/`);
    },
  );

  it("shows the error page for an invalid frontchannel_logout_uri", async () => {
    const { browser } = await signedIn(hydra.addClient({ ...app, frontchannel_logout_uri: "http://[" }));
    expect(error(await browser.redirect(await confirm(await browser.redirect(logout()))))).toBe("server_error");
  });

  it("returns to a path if the client has registered one", async () => {
    const { browser, id_token } = await signedIn(hydra.addClient({ ...app, post_logout_redirect_uris: ["/bye"] }));
    const bye = { id_token_hint: id_token, post_logout_redirect_uri: "/bye", state: "some-state" };
    const response = await browser.open(await confirm(await browser.redirect(logout(bye))));
    expect(response.headers.get("location")).toBe("/bye?state=some-state");
  });

  it.each([
    { state: "some-state" },
    { post_logout_redirect_uri: "http://127.0.0.1:3000/bye" },
    { id_token_hint: "nonsense" },
    { logout_verifier: "nonsense" },
  ] as Record<string, string>[])("shows the error page for %j", async (parameters) => {
    expect((await new Browser(hydra).redirect(logout(parameters))).pathname).toBe("/oauth2/fallbacks/error");
  });

  it("returns only to a registered URI", async () => {
    const { browser, id_token } = await signedIn(hydra.addClient(app));
    const at = await browser.redirect(
      logout({ id_token_hint: id_token, post_logout_redirect_uri: "https://evil.example/" }),
    );
    expect(error(at)).toBe("invalid_request");
  });
});
