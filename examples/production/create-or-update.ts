// Brings a client into the state that a file in version control says, for a deploy script: run it as often as you like.
//
//   npx tsx examples/production/create-or-update.ts
import { diffOAuth2Client, isResponseError, OAuth2Api, type OAuth2Client, updateOAuth2Client } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";

const oauth2 = new OAuth2Api({ timeout: 10_000, ...configurationFromEnv() });

/** What shall be. The id is ours, so that a second run finds it; the secret comes from the environment. */
const wanted = {
  client_id: "deploy-example-shop",
  client_name: "Web shop",
  client_secret: process.env["SHOP_CLIENT_SECRET"] ?? crypto.randomUUID(),
  grant_types: ["authorization_code", "refresh_token"],
  redirect_uris: ["https://shop.example.com/callback"],
  scope: "openid offline_access",
} satisfies OAuth2Client;

async function createOrUpdate(
  client: OAuth2Client & { client_id: string },
): Promise<"created" | "updated" | "unchanged"> {
  try {
    await oauth2.createOAuth2Client({ oAuth2Client: client });
    return "created";
  } catch (error) {
    // It exists, made by an earlier run or by another one at this moment.
    if (!isResponseError(error) || error.status !== 409) throw error;
  }
  // Fields that `client` does not name stay as they are. A secret cannot be compared, so it is not set again here.
  const { client_secret, ...fields } = client;
  const id = client.client_id;
  const { data: current } = await oauth2.getOAuth2Client({ id });
  if ((await diffOAuth2Client(current, { ...current, ...fields })).length === 0) return "unchanged";
  await updateOAuth2Client(oauth2, { id }, (latest) => ({ ...latest, ...fields }));
  return "updated";
}

try {
  console.log("first run:", await createOrUpdate(wanted));
  console.log("second run:", await createOrUpdate(wanted));
  console.log("with another name:", await createOrUpdate({ ...wanted, client_name: "Shop" }));
} catch (error) {
  if (!isResponseError(error) || error.status !== 400) throw error;
  console.error("The server refuses what the file says:", error.errorDescription);
  process.exitCode = 1;
} finally {
  await oauth2.deleteOAuth2Client({ id: wanted.client_id });
}
