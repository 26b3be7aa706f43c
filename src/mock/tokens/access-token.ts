import type { Context, Exchange } from "../context.ts";
import { bearerToken } from "../http/authorization-header.ts";
import { OAuthError } from "../http/oauth-error.ts";
import { epochSeconds } from "../http/time.ts";
import { ACCESS_TOKEN_KEYS, sign } from "../keys/signing.ts";
import { findToken, type StoredClient, tokenAtEnd } from "../state/state.ts";
import type { Grant, Token } from "../state/token-table.ts";

/** A new access token, in the format of the client's `access_token_strategy`. The caller stores it. */
export async function createAccessToken(
  context: Context,
  client: StoredClient["client"],
  grant: Grant,
  expiresAt: number,
): Promise<Token> {
  const issuedAt = context.now();
  const strategy = client.access_token_strategy || context.accessTokenStrategy;
  const value =
    strategy === "jwt" ? await signedToken(context, grant, issuedAt, expiresAt) : context.random.opaque("at");
  return { use: "access_token", value, grant, issuedAt, expiresAt };
}

/** The access token that a request authenticates with. @throws OAuthError if there is no valid one. */
export function requireAccessToken(context: Context, c: Exchange, parameters: URLSearchParams): Token {
  const value = bearerToken(c.req.header("authorization"), parameters);
  const token = findToken(context, value);
  if (token?.use === "access_token") return token;
  if (token) throw new OAuthError("error", "Only access tokens are allowed in the authorization header.", 401);
  // The server finds an access token by its end, but cannot decode what stands before it.
  const found = /[^\w-].*(ory_|ey)/s.test(value) ? findToken(context, tokenAtEnd(value)) : undefined;
  if (found?.use === "access_token") {
    const why = "The access token cannot be decoded.";
    if (found.value.startsWith("ory_")) throw new OAuthError("error", why);
    // A text with more parts than a JWT has no signature for the server.
    if (value.split(".").length === 3) throw new OAuthError("invalid_token", why, 400);
  }
  throw new OAuthError("request_unauthorized", "The access token is missing, expired or not valid.");
}

function signedToken(context: Context, grant: Grant, issuedAt: number, expiresAt: number): Promise<string> {
  return sign(context, ACCESS_TOKEN_KEYS, {
    aud: grant.audience,
    client_id: grant.clientId,
    exp: epochSeconds(expiresAt),
    ext: grant.ext,
    iat: epochSeconds(issuedAt),
    iss: context.issuer,
    jti: context.random.uuid(),
    nbf: epochSeconds(issuedAt),
    ...(context.scopeClaim !== "string" && { scp: grant.scope }),
    ...(context.scopeClaim !== "list" && { scope: grant.scope.join(" ") }),
    sub: grant.subject,
  });
}
