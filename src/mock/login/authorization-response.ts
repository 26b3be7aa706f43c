import type { Context } from "../context.ts";
import { OAuthError } from "../http/oauth-error.ts";
import { includesInAnyCase, spaceSeparated } from "../http/parameters.ts";
import { escapeHtml, NO_STORE } from "../http/reply.ts";
import { escapeNonAscii } from "../http/url.ts";
import type { GrantedFlow } from "../state/flow-state.ts";
import type { StoredClient } from "../state/state.ts";
import type { Grant } from "../state/token-table.ts";
import { mayUseGrantType } from "../tokens/grants/grant-type.ts";
import { checkNonce, createIdToken, leftHash } from "../tokens/id-token.ts";
import { issueImplicitAccessToken } from "../tokens/issue.ts";
import { codeChallengeOf } from "../tokens/pkce.ts";
import { grantOf } from "./flows.ts";

export type ResponseMode = "query" | "fragment" | "form_post";

const RESPONSE_MODES: readonly string[] = ["query", "fragment", "form_post"] satisfies ResponseMode[];

/** Where, and how, an authorization request is answered. */
export interface ResponseTarget {
  redirectUri: string;
  mode: ResponseMode;
}

/** The parameter `response_mode`; `undefined` if the request leaves it to the server. */
export function requestedResponseMode(parameters: URLSearchParams): ResponseMode | undefined {
  const mode = parameters.get("response_mode");
  if (!mode) return undefined;
  if (RESPONSE_MODES.includes(mode)) return mode as ResponseMode;
  throw new OAuthError("unsupported_response_mode", `The response_mode '${mode}' is not supported.`);
}

/** The response types of a request, such as `code` and `id_token`. @throws OAuthError if the client may not use them. */
export function requestedResponseTypes(client: StoredClient["client"], parameters: URLSearchParams): string[] {
  const types = spaceSeparated(parameters.get("response_type"));
  const registered = client.response_types?.length ? client.response_types : ["code"];
  if (types.length > 0 && registered.some((each) => isSameSet(types, spaceSeparated(each)))) return types;
  throw new OAuthError("unsupported_response_type", `The client may not use the response type '${types.join(" ")}'.`);
}

/** Tokens do not belong into a query: it ends up in logs. */
export function defaultResponseMode(types: readonly string[]): ResponseMode {
  return isExactly(types, "code") ? "query" : "fragment";
}

/** A request that a person has agreed to. */
export interface GrantedRequest {
  client: StoredClient;
  parameters: URLSearchParams;
  /** The `response_mode` of the request, if it has one. */
  mode: ResponseMode | undefined;
  types: string[];
}

/** The parameters of a successful response: a code, and in the implicit and hybrid flows also tokens. */
export async function successParameters(
  context: Context,
  flow: GrantedFlow,
  request: GrantedRequest,
): Promise<Record<string, string>> {
  const { client, parameters } = request;
  const grant = await grantOf(flow, client, parameters);
  const { withCode, withToken, withIdToken } = checkedContents(grant, request);
  const codeChallenge = withCode ? codeChallengeOf(context, client.client, parameters) : "";

  const result: Record<string, string> = {};
  const hashes: { at_hash?: string; c_hash?: string } = {};
  if (withCode) {
    result["code"] = issueCode(context, grant, parameters, codeChallenge);
    hashes.c_hash = await leftHash(result["code"]);
  }
  if (withToken) {
    const { access_token, expires_in, token_type } = await issueImplicitAccessToken(context, client, grant);
    Object.assign(result, { access_token, expires_in: String(expires_in), token_type });
    hashes.at_hash = await leftHash(access_token);
  }
  if (withIdToken) result["id_token"] = await createIdToken(context, client.client, grant, "implicit", hashes);
  if (withToken || (request.types.length === 1 && withCode)) result["scope"] = grant.scope.join(" ");
  return result;
}

/** What a response is going to contain. @throws OAuthError if the client must not have it, or not in this way */
function checkedContents(grant: Grant, { client: { client }, parameters, mode, types }: GrantedRequest): Contents {
  const has = (...names: string[]): boolean => names.every((name) => includesInAnyCase(types, name));
  const isOpenId = includesInAnyCase(grant.scope, "openid");
  const isHybrid = has("code") && HYBRID_TYPES.some((hybrid) => isSameSet(types, hybrid));
  const isImplicit = isOpenId && !has("code") && (isExactly(types, "id_token") || has("token", "id_token"));
  const withCode = isExactly(types, "code") || isHybrid;
  const withToken = isExactly(types, "token") || ((isHybrid || isImplicit) && has("token"));
  const withIdToken = isImplicit || (isHybrid && isOpenId && has("id_token"));

  const nonce = parameters.get("nonce") ?? "";
  if (nonce === "" && (isImplicit || (isHybrid && has("id_token")))) {
    throw new OAuthError("invalid_request", "The parameter 'nonce' is required for the response type 'id_token'.");
  }
  if (isImplicit || isHybrid) checkNonce(nonce);
  if (isHybrid && !mayUseGrantType(client, "authorization_code")) throw forbiddenGrantType("authorization_code");
  if ((withToken || isImplicit) && !mayUseGrantType(client, "implicit")) throw forbiddenGrantType("implicit");
  if (!withCode && !withToken && !withIdToken) {
    throw new OAuthError("unsupported_response_type", `The response type '${types.join(" ")}' is not supported.`);
  }
  if (mode === "query" && defaultResponseMode(types) !== "query") {
    throw new OAuthError("unsupported_response_mode", "The response_mode 'query' would reveal tokens.");
  }
  return { withCode, withToken, withIdToken };
}

interface Contents {
  withCode: boolean;
  withToken: boolean;
  withIdToken: boolean;
}

/** OpenID Connect Core section 3.3. */
const HYBRID_TYPES = [
  ["code", "token", "id_token"],
  ["code", "token"],
  ["code", "id_token"],
];

function isExactly(types: readonly string[], type: string): boolean {
  return types.length === 1 && types[0] === type;
}

/** Whether two lists have the same items, in any order and in any case. */
function isSameSet(types: readonly string[], others: readonly string[]): boolean {
  const isComplete = new Set(others).size === types.length && others.length === types.length;
  return isComplete && others.every((type) => includesInAnyCase(types, type));
}

function forbiddenGrantType(grantType: string): OAuthError {
  return new OAuthError("invalid_grant", `The client is not allowed to use the grant type '${grantType}'.`);
}

/** Sends parameters to the client's redirect URI, as the response mode says. */
export function respond({ redirectUri, mode }: ResponseTarget, parameters: Record<string, string>): Response {
  const [base, ownQuery] = redirectUri.split(/\?(.*)/s);
  const result = new URLSearchParams(mode === "query" ? ownQuery : undefined);
  for (const [name, value] of Object.entries(parameters)) result.set(name, value);
  result.sort();
  if (mode === "form_post") return formPost(redirectUri, result);
  const location = mode === "query" ? `${base}?${result}` : `${redirectUri}#${result}`;
  return new Response(null, { status: 303, headers: { ...NO_STORE, location: escapeNonAscii(location) } });
}

/** OAuth 2.0 Form Post Response Mode: a page that submits the parameters as a form. */
function formPost(redirectUri: string, parameters: URLSearchParams): Response {
  const inputs = [...parameters].map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  const form = `<form method="post" action="${escapeHtml(redirectUri)}">${inputs.join("")}</form>`;
  const page = `<!doctype html><html><body onload="document.forms[0].submit()">${form}</body></html>`;
  return new Response(page, { headers: { ...NO_STORE, "content-type": "text/html;charset=UTF-8" } });
}

function issueCode(context: Context, grant: Grant, parameters: URLSearchParams, codeChallenge: string): string {
  const value = context.random.opaque("ac");
  const issuedAt = context.now();
  const expiresAt = issuedAt + context.ttl.authCode;
  const bound = { redirectUri: parameters.get("redirect_uri") ?? "", codeChallenge };
  context.state.tokens.set(value, { use: "authorization_code", value, grant, issuedAt, expiresAt, bound });
  return value;
}
