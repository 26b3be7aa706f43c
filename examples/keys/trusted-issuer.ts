// Exchanges the JWT of a trusted issuer for an access token (jwt-bearer grant, RFC 7523), without a browser.
//
//   npx tsx examples/keys/trusted-issuer.ts
//
// Also needs: npm install jose
import { clientSecretBasic, generateKey, jwtBearer, OAuth2Api, publicJwks } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { importJWK, SignJWT } from "jose";
import { attempt } from "../support/attempt.ts";
import { cleanUp } from "../support/clean-up.ts";

const configuration = { timeout: 10_000, ...configurationFromEnv() };
const { basePath, fetch } = configuration;
const oauth2 = new OAuth2Api(configuration);

// The issuer signs with its private key; the server receives the public key.
const issuer = "https://ci.example.com";
const key = await generateKey("RS256");
const jwk = (await publicJwks(key)).keys[0]!;

/** Issues a JWT that a build can exchange once. */
const assertionFor = async (subject: string) =>
  new SignJWT({ jti: crypto.randomUUID() })
    .setProtectedHeader({ alg: "RS256", kid: key.kid })
    .setIssuer(issuer)
    .setSubject(subject)
    .setAudience(`${basePath}/oauth2/token`)
    .setIssuedAt(Math.floor(Date.now() / 1000) - 30) // Hydra rejects an iat in the future by its own clock.
    .setExpirationTime("5 minutes")
    .sign(await importJWK({ ...key }, "RS256"));

const { data: client } = await oauth2.createOAuth2Client({
  oAuth2Client: { grant_types: ["urn:ietf:params:oauth:grant-type:jwt-bearer"], scope: "deploy" },
});
const clientId = client.client_id!;
try {
  const expires_at = new Date(Date.now() + 3600_000).toISOString();
  const { data: trust } = await oauth2.trustOAuth2JwtGrantIssuer({
    trustOAuth2JwtGrantIssuer: { issuer, subject: "build-42", scope: ["deploy"], jwk, expires_at },
  });
  try {
    console.log("trusted", trust.issuer, "for", trust.subject, "with", trust.scope);

    const request = { basePath, fetch, clientId, auth: clientSecretBasic(client.client_secret!), scope: "deploy" };
    const token = await jwtBearer({ ...request, assertion: await assertionFor("build-42") });
    console.log("build-42 may", token.scope, "for", token.expires_in, "seconds");

    await attempt("build-43", jwtBearer({ ...request, assertion: await assertionFor("build-43") }));
  } finally {
    await cleanUp(oauth2.deleteTrustedOAuth2JwtGrantIssuer({ id: trust.id! }));
  }
} finally {
  await cleanUp(oauth2.deleteOAuth2Client({ id: clientId }));
}
