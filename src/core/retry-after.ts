/**
 * Returns the milliseconds that the server asks to wait, if it does: `Retry-After` (RFC 9110, section 10.2.3) or, with a 429,
 * Ory Network's `x-ratelimit-reset`.
 *
 * @param header returns a response header
 * @param time now, in milliseconds since the Unix epoch
 */
export function demandedPause(
  status: number,
  header: (name: string) => string | null | undefined,
  time: number,
): number | undefined {
  for (const name of ["retry-after", ...(status === 429 ? ["x-ratelimit-reset"] : [])]) {
    const after = header(name) ?? "";
    if (/^\d+(\.\d+)?$/.test(after)) return Number(after) * 1000;
    // `Date.parse` alone reads "-5" and "2, 3" as days of the year 2001.
    const date = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(after) ? Date.parse(after) : Number.NaN;
    if (!Number.isNaN(date)) return Math.max(0, date - time);
  }
  return undefined;
}
