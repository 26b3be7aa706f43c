// A login and consent application in one file: login and consent (with remember and reject), logout, and device flow.
// It is a function from Request to Response, for any runtime and framework.
//
//   npx tsx examples/provider/provider.ts    serves it and says where, with a mock or the Hydra that your environment names
import {
  audienceFromResource,
  isInvalidInputError,
  isInvalidTargetError,
  isResponseError,
  type OAuth2Api,
  type OAuth2ConsentRequest,
} from "hydra-sdk";

export interface ProviderOptions {
  oauth2: OAuth2Api;
  /** Returns the user's subject, which must never change, or `undefined` if email or password is wrong. */
  authenticate(email: string, password: string): Promise<string | undefined>;
  emailOf(subject: string): Promise<string | undefined>;
  /** The APIs and MCP servers that tokens may be for. Without it, clients get the audience that they are registered for. */
  resources?: string[];
}

const DAYS = 24 * 60 * 60;

export function provider({
  oauth2,
  authenticate,
  emailOf,
  resources,
}: ProviderOptions): (request: Request) => Promise<Response> {
  const routes: { [route: string]: (fields: Fields) => Promise<Reply> } = {
    async "GET /login"(fields) {
      const loginChallenge = fields.one("login_challenge");
      const { data: login } = await oauth2.getOAuth2LoginRequest({ loginChallenge });
      // The login is remembered, so do not ask again.
      if (login.skip) {
        const acceptOAuth2LoginRequest = { subject: login.subject };
        return redirect(await oauth2.acceptOAuth2LoginRequest({ loginChallenge, acceptOAuth2LoginRequest }));
      }
      return loginPage(loginChallenge, login.client.client_name, login.oidc_context?.login_hint);
    },

    async "POST /login"(fields) {
      const loginChallenge = fields.one("login_challenge");
      if (fields.one("action") === "no") {
        const rejectOAuth2Request = { error: "access_denied", error_description: "The user cancelled the login." };
        return redirect(await oauth2.rejectOAuth2LoginRequest({ loginChallenge, rejectOAuth2Request }));
      }
      const email = fields.one("email");
      const subject = await authenticate(email, fields.one("password"));
      if (!subject) {
        const { data: login } = await oauth2.getOAuth2LoginRequest({ loginChallenge });
        return loginPage(loginChallenge, login.client.client_name, email, "Email or password is wrong.");
      }
      const remember = fields.one("remember") === "yes";
      const acceptOAuth2LoginRequest = {
        subject,
        remember,
        remember_for: 30 * DAYS,
        amr: ["pwd"],
      };
      return redirect(await oauth2.acceptOAuth2LoginRequest({ loginChallenge, acceptOAuth2LoginRequest }));
    },

    async "GET /consent"(fields) {
      const consentChallenge = fields.one("consent_challenge");
      const { data: consent } = await oauth2.getOAuth2ConsentRequest({ consentChallenge });
      try {
        audienceOf(consent);
      } catch (error) {
        if (!isInvalidTargetError(error)) throw error;
        const rejectOAuth2Request = { error: error.error, error_description: error.errorDescription };
        return redirect(await oauth2.rejectOAuth2ConsentRequest({ consentChallenge, rejectOAuth2Request }));
      }
      // The consent is remembered, or the client is registered with skip_consent.
      if (consent.skip || consent.client?.skip_consent)
        return grant(consentChallenge, consent.requested_scope ?? [], true);
      const scopes = (consent.requested_scope ?? []).map(
        (scope) => html`<p><label><input type="checkbox" name="scope" value="${scope}" checked> ${scope}</label>`,
      );
      const title = `${consent.client?.client_name || "An application"} asks for access`;
      return form(title, "/consent", { consent_challenge: consentChallenge }, [...scopes, REMEMBER], "Allow", "Deny");
    },

    async "POST /consent"(fields) {
      const consentChallenge = fields.one("consent_challenge");
      if (fields.one("action") === "no") {
        const rejectOAuth2Request = { error: "access_denied", error_description: "The user denied access." };
        return redirect(await oauth2.rejectOAuth2ConsentRequest({ consentChallenge, rejectOAuth2Request }));
      }
      return grant(consentChallenge, fields.all("scope"), fields.one("remember") === "yes");
    },

    async "GET /logout"(fields) {
      const logoutChallenge = fields.one("logout_challenge");
      await oauth2.getOAuth2LogoutRequest({ logoutChallenge });
      return form("Log out?", "/logout", { logout_challenge: logoutChallenge }, [], "Log out", "Stay");
    },

    async "POST /logout"(fields) {
      const logoutChallenge = fields.one("logout_challenge");
      if (fields.one("action") === "no") {
        await oauth2.rejectOAuth2LogoutRequest({ logoutChallenge });
        return page("You are still logged in");
      }
      return redirect(await oauth2.acceptOAuth2LogoutRequest({ logoutChallenge }));
    },

    async "GET /device/verify"(fields) {
      return devicePage(fields.one("device_challenge"), fields.one("user_code"));
    },

    async "POST /device/verify"(fields) {
      if (fields.one("action") === "no") return page("Your device is not connected");
      const deviceChallenge = fields.one("device_challenge");
      // By default, Hydra's codes are case-sensitive. Users may type spaces or hyphens between groups of characters.
      const user_code = fields.one("user_code").replace(/[\s-]/g, "");
      try {
        return redirect(
          await oauth2.acceptUserCodeRequest({ deviceChallenge, acceptDeviceUserCodeRequest: { user_code } }),
        );
      } catch (error) {
        if (!isResponseError(error) || error.status !== 400) throw error;
        return devicePage(deviceChallenge, "", "This code is wrong or has expired.");
      }
    },

    "GET /device/success": async () => page("Your device is connected"),
  };

  const audienceOf = (consent: OAuth2ConsentRequest): string[] =>
    resources ? audienceFromResource(consent, { allowed: resources }) : (consent.requested_access_token_audience ?? []);

  /** Grants those of `scopes` that the client requested, whatever the form contains, and the entire requested audience. */
  async function grant(consentChallenge: string, scopes: string[], remember: boolean): Promise<Reply> {
    const { data: consent } = await oauth2.getOAuth2ConsentRequest({ consentChallenge });
    const grant_scope = (consent.requested_scope ?? []).filter((scope) => scopes.includes(scope));
    const email = grant_scope.includes("email") ? await emailOf(consent.subject ?? "") : undefined;
    const acceptOAuth2ConsentRequest = {
      grant_scope,
      grant_access_token_audience: audienceOf(consent),
      remember,
      remember_for: 30 * DAYS,
      // Claims of the ID token and userinfo: only those that the user consented to.
      session: { id_token: email ? { email } : {} },
    };
    return redirect(await oauth2.acceptOAuth2ConsentRequest({ consentChallenge, acceptOAuth2ConsentRequest }));
  }

  return async (request) => {
    const { pathname, searchParams, protocol } = new URL(request.url);
    const csrf = /(?:^|; )csrf=([\w-]+)/.exec(request.headers.get("cookie") ?? "")?.[1] ?? crypto.randomUUID();
    const isPost = request.method === "POST";
    const fields = new Fields(isPost ? new URLSearchParams(await request.text()) : searchParams);
    const route = routes[`${request.method} ${pathname}`];
    let reply: Reply;
    try {
      if (!route) reply = page("Page not found", [], 404);
      // Another site can post a form here, but does not know this site's cookie.
      else if (isPost && fields.one("csrf") !== csrf) reply = page("Please go back and try again", [], 403);
      else reply = await route(fields);
    } catch (error) {
      reply = failure(error);
    }
    const headers = { ...SECURITY, ...(reply.location !== undefined && { location: reply.location }) };
    const body = reply.body?.replaceAll(CSRF, csrf) ?? null;
    const secure = protocol === "https:" ? "; Secure" : "";
    const cookie = `csrf=${csrf}; Path=/; HttpOnly; SameSite=Lax${secure}`;
    return new Response(body, { status: reply.status, headers: { ...headers, "set-cookie": cookie } });
  };
}

function failure(error: unknown): Reply {
  if (isResponseError(error)) {
    // The request was already handled, for example in another tab: the response contains its redirect URL.
    if (error.status === 410) return { status: 303, location: error.response.data.redirect_to };
    if (error.status < 500) return page("This link has expired", [html`<p>Go back to where you came from.`], 400);
  }
  if (isInvalidInputError(error)) return page("This link is incomplete", [], 400);
  console.error((error as Error).message);
  return page("Something went wrong on our side", [html`<p>Please try again in a minute.`], 502);
}

interface Reply {
  status: number;
  location?: string;
  body?: string;
}

class Fields {
  readonly #values: URLSearchParams;
  constructor(values: URLSearchParams) {
    this.#values = values;
  }
  one(name: string): string {
    return this.#values.get(name) ?? "";
  }
  all(name: string): string[] {
    return this.#values.getAll(name);
  }
}

const SECURITY = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
};

class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** Builds HTML; interpolated strings are escaped. */
function html(parts: TemplateStringsArray, ...values: (string | Html | Html[])[]): Html {
  const text = (value: string | Html | Html[]): string => {
    if (value instanceof Html) return value.text;
    if (typeof value !== "string") return value.map(text).join("\n");
    return value.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
  };
  return new Html(String.raw({ raw: parts }, ...values.map(text)));
}

/** The placeholder for the page's CSRF token. */
const CSRF = "%csrf%";

const REMEMBER = html`<p><label><input type="checkbox" name="remember" value="yes"> Remember me for 30 days</label>`;

function page(title: string, content: Html[] = [], status = 200): Reply {
  const { text } = html`<!doctype html><html lang="en"><meta name="viewport" content="width=device-width">
<title>${title}</title><h1>${title}</h1>${content}`;
  return { status, body: text };
}

function form(
  title: string,
  action: string,
  hidden: Record<string, string>,
  content: Html[],
  yes: string,
  no: string,
): Reply {
  const fields = Object.entries({ ...hidden, csrf: CSRF }).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  return page(title, [
    html`<form method="post" action="${action}">${[...fields, ...content]}
<p><button name="action" value="yes">${yes}</button> <button name="action" value="no" formnovalidate>${no}</button></form>`,
  ]);
}

function loginPage(login_challenge: string, client = "the application", email = "", problem = ""): Reply {
  const content = [
    html`<p role="alert">${problem}`,
    html`<p><label>Email <input type="email" name="email" value="${email}" autocomplete="username" required></label>`,
    html`<p><label>Password <input type="password" name="password" autocomplete="current-password" required></label>`,
    REMEMBER,
  ];
  return form(`Log in to ${client}`, "/login", { login_challenge }, content, "Log in", "Cancel");
}

function devicePage(device_challenge: string, code: string, problem = ""): Reply {
  const content = [
    html`<p role="alert">${problem}`,
    html`<p><label>Code <input name="user_code" value="${code}" autocomplete="off" autocapitalize="none" required></label>`,
  ];
  return form("Connect a device", "/device/verify", { device_challenge }, content, "Connect", "Cancel");
}

function redirect({ data }: { data: { redirect_to: string } }): Reply {
  return { status: 303, location: data.redirect_to };
}

// Run directly, it is served by serve.ts.
if (globalThis.process?.argv[1]?.endsWith("provider.ts")) void import("./serve.ts");
