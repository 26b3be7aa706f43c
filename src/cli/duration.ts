import { InvalidInputError } from "../index.ts";

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Milliseconds of a duration such as `90s`, `1h30m` or `30d`; a number alone is seconds.
 *
 * @throws {@link InvalidInputError} it is not a duration; `field` names it
 */
export function milliseconds(field: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text) * UNITS.s;
  const parts = [...text.matchAll(/(\d+)(ms|[smhd])/g)];
  const isDuration = parts.length > 0 && parts.map(([part]) => part).join("") === text;
  if (!isDuration) throw new InvalidInputError(field, `${field} must be a duration such as 90s, 1h30m or 30d`);
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * UNITS[unit as keyof typeof UNITS], 0);
}
