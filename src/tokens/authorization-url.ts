import { base64url, randomText } from "../core/base64url.ts";
import { formOf } from "../core/form.ts";
import { assertInput, requireValue } from "../core/validate.ts";
import { type ClientOptions, type GrantOptions, scopeAndAudience } from "./endpoint.ts";
import { discoverServer, type Endpoint, type Server } from "./server.ts";

const AUTHORIZATION_ENDPOINT: Endpoint = { name: "authorization_endpoint", path: "/oauth2/auth" };

/** The options of {@link authorizationUrl}. */
export type AuthorizationUrlOptions = Server &
  ClientOptions &
  GrantOptions & {
    /** Where the server sends the browser afterwards: exactly one of the client's `redirect_uris`. */
    redirectUri: string;
    /** 43 to 128 letters, digits and `-._~` (RFC 7636, section 4.1). @default a random one */
    codeVerifier?: string | undefined;
    /** Returned to the callback. Hydra requires 8 characters or more. @default a random one */
    state?: string | undefined;
    /** Returned in the ID token. Hydra requires 8 characters or more. @default a random one */
    nonce?: string | undefined;
  };

/** The result of {@link authorizationUrl}. */
export interface AuthorizationUrl {
  /** Where to send the browser. */
  url: string;
  /** Store it in the user's session, for {@link exchangeCode}. A secret. */
  codeVerifier: string;
  /** Store it in the user's session: the callback must contain the same value. */
  state: string;
  /** Store it in the user's session: the ID token must contain the same value. */
  nonce: string;
}

/**
 * Returns the URL that begins a login: the authorization code flow with PKCE and `S256` (RFC 6749, section 4.1.1; RFC 7636).
 *
 * @example
 * ```ts
 * const { url, ...login } = await authorizationUrl({
 *   basePath: "https://slug.projects.oryapis.com",
 *   clientId: process.env.CLIENT_ID!,
 *   redirectUri: "https://app.example.com/callback",
 *   scope: "openid offline_access",
 * });
 * ```
 */
export async function authorizationUrl(options: AuthorizationUrlOptions): Promise<AuthorizationUrl> {
  requireValue(options?.clientId, "clientId");
  requireValue(options.redirectUri, "redirectUri");
  const codeVerifier = options.codeVerifier ?? randomText();
  assertInput(/^[\w.~-]{43,128}$/.test(codeVerifier), "codeVerifier", "must be 43 to 128 letters, digits and -._~");
  const server = await discoverServer(AUTHORIZATION_ENDPOINT, options);
  const challenge = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(codeVerifier));
  const fields = {
    response_type: "code",
    client_id: options.clientId,
    redirect_uri: options.redirectUri,
    ...scopeAndAudience(options),
    state: options.state || randomText(),
    nonce: options.nonce || randomText(),
    code_challenge: base64url(new Uint8Array(challenge)),
    code_challenge_method: "S256",
  };
  const query = formOf(fields, options.parameters);
  const url = new URL(server.authorization_endpoint!);
  const names = new Set(query.keys());
  const others = [...url.searchParams].filter(([name]) => !names.has(name));
  url.search = `${new URLSearchParams([...others, ...query])}`;
  return { url: url.href, codeVerifier, state: query.get("state")!, nonce: query.get("nonce")! };
}
