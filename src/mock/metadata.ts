import type { Context, Exchange, Routes } from "./context.ts";
import { json, redirect } from "./http/reply.ts";

export function metadataRoutes(routes: Routes, context: Context): void {
  routes.public.get("/.well-known/openid-configuration", () => json(discovery(context.publicUrl)));
  routes.public.get("/.well-known/oauth-authorization-server", () => json(discovery(context.publicUrl)));
  for (const [router, prefix] of [
    [routes.public, ""],
    [routes.admin, "/admin"],
  ] as const) {
    router.get(`${prefix}/health/alive`, () => json({ status: "ok" }));
    router.get(`${prefix}/health/ready`, () => json({ status: "ok" }));
  }
  routes.admin.get("/admin/version", () => json({ version: "master" }));
}

const LOST = "The route that was asked for does not exist. Check the path, the domain and the port.";

/** The answer where no route matches. Its form follows the `Accept` header, and HTML is the server's favourite. */
export function unknownRoute(c: Exchange): Response {
  const { pathname, search } = new URL(c.req.url);
  if (pathname.includes("//") && !c.req.path.startsWith("/admin"))
    return redirect(pathname.replace(/\/+/g, "/") + search, 307);
  const type = negotiate(c.req.header("accept") ?? "*/*", ["text/html", "text/plain", "application/json"]);
  const bodies: Record<string, string> = {
    "text/html": `<!DOCTYPE html>\n<title>404 - Not Found</title>\n<h1>Not Found</h1>\n<p>${LOST}</p>\n`,
    "text/plain": `Error 404 - ${LOST}`,
    "application/json": JSON.stringify({ error: { code: 404, message: "Not Found", reason: LOST } }),
  };
  return new Response(bodies[type], { status: 404, headers: { "content-type": `${type}; charset=utf-8` } });
}

/** The offer that `accept` prefers: the higher quality, then the more exact range, then the earlier offer. */
function negotiate(accept: string, offers: string[]): string {
  const ranges = accept.split(",").map((range) => {
    const [type = "", ...parameters] = range.split(";").map((part) => part.trim());
    const quality = parameters.find((one) => one.startsWith("q="));
    return { type, quality: quality ? Number(quality.slice(2)) : 1 };
  });
  let best = { offer: offers[0]!, quality: 0, exactness: 0 };
  for (const offer of offers) {
    for (const { type, quality } of ranges) {
      const exactness = type === offer ? 3 : type === `${offer.split("/")[0]}/*` ? 2 : type === "*/*" ? 1 : 0;
      const better = quality > best.quality || (quality === best.quality && exactness > best.exactness);
      if (exactness > 0 && quality > 0 && better) best = { offer, quality, exactness };
    }
  }
  return best.offer;
}

function discovery(url: string): unknown {
  return {
    issuer: `${url}/`,
    authorization_endpoint: `${url}/oauth2/auth`,
    token_endpoint: `${url}/oauth2/token`,
    device_authorization_endpoint: `${url}/oauth2/device/auth`,
    userinfo_endpoint: `${url}/userinfo`,
    revocation_endpoint: `${url}/oauth2/revoke`,
    end_session_endpoint: `${url}/oauth2/sessions/logout`,
    jwks_uri: `${url}/.well-known/jwks.json`,
    credentials_endpoint_draft_00: `${url}/credentials`,
    credentials_supported_draft_00: [
      {
        format: "jwt_vc_json",
        types: ["VerifiableCredential", "UserInfoCredential"],
        cryptographic_binding_methods_supported: ["jwk"],
        cryptographic_suites_supported: [
          ...["PS256", "RS256", "ES256", "PS384", "RS384", "ES384", "PS512", "RS512", "ES512", "EdDSA"],
        ],
      },
    ],
    backchannel_logout_session_supported: true,
    backchannel_logout_supported: true,
    claims_parameter_supported: false,
    claims_supported: ["sub"],
    code_challenge_methods_supported: ["plain", "S256"],
    frontchannel_logout_session_supported: true,
    frontchannel_logout_supported: true,
    grant_types_supported: [
      "authorization_code",
      "implicit",
      "client_credentials",
      "refresh_token",
      "urn:ietf:params:oauth:grant-type:device_code",
    ],
    id_token_signed_response_alg: ["RS256"],
    id_token_signing_alg_values_supported: ["RS256"],
    request_object_signing_alg_values_supported: ["none", "RS256", "ES256"],
    request_parameter_supported: true,
    request_uri_parameter_supported: true,
    require_request_uri_registration: true,
    response_modes_supported: ["query", "fragment", "form_post"],
    response_types_supported: ["code", "code id_token", "id_token", "token id_token", "token", "token id_token code"],
    scopes_supported: ["offline_access", "offline", "openid"],
    subject_types_supported: ["public", "pairwise"],
    token_endpoint_auth_methods_supported: ["client_secret_post", "client_secret_basic", "private_key_jwt", "none"],
    userinfo_signed_response_alg: ["RS256"],
    userinfo_signing_alg_values_supported: ["none", "RS256"],
  };
}
