// Retries requests where that is safe, waits as long as a rate limit requires, and prints each attempt.
//
//   npx tsx examples/production/retries.ts
//
// The mock is configured to fail. On a real server, every call should succeed at its first attempt.
import { OAuth2Api, withRetry } from "hydra-sdk";
import { configurationFromEnv, createMockHydra, type Fault } from "hydra-sdk/mock";
import { attempt } from "../support/attempt.ts";
import { cleanUp } from "../support/clean-up.ts";

const { ORY_SDK_URL, HYDRA_PUBLIC_URL } = process.env;
const mock = ORY_SDK_URL || HYDRA_PUBLIC_URL ? undefined : createMockHydra();
const configuration = mock
  ? { basePath: mock.publicUrl, adminBasePath: mock.adminUrl, fetch: mock.fetch }
  : configurationFromEnv();

const oauth2 = new OAuth2Api({
  ...configuration,
  // Covers all attempts together.
  timeout: 60_000,
  fetch: withRetry(configuration.fetch, {
    maxAttempts: 3,
    onAttempt: ({ number, method, url, status, delay }) =>
      console.log(
        `  ${method} ${new URL(url).pathname}: ${status}`,
        delay === undefined ? "" : `retry after attempt ${number}`,
      ),
  }),
});

/** Prints what happens next, and injects the fault into the mock. */
function announce(request: string, fault: Fault, reason: string): void {
  console.log(mock ? `${request}, ${reason}:` : `${request}:`);
  mock?.fail(fault);
}

announce("a read", { status: 503, headers: { "retry-after": "0" } }, "while the server restarts");
const { data: clients } = await oauth2.listOAuth2Clients({ pageSize: 1 });
console.log("read", clients.length, "client(s)");

announce("a write", { status: 429, headers: { "x-ratelimit-reset": "0" } }, "not processed, so it is retried");
const { data: client } = await oauth2.createOAuth2Client({ oAuth2Client: { client_name: "Once" } });
const id = client.client_id!;

try {
  announce("another write", { status: 502 }, "possibly processed, so it is not retried");
  const patch = oauth2.patchOAuth2Client({ id, jsonPatch: [{ op: "replace", path: "/owner", value: "shop" }] });
  if (mock) await attempt("the caller decides", patch);
  else await patch;
} finally {
  await cleanUp(oauth2.deleteOAuth2Client({ id }));
}
