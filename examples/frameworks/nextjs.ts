// Calls a protected route handler as Next.js does: with a Request. The handler is in nextjs-route.ts.
//
//   npx tsx examples/frameworks/nextjs.ts
import { callOrders, type ServeOrders } from "../support/call-orders.ts";
import { serve } from "../support/serve.ts";
import { GET, POST } from "./nextjs-route.ts";

export const serveOrders: ServeOrders = async ({ basePath, adminBasePath, accessToken, fetch = globalThis.fetch }) => {
  const { env, fetch: originalFetch } = { env: process.env, fetch: globalThis.fetch };
  process.env = {
    ...env,
    HYDRA_PUBLIC_URL: basePath,
    HYDRA_ADMIN_URL: adminBasePath,
    ORY_API_KEY: accessToken as string,
  };
  // Next.js replaces fetch, too.
  globalThis.fetch = fetch as typeof globalThis.fetch;
  const { origin, close } = await serve((request) => (request.method === "POST" ? POST(request) : GET(request)));
  const restore = () => {
    process.env = env;
    globalThis.fetch = originalFetch;
  };
  return { origin, close: () => close().finally(restore) };
};

await callOrders(serveOrders);
