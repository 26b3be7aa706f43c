import { base64url } from "jose";
import type { Context } from "../context.ts";
import { OAuthError } from "../http/oauth-error.ts";
import { sha256 } from "../keys/signing.ts";
import type { StoredClient } from "../state/state.ts";

/** The S256 code challenge of an authorization request, RFC 7636; empty if it has none. */
export function codeChallengeOf(context: Context, client: StoredClient["client"], parameters: URLSearchParams): string {
  const codeChallenge = parameters.get("code_challenge") ?? "";
  if (codeChallenge === "") checkNoChallenge(context, client);
  if (codeChallenge !== "" && parameters.get("code_challenge_method") !== "S256") {
    throw new OAuthError("invalid_request", "The 'code_challenge_method' must be S256.");
  }
  return codeChallenge;
}

/** @throws OAuthError `invalid_request` if the server demands PKCE of the client. */
export function checkNoChallenge(
  { pkceEnforced, pkceEnforcedForPublicClients }: Context,
  { token_endpoint_auth_method: method }: StoredClient["client"],
): void {
  if (pkceEnforced || (pkceEnforcedForPublicClients && method === "none")) {
    throw new OAuthError("invalid_request", "The client must use PKCE, but the 'code_challenge' is missing.");
  }
}

/** The code verifier of a token request and the challenge that it matches. */
export interface CodeVerifier {
  /** Empty if the request has none. */
  value: string;
  challenge: string;
}

/**
 * Hashes the verifier before the code is looked up: between its look-up and its use no other request may come.
 */
export async function codeVerifierOf(form: URLSearchParams): Promise<CodeVerifier> {
  const value = form.get("code_verifier") ?? "";
  return { value, challenge: base64url.encode(await sha256(value)) };
}

/** Whether a token request may redeem a code with this challenge. Without a challenge it must not have a verifier. */
export function verifiesChallenge(verifier: CodeVerifier, codeChallenge: string): boolean {
  if (codeChallenge === "" && verifier.value === "") return true;
  return /^[\w.~-]{43,128}$/.test(verifier.value) && verifier.challenge === codeChallenge;
}
