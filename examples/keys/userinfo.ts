// Reads the claims about the user of an access token, as JSON and as a signed JWT.
//
//   npx tsx examples/keys/userinfo.ts
//
// Also needs: npm install jose
import { OAuth2Api, type OAuth2Client, OidcApi } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { decodeJwt } from "jose";
import { attempt } from "../support/attempt.ts";
import { cleanUp } from "../support/clean-up.ts";
import { signIn } from "../support/sign-in.ts";

const configuration = { timeout: 10_000, ...configurationFromEnv() };
const oauth2 = new OAuth2Api(configuration);
const subject = `alice-${crypto.randomUUID()}`;
const app: OAuth2Client = {
  grant_types: ["authorization_code"],
  redirect_uris: ["https://shop.example.com/callback"],
  scope: "openid email",
};

async function createClient(oAuth2Client: OAuth2Client): Promise<OAuth2Client & { client_id: string }> {
  const { data } = await oauth2.createOAuth2Client({ oAuth2Client });
  return { ...data, client_id: data.client_id! };
}
/** Signs the user in, and returns an API that sends the user's own token instead of the token for the admin API. */
async function signInTo(client: OAuth2Client): Promise<OidcApi> {
  const { access_token } = await signIn(configuration, client, subject, { email: "alice@example.com" });
  return new OidcApi({ ...configuration, accessToken: access_token });
}

const client = await createClient(app);
try {
  const { data: claims } = await (await signInTo(client)).getOidcUserInfo();
  console.log("as JSON:", claims.sub, claims.email);
} finally {
  await cleanUp(oauth2.revokeOAuth2LoginSessions({ subject }), oauth2.deleteOAuth2Client({ id: client.client_id }));
}

const signing = await createClient({ ...app, userinfo_signed_response_alg: "RS256" });
try {
  const asAlice = await signInTo(signing);
  const { data: jwt } = await asAlice.getOidcUserInfo<string>();
  console.log("as a JWT:", decodeJwt(jwt).sub, "- verify it as in verify-jwt.ts");

  await oauth2.deleteOAuth2Token({ clientId: signing.client_id });
  await attempt("with a revoked token", asAlice.getOidcUserInfo());
} finally {
  await cleanUp(oauth2.revokeOAuth2LoginSessions({ subject }), oauth2.deleteOAuth2Client({ id: signing.client_id }));
}
