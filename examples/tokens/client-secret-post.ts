// Gets a JWT access token for an audience with client_secret_post, and reads its claims.
//
//   npx tsx examples/tokens/client-secret-post.ts
//
// Also needs: npm install jose
import { clientCredentials, clientSecretPost, OAuth2Api } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { decodeJwt } from "jose";
import { cleanUp } from "../support/clean-up.ts";

const configuration = { timeout: 10_000, ...configurationFromEnv() };
const { basePath, fetch } = configuration;
const oauth2 = new OAuth2Api(configuration);

const { data: client } = await oauth2.createOAuth2Client({
  oAuth2Client: {
    grant_types: ["client_credentials"],
    scope: "report.read",
    audience: ["https://reports.example.com"],
    token_endpoint_auth_method: "client_secret_post",
    access_token_strategy: "jwt",
  },
});

try {
  const { access_token } = await clientCredentials({
    basePath,
    fetch,
    clientId: client.client_id!,
    auth: clientSecretPost(client.client_secret!),
    scope: "report.read",
    audience: "https://reports.example.com",
  });
  // This does not verify the token: keys/verify-jwt.ts shows how an API verifies it.
  const { aud, scp, client_id } = decodeJwt(access_token);
  console.log("a JWT for", aud, "with the scopes", scp, "of this client:", client_id === client.client_id);
} finally {
  await cleanUp(oauth2.deleteOAuth2Client({ id: client.client_id! }));
}
