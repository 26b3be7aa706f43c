// Protects an API of Hono with Hydra: a middleware that requires a scope, and a typed variable. For Node, Workers, Deno, Bun.
//
//   npx tsx examples/frameworks/hono.ts
//
// Also needs: npm install hono
import { Hono } from "hono";
import { createMiddleware } from "hono/factory";
import {
  type AccessTokenGuard,
  type AccessTokenInfo,
  createIntrospector,
  isAccessTokenError,
  isResponseError,
  OAuth2Api,
} from "hydra-sdk";
import { callOrders, type ServeOrders } from "../support/call-orders.ts";
import { serve } from "../support/serve.ts";

/** Lets a request pass if its access token grants the scope. */
const requireScope = (guard: AccessTokenGuard, requiredScope: string) =>
  createMiddleware<{ Variables: { accessToken: AccessTokenInfo } }>(async (c, next) => {
    try {
      c.set("accessToken", await guard(c.req.header("authorization"), { requiredScope }));
    } catch (error) {
      if (isAccessTokenError(error)) {
        return c.json({ error: error.problem }, error.status, { "www-authenticate": error.challenge() });
      }
      // Hydra could not be asked. Clients are not told why.
      console.error((error as Error).message);
      if (isResponseError(error) && error.retryAfter) c.header("retry-after", `${Math.ceil(error.retryAfter)}`);
      return c.json({ error: "temporarily_unavailable" }, 503);
    }
    return next();
  });

export const serveOrders: ServeOrders = (configuration) => {
  const guard = createIntrospector(new OAuth2Api(configuration), { audience: "https://orders.example.com" });
  const app = new Hono()
    .get("/orders", requireScope(guard, "orders.read"), (c) => {
      const { clientId, subject } = c.var.accessToken;
      return c.json({ clientId, subject });
    })
    .post("/orders", requireScope(guard, "orders.write"), (c) => c.body(null, 201));
  return serve(app.fetch); // In Node: `serve(app)` of @hono/node-server. On Workers: `export default app`.
};

await callOrders(serveOrders);
