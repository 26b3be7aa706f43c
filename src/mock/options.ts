import { HYDRA_VERSIONS, type HydraVersion } from "../core/versions.ts";
import { InvalidInputError } from "../index.ts";
import { absoluteUrl, assertCorsOrigin, choice, originOf } from "./check-options.ts";
import { parseDuration } from "./clients/duration.ts";
import type { TokenHook } from "./token-hook.ts";

export { type Feature, type HydraVersion, hasFeature } from "../core/versions.ts";

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

/** How clients see a person: all in the same way, or each sector in its own. */
export type SubjectType = "public" | "pairwise";

/** Lifetimes, each a duration such as `"1h30m"`: Hydra's settings `ttl.*`. */
export interface MockTtl {
  /** `ttl.access_token` @default "1h" */
  accessToken?: string;
  /** `ttl.auth_code` @default "10m" */
  authCode?: string;
  /** `ttl.authentication_session`: how long a browser is remembered at most. @default "720h" */
  authenticationSession?: string;
  /** `ttl.device_user_code` @default "10m" */
  deviceUserCode?: string;
  /** `ttl.id_token` @default "1h" */
  idToken?: string;
  /** `ttl.login_consent_request`: how long a person may take for a login or a consent. @default "30m" */
  loginConsentRequest?: string;
  /** `ttl.refresh_token`; `"-1"` for tokens that never expire. @default "720h" */
  refreshToken?: string;
}

/** The options of a mock. Each has a default: `createMockHydra()` is a complete server. */
export interface MockHydraOptions {
  /** The origin of the public API. @default "http://127.0.0.1:4444" */
  publicUrl?: string;
  /**
   * The origin of the admin API. It may equal `publicUrl`: the mock is then like an Ory Network project, which serves
   * both from one origin. @default "http://127.0.0.1:4445"
   */
  adminUrl?: string;
  /**
   * The version of Hydra whose behavior the mock has; `"master"` is what the next release will be.
   * @default "master"
   */
  version?: HydraVersion;
  /**
   * The issuer identifier, with or without a slash at its end: Hydra's setting `urls.self.issuer`.
   * @default `publicUrl` with a slash
   */
  issuer?: string;
  /**
   * Whether clients may register themselves: Hydra's setting `oidc.dynamic_client_registration.enabled`. `false` answers
   * every registration call with a `404`. @default true
   */
  dynamicRegistration?: boolean;
  /**
   * The `registration_endpoint` of the server's metadata: Hydra's setting
   * `webfinger.oidc_discovery.client_registration_url`. Without it, Hydra names none, although it registers clients at
   * `/oauth2/register`. @default none
   */
  clientRegistrationUrl?: string;
  /**
   * The scopes of a client that states none: Hydra's setting `oidc.dynamic_client_registration.default_scope`. A Hydra
   * without it gives `["offline_access", "offline", "openid"]`. @default ["openid", "offline_access"]
   */
  defaultScope?: readonly string[];
  /**
   * The subject types that clients may have: Hydra's setting `oidc.subject_identifiers.supported_types`. Hydra's own
   * default is `["public"]`. @default ["public", "pairwise"]
   */
  subjectTypes?: readonly SubjectType[];
  /** Whether every client must use PKCE: Hydra's setting `oauth2.pkce.enforced`. @default false */
  pkceEnforced?: boolean;
  /** Whether public clients must use PKCE: Hydra's setting `oauth2.pkce.enforced_for_public_clients`. @default false */
  pkceEnforcedForPublicClients?: boolean;
  /** The format of access tokens, unless a client has its own: Hydra's setting `strategies.access_token`. @default "opaque" */
  accessTokenStrategy?: AccessTokenStrategy;
  /**
   * How a JWT access token states its scope: as the list `scp`, the string `scope` or both. Hydra's setting
   * `strategies.jwt.scope_claim`. @default "list"
   */
  scopeClaim?: ScopeClaim;
  /** Lifetimes: Hydra's settings `ttl.*`. */
  ttl?: MockTtl;
  /**
   * How long a used refresh token may be used again, as a duration of at most `"5m"`: Hydra's setting
   * `oauth2.grant.refresh_token.rotation_grace_period`. @default "0s"
   */
  refreshTokenGracePeriod?: string;
  /** Is called before tokens are issued, and may change their claims: stands for Hydra's setting `oauth2.token_hook`. */
  tokenHook?: TokenHook;
  /**
   * Whether the jwt-bearer grant refuses an assertion with a `kid` once the trust in its issuer has expired. Hydra has no
   * such setting: it looks at `expires_at` only if the assertion has no `kid`. @default false
   */
  refuseExpiredIssuers?: boolean;
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

/** The format of access tokens. */
export type AccessTokenStrategy = "opaque" | "jwt";
/** How a JWT access token states its scope. */
export type ScopeClaim = "list" | "string" | "both";

/** Lifetimes in milliseconds. */
export type Ttl = Record<keyof MockTtl, number>;

const DEFAULT_TTL: Required<MockTtl> = {
  accessToken: "1h",
  authCode: "10m",
  authenticationSession: "720h",
  deviceUserCode: "10m",
  idToken: "1h",
  loginConsentRequest: "30m",
  refreshToken: "720h",
};

/** The scopes of a client that states none, on a Hydra without `default_scope`. */
const SCOPE_WITHOUT_SETTING = ["offline_access", "offline", "openid"];
const MAX_GRACE_PERIOD = 5 * 60_000;

/** The options with their defaults. */
export interface ResolvedOptions
  extends Required<
    Omit<
      MockHydraOptions,
      "urls" | "issuer" | "ttl" | "refreshTokenGracePeriod" | "tokenHook" | "clientRegistrationUrl"
    >
  > {
  urls: MockUrls;
  issuer: string | undefined;
  clientRegistrationUrl: string | undefined;
  ttl: Ttl;
  /** Milliseconds. */
  refreshTokenGracePeriod: number;
  tokenHook: TokenHook | undefined;
}

const OPTIONS: readonly (keyof MockHydraOptions)[] = [
  "accessTokenStrategy",
  "adminUrl",
  "clientRegistrationUrl",
  "clock",
  "corsOrigins",
  "defaultScope",
  "dynamicRegistration",
  "fetch",
  "issuer",
  "pkceEnforced",
  "pkceEnforcedForPublicClients",
  "publicUrl",
  "refreshTokenGracePeriod",
  "refuseExpiredIssuers",
  "scopeClaim",
  "seed",
  "subjectTypes",
  "tokenHook",
  "ttl",
  "urls",
  "version",
];

/**
 * Fills in the defaults; `undefined` counts as absent.
 *
 * @throws {@link InvalidInputError} an option is not valid or not known; `field` names it
 */
export function resolveOptions(options: MockHydraOptions): ResolvedOptions {
  assertNames("", options, OPTIONS);
  assertNames("urls.", options.urls ?? {}, ["login", "consent", "logout", "device"]);
  assertNames("ttl.", options.ttl ?? {}, Object.keys(DEFAULT_TTL));
  const { corsOrigins = [APPLICATION], urls, clock, fetch, defaultScope, subjectTypes, tokenHook } = options;
  const { issuer, clientRegistrationUrl } = options;
  for (const origin of corsOrigins) assertCorsOrigin("corsOrigins", origin);
  const pageUrl = (name: keyof MockUrls, path: string): string =>
    urls?.[name] === undefined ? APPLICATION + path : absoluteUrl(`urls.${name}`, urls[name]);
  for (const type of subjectTypes ?? []) choice("subjectTypes", type, ["public", "pairwise"]);
  if (tokenHook !== undefined && typeof tokenHook !== "function") {
    throw new InvalidInputError("tokenHook", "tokenHook must be a function");
  }
  const gracePeriod = duration("refreshTokenGracePeriod", options.refreshTokenGracePeriod ?? "0s");
  return {
    publicUrl: originOf("publicUrl", options.publicUrl ?? "http://127.0.0.1:4444"),
    adminUrl: originOf("adminUrl", options.adminUrl ?? "http://127.0.0.1:4445"),
    version: choice("version", options.version ?? "master", HYDRA_VERSIONS),
    issuer: issuer === undefined ? undefined : absoluteUrl("issuer", issuer),
    clientRegistrationUrl:
      clientRegistrationUrl === undefined ? undefined : absoluteUrl("clientRegistrationUrl", clientRegistrationUrl),
    dynamicRegistration: options.dynamicRegistration ?? true,
    defaultScope: defaultScope?.length === 0 ? SCOPE_WITHOUT_SETTING : (defaultScope ?? ["openid", "offline_access"]),
    subjectTypes: subjectTypes?.length === 0 ? ["public"] : (subjectTypes ?? ["public", "pairwise"]),
    pkceEnforced: options.pkceEnforced ?? false,
    pkceEnforcedForPublicClients: options.pkceEnforcedForPublicClients ?? false,
    accessTokenStrategy: choice("accessTokenStrategy", options.accessTokenStrategy ?? "opaque", ["opaque", "jwt"]),
    scopeClaim: choice("scopeClaim", options.scopeClaim ?? "list", ["list", "string", "both"]),
    ttl: resolveTtl(options.ttl ?? {}),
    refreshTokenGracePeriod: Math.min(Math.max(gracePeriod, 0), MAX_GRACE_PERIOD),
    tokenHook,
    refuseExpiredIssuers: options.refuseExpiredIssuers ?? false,
    corsOrigins,
    urls: {
      login: pageUrl("login", "/login"),
      consent: pageUrl("consent", "/consent"),
      logout: pageUrl("logout", "/logout"),
      device: pageUrl("device", "/device/verify"),
    },
    // Looked up at each call, so that a test may replace the globals later.
    clock: clock ?? (() => Date.now()),
    seed: options.seed ?? crypto.randomUUID(),
    fetch: fetch ?? ((input, init) => globalThis.fetch(input, init)),
  };
}

function resolveTtl(ttl: MockTtl): Ttl {
  const names = Object.keys(DEFAULT_TTL) as (keyof MockTtl)[];
  const entries = names.map((name) => {
    const text = ttl[name] ?? DEFAULT_TTL[name];
    const neverEnds = name === "refreshToken" && text === "-1";
    return [name, neverEnds ? Number.POSITIVE_INFINITY : duration(`ttl.${name}`, text)];
  });
  return Object.fromEntries(entries) as Ttl;
}

/** @throws {@link InvalidInputError} one of the options is unknown, and would be ignored */
function assertNames(prefix: string, options: object, names: readonly string[]): void {
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || names.includes(name)) continue;
    const field = prefix + name;
    throw new InvalidInputError(field, `${field} is not an option of the mock: it has ${names.join(", ")}`);
  }
}

/** Milliseconds of a duration such as `1h30m`. @throws {@link InvalidInputError} `text` is not a duration */
function duration(field: string, text: string): number {
  const milliseconds = typeof text === "string" ? parseDuration(text) : undefined;
  if (milliseconds !== undefined) return milliseconds;
  throw new InvalidInputError(field, `${field} must be a duration such as "1h30m"`);
}
