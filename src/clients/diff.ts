import type jsonPatch from "fast-json-patch";
import { InvalidInputError } from "../core/errors.ts";
import { assertInput } from "../core/validate.ts";
import type { JsonPatch, OAuth2Client } from "../types.ts";
import { follow, isObject } from "./json-pointer.ts";

/** The fields that only the server sets. */
const SERVER_OWNED = [
  "client_id",
  "client_secret_expires_at",
  "created_at",
  "updated_at",
  "registration_access_token",
  "registration_client_uri",
] as const;

/** The values that Hydra sets for omitted fields, unless they are empty or `null`. */
const DEFAULTS: OAuth2Client = {
  backchannel_logout_session_required: false,
  frontchannel_logout_session_required: false,
  scope: "openid offline_access",
  skip_consent: false,
  subject_type: "public",
  token_endpoint_auth_method: "client_secret_basic",
  userinfo_signed_response_alg: "none",
};

/**
 * Returns the smallest JSON Patch that turns one client into the other, with the three operations that Hydra applies:
 * `add`, `remove`, `replace`. A list, or an object that becomes empty, is replaced entirely if that is shorter. Loads
 * fast-json-patch.
 *
 * Fields that the server sets are ignored: `client_id`, `created_at`, `updated_at`, `client_secret_expires_at`,
 * `registration_access_token`, `registration_client_uri`, and `client_secret` unless `after` has another one. Hydra treats
 * a field that is absent, `null`, `""`, `[]`, `{}` or the server's default alike, so these differences are ignored, too.
 *
 * A field that is missing in `after` is removed, which sets it to the server's default: `""` for strings such as `owner` and
 * `client_name`, `[]` for lists such as `redirect_uris`, `{}` for `jwks` and `metadata`, `null` for lifespans and
 * `skip_logout_consent`, `false` for other flags, `openid offline_access` for `scope`, `client_secret_basic` for
 * `token_endpoint_auth_method`, `public` for `subject_type`, `none` for `userinfo_signed_response_alg`.
 *
 * The patch fits a client in the state of `before`. To change a client that others change too, see
 * {@link updateOAuth2Client}.
 *
 * @throws {@link InvalidInputError} `before` or `after` is not a plain object, or cannot be JSON
 *
 * @example
 * ```ts
 * const jsonPatch = await diffOAuth2Client(client, { ...client, owner: "shop" });
 * await api.patchOAuth2Client({ id, jsonPatch });
 * ```
 */
export async function diffOAuth2Client(before: OAuth2Client, after: OAuth2Client): Promise<JsonPatch[]> {
  return difference(comparable("before", before), comparable("after", after));
}

/** Returns the patch between two comparable clients. */
export async function difference(before: OAuth2Client, after: OAuth2Client): Promise<JsonPatch[]> {
  const { compare } = await fastJsonPatch();
  const [from, to] = [structuredClone(before), structuredClone(after)];
  if (!to.client_secret || to.client_secret === from.client_secret) delete to.client_secret;
  delete from.client_secret;
  ignoreDefaults(from, to);
  ignoreDefaults(to, from);
  const patch: JsonPatch[] = [];
  const edits = new Map<string, JsonPatch[]>();
  for (const operation of compare(from, to) as JsonPatch[]) {
    const path = replaceablePath(from, to, operation.path);
    if (path === undefined || path === operation.path) patch.push(operation);
    else edits.set(path, [...(edits.get(path) ?? []), operation]);
  }
  for (const [path, operations] of edits) {
    const whole: JsonPatch[] = [{ op: "replace", path, value: follow(to, path).value }];
    patch.push(...(JSON.stringify(operations).length < JSON.stringify(whole).length ? operations : whole));
  }
  return patch;
}

/** Removes the defaults from `client` that `other` omits. */
function ignoreDefaults(client: OAuth2Client, other: OAuth2Client): void {
  for (const name of Object.keys(DEFAULTS) as (keyof OAuth2Client)[]) {
    if (!(name in other) && client[name] === DEFAULTS[name]) delete client[name];
  }
}

/** Returns the path of the list that `pointer` leads into, or of the object that becomes empty. */
function replaceablePath(from: unknown, to: unknown, pointer: string): string | undefined {
  const tokens = pointer.split("/");
  for (let length = 2; length < tokens.length; length++) {
    const path = tokens.slice(0, length).join("/");
    const { value, other } = follow(from, path, to);
    if (Array.isArray(value) || (isObject(other) && !Object.keys(other).length)) return path;
  }
  return undefined;
}

/**
 * Returns a copy for comparison: as JSON, without the fields that the server sets and without empty ones, but with
 * `metadata`.
 */
export function comparable(field: string, client: OAuth2Client): OAuth2Client {
  assertInput(isPlainObject(client), field, "must be a client");
  const copy = asJson(field, client) as Record<string, unknown>;
  for (const name of SERVER_OWNED) delete copy[name];
  copy["metadata"] ??= {};
  for (const [name, value] of Object.entries(copy)) {
    if (name !== "metadata" && EMPTY.includes(JSON.stringify(value))) delete copy[name];
  }
  return copy;
}

const EMPTY = ["null", '""', "[]", "{}"];

/** Returns a copy of `value` after conversion to JSON. */
export function asJson<T>(field: string, value: T): T {
  try {
    return JSON.parse(JSON.stringify(value));
  } catch (error) {
    throw new InvalidInputError(field, `${field} is not JSON: ${(error as Error).name}`);
  }
}

/** Whether `value` is a plain object, from this realm or another. */
export function isPlainObject(value: unknown): value is object {
  if (!isObject(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return !prototype || !Object.getPrototypeOf(prototype);
}

/** Loads fast-json-patch at its first use. It is CommonJS: only the default export exists in every runtime. */
export const fastJsonPatch = async (): Promise<typeof jsonPatch> => (await import("fast-json-patch")).default;

/** Returns a function that compares two values as JSON. */
export async function jsonEquality(): Promise<(one: unknown, other: unknown) => boolean> {
  const { compare } = await fastJsonPatch();
  return (one, other) => compare([one], [other]).length === 0;
}
