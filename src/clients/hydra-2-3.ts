import { assertInput } from "../core/validate.ts";
import type { JsonPatch, OAuth2Client } from "../types.ts";
import { RESET_VALUES } from "./client-fields.ts";

/**
 * Returns a patch in the form that has the same effect on Hydra 2.3, if `client` is one of its clients: 2.3 does not know the
 * lifespans of the device flow, and rejects every change to a client that has a `jwks_uri`, unless the patch empties `jwks`.
 *
 * @throws {@link InvalidInputError} the patch resets a lifespan, which 2.3 ignores
 */
export function adaptPatch(field: string, patch: JsonPatch[], client: OAuth2Client): JsonPatch[] {
  if (!isOfHydra23(client)) return patch;
  const applicable = patch.filter(({ path }) => !path.startsWith("/device_authorization_grant_"));
  const lifespan = applicable.find(({ path, value }) => value === null && isLifespan(path))?.path.slice(1);
  assertInput(
    !lifespan,
    field,
    `cannot reset ${lifespan} on Hydra 2.3, which ignores it: call setOAuth2ClientLifespans`,
  );
  const location = applicable.find(({ path }) => path === "/jwks_uri")?.value ?? client.jwks_uri;
  if (!applicable.length || !location || applicable.some(({ path }) => path === "/jwks")) return applicable;
  return [{ op: "replace", path: "/jwks", value: null }, ...applicable];
}

const isLifespan = (path: string): boolean => path.endsWith("_lifespan") && Object.hasOwn(RESET_VALUES, path.slice(1));

/** Whether a client comes from Hydra 2.3. Later versions return all lifespans, `null` for those that are not set. */
const isOfHydra23 = (client: OAuth2Client): boolean =>
  "created_at" in client &&
  "authorization_code_grant_access_token_lifespan" in client &&
  !("device_authorization_grant_access_token_lifespan" in client);
