// Creates a private_key_jwt client whose public keys the server fetches from jwks_uri, which allows key rotation.
//
//   npx tsx examples/clients/create-private-key-jwt-jwks-uri.ts
//
// A real Hydra fetches the URL itself and cannot reach a loopback port of this machine from its container: set JWKS_URI to
// a URL that serves the public key for CLIENT_KEY (a private JSON Web Key). Without both, the example exits.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { clientCredentials, generateKey, OAuth2Api, privateKeyJwt, publicJwks } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { cleanUp } from "../support/clean-up.ts";

const configuration = { timeout: 10_000, ...configurationFromEnv() };
const { basePath, fetch } = configuration;
const oauth2 = new OAuth2Api(configuration);

const { CLIENT_KEY, JWKS_URI } = process.env;
const isMock = fetch !== undefined;
if (!isMock && !(CLIENT_KEY && JWKS_URI)) {
  console.log("Skipped: a real Hydra needs a reachable JWKS_URI and the matching CLIENT_KEY.");
  process.exit();
}
const key = CLIENT_KEY ? JSON.parse(CLIENT_KEY) : await generateKey("ES256");

// The service serves its own public keys, at any path that requires no login.
const body = JSON.stringify(await publicJwks(key));
const server = createServer((_, response) => response.setHeader("content-type", "application/json").end(body));
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const jwks_uri = JWKS_URI ?? `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`;

try {
  const { data: client } = await oauth2.createOAuth2Client({
    oAuth2Client: {
      client_name: "Payments",
      grant_types: ["client_credentials"],
      token_endpoint_auth_method: "private_key_jwt",
      token_endpoint_auth_signing_alg: "ES256",
      jwks_uri,
    },
  });
  const clientId = client.client_id!;
  try {
    console.log("created", client.client_name, "with keys at", new URL(client.jwks_uri!).pathname);

    const token = await clientCredentials({ basePath, fetch, clientId, auth: privateKeyJwt(key) });
    console.log("the server fetched the key and issued a token of type", token.token_type);
  } finally {
    await cleanUp(oauth2.deleteOAuth2Client({ id: clientId }));
  }
} finally {
  server.close();
}
