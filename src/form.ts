/** Names and values, a list once for each of its items, without what is `undefined` or `null`. */
export function pairs(from: object | null | undefined): [string, string][] {
  const found: [string, string][] = [];
  for (const [name, values] of Symbol.iterator in Object(from) ? (from as Headers) : Object.entries(from ?? {})) {
    for (const value of Array.isArray(values) ? values : [values]) if (value != null) found.push([name, value]);
  }
  return found;
}

/** `application/x-www-form-urlencoded`, as RFC 6749, appendix B, asks. */
export const formEncode = (text: string): string => new URLSearchParams([["", text]]).toString().slice(1);
