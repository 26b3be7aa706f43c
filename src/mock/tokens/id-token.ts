import { base64url } from "jose";
import type { Context } from "../context.ts";
import { OAuthError } from "../http/oauth-error.ts";
import { epochSeconds } from "../http/time.ts";
import { ID_TOKEN_KEYS, sha256, sign } from "../keys/signing.ts";
import type { StoredClient } from "../state/state.ts";
import type { Grant } from "../state/token-table.ts";
import { type GrantKind, lifespanOf } from "./lifespans.ts";

/** The minimum length of `state` and `nonce`: shorter ones could be guessed. */
export const MIN_ENTROPY: number = 8;

/** @throws OAuthError `insufficient_entropy` if there is a nonce, but a short one. */
export function checkNonce(nonce: string): void {
  if (nonce === "" || nonce.length >= MIN_ENTROPY) return;
  throw new OAuthError("insufficient_entropy", `The parameter 'nonce' must have at least ${MIN_ENTROPY} characters.`);
}

/** An ID token with the claims of the grant, OpenID Connect Core section 2. */
export async function createIdToken(
  context: Context,
  client: StoredClient["client"],
  grant: Grant,
  kind: GrantKind,
  hashes: { at_hash?: string; c_hash?: string },
): Promise<string> {
  checkNonce(String(grant.claims?.["nonce"] ?? ""));
  const now = context.now();
  const isFirst = kind !== "refresh_token";
  return sign(context, ID_TOKEN_KEYS, {
    ...grant.claims,
    // Only the first ID token says that a class was requested but not reached.
    ...(isFirst && grant.requestsAcr && !grant.claims?.["acr"] && { acr: "0" }),
    ...hashes,
    iss: context.issuer,
    aud: [client.client_id],
    exp: epochSeconds(now + lifespanOf(context, client, kind, "id_token")),
    iat: epochSeconds(now),
    jti: context.random.uuid(),
  });
}

/** The left half of the SHA-256 of a token or code, OpenID Connect Core section 3.1.3.6. */
export async function leftHash(value: string): Promise<string> {
  return base64url.encode((await sha256(value)).subarray(0, 16));
}
