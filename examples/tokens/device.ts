// Signs in on a device without a browser (RFC 8628): it shows a code, the person types it in on their phone.
//
//   npx tsx examples/tokens/device.ts
//
// On the mock the example plays the person as well. On a real server open the page that is printed within 15 minutes.
import {
  deviceAuthorization,
  isAbortError,
  isResponseError,
  isTimeoutError,
  OAuth2Api,
  pollDeviceToken,
} from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
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

try {
  const device = await deviceAuthorization({ basePath, fetch, clientId, scope: "openid offline_access" });
  console.log(`Open ${device.verification_uri} and enter ${device.user_code}`);

  // Ctrl+C ends the wait; `expiresIn` ends it when the code is no longer good.
  const abort = new AbortController();
  process.once("SIGINT", () => abort.abort());
  const isMock = fetch !== undefined;
  const waiting = pollDeviceToken({
    basePath,
    fetch,
    clientId,
    deviceCode: device.device_code,
    interval: isMock ? 0.1 : device.interval,
    expiresIn: device.expires_in,
    signal: abort.signal,
  });
  const [tokens] = await Promise.all([waiting, isMock && enterUserCode(configuration, device.user_code, "alice")]);
  console.log("signed in for", tokens.scope, "with a refresh token:", Boolean(tokens.refresh_token));
} catch (error) {
  if (isTimeoutError(error)) console.log("Nobody came: show a new code.");
  else if (isResponseError(error) && error.error === "access_denied") console.log("The person said no.");
  else if (isAbortError(error)) console.log("Given up.");
  else throw error;
} finally {
  await oauth2.deleteOAuth2Client({ id: clientId });
}
