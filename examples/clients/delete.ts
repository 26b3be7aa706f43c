// Deletes a client, and succeeds even if it does not exist, as a clean-up job needs.
//
//   npx tsx examples/clients/delete.ts
import { deleteOAuth2ClientIfPresent, OAuth2Api } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";

const oauth2 = new OAuth2Api({ timeout: 10_000, ...configurationFromEnv() });

const { data: client } = await oauth2.createOAuth2Client({ oAuth2Client: { client_name: "Short-lived" } });
const id = client.client_id!;
console.log("created", client.client_name);
// Its tokens and consents are deleted as well.
console.log("deleted:", await deleteOAuth2ClientIfPresent(oauth2, { id }));
console.log("deleted again:", await deleteOAuth2ClientIfPresent(oauth2, { id }));

// An empty id would address the list of all clients, so it is rejected before the request is sent.
await deleteOAuth2ClientIfPresent(oauth2, { id: "" }).catch((error) => console.log(`not sent: ${error.message}`));
