// Protects an API by verifying JWT access tokens, without a request to the server for each call.
//
//   npx tsx examples/keys/verify-jwt.ts
//
// A revoked JWT remains valid until it expires. If that is too long, use introspection: see tokens/introspect.ts.
import {
  clientCredentials,
  clientSecretBasic,
  createJwtVerifier,
  isAccessTokenError,
  OAuth2Api,
  OidcApi,
  WellknownApi,
} from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { cleanUp } from "../support/clean-up.ts";

const configuration = { timeout: 10_000, ...configurationFromEnv() };
const { basePath, fetch } = configuration;
const oauth2 = new OAuth2Api(configuration);
const audience = "https://orders.example.com";

const { data: server } = await new OidcApi(configuration).discoverOidcConfiguration();
// Fetches the server's keys when they are first needed, and again when they rotate.
const guard = createJwtVerifier(new WellknownApi(configuration), { issuer: server.issuer, audience });

/** Returns the scopes of a token that is valid for this API, otherwise why it is refused. */
async function verify(token: string): Promise<string[] | string> {
  try {
    return (await guard(`Bearer ${token}`, { requiredScope: "orders.read" })).scope;
  } catch (error) {
    if (isAccessTokenError(error)) return `${error.status} ${error.message}`;
    throw error;
  }
}

const { data: client } = await oauth2.createOAuth2Client({
  oAuth2Client: {
    grant_types: ["client_credentials"],
    scope: "orders.read",
    audience: [audience, "https://other.example.com"],
    access_token_strategy: "jwt",
  },
});

try {
  const request = { basePath, fetch, clientId: client.client_id!, auth: clientSecretBasic(client.client_secret!) };
  const token = await clientCredentials({ ...request, audience, scope: "orders.read" });
  console.log("a token for this API grants", await verify(token.access_token));

  const other = await clientCredentials({ ...request, audience: "https://other.example.com" });
  console.log("a token for another API:", await verify(other.access_token));
  console.log("a token with an invalid signature:", await verify(token.access_token.replace(/.{10}$/, "AAAAAAAAAA")));
} finally {
  await cleanUp(oauth2.deleteOAuth2Client({ id: client.client_id! }));
}
