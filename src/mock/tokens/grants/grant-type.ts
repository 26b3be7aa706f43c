import { OAuthError } from "../../http/oauth-error.ts";
import { includesInAnyCase } from "../../http/parameters.ts";
import type { StoredClient } from "../../state/state.ts";

export const DEVICE_CODE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";
export const JWT_BEARER_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/** Whether the client is registered for the grant type. */
export function mayUseGrantType(client: StoredClient["client"], grantType: string): boolean {
  const registered = client.grant_types?.length ? client.grant_types : ["authorization_code"];
  return includesInAnyCase(registered, grantType);
}

/** @throws OAuthError `unauthorized_client` unless the client is registered for the grant type. */
export function requireGrantType({ client }: StoredClient, grantType: string): void {
  if (!mayUseGrantType(client, grantType)) {
    throw new OAuthError("unauthorized_client", `The client is not allowed to use the grant type '${grantType}'.`);
  }
}
