import { checkTimeout, type HeadersInput } from "../core/configuration.ts";
import { check, type ResponseError, TimeoutError } from "../core/errors.ts";
import { exchange, type Fetch, type Limits, type Refuse, sleep, whyUnsent, within } from "../core/exchange.ts";
import { pairs } from "../core/form.ts";
import { confidential, redactor } from "../core/redact.ts";
import type { DeviceAuthorization, OAuth2TokenExchange } from "../types.ts";
import { type ClientAuth, demand, none, type ServerMetadata } from "./client-auth.ts";

/** What the token endpoint gives (RFC 6749, section 5.1). */
export interface TokenResponse extends OAuth2TokenExchange {
  access_token: string;
  token_type: string;
}

/** What begins a device flow (RFC 8628, section 3.2). */
export interface DeviceAuthorizationResponse extends DeviceAuthorization {
  device_code: string;
  user_code: string;
  verification_uri: string;
  expires_in: number;
}

/** A server, by its address or by its issuer. */
export type Server =
  | {
      /**
       * Where Hydra is: its public listener, with or without a trailing slash or a path. Its endpoints are known, so that
       * nothing is looked up.
       */
      basePath: string;
      issuer?: never;
      tokenEndpoint?: never;
    }
  | {
      /**
       * The issuer of any server. Its endpoints are looked up under `/.well-known/openid-configuration` (OpenID Connect
       * Discovery 1.0), which is one more request for each call. The issuer named there must be this one, but for a slash
       * at the end: Hydra's has one.
       */
      issuer: string;
      basePath?: never;
      tokenEndpoint?: never;
    };

/** A server, by its address, its issuer or its token endpoint. */
export type TokenServer =
  | Server
  | {
      /** The URL of the token endpoint, for a server that is not Hydra and tells nothing of itself. */
      tokenEndpoint: string;
      basePath?: never;
      issuer?: never;
    };

/** What every request of a client takes. `timeout` and `signal` cover the whole call, looking up the server included. */
export interface ClientOptions extends Limits {
  /** The client's id. */
  clientId: string;
  /**
   * More parameters, by their wire names. They win over ours; `undefined` and `null` are left out. A list repeats the
   * parameter, as `resource` may be (RFC 8707).
   */
  parameters?: URLSearchParams | { readonly [name: string]: string | readonly string[] | null | undefined } | undefined;
  /**
   * More request headers, for looking up the server, too, but for `Authorization`. `undefined` and `null` are left out.
   */
  headers?: HeadersInput | undefined;
  /** Sends the requests. Looked up at each call. @default globalThis.fetch */
  fetch?: Fetch | undefined;
  /**
   * Lets credentials travel over plain http. It is refused otherwise, but for `localhost`, `127.0.0.0/8` and `[::1]`. For
   * a network that is trusted as a whole, such as that of a cluster. This is a rule of the functions that get tokens:
   * calls of the APIs go wherever their `Configuration` says.
   * @default false
   */
  allowInsecureRequests?: boolean | undefined;
}

/** What a request that authenticates the client takes. */
export interface AuthenticatedOptions extends ClientOptions {
  /** How the client shows who it is: by the method that it is registered for. @default none() */
  auth?: ClientAuth | undefined;
}

/** What the token is to allow. */
export interface GrantOptions {
  /** Scopes, as a list or separated by spaces; none of them is as left out. @default what the server gives unasked: Hydra none */
  scope?: string | readonly string[] | undefined;
  /** Audiences, as a list or separated by spaces, of those that the client is registered for. */
  audience?: string | readonly string[] | undefined;
}

/** What {@link clientCredentials} takes. */
export type ClientCredentialsOptions = TokenServer & AuthenticatedOptions & GrantOptions & { auth: ClientAuth };

/**
 * Gets a token for the client itself (RFC 6749, section 4.4). To have one at hand at all times, see {@link tokenSource}.
 *
 * @example
 * ```ts
 * const { access_token } = await clientCredentials({
 *   basePath: "https://slug.projects.oryapis.com",
 *   clientId: process.env.CLIENT_ID!,
 *   auth: clientSecretBasic(process.env.CLIENT_SECRET!),
 *   scope: ["read", "write"],
 * });
 * ```
 * @throws {@link ResponseError} `invalid_client` (401): the secret or the assertion is wrong, or the client is
 * registered for another method; `invalid_scope` or `invalid_request` (400): a scope or an audience that it does not
 * have
 */
export async function clientCredentials(options: ClientCredentialsOptions): Promise<TokenResponse> {
  demand(options?.auth, "auth", "function");
  return grant("client_credentials", options);
}

/** What {@link refreshToken} takes. */
export type RefreshTokenOptions = TokenServer &
  AuthenticatedOptions &
  GrantOptions & {
    /** The refresh token. Hydra gives another with each answer; to send a used one revokes all that came of it. */
    refreshToken: string;
  };

/**
 * Gets a new access token for a refresh token (RFC 6749, section 6).
 *
 * @throws {@link ResponseError} `invalid_grant` (400): the refresh token is used, revoked or expired
 */
export async function refreshToken(options: RefreshTokenOptions): Promise<TokenResponse> {
  demand(options?.refreshToken, "refreshToken");
  return grant("refresh_token", options, { refresh_token: options.refreshToken });
}

/** What {@link exchangeCode} takes. */
export type ExchangeCodeOptions = TokenServer &
  AuthenticatedOptions & {
    /** The code that came to the redirect URI. It is good for one call, even one that fails. */
    code: string;
    /** The verifier that {@link authorizationUrl} gave. */
    codeVerifier?: string | undefined;
    /** The redirect URI that the authorization request named. */
    redirectUri?: string | undefined;
  };

/**
 * Gets the tokens for a code (RFC 6749, section 4.1.3; RFC 7636, section 4.5). To check `state` and `iss` of the callback
 * and the ID token is left to the caller; openid-client does all of it.
 *
 * @throws {@link ResponseError} `invalid_grant` (400): the code is used or expired, or verifier or redirect URI are not
 * its own
 */
export async function exchangeCode(options: ExchangeCodeOptions): Promise<TokenResponse> {
  demand(options?.code, "code");
  const { code, codeVerifier, redirectUri } = options;
  return grant("authorization_code", options, { code, code_verifier: codeVerifier, redirect_uri: redirectUri });
}

/** What {@link jwtBearer} takes. */
export type JwtBearerOptions = TokenServer &
  AuthenticatedOptions &
  GrantOptions & {
    /** A JWT of an issuer that the server trusts; see `OAuth2Api.trustOAuth2JwtGrantIssuer`. */
    assertion: string;
  };

/**
 * Gets a token for the assertion of a trusted issuer (RFC 7523, section 2.1).
 *
 * @throws {@link ResponseError} `invalid_grant` (400): issuer or subject are not trusted, or the assertion is expired
 * or used
 */
export async function jwtBearer(options: JwtBearerOptions): Promise<TokenResponse> {
  demand(options?.assertion, "assertion");
  return grant("urn:ietf:params:oauth:grant-type:jwt-bearer", options, { assertion: options.assertion });
}

/** What {@link deviceAuthorization} takes. */
export type DeviceAuthorizationOptions = Server & AuthenticatedOptions & GrantOptions;

/**
 * Begins a device flow (RFC 8628, section 3.1). Show the user what it gives, and call {@link pollDeviceToken}.
 *
 * @example
 * ```ts
 * const client = { basePath: "https://slug.projects.oryapis.com", clientId: process.env.CLIENT_ID! };
 * const device = await deviceAuthorization({ ...client, scope: "openid offline_access" });
 * console.log(`Open ${device.verification_uri} and enter ${device.user_code}`);
 * const tokens = await pollDeviceToken({
 *   ...client,
 *   deviceCode: device.device_code,
 *   interval: device.interval,
 *   expiresIn: device.expires_in,
 * });
 * ```
 * @throws {@link ResponseError} `invalid_client` (401): there is no such client
 */
export async function deviceAuthorization(options: DeviceAuthorizationOptions): Promise<DeviceAuthorizationResponse> {
  demand(options?.clientId, "clientId");
  const due: (string & keyof DeviceAuthorizationResponse)[] = ["device_code", "user_code", "verification_uri"];
  return request(options, "device_authorization_endpoint", "device/auth", due, {
    // Hydra wants the id in the form even where the header has it.
    client_id: options.clientId,
    ...asked(options),
  });
}

/** What {@link pollDeviceToken} takes. `timeout` is for each request, `signal` for the whole. */
export type PollDeviceTokenOptions = TokenServer &
  AuthenticatedOptions & {
    /** `device_code` of what {@link deviceAuthorization} gave. */
    deviceCode: string;
    /** Its `interval`: seconds between two requests. 0 is none, for which the default stands. @default 5 */
    interval?: number | undefined;
    /** Its `expires_in`: seconds until it is given up, at once where that is 0. @default until the server says so */
    expiresIn?: number | undefined;
  };

/**
 * Waits until the user has agreed, and gets the tokens (RFC 8628, section 3.4). Asks at every `interval`, which grows by
 * 5 s where the server says `slow_down`, and doubles where no answer comes or it is 429, 502, 503 or 504: nothing is lost by
 * asking again. No more is asked from `expiresIn` on; what was asked shortly before has a second for its answer.
 *
 * @throws {@link ResponseError} `access_denied` (400): the user refused, which Hydra does not tell; `expired_token` or
 * `invalid_grant` (400): the code is expired or used
 * @throws {@link NetworkError} the server cannot be asked at all: its certificate is not trusted, say
 * @throws {@link TimeoutError} `expiresIn` passed; `cause` is what came of the last request
 */
export async function pollDeviceToken(options: PollDeviceTokenOptions): Promise<TokenResponse> {
  demand(options?.deviceCode, "deviceCode");
  demand(options.clientId, "clientId");
  const { deviceCode, interval = 5, expiresIn = Infinity, timeout, signal } = options;
  check(typeof interval === "number" && interval >= 0, "interval", "must be a number of seconds");
  check(typeof expiresIn === "number" && expiresIn >= 0, "expiresIn", "must be a number of seconds");
  checkTimeout(timeout);
  const end = Date.now() + expiresIn * 1000;
  /** Of one request. Never 0, which is none, and enough for an answer that may hold the tokens. */
  const limit = () => Math.min(timeout || LONGEST, Math.max(1000, end - Date.now()));
  const server = await discover(options, "token_endpoint", "token", limit());
  let cause: unknown;
  for (let wait = (interval || 5) * 1000; ; ) {
    const pause = Math.min(wait, end - Date.now(), LONGEST);
    await within(undefined, [signal], "pollDeviceToken", (aborted) => sleep(pause, aborted));
    if (pause < wait || Date.now() >= end) {
      throw new TimeoutError(`pollDeviceToken: nobody agreed within ${expiresIn} s`, { cause });
    }
    try {
      const limited = { ...options, timeout: limit() };
      return await grant("urn:ietf:params:oauth:grant-type:device_code", limited, { device_code: deviceCode }, server);
    } catch (error) {
      cause = error;
      const { name, status, error: code } = Object(error) as ResponseError;
      if (code === "slow_down") wait += 5000;
      else if (whyUnsent(error) === "refused") throw error;
      else if (/^(Network|Timeout)Error$/.test(name) || /^(429|50[234])$/.test(`${status}`)) wait *= 2;
      else if (code !== "authorization_pending") throw error;
    }
  }
}

/** The longest that a timer waits, in milliseconds. */
const LONGEST = 2 ** 31 - 1;

/** What {@link authorizationUrl} takes. */
export type AuthorizationUrlOptions = Server &
  ClientOptions &
  GrantOptions & {
    /** Where the browser is sent afterwards: one of the client's `redirect_uris`, letter for letter. */
    redirectUri: string;
    /** 43 to 128 letters, digits and `-._~` (RFC 7636, section 4.1). @default a random one */
    codeVerifier?: string | undefined;
    /** Comes back with the callback. Hydra wants 8 characters or more. @default a random one */
    state?: string | undefined;
    /** Comes back in the ID token. Hydra wants 8 characters or more. @default a random one */
    nonce?: string | undefined;
  };

/** What {@link authorizationUrl} gives. */
export interface AuthorizationUrl {
  /** Where to send the browser. */
  url: string;
  /** Keep it in the user's session, for {@link exchangeCode}. A secret. */
  codeVerifier: string;
  /** Keep it in the user's session: the callback must bring the same. */
  state: string;
  /** Keep it in the user's session: the ID token must hold the same. */
  nonce: string;
}

/**
 * The URL that begins a login: the authorization code flow with PKCE by `S256` (RFC 6749, section 4.1.1; RFC 7636).
 *
 * @example
 * ```ts
 * const { url, ...login } = await authorizationUrl({
 *   basePath: "https://slug.projects.oryapis.com",
 *   clientId: process.env.CLIENT_ID!,
 *   redirectUri: "https://app.example.com/callback",
 *   scope: "openid offline_access",
 * });
 * ```
 */
export async function authorizationUrl(options: AuthorizationUrlOptions): Promise<AuthorizationUrl> {
  demand(options?.clientId, "clientId");
  demand(options.redirectUri, "redirectUri");
  const codeVerifier = options.codeVerifier ?? random();
  check(/^[\w.~-]{43,128}$/.test(codeVerifier), "codeVerifier", "must be 43 to 128 letters, digits and -._~");
  const server = await discover(options, "authorization_endpoint", "auth", options.timeout);
  const challenge = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(codeVerifier));
  const fields = {
    response_type: "code",
    client_id: options.clientId,
    redirect_uri: options.redirectUri,
    ...asked(options),
    state: options.state || random(),
    nonce: options.nonce || random(),
    code_challenge: base64url(new Uint8Array(challenge)),
    code_challenge_method: "S256",
  };
  const query = form(fields, options.parameters);
  const url = new URL(server.authorization_endpoint!);
  for (const name of new Set(query.keys())) url.searchParams.delete(name);
  for (const [name, value] of query) url.searchParams.append(name, value);
  return { url: url.href, codeVerifier, state: query.get("state")!, nonce: query.get("nonce")! };
}

const random = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)));

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");

type Endpoint = "authorization_endpoint" | "device_authorization_endpoint" | "token_endpoint";
type Metadata = ServerMetadata & { readonly [endpoint in Endpoint]?: string };
type Address = Partial<Record<"basePath" | "issuer" | "tokenEndpoint", string>> & Omit<ClientOptions, "clientId">;

const grant = (
  grant_type: string,
  options: Address & AuthenticatedOptions & GrantOptions,
  fields?: object,
  server?: Metadata,
): Promise<TokenResponse> => {
  const due: (string & keyof TokenResponse)[] = ["access_token", "token_type"];
  return request(options, "token_endpoint", "token", due, { grant_type, ...asked(options), ...fields }, server);
};

/**
 * Sends a form with the client's authentication to an endpoint, which a Hydra has at `path`. `due` are the members
 * without which the answer is none.
 */
async function request<T>(
  options: Address & AuthenticatedOptions,
  endpoint: Endpoint,
  path: string,
  due: (string & keyof T)[],
  fields: object,
  known: Metadata = locate(options, endpoint, path),
): Promise<T> {
  const { clientId: client_id, auth = none(), fetch, timeout, signal } = options;
  demand(client_id, "clientId");
  demand(auth, "auth", "function");
  checkTimeout(timeout);
  const { pathname } = new URL(known[endpoint] ?? known.issuer);
  return within(timeout, [signal], `POST ${pathname}`, async (signal) => {
    const server = await lookUp(known, endpoint, options, signal);
    const body = form(fields, options.parameters);
    const headers = headersOf(options.headers);
    await auth(server, { client_id }, body, headers);
    const verify = (data: any) => {
      for (const name of due) {
        // Some servers refuse with 200.
        check(
          typeof data[name] === "string",
          name,
          ["is missing", data.error, data.error_description].filter(Boolean).join(": "),
        );
      }
    };
    return send(fetch, new URL(server[endpoint]!), verify, signal, headers, body);
  });
}

/** What is known of a server before it is asked: where a Hydra has its endpoints, or no more than its issuer. */
function locate(options: Address, endpoint: Endpoint, path: string): Metadata {
  const [field = "basePath", other] = (["basePath", "issuer", "tokenEndpoint"] as const).filter(
    (name) => options[name] != null,
  );
  check(!other, `${other}`, `must be left out beside ${field}`);
  const { origin, pathname, search } = secure(field, options[field], options);
  if (field === "tokenEndpoint") return { issuer: options[field]!, token_endpoint: options[field]! };
  check(!search, field, "must have no query");
  const issuer = trim(origin + pathname);
  if (field === "issuer") return { issuer };
  return { issuer, token_endpoint: `${issuer}/oauth2/token`, [endpoint]: `${issuer}/oauth2/${path}` };
}

/** What the server says of itself at its issuer, where no more than that is known. */
async function lookUp(known: Metadata, endpoint: Endpoint, options: Address, signal?: AbortSignal): Promise<Metadata> {
  if (known.token_endpoint) return known;
  const url = new URL(`${known.issuer}/.well-known/openid-configuration`);
  const headers = headersOf(options.headers);
  headers.delete("authorization");
  const verify = (server: any) => {
    check(trim(secure("issuer", server.issuer, options).href) === known.issuer, "issuer", `is ${server.issuer}`);
    secure(endpoint, server[endpoint], options);
  };
  return send(options.fetch, url, verify, signal, headers);
}

/** What is known of the server, within the limit of one request. */
function discover(options: Address, endpoint: Endpoint, path: string, timeout: number | undefined): Promise<Metadata> {
  const known = locate(options, endpoint, path);
  checkTimeout(timeout);
  return within(timeout, [options.signal], "GET /.well-known/openid-configuration", (signal) =>
    lookUp(known, endpoint, options, signal),
  );
}

const trim = (address: string): string => address.replace(/\/+$/, "");

/** One exchange with the server: a form goes out, or nothing, and JSON comes back, of which `verify` throws what is wrong. */
function send<T>(
  fetch: Fetch | undefined,
  { href, pathname, searchParams }: URL,
  verify: (data: T) => void,
  signal: AbortSignal | undefined,
  headers: Headers,
  body?: URLSearchParams,
): Promise<T> {
  const method = body ? "POST" : "GET";
  headers.set("accept", "application/json");
  if (body) headers.set("content-type", "application/x-www-form-urlencoded");
  const request = {
    url: href,
    label: `${method} ${pathname}`,
    method,
    headers: Object.fromEntries(headers),
    body: body && `${body}`,
    secrets: () =>
      [...headers, ...searchParams, ...(body ?? [])].flatMap(([name, value]) =>
        PUBLIC.test(name) ? [] : confidential(value),
      ),
  };
  const read = (_: Response, text: string, refuse: Refuse): T => {
    let data: any;
    try {
      data = JSON.parse(text);
    } catch {
      // Nothing of it is shown: cut off, it may hold a token that nobody else knows.
    }
    try {
      verify(Object(data));
      return data;
    } catch (error) {
      throw refuse(redactor(request.secrets())((error as Error).message));
    }
  };
  return exchange(fetch, request, read, signal);
}

/** What of headers, query and form may be shown. */
const PUBLIC =
  /^(accept|content-|x-(forw|req)|(\w+_(type|values)|prompt|client_id|scope|audience|resource|redirect_uri)$)/;

/** The URL, when credentials may go there: over https, or to this host. */
function secure(field: string, address: string | undefined, { allowInsecureRequests }: Address): URL {
  const url = typeof address === "string" && URL.canParse(address) && new URL(address);
  const href = allowInsecureRequests ? `${url}`.replace("http:", "https:") : `${url}`;
  check(SECURE.test(href), field, "must be an https URL (or http and allowInsecureRequests true)");
  return url as URL;
}

/** Neither credentials nor a fragment, and no host that an unset variable makes. */
const SECURE =
  /^http(s|(?=:..(localhost|127[.\d]+|\[::1])[:/])):..(?!([^/]+\.)?(undefined|null|nan)[.:/])[^/@]+\/[^#]*$/;

/** A form or a query of our `fields` and the caller's parameters, which win. */
function form(fields: object, parameters: object | undefined): URLSearchParams {
  const theirs = new URLSearchParams(pairs(parameters));
  const ours = pairs(fields).filter(([name]) => !theirs.has(name));
  return new URLSearchParams([...ours, ...theirs]);
}

function headersOf(input: HeadersInput | undefined): Headers {
  try {
    return new Headers(pairs(input));
  } catch {
    // What the runtime says of it quotes the value.
    check(false, "headers", "hold what no HTTP header can");
  }
}

const asked = ({ scope, audience }: GrantOptions): object => ({ scope: list(scope), audience: list(audience) });

const list = (items: string | readonly string[] | undefined): string | undefined =>
  (typeof items === "string" ? items : [...(items ?? [])].join(" ")) || undefined;
