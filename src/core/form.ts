import type { HeadersInput } from "./configuration.ts";

/** Names and values, a list once for each of its items, without what is `undefined` or `null`. */
export function pairs(from: object | null | undefined): [string, string][] {
  const found: [string, string][] = [];
  for (const [name, values] of Symbol.iterator in Object(from) ? (from as Headers) : Object.entries(from ?? {})) {
    for (const value of Array.isArray(values) ? values : [values]) if (value != null) found.push([name, value]);
  }
  return found;
}

/** Lower-case names, values as text; those of one name are joined (RFC 9110, section 5.3). */
export function headersOf(input: HeadersInput | null | undefined): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [given, value] of pairs(input)) {
    const name = given.toLowerCase();
    headers[name] = (headers[name] ? `${headers[name]}, ` : "") + `${value}`.trim();
  }
  return headers;
}

/** `application/x-www-form-urlencoded`, as RFC 6749, appendix B, asks. */
export const formEncode = (text: string): string => new URLSearchParams([["", text]]).toString().slice(1);
