// Reads a client, and distinguishes a missing client from a failure.
//
//   npx tsx examples/clients/get.ts
import { findOAuth2Client, OAuth2Api } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { cleanUp } from "../support/clean-up.ts";

const oauth2 = new OAuth2Api({ timeout: 10_000, ...configurationFromEnv() });

const { data: created } = await oauth2.createOAuth2Client({ oAuth2Client: { client_name: "Web shop" } });
const id = created.client_id!;

try {
  // `undefined` if it does not exist. Rejects on any other failure, such as the wrong listener.
  const client = await findOAuth2Client(oauth2, { id });
  console.log("found", client?.client_name, "created at", client?.created_at);
  console.log("its secret is", client?.client_secret ?? "not shown again");
} finally {
  await cleanUp(oauth2.deleteOAuth2Client({ id }));
}
console.log("after its deletion:", await findOAuth2Client(oauth2, { id }));
