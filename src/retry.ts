import { check } from "./errors.ts";
import { type Fetch, type FetchInit, isUnsent, sleep as sleepFor, systemCode } from "./http.ts";

/** One attempt of a call, as {@link RetryOptions.onAttempt} sees it. Holds no credential. */
export interface Attempt {
  /** 1 for the first. */
  number: number;
  /** Such as `GET`. */
  method: string;
  /** Without its query, which may hold a challenge. */
  url: string;
  /** Of the answer, where one came. */
  status?: number;
  /** What fetch threw, where no answer came. */
  error?: unknown;
  /** Milliseconds until the next attempt; absent when this was the last. */
  delay?: number;
}

/** How {@link withRetry} repeats. */
export interface RetryOptions {
  /** How often a call is tried, the first time included. @default 4 */
  maxAttempts?: number | undefined;
  /** Milliseconds from the first attempt after which none begins any more. @default 30_000 */
  maxTime?: number | undefined;
  /** Told of every attempt, when it has ended. What it throws is ignored. */
  onAttempt?: ((attempt: Attempt) => void) | undefined;
  /** The clock: milliseconds since 1970. @default Date.now */
  now?: (() => number) | undefined;
  /** Waits; rejects when the signal aborts. @default a timer */
  sleep?: ((milliseconds: number, signal?: AbortSignal) => Promise<void>) | undefined;
  /** At least 0 and less than 1. @default Math.random */
  random?: (() => number) | undefined;
}

/** Of the first pause, in milliseconds; each later one may be twice as long, up to the second. */
const PAUSE = 500;
const LONGEST_PAUSE = 8_000;

/**
 * A fetch function that tries again where that can do no harm, for `Configuration.fetch`.
 *
 * | request | is repeated after |
 * |---|---|
 * | GET, HEAD | a network error, 429, 502, 503, 504 |
 * | PUT, DELETE of the admin API | 429, 503, a connection that did not come about |
 * | POST, PATCH | 429, a connection that did not come about |
 * | dynamic registration but GET; any that carries an assertion, which counts once | nothing |
 *
 * It waits as long as `Retry-After` says, or with a 429 Ory Network's `x-ratelimit-reset`; else up to 0.5, 1, 2, ...
 * seconds at random. Where that would end after `maxTime`, the answer is given as it is. An answer whose body breaks off
 * is not repeated. The call's `timeout` and `signal` hold for all attempts together.
 *
 * @param fetch sends each attempt. @default the global one, looked up at each call
 *
 * @example
 * ```ts
 * const api = new OAuth2Api({ basePath: "https://api.example.com", accessToken, fetch: withRetry(), timeout: 60_000 });
 * ```
 */
export function withRetry(fetch?: Fetch, options: RetryOptions = {}): Fetch {
  const {
    maxAttempts = 4,
    maxTime = 30_000,
    onAttempt,
    now = Date.now,
    sleep = sleepFor,
    random = Math.random,
  } = options;
  check(maxAttempts >= 1, "maxAttempts", "must be a number of at least 1");
  check(maxTime >= 0, "maxTime", "must be a number of milliseconds");

  return async (url, init) => {
    const address = url.replace(/[?#].*/, "");
    const start = now();
    for (let number = 1; ; number++) {
      const outcome = await attempt(fetch ?? globalThis.fetch, url, init);
      const { response, error } = outcome;
      const asked = response && demandedPause(response, now());
      const pause = asked ?? random() * Math.min(LONGEST_PAUSE, PAUSE * 2 ** (number - 1));
      const again =
        number < maxAttempts &&
        now() - start + pause <= maxTime &&
        !init.signal?.aborted &&
        isRepeatable(address, init, response?.status, error);
      try {
        onAttempt?.({
          number,
          method: init.method,
          url: address,
          ...(response ? { status: response.status } : { error }),
          ...(again && { delay: pause }),
        });
      } catch {
        // What has happened on the server has happened, and its answer must reach the caller.
      }
      if (!again) {
        if (response) return response;
        throw error;
      }
      await response?.body?.cancel().catch(() => {});
      await sleep(pause, init.signal);
    }
  };
}

interface Outcome {
  response?: Response;
  error?: unknown;
}

async function attempt(fetch: Fetch, url: string, init: FetchInit): Promise<Outcome> {
  try {
    return { response: await fetch(url, init) };
  } catch (error) {
    return { error };
  }
}

/** Whether repeating the request is safe: the server has not carried it out, or may do so twice. */
function isRepeatable(
  address: string,
  { method, body }: FetchInit,
  status: number | undefined,
  error: unknown,
): boolean {
  if (method === "GET" || method === "HEAD") return status === undefined || /^(429|50[234])$/.test(`${status}`);
  if (/\/oauth2\/register(\/|$)/.test(address) || /(^|&)(client_)?assertion=/.test(body ?? "")) return false;
  if (status === undefined) return isUnsent(systemCode(error));
  return status === 429 || (status === 503 && /^(PUT|DELETE)$/.test(method) && /\/admin\//.test(address));
}

/** How many milliseconds the server asks to wait, where it does (RFC 9110, section 10.2.3). */
function demandedPause({ status, headers }: Response, time: number): number | undefined {
  const after = headers.get("retry-after") ?? (status === 429 ? headers.get("x-ratelimit-reset") : null);
  if (!after) return undefined;
  const pause = /^\s*\d+(\.\d+)?\s*$/.test(after) ? Number(after) * 1000 : Date.parse(after) - time;
  return Number.isNaN(pause) ? undefined : Math.max(0, pause);
}
