import { check } from "../core/errors.ts";
import { type Limits, within } from "../core/exchange.ts";
import { demand } from "./client-auth.ts";
import type { TokenResponse } from "./grants.ts";

/** Gives an access token, from its cache where that is good. Fit for `accessToken` of a `Configuration`. */
export interface TokenSource {
  /**
   * @param options `signal` ends this caller's wait; the others' goes on
   * @throws whatever the function given to {@link tokenSource} rejects with; the next call tries again
   */
  (options?: Pick<Limits, "signal">): Promise<string>;
  /**
   * Drops the token, after a `401`, say: the next call gets another. Only where `token` is still the current one, so that
   * ten `401`s for the same token fetch once.
   *
   * @param token the token that was refused. @default the current one
   * @returns when the store has dropped it too
   */
  invalidate(token?: string): Promise<void>;
}

/** What a store keeps under a key: plain JSON. */
export interface StoredToken {
  /** The answer of the token endpoint, with the refresh token that is good now. A secret. */
  response: TokenResponse;
  /** When it was asked for, in milliseconds since 1970 by the clock of whoever asked. */
  time: number;
}

/**
 * Where processes share a token: a `Map`, a Keyv, or anything with these three. What they return may be a promise. One
 * that fails, or takes more than a second, is passed over: that costs a request, never a token.
 */
export interface TokenStore {
  /** What was set; `undefined` or `null` where there is nothing. */
  get(key: string): unknown;
  /**
   * Keeps a token. One that hangs holds up those after it, not the callers, who wait for a second.
   *
   * @param ttl milliseconds until the value is of no more use; `undefined` where it has no end, as a refresh token has none
   */
  set(key: string, value: StoredToken, ttl?: number): unknown;
  /** Drops a token that was refused. */
  delete(key: string): unknown;
}

/** How a {@link tokenSource} keeps its token. */
export interface TokenSourceOptions {
  /** Seconds before its expiry from which a token is no longer given out; at most half of its lifetime. @default 30 */
  leeway?: number | undefined;
  /** Shares the token among processes. It holds secrets: keep it as safe as them. @default none */
  store?: TokenStore | undefined;
  /**
   * Where in the store: the same for all that share the token, and another for every other client, scope or audience.
   * Required with a store, for one that everybody shares would hand a token to whom it is not for.
   */
  key?: string | undefined;
  /** The clock: milliseconds since 1970. @default Date.now */
  now?: (() => number) | undefined;
}

/**
 * Keeps an access token at hand: asks for one when it is first needed and shortly before it expires, once for however many
 * callers wait, and never caches a failure. A token without `expires_in` is kept until it is invalidated.
 *
 * @param fetchToken gets a token. It is given the previous answer: where that holds a refresh token, the newest one, an
 * answer without one of its own inherits it, and it is in the store before the access token is given out. Hydra takes a
 * refresh token once, so one process alone should refresh.
 *
 * @throws {@link RequiredError} there is a `store` and no `key`
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
  check(typeof fetchToken === "function", "fetchToken", "must be a function that gets a token");
  check(leeway >= 0, "leeway", "must be a number of seconds");
  if (store) demand(key, "key");
  let current: StoredToken | undefined;
  let seen: StoredToken | undefined;
  let end = 0;
  let refused: string | undefined;
  let pending: Promise<string> | undefined;
  let written: Promise<unknown> = Promise.resolve();

  /** Changes the store, one change after the other, so that an older token never replaces a newer one. */
  const write = (change: (store: TokenStore) => unknown): Promise<unknown> => {
    if (!store) return written;
    written = written.then(() => change(store)).catch(() => {});
    return attempt(() => written);
  };

  const keep = (token: StoredToken): string => {
    current = token;
    end = expiry(token, leeway);
    return token.response.access_token;
  };

  const renew = async (): Promise<string> => {
    const stored = await attempt(async () => store?.get(key));
    // What was there at the last look has been replaced by our own, even where the store has lost that.
    if (isStoredToken(stored) && !isSame(stored, seen)) {
      seen = stored;
      const token = keep({ ...stored, time: Math.min(stored.time, now()) });
      if (token === refused) end = 0;
      if (now() < end) return token;
    }
    const time = now();
    const previous = current?.response;
    const answer = await fetchToken(previous);
    check(answer?.access_token, "fetchToken", "must give the answer of a token endpoint");
    const refresh_token = answer.refresh_token || previous?.refresh_token;
    const renewed = { response: refresh_token ? { ...answer, refresh_token } : answer, time };
    const death = expiry(renewed, 0);
    const ttl = !refresh_token && death < Infinity ? Math.max(1, death - now()) : undefined;
    await write((store) => store.set(key, renewed, ttl));
    return keep(renewed);
  };

  const source = async ({ signal }: Pick<Limits, "signal"> = {}): Promise<string> => {
    if (!signal && now() < end) return current!.response.access_token;
    return within(undefined, [signal], "tokenSource", async () => {
      if (now() < end) return current!.response.access_token;
      pending ??= renew().finally(() => {
        pending = undefined;
      });
      return pending;
    });
  };

  source.invalidate = async (token = current?.response.access_token): Promise<void> => {
    if (token === undefined || token !== current?.response.access_token) return;
    refused = token;
    end = 0;
    // With its refresh token the entry is still of use; without, whoever else reads it need not fail first.
    if (current.response.refresh_token) return;
    await write(async (store) => {
      const stored = await store.get(key);
      if (isStoredToken(stored) && stored.response.access_token === token) await store.delete(key);
    });
  };
  return source;
}

/** When a token is no longer to be given out, in milliseconds since 1970. */
function expiry({ response, time }: StoredToken, leeway: number): number {
  const lifetime = Number(response.expires_in ?? Infinity);
  return time + (lifetime - Math.min(leeway, lifetime / 2)) * 1000;
}

const isStoredToken = (value: any): value is StoredToken =>
  typeof value?.response?.access_token === "string" && typeof value.time === "number";

/** Whether two are the same answer; of which is the newer, the clocks of two machines say nothing. */
const isSame = (one: StoredToken, other: StoredToken | undefined): boolean =>
  one.time === other?.time && one.response.access_token === other.response.access_token;

/** What a store gives within a second, if it does. */
const attempt = <T>(work: () => Promise<T>): Promise<T | undefined> =>
  within(1000, [], "store", work).catch(() => undefined);
