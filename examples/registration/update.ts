// Reads and updates a dynamically registered client (RFC 7592), and keeps track of the token that every update replaces.
//
//   npx tsx examples/registration/update.ts
import { OAuth2Api, OidcApi } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { attempt, exitIfDisabled } from "../support/attempt.ts";
import { cleanUp } from "../support/clean-up.ts";

const configuration = { timeout: 10_000, ...configurationFromEnv() };
const oauth2 = new OAuth2Api(configuration);
const oidc = new OidcApi(configuration);

const app = { client_name: "Field app" };
const { data: registered } = await oidc.createOidcDynamicClient({ oAuth2Client: app }).catch(exitIfDisabled);
const { client_id: id = "", registration_access_token: firstToken } = registered;

try {
  const { data: current } = await oidc.getOidcDynamicClient({ id, registrationAccessToken: firstToken });
  console.log("read", current.client_name);

  // An update replaces the entire registration. The response contains the next token: save it before doing anything else.
  const { data: updated } = await oidc.setOidcDynamicClient({
    id,
    registrationAccessToken: firstToken,
    oAuth2Client: { ...current, client_name: "Field app 2" },
  });
  console.log("updated to", updated.client_name, "with a new token:", updated.registration_access_token !== firstToken);

  // The response can be sent back: its token authenticates the call, and fields that the server rejects are omitted.
  const { data: updatedAgain } = await oidc.setOidcDynamicClient({
    id,
    oAuth2Client: { ...updated, redirect_uris: ["https://app.example.com/callback"] },
  });
  console.log("updated to", updatedAgain.redirect_uris);

  await attempt("using the first token", oidc.getOidcDynamicClient({ id, registrationAccessToken: firstToken }));
} finally {
  // Delete as an administrator, because the registration token may have been lost.
  await cleanUp(oauth2.deleteOAuth2Client({ id }));
}
