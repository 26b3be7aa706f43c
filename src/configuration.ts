import { hide, InvalidInputError } from "./errors.ts";
import type { Fetch, Limits } from "./http.ts";

/** Request headers: an object, a `Headers` or pairs. A value of `undefined` or `null` is left out. */
export type HeadersInput =
  | Headers
  | [string, string][]
  | { [name: string]: string | number | boolean | null | undefined };

/** A token, a promise of one, or a function that gives one and is asked at each call, such as a token source. */
export type AccessToken = string | Promise<string> | (() => string | Promise<string>);

/** What {@link Configuration} takes. */
export interface ConfigurationParameters {
  /**
   * Where Hydra is: the project's URL on Ory Network, the public listener of a self-hosted Hydra. With or without a
   * trailing slash or a path; a path alone, such as `/hydra`, is taken from `location.origin`.
   */
  basePath?: string;
  /**
   * The admin listener of a self-hosted Hydra, such as `http://127.0.0.1:4445`. Calls of the admin API go there, all
   * others to `basePath`.
   * @default basePath
   */
  adminBasePath?: string;
  /** Bearer token of the admin API (on Ory Network an API key, `ory_pat_…`), of userinfo and of verifiable credentials. */
  accessToken?: AccessToken;
  /** Client id for HTTP Basic at the token and revocation endpoints. */
  username?: string;
  /** Client secret for HTTP Basic at the token and revocation endpoints. */
  password?: string;
  /** Kept for code written for `@ory/client`; no operation of Hydra sends it. Give an API key as `accessToken`. */
  apiKey?: string | Promise<string> | ((name: string) => string) | ((name: string) => Promise<string>);
  /** `headers` go with every call; its `Authorization` only where a bearer token is due. `timeout` as below. */
  baseOptions?: { headers?: HeadersInput; timeout?: number };
  /** Sends the requests. Looked up at each call. @default globalThis.fetch */
  fetch?: Fetch;
  /** Milliseconds for a whole call, its body included. @default no limit */
  timeout?: number;
  /** Aborts every call made with this configuration. */
  signal?: AbortSignal;
}

/**
 * How to reach Hydra, checked when it is made. Logging one shows no credential.
 *
 * @example
 * ```ts
 * const network = new Configuration({ basePath: "https://slug.projects.oryapis.com", accessToken: "ory_pat_…" });
 * const selfHosted = new Configuration({ basePath: "http://127.0.0.1:4444", adminBasePath: "http://127.0.0.1:4445" });
 * ```
 * @throws {InvalidInputError} a value cannot be right, such as a URL with `undefined` for a host
 */
export class Configuration {
  declare readonly basePath: string | undefined;
  declare readonly adminBasePath: string | undefined;
  declare username: string | undefined;
  declare readonly timeout: number | undefined;
  declare accessToken: AccessToken | undefined;
  declare password: string | undefined;
  declare apiKey: ConfigurationParameters["apiKey"];
  declare readonly baseOptions: ConfigurationParameters["baseOptions"];
  declare readonly fetch: Fetch | undefined;
  declare readonly signal: AbortSignal | undefined;

  constructor(parameters: ConfigurationParameters = {}) {
    const {
      basePath,
      adminBasePath,
      username,
      baseOptions,
      timeout = baseOptions?.timeout,
      fetch,
      signal,
    } = parameters;
    if (basePath !== undefined) baseUrl("basePath", basePath);
    if (adminBasePath !== undefined) baseUrl("adminBasePath", adminBasePath);
    const { accessToken } = parameters;
    if (accessToken && !/string|function/.test(typeof accessToken) && !(accessToken as Promise<string>).then) {
      throw new InvalidInputError(
        "accessToken",
        "accessToken must be a string, a promise of one or a function that gives one",
      );
    }
    if (fetch && typeof fetch !== "function") throw new InvalidInputError("fetch", "fetch must be a function");
    checkLimits({ timeout, signal });
    Object.assign(this, { basePath, adminBasePath, username, timeout });
    for (const name of ["accessToken", "password", "apiKey", "baseOptions", "fetch", "signal"] as const) {
      hide(this, name, parameters[name]);
    }
  }
}

/**
 * The URL that `value` means, without a trailing slash.
 *
 * @throws {InvalidInputError} it is none, or not one for a server
 */
export function baseUrl(field: string, value: unknown): string {
  const refuse = (problem: string) => new InvalidInputError(field, `${field} ${problem}`);
  if (typeof value !== "string") throw refuse(`must be a URL such as "http://127.0.0.1:4444", not a ${typeof value}`);
  let url: URL;
  try {
    url = new URL(value, value[0] === "/" ? globalThis.location?.origin : undefined);
  } catch {
    throw refuse('is not a URL: give the whole address, such as "http://127.0.0.1:4444"');
  }
  if (!/^https?:$/.test(url.protocol)) throw refuse(`must begin with http:// or https://, not ${url.protocol}`);
  if (/(^|\.)(undefined|null|nan)(\.|$)/i.test(url.hostname)) {
    throw refuse(`has the host ${url.hostname}: is an environment variable unset?`);
  }
  if (url.username || url.password) throw refuse("must not hold credentials: use username and password");
  if (url.search || url.hash) throw refuse("must not hold a query or a fragment");
  return url.href.replace(/\/+$/, "");
}

/** @throws {InvalidInputError} `timeout` is no time, or `signal` no signal */
export function checkLimits({ timeout, signal }: Limits): void {
  if (timeout !== undefined && !(typeof timeout === "number" && timeout >= 0 && timeout < 2 ** 31)) {
    throw new InvalidInputError("timeout", "timeout must be a number of milliseconds from 0 (none) to 2147483647");
  }
  if (signal && !signal.addEventListener) throw new InvalidInputError("signal", "signal must be an AbortSignal");
}
