// Reads and updates a client that registered itself (RFC 7592), and keeps the token that every update replaces.
//
//   npx tsx examples/registration/update.ts
import { OAuth2Api, OidcApi } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { attempt, endWhereOff } from "../support/attempt.ts";
import { cleanUp } from "../support/clean-up.ts";

const configuration = { timeout: 10_000, ...configurationFromEnv() };
const oauth2 = new OAuth2Api(configuration);
const oidc = new OidcApi(configuration);

const app = { client_name: "Field app" };
const { data: registered } = await oidc.createOidcDynamicClient({ oAuth2Client: app }).catch(endWhereOff);
const { client_id: id = "", registration_access_token: first } = registered;

try {
  const { data: current } = await oidc.getOidcDynamicClient({ id, registrationAccessToken: first });
  console.log("read", current.client_name);

  // An update replaces the whole registration. Its answer brings the next token: store that before anything else.
  const { data: updated } = await oidc.setOidcDynamicClient({
    id,
    registrationAccessToken: first,
    oAuth2Client: { ...current, client_name: "Field app 2" },
  });
  console.log("updated to", updated.client_name, "with a new token:", updated.registration_access_token !== first);

  // What the server answered can be sent back as it is: its token authenticates, and what is refused is left out.
  const { data: again } = await oidc.setOidcDynamicClient({
    id,
    oAuth2Client: { ...updated, redirect_uris: ["https://app.example.com/callback"] },
  });
  console.log("updated to", again.redirect_uris);

  await attempt("the first token now", oidc.getOidcDynamicClient({ id, registrationAccessToken: first }));
} finally {
  // As an administrator, who needs no token: it may have been lost on its way.
  await cleanUp(oauth2.deleteOAuth2Client({ id }));
}
