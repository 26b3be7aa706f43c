import type { HTTPException } from "hono/http-exception";
import type { JsonWebKey } from "../../types.ts";
import type { Context } from "../context.ts";
import { badRequest, refusal } from "../http/reply.ts";
import { validateKey } from "../keys/jwk.ts";
import type { ClientMetadata } from "./decode-metadata.ts";

/** Refuses members that only an administrator may set. */
export function validateSelfRegistration(body: Record<string, unknown>, client: ClientMetadata): void {
  if ("metadata" in body) throw invalidMetadata("metadata cannot be set in dynamic client registration.");
  if (client.access_token_strategy) throw badRequest("The access token strategy cannot be chosen.");
  if (client.skip_consent) throw refusal(400, "invalid_request", "skip_consent cannot be set.");
  if (client.skip_logout_consent) throw refusal(400, "invalid_request", "skip_logout_consent cannot be set.");
}

/** Refuses metadata that the server does not accept. @throws HTTPException with the server's error code. */
export async function validateClient(context: Context, client: ClientMetadata): Promise<void> {
  await validateKeys(client);
  for (const name of ["tos_uri", "policy_uri", "logo_uri", "client_uri"] as const) {
    if (client[name] && !isHttpUrl(parseRequestUri(client[name])))
      throw invalidMetadata(`${name} must be an http or https URL.`);
  }
  if (client.client_secret && new TextEncoder().encode(client.client_secret).length < 6) {
    throw invalidMetadata("client_secret must be at least 6 characters long.");
  }
  for (const origin of client.allowed_cors_origins ?? []) validateCorsOrigin(origin);
  if (client.sector_identifier_uri)
    await validateSectorIdentifier(context, client.sector_identifier_uri, client.redirect_uris ?? []);
  validateChoice(client, "userinfo_signed_response_alg", ["none", "RS256"]);
  validateRedirectUris(client);
  validateChoice(client, "subject_type", ["public", "pairwise"]);
  validateChoice(client, "access_token_strategy", ["jwt", "opaque"]);
}

function validateChoice(client: ClientMetadata, name: keyof ClientMetadata, values: readonly string[]): void {
  const value = client[name];
  if (value && !values.includes(value as string)) throw invalidMetadata(`${name} must be ${values.join(" or ")}.`);
}

const ASSERTION_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

async function validateKeys(client: ClientMetadata): Promise<void> {
  const keys = (client.jwks as { keys?: JsonWebKey[] } | undefined)?.keys;
  if (client.token_endpoint_auth_method === "private_key_jwt") {
    if (!client.jwks_uri && !keys) throw invalidMetadata("private_key_jwt needs jwks or jwks_uri.");
    validateChoice(client, "token_endpoint_auth_signing_alg", ASSERTION_ALGORITHMS);
  }
  if (client.jwks_uri && keys) throw invalidMetadata("jwks and jwks_uri cannot both be set.");
  for (const key of keys ?? []) await validateKey(key);
}

function validateRedirectUris(client: ClientMetadata): void {
  const origins = new Set<string>();
  for (const uri of client.redirect_uris ?? []) {
    if (uri.includes("#")) throw refusal(400, "invalid_redirect_uri", "A redirect URI must not have a fragment.");
    const url = parseRequestUri(uri);
    if (!url) throw refusal(400, "invalid_redirect_uri", "A redirect URI must be an absolute URL.");
    origins.add(`${url.protocol}//${url.host}`);
  }
  for (const uri of client.post_logout_redirect_uris ?? []) {
    const url = parseRequestUri(uri);
    if (!url || !origins.has(`${url.protocol}//${url.host}`)) {
      throw invalidMetadata("A post_logout_redirect_uri must share scheme, host and port with a redirect URI.");
    }
  }
}

/** @see https://openid.net/specs/openid-connect-registration-1_0.html#SectorIdentifierValidation */
async function validateSectorIdentifier(
  context: Context,
  location: string,
  redirectUris: readonly string[],
): Promise<void> {
  if (parseRequestUri(location)?.protocol !== "https:")
    throw invalidMetadata("sector_identifier_uri must be an https URL.");
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

function validateCorsOrigin(origin: string): void {
  const url = parseRequestUri(origin);
  const isOrigin = isHttpUrl(url) && url.pathname === "/" && !url.username && !url.password && !url.search && !url.hash;
  if (!isOrigin) throw invalidMetadata("An allowed CORS origin must be an http or https origin.");
}

function isHttpUrl(url: URL | undefined): url is URL {
  return url?.protocol === "https:" || url?.protocol === "http:";
}

/** Parses an absolute URL or an absolute path, as in the first line of an HTTP request; `undefined` for other texts. */
function parseRequestUri(text: string): URL | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  if (/[\0-\x1f\x7f]/.test(text)) return undefined;
  try {
    return text.startsWith("/") ? new URL(`path:${text}`) : new URL(text);
  } catch {
    return undefined;
  }
}

function invalidMetadata(description: string): HTTPException {
  return refusal(400, "invalid_client_metadata", description);
}
