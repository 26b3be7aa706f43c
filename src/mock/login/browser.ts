import { getCookie } from "hono/cookie";
import type { Context, Exchange } from "../context.ts";
import { OAuthError } from "../http/oauth-error.ts";
import { redirect, withCookies } from "../http/reply.ts";
import { type Flow, forgetLogins, type LoginSession } from "../state/flow-state.ts";

/** How long a person may take for a step, in milliseconds. */
export const FLOW_LIFESPAN: number = 30 * 60_000;
/** How long a browser is recognised unless the application says otherwise, in seconds. */
const SESSION_LIFESPAN = 720 * 3600;
const SESSION_COOKIE = "ory_hydra_session_dev";

/** The cookie that ties a step of a flow to the browser that began it. */
export function csrfCookie(context: Context, step: string, clientId: string | undefined, csrf: string): string {
  return cookie(context, csrfName(step, clientId), csrf, FLOW_LIFESPAN / 1000);
}

/** @throws OAuthError `request_forbidden` where another browser began the step. */
export function checkCsrf(c: Exchange, step: string, clientId: string | undefined, csrf: string): void {
  if (getCookie(c, csrfName(step, clientId)) !== csrf) {
    throw new OAuthError("request_forbidden", "The cookie of this browser does not belong to this request.");
  }
}

/** Sends the browser on, with cookies. */
export function forward(location: string, cookies: readonly string[]): Response {
  return withCookies(redirect(location), cookies);
}

/** The remembered login session that the browser's cookie names. */
export function sessionOf(context: Context, c: Exchange): LoginSession | undefined {
  const session = context.state.logins.get(getCookie(c, SESSION_COOKIE) ?? "");
  return session?.remember ? session : undefined;
}

/** Begins the session of a person who has logged in, and gives the cookie for it, or a new one, where they want one. */
export function recogniseBrowser(context: Context, { login, loginSkip, ...flow }: Flow): string[] {
  const { loginSessionId: id, subject, authenticatedAt } = flow;
  const { remember, rememberFor } = login!;
  if (!loginSkip) context.state.logins.set(id, { id, subject, authenticatedAt, remember });
  return remember ? [cookie(context, SESSION_COOKIE, id, rememberFor > 0 ? rememberFor : SESSION_LIFESPAN)] : [];
}

/** Forgets the browser: deletes its session and gives the cookie that makes it forget, too. */
export function forgetBrowser(context: Context, c: Exchange): string {
  forgetLogins(context.state, [getCookie(c, SESSION_COOKIE) ?? ""]);
  return cookie(context, SESSION_COOKIE, "", 0);
}

function csrfName(step: string, clientId: string | undefined): string {
  return `ory_hydra_${step}_csrf_dev${clientId === undefined ? "" : `_${numberOf(clientId)}`}`;
}

/** A number for a client's cookies: flows of several clients can be under way in one browser. */
function numberOf(clientId: string): number {
  let hash = 0x811c9dc5;
  for (const char of clientId) hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193);
  return hash >>> 0;
}

function cookie(context: Context, name: string, value: string, maxAge: number): string {
  const expires = new Date(maxAge === 0 ? 1000 : context.now() + maxAge * 1000).toUTCString();
  return `${name}=${value}; Path=/; Expires=${expires}; Max-Age=${maxAge}; HttpOnly; SameSite=Lax`;
}
