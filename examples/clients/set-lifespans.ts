// Sets the lifespans of a client's tokens. Omitted lifespans are reset to the server's default.
//
//   npx tsx examples/clients/set-lifespans.ts
import { OAuth2Api, type OAuth2ClientTokenLifespans } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { attempt } from "../support/attempt.ts";
import { cleanUp } from "../support/clean-up.ts";

const oauth2 = new OAuth2Api({ timeout: 10_000, ...configurationFromEnv() });

const { data: created } = await oauth2.createOAuth2Client({ oAuth2Client: { client_name: "Web shop" } });
const id = created.client_id!;

const set = (oAuth2ClientTokenLifespans: OAuth2ClientTokenLifespans) =>
  oauth2.setOAuth2ClientLifespans({ id, oAuth2ClientTokenLifespans });

try {
  // Hours, minutes and seconds in Go's duration format; there is no unit for days.
  const { data: client } = await set({
    authorization_code_grant_access_token_lifespan: "15m",
    authorization_code_grant_refresh_token_lifespan: "720h",
    client_credentials_grant_access_token_lifespan: "1h30m",
  });
  for (const [name, lifespan] of Object.entries(client)) {
    if (name.endsWith("_lifespan") && lifespan) console.log(name, lifespan);
  }

  await attempt('"30 days"', set({ client_credentials_grant_access_token_lifespan: "30 days" }));
} finally {
  await cleanUp(oauth2.deleteOAuth2Client({ id }));
}
