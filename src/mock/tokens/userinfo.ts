import type { Context, Exchange, Routes } from "../context.ts";
import { OAuthError } from "../http/oauth-error.ts";
import { formAndQuery } from "../http/parameters.ts";
import { json } from "../http/reply.ts";
import { epochSeconds } from "../http/time.ts";
import { ID_TOKEN_KEYS, sign } from "../keys/signing.ts";
import { requireAccessToken } from "./access-token.ts";

/** Claims of an ID token that describe the token, not the person. */
const TOKEN_CLAIMS = ["nonce", "at_hash", "c_hash", "exp", "sid", "jti"];

/** The userinfo endpoint, OpenID Connect Core section 5.3. */
export function userinfoRoutes(routes: Routes, context: Context): void {
  routes.public.on(["GET", "POST"], "/userinfo", async (c) => {
    try {
      return await userinfo(context, c);
    } catch (error) {
      if (!(error instanceof OAuthError) || error.status !== 401) throw error;
      const response = error.getResponse();
      const code = error.code === "error" ? "invalid_token" : error.code;
      const challenge = `Bearer error="${code}",error_description="${error.message}"`;
      response.headers.set("www-authenticate", challenge);
      return response;
    }
  });
}

async function userinfo(context: Context, c: Exchange): Promise<Response> {
  const { grant, issuedAt } = requireAccessToken(context, c, await formAndQuery(c));
  const { client } = context.state.clients.get(grant.clientId)!;
  const claims = Object.entries(grant.claims ?? {}).filter(([name]) => !TOKEN_CLAIMS.includes(name));
  const answer = {
    ...Object.fromEntries(claims),
    aud: [client.client_id],
    iat: epochSeconds(issuedAt),
    iss: context.issuer,
  };
  if (client.userinfo_signed_response_alg !== "RS256") return json(answer);
  const iat = epochSeconds(context.now());
  const jwt = await sign(context, ID_TOKEN_KEYS, { ...answer, iat, jti: context.random.uuid() });
  return new Response(jwt, { headers: { "content-type": "application/jwt" } });
}
