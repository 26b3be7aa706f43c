import type { Context } from "./context.ts";
import { noContent } from "./reply.ts";

const METHODS = ["POST", "GET", "PUT", "PATCH", "DELETE", "HEAD"];
const HEADERS = ["accept", "content-type", "content-length", "accept-language", "content-language", "authorization"];
// Without `Link` and `Location`, as the server has it by default: a page of another origin cannot read them.
const EXPOSED = "Cache-Control, Expires, Last-Modified, Pragma, Content-Length, Content-Language, Content-Type";

/** Whether a browser asks with this request whether a page may send another one. */
export function isPreflight({ method, headers }: Request): boolean {
  return method === "OPTIONS" && headers.has("origin") && headers.has("access-control-request-method");
}

/**
 * The answer to a preflight, whatever its path. One that is refused looks like the server's: a `204` that allows
 * nothing. `undefined` where cross-origin sharing is off.
 */
export function preflightAnswer({ corsOrigins }: Context, { headers }: Request): Response | undefined {
  if (corsOrigins.length === 0) return undefined;
  const [origin, method] = [headers.get("origin")!, headers.get("access-control-request-method")!];
  const requested = headers.get("access-control-request-headers");
  const response = noContent();
  if (!allows(corsOrigins, origin) || !METHODS.includes(method) || !knownHeaders(requested ?? "")) return response;
  response.headers.set("access-control-allow-methods", method);
  if (requested) response.headers.set("access-control-allow-headers", requested);
  allow(response, origin);
  return response;
}

/** Lets the page that sent the request read the answer, where its origin is allowed. */
export function share(context: Context, request: Request, body: string, response: Response): void {
  const origin = request.headers.get("origin");
  if (context.corsOrigins.length === 0 || origin === null) return;
  if (!allows(context.corsOrigins, origin) && !allows(clientOrigins(context, request, body), origin)) return;
  response.headers.set("access-control-expose-headers", EXPOSED);
  allow(response, origin);
}

function allow({ headers }: Response, origin: string): void {
  headers.set("access-control-allow-origin", origin);
  headers.set("access-control-allow-credentials", "true");
  headers.append("vary", "Origin");
}

/** `"*"` allows every origin, `https://*` every origin of the scheme, `https://*.example.com` one label in its place. */
function allows(allowed: readonly string[], origin: string): boolean {
  const asked = origin.toLowerCase();
  return allowed.some((one) => {
    const [before, behind] = one.toLowerCase().split("*", 2);
    if (behind === undefined) return before === asked;
    if (one === "*" || (one.endsWith("://*") && asked.startsWith(before!))) return true;
    const label = asked.slice(before!.length, -behind.length);
    return /:\/\/\*\./.test(one) && asked === before + label + behind && /^[^.]+$/.test(label);
  });
}

function knownHeaders(requested: string): boolean {
  return requested.split(",").every((name) => name.trim() === "" || HEADERS.includes(name.trim().toLowerCase()));
}

/** What the client of this request registered as `allowed_cors_origins`; it counts at the OAuth 2.0 endpoints alone. */
function clientOrigins(context: Context, { url, headers }: Request, body: string): readonly string[] {
  if (!/^\/(oauth2\/|userinfo)/.test(new URL(url).pathname)) return [];
  const id = new URLSearchParams(body).get("client_id") ?? basicUser(headers.get("authorization") ?? "");
  return context.state.clients.get(id)?.client.allowed_cors_origins ?? [];
}

function basicUser(authorization: string): string {
  const [, credentials] = /^basic +([\w+/=-]+)$/i.exec(authorization) ?? [];
  try {
    return credentials ? decodeURIComponent(atob(credentials).split(":")[0]!) : "";
  } catch {
    return "";
  }
}
