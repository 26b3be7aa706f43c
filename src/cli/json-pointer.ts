/** Returns what a JSON Pointer (RFC 6901) leads to in a document; `undefined` if there is nothing. */
export const valueAt = (document: unknown, pointer: string): unknown =>
  pointer
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce(member, document);

/** Returns a member of an object or an item of a list, but nothing that it inherits. */
export const member = (value: unknown, name: string): unknown =>
  value !== null && typeof value === "object" && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
