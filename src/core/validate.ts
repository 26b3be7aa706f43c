import type { JsonPatch } from "../types.ts";
import { InvalidInputError, RequiredError } from "./errors.ts";

/**
 * Asserts a condition that the caller's input must meet.
 *
 * @param demand completes the message: `assertInput(isUrl, "issuer", "must be a URL")`
 * @throws {@link InvalidInputError} `condition` is false
 */
export function assertInput(condition: unknown, field: string, demand: string): asserts condition {
  if (!condition) throw new InvalidInputError(field, `${field} ${demand}`);
}

/**
 * Asserts that an option is present and has the right type.
 *
 * @throws {@link RequiredError} it is missing or empty
 * @throws {@link InvalidInputError} it has another type
 */
export function requireValue(value: unknown, field: string, type: "string" | "function" = "string"): void {
  if (!value) throw new RequiredError(field, `${field} is missing`);
  assertInput(typeof value === type, field, `must be a ${type}`);
}

/** The names of the parameters in `P` that are not optional. */
export type RequiredNames<P> = { [K in keyof P]-?: Record<never, never> extends Pick<P, K> ? never : K }[keyof P] &
  string;

/**
 * Returns a copy of the parameters of a method after checking that those in `names` are present.
 *
 * @throws {@link RequiredError} naming the first that is `null` or `undefined`
 * @throws {@link InvalidInputError} a getter of `parameters` threw
 */
export function requireParameters<P extends object>(parameters: P, names: readonly RequiredNames<P>[]): P {
  let copy: P;
  try {
    copy = { ...parameters };
  } catch {
    throw new InvalidInputError("parameters", "parameters cannot be read: a getter threw");
  }
  for (const name of names) {
    if (copy[name] == null) throw new RequiredError(name, `Required parameter ${name} was null or undefined.`);
  }
  return copy;
}

/**
 * Asserts that every option which has a value is one of `names`: a misspelled one would be ignored.
 *
 * @param owner names the thing that has the options
 * @param hint says what to do with the options of other libraries
 */
export function assertOptions(options: object, names: readonly string[], owner: string, hint: string): void {
  for (const [name, value] of Object.entries(options)) {
    assertInput(value == null || names.includes(name), name, `is not an option of ${owner}: ${hint}`);
  }
}

/** The largest delay that a timer accepts, in milliseconds; a longer one fires immediately. */
export const MAX_DELAY: number = 2 ** 31 - 1;

/** @throws {@link InvalidInputError} `timeout` is not a number of milliseconds that a timer accepts */
export function assertTimeout(timeout: number | undefined): void {
  assertInput(
    timeout === undefined || (typeof timeout === "number" && timeout >= 0 && timeout <= MAX_DELAY),
    "timeout",
    `must be milliseconds, at most ${MAX_DELAY}`,
  );
}

/** @throws {@link InvalidInputError} `maxResponseSize` is not a number of bytes */
export function assertResponseSize(maxResponseSize: number | undefined): void {
  assertInput(
    maxResponseSize === undefined || (typeof maxResponseSize === "number" && maxResponseSize > 0),
    "maxResponseSize",
    "must be a number of bytes",
  );
}

/**
 * Encodes a path parameter.
 *
 * Servers decode a path before they look it up, and then drop a slash at the end, or follow `.` and `..`.
 *
 * @throws {@link InvalidInputError} in a path the value would name another resource: `v/` names the client `v`, and an empty
 * `kid` the entire key set
 */
export function encodePathSegment(name: string, value: unknown): string {
  const isUnambiguous = typeof value === "string" && !value.split("/").some((part) => ["", ".", ".."].includes(part));
  // encodeURIComponent throws on half of a surrogate pair.
  assertInput(
    isUnambiguous && !/\p{Surrogate}/u.test(value),
    name,
    'must be a string whose parts between slashes are not "", "." or ".."',
  );
  return encodeURIComponent(value);
}

/** The operations of RFC 6902 that Hydra applies. */
const HYDRA_PATCHES = ["add", "remove", "replace"];

/**
 * Returns a JSON Patch (RFC 6902) in the form that Hydra can apply: each path begins with a slash.
 *
 * @throws {@link InvalidInputError} Hydra would reject an operation, or respond with a 500 without details; names the
 * operation and the fix
 */
export function normalizePatch(patch: JsonPatch[]): JsonPatch[] {
  assertInput(Array.isArray(patch), "jsonPatch", "must be a list of operations");
  return patch.map((operation, index) => {
    const field = `jsonPatch[${index}]`;
    const { op, path, value } = Object(operation) as JsonPatch;
    assertInput(
      HYDRA_PATCHES.includes(op),
      field,
      "must add, remove or replace; updateOAuth2Client also applies move, copy and test",
    );
    assertInput(
      typeof path === "string" && !/~(?![01])/.test(path),
      field,
      "must have a path such as /metadata/a~1b (~1 is /, ~0 is ~)",
    );
    const pointer = path.startsWith("/") ? path : `/${path}`;
    const [, member = ""] = pointer.split("/");
    const isIdentity = ["/", "/id", "/client_id"].includes(pointer.toLowerCase());
    assertInput(!isIdentity, field, `must name a field that can change, not ${JSON.stringify(path)}`);
    assertInput(op === "remove" || value !== undefined, field, "must have a value");
    if (!/^jwks$/iu.test(member)) return { op, path: pointer, value };
    const sent = asJson(field, value);
    assertPublicKeys(field, { [pointer.slice(pointer.lastIndexOf("/") + 1)]: sent });
    return { op, path: pointer, value: sent };
  });
}

/** The members of a JSON Web Key that contain private or symmetric key material (RFC 7518, section 6), in any case. */
const PRIVATE_MEMBER = /^([dpqk]|dp|dq|qi)$/iu;

/** What finds the members `jwk` and `jwks` in JSON. Go reads names in any case, and `\u017f` as an `s`; so does `iu`. */
const KEYS_IN_JSON = /"jwks?":/iu;

/**
 * Asserts that a JSON body, as it is sent, has no private keys in its member `field`. Hydra would store them.
 *
 * @throws {@link InvalidInputError} `field` contains private or symmetric key material
 */
export function requirePublicKeys(field: "jwks" | "jwk", json: string): void {
  // Parsing costs more than the rest of a call, and most clients have no keys.
  if (!KEYS_IN_JSON.test(json)) return;
  const isField = new RegExp(`^${field}$`, "iu");
  for (const [name, value] of Object.entries(JSON.parse(json))) if (isField.test(name)) assertPublicKeys(field, value);
}

/** `keys` is parsed JSON. */
function assertPublicKeys(field: string, keys: unknown): void {
  const pending = [keys];
  for (const value of pending) {
    for (const [name, member] of Object.entries(Object(value))) {
      if (typeof member === "object") pending.push(member);
      else assertInput(!PRIVATE_MEMBER.test(name), field, `contains a private key (${name}): pass the public key`);
    }
  }
}

/** Returns a copy of `value` as JSON carries it. */
export function asJson<T>(field: string, value: T): T {
  const text = asJsonText(field, value);
  return text === undefined ? (undefined as T) : JSON.parse(text);
}

/**
 * Returns `value` as JSON.
 *
 * @throws {@link InvalidInputError} it cannot be JSON: it is cyclic, or a getter threw
 */
export function asJsonText(field: string, value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    throw new InvalidInputError(field, `${field} cannot be sent as JSON`);
  }
}
