// Signs in on a device without a browser (RFC 8628): it shows a code, the person types it in on their phone.
//
//   npx tsx examples/tokens/device.ts
//
// The example plays the person as well, through the admin API. Where that is refused it gives up and says so.
import {
  deviceAuthorization,
  isAbortError,
  isResponseError,
  isTimeoutError,
  OAuth2Api,
  pollDeviceToken,
} from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { cleanUp } from "../support/clean-up.ts";
import { enterUserCode } from "../support/sign-in.ts";

const configuration = { timeout: 10_000, ...configurationFromEnv() };
const { basePath, fetch } = configuration;
const oauth2 = new OAuth2Api(configuration);

const { data: client } = await oauth2.createOAuth2Client({
  oAuth2Client: {
    client_name: "Television",
    grant_types: ["urn:ietf:params:oauth:grant-type:device_code", "refresh_token"],
    scope: "openid offline_access",
    token_endpoint_auth_method: "none",
  },
});
const clientId = client.client_id!;
const subject = `alice-${crypto.randomUUID()}`;

try {
  const device = await deviceAuthorization({ basePath, fetch, clientId, scope: "openid offline_access" });
  console.log(`Open ${device.verification_uri} and enter ${device.user_code}`);

  // Ctrl+C ends the wait; `expiresIn` ends it when the code is no longer good.
  const wait = new AbortController();
  process.once("SIGINT", () => wait.abort(new Error("Ctrl+C")));
  const waiting = pollDeviceToken({
    basePath,
    fetch,
    clientId,
    deviceCode: device.device_code,
    interval: fetch ? 0.1 : device.interval, // A mock in memory is in no need of a pause.
    expiresIn: device.expires_in,
    signal: wait.signal,
  });
  const person = enterUserCode(configuration, device.user_code, subject).catch((error) => wait.abort(error));
  const [tokens] = await Promise.all([waiting, person]);
  console.log("signed in for", tokens.scope, "with a refresh token:", Boolean(tokens.refresh_token));
} catch (error) {
  if (isTimeoutError(error)) console.log("Nobody came: show a new code.");
  else if (isAbortError(error)) console.log("Given up:", (error.cause as Error).message);
  // RFC 8628 has this; Hydra does not tell a device that its person said no, and lets the code expire.
  else if (isResponseError(error) && error.error === "access_denied") console.log("The person said no.");
  else if (isResponseError(error) && error.status === 404) console.log("This server is older than the device flow.");
  else throw error;
} finally {
  await cleanUp(oauth2.revokeOAuth2LoginSessions({ subject }), oauth2.deleteOAuth2Client({ id: clientId }));
}
