import { type ClientAuth, demand, formEncode, none, type ServerMetadata } from "./client-auth.ts";
import { AbortError, check, InvalidResponseError, NetworkError, ResponseError, TimeoutError } from "./errors.ts";
import { type Fetch, type Limits, sleep } from "./http.ts";
import { required } from "./input.ts";
import type { DeviceAuthorization, OAuth2TokenExchange } from "./types.ts";

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
  /** More parameters, by their wire names. They win over ours; `undefined` and `null` are left out. */
  parameters?: { readonly [name: string]: string | null | undefined } | undefined;
  /** More request headers. */
  headers?: Headers | [string, string][] | Record<string, string> | undefined;
  /** Sends the requests. Looked up at each call. @default globalThis.fetch */
  fetch?: Fetch | undefined;
  /**
   * Lets credentials travel over plain http. It is refused otherwise, but for `localhost`, `127.0.0.0/8` and `[::1]`. For
   * a network that is trusted as a whole, such as that of a cluster.
   * @default false
   */
  allowInsecureRequests?: boolean | undefined;
}

/** What a request that authenticates the client takes. */
export interface AuthenticatedOptions extends ClientOptions {
  /** How the client shows who it is: by the method that it is registered for. @default none() */
  auth?: ClientAuth | undefined;
}

/** What the token shall allow. */
export interface GrantOptions {
  /** Scopes, as a list or separated by spaces. @default what the server gives unasked: Hydra none */
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
  demand(options?.auth, "auth");
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
  required("refreshToken", options, ["refreshToken"]);
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
  const { code, codeVerifier, redirectUri } = required("exchangeCode", options, ["code"]);
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
  const { assertion } = required("jwtBearer", options, ["assertion"]);
  return grant("urn:ietf:params:oauth:grant-type:jwt-bearer", options, { assertion });
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
  // Hydra wants the id in the form even where the header has it.
  const { clientId: client_id } = required("deviceAuthorization", options, ["clientId"]);
  return request(options, "device_authorization_endpoint", "device/auth", "device_code", {
    client_id,
    ...asked(options),
  });
}

/** What {@link pollDeviceToken} takes. `timeout` is for each request, `signal` for the whole. */
export type PollDeviceTokenOptions = TokenServer &
  AuthenticatedOptions & {
    /** `device_code` of what {@link deviceAuthorization} gave. */
    deviceCode: string;
    /** Its `interval`: seconds between two requests. @default 5 */
    interval?: number | undefined;
    /** Its `expires_in`: seconds until it is given up. @default until the server says so */
    expiresIn?: number | undefined;
  };

/**
 * Waits until the user has agreed, and gets the tokens (RFC 8628, section 3.4). Asks at every `interval`, which grows by
 * 5 s where the server says `slow_down`, and doubles where no answer comes or it is 429, 502, 503 or 504: nothing is lost by
 * asking again.
 *
 * @throws {@link ResponseError} `access_denied` (400): the user refused; `expired_token` or `invalid_grant` (400): the
 * code is expired or used
 * @throws {@link TimeoutError} `expiresIn` passed
 */
export async function pollDeviceToken(options: PollDeviceTokenOptions): Promise<TokenResponse> {
  const { deviceCode, interval = 5, expiresIn = Infinity } = required("pollDeviceToken", options, ["deviceCode"]);
  const grant_type = "urn:ietf:params:oauth:grant-type:device_code";
  const end = Date.now() + expiresIn * 1000;
  let wait = interval * 1000;
  return limited({ signal: options.signal }, "pollDeviceToken", async (signal) => {
    const server = await discover(options, "token_endpoint", "token", signal);
    for (;;) {
      await sleep(Math.min(wait, end - Date.now()), signal);
      if (Date.now() >= end) throw new TimeoutError(`pollDeviceToken: nobody agreed within ${expiresIn} s`);
      try {
        return await grant(grant_type, { ...options, signal }, { device_code: deviceCode }, server);
      } catch (error) {
        signal.throwIfAborted();
        const { name, status, error: code } = error as ResponseError;
        if (code === "slow_down") wait += 5000;
        else if (/^(Network|Timeout)Error$/.test(name) || /^(429|50[234])$/.test(`${status}`)) wait *= 2;
        else if (code !== "authorization_pending") throw error;
      }
    }
  });
}

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
  const { clientId, redirectUri } = required("authorizationUrl", options, ["clientId", "redirectUri"]);
  const { codeVerifier = random(), state = random(), nonce = random() } = options;
  const server = await limited(options, "authorizationUrl", (signal) =>
    discover(options, "authorization_endpoint", "auth", signal),
  );
  const url = secure(server.authorization_endpoint, options.allowInsecureRequests);
  const challenge = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(codeVerifier));
  const query = withoutGaps({
    response_type: "code",
    client_id: clientId,
    redirect_uri: redirectUri,
    ...asked(options),
    state,
    nonce,
    code_challenge: base64url(new Uint8Array(challenge)),
    code_challenge_method: "S256",
    ...options.parameters,
  });
  for (const [name, value] of query) url.searchParams.set(name, value);
  return { url: url.href, codeVerifier, state, nonce };
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
): Promise<TokenResponse> =>
  request(options, "token_endpoint", "token", "access_token", { grant_type, ...asked(options), ...fields }, server);

/**
 * Sends a form with the client's authentication to an endpoint, which a Hydra has at `path`. `due` is the member
 * without which the answer is none.
 */
async function request<T>(
  options: Address & AuthenticatedOptions,
  endpoint: Endpoint,
  path: string,
  due: string & keyof T,
  fields: object,
  known?: Metadata,
): Promise<T> {
  const { clientId: client_id, auth = none() } = options;
  demand(client_id, "clientId");
  return limited(options, endpoint, async (signal) => {
    const server = known ?? (await discover(options, endpoint, path, signal));
    const body = withoutGaps({ ...fields, ...options.parameters });
    const headers = new Headers(options.headers);
    headers.set("content-type", "application/x-www-form-urlencoded");
    await auth(server, { client_id }, body, headers);
    return exchange(options, server[endpoint], due, signal, headers, body);
  });
}

/** What is known of the server: what it says of itself at its issuer, or where a Hydra has its endpoints. */
async function discover(options: Address, endpoint: Endpoint, path: string, signal: AbortSignal): Promise<Metadata> {
  const { issuer, basePath, tokenEndpoint } = options;
  const base = (issuer ?? basePath ?? tokenEndpoint)?.replace(/\/+$/, "");
  if (!issuer) {
    return {
      issuer: base!,
      token_endpoint: `${base}/oauth2/token`,
      [endpoint]: tokenEndpoint ?? `${base}/oauth2/${path}`,
    };
  }
  const server = await exchange<Metadata>(options, `${base}/.well-known/openid-configuration`, "issuer", signal);
  check(`${server.issuer}`.replace(/\/$/, "") === base, "issuer", `calls itself ${server.issuer}`);
  return server;
}

/**
 * Runs `work` until `timeout` passes or `signal` aborts, whether or not it heeds the signal that it is given.
 *
 * This and {@link exchange} are what `http.ts` has for the API classes, with less to do: a page that needs a token alone
 * loads 2 kB.
 */
async function limited<T>(
  { timeout, signal }: Limits,
  label: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limits = new AbortController();
  const late = () => limits.abort(new TimeoutError(`${label}: no whole answer in time`));
  const onAbort = () => {
    const cause = signal!.reason;
    if (cause?.name === "TimeoutError") late();
    else limits.abort(new AbortError(`${label}: aborted`, { cause }));
  };
  const timer = timeout && setTimeout(late, timeout);
  signal?.addEventListener("abort", onAbort);
  try {
    return await new Promise<T>((resolve, reject) => {
      limits.signal.onabort = () => reject(limits.signal.reason);
      if (signal?.aborted) onAbort();
      else work(limits.signal).then(resolve, reject);
    });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  }
}

/** One exchange with the server: a form goes out, or nothing, and JSON with the member `due` comes back. */
async function exchange<T>(
  { fetch = globalThis.fetch, allowInsecureRequests }: Address,
  url: string | undefined,
  due: string & keyof T,
  signal: AbortSignal,
  headers: Headers = new Headers(),
  body?: URLSearchParams,
): Promise<T> {
  const method = body ? "POST" : "GET";
  const label = `${method} ${secure(url, allowInsecureRequests).pathname}`;
  headers.set("accept", "application/json");
  const redact = redactor(headers, body);
  let response: Response;
  let text: string;
  try {
    response = await fetch(url!, {
      method,
      headers: Object.fromEntries(headers),
      redirect: "manual",
      signal,
      ...(body && { body: `${body}` }),
    });
    text = await response.text();
  } catch (thrown) {
    const { code } = Object((thrown as Error).cause ?? thrown);
    const cause = new Error(redact(`${thrown}`));
    throw new NetworkError(`${label}: no whole answer${code ? ` (${code})` : ""}`, { cause, code });
  }
  const { ok, status, statusText } = response;
  let data = parse(text);
  if (ok && data?.[due]) return data;
  // Nothing of the body: cut off, it may hold a token that nobody else knows.
  if (status < 400) throw new InvalidResponseError(`${label}: ${status} without ${due}`, status);
  data = parse(redact(text));
  throw new ResponseError(label, { status, statusText, headers: Object.fromEntries(response.headers), data });
}

function parse(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A function that blanks what was sent in confidence: a server or a proxy may echo it. */
function redactor(headers: Headers, body: URLSearchParams | undefined): (text: string) => string {
  const [, basic = ""] = `${headers.get("authorization")}`.split("Basic ");
  const sent = new URLSearchParams(`${body}&secret=${atob(basic).replace(/.*:/, "")}`);
  const secrets = [basic];
  for (const [name, value] of sent) {
    if (/secret|token$|code|assertion$/.test(name)) {
      secrets.push(value, formEncode(value), JSON.stringify(value).slice(1, -1));
    }
  }
  // What is shorter is a word, not a secret.
  return (text) => secrets.reduce((clean, secret) => (secret[4] ? clean.replaceAll(secret, "[secret]") : clean), text);
}

/** The URL, when credentials may go there: over https, or to this host. */
function secure(url: string | undefined, allowInsecureRequests: boolean | undefined): URL {
  const { protocol, hostname, username } = (URL.canParse(url!) ? new URL(url!) : {}) as URL;
  check(
    !username && (protocol === "https:" || allowInsecureRequests || /^(localhost|127[.\d]+|\[::1])$/.test(hostname)),
    "basePath",
    "must be https, or allowInsecureRequests true",
  );
  return new URL(url!);
}

/** A form or a query without what is `undefined` or `null`. */
const withoutGaps = (parameters: object): URLSearchParams =>
  new URLSearchParams(Object.entries(parameters).filter(([, value]) => value != null));

const asked = ({ scope, audience }: GrantOptions): object => ({ scope: list(scope), audience: list(audience) });

const list = (items: string | readonly string[] | undefined): string | undefined =>
  typeof items === "object" ? items.join(" ") : items;
