/** The user name and password of a Basic header, not yet form-decoded; `undefined` for any other header. */
export function basicCredentials(header: string | undefined): { id: string; secret: string } | undefined {
  const [, encoded] = /^basic +(.*)$/i.exec(header ?? "") ?? [];
  if (encoded === undefined) return undefined;
  let text: string;
  try {
    text = new TextDecoder().decode(Uint8Array.from(atob(encoded), (char) => char.charCodeAt(0)));
  } catch {
    return undefined;
  }
  const at = text.indexOf(":");
  return at === -1 ? undefined : { id: text.slice(0, at), secret: text.slice(at + 1) };
}

/** The bearer token of a request: from its `authorization` header, or else its parameter `access_token`. */
export function bearerToken(header: string | undefined, parameters: URLSearchParams): string {
  const [, token] = /^bearer (.*)$/is.exec(header ?? "") ?? [];
  return token ?? parameters.get("access_token") ?? "";
}
