import { base64url, decodeProtectedHeader, type JWK, jwtVerify } from "jose";
import type { Context, Routes } from "../context.ts";
import { decodeBody } from "../http/body.ts";
import { object, text, textList } from "../http/decode.ts";
import { invalidRequest, OAuthError } from "../http/oauth-error.ts";
import { json } from "../http/reply.ts";
import { epochSeconds } from "../http/time.ts";
import { ID_TOKEN_KEYS, sign } from "../keys/signing.ts";
import { requireAccessToken } from "./access-token.ts";
import { CREDENTIAL_LIFESPAN, CREDENTIAL_NONCE_LIFESPAN } from "./lifespans.ts";

/** Claims of an ID token that describe the login, not the person. */
const LOGIN_CLAIMS = ["nonce", "auth_time", "rat", "acr", "amr"];

const decodeProof = object({ proof_type: text, jwt: text });

const decodeRequest = object({
  format: text,
  types: textList,
  proof: (value: unknown, name: string) => ((value ?? null) === null ? null : decodeProof(value, name)),
});

/** Verifiable credentials about the person of an access token, bound to a key that the wallet proves to hold. */
export function verifiableCredentialRoutes(routes: Routes, context: Context): void {
  routes.public.post("/credentials", async (c) => {
    const { value: accessToken, grant, issuedAt } = requireAccessToken(context, c, new URL(c.req.url).searchParams);
    const { format, proof } = decodeBody(c, decodeRequest, invalidRequest);
    if (format !== "jwt_vc_json") throw new OAuthError("invalid_request", `The format '${format}' is not supported.`);
    if (proof === null) return missingProof(context, accessToken);
    const { proof_type: type, jwt } = proof;
    if (type !== "jwt") throw new OAuthError("invalid_request", `The proof type '${type}' is not supported.`);
    const key = await provenKey(context, jwt, accessToken);
    const id = `did:jwk:${base64url.encode(JSON.stringify(key))}`;
    const iat = epochSeconds(issuedAt);
    const personClaims = Object.entries(grant.claims ?? {}).filter(([name]) => !LOGIN_CLAIMS.includes(name));
    const credential = await sign(context, ID_TOKEN_KEYS, {
      iss: context.issuer,
      jti: context.random.uuid(),
      iat,
      nbf: iat,
      exp: iat + CREDENTIAL_LIFESPAN / 1000,
      sub: id,
      vc: {
        "@context": ["https://www.w3.org/2018/credentials/v1"],
        type: ["VerifiableCredential", "UserInfoCredential"],
        credentialSubject: { id, ...Object.fromEntries(personClaims) },
      },
    });
    return json({ format, credential_draft_00: credential });
  });
}

/** The answer to a request without a proof: the nonce that the proof must contain. */
function missingProof(context: Context, accessToken: string): Response {
  const nonce = context.random.token();
  context.state.nonces.set(nonce, { accessToken, expiresAt: context.now() + CREDENTIAL_NONCE_LIFESPAN });
  const answer = {
    format: "jwt_vc",
    c_nonce: nonce,
    c_nonce_expires_in: CREDENTIAL_NONCE_LIFESPAN / 1000,
    error: "missing_proof",
    error_description: "No credential can be issued without a proof.",
  };
  return json(answer, 400);
}

/** The public key in the proof's header, which the proof must verify with. It must contain a nonce for the access token. */
async function provenKey(context: Context, proof: string, accessToken: string): Promise<JWK> {
  let key: JWK | undefined;
  let nonce: unknown;
  try {
    key = decodeProtectedHeader(proof).jwk as JWK | undefined;
    if (key?.kty === "oct" || key?.d !== undefined) throw new TypeError("The key must be a public key.");
    const { payload } = await jwtVerify(proof, key!, { currentDate: new Date(context.now()) });
    nonce = payload["nonce"];
  } catch {
    throw new OAuthError("invalid_request", "The proof was not signed with the key in its header.");
  }
  if (typeof nonce !== "string" || context.state.nonces.get(nonce)?.accessToken !== accessToken) {
    throw new OAuthError("invalid_request", "The nonce of the proof is missing, not valid or has expired.");
  }
  return key!;
}
