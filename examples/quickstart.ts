// The life of two OAuth 2.0 clients: one that an administrator creates, and one that registers itself.
//
//   npm start                                         on an embedded mock of Hydra
//   HYDRA_PUBLIC_URL=… HYDRA_ADMIN_URL=… npm start    on a self-hosted Hydra
//   ORY_SDK_URL=… ORY_API_KEY=… npm start             on Ory Network
import { Configuration, isResponseError, OAuth2Api, OidcApi } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";

const configuration = new Configuration({ timeout: 10_000, ...configurationFromEnv() });
const oauth2 = new OAuth2Api(configuration);
const oidc = new OidcApi(configuration);

const step = (what: string, ...seen: unknown[]) => console.log(`• ${what}`, ...seen);

// Create. The secret is in this answer and never again.
const { data: client } = await oauth2.createOAuth2Client({
  oAuth2Client: {
    client_name: "Nightly report",
    grant_types: ["client_credentials"],
    scope: "report.read report.write",
    token_endpoint_auth_method: "client_secret_post",
  },
});
const id = client.client_id!;
step("created", client.client_name, id);

try {
  const { data: page, headers } = await oauth2.listOAuth2Clients({ pageSize: 10 });
  step(
    "listed",
    page.length,
    headers.link?.includes('rel="next"') ? "clients, and there are more" : "clients, all there are",
  );

  // Update by get-then-set: what a PUT leaves out goes back to its default, so send back what was read.
  const { data: current } = await oauth2.getOAuth2Client({ id });
  const { data: renamed } = await oauth2.setOAuth2Client({
    id,
    oAuth2Client: { ...current, client_name: "Daily report" },
  });
  step("updated: its name is", renamed.client_name);

  // Patch: change only what is named.
  const { data: patched } = await oauth2.patchOAuth2Client({
    id,
    jsonPatch: [{ op: "replace", path: "/owner", value: "reporting" }],
  });
  step("patched: its owner is", patched.owner);

  const { data: token } = await oauth2.oauth2TokenExchange({
    grantType: "client_credentials",
    clientId: id,
    clientSecret: client.client_secret,
    scope: "report.read",
  });
  step("got an access token for", token.scope, "that lives", token.expires_in, "seconds");

  const { data: introspected } = await oauth2.introspectOAuth2Token({ token: token.access_token! });
  step("introspected it: active is", introspected.active, "and the client is", introspected.client_id);
} finally {
  await oauth2.deleteOAuth2Client({ id });
  step("deleted", id);
}

// Dynamic registration. Each update brings a new registration access token, and the old one is dead at once.
try {
  const { data: registered } = await oidc.createOidcDynamicClient({
    oAuth2Client: { client_name: "Field app", redirect_uris: ["https://app.example.com/callback"] },
  });
  step("registered", registered.client_name, registered.client_id);

  const { data: updated } = await oidc.setOidcDynamicClient({
    id: registered.client_id!,
    oAuth2Client: { ...registered, client_name: "Field app 2" },
  });
  const rotated = updated.registration_access_token !== registered.registration_access_token;
  step("updated: its name is", updated.client_name, "and its registration token", rotated ? "was rotated" : "stayed");

  await oidc.deleteOidcDynamicClient({
    id: registered.client_id!,
    registrationAccessToken: updated.registration_access_token,
  });
  step("deleted", registered.client_id);
} catch (error) {
  // A server answers 404 while its dynamic registration is switched off.
  if (!isResponseError(error) || error.status !== 404) throw error;
  step("dynamic registration is switched off on this server:", error.message);
}
