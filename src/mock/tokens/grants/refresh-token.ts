import type { Context } from "../../context.ts";
import type { StoredClient } from "../../state/state.ts";
import { checkClientAudience } from "../audience.ts";
import type { Issuance } from "../issue.ts";
import { checkClientScope } from "../scope.ts";
import { findRedeemable, markRedeemed } from "../single-use.ts";
import { requireGrantType } from "./grant-type.ts";

/** RFC 6749 section 6. Refresh tokens rotate: each is good for one use and replaced by the one that it is redeemed for. */
export async function refreshToken(context: Context, stored: StoredClient, form: URLSearchParams): Promise<Issuance> {
  requireGrantType(stored, "refresh_token");
  const token = findRedeemable(context, stored, form.get("refresh_token"), "refresh_token");
  const { grant } = token;
  // The server grants again what was granted before, and ignores the parameter `scope`.
  checkClientScope(stored.client, grant.scope);
  checkClientAudience(stored.client, grant.audience);
  return {
    grant,
    kind: "refresh_token",
    redeem() {
      findRedeemable(context, stored, token.value, "refresh_token");
      markRedeemed(context, token);
      // In a grace period several chains of tokens may live side by side.
      const isAlone = context.refreshTokenGracePeriod === 0 || token.accessToken === undefined;
      if (isAlone) context.state.tokens.deleteOfGrant(grant.id, "access_token");
      else context.state.tokens.delete(token.accessToken!);
    },
  };
}
