import { assertInput } from "../core/validate.ts";
import type { JsonPatch, OAuth2Client } from "../types.ts";

/**
 * Returns the operations that have an effect, if `client` is a client of Hydra 2.3: it ignores the lifespans of the device
 * flow, which it does not have.
 *
 * @throws {@link InvalidInputError} an operation resets another lifespan, which 2.3 ignores as well
 */
export function effectiveOperations(field: string, patch: JsonPatch[], client: OAuth2Client): JsonPatch[] {
  if (!isOfHydra23(client)) return patch;
  const effective = patch.filter(({ path }) => !path.startsWith("/device_authorization_grant_"));
  const reset = effective.find(({ path, value }) => value === null && /^\/\w+_lifespan$/.test(path));
  assertInput(!reset, field, `cannot reset ${reset?.path.slice(1)} on Hydra 2.3: call setOAuth2ClientLifespans`);
  return effective;
}

/** Whether Hydra 2.3 returned the client. Every version returns each lifespan that it has, `null` if it is not set. */
const isOfHydra23 = (client: OAuth2Client): boolean =>
  "created_at" in client &&
  "authorization_code_grant_access_token_lifespan" in client &&
  !("device_authorization_grant_access_token_lifespan" in client);
