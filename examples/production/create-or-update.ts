// Creates a client, or updates it to the desired state from version control. Deployment scripts can run it repeatedly.
//
//   npx tsx examples/production/create-or-update.ts
import { diffOAuth2Client, isResponseError, OAuth2Api, type OAuth2Client, updateOAuth2Client } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { cleanUp } from "../support/clean-up.ts";

const oauth2 = new OAuth2Api({ timeout: 10_000, ...configurationFromEnv() });

// Without a secret from the environment, the server generates one, and only the response to the creation contains it.
const { SHOP_CLIENT_SECRET } = process.env;

/** The desired state. Use a fixed ID, so that the next run finds the client; this example uses a new one per run. */
const desired = {
  client_id: crypto.randomUUID(),
  client_name: "Web shop",
  ...(SHOP_CLIENT_SECRET && { client_secret: SHOP_CLIENT_SECRET }),
  grant_types: ["authorization_code", "refresh_token"],
  redirect_uris: ["https://shop.example.com/callback"],
  scope: "openid offline_access",
} satisfies OAuth2Client;

type ClientWithId = OAuth2Client & { client_id: string };

async function createOrUpdate(client: ClientWithId): Promise<"created" | "updated" | "unchanged"> {
  try {
    await oauth2.createOAuth2Client({ oAuth2Client: client });
    return "created";
  } catch (error) {
    // 409: the client exists, from an earlier or concurrent run. A 400 reports what is invalid in the desired state.
    if (!isResponseError(error) || error.status !== 409) throw error;
  }
  // Fields that are not in `client` remain unchanged. A secret cannot be compared, so it is not set again.
  const { client_secret, ...fields } = client;
  const id = client.client_id;
  const { data: current } = await oauth2.getOAuth2Client({ id });
  if ((await diffOAuth2Client(current, { ...current, ...fields })).length === 0) return "unchanged";
  await updateOAuth2Client(oauth2, { id }, (latest) => ({ ...latest, ...fields }));
  return "updated";
}

console.log("first run:", await createOrUpdate(desired));
try {
  console.log("second run:", await createOrUpdate(desired));
  console.log("with another name:", await createOrUpdate({ ...desired, client_name: "Shop" }));
} finally {
  await cleanUp(oauth2.deleteOAuth2Client({ id: desired.client_id }));
}
