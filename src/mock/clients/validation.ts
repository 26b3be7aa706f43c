import type { HTTPException } from "hono/http-exception";
import type { JsonWebKey } from "../../types.ts";
import type { Context } from "../context.ts";
import { hostnameOf, isHttpUrl, type ParsedUrl, parseRequestUri, parseUrl, portOf } from "../http/parse-url.ts";
import { badRequest, refusal } from "../http/reply.ts";
import type { ClientMetadata } from "./decode-metadata.ts";

/** Refuses members that only an administrator may set. */
export function validateSelfRegistration(ownMetadata: unknown, client: ClientMetadata): void {
  if (ownMetadata !== undefined) throw invalidMetadata("metadata cannot be set in dynamic client registration.");
  if (client.access_token_strategy) throw badRequest("The access token strategy cannot be chosen.");
  if (client.skip_consent) throw refusal(400, "invalid_request", "skip_consent cannot be set.");
  if (client.skip_logout_consent) throw refusal(400, "invalid_request", "skip_logout_consent cannot be set.");
}

/**
 * Returns the metadata as the server stores it.
 *
 * @throws HTTPException with the server's error code for metadata that it does not accept
 */
export async function validateClient(context: Context, client: ClientMetadata): Promise<ClientMetadata> {
  validateKeys(client);
  const checkedUris = [
    ...(context.has("tosUriCheck") ? (["tos_uri"] as const) : []),
    ...(context.has("clientUriChecks") ? (["policy_uri", "logo_uri", "client_uri"] as const) : []),
  ];
  for (const name of checkedUris) {
    if (client[name] && !isHttpUrl(parseRequestUri(client[name])))
      throw invalidMetadata(`${name} must be an http or https URL.`);
  }
  if (client.client_secret && new TextEncoder().encode(client.client_secret).length < 6) {
    throw invalidMetadata("client_secret must be at least 6 characters long.");
  }
  const allowed_cors_origins = client.allowed_cors_origins?.map(validCorsOrigin) ?? [];
  if (client.sector_identifier_uri)
    await validateSectorIdentifier(context, client.sector_identifier_uri, client.redirect_uris ?? []);
  validateChoice(client, "userinfo_signed_response_alg", ["none", "RS256"]);
  const redirectUris = (client.redirect_uris ?? []).map(validRedirectUri);
  validateChoice(client, "subject_type", supportedSubjectTypes(context, client));
  const origins = new Set(redirectUris.map(originOf));
  for (const uri of client.post_logout_redirect_uris ?? []) validatePostLogoutRedirectUri(uri, origins);
  validateChoice(client, "access_token_strategy", ["jwt", "opaque"]);
  return { ...client, allowed_cors_origins };
}

/** The subject types of clients whose access tokens have the given format. */
export function subjectTypesOf({ subjectTypes }: Context, strategy: string): readonly string[] {
  const types = strategy === "jwt" ? subjectTypes.filter((type) => type !== "pairwise") : subjectTypes;
  return types.length > 0 ? types : ["public"];
}

/** Pairwise subjects cannot be kept secret in a JWT, which shows the subject to everyone. */
function supportedSubjectTypes(context: Context, client: ClientMetadata): readonly string[] {
  return subjectTypesOf(context, client.access_token_strategy || context.accessTokenStrategy);
}

function validateChoice(client: ClientMetadata, name: keyof ClientMetadata, values: readonly string[]): void {
  const value = client[name];
  if (value && !values.includes(value as string)) throw invalidMetadata(`${name} must be ${values.join(" or ")}.`);
}

const ASSERTION_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

function validateKeys(client: ClientMetadata): void {
  // `null` is a key set without keys, which is not the same as none.
  const { keys } = (client.jwks ?? {}) as { keys?: JsonWebKey[] | null };
  if (client.token_endpoint_auth_method === "private_key_jwt") {
    if (!client.jwks_uri && keys === undefined) throw invalidMetadata("private_key_jwt needs jwks or jwks_uri.");
    validateChoice(client, "token_endpoint_auth_signing_alg", ASSERTION_ALGORITHMS);
  }
  if (client.jwks_uri && keys !== undefined) throw invalidMetadata("jwks and jwks_uri cannot both be set.");
  if (keys?.some(({ kty }) => kty === "oct")) throw invalidMetadata("jwks must not contain symmetric keys.");
}

function validRedirectUri(uri: string): ParsedUrl {
  if (uri.includes("#")) throw refusal(400, "invalid_redirect_uri", "A redirect URI must not have a fragment.");
  const url = parseRequestUri(uri);
  if (!url) throw refusal(400, "invalid_redirect_uri", "A redirect URI must be an absolute URL.");
  return url;
}

/** Scheme, host and port, as they are written. */
function originOf(url: ParsedUrl): string {
  return JSON.stringify([url.scheme, hostnameOf(url), portOf(url)]);
}

function validatePostLogoutRedirectUri(uri: string, origins: ReadonlySet<string>): void {
  const url = parseRequestUri(uri);
  if (url && origins.has(originOf(url))) return;
  throw invalidMetadata("A post_logout_redirect_uri must share scheme, host and port with a redirect URI.");
}

/** @see https://openid.net/specs/openid-connect-registration-1_0.html#SectorIdentifierValidation */
async function validateSectorIdentifier(
  context: Context,
  location: string,
  redirectUris: readonly string[],
): Promise<void> {
  if (parseUrl(location)?.scheme !== "https") throw invalidMetadata("sector_identifier_uri must be an https URL.");
  let listed: unknown;
  try {
    listed = await (await context.fetch(location)).json();
  } catch {
    throw invalidMetadata("sector_identifier_uri could not be read.");
  }
  const uris = new Set(Array.isArray(listed) ? listed : []);
  if (uris.size === 0 || !redirectUris.every((uri) => uris.has(uri))) {
    throw invalidMetadata("sector_identifier_uri does not list every redirect URI.");
  }
}

/** The origin with its scheme in lower case and without slashes at the end. */
function validCorsOrigin(origin: string): string {
  const url = parseUrl(origin);
  const isOrigin = isHttpUrl(url) && /^\/*$/.test(url.path) && !url.userinfo && !url.query && !url.fragment;
  if (!isOrigin) throw invalidMetadata("An allowed CORS origin must be an http or https origin.");
  return url.opaque ? origin : `${url.scheme}://${url.host}${url.query === undefined ? "" : "?"}`;
}

function invalidMetadata(description: string): HTTPException {
  return refusal(400, "invalid_client_metadata", description);
}
