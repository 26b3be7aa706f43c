import { InvalidInputError, RequiredError } from "./errors.ts";
import type { JsonPatch } from "./types.ts";

/** The names of `P` that may not be left out. */
export type RequiredNames<P> = { [K in keyof P]-?: Record<never, never> extends Pick<P, K> ? never : K }[keyof P] &
  string;

/**
 * `parameters`, when none of `names` is `null` or `undefined`.
 *
 * @throws {RequiredError} naming the first that is
 */
export function required<P extends object>(operation: string, parameters: P, names: readonly RequiredNames<P>[]): P {
  for (const name of names) {
    if (parameters?.[name] == null) {
      throw new RequiredError(name, `Required parameter ${name} was null or undefined when calling ${operation}.`);
    }
  }
  return parameters ?? {};
}

/**
 * A path parameter as it goes into the URL.
 *
 * @throws {InvalidInputError} it would change which resource is meant: an empty `kid`, say, deletes the whole key set
 */
export function pathSegment(field: string, value: unknown): string {
  if (typeof value !== "string" || /^\.{0,2}$/.test(value)) {
    throw new InvalidInputError(
      field,
      `${field} must be a text other than "", "." and "..": it names what the call is about`,
    );
  }
  try {
    return encodeURIComponent(value);
  } catch {
    throw new InvalidInputError(field, `${field} holds half a character (a lone surrogate)`);
  }
}

/**
 * A JSON Patch (RFC 6902) as Hydra can carry it out: paths begin with a slash, and nothing is left to fail as a bare 500.
 *
 * @throws {InvalidInputError} naming the entry and the way out
 */
export function serverPatch(patch: JsonPatch[]): JsonPatch[] {
  if (!Array.isArray(patch)) throw new InvalidInputError("jsonPatch", "jsonPatch must be a list of operations");
  return patch.map((entry, index) => {
    const refuse = (problem: string) => new InvalidInputError("jsonPatch", `jsonPatch[${index}]: ${problem}`);
    const { op, path } = Object(entry) as JsonPatch;
    if (!/^(add|remove|replace)$/.test(op)) {
      throw refuse(
        `Hydra knows add, remove and replace, not ${JSON.stringify(op)}; updateOAuth2Client carries out the others`,
      );
    }
    if (typeof path !== "string") throw refuse('path must be a text such as "/client_name"');
    const pointer = path[0] === "/" ? path : `/${path}`;
    if (/~(?![01])/.test(pointer)) throw refuse("path has a ~ that is neither ~0 (for ~) nor ~1 (for /)");
    if (/^\/((client_)?id)?$/i.test(pointer)) {
      throw refuse(`${JSON.stringify(path)} cannot be changed: create another client, or name a field below it`);
    }
    if (op !== "remove") {
      if (entry.value === undefined)
        throw refuse("value is missing; use remove to take a field away, or null for null");
      if (/^\/jwks(\/|$)/i.test(pointer)) {
        refusePrivateKeys(`jsonPatch[${index}].value`, { [pointer.replace(/.*\//, "")]: entry.value });
      }
    }
    return { ...entry, path: pointer };
  });
}

/** `body`, when what it registers under `field` is public. */
export function withPublicKeys<B extends object>(field: string & keyof B, body: B): B {
  refusePrivateKeys(field, body[field]);
  return body;
}

/**
 * Refuses private or symmetric key material where only public keys belong.
 *
 * @throws {InvalidInputError} `keys`, or something inside it, is a JSON Web Key with private members (RFC 7518, section 6)
 */
function refusePrivateKeys(field: string, keys: unknown): void {
  if (typeof keys !== "object" || keys === null) return;
  for (const [name, value] of Object.entries(keys)) {
    if (typeof value === "object") refusePrivateKeys(field, value);
    else if (/^([dpqk]|d[pq]|qi)$/.test(name)) {
      throw new InvalidInputError(
        field,
        `${field} holds private key material (${name}): register the public part alone`,
      );
    }
  }
}
