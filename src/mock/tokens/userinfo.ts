import type { Context, Exchange, Routes } from "../context.ts";
import { anyFormBody } from "../http/body.ts";
import { OAuthError } from "../http/oauth-error.ts";
import { json } from "../http/reply.ts";
import { ID_TOKEN_KEYS, sign } from "../keys/signing.ts";
import { accessTokenOf, seconds } from "./issue.ts";

/** Claims of an ID token that say something about the token, not about the person. */
const ABOUT_THE_TOKEN = ["nonce", "at_hash", "c_hash", "exp", "sid", "jti"];

/** The userinfo endpoint, OpenID Connect Core section 5.3. */
export function userinfoRoutes(routes: Routes, context: Context): void {
  routes.public.on(["GET", "POST"], "/userinfo", async (c) => {
    try {
      return await userinfo(context, c);
    } catch (error) {
      if (!(error instanceof OAuthError) || error.status !== 401) throw error;
      const response = error.getResponse();
      const challenge = `Bearer error="${error.code}",error_description="${error.message}"`;
      response.headers.set("www-authenticate", challenge);
      return response;
    }
  });
}

async function userinfo(context: Context, c: Exchange): Promise<Response> {
  const parameters = new URLSearchParams([...(await anyFormBody(c)), ...new URL(c.req.url).searchParams]);
  const { grant, issuedAt } = accessTokenOf(context, c, parameters);
  const { client } = context.state.clients.get(grant.clientId)!;
  const claims = Object.entries(grant.claims ?? {}).filter(([name]) => !ABOUT_THE_TOKEN.includes(name));
  const answer = {
    ...Object.fromEntries(claims),
    aud: [client.client_id],
    iat: seconds(issuedAt),
    iss: `${context.publicUrl}/`,
  };
  if (client.userinfo_signed_response_alg !== "RS256") return json(answer);
  const iat = seconds(context.now());
  const jwt = await sign(context, ID_TOKEN_KEYS, { ...answer, iat, jti: context.random.uuid() });
  return new Response(jwt, { headers: { "content-type": "application/jwt" } });
}
