import { check } from "./errors.ts";
import type { Fetch } from "./exchange.ts";

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
  basePath?: string | undefined;
  /**
   * The admin listener of a self-hosted Hydra, such as `http://127.0.0.1:4445`. Calls of the admin API go there, all
   * others to `basePath`.
   * @default basePath
   */
  adminBasePath?: string | undefined;
  /** Bearer token of the admin API (on Ory Network an API key, `ory_pat_…`), of userinfo and of verifiable credentials. */
  accessToken?: AccessToken | undefined;
  /** Client id for HTTP Basic at the token and revocation endpoints. */
  username?: string | undefined;
  /** Client secret for HTTP Basic at the token and revocation endpoints. */
  password?: string | undefined;
  /** Kept for code written for `@ory/client`; no operation of Hydra sends it. Give an API key as `accessToken`. */
  apiKey?: string | Promise<string> | ((name: string) => string) | ((name: string) => Promise<string>) | undefined;
  /** `headers` go with every call; its `Authorization` only where a bearer token is due. `timeout` as below. */
  baseOptions?: { headers?: HeadersInput; timeout?: number } | undefined;
  /** Sends the requests. Looked up at each call. @default globalThis.fetch */
  fetch?: Fetch | undefined;
  /** Milliseconds for a whole call, its body included. @default no limit */
  timeout?: number | undefined;
  /** Aborts every call made with this configuration. */
  signal?: AbortSignal | undefined;
}

/**
 * How to reach Hydra, checked when it is made. Logging one shows no credential.
 *
 * @example
 * ```ts
 * const network = new Configuration({ basePath: "https://slug.projects.oryapis.com", accessToken: "ory_pat_…" });
 * const selfHosted = new Configuration({ basePath: "http://127.0.0.1:4444", adminBasePath: "http://127.0.0.1:4445" });
 * ```
 * @throws {@link InvalidInputError} a value cannot be right, such as a URL with `undefined` for a host
 */
export class Configuration {
  /** See {@link ConfigurationParameters.basePath}. */
  readonly basePath: string | undefined;
  /** See {@link ConfigurationParameters.adminBasePath}. */
  readonly adminBasePath: string | undefined;
  /** See {@link ConfigurationParameters.username}. */
  username: string | undefined;
  /** See {@link ConfigurationParameters.timeout}. */
  readonly timeout: number | undefined;
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
    const { basePath, adminBasePath, username, password, baseOptions, accessToken, fetch, signal } = parameters;
    const { timeout = baseOptions?.timeout } = parameters;
    if (basePath !== undefined) baseUrl("basePath", basePath);
    if (adminBasePath !== undefined) baseUrl("adminBasePath", adminBasePath);
    checkTimeout(timeout);
    check(
      !accessToken || isText(accessToken) || typeof accessToken === "function" || "then" in Object(accessToken),
      "accessToken",
      "must be a string, a promise or a function",
    );
    check(isText(username), "username", "must be a string");
    check(isText(password), "password", "must be a string");
    check(!fetch || typeof fetch === "function", "fetch", "must be a function");
    check(!signal || signal.addEventListener, "signal", "must be an AbortSignal");
    this.basePath = basePath;
    this.adminBasePath = adminBasePath;
    this.username = username;
    this.timeout = timeout;
    // Accessors: what inspects hidden properties, too, sees that they are there and not what they hold.
    const hidden: any = {};
    for (const name of ["accessToken", "password", "apiKey", "baseOptions", "fetch", "signal"] as const) {
      hidden[name] = parameters[name];
      const set = (value: unknown) => {
        hidden[name] = value;
      };
      Object.defineProperty(this, name, { get: () => hidden[name], set });
    }
  }
}

const isText = (value: unknown): boolean => value == null || typeof value === "string";

/**
 * The URL that `value` means, without a trailing slash.
 *
 * @throws {@link InvalidInputError} it is none, or not one for a server
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
    "must be milliseconds, at most 2147483647",
  );
}
