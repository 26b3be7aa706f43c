import type { Context as HonoContext } from "hono";
import type { Hono } from "hono/tiny";
import type { MockUrls } from "./options.ts";
import type { Random } from "./state/random.ts";
import type { State } from "./state/state.ts";

/** What every part of the mock works with: the options as resolved, the time, the dice and the data. */
export interface Context {
  /** The issuer: an origin, without a trailing slash. `listen()` sets it to the port that was bound. */
  publicUrl: string;
  adminUrl: string;
  readonly dynamicRegistration: boolean;
  readonly corsOrigins: readonly string[];
  readonly urls: MockUrls;
  /** Milliseconds since the epoch, from the injected clock. */
  now(): number;
  /** Replaced by a reset: read it from the context each time. */
  random: Random;
  /** Fetches what a client points at, such as its `jwks_uri`. */
  readonly fetch: typeof globalThis.fetch;
  /** Replaced by a reset: read it from the context each time. */
  state: State;
}

/** What a request brings beside the `Request`: its body, read already because it is bounded and recorded first. */
export interface Env {
  Bindings: { body: string };
}

export type Exchange = HonoContext<Env>;

/** One router for each listener. Paths are decoded once and lose a trailing slash; admin paths begin with `/admin`. */
export interface Routes {
  public: Hono<Env>;
  admin: Hono<Env>;
}
