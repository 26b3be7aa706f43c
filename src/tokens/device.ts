import { connectionFailure } from "../core/connection.ts";
import { DEFAULT_TIMEOUT, sleep, withDeadline } from "../core/deadline.ts";
import { isNetworkError, isResponseError, isTimeoutError, TimeoutError } from "../core/errors.ts";
import { assertInput, assertTimeout, MAX_DELAY, requireValue } from "../core/validate.ts";
import type { DeviceAuthorization } from "../types.ts";
import {
  type AuthenticatedOptions,
  type GrantOptions,
  postForm,
  requestToken,
  scopeAndAudience,
  type TokenResponse,
} from "./endpoint.ts";
import { discoverServer, type Endpoint, type Server, TOKEN_ENDPOINT, type TokenServer } from "./server.ts";

/** The response that begins a device flow (RFC 8628, section 3.2). */
export interface DeviceAuthorizationResponse extends DeviceAuthorization {
  device_code: string;
  user_code: string;
  verification_uri: string;
  expires_in: number;
}

const DEVICE_ENDPOINT: Endpoint = { name: "device_authorization_endpoint", path: "/oauth2/device/auth" };

/** The options of {@link deviceAuthorization}. */
export type DeviceAuthorizationOptions = Server & AuthenticatedOptions & GrantOptions;

/**
 * Begins a device flow (RFC 8628, section 3.1). Show the user code and the verification URI, and call
 * {@link pollDeviceToken}.
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
 * @throws {@link ResponseError} `invalid_client` (401): the client does not exist
 */
export async function deviceAuthorization(options: DeviceAuthorizationOptions): Promise<DeviceAuthorizationResponse> {
  requireValue(options?.clientId, "clientId");
  // Hydra requires the client ID in the form even if the header contains it.
  const form = { client_id: options.clientId, ...scopeAndAudience(options) };
  return postForm<DeviceAuthorizationResponse>(DEVICE_ENDPOINT, options, form, [
    "device_code",
    "user_code",
    "verification_uri",
  ]);
}

/** The options of {@link pollDeviceToken}. `timeout` covers each request, `signal` the entire call. */
export type PollDeviceTokenOptions = TokenServer &
  AuthenticatedOptions & {
    /** The `device_code` that {@link deviceAuthorization} returned. */
    deviceCode: string;
    /** The `interval` that it returned: seconds between two requests. 0 stands for the default. @default 5 */
    interval?: number | undefined;
    /** The `expires_in` that it returned: seconds until the call rejects. @default until the server reports the expiry */
    expiresIn?: number | undefined;
  };

/**
 * Waits until the user has agreed, and returns the tokens (RFC 8628, section 3.4). Sends a request at every `interval`. The
 * interval grows by 5 s if the server responds with `slow_down`, and doubles after a network error, a timeout, 429, 502,
 * 503 or 504: it is safe to request again. No request begins after `expiresIn`; one that began shortly before may take a
 * second to finish.
 *
 * @throws {@link ResponseError} `access_denied` (400): the user refused, which Hydra does not report; `expired_token` or
 * `invalid_grant` (400): the code is expired or used
 * @throws {@link NetworkError} the server cannot be reached at all: for example, its certificate is not trusted
 * @throws {@link TimeoutError} `expiresIn` passed; `cause` is the outcome of the last request
 */
export async function pollDeviceToken(options: PollDeviceTokenOptions): Promise<TokenResponse> {
  requireValue(options?.deviceCode, "deviceCode");
  requireValue(options.clientId, "clientId");
  const { deviceCode, interval = 5, expiresIn = Infinity, timeout = DEFAULT_TIMEOUT, signal } = options;
  assertInput(typeof interval === "number" && interval >= 0, "interval", "must be a number of seconds");
  assertInput(typeof expiresIn === "number" && expiresIn >= 0, "expiresIn", "must be a number of seconds");
  assertTimeout(timeout);
  const end = Date.now() + expiresIn * 1000;
  /** Per-request timeout; never 0, which would disable it, and long enough for a response that may contain the tokens. */
  const requestTimeout = () => Math.min(timeout || MAX_DELAY, Math.max(1000, end - Date.now()));
  const server = await discoverServer(TOKEN_ENDPOINT, options, requestTimeout());
  let cause: unknown;
  for (let wait = (interval || 5) * 1000; ; wait = nextWait(wait, cause)) {
    const pause = Math.min(wait, end - Date.now(), MAX_DELAY);
    await withDeadline(undefined, [signal], "pollDeviceToken", (aborted) => sleep(pause, aborted));
    if (pause < wait || Date.now() >= end) {
      throw new TimeoutError(`pollDeviceToken: the user did not agree within ${expiresIn} s`, { cause });
    }
    try {
      const limited = { ...options, timeout: requestTimeout() };
      return await requestToken(DEVICE_CODE, limited, { device_code: deviceCode }, server);
    } catch (error) {
      cause = error;
    }
  }
}

const DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";

/**
 * Returns the milliseconds to wait after a request that failed with `error`; throws it if another request cannot succeed.
 */
function nextWait(wait: number, error: unknown): number {
  if (isResponseError(error)) {
    if (error.error === "authorization_pending") return wait;
    if (error.error === "slow_down") return wait + 5000;
    if ([429, 502, 503, 504].includes(error.status)) return wait * 2;
  }
  if (isTimeoutError(error)) return wait * 2;
  if (isNetworkError(error) && connectionFailure(error) !== "permanent") return wait * 2;
  throw error;
}
