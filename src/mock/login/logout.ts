import type { OAuth2Client } from "../../types.ts";
import type { Context, Exchange, Routes } from "../context.ts";
import { formBody } from "../http/body.ts";
import { OAuthError } from "../http/oauth-error.ts";
import { json, noContent, refusal, withCookies } from "../http/reply.ts";
import { ID_TOKEN_KEYS, sign, verifyIdToken } from "../keys/signing.ts";
import { forgetLogins, type LogoutRequest } from "../state/flow-state.ts";
import type { StoredClient } from "../state/state.ts";
import { seconds } from "../tokens/issue.ts";
import { escapeHtml, toErrorPage } from "./authorize.ts";
import { FLOW_LIFESPAN, forgetBrowser, forward, sessionOf } from "./browser.ts";
import { givenChallenge, inTime, withQuery } from "./flows.ts";

/** Logout, which a person, or a client with an ID token, asks for and an application confirms. */
export function logoutRoutes(routes: Routes, context: Context): void {
  const path = "/admin/oauth2/auth/requests/logout";

  routes.public.on(["GET", "POST"], "/oauth2/sessions/logout", async (c) => {
    const { pathname, search } = new URL(c.req.url);
    const query = new URLSearchParams(search);
    const parameters = new URLSearchParams([...formBody(c), ...query]);
    const verifier = query.get("logout_verifier");
    try {
      return await (verifier ? complete(context, c, verifier) : begin(context, c, parameters, pathname + search));
    } catch (error) {
      if (error instanceof OAuthError) return toErrorPage(context, error);
      throw error;
    }
  });

  routes.admin.get(path, (c) => {
    const request = opened(context, c);
    return json({
      challenge: givenChallenge(c, "logout"),
      subject: request.subject,
      sid: request.sessionId,
      request_url: request.requestUrl,
      rp_initiated: request.client !== undefined,
      client: request.client ?? null,
      requested_at: timestamp(request.requestedAt),
      expires_at: timestamp(request.requestedAt + FLOW_LIFESPAN),
    });
  });

  routes.admin.put(`${path}/accept`, (c) => {
    const request = opened(context, c);
    const logout_verifier = seal(context, "verifier", request);
    return json({ redirect_to: withQuery(`${context.publicUrl}/oauth2/sessions/logout`, { logout_verifier }) });
  });

  routes.admin.put(`${path}/reject`, (c) => {
    opened(context, c);
    return noContent();
  });
}

/**
 * Ends a session: forgets it, and tells the clients that have asked to be told through the back channel. Nobody waits
 * for them: a client that is slow, or cannot be reached, does not keep the person from leaving.
 */
export async function endSession(context: Context, sessionId: string, clients: readonly StoredClient[]): Promise<void> {
  forgetLogins(context.state, [sessionId]);
  for (const { client } of clients) {
    if (!client.backchannel_logout_uri) continue;
    const logout_token = await sign(context, ID_TOKEN_KEYS, {
      iss: `${context.publicUrl}/`,
      aud: [client.client_id],
      iat: seconds(context.now()),
      jti: context.random.uuid(),
      events: { "http://schemas.openid.net/event/backchannel-logout": {} },
      sid: sessionId,
    });
    const body = new URLSearchParams({ logout_token });
    context.fetch(client.backchannel_logout_uri, { method: "POST", body }).catch(() => {});
  }
}

/** The clients that a person has consented to within a session. */
export function clientsOf(context: Context, subject: string, sessionId: string): StoredClient[] {
  const ids = new Set<string>();
  for (const flow of context.state.consents.values()) {
    if (flow.subject === subject && flow.loginSessionId === sessionId) ids.add(flow.clientId);
  }
  return [...ids].flatMap((id) => context.state.clients.get(id) ?? []);
}

async function begin(
  context: Context,
  c: Exchange,
  parameters: URLSearchParams,
  requestUrl: string,
): Promise<Response> {
  const hint = parameters.get("id_token_hint");
  const { redirectTo, client, sessionId } = hint
    ? await hinted(context, hint, parameters)
    : unhinted(context, c, parameters);
  const session = context.state.logins.get(sessionId);
  if (!session?.remember) return forward(redirectTo, []);
  const requestedAt = Math.round(context.now() / 1000) * 1000;
  const logout_challenge = seal(context, "challenge", {
    requestUrl,
    subject: session.subject,
    sessionId,
    requestedAt,
    expiresAt: requestedAt + 2 * FLOW_LIFESPAN,
    redirectTo,
    ...(client && { client }),
  });
  return forward(withQuery(context.urls.logout, { logout_challenge }), []);
}

/** Without an ID token the browser's own session ends, and there is no client to return to. */
function unhinted(
  context: Context,
  c: Exchange,
  parameters: URLSearchParams,
): { redirectTo: string; sessionId: string; client?: OAuth2Client } {
  for (const name of ["state", "post_logout_redirect_uri"]) {
    if (parameters.get(name)) throw new OAuthError("invalid_request", `'${name}' needs an id_token_hint.`);
  }
  return { redirectTo: afterLogout(context), sessionId: sessionOf(context, c)?.id ?? "" };
}

/** With an ID token the session ends that the token came from, and its client may have the browser back. */
async function hinted(
  context: Context,
  hint: string,
  parameters: URLSearchParams,
): Promise<{ redirectTo: string; sessionId: string; client?: OAuth2Client }> {
  const invalid = (why: string): OAuthError => new OAuthError("invalid_request", `Logout failed: ${why}.`);
  const claims = await verifyIdToken(context, hint).catch(() => {
    throw invalid("the id_token_hint is not an ID token of this server");
  });
  if (claims.iss !== `${context.publicUrl}/`) throw invalid("another issuer made the id_token_hint");
  if (claims.iat === undefined || claims.iat > seconds(context.now()))
    throw invalid("the id_token_hint is of the future");
  const sessionId = claims["sid"];
  if (typeof sessionId !== "string" || !claims.sub) throw invalid("the id_token_hint has no 'sid' or no 'sub'");
  const [stored] = [claims.aud ?? []].flat().flatMap((id) => context.state.clients.get(id) ?? []);
  if (!stored) throw invalid("the client of the id_token_hint does not exist any more");
  const { client } = stored;
  const wanted = parameters.get("post_logout_redirect_uri");
  if (wanted && !client.post_logout_redirect_uris?.includes(wanted)) {
    throw invalid("the post_logout_redirect_uri is not one that the client has registered");
  }
  const state = parameters.get("state");
  const redirectTo = wanted ? withQuery(wanted, state ? { state } : {}) : afterLogout(context);
  return { redirectTo, sessionId, client };
}

async function complete(context: Context, c: Exchange, verifier: string): Promise<Response> {
  const request = unseal(context, "verifier", verifier);
  if (!request) throw new OAuthError("Not Found", "The logout verifier is not valid.");
  const { redirectTo, subject, sessionId, client } = request;
  // Without an ID token it is the browser that says who leaves; by now that may be somebody else, or nobody.
  if (!client && sessionOf(context, c)?.id !== sessionId) return forward(redirectTo, []);
  if (!context.state.logins.has(sessionId)) return forward(redirectTo, []);
  const clients = clientsOf(context, subject, sessionId);
  const cookies = [forgetBrowser(context, c)];
  await endSession(context, sessionId, clients);
  const frames = clients.flatMap(({ client: { frontchannel_logout_uri: uri } }) => {
    if (!uri) return [];
    if (!URL.canParse(uri, context.publicUrl))
      throw new OAuthError("server_error", "A frontchannel_logout_uri is no URL.");
    return withQuery(uri, { iss: `${context.publicUrl}/`, sid: sessionId });
  });
  if (frames.length === 0) return forward(redirectTo, cookies);
  const page = new Response(framesPage(frames, redirectTo), {
    headers: { "content-type": "text/html; charset=utf-8" },
  });
  return withCookies(page, cookies);
}

/** A page that loads the clients' front-channel logout URIs and then goes on. */
function framesPage(frames: readonly string[], redirectTo: string): string {
  const target = escapeHtml(redirectTo);
  const iframes = frames.map((src) => `<iframe hidden src="${escapeHtml(src)}"></iframe>`).join("");
  const refresh = `<meta http-equiv="refresh" content="2; URL=${target}">`;
  return `<!doctype html><title>Logging out</title>${refresh}${iframes}<p><a href="${target}">Continue</a></p>`;
}

function afterLogout(context: Context): string {
  return `${context.publicUrl}/oauth2/fallbacks/logout/callback`;
}

function seal(context: Context, purpose: "challenge" | "verifier", request: LogoutRequest): string {
  const value = context.random.token(48);
  context.state.logouts.set(`${purpose} ${value}`, request);
  return value;
}

function unseal(context: Context, purpose: "challenge" | "verifier", value: string): LogoutRequest | undefined {
  return inTime(context, "logout", context.state.logouts.get(`${purpose} ${value}`));
}

function opened(context: Context, c: Exchange): LogoutRequest {
  const request = unseal(context, "challenge", givenChallenge(c, "logout"));
  if (!request) throw refusal(404, "Not Found", "No logout request belongs to this challenge.");
  return request;
}

function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(".000Z", "Z");
}
