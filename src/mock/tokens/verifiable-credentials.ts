import { base64url, decodeProtectedHeader, type JWK, jwtVerify } from "jose";
import type { Context, Routes } from "../context.ts";
import { isObject } from "../http/body.ts";
import { field, flowBody, isText } from "../http/fields.ts";
import { OAuthError } from "../http/oauth-error.ts";
import { json } from "../http/reply.ts";
import { ID_TOKEN_KEYS, sign } from "../keys/signing.ts";
import { accessTokenOf, NONCE_LIFESPAN, seconds } from "./issue.ts";

const CREDENTIAL_LIFESPAN = 3600;
/** Claims of an ID token that say something about the login, not about the person. */
const ABOUT_THE_LOGIN = ["nonce", "auth_time", "rat", "acr", "amr"];

/** Verifiable credentials about the person of an access token, bound to a key that the wallet proves to hold. */
export function credentialRoutes(routes: Routes, context: Context): void {
  routes.public.post("/credentials", async (c) => {
    const { value: accessToken, grant, issuedAt } = accessTokenOf(context, c, new URL(c.req.url).searchParams);
    const body = flowBody(c);
    const format = field(body, "format", isText, "");
    if (format !== "jwt_vc_json") throw new OAuthError("invalid_request", `The format '${format}' is not supported.`);
    if (body["proof"] === undefined || body["proof"] === null) return primingAnswer(context, accessToken);
    const proof = field(body, "proof", isObject, {});
    const type = field(proof, "proof_type", isText, "");
    if (type !== "jwt") throw new OAuthError("invalid_request", `The proof type '${type}' is not supported.`);
    const key = await provenKey(context, field(proof, "jwt", isText, ""), accessToken);
    const id = `did:jwk:${base64url.encode(JSON.stringify(key))}`;
    const iat = seconds(issuedAt);
    const about = Object.entries(grant.claims ?? {}).filter(([name]) => !ABOUT_THE_LOGIN.includes(name));
    const credential = await sign(context, ID_TOKEN_KEYS, {
      iss: `${context.publicUrl}/`,
      jti: context.random.uuid(),
      iat,
      nbf: iat,
      exp: iat + CREDENTIAL_LIFESPAN,
      sub: id,
      vc: {
        "@context": ["https://www.w3.org/2018/credentials/v1"],
        type: ["VerifiableCredential", "UserInfoCredential"],
        credentialSubject: { id, ...Object.fromEntries(about) },
      },
    });
    return json({ format, credential_draft_00: credential });
  });
}

/** What a request without a proof is answered with: the nonce that the proof has to contain. */
function primingAnswer(context: Context, accessToken: string): Response {
  const nonce = context.random.token();
  context.state.nonces.set(nonce, { accessToken, expiresAt: context.now() + NONCE_LIFESPAN });
  const answer = {
    format: "jwt_vc",
    c_nonce: nonce,
    c_nonce_expires_in: NONCE_LIFESPAN / 1000,
    error: "missing_proof",
    error_description: "No credential can be issued without a proof.",
  };
  return json(answer, 400);
}

/** The public key in the proof's header, once the proof verifies with it and contains a nonce for the access token. */
async function provenKey(context: Context, proof: string, accessToken: string): Promise<JWK> {
  let key: JWK | undefined;
  let nonce: unknown;
  try {
    key = decodeProtectedHeader(proof).jwk as JWK | undefined;
    if (key?.kty === "oct" || key?.d !== undefined) throw new TypeError("The key has to be a public one.");
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
