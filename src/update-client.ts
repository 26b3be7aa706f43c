import { check, HydraError, hide, InvalidInputError, isKind } from "./errors.ts";
import type { HydraResponse } from "./http.ts";
import type { OAuth2Api } from "./oauth2-api.ts";
import type { CallOptions } from "./transport.ts";
import type { JsonPatch, OAuth2ApiGetOAuth2ClientRequest, OAuth2Client } from "./types.ts";

/**
 * A field that shall be changed has another value on the server than the one that was read: another writer was there.
 * Nothing was sent. Begin again with {@link updateOAuth2Client}, which reads anew.
 */
export class UpdateConflictError extends HydraError {
  override get name(): string {
    return "UpdateConflictError";
  }
  /** The field, as a JSON Pointer such as `/metadata/team`. */
  readonly path: string;
  /** The value that was read, or that a `test` demands. Not enumerable, so that no log shows it. */
  declare readonly expected: unknown;
  /** The value that is there. Not enumerable. */
  declare readonly actual: unknown;

  constructor(path: string, expected: unknown, actual: unknown) {
    super(`${path} is not as expected: has another writer changed it?`);
    this.path = path;
    hide(this, "expected", expected);
    hide(this, "actual", actual);
  }
}

/** Whether another writer was there: see {@link UpdateConflictError}. */
export const isUpdateConflictError = (error: unknown): error is UpdateConflictError =>
  isKind(error, "UpdateConflictError");

/**
 * Changes a client: alters the copy that it is given, or returns another client in its place. May be async. What an arrow
 * function returns because it assigns it, as `(client) => (client.metadata = { team: "a" })` does, counts as altered.
 */
export type ClientChange = (
  client: OAuth2Client,
  // biome-ignore lint/suspicious/noConfusingVoidType: a function that returns nothing has this type
) => OAuth2Client | undefined | void | Promise<OAuth2Client | undefined | void>;

/** What the server alone sets. */
const SERVER_OWNED = [
  "client_id",
  "client_secret_expires_at",
  "created_at",
  "updated_at",
  "registration_access_token",
  "registration_client_uri",
] as const;

/**
 * The smallest JSON Patch that makes one client of the other, with the three operations that Hydra can do: `add`,
 * `remove`, `replace`. A list is replaced as a whole where that is shorter. Loads fast-json-patch.
 *
 * What the server owns is ignored: `client_id`, `created_at`, `updated_at`, `client_secret_expires_at`,
 * `registration_access_token`, `registration_client_uri`, and `client_secret` unless `after` has another one. So is the
 * difference between a field that is absent, `null`, `""`, `[]` or `{}` (but for `metadata`), which is none to Hydra.
 *
 * A field that `after` lacks is removed, which sets it to the server's default: `""` for texts such as `owner` and
 * `client_name`, `[]` for lists such as `redirect_uris`, `{}` for `jwks` and `metadata`, `null` for lifespans and
 * `skip_logout_consent`, `false` for other flags, `openid offline_access` for `scope`, `client_secret_basic` for
 * `token_endpoint_auth_method`, `public` for `subject_type`, `none` for `userinfo_signed_response_alg`.
 *
 * The patch fits a client that is as `before` says. To apply one that others change too, see {@link updateOAuth2Client}.
 *
 * @example
 * ```ts
 * const jsonPatch = await diffOAuth2Client(client, { ...client, owner: "shop" });
 * await api.patchOAuth2Client({ id, jsonPatch });
 * ```
 */
export async function diffOAuth2Client(before: OAuth2Client, after: OAuth2Client): Promise<JsonPatch[]> {
  const { compare } = await fastJsonPatch();
  const from = comparable(before);
  const to = comparable(after);
  if (!to.client_secret || to.client_secret === from.client_secret) delete to.client_secret;
  delete from.client_secret;
  const patch: JsonPatch[] = [];
  const lists = new Map<string, JsonPatch[]>();
  for (const operation of compare(from, to) as JsonPatch[]) {
    const { path, value } = follow(from, operation.path);
    if (!Array.isArray(value) || path === operation.path) patch.push(operation);
    else lists.set(path, [...(lists.get(path) ?? []), operation]);
  }
  for (const [path, edits] of lists) {
    const whole: JsonPatch[] = [{ op: "replace", path, value: follow(to, path).value }];
    patch.push(...(JSON.stringify(edits).length < JSON.stringify(whole).length ? edits : whole));
  }
  return patch;
}

/**
 * Changes a client without undoing what others change: reads it, lets `change` work on the copy, reads it again and sends
 * the difference as one PATCH. Sends no PATCH where nothing is different. Fields that only others changed survive; a list
 * counts as one field.
 *
 * Hydra has no versions of clients, so a window remains: a write that reaches the server between the second read and the
 * PATCH, a few milliseconds, is not seen, and where it was to the same field it is lost. A new `client_secret` of another
 * writer cannot be seen at all. After a `NetworkError` or `TimeoutError` the PATCH may have been carried out: begin again,
 * with a `change` that may find its work done.
 *
 * The PATCH kills the registration access token of a client that registered itself (`DynamicClient` then fails with 401),
 * as every change by the admin API does.
 *
 * @param oAuth2Api where the client is
 * @param parameters `id` of the client
 * @param change a {@link ClientChange}, or a list of operations (RFC 6902), which are carried out on the copy: so `move`,
 * `copy` and `test` work here, and a `test` that fails is an `UpdateConflictError`
 * @param options of each of the calls; `timeout` is for each
 * @returns the answer of the PATCH, or of the last read where there was nothing to send
 *
 * @throws {UpdateConflictError} a field to be changed has changed on the server since it was read; nothing was sent
 * @throws {InvalidInputError} an operation of the list cannot be carried out, or the change is to `client_id`
 * @throws {ResponseError} as `getOAuth2Client` and `patchOAuth2Client`
 *
 * @example
 * ```ts
 * await updateOAuth2Client(api, { id }, (client) => {
 *   client.redirect_uris = [...(client.redirect_uris ?? []), "https://shop.example/callback"];
 * });
 * ```
 * @example
 * ```ts
 * await updateOAuth2Client(api, { id }, [
 *   { op: "test", path: "/owner", value: "shop" },
 *   { op: "move", from: "/metadata/team", path: "/metadata/unit" },
 * ]);
 * ```
 */
export async function updateOAuth2Client(
  oAuth2Api: Pick<OAuth2Api, "getOAuth2Client" | "patchOAuth2Client">,
  parameters: OAuth2ApiGetOAuth2ClientRequest,
  change: ClientChange | JsonPatch[],
  options?: CallOptions,
): Promise<HydraResponse<OAuth2Client>> {
  check(typeof change === "function" || Array.isArray(change), "change", "must be a function or a list of operations");
  const read = await oAuth2Api.getOAuth2Client(parameters, options);
  const wanted = await (typeof change === "function" ? changed(read.data, change) : patched(read.data, change));
  check([undefined, read.data.client_id].includes(wanted.client_id), "change", "must leave client_id as it is");
  const patch = await diffOAuth2Client(read.data, wanted);
  if (!patch.length) return read;
  const { compare } = await fastJsonPatch();
  const isEqual = (a: unknown, b: unknown): boolean => compare([a], [b]).length === 0;
  const now = await oAuth2Api.getOAuth2Client(parameters, options);
  const [before, current, after] = [comparable(read.data), comparable(now.data), comparable(wanted)];
  const jsonPatch: JsonPatch[] = [];
  for (const operation of patch) {
    const { path, value, other } = follow(before, operation.path, current);
    if (isEqual(value, other)) jsonPatch.push(operation);
    else if (!isEqual(follow(after, path).value, other)) throw new UpdateConflictError(path, value, other);
  }
  return jsonPatch.length ? oAuth2Api.patchOAuth2Client({ ...parameters, jsonPatch }, options) : now;
}

/** What `change` makes of `client`. */
export async function changed(client: OAuth2Client, change: ClientChange): Promise<OAuth2Client> {
  const copy = structuredClone(client);
  const result = await change(copy);
  if (Object(result) !== result || holds(copy, result)) return copy;
  check(!Array.isArray(result), "change", "must return a client or nothing");
  return result as OAuth2Client;
}

/** What the operations make of `client`. As with Hydra, `replace` adds a member that is not there. */
async function patched(client: OAuth2Client, patch: JsonPatch[]): Promise<OAuth2Client> {
  const { applyOperation } = await fastJsonPatch();
  let copy = structuredClone(client);
  for (const [index, { op, path: to, from: source, value }] of structuredClone(patch).entries()) {
    const field = `change[${index}]`;
    check(typeof to === "string", field, "must have a path such as /metadata/team");
    const path = slashed(to);
    const adds = op === "replace" && !/\/(-|\d+)$/.test(path);
    const operation = { op: adds ? "add" : op, path, ...(source && { from: slashed(source) }), value };
    try {
      copy = applyOperation(copy, operation as Parameters<typeof applyOperation>[1], true).newDocument as OAuth2Client;
    } catch (error) {
      if (op === "test") throw new UpdateConflictError(path, value, follow(copy, path).value);
      // The message of the library holds the whole client.
      throw new InvalidInputError(field, `${field} cannot be carried out on the client: ${(error as Error).name}`);
    }
  }
  return copy;
}

const slashed = (pointer: string): string => (/^(\/|$)/.test(pointer) ? pointer : `/${pointer}`);

/** A copy of what `diffOAuth2Client` compares: as JSON, without what the server owns and what is empty. */
function comparable(client: OAuth2Client): OAuth2Client {
  const copy = JSON.parse(JSON.stringify(client)) as Record<string, unknown>;
  for (const name of SERVER_OWNED) delete copy[name];
  for (const [name, value] of Object.entries(copy)) {
    if (name !== "metadata" && /^(null|""|\[\]|\{\})$/.test(JSON.stringify(value))) delete copy[name];
  }
  return copy;
}

/**
 * Goes as far along `pointer` as there are objects, in two documents at once where `other` is given: lists are one value,
 * for the places in them mean nothing once others change them.
 */
function follow(
  document: unknown,
  pointer: string,
  other: unknown = document,
): Record<"value" | "other", any> & { path: string } {
  let path = "";
  let [value, second] = [document, other] as [any, any];
  for (const token of pointer.split("/").slice(1)) {
    if (!isObject(value) || !isObject(second)) break;
    const name = token.replaceAll("~1", "/").replaceAll("~0", "~");
    path += `/${token}`;
    [value, second] = [value, second].map((object) => (Object.hasOwn(object, name) ? object[name] : undefined));
  }
  return { path, value, other: second };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether `part` is `whole` or somewhere in it. */
const holds = (whole: unknown, part: unknown): boolean =>
  whole === part || (Object(whole) === whole && Object.values(whole as object).some((value) => holds(value, part)));

/** Loaded when first needed. It is CommonJS: only its default export is there in every runtime. */
const fastJsonPatch = async () => (await import("fast-json-patch")).default;
