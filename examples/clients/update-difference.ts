// Updates a client without overwriting concurrent changes: reads it, sends only the difference, and detects conflicts.
//
//   npx tsx examples/clients/update-difference.ts
import { diffOAuth2Client, isUpdateConflictError, OAuth2Api, updateOAuth2Client } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { cleanUp } from "../support/clean-up.ts";

const oauth2 = new OAuth2Api({ timeout: 10_000, ...configurationFromEnv() });

const { data: created } = await oauth2.createOAuth2Client({
  oAuth2Client: { client_name: "Web shop", redirect_uris: ["https://shop.example.com/callback"] },
});
const id = created.client_id!;

/** Simulates another writer that changes the client between the read and the write. */
const writeConcurrently = (path: string, value: unknown) =>
  oauth2.patchOAuth2Client({ id, jsonPatch: [{ op: "replace", path, value }] });

try {
  // Fields that only others change keep their new values.
  const { data: client } = await updateOAuth2Client(oauth2, { id }, async (copy) => {
    copy.redirect_uris?.push("https://shop.example.com/silent");
    await writeConcurrently("/owner", "shop-team");
  });
  console.log("both changes applied:", client.redirect_uris?.length, "redirect URIs, owner", client.owner);

  // If nothing changes, no patch is sent.
  const { data: unchanged } = await updateOAuth2Client(oauth2, { id }, (copy) => ({ ...copy, owner: "shop-team" }));
  console.log("no patch was sent; the owner is", unchanged.owner);

  // Only computes the patch, for review.
  console.log("the difference:", await diffOAuth2Client(unchanged, { ...unchanged, client_name: "Web shop 2" }));

  // If two writers change the same field, the second gets an error and overwrites nothing.
  await updateOAuth2Client(oauth2, { id }, async (copy) => {
    copy.client_name = "Mine";
    await writeConcurrently("/client_name", "Theirs");
  });
} catch (error) {
  if (!isUpdateConflictError(error)) throw error;
  console.log("conflict at", error.path, "- the current value is", error.actual, "- read the client again and decide");
} finally {
  await cleanUp(oauth2.deleteOAuth2Client({ id }));
}
