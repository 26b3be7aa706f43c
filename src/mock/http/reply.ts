import { HTTPException } from "hono/http-exception";
import type { Exchange } from "../context.ts";

type Fields = Record<string, string>;

/** The caching headers of the OAuth 2.0 endpoints. */
export const NO_STORE: Fields = { "cache-control": "no-store", pragma: "no-cache" };

/** A JSON response of the admin API. */
export function json(body: unknown, status = 200, headers: Fields = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
  });
}

/** A JSON response of the OAuth 2.0 endpoints, which spell their content type differently and forbid caching. */
export function oauthJson(body: unknown, status = 200, headers: Fields = NO_STORE): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json;charset=UTF-8", ...headers },
  });
}

export function noContent(): Response {
  return new Response(null, { status: 204 });
}

/** A redirect, with the short HTML page that the server sends along to a GET request. */
export function redirect(
  c: Exchange,
  location: string,
  cookies: readonly string[] = [],
  status: 302 | 307 = 302,
): Response {
  if (c.req.method !== "GET") return withCookies(new Response(null, { status, headers: { location } }), cookies);
  const page = `<a href="${escapeHtml(location)}">${status === 302 ? "Found" : "Temporary Redirect"}</a>.\n\n`;
  return withCookies(html(page, status, { location }), cookies);
}

export function html(page: string, status = 200, headers: Fields = {}): Response {
  return new Response(page, { status, headers: { "content-type": "text/html; charset=utf-8", ...headers } });
}

const ENTITIES: Fields = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ENTITIES[char]!);
}

export function withCookies(response: Response, cookies: readonly string[]): Response {
  for (const cookie of cookies) response.headers.append("set-cookie", cookie);
  return response;
}

/** An error of the admin API, to be thrown. `error` is a code or a sentence, as the server has it. */
export function refusal(status: number, error: string, description = ""): HTTPException {
  const body = JSON.stringify({ error, error_description: description });
  const res = new Response(body, { status, headers: { "content-type": "application/json" } });
  return new HTTPException(status as 400, { res, message: description || error });
}

export function badRequest(description: string): HTTPException {
  return refusal(400, "The request was malformed or contained invalid parameters", description);
}

export function unauthorized(description: string): HTTPException {
  return refusal(401, "The request could not be authorized", description);
}

/** The error for a row that is not in the database. */
export function notFound(): HTTPException {
  return refusal(404, "Unable to locate the resource");
}

export function conflict(): HTTPException {
  return refusal(409, "Unable to insert or update resource because a resource with that value exists already");
}
