import { InvalidInputError } from "../index.ts";

/** Where a person is sent to log in, to consent, to confirm a logout and to enter a device's user code. */
export interface MockUrls {
  /** Where a person is asked who they are, with a `login_challenge`. */
  login: string;
  /** Where a person is asked whether they agree, with a `consent_challenge`. */
  consent: string;
  /** Where a person is asked whether to log out, with a `logout_challenge`. */
  logout: string;
  /** Where `/oauth2/device/verify` sends a person who opens it. */
  device: string;
}

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
  /** The pages of the login and consent application, absolute URLs. @default paths on http://127.0.0.1:3000 */
  urls?: Partial<MockUrls>;
  /** Milliseconds since the epoch; every lifetime is measured by it. @default Date.now */
  clock?: () => number;
  /**
   * Ids, secrets and opaque tokens follow from it: equal seeds, equal sequences. Keys do not: the server's own signing
   * keys are made once in a process, for that takes a moment, and shared by its mocks until one deletes or adds a key;
   * only their ids are of the seed. @default random
   */
  seed?: string | number;
  /**
   * Sends what the server itself sends: it fetches `jwks_uri`, `sector_identifier_uri` and `request_uri` of clients,
   * and tells `backchannel_logout_uri` about logouts. Its signal aborts after five seconds. @default the global fetch
   */
  fetch?: typeof globalThis.fetch;
}

/** The application of the defaults. */
const APP = "http://127.0.0.1:3000";

/** The options with their defaults, `undefined` being one more way to leave an option out. */
export type ResolvedOptions = Required<Omit<MockHydraOptions, "urls">> & { urls: MockUrls };

/** @throws {@link InvalidInputError} an option that no mock can be made with; `field` names it */
export function resolveOptions(options: MockHydraOptions): ResolvedOptions {
  const { publicUrl, adminUrl, dynamicRegistration = true, corsOrigins = [APP], urls, clock, seed, fetch } = options;
  for (const origin of corsOrigins) checkCorsOrigin("corsOrigins", origin);
  const page = (name: keyof MockUrls, path: string): string =>
    urls?.[name] === undefined ? APP + path : absoluteUrl(`urls.${name}`, urls[name]);
  return {
    publicUrl: originOf("publicUrl", publicUrl ?? "http://127.0.0.1:4444"),
    adminUrl: originOf("adminUrl", adminUrl ?? "http://127.0.0.1:4445"),
    dynamicRegistration,
    corsOrigins,
    urls: {
      login: page("login", "/login"),
      consent: page("consent", "/consent"),
      logout: page("logout", "/logout"),
      device: page("device", "/device/verify"),
    },
    // Looked up at each call, so that what a test puts in their place counts.
    clock: clock ?? (() => Date.now()),
    seed: seed ?? crypto.randomUUID(),
    fetch: fetch ?? ((input, init) => globalThis.fetch(input, init)),
  };
}

/**
 * The origin that `url` is, with or without a slash behind it.
 *
 * @throws {@link InvalidInputError} it is more, or none
 */
export function originOf(field: string, url: string): string {
  const { origin, href, protocol } = URL.canParse(url) ? new URL(url) : {};
  const isOrigin = href === `${origin}/` && (protocol === "http:" || protocol === "https:");
  if (isOrigin) return origin!;
  throw new InvalidInputError(field, `${field} has to be an origin such as http://127.0.0.1:4444`);
}

/** @throws {@link InvalidInputError} `url` is none, or relative */
export function absoluteUrl(field: string, url: string): string {
  if (typeof url === "string" && URL.canParse(url)) return url;
  throw new InvalidInputError(field, `${field} has to be an absolute URL`);
}

/** @throws {@link InvalidInputError} `origin` is neither an origin nor a pattern for origins */
export function checkCorsOrigin(field: string, origin: string): void {
  if (origin === "*" || /^[a-z][a-z\d+.-]*:\/\/[^\s/?#]+$/i.test(origin)) return;
  throw new InvalidInputError(field, `${field} takes origins such as https://app.example.com, or "*" for all`);
}
