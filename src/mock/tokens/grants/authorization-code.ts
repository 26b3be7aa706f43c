import type { Context } from "../../context.ts";
import { OAuthError } from "../../http/oauth-error.ts";
import type { StoredClient } from "../../state/state.ts";
import type { Issuance } from "../issue.ts";
import { checkNoChallenge, codeVerifierOf, verifiesChallenge } from "../pkce.ts";
import { findRedeemable, markRedeemed } from "../single-use.ts";
import { requireGrantType } from "./grant-type.ts";

/** RFC 6749 section 4.1.3. */
export async function authorizationCode(
  context: Context,
  stored: StoredClient,
  form: URLSearchParams,
): Promise<Issuance> {
  requireGrantType(stored, "authorization_code");
  const verifier = await codeVerifierOf(form);
  const code = findRedeemable(context, stored, form.get("code"), "authorization_code");
  const { redirectUri, codeChallenge } = code.bound!;
  if (redirectUri !== "" && redirectUri !== form.get("redirect_uri")) {
    throw new OAuthError("invalid_grant", "The 'redirect_uri' differs from the one of the authorization request.");
  }
  if (!verifiesChallenge(verifier, codeChallenge)) {
    // The server forgets the challenge: from now on, the code can only be redeemed without a verifier.
    code.bound = { redirectUri, codeChallenge: "" };
    throw new OAuthError("invalid_grant", "The PKCE code verifier does not match the code challenge.");
  }
  if (codeChallenge === "") checkNoChallenge(context, stored.client);
  return {
    grant: code.grant,
    kind: "authorization_code",
    redeem() {
      findRedeemable(context, stored, code.value, "authorization_code");
      markRedeemed(context, code);
    },
  };
}
