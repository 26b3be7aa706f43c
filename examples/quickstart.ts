// Creates, updates and deletes two OAuth 2.0 clients: one as an administrator, one by dynamic registration.
//
//   npm start                                         on an embedded mock of Hydra
//   HYDRA_PUBLIC_URL=… HYDRA_ADMIN_URL=… npm start    on a self-hosted Hydra
//   ORY_SDK_URL=… ORY_API_KEY=… npm start             on Ory Network
import { OAuth2Api, type OAuth2Client, OidcApi } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { exitIfDisabled, reportError } from "./support/attempt.ts";
import { cleanUp } from "./support/clean-up.ts";

const configuration = { timeout: 10_000, ...configurationFromEnv() };
const oauth2 = new OAuth2Api(configuration);
const oidc = new OidcApi(configuration);
const step = (...details: unknown[]) => console.log("•", ...details);

async function manageClient(): Promise<void> {
  // Create. Only this response contains the secret.
  const report: OAuth2Client = { client_name: "Nightly report", grant_types: ["client_credentials"] };
  const oAuth2Client: OAuth2Client = { ...report, token_endpoint_auth_method: "client_secret_post" };
  const { data: client } = await oauth2.createOAuth2Client({ oAuth2Client });
  const id = client.client_id!;
  try {
    step("created", client.client_name, id);
    step("listed", (await oauth2.listOAuth2Clients({ pageSize: 10 })).data.length, "on the first page");

    // Update by get-then-set: a PUT resets omitted fields to their defaults, so send back what was read.
    const { data: current } = await oauth2.getOAuth2Client({ id });
    const oAuth2Client = { ...current, client_name: "Daily report" };
    const { data: renamed } = await oauth2.setOAuth2Client({ id, oAuth2Client });
    step("updated: its name is", renamed.client_name);

    // Patch: change only the given fields.
    const jsonPatch = [{ op: "replace" as const, path: "/owner", value: "reporting" }];
    const { data: patched } = await oauth2.patchOAuth2Client({ id, jsonPatch });
    step("patched: its owner is", patched.owner);
    const credentials = { clientId: id, clientSecret: client.client_secret };
    const { data: token } = await oauth2.oauth2TokenExchange({ grantType: "client_credentials", ...credentials });
    step("got an access token that expires in", token.expires_in, "seconds");
    const { data: introspected } = await oauth2.introspectOAuth2Token({ token: token.access_token! });
    step("introspected it: active is", introspected.active, "and the client is", introspected.client_id);
  } finally {
    await cleanUp(oauth2.deleteOAuth2Client({ id }).then(() => step("deleted", id)));
  }
}

async function register(): Promise<void> {
  // Dynamic registration. Each update returns a new registration access token and invalidates the old one immediately.
  const app: OAuth2Client = { client_name: "Field app", redirect_uris: ["https://app.example.com/callback"] };
  const { data: registered } = await oidc.createOidcDynamicClient({ oAuth2Client: app }).catch(exitIfDisabled);
  const id = registered.client_id!;
  try {
    step("registered", registered.client_name, id);
    const oAuth2Client = { ...registered, client_name: "Field app 2" };
    const { data: updated } = await oidc.setOidcDynamicClient({ id, oAuth2Client });
    const rotated = updated.registration_access_token !== registered.registration_access_token;
    step("updated: its name is", updated.client_name, "and its token", rotated ? "was rotated" : "is unchanged");
    await oidc.deleteOidcDynamicClient({ id, registrationAccessToken: updated.registration_access_token });
    step("deleted", id);
  } finally {
    // Delete as an administrator, because the registration token may have been lost.
    await cleanUp(oauth2.deleteOAuth2Client({ id }));
  }
}

await manageClient().then(register).catch(reportError);
