import { check } from "./errors.ts";
import { type Fetch, type FetchInit, safeCause, sleep as sleepFor, systemCode, whyUnsent } from "./exchange.ts";
import { headersOf } from "./form.ts";
import { redactor, secretsOf } from "./redact.ts";

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
  /** What fetch threw, where no answer came; what it says alone, where the error holds the request. */
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
  /** Told of every attempt, when it has ended. May be async, and is not waited for; its failure is ignored. */
  onAttempt?: ((attempt: Attempt) => unknown) | undefined;
  /** The clock: milliseconds since 1970. @default Date.now */
  now?: (() => number) | undefined;
  /** Waits; rejects when the signal aborts. @default a timer */
  sleep?: ((milliseconds: number, signal?: AbortSignal) => Promise<void>) | undefined;
  /** At least 0 and less than 1. @default Math.random */
  random?: (() => number) | undefined;
}

/** A fetch function with retries. It does as a {@link Fetch}, and is as lenient as the global one: a URL alone is a GET. */
export type RetryingFetch = (url: string | URL, init?: Partial<FetchInit>) => Promise<Response>;

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
 * A certificate that is not trusted, a URL that is none and a mistake in the code of `fetch` are no network errors.
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
export function withRetry(fetch?: Fetch, options: RetryOptions = {}): RetryingFetch {
  const {
    maxAttempts = 4,
    maxTime = 30_000,
    onAttempt,
    now = Date.now,
    sleep = sleepFor,
    random = Math.random,
  } = options;
  check(!fetch || typeof fetch === "function", "fetch", "must be a function; options come second");
  check(maxAttempts >= 1, "maxAttempts", "must be a number of at least 1");
  check(maxTime >= 0, "maxTime", "must be a number of milliseconds");

  return async (target, init = {}) => {
    const url = `${target}`;
    const address = url.replace(/[?#].*/, "");
    const method = (init.method ?? "GET").toUpperCase();
    const start = now();
    for (let number = 1; ; number++) {
      const { response, error } = await attempt(fetch ?? globalThis.fetch, url, init as FetchInit);
      const asked = response && demandedPause(response, now());
      const pause = asked ?? random() * Math.min(LONGEST_PAUSE, PAUSE * 2 ** (number - 1));
      const again =
        number < maxAttempts &&
        now() - start + pause <= maxTime &&
        !init.signal?.aborted &&
        isRepeatable(address, method, init.body, response?.status, error);
      try {
        const told = onAttempt?.({
          number,
          method,
          url: address,
          ...(response ? { status: response.status } : { error: withoutRequest(error, url, init) }),
          ...(again && { delay: pause }),
        });
        Promise.resolve(told).catch(() => {});
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

/** What fetch threw, without the request that some fetch functions put into it. */
function withoutRequest(error: unknown, url: string, { headers, body }: Partial<FetchInit>): unknown {
  const query = url.replace(/^[^?]*/, "");
  try {
    return safeCause(error, redactor(secretsOf(headersOf(headers), query, body)));
  } catch {
    return new Error("not shown: what is secret in the body cannot be told");
  }
}

/** Whether repeating the request is safe, for the server has not carried it out or may do so twice, and of any use. */
function isRepeatable(
  address: string,
  method: string,
  body: string | undefined,
  status: number | undefined,
  error: unknown,
): boolean {
  const registers = /\/oauth2\/register(\/|$)/.test(address);
  if (method === "GET" || (method === "HEAD" && !registers)) {
    return status === undefined ? isNetworkFailure(error) : /^(429|50[234])$/.test(`${status}`);
  }
  if (registers || /(^|&)(client_)?assertion=/.test(`${body ?? ""}`)) return false;
  if (status === undefined) return whyUnsent(error) === "unreached";
  return status === 429 || (status === 503 && /^(PUT|DELETE)$/.test(method) && /\/admin\//.test(address));
}

/** Whether another try may end otherwise: a mistake in the code, the URL or the trust in the server stays one. */
function isNetworkFailure(error: any): boolean {
  const mistake = /^(Reference|Syntax|Range|Eval|URI|InvalidInput|Required)Error$/.test(error?.name);
  return !mistake && !/^ERR_INVALID_/.test(systemCode(error) ?? "") && whyUnsent(error) !== "refused";
}

/** How many milliseconds the server asks to wait, where it does (RFC 9110, section 10.2.3). */
function demandedPause({ status, headers }: Response, time: number): number | undefined {
  for (const name of ["retry-after", ...(status === 429 ? ["x-ratelimit-reset"] : [])]) {
    const after = headers.get(name) ?? "";
    if (/^\d+(\.\d+)?$/.test(after)) return Number(after) * 1000;
    // `Date.parse` alone takes "-5" and "2, 3" for days of the year 2001.
    const date = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(after) ? Date.parse(after) : Number.NaN;
    if (!Number.isNaN(date)) return Math.max(0, date - time);
  }
  return undefined;
}
