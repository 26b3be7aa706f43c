// Deletes a client so that it is gone whether or not it was there: what a clean-up job wants.
//
//   npx tsx examples/clients/delete.ts
import { isResponseError, OAuth2Api } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";

const oauth2 = new OAuth2Api({ timeout: 10_000, ...configurationFromEnv() });

/** Deletes a client with its tokens and consents. Gives whether there was one. */
async function ensureDeleted(id: string): Promise<boolean> {
  try {
    await oauth2.deleteOAuth2Client({ id });
    return true;
  } catch (error) {
    if (isResponseError(error) && error.status === 404) return false;
    throw error;
  }
}

const { data: client } = await oauth2.createOAuth2Client({ oAuth2Client: { client_name: "Short-lived" } });
console.log("created", client.client_name);
console.log("deleted:", await ensureDeleted(client.client_id!));
console.log("deleted again:", await ensureDeleted(client.client_id!));

// An empty id would name the whole list: it is refused before anything is sent.
await ensureDeleted("").catch((error: Error) => console.log(`not sent: ${error.message}`));
