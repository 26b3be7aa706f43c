// Creates the client of a service that gets tokens for itself (client credentials) and sends its secret in a Basic header.
//
//   npx tsx examples/clients/create-client-secret-basic.ts
import { clientCredentials, clientSecretBasic, OAuth2Api } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { cleanUp } from "../support/clean-up.ts";

const configuration = { timeout: 10_000, ...configurationFromEnv() };
const { basePath, fetch } = configuration;
const oauth2 = new OAuth2Api(configuration);

const { data: client } = await oauth2.createOAuth2Client({
  oAuth2Client: {
    client_name: "Nightly report",
    grant_types: ["client_credentials"],
    scope: "report.read report.write",
    audience: ["https://reports.example.com"],
    token_endpoint_auth_method: "client_secret_basic",
  },
});
const clientId = client.client_id!;

try {
  console.log("created", client.client_name, clientId);

  const auth = clientSecretBasic(client.client_secret!);
  const token = await clientCredentials({ basePath, fetch, clientId, auth, scope: "report.read" });
  console.log("its first token grants", token.scope, "for", token.expires_in, "seconds");
} finally {
  await cleanUp(oauth2.deleteOAuth2Client({ id: clientId }));
}
