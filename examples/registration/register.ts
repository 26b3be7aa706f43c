// Registers a client from within an application (RFC 7591): no credential is needed, what comes back has to be kept.
//
//   npx tsx examples/registration/register.ts
import { OidcApi } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { endWhereOff } from "../support/attempt.ts";
import { cleanUp } from "../support/clean-up.ts";

const oidc = new OidcApi({ timeout: 10_000, ...configurationFromEnv() });

const { data: client } = await oidc
  .createOidcDynamicClient({
    oAuth2Client: {
      client_name: "Field app",
      grant_types: ["authorization_code", "refresh_token"],
      redirect_uris: ["https://app.example.com/callback"],
      scope: "openid offline_access",
    },
  })
  .catch(endWhereOff);

// Three things are in this answer alone. Who loses the registration access token cannot change the client any more.
const { client_id: id = "", client_secret, registration_access_token, registration_client_uri } = client;
try {
  console.log("registered", client.client_name, id);
  console.log("to keep: a secret:", client_secret !== undefined);
  console.log("to keep: a registration token:", registration_access_token !== undefined);
  console.log("managed at", new URL(registration_client_uri!).pathname.replace(id, "<client_id>"));
} finally {
  await cleanUp(oidc.deleteOidcDynamicClient({ id, registrationAccessToken: registration_access_token }));
}
