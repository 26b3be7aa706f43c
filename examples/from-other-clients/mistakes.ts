// The usual mistakes of hand-written requests and of @ory/client: what the server answers, and what hydra-sdk does instead.
//
//   npx tsx examples/from-other-clients/mistakes.ts
//
// On a mock alone, for one of them deletes a key set.
import * as ory from "@ory/client";
import { clientCredentials, clientSecretBasic, generateKey, isHydraError, JwkApi, OAuth2Api } from "hydra-sdk";
import { listen } from "hydra-sdk/mock/node";

const { publicUrl, adminUrl, mock, close } = await listen();
const configuration = { basePath: publicUrl, adminBasePath: adminUrl };
const theirs = new ory.Configuration({ basePath: adminUrl });
const oauth2 = new OAuth2Api(configuration);
const jwk = new JwkApi(configuration);

const secret = "100% sure + some";
const { client_id: id } = mock.addClient({ client_secret: secret, grant_types: ["client_credentials"] });
const jsonPatch = [{ op: "replace" as const, path: "owner", value: "shop" }];
const jwks = { keys: [{ use: "sig", ...(await generateKey("ES256")) }] };
await jwk.createJsonWebKeySet({ set: "invoices", createJsonWebKeySet: { alg: "ES256" } });

const post = (url: string, headers: Record<string, string>, body: string) =>
  fetch(url, { method: "POST", headers, body });

const mistakes: [what: string, usual: () => Promise<{ status: number }>, ours: () => Promise<unknown>][] = [
  [
    "the admin API, asked at the public listener",
    () => post(`${publicUrl}/admin/clients`, { "content-type": "application/json" }, "{}"),
    () => oauth2.createOAuth2Client({ oAuth2Client: {} }),
  ],
  [
    "a secret with % and + put into a Basic header as it is",
    () => {
      const headers = {
        "content-type": "application/x-www-form-urlencoded",
        authorization: `Basic ${btoa(`${id}:${secret}`)}`,
      };
      return post(`${publicUrl}/oauth2/token`, headers, "grant_type=client_credentials");
    },
    () => clientCredentials({ basePath: publicUrl, clientId: id, auth: clientSecretBasic(secret) }),
  ],
  [
    "a JSON Patch whose path has no slash",
    () => new ory.OAuth2Api(theirs).patchOAuth2Client({ id, jsonPatch }),
    () => oauth2.patchOAuth2Client({ id, jsonPatch }),
  ],
  [
    "a private key registered where the public one belongs",
    () => new ory.OAuth2Api(theirs).createOAuth2Client({ oAuth2Client: { jwks } }),
    () => oauth2.createOAuth2Client({ oAuth2Client: { jwks } }),
  ],
  [
    "a kid that is empty: the whole key set is deleted",
    () => new ory.JwkApi(theirs).deleteJsonWebKey({ set: "invoices", kid: "" }),
    () => jwk.deleteJsonWebKey({ set: "invoices", kid: "" }),
  ],
];

/** How a call ends, in a few words. */
async function end(call: () => Promise<unknown>): Promise<string | number> {
  try {
    return ((await call()) as { status?: number }).status ?? 200;
  } catch (error) {
    if (isHydraError(error)) return `${error.name}: ${error.message}`;
    if ((error as { response?: Response }).response) return (error as { response: Response }).response.status;
    throw error;
  }
}

try {
  for (const [what, usual, ours] of mistakes) {
    console.log(what);
    console.log("  usually:  ", await end(usual));
    console.log("  hydra-sdk:", await end(ours));
  }
} finally {
  await close();
}
