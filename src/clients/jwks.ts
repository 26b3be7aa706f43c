import { base64urlOfBinary } from "../core/base64url.ts";
import { isObject } from "./json.ts";

/** The members that Hydra stores of a JSON Web Key, of any type and of each. */
const COMMON_MEMBERS = ["kty", "kid", "use", "alg", "x5c", "x5u", "x5t", "x5t#S256"];
const KEY_MEMBERS: Record<string, string[]> = {
  EC: ["crv", "x", "y", "d"],
  OKP: ["crv", "x", "d"],
  RSA: ["n", "e", "d", "p", "q", "dp", "dq", "qi"],
  oct: ["k"],
};

/** Returns a key set as Hydra returns it: without members that it does not store, such as `ext` and `key_ops`. */
export function normalizeKeys(jwks: unknown): unknown {
  if (!isObject(jwks)) return jwks;
  const { keys } = jwks;
  if (keys === undefined) return {};
  return { keys: Array.isArray(keys) ? keys.map(normalizeKey) : keys };
}

function normalizeKey(key: unknown): unknown {
  const members = isObject(key) && KEY_MEMBERS[String(key["kty"])];
  if (!members) return key;
  const stored = [...COMMON_MEMBERS, ...members].map((name) => [name, normalizeMember(name, key[name])]);
  return Object.fromEntries(stored.filter(([, value]) => value !== undefined && value !== null && value !== ""));
}

function normalizeMember(name: string, value: unknown): unknown {
  if (name === "x5c" && Array.isArray(value))
    return value.map((certificate) => String(certificate).replace(/\s+/g, ""));
  if (typeof value !== "string") return value;
  if (["n", "e"].includes(name)) return canonicalBase64url(value, (bytes) => bytes.replace(/^\0+/, ""));
  return ["x", "y", "x5t", "x5t#S256"].includes(name) ? canonicalBase64url(value) : value;
}

/** Returns base64url in its only canonical form: without padding and unused bits. Another text is unchanged. */
function canonicalBase64url(text: string, trim: (bytes: string) => string = (bytes) => bytes): string {
  try {
    const bytes = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return base64urlOfBinary(trim(bytes));
  } catch {
    return text;
  }
}
