// Protects an API by verifying JWT access tokens with jose, without a request to the server for each call.
//
//   npx tsx examples/keys/verify-jwt.ts
//
// A revoked JWT remains valid until it expires. If that is too long, use introspection: see tokens/introspect.ts.
//
// Also needs: npm install jose
import { clientCredentials, clientSecretBasic, OAuth2Api, OidcApi, WellknownApi } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTPayload, jwtVerify } from "jose";
import { cleanUp } from "../support/clean-up.ts";

const configuration = { timeout: 10_000, ...configurationFromEnv() };
const { basePath, fetch } = configuration;
const oauth2 = new OAuth2Api(configuration);
const audience = "https://orders.example.com";

const { data: server } = await new OidcApi(configuration).discoverOidcConfiguration();
// In production, use `createRemoteJWKSet(new URL(server.jwks_uri))`, which fetches the keys again when they rotate.
const { data: jwks } = await new WellknownApi(configuration).discoverJsonWebKeys();
const keys = createLocalJWKSet(jwks as JSONWebKeySet);

/** Returns the claims of a token that is valid for this API, otherwise `undefined`. */
async function verify(token: string): Promise<JWTPayload | undefined> {
  try {
    const options = { issuer: server.issuer, audience, algorithms: ["RS256"], requiredClaims: ["exp", "client_id"] };
    return (await jwtVerify(token, keys, options)).payload;
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
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
  const claims = await verify(token.access_token);
  console.log("a token for this API grants", claims?.["scp"]);

  const other = await clientCredentials({ ...request, audience: "https://other.example.com" });
  console.log("a token for another API:", await verify(other.access_token));
  console.log("a token with an invalid signature:", await verify(token.access_token.replace(/.{10}$/, "AAAAAAAAAA")));
} finally {
  await cleanUp(oauth2.deleteOAuth2Client({ id: client.client_id! }));
}
