// Registers a client from within an application (RFC 7591): no credential is needed, what comes back has to be kept.
//
//   npx tsx examples/registration/register.ts
import { isResponseError, OidcApi } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";

const oidc = new OidcApi({ timeout: 10_000, ...configurationFromEnv() });

try {
  const { data: client } = await oidc.createOidcDynamicClient({
    oAuth2Client: {
      client_name: "Field app",
      grant_types: ["authorization_code", "refresh_token"],
      redirect_uris: ["https://app.example.com/callback"],
      scope: "openid offline_access",
    },
  });
  const id = client.client_id!;

  // Three things are in this answer alone. Who loses the registration access token cannot change the client any more.
  const { client_secret, registration_access_token, registration_client_uri } = client;
  console.log("registered", client.client_name, id);
  console.log(
    "to keep: a secret:",
    Boolean(client_secret),
    "a registration token:",
    Boolean(registration_access_token),
  );
  console.log("managed at", new URL(registration_client_uri!).pathname.replace(id, "<client_id>"));

  await oidc.deleteOidcDynamicClient({ id, registrationAccessToken: registration_access_token });
  console.log("deleted it");
} catch (error) {
  if (!isResponseError(error) || error.status !== 404) throw error;
  console.log("Clients may not register themselves on this server: see is-enabled.ts.");
}
