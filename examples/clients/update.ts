// Updates a client by get-then-set, and shows what is reset if the get is omitted.
//
//   npx tsx examples/clients/update.ts
//
// Concurrent writers overwrite each other this way; update-difference.ts shows how to avoid that.
import { OAuth2Api } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { cleanUp } from "../support/clean-up.ts";

const oauth2 = new OAuth2Api({ timeout: 10_000, ...configurationFromEnv() });

const { data: created } = await oauth2.createOAuth2Client({
  oAuth2Client: { client_name: "Web shop", owner: "shop-team", metadata: { tier: "gold" } },
});
const id = created.client_id!;

try {
  // A set replaces the entire client, so modify and send back what was read.
  const { data: current } = await oauth2.getOAuth2Client({ id });
  const { data: renamed } = await oauth2.setOAuth2Client({
    id,
    oAuth2Client: { ...current, client_name: "Web shop 2", redirect_uris: ["https://shop.example.com/callback"] },
  });
  console.log("get-then-set:", renamed.client_name, "of", renamed.owner, renamed.metadata);

  // Omitted fields are reset to their defaults. Only the secret is retained.
  const { data: reset } = await oauth2.setOAuth2Client({ id, oAuth2Client: { client_name: "Web shop 3" } });
  console.log("set alone:", reset.client_name, "of", reset.owner || "nobody", reset.metadata);
} finally {
  await cleanUp(oauth2.deleteOAuth2Client({ id }));
}
