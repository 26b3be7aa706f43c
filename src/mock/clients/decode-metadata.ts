import type { OAuth2Client } from "../../types.ts";
import type { Exchange } from "../context.ts";
import { objectBody } from "../http/body.ts";
import { isObject } from "../http/json.ts";
import { isStringList } from "../http/parameters.ts";
import { badRequest } from "../http/reply.ts";
import { withoutTrailingSlashes } from "../http/url.ts";
import { formatDuration, parseDuration } from "./duration.ts";

/** Lists that are `null` in the answer to a creation or replacement that omits them, and empty afterwards. */
const NULLABLE_LISTS = ["contacts", "grant_types", "redirect_uris", "response_types"] as const;

const STRINGS = ["client_name", "client_uri", "logo_uri", "owner", "policy_uri", "tos_uri"] as const;

/** Strings, lists and booleans that an answer omits if they are empty. */
const OPTIONAL_STRINGS = [
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
const OPTIONAL_BOOLEANS = ["backchannel_logout_session_required", "frontchannel_logout_session_required"] as const;

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

/** The metadata of a request: every member has the right type, defaults are filled in. */
export type ClientMetadata = OAuth2Client & { client_id: string };

type Fields = Record<string, unknown>;

/**
 * Decodes client metadata as the server does: unknown members are dropped, `null` counts as absent.
 *
 * @throws TypeError for a member of the wrong type
 */
export function decodeClient(body: Fields): ClientMetadata {
  const jwks = body["jwks"] ?? {};
  if (!isObject(jwks) || !Array.isArray(jwks["keys"] ?? [])) throw new TypeError("jwks must have a list of keys");
  const skipLogoutConsent = body["skip_logout_consent"] ?? null;
  if (skipLogoutConsent !== null && typeof skipLogoutConsent !== "boolean") {
    throw new TypeError("skip_logout_consent must be a boolean");
  }
  return {
    client_id: string(body, "client_id"),
    ...fields(STRINGS, body, string),
    ...fields(NULLABLE_LISTS, body, stringList),
    scope: string(body, "scope") || "openid offline_access",
    subject_type: string(body, "subject_type") || "public",
    token_endpoint_auth_method: string(body, "token_endpoint_auth_method") || "client_secret_basic",
    userinfo_signed_response_alg: string(body, "userinfo_signed_response_alg") || "none",
    allowed_cors_origins: (stringList(body, "allowed_cors_origins") ?? []).map(withoutTrailingSlashes),
    audience: stringList(body, "audience") ?? [],
    client_secret_expires_at: 0,
    created_at: time(body, "created_at"),
    jwks: Array.isArray(jwks["keys"]) ? jwks : {},
    metadata: "metadata" in body ? body["metadata"] : {},
    skip_consent: boolean(body, "skip_consent"),
    skip_logout_consent: skipLogoutConsent,
    ...decodeLifespans(body),
    ...withoutEmpty({ access_token_strategy: string(body, "access_token_strategy").toLowerCase() }),
    ...withoutEmpty(fields(OPTIONAL_STRINGS, body, string)),
    ...withoutEmpty(fields(OPTIONAL_LISTS, body, stringList)),
    ...withoutEmpty(fields(OPTIONAL_BOOLEANS, body, boolean)),
  } as unknown as ClientMetadata;
}

/** All thirteen lifespans, `null` for those that `body` omits. */
export function decodeLifespans(body: Fields): Partial<OAuth2Client> {
  return fields(LIFESPANS, body, (_, name) => {
    const value = string(body, name);
    const milliseconds = parseDuration(value);
    if (value !== "" && milliseconds === undefined) throw new TypeError(`${name} must be a duration such as 1h30m`);
    return body[name] == null ? null : formatDuration(milliseconds ?? 0);
  });
}

/** Decodes the JSON body of a request. @throws HTTPException 400 for a member of the wrong type. */
export function decodeBody<T>(c: Exchange, decode: (body: Fields) => T): T {
  const body = objectBody(c);
  try {
    return decode(body);
  } catch (error) {
    throw badRequest(`Unable to decode the request body: ${(error as Error).message}.`);
  }
}

/** The client as the server shows it from now on: with empty lists in the place of `null`. */
export function withEmptyLists(client: ClientMetadata): ClientMetadata {
  const lists = NULLABLE_LISTS.map((name) => [name, client[name] ?? []]);
  return { ...client, ...Object.fromEntries(lists) };
}

function string(body: Fields, name: string): string {
  const value = body[name] ?? "";
  if (typeof value !== "string") throw new TypeError(`${name} must be a string`);
  return value;
}

function stringList(body: Fields, name: string): string[] | null {
  const value = body[name] ?? null;
  if (value === null) return null;
  if (!isStringList(value)) throw new TypeError(`${name} must be a list of strings`);
  return value;
}

function boolean(body: Fields, name: string): boolean {
  const value = body[name] ?? false;
  if (typeof value !== "boolean") throw new TypeError(`${name} must be a boolean`);
  return value;
}

function time(body: Fields, name: string): string {
  const value = string(body, name);
  if (value !== "" && Number.isNaN(Date.parse(value))) throw new TypeError(`${name} must be an RFC 3339 time`);
  return value;
}

function fields<N extends string, T>(
  names: readonly N[],
  body: Fields,
  read: (body: Fields, name: N) => T,
): Record<N, T> {
  return Object.fromEntries(names.map((name) => [name, read(body, name)])) as Record<N, T>;
}

function withoutEmpty(all: Fields): Fields {
  return Object.fromEntries(
    Object.entries(all).filter(([, value]) => value && (value as string | unknown[]).length !== 0),
  );
}
