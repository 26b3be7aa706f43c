import type { MiddlewareHandler } from "hono";
import type { Context, Env, Exchange } from "./context.ts";
import { noContent } from "./reply.ts";

const METHODS = ["POST", "GET", "PUT", "PATCH", "DELETE", "HEAD"];
const HEADERS = ["accept", "content-type", "content-length", "accept-language", "content-language", "authorization"];
// Without `Link` and `Location`, as the server has it by default: a page of another origin cannot read them.
const EXPOSED = "Cache-Control, Expires, Last-Modified, Pragma, Content-Length, Content-Language, Content-Type";

/**
 * Cross-origin sharing with the allowed origins. A preflight is answered here whatever its path, and one that is
 * refused looks like the server's: a `204` that allows nothing.
 */
export function cors(context: Context): MiddlewareHandler<Env> {
  return async (c, next) => {
    const origin = c.req.header("origin");
    const method = c.req.header("access-control-request-method");
    const preflight = c.req.method === "OPTIONS" && method !== undefined;
    if (context.corsOrigins.length === 0 || origin === undefined) return next();
    if (preflight) {
      c.res = noContent();
      const requested = c.req.header("access-control-request-headers");
      if (!allows(context.corsOrigins, origin) || !METHODS.includes(method) || !knownHeaders(requested)) return;
      c.res.headers.set("access-control-allow-methods", method);
      if (requested) c.res.headers.set("access-control-allow-headers", requested);
    } else {
      await next();
      if (!allows(context.corsOrigins, origin) && !allows(clientOrigins(c, context), origin)) return;
      c.res.headers.set("access-control-expose-headers", EXPOSED);
    }
    c.res.headers.set("access-control-allow-origin", origin);
    c.res.headers.set("access-control-allow-credentials", "true");
    c.res.headers.append("vary", "Origin");
  };
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

function knownHeaders(requested: string | undefined): boolean {
  return (requested ?? "")
    .split(",")
    .every((name) => name.trim() === "" || HEADERS.includes(name.trim().toLowerCase()));
}

/** What the client of this request registered as `allowed_cors_origins`; it counts at the OAuth 2.0 endpoints alone. */
function clientOrigins(c: Exchange, context: Context): readonly string[] {
  if (!new URL(c.req.url).pathname.startsWith("/oauth2/") && !c.req.path.startsWith("/userinfo")) return [];
  const id = new URLSearchParams(c.env.body).get("client_id") ?? basicUser(c.req.header("authorization"));
  return context.state.clients.get(id)?.client.allowed_cors_origins ?? [];
}

function basicUser(authorization = ""): string {
  const [, credentials] = /^basic +([\w+/=-]+)$/i.exec(authorization) ?? [];
  try {
    return credentials ? decodeURIComponent(atob(credentials).split(":")[0]!) : "";
  } catch {
    return "";
  }
}
