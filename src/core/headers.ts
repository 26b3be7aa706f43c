import type { ResponseHeaders } from "./errors.ts";
import { entriesOf } from "./form.ts";
import { assertInput } from "./validate.ts";

/** Request headers: an object, a `Headers` or pairs. A header whose value is `undefined` or `null` is omitted. */
export type HeadersInput =
  | Headers
  | [string, string][]
  | { [name: string]: string | number | boolean | null | undefined };

/** RFC 9110, sections 5.1 and 5.5. */
const HEADER_NAME = /^[!#-'*+.^`|~\w-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * Returns request headers as an object with lower-case names; values of one name are joined (RFC 9110, section 5.3).
 *
 * @throws {@link InvalidInputError} a header cannot be sent; names it, whereas the runtime's own error would quote its value
 */
export function headersOf(input: HeadersInput | null | undefined): Record<string, string> {
  if (input == null) return {};
  // Without a prototype: a header may be named `constructor` or `__proto__`.
  const headers: Record<string, string> = Object.create(null);
  for (const [given, content] of entriesOf(input, "headers")) {
    const [name, value] = [`${given}`.toLowerCase(), `${content}`.trim()];
    assertInput(HEADER_NAME.test(name) && HEADER_VALUE.test(value), name, "is not a valid HTTP header");
    headers[name] = headers[name] ? `${headers[name]}, ${value}` : value;
  }
  return headers;
}

/** Returns a response header. The response of somebody's own fetch function may have a plain object of headers, or none. */
export function responseHeader(headers: Headers | undefined, name: string): string | undefined {
  if (typeof headers?.get === "function") return headers.get(name) ?? undefined;
  return headers && plainHeaders(headers)[name];
}

/** Returns response headers as an object, each value passed through `show`. */
export function plainHeaders(headers: Headers, show: (text: string) => string = String): ResponseHeaders {
  const plain: ResponseHeaders = {};
  const cookies: string[] = [];
  for (const [name, value] of entriesOf(headers)) {
    if (name === "set-cookie") cookies.push(show(value));
    else plain[name] = show(value);
  }
  if (cookies.length) plain["set-cookie"] = cookies;
  return plain;
}
