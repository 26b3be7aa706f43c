// Shows common mistakes with plain requests and @ory/client: how the server responds, and what hydra-sdk does instead.
//
//   npx tsx examples/from-other-clients/mistakes.ts
//
// Runs only on a mock, because one of the mistakes deletes a key set.
//
// Also needs: npm install @ory/client
import * as ory from "@ory/client";
import { clientCredentials, clientSecretBasic, generateKey, isHydraError, JwkApi, OAuth2Api } from "hydra-sdk";
import { listen } from "hydra-sdk/mock/node";

const { publicUrl: basePath, adminUrl: adminBasePath, mock, close } = await listen();
const theirs = new ory.Configuration({ basePath: adminBasePath });
const oauth2 = new OAuth2Api({ basePath, adminBasePath });
const jwk = new JwkApi({ basePath, adminBasePath });

const secret = "100% sure + some";
const { client_id: id } = mock.addClient({ client_secret: secret, grant_types: ["client_credentials"] });
const auth = clientSecretBasic(secret);
const rawBasic = { authorization: `Basic ${btoa(`${id}:${secret}`)}` };
const form = new URLSearchParams({ grant_type: "client_credentials" });
const jsonPatch = [{ op: "replace" as const, path: "owner", value: "shop" }];
const jwks = { keys: [{ use: "sig", ...(await generateKey("ES256")) }] };
const wholeSet = { set: "invoices", kid: "" };

type Call = () => Promise<{ status?: number }>;
/** Describes the outcome of a call. */
async function outcome(call: Call): Promise<string | number> {
  try {
    return (await call()).status ?? 200;
  } catch (error) {
    if (isHydraError(error)) return `${error.name}: ${error.message}`;
    const { response } = error as { response?: { status: number } };
    if (response) return response.status;
    throw error;
  }
}

async function compare(mistake: string, usual: Call, ours: () => Promise<object>): Promise<void> {
  console.log(`${mistake}\n  usually:   ${await outcome(usual)}\n  hydra-sdk: ${await outcome(ours)}`);
}

try {
  const admin = () => fetch(`${basePath}/admin/clients`, { method: "POST", body: "{}" });
  await compare("calling the admin API on the public listener", admin, () =>
    oauth2.createOAuth2Client({ oAuth2Client: {} }),
  );

  const token = () => fetch(`${basePath}/oauth2/token`, { method: "POST", headers: rawBasic, body: form });
  await compare("a secret with % and + in a Basic header", token, () =>
    clientCredentials({ basePath, clientId: id, auth }),
  );

  const patch = () => new ory.OAuth2Api(theirs).patchOAuth2Client({ id, jsonPatch });
  await compare("a JSON Patch path without a leading slash", patch, () => oauth2.patchOAuth2Client({ id, jsonPatch }));

  const create = () => new ory.OAuth2Api(theirs).createOAuth2Client({ oAuth2Client: { jwks } });
  await compare("a private key where a public key belongs", create, () =>
    oauth2.createOAuth2Client({ oAuth2Client: { jwks } }),
  );

  await jwk.createJsonWebKeySet({ set: "invoices", createJsonWebKeySet: { alg: "ES256" } });
  const remove = () => new ory.JwkApi(theirs).deleteJsonWebKey(wholeSet);
  await compare("an empty kid: the entire key set is deleted", remove, () => jwk.deleteJsonWebKey(wholeSet));
} finally {
  await close();
}
