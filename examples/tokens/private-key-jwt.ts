// Gets access tokens without a secret: private_key_jwt, with a new assertion for each request.
//
//   npx tsx examples/tokens/private-key-jwt.ts
//
// CLIENT_KEY is the private key: a PKCS#8 PEM of an RSA key. Without it, the example generates one.
import { generateKeyPairSync } from "node:crypto";
import { clientCredentials, OAuth2Api, privateKeyJwt, publicJwks } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { attempt } from "../support/attempt.ts";
import { cleanUp } from "../support/clean-up.ts";

const configuration = { timeout: 10_000, ...configurationFromEnv() };
const { basePath, fetch } = configuration;
const oauth2 = new OAuth2Api(configuration);

const pkcs8 = { type: "pkcs8", format: "pem" } as const;
const { CLIENT_KEY: pem = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export(pkcs8) as string } =
  process.env;

const { data: client } = await oauth2.createOAuth2Client({
  oAuth2Client: {
    grant_types: ["client_credentials"],
    token_endpoint_auth_method: "private_key_jwt",
    jwks: await publicJwks(pem),
  },
});
const clientId = client.client_id!;

try {
  // Create it once: it signs a new assertion for every request, because a server accepts each assertion only once.
  const auth = privateKeyJwt(pem);
  const first = await clientCredentials({ basePath, fetch, clientId, auth });
  const second = await clientCredentials({ basePath, fetch, clientId, auth });
  console.log("two different tokens:", first.access_token !== second.access_token);

  // If the server is reached at another URL than its own token endpoint URL, set the latter as the audience.
  const wrongAudience = privateKeyJwt(pem, { audience: "https://elsewhere.example.com/oauth2/token" });
  await attempt("with a wrong audience", clientCredentials({ basePath, fetch, clientId, auth: wrongAudience }));
} finally {
  await cleanUp(oauth2.deleteOAuth2Client({ id: clientId }));
}
