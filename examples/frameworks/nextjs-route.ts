// Protects a route handler of the Next.js App Router with Hydra. Save it as app/orders/route.ts.
//
//   npx tsx examples/frameworks/nextjs.ts    calls it as Next.js does
import {
  type AccessTokenGuard,
  type AccessTokenInfo,
  createIntrospector,
  isAccessTokenError,
  isResponseError,
  OAuth2Api,
} from "hydra-sdk";

let guard: AccessTokenGuard | undefined;

/** Called by the first request: `next build` loads this file, too, where the variables of the server may be missing. */
function createGuard(): AccessTokenGuard {
  const oauth2 = new OAuth2Api({
    basePath: process.env.HYDRA_PUBLIC_URL,
    adminBasePath: process.env.HYDRA_ADMIN_URL, // not with Ory Network
    accessToken: process.env.ORY_API_KEY, // only with Ory Network
    timeout: 10_000,
  });
  return createIntrospector(oauth2, { audience: "https://orders.example.com" });
}

/** Returns a route handler that responds with `handle` if the access token grants the scope. */
function withAccessToken<Rest extends unknown[]>(
  requiredScope: string,
  handle: (accessToken: AccessTokenInfo, request: Request, ...rest: Rest) => Response | Promise<Response>,
) {
  return async (request: Request, ...rest: Rest): Promise<Response> => {
    // Not in `try`: where Next.js renders in advance, it interrupts this with an exception of its own.
    const authorization = request.headers.get("authorization");
    let accessToken: AccessTokenInfo;
    try {
      guard ??= createGuard();
      accessToken = await guard(authorization, { requiredScope });
    } catch (error) {
      const headers = new Headers();
      if (isAccessTokenError(error)) {
        headers.set("www-authenticate", error.challenge());
        return Response.json({ error: error.problem }, { status: error.status, headers });
      }
      // Hydra could not be asked. Clients are not told why.
      console.error((error as Error).message);
      if (isResponseError(error) && error.retryAfter) headers.set("retry-after", `${Math.ceil(error.retryAfter)}`);
      return Response.json({ error: "temporarily_unavailable" }, { status: 503, headers });
    }
    return handle(accessToken, request, ...rest);
  };
}

export const GET = withAccessToken("orders.read", ({ clientId, subject }) => Response.json({ clientId, subject }));

export const POST = withAccessToken("orders.write", () => new Response(null, { status: 201 }));
