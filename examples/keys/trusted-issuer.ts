// Trades the JWT of an issuer that is trusted for an access token (jwt-bearer, RFC 7523): no secret, no browser.
//
//   npx tsx examples/keys/trusted-issuer.ts
import { clientSecretBasic, generateKey, isResponseError, jwtBearer, OAuth2Api, publicJwks } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { importJWK, SignJWT } from "jose";

const configuration = { timeout: 10_000, ...configurationFromEnv() };
const { basePath, fetch } = configuration;
const oauth2 = new OAuth2Api(configuration);

// The issuer signs; the server is given the public half.
const issuer = "https://ci.example.com";
const key = await generateKey("RS256");
const [jwk] = (await publicJwks(key)).keys;
const { data: trust } = await oauth2.trustOAuth2JwtGrantIssuer({
  trustOAuth2JwtGrantIssuer: {
    issuer,
    subject: "build-42",
    scope: ["deploy"],
    jwk: jwk!,
    expires_at: new Date(Date.now() + 3600_000).toISOString(),
  },
});
console.log("trusted", trust.issuer, "for", trust.subject, "with", trust.scope);

const { data: client } = await oauth2.createOAuth2Client({
  oAuth2Client: { grant_types: ["urn:ietf:params:oauth:grant-type:jwt-bearer"], scope: "deploy" },
});
const auth = clientSecretBasic(client.client_secret!);

/** What the issuer gives to a build: a JWT for one trade. */
const assertionFor = async (subject: string) =>
  new SignJWT({ jti: crypto.randomUUID() })
    .setProtectedHeader({ alg: "RS256", kid: key.kid })
    .setIssuer(issuer)
    .setSubject(subject)
    .setAudience(`${basePath}/oauth2/token`)
    .setIssuedAt(Math.floor(Date.now() / 1000) - 30) // Hydra refuses an iat that its own clock has not reached.
    .setExpirationTime("5 minutes")
    .sign(await importJWK({ ...key }, "RS256"));

const trade = async (subject: string) =>
  jwtBearer({
    basePath,
    fetch,
    clientId: client.client_id!,
    auth,
    scope: "deploy",
    assertion: await assertionFor(subject),
  });

try {
  const token = await trade("build-42");
  console.log("build-42 may", token.scope, "for", token.expires_in, "seconds");

  await trade("build-43");
} catch (error) {
  if (!isResponseError(error) || error.error !== "invalid_grant") throw error;
  console.log("build-43:", error.status, error.error);
} finally {
  await oauth2.deleteTrustedOAuth2JwtGrantIssuer({ id: trust.id! });
  await oauth2.deleteOAuth2Client({ id: client.client_id! });
}
