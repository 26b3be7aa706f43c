import { subjectTypesOf } from "./clients/validation.ts";
import type { Context, Routes } from "./context.ts";
import { json } from "./http/reply.ts";

/** Discovery (RFC 8414 and OpenID Connect), health and version. */
export function serverMetadataRoutes(routes: Routes, context: Context): void {
  routes.public.get("/.well-known/openid-configuration", () => json(serverMetadata(context)));
  if (context.has("authorizationServerMetadata"))
    routes.public.get("/.well-known/oauth-authorization-server", () => json(serverMetadata(context)));
  for (const [router, prefix] of [
    [routes.public, ""],
    [routes.admin, "/admin"],
  ] as const) {
    router.get(`${prefix}/health/alive`, () => json({ status: "ok" }));
    router.get(`${prefix}/health/ready`, () => json({ status: "ok" }));
  }
  routes.admin.get("/admin/version", () => json({ version: versionName(context) }));
}

/** The name of the version, as a build of it reports. */
function versionName({ version }: Context): string {
  return version === "master" ? version : `v${version}.0`;
}

function serverMetadata(context: Context): unknown {
  const { publicUrl: url, issuer, clientRegistrationUrl } = context;
  return {
    issuer,
    authorization_endpoint: `${url}/oauth2/auth`,
    token_endpoint: `${url}/oauth2/token`,
    ...(context.has("deviceFlow") && { device_authorization_endpoint: `${url}/oauth2/device/auth` }),
    ...(clientRegistrationUrl !== undefined && { registration_endpoint: clientRegistrationUrl }),
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
      ...(context.has("deviceFlow") ? ["urn:ietf:params:oauth:grant-type:device_code"] : []),
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
    subject_types_supported: subjectTypesOf(context, context.accessTokenStrategy),
    token_endpoint_auth_methods_supported: ["client_secret_post", "client_secret_basic", "private_key_jwt", "none"],
    userinfo_signed_response_alg: ["RS256"],
    userinfo_signing_alg_values_supported: ["none", "RS256"],
  };
}
