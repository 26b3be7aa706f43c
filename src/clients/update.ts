import type jsonPatch from "fast-json-patch";
import type { OAuth2Api } from "../api/oauth2.ts";
import { withDeadline } from "../core/deadline.ts";
import { HydraError, InvalidInputError, isKind } from "../core/errors.ts";
import type { HydraResponse } from "../core/response.ts";
import type { CallOptions } from "../core/transport.ts";
import { asJson, assertInput, assertTimeout } from "../core/validate.ts";
import type { JsonPatch, OAuth2ApiGetOAuth2ClientRequest, OAuth2Client, OAuth2ClientJsonPatch } from "../types.ts";
import { comparable } from "./client-fields.ts";
import { difference } from "./diff.ts";
import { effectiveOperations } from "./hydra-2-3.ts";
import { isEqual, isPlainObject } from "./json.ts";
import { follow, isIndex, tokensOf, withLeadingSlash } from "./json-pointer.ts";

/**
 * The value of a field on the server differs from the one that was read: another writer has changed it. No change was
 * sent. Call {@link updateOAuth2Client} again, which reads the client again.
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
   * @param expected the value that was expected
   * @param actual the value on the server
   */
  constructor(path: string, expected: unknown, actual: unknown) {
    super(`${path} is not as expected: has another writer changed it?`);
    this.path = path;
    this.#values = { expected, actual };
  }

  /** The value that was read, or that a `test` requires. Logging the error does not show it. */
  get expected(): unknown {
    return this.#values.expected;
  }

  /** The value on the server. Logging the error does not show it. */
  get actual(): unknown {
    return this.#values.actual;
  }
}

/** Whether another writer changed the field: see {@link UpdateConflictError}. */
export const isUpdateConflictError = (error: unknown): error is UpdateConflictError =>
  isKind(error, "UpdateConflictError");

/**
 * Changes a client: modifies the copy that it receives, or returns another client to use instead. May be async. Only a
 * plain object that is not part of the copy is used instead; the result of an assignment, a `delete` or a `push`, which an
 * arrow function such as `(client) => (client.metadata = { team: "a" })` returns, is ignored.
 */
export type ClientChange = (client: OAuth2Client) => unknown;

/**
 * Changes a client without undoing the changes of others: reads it, applies `change` to a copy, reads it again and sends
 * the difference as one PATCH, or no PATCH if there is no difference. Fields that only others changed are preserved; a
 * list counts as one field.
 *
 * Hydra does not version clients, so a window remains: a write that reaches the server in the few milliseconds between the
 * second read and the PATCH is not detected, and if it changed the same field, it is lost. A new `client_secret` from
 * another writer cannot be detected at all. After a `NetworkError` or `TimeoutError` the PATCH may have been applied: call
 * it again, with a `change` that may be applied twice.
 *
 * The difference is that of {@link diffOAuth2Client}: another form of the same value is not sent, and a client without
 * `scope` or `subject_type` leaves these unchanged. Only an operation that removes one of them resets it.
 *
 * The PATCH invalidates the registration access token of a client that registered itself (`DynamicClient` then fails with
 * 401), as every change by the admin API does.
 *
 * @param oAuth2Api sends the calls
 * @param parameters the `id` of the client
 * @param change a {@link ClientChange}, or a list of operations (RFC 6902), which are applied to the copy as Hydra does:
 * missing parents are created, and `replace` adds. `move`, `copy` and `test` work as well; a `test` that fails is an
 * `UpdateConflictError`, and so is another writer's change to a value that was tested, moved or copied
 * @param options of each call; `timeout` and `signal` cover all of them together, including `change`
 * @returns the response of the PATCH, or of the last read if there was no difference
 *
 * @throws {@link UpdateConflictError} the server's value of a changed field differs from the one that was read; no PATCH
 * was sent
 * @throws {@link InvalidInputError} an operation cannot be applied, the change is to `client_id`, its result is not a
 * client, or it resets a lifespan on Hydra 2.3, which requires `setOAuth2ClientLifespans` there
 * @throws {@link TimeoutError} `timeout` passed; if the PATCH was sent, it may have been applied
 * @throws {@link AbortError} `signal` was aborted; the same applies
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
  change: ClientChange | readonly OAuth2ClientJsonPatch[],
  options: CallOptions = {},
): Promise<HydraResponse<OAuth2Client>> {
  const isChange = typeof change === "function" || Array.isArray(change);
  assertInput(isChange, "change", "must be a function or a list of operations");
  assertTimeout(options.timeout);
  return withDeadline(options.timeout, [options.signal], "updateOAuth2Client", async (signal) => {
    const limited = { ...options, signal };
    const read = await oAuth2Api.getOAuth2Client(parameters, limited);
    const wanted = await (typeof change === "function"
      ? applyChange(read.data, change)
      : applyPatch(read.data, change));
    assertInput([undefined, read.data.client_id].includes(wanted.client_id), "change", "must leave client_id as it is");
    const [before, after] = [comparable("change", read.data), comparable("change", wanted)];
    const omitted = typeof change === "function" ? "unchanged" : "reset";
    const patch = effectiveOperations("change", difference(before, after, omitted), read.data);
    if (!patch.length) return read;
    const reread = await oAuth2Api.getOAuth2Client(parameters, limited);
    if (typeof change !== "function") assertSourcesUnchanged(change, read.data, reread.data);
    const jsonPatch = rebase(patch, before, after, comparable("change", reread.data));
    return jsonPatch.length ? oAuth2Api.patchOAuth2Client({ ...parameters, jsonPatch }, limited) : reread;
  });
}

/**
 * Returns the operations of `patch` that `current`, the present state of the client, still requires.
 *
 * @throws {@link UpdateConflictError} a field has neither its previous nor its wanted value
 */
function rebase(patch: JsonPatch[], before: OAuth2Client, after: OAuth2Client, current: OAuth2Client): JsonPatch[] {
  /** Whether each field is to be changed. Many operations may change one list, which is compared only once. */
  const isRequired = new Map<string, boolean>();
  return patch.filter((operation) => {
    const { path, value, other } = follow(before, operation.path, current);
    if (!isRequired.has(path)) {
      const isUnchanged = isEqual(value, other);
      if (!isUnchanged && !isEqual(follow(after, path).value, other)) throw new UpdateConflictError(path, value, other);
      isRequired.set(path, isUnchanged);
    }
    return isRequired.get(path);
  });
}

/** Asserts that the values which the operations test, copy or move are as they were read, including those of the server. */
function assertSourcesUnchanged(patch: readonly JsonPatch[], before: OAuth2Client, current: OAuth2Client): void {
  const sources = patch.map(({ op, path, from }) =>
    op === "test" ? path : op === "copy" || op === "move" ? from! : undefined,
  );
  for (const source of new Set(sources)) {
    if (source === undefined) continue;
    const { path, value, other } = follow(before, withLeadingSlash(source), current);
    if (!isEqual(value, other)) throw new UpdateConflictError(path, value, other);
  }
}

/** Returns the client that results from applying `change` to a copy. */
export async function applyChange(client: OAuth2Client, change: ClientChange): Promise<OAuth2Client> {
  const copy = structuredClone(client);
  const result = await change(copy);
  if (Object(result) !== result || contains(copy, result)) return copy;
  assertInput(isPlainObject(result), "change", "must return a client or nothing");
  return result;
}

/** Whether `whole` is `part` or contains it at any depth. */
function contains(whole: unknown, part: unknown): boolean {
  const found = new Set([whole]);
  // The loop also visits what is added while it runs.
  for (const value of found) {
    if (value === part) return true;
    if (Object(value) === value) for (const member of Object.values(value as object)) found.add(member);
  }
  return false;
}

/** Applies operations to a copy of `client` as Hydra does: `replace` adds a missing member, and parents are created. */
async function applyPatch(client: OAuth2Client, patch: readonly JsonPatch[]): Promise<OAuth2Client> {
  const { applyOperation } = await fastJsonPatch();
  const copy = structuredClone(client);
  for (const [index, entry] of patch.entries()) {
    const field = `change[${index}]`;
    assertInput(isPlainObject(entry), field, "must be an operation");
    const { op, path: to, from, value } = asJson(field, entry);
    const isPath = typeof to === "string" && to && !/~(?![01])/.test(`${to}/${from ?? ""}`);
    assertInput(isPath, field, "must have a path such as /metadata/a~1b (~1 is /, ~0 is ~)");
    assertInput(!["add", "replace", "test"].includes(op) || value !== undefined, field, "must have a value");
    const path = withLeadingSlash(to);
    const isAddition = op === "replace" && !isIndex(tokensOf(path).at(-1));
    const operation = { op: isAddition ? "add" : op, path, ...(from && { from: withLeadingSlash(from) }), value };
    try {
      if (["add", "copy", "move"].includes(operation.op)) createParents(copy, path);
      applyOperation(copy, operation as Parameters<typeof applyOperation>[1], true);
    } catch (error) {
      if (op === "test") throw new UpdateConflictError(path, value, follow(copy, path).value);
      // The message of the library contains the entire client.
      throw new InvalidInputError(field, `${field} cannot be applied to the client: ${(error as Error).name}`);
    }
  }
  return copy;
}

/** Loads fast-json-patch at its first use. It is CommonJS: only the default export exists in every runtime. */
const fastJsonPatch = async (): Promise<typeof jsonPatch> => (await import("fast-json-patch")).default;

/** Creates the missing objects and lists that `pointer` leads through: a list if an index follows. */
function createParents(document: object, pointer: string): void {
  const tokens = tokensOf(pointer);
  let parent: any = document;
  for (const [index, name] of tokens.slice(0, -1).entries()) {
    // fast-json-patch rejects it. Without this line, a string in the path would lead to the prototype of all strings.
    if (name === "__proto__") return;
    if ((Object.hasOwn(parent, name) ? parent[name] : undefined) == null) {
      parent[name] = isIndex(tokens[index + 1]) ? [] : {};
    }
    parent = parent[name];
  }
}
