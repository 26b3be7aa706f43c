// Issues a verifiable credential to a user's wallet, bound to a key that the wallet proves it holds (draft 00).
//
//   npx tsx examples/keys/verifiable-credential.ts
//
// Also needs: npm install jose
import { isResponseError, OAuth2Api, OidcApi } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { decodeJwt, exportJWK, generateKeyPair, SignJWT } from "jose";
import { cleanUp } from "../support/clean-up.ts";
import { signIn } from "../support/sign-in.ts";

const configuration = { timeout: 10_000, ...configurationFromEnv() };
const oauth2 = new OAuth2Api(configuration);

const subject = `alice-${crypto.randomUUID()}`;

const { data: client } = await oauth2.createOAuth2Client({
  oAuth2Client: {
    grant_types: ["authorization_code"],
    redirect_uris: ["https://wallet.example.com/callback"],
    scope: "openid userinfo_credential_draft_00",
  },
});

try {
  const { access_token } = await signIn(configuration, client, subject, { email: "alice@example.com" });
  const wallet = new OidcApi({ ...configuration, accessToken: access_token });
  const request = { format: "jwt_vc_json", types: ["VerifiableCredential", "UserInfoCredential"] };

  // The error response to a request without a proof contains the nonce for the proof.
  const nonce = await wallet.createVerifiableCredential({ createVerifiableCredentialRequestBody: request }).then(
    () => undefined,
    (error: unknown) => {
      if (!isResponseError(error) || error.error !== "missing_proof") throw error;
      return error.response.data.c_nonce as string;
    },
  );
  console.log("got a nonce:", nonce !== undefined);

  const { publicKey, privateKey } = await generateKeyPair("ES256");
  const header = { alg: "ES256", jwk: await exportJWK(publicKey) };
  const jwt = await new SignJWT({ nonce }).setProtectedHeader(header).sign(privateKey);
  const { data } = await wallet.createVerifiableCredential({
    createVerifiableCredentialRequestBody: { ...request, proof: { proof_type: "jwt", jwt } },
  });

  const { vc } = decodeJwt<{ vc: { type: string[]; credentialSubject: { email: string } } }>(data.credential_draft_00!);
  console.log("issued", vc.type.at(-1), "about", vc.credentialSubject.email);
} finally {
  await cleanUp(oauth2.revokeOAuth2LoginSessions({ subject }), oauth2.deleteOAuth2Client({ id: client.client_id! }));
}
