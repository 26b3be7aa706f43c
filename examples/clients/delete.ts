// Deletes a client, and succeeds even if it does not exist, as a clean-up job needs.
//
//   npx tsx examples/clients/delete.ts
import { isResponseError, OAuth2Api } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";

const oauth2 = new OAuth2Api({ timeout: 10_000, ...configurationFromEnv() });

/** Deletes a client with its tokens and consents. Returns whether it existed. */
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

// An empty id would address the list of all clients, so it is rejected before the request is sent.
await ensureDeleted("").catch((error: Error) => console.log(`not sent: ${error.message}`));
