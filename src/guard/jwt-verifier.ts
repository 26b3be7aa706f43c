import type { JSONWebKeySet, JWTPayload, JWTVerifyGetKey } from "jose";
import type { WellknownApi } from "../api/wellknown.ts";
import { EXPIRED, type Instant, monotonicTime } from "../core/clock.ts";
import { assertInput, assertOptions, requireValue } from "../core/validate.ts";
import { type AccessTokenGuard, type AccessTokenRequirements, createGuard, REQUIREMENTS } from "./guard.ts";

/** The options of {@link createJwtVerifier}. */
export interface JwtVerifierOptions extends AccessTokenRequirements {
  /** The `iss` of the tokens, exactly as in the server's metadata: Hydra's may end in a slash. */
  issuer: string;
  /** The system's clock: milliseconds since the Unix epoch. @default Date.now */
  now?: (() => number) | undefined;
}

/** Milliseconds for which keys are used before they are fetched again. */
const MAX_AGE = 600_000;
/** Milliseconds between two requests for keys, so that tokens with made-up key IDs do not cause one each. */
const COOLDOWN = 30_000;
/** Seconds by which the server's clock may be ahead or behind. */
const CLOCK_TOLERANCE = 5;

/**
 * Protects an API by verifying JWT access tokens with the server's public keys, without a request for each call. Clients get
 * such tokens if their `access_token_strategy`, or the server's, is `jwt`. ID tokens do not get access.
 *
 * A revoked JWT gets access until it expires. If that is too long, use {@link createIntrospector}.
 *
 * The keys are fetched when they are first needed, after ten minutes, and for a key ID that is unknown, but then at most
 * twice a minute. If they cannot be fetched, those that are there remain in use. Clocks may differ by 5 seconds.
 *
 * @param wellknownApi fetches the keys, with its `timeout`
 *
 * @example
 * ```ts
 * const guard = createJwtVerifier(new WellknownApi({ basePath }), {
 *   issuer: "https://auth.example.com/",
 *   audience: "https://orders.example.com",
 * });
 * const subjectOf = async (request: Request) => (await guard(request.headers.get("authorization"))).subject;
 * ```
 * @throws {@link InvalidInputError} an option is missing or invalid
 */
export function createJwtVerifier(
  wellknownApi: Pick<WellknownApi, "discoverJsonWebKeys">,
  options: JwtVerifierOptions,
): AccessTokenGuard {
  assertInput(typeof wellknownApi?.discoverJsonWebKeys === "function", "wellknownApi", "must be a WellknownApi");
  requireValue(options?.issuer, "issuer");
  assertOptions(options, ["issuer", "now", ...REQUIREMENTS], "createJwtVerifier", "is it misspelled?");
  const { issuer, now = Date.now } = options;
  const clocks = (): Instant => ({ time: now(), monotonic: monotonicTime() });
  let keys: JWTVerifyGetKey | undefined;
  /** When the keys were last requested. */
  let requested = EXPIRED;
  let pending: Promise<JWTVerifyGetKey> | undefined;

  /** Whether less than `milliseconds` have passed since the keys were requested, by both clocks. */
  const isWithin = (milliseconds: number): boolean => {
    const { time, monotonic } = clocks();
    return time - requested.time < milliseconds && monotonic - requested.monotonic < milliseconds;
  };

  const fetchKeys = async (): Promise<JWTVerifyGetKey> => {
    const { createLocalJWKSet } = await import("jose");
    const start = clocks();
    try {
      const { data } = await wellknownApi.discoverJsonWebKeys();
      keys = createLocalJWKSet(data as JSONWebKeySet);
    } catch (error) {
      if (!keys) throw error;
    }
    requested = start;
    return keys;
  };

  /** Returns the keys: those that are there if they were requested within `age` milliseconds. One request for all callers. */
  const keysWithin = async (age: number): Promise<JWTVerifyGetKey> => {
    if (keys && isWithin(age)) return keys;
    pending ??= fetchKeys().finally(() => {
      pending = undefined;
    });
    return pending;
  };

  return createGuard("verification", options, async (token) => {
    const { errors, jwtVerify } = await import("jose");
    const verify = async (keys: JWTVerifyGetKey): Promise<JWTPayload> => {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        // An ID token has no client_id.
        requiredClaims: ["exp", "client_id"],
        clockTolerance: CLOCK_TOLERANCE,
        currentDate: new Date(now()),
      });
      return payload;
    };
    try {
      const known = await keysWithin(MAX_AGE);
      try {
        return await verify(known);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
        return await verify(await keysWithin(COOLDOWN));
      }
    } catch (error) {
      // Not the cause of our error: it contains the claims.
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  });
}
