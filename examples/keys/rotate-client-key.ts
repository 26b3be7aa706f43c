// Rotates the key of a private_key_jwt client without an outage: both keys are registered for a while.
//
//   npx tsx examples/keys/rotate-client-key.ts
import { clientCredentials, generateKey, isResponseError, OAuth2Api, privateKeyJwt, publicJwks } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { cleanUp } from "../support/clean-up.ts";

const configuration = { timeout: 10_000, ...configurationFromEnv() };
const { basePath, fetch } = configuration;
const oauth2 = new OAuth2Api(configuration);

const oldKey = await generateKey("ES256");
const { data: client } = await oauth2.createOAuth2Client({
  oAuth2Client: {
    client_name: "Payments",
    grant_types: ["client_credentials"],
    token_endpoint_auth_method: "private_key_jwt",
    token_endpoint_auth_signing_alg: "ES256",
    jwks: await publicJwks(oldKey),
  },
});
const clientId = client.client_id!;

/** Returns whether a key authenticates the client. The assertion contains its `kid`, by which the server finds it. */
async function works(key: typeof oldKey): Promise<boolean> {
  try {
    await clientCredentials({ basePath, fetch, clientId, auth: privateKeyJwt(key) });
    return true;
  } catch (error) {
    // Hydra returns invalid_request for an unregistered key and invalid_client for an invalid signature.
    if (isResponseError(error) && /^invalid_(request|client)$/.test(error.error ?? "")) return false;
    throw error;
  }
}

async function register(...keys: (typeof oldKey)[]): Promise<void> {
  const jsonPatch = [{ op: "replace" as const, path: "/jwks", value: await publicJwks(...keys) }];
  await oauth2.patchOAuth2Client({ id: clientId, jsonPatch });
  console.log("registered", keys.length, "- old works:", await works(oldKey), "new works:", await works(newKey));
}

const newKey = await generateKey("ES256");
try {
  await register(oldKey); // The initial state.
  await register(oldKey, newKey); // 1. Both keys are valid.
  // 2. Deploy the new key to every process of the service.
  await register(newKey); // 3. The old key is no longer valid.
} finally {
  await cleanUp(oauth2.deleteOAuth2Client({ id: clientId }));
}
