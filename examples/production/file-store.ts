// Keeps the registration of a client on disk, over restarts of the process: support/file-store.ts is the store.
//
//   npx tsx examples/production/file-store.ts
import { readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamicClient, OAuth2Api, OidcApi } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { endWhereOff } from "../support/attempt.ts";
import { cleanUp } from "../support/clean-up.ts";
import { fileStore } from "../support/file-store.ts";

const configuration = { timeout: 10_000, ...configurationFromEnv() };
const oauth2 = new OAuth2Api(configuration);
const oidc = new OidcApi(configuration);

// Made when the store has something to keep.
const folder = join(tmpdir(), `hydra-sdk-example-${crypto.randomUUID()}`);
const store = fileStore(folder);
const { id } = await DynamicClient.register(oidc, { client_name: "Field app" }, { store }).catch(endWhereOff);

try {
  const [file] = await readdir(folder);
  const { mode } = await stat(join(folder, file!));
  console.log("kept with mode", (mode & 0o777).toString(8));

  // After a restart, by the id alone.
  const client = await DynamicClient.open(oidc, { id, store });
  await client.update({ client_name: "Field app 2" });
  console.log("updated to", (await client.get()).data.client_name);

  await client.delete();
  console.log("deleted; files left:", (await readdir(folder)).length);
} finally {
  // As an administrator, who needs no token: it may have been lost on its way.
  await cleanUp(oauth2.deleteOAuth2Client({ id }), rm(folder, { recursive: true }));
}
