import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { InvalidInputError, type JsonWebKey, type OAuth2Client } from "../index.ts";
import type { Context } from "./context.ts";
import { parseJson, readText } from "./secret.ts";

/** What the flags say about keys of a file; each wins over what the file says. */
export interface KeyDetails {
  kid?: string | undefined;
  alg?: string | undefined;
  use?: string | undefined;
}

/**
 * The keys of a file: a JSON Web Key, a set of them, or PEM. Members that are missing are filled in.
 *
 * @throws {@link InvalidInputError} it holds no key; the message shows nothing of it
 */
export async function readKeys(
  io: Context["io"],
  field: string,
  file: string,
  details: KeyDetails,
): Promise<JsonWebKey[]> {
  const content = await readText(io, field, file);
  const label = `${field} ${file}`;
  const isPem = content.includes("-----BEGIN ");
  const found = isPem ? [pemKey(label, content)] : jwksOf(label, parseJson(label, content));
  if (details.kid !== undefined && found.length > 1)
    throw new InvalidInputError("--kid", `--kid is for one key, and ${label} holds ${found.length}`);
  return Promise.all(found.map((key) => complete(label, key, details)));
}

/** The public keys of a file: a JSON Web Key Set as it is, or the public half of a PEM. */
export async function readPublicKeys(io: Context["io"], flag: string, file: string): Promise<unknown> {
  const content = await readText(io, flag, file);
  const label = `${flag} ${file}`;
  if (content.trim() === "") throw new InvalidInputError(flag, `${label} is empty`);
  if (!content.includes("-----BEGIN ")) return parseJson(label, content);
  return { keys: [publicPart(await complete(label, pemKey(label, content), {}))] };
}

/** The algorithm that a key is for: its own, else the usual one for its type. */
export const algorithmOf = ({ alg, kty, crv = "" }: Partial<JsonWebKey>): string | undefined =>
  alg || (kty === "RSA" ? "RS256" : CURVES[crv]);

function jwksOf(label: string, value: any): Partial<JsonWebKey>[] {
  const keys = Array.isArray(value?.keys) ? value.keys : [value].flat();
  if (keys.length > 0 && keys.every((key: any) => typeof key?.kty === "string")) return keys;
  throw new InvalidInputError(label, `${label} must hold a JSON Web Key with a kty, a set of such keys, or PEM`);
}

function pemKey(label: string, pem: string): Partial<JsonWebKey> {
  const read = (): KeyObject => (pem.includes("PRIVATE KEY-----") ? createPrivateKey(pem) : createPublicKey(pem));
  try {
    return read().export({ format: "jwk" }) as Partial<JsonWebKey>;
  } catch {
    // The error is dropped because it may quote the key.
    const isEncrypted = pem.includes("ENCRYPTED");
    const hint = isEncrypted
      ? "is encrypted: decrypt it with `openssl pkcs8 -topk8 -nocrypt -in FILE`"
      : "holds no RSA, EC or Ed25519 key that can be read";
    throw new InvalidInputError(label, `${label} ${hint}`);
  }
}

const CURVES: Record<string, string> = { "P-256": "ES256", "P-384": "ES384", "P-521": "ES512", Ed25519: "EdDSA" };

async function complete(label: string, key: Partial<JsonWebKey>, details: KeyDetails): Promise<JsonWebKey> {
  const { kid, alg, use } = details;
  return {
    ...(key as JsonWebKey),
    kid: kid ?? (key.kid || (await thumbprint(label, key))),
    use: use ?? (key.use || "sig"),
    alg: alg ?? algorithmOf(key) ?? "",
  };
}

async function thumbprint(label: string, key: Partial<JsonWebKey>): Promise<string> {
  const { calculateJwkThumbprint } = await import("jose");
  return calculateJwkThumbprint(key as Parameters<typeof calculateJwkThumbprint>[0]).catch(() => {
    throw new InvalidInputError(label, `${label}: a member of the ${key.kty} key is missing`);
  });
}

const PRIVATE = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/**
 * Sets `token_endpoint_auth_signing_alg` of a client with keys of one algorithm: the server would take RS256. Says so, and
 * warns if no key fits what is set.
 */
export async function fitSigningAlgorithm({ terminal }: Context<any>, client: OAuth2Client): Promise<void> {
  const { token_endpoint_auth_method: method, token_endpoint_auth_signing_alg: given, jwks } = client;
  const keys: Partial<JsonWebKey>[] = Object(jwks).keys;
  if (method !== "private_key_jwt" || !Array.isArray(keys)) return;
  const found = [...new Set(keys.map((key) => algorithmOf(Object(key))))];
  const alg = given || "RS256";
  if (found.length === 0 || found.includes(undefined) || found.includes(alg)) return;
  if (given === undefined && found.length === 1) {
    client.token_endpoint_auth_signing_alg = found[0]!;
    await terminal.note(
      `Its assertions are signed with ${found[0]}, as its keys say: token_endpoint_auth_signing_alg.`,
    );
  } else {
    const fix = `set --token-endpoint-auth-signing-alg to ${found.join(" or ")}`;
    await terminal.warn(`no key of the client is for ${alg}, with which its assertions must be signed: ${fix}`);
  }
}

/** The key without its private members. */
export const publicPart = <K extends object>(key: K): K =>
  Object.fromEntries(Object.entries(key).filter(([name]) => !PRIVATE.includes(name))) as K;
