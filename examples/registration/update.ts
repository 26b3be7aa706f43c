// Reads and updates a client that registered itself (RFC 7592), and keeps the token that every update replaces.
//
//   npx tsx examples/registration/update.ts
import { OidcApi } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { attempt, endWhereOff } from "../support/attempt.ts";

const oidc = new OidcApi({ timeout: 10_000, ...configurationFromEnv() });

const app = { client_name: "Field app" };
const { data: registered } = await oidc.createOidcDynamicClient({ oAuth2Client: app }).catch(endWhereOff);
const id = registered.client_id!;
let registrationAccessToken = registered.registration_access_token;

try {
  const { data: current } = await oidc.getOidcDynamicClient({ id, registrationAccessToken });
  console.log("read", current.client_name);

  // An update replaces the whole registration. Its answer brings the next token: store that before anything else.
  const { data: updated } = await oidc.setOidcDynamicClient({
    id,
    registrationAccessToken,
    oAuth2Client: { ...current, client_name: "Field app 2" },
  });
  const old = registrationAccessToken;
  registrationAccessToken = updated.registration_access_token;
  console.log("updated to", updated.client_name, "with a new token:", registrationAccessToken !== old);

  // What the server answered can be sent back as it is: its token authenticates, and what is refused is left out.
  const { data: again } = await oidc.setOidcDynamicClient({
    id,
    oAuth2Client: { ...updated, redirect_uris: ["https://app.example.com/callback"] },
  });
  registrationAccessToken = again.registration_access_token;
  console.log("updated to", again.redirect_uris);

  await attempt("the first token now", oidc.getOidcDynamicClient({ id, registrationAccessToken: old }));
} finally {
  await oidc.deleteOidcDynamicClient({ id, registrationAccessToken });
  console.log("deleted it");
}
