import { InvalidInputError } from "../core/errors.ts";

/**
 * Returns a copy of `value` after conversion to JSON, with U+FFFD for half of a surrogate pair, as Hydra stores it.
 *
 * @throws {@link InvalidInputError} `value` cannot be JSON
 */
export function asJson<T>(field: string, value: T): T {
  try {
    return JSON.parse(JSON.stringify(value).replace(ESCAPE, (found) => (found === "\\\\" ? found : "\\ufffd")));
  } catch (error) {
    throw new InvalidInputError(field, `${field} is not JSON: ${(error as Error).name}`);
  }
}

/** An escaped backslash, or half of a surrogate pair: JSON.stringify escapes only those that have no other half. */
const ESCAPE = /\\\\|\\ud[89a-f][\da-f]{2}/g;

/** Whether `value` is an object, but not a list. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether `value` is a plain object, from this realm or another. */
export function isPlainObject(value: unknown): value is object {
  if (!isObject(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return !prototype || !Object.getPrototypeOf(prototype);
}

/** Whether two JSON values are both objects or both lists. */
export const isSameKind = (one: unknown, other: unknown): boolean =>
  isObject(one) ? isObject(other) : Array.isArray(one) && Array.isArray(other);

/** Whether two JSON values are equal. The order of an object's members does not matter. */
export function isEqual(one: any, other: any): boolean {
  if (!isSameKind(one, other)) return one === other;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && isEqual(one[name], other[name]))
  );
}
