import { InvalidInputError } from "../index.ts";

/** The pages of the login and consent application. */
export interface MockUrls {
  /** The login page; it receives a `login_challenge`. */
  login: string;
  /** The consent page; it receives a `consent_challenge`. */
  consent: string;
  /** The page that confirms a logout; it receives a `logout_challenge`. */
  logout: string;
  /** The page on which a person enters a device's user code; it receives a `device_challenge`. */
  device: string;
}

/** The options of a mock. Each has a default: `createMockHydra()` is a complete server. */
export type SubjectType = "public" | "pairwise";

export interface MockHydraOptions {
  /** The origin of the public API, which is also the issuer. @default "http://127.0.0.1:4444" */
  publicUrl?: string;
  /**
   * The origin of the admin API. It may equal `publicUrl`: the mock is then like an Ory Network project, which serves
   * both from one origin. @default "http://127.0.0.1:4445"
   */
  adminUrl?: string;
  /** Whether clients may register themselves; `false` answers every registration call with a `404`. @default true */
  dynamicRegistration?: boolean;
  /**
   * The origins whose pages may call both APIs. `"*"` allows every origin, `"https://*.example.com"` any single label;
   * an empty list turns CORS off. @default ["http://127.0.0.1:3000"]
   */
  corsOrigins?: readonly string[];
  /** The pages of the login and consent application, as absolute URLs. @default paths on http://127.0.0.1:3000 */
  urls?: Partial<MockUrls>;
  /** Returns milliseconds since the epoch; all lifetimes depend on it. @default Date.now */
  clock?: () => number;
  /**
   * Determines ids, secrets and opaque tokens: the same seed gives the same sequence. It does not determine keys:
   * because generating them is slow, all mocks of a process share their first signing keys, and only the key ids depend
   * on the seed. @default random
   */
  seed?: string | number;
  /**
   * Sends the requests of the server itself: to the `jwks_uri`, `sector_identifier_uri`, `request_uri` and
   * `backchannel_logout_uri` of clients. Its signal aborts after five seconds. @default the global fetch
   */
  fetch?: typeof globalThis.fetch;
}

/** The origin of the default pages. */
const APPLICATION = "http://127.0.0.1:3000";

/** The options with their defaults. */
export type ResolvedOptions = Required<Omit<MockHydraOptions, "urls">> & {
  urls: MockUrls;
  defaultScope: readonly string[];
  subjectTypes: readonly SubjectType[];
};

/**
 * Fills in the defaults; `undefined` counts as absent.
 *
 * @throws {@link InvalidInputError} an option is not valid; `field` names it
 */
export function resolveOptions(options: MockHydraOptions): ResolvedOptions {
  const {
    publicUrl,
    adminUrl,
    dynamicRegistration = true,
    corsOrigins = [APPLICATION],
    urls,
    clock,
    seed,
    fetch,
  } = options;
  for (const origin of corsOrigins) assertCorsOrigin("corsOrigins", origin);
  const pageUrl = (name: keyof MockUrls, path: string): string =>
    urls?.[name] === undefined ? APPLICATION + path : absoluteUrl(`urls.${name}`, urls[name]);
  return {
    publicUrl: originOf("publicUrl", publicUrl ?? "http://127.0.0.1:4444"),
    adminUrl: originOf("adminUrl", adminUrl ?? "http://127.0.0.1:4445"),
    dynamicRegistration,
    defaultScope: ["openid", "offline_access"],
    subjectTypes: ["public", "pairwise"],
    corsOrigins,
    urls: {
      login: pageUrl("login", "/login"),
      consent: pageUrl("consent", "/consent"),
      logout: pageUrl("logout", "/logout"),
      device: pageUrl("device", "/device/verify"),
    },
    // Looked up at each call, so that a test may replace the globals later.
    clock: clock ?? (() => Date.now()),
    seed: seed ?? crypto.randomUUID(),
    fetch: fetch ?? ((input, init) => globalThis.fetch(input, init)),
  };
}

/**
 * Returns `url`, an origin with or without a trailing slash, without the slash.
 *
 * @throws {@link InvalidInputError} `url` is not an http or https origin
 */
export function originOf(field: string, url: string): string {
  const { origin, href, protocol } = URL.canParse(url) ? new URL(url) : {};
  const isOrigin = href === `${origin}/` && (protocol === "http:" || protocol === "https:");
  if (isOrigin) return origin!;
  throw new InvalidInputError(field, `${field} must be an origin such as http://127.0.0.1:4444, without a path`);
}

/** @throws {@link InvalidInputError} `url` is not an absolute URL */
export function absoluteUrl(field: string, url: string): string {
  if (typeof url === "string" && URL.canParse(url)) return url;
  throw new InvalidInputError(field, `${field} must be an absolute URL`);
}

/** @throws {@link InvalidInputError} `origin` is neither an origin nor a pattern of origins */
export function assertCorsOrigin(field: string, origin: string): void {
  if (origin === "*" || /^[a-z][a-z\d+.-]*:\/\/[^\s/?#]+$/i.test(origin)) return;
  throw new InvalidInputError(field, `${field} must list origins such as https://app.example.com, or "*" for all`);
}
