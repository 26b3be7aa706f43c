// What a client may not do to itself, and what the server answers when it tries.
//
//   npx tsx examples/registration/limits.ts
import { clientSecretBasic, OAuth2Api, type OAuth2Client, OidcApi } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { attempt, endWhereOff } from "../support/attempt.ts";
import { cleanUp } from "../support/clean-up.ts";

const configuration = { timeout: 10_000, ...configurationFromEnv() };
const oidc = new OidcApi(configuration);
const oauth2 = new OAuth2Api(configuration);

const app = { client_name: "Field app" };
const { data: client } = await oidc.createOidcDynamicClient({ oAuth2Client: app }).catch(endWhereOff);
const { client_id: id = "", registration_access_token: registrationAccessToken } = client;

/** Tries to register, and cleans up after a server that lets it. */
async function register(what: string, oAuth2Client: OAuth2Client): Promise<void> {
  const accepted = await attempt(`register with ${what}`, oidc.createOidcDynamicClient({ oAuth2Client }));
  if (accepted) await oauth2.deleteOAuth2Client({ id: accepted.data.client_id! });
}

try {
  await register("metadata", { metadata: { plan: "gold" } });
  await register("a secret of one's own", { client_secret: "correct horse battery" });
  await register("skip_consent", { skip_consent: true });

  const { data: other } = await oidc.createOidcDynamicClient({ oAuth2Client: { client_id: "my-own-id" } });
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
  await cleanUp(oauth2.deleteOAuth2Client({ id }));
}
