// Gets an access token for a service itself (client credentials) with client_secret_basic.
//
//   npx tsx examples/tokens/client-secret-basic.ts
//
// Set CLIENT_ID and CLIENT_SECRET to use your own client; without them, the example creates and deletes one.
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
    basePath, // Or `issuer`, to discover the endpoint, or `tokenEndpoint`.
    fetch,
    clientId: client.client_id!,
    // Form-encodes client ID and secret first. Without this, the server rejects a secret that contains % or +.
    auth: clientSecretBasic(client.client_secret!),
    scope: ["read"],
    timeout: 5_000,
  });
  console.log("a token of type", token.token_type, "for", token.scope, "that expires in", token.expires_in, "seconds");
} catch (error) {
  if (isTimeoutError(error) || isNetworkError(error))
    console.error("The server is unreachable or too slow:", error.message);
  else if (isResponseError(error)) console.error("Rejected:", error.status, error.error, error.errorDescription);
  else throw error;
  process.exitCode = 1;
} finally {
  if (!CLIENT_ID) await cleanUp(oauth2.deleteOAuth2Client({ id: client.client_id! }));
}
