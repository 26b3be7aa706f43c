// Creates the client of a web application: people sign in by authorization code and stay signed in by refresh token.
//
//   npx tsx examples/clients/create-authorization-code.ts
import { OAuth2Api } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";

const oauth2 = new OAuth2Api({ timeout: 10_000, ...configurationFromEnv() });

const { data: client } = await oauth2.createOAuth2Client({
  oAuth2Client: {
    client_name: "Web shop",
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    redirect_uris: ["https://shop.example.com/callback"],
    post_logout_redirect_uris: ["https://shop.example.com/"],
    // The person's consent to offline_access is what brings a refresh token.
    scope: "openid offline_access email",
    token_endpoint_auth_method: "client_secret_basic",
  },
});

try {
  // The secret is in this answer and never again: hand it to your secret store now, not to a log.
  const secret = client.client_secret ?? "";
  console.log("created", client.client_name, client.client_id, "with a secret of", secret.length, "characters");
  console.log("grant types:", client.grant_types, "scope:", client.scope);
} finally {
  await oauth2.deleteOAuth2Client({ id: client.client_id! });
  console.log("deleted it");
}
