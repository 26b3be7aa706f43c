import type { MockHydra } from "../../../src/mock/index.ts";

type Answer = Record<string, unknown>;

/** A browser that keeps cookies until they expire. It opens one URL at a time and does not follow redirects. */
export class Browser {
  readonly cookies = new Map<string, string>();
  readonly #expiries = new Map<string, number>();
  readonly #hydra: Pick<MockHydra, "fetch">;
  readonly #clock: () => number;

  constructor(hydra: Pick<MockHydra, "fetch">, clock: () => number = Date.now) {
    this.#hydra = hydra;
    this.#clock = clock;
  }

  async open(url: string | URL): Promise<Response> {
    this.#forgetExpired();
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await this.#hydra.fetch(url, { headers: { cookie }, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      const [, maxAge] = /; *max-age=(-?\d+)/i.exec(line) ?? [];
      this.cookies.set(name!, value!);
      this.#expiries.set(name!, this.#clock() + Number(maxAge ?? Infinity) * 1000);
    }
    this.#forgetExpired();
    return response;
  }

  #forgetExpired(): void {
    for (const [name, expiry] of this.#expiries) if (expiry <= this.#clock()) this.cookies.delete(name);
  }

  /** Opens a URL and returns the target of its redirect. */
  async redirect(url: string | URL): Promise<URL> {
    const response = await this.open(url);
    const location = response.headers.get("location");
    if (!location) throw new Error(`${response.status} without a redirect: ${await response.text()}`);
    return new URL(location);
  }
}

/** The login and consent application, which uses the admin API. */
export class Application {
  readonly #hydra: Pick<MockHydra, "fetch" | "adminUrl">;

  constructor(hydra: Pick<MockHydra, "fetch" | "adminUrl">) {
    this.#hydra = hydra;
  }

  async request(step: string, challenge: string): Promise<Answer> {
    return (await this.call("GET", step, challenge)).body;
  }

  /** Accepts or rejects a request, and returns the URL that the browser goes to next. */
  async answer(verb: "accept" | "reject", step: string, challenge: string, body: Answer = {}): Promise<string> {
    const answer = await this.call("PUT", `${step}/${verb}`, challenge, body);
    if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body["redirect_to"] as string;
  }

  async call(method: string, path: string, challenge: string, body?: Answer) {
    const url = new URL(`/admin/oauth2/auth/requests/${path}`, this.#hydra.adminUrl);
    url.searchParams.set(`${path.split("/")[0]}_challenge`, challenge);
    const init = { method, ...(body && { body: JSON.stringify(body) }) };
    const response = await this.#hydra.fetch(url, init);
    const text = await response.text();
    return { status: response.status, body: (text ? JSON.parse(text) : {}) as Answer };
  }
}

/** Members to add to the acceptances of login and consent. */
export interface Acceptances {
  login?: Answer;
  consent?: Answer;
}

/** Takes a browser through login and consent, and returns where it ends up. */
export async function logInAndConsent(
  hydra: Pick<MockHydra, "fetch" | "adminUrl">,
  browser: Browser,
  start: string | URL,
  { login, consent }: Acceptances = {},
): Promise<URL> {
  const application = new Application(hydra);
  const atLogin = await browser.redirect(start);
  const loginChallenge = atLogin.searchParams.get("login_challenge");
  if (!loginChallenge) return atLogin;
  const atConsent = await browser.redirect(
    await application.answer("accept", "login", loginChallenge, { subject: "alice", ...login }),
  );
  const consentChallenge = atConsent.searchParams.get("consent_challenge");
  if (!consentChallenge) return atConsent;
  const { requested_scope, requested_access_token_audience } = await application.request("consent", consentChallenge);
  return browser.redirect(
    await application.answer("accept", "consent", consentChallenge, {
      grant_scope: requested_scope,
      grant_access_token_audience: requested_access_token_audience,
      ...consent,
    }),
  );
}

export const REDIRECT_URI = "http://127.0.0.1:3000/callback";

/** The URL of an authorization request with the usual parameters, which `more` overrides. */
export function authorizationUrl(
  hydra: Pick<MockHydra, "publicUrl">,
  clientId: string,
  more: Record<string, string> = {},
) {
  const parameters = {
    client_id: clientId,
    response_type: "code",
    redirect_uri: REDIRECT_URI,
    scope: "openid offline_access",
    state: "a-state-of-some-length",
    ...more,
  };
  return `${hydra.publicUrl}/oauth2/auth?${new URLSearchParams(parameters)}`;
}
