// Deletes a client that registered itself, with its registration access token.
//
//   npx tsx examples/registration/delete.ts
import { isResponseError, OidcApi } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";

const oidc = new OidcApi({ timeout: 10_000, ...configurationFromEnv() });

const { data: client } = await oidc.createOidcDynamicClient({ oAuth2Client: { client_name: "Field app" } });
const mine = { id: client.client_id!, registrationAccessToken: client.registration_access_token };

const { status } = await oidc.deleteOidcDynamicClient(mine);
console.log("deleted", client.client_name, status);

// A client that is gone, one that never was and a wrong token look the same from here: 401.
try {
  await oidc.getOidcDynamicClient(mine);
} catch (error) {
  if (!isResponseError(error) || error.status !== 401) throw error;
  console.log("read it again:", error.status, error.error);
}
