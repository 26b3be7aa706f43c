import type { Fetch } from "./fetch-types.ts";
import type { HeadersInput } from "./headers.ts";
import { hideGetters } from "./inspect.ts";
import { baseUrl } from "./url.ts";
import { assertInput, assertOptions, assertResponseSize, assertTimeout } from "./validate.ts";

/** A token, a promise of one, or a function that returns one and is called for each request, such as a token source. */
export type AccessToken = string | Promise<string> | (() => string | Promise<string>);

/** The options of a {@link Configuration}. */
export interface ConfigurationParameters {
  /**
   * The URL of Hydra: the project's URL on Ory Network, the public listener of a self-hosted Hydra. It may have a path and a
   * trailing slash. In a browser, a path alone, such as `/hydra`, belongs to `location.origin`.
   */
  basePath?: string | undefined;
  /**
   * The URL of the admin listener of a self-hosted Hydra, such as `http://127.0.0.1:4445`. Calls of the admin API go there,
   * all others to `basePath`.
   * @default basePath
   */
  adminBasePath?: string | undefined;
  /** Bearer token for the admin API (on Ory Network an API key, `ory_pat_…`), userinfo and verifiable credentials. */
  accessToken?: AccessToken | undefined;
  /**
   * The URL of Ory Network's console, for {@link ProjectApi} and {@link WorkspaceApi}, which never use `basePath`.
   * @default "https://api.console.ory.com"
   */
  consolePath?: string | undefined;
  /**
   * Bearer token for the console: an API key of a workspace, `ory_wak_…`. It is sent only to the console, and `accessToken`
   * never, unless that is such a key and this one is not set.
   */
  workspaceApiKey?: AccessToken | undefined;
  /** Client ID for HTTP Basic at the token and revocation endpoints. */
  username?: string | undefined;
  /** Client secret for HTTP Basic at the token and revocation endpoints. */
  password?: string | undefined;
  /** Accepted for code written for `@ory/client`; no operation of Hydra sends it. Pass an API key as `accessToken`. */
  apiKey?: string | Promise<string> | ((name: string) => string) | ((name: string) => Promise<string>) | undefined;
  /**
   * `headers` are sent with every request, `Authorization` only with those that accept a bearer token. `timeout` as below.
   */
  baseOptions?: { headers?: HeadersInput; timeout?: number } | undefined;
  /** Sends the requests. @default globalThis.fetch, looked up at each call */
  fetch?: Fetch | undefined;
  /** Milliseconds for the entire call, including the response body; `0` for no limit. @default 30_000 */
  timeout?: number | undefined;
  /** Aborts every call that uses this configuration. */
  signal?: AbortSignal | undefined;
  /** The longest response that is read, in bytes, decompressed. @default 16_000_000; 1_000_000 for server metadata */
  maxResponseSize?: number | undefined;
}

/** The options that have an effect, and those of `@ory/client` that need none: there is one server, and no AWS signature. */
const OPTIONS = [
  "basePath",
  "adminBasePath",
  "consolePath",
  "accessToken",
  "workspaceApiKey",
  "username",
  "password",
  "apiKey",
  "baseOptions",
  "fetch",
  "timeout",
  "signal",
  "maxResponseSize",
  "serverIndex",
  "formDataCtor",
];
const BASE_OPTIONS = ["headers", "timeout"];

/**
 * The key of a function that returns the hidden values of a configuration, so that a copy made by spreading has them, too.
 * A log shows a function.
 */
const HIDDEN: unique symbol = /* @__PURE__ */ Symbol.for("hydra-sdk.hidden") as never;

/**
 * How to reach Hydra, validated when it is created. Logging one reveals no credentials. To change a copy, see {@link with}.
 *
 * @example
 * ```ts
 * const network = new Configuration({ basePath: "https://slug.projects.oryapis.com", accessToken: "ory_pat_…" });
 * const selfHosted = new Configuration({ basePath: "http://127.0.0.1:4444", adminBasePath: "http://127.0.0.1:4445" });
 * ```
 * @throws {@link InvalidInputError} a value is invalid, such as a URL whose host is `undefined`
 */
export class Configuration {
  /** See {@link ConfigurationParameters.basePath}. */
  readonly basePath: string | undefined;
  /** See {@link ConfigurationParameters.adminBasePath}. */
  readonly adminBasePath: string | undefined;
  /** See {@link ConfigurationParameters.consolePath}. */
  declare readonly consolePath: string | undefined;
  /** See {@link ConfigurationParameters.username}. */
  username: string | undefined;
  /** See {@link ConfigurationParameters.timeout}. */
  readonly timeout: number | undefined;
  /** See {@link ConfigurationParameters.accessToken}. */
  // The type that `@ory/client` reads: a function returns either a string or a promise.
  declare accessToken: string | Promise<string> | (() => string) | (() => Promise<string>) | undefined;
  /** See {@link ConfigurationParameters.workspaceApiKey}. */
  declare workspaceApiKey: AccessToken | undefined;
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
  /** See {@link ConfigurationParameters.maxResponseSize}. */
  readonly maxResponseSize: number | undefined;

  /**
   * Marks a configuration. A string key, so that the ES module and the CommonJS file recognize each other's.
   * @internal
   */
  get "hydra-sdk"(): "Configuration" {
    return "Configuration";
  }

  constructor(given: ConfigurationParameters = {}) {
    const parameters: ConfigurationParameters = isConfiguration(given) ? given : { ...hiddenValues(given), ...given };
    const { basePath, adminBasePath, username, password, baseOptions, accessToken, fetch, signal } = parameters;
    const { timeout = baseOptions?.timeout, maxResponseSize } = parameters;
    assertOptions(
      parameters,
      OPTIONS,
      "a Configuration",
      "is it misspelled? A fetch function does what axios options do",
    );
    assertOptions(baseOptions ?? {}, BASE_OPTIONS, "baseOptions", "pass a fetch function that does it");
    if (basePath !== undefined) configuredUrl("basePath", basePath);
    if (adminBasePath !== undefined) configuredUrl("adminBasePath", adminBasePath);
    assertTimeout(timeout);
    const isToken =
      accessToken == null ||
      typeof accessToken === "string" ||
      typeof accessToken === "function" ||
      typeof accessToken.then === "function";
    assertInput(isToken, "accessToken", "must be a string, a promise or a function");
    if (typeof accessToken === "string") assertToken(accessToken);
    assertInput(username == null || typeof username === "string", "username", "must be a string");
    assertInput(password == null || typeof password === "string", "password", "must be a string");
    assertInput(!fetch || typeof fetch === "function", "fetch", "must be a function");
    assertInput(!signal || signal.addEventListener, "signal", "must be an AbortSignal");
    assertResponseSize(maxResponseSize);
    this.basePath = basePath;
    this.adminBasePath = adminBasePath;
    this.username = username;
    this.timeout = timeout;
    this.maxResponseSize = maxResponseSize;
    // Accessors: a tool that prints non-enumerable properties shows that they exist, but not their values.
    const hidden: any = {};
    for (const name of [
      "accessToken",
      "workspaceApiKey",
      "consolePath",
      "password",
      "apiKey",
      "baseOptions",
      "fetch",
      "signal",
    ] as const) {
      hidden[name] = parameters[name];
      const set = (value: unknown) => {
        hidden[name] = value;
      };
      Object.defineProperty(this, name, { get: () => hidden[name], set });
    }
    Object.defineProperty(this, HIDDEN, { value: () => hidden, enumerable: true });
    hideGetters(this);
  }

  /**
   * Returns a copy with changes.
   *
   * @example
   * ```ts
   * const configuration = new Configuration({ basePath: "http://127.0.0.1:4444" });
   * const patient = configuration.with({ timeout: 60_000 });
   * ```
   * @throws {@link InvalidInputError} a value is invalid
   */
  with(changes: ConfigurationParameters): Configuration {
    return new Configuration({ ...this, ...changes });
  }

  /** Whether a media type is JSON. The APIs of `@ory/client`, which accept this configuration, ask for it. */
  isJsonMime(mime: string): boolean {
    return /^(application\/|[^;/\s]+\/[^;/\s]+\+)json\s*(;|$)/i.test(mime);
  }
}

/** Returns the values that spreading a configuration does not copy. */
const hiddenValues = (given: object): ConfigurationParameters =>
  (given as { [HIDDEN]?: () => ConfigurationParameters })[HIDDEN]?.() ?? {};

/** Asserts that a token is not empty: it would be left out without a word. */
export function assertToken(token: string): void {
  assertInput(token.trim(), "accessToken", "is empty: is an environment variable unset? Leave it out to send none");
}

/** Whether `value` is a configuration, created by this copy of the package or by another. */
export const isConfiguration = (value: unknown): value is Configuration =>
  (value as Configuration | undefined)?.["hydra-sdk"] === "Configuration";

/** Returns the URL that `basePath` or `adminBasePath` means. In a browser, a path alone belongs to the page's origin. */
export function configuredUrl(field: string, value: string): string {
  const isPath = typeof value === "string" && value.startsWith("/");
  return baseUrl(field, value, isPath ? globalThis.location?.origin : undefined);
}
