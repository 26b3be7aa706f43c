// Rotates a secret without an outage: the old and the new secret both work until the old one is deleted.
//
//   npx tsx examples/clients/rotate-secret.ts
import { clientCredentials, clientSecretBasic, isResponseError, OAuth2Api } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { cleanUp } from "../support/clean-up.ts";

const configuration = { timeout: 10_000, ...configurationFromEnv() };
const oauth2 = new OAuth2Api(configuration);

const { data: created } = await oauth2.createOAuth2Client({
  oAuth2Client: { client_name: "Nightly report", grant_types: ["client_credentials"] },
});
const clientId = created.client_id!;

/** Returns whether a secret authenticates the client. */
async function works(secret: string | undefined): Promise<boolean> {
  const { basePath, fetch } = configuration;
  try {
    await clientCredentials({ basePath, fetch, clientId, auth: clientSecretBasic(secret!) });
    return true;
  } catch (error) {
    if (isResponseError(error) && error.error === "invalid_client") return false;
    throw error;
  }
}

try {
  // 1. Generate a new secret. Only this response contains it; the old one remains valid.
  const { data: rotated } = await oauth2.rotateOAuth2ClientSecret({ id: clientId });
  console.log(
    "rotated: old works:",
    await works(created.client_secret),
    "new works:",
    await works(rotated.client_secret),
  );

  // 2. Deploy the new secret to every process of the service.

  // 3. Delete the old secret.
  await oauth2.deleteRotatedOAuth2ClientSecrets({ id: clientId });
  console.log(
    "deleted: old works:",
    await works(created.client_secret),
    "new works:",
    await works(rotated.client_secret),
  );
} catch (error) {
  if (!isResponseError(error) || error.status !== 404) throw error;
  console.log("This server does not support secret rotation: upgrade it.");
} finally {
  await cleanUp(oauth2.deleteOAuth2Client({ id: clientId }));
}
