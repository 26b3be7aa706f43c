// Creates the client of a web application that signs users in with authorization code and refresh token.
//
//   npx tsx examples/clients/create-authorization-code.ts
import { isNetworkError, isResponseError, isTimeoutError, OAuth2Api } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { cleanUp } from "../support/clean-up.ts";

const oauth2 = new OAuth2Api({ timeout: 10_000, ...configurationFromEnv() });

try {
  const { data: client } = await oauth2.createOAuth2Client({
    oAuth2Client: {
      client_name: "Web shop",
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      redirect_uris: ["https://shop.example.com/callback"],
      post_logout_redirect_uris: ["https://shop.example.com/"],
      // The client gets a refresh token if the user consents to offline_access.
      scope: "openid offline_access email",
      token_endpoint_auth_method: "client_secret_basic",
    },
  });

  try {
    // Only this response contains the secret: save it in your secret store now, and do not log it.
    const secret = client.client_secret ?? "";
    console.log("created", client.client_name, client.client_id, "with a secret of", secret.length, "characters");
    console.log("grant types:", client.grant_types, "scope:", client.scope);
  } finally {
    await cleanUp(oauth2.deleteOAuth2Client({ id: client.client_id! }));
  }
} catch (error) {
  if (isResponseError(error)) console.error("Rejected:", error.status, error.error, error.errorDescription);
  else if (isTimeoutError(error) || isNetworkError(error))
    console.error("The server is unreachable or too slow:", error.message);
  else throw error;
  process.exitCode = 1;
}
