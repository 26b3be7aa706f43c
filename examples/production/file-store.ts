// Stores the registration of a client on disk, so that it survives restarts: support/file-store.ts implements the store.
//
//   npx tsx examples/production/file-store.ts
import { readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamicClient, OAuth2Api, OidcApi } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { exitIfDisabled } from "../support/attempt.ts";
import { cleanUp } from "../support/clean-up.ts";
import { fileStore } from "../support/file-store.ts";

const configuration = { timeout: 10_000, ...configurationFromEnv() };
const oauth2 = new OAuth2Api(configuration);
const oidc = new OidcApi(configuration);

// The store creates the folder on its first write.
const folder = join(tmpdir(), `hydra-sdk-example-${crypto.randomUUID()}`);
const store = fileStore(folder);
const { id } = await DynamicClient.register(oidc, { client_name: "Field app" }, { store }).catch(exitIfDisabled);

try {
  const [file] = await readdir(folder);
  const { mode } = await stat(join(folder, file!));
  console.log("stored with mode", (mode & 0o777).toString(8));

  // After a restart, only the id is needed.
  const client = await DynamicClient.open(oidc, { id, store });
  await client.update({ client_name: "Field app 2" });
  console.log("updated to", (await client.get()).data.client_name);

  await client.delete();
  console.log("deleted; files left:", (await readdir(folder)).length);
} finally {
  // Delete as an administrator, because the registration token may have been lost.
  await cleanUp(oauth2.deleteOAuth2Client({ id }), rm(folder, { recursive: true }));
}
