import { assertInput } from "./validate.ts";

/**
 * Parses the URL of a server: an absolute URL of http or https, without credentials and fragment.
 *
 * @throws {@link InvalidInputError} it is not such a URL, or its host comes from an unset variable
 */
export function serverUrl(field: string, value: string, base?: string): URL {
  const url = URL.canParse(value, base) ? new URL(value, base) : undefined;
  const isWeb = url?.protocol === "https:" || url?.protocol === "http:";
  assertInput(
    url && isWeb && !url.username && !url.password && !url.hash && typeof value === "string",
    field,
    "must be an http or https URL without credentials, such as http://127.0.0.1:4444",
  );
  const isUnset = url.hostname.split(".").some((label) => UNSET.includes(label));
  assertInput(!isUnset, field, `has the host ${url.hostname}: is an environment variable unset?`);
  return url;
}

/** What an unset variable becomes in a template string. */
const UNSET = ["undefined", "null", "nan"];

/**
 * Returns the address of a server in the form to which paths are appended: without a slash at its end.
 *
 * @param base resolves an address that is only a path
 * @throws {@link InvalidInputError} it is not the URL of a server, or has a query
 */
export function baseUrl(field: string, value: string, base?: string): string {
  const { origin, pathname, search } = serverUrl(field, value, base);
  assertInput(!search, field, "must be a URL without a query");
  return withoutTrailingSlashes(origin + pathname);
}

/** Not a regular expression: `/\/+$/` needs time that grows with the square of the number of slashes in the text. */
export function withoutTrailingSlashes(text: string): string {
  let end = text.length;
  while (text[end - 1] === "/") end--;
  return text.slice(0, end);
}

/**
 * Asserts that credentials may be sent to `url`: over https, to a loopback address, or if the caller allows it.
 *
 * @throws {@link InvalidInputError} they could be read in transit
 */
export function assertSecure(field: string, { protocol, hostname }: URL, allowInsecureRequests?: boolean): void {
  const isLoopback = hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
  assertInput(
    protocol === "https:" || isLoopback || allowInsecureRequests,
    field,
    "must be an https URL (or http and allowInsecureRequests true)",
  );
}
