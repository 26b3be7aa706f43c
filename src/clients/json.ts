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

const isIdentical = (one: unknown, other: unknown): boolean => one === other;

/**
 * Whether two JSON values are equal. The order of an object's members does not matter.
 *
 * @param isSame compares values that are neither both objects nor both lists
 */
export function isEqual(one: any, other: any, isSame: (a: unknown, b: unknown) => boolean = isIdentical): boolean {
  if (!isSameKind(one, other)) return isSame(one, other);
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && isEqual(one[name], other[name], isSame))
  );
}

/** Whether a JSON value contains objects and lists within each other, more than `levels` deep. */
export const isNestedDeeper = (value: unknown, levels: number): boolean =>
  typeof value === "object" &&
  value !== null &&
  (levels === 0 || Object.values(value).some((member) => isNestedDeeper(member, levels - 1)));
