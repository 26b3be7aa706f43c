import type { Context as HonoContext } from "hono";
import type { Hono } from "hono/tiny";
import type { Feature, ResolvedOptions } from "./options.ts";
import type { Random } from "./state/random.ts";
import type { State } from "./state/state.ts";

/** The options that do not change while the mock runs. */
export type Settings = Readonly<
  Omit<ResolvedOptions, "publicUrl" | "adminUrl" | "issuer" | "clock" | "seed" | "fetch">
>;

/** What every handler works with: the settings, the clock, the random source and the data. */
export interface Context extends Settings {
  /** The origin of the public API, without a trailing slash. `listen()` sets it to the port that was bound. */
  publicUrl: string;
  /** The origin of the admin API, without a trailing slash. */
  adminUrl: string;
  /** The issuer identifier. */
  readonly issuer: string;
  /** Whether the version of Hydra that the mock behaves as has a feature. */
  has(feature: Feature): boolean;
  /** Whether clients may register themselves; the console of a project changes it. */
  dynamicRegistration: boolean;
  /** Milliseconds since the epoch, from the injected clock. */
  now(): number;
  /** Replaced by a reset: read it from the context each time. */
  random: Random;
  /** Fetches what a client points at, such as its `jwks_uri`. */
  readonly fetch: typeof globalThis.fetch;
  /** Replaced by a reset: read it from the context each time. */
  state: State;
}

/** The body of a request, which is read before the request is routed: its size is limited, and it is recorded. */
export interface Env {
  Bindings: { body: string };
}

/** One request and its response. */
export type Exchange = HonoContext<Env>;

/** One router for each listener. Paths are decoded once and lose a trailing slash; admin paths begin with `/admin`. */
export interface Routes {
  public: Hono<Env>;
  admin: Hono<Env>;
}
