import { InvalidInputError } from "./errors.ts";

/**
 * Returns names and values. Lists become repeated entries; `null` and `undefined` are dropped.
 *
 * @throws {@link InvalidInputError} `input` is neither an object nor a list of pairs, or a getter threw
 */
export function entriesOf(input: object | null | undefined, field = "parameters"): [string, string][] {
  const entries: [string, string][] = [];
  if (input == null) return entries;
  try {
    const isIterable = Symbol.iterator in input;
    for (const [name, values] of isIterable ? (input as Iterable<[string, unknown]>) : Object.entries(input)) {
      for (const value of Array.isArray(values) ? values : [values]) if (value != null) entries.push([name, value]);
    }
  } catch {
    throw new InvalidInputError(field, `${field} must be an object or a list of pairs`);
  }
  return entries;
}

/** Returns a form, or a query, of `fields` and `overrides`, which replace the fields of the same name. */
export function formOf(fields: object | string | undefined, overrides?: object | undefined): URLSearchParams {
  if (typeof fields === "string") return new URLSearchParams(fields);
  const form = new URLSearchParams(entriesOf(fields));
  const others = new URLSearchParams(entriesOf(overrides));
  for (const name of others.keys()) form.delete(name);
  for (const [name, value] of others) form.append(name, value);
  return form;
}

/** Encodes text as `application/x-www-form-urlencoded`, as RFC 6749, appendix B, requires. */
export const formEncode = (text: string): string => new URLSearchParams([["", text]]).toString().slice(1);
