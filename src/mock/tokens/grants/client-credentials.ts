import type { Context } from "../../context.ts";
import { OAuthError } from "../../http/oauth-error.ts";
import type { StoredClient } from "../../state/state.ts";
import { checkClientAudience, requestedAudience } from "../audience.ts";
import type { Issuance } from "../issue.ts";
import { checkClientScope, requestedScope } from "../scope.ts";
import { requireGrantType } from "./grant-type.ts";

/** RFC 6749 section 4.4. */
export async function clientCredentials(
  context: Context,
  stored: StoredClient,
  form: URLSearchParams,
): Promise<Issuance> {
  const { client } = stored;
  const scope = requestedScope(form);
  const audience = requestedAudience(form);
  checkClientScope(client, scope);
  checkClientAudience(client, audience);
  if (client.token_endpoint_auth_method === "none") {
    throw new OAuthError("invalid_grant", "A public client cannot use the client credentials grant.");
  }
  requireGrantType(stored, "client_credentials");
  const { client_id: clientId } = client;
  const grant = { id: context.random.uuid(), clientId, subject: clientId, scope, audience, ext: {} };
  return { grant, kind: "client_credentials" };
}
