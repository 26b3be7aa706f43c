import { base64url } from "jose";
import { parseDuration } from "../clients/duration.ts";
import type { Context, Exchange } from "../context.ts";
import { OAuthError } from "../http/oauth-error.ts";
import { ACCESS_TOKEN_KEYS, ID_TOKEN_KEYS, sign } from "../keys/signing.ts";
import type { StoredClient } from "../state/state.ts";
import type { Grant, Token } from "../state/token-table.ts";
import { uncoveredScope } from "./scope.ts";

const HOUR = 3600_000;
const DEFAULT_LIFESPAN = { access_token: HOUR, id_token: HOUR, refresh_token: 720 * HOUR };
export const CODE_LIFESPAN: number = HOUR / 6;
export const NONCE_LIFESPAN: number = HOUR;
/** The length of a `state` or a `nonce` from which on it cannot be guessed. */
export const MIN_ENTROPY: number = 8;
const CREDENTIAL_SCOPE = "userinfo_credential_draft_00";

/** How the client's own lifespans are named: `<kind>_grant_<token>_lifespan`. */
export type GrantKind =
  | "authorization_code"
  | "client_credentials"
  | "device_authorization"
  | "implicit"
  | "jwt_bearer"
  | "refresh_token";

/** The token response, RFC 6749 section 5.1. */
export interface TokenResponse {
  access_token: string;
  expires_in: number;
  scope: string;
  token_type: "bearer";
  refresh_token?: string;
  id_token?: string;
  c_nonce_draft_00?: string;
  c_nonce_expires_in_draft_00?: number;
}

/**
 * Makes the tokens of a grant: a refresh token where offline access was granted and the client may refresh, an ID token
 * where `openid` was granted by a person.
 *
 * @param redeem Uses up what is redeemed, or throws where it is used up already. Signing takes a moment in which
 * another request may come; from `redeem` on nothing can come in between.
 */
export async function issueTokens(
  context: Context,
  { client }: StoredClient,
  grant: Grant,
  kind: GrantKind,
  redeem: () => void = () => {},
): Promise<TokenResponse> {
  const now = context.now();
  const lifespan = lifespanOf(client, kind, "access_token");
  const access = await accessToken(context, client, grant, now + lifespan);
  const response: TokenResponse = {
    access_token: access.value,
    expires_in: Math.floor(lifespan / 1000),
    scope: grant.scope.join(" "),
    token_type: "bearer",
  };
  if (grant.claims && grant.scope.includes("openid")) {
    const at_hash = await leftHash(access.value);
    response.id_token = await idToken(context, client, grant, kind, { at_hash });
  }

  redeem();
  const { tokens, nonces } = context.state;
  tokens.set(access.value, access);
  if (canRefresh(client, grant, kind)) {
    const value = context.random.opaque("rt");
    const expiresAt = now + lifespanOf(client, kind, "refresh_token");
    tokens.set(value, { use: "refresh_token", value, grant, issuedAt: now, expiresAt });
    response.refresh_token = value;
  }
  if (grant.scope.includes("openid") && grant.scope.includes(CREDENTIAL_SCOPE)) {
    const nonce = context.random.token();
    nonces.set(nonce, { accessToken: access.value, expiresAt: now + NONCE_LIFESPAN });
    response.c_nonce_draft_00 = nonce;
    response.c_nonce_expires_in_draft_00 = NONCE_LIFESPAN / 1000;
  }
  return response;
}

/** An ID token for what the grant says about the person. */
export async function idToken(
  context: Context,
  client: StoredClient["client"],
  grant: Grant,
  kind: GrantKind,
  hashes: { at_hash?: string; c_hash?: string },
): Promise<string> {
  const nonce = grant.claims?.["nonce"];
  if (typeof nonce === "string" && nonce.length < MIN_ENTROPY) {
    throw new OAuthError("insufficient_entropy", `The parameter 'nonce' must have at least ${MIN_ENTROPY} characters.`);
  }
  const now = context.now();
  return sign(context, ID_TOKEN_KEYS, {
    ...grant.claims,
    ...hashes,
    iss: `${context.publicUrl}/`,
    aud: [client.client_id],
    exp: seconds(now + lifespanOf(client, kind, "id_token")),
    iat: seconds(now),
    jti: context.random.uuid(),
  });
}

/** Keeps a code or a refresh token that was redeemed for as long as a new one lives, to notice a second use. */
export function markUsed(context: Context, token: Token): void {
  token.used = true;
  token.expiresAt = Math.max(token.expiresAt, context.now() + DEFAULT_LIFESPAN.refresh_token);
}

/** The living access or refresh token of this value, whose client still exists. */
export function findToken(context: Context, value: string): Token | undefined {
  const token = context.state.tokens.get(value);
  if (!token || token.used || token.use === "authorization_code") return undefined;
  return context.state.clients.has(token.grant.clientId) ? token : undefined;
}

/** What a request brings as its token: in the `authorization` header, or as the parameter `access_token`. */
export function bearerToken(authorization: string | undefined, parameters: URLSearchParams): string {
  const [, bearer] = /^bearer (.*)$/is.exec(authorization ?? "") ?? [];
  return bearer ?? parameters.get("access_token") ?? "";
}

/**
 * The access token of the request.
 *
 * @throws OAuthError `request_unauthorized` where there is none that lives.
 */
export function accessTokenOf(context: Context, c: Exchange, parameters: URLSearchParams): Token {
  const token = findToken(context, bearerToken(c.req.header("authorization"), parameters));
  if (!token) throw new OAuthError("request_unauthorized", "The access token is missing, expired or not valid.");
  if (token.use !== "access_token") {
    throw new OAuthError("invalid_token", "Only access tokens are allowed in the authorization header.");
  }
  return token;
}

/** Whether all `scopes` were granted. */
export function grants({ grant }: Token, scopes: readonly string[]): boolean {
  return uncoveredScope(grant.scope, scopes) === undefined;
}

/** Seconds since the epoch, as tokens count. */
export function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}

/** The left half of the SHA-256 of a token or code, OpenID Connect Core section 3.1.3.6. */
export async function leftHash(value: string): Promise<string> {
  return base64url.encode((await sha256(value)).subarray(0, 16));
}

export async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}

/** Milliseconds: the client's own lifespan for this grant and token, or else the server's. */
function lifespanOf(client: StoredClient["client"], kind: GrantKind, token: keyof typeof DEFAULT_LIFESPAN): number {
  const own = client[`${kind}_grant_${token}_lifespan` as keyof StoredClient["client"]];
  return (typeof own === "string" ? parseDuration(own) : undefined) ?? DEFAULT_LIFESPAN[token];
}

async function accessToken(
  context: Context,
  client: StoredClient["client"],
  grant: Grant,
  expiresAt: number,
): Promise<Token> {
  const issuedAt = context.now();
  const value =
    client.access_token_strategy === "jwt"
      ? await sign(context, ACCESS_TOKEN_KEYS, {
          aud: grant.audience,
          client_id: client.client_id,
          exp: seconds(expiresAt),
          ext: grant.ext,
          iat: seconds(issuedAt),
          iss: `${context.publicUrl}/`,
          jti: context.random.uuid(),
          nbf: seconds(issuedAt),
          scp: grant.scope,
          sub: grant.subject,
        })
      : context.random.opaque("at");
  return { use: "access_token", value, grant, issuedAt, expiresAt };
}

function canRefresh(client: StoredClient["client"], grant: Grant, kind: GrantKind): boolean {
  if (kind === "client_credentials" || kind === "jwt_bearer" || kind === "implicit") return false;
  if (!client.grant_types?.includes("refresh_token")) return false;
  return grant.scope.includes("offline") || grant.scope.includes("offline_access");
}
