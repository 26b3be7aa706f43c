import type { OAuth2Client } from "../types.ts";
import { originOf } from "./check-options.ts";
import { clientRoutes } from "./clients/admin.ts";
import { decodeClient } from "./clients/decode-metadata.ts";
import { registrationRoutes } from "./clients/registration.ts";
import { createClient } from "./clients/store.ts";
import type { Context } from "./context.ts";
import { type Fault, Faults, failWith } from "./controls/faults.ts";
import { type RecordedRequest, RequestLog } from "./controls/request-log.ts";
import { MAX_BODY_BYTES, readBody } from "./http/body.ts";
import { corsRoutes, isPreflight, preflightAnswer, shareWithOrigin } from "./http/cors.ts";
import { refusal } from "./http/reply.ts";
import { createRouters } from "./http/router.ts";
import { keySetRoutes } from "./keys/key-sets.ts";
import { trustedIssuerRoutes } from "./keys/trusted-issuers.ts";
import { authorizeRoutes } from "./login/authorize.ts";
import { deviceRoutes } from "./login/device.ts";
import { fallbackPageRoutes } from "./login/fallback-pages.ts";
import { loginConsentRoutes } from "./login/login-consent.ts";
import { logoutRoutes } from "./login/logout.ts";
import { sessionRoutes } from "./login/sessions.ts";
import { type Listener, operationOf } from "./operations.ts";
import { hasFeature, type MockHydraOptions, resolveOptions } from "./options.ts";
import { serverMetadataRoutes } from "./server-metadata.ts";
import { seededRandom } from "./state/random.ts";
import { emptyState, type State } from "./state/state.ts";
import { tokenRoutes } from "./tokens/endpoint.ts";
import { introspectionRoutes } from "./tokens/introspection.ts";
import { revocationRoutes } from "./tokens/revocation.ts";
import { userinfoRoutes } from "./tokens/userinfo.ts";
import { verifiableCredentialRoutes } from "./tokens/verifiable-credentials.ts";

/**
 * A stateful server that answers as a real Ory Hydra does, in memory and behind a fetch function instead of a port. For
 * tests and examples, never for production: it keeps secrets in the clear and forgets everything.
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
 * // With msw, the mock serves everything that is sent to the two origins. A dropped connection becomes a network error.
 * const hydra = createMockHydra();
 * const origins = /^http:\/\/127\.0\.0\.1:444[45]\//;
 * setupServer(http.all(origins, ({ request }) => hydra.fetch(request).catch(() => HttpResponse.error()))).listen();
 * ```
 */
export interface MockHydra {
  /** The origin of the public API; with a trailing slash it is the issuer. `listen()` sets it to its port. */
  publicUrl: string;
  /** The origin of the admin API. `listen()` sets it to its port. */
  adminUrl: string;
  /** Whether clients may register themselves. */
  dynamicRegistration: boolean;
  /**
   * Serves a request to one of the two origins. It never follows a redirect. A request to any other origin is rejected
   * as `fetch` rejects for an unreachable host.
   */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
  /** Everything the mock remembers, to read and to seed. A reset replaces this object. */
  readonly state: State;
  /** The last 1,000 requests, oldest first, with secrets masked. Each read returns a new list. */
  readonly requests: readonly RecordedRequest[];
  /**
   * Adds a client without a request: with the defaults, the secret and the answer of `POST /admin/clients`, but without
   * validation, so that a test may use a client that the server would refuse.
   *
   * @throws `TypeError` a member has a value of the wrong type
   * @throws `Error` a client with this id exists already
   * @returns the client with its `client_secret` and `registration_access_token`
   */
  addClient(client?: OAuth2Client): OAuth2Client & { client_id: string };
  /**
   * Makes requests fail: the next one, or as many as `times` says. Faults for the same operation queue up. Preflights
   * never fail, and CORS headers are set as on any other response.
   *
   * @throws {@link InvalidInputError} the fault is not valid; `field` names the member
   *
   * @example
   * ```ts
   * const hydra = createMockHydra();
   * hydra.fail({ operation: "createOAuth2Client", status: 503, headers: { "retry-after": "1" } });
   * ```
   */
  fail(fault: Fault): void;
  /** Forgets state, requests and faults, and restarts the seeded sequence. */
  reset(): void;
}

/** Milliseconds until the server gives up on a URL that it fetches itself. */
const FETCH_TIMEOUT = 5_000;

/**
 * Creates a mock of Hydra in memory, for tests: see {@link MockHydra}.
 *
 * @param options each has a default
 * @throws {@link InvalidInputError} an option is not valid; `field` names it
 *
 * @example
 * ```ts
 * const hydra = createMockHydra({ version: "26.2" });
 * const api = new OAuth2Api({ basePath: hydra.publicUrl, adminBasePath: hydra.adminUrl, fetch: hydra.fetch });
 * ```
 */
export function createMockHydra(options: MockHydraOptions = {}): MockHydra {
  const { clock: now, seed, fetch: send, issuer, ...resolved } = resolveOptions(options);
  const context: Context = {
    ...resolved,
    get issuer() {
      return issuer ?? `${context.publicUrl}/`;
    },
    has: (feature) => hasFeature(resolved.version, feature),
    now,
    random: seededRandom(String(seed)),
    fetch: async (input, init) => send(input, { signal: AbortSignal.timeout(FETCH_TIMEOUT), ...init }),
    state: emptyState(now),
  };
  const routes = createRouters(context);
  clientRoutes(routes, context);
  registrationRoutes(routes, context);
  keySetRoutes(routes, context);
  trustedIssuerRoutes(routes, context);
  serverMetadataRoutes(routes, context);
  tokenRoutes(routes, context);
  introspectionRoutes(routes, context);
  revocationRoutes(routes, context);
  userinfoRoutes(routes, context);
  verifiableCredentialRoutes(routes, context);
  authorizeRoutes(routes, context);
  fallbackPageRoutes(routes);
  loginConsentRoutes(routes, context);
  logoutRoutes(routes, context);
  sessionRoutes(routes, context);
  deviceRoutes(routes, context);
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
    const handle = async (): Promise<Response> =>
      body === undefined ? tooLarge() : await router.fetch(request, { body });
    const respond = async (): Promise<Response> => {
      // Faults apply to the request that a preflight announces, not to the preflight.
      if (isPreflight(request)) return preflightAnswer(context, request) ?? handle();
      const fault = faults.take(operation);
      const response = await (fault ? failWith(fault, request.signal, handle) : handle());
      await shareWithOrigin(context, request, body ?? "", response);
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
    get dynamicRegistration() {
      return context.dynamicRegistration;
    },
    set dynamicRegistration(isEnabled) {
      context.dynamicRegistration = isEnabled;
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
    addClient: (client = {}) => createClient(context, decodeClient(context)(client, "the client")),
    fail: (fault) => faults.add(fault),
    reset() {
      context.state = emptyState(now);
      context.random = seededRandom(String(seed));
      requests.clear();
      faults.clear();
    },
  };
}

/** The listener of a request. If both share one origin, the path decides, as on Ory Network. */
function listenerOf(request: Request, context: Context): Listener {
  const { origin, pathname } = new URL(request.url);
  const isAdmin = context.adminUrl !== context.publicUrl || /^\/(admin|version)(\/|$)/.test(pathname);
  if (origin === context.adminUrl && isAdmin) return "admin";
  if (origin === context.publicUrl) return "public";
  const cause = new Error(`the mock serves ${context.publicUrl} and ${context.adminUrl}, not ${origin}`);
  throw new TypeError("fetch failed", { cause });
}

function tooLarge(): Response {
  const description = `The mock accepts bodies of up to ${MAX_BODY_BYTES} bytes.`;
  return refusal(413, "Request Entity Too Large", description).getResponse();
}

/** Rejects with the signal's reason as soon as it aborts; the response is then discarded. */
function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
