// Registers a client from within an application (RFC 7591), which requires no credential, and saves the response.
//
//   npx tsx examples/registration/register.ts
import { OidcApi } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { exitIfDisabled } from "../support/attempt.ts";
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
  .catch(exitIfDisabled);

// Save these: only this response contains all of them. Without the registration token, the client cannot be changed later.
const { client_id: id = "", client_secret, registration_access_token, registration_client_uri } = client;
try {
  console.log("registered", client.client_name, id);
  console.log("secret to save:", client_secret !== undefined);
  console.log("registration token to save:", registration_access_token !== undefined);
  console.log("managed at", new URL(registration_client_uri!).pathname.replace(id, "<client_id>"));
} finally {
  await cleanUp(oidc.deleteOidcDynamicClient({ id, registrationAccessToken: registration_access_token }));
}
