/** Escapes what a header cannot carry: a client may have registered a URL that contains it. */
export function escapeNonAscii(url: string): string {
  return url.replace(/[^\x21-\x7e]/gu, encodeURIComponent);
}

/** Adds query parameters to `url`, which may be relative, and sorts all of its parameters by name. */
export function withQuery(url: string, parameters: Record<string, string>): string {
  const [, path = "", own, hash = ""] = /^([^?#]*)(?:\?([^#]*))?(.*)$/s.exec(url) ?? [];
  const query = new URLSearchParams(own);
  for (const [name, value] of Object.entries(parameters)) query.set(name, value);
  query.sort();
  return escapeNonAscii(path + (query.size > 0 ? `?${query}` : "") + hash);
}

export function withoutTrailingSlashes(text: string): string {
  // Without the lookbehind, a long row of slashes would be searched again from each of them.
  return text.replace(/(?<!\/)\/+$/, "");
}
