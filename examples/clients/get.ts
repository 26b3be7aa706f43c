// Reads a client, and tells one that is not there from a failure.
//
//   npx tsx examples/clients/get.ts
import { isResponseError, OAuth2Api, type OAuth2Client } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { cleanUp } from "../support/clean-up.ts";

const oauth2 = new OAuth2Api({ timeout: 10_000, ...configurationFromEnv() });

/** The client, or `undefined` where there is none of that id. Everything else that can go wrong rejects. */
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
