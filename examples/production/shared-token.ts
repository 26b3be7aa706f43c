// Shares one access token between all processes of a service through Redis, so that a new process need not request one.
//
//   REDIS_URL=redis://127.0.0.1:6379 npx tsx examples/production/shared-token.ts
//
// Without REDIS_URL, the store is in memory. The store contains tokens: protect it like your secrets.
//
// Also needs: npm install @keyv/redis keyv
import { clientCredentials, clientSecretBasic, OAuth2Api, tokenSource } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import Keyv from "keyv";
import { cleanUp } from "../support/clean-up.ts";

const configuration = { timeout: 10_000, ...configurationFromEnv() };
const { basePath, fetch } = configuration;
const oauth2 = new OAuth2Api(configuration);

const { REDIS_URL } = process.env;
const redis = REDIS_URL ? new (await import("@keyv/redis")).default(REDIS_URL) : undefined;
const store = new Keyv(redis ? { store: redis } : {});
// If the store fails, the source requests a token from the server instead.
store.on("error", (error: Error) => console.error("Store error:", error.message));

const { data: client } = await oauth2.createOAuth2Client({
  oAuth2Client: { grant_types: ["client_credentials"], scope: "orders.read" },
});
const clientId = client.client_id!;
const auth = clientSecretBasic(client.client_secret!);

let fetched = 0;
/** Creates the token source of one process. Other scopes or audiences need another key. */
const startProcess = () =>
  tokenSource(
    () => {
      fetched += 1;
      return clientCredentials({ basePath, fetch, clientId, auth, scope: "orders.read" });
    },
    { store, key: `token:${clientId}:orders.read` },
  );

try {
  const processes = [startProcess(), startProcess(), startProcess()];
  const tokens: string[] = [];
  for (const accessToken of processes) tokens.push(await accessToken());
  console.log(processes.length, "processes,", new Set(tokens).size, "token, fetched", fetched, "time");
} finally {
  // A failing store must not keep the client from being deleted.
  const tokenDeleted = store.delete(`token:${clientId}:orders.read`).finally(() => store.disconnect());
  await cleanUp(tokenDeleted, oauth2.deleteOAuth2Client({ id: clientId }));
}
