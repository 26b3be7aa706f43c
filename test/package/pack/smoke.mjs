import { strict as assert } from "node:assert";
import * as sdk from "hydra-sdk";
import * as browser from "hydra-sdk/browser";
import { createMockHydra } from "hydra-sdk/mock";
import { listen } from "hydra-sdk/mock/node";
import packageJson from "hydra-sdk/package.json" with { type: "json" };

assert.equal(packageJson.name, "hydra-sdk");
assert.deepEqual(Object.keys(browser), Object.keys(sdk));

const hydra = createMockHydra();
const { data } = await new sdk.OAuth2Api(
  new sdk.Configuration({ basePath: hydra.publicUrl, adminBasePath: hydra.adminUrl, fetch: hydra.fetch }),
).createOAuth2Client({ oAuth2Client: { client_name: "smoke" } });

// One mock serves both entries: a client created through one is found through the other.
const listening = await listen(hydra);
try {
  const { publicUrl: basePath, adminUrl: adminBasePath } = listening;
  const configuration = new browser.Configuration({ basePath, adminBasePath });
  const read = await new browser.OAuth2Api(configuration).getOAuth2Client({ id: data.client_id });
  assert.equal(read.data.client_name, "smoke");
} finally {
  await listening.close();
}
console.log("works");
