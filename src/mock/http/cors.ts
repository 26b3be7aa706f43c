import type { Context, Routes } from "../context.ts";
import { basicCredentials } from "../tokens/client-authentication.ts";
import { bearerToken, findToken } from "../tokens/issue.ts";
import { parseForm } from "./body.ts";
import { noContent } from "./reply.ts";

const METHODS = ["POST", "GET", "PUT", "PATCH", "DELETE", "HEAD"];
const HEADERS = ["accept", "content-type", "content-length", "accept-language", "content-language", "authorization"];
// Without `Link` and `Location`, as the server has it by default: a page of another origin cannot read them.
const EXPOSED = "Cache-Control, Expires, Last-Modified, Pragma, Content-Length, Content-Language, Content-Type";

/** Where the origins that a client registered count, beside those of the whole server. */
const CLIENT_PATHS = [
  "/.well-known/jwks.json",
  "/.well-known/oauth-authorization-server",
  "/.well-known/openid-configuration",
  "/credentials",
  "/oauth2/revoke",
  "/oauth2/token",
  "/userinfo",
];

/** What answers there to an `OPTIONS` that is no preflight. */
export function corsRoutes(routes: Routes): void {
  routes.public.on("OPTIONS", CLIENT_PATHS, () => new Response(null));
}

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
export async function share(context: Context, request: Request, body: string, response: Response): Promise<void> {
  const origin = request.headers.get("origin");
  if (context.corsOrigins.length === 0 || origin === null) return;
  if (!allows(context.corsOrigins, origin) && !allows(await clientOrigins(context, request, body), origin)) return;
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

/** What the client of this request, known by its form, its header or its token, has as `allowed_cors_origins`. */
async function clientOrigins(context: Context, { url, headers }: Request, body: string): Promise<readonly string[]> {
  const { pathname, searchParams } = new URL(url);
  if (!CLIENT_PATHS.includes(pathname.replace(/\/$/, ""))) return [];
  const form = await parseForm(headers.get("content-type") ?? "", body);
  const authorization = headers.get("authorization") ?? undefined;
  const token = bearerToken(authorization, new URLSearchParams([...form, ...searchParams]));
  const id = form.get("client_id") || basicCredentials(authorization)?.id || findToken(context, token)?.grant.clientId;
  return context.state.clients.get(id ?? "")?.client.allowed_cors_origins ?? [];
}
