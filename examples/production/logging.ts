// Logs every request and every failure, and no secret.
//
//   npx tsx examples/production/logging.ts
import { inspect } from "node:util";
import { Configuration, type Fetch, isHydraError, isResponseError, OAuth2Api } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";

const log = (entry: object) => console.log(JSON.stringify(entry));

/** A fetch function that logs method, path and status. Queries, headers and bodies may hold secrets: they stay out. */
function logged(fetch: Fetch = globalThis.fetch): Fetch {
  return async (url, init) => {
    const start = performance.now();
    const about = { method: init.method, path: new URL(url).pathname };
    try {
      const response = await fetch(url, init);
      log({ ...about, status: response.status, ...(performance.now() - start > 1_000 && { slow: true }) });
      return response;
    } catch (error) {
      log({ ...about, error: (error as Error).name });
      throw error;
    }
  };
}

// The credentials are made up, but for the API key of an Ory Network that the environment names.
const clientSecret = "not-a-real-secret";
const { accessToken = "not-a-real-token", ...server } = configurationFromEnv();
const configuration = new Configuration({ ...server, accessToken, timeout: 10_000, fetch: logged(server.fetch) });
const oauth2 = new OAuth2Api(configuration);

try {
  await oauth2.oauth2TokenExchange({
    grantType: "client_credentials",
    clientId: crypto.randomUUID(),
    clientSecret,
  });
} catch (error) {
  if (!isHydraError(error)) throw error;
  // What a line of a log needs. errorDescription is for people, `error` and `status` are for alerts.
  log({
    level: "error",
    name: error.name,
    message: error.message,
    ...(isResponseError(error) && { status: error.status, error: error.error }),
  });

  // Logging the whole error, the configuration or the API object by accident shows no credential either.
  const everything = inspect([error, configuration, oauth2], { depth: 9 }) + JSON.stringify([error, configuration]);
  const found = [accessToken, clientSecret].some((secret) => everything.includes(String(secret)));
  console.log("a secret in all that:", found);
}
