// Protects an API of Fastify with Hydra: a hook that requires a scope, and a property of the request.
//
//   npx tsx examples/frameworks/fastify.ts
//
// Also needs: npm install fastify
import { type FastifyInstance, fastify, type onRequestAsyncHookHandler } from "fastify";
import {
  type AccessTokenGuard,
  type AccessTokenInfo,
  createIntrospector,
  isAccessTokenError,
  isResponseError,
  OAuth2Api,
} from "hydra-sdk";
import { callOrders, type ServeOrders } from "../support/call-orders.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** What the access token says, on routes with `requireScope`. */
    accessToken?: AccessTokenInfo;
  }
}

/** Returns a function that makes hooks: each lets a request pass if its access token grants the scope. */
function accessTokens(app: FastifyInstance, guard: AccessTokenGuard) {
  app.decorateRequest("accessToken");
  return (requiredScope: string): onRequestAsyncHookHandler =>
    async (request, reply) => {
      try {
        request.accessToken = await guard(request.headers.authorization, { requiredScope });
      } catch (error) {
        if (isAccessTokenError(error)) {
          return reply.code(error.status).header("www-authenticate", error.challenge()).send({ error: error.problem });
        }
        // Hydra could not be asked. Clients are not told why; the log is, with `fastify({ logger: true })`.
        request.log.error(error);
        if (isResponseError(error) && error.retryAfter) reply.header("retry-after", Math.ceil(error.retryAfter));
        return reply.code(503).send({ error: "temporarily_unavailable" });
      }
    };
}

export const serveOrders: ServeOrders = async (configuration) => {
  const guard = createIntrospector(new OAuth2Api(configuration), { audience: "https://orders.example.com" });
  const app = fastify();
  const requireScope = accessTokens(app, guard);
  // onRequest rather than preHandler: the body of a request without access is not read.
  app.get("/orders", { onRequest: requireScope("orders.read") }, async (request) => {
    const { clientId, subject } = request.accessToken!;
    return { clientId, subject };
  });
  app.post("/orders", { onRequest: requireScope("orders.write") }, (_request, reply) => reply.code(201).send());
  return { origin: await app.listen(), close: () => app.close() };
};

await callOrders(serveOrders);
