import type { Context, Routes } from "../context.ts";
import { formBody } from "../http/body.ts";
import { OAuthError, withOAuthErrors } from "../http/oauth-error.ts";
import { requireParameters, spaceSeparated } from "../http/parameters.ts";
import { oauthJson } from "../http/reply.ts";
import type { StoredClient } from "../state/state.ts";
import { authenticateClient } from "./client-authentication.ts";
import { authorizationCode } from "./grants/authorization-code.ts";
import { clientCredentials } from "./grants/client-credentials.ts";
import { deviceCode } from "./grants/device-code.ts";
import { DEVICE_CODE_GRANT, JWT_BEARER_GRANT } from "./grants/grant-type.ts";
import { jwtBearer } from "./grants/jwt-bearer.ts";
import { refreshToken } from "./grants/refresh-token.ts";
import { type Issuance, issueTokens } from "./issue.ts";
import { withTokenHook } from "./token-hook.ts";

/**
 * Checks a token request of one grant type, and says what to issue for it.
 *
 * @throws OAuthError for a request that is refused
 */
type GrantHandler = (context: Context, client: StoredClient, form: URLSearchParams) => Promise<Issuance>;

const GRANT_HANDLERS: Record<string, GrantHandler> = {
  authorization_code: authorizationCode,
  client_credentials: clientCredentials,
  refresh_token: refreshToken,
  [DEVICE_CODE_GRANT]: deviceCode,
  [JWT_BEARER_GRANT]: jwtBearer,
};

/** The token endpoint, RFC 6749 section 3.2. */
export function tokenRoutes(routes: Routes, context: Context): void {
  routes.public.post("/oauth2/token", (c) =>
    withOAuthErrors(async () => {
      const form = requireParameters(await formBody(c));
      const grantTypes = spaceSeparated(form.get("grant_type"));
      if (grantTypes.length === 0) throw new OAuthError("invalid_request", "The parameter 'grant_type' is missing.");

      // The server authenticates the client, which uses up an assertion, before it looks at the grant type. Yet of the
      // two errors it reports the one about the grant type.
      const [authentication] = await Promise.allSettled([authenticateClient(context, c, form)]);
      const handler = handlerFor(context, grantTypes);
      if (authentication.status === "rejected") throw authentication.reason;
      const client = authentication.value;

      const issuance = await withTokenHook(context, client, await handler(context, client, form), form);
      return oauthJson(await issueTokens(context, client, issuance));
    }),
  );
}

function handlerFor(context: Context, grantTypes: readonly string[]): GrantHandler {
  const [grantType = "", ...others] = grantTypes;
  const isKnown = grantType !== DEVICE_CODE_GRANT || context.has("deviceFlow");
  if (isKnown && others.length === 0 && Object.hasOwn(GRANT_HANDLERS, grantType)) return GRANT_HANDLERS[grantType]!;
  throw new OAuthError("invalid_request", `The grant type '${grantTypes.join(" ")}' is not supported.`);
}
