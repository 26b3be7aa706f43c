// Deletes a client that registered itself, with its registration access token.
//
//   npx tsx examples/registration/delete.ts
import { OidcApi } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { attempt, endWhereOff } from "../support/attempt.ts";

const oidc = new OidcApi({ timeout: 10_000, ...configurationFromEnv() });

const app = { client_name: "Field app" };
const { data: client } = await oidc.createOidcDynamicClient({ oAuth2Client: app }).catch(endWhereOff);
const mine = { id: client.client_id!, registrationAccessToken: client.registration_access_token };

const { status } = await oidc.deleteOidcDynamicClient(mine);
console.log("deleted", client.client_name, status);

// A client that is gone, one that never was and a wrong token look the same from here: 401.
await attempt("read it again", oidc.getOidcDynamicClient(mine));
