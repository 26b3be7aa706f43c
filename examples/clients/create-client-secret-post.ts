// Creates a client that sends its secret in the form, and shows that Hydra accepts only the registered method.
//
//   npx tsx examples/clients/create-client-secret-post.ts
import { clientCredentials, clientSecretBasic, clientSecretPost, OAuth2Api } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { attempt } from "../support/attempt.ts";
import { cleanUp } from "../support/clean-up.ts";

const configuration = { timeout: 10_000, ...configurationFromEnv() };
const { basePath, fetch } = configuration;
const oauth2 = new OAuth2Api(configuration);

const { data: client } = await oauth2.createOAuth2Client({
  oAuth2Client: {
    client_name: "Legacy gateway",
    grant_types: ["client_credentials"],
    scope: "gateway",
    token_endpoint_auth_method: "client_secret_post",
  },
});
const clientId = client.client_id!;
const secret = client.client_secret!;

try {
  console.log("created", client.client_name, clientId);

  const token = await clientCredentials({ basePath, fetch, clientId, auth: clientSecretPost(secret) });
  console.log("in the form: a token of type", token.token_type);

  const auth = clientSecretBasic(secret);
  await attempt("in a Basic header", clientCredentials({ basePath, fetch, clientId, auth }));
} finally {
  await cleanUp(oauth2.deleteOAuth2Client({ id: clientId }));
}
