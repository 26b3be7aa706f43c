import { asJsonText, assertInput } from "../core/validate.ts";
import type { OAuth2Client } from "../types.ts";
import { normalizeDuration } from "./duration.ts";
import { isNestedDeeper, isObject, isPlainObject } from "./json.ts";
import { normalizeKeys } from "./jwks.ts";

/** The fields that only the server sets. */
export const SERVER_OWNED = [
  "client_id",
  "client_secret_expires_at",
  "created_at",
  "updated_at",
  "registration_access_token",
  "registration_client_uri",
] as const;

type EditableField = Exclude<keyof OAuth2Client, (typeof SERVER_OWNED)[number] | "client_secret">;

/**
 * The fields that a client can change, each with the value that resets it. Not `remove`: Hydra 2.3 ignores the removal of a
 * field, and reads `{}` for `jwks` as no change. It has no value that resets a lifespan.
 */
export const RESET_VALUES: Readonly<Record<EditableField, unknown>> = {
  access_token_strategy: "",
  allowed_cors_origins: [],
  audience: [],
  authorization_code_grant_access_token_lifespan: null,
  authorization_code_grant_id_token_lifespan: null,
  authorization_code_grant_refresh_token_lifespan: null,
  backchannel_logout_session_required: false,
  backchannel_logout_uri: "",
  client_credentials_grant_access_token_lifespan: null,
  client_name: "",
  client_uri: "",
  contacts: [],
  device_authorization_grant_access_token_lifespan: null,
  device_authorization_grant_id_token_lifespan: null,
  device_authorization_grant_refresh_token_lifespan: null,
  frontchannel_logout_session_required: false,
  frontchannel_logout_uri: "",
  grant_types: [],
  implicit_grant_access_token_lifespan: null,
  implicit_grant_id_token_lifespan: null,
  jwks: null,
  jwks_uri: "",
  jwt_bearer_grant_access_token_lifespan: null,
  logo_uri: "",
  metadata: {},
  owner: "",
  policy_uri: "",
  post_logout_redirect_uris: [],
  redirect_uris: [],
  refresh_token_grant_access_token_lifespan: null,
  refresh_token_grant_id_token_lifespan: null,
  refresh_token_grant_refresh_token_lifespan: null,
  request_object_signing_alg: "",
  request_uris: [],
  response_types: [],
  scope: "",
  sector_identifier_uri: "",
  skip_consent: false,
  skip_logout_consent: false,
  subject_type: "",
  token_endpoint_auth_method: "client_secret_basic",
  token_endpoint_auth_signing_alg: "",
  tos_uri: "",
  userinfo_signed_response_alg: "none",
};

/** The fields whose default is a setting of the server, which no client can read. */
export const SERVER_DEFAULTED: readonly string[] = ["scope", "subject_type"] satisfies EditableField[];

/** The number of levels that recursive functions can visit on any stack. */
const MAX_DEPTH = 200;

const EMPTY = ["null", '""', "[]", "{}"];

/**
 * Returns a copy for comparison: as JSON in the form that Hydra returns, without the fields that the server sets and
 * without empty ones, but with `metadata`, to whose members a patch can add.
 *
 * @throws {@link InvalidInputError} `client` is not a plain object, cannot be JSON, or is nested more than 200 levels deep
 */
export function comparable(field: string, client: OAuth2Client): OAuth2Client {
  const text = isPlainObject(client) && asJsonText(field, client);
  const copy: unknown = text && JSON.parse(withReplacements(text));
  assertInput(isObject(copy), field, "must be a client");
  assertInput(!isNestedDeeper(copy, MAX_DEPTH), field, `must not be nested more than ${MAX_DEPTH} levels deep`);
  for (const name of SERVER_OWNED) delete copy[name];
  // Not for null: Hydra would add the member `0` of an object to a list then.
  if (copy["metadata"] === undefined) copy["metadata"] = {};
  for (const [name, value] of Object.entries(copy)) {
    const normalized = normalizeField(name, value);
    if (EMPTY.includes(JSON.stringify(normalized)) && !(name === "metadata" && isObject(value))) delete copy[name];
    else copy[name] = normalized;
  }
  return copy;
}

/**
 * Returns JSON with U+FFFD for each half of a surrogate pair that is alone, as Hydra stores it. JSON.stringify escapes only
 * those. An escaped backslash is no beginning of such an escape.
 */
const withReplacements = (text: string): string =>
  text.replace(/\\\\|\\ud[89a-f][\da-f]{2}/g, (found) => (found === "\\\\" ? found : "\\ufffd"));

/** Returns the value as Hydra returns it. */
function normalizeField(name: string, value: unknown): unknown {
  if (name === "jwks") return normalizeKeys(value);
  if (name === "allowed_cors_origins" && Array.isArray(value)) return value.map(normalizeOrigin);
  if (typeof value !== "string") return value;
  if (name === "access_token_strategy") return value.toLowerCase();
  return name.endsWith("_lifespan") ? normalizeDuration(value) : value;
}

/**
 * Returns an origin as Go formats it: the scheme in lower case, other characters than ASCII escaped, and no slash at the end.
 * Another text is unchanged: Hydra rejects it.
 */
function normalizeOrigin(origin: unknown): unknown {
  const [, scheme = "", host = "", path = ""] = /^(https?:\/\/)([^/?#]+)(.*)$/is.exec(String(origin)) ?? [];
  const [isRoot, query = ""] = /^(?:\/|%2f)*(\?)?#?$/i.exec(path) ?? [];
  if (!scheme || isRoot === undefined) return origin;
  const escaped = host.replace(/[\u0080-\u{10ffff}]+/gu, encodeURIComponent);
  return scheme.toLowerCase() + escaped.replace(/%[\da-f]{2}/gi, (octet) => octet.toUpperCase()) + query;
}
