// What a client may not do to itself, and what the server answers when it tries.
//
//   npx tsx examples/registration/limits.ts
import { clientSecretBasic, isResponseError, OAuth2Api, type OAuth2Client, OidcApi } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";

const configuration = { timeout: 10_000, ...configurationFromEnv() };
const oidc = new OidcApi(configuration);
const oauth2 = new OAuth2Api(configuration);

const { data: client } = await oidc.createOidcDynamicClient({ oAuth2Client: { client_name: "Field app" } });
const id = client.client_id!;
const registrationAccessToken = client.registration_access_token;

/** Prints how the server refuses a call. */
async function attempt(what: string, call: Promise<unknown>): Promise<void> {
  try {
    await call;
    console.log(`${what}: accepted`);
  } catch (error) {
    if (!isResponseError(error)) throw error;
    console.log(`${what}: ${error.status} ${error.error}`);
  }
}

try {
  const register = (oAuth2Client: OAuth2Client) => oidc.createOidcDynamicClient({ oAuth2Client });
  await attempt("register with metadata", register({ metadata: { plan: "gold" } }));
  await attempt("register with a secret of one's own", register({ client_secret: "correct horse battery" }));
  await attempt("register with skip_consent", register({ skip_consent: true }));

  const { data: other } = await register({ client_id: "my-own-id" });
  console.log("register with an id of one's own: ignored:", other.client_id !== "my-own-id");
  await oauth2.deleteOAuth2Client({ id: other.client_id! });

  const set = (oAuth2Client: OAuth2Client) => oidc.setOidcDynamicClient({ id, registrationAccessToken, oAuth2Client });
  await attempt("set metadata", set({ metadata: { plan: "gold" } }));
  await attempt("set a secret", set({ client_secret: "correct horse battery" }));

  // The client's own secret is for the token endpoint. It opens none of these calls.
  const headers = new Headers();
  await clientSecretBasic(client.client_secret!)({ issuer: "" }, { client_id: id }, new URLSearchParams(), headers);
  await attempt("read with the client's secret", oidc.getOidcDynamicClient({ id }, { headers }));

  // An administrator's PATCH or PUT kills the registration token, and nothing brings one back.
  await oauth2.patchOAuth2Client({ id, jsonPatch: [{ op: "replace", path: "/owner", value: "support" }] });
  await attempt("read after an administrator's patch", oidc.getOidcDynamicClient({ id, registrationAccessToken }));
} finally {
  await oauth2.deleteOAuth2Client({ id });
  console.log("deleted it");
}
