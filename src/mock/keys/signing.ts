import { exportJWK, generateKeyPair, type JWTPayload, jwtVerify, SignJWT } from "jose";
import type { JsonWebKey } from "../../types.ts";
import type { Context } from "../context.ts";
import { defaultAlgorithm, publicKeys } from "./jwk.ts";

/** The key sets the server signs with. The newest key of a set signs; all of them verify. */
export const ID_TOKEN_KEYS = "hydra.openid.id-token";
export const ACCESS_TOKEN_KEYS = "hydra.jwt.access-token";

/** Generating an RSA key is slow, so every mock of a process starts with the same key, under a key id of its own. */
const sharedKeys = new Map<string, Promise<JsonWebKey>>();

export function isSigningSet(set: string): boolean {
  return set === ID_TOKEN_KEYS || set === ACCESS_TOKEN_KEYS;
}

/** The public keys that verify the server's signatures, as `/.well-known/jwks.json` shows them. */
export async function verificationKeys(context: Context): Promise<JsonWebKey[]> {
  const sets = await Promise.all([signingKeys(context, ID_TOKEN_KEYS), signingKeys(context, ACCESS_TOKEN_KEYS)]);
  return publicKeys(sets.flat());
}

/** A JWT signed with the newest private key of `set`. */
export async function sign(context: Context, set: string, claims: JWTPayload): Promise<string> {
  const key = (await signingKeys(context, set)).find(canSign)!;
  const header = { alg: key.alg || defaultAlgorithm(key), kid: key.kid, typ: "JWT" };
  return new SignJWT(claims).setProtectedHeader(header).sign(key as object);
}

/** The claims of an ID token that this server has signed, even if it has expired. */
export async function verifyIdToken(context: Context, token: string): Promise<JWTPayload> {
  const keys = publicKeys(await signingKeys(context, ID_TOKEN_KEYS));
  const { payload } = await jwtVerify(
    token,
    ({ kid }) => {
      const key = keys.find((candidate) => candidate.kid === kid);
      if (!key) throw new Error("The key that signed the ID token is not known.");
      return key as object;
    },
    { currentDate: new Date(0) },
  );
  return payload;
}

/** The private keys of a set, newest first. Generates one if none of them can sign. */
async function signingKeys(context: Context, set: string): Promise<JsonWebKey[]> {
  const { keySets } = context.state;
  const hasSigner = (): boolean => keySets.get(set)?.some(canSign) ?? false;
  if (!hasSigner()) {
    const key = await (keySets.has(set) ? generateSigningKey() : sharedKey(set));
    // Another request may have generated one in the meantime.
    if (!hasSigner()) keySets.set(set, [{ ...key, kid: context.random.uuid() }, ...(keySets.get(set) ?? [])]);
  }
  return keySets.get(set)!;
}

function canSign({ kty, d }: JsonWebKey): boolean {
  return kty !== "oct" && d !== undefined;
}

function sharedKey(set: string): Promise<JsonWebKey> {
  const key = sharedKeys.get(set) ?? generateSigningKey();
  sharedKeys.set(set, key);
  return key;
}

async function generateSigningKey(): Promise<JsonWebKey> {
  const { privateKey } = await generateKeyPair("RS256", { modulusLength: 2048, extractable: true });
  return { ...(await exportJWK(privateKey)), alg: "RS256", use: "sig" } as JsonWebKey;
}

export async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}
