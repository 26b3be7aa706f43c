// Shows what a dynamically registered client cannot set or do, and how the server responds.
//
//   npx tsx examples/registration/limits.ts
import { clientSecretBasic, OAuth2Api, type OAuth2Client, OidcApi } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { attempt, exitIfDisabled } from "../support/attempt.ts";
import { cleanUp } from "../support/clean-up.ts";

const configuration = { timeout: 10_000, ...configurationFromEnv() };
const oidc = new OidcApi(configuration);
const oauth2 = new OAuth2Api(configuration);

const app = { client_name: "Field app" };
const { data: client } = await oidc.createOidcDynamicClient({ oAuth2Client: app }).catch(exitIfDisabled);
const { client_id: id = "", registration_access_token: registrationAccessToken } = client;

/** Tries to register a client, and deletes it if the server accepts it. */
async function register(description: string, oAuth2Client: OAuth2Client): Promise<void> {
  const accepted = await attempt(`register with ${description}`, oidc.createOidcDynamicClient({ oAuth2Client }));
  if (accepted) await oauth2.deleteOAuth2Client({ id: accepted.data.client_id! });
}

try {
  await register("metadata", { metadata: { plan: "gold" } });
  await register("its own secret", { client_secret: "correct horse battery" });
  await register("skip_consent", { skip_consent: true });

  const { data: other } = await oidc.createOidcDynamicClient({ oAuth2Client: { client_id: "my-own-id" } });
  console.log("register with its own ID: ignored:", other.client_id !== "my-own-id");
  await oauth2.deleteOAuth2Client({ id: other.client_id! });

  const set = (oAuth2Client: OAuth2Client) => oidc.setOidcDynamicClient({ id, registrationAccessToken, oAuth2Client });
  await attempt("set metadata", set({ metadata: { plan: "gold" } }));
  await attempt("set a secret", set({ client_secret: "correct horse battery" }));

  // The client's secret is only for the token endpoint. The registration endpoint does not accept it.
  const headers = new Headers();
  await clientSecretBasic(client.client_secret!)({ issuer: "" }, { client_id: id }, new URLSearchParams(), headers);
  await attempt("read with the client's secret", oidc.getOidcDynamicClient({ id }, { headers }));

  // An administrator's PATCH or PUT invalidates the registration token. Only a client that is created again gets a new one.
  await oauth2.patchOAuth2Client({ id, jsonPatch: [{ op: "replace", path: "/owner", value: "support" }] });
  await attempt("read after an administrator's patch", oidc.getOidcDynamicClient({ id, registrationAccessToken }));
} finally {
  await cleanUp(oauth2.deleteOAuth2Client({ id }));
}
