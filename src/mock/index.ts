import type { Hono as AnyHono } from "hono";
import { HTTPException } from "hono/http-exception";
import { Hono } from "hono/tiny";
import { getPath } from "hono/utils/url";
import type { OAuth2Client } from "../types.ts";
import { authorizeRoutes } from "./authorize.ts";
import { decodeClient } from "./client-metadata.ts";
import { clientRoutes, storeClient } from "./clients.ts";
import type { Context, Env, MockUrls, Routes } from "./context.ts";
import { cors } from "./cors.ts";
import { credentialRoutes } from "./credentials.ts";
import { deviceRoutes } from "./device.ts";
import { type Fault, Faults, failWith } from "./faults.ts";
import { keySetRoutes } from "./key-sets.ts";
import { loginConsentRoutes } from "./login-consent.ts";
import { logoutRoutes } from "./logout.ts";
import { metadataRoutes, unknownRoute } from "./metadata.ts";
import { type Listener, operationOf } from "./operations.ts";
import { seededRandom } from "./random.ts";
import { refusal } from "./reply.ts";
import { type RecordedRequest, RequestLog } from "./requests.ts";
import { sessionRoutes } from "./sessions.ts";
import { emptyState, type State } from "./state.ts";
import { tokenRoutes } from "./token.ts";
import { trustedIssuerRoutes } from "./trusted-issuers.ts";
import { userinfoRoutes } from "./userinfo.ts";

export type { MockUrls } from "./context.ts";
export { configurationFromEnv } from "./environment.ts";
export type { Fault } from "./faults.ts";
export type { Operation } from "./operations.ts";
export type { RecordedRequest } from "./requests.ts";
export type { State, StoredClient, StoredIssuer } from "./state.ts";

/** How a mock is made. Every option has a default; `createMockHydra()` is a complete server. */
export interface MockHydraOptions {
  /** The origin of the public API, which is also the issuer. @default "http://127.0.0.1:4444" */
  publicUrl?: string;
  /**
   * The origin of the admin API. The same as `publicUrl` makes a mock like an Ory Network project, whose one origin
   * serves both. @default "http://127.0.0.1:4445"
   */
  adminUrl?: string;
  /** Whether clients may register themselves; `false` answers every registration call with a `404`. @default true */
  dynamicRegistration?: boolean;
  /**
   * The origins whose pages may call both APIs. `"*"` stands for every origin, `"https://*.example.com"` for a label;
   * an empty list turns cross-origin sharing off. @default ["http://127.0.0.1:3000"]
   */
  corsOrigins?: readonly string[];
  /** The pages of the login and consent application. @default paths on http://127.0.0.1:3000 */
  urls?: Partial<MockUrls>;
  /** Milliseconds since the epoch; every lifetime is measured by it. @default Date.now */
  clock?: () => number;
  /** Ids, secrets and tokens follow from it: equal seeds, equal sequences. Keys are always new. @default random */
  seed?: string | number;
  /** Fetches `jwks_uri` and `sector_identifier_uri` of clients. @default the global fetch */
  fetch?: typeof globalThis.fetch;
}

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
 * import { http } from "msw";
 * import { setupServer } from "msw/node";
 *
 * // With msw, everything that a page or a test sends to the two origins:
 * const hydra = createMockHydra();
 * setupServer(http.all(/^http:\/\/127\.0\.0\.1:444[45]\//, ({ request }) => hydra.fetch(request))).listen();
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
  /** Everything the mock remembers, to read and to seed. */
  readonly state: State;
  /** The last 1,000 requests, oldest first, with secrets masked. */
  readonly requests: readonly RecordedRequest[];
  /**
   * Puts a client in place without a request, as `POST /admin/clients` would.
   * @returns the client with its `client_secret` and `registration_access_token`
   */
  addClient(client?: OAuth2Client): OAuth2Client & { client_id: string };
  /** Makes requests go wrong, the next one unless `times` says more. Faults for the same operation queue up. */
  fail(fault: Fault): void;
  /** Forgets state, requests and faults, and starts the seeded sequence again. */
  reset(): void;
}

/** The answer to a request body beyond this many bytes is a `413`. */
const MAX_BODY = 4 * 1024 * 1024;

/** Makes a mock: see {@link MockHydra}. */
export function createMockHydra(options: MockHydraOptions = {}): MockHydra {
  const app = "http://127.0.0.1:3000";
  const seed = String(options.seed ?? crypto.randomUUID());
  const { fetch: customFetch, clock: now = () => Date.now() } = options;
  const context: Context = {
    publicUrl: new URL(options.publicUrl ?? "http://127.0.0.1:4444").origin,
    adminUrl: new URL(options.adminUrl ?? "http://127.0.0.1:4445").origin,
    dynamicRegistration: options.dynamicRegistration ?? true,
    corsOrigins: options.corsOrigins ?? [app],
    urls: {
      login: `${app}/login`,
      consent: `${app}/consent`,
      logout: `${app}/logout`,
      device: `${app}/device/verify`,
      ...options.urls,
    },
    now,
    random: seededRandom(seed),
    fetch: (input, init) => (customFetch ?? globalThis.fetch)(input, init),
    state: emptyState(now),
  };
  const routes: Routes = {
    public: new Hono<Env>({ getPath: (request) => trimSlash(getPath(request)) }),
    admin: new Hono<Env>({ getPath: (request) => adminPath(trimSlash(getPath(request))) }),
  };
  for (const router of [routes.public, routes.admin]) {
    router.use(cors(context), noCache);
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

  const requests = new RequestLog();
  const faults = new Faults();

  async function serve(listener: Listener, request: Request): Promise<Response> {
    const router = routes[listener];
    const [matches] = router.router.match(request.method, router.getPath(request));
    const route = matches.at(-1)?.[0][1];
    const operation = route && operationOf(listener, request.method, route.path);
    const body = await readBody(request);
    requests.add(request, body ?? "", operation);
    const answer = async (): Promise<Response> =>
      body === undefined ? tooLarge() : await router.fetch(request, { body });
    const fault = faults.take(operation);
    const response = fault ? await failWith(fault, request.signal, answer) : await answer();
    response.headers.set("x-mock-server", "hydra-sdk/mock; never for production");
    return response;
  }

  return {
    get publicUrl() {
      return context.publicUrl;
    },
    set publicUrl(url) {
      context.publicUrl = new URL(url).origin;
    },
    get adminUrl() {
      return context.adminUrl;
    },
    set adminUrl(url) {
      context.adminUrl = new URL(url).origin;
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
      context.random = seededRandom(seed);
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
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  const reader = request.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.byteLength;
    if (size > MAX_BODY) {
      await reader?.cancel();
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
  return refusal(500, "mock_failure", `The mock itself failed: ${error.stack ?? error}`).getResponse();
}

/** Rejects with the signal's reason as soon as it aborts; the request is then served for nobody. */
function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
