import type { JsonPatch, OAuth2Client } from "../types.ts";
import { comparable, RESET_VALUES, SERVER_DEFAULTED } from "./client-fields.ts";
import { effectiveOperations } from "./hydra-2-3.ts";
import { isEqual, isObject, isSameKind } from "./json.ts";
import { memberPointer } from "./json-pointer.ts";

/**
 * Returns the smallest JSON Patch that turns one client into the other, with the operations that every version of Hydra
 * applies. A field is reset by its empty value, because Hydra 2.3 ignores the removal of a field. A list, or an object that
 * becomes empty, is replaced entirely if that is shorter.
 *
 * A patch that was applied leaves no difference: compared with the client that the server then returns, `after` gives an
 * empty patch. Therefore the following are not differences:
 *
 * - the fields that the server sets: `client_id`, `created_at`, `updated_at`, `client_secret_expires_at`,
 *   `registration_access_token`, `registration_client_uri`
 * - a field that is absent, `null`, `""`, `[]`, `{}`, or the default that Hydra sets
 * - another form of the same value: Hydra returns the lifespan `90m` as `1h30m0s`, the origin `https://app.example.com/`
 *   without the slash, the strategy `JWT` as `jwt`, and a key without members that it does not store, such as `ext`
 * - a member that this library does not know, unless both clients have it
 *
 * A `client_secret` in `after` is always a difference, unless `before` has the same: Hydra returns it only once.
 *
 * A field that is missing in `after` is reset to the server's default: `""` for strings such as `owner` and `client_name`,
 * `[]` for lists such as `redirect_uris`, `{}` for `jwks` and `metadata`, `null` for lifespans, `false` for flags,
 * `client_secret_basic` for `token_endpoint_auth_method`, `none` for `userinfo_signed_response_alg`. Two fields are left
 * unchanged instead, because their default is a setting of the server: `scope` and `subject_type`. To reset one of them,
 * remove it with `updateOAuth2Client`: `[{ op: "remove", path: "/scope" }]`.
 *
 * The patch fits a client in the state of `before`. To change a client that others change too, see
 * {@link updateOAuth2Client}.
 *
 * @throws {@link InvalidInputError} `before` or `after` is not a plain object, cannot be JSON, or is nested more than 200
 * levels deep; or `before` is a client of Hydra 2.3 and `after` resets a lifespan, which requires
 * `setOAuth2ClientLifespans` there
 *
 * @example
 * ```ts
 * const jsonPatch = await diffOAuth2Client(client, { ...client, owner: "shop" });
 * await api.patchOAuth2Client({ id, jsonPatch });
 * ```
 */
export async function diffOAuth2Client(before: OAuth2Client, after: OAuth2Client): Promise<JsonPatch[]> {
  return effectiveOperations("after", difference(comparable("before", before), comparable("after", after)), before);
}

/**
 * Returns the patch between two comparable clients.
 *
 * @param omitted what happens to fields that `after` omits and whose default is a setting of the server
 */
export function difference(
  before: OAuth2Client,
  after: OAuth2Client,
  omitted: "unchanged" | "reset" = "unchanged",
): JsonPatch[] {
  const from: Members = { ...before };
  const to: Members = { ...after };
  if (to["client_secret"] === from["client_secret"]) delete to["client_secret"];
  delete from["client_secret"];
  const patch: JsonPatch[] = [];
  for (const name of Object.keys(from).filter((name) => !Object.hasOwn(to, name))) {
    const value = resetValueOf(name);
    const isReset = omitted === "reset" || !SERVER_DEFAULTED.includes(name);
    if (value !== undefined && !isEqual(value, from[name]) && isReset)
      patch.push({ op: "replace", path: `/${name}`, value });
    delete from[name];
  }
  for (const name of Object.keys(to).filter((name) => !Object.hasOwn(from, name) && name !== "client_secret")) {
    const value = resetValueOf(name);
    // Hydra returns null for `skip_logout_consent` until it is set, even to its default.
    if (value === undefined || (isEqual(value, to[name]) && name !== "skip_logout_consent")) delete to[name];
  }
  compareShortly(from, to, "", patch);
  return patch;
}

type Members = Record<string, unknown>;

/** Returns the value that resets a field; `undefined` if this library does not know the field. */
const resetValueOf = (name: string): unknown =>
  Object.hasOwn(RESET_VALUES, name) ? RESET_VALUES[name as keyof typeof RESET_VALUES] : undefined;

/** Appends to `patch` the operations that turn one object into another, or one list into another. */
type Compare = (from: Members, to: Members, path: string, patch: JsonPatch[]) => void;

/** Replaces a list, or an object that becomes empty, entirely if that is shorter. */
const compareShortly: Compare = (from, to, path, patch) => {
  if (isObject(from) && Object.keys(to).length) return compareMembers(from, to, path, patch, compareShortly);
  const edits: JsonPatch[] = [];
  compareDeeply(from, to, path, edits);
  const replacement: JsonPatch[] = [{ op: "replace", path, value: to }];
  const isShorter = JSON.stringify(edits).length < JSON.stringify(replacement).length;
  for (const operation of isShorter ? edits : replacement) patch.push(operation);
};

const compareDeeply: Compare = (from, to, path, patch) => compareMembers(from, to, path, patch, compareDeeply);

/** Compares member by member, with `compare` for objects and lists. */
function compareMembers(from: Members, to: Members, path: string, patch: JsonPatch[], compare: Compare): void {
  // From the end: the removal of an item moves those that follow it.
  for (const name of Object.keys(from).reverse()) {
    const [value, wanted, pointer] = [from[name], to[name], memberPointer(path, name)];
    if (!Object.hasOwn(to, name)) patch.push({ op: "remove", path: pointer });
    // Hydra rejects a path that leads through an empty name.
    else if (name !== "" && isSameKind(value, wanted)) compare(value as Members, wanted as Members, pointer, patch);
    else if (!isEqual(value, wanted)) patch.push({ op: "replace", path: pointer, value: wanted });
  }
  for (const name of Object.keys(to)) {
    if (!Object.hasOwn(from, name)) patch.push({ op: "add", path: memberPointer(path, name), value: to[name] });
  }
}
