// Brings a client into the state that a file in version control says, for a deploy script: run it as often as you like.
//
//   npx tsx examples/production/create-or-update.ts
import { diffOAuth2Client, isResponseError, OAuth2Api, type OAuth2Client, updateOAuth2Client } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { cleanUp } from "../support/clean-up.ts";

const oauth2 = new OAuth2Api({ timeout: 10_000, ...configurationFromEnv() });

// Without a secret from the environment the server makes one, and the answer to the creation is the one place to get it.
const { SHOP_CLIENT_SECRET } = process.env;

/** The desired state. The id is yours, and always the same, so that the next run finds it; here one for each run. */
const wanted = {
  client_id: crypto.randomUUID(),
  client_name: "Web shop",
  ...(SHOP_CLIENT_SECRET && { client_secret: SHOP_CLIENT_SECRET }),
  grant_types: ["authorization_code", "refresh_token"],
  redirect_uris: ["https://shop.example.com/callback"],
  scope: "openid offline_access",
} satisfies OAuth2Client;

type Named = OAuth2Client & { client_id: string };

async function createOrUpdate(client: Named): Promise<"created" | "updated" | "unchanged"> {
  try {
    await oauth2.createOAuth2Client({ oAuth2Client: client });
    return "created";
  } catch (error) {
    // 409: it exists, made by an earlier run or by another one at this moment. 400 says what is wrong with the file.
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

console.log("first run:", await createOrUpdate(wanted));
try {
  console.log("second run:", await createOrUpdate(wanted));
  console.log("with another name:", await createOrUpdate({ ...wanted, client_name: "Shop" }));
} finally {
  await cleanUp(oauth2.deleteOAuth2Client({ id: wanted.client_id }));
}
