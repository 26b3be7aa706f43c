// Manages a dynamically registered client: DynamicClient saves each new token in a store, and reports a token that is lost.
//
//   npx tsx examples/registration/dynamic-client.ts
//
// Several processes can share the client if the store is a Keyv on Redis or PostgreSQL; production/file-store.ts stores it
// on disk.
//
// Also needs: npm install keyv
import {
  DynamicClient,
  isRegistrationStateUnknownError,
  isRegistrationStoreError,
  isStaleRegistrationTokenError,
  OAuth2Api,
  OidcApi,
} from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import Keyv from "keyv";
import { exitIfDisabled } from "../support/attempt.ts";
import { cleanUp } from "../support/clean-up.ts";

const configuration = { timeout: 10_000, ...configurationFromEnv() };
const oauth2 = new OAuth2Api(configuration);
const oidc = new OidcApi(configuration);
const store = new Keyv();

const client = await DynamicClient.register(oidc, { client_name: "Field app" }, { store }).catch(exitIfDisabled);
console.log("registered; the store contains it:", await store.has(client.id));

try {
  const first = client.registrationAccessToken;
  await client.update({ redirect_uris: ["https://field.example.com/callback"] });
  console.log("updated; the token was replaced:", client.registrationAccessToken !== first);

  // Another process opens the same client by its ID and updates it. The first one then gets an error: its token is stale.
  const otherProcess = await DynamicClient.open(oidc, { id: client.id, store });
  await otherProcess.update((metadata) => {
    metadata.redirect_uris?.push("https://field.example.com/silent");
  });
  await client.update({ client_name: "Field app 2" }).catch((error) => {
    if (!isStaleRegistrationTokenError(error)) throw error;
    console.log("another process updated the client: open it again");
  });

  const current = await DynamicClient.open(oidc, { id: client.id, store });
  // A process that is killed during an update may lose the new token. An administrator can then create the client again.
  if (current.unfinishedUpdate) console.log("recovered:", await current.recover({ oAuth2Api: oauth2 }));
  const { data } = await current.get();
  console.log("current state:", data.client_name, data.redirect_uris);
  await current.delete();
  console.log("deleted; the store contains it:", await store.has(client.id));
} catch (error) {
  // The response was lost. recover() reports whether the stored token is still valid.
  if (isRegistrationStateUnknownError(error)) console.error(error.message, "-", await client.recover());
  // The operation succeeded, but the store failed: the error contains the token. Save it elsewhere.
  else if (isRegistrationStoreError(error)) console.error(error.message);
  else throw error;
  process.exitCode = 1;
} finally {
  // Delete as an administrator, because the registration token may have been lost.
  await cleanUp(oauth2.deleteOAuth2Client({ id: client.id }));
}
