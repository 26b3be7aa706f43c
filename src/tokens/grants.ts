import { requireValue } from "../core/validate.ts";
import type { ClientAuth } from "../types.ts";
import { type AuthenticatedOptions, type GrantOptions, requestToken, type TokenResponse } from "./endpoint.ts";
import type { TokenServer } from "./server.ts";

/** The options of {@link clientCredentials}. */
export type ClientCredentialsOptions = TokenServer & AuthenticatedOptions & GrantOptions & { auth: ClientAuth };

/**
 * Requests a token for the client itself (RFC 6749, section 4.4). To cache it, see {@link tokenSource}.
 *
 * @example
 * ```ts
 * const { access_token } = await clientCredentials({
 *   basePath: "https://slug.projects.oryapis.com",
 *   clientId: process.env.CLIENT_ID!,
 *   auth: clientSecretBasic(process.env.CLIENT_SECRET!),
 *   scope: ["read", "write"],
 * });
 * ```
 * @throws {@link ResponseError} `invalid_client` (401): the secret or the assertion is wrong, or the client is registered
 * for another method; `invalid_scope` or `invalid_request` (400): the client is not registered for the scope or the audience
 */
export async function clientCredentials(options: ClientCredentialsOptions): Promise<TokenResponse> {
  requireValue(options?.auth, "auth", "function");
  return requestToken("client_credentials", options);
}

/** The options of {@link refreshToken}. */
export type RefreshTokenOptions = TokenServer &
  AuthenticatedOptions &
  GrantOptions & {
    /**
     * The refresh token. Hydra returns another with each response; using one twice revokes all tokens that were issued from
     * it.
     */
    refreshToken: string;
  };

/**
 * Requests a new access token with a refresh token (RFC 6749, section 6).
 *
 * @throws {@link ResponseError} `invalid_grant` (400): the refresh token is used, revoked or expired
 *
 * @example
 * ```ts
 * const tokens = await refreshToken({ basePath, clientId, auth, refreshToken: first });
 * ```
 */
export async function refreshToken(options: RefreshTokenOptions): Promise<TokenResponse> {
  requireValue(options?.refreshToken, "refreshToken");
  return requestToken("refresh_token", options, { refresh_token: options.refreshToken });
}

/** The options of {@link exchangeCode}. */
export type ExchangeCodeOptions = TokenServer &
  AuthenticatedOptions & {
    /** The code that the redirect URI received. It can be used once, even if the call fails. */
    code: string;
    /** The verifier that {@link authorizationUrl} returned. */
    codeVerifier?: string | undefined;
    /** The redirect URI of the authorization request. */
    redirectUri?: string | undefined;
  };

/**
 * Exchanges a code for tokens (RFC 6749, section 4.1.3; RFC 7636, section 4.5). The caller must verify `state` and `iss` of
 * the callback, and the ID token; openid-client verifies them.
 *
 * @throws {@link ResponseError} `invalid_grant` (400): the code is used or expired, or the verifier or the redirect URI does
 * not belong to it
 *
 * @example
 * ```ts
 * async function callback(url: URL, login: { codeVerifier: string; state: string }) {
 *   if (url.searchParams.get("state") !== login.state) throw new Error("The login was begun elsewhere.");
 *   const code = url.searchParams.get("code")!;
 *   const redirectUri = "https://app.example.com/callback";
 *   return exchangeCode({ basePath, clientId, auth, code, redirectUri, codeVerifier: login.codeVerifier });
 * }
 * ```
 */
export async function exchangeCode(options: ExchangeCodeOptions): Promise<TokenResponse> {
  requireValue(options?.code, "code");
  const { code, codeVerifier, redirectUri } = options;
  return requestToken("authorization_code", options, { code, code_verifier: codeVerifier, redirect_uri: redirectUri });
}

/** The options of {@link jwtBearer}. */
export type JwtBearerOptions = TokenServer &
  AuthenticatedOptions &
  GrantOptions & {
    /** A JWT of an issuer that the server trusts; see `OAuth2Api.trustOAuth2JwtGrantIssuer`. */
    assertion: string;
  };

/**
 * Requests a token with the assertion of a trusted issuer (RFC 7523, section 2.1).
 *
 * @throws {@link ResponseError} `invalid_grant` (400): the issuer or the subject is not trusted, or the assertion is expired
 * or used
 *
 * @example
 * ```ts
 * const { access_token } = await jwtBearer({ basePath, clientId, auth, assertion: jwt, scope: "deploy" });
 * ```
 */
export async function jwtBearer(options: JwtBearerOptions): Promise<TokenResponse> {
  requireValue(options?.assertion, "assertion");
  return requestToken("urn:ietf:params:oauth:grant-type:jwt-bearer", options, { assertion: options.assertion });
}
