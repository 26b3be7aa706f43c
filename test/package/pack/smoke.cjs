const assert = require("node:assert/strict");
const { Configuration, OAuth2Api, isResponseError } = require("hydra-sdk");
const { createMockHydra } = require("hydra-sdk/mock");
const { listen } = require("hydra-sdk/mock/node");

async function main() {
  const hydra = createMockHydra();
  const listening = await listen(hydra);
  try {
    const { publicUrl: basePath, adminUrl: adminBasePath } = listening;
    const api = new OAuth2Api(new Configuration({ basePath, adminBasePath }));
    const { data } = await api.createOAuth2Client({ oAuth2Client: { client_name: "smoke" } });
    await api.deleteOAuth2Client({ id: data.client_id });
    await assert.rejects(api.getOAuth2Client({ id: data.client_id }), isResponseError);
  } finally {
    await listening.close();
  }
  console.log("works");
}

main();
