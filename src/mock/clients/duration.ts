const UNITS: Record<string, number> = { ns: 1e-6, us: 1e-3, µs: 1e-3, μs: 1e-3, ms: 1, s: 1e3, m: 60e3, h: 3600e3 };

/** The largest duration that fits into 64 bits of nanoseconds, in milliseconds. */
const MAX = 2 ** 63 / 1e6;

/** Milliseconds of a duration in Go's format, such as `"1h30m"` or `"1.5h"`; `undefined` if the text is not a duration. */
export function parseDuration(text: string): number | undefined {
  if (text === "0") return 0;
  if (!/^[-+]?((\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))+$/.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/([\d.]+)([a-zµμ]+)/g)) total += Number(amount) * UNITS[unit!]!;
  if (total >= MAX) return undefined;
  return text.startsWith("-") ? -total : total;
}

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
