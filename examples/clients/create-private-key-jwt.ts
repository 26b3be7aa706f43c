// Creates a client without a shared secret: it signs assertions with a private key, and the server has the public key.
//
//   npx tsx examples/clients/create-private-key-jwt.ts
import { clientCredentials, generateKey, OAuth2Api, privateKeyJwt, publicJwks } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { cleanUp } from "../support/clean-up.ts";

const configuration = { timeout: 10_000, ...configurationFromEnv() };
const { basePath, fetch } = configuration;
const oauth2 = new OAuth2Api(configuration);

// In production, load the key (a JSON Web Key, PEM or CryptoKey) from a secret store. It never leaves the service.
const { CLIENT_KEY } = process.env;
const key = CLIENT_KEY ? JSON.parse(CLIENT_KEY) : await generateKey("ES256");

const { data: client } = await oauth2.createOAuth2Client({
  oAuth2Client: {
    client_name: "Payments",
    grant_types: ["client_credentials"],
    scope: "payments",
    token_endpoint_auth_method: "private_key_jwt",
    token_endpoint_auth_signing_alg: "ES256",
    // publicJwks contains only the public key; a private key would be rejected before the request is sent.
    jwks: await publicJwks(key),
  },
});
const clientId = client.client_id!;

try {
  console.log("created", client.client_name, clientId);
  for (const { kid, alg, d } of client.jwks?.keys ?? []) console.log("its key", kid, alg, d ? "PRIVATE" : "public");

  const token = await clientCredentials({ basePath, fetch, clientId, auth: privateKeyJwt(key), scope: "payments" });
  console.log("its first token grants", token.scope, "for", token.expires_in, "seconds");
} finally {
  await cleanUp(oauth2.deleteOAuth2Client({ id: clientId }));
}
