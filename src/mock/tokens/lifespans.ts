import { parseDuration } from "../clients/duration.ts";
import type { Context } from "../context.ts";
import type { StoredClient } from "../state/state.ts";

const HOUR = 3_600_000;

/** The setting for the lifetime of each kind of token. */
const SETTINGS = { access_token: "accessToken", id_token: "idToken", refresh_token: "refreshToken" } as const;

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
  { ttl }: Context,
  client: StoredClient["client"],
  kind: GrantKind,
  token: keyof typeof SETTINGS,
): number {
  const own = client[`${kind}_grant_${token}_lifespan` as keyof StoredClient["client"]];
  return (typeof own === "string" ? parseDuration(own) : undefined) ?? ttl[SETTINGS[token]];
}
