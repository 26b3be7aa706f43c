import type { OAuth2Client } from "../../types.ts";
import type { Context, Exchange, Routes } from "../context.ts";
import { urlencodedBody } from "../http/body.ts";
import { OAuthError } from "../http/oauth-error.ts";
import { escapeHtml, html, json, noContent, redirect, withCookies } from "../http/reply.ts";
import { epochSeconds, rfc3339 } from "../http/time.ts";
import { withQuery } from "../http/url.ts";
import { ID_TOKEN_KEYS, sign, verifyIdToken } from "../keys/signing.ts";
import { endLogins } from "../state/flow-state.ts";
import type { StoredClient } from "../state/state.ts";
import { forgetBrowser, sessionOf } from "./browser.ts";
import {
  challengeOf,
  createChallenge,
  createVerifier,
  findVerified,
  requestOfChallenge,
  storedUntil,
} from "./challenges.ts";
import { logoutPageUrl, redirectToErrorPage } from "./fallback-pages.ts";

/** Logout, which a person or a client (with an ID token) requests, and an application confirms. */
export function logoutRoutes(routes: Routes, context: Context): void {
  const path = "/admin/oauth2/auth/requests/logout";

  routes.public.on(["GET", "POST"], "/oauth2/sessions/logout", async (c) => {
    const { pathname, search } = new URL(c.req.url);
    const query = new URLSearchParams(search);
    const parameters = new URLSearchParams([...urlencodedBody(c), ...query]);
    const verifier = query.get("logout_verifier");
    try {
      if (verifier) return await completeLogout(context, c, verifier);
      return await requestLogout(context, c, parameters, pathname + search);
    } catch (error) {
      if (error instanceof OAuthError) return redirectToErrorPage(context, c, error);
      throw error;
    }
  });

  routes.admin.get(path, (c) => {
    const challenge = challengeOf(c, "logout");
    const request = requestOfChallenge(context, "logout", challenge);
    const hasTimes = context.has("logoutTimes");
    return json({
      challenge,
      subject: request.subject,
      sid: request.sessionId,
      request_url: request.requestUrl,
      rp_initiated: request.client !== undefined,
      client: request.client ?? null,
      requested_at: hasTimes ? rfc3339(request.requestedAt) : null,
      expires_at: hasTimes ? rfc3339(request.requestedAt + context.ttl.loginConsentRequest) : null,
    });
  });

  routes.admin.put(`${path}/accept`, (c) => {
    const request = requestOfChallenge(context, "logout", challengeOf(c, "logout"));
    const logout_verifier = createVerifier(context, "logout", request);
    return json({ redirect_to: withQuery(`${context.publicUrl}/oauth2/sessions/logout`, { logout_verifier }) });
  });

  routes.admin.put(`${path}/reject`, (c) => {
    requestOfChallenge(context, "logout", challengeOf(c, "logout"));
    return noContent();
  });
}

/**
 * Ends a session and notifies the clients that have a `backchannel_logout_uri`, without waiting for their answers: a
 * slow or unreachable client must not keep the person from logging out.
 */
export async function endSession(context: Context, sessionId: string, clients: readonly StoredClient[]): Promise<void> {
  endLogins(context.state, [sessionId]);
  for (const { client } of clients) {
    if (!client.backchannel_logout_uri) continue;
    const logout_token = await sign(context, ID_TOKEN_KEYS, {
      iss: context.issuer,
      aud: [client.client_id],
      iat: epochSeconds(context.now()),
      jti: context.random.uuid(),
      events: { "http://schemas.openid.net/event/backchannel-logout": {} },
      sid: sessionId,
    });
    const body = new URLSearchParams({ logout_token });
    context.fetch(client.backchannel_logout_uri, { method: "POST", body }).catch(() => {});
  }
}

/** The clients to which the person has consented in a session. */
export function clientsOfSession(context: Context, subject: string, sessionId: string): StoredClient[] {
  const ids = new Set<string>();
  for (const flow of context.state.consents.values()) {
    if (flow.subject === subject && flow.loginSessionId === sessionId) ids.add(flow.clientId);
  }
  return [...ids].flatMap((id) => context.state.clients.get(id) ?? []);
}

/** What a logout request asks for. */
interface Logout {
  redirectTo: string;
  sessionId: string;
  /** The client of the `id_token_hint`. */
  client?: OAuth2Client;
}

/** Sends the browser to the page that asks the person to confirm the logout. */
async function requestLogout(
  context: Context,
  c: Exchange,
  parameters: URLSearchParams,
  requestUrl: string,
): Promise<Response> {
  const hint = parameters.get("id_token_hint");
  const logout = hint ? await logoutByHint(context, hint, parameters) : logoutOfBrowser(context, c, parameters);
  const { redirectTo, sessionId, client } = logout;
  const session = context.state.logins.get(sessionId);
  if (!session?.remember) return redirect(c, redirectTo);
  const requestedAt = Math.round(context.now() / 1000) * 1000;
  const logout_challenge = createChallenge(context, "logout", {
    requestUrl,
    subject: session.subject,
    sessionId,
    requestedAt,
    expiresAt: storedUntil(context, requestedAt),
    redirectTo,
    ...(client && { client }),
  });
  return redirect(c, withQuery(context.urls.logout, { logout_challenge }));
}

/** Without an ID token, the browser's own session ends, and there is no client to return to. */
function logoutOfBrowser(context: Context, c: Exchange, parameters: URLSearchParams): Logout {
  for (const name of ["state", "post_logout_redirect_uri"]) {
    if (parameters.get(name)) throw new OAuthError("invalid_request", `'${name}' requires an id_token_hint.`);
  }
  return { redirectTo: logoutPageUrl(context), sessionId: sessionOf(context, c)?.id ?? "" };
}

/** With an ID token, the session ends in which it was issued, and the browser may return to its client. */
async function logoutByHint(context: Context, hint: string, parameters: URLSearchParams): Promise<Logout> {
  const invalid = (why: string): OAuthError => new OAuthError("invalid_request", `Logout failed: ${why}.`);
  const claims = await verifyIdToken(context, hint).catch(() => {
    throw invalid("the id_token_hint is not an ID token of this server");
  });
  if (claims.iss !== context.issuer) throw invalid("the id_token_hint was issued by another issuer");
  if (claims.iat === undefined || claims.iat > epochSeconds(context.now()))
    throw invalid("the id_token_hint was issued in the future");
  const sessionId = claims["sid"];
  if (typeof sessionId !== "string" || !claims.sub) throw invalid("the id_token_hint has no 'sid' or no 'sub'");
  const [stored] = [claims.aud ?? []].flat().flatMap((id) => context.state.clients.get(id) ?? []);
  if (!stored) throw invalid("the client of the id_token_hint no longer exists");
  const { client } = stored;
  const redirectUri = parameters.get("post_logout_redirect_uri");
  if (redirectUri && !client.post_logout_redirect_uris?.includes(redirectUri)) {
    throw invalid("the client has not registered this post_logout_redirect_uri");
  }
  const state = parameters.get("state");
  const redirectTo = redirectUri ? withQuery(redirectUri, state ? { state } : {}) : logoutPageUrl(context);
  return { redirectTo, sessionId, client };
}

/** Ends the session once the application has confirmed the logout. */
async function completeLogout(context: Context, c: Exchange, verifier: string): Promise<Response> {
  const request = findVerified(context, "logout", verifier);
  if (!request) throw new OAuthError("Not Found", "The logout verifier is not valid.");
  const { redirectTo, subject, sessionId, client } = request;
  // Without an ID token, the browser's session is what counts, and it may have changed by now.
  if (!client && sessionOf(context, c)?.id !== sessionId) return redirect(c, redirectTo);
  if (!context.state.logins.has(sessionId)) return redirect(c, redirectTo);
  const clients = clientsOfSession(context, subject, sessionId);
  const cookies = [forgetBrowser(context, c)];
  await endSession(context, sessionId, clients);
  const frames = frontchannelUrls(context, sessionId, clients);
  if (frames.length === 0) return redirect(c, redirectTo, cookies);
  return withCookies(html(framesPage(frames, redirectTo)), cookies);
}

function frontchannelUrls(context: Context, sessionId: string, clients: readonly StoredClient[]): string[] {
  return clients.flatMap(({ client: { frontchannel_logout_uri: uri } }) => {
    if (!uri) return [];
    if (!URL.canParse(uri, context.publicUrl))
      throw new OAuthError("server_error", "A frontchannel_logout_uri is not a URL.");
    return withQuery(uri, { iss: context.issuer, sid: sessionId });
  });
}

/** A page that loads the clients' front-channel logout URIs and then goes on. */
function framesPage(frames: readonly string[], redirectTo: string): string {
  const target = escapeHtml(redirectTo);
  const iframes = frames.map((src) => `<iframe hidden src="${escapeHtml(src)}"></iframe>`).join("");
  const refresh = `<meta http-equiv="refresh" content="2; URL=${target}">`;
  return `<!doctype html><title>Logging out</title>${refresh}${iframes}<p><a href="${target}">Continue</a></p>`;
}
