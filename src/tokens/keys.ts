import { InvalidInputError } from "../core/errors.ts";
import { assertInput } from "../core/validate.ts";
import type { JsonWebKey } from "../types.ts";

/**
 * The algorithms that sign a client assertion (RFC 7518, section 3.1; RFC 9864). Hydra accepts all but the last two.
 * `EdDSA` is the older name of `Ed25519`, which some servers still require.
 */
export type SigningAlgorithm =
  | "RS256"
  | "RS384"
  | "RS512"
  | "PS256"
  | "PS384"
  | "PS512"
  | "ES256"
  | "ES384"
  | "ES512"
  | "Ed25519"
  | "EdDSA";

/** A `CryptoKey` of the Web Crypto API, whether DOM, Node or a library declares the type. */
export interface CryptoKeyLike {
  /** `private`, `public` or `secret`. */
  readonly type: string;
  /** Whether it can be exported. */
  readonly extractable: boolean;
  /** The algorithm, such as `ECDSA`. */
  readonly algorithm: { readonly name: string };
  /** The permitted operations; a private key needs `sign` here. */
  readonly usages: readonly string[];
}

/** A `KeyObject` of Node, such as `createPrivateKey` returns. */
export interface KeyObjectLike {
  /** `private`, `public` or `secret`. */
  readonly type: string;
  /** Such as `rsa` or `ec`; missing for a symmetric key. */
  readonly asymmetricKeyType?: string | undefined;
  /** Exports it as a JSON Web Key. */
  export(options: { format: "jwk" }): object;
}

/**
 * An asymmetric key: a `CryptoKey`, a Node `KeyObject`, a JSON Web Key (RFC 7517), or PEM text of one key (PKCS#8 for a
 * private key, which begins with `-----BEGIN PRIVATE KEY-----`; text around it is ignored, and its line breaks may be
 * written as `\n` or `\r\n`, as in an environment variable). An RSA key needs 2048 bits or more.
 */
export type SigningKey = CryptoKeyLike | KeyObjectLike | Partial<JsonWebKey> | string;

/**
 * Generates a private key for `privateKeyJwt`. Keep it secret; register its public key, which {@link publicJwks} returns.
 *
 * @param alg Hydra accepts the RS, PS and ES families
 * @returns a private JSON Web Key; its `kid` is the thumbprint of RFC 7638
 *
 * @example
 * ```ts
 * const key = await generateKey("ES256");
 * await oauth2Api.createOAuth2Client({
 *   oAuth2Client: {
 *     grant_types: ["client_credentials"],
 *     token_endpoint_auth_method: "private_key_jwt",
 *     token_endpoint_auth_signing_alg: "ES256",
 *     jwks: await publicJwks(key),
 *   },
 * });
 * ```
 * @throws {@link InvalidInputError} `alg` does not sign with a private key
 */
export async function generateKey(alg: SigningAlgorithm): Promise<JsonWebKey & { alg: SigningAlgorithm }> {
  checkAlgorithm(alg);
  const { calculateJwkThumbprint, exportJWK, generateKeyPair } = await import("jose");
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...(jwk as JsonWebKey), kid: await calculateJwkThumbprint(jwk), alg, use: "sig" };
}

/**
 * Returns the public keys of `keys`, to register as a client's `jwks` or to serve at its `jwks_uri`. Register the next key
 * in addition to the current one: both are valid until the current one is removed.
 *
 * @param keys private or public; a `CryptoKey` must be extractable. PEM, and a JSON Web Key without `alg`, do not name the
 * RSA algorithm: if it is not `RS256`, pass it as `{ key, alg: "PS256" }`
 * @returns each with its `kid` (the thumbprint of RFC 7638 if it does not have one), `alg` and `use: "sig"`
 * @throws {@link InvalidInputError} a key is symmetric, too short, or cannot sign
 *
 * @example
 * ```ts
 * const [current, next] = [await generateKey("ES256"), await generateKey("ES256")];
 * await api.patchOAuth2Client({ id, jsonPatch: [{ op: "add", path: "/jwks", value: await publicJwks(current, next) }] });
 * ```
 */
export async function publicJwks(
  ...keys: (SigningKey | { key: SigningKey; alg: SigningAlgorithm })[]
): Promise<{ keys: JsonWebKey[] }> {
  const { exportJWK } = await import("jose");
  const publicJwk = async (given: (typeof keys)[number]): Promise<JsonWebKey> => {
    const named = typeof given === "object" && given !== null && "alg" in given && "key" in given ? given : undefined;
    const needs = { alg: named?.alg, extractable: true };
    const { key, alg, kid } = await importKey(named?.key ?? (given as SigningKey), needs);
    const jwk = await exportJWK(key);
    const parts = Object.entries(jwk).filter(([name]) => /^(kty|crv|x|y|n|e)$/.test(name));
    return {
      ...(Object.fromEntries(parts) as unknown as JsonWebKey),
      kid: kid!,
      alg,
      use: "sig",
    };
  };
  return { keys: await Promise.all(keys.map(publicJwk)) };
}

/** An imported key, and its `kid` in the header of a JWT. */
export interface ImportedKey {
  key: CryptoKey;
  alg: SigningAlgorithm;
  /** Its own, or the thumbprint of RFC 7638; `undefined` if the key cannot be exported. */
  kid: string | undefined;
}

/**
 * Imports a key in any of the supported formats.
 *
 * @param needs `alg` is the algorithm that the key must support; with `sign` it must be private; with `extractable` it can
 * be exported
 * @throws {@link InvalidInputError} it does not meet `needs`
 */
export async function importKey(
  given: SigningKey,
  needs: { alg?: SigningAlgorithm | undefined; sign?: boolean; extractable?: boolean },
): Promise<ImportedKey> {
  if (needs.alg !== undefined) checkAlgorithm(needs.alg);
  const { extractable = false } = needs;
  const jwk = asJwk(given);
  const wanted = jwk ? jwkAlgorithm(jwk, needs.alg) : needs.alg;
  let key: CryptoKey | undefined;
  if (jwk) key = await readJwk(jwk, wanted, extractable);
  else if (typeof given === "string") key = await readPem(given, wanted);
  else if ("algorithm" in Object(given)) key = given as CryptoKey;
  else throw refusal("must be a CryptoKey, a KeyObject, a JSON Web Key or PEM text");

  if (!key) throw refusal(wanted ? `is not a valid key for ${wanted}` : "is not a valid RSA, EC or Ed25519 key");
  if (key.type === "secret") throw refusal(SYMMETRIC);
  if (needs.sign && key.type !== "private") throw refusal("is public: signing needs the private key");
  if (needs.sign && !key.usages.includes("sign")) throw refusal('is a CryptoKey without the usage "sign"');
  if (extractable && !key.extractable) throw refusal("is a CryptoKey that is not extractable");
  const { name, hash, namedCurve, modulusLength } = key.algorithm as RsaHashedKeyAlgorithm & EcKeyAlgorithm;
  if (modulusLength < 2048) throw refusal(`has ${modulusLength} bits: an RSA key needs 2048 or more`);
  const algorithms = BY_NAME[name]?.(hash?.name.slice(4), namedCurve) ?? [];
  const alg = wanted ?? algorithms[0];
  if (!alg || !algorithms.includes(alg)) throw refusal(`is for ${algorithms[0] ?? name}, not ${wanted ?? "signing"}`);
  return { key, alg, kid: jwk?.kid || (await thumbprint(jwk, key)) };
}

/** Returns a JSON Web Key, or a `KeyObject` as one; `undefined` for the other formats. */
function asJwk(given: SigningKey): Partial<JsonWebKey> | undefined {
  if (typeof given !== "object" || given === null) return undefined;
  if ("kty" in given) return given;
  if (!("export" in given) || typeof given.export !== "function") return undefined;
  try {
    return given.export({ format: "jwk" });
  } catch {
    throw refusal(`is a KeyObject for ${given.asymmetricKeyType}: pass an RSA, EC or Ed25519 key`);
  }
}

async function thumbprint(jwk: Partial<JsonWebKey> | undefined, key: CryptoKey): Promise<string | undefined> {
  const { calculateJwkThumbprint, exportJWK } = await import("jose");
  if (!jwk && !key.extractable) return undefined;
  return calculateJwkThumbprint((jwk as Parameters<typeof calculateJwkThumbprint>[0]) ?? (await exportJWK(key)));
}

/** Returns the algorithm of a JSON Web Key, which must not contradict the one that the caller wants. */
function jwkAlgorithm(
  { kty, use = "sig", alg }: Partial<JsonWebKey>,
  wanted: SigningAlgorithm | undefined,
): SigningAlgorithm | undefined {
  if (kty === "oct") throw refusal(SYMMETRIC);
  if (use !== "sig") throw refusal(`is for use ${JSON.stringify(use)}, not "sig"`);
  if (alg === undefined) return wanted;
  checkAlgorithm(alg);
  const sameCurve = alg.startsWith("Ed") && wanted?.startsWith("Ed");
  if (wanted && wanted !== alg && !sameCurve) throw refusal(`is for ${alg}, not ${wanted}`);
  return wanted ?? alg;
}

async function readJwk(
  { kty, crv, x, y, n, e, d, p, q, dp, dq, qi }: Partial<JsonWebKey>,
  alg: string | undefined,
  extractable: boolean,
): Promise<CryptoKey | undefined> {
  const { importJWK } = await import("jose");
  const jwk = { kty, crv, x, y, n, e, d, p, q, dp, dq, qi } as Parameters<typeof importJWK>[0];
  return firstThatFits(alg, (candidate) => importJWK(jwk, candidate, { extractable }) as Promise<CryptoKey>);
}

async function readPem(text: string, alg: string | undefined): Promise<CryptoKey | undefined> {
  // An environment variable often contains the line breaks of a PEM as the characters \n or \r\n.
  const lines = text.replace(/(\\r)?\\n/g, "\n");
  // Only the block: openssl writes attributes before it, and certificates around it.
  const [[pem = "", label] = [], second] = lines.matchAll(/-----BEGIN ([A-Z ]*KEY)-----[^-]*/g);
  if (second) throw refusal("is PEM text with several keys: pass each on its own");
  const { importPKCS8, importSPKI } = await import("jose");
  const extractable = true; // for its thumbprint
  if (label === "PRIVATE KEY") return firstThatFits(alg, (candidate) => importPKCS8(pem, candidate, { extractable }));
  if (label === "PUBLIC KEY") return firstThatFits(alg, (candidate) => importSPKI(pem, candidate, { extractable }));
  if (label === "ENCRYPTED PRIVATE KEY" || lines.includes("Proc-Type: 4,ENCRYPTED")) {
    throw refusal(
      'is encrypted: decrypt it with "openssl pkcs8 -topk8 -nocrypt -in key.pem", or pass what createPrivateKey({ key, ' +
        "passphrase }) of node:crypto returns",
    );
  }
  throw refusal(
    label?.endsWith(" PRIVATE KEY")
      ? `is a PEM of ${label}, not PKCS#8: convert it with "openssl pkcs8 -topk8 -nocrypt -in key.pem"`
      : "is a string, but not the PEM of a key (-----BEGIN PRIVATE KEY-----)",
  );
}

const SYMMETRIC = "is symmetric: private_key_jwt needs an RSA, EC or Ed25519 key";

/** The algorithms of a `CryptoKey`, starting with the default. */
const BY_NAME: { [name: string]: (bits: string | undefined, curve: string) => SigningAlgorithm[] } = {
  "RSASSA-PKCS1-v1_5": (bits) => [`RS${bits}` as "RS256"],
  "RSA-PSS": (bits) => [`PS${bits}` as "PS256"],
  ECDSA: (_, curve) => [`ES${curve === "P-521" ? "512" : curve.slice(2)}` as "ES256"],
  Ed25519: () => ["Ed25519", "EdDSA"],
};

/** Imports a PEM or a JSON Web Key, with `alg` or with the first algorithm that fits: RS256 for RSA. */
async function firstThatFits(
  alg: string | undefined,
  read: (alg: string) => Promise<CryptoKey>,
): Promise<CryptoKey | undefined> {
  for (const candidate of alg ? [alg] : ["RS256", "ES256", "ES384", "ES512", "Ed25519"]) {
    try {
      return await read(candidate);
    } catch {
      // Another type of key. The error is dropped because it may quote the key.
    }
  }
  return undefined;
}

function checkAlgorithm(alg: string): asserts alg is SigningAlgorithm {
  const signs = /^([RPE]S(256|384|512)|Ed25519|EdDSA)$/.test(alg);
  assertInput(
    signs,
    "alg",
    `must be a signing algorithm such as RS256, PS256, ES256 or Ed25519, not ${JSON.stringify(alg)}`,
  );
}

const refusal = (problem: string): InvalidInputError => new InvalidInputError("key", `key ${problem}`);
