/**
 * A point in time by two clocks, in milliseconds. What is kept expires as soon as one of them says so: the system's clock can
 * be set back, and the monotonic clock stops while some machines sleep.
 */
export interface Instant {
  time: number;
  monotonic: number;
}

/** The end of what must be replaced. */
export const EXPIRED: Instant = { time: 0, monotonic: 0 };

/** Returns the time by a clock that cannot be set; without one, always 0, so that the system's clock decides alone. */
export const monotonicTime = (): number => globalThis.performance?.now() ?? 0;
