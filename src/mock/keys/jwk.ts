import type { JsonWebKey } from "../../types.ts";
import type { Decoder } from "../http/decode.ts";
import { isObject } from "../http/json.ts";

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

/** Descriptive members, which a key shows unless they are empty. */
const TEXTS = ["use", "kid", "alg", "x5u", "x5t", "x5t#S256"] as const;

/** A JSON Web Key, whose names are case-sensitive, with the members that the server keeps. */
export const decodeKey: Decoder<JsonWebKey> = (value) => {
  if (!isObject(value)) throw new TypeError("a JSON Web Key must be an object");
  const texts = TEXTS.flatMap((name) => {
    const member = value[name] ?? "";
    if (typeof member !== "string") throw new TypeError(`${name} of a JSON Web Key must be a string`);
    return member === "" ? [] : [[name, member]];
  });
  const { kty, crv, x5c } = value;
  return {
    ...Object.fromEntries(texts),
    kty,
    ...((kty === "EC" || kty === "OKP") && { crv }),
    ...keyMaterial(value),
    ...(Array.isArray(x5c) && x5c.length > 0 && { x5c }),
  } as JsonWebKey;
};

/** A key set: `null` without the member `keys`. */
export const decodeKeys: Decoder<JsonWebKey[] | null> = (value, name) => {
  if ((value ?? null) === null) return null;
  if (!Array.isArray(value)) throw new TypeError(`${name} must be a list`);
  return value.map((key) => decodeKey(key, name));
};

/** The binary members of a key, RFC 7518 section 6 and RFC 8037. @throws TypeError if they do not make a key */
function keyMaterial(key: Record<string, unknown>): Record<string, unknown> {
  const invalid = (): TypeError => new TypeError("the members of a JSON Web Key are missing or not valid");
  const isPrivate = (key["d"] ?? null) !== null;
  const number = (name: string): bigint => bytesToBigInt(required(key, name));
  const only = (...names: string[]) => Object.fromEntries(names.map((name) => [name, key[name]]));
  switch (key["kty"]) {
    case "RSA": {
      const [n, e] = [number("n"), number("e")];
      if (!isPrivate) return only("n", "e");
      const [d, p, q] = [number("d"), number("p"), number("q")];
      const isValid = p > 1n && q > 1n && n === p * q && [p, q].every((prime) => (d * e - 1n) % (prime - 1n) === 0n);
      if (!isValid) throw invalid();
      const factors = ["dp", "dq", "qi"].filter((name) => typeof key[name] === "string");
      return only("n", "e", "d", "p", "q", ...factors);
    }
    case "EC": {
      const curve = CURVES[String(key["crv"])];
      const names = isPrivate ? ["x", "y", "d"] : ["x", "y"];
      if (!curve || names.some((name) => required(key, name).length !== curve.size)) throw invalid();
      if (!isOnCurve(curve, number("x"), number("y"))) throw invalid();
      return only(...names);
    }
    case "OKP": {
      const names = isPrivate ? ["x", "d"] : ["x"];
      if (key["crv"] !== "Ed25519" || names.some((name) => required(key, name).length > 32)) throw invalid();
      return only(...names);
    }
    case "oct":
      required(key, "k");
      return only("k");
    default:
      throw new TypeError("the type of a JSON Web Key must be RSA, EC, OKP or oct");
  }
}

/** The bytes of a member that is encoded as base64url. */
function required(key: Record<string, unknown>, name: string): Uint8Array {
  const value = key[name];
  const base64 = typeof value === "string" ? value.replace(/=+$/, "") : "-";
  if (!/^[\w-]*$/.test(base64) || base64.length % 4 === 1)
    throw new TypeError(`${name} of a JSON Web Key must be base64url`);
  return Uint8Array.from(atob(base64.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
}

function bytesToBigInt(bytes: Uint8Array): bigint {
  let hex = "0x0";
  for (const byte of bytes) hex += byte.toString(16).padStart(2, "0");
  return BigInt(hex);
}

/** The curve y² = x³ - 3x + b modulo p, SEC 2. */
interface Curve {
  /** The length of a coordinate in bytes. */
  size: number;
  p: bigint;
  b: bigint;
}

const CURVES: Record<string, Curve> = {
  "P-256": {
    size: 32,
    p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  },
  "P-384": {
    size: 48,
    p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
  },
  "P-521": {
    size: 66,
    p: 2n ** 521n - 1n,
    b: 0x51953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
  },
};

function isOnCurve({ p, b }: Curve, x: bigint, y: bigint): boolean {
  return x < p && y < p && (y * y - (x * x * x - 3n * x + b)) % p === 0n;
}
