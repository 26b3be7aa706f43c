import { check, InvalidInputError } from "./errors.ts";
import type { JsonWebKey } from "./types.ts";

/**
 * The algorithms that sign a client assertion (RFC 7518, section 3.1; RFC 9864). Hydra takes all but the last two.
 * `EdDSA` is the older name of `Ed25519`, which some servers still want.
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

/** What a `CryptoKey` of the Web Crypto API is, whichever of DOM, Node or a library declares the type. */
export interface CryptoKeyLike {
  readonly type: string;
  readonly extractable: boolean;
  readonly algorithm: { readonly name: string };
  readonly usages: readonly string[];
}

/**
 * An asymmetric key: a `CryptoKey`, a JSON Web Key (RFC 7517), or PEM text (PKCS#8 for a private key, which begins with
 * `-----BEGIN PRIVATE KEY-----`). An RSA key has 2048 bits or more.
 */
export type SigningKey = CryptoKeyLike | Partial<JsonWebKey> | string;

/**
 * Makes a key for `privateKeyJwt`. Keep what it gives secret; register what {@link publicJwks} makes of it.
 *
 * @param alg Hydra takes the RS, PS and ES families
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
 * @throws {InvalidInputError} `alg` is none that signs with a private key
 */
export async function generateKey(alg: SigningAlgorithm): Promise<JsonWebKey & { alg: SigningAlgorithm }> {
  checkAlgorithm(alg);
  const { calculateJwkThumbprint, exportJWK, generateKeyPair } = await import("jose");
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...(jwk as JsonWebKey), kid: await calculateJwkThumbprint(jwk), alg, use: "sig" };
}

/**
 * The public parts of `keys`, to register as a client's `jwks` or to serve at its `jwks_uri`. Register the next key
 * beside the present one and both are good until the present one is taken out.
 *
 * @param keys private or public; a `CryptoKey` must be extractable
 * @returns each with its `kid` (the thumbprint of RFC 7638 where it had none), `alg` and `use: "sig"`
 * @throws {InvalidInputError} a key is symmetric, too short, or none that signs
 */
export async function publicJwks(...keys: SigningKey[]): Promise<{ keys: JsonWebKey[] }> {
  const { calculateJwkThumbprint, exportJWK } = await import("jose");
  const publicJwk = async (given: SigningKey): Promise<JsonWebKey> => {
    const { key, alg, kid } = await importKey(given, { extractable: true });
    const jwk = await exportJWK(key);
    const parts = Object.entries(jwk).filter(([name]) => /^(kty|crv|x|y|n|e)$/.test(name));
    return {
      ...(Object.fromEntries(parts) as unknown as JsonWebKey),
      kid: kid ?? (await calculateJwkThumbprint(jwk)),
      alg,
      use: "sig",
    };
  };
  return { keys: await Promise.all(keys.map(publicJwk)) };
}

/** A key ready for use, and how to name it in the header of a JWT. */
export interface ImportedKey {
  key: CryptoKey;
  alg: SigningAlgorithm;
  kid: string | undefined;
}

/**
 * Reads a key in any of its forms.
 *
 * @param needs `alg` is the algorithm that the key must be for; `sign` that it must be private; `extractable` that it
 * will be exported
 * @throws {InvalidInputError} it is not what is needed
 */
export async function importKey(
  given: SigningKey,
  needs: { alg?: SigningAlgorithm | undefined; sign?: boolean; extractable?: boolean },
): Promise<ImportedKey> {
  const { extractable = false } = needs;
  let key: CryptoKey | undefined;
  let alg: string | undefined = needs.alg;
  let kid: string | undefined;
  if (alg !== undefined) checkAlgorithm(alg);

  if (typeof given === "string") {
    const { importPKCS8, importSPKI } = await import("jose");
    // An environment variable often holds the line ends of a PEM as the two characters \n.
    const pem = given.replaceAll("\\n", "\n").trim();
    const label = /^-----BEGIN ([A-Z ]+)-----/.exec(pem)?.[1];
    if (label !== "PRIVATE KEY" && label !== "PUBLIC KEY") {
      throw refusal(
        label?.endsWith(" PRIVATE KEY")
          ? `is a PEM of ${label}, not PKCS#8: convert it with "openssl pkcs8 -topk8 -nocrypt -in key.pem"`
          : "is a text, but no PEM of a private key (-----BEGIN PRIVATE KEY-----)",
      );
    }
    const read = label === "PRIVATE KEY" ? importPKCS8 : importSPKI;
    key = await firstThatFits(alg, (candidate) => read(pem, candidate, { extractable }));
  } else if (typeof given === "object" && "algorithm" in given) {
    key = given as CryptoKey;
    if (extractable && !key.extractable) throw refusal("is a CryptoKey that is not extractable");
  } else if (typeof given === "object" && typeof given.kty === "string") {
    if (given.kty === "oct") throw refusal(SYMMETRIC);
    if (given.use !== undefined && given.use !== "sig")
      throw refusal(`is for use ${JSON.stringify(given.use)}, not "sig"`);
    if (given.alg !== undefined) {
      checkAlgorithm(given.alg);
      if (alg !== undefined && alg !== given.alg && !(/^Ed/.test(alg) && /^Ed/.test(given.alg))) {
        throw refusal(`is for ${given.alg}, not ${alg}`);
      }
      alg ??= given.alg;
    }
    kid = given.kid;
    const { importJWK } = await import("jose");
    const { kty, crv, x, y, n, e, d, p, q, dp, dq, qi } = given;
    const jwk = { kty, crv, x, y, n, e, d, p, q, dp, dq, qi } as Parameters<typeof importJWK>[0];
    key = await firstThatFits(alg, (candidate) => importJWK(jwk, candidate, { extractable }) as Promise<CryptoKey>);
  } else {
    throw refusal("must be a CryptoKey, a JSON Web Key or PEM text");
  }

  if (!key) throw refusal(alg ? `is no valid key for ${alg}` : "is no valid RSA, EC or Ed25519 key");
  if (key.type === "secret") throw refusal(SYMMETRIC);
  if (needs.sign && key.type !== "private") throw refusal("is public: signing needs the private key");
  if (needs.sign && !key.usages.includes("sign")) throw refusal('is a CryptoKey without the usage "sign"');
  const { name, hash, namedCurve, modulusLength } = key.algorithm as RsaHashedKeyAlgorithm & EcKeyAlgorithm;
  if (modulusLength < 2048) throw refusal(`has ${modulusLength} bits: an RSA key needs 2048 or more`);
  const algorithms = BY_NAME[name]?.(hash?.name.slice(4), namedCurve) ?? [];
  alg ??= algorithms[0];
  if (!algorithms.includes(alg!)) throw refusal(`is for ${algorithms[0] ?? name}, not ${needs.alg ?? "signing"}`);
  return { key, alg: alg as SigningAlgorithm, kid };
}

const SYMMETRIC = "is symmetric: private_key_jwt needs an RSA, EC or Ed25519 key";

/** What a `CryptoKey` can do, the name to use by default first. */
const BY_NAME: { [name: string]: (bits: string | undefined, curve: string) => string[] } = {
  "RSASSA-PKCS1-v1_5": (bits) => [`RS${bits}`],
  "RSA-PSS": (bits) => [`PS${bits}`],
  ECDSA: (_, curve) => [`ES${curve === "P-521" ? "512" : curve.slice(2)}`],
  Ed25519: () => ["Ed25519", "EdDSA"],
};

/** Neither PEM nor a bare JSON Web Key names an algorithm: the first that can read it is its own, RS256 for RSA. */
async function firstThatFits(
  alg: string | undefined,
  read: (alg: string) => Promise<CryptoKey>,
): Promise<CryptoKey | undefined> {
  for (const candidate of alg ? [alg] : ["RS256", "ES256", "ES384", "ES512", "Ed25519"]) {
    try {
      return await read(candidate);
    } catch {
      // Another kind of key; what the runtime says of it may quote the key.
    }
  }
  return undefined;
}

function checkAlgorithm(alg: string): void {
  const signs = /^([RPE]S(256|384|512)|Ed25519|EdDSA)$/.test(alg);
  check(signs, "alg", `must be RS256, PS256, ES256, Ed25519 or one of their kin, not ${JSON.stringify(alg)}`);
}

const refusal = (problem: string): InvalidInputError => new InvalidInputError("key", `key ${problem}`);
