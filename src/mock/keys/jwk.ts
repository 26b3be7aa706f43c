import { importJWK } from "jose";
import type { JsonWebKey } from "../../types.ts";
import { isObject } from "../http/json.ts";
import { badRequest } from "../http/reply.ts";

/** The private members of a JSON Web Key, RFC 7518 section 6. */
export const PRIVATE_MEMBERS: ReadonlySet<string> = new Set(["d", "p", "q", "dp", "dq", "qi", "k", "oth"]);

/** The keys without their private members. Symmetric keys have no public part and are left out. */
export function publicKeys(keys: readonly JsonWebKey[]): JsonWebKey[] {
  return keys
    .filter(({ kty }) => kty !== "oct")
    .map((key) => {
      const members = Object.entries(key).filter(([name]) => !PRIVATE_MEMBERS.has(name));
      return Object.fromEntries(members) as unknown as JsonWebKey;
    });
}

/** The algorithm of a key that has no `alg`; empty for a key of an unknown type. */
export function defaultAlgorithm({ kty, crv }: { kty?: unknown; crv?: unknown }): string {
  if (kty === "oct") return "HS256";
  if (kty === "RSA") return "RS256";
  if (kty === "OKP") return "EdDSA";
  return { "P-256": "ES256", "P-384": "ES384", "P-521": "ES512" }[String(crv)] ?? "";
}

/** Returns `value` unchanged. @throws HTTPException 400 if it is not a valid JSON Web Key. */
export async function validateKey(value: unknown): Promise<JsonWebKey> {
  try {
    if (!isObject(value)) throw new TypeError("not an object");
    const { alg: _, ...key } = value;
    await importJWK(key, defaultAlgorithm(value));
  } catch {
    throw badRequest("Unable to decode the request body: it is not a valid JSON Web Key.");
  }
  return value as unknown as JsonWebKey;
}
