import type { Context, Routes } from "../context.ts";
import { formBody } from "../http/body.ts";
import { withOAuthErrors } from "../http/oauth-error.ts";
import { requireParameters, spaceSeparated } from "../http/parameters.ts";
import { oauthJson } from "../http/reply.ts";
import { epochSeconds } from "../http/time.ts";
import { findToken } from "../state/state.ts";
import type { Token } from "../state/token-table.ts";
import { coversScope } from "./scope.ts";

/** Token introspection, RFC 7662. */
export function introspectionRoutes(routes: Routes, context: Context): void {
  routes.admin.post("/admin/oauth2/introspect", (c) =>
    withOAuthErrors(async () => {
      const form = requireParameters(await formBody(c));
      const token = findToken(context, form.get("token") ?? "");
      const isActive = token && coversScope(token.grant.scope, spaceSeparated(form.get("scope")));
      if (!isActive) return oauthJson({ active: false });
      // The server does not forbid caching of this answer.
      return oauthJson(activeToken(context, token), 200, {});
    }),
  );
}

function activeToken(context: Context, { grant, use, issuedAt, expiresAt }: Token): Record<string, unknown> {
  const obfuscated = grant.claims && grant.claims.sub !== grant.subject ? grant.claims.sub : undefined;
  return {
    active: true,
    ...(grant.scope.join(" ") && { scope: grant.scope.join(" ") }),
    client_id: grant.clientId,
    sub: grant.subject,
    ...(obfuscated && { obfuscated_subject: obfuscated }),
    // A refresh token that never expires has the time of its issue here.
    exp: epochSeconds(Number.isFinite(expiresAt) ? expiresAt : issuedAt),
    iat: epochSeconds(issuedAt),
    nbf: epochSeconds(issuedAt),
    aud: grant.audience,
    iss: context.issuer,
    token_type: "Bearer",
    token_use: use,
    ...(Object.keys(grant.ext).length > 0 && { ext: grant.ext }),
  };
}
