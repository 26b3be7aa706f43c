import { parseDuration } from "../clients/duration.ts";
import type { StoredClient } from "../state/state.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Lifespans in milliseconds, unless the client has its own. */
export const DEFAULT_LIFESPANS: Record<"access_token" | "id_token" | "refresh_token", number> = {
  access_token: HOUR,
  id_token: HOUR,
  refresh_token: 720 * HOUR,
};
export const AUTHORIZATION_CODE_LIFESPAN: number = 10 * MINUTE;
export const DEVICE_CODE_LIFESPAN: number = 10 * MINUTE;
/** Of a nonce for the proof of a verifiable credential. */
export const CREDENTIAL_NONCE_LIFESPAN: number = HOUR;
export const CREDENTIAL_LIFESPAN: number = HOUR;
/** The longest time between `iat` and `exp` of an assertion of the jwt-bearer grant. */
export const MAX_ASSERTION_LIFESPAN: number = 720 * HOUR;

/** How a client's own lifespans name the grant: `<kind>_grant_<token>_lifespan`. */
export type GrantKind =
  | "authorization_code"
  | "client_credentials"
  | "device_authorization"
  | "implicit"
  | "jwt_bearer"
  | "refresh_token";

/** Milliseconds that a token of this grant lives: the client's own lifespan, or else the server's. */
export function lifespanOf(
  client: StoredClient["client"],
  kind: GrantKind,
  token: keyof typeof DEFAULT_LIFESPANS,
): number {
  const own = client[`${kind}_grant_${token}_lifespan` as keyof StoredClient["client"]];
  return (typeof own === "string" ? parseDuration(own) : undefined) ?? DEFAULT_LIFESPANS[token];
}
