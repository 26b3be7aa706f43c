/** Whole seconds since the epoch, as JWTs and introspection count time. */
export function epochSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}

/** Milliseconds since the epoch, without the fraction of a second. */
export function wholeSeconds(milliseconds: number): number {
  return epochSeconds(milliseconds) * 1000;
}

/** A time such as `2026-07-01T12:00:00Z`, without the fraction of a second. */
export function rfc3339(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");
}
