import type { Context, Exchange, Routes } from "../context.ts";
import { anyFormBody } from "../http/body.ts";
import { OAuthError } from "../http/oauth-error.ts";
import { inAscii, NO_STORE, withCookies } from "../http/reply.ts";
import type { GrantedFlow } from "../state/flow-state.ts";
import type { StoredClient } from "../state/state.ts";
import type { Grant } from "../state/token-table.ts";
import { CODE_LIFESPAN, idToken, issueTokens, leftHash, MIN_ENTROPY } from "../tokens/issue.ts";
import { audiences, checkAudience, checkScope, scopes, words } from "../tokens/scope.ts";
import { forward } from "./browser.ts";
import { grantOf, isLoopback, proceed } from "./flows.ts";
import { withRequestObject } from "./request-object.ts";

const RESPONSE_MODES = ["query", "fragment", "form_post"];

/** Where an authorization request is answered; without a redirect URI that can be trusted, on the error page. */
interface Target {
  redirectUri?: string;
  mode: string;
}

/** The authorization endpoint, RFC 6749 section 3.1, and the pages it falls back to. */
export function authorizeRoutes(routes: Routes, context: Context): void {
  routes.public.on(["GET", "POST"], "/oauth2/auth", async (c) => {
    const query = new URL(c.req.url).search;
    const given = new URLSearchParams([...(await anyFormBody(c)), ...new URLSearchParams(query)]);
    const target: Target = { mode: "query" };
    let state = given.get("state") ?? "";
    try {
      const client = requestedClient(context, given);
      const parameters = await withRequestObject(context, client, given);
      state = parameters.get("state") ?? "";
      const [scope, audience] = [scopes(parameters), audiences(parameters)];
      checkRequest(client, parameters, scope, audience, target);
      const { redirectUri } = target as Required<Target>;
      const requestUrl = `${context.publicUrl}/oauth2/auth${query}`;
      const step = await proceed(context, c, { client, parameters, requestUrl, scope, audience, redirectUri });
      if (step instanceof Response) return step;
      return respond(target, { ...(await grantedParameters(context, client, step, parameters)), state });
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error;
      const refusal = { error: error.code, error_description: error.message };
      if (target.redirectUri === undefined) return toErrorPage(context, error);
      return withCookies(respond(target, { ...refusal, state }), error.cookies);
    }
  });

  routes.public.get("/oauth2/fallbacks/*", fallbackPage);
}

/** Sends the browser to the page that tells a person what went wrong. */
export function toErrorPage(context: Context, error: OAuthError): Response {
  const query = new URLSearchParams({ error: error.code, error_description: error.message });
  return forward(`${context.publicUrl}/oauth2/fallbacks/error?${query}`, []);
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

function requestedClient(context: Context, parameters: URLSearchParams): StoredClient {
  const stored = context.state.clients.get(parameters.get("client_id") ?? "");
  if (!stored) throw new OAuthError("invalid_client", "The client is not known.");
  return stored;
}

/** Checks the request in the server's order, and learns on the way where to answer it. */
function checkRequest(
  { client }: StoredClient,
  parameters: URLSearchParams,
  scope: readonly string[],
  audience: readonly string[],
  target: Target,
): void {
  const mode = parameters.get("response_mode");
  if (mode && !RESPONSE_MODES.includes(mode)) {
    throw new OAuthError("unsupported_response_mode", `The response_mode '${mode}' is not supported.`);
  }
  const redirectUri = parameters.get("redirect_uri") ?? "";
  if (redirectUri === "" && scope.includes("openid")) {
    throw new OAuthError("invalid_request", "The parameter 'redirect_uri' is required with scope 'openid'.");
  }
  target.redirectUri = matchingRedirectUri(redirectUri, client.redirect_uris ?? []);
  if (mode) target.mode = mode;
  checkScope(words(client.scope), scope);
  checkAudience(client.audience ?? [], audience);
  if (parameters.get("registration")) {
    throw new OAuthError("registration_not_supported", "The parameter 'registration' is not supported.");
  }
  const types = responseTypes(parameters);
  const allowed = client.response_types?.length ? client.response_types : ["code"];
  if (types === "" || !allowed.some((each) => words(each).sort().join(" ") === types)) {
    throw new OAuthError("unsupported_response_type", `The client may not ask for the response type '${types}'.`);
  }
  if (!mode && types !== "code") target.mode = "fragment";
  if ((parameters.get("state") ?? "").length < MIN_ENTROPY) {
    throw new OAuthError("invalid_state", `The parameter 'state' must have at least ${MIN_ENTROPY} characters.`);
  }
}

function responseTypes(parameters: URLSearchParams): string {
  return words(parameters.get("response_type")).sort().join(" ");
}

/** A registered URI as it is; one at a loopback address with any port, RFC 8252 section 7.3. */
function matchingRedirectUri(requested: string, registered: readonly string[]): string {
  const [only, ...more] = registered;
  if (requested === "" && only !== undefined && more.length === 0) return only;
  if (registered.includes(requested) || registered.some((each) => isSameLoopback(requested, each))) return requested;
  throw new OAuthError("invalid_request", "The 'redirect_uri' is not one of those that the client has registered.");
}

function isSameLoopback(requested: string, registered: string): boolean {
  if (!URL.canParse(requested) || !URL.canParse(registered)) return false;
  const [a, b] = [new URL(requested), new URL(registered)];
  return (
    a.protocol === "http:" &&
    isLoopback(a.hostname) &&
    a.hostname === b.hostname &&
    a.pathname === b.pathname &&
    a.search === b.search &&
    a.hash === ""
  );
}

/** What the browser brings back to the client: a code, and with the implicit and hybrid flows also tokens. */
async function grantedParameters(
  context: Context,
  stored: StoredClient,
  flow: GrantedFlow,
  parameters: URLSearchParams,
): Promise<Record<string, string>> {
  const types = words(responseTypes(parameters));
  const grant = await grantOf(flow, stored, parameters);
  const isOpenId = types.includes("id_token") && grant.scope.includes("openid");
  const implicit = types.includes("token") || !types.includes("code");
  if (implicit && !stored.client.grant_types?.includes("implicit")) {
    throw new OAuthError("invalid_grant", "The client is not allowed to use the grant type 'implicit'.");
  }
  if (isOpenId && !parameters.get("nonce")) {
    throw new OAuthError("invalid_request", "The parameter 'nonce' is required for the response type 'id_token'.");
  }
  const result: Record<string, string> = {};
  const hashes: { at_hash?: string; c_hash?: string } = {};
  if (types.includes("code")) {
    result["code"] = issueCode(context, grant, parameters);
    hashes.c_hash = await leftHash(result["code"]);
  }
  if (types.includes("token")) {
    const { access_token, expires_in, token_type } = await issueTokens(context, stored, grant, "implicit");
    Object.assign(result, { access_token, expires_in: String(expires_in), token_type });
    hashes.at_hash = await leftHash(access_token);
  }
  if (isOpenId) result["id_token"] = await idToken(context, stored.client, grant, "implicit", hashes);
  if (types.length === 1 || types.includes("token")) result["scope"] = grant.scope.join(" ");
  return result;
}

function issueCode(context: Context, grant: Grant, parameters: URLSearchParams): string {
  const codeChallenge = parameters.get("code_challenge") ?? "";
  if (codeChallenge !== "" && parameters.get("code_challenge_method") !== "S256") {
    throw new OAuthError("invalid_request", "The code_challenge_method has to be S256.");
  }
  const value = context.random.opaque("ac");
  const issuedAt = context.now();
  const bound = { redirectUri: parameters.get("redirect_uri") ?? "", codeChallenge };
  const expiresAt = issuedAt + CODE_LIFESPAN;
  context.state.tokens.set(value, { use: "authorization_code", value, grant, issuedAt, expiresAt, bound });
  return value;
}

/** Brings the parameters to the client's redirect URI, in the way that the response mode says. */
function respond(target: Target, parameters: Record<string, string>): Response {
  const [base, own] = target.redirectUri!.split(/\?(.*)/s);
  const result = new URLSearchParams(target.mode === "query" ? own : undefined);
  for (const [name, value] of Object.entries(parameters)) result.set(name, value);
  result.sort();
  if (target.mode === "form_post") {
    const inputs = [...result].map(
      ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
    );
    const form = `<form method="post" action="${escapeHtml(target.redirectUri!)}">${inputs.join("")}</form>`;
    const page = `<!doctype html><html><body onload="document.forms[0].submit()">${form}</body></html>`;
    return new Response(page, { headers: { ...NO_STORE, "content-type": "text/html;charset=UTF-8" } });
  }
  const location = target.mode === "query" ? `${base}?${result}` : `${target.redirectUri}#${result}`;
  return new Response(null, { status: 303, headers: { ...NO_STORE, location: inAscii(location) } });
}

/** What a person sees where no application was set up to show it. */
function fallbackPage(c: Exchange): Response {
  const { error, error_description: description = "" } = c.req.query();
  const title = escapeHtml(error ?? "No application was set up to show a page here");
  const page = `<!doctype html><title>${title}</title><h1>${title}</h1><p>${escapeHtml(description)}</p>`;
  return new Response(page, {
    status: error === undefined ? 200 : 500,
    headers: { "content-type": "text/html; charset=utf-8" },
  });
}
