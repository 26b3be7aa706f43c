import { isObject } from "./json.ts";

/** Returns the reference tokens of a JSON Pointer (RFC 6901), unescaped. */
export const tokensOf = (pointer: string): string[] =>
  pointer
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));

/** Returns the pointer to a member of the value that `pointer` leads to. */
export const memberPointer = (pointer: string, name: string): string =>
  `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;

/** Returns a JSON Pointer with its leading slash, which Hydra requires. */
export const withLeadingSlash = (pointer: string): string => (pointer.startsWith("/") ? pointer : `/${pointer}`);

/** Whether a reference token addresses an element of a list. */
export const isIndex = (token: string | undefined): boolean => token !== undefined && /^(-|[-+]?\d+)$/.test(token);

/** A value of a document, the value at the same place in another one, and that place. */
export interface Found {
  path: string;
  value: any;
  other: any;
}

/**
 * Follows `pointer` through a document, and through `other` if it is given, and stops at lists: a list counts as one value,
 * because its indexes are meaningless after others have changed it.
 */
export function follow(document: unknown, pointer: string, other: unknown = document): Found {
  let found: [any, any] = [document, other];
  let depth = 1;
  for (const token of tokensOf(pointer)) {
    if (!found.every(isObject)) break;
    depth++;
    found = [memberOf(found[0], token), memberOf(found[1], token)];
  }
  return { path: pointer.split("/").slice(0, depth).join("/"), value: found[0], other: found[1] };
}

const memberOf = (object: Record<string, unknown>, name: string): unknown =>
  Object.hasOwn(object, name) ? object[name] : undefined;
