import { exportJWK, generateKeyPair, type JWTPayload, jwtVerify, SignJWT } from "jose";
import type { JsonWebKey } from "../../types.ts";
import type { Context } from "../context.ts";
import { algorithmOf, publicKeys } from "./jwk.ts";

/** The key sets the server signs with. An administrator may add a key to them: the newest signs, all of them verify. */
export const ID_TOKEN_KEYS = "hydra.openid.id-token";
export const ACCESS_TOKEN_KEYS = "hydra.jwt.access-token";

/** An RSA key takes a moment to make: every mock of a process begins with the same for a set, under its own key id. */
const shared = new Map<string, Promise<JsonWebKey>>();

/** The public keys that verify what the server has signed, as `/.well-known/jwks.json` shows them. */
export async function signingKeys(context: Context): Promise<JsonWebKey[]> {
  const sets = await Promise.all([keysOf(context, ID_TOKEN_KEYS), keysOf(context, ACCESS_TOKEN_KEYS)]);
  return publicKeys(sets.flat());
}

/** A JWT signed with the newest private key of `set`. */
export async function sign(context: Context, set: string, claims: JWTPayload): Promise<string> {
  const key = (await keysOf(context, set)).find(canSign)!;
  const header = { alg: key.alg || algorithmOf(key), kid: key.kid, typ: "JWT" };
  return new SignJWT(claims).setProtectedHeader(header).sign(key as object);
}

/** The claims of an ID token that this server has signed, however old it is. */
export async function verifyIdToken(context: Context, token: string): Promise<JWTPayload> {
  const keys = publicKeys(await keysOf(context, ID_TOKEN_KEYS));
  const { payload } = await jwtVerify(
    token,
    ({ kid }) => {
      const key = keys.find((each) => each.kid === kid);
      if (!key) throw new Error("The key that signed the ID token is not known.");
      return key as object;
    },
    { currentDate: new Date(0) },
  );
  return payload;
}

/** The keys of a set, private parts included, the newest first: with one that signs, made where it is missing. */
async function keysOf(context: Context, set: string): Promise<JsonWebKey[]> {
  const { keySets } = context.state;
  const hasSigner = (): boolean => keySets.get(set)?.some(canSign) ?? false;
  if (!hasSigner()) {
    const key = await (keySets.has(set) ? generate() : sharedKey(set));
    // Another request may have made one in the meantime.
    if (!hasSigner()) keySets.set(set, [{ ...key, kid: context.random.uuid() }, ...(keySets.get(set) ?? [])]);
  }
  return keySets.get(set)!;
}

function canSign({ kty, d }: JsonWebKey): boolean {
  return kty !== "oct" && d !== undefined;
}

function sharedKey(set: string): Promise<JsonWebKey> {
  const key = shared.get(set) ?? generate();
  shared.set(set, key);
  return key;
}

async function generate(): Promise<JsonWebKey> {
  const { privateKey } = await generateKeyPair("RS256", { modulusLength: 2048, extractable: true });
  return { ...(await exportJWK(privateKey)), alg: "RS256", use: "sig" } as JsonWebKey;
}
