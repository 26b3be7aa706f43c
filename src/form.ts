/** Names and values, a list once for each of its items, without what is `undefined` or `null`. */
export const pairs = (from: object | null | undefined): [string, string][] =>
  [...(Symbol.iterator in Object(from) ? (from as Headers) : Object.entries(from ?? {}))].flatMap(([name, values]) =>
    [values].flat().flatMap((value): [string, string][] => (value == null ? [] : [[name, value]])),
  );

/** `application/x-www-form-urlencoded`, as RFC 6749, appendix B, asks. */
export const formEncode = (text: string): string => new URLSearchParams([["", text]]).toString().slice(1);
