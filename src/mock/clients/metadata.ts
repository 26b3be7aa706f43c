import type { HTTPException } from "hono/http-exception";
import type { JsonWebKey, OAuth2Client } from "../../types.ts";
import type { Context } from "../context.ts";
import { isObject } from "../http/body.ts";
import { badRequest, refusal } from "../http/reply.ts";
import { checkKey } from "../keys/key-sets.ts";
import { TRAILING_SLASHES } from "../tokens/scope.ts";
import { formatDuration, parseDuration } from "./duration.ts";

/** Lists that are `null` in the answer to a creation or replacement that left them out, and empty afterwards. */
export const NULLABLE_LISTS = ["contacts", "grant_types", "redirect_uris", "response_types"] as const;

const TEXTS = ["client_name", "client_uri", "logo_uri", "owner", "policy_uri", "tos_uri"] as const;

/** Texts, lists and flags that an answer leaves out where they are empty. */
const OPTIONAL_TEXTS = [
  "backchannel_logout_uri",
  "client_secret",
  "frontchannel_logout_uri",
  "jwks_uri",
  "registration_access_token",
  "registration_client_uri",
  "request_object_signing_alg",
  "sector_identifier_uri",
  "token_endpoint_auth_signing_alg",
] as const;
const OPTIONAL_LISTS = ["post_logout_redirect_uris", "request_uris"] as const;
const OPTIONAL_FLAGS = ["backchannel_logout_session_required", "frontchannel_logout_session_required"] as const;

const LIFESPANS = [
  "authorization_code_grant_access_token_lifespan",
  "authorization_code_grant_id_token_lifespan",
  "authorization_code_grant_refresh_token_lifespan",
  "client_credentials_grant_access_token_lifespan",
  "device_authorization_grant_access_token_lifespan",
  "device_authorization_grant_id_token_lifespan",
  "device_authorization_grant_refresh_token_lifespan",
  "implicit_grant_access_token_lifespan",
  "implicit_grant_id_token_lifespan",
  "jwt_bearer_grant_access_token_lifespan",
  "refresh_token_grant_access_token_lifespan",
  "refresh_token_grant_id_token_lifespan",
  "refresh_token_grant_refresh_token_lifespan",
] as const;

/** A client as it came in: every member of the right type, defaults filled in. */
export type ClientMetadata = OAuth2Client & { client_id: string };

type Fields = Record<string, unknown>;

/**
 * Reads client metadata as the server's JSON decoder does: unknown members are dropped, `null` counts as absent.
 * @throws TypeError for a member of the wrong type
 */
export function decodeClient(body: Fields): ClientMetadata {
  const jwks = body["jwks"] ?? {};
  if (!isObject(jwks) || !Array.isArray(jwks["keys"] ?? [])) throw new TypeError("jwks has to have a list of keys");
  const skipLogoutConsent = body["skip_logout_consent"] ?? null;
  if (skipLogoutConsent !== null && typeof skipLogoutConsent !== "boolean") {
    throw new TypeError("skip_logout_consent has to be a boolean");
  }
  return {
    client_id: text(body, "client_id"),
    ...fields(TEXTS, body, text),
    ...fields(NULLABLE_LISTS, body, list),
    scope: text(body, "scope") || "openid offline_access",
    subject_type: text(body, "subject_type") || "public",
    token_endpoint_auth_method: text(body, "token_endpoint_auth_method") || "client_secret_basic",
    userinfo_signed_response_alg: text(body, "userinfo_signed_response_alg") || "none",
    allowed_cors_origins: (list(body, "allowed_cors_origins") ?? []).map((origin) =>
      origin.replace(TRAILING_SLASHES, ""),
    ),
    audience: list(body, "audience") ?? [],
    client_secret_expires_at: 0,
    created_at: time(body, "created_at"),
    jwks: Array.isArray(jwks["keys"]) ? jwks : {},
    metadata: "metadata" in body ? body["metadata"] : {},
    skip_consent: flag(body, "skip_consent"),
    skip_logout_consent: skipLogoutConsent,
    ...decodeLifespans(body),
    ...present({ access_token_strategy: text(body, "access_token_strategy").toLowerCase() }),
    ...present(fields(OPTIONAL_TEXTS, body, text)),
    ...present(fields(OPTIONAL_LISTS, body, list)),
    ...present(fields(OPTIONAL_FLAGS, body, flag)),
  } as unknown as ClientMetadata;
}

/** The thirteen lifespans, `null` where one is left out. */
export function decodeLifespans(body: Fields): Partial<OAuth2Client> {
  return fields(LIFESPANS, body, (_, name) => {
    const value = text(body, name);
    const milliseconds = parseDuration(value);
    if (value !== "" && milliseconds === undefined) throw new TypeError(`${name} has to be a duration such as 1h30m`);
    return body[name] == null ? null : formatDuration(milliseconds ?? 0);
  });
}

/** What self-registration adds to the rules: members that are the administrator's alone. */
export function checkSelfRegistration(body: Fields, client: ClientMetadata): void {
  if ("metadata" in body) throw invalidMetadata("metadata cannot be set in dynamic client registration.");
  if (client.access_token_strategy) throw badRequest("The access token strategy cannot be chosen.");
  if (client.skip_consent) throw refusal(400, "invalid_request", "skip_consent cannot be set.");
  if (client.skip_logout_consent) throw refusal(400, "invalid_request", "skip_logout_consent cannot be set.");
}

/** Throws the refusal of metadata that the server does not take. */
export async function checkClient(context: Context, client: ClientMetadata): Promise<void> {
  await checkKeys(client);
  for (const name of ["tos_uri", "policy_uri", "logo_uri", "client_uri"] as const) {
    if (client[name] && !isHttp(requestUri(client[name])))
      throw invalidMetadata(`${name} has to be an http or https URL.`);
  }
  if (client.client_secret && new TextEncoder().encode(client.client_secret).length < 6) {
    throw invalidMetadata("client_secret has to be at least 6 characters long.");
  }
  for (const origin of client.allowed_cors_origins ?? []) checkCorsOrigin(origin);
  if (client.sector_identifier_uri)
    await checkSector(context, client.sector_identifier_uri, client.redirect_uris ?? []);
  checkOneOf(client, "userinfo_signed_response_alg", ["none", "RS256"]);
  checkRedirects(client);
  checkOneOf(client, "subject_type", ["public", "pairwise"]);
  checkOneOf(client, "access_token_strategy", ["jwt", "opaque"]);
}

function checkOneOf(client: ClientMetadata, name: keyof ClientMetadata, values: readonly string[]): void {
  const value = client[name];
  if (value && !values.includes(value as string)) throw invalidMetadata(`${name} has to be ${values.join(" or ")}.`);
}

const ASSERTION_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

async function checkKeys(client: ClientMetadata): Promise<void> {
  const keys = (client.jwks as { keys?: JsonWebKey[] } | undefined)?.keys;
  if (client.token_endpoint_auth_method === "private_key_jwt") {
    if (!client.jwks_uri && !keys) throw invalidMetadata("private_key_jwt needs jwks or jwks_uri.");
    checkOneOf(client, "token_endpoint_auth_signing_alg", ASSERTION_ALGORITHMS);
  }
  if (client.jwks_uri && keys) throw invalidMetadata("jwks and jwks_uri cannot both be set.");
  for (const key of keys ?? []) await checkKey(key);
}

function checkRedirects(client: ClientMetadata): void {
  const redirects = (client.redirect_uris ?? []).map((uri) => {
    if (uri.includes("#")) throw refusal(400, "invalid_redirect_uri", "A redirect URI cannot have a fragment.");
    const url = requestUri(uri);
    if (!url) throw refusal(400, "invalid_redirect_uri", "A redirect URI is no absolute URL.");
    return `${url.protocol}//${url.host}`;
  });
  const origins = new Set(redirects);
  for (const uri of client.post_logout_redirect_uris ?? []) {
    const url = requestUri(uri);
    if (!url || !origins.has(`${url.protocol}//${url.host}`)) {
      throw invalidMetadata("A post_logout_redirect_uri has to share scheme, host and port with a redirect URI.");
    }
  }
}

/** @see https://openid.net/specs/openid-connect-registration-1_0.html#SectorIdentifierValidation */
async function checkSector(context: Context, location: string, redirectUris: readonly string[]): Promise<void> {
  if (requestUri(location)?.protocol !== "https:")
    throw invalidMetadata("sector_identifier_uri has to be an https URL.");
  let listed: unknown;
  try {
    listed = await (await context.fetch(location)).json();
  } catch {
    throw invalidMetadata("sector_identifier_uri could not be read.");
  }
  const known = new Set(Array.isArray(listed) ? listed : []);
  if (known.size === 0 || !redirectUris.every((uri) => known.has(uri))) {
    throw invalidMetadata("sector_identifier_uri does not list every redirect URI.");
  }
}

function checkCorsOrigin(origin: string): void {
  const url = requestUri(origin);
  const bare = isHttp(url) && url.pathname === "/" && !url.username && !url.password && !url.search && !url.hash;
  if (!bare) throw invalidMetadata("An allowed CORS origin has to be an http or https origin.");
}

function isHttp(url: URL | undefined): url is URL {
  return url?.protocol === "https:" || url?.protocol === "http:";
}

/** An absolute URL or an absolute path, as the first line of an HTTP request takes it. */
function requestUri(text: string): URL | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
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

function text(body: Fields, name: string): string {
  const value = body[name] ?? "";
  if (typeof value !== "string") throw new TypeError(`${name} has to be a string`);
  return value;
}

function list(body: Fields, name: string): string[] | null {
  const value = body[name] ?? null;
  if (value === null) return null;
  if (!Array.isArray(value) || value.some((one) => typeof one !== "string")) {
    throw new TypeError(`${name} has to be a list of strings`);
  }
  return value;
}

function flag(body: Fields, name: string): boolean {
  const value = body[name] ?? false;
  if (typeof value !== "boolean") throw new TypeError(`${name} has to be a boolean`);
  return value;
}

function time(body: Fields, name: string): string {
  const value = text(body, name);
  if (value !== "" && Number.isNaN(Date.parse(value))) throw new TypeError(`${name} has to be an RFC 3339 time`);
  return value;
}

function fields<N extends string, T>(
  names: readonly N[],
  body: Fields,
  read: (body: Fields, name: N) => T,
): Record<N, T> {
  return Object.fromEntries(names.map((name) => [name, read(body, name)])) as Record<N, T>;
}

function present(all: Fields): Fields {
  return Object.fromEntries(
    Object.entries(all).filter(([, value]) => value && (value as string | unknown[]).length !== 0),
  );
}
