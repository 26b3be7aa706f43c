/** A clock that stands still until a test moves it. */
export function standingClock(start = Date.UTC(2026, 0, 1)) {
  let now = start;
  const clock = () => now;
  return Object.assign(clock, {
    /** Moves the clock forward by `seconds`. */
    advance(seconds: number): void {
      now += seconds * 1000;
    },
  });
}
