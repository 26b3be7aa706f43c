import { assertInput } from "../core/validate.ts";
import type { JsonPatch, OAuth2Client } from "../types.ts";

/**
 * Returns the operations that have an effect, if `client` is a client of Hydra 2.3.
 *
 * @throws {@link InvalidInputError} an operation resets a lifespan, which 2.3 ignores
 */
export function effectiveOperations(field: string, patch: JsonPatch[], client: OAuth2Client): JsonPatch[] {
  const known = knownOperations(patch, client);
  const reset = isOfHydra23(client) ? known.find(isLifespanReset) : undefined;
  assertInput(!reset, field, `cannot reset ${reset?.path.slice(1)} on Hydra 2.3: call setOAuth2ClientLifespans`);
  return known;
}

/** Returns the operations on fields that the server of `client` has: Hydra 2.3 has no lifespans of the device flow. */
export const knownOperations = (patch: JsonPatch[], client: OAuth2Client): JsonPatch[] =>
  isOfHydra23(client) ? patch.filter(({ path }) => !path.startsWith("/device_authorization_grant_")) : patch;

const isLifespanReset = ({ path, value }: JsonPatch): boolean => value === null && /^\/\w+_lifespan$/.test(path);

/** Whether Hydra 2.3 returned the client. Every version returns each lifespan that it has, `null` if it is not set. */
export const isOfHydra23 = (client: OAuth2Client): boolean =>
  "created_at" in client &&
  "authorization_code_grant_access_token_lifespan" in client &&
  !("device_authorization_grant_access_token_lifespan" in client);
