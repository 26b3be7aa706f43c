import { connectionFailure, isFrameworkSignal, systemCode } from "./connection.ts";
import { sleep as wait } from "./deadline.ts";
import { nameOf } from "./errors.ts";
import type { Fetch, FetchInit } from "./fetch-types.ts";
import { entriesOf } from "./form.ts";
import { redactor, safeCause, secretsInJson, secretsOf } from "./redact.ts";
import { demandedPause } from "./retry-after.ts";
import { assertInput, assertOptions } from "./validate.ts";

/** One attempt of a call, as passed to {@link RetryOptions.onAttempt}. Contains no credentials. */
export interface Attempt {
  /** 1 for the first. */
  number: number;
  /** Such as `GET`. */
  method: string;
  /** Without its query, which may contain a challenge. */
  url: string;
  /** The status of the response, if there is one. */
  status?: number;
  /** What fetch threw if there is no response; only its message if the error contains the request. */
  error?: unknown;
  /** Milliseconds until the next attempt; absent if this was the last. */
  delay?: number;
}

/** The options of {@link withRetry}. */
export interface RetryOptions {
  /** The number of attempts, including the first. @default 4 */
  maxAttempts?: number | undefined;
  /** Milliseconds after the first attempt during which another may begin. @default 30_000 */
  maxTime?: number | undefined;
  /** Called at the end of every attempt. May be async; it is not awaited, and its failure is ignored. */
  onAttempt?: ((attempt: Attempt) => unknown) | undefined;
  /** The clock: milliseconds since the Unix epoch. @default Date.now */
  now?: (() => number) | undefined;
  /** Waits; rejects when the signal aborts. @default a timer */
  sleep?: ((milliseconds: number, signal?: AbortSignal) => Promise<void>) | undefined;
  /** At least 0 and less than 1. @default Math.random */
  random?: (() => number) | undefined;
}

/**
 * A fetch function with retries. It can be used as a {@link Fetch} or like the global one: with only a URL, it sends a GET.
 */
export type RetryingFetch = (url: string | URL, init?: Partial<FetchInit>) => Promise<Response>;

const OPTIONS = ["maxAttempts", "maxTime", "onAttempt", "now", "sleep", "random"];

/** The longest first pause, in milliseconds. It doubles with each attempt. */
const FIRST_PAUSE = 500;
/** The longest pause, in milliseconds. */
const LONGEST_PAUSE = 8_000;

/**
 * Returns a fetch function that retries if that is safe, for `Configuration.fetch`.
 *
 * | request | is retried after |
 * |---|---|
 * | GET, HEAD | a network error, 429, 502, 503, 504 |
 * | PUT, DELETE of the admin API | 429, 503, a connection that was never established |
 * | POST, PATCH | 429, a connection that was never established |
 * | dynamic registration other than GET; any request with an assertion, which can be used once | nothing |
 *
 * An untrusted certificate, an invalid URL and a programming error in `fetch` do not count as network errors.
 *
 * It waits as long as `Retry-After` requires or, with a 429, Ory Network's `x-ratelimit-reset`; otherwise a random time up to
 * 0.5, 1, 2, ... seconds. If that would end after `maxTime`, the response is returned unchanged. A response whose body is
 * incomplete is not retried. The call's `timeout` and `signal` cover all attempts together.
 *
 * @param fetch sends each attempt. @default globalThis.fetch, looked up at each call
 *
 * @example
 * ```ts
 * const api = new OAuth2Api({ basePath: "https://api.example.com", accessToken, fetch: withRetry(), timeout: 60_000 });
 * ```
 */
export function withRetry(fetch?: Fetch, options: RetryOptions = {}): RetryingFetch {
  const { maxAttempts = 4, maxTime = 30_000, onAttempt, now = Date.now, sleep = wait, random = Math.random } = options;
  assertInput(!fetch || typeof fetch === "function", "fetch", "must be a function; options come second");
  assertOptions(options, OPTIONS, "withRetry", "is it misspelled?");
  assertInput(maxAttempts >= 1, "maxAttempts", "must be a number of at least 1");
  assertInput(maxTime >= 0, "maxTime", "must be a number of milliseconds");

  return async (target, init = {}) => {
    const url = `${target}`;
    const [address = ""] = url.split(/[?#]/, 1);
    const method = (init.method ?? "GET").toUpperCase();
    const start = now();
    for (let number = 1; ; number++) {
      const { response, error } = await attempt(fetch ?? globalThis.fetch, url, init as FetchInit);
      const demanded = response && demandedPause(response.status, (name) => response.headers.get(name), now());
      const pause = demanded ?? random() * Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (number - 1));
      const again =
        number < maxAttempts &&
        now() - start + pause <= maxTime &&
        !init.signal?.aborted &&
        isRepeatable(address, method, init.body, response?.status, error);
      try {
        const notified = onAttempt?.({
          number,
          method,
          url: address,
          ...(response ? { status: response.status } : { error: withoutRequest(error, url, init) }),
          ...(again && { delay: pause }),
        });
        Promise.resolve(notified).catch(() => {});
      } catch {
        // The server has handled the request: its response must reach the caller.
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

/** Returns what fetch threw, without the request that some fetch functions attach to it. */
function withoutRequest(error: unknown, url: string, { headers, body = "" }: Partial<FetchInit>): unknown {
  try {
    const isJson = body.startsWith("{") || body.startsWith("[");
    const parameters = [url.split("?")[1], isJson ? "" : body].flatMap((form) => [...new URLSearchParams(form)]);
    const lowerCase = entriesOf(headers).map(([name, value]): [string, string] => [name.toLowerCase(), value]);
    const secrets = secretsOf([...lowerCase, ...parameters]);
    return safeCause(error, redactor([...secrets, ...(isJson ? secretsInJson(JSON.parse(body)) : [])]));
  } catch {
    return new Error("original error withheld: its body could not be redacted");
  }
}

/** Whether a retry is safe (the server did not process the request, or may process it twice) and may succeed. */
function isRepeatable(
  address: string,
  method: string,
  body: string | undefined,
  status: number | undefined,
  error: unknown,
): boolean {
  const segments = address.split("/");
  const isRegistration = isRegistrationPath(segments);
  if (method === "GET" || (method === "HEAD" && !isRegistration)) {
    return status === undefined ? isNetworkFailure(error) : [429, 502, 503, 504].includes(status);
  }
  if (isRegistration || hasAssertion(body)) return false;
  if (status === undefined) return connectionFailure(error) === "transient";
  if (status === 429) return true;
  return status === 503 && (method === "PUT" || method === "DELETE") && segments.includes("admin");
}

/** Whether a path ends in `/oauth2/register` or `/oauth2/register/{id}`; a key set may be named `oauth2`. */
function isRegistrationPath(segments: string[]): boolean {
  const [first, second, third] = segments.slice(-3);
  if (first === "oauth2" && second === "register") return true;
  return second === "oauth2" && third === "register" && first !== "keys";
}

/** Whether the form contains an assertion, which the server accepts once. */
function hasAssertion(body: string | undefined): boolean {
  const form = new URLSearchParams(typeof body === "string" ? body : "");
  return form.has("assertion") || form.has("client_assertion");
}

/** The names of errors that mean a programming error or invalid input, which another attempt would repeat. */
const MISTAKES = [
  "ReferenceError",
  "SyntaxError",
  "RangeError",
  "EvalError",
  "URIError",
  "InvalidInputError",
  "RequiredError",
];

/** Whether another attempt may succeed: a programming error, an invalid URL or an untrusted server remains. */
function isNetworkFailure(error: any): boolean {
  const isInvalidArgument = systemCode(error)?.startsWith("ERR_INVALID_");
  if (MISTAKES.includes(nameOf(error) ?? "") || isInvalidArgument || isFrameworkSignal(error)) return false;
  return connectionFailure(error) !== "permanent";
}
