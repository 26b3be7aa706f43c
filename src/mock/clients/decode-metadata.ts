import type { OAuth2Client } from "../../types.ts";
import type { Context } from "../context.ts";
import {
  anything,
  boolean,
  type Decoder,
  integer,
  nullableBoolean,
  object,
  text,
  textList,
  time,
} from "../http/decode.ts";
import { rfc3339 } from "../http/time.ts";
import { decodeKeys } from "../keys/jwk.ts";
import { formatDuration, parseDuration } from "./duration.ts";

/** Lists that are `null` in the answer to a request that omits them, and empty afterwards. */
const NULLABLE_LISTS = ["contacts", "grant_types", "redirect_uris", "response_types"] as const;

/** Members that an answer omits if they are empty. */
const OMITTED_IF_EMPTY: ReadonlySet<string> = new Set([
  "access_token_strategy",
  "backchannel_logout_session_required",
  "backchannel_logout_uri",
  "client_secret",
  "frontchannel_logout_session_required",
  "frontchannel_logout_uri",
  "jwks_uri",
  "post_logout_redirect_uris",
  "registration_access_token",
  "registration_client_uri",
  "request_object_signing_alg",
  "request_uris",
  "sector_identifier_uri",
  "token_endpoint_auth_signing_alg",
]);

/** A duration such as `1h30m`, as the server formats it; `null` if it is missing. */
const lifespan: Decoder<string | null> = (value, name) => {
  if ((value ?? null) === null) return null;
  const milliseconds = parseDuration(text(value, name));
  if (milliseconds === undefined) throw new TypeError(`${name} must be a duration such as 1h30m`);
  return formatDuration(milliseconds);
};

const LIFESPANS = {
  authorization_code_grant_access_token_lifespan: lifespan,
  authorization_code_grant_id_token_lifespan: lifespan,
  authorization_code_grant_refresh_token_lifespan: lifespan,
  client_credentials_grant_access_token_lifespan: lifespan,
  device_authorization_grant_access_token_lifespan: lifespan,
  device_authorization_grant_id_token_lifespan: lifespan,
  device_authorization_grant_refresh_token_lifespan: lifespan,
  implicit_grant_access_token_lifespan: lifespan,
  implicit_grant_id_token_lifespan: lifespan,
  jwt_bearer_grant_access_token_lifespan: lifespan,
  refresh_token_grant_access_token_lifespan: lifespan,
  refresh_token_grant_id_token_lifespan: lifespan,
  refresh_token_grant_refresh_token_lifespan: lifespan,
};

const decodeKeySet = object({
  keys: (value: unknown, name: string) => (value === undefined ? undefined : decodeKeys(value, name)),
});

/** In the order in which the server writes them. */
const decodeMembers = object({
  client_id: text,
  client_name: text,
  client_secret: text,
  redirect_uris: textList,
  grant_types: textList,
  response_types: textList,
  scope: text,
  audience: textList,
  owner: text,
  policy_uri: text,
  allowed_cors_origins: textList,
  tos_uri: text,
  client_uri: text,
  logo_uri: text,
  contacts: textList,
  client_secret_expires_at: integer,
  subject_type: text,
  sector_identifier_uri: text,
  jwks_uri: text,
  jwks: decodeKeySet,
  token_endpoint_auth_method: text,
  token_endpoint_auth_signing_alg: text,
  request_uris: textList,
  request_object_signing_alg: text,
  userinfo_signed_response_alg: text,
  created_at: time,
  updated_at: time,
  frontchannel_logout_uri: text,
  frontchannel_logout_session_required: boolean,
  post_logout_redirect_uris: textList,
  backchannel_logout_uri: text,
  backchannel_logout_session_required: boolean,
  metadata: anything,
  registration_access_token: text,
  registration_client_uri: text,
  access_token_strategy: text,
  skip_consent: boolean,
  skip_logout_consent: nullableBoolean,
  ...LIFESPANS,
});

/** The metadata of a request: every member has the right type, defaults are filled in. */
export type ClientMetadata = OAuth2Client & { client_id: string };

/** Decodes client metadata as the server does: unknown members are dropped, `null` counts as absent. */
export function decodeClient(context: Context): Decoder<ClientMetadata> {
  return (value, name) => {
    const members = decodeMembers(value, name);
    const { created_at, jwks } = members;
    const client: Record<string, unknown> = {
      ...members,
      access_token_strategy: members.access_token_strategy.toLowerCase(),
      allowed_cors_origins: members.allowed_cors_origins ?? [],
      audience: members.audience ?? [],
      client_secret_expires_at: 0,
      // The server cannot tell the first moment of its calendar from a time that is missing.
      created_at: created_at === undefined || created_at === FIRST_MOMENT ? "" : rfc3339(created_at),
      jwks: jwks.keys === undefined ? {} : jwks,
      metadata: members.metadata === undefined ? {} : members.metadata,
      scope: members.scope || context.defaultScope.join(" "),
      subject_type: members.subject_type || (context.subjectTypes.includes("public") ? "public" : "pairwise"),
      token_endpoint_auth_method: members.token_endpoint_auth_method || "client_secret_basic",
      userinfo_signed_response_alg: members.userinfo_signed_response_alg || "none",
    };
    const shown: Record<string, unknown> = {};
    for (const name in client) if (!OMITTED_IF_EMPTY.has(name) || !isEmpty(client[name])) shown[name] = client[name];
    return withSupportedLifespans(context, shown) as unknown as ClientMetadata;
  };
}

const FIRST_MOMENT = Date.parse("0001-01-01T00:00:00Z");

const decodeAllLifespans = object(LIFESPANS);

/** All lifespans, `null` for those that the body omits. */
export function decodeLifespans(context: Context): Decoder<Partial<OAuth2Client>> {
  return (value, name) => withSupportedLifespans(context, decodeAllLifespans(value, name)) as Partial<OAuth2Client>;
}

function withSupportedLifespans<T extends object>(context: Context, members: T): T {
  if (context.has("deviceFlow")) return members;
  const supported = Object.entries(members).filter(([name]) => !name.startsWith("device_authorization_grant_"));
  return Object.fromEntries(supported) as T;
}

/** The client as the server shows it from now on: with empty lists in the place of `null`. */
export function withEmptyLists(client: ClientMetadata): ClientMetadata {
  const lists = NULLABLE_LISTS.map((name) => [name, client[name] ?? []]);
  return { ...client, ...Object.fromEntries(lists) };
}

function isEmpty(value: unknown): boolean {
  return !value || (value as string | unknown[]).length === 0;
}
