import { EXPIRED, type Instant, monotonicTime } from "../core/clock.ts";
import { type Limits, withDeadline } from "../core/deadline.ts";
import { assertInput, assertOptions, requireValue } from "../core/validate.ts";
import type { TokenResponse } from "./endpoint.ts";

/** Returns an access token, from its cache if that is valid. Can be the `accessToken` of a `Configuration`. */
export interface TokenSource {
  /**
   * @param options `signal` aborts the wait of this caller, not of others
   * @throws whatever the function passed to {@link tokenSource} rejects with; the next call tries again
   */
  (options?: Pick<Limits, "signal">): Promise<string>;
  /**
   * Drops the token, for example after a `401`: the next call requests another. Does nothing unless `token` is still the
   * current one, so that ten `401`s for the same token cause one request.
   *
   * @param token the token that was rejected. @default the current one
   * @returns a promise that resolves when the store has dropped it too
   */
  invalidate(token?: string): Promise<void>;
}

/** The value that a store keeps under a key: plain JSON. */
export interface StoredToken {
  /** The response of the token endpoint, with the refresh token that is valid now. A secret. */
  response: TokenResponse;
  /** When it was requested, in milliseconds since the Unix epoch, by the clock of the process that requested it. */
  time: number;
}

/**
 * Shares a token among processes: a `Map`, a Keyv, or anything with these three methods, which may be async. A store that
 * fails, or takes more than a second, is ignored, at the cost of one extra request.
 *
 * The age of a stored token is the difference of two clocks: that of the process which requested it, and that of the process
 * which reads it. Keep them synchronized. A token that seems to come from the future, by more than the leeway, has an unknown
 * age and is replaced.
 */
export interface TokenStore {
  /** Returns the value of `key`; `undefined` or `null` if there is no value. */
  get(key: string): unknown;
  /**
   * Stores a token. A call that hangs delays later ones; callers wait for a second at most.
   *
   * @param ttl milliseconds until the value expires; `undefined` if it does not, because it contains a refresh token
   */
  set(key: string, value: StoredToken, ttl?: number): unknown;
  /** Deletes a token that was rejected. */
  delete(key: string): unknown;
}

/** The options of {@link tokenSource}. */
export interface TokenSourceOptions {
  /** Seconds before its expiry at which a token is replaced; at most half of its lifetime. @default 30 */
  leeway?: number | undefined;
  /** Shares the token among processes. It contains secrets: protect it accordingly. @default none */
  store?: TokenStore | undefined;
  /**
   * The key in the store: the same for all processes that share the token, and a different one for every other client, scope
   * or audience. Required with a store, because a shared key would return tokens of another client.
   */
  key?: string | undefined;
  /**
   * The system's clock: milliseconds since the Unix epoch. A token also expires by `performance.now()`, so that it does not
   * outlive a clock that is set back. @default Date.now
   */
  now?: (() => number) | undefined;
}

/**
 * Caches an access token. Requests a token when one is first needed and shortly before it expires, once for all waiting
 * callers, and never caches a failure. A token without `expires_in` is cached until it is invalidated.
 *
 * @param fetchToken requests a token. It is passed the previous response, with the newest refresh token, if there is one. A
 * response without a refresh token inherits it. The response is stored before the access token is returned. Hydra accepts
 * a refresh token once, so only one process should refresh.
 *
 * @throws {@link RequiredError} `store` is passed without `key`
 *
 * @example
 * ```ts
 * const accessToken = tokenSource(() => clientCredentials({ basePath, clientId, auth, scope: "clients" }));
 * const api = new OAuth2Api({ basePath: "https://api.example.com", accessToken });
 * ```
 * @example
 * ```ts
 * const accessToken = tokenSource((previous) =>
 *   refreshToken({ basePath, clientId, auth, refreshToken: previous?.refresh_token ?? first }),
 * );
 * ```
 */
export function tokenSource(
  fetchToken: (previous: TokenResponse | undefined) => Promise<TokenResponse>,
  options: TokenSourceOptions = {},
): TokenSource {
  const { leeway = 30, store, key = "", now = Date.now } = options;
  assertInput(typeof fetchToken === "function", "fetchToken", "must be a function that requests a token");
  assertOptions(options, ["leeway", "store", "key", "now"], "tokenSource", "is it misspelled?");
  assertInput(leeway >= 0, "leeway", "must be a number of seconds");
  if (store) requireValue(key, "key");
  let current: StoredToken | undefined;
  let seen: StoredToken | undefined;
  let end = EXPIRED;
  let refused: string | undefined;
  let pending: Promise<string> | undefined;
  let written: Promise<unknown> = Promise.resolve();

  /** Changes the store, one change at a time, so that an older token never replaces a newer one. */
  const write = (change: (store: TokenStore) => unknown): Promise<unknown> => {
    if (!store) return written;
    written = written.then(() => change(store)).catch(() => {});
    return attempt(() => written);
  };

  const clocks = (): Instant => ({ time: now(), monotonic: monotonicTime() });

  const isUsable = (): boolean => now() < end.time && monotonicTime() < end.monotonic;

  const keep = (token: StoredToken, { time, monotonic }: Instant): string => {
    const { lifetime, margin } = lifetimeOf(token, leeway);
    current = token;
    end = { time: time + lifetime - margin, monotonic: monotonic + lifetime - margin };
    return token.response.access_token;
  };

  /** Keeps a token of the store, whose age is known only by the clock of the process that requested it. */
  const keepStored = (stored: StoredToken): string => {
    const { time, monotonic } = clocks();
    const age = time - stored.time;
    const requested = { time: time - Math.max(0, age), monotonic: monotonic - Math.max(0, age) };
    const token = keep(stored, requested);
    if (age < -lifetimeOf(stored, leeway).margin || token === refused) end = EXPIRED;
    return token;
  };

  const renew = async (): Promise<string> => {
    const stored = await attempt(async () => store?.get(key));
    // The entry that was there before is outdated, even if the store has lost the token that replaced it.
    if (isStoredToken(stored) && !isSame(stored, seen)) {
      seen = stored;
      const token = keepStored(stored);
      if (isUsable()) return token;
    }
    const requested = clocks();
    const previous = current?.response;
    const answer = await fetchToken(previous);
    assertInput(answer?.access_token, "fetchToken", "must return the response of a token endpoint");
    const refresh_token = answer.refresh_token || previous?.refresh_token;
    const { time } = requested;
    const renewed = { response: refresh_token ? { ...answer, refresh_token } : answer, time };
    const { lifetime } = lifetimeOf(renewed, leeway);
    const ttl = !refresh_token && lifetime < Infinity ? Math.max(1, time + lifetime - now()) : undefined;
    await write((store) => store.set(key, renewed, ttl));
    return keep(renewed, requested);
  };

  const source = async ({ signal }: Pick<Limits, "signal"> = {}): Promise<string> => {
    if (!signal && isUsable()) return current!.response.access_token;
    return withDeadline(undefined, [signal], "tokenSource", async () => {
      if (isUsable()) return current!.response.access_token;
      pending ??= renew().finally(() => {
        pending = undefined;
      });
      return pending;
    });
  };

  source.invalidate = async (token = current?.response.access_token): Promise<void> => {
    if (token === undefined || token !== current?.response.access_token) return;
    refused = token;
    end = EXPIRED;
    // An entry with a refresh token is still useful. Without one, other processes would fail with it first.
    if (current.response.refresh_token) return;
    await write(async (store) => {
      const stored = await store.get(key);
      if (isStoredToken(stored) && stored.response.access_token === token) await store.delete(key);
    });
  };
  return source;
}

/** Returns how long a token is valid, and how long before its expiry it is replaced, in milliseconds. */
function lifetimeOf({ response }: StoredToken, leeway: number): { lifetime: number; margin: number } {
  const lifetime = 1000 * Number(response.expires_in ?? Infinity);
  return { lifetime, margin: Math.min(1000 * leeway, lifetime / 2) };
}

const isStoredToken = (value: any): value is StoredToken =>
  typeof value?.response?.access_token === "string" && typeof value.time === "number";

/** Whether two entries are the same response. Their times cannot be ordered: they come from the clocks of two machines. */
const isSame = (one: StoredToken, other: StoredToken | undefined): boolean =>
  one.time === other?.time && one.response.access_token === other.response.access_token;

/** Returns what a store returns within a second, otherwise `undefined`. */
const attempt = <T>(work: () => Promise<T>): Promise<T | undefined> =>
  withDeadline(1000, [], "store", work).catch(() => undefined);
