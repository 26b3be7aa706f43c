export { parseDuration } from "../../core/duration.ts";

/** Milliseconds. */
const [SECOND, MINUTE, HOUR] = [1e3, 60e3, 3600e3] as const;

/** A duration as the server formats it: `"1h30m"` becomes `"1h30m0s"`. */
export function formatDuration(milliseconds: number): string {
  const size = Math.abs(milliseconds);
  const sign = milliseconds < 0 ? "-" : "";
  if (size > 0 && size < 1e-3) return `${sign}${Math.round(size * 1e6)}ns`;
  if (size > 0 && size < 1) return `${sign}${trim(size * 1e3)}µs`;
  if (size > 0 && size < 1e3) return `${sign}${trim(size)}ms`;
  const hours = Math.floor(size / HOUR);
  const minutes = Math.floor((size % HOUR) / MINUTE);
  const seconds = `${trim((size % MINUTE) / SECOND)}s`;
  if (hours > 0) return `${sign}${hours}h${minutes}m${seconds}`;
  return sign + (minutes > 0 ? `${minutes}m${seconds}` : seconds);
}

function trim(amount: number): string {
  return String(Number(amount.toFixed(9)));
}
