import type { Context, Exchange, Routes } from "../context.ts";
import { OAuthError } from "../http/oauth-error.ts";
import { formAndQuery } from "../http/parameters.ts";
import { withCookies } from "../http/reply.ts";
import type { StoredClient } from "../state/state.ts";
import { checkClientAudience, requestedAudience } from "../tokens/audience.ts";
import { requireClient } from "../tokens/client-authentication.ts";
import { MIN_ENTROPY } from "../tokens/id-token.ts";
import { checkClientScope, requestedScope } from "../tokens/scope.ts";
import {
  defaultResponseMode,
  type ResponseTarget,
  requestedResponseMode,
  requestedResponseTypes,
  respond,
  successParameters,
} from "./authorization-response.ts";
import { redirectToErrorPage } from "./fallback-pages.ts";
import { proceed } from "./flows.ts";
import { checkedRedirectUri } from "./redirect-uri.ts";
import { withRequestObject } from "./request-object.ts";

/** The authorization endpoint, RFC 6749 section 3.1. The browser returns to it after login and after consent. */
export function authorizeRoutes(routes: Routes, context: Context): void {
  routes.public.on(["GET", "POST"], "/oauth2/auth", (c) => authorize(context, c));
}

async function authorize(context: Context, c: Exchange): Promise<Response> {
  const given = await formAndQuery(c);
  /** Unknown until the redirect URI is known to be the client's: up to then errors are shown to the person. */
  let target: ResponseTarget | undefined;
  let state = "";
  try {
    const client = requireClient(context, given.get("client_id") ?? "");
    const parameters = await withRequestObject(context, client, given);
    const scope = requestedScope(parameters);
    const audience = requestedAudience(parameters);
    state = parameters.get("state") ?? "";

    const requestedMode = requestedResponseMode(parameters);
    const redirectUri = readRedirectUri(client, parameters, scope);
    target = { redirectUri, mode: requestedMode ?? "query" };

    checkClientScope(client.client, scope);
    checkClientAudience(client.client, audience);
    if (parameters.get("registration")) {
      throw new OAuthError("registration_not_supported", "The parameter 'registration' is not supported.");
    }
    const types = requestedResponseTypes(client.client, parameters);
    target = { redirectUri, mode: requestedMode ?? defaultResponseMode(types) };
    if (state.length < MIN_ENTROPY) {
      throw new OAuthError("invalid_state", `The parameter 'state' must have at least ${MIN_ENTROPY} characters.`);
    }

    const requestUrl = `${context.publicUrl}/oauth2/auth${new URL(c.req.url).search}`;
    const step = await proceed(context, c, { client, parameters, requestUrl, scope, audience, redirectUri });
    if (step instanceof Response) return step;
    const request = { client, parameters, mode: requestedMode, types };
    return respond(target, { ...(await successParameters(context, step, request)), state });
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    if (!target) return redirectToErrorPage(context, c, error);
    const response = respond(target, { error: error.code, error_description: error.message, state });
    return withCookies(response, error.cookies);
  }
}

function readRedirectUri({ client }: StoredClient, parameters: URLSearchParams, scope: readonly string[]): string {
  const redirectUri = parameters.get("redirect_uri") ?? "";
  if (redirectUri === "" && scope.includes("openid")) {
    throw new OAuthError("invalid_request", "The parameter 'redirect_uri' is required with scope 'openid'.");
  }
  return checkedRedirectUri(client, redirectUri);
}
