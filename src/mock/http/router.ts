import type { Hono as AnyHono } from "hono";
import { HTTPException } from "hono/http-exception";
import { Hono } from "hono/tiny";
import { getPath } from "hono/utils/url";
import type { Context, Env, Exchange, Routes } from "../context.ts";
import { DroppedConnection } from "./paging.ts";
import { html, redirect, refusal } from "./reply.ts";

/** The empty routers of both listeners, with what applies to every route. */
export function createRouters(context: Context): Routes {
  const pathOf = (request: Request): string => {
    const path = getPath(request);
    return withoutTrailingSlash(context.has("slashesInIds") ? path : path.replace(/%2f/gi, "/"));
  };
  const routes: Routes = {
    public: new Hono<Env>({ getPath: pathOf }),
    admin: new Hono<Env>({ getPath: (request) => withAdminPrefix(pathOf(request)) }),
  };
  for (const router of [routes.public, routes.admin]) {
    router.use(forbidCaching);
    // By the clock that lifetimes depend on, so that its difference to the caller's shows.
    router.use(async (c, next) => {
      await next();
      c.res.headers.set("date", new Date(context.now()).toUTCString());
    });
    router.onError(errorResponse);
    router.notFound(unknownRoute);
  }
  return routes;
}

function withoutTrailingSlash(path: string): string {
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
}

/** The admin listener adds the prefix if it is missing: `/version` is `/admin/version`. */
function withAdminPrefix(path: string): string {
  return path.startsWith("/admin") ? path : `/admin${path}`;
}

/** Every GET forbids caching, unless its handler sets a rule of its own. */
const forbidCaching: Parameters<AnyHono<Env>["use"]>[1] = async (c, next) => {
  await next();
  if (c.req.method !== "GET" || c.res.headers.has("cache-control")) return;
  c.res.headers.set("cache-control", "private, no-cache, no-store, must-revalidate");
};

function errorResponse(error: Error): Response {
  if (error instanceof DroppedConnection) throw error;
  if (error instanceof HTTPException) return error.getResponse();
  return refusal(500, "mock_failure", `The mock itself failed: ${error.message}`).getResponse();
}

const UNKNOWN_ROUTE = "The requested route does not exist. Check the path, the host and the port.";

/** The 404 for a route that does not exist, in the media type that the `Accept` header prefers; HTML by default. */
function unknownRoute(c: Exchange): Response {
  const { pathname, search } = new URL(c.req.url);
  const isPublic = !c.req.path.startsWith("/admin");
  if (isPublic && (pathname.includes("//") || pathname === "/"))
    return redirect(c, pathname.replace(/\/+/g, "/") + search, [], 307);
  const type = negotiate(c.req.header("accept") ?? "*/*", ["text/html", "text/plain", "application/json"]);
  if (type === "text/html") {
    return html(`<!DOCTYPE html>\n<title>404 - Not Found</title>\n<h1>Not Found</h1>\n<p>${UNKNOWN_ROUTE}</p>\n`, 404);
  }
  const body =
    type === "text/plain"
      ? `Error 404 - ${UNKNOWN_ROUTE}`
      : JSON.stringify({ error: { code: 404, message: "Not Found", reason: UNKNOWN_ROUTE } });
  return new Response(body, { status: 404, headers: { "content-type": `${type}; charset=utf-8` } });
}

/** The offer that `accept` prefers: by quality, then by how exact the range is, then by the order of the offers. */
function negotiate(accept: string, offers: string[]): string {
  const ranges = accept.split(",").map((range) => {
    const [type = "", ...parameters] = range.split(";").map((part) => part.trim());
    const quality = parameters.find((parameter) => parameter.startsWith("q="));
    return { type, quality: quality ? Number(quality.slice(2)) : 1 };
  });
  let best = { offer: offers[0]!, quality: 0, exactness: 0 };
  for (const offer of offers) {
    for (const { type, quality } of ranges) {
      const exactness = type === offer ? 3 : type === `${offer.split("/")[0]}/*` ? 2 : type === "*/*" ? 1 : 0;
      const isBetter = quality > best.quality || (quality === best.quality && exactness > best.exactness);
      if (exactness > 0 && quality > 0 && isBetter) best = { offer, quality, exactness };
    }
  }
  return best.offer;
}
