import { beforeEach, describe, expect, it } from "vitest";
import type { MockHydra } from "../../../src/mock/index.ts";
import type { OAuth2Client } from "../../../src/types.ts";
import { Application, Browser } from "../support/browser.ts";
import { standingClock } from "../support/clock.ts";
import { checkedMock } from "../support/mock.ts";
import { postForm } from "../support/requests.ts";

const DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";
const clock = standingClock();
let hydra: MockHydra;
let client: OAuth2Client;

beforeEach(() => {
  hydra = checkedMock({ clock, urls: { device: "https://app.example.com/activate/verify" } });
  client = hydra.addClient({
    grant_types: [DEVICE_CODE, "refresh_token"],
    scope: "openid offline_access",
    audience: ["https://api.example.com"],
    token_endpoint_auth_method: "none",
  });
});

const authorize = (more: Record<string, string> = {}) =>
  postForm(hydra, `${hydra.publicUrl}/oauth2/device/auth`, {
    client_id: client.client_id!,
    scope: "openid offline_access",
    ...more,
  });
const poll = async (device_code: string, client_id = client.client_id!) =>
  (await postForm(hydra, `${hydra.publicUrl}/oauth2/token`, { grant_type: DEVICE_CODE, device_code, client_id })).body;

/** Takes a person from the verification page to the consent, and says where to go on. */
async function enter(
  browser: Browser,
  { verification_uri, user_code }: { verification_uri: string; user_code: string },
) {
  const application = new Application(hydra);
  const challenge = (await browser.redirect(verification_uri)).searchParams.get("device_challenge")!;
  const verified = await application.answer("accept", "device", challenge, { user_code });
  const login = (await browser.redirect(verified)).searchParams.get("login_challenge")!;
  const next = await application.answer("accept", "login", login, { subject: "carol" });
  const consent = (await browser.redirect(next)).searchParams.get("consent_challenge")!;
  return { application, consent, verified };
}

describe("a device", () => {
  it("gets tokens once, after its person has consented", async () => {
    const { body } = await authorize({ audience: "https://api.example.com" });
    expect(body).toMatchObject({ expires_in: 600, interval: 5 });
    expect(body.user_code).toMatch(/^[a-zA-Z3-9]{8}$/);
    expect((await poll(body.device_code)).error).toBe("authorization_pending");

    const browser = new Browser(hydra);
    const { application, consent } = await enter(browser, body);
    expect((await poll(body.device_code)).error).toBe("authorization_pending");
    expect(await application.request("consent", consent)).toMatchObject({
      requested_scope: ["openid", "offline_access"],
      requested_access_token_audience: ["https://api.example.com"],
      subject: "carol",
    });
    const end = await application.answer("accept", "consent", consent, {
      grant_scope: ["openid"],
      grant_access_token_audience: ["https://api.example.com"],
    });
    expect((await browser.redirect(end)).href).toBe(
      `https://app.example.com/activate/success?client_id=${client.client_id}`,
    );

    const other = hydra.addClient({ grant_types: [DEVICE_CODE], token_endpoint_auth_method: "none" });
    expect((await poll(body.device_code, other.client_id)).error).toBe("invalid_grant");
    const tokens = await poll(body.device_code);
    expect(tokens).toMatchObject({ scope: "openid", token_type: "bearer" });
    expect(tokens).not.toHaveProperty("refresh_token");
    expect(tokens).toHaveProperty("id_token");
    expect((await poll(body.device_code)).error).toBe("invalid_grant");
  });

  it("does not learn that its person has refused", async () => {
    const { body } = await authorize();
    const browser = new Browser(hydra);
    const { application, consent } = await enter(browser, body);
    const end = await application.answer("reject", "consent", consent, { error: "access_denied" });
    const page = await browser.open(end);
    expect([page.status, await page.json()]).toMatchObject([400, { error: "access_denied" }]);
    expect((await poll(body.device_code)).error).toBe("authorization_pending");
    // The person may have a change of mind.
    const again = await enter(browser, body);
    await browser.open(await again.application.answer("accept", "consent", again.consent, { grant_scope: ["openid"] }));
    expect(await poll(body.device_code)).toHaveProperty("access_token");
  });

  it.each([
    [403, 403],
    [0, 400],
    [99, 400],
    [200, 400],
  ])("is refused at the login with status_code %d: the page has status %d", async (status_code, status) => {
    const { body } = await authorize();
    const browser = new Browser(hydra);
    const application = new Application(hydra);
    const challenge = (await browser.redirect(body.verification_uri)).searchParams.get("device_challenge")!;
    const verified = await application.answer("accept", "device", challenge, { user_code: body.user_code });
    const login = (await browser.redirect(verified)).searchParams.get("login_challenge")!;
    const end = await application.answer("reject", "login", login, { status_code });
    const page = await browser.open(end);
    expect([page.status, await page.json()]).toMatchObject([status, { error: "login request denied" }]);
    expect((await poll(body.device_code)).error).toBe("authorization_pending");
  });

  it("is unknown to the person once its client was deleted", async () => {
    const { body } = await authorize();
    const challenge = (await new Browser(hydra).redirect(body.verification_uri)).searchParams.get("device_challenge")!;
    await hydra.fetch(`${hydra.adminUrl}/admin/clients/${client.client_id}`, { method: "DELETE" });
    const late = await new Application(hydra).call("PUT", "device/accept", challenge, { user_code: body.user_code });
    expect(late).toMatchObject({ status: 400, body: { error: "invalid_request" } });
  });

  it("learns that its code has expired", async () => {
    const { body } = await authorize();
    clock.advance(900);
    expect((await poll(body.device_code)).error).toBe("expired_token");
    const challenge = (await new Browser(hydra).redirect(body.verification_uri)).searchParams.get("device_challenge")!;
    const late = await new Application(hydra).call("PUT", "device/accept", challenge, { user_code: body.user_code });
    expect(late).toMatchObject({ status: 400, body: { error: "invalid_request" } });
    clock.advance(900);
    expect((await poll(body.device_code)).error).toBe("invalid_grant");
  });

  it("is refused what its client is not registered for", async () => {
    expect((await authorize({ scope: "admin" })).body.error).toBe("invalid_scope");
    expect((await authorize({ audience: "https://other.example.com" })).body.error).toBe("invalid_request");
    const without = hydra.addClient({ grant_types: ["client_credentials"], token_endpoint_auth_method: "none" });
    expect((await authorize({ client_id: without.client_id })).body.error).toBe("invalid_grant");
    expect((await poll("nonsense", without.client_id)).error).toBe("unauthorized_client");
  });

  it("is refused if its client authenticates as another one", async () => {
    const { client_id, client_secret } = hydra.addClient({ grant_types: [DEVICE_CODE] });
    const ask = (asked: string) =>
      postForm(hydra, `${hydra.publicUrl}/oauth2/device/auth`, { client_id: asked }, { client_id, client_secret });
    expect((await ask(client_id)).status).toBe(200);
    const { status, body } = await ask(client.client_id!);
    expect([status, body.error]).toEqual([400, "invalid_request"]);
    expect(hydra.state.devices.size).toBe(1);
  });

  it("keeps the person's steps in one browser, and the user code out of its URLs", async () => {
    const { body } = await authorize();
    const { verified } = await enter(new Browser(hydra), body);
    expect(verified).not.toContain(body.user_code);
    const elsewhere = await new Browser(hydra).open(verified);
    expect([elsewhere.status, await elsewhere.json()]).toMatchObject([403, { error: "request_forbidden" }]);
  });

  it("is refused with a verifier or a client that does not exist", async () => {
    const browser = new Browser(hydra);
    const verify = `${hydra.publicUrl}/oauth2/device/verify`;
    expect((await browser.open(`${verify}?device_verifier=nonsense`)).status).toBe(403);
    expect((await browser.open(`${verify}?login_verifier=nonsense&client_id=nobody`)).status).toBe(401);
    expect((await browser.open(`${verify}?consent_verifier=nonsense&client_id=${client.client_id}`)).status).toBe(403);
  });
});
