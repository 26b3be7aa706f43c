// Sets how long a client's tokens live. Every lifespan that is left out goes back to the server's default.
//
//   npx tsx examples/clients/set-lifespans.ts
import { isResponseError, OAuth2Api } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";

const oauth2 = new OAuth2Api({ timeout: 10_000, ...configurationFromEnv() });

const { data: created } = await oauth2.createOAuth2Client({ oAuth2Client: { client_name: "Web shop" } });
const id = created.client_id!;

try {
  // Hours, minutes and seconds as Go writes them; there are no days.
  const { data: client } = await oauth2.setOAuth2ClientLifespans({
    id,
    oAuth2ClientTokenLifespans: {
      authorization_code_grant_access_token_lifespan: "15m",
      authorization_code_grant_refresh_token_lifespan: "720h",
      client_credentials_grant_access_token_lifespan: "1h30m",
    },
  });
  for (const [name, lifespan] of Object.entries(client)) {
    if (name.endsWith("_lifespan") && lifespan) console.log(name, lifespan);
  }

  await oauth2.setOAuth2ClientLifespans({
    id,
    oAuth2ClientTokenLifespans: { client_credentials_grant_access_token_lifespan: "30 days" },
  });
} catch (error) {
  if (!isResponseError(error) || error.status !== 400) throw error;
  console.log('"30 days":', error.status, error.error);
} finally {
  await oauth2.deleteOAuth2Client({ id });
  console.log("deleted it");
}
