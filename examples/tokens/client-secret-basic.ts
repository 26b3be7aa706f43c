// Gets an access token for a service itself (client credentials), by client_secret_basic.
//
//   npx tsx examples/tokens/client-secret-basic.ts
//
// CLIENT_ID and CLIENT_SECRET name a client of yours; without them the example creates one and deletes it again.
import {
  clientCredentials,
  clientSecretBasic,
  isNetworkError,
  isResponseError,
  isTimeoutError,
  OAuth2Api,
} from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { cleanUp } from "../support/clean-up.ts";

const { basePath, fetch, ...rest } = configurationFromEnv();
const oauth2 = new OAuth2Api({ basePath, fetch, ...rest });

const { CLIENT_ID, CLIENT_SECRET } = process.env;
const client = CLIENT_ID
  ? { client_id: CLIENT_ID, client_secret: CLIENT_SECRET }
  : (await oauth2.createOAuth2Client({ oAuth2Client: { grant_types: ["client_credentials"], scope: "read write" } }))
      .data;

try {
  const token = await clientCredentials({
    basePath, // Or `issuer`, to look the endpoint up, or `tokenEndpoint`.
    fetch,
    clientId: client.client_id!,
    // Form-encodes both halves first, without which a secret with a % or a + is refused.
    auth: clientSecretBasic(client.client_secret!),
    scope: ["read"],
    timeout: 5_000,
  });
  console.log("a token of type", token.token_type, "for", token.scope, "that lives", token.expires_in, "seconds");
} catch (error) {
  if (isTimeoutError(error) || isNetworkError(error)) console.error("The server is slow or away:", error.message);
  else if (isResponseError(error)) console.error("Refused:", error.status, error.error, error.errorDescription);
  else throw error;
  process.exitCode = 1;
} finally {
  if (!CLIENT_ID) await cleanUp(oauth2.deleteOAuth2Client({ id: client.client_id! }));
}
