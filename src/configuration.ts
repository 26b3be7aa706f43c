import { check, hide } from "./errors.ts";
import type { Fetch } from "./http.ts";

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
  /** See {@link ConfigurationParameters.basePath}. */
  declare readonly basePath: string | undefined;
  /** See {@link ConfigurationParameters.adminBasePath}. */
  declare readonly adminBasePath: string | undefined;
  /** See {@link ConfigurationParameters.username}. */
  declare username: string | undefined;
  /** See {@link ConfigurationParameters.timeout}. */
  declare readonly timeout: number | undefined;
  /** See {@link ConfigurationParameters.accessToken}. */
  declare accessToken: AccessToken | undefined;
  /** See {@link ConfigurationParameters.password}. */
  declare password: string | undefined;
  /** See {@link ConfigurationParameters.apiKey}. */
  declare apiKey: ConfigurationParameters["apiKey"];
  /** See {@link ConfigurationParameters.baseOptions}. */
  declare readonly baseOptions: ConfigurationParameters["baseOptions"];
  /** See {@link ConfigurationParameters.fetch}. */
  declare readonly fetch: Fetch | undefined;
  /** See {@link ConfigurationParameters.signal}. */
  declare readonly signal: AbortSignal | undefined;

  constructor(parameters: ConfigurationParameters = {}) {
    const { basePath, adminBasePath, username, baseOptions, timeout = baseOptions?.timeout, accessToken } = parameters;
    if (basePath !== undefined) baseUrl("basePath", basePath);
    if (adminBasePath !== undefined) baseUrl("adminBasePath", adminBasePath);
    checkTimeout(timeout);
    check(
      !accessToken || /^[sf]/.test(typeof accessToken) || (accessToken as Promise<string>).then,
      "accessToken",
      "must be a string, a promise or a function",
    );
    Object.assign(this, { basePath, adminBasePath, username, timeout });
    for (const name of ["accessToken", "password", "apiKey", "baseOptions", "fetch", "signal"] as const) {
      hide(this, name, parameters[name]);
    }
    check(!this.fetch || typeof this.fetch === "function", "fetch", "must be a function");
    check(!this.signal || this.signal.addEventListener, "signal", "must be an AbortSignal");
  }
}

/**
 * The URL that `value` means, without a trailing slash.
 *
 * @throws {InvalidInputError} it is none, or not one for a server
 */
export function baseUrl(field: string, value: string): string {
  let url: URL | undefined;
  try {
    url = new URL(value, value[0] === "/" ? globalThis.location?.origin : undefined);
  } catch {
    // Refused below, as other values are.
  }
  check(
    url && /^https?:\/\/[^@/]+\/[^?#]*$/.test(url.href),
    field,
    "must be an http or https URL without credentials and query, such as http://127.0.0.1:4444",
  );
  check(
    !/(^|\.)(undefined|null|nan)(\.|$)/.test(url.hostname),
    field,
    `has the host ${url.hostname}: is an environment variable unset?`,
  );
  return url.href.replace(/\/+$/, "");
}

export function checkTimeout(timeout: number | undefined): void {
  check(
    timeout === undefined || (timeout >= 0 && timeout < 2 ** 31 && typeof timeout === "number"),
    "timeout",
    "must be milliseconds, from 0 (none) to 2147483647",
  );
}
