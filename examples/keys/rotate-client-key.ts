// Rotates the key of a private_key_jwt client without an outage: the next key beside the present one, then alone.
//
//   npx tsx examples/keys/rotate-client-key.ts
import { clientCredentials, generateKey, isResponseError, OAuth2Api, privateKeyJwt, publicJwks } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { cleanUp } from "../support/clean-up.ts";

const configuration = { timeout: 10_000, ...configurationFromEnv() };
const { basePath, fetch } = configuration;
const oauth2 = new OAuth2Api(configuration);

const present = await generateKey("ES256");
const { data: client } = await oauth2.createOAuth2Client({
  oAuth2Client: {
    client_name: "Payments",
    grant_types: ["client_credentials"],
    token_endpoint_auth_method: "private_key_jwt",
    token_endpoint_auth_signing_alg: "ES256",
    jwks: await publicJwks(present),
  },
});
const clientId = client.client_id!;

/** Whether a key authenticates the client. Its `kid` goes along, so that the server knows which of the keys it is. */
async function works(key: typeof present): Promise<boolean> {
  try {
    await clientCredentials({ basePath, fetch, clientId, auth: privateKeyJwt(key) });
    return true;
  } catch (error) {
    // A key that is not registered is an invalid_request to Hydra, a signature that does not fit an invalid_client.
    if (isResponseError(error) && /^invalid_(request|client)$/.test(error.error ?? "")) return false;
    throw error;
  }
}

async function register(...keys: (typeof present)[]): Promise<void> {
  const jsonPatch = [{ op: "replace" as const, path: "/jwks", value: await publicJwks(...keys) }];
  await oauth2.patchOAuth2Client({ id: clientId, jsonPatch });
  console.log("registered", keys.length, "- present works:", await works(present), "next works:", await works(next));
}

const next = await generateKey("ES256");
try {
  await register(present); // As it was.
  await register(present, next); // 1. Both are good.
  // 2. Roll the next key out to every process of the service.
  await register(next); // 3. The former one is good no more.
} finally {
  await cleanUp(oauth2.deleteOAuth2Client({ id: clientId }));
}
