import type { Hono as AnyHono } from "hono";
import { HTTPException } from "hono/http-exception";
import { Hono } from "hono/tiny";
import { getPath } from "hono/utils/url";
import type { OAuth2Client } from "../types.ts";
import { decodeClient } from "./clients/metadata.ts";
import { clientRoutes, storeClient } from "./clients/routes.ts";
import type { Context, Env, Routes } from "./context.ts";
import { corsRoutes, isPreflight, preflightAnswer, share } from "./http/cors.ts";
import { type Fault, Faults, failWith } from "./http/faults.ts";
import { refusal } from "./http/reply.ts";
import { type RecordedRequest, RequestLog } from "./http/request-log.ts";
import { keySetRoutes } from "./keys/key-sets.ts";
import { trustedIssuerRoutes } from "./keys/trusted-issuers.ts";
import { authorizeRoutes } from "./login/authorize.ts";
import { deviceRoutes } from "./login/device.ts";
import { loginConsentRoutes } from "./login/login-consent.ts";
import { logoutRoutes } from "./login/logout.ts";
import { sessionRoutes } from "./login/sessions.ts";
import { metadataRoutes, unknownRoute } from "./metadata.ts";
import { type Listener, operationOf } from "./operations.ts";
import { type MockHydraOptions, originOf, resolveOptions } from "./options.ts";
import { seededRandom } from "./state/random.ts";
import { emptyState, type State } from "./state/state.ts";
import { tokenRoutes } from "./tokens/endpoint.ts";
import { userinfoRoutes } from "./tokens/userinfo.ts";
import { credentialRoutes } from "./tokens/verifiable-credentials.ts";

/**
 * A stateful server that answers as a real Ory Hydra does, without a port: a fetch function. For tests and examples,
 * never for production: it keeps secrets in the clear and forgets everything.
 *
 * @example
 * ```ts
 * const hydra = createMockHydra();
 * const configuration = new Configuration({
 *   basePath: hydra.publicUrl,
 *   adminBasePath: hydra.adminUrl,
 *   fetch: hydra.fetch,
 * });
 * ```
 *
 * @example
 * ```ts
 * import { createMockHydra } from "hydra-sdk/mock";
 * import { HttpResponse, http } from "msw";
 * import { setupServer } from "msw/node";
 *
 * // With msw, everything that a page or a test sends to the two origins; a connection that the mock drops, too.
 * const hydra = createMockHydra();
 * const origins = /^http:\/\/127\.0\.0\.1:444[45]\//;
 * setupServer(http.all(origins, ({ request }) => hydra.fetch(request).catch(() => HttpResponse.error()))).listen();
 * ```
 */
export interface MockHydra {
  /** The origin of the public API and, with a slash behind it, the issuer. `listen()` sets it to its port. */
  publicUrl: string;
  /** The origin of the admin API. `listen()` sets it to its port. */
  adminUrl: string;
  /**
   * Serves a request to one of the two origins. It never follows a redirect; a request to any other origin is rejected
   * as `fetch` rejects for a host that cannot be reached.
   */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
  /** Everything the mock remembers, to read and to seed. A reset puts another object in its place. */
  readonly state: State;
  /** The last 1,000 requests, oldest first, with secrets masked: a list of its own each time it is read. */
  readonly requests: readonly RecordedRequest[];
  /**
   * Puts a client in place without a request: with the defaults, the secret and the answer of `POST /admin/clients`,
   * but without its judgement of the values, so that a test may have a client that the server would refuse.
   *
   * @throws `TypeError` a member has a value of the wrong type
   * @throws `Error` a client of this id exists already
   * @returns the client with its `client_secret` and `registration_access_token`
   */
  addClient(client?: OAuth2Client): OAuth2Client & { client_id: string };
  /**
   * Makes requests go wrong, the next one unless `times` says more. Faults for the same operation queue up. A preflight
   * takes none, and a page may read the answer of a fault as it may read any other.
   *
   * @throws {@link InvalidInputError} what the fault is to do is not clear, or cannot be done; `field` names the member
   */
  fail(fault: Fault): void;
  /** Forgets state, requests and faults, and starts the seeded sequence again. */
  reset(): void;
}

/** The answer to a request body beyond this many bytes is a `413`. */
const MAX_BODY = 4 * 1024 * 1024;

/** Milliseconds until the server gives up on what it fetches itself. */
const FETCH_TIMEOUT = 5_000;

/**
 * Makes a mock: see {@link MockHydra}.
 *
 * @param options each has a default
 * @throws {@link InvalidInputError} an option that no mock can be made with; `field` names it
 */
export function createMockHydra(options: MockHydraOptions = {}): MockHydra {
  const { clock: now, seed, fetch: send, ...resolved } = resolveOptions(options);
  const context: Context = {
    ...resolved,
    now,
    random: seededRandom(String(seed)),
    fetch: async (input, init) => send(input, { signal: AbortSignal.timeout(FETCH_TIMEOUT), ...init }),
    state: emptyState(now),
  };
  const routes: Routes = {
    public: new Hono<Env>({ getPath: (request) => trimSlash(getPath(request)) }),
    admin: new Hono<Env>({ getPath: (request) => adminPath(trimSlash(getPath(request))) }),
  };
  for (const router of [routes.public, routes.admin]) {
    router.use(noCache);
    router.onError(explain);
    router.notFound(unknownRoute);
  }
  clientRoutes(routes, context);
  keySetRoutes(routes, context);
  trustedIssuerRoutes(routes, context);
  metadataRoutes(routes, context);
  tokenRoutes(routes, context);
  authorizeRoutes(routes, context);
  loginConsentRoutes(routes, context);
  logoutRoutes(routes, context);
  sessionRoutes(routes, context);
  deviceRoutes(routes, context);
  userinfoRoutes(routes, context);
  credentialRoutes(routes, context);
  corsRoutes(routes);

  const requests = new RequestLog();
  const faults = new Faults();

  async function serve(listener: Listener, request: Request): Promise<Response> {
    const router = routes[listener];
    const method = request.method === "HEAD" ? "GET" : request.method;
    const [matches] = router.router.match(method, router.getPath(request));
    const route = matches.at(-1)?.[0][1];
    const operation = route && operationOf(listener, method, route.path);
    const body = await readBody(request);
    requests.add(request, body ?? "", operation);
    const answer = async (): Promise<Response> =>
      body === undefined ? tooLarge() : await router.fetch(request, { body });
    const respond = async (): Promise<Response> => {
      // A fault is for the request that a preflight announces.
      if (isPreflight(request)) return preflightAnswer(context, request) ?? answer();
      const fault = faults.take(operation);
      const response = await (fault ? failWith(fault, request.signal, answer) : answer());
      await share(context, request, body ?? "", response);
      return response;
    };
    const response = await respond();
    response.headers.set("x-mock-server", "hydra-sdk/mock; never for production");
    return response;
  }

  return {
    get publicUrl() {
      return context.publicUrl;
    },
    set publicUrl(url) {
      context.publicUrl = originOf("publicUrl", url);
    },
    get adminUrl() {
      return context.adminUrl;
    },
    set adminUrl(url) {
      context.adminUrl = originOf("adminUrl", url);
    },
    get state() {
      return context.state;
    },
    get requests() {
      return requests.all;
    },
    async fetch(input, init) {
      const request = new Request(input, init);
      request.signal.throwIfAborted();
      return abortable(serve(listenerOf(request, context), request), request.signal);
    },
    addClient: (client = {}) => storeClient(context, decodeClient({ ...client })),
    fail: (fault) => faults.add(fault),
    reset() {
      context.state = emptyState(now);
      context.random = seededRandom(String(seed));
      requests.clear();
      faults.clear();
    },
  };
}

/** One origin for both is split as Ory Network does it: by the path. */
function listenerOf(request: Request, context: Context): Listener {
  const { origin, pathname } = new URL(request.url);
  const isAdmin = context.adminUrl !== context.publicUrl || /^\/(admin|version)(\/|$)/.test(pathname);
  if (origin === context.adminUrl && isAdmin) return "admin";
  if (origin === context.publicUrl) return "public";
  const cause = new Error(`the mock serves ${context.publicUrl} and ${context.adminUrl}, not ${origin}`);
  throw new TypeError("fetch failed", { cause });
}

/** The body as text; `undefined` where it is too large to be read. */
async function readBody(request: Request): Promise<string | undefined> {
  // A byte order mark stays: no JSON begins with one.
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let text = "";
  let size = 0;
  // Firefox has no streams of requests: the body comes in one piece there.
  const stream = request.body === undefined ? new Response(await request.arrayBuffer()).body : request.body;
  const reader = stream?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.byteLength;
    if (size > MAX_BODY) {
      // Not awaited: Bun waits for the whole body, which the sender may never finish.
      reader?.cancel().catch(() => {});
      return undefined;
    }
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
}

function tooLarge(): Response {
  return refusal(413, "Request Entity Too Large", `The mock reads bodies of up to ${MAX_BODY} bytes.`).getResponse();
}

function trimSlash(path: string): string {
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
}

/** The admin listener adds the prefix where it is missing: `/version` is `/admin/version`. */
function adminPath(path: string): string {
  return path.startsWith("/admin") ? path : `/admin${path}`;
}

/** Every GET forbids caching, unless its handler has its own rule. */
const noCache: Parameters<AnyHono<Env>["use"]>[1] = async (c, next) => {
  await next();
  if (c.req.method !== "GET" || c.res.headers.has("cache-control")) return;
  c.res.headers.set("cache-control", "private, no-cache, no-store, must-revalidate");
};

function explain(error: Error): Response {
  if (error instanceof HTTPException) return error.getResponse();
  return refusal(500, "mock_failure", `The mock itself failed: ${error.message}`).getResponse();
}

/** Rejects with the signal's reason as soon as it aborts; the request is then served for nobody. */
function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
