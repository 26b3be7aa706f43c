import { getCookie } from "hono/cookie";
import type { Context, Exchange } from "../context.ts";
import { OAuthError } from "../http/oauth-error.ts";
import { endLogins, type Flow, type LoginSession } from "../state/flow-state.ts";
import type { Step } from "./challenges.ts";

const SESSION_COOKIE = "ory_hydra_session_dev";

/** The cookie that ties a step of a flow to the browser that started it. */
export function csrfCookie(context: Context, step: Step, clientId: string | undefined, csrf: string): string {
  return cookie(context, csrfName(step, clientId), csrf, context.ttl.loginConsentRequest / 1000);
}

/** @throws OAuthError `request_forbidden` if another browser started the step, or this one has started another since. */
export function checkCsrf(c: Exchange, step: Step, clientId: string | undefined, csrf: string): void {
  const kept = getCookie(c, csrfName(step, clientId));
  if (kept === csrf) return;
  // The server's own words, which people search for.
  const why = kept
    ? "The CSRF value from the token does not match the CSRF value from the data store."
    : "No CSRF value available in the session cookie.";
  throw new OAuthError("request_forbidden", `The request is not allowed. ${why}`);
}

/** The remembered login session that the browser's cookie refers to. */
export function sessionOf(context: Context, c: Exchange): LoginSession | undefined {
  const session = context.state.logins.get(getCookie(c, SESSION_COOKIE) ?? "");
  return session?.remember ? session : undefined;
}

/** Starts the session of a person who has logged in. Returns its cookie, if the browser is to be remembered. */
export function rememberBrowser(context: Context, { login, loginSkip, ...flow }: Flow): string[] {
  const { loginSessionId: id, subject, authenticatedAt } = flow;
  const { remember, rememberFor } = login!;
  if (!loginSkip) context.state.logins.set(id, { id, subject, authenticatedAt, remember });
  const longest = context.ttl.authenticationSession / 1000;
  const maxAge = rememberFor > 0 ? Math.min(rememberFor, longest) : longest;
  return remember ? [cookie(context, SESSION_COOKIE, id, maxAge)] : [];
}

/** Ends the session of the browser, and returns the cookie that removes the session cookie. */
export function forgetBrowser(context: Context, c: Exchange): string {
  endLogins(context.state, [getCookie(c, SESSION_COOKIE) ?? ""]);
  return cookie(context, SESSION_COOKIE, "", 0);
}

function csrfName(step: Step, clientId: string | undefined): string {
  return `ory_hydra_${step}_csrf_dev${clientId === undefined ? "" : `_${hashOf(clientId)}`}`;
}

/** Keeps the cookies of several clients apart, whose flows may be open in one browser. */
function hashOf(clientId: string): number {
  let hash = 0x811c9dc5;
  for (const char of clientId) hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193);
  return hash >>> 0;
}

function cookie(context: Context, name: string, value: string, maxAge: number): string {
  const expires = new Date(maxAge === 0 ? 1000 : context.now() + maxAge * 1000).toUTCString();
  return `${name}=${value}; Path=/; Expires=${expires}; Max-Age=${maxAge}; HttpOnly; SameSite=Lax`;
}
