/** The units of a duration, in nanoseconds. */
const UNITS: Record<string, number> = { ns: 1, us: 1e3, µs: 1e3, μs: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 };
const PART = /(\d*)(?:\.(\d*))?(ns|us|µs|μs|ms|s|m|h)/g;
const DURATION = /^[-+]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/;
/** The longest duration of Go, in nanoseconds. A negative one may be longer by one. */
const MAX = 9_223_372_036_854_775_807n;
/** The number of characters up to which a text is parsed. */
const MAX_LENGTH = 100;

/** Whether Hydra accepts a text as a duration. A very long one may pass that it rejects. */
export const isDuration = (text: string): boolean => text.length > MAX_LENGTH || nanosecondsIn(text) !== undefined;

/**
 * Returns a duration as Go formats it, and Hydra returns it: `90m` becomes `1h30m0s`. Another text is unchanged: Hydra
 * rejects it.
 *
 * @see [ParseDuration](https://pkg.go.dev/time#ParseDuration)
 */
export function normalizeDuration(text: string): string {
  const total = text.length > MAX_LENGTH ? undefined : nanosecondsIn(text);
  if (total === undefined) return text;
  return total < 0n ? `-${format(-total)}` : format(total);
}

function nanosecondsIn(text: string): bigint | undefined {
  if (/^[-+]?0$/.test(text)) return 0n;
  if (!DURATION.test(text)) return undefined;
  let total = 0n;
  for (const [, whole = "", fraction = "", unit = ""] of text.matchAll(PART)) {
    total += BigInt(whole) * BigInt(UNITS[unit]!) + nanosecondsOf(fraction, UNITS[unit]!);
  }
  const isNegative = text.startsWith("-");
  if (total > (isNegative ? MAX + 1n : MAX)) return undefined;
  return isNegative ? -total : total;
}

/** Computes a fraction like Go: of as many digits as fit into 63 bits, with floating point. */
function nanosecondsOf(digits: string, unit: number): bigint {
  let [value, scale] = [0n, 1];
  for (const digit of digits) {
    const next = value * 10n + BigInt(digit);
    if (next > MAX) break;
    [value, scale] = [next, scale * 10];
  }
  return BigInt(Math.trunc(Number(value) * (unit / scale)));
}

function format(total: bigint): string {
  if (total > 0n && total < 1_000n) return `${total}ns`;
  if (total > 0n && total < 1_000_000n) return `${decimal(total, 3)}µs`;
  if (total > 0n && total < 1_000_000_000n) return `${decimal(total, 6)}ms`;
  const seconds = `${decimal(total % 60_000_000_000n, 9)}s`;
  const minutes = total / 60_000_000_000n;
  if (minutes === 0n) return seconds;
  return minutes < 60n ? `${minutes}m${seconds}` : `${minutes / 60n}h${minutes % 60n}m${seconds}`;
}

/** Returns `amount` with its last `places` digits after a decimal point, without zeros at the end. */
function decimal(amount: bigint, places: number): string {
  const digits = `${amount}`.padStart(places + 1, "0");
  const fraction = digits.slice(-places).replace(/0+$/, "");
  return digits.slice(0, -places) + (fraction && `.${fraction}`);
}
