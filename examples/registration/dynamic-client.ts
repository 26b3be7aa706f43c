// Manages a client that registered itself without ever losing its token: DynamicClient keeps each new one in a store.
//
//   npx tsx examples/registration/dynamic-client.ts
//
// Several processes share the client where the store is a Keyv on Redis or PostgreSQL; production/file-store.ts is a store
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
import { endWhereOff } from "../support/attempt.ts";
import { cleanUp } from "../support/clean-up.ts";

const configuration = { timeout: 10_000, ...configurationFromEnv() };
const oauth2 = new OAuth2Api(configuration);
const oidc = new OidcApi(configuration);
const store = new Keyv();

const client = await DynamicClient.register(oidc, { client_name: "Field app" }, { store }).catch(endWhereOff);
console.log("registered; the store has its token:", await store.has(client.id));

try {
  const first = client.registrationAccessToken;
  await client.update({ redirect_uris: ["https://field.example.com/callback"] });
  console.log("updated; the token was replaced:", client.registrationAccessToken !== first);

  // Another process opens the same client by its id alone, and updates it: the first is told that its token is old.
  const elsewhere = await DynamicClient.open(oidc, { id: client.id, store });
  await elsewhere.update((metadata) => {
    metadata.redirect_uris?.push("https://field.example.com/silent");
  });
  await client.update({ client_name: "Field app 2" }).catch((error) => {
    if (!isStaleRegistrationTokenError(error)) throw error;
    console.log("another process was there: open the client anew");
  });

  const current = await DynamicClient.open(oidc, { id: client.id, store });
  const { data } = await current.get();
  console.log("as it is now:", data.client_name, data.redirect_uris);
  await current.delete();
  console.log("deleted; the store has it:", await store.has(client.id));
} catch (error) {
  // The answer was lost on its way. recover() tells whether the token that is held still lives.
  if (isRegistrationStateUnknownError(error)) console.error(error.message, "-", await client.recover());
  // It is done, and the store failed: the token is on the error. Save it somewhere.
  else if (isRegistrationStoreError(error)) console.error(error.message);
  else throw error;
  process.exitCode = 1;
} finally {
  // As an administrator, who needs no token: it may have been lost on its way.
  await cleanUp(oauth2.deleteOAuth2Client({ id: client.id }));
}
