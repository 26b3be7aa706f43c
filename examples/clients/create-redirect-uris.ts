// Creates a client with several redirect URIs, and shows which ones the server rejects.
//
//   npx tsx examples/clients/create-redirect-uris.ts
import { OAuth2Api } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { attempt } from "../support/attempt.ts";
import { cleanUp } from "../support/clean-up.ts";

const oauth2 = new OAuth2Api({ timeout: 10_000, ...configurationFromEnv() });

// They must match exactly: there are no wildcards or patterns. Add and remove single URIs with a patch.
const redirect_uris = [
  "https://shop.example.com/callback",
  "https://staging.shop.example.com/callback",
  "http://127.0.0.1:3000/callback", // Loopback addresses may use plain http, and the port may differ.
  "com.example.shop:/callback", // The private-use scheme of a mobile app.
];
const { data: client } = await oauth2.createOAuth2Client({
  oAuth2Client: { client_name: "Shop on every screen", grant_types: ["authorization_code"], redirect_uris },
});

try {
  console.log("created", client.client_id, "for");
  for (const uri of client.redirect_uris ?? []) console.log("  ", uri);

  const oAuth2Client = { redirect_uris: ["https://shop.example.com/#callback"] };
  const accepted = await attempt("with a fragment", oauth2.createOAuth2Client({ oAuth2Client }));
  if (accepted) await oauth2.deleteOAuth2Client({ id: accepted.data.client_id! });
} finally {
  await cleanUp(oauth2.deleteOAuth2Client({ id: client.client_id! }));
}
