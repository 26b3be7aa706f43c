// Reads a client, and distinguishes a missing client from a failure.
//
//   npx tsx examples/clients/get.ts
import { isResponseError, OAuth2Api, type OAuth2Client } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { cleanUp } from "../support/clean-up.ts";

const oauth2 = new OAuth2Api({ timeout: 10_000, ...configurationFromEnv() });

/** Returns the client, or `undefined` if it does not exist. Rejects on any other failure. */
async function findClient(id: string): Promise<OAuth2Client | undefined> {
  try {
    return (await oauth2.getOAuth2Client({ id })).data;
  } catch (error) {
    if (isResponseError(error) && error.status === 404) return undefined;
    throw error;
  }
}

const { data: created } = await oauth2.createOAuth2Client({ oAuth2Client: { client_name: "Web shop" } });
const id = created.client_id!;

try {
  const client = await findClient(id);
  console.log("found", client?.client_name, "created at", client?.created_at);
  console.log("its secret is", client?.client_secret ?? "not shown again");
} finally {
  await cleanUp(oauth2.deleteOAuth2Client({ id }));
}
console.log("after its deletion:", await findClient(id));
