import { beforeEach, describe, expect, it } from "vitest";
import type { MockHydra } from "../../../src/mock/index.ts";
import type { OAuth2Client } from "../../../src/types.ts";
import {
  type Acceptances,
  Application,
  authorizationUrl,
  Browser,
  logInAndConsent,
  REDIRECT_URI,
} from "../support/browser.ts";
import { standingClock } from "../support/clock.ts";
import { checkedMock } from "../support/mock.ts";
import { postForm } from "../support/requests.ts";

const clock = standingClock();
let hydra: MockHydra;

beforeEach(() => {
  hydra = checkedMock({ clock });
});

const app: OAuth2Client = {
  grant_types: ["authorization_code", "refresh_token"],
  redirect_uris: [REDIRECT_URI],
  scope: "openid offline_access",
};

async function tokensOf(client: OAuth2Client, wishes: Acceptances = {}, browser = new Browser(hydra)) {
  const at = await logInAndConsent(hydra, browser, authorizationUrl(hydra, client.client_id!), wishes);
  const form = { grant_type: "authorization_code", code: at.searchParams.get("code")!, redirect_uri: REDIRECT_URI };
  return (await postForm(hydra, `${hydra.publicUrl}/oauth2/token`, form, client)).body;
}

const sessions = (kind: "consent" | "login", query: Record<string, string>, method = "GET") =>
  hydra.fetch(`${hydra.adminUrl}/admin/oauth2/auth/sessions/${kind}?${new URLSearchParams(query)}`, { method });
const list = async (query: Record<string, string>) => (await (await sessions("consent", query)).json()) as any[];
const isActive = async (token: string) =>
  (await postForm(hydra, `${hydra.adminUrl}/admin/oauth2/introspect`, { token })).body.active;

describe("consent sessions", () => {
  it("are listed by subject and login session, page by page", async () => {
    const client = hydra.addClient(app);
    for (let i = 0; i < 3; i++) await tokensOf(client);
    await tokensOf(client, { login: { subject: "bob" } });
    const all = await list({ subject: "alice" });
    expect(all).toHaveLength(3);
    expect(all[0]).toMatchObject({
      grant_scope: ["openid", "offline_access"],
      remember: false,
      consent_request: { challenge: "", subject: "alice", client: { client_id: client.client_id } },
    });
    const { login_session_id } = all[1].consent_request;
    expect(await list({ subject: "alice", login_session_id })).toEqual([all[1]]);

    const first = await sessions("consent", { subject: "alice", page_size: "2" });
    const [, next] = /<([^>]+)>; rel="next"/.exec(first.headers.get("link")!)!;
    const second = await hydra.fetch(new URL(next!, hydra.adminUrl));
    expect([...((await first.json()) as any[]), ...((await second.json()) as any[])]).toEqual(all);

    await sessions("consent", { consent_request_id: all[2].consent_request_id }, "DELETE");
    const empty = await hydra.fetch(new URL(next!, hydra.adminUrl));
    expect([await empty.json(), empty.headers.get("link")]).toEqual([[], null]);
  });

  it("are not listed with invalid page parameters, whether there are consents or not", async () => {
    for (const [name, value, error] of [
      ["page_size", "many", "invalid_request"],
      ["page_size", "9223372036854775808", "invalid_request"],
      ["page_token", "nonsense", "invalid pagination token"],
    ] as const) {
      const response = await sessions("consent", { subject: "alice", [name]: value });
      expect([response.status, await response.json()]).toMatchObject([400, { error }]);
      await tokensOf(hydra.addClient(app));
    }
  });

  it("expire after the time that they are remembered for", async () => {
    await tokensOf(hydra.addClient(app), { consent: { remember: true, remember_for: 60 } });
    expect(await list({ subject: "alice" })).toHaveLength(1);
    clock.advance(60);
    expect(await list({ subject: "alice" })).toEqual([]);
  });

  it("revoke their tokens when they are revoked", async () => {
    const [one, two] = [hydra.addClient(app), hydra.addClient(app)];
    const first = await tokensOf(one);
    const second = await tokensOf(two);
    const third = await tokensOf(two);
    await sessions("consent", { subject: "alice", client: one.client_id! }, "DELETE");
    expect([await isActive(first.access_token), await isActive(first.refresh_token)]).toEqual([false, false]);
    expect(await isActive(second.access_token)).toBe(true);

    const [{ consent_request_id }] = (await list({ subject: "alice" })) as [any];
    await sessions("consent", { consent_request_id }, "DELETE");
    const alive = [await isActive(second.access_token), await isActive(third.access_token)];
    expect(alive.filter(Boolean)).toHaveLength(1);
    await sessions("consent", { subject: "alice", all: "true" }, "DELETE");
    expect([await isActive(second.refresh_token), await isActive(third.refresh_token)]).toEqual([false, false]);
    expect(await list({ subject: "alice" })).toEqual([]);
  });

  it.each([
    { subject: "alice" },
    { client: "c" },
    { subject: "alice", client: "c", all: "true" },
    { subject: "alice", consent_request_id: "x" },
    {},
  ] as Record<string, string>[])("are not revoked by %j", async (query) => {
    expect((await sessions("consent", query, "DELETE")).status).toBe(400);
  });

  it.each<[string, (sid: string, browser: Browser, client: OAuth2Client) => Promise<unknown>]>([
    ["it is revoked", (sid) => sessions("login", { sid }, "DELETE")],
    ["all of the subject's are revoked", () => sessions("login", { subject: "alice" }, "DELETE")],
    [
      "the browser logs in anew, not to be remembered",
      (_, browser, client) =>
        logInAndConsent(hydra, browser, authorizationUrl(hydra, client.client_id!, { prompt: "login" })),
    ],
    [
      "the person logs out",
      async (_, browser) => {
        const at = await browser.redirect(`${hydra.publicUrl}/oauth2/sessions/logout`);
        const challenge = at.searchParams.get("logout_challenge")!;
        await browser.open(await new Application(hydra).answer("accept", "logout", challenge));
      },
    ],
  ])("outlive their login session, without its id, when %s", async (_, end) => {
    const client = hydra.addClient(app);
    const browser = new Browser(hydra);
    await tokensOf(client, { login: { remember: true } }, browser);
    const sid = browser.cookies.get("ory_hydra_session_dev")!;
    const [before] = await list({ subject: "alice", login_session_id: sid });
    await end(sid, browser, client);
    expect(await list({ subject: "alice", login_session_id: sid })).toEqual([]);
    expect(await list({ subject: "alice" })).toContainEqual({
      ...before,
      consent_request: { ...before.consent_request, login_session_id: "" },
    });
  });

  it("are deleted with their client", async () => {
    const client = hydra.addClient(app);
    await tokensOf(client);
    await hydra.fetch(`${hydra.adminUrl}/admin/clients/${client.client_id}`, { method: "DELETE" });
    expect(await list({ subject: "alice" })).toEqual([]);
  });
});

describe("login sessions", () => {
  const isRemembered = async (browser: Browser, client: OAuth2Client) => {
    const start = authorizationUrl(hydra, client.client_id!, { prompt: "none" });
    return (await browser.redirect(start)).searchParams.get("error") !== "login_required";
  };

  it("end by subject or by id, but tokens stay", async () => {
    const client = hydra.addClient(app);
    for (const query of [() => ({ subject: "alice" }), (sid: string) => ({ sid })]) {
      const browser = new Browser(hydra);
      const { access_token } = await tokensOf(client, { login: { remember: true } }, browser);
      expect(await isRemembered(browser, client)).toBe(true);
      const sid = browser.cookies.get("ory_hydra_session_dev")!;
      expect((await sessions("login", query(sid) as Record<string, string>, "DELETE")).status).toBe(204);
      expect(await isRemembered(browser, client)).toBe(false);
      expect(await isActive(access_token)).toBe(true);
    }
    expect((await sessions("login", { sid: "nonsense" }, "DELETE")).status).toBe(204);
  });
});
