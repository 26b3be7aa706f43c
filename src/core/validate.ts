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
 * Returns the parameters of a method after checking that those in `names` are present.
 *
 * @throws {@link RequiredError} naming the first that is `null` or `undefined`
 */
export function requireParameters<P extends object>(parameters: P, names: readonly RequiredNames<P>[]): P {
  for (const name of names) {
    if (parameters?.[name] == null) {
      throw new RequiredError(name, `Required parameter ${name} was null or undefined.`);
    }
  }
  return parameters ?? {};
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

/**
 * Encodes a path parameter.
 *
 * @throws {@link InvalidInputError} in a path the value would name another resource: an empty `kid`, for example, deletes
 * the entire key set
 */
export function encodePathSegment(name: string, value: unknown): string {
  const isSegment = typeof value === "string" && value !== "" && value !== "." && value !== "..";
  // encodeURIComponent throws on half of a surrogate pair.
  assertInput(isSegment && !/\p{Surrogate}/u.test(value), name, 'must be a string other than "", "." and ".."');
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
    const [, member = ""] = pointer.toLowerCase().split("/");
    const isIdentity = ["/", "/id", "/client_id"].includes(pointer.toLowerCase());
    assertInput(!isIdentity, field, `must name a field that can change, not ${JSON.stringify(path)}`);
    assertInput(op === "remove" || value !== undefined, field, "must have a value");
    if (member === "jwks") refusePrivateKeys(field, { [pointer.slice(pointer.lastIndexOf("/") + 1)]: value });
    return { op, path: pointer, value };
  });
}

/**
 * Returns `body` after rejecting private keys in its member `field`.
 *
 * @throws {@link InvalidInputError} `field` contains private or symmetric key material
 */
export function requirePublicKeys<B extends object>(field: string & keyof B, body: B): B {
  refusePrivateKeys(field, body[field]);
  return body;
}

/** The members of a JSON Web Key that contain private or symmetric key material (RFC 7518, section 6). */
const PRIVATE_MEMBERS = ["d", "p", "q", "dp", "dq", "qi", "k"];

function refusePrivateKeys(field: string, keys: unknown): void {
  for (const [name, value] of Object.entries(keys ?? {})) {
    if (typeof value === "object") refusePrivateKeys(field, value);
    else if (value !== undefined) {
      assertInput(!PRIVATE_MEMBERS.includes(name), field, `contains a private key (${name}): pass the public key`);
    }
  }
}
