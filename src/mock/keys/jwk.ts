import type { JsonWebKey } from "../../types.ts";

/** The private members of a JSON Web Key, RFC 7518 section 6. */
export const PRIVATE_MEMBERS: ReadonlySet<string> = new Set(["d", "p", "q", "dp", "dq", "qi", "k", "oth"]);

/** The keys without what is private in them. Nothing of a symmetric key is public: it is left out. */
export function publicKeys(keys: readonly JsonWebKey[]): JsonWebKey[] {
  return keys
    .filter(({ kty }) => kty !== "oct")
    .map((key) => {
      const members = Object.entries(key).filter(([name]) => !PRIVATE_MEMBERS.has(name));
      return Object.fromEntries(members) as unknown as JsonWebKey;
    });
}

/** An algorithm that a key without `alg` can be used for; empty where there is none. */
export function algorithmOf({ kty, crv }: { kty?: unknown; crv?: unknown }): string {
  if (kty === "oct") return "HS256";
  if (kty === "RSA") return "RS256";
  if (kty === "OKP") return "EdDSA";
  return { "P-256": "ES256", "P-384": "ES384", "P-521": "ES512" }[String(crv)] ?? "";
}
