import { exportJWK, generateKeyPair, type JWTPayload, jwtVerify, SignJWT } from "jose";
import type { JsonWebKey } from "../types.ts";
import type { Context } from "./context.ts";

/** The key sets the server signs with. An administrator may add a key to them: the newest signs, all of them verify. */
export const ID_TOKEN_KEYS = "hydra.openid.id-token";
export const ACCESS_TOKEN_KEYS = "hydra.jwt.access-token";

/** An RSA key takes a moment to make: every mock of a process shares one for each set, under its own key ids. */
const generated = new Map<string, Promise<JsonWebKey>>();

/** The public keys that verify what the server has signed, as `/.well-known/jwks.json` shows them. */
export async function signingKeys(context: Context): Promise<JsonWebKey[]> {
  const sets = await Promise.all([keysOf(context, ID_TOKEN_KEYS), keysOf(context, ACCESS_TOKEN_KEYS)]);
  return sets.flat().map(({ d, dp, dq, p, q, qi, ...key }) => key);
}

/** A JWT signed with the newest key of `set`. */
export async function sign(context: Context, set: string, claims: JWTPayload): Promise<string> {
  const [key] = await keysOf(context, set);
  const header = { alg: key!.alg ?? "RS256", kid: key!.kid, typ: "JWT" };
  return new SignJWT(claims).setProtectedHeader(header).sign(key! as object);
}

/** The claims of an ID token that this server has signed, however old it is. */
export async function verifyIdToken(context: Context, token: string): Promise<JWTPayload> {
  const keys = await keysOf(context, ID_TOKEN_KEYS);
  const { payload } = await jwtVerify(
    token,
    ({ kid }) => {
      const key = keys.find((each) => each.kid === kid);
      if (!key) throw new Error("The key that signed the ID token is not known.");
      const { d, dp, dq, p, q, qi, ...publicKey } = key;
      return publicKey as object;
    },
    { currentDate: new Date(0) },
  );
  return payload;
}

/** The private keys of a set, the newest first. */
async function keysOf(context: Context, set: string): Promise<JsonWebKey[]> {
  const key = context.state.keySets.get(set)?.[0] ? undefined : await generate(set);
  const keys = context.state.keySets.get(set);
  if (keys?.[0]) return keys;
  const created = [{ ...key!, kid: context.random.uuid() }];
  context.state.keySets.set(set, created);
  return created;
}

function generate(set: string): Promise<JsonWebKey> {
  const known = generated.get(set);
  if (known) return known;
  const pair = generateKeyPair("RS256", { modulusLength: 2048, extractable: true });
  const jwk = pair.then(async ({ privateKey }) => ({
    ...((await exportJWK(privateKey)) as Omit<JsonWebKey, "alg" | "kid" | "use">),
    alg: "RS256",
    kid: "",
    use: "sig",
  }));
  generated.set(set, jwk as Promise<JsonWebKey>);
  return jwk as Promise<JsonWebKey>;
}
