// Tries again where that can do no harm, waits as long as a rate limit asks, and shows each attempt.
//
//   npx tsx examples/production/retries.ts
//
// The mock is told to fail. A real server is not: there every call should go well at its first attempt.
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

/** Says what is about to happen, and makes it happen to a mock. */
function next(what: string, fault: Fault, why: string): void {
  console.log(mock ? `${what}, ${why}:` : `${what}:`);
  mock?.fail(fault);
}

next("a read", { status: 503, headers: { "retry-after": "0" } }, "while the server restarts");
const { data: clients } = await oauth2.listOAuth2Clients({ pageSize: 1 });
console.log("read", clients.length, "of a page");

next("a write", { status: 429, headers: { "x-ratelimit-reset": "0" } }, "not carried out, so it is repeated");
const { data: client } = await oauth2.createOAuth2Client({ oAuth2Client: { client_name: "Once" } });
const id = client.client_id!;

try {
  next("another write", { status: 502 }, "perhaps carried out, so it is not repeated");
  const patch = oauth2.patchOAuth2Client({ id, jsonPatch: [{ op: "replace", path: "/owner", value: "shop" }] });
  if (mock) await attempt("the caller decides", patch);
  else await patch;
} finally {
  await cleanUp(oauth2.deleteOAuth2Client({ id }));
}
