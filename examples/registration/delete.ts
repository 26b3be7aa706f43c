// Deletes a dynamically registered client with its registration access token.
//
//   npx tsx examples/registration/delete.ts
import { OidcApi } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { attempt, exitIfDisabled } from "../support/attempt.ts";

const oidc = new OidcApi({ timeout: 10_000, ...configurationFromEnv() });

const app = { client_name: "Field app" };
const { data: client } = await oidc.createOidcDynamicClient({ oAuth2Client: app }).catch(exitIfDisabled);
const credentials = { id: client.client_id!, registrationAccessToken: client.registration_access_token };

const { status } = await oidc.deleteOidcDynamicClient(credentials);
console.log("deleted", client.client_name, status);

// The server returns 401 for a deleted client, an unknown client and a wrong token alike.
await attempt("read it again", oidc.getOidcDynamicClient(credentials));
