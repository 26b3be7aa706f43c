// Reads the claims of the person whose access token one holds, as JSON and as a signed JWT.
//
//   npx tsx examples/keys/userinfo.ts
import { isResponseError, OAuth2Api, type OAuth2Client, OidcApi } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { decodeJwt } from "jose";
import { signIn } from "../support/sign-in.ts";

const configuration = { timeout: 10_000, ...configurationFromEnv() };
const oauth2 = new OAuth2Api(configuration);
const app: OAuth2Client = {
  grant_types: ["authorization_code"],
  redirect_uris: ["https://shop.example.com/callback"],
  scope: "openid email",
};

const { data: client } = await oauth2.createOAuth2Client({ oAuth2Client: app });
const { data: signing } = await oauth2.createOAuth2Client({
  oAuth2Client: { ...app, userinfo_signed_response_alg: "RS256" },
});

try {
  const { access_token } = await signIn(configuration, client, "alice", { email: "alice@example.com" });
  // The person's own token, and not the one for the admin API.
  const { data: claims } = await new OidcApi({ ...configuration, accessToken: access_token }).getOidcUserInfo();
  console.log("as JSON:", claims.sub, claims.email);

  const signed = await signIn(configuration, signing, "alice", { email: "alice@example.com" });
  const asAlice = new OidcApi({ ...configuration, accessToken: signed.access_token });
  const { data: jwt } = await asAlice.getOidcUserInfo<string>();
  console.log("as a JWT:", decodeJwt(jwt).sub, "- verify it as in verify-jwt.ts");

  await oauth2.deleteOAuth2Token({ clientId: signing.client_id! });
  await asAlice.getOidcUserInfo();
} catch (error) {
  if (!isResponseError(error) || error.status !== 401) throw error;
  console.log("with a revoked token:", error.status, error.error);
} finally {
  await oauth2.deleteOAuth2Client({ id: client.client_id! });
  await oauth2.deleteOAuth2Client({ id: signing.client_id! });
}
