import type { JsonPatch } from "../types.ts";
import { check, RequiredError } from "./errors.ts";

/** The names of `P` that may not be left out. */
export type RequiredNames<P> = { [K in keyof P]-?: Record<never, never> extends Pick<P, K> ? never : K }[keyof P] &
  string;

/**
 * `parameters`, when none of `names` is `null` or `undefined`.
 *
 * @throws {@link RequiredError} naming the first that is
 */
export function required<P extends object>(parameters: P, names: readonly RequiredNames<P>[]): P {
  for (const name of names) {
    if (parameters?.[name] == null) {
      throw new RequiredError(name, `Required parameter ${name} was null or undefined.`);
    }
  }
  return parameters ?? {};
}

/**
 * A path parameter as it goes into the URL.
 *
 * @throws {@link InvalidInputError} it would change which resource is meant: an empty `kid`, say, deletes the whole key
 * set
 */
export function pathSegment(field: string, value: unknown): string {
  check(
    typeof value === "string" && !/^\.{0,2}$|\p{Surrogate}/u.test(value),
    field,
    'must be a text other than "", "." and ".."',
  );
  return encodeURIComponent(value);
}

/**
 * A JSON Patch (RFC 6902) as Hydra can carry it out: paths begin with a slash, and nothing is left to fail as a bare 500.
 *
 * @throws {@link InvalidInputError} naming the entry and the way out
 */
export function serverPatch(patch: JsonPatch[]): JsonPatch[] {
  check(Array.isArray(patch), "jsonPatch", "must be a list of operations");
  return patch.map((entry, index) => {
    const field = `jsonPatch[${index}]`;
    const { op, path, value } = Object(entry) as JsonPatch;
    check(
      /^(add|remove|replace)$/.test(op),
      field,
      "must add, remove or replace; updateOAuth2Client carries out move, copy and test",
    );
    check(
      typeof path === "string" && !/~(?![01])/.test(path),
      field,
      "must have a path such as /metadata/a~1b (~1 is /, ~0 is ~)",
    );
    const pointer = path[0] === "/" ? path : `/${path}`;
    check(
      !/^\/((client_)?id)?$/i.test(pointer),
      field,
      `must name a field that can change, not ${JSON.stringify(path)}`,
    );
    check(op === "remove" || value !== undefined, field, "must have a value");
    if (/^\/jwks(\/|$)/i.test(pointer)) refusePrivateKeys(field, { [pointer.replace(/.*\//, "")]: value });
    return { op, path: pointer, value };
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
 * @throws {@link InvalidInputError} `keys`, or something inside it, is a JSON Web Key with private members (RFC 7518,
 * section 6)
 */
function refusePrivateKeys(field: string, keys: unknown): void {
  for (const [name, value] of Object.entries(keys ?? {})) {
    if (typeof value === "object") refusePrivateKeys(field, value);
    else if (value !== undefined) check(!/^([dpqk]|d[pq]|qi)$/.test(name), field, `holds a private key (${name})`);
  }
}
