import { DEFAULT_TIMEOUT, withDeadline } from "../core/deadline.ts";
import { formOf } from "../core/form.ts";
import { assertResponseSize, assertTimeout, requireValue } from "../core/validate.ts";
import type { ClientAuth, OAuth2TokenExchange } from "../types.ts";
import { none } from "./client-auth.ts";
import {
  derivedMetadata,
  discover,
  type Endpoint,
  type Endpoints,
  type RequestOptions,
  requestHeaders,
  requestJson,
  type ServerOptions,
  TOKEN_ENDPOINT,
} from "./server.ts";

/** The success response of the token endpoint (RFC 6749, section 5.1). */
export interface TokenResponse extends OAuth2TokenExchange {
  access_token: string;
  token_type: string;
}

/** The options of every request of a client. `timeout` and `signal` cover the entire call, including discovery. */
export interface ClientOptions extends RequestOptions {
  /** The client ID. */
  clientId: string;
  /**
   * Additional parameters, by their wire names. They override those that the function sends; `undefined` and `null` are
   * omitted. A list repeats the parameter, as RFC 8707 allows for `resource`.
   */
  parameters?: URLSearchParams | { readonly [name: string]: string | readonly string[] | null | undefined } | undefined;
}

/** The options of a request that authenticates the client. */
export interface AuthenticatedOptions extends ClientOptions {
  /** How the client authenticates: with the method that it is registered for. @default none() */
  auth?: ClientAuth | undefined;
}

/** Scopes of OpenID Connect, which an editor proposes; every other one is accepted. */
export type Scope = "openid" | "offline_access" | "profile" | "email" | (string & {});

/** The requested scopes and audiences. */
export interface GrantOptions {
  /** Scopes, as a list or separated by spaces. An empty list is omitted. @default chosen by the server: Hydra grants none */
  scope?: Scope | readonly Scope[] | undefined;
  /** Audiences, as a list or separated by spaces, out of those that the client is registered for. */
  audience?: string | readonly string[] | undefined;
}

/** Requests a token by a grant: the form of RFC 6749, section 4, with `parameters` that the grant adds. */
export function requestToken(
  grantType: string,
  options: ServerOptions & AuthenticatedOptions & GrantOptions,
  parameters?: object,
  server?: Endpoints,
): Promise<TokenResponse> {
  const form = { grant_type: grantType, ...scopeAndAudience(options), ...parameters };
  return postForm<TokenResponse>(TOKEN_ENDPOINT, options, form, ["access_token", "token_type"], server);
}

/**
 * Sends a form with the client's authentication to an endpoint, and returns the JSON of a success response.
 *
 * @param requiredMembers without which a response is not a success: some servers respond to a rejected request with 200
 * @param server its metadata, if it was discovered already
 */
export async function postForm<T>(
  endpoint: Endpoint,
  options: ServerOptions & AuthenticatedOptions,
  fields: object,
  requiredMembers: (string & keyof T)[],
  server: Endpoints = derivedMetadata(endpoint, options),
): Promise<T> {
  const { clientId: client_id, auth = none(), parameters, timeout = DEFAULT_TIMEOUT, signal } = options;
  requireValue(client_id, "clientId");
  requireValue(auth, "auth", "function");
  assertTimeout(timeout);
  assertResponseSize(options.maxResponseSize);
  const { pathname } = new URL(server[endpoint.name] ?? server.issuer);
  return withDeadline(timeout, [signal], `POST ${pathname}`, async (signal) => {
    const metadata = await discover(server, endpoint, options, signal);
    const form = formOf(fields, parameters);
    const headers = requestHeaders(options);
    await auth(metadata, { client_id }, form, headers);
    const url = new URL(metadata[endpoint.name]!);
    const { data, invalid } = await requestJson("POST", url, headers, form, options, signal);
    for (const member of requiredMembers) {
      if (typeof data[member] === "string") continue;
      throw invalid([`${member} is missing`, data.error, data.error_description].filter(Boolean).join(": "));
    }
    return data;
  });
}

/** Returns the parameters `scope` and `audience`; empty ones are omitted. */
export const scopeAndAudience = ({ scope, audience }: GrantOptions): object => ({
  scope: spaceSeparated(scope),
  audience: spaceSeparated(audience),
});

const spaceSeparated = (items: string | readonly string[] | null | undefined): string | undefined =>
  (typeof items === "string" ? items : [...(items ?? [])].join(" ")) || undefined;
