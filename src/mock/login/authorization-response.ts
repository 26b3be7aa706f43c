import type { Context } from "../context.ts";
import { OAuthError } from "../http/oauth-error.ts";
import { spaceSeparated } from "../http/parameters.ts";
import { escapeHtml, NO_STORE } from "../http/reply.ts";
import { escapeNonAscii } from "../http/url.ts";
import type { GrantedFlow } from "../state/flow-state.ts";
import type { StoredClient } from "../state/state.ts";
import type { Grant } from "../state/token-table.ts";
import { createIdToken, leftHash } from "../tokens/id-token.ts";
import { issueTokens } from "../tokens/issue.ts";
import { AUTHORIZATION_CODE_LIFESPAN } from "../tokens/lifespans.ts";
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

/** The response type in alphabetical order, such as `code id_token`. @throws OAuthError if the client may not use it. */
export function checkedResponseType(client: StoredClient["client"], parameters: URLSearchParams): string {
  const responseType = sorted(parameters.get("response_type"));
  const registered = client.response_types?.length ? client.response_types : ["code"];
  if (responseType !== "" && registered.some((each) => sorted(each) === responseType)) return responseType;
  throw new OAuthError("unsupported_response_type", `The client may not use the response type '${responseType}'.`);
}

/** The parameters of a successful response: a code, and in the implicit and hybrid flows also tokens. */
export async function successParameters(
  context: Context,
  stored: StoredClient,
  flow: GrantedFlow,
  responseType: string,
  parameters: URLSearchParams,
): Promise<Record<string, string>> {
  const types = spaceSeparated(responseType);
  const grant = await grantOf(flow, stored, parameters);
  const withIdToken = types.includes("id_token") && grant.scope.includes("openid");
  const isImplicit = types.includes("token") || !types.includes("code");
  if (isImplicit && !stored.client.grant_types?.includes("implicit")) {
    throw new OAuthError("invalid_grant", "The client is not allowed to use the grant type 'implicit'.");
  }
  if (withIdToken && !parameters.get("nonce")) {
    throw new OAuthError("invalid_request", "The parameter 'nonce' is required for the response type 'id_token'.");
  }
  const result: Record<string, string> = {};
  const hashes: { at_hash?: string; c_hash?: string } = {};
  if (types.includes("code")) {
    result["code"] = issueCode(context, grant, parameters);
    hashes.c_hash = await leftHash(result["code"]);
  }
  if (types.includes("token")) {
    const tokens = await issueTokens(context, stored, { grant, kind: "implicit" });
    const { access_token, expires_in, token_type } = tokens;
    Object.assign(result, { access_token, expires_in: String(expires_in), token_type });
    hashes.at_hash = await leftHash(access_token);
  }
  if (withIdToken) result["id_token"] = await createIdToken(context, stored.client, grant, "implicit", hashes);
  if (types.length === 1 || types.includes("token")) result["scope"] = grant.scope.join(" ");
  return result;
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

function issueCode(context: Context, grant: Grant, parameters: URLSearchParams): string {
  const codeChallenge = codeChallengeOf(parameters);
  const value = context.random.opaque("ac");
  const issuedAt = context.now();
  const expiresAt = issuedAt + AUTHORIZATION_CODE_LIFESPAN;
  const bound = { redirectUri: parameters.get("redirect_uri") ?? "", codeChallenge };
  context.state.tokens.set(value, { use: "authorization_code", value, grant, issuedAt, expiresAt, bound });
  return value;
}

function sorted(responseType: string | null): string {
  return spaceSeparated(responseType).sort().join(" ");
}
