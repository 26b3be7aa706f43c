import { HTTPException } from "hono/http-exception";

type Fields = Record<string, string>;

/** What the token endpoint and its neighbours say about caching. */
export const NO_STORE: Fields = { "cache-control": "no-store", pragma: "no-cache" };

/** An answer of the management side of the server. */
export function json(body: unknown, status = 200, headers: Fields = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
  });
}

/** An answer of the OAuth 2.0 endpoints, which write their content type another way and forbid caching. */
export function oauthJson(body: unknown, status = 200, headers: Fields = NO_STORE): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json;charset=UTF-8", ...headers },
  });
}

export function noContent(): Response {
  return new Response(null, { status: 204 });
}

/** A URL with what no header can carry escaped: a client may have registered one that has it. */
export function inAscii(url: string): string {
  return url.replace(/[^\x21-\x7e]/gu, encodeURIComponent);
}

/** A redirect with the page for people that goes with it. */
export function redirect(location: string, status: 302 | 307 = 302): Response {
  const href = location.replaceAll("&", "&amp;").replaceAll('"', "&#34;").replaceAll("<", "&lt;");
  return new Response(`<a href="${href}">${status === 302 ? "Found" : "Temporary Redirect"}</a>.\n\n`, {
    status,
    headers: { "content-type": "text/html; charset=utf-8", location },
  });
}

export function withCookies(response: Response, cookies: readonly string[]): Response {
  for (const each of cookies) response.headers.append("set-cookie", each);
  return response;
}

/** To throw: the error answer of the management side. `error` is a code or a sentence, as the server has it. */
export function refusal(status: number, error: string, description = ""): HTTPException {
  const body = JSON.stringify({ error, error_description: description });
  const res = new Response(body, { status, headers: { "content-type": "application/json" } });
  return new HTTPException(status as 400, { res, message: description || error });
}

/** To throw: the error answer of the OAuth 2.0 endpoints, RFC 6749 section 5.2. */
export function oauthRefusal(status: number, error: string, description = ""): HTTPException {
  const res = oauthJson({ error, error_description: description }, status);
  return new HTTPException(status as 400, { res, message: description || error });
}

export function badRequest(description: string): HTTPException {
  return refusal(400, "The request was malformed or contained invalid parameters", description);
}

export function unauthorized(description: string): HTTPException {
  return refusal(401, "The request could not be authorized", description);
}

/** The row is not in the database. */
export function notFound(): HTTPException {
  return refusal(404, "Unable to locate the resource");
}

export function conflict(): HTTPException {
  return refusal(409, "Unable to insert or update resource because a resource with that value exists already");
}
