// Updates a client without undoing what others change: reads it, sends the difference alone, and notices a conflict.
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

/** Another writer, at the worst moment. */
const meanwhile = (path: string, value: unknown) =>
  oauth2.patchOAuth2Client({ id, jsonPatch: [{ op: "replace", path, value }] });

try {
  // What only others change survives.
  const { data: client } = await updateOAuth2Client(oauth2, { id }, async (copy) => {
    copy.redirect_uris?.push("https://shop.example.com/silent");
    await meanwhile("/owner", "shop-team");
  });
  console.log("both are there:", client.redirect_uris?.length, "redirect URIs and the owner", client.owner);

  // Nothing to change: nothing is sent.
  const { data: same } = await updateOAuth2Client(oauth2, { id }, (copy) => ({ ...copy, owner: "shop-team" }));
  console.log("nothing was sent; the owner is", same.owner);

  // The patch alone, to look at it first.
  console.log("the difference:", await diffOAuth2Client(same, { ...same, client_name: "Web shop 2" }));

  // The same field by two writers: the second is told, and overwrites nothing.
  await updateOAuth2Client(oauth2, { id }, async (copy) => {
    copy.client_name = "Mine";
    await meanwhile("/client_name", "Theirs");
  });
} catch (error) {
  if (!isUpdateConflictError(error)) throw error;
  console.log("conflict at", error.path, "where", error.actual, "is - read it again and decide");
} finally {
  await cleanUp(oauth2.deleteOAuth2Client({ id }));
}
