/**
 * A URL taken apart as the server does it. Unlike `URL`, it keeps every part as it was written: it neither lower-cases
 * a host nor drops a default port nor escapes anything. Only the scheme is in lower case.
 */
export interface ParsedUrl {
  /** Without the colon; empty for a relative URL. */
  scheme: string;
  /** What follows the scheme of a URL without slashes, such as `example:callback`. */
  opaque: string;
  /** Without the `@`. */
  userinfo: string | undefined;
  /** With the port. */
  host: string;
  path: string;
  /** Without the question mark. */
  query: string | undefined;
  /** Without the hash sign. */
  fragment: string;
}

/** Parses an absolute or relative URL; `undefined` if it is not valid. */
export function parseUrl(text: string): ParsedUrl | undefined {
  const [, beforeHash = "", fragment = ""] = /^([^#]*)#?(.*)$/s.exec(text) ?? [];
  const url = parse(beforeHash, false);
  return url && hasValidEscapes(fragment) ? { ...url, fragment } : undefined;
}

/** Parses an absolute URL or an absolute path, as in the first line of an HTTP request; `undefined` for other texts. */
export function parseRequestUri(text: string): ParsedUrl | undefined {
  return text === "" ? undefined : parse(text, true);
}

/** The host without its port. */
export function hostnameOf({ host }: ParsedUrl): string {
  return host.replace(/:\d*$/, "").replace(/^\[(.*)\]$/, "$1");
}

export function portOf({ host }: ParsedUrl): string {
  return /:(\d*)$/.exec(host)?.[1] ?? "";
}

export function isHttpUrl(url: ParsedUrl | undefined): url is ParsedUrl {
  return url?.scheme === "https" || url?.scheme === "http";
}

/** A path with every escape resolved, for comparison. */
export function decodedPath({ path }: ParsedUrl): string {
  const ascii = path.replace(/[^\0-\x7f]+/gu, encodeURIComponent);
  return ascii.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function parse(text: string, isRequestUri: boolean): ParsedUrl | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  if (/[\0-\x1f\x7f]/.test(text) || text.startsWith(":")) return undefined;
  const [prefix = "", scheme = ""] = /^([a-z][a-z\d+.-]*):/i.exec(text) ?? [];
  const [, beforeQuery = "", query] = /^([^?]*)(?:\?(.*))?$/s.exec(text.slice(prefix.length)) ?? [];
  const url = {
    scheme: scheme.toLowerCase(),
    opaque: "",
    userinfo: undefined,
    host: "",
    path: "",
    query,
    fragment: "",
  };
  if (!beforeQuery.startsWith("/")) {
    if (scheme !== "") return { ...url, opaque: beforeQuery };
    const isRelativePath = !isRequestUri && !/^[^/]*:/.test(beforeQuery);
    const isValid = (isRelativePath || beforeQuery === "*") && hasValidEscapes(beforeQuery);
    return isValid ? { ...url, path: beforeQuery } : undefined;
  }
  const mayHaveHost = scheme !== "" || (!isRequestUri && !beforeQuery.startsWith("///"));
  const match = mayHaveHost ? /^\/\/([^/]*)(.*)$/s.exec(beforeQuery) : null;
  const [authority, path = ""] = match ? match.slice(1) : [undefined, beforeQuery];
  if (!hasValidEscapes(path)) return undefined;
  if (authority === undefined) return { ...url, path };
  const [, userinfo, host = ""] = /^(?:(.*)@)?([^@]*)$/s.exec(authority) ?? [];
  if (!isHost(host) || !isUserinfo(userinfo ?? "")) return undefined;
  return { ...url, userinfo, host, path };
}

function hasValidEscapes(text: string): boolean {
  return !/%(?![\da-f]{2})/i.test(text);
}

function isUserinfo(text: string): boolean {
  return /^[\w.~!$&'()*+,;=:%@-]*$/.test(text) && hasValidEscapes(text);
}

/** A name, which may contain any character beyond ASCII, or an IPv6 address in brackets; with or without a port. */
function isHost(host: string): boolean {
  const [, address] = /^\[([^\]]*)\](?::\d*)?$/.exec(host) ?? [];
  if (address !== undefined) return URL.canParse(`http://[${address.replace(/%25.*$/s, "")}]`);
  return /^(?:[\w.~!$&'()*+,;="<>-]|[^\0-\x7f]|%[89a-f][\da-f])*(?::\d*)?$/iu.test(host);
}
