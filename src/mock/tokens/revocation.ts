import type { Context, Routes } from "../context.ts";
import { formBody } from "../http/body.ts";
import { OAuthError, withOAuthErrors } from "../http/oauth-error.ts";
import { requireParameters } from "../http/parameters.ts";
import { NO_STORE, noContent, refusal } from "../http/reply.ts";
import { tokenAtEnd } from "../state/state.ts";
import { isSpent } from "../state/token-table.ts";
import { authenticateClient } from "./client-authentication.ts";

/** Token revocation, RFC 7009, and the admin API's deletion of a client's access tokens. */
export function revocationRoutes(routes: Routes, context: Context): void {
  routes.public.post("/oauth2/revoke", (c) =>
    withOAuthErrors(async () => {
      try {
        const form = requireParameters(await formBody(c));
        const { client } = await authenticateClient(context, c, form);
        revoke(context, client.client_id, form.get("token") ?? "");
      } catch (error) {
        // The server reports only two errors here. Every other one looks like a success.
        if (!(error instanceof OAuthError) || /^invalid_(request|client)$/.test(error.code)) throw error;
      }
      return new Response(null, { headers: NO_STORE });
    }),
  );

  routes.admin.delete("/admin/oauth2/tokens", (c) => {
    const clientId = c.req.query("client_id");
    if (!clientId) throw refusal(400, "invalid_request", "The query parameter 'client_id' is missing.");
    context.state.tokens.deleteOfClient(clientId, "access_token");
    return noContent();
  });
}

/** Revokes the grant of a token. A token that is unknown, or another client's, is ignored, as RFC 7009 demands. */
function revoke(context: Context, clientId: string, value: string): void {
  const { tokens } = context.state;
  // An expired token still revokes its grant; a refresh token that was rotated does not.
  const token = tokens.peek(tokenAtEnd(value));
  if (!token || token.use === "authorization_code" || isSpent(token, context.now())) return;
  if (token.grant.clientId === clientId) tokens.revokeGrant(token.grant.id);
}
