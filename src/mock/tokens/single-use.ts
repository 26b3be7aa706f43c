import type { Context } from "../context.ts";
import { OAuthError } from "../http/oauth-error.ts";
import type { StoredClient } from "../state/state.ts";
import { isSpent, type Token } from "../state/token-table.ts";

/**
 * The authorization code or refresh token that the client may redeem. Both are good for one use: a second use means
 * that someone has stolen it, and revokes the grant.
 *
 * @throws OAuthError `invalid_grant` if the client may not redeem it
 */
export function findRedeemable(
  context: Context,
  { client }: StoredClient,
  value: string | null,
  use: "authorization_code" | "refresh_token",
): Token {
  const { tokens } = context.state;
  const invalid = (why: string): OAuthError => new OAuthError("invalid_grant", `The ${use.replace("_", " ")} ${why}.`);
  const token = tokens.get(value ?? "");
  if (token?.use !== use) throw invalid("is unknown or has expired");
  if (isSpent(token, context.now())) {
    tokens.revokeGrant(token.grant.id);
    throw invalid("was used before");
  }
  if (token.grant.clientId !== client.client_id) throw invalid("was issued to another client");
  return token;
}

/** Keeps a redeemed code or refresh token for as long as a new refresh token lives, so that a second use is noticed. */
export function markRedeemed(context: Context, token: Token): void {
  const { refreshTokenGracePeriod, ttl } = context;
  token.used = true;
  if (token.use === "refresh_token") token.reusableUntil ??= context.now() + refreshTokenGracePeriod;
  token.expiresAt = Math.max(token.expiresAt, context.now() + ttl.refreshToken);
}
