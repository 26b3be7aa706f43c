import type { OAuth2Api } from "../api/oauth2.ts";
import { type Instant, monotonicTime } from "../core/clock.ts";
import { assertInput, assertOptions } from "../core/validate.ts";
import type { IntrospectedOAuth2Token } from "../types.ts";
import { type AccessTokenGuard, type AccessTokenRequirements, createGuard, REQUIREMENTS } from "./guard.ts";

/** How long {@link createIntrospector} keeps what the server says, and of how many tokens. */
export interface IntrospectionCache {
  /**
   * Seconds after which the server is asked again, at most: a revoked token gets access for no longer. A token that expires
   * earlier is not accepted after its expiry.
   * @default 60
   */
  maxAge?: number | undefined;
  /** The number of tokens; of more, the oldest are dropped. @default 10_000 */
  maxEntries?: number | undefined;
}

/** The options of {@link createIntrospector}. */
export interface IntrospectorOptions extends AccessTokenRequirements {
  /** See {@link IntrospectionCache}. `false` asks the server for each request. */
  cache?: IntrospectionCache | false | undefined;
  /**
   * The system's clock: milliseconds since the Unix epoch. Entries also expire by `performance.now()`, so that they do not
   * outlive a clock that is set back. @default Date.now
   */
  now?: (() => number) | undefined;
}

/** What is known about a token, or will be. */
interface Entry {
  response: Promise<IntrospectedOAuth2Token>;
  end: Instant;
}

/**
 * Protects an API by introspection (RFC 7662): opaque tokens and JWTs alike. Only access tokens get access, not refresh
 * tokens.
 *
 * Active tokens are cached for a minute by default, so a revoked token gets access for up to a minute. Callers that present
 * the same token at the same time share a request. Failures and inactive tokens are not cached. The cache contains hashes of
 * tokens (SHA-256), not the tokens.
 *
 * @param oAuth2Api sends the requests, with its `timeout`
 *
 * @example
 * ```ts
 * const guard = createIntrospector(api, { audience: "https://orders.example.com" });
 * async function respond(request: Request): Promise<Response> {
 *   try {
 *     const { subject } = await guard(request.headers.get("authorization"), { requiredScope: "orders.read" });
 *     return Response.json({ orders: [], of: subject });
 *   } catch (error) {
 *     if (!isAccessTokenError(error)) throw error;
 *     return new Response(null, { status: error.status, headers: { "www-authenticate": error.challenge() } });
 *   }
 * }
 * ```
 * @throws {@link InvalidInputError} an option is invalid
 */
export function createIntrospector(
  oAuth2Api: Pick<OAuth2Api, "introspectOAuth2Token">,
  options: IntrospectorOptions = {},
): AccessTokenGuard {
  const { cache = {}, now = Date.now } = options;
  assertInput(typeof oAuth2Api?.introspectOAuth2Token === "function", "oAuth2Api", "must be an OAuth2Api");
  assertOptions(options, ["cache", "now", ...REQUIREMENTS], "createIntrospector", "is it misspelled?");
  assertInput(
    cache === false || Object(cache) === cache,
    "cache",
    "must be false, or an object such as { maxAge: 60 }",
  );
  assertOptions(cache || {}, ["maxAge", "maxEntries"], "the cache", "is it misspelled? maxAge is in seconds");
  const { maxAge = 60, maxEntries = 10_000 } = cache || { maxAge: 0 };
  assertInput(typeof maxAge === "number" && maxAge >= 0, "maxAge", "must be a number of seconds");
  assertInput(typeof maxEntries === "number" && maxEntries >= 1, "maxEntries", "must be a number of at least 1");
  const entries = new Map<string, Entry>();

  const isFresh = ({ end }: Entry): boolean => now() < end.time && monotonicTime() < end.monotonic;

  const introspect = (token: string, key: string): Promise<IntrospectedOAuth2Token> => {
    // The age counts from before the request: the server may have read the token just before it was revoked.
    const [time, monotonic] = [now(), monotonicTime()];
    const endAfter = (milliseconds: number): Instant => ({
      time: time + milliseconds,
      monotonic: monotonic + milliseconds,
    });
    const forget = () => {
      if (entries.get(key) === entry) entries.delete(key);
    };
    const request = async () => {
      try {
        const { data } = await oAuth2Api.introspectOAuth2Token({ token });
        if (data.active !== true) forget();
        entry.end = endAfter(Math.min(maxAge * 1000, data.exp === undefined ? Infinity : data.exp * 1000 - time));
        return data;
      } catch (error) {
        forget();
        throw error;
      }
    };
    const entry = { end: endAfter(maxAge * 1000) } as Entry;
    // Deleted first, because a new entry belongs at the end.
    entries.delete(key);
    entries.set(key, entry);
    for (const oldest of entries.keys()) {
      if (entries.size <= maxEntries) break;
      entries.delete(oldest);
    }
    entry.response = request();
    return entry.response;
  };

  return createGuard("introspection", options, async (token) => {
    const key = await hash(token);
    const entry = entries.get(key);
    const response = await (entry && isFresh(entry) ? entry.response : introspect(token, key));
    const isAccessToken = response.active === true && response.token_use === "access_token";
    // A copy, because the caller may change it.
    return isAccessToken ? structuredClone(response) : undefined;
  });
}

/** Returns the SHA-256 of a token in hexadecimal digits. */
async function hash(token: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token));
  return Array.from(new Uint8Array(digest), (octet) => octet.toString(16).padStart(2, "0")).join("");
}
