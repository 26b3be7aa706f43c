// Protects an API of Express with Hydra: a middleware that requires a scope. It works with Express 4 as well.
//
//   npx tsx examples/frameworks/express.ts
//
// Also needs: npm install express
import { createServer } from "node:http";
import express, { type ErrorRequestHandler, type RequestHandler } from "express";
import {
  type AccessTokenGuard,
  type AccessTokenInfo,
  createIntrospector,
  isAccessTokenError,
  isHydraError,
  isResponseError,
  OAuth2Api,
} from "hydra-sdk";
import { callOrders, type ServeOrders } from "../support/call-orders.ts";
import { listening } from "../support/serve.ts";

declare global {
  namespace Express {
    interface Request {
      /** What the access token says, on routes with `requireScope`. */
      accessToken?: AccessTokenInfo;
    }
  }
}

/** Lets a request pass if its access token grants the scope. */
const requireScope =
  (guard: AccessTokenGuard, requiredScope: string): RequestHandler =>
  async (request, _response, next) => {
    try {
      request.accessToken = await guard(request.headers.authorization, { requiredScope });
    } catch (error) {
      return next(error); // Express 4 does not see that a promise is rejected.
    }
    next();
  };

/** Responds to requests that do not get access. Clients are not told what is wrong with Hydra. */
const refuse: ErrorRequestHandler = (error, _request, response, next) => {
  if (!isHydraError(error)) return next(error);
  if (isAccessTokenError(error)) {
    response.status(error.status).set("WWW-Authenticate", error.challenge()).json({ error: error.problem });
  } else {
    console.error(error.message);
    if (isResponseError(error) && error.retryAfter) response.set("Retry-After", `${Math.ceil(error.retryAfter)}`);
    response.status(503).json({ error: "temporarily_unavailable" });
  }
};

export const serveOrders: ServeOrders = (configuration) => {
  const guard = createIntrospector(new OAuth2Api(configuration), { audience: "https://orders.example.com" });
  const app = express();
  app.get("/orders", requireScope(guard, "orders.read"), (request, response) => {
    const { clientId, subject } = request.accessToken!;
    response.json({ clientId, subject });
  });
  app.post("/orders", requireScope(guard, "orders.write"), (_request, response) => response.status(201).end());
  app.use(refuse);
  return listening(createServer(app));
};

await callOrders(serveOrders);
