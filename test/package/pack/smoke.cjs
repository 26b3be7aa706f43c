const assert = require("node:assert/strict");
const sdk = require("hydra-sdk");
const { createMockHydra } = require("hydra-sdk/mock");
const { listen } = require("hydra-sdk/mock/node");
const { version } = require("hydra-sdk/package.json");

assert.match(version, /^\d/);
assert.equal(require("hydra-sdk/browser"), sdk);

async function main() {
  const hydra = createMockHydra();
  const listening = await listen(hydra);
  try {
    const { publicUrl: basePath, adminUrl: adminBasePath } = listening;
    const api = new sdk.OAuth2Api(new sdk.Configuration({ basePath, adminBasePath }));
    const key = await sdk.generateKey("ES256");
    const { data } = await api.createOAuth2Client({
      oAuth2Client: {
        client_name: "smoke",
        grant_types: ["client_credentials"],
        token_endpoint_auth_method: "private_key_jwt",
        token_endpoint_auth_signing_alg: "ES256",
        jwks: await sdk.publicJwks(key),
      },
    });
    const id = data.client_id;
    await sdk.clientCredentials({ basePath, clientId: id, auth: sdk.privateKeyJwt(key) });
    const change = [{ op: "replace", path: "/client_name", value: "smoked" }];
    assert.equal((await sdk.updateOAuth2Client(api, { id }, change)).data.client_name, "smoked");
    await api.deleteOAuth2Client({ id });
    await assert.rejects(api.getOAuth2Client({ id }), sdk.isResponseError);
  } finally {
    await listening.close();
  }
  console.log("works");
}

main();
