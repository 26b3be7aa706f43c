import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Configuration } from "../index.ts";

/**
 * The server of the console: serves the page to one browser of this machine, and passes the page's requests on to Hydra.
 *
 * | request | response |
 * | --- | --- |
 * | `GET /`, `/page.js`, `/page.css` | the page |
 * | `POST /session` `{ "token" }` | `{ "session" }` for the one-time token of the URL `http://127.0.0.1:PORT/#TOKEN`; `401` if it is wrong or used |
 * | `GET /console` | {@link ConsoleFacts} |
 * | `/admin/…`, `/health/…`, `/version` | the response of Hydra's admin listener to the same path |
 * | `/public/…` | the response of Hydra's public listener to `/…`, such as `/public/oauth2/token` |
 * | `GET /callback`, `/callback.js` | the redirect URI of the sign-in: posts `location.search`, a string, to `BroadcastChannel("hydra-sdk-console")` |
 *
 * The page uses `new Configuration({ basePath: origin + "/public", adminBasePath: origin })`. All requests except those for
 * files need `Authorization: Bearer SESSION`. An `Authorization` that is meant for the public listener is sent as
 * `X-Hydra-Authorization`. The server adds the API key and the headers of the command line, which never reach the page.
 *
 * Hydra's status and body pass unchanged, with `Link`, `X-Total-Count` and `Retry-After`; only the private halves of keys are
 * left out. The server's own errors are `{ error, error_description }`: `bad_request` (400), `invalid_token` and
 * `invalid_session` (401), `forbidden` and `read_only` (403), `not_found` (404), `method_not_allowed` (405),
 * `content_too_large` (413), `unsupported_media_type` (415), `server_unreachable`, `server_redirects` and
 * `invalid_response` (502), `server_timeout` (504), `server_error` (500).
 */
export async function serveConsole(options: ConsoleOptions): Promise<RunningConsole> {
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const token = randomId();
  const handler = new RequestHandler(options, port, token);
  server.on("request", (request, response) => {
    handler.handle(request, response).catch((error) => sendError(response, error));
  });
  return {
    url: `http://127.0.0.1:${port}/`,
    token,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What the page has to know of the command that serves it. */
export interface ConsoleFacts {
  /** Whether requests that change something are refused. */
  readOnly: boolean;
  /** Whether the server is a mock with example clients. */
  mock: boolean;
  /** The URLs of Hydra, and the flags, variables or profile that set them. */
  server: { public?: string; admin?: string; from: string };
  /** The version of this package. */
  version: string;
  /** The flags that make a `hydra-sdk` command go to the same server, such as `--admin http://127.0.0.1:4445`. */
  cli: string;
  /** The redirect URI of the sign-in. */
  callbackUrl: string;
}

export interface ConsoleOptions {
  /** The files of the page by name: what `npm run build` writes to `dist/console/`. */
  files: Readonly<Record<string, string>>;
  /** Where requests for the admin API go, and with what. */
  admin: Configuration;
  /** Where requests for the public API go; they are refused if it is absent. */
  public?: Configuration | undefined;
  facts: Omit<ConsoleFacts, "callbackUrl">;
  /** The port to listen on; 0 takes a free one. @default 0 */
  port?: number | undefined;
  /** Called when the one-time token was exchanged for a session. */
  onSession?(): void;
}

/** A console that is being served. */
export interface RunningConsole {
  /** The address of the page, such as `http://127.0.0.1:41001/`. */
  url: string;
  /** The one-time token, for the URL's fragment. */
  token: string;
  /** Stops listening and closes every connection, whether in use or idle. */
  close(): Promise<void>;
}

/** An operation of Hydra that the page uses. */
interface Route {
  listener: "admin" | "public";
  path: string;
  methods: readonly string[];
  /** Whether its body is a form, as RFC 6749 demands, rather than JSON. */
  form?: boolean;
  /** Whether it changes nothing although it is a POST. */
  reads?: boolean;
}

const ROUTES: readonly Route[] = [
  { listener: "admin", path: "/admin/clients", methods: ["GET", "POST"] },
  { listener: "admin", path: "/admin/clients/{id}", methods: ["GET", "PUT", "PATCH", "DELETE"] },
  { listener: "admin", path: "/admin/clients/{id}/lifespans", methods: ["PUT"] },
  { listener: "admin", path: "/admin/clients/{id}/secrets/rotate", methods: ["POST", "DELETE"] },
  { listener: "admin", path: "/admin/keys/{set}", methods: ["GET"] },
  { listener: "admin", path: "/admin/keys/{set}/{kid}", methods: ["GET"] },
  { listener: "admin", path: "/admin/oauth2/introspect", methods: ["POST"], form: true, reads: true },
  { listener: "admin", path: "/admin/oauth2/tokens", methods: ["DELETE"] },
  { listener: "admin", path: "/admin/oauth2/auth/sessions/consent", methods: ["GET", "DELETE"] },
  { listener: "admin", path: "/admin/oauth2/auth/sessions/login", methods: ["DELETE"] },
  { listener: "admin", path: "/admin/trust/grants/jwt-bearer/issuers", methods: ["GET"] },
  { listener: "admin", path: "/admin/trust/grants/jwt-bearer/issuers/{id}", methods: ["GET", "DELETE"] },
  { listener: "admin", path: "/health/alive", methods: ["GET"] },
  { listener: "admin", path: "/health/ready", methods: ["GET"] },
  { listener: "admin", path: "/version", methods: ["GET"] },
  { listener: "public", path: "/.well-known/jwks.json", methods: ["GET"] },
  { listener: "public", path: "/.well-known/openid-configuration", methods: ["GET"] },
  { listener: "public", path: "/.well-known/oauth-authorization-server", methods: ["GET"] },
  { listener: "public", path: "/userinfo", methods: ["GET"] },
  { listener: "public", path: "/oauth2/token", methods: ["POST"], form: true },
  { listener: "public", path: "/oauth2/revoke", methods: ["POST"], form: true },
  { listener: "public", path: "/oauth2/device/auth", methods: ["POST"], form: true },
];

/** The files, by the path of their URL. Other sites may lead a person to a document, but may not load what it consists of. */
const FILES: Readonly<Record<string, { name: string; type: string; isDocument?: boolean }>> = {
  "/": { name: "index.html", type: "text/html; charset=utf-8", isDocument: true },
  "/page.js": { name: "page.js", type: "text/javascript; charset=utf-8" },
  "/page.css": { name: "page.css", type: "text/css; charset=utf-8" },
  "/callback": { name: "callback.html", type: "text/html; charset=utf-8", isDocument: true },
  "/callback.js": { name: "callback.js", type: "text/javascript; charset=utf-8" },
};

/** The headers of every response. */
const HEADERS = {
  "content-security-policy": [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; "),
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

/** The headers of Hydra's responses that are passed: no cookie, and no challenge for which a browser would ask for a password. */
const PASSED = ["link", "x-total-count", "retry-after"];

/** The longest request body, in bytes. */
const MAX_BODY = 10_000_000;

/** The longest body with a one-time token, in bytes. It is read before the session is known. */
const MAX_TOKEN_BODY = 1000;

/** The longest response of Hydra, in bytes, as in the SDK. */
const MAX_RESPONSE = 16_000_000;

/** A request that is not answered by Hydra. */
class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;

  constructor(status: number, code: string, description: string, headers: Record<string, string> = {}) {
    super(description);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** Handles the requests to one console. */
class RequestHandler {
  readonly #options: ConsoleOptions;
  readonly #hosts: readonly string[];
  /** The one-time token, until it is used. */
  #token: string | undefined;
  #session: string | undefined;

  constructor(options: ConsoleOptions, port: number, token: string) {
    this.#options = options;
    this.#token = token;
    // Browsers leave out port 80.
    this.#hosts = ["127.0.0.1", "localhost"].map((name) => new URL(`http://${name}:${port}`).host);
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const host = this.#assertHost(request.headers);
    const url = urlOf(request, host);
    const file = FILES[url.pathname];
    assertSameOrigin(request.headers, host, file?.isDocument);
    if (file) {
      assertMethod(request, ["GET"]);
      return send(response, 200, { "content-type": file.type }, this.#options.files[file.name]);
    }
    if (url.pathname === "/session") {
      assertMethod(request, ["POST"]);
      return sendJson(response, 200, { session: await this.#openSession(request) });
    }
    this.#assertSession(request.headers);
    if (url.pathname === "/console") {
      assertMethod(request, ["GET"]);
      const facts: ConsoleFacts = { ...this.#options.facts, callbackUrl: `http://${host}/callback` };
      return sendJson(response, 200, facts);
    }
    await this.#passOn(request, response, url);
  }

  /** A page of another site may reach this port under a name of its own (DNS rebinding). */
  #assertHost({ host = "" }: IncomingHttpHeaders): string {
    if (this.#hosts.includes(host)) return host;
    throw new Refusal(403, "forbidden", `The console responds at ${this.#hosts.join(" and ")} only`);
  }

  async #openSession(request: IncomingMessage): Promise<string> {
    const { token } = Object(JSON.parse((await bodyOf(request, JSON_TYPE, MAX_TOKEN_BODY)) ?? "null"));
    if (typeof token !== "string" || this.#token === undefined || !isSame(token, this.#token))
      throw new Refusal(401, "invalid_token", "The link is wrong or was used already: start the console again");
    this.#token = undefined;
    this.#session = randomId();
    this.#options.onSession?.();
    return this.#session;
  }

  #assertSession({ authorization = "" }: IncomingHttpHeaders): void {
    const [, given] = /^Bearer (\S+)$/.exec(authorization) ?? [];
    if (given === undefined || this.#session === undefined || !isSame(given, this.#session))
      throw new Refusal(401, "invalid_session", "The session is missing or unknown: start the console again");
  }

  async #passOn(request: IncomingMessage, response: ServerResponse, { pathname, search }: URL): Promise<void> {
    const { route, path } = routeOf(pathname);
    const { listener } = route;
    assertMethod(request, route.methods);
    if (this.#options.facts.readOnly && request.method !== "GET" && !route.reads)
      throw new Refusal(403, "read_only", "The console was started with --read-only, which refuses every change");
    const configuration = this.#options[listener];
    if (!configuration)
      throw new Refusal(
        404,
        "not_found",
        `The URL of the ${listener} API is not set: start the console with --${listener}`,
      );
    const body = await bodyOf(request, route.form ? FORM_TYPE : JSON_TYPE, MAX_BODY);
    const disconnected = new AbortController();
    response.once("close", () => disconnected.abort());
    const answer = await ask(configuration, disconnected.signal, {
      url: urlAt(configuration, listener) + path + search,
      method: request.method!,
      headers: {
        ...(await headersOf(configuration, route, request.headers["x-hydra-authorization"])),
        ...(body !== undefined && { "content-type": route.form ? FORM_TYPE : JSON_TYPE }),
      },
      body,
    });
    const hasPrivateKeys = route.path.startsWith("/admin/keys/") && answer.status === 200;
    send(response, answer.status, answer.headers, hasPrivateKeys ? publicHalves(answer.body) : answer.body);
  }
}

const JSON_TYPE = "application/json";
const FORM_TYPE = "application/x-www-form-urlencoded";

/** Parses the target of a request. One that another program could understand differently is refused. */
function urlOf({ url: target = "" }: IncomingMessage, host: string): URL {
  const url = URL.canParse(target, `http://${host}`) ? new URL(target, `http://${host}`) : undefined;
  if (url && url.pathname + url.search === target) return url;
  throw new Refusal(400, "bad_request", "The path is not in its normal form");
}

/** The file that opens the page and the server that the sign-in returns from are of other origins: they may navigate here. */
function assertSameOrigin(headers: IncomingHttpHeaders, host: string, isDocument = false): void {
  const { origin = `http://${host}`, "sec-fetch-site": site = "same-origin" } = headers;
  const isNavigation = headers["sec-fetch-mode"] === "navigate" && headers["sec-fetch-dest"] === "document";
  const isOurs = origin === `http://${host}` && (site === "same-origin" || (isDocument && isNavigation));
  if (!isOurs) throw new Refusal(403, "forbidden", "The request comes from another site");
}

function assertMethod({ method = "" }: IncomingMessage, allowed: readonly string[]): void {
  const allow = allowed.join(", ");
  if (!allowed.includes(method)) throw new Refusal(405, "method_not_allowed", `This path allows ${allow}`, { allow });
}

/** Finds the operation of a request, and builds the path for Hydra from its decoded parts. */
function routeOf(pathname: string): { route: Route; path: string } {
  const isPublic = pathname.startsWith("/public/");
  const parts = (isPublic ? pathname.slice("/public".length) : pathname).split("/");
  for (const route of ROUTES) {
    const template = route.path.split("/");
    const isParameter = (index: number) => template[index]!.startsWith("{");
    const isMatch =
      isPublic === (route.listener === "public") &&
      parts.length === template.length &&
      parts.every((part, index) => (isParameter(index) ? part !== "" : part === template[index]));
    if (!isMatch) continue;
    return { route, path: parts.map((part, index) => (isParameter(index) ? encodedId(part) : part)).join("/") };
  }
  throw new Refusal(404, "not_found", "The console does not use this path");
}

/** Returns an ID as it is sent. One that could become another path, however often it is decoded, is refused. */
function encodedId(part: string): string {
  const id = decode(part);
  for (let text = id, before: string | undefined; text !== undefined && text !== before; ) {
    if (/\p{Cc}/u.test(text) || text.split(/[/\\]/).some((each) => ["", ".", ".."].includes(each)))
      throw new Refusal(400, "bad_request", "The ID could be understood as another path");
    before = text;
    text = decode(text);
  }
  if (id === undefined) throw new Refusal(400, "bad_request", "The path is not encoded correctly");
  return encodeURIComponent(id);
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/**
 * Reads a body of the only media type that its path allows; `undefined` if there is none. A page of another site may send
 * other types without being asked (CORS).
 */
async function bodyOf(request: IncomingMessage, type: string, limit: number): Promise<string | undefined> {
  const { "content-type": given = "", "content-length": length = "0", "transfer-encoding": encoding } = request.headers;
  if (length === "0" && encoding === undefined) return undefined;
  if (["GET", "DELETE"].includes(request.method!))
    throw new Refusal(400, "bad_request", `${request.method} takes no body`);
  if (given.split(";")[0]!.trim().toLowerCase() !== type)
    throw new Refusal(415, "unsupported_media_type", `The body must be ${type}`);
  const bytes = await readAll(request, limit);
  if (!bytes) throw new Refusal(413, "content_too_large", `The body is larger than ${limit} bytes`);
  const text = bytes.toString();
  if (type === JSON_TYPE && !isJson(text)) throw new Refusal(400, "bad_request", "The body is not JSON");
  return text;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Reads a body; `undefined` if it is larger than `limit` bytes, of which no more are read. */
async function readAll(chunks: AsyncIterable<Uint8Array>, limit: number): Promise<Buffer | undefined> {
  const read: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.byteLength;
    if (size > limit) return undefined;
    read.push(chunk);
  }
  return Buffer.concat(read);
}

function urlAt({ basePath, adminBasePath }: Configuration, listener: Route["listener"]): string {
  return new URL((listener === "admin" ? adminBasePath : basePath)!).href.replace(/\/+$/, "");
}

/** The headers for Hydra: those of the command line, and a credential only where Hydra expects one. */
async function headersOf(
  { baseOptions, accessToken }: Configuration,
  { listener }: Route,
  fromPage: string | string[] | undefined,
): Promise<Record<string, string>> {
  const { authorization, ...headers } = Object.fromEntries(new Headers(baseOptions?.headers as Record<string, string>));
  const token = await (typeof accessToken === "function" ? accessToken() : accessToken);
  const forAdmin = authorization ?? (token === undefined ? undefined : `Bearer ${token}`);
  const credential = listener === "admin" ? forAdmin : fromPage?.toString();
  return { accept: JSON_TYPE, ...headers, ...(credential !== undefined && { authorization: credential }) };
}

interface Outgoing {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: string | undefined;
}

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** Sends a request to Hydra and reads the whole response. */
async function ask(configuration: Configuration, disconnected: AbortSignal, outgoing: Outgoing): Promise<Answer> {
  const { timeout, signal, fetch = globalThis.fetch } = configuration;
  const { url, method, headers, body } = outgoing;
  const signals = [disconnected, ...(signal ? [signal] : []), ...(timeout ? [AbortSignal.timeout(timeout)] : [])];
  const { origin } = new URL(url);
  let response: Response;
  let read: Buffer | undefined;
  try {
    const init = { method, headers, signal: AbortSignal.any(signals), redirect: "manual" } as const;
    response = await (fetch as typeof globalThis.fetch)(url, body === undefined ? init : { ...init, body });
    read = await readAll((response.body ?? []) as unknown as AsyncIterable<Uint8Array>, MAX_RESPONSE);
  } catch (thrown) {
    if (Object(thrown).name === "TimeoutError")
      throw new Refusal(504, "server_timeout", `${origin} has not responded within ${timeout} ms`);
    const { code } = Object(Object(thrown).cause ?? thrown);
    throw new Refusal(502, "server_unreachable", `No complete response from ${origin}${code ? ` (${code})` : ""}`);
  }
  if (response.status >= 300 && response.status < 400)
    throw new Refusal(502, "server_redirects", `${origin} redirects to another address: correct the URL of the server`);
  if (!read)
    throw new Refusal(502, "invalid_response", `The response of ${origin} is larger than ${MAX_RESPONSE} bytes`);
  return { status: response.status, headers: passedHeaders(response.headers), body: read };
}

/** What is not JSON or a JWT becomes plain text: a page of another server must not run as one of ours. */
function passedHeaders(headers: Headers): Record<string, string> {
  const type = headers.get("content-type") ?? "";
  const isData = /^application\/([\w.-]+\+)?(json|jwt)\s*(;|$)/i.test(type);
  const passed = PASSED.flatMap((name) => (headers.has(name) ? [[name, headers.get(name)!]] : []));
  return { ...Object.fromEntries(passed), "content-type": isData ? type : "text/plain; charset=utf-8" };
}

/** The members of a JSON Web Key that are public (RFC 7517, RFC 7518, RFC 8037). */
const PUBLIC_MEMBERS = "kty use key_ops alg kid x5u x5c x5t x5t#S256 crv x y n e".split(" ");

/** Leaves the private members out of a key set. The page shows public keys only, so it gets no others. */
function publicHalves(body: Buffer): string {
  const text = body.toString();
  const { keys } = Object(isJson(text) ? JSON.parse(text) : undefined);
  if (!Array.isArray(keys)) throw new Refusal(502, "invalid_response", "The response is not a JSON Web Key set");
  const isPublic = ([name]: [string, unknown]) => PUBLIC_MEMBERS.includes(name);
  return JSON.stringify({ keys: keys.map((key) => Object.fromEntries(Object.entries(Object(key)).filter(isPublic))) });
}

function send(
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  body: string | Buffer = "",
): void {
  response.writeHead(status, { ...HEADERS, ...headers }).end(body);
}

function sendJson(response: ServerResponse, status: number, value: object, headers: Record<string, string> = {}): void {
  send(response, status, { ...headers, "content-type": JSON_TYPE }, JSON.stringify(value));
}

function sendError(response: ServerResponse, thrown: unknown): void {
  if (response.destroyed || response.headersSent) return void response.destroy();
  const isRefusal = thrown instanceof Refusal;
  const { status, code, message, headers } = isRefusal ? thrown : DEFECT;
  // The rest of a refused body is not read.
  sendJson(response, status, { error: code, error_description: message }, { ...headers, connection: "close" });
}

const DEFECT = new Refusal(500, "server_error", "The console has failed");

const randomId = (): string => randomBytes(32).toString("base64url");

/** Compares in a time that says nothing about the secrets. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
