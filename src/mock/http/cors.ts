import type { Context, Routes } from "../context.ts";
import { findToken } from "../state/state.ts";
import { basicCredentials, bearerToken } from "./authorization-header.ts";
import { parseForm } from "./body.ts";
import { withoutEmpty } from "./parameters.ts";
import { noContent } from "./reply.ts";

const METHODS = ["POST", "GET", "PUT", "PATCH", "DELETE", "HEAD"];
const HEADERS = ["accept", "accept-language", "authorization", "content-language", "content-length", "content-type"];
// Without `Link` and `Location`, as is the server's default: pages of other origins cannot read them.
const EXPOSED = "Cache-Control, Expires, Last-Modified, Pragma, Content-Length, Content-Language, Content-Type";

/** The paths at which a client's `allowed_cors_origins` count beside the origins of the whole server. */
const CLIENT_PATHS = [
  "/.well-known/jwks.json",
  "/.well-known/oauth-authorization-server",
  "/.well-known/openid-configuration",
  "/credentials",
  "/oauth2/revoke",
  "/oauth2/token",
  "/userinfo",
];

/** Answers an `OPTIONS` request that is not a preflight. */
export function corsRoutes(routes: Routes): void {
  routes.public.on("OPTIONS", CLIENT_PATHS, () => new Response(null));
}

export function isPreflight({ method, headers }: Request): boolean {
  return method === "OPTIONS" && headers.has("origin") && Boolean(headers.get("access-control-request-method"));
}

/**
 * The answer to a preflight, whatever its path. A refused one gets the server's answer, a `204` that allows nothing.
 * `undefined` if cross-origin sharing is turned off.
 */
export function preflightAnswer({ corsOrigins }: Context, { headers }: Request): Response | undefined {
  if (corsOrigins.length === 0) return undefined;
  const [origin, method] = [headers.get("origin")!, headers.get("access-control-request-method")!];
  const requestedHeaders = headers.get("access-control-request-headers") ?? "";
  const response = noContent();
  const isAllowed = matchesOrigin(corsOrigins, origin) && METHODS.includes(method) && areAllowed(requestedHeaders);
  if (!isAllowed) return response;
  response.headers.set("access-control-allow-methods", method);
  if (requestedHeaders) response.headers.set("access-control-allow-headers", requestedHeaders);
  allowOrigin(response, origin);
  return response;
}

/** Lets the page that sent the request read the response, if its origin is allowed. */
export async function shareWithOrigin(
  context: Context,
  request: Request,
  body: string,
  response: Response,
): Promise<void> {
  const origin = request.headers.get("origin");
  if (context.corsOrigins.length === 0 || origin === null) return;
  if (!matchesOrigin(context.corsOrigins, origin) && !(await matchesClient(context, request, body, origin))) return;
  response.headers.set("access-control-expose-headers", EXPOSED);
  allowOrigin(response, origin);
}

function allowOrigin({ headers }: Response, origin: string): void {
  headers.set("access-control-allow-origin", origin);
  headers.set("access-control-allow-credentials", "true");
  headers.append("vary", "Origin");
}

/** `"*"` matches every origin, `https://*` every origin of the scheme, `https://*.example.com` a single label. */
function matchesOrigin(patterns: readonly string[], origin: string): boolean {
  return patterns.some((pattern) => {
    const [before, after] = pattern.toLowerCase().split("*", 2);
    if (after === undefined) return before === origin;
    if (pattern === "*" || (pattern.endsWith("://*") && origin.startsWith(before!))) return true;
    const label = origin.slice(before!.length, -after.length);
    return /:\/\/\*\./.test(pattern) && origin === before + label + after && /^[^.]+$/.test(label);
  });
}

/** Whether a page may send all of these request headers. Browsers send the names sorted and in lower case. */
function areAllowed(requestedHeaders: string): boolean {
  const names = withoutEmpty(requestedHeaders.split(","));
  return names.every((name, i) => HEADERS.indexOf(name) > (i === 0 ? -1 : HEADERS.indexOf(names[i - 1]!)));
}

/** Whether the origin, in any case, is one of the client's or of the server's. Only some paths look for the client. */
async function matchesClient(context: Context, request: Request, body: string, origin: string): Promise<boolean> {
  const { pathname } = new URL(request.url);
  if (!CLIENT_PATHS.includes(pathname.replace(/\/$/, ""))) return false;
  // Browsers send preflights without credentials: any client may be meant.
  if (request.method === "OPTIONS") return true;
  const origins = [...context.corsOrigins, ...(await clientOrigins(context, request, body))];
  return matchesOrigin(origins, origin.toLowerCase());
}

/** The `allowed_cors_origins` of the client that the request's form, Basic header or token belongs to. */
async function clientOrigins(context: Context, { url, headers }: Request, body: string): Promise<readonly string[]> {
  const { searchParams } = new URL(url);
  const form = await parseForm(headers.get("content-type") ?? "", body);
  const authorization = headers.get("authorization") ?? undefined;
  const token = bearerToken(authorization, new URLSearchParams([...form, ...searchParams]));
  const clientId =
    form.get("client_id") || basicCredentials(authorization)?.id || findToken(context, token)?.grant.clientId;
  return context.state.clients.get(clientId ?? "")?.client.allowed_cors_origins ?? [];
}
