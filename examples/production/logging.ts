// Logs every request and every failure without revealing secrets.
//
//   npx tsx examples/production/logging.ts
import { inspect } from "node:util";
import { Configuration, type Fetch, isHydraError, isResponseError, OAuth2Api } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";

const log = (entry: object) => console.log(JSON.stringify(entry));

/** Returns a fetch function that logs method, path and status. It omits query, headers and body: they may contain secrets. */
function withLogging(fetch: Fetch = globalThis.fetch): Fetch {
  return async (url, init) => {
    const start = performance.now();
    const request = { method: init.method, path: new URL(url).pathname };
    try {
      const response = await fetch(url, init);
      log({ ...request, status: response.status, ...(performance.now() - start > 1_000 && { slow: true }) });
      return response;
    } catch (error) {
      log({ ...request, error: (error as Error).name });
      throw error;
    }
  };
}

// The credentials are made up, except for the API key if the environment names an Ory Network project.
const clientSecret = "not-a-real-secret";
const { accessToken = "not-a-real-token", ...server } = configurationFromEnv();
const configuration = new Configuration({ ...server, accessToken, timeout: 10_000, fetch: withLogging(server.fetch) });
const oauth2 = new OAuth2Api(configuration);

try {
  await oauth2.oauth2TokenExchange({
    grantType: "client_credentials",
    clientId: crypto.randomUUID(),
    clientSecret,
  });
} catch (error) {
  if (!isHydraError(error)) throw error;
  // The fields that a log entry needs. `errorDescription` is for people, `error` and `status` are for alerts.
  log({
    level: "error",
    name: error.name,
    message: error.message,
    ...(isResponseError(error) && { status: error.status, error: error.error }),
  });

  // Logging the entire error, the configuration or the API object by accident does not reveal credentials either.
  const everything = inspect([error, configuration, oauth2], { depth: 9 }) + JSON.stringify([error, configuration]);
  const revealed = [accessToken, clientSecret].some((secret) => everything.includes(String(secret)));
  console.log("reveals a secret:", revealed);
}
