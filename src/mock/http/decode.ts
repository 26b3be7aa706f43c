import { isObject } from "./json.ts";

/**
 * Reads a value of a JSON body; `undefined` and `null` stand for a missing one.
 *
 * @throws TypeError if the value has the wrong type
 */
export type Decoder<T> = (value: unknown, name: string) => T;

type Decoded<D extends Record<string, Decoder<unknown>>> = { [Name in keyof D]: ReturnType<D[Name]> };

/** Reads the members of an object as the server does: it accepts their names in any case and ignores other members. */
export function object<D extends Record<string, Decoder<unknown>>>(decoders: D): Decoder<Decoded<D>> {
  const names = Object.keys(decoders);
  const namesByLowerCase = new Map(names.map((name) => [name.toLowerCase(), name]));
  const missing = Object.fromEntries(names.map((name) => [name, undefined]));
  return (value, name) => {
    if (!isObject(value ?? {})) throw new TypeError(`${name} must be an object`);
    // A copy of an object with every member is much faster than one that grows.
    const result: Record<string, unknown> = { ...missing };
    for (const [key, member] of Object.entries(value ?? {})) {
      const known = Object.hasOwn(decoders, key) ? key : namesByLowerCase.get(key.toLowerCase());
      // Of a name that comes twice, in different case, the last value counts, unless it is `null`.
      if (known !== undefined && (member !== null || result[known] === undefined)) result[known] = member;
    }
    for (const known of names) result[known] = decoders[known]!(result[known], known);
    return result as Decoded<D>;
  };
}

/** Reads the members of an object as {@link object} does, but refuses members that it does not know. */
export function objectWithoutOthers<D extends Record<string, Decoder<unknown>>>(decoders: D): Decoder<Decoded<D>> {
  const decode = object(decoders);
  const names = Object.keys(decoders);
  return (value, name) => {
    const unknown = Object.keys(value ?? {}).find((key) => !names.includes(key.toLowerCase()));
    if (unknown !== undefined) throw new TypeError(`${name} has the unknown member ${unknown}`);
    return decode(value, name);
  };
}

/** Empty if it is missing. */
export const text: Decoder<string> = (value, name) => {
  if (typeof (value ?? "") !== "string") throw new TypeError(`${name} must be a string`);
  return (value ?? "") as string;
};

/** `false` if it is missing. */
export const boolean: Decoder<boolean> = (value, name) => {
  if (typeof (value ?? false) !== "boolean") throw new TypeError(`${name} must be a boolean`);
  return (value ?? false) as boolean;
};

/** `null` if it is missing. */
export const nullableBoolean: Decoder<boolean | null> = (value, name) =>
  (value ?? null) === null ? null : boolean(value, name);

/** Zero if it is missing. */
export const integer: Decoder<number> = (value, name) => {
  if (!Number.isSafeInteger(value ?? 0)) throw new TypeError(`${name} must be an integer`);
  return (value ?? 0) as number;
};

/** A list of strings, in which `null` stands for the empty string; `null` if it is missing. */
export const textList: Decoder<string[] | null> = (value, name) => {
  if ((value ?? null) === null) return null;
  if (!Array.isArray(value)) throw new TypeError(`${name} must be a list of strings`);
  return value.map((item) => text(item, `each item of ${name}`));
};

/** A value of any type; `undefined` if it is missing, which `null` is not. */
export const anything: Decoder<unknown> = (value) => value;

/** An object with any members; `null` if it is missing. */
export const anyObject: Decoder<Record<string, unknown> | null> = (value, name) => {
  if (!isObject(value ?? {})) throw new TypeError(`${name} must be an object`);
  return (value ?? null) as Record<string, unknown> | null;
};

const RFC3339 = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d([.,]\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** Milliseconds since the epoch of a time such as `2026-07-01T12:00:00Z`; `undefined` if it is missing. */
export const time: Decoder<number | undefined> = (value, name) => {
  if ((value ?? null) === null) return undefined;
  const written = text(value, name).replace(",", ".");
  const milliseconds = RFC3339.test(written) ? Date.parse(written) : Number.NaN;
  // `Date` takes the 30th of February for a day in March.
  const day = written.slice(8, 10);
  const isDay = new Date(`${written.slice(0, 10)}T00:00:00Z`).getUTCDate() === Number(day);
  if (Number.isNaN(milliseconds) || !isDay) throw new TypeError(`${name} must be an RFC 3339 time`);
  return milliseconds;
};
