// Tries again where that can do no harm, waits as long as a rate limit asks, and shows each attempt.
//
//   npx tsx examples/production/retries.ts
//
// The mock is told to fail here; with HYDRA_PUBLIC_URL or ORY_SDK_URL set, calls just go well.
import { isResponseError, OAuth2Api, withRetry } from "hydra-sdk";
import { configurationFromEnv, createMockHydra } from "hydra-sdk/mock";

const { ORY_SDK_URL, HYDRA_PUBLIC_URL } = process.env;
const mock = ORY_SDK_URL || HYDRA_PUBLIC_URL ? undefined : createMockHydra();
const configuration = mock
  ? { basePath: mock.publicUrl, adminBasePath: mock.adminUrl, fetch: mock.fetch }
  : configurationFromEnv();

const oauth2 = new OAuth2Api({
  ...configuration,
  // For all attempts together.
  timeout: 60_000,
  fetch: withRetry(configuration.fetch, {
    maxAttempts: 3,
    onAttempt: ({ number, method, url, status, delay }) =>
      console.log(
        `  ${method} ${new URL(url).pathname}: ${status}`,
        delay === undefined ? "" : `and again (${number})`,
      ),
  }),
});

console.log("a read, while the server restarts:");
mock?.fail({ operation: "listOAuth2Clients", status: 503, headers: { "retry-after": "0" } });
const { data: clients } = await oauth2.listOAuth2Clients({ pageSize: 1 });
console.log("read", clients.length, "of a page");

console.log("a write, beyond the rate limit: it was not carried out, so it is repeated:");
mock?.fail({ operation: "createOAuth2Client", status: 429, headers: { "x-ratelimit-reset": "0" } });
const { data: client } = await oauth2.createOAuth2Client({ oAuth2Client: { client_name: "Once" } });

try {
  console.log("a write that may have been carried out: it is not repeated:");
  mock?.fail({ operation: "rotateOAuth2ClientSecret", status: 502 });
  await oauth2.rotateOAuth2ClientSecret({ id: client.client_id! });
} catch (error) {
  if (!isResponseError(error) || error.status !== 502) throw error;
  console.log("the caller decides:", error.status);
} finally {
  await oauth2.deleteOAuth2Client({ id: client.client_id! });
}
