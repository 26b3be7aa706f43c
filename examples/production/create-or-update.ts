// Creates a client, or updates it to the desired state from version control. Deployment scripts can run it repeatedly.
//
//   npx tsx examples/production/create-or-update.ts
import { deleteOAuth2ClientIfPresent, OAuth2Api, type OAuth2Client, upsertOAuth2Client } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { cleanUp } from "../support/clean-up.ts";

const oauth2 = new OAuth2Api({ timeout: 10_000, ...configurationFromEnv() });

// Without a secret from the environment, the server generates one, and only the response to the creation contains it.
// A secret from the environment is sent with every run, because the server does not return it for a comparison.
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

const first = await upsertOAuth2Client(oauth2, desired);
console.log("first run:", first.action);
try {
  // Fields that are not in `desired` remain as they are: another team may own them.
  const second = await upsertOAuth2Client(oauth2, desired);
  console.log("second run:", second.action);
  const { action, data } = await upsertOAuth2Client(oauth2, { ...desired, client_name: "Shop" });
  console.log("with another name:", action, data.client_name);
} finally {
  await cleanUp(deleteOAuth2ClientIfPresent(oauth2, { id: desired.client_id }));
}
