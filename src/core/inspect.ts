/** The name of the method by which Node, Deno and Bun let an object decide how it is printed. */
export const INSPECT: symbol = /* @__PURE__ */ Symbol.for("nodejs.util.inspect.custom");

/** Has an object printed without its getters, which return secrets, whatever the options of `util.inspect` say. */
export function hideGetters(object: object): void {
  Object.defineProperty(object, INSPECT, { value: inspectWithoutGetters });
}

function inspectWithoutGetters(
  this: unknown,
  _depth: number,
  options: object,
  inspect: (value: unknown, options: object) => string,
): string {
  return inspect(this, { ...options, customInspect: false, getters: false, showHidden: false });
}
