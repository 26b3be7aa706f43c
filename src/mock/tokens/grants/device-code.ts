import type { Context } from "../../context.ts";
import { OAuthError } from "../../http/oauth-error.ts";
import type { StoredClient } from "../../state/state.ts";
import type { Issuance } from "../issue.ts";
import { DEVICE_CODE_GRANT, requireGrantType } from "./grant-type.ts";

/** RFC 8628 section 3.4. */
export async function deviceCode(context: Context, stored: StoredClient, form: URLSearchParams): Promise<Issuance> {
  requireGrantType(stored, DEVICE_CODE_GRANT);
  const { devices } = context.state;
  const code = form.get("device_code") ?? "";
  const device = devices.get(code);
  if (!device) throw unknownCode();
  if (device.endsAt <= context.now()) throw new OAuthError("expired_token", "The device code has expired.");
  if (device.state === "pending") {
    throw new OAuthError("authorization_pending", "The person has not entered the user code and consented yet.");
  }
  if (device.clientId !== stored.client.client_id) {
    throw new OAuthError("invalid_grant", "The device code was issued to another client.");
  }
  return {
    grant: device.state,
    kind: "device_authorization",
    redeem() {
      if (!devices.delete(code)) throw unknownCode();
    },
  };
}

function unknownCode(): OAuthError {
  return new OAuthError("invalid_grant", "The device code is unknown or was used before.");
}
