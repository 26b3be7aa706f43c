import type { OAuth2Api } from "../api/oauth2.ts";
import { checkTimeout } from "../core/configuration.ts";
import { check, HydraError, InvalidInputError, isKind } from "../core/errors.ts";
import { within } from "../core/exchange.ts";
import type { HydraResponse } from "../core/response.ts";
import type { CallOptions } from "../core/transport.ts";
import type { JsonPatch, OAuth2ApiGetOAuth2ClientRequest, OAuth2Client } from "../types.ts";

/**
 * A field that is to be changed has another value on the server than the one that was read: another writer was there.
 * Nothing was sent. Begin again with {@link updateOAuth2Client}, which reads anew.
 */
export class UpdateConflictError extends HydraError {
  override get name(): string {
    return "UpdateConflictError";
  }
  /** The field, as a JSON Pointer such as `/metadata/team`. */
  readonly path: string;
  readonly #values: { expected: unknown; actual: unknown };

  /**
   * @param path the field, as a JSON Pointer
   * @param expected what should have been there
   * @param actual what was there
   */
  constructor(path: string, expected: unknown, actual: unknown) {
    super(`${path} is not as expected: has another writer changed it?`);
    this.path = path;
    this.#values = { expected, actual };
  }

  /** The value that was read, or that a `test` demands. No log shows it. */
  get expected(): unknown {
    return this.#values.expected;
  }

  /** The value that is there. No log shows it. */
  get actual(): unknown {
    return this.#values.actual;
  }
}

/** Whether another writer was there: see {@link UpdateConflictError}. */
export const isUpdateConflictError = (error: unknown): error is UpdateConflictError =>
  isKind(error, "UpdateConflictError");

/**
 * Changes a client: alters the copy that it is given, or returns another client in its place. May be async. Only a plain
 * object that is no part of the copy takes its place: what an arrow function returns because it assigns, deletes or pushes,
 * as `(client) => (client.metadata = { team: "a" })` does, counts for nothing.
 */
export type ClientChange = (client: OAuth2Client) => unknown;

/** What the server alone sets. */
const SERVER_OWNED = [
  "client_id",
  "client_secret_expires_at",
  "created_at",
  "updated_at",
  "registration_access_token",
  "registration_client_uri",
] as const;

/** What Hydra makes of a field that is left out, where that is not empty or `null`. */
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
 * The smallest JSON Patch that makes one client of the other, with the three operations that Hydra can do: `add`,
 * `remove`, `replace`. A list, and an object that becomes empty, is replaced as a whole where that is shorter. Loads
 * fast-json-patch.
 *
 * What the server owns is ignored: `client_id`, `created_at`, `updated_at`, `client_secret_expires_at`,
 * `registration_access_token`, `registration_client_uri`, and `client_secret` unless `after` has another one. So is the
 * difference between a field that is absent, `null`, `""`, `[]`, `{}` or the server's default, which is none to Hydra.
 *
 * A field that `after` lacks is removed, which sets it to the server's default: `""` for texts such as `owner` and
 * `client_name`, `[]` for lists such as `redirect_uris`, `{}` for `jwks` and `metadata`, `null` for lifespans and
 * `skip_logout_consent`, `false` for other flags, `openid offline_access` for `scope`, `client_secret_basic` for
 * `token_endpoint_auth_method`, `public` for `subject_type`, `none` for `userinfo_signed_response_alg`.
 *
 * The patch fits a client that is as `before` says. To apply one that others change too, see {@link updateOAuth2Client}.
 *
 * @throws {@link InvalidInputError} one of them is no plain object, or cannot be JSON
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

async function difference(before: OAuth2Client, after: OAuth2Client): Promise<JsonPatch[]> {
  const { compare } = await fastJsonPatch();
  const [from, to] = [structuredClone(before), structuredClone(after)];
  if (!to.client_secret || to.client_secret === from.client_secret) delete to.client_secret;
  delete from.client_secret;
  for (const name of Object.keys(DEFAULTS) as (keyof OAuth2Client)[]) {
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      if (!(name in one) && other[name] === DEFAULTS[name]) delete other[name];
    }
  }
  const patch: JsonPatch[] = [];
  const wholes = new Map<string, JsonPatch[]>();
  for (const operation of compare(from, to) as JsonPatch[]) {
    const path = wholeAround(from, to, operation.path);
    if (path === undefined || path === operation.path) patch.push(operation);
    else wholes.set(path, [...(wholes.get(path) ?? []), operation]);
  }
  for (const [path, edits] of wholes) {
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
 * @param change a {@link ClientChange}, or a list of operations (RFC 6902), which are carried out on the copy as Hydra does:
 * parents that are missing are made, and `replace` adds. `move`, `copy` and `test` work as well; a `test` that fails is an
 * `UpdateConflictError`, and so is another writer's change to what was tested, moved or copied
 * @param options of each of the calls; `timeout` and `signal` are for all of them together, `change` included
 * @returns the answer of the PATCH, or of the last read where there was nothing to send
 *
 * @throws {@link UpdateConflictError} a field to be changed has changed on the server since it was read; nothing was
 * sent
 * @throws {@link InvalidInputError} an operation of the list cannot be carried out, the change is to `client_id`, or
 * what it makes is no client
 * @throws {@link TimeoutError} `timeout` passed; where the PATCH was sent by then, it may have been carried out
 * @throws {@link AbortError} `signal` was aborted; the same holds
 * @throws {@link ResponseError} as `getOAuth2Client` and `patchOAuth2Client`
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
  change: ClientChange | readonly JsonPatch[],
  options: CallOptions = {},
): Promise<HydraResponse<OAuth2Client>> {
  check(typeof change === "function" || Array.isArray(change), "change", "must be a function or a list of operations");
  checkTimeout(options.timeout);
  return within(options.timeout, [options.signal], "updateOAuth2Client", async (signal) => {
    const call = { ...options, signal };
    const read = await oAuth2Api.getOAuth2Client(parameters, call);
    const wanted = await (typeof change === "function" ? changed(read.data, change) : patched(read.data, change));
    check([undefined, read.data.client_id].includes(wanted.client_id), "change", "must leave client_id as it is");
    const [before, after] = [comparable("change", read.data), comparable("change", wanted)];
    const patch = await difference(before, after);
    if (!patch.length) return read;
    const now = await oAuth2Api.getOAuth2Client(parameters, call);
    const current = comparable("change", now.data);
    const isEqual = await equality();
    for (const pointer of typeof change === "function" ? [] : sources(change)) {
      // As they were read: what the server owns, such as `updated_at`, may be tested, too.
      const { path, value, other } = follow(read.data, pointer, now.data);
      if (!isEqual(value, other)) throw new UpdateConflictError(path, value, other);
    }
    const jsonPatch: JsonPatch[] = [];
    for (const operation of patch) {
      const { path, value, other } = follow(before, operation.path, current);
      if (isEqual(value, other)) jsonPatch.push(operation);
      else if (!isEqual(follow(after, path).value, other)) throw new UpdateConflictError(path, value, other);
    }
    return jsonPatch.length ? oAuth2Api.patchOAuth2Client({ ...parameters, jsonPatch }, call) : now;
  });
}

/** What `change` makes of `client`. */
export async function changed(client: OAuth2Client, change: ClientChange): Promise<OAuth2Client> {
  const copy = structuredClone(client);
  const result = await change(copy);
  if (Object(result) !== result || holds(copy, result)) return copy;
  check(isPlain(result), "change", "must return a client or nothing");
  return result;
}

/** What the operations make of `client`, as with Hydra: `replace` adds a member that is not there, parents are made. */
async function patched(client: OAuth2Client, patch: readonly JsonPatch[]): Promise<OAuth2Client> {
  const { applyOperation } = await fastJsonPatch();
  const copy = structuredClone(client);
  for (const [index, entry] of patch.entries()) {
    const field = `change[${index}]`;
    check(isPlain(entry), field, "must be an operation");
    const { op, path: to, from, value } = asJson(field, entry);
    const isPath = typeof to === "string" && to && !/~(?![01])/.test(`${to}/${from ?? ""}`);
    check(isPath, field, "must have a path such as /metadata/a~1b (~1 is /, ~0 is ~)");
    check(!/^(add|replace|test)$/.test(op) || value !== undefined, field, "must have a value");
    const path = slashed(to);
    const adds = op === "replace" && !ELEMENT.test(path);
    const operation = { op: adds ? "add" : op, path, ...(from && { from: slashed(from) }), value };
    try {
      if (adds || /^(add|copy|move)$/.test(op)) makeParents(copy, path);
      applyOperation(copy, operation as Parameters<typeof applyOperation>[1], true);
    } catch (error) {
      if (op === "test") throw new UpdateConflictError(path, value, follow(copy, path).value);
      // The message of the library holds the whole client.
      throw new InvalidInputError(field, `${field} cannot be carried out on the client: ${(error as Error).name}`);
    }
  }
  return copy;
}

/** Where the operations take from the client what they do not write: what they test, copy and move. */
const sources = (patch: readonly JsonPatch[]): string[] =>
  patch.flatMap(({ op, path, from }) =>
    op === "test" ? slashed(path) : /^(copy|move)$/.test(op) ? slashed(from!) : [],
  );

/** A pointer that ends in a place in a list. */
const ELEMENT = /\/(-|[-+]?\d+)$/;

/** Makes the objects and lists that `pointer` leads through, where there are none: a list where a place in it follows. */
function makeParents(document: object, pointer: string): void {
  const names = namesIn(pointer);
  let parent: any = document;
  for (const [index, name] of names.slice(0, -1).entries()) {
    // The library refuses it. Of a text in the way it would be what all texts share.
    if (name === "__proto__") return;
    if ((Object.hasOwn(parent, name) ? parent[name] : undefined) == null) {
      parent[name] = ELEMENT.test(`/${names[index + 1]}`) ? [] : {};
    }
    parent = parent[name];
  }
}

const slashed = (pointer: string): string => (pointer[0] === "/" ? pointer : `/${pointer}`);

const namesIn = (pointer: string): string[] =>
  pointer
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));

/** A copy of what is compared: as JSON, without what the server owns and what is empty, `metadata` always there. */
function comparable(field: string, client: OAuth2Client): OAuth2Client {
  check(isPlain(client), field, "must be a client");
  const copy = asJson(field, client) as Record<string, unknown>;
  for (const name of SERVER_OWNED) delete copy[name];
  copy["metadata"] ??= {};
  for (const [name, value] of Object.entries(copy)) {
    if (name !== "metadata" && /^(null|""|\[\]|\{\})$/.test(JSON.stringify(value))) delete copy[name];
  }
  return copy;
}

/** A copy as JSON has it. */
function asJson<T>(field: string, value: T): T {
  try {
    return JSON.parse(JSON.stringify(value));
  } catch (error) {
    throw new InvalidInputError(field, `${field} is no JSON: ${(error as Error).name}`);
  }
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
  let [value, second] = [document, other] as [any, any];
  let depth = 1;
  for (const name of namesIn(pointer)) {
    if (!isObject(value) || !isObject(second)) break;
    depth++;
    [value, second] = [value, second].map((object) => (Object.hasOwn(object, name) ? object[name] : undefined));
  }
  return { path: pointer.split("/").slice(0, depth).join("/"), value, other: second };
}

/** The list on the way along `pointer`, or the object that becomes empty. */
function wholeAround(from: unknown, to: unknown, pointer: string): string | undefined {
  const tokens = pointer.split("/");
  for (let length = 2; length < tokens.length; length++) {
    const path = tokens.slice(0, length).join("/");
    const { value, other } = follow(from, path, to);
    if (Array.isArray(value) || (isObject(other) && !Object.keys(other).length)) return path;
  }
  return undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether `value` is an object as a literal makes it, of this realm or another. */
function isPlain(value: unknown): value is object {
  if (!isObject(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return !prototype || !Object.getPrototypeOf(prototype);
}

/** Whether `part` is `whole` or somewhere in it. */
function holds(whole: unknown, part: unknown, seen: Set<unknown> = new Set()): boolean {
  if (whole === part) return true;
  if (Object(whole) !== whole || seen.has(whole)) return false;
  seen.add(whole);
  return Object.values(whole as object).some((value) => holds(value, part, seen));
}

/** Loaded when first needed. It is CommonJS: only its default export is there in every runtime. */
const fastJsonPatch = async () => (await import("fast-json-patch")).default;

/** Compares two values as JSON. */
async function equality(): Promise<(a: unknown, b: unknown) => boolean> {
  const { compare } = await fastJsonPatch();
  return (a, b) => compare([a], [b]).length === 0;
}
