// Signs in on a device without a browser (RFC 8628): it shows a code, and the user enters it on their phone.
//
//   npx tsx examples/tokens/device.ts
//
// The example also acts as the user, through the admin API. If that fails, it stops waiting and prints the reason.
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

  // Ctrl+C stops the wait; `expiresIn` stops it when the code expires.
  const controller = new AbortController();
  process.once("SIGINT", () => controller.abort(new Error("Ctrl+C")));
  const tokensPromise = pollDeviceToken({
    basePath,
    fetch,
    clientId,
    deviceCode: device.device_code,
    interval: fetch ? 0.1 : device.interval, // An in-memory mock does not need a pause.
    expiresIn: device.expires_in,
    signal: controller.signal,
  });
  const userAction = enterUserCode(configuration, device.user_code, subject).catch((error) => controller.abort(error));
  const [tokens] = await Promise.all([tokensPromise, userAction]);
  console.log("signed in for", tokens.scope, "with a refresh token:", Boolean(tokens.refresh_token));
} catch (error) {
  if (isTimeoutError(error)) console.log("The code expired: show a new one.");
  else if (isAbortError(error)) console.log("Stopped waiting:", (error.cause as Error).message);
  // RFC 8628 defines this error. Hydra does not send it: if the user denies access, the code expires.
  else if (isResponseError(error) && error.error === "access_denied") console.log("The user denied access.");
  else if (isResponseError(error) && error.status === 404)
    console.log("This server does not support the device flow: upgrade it.");
  else throw error;
} finally {
  await cleanUp(oauth2.revokeOAuth2LoginSessions({ subject }), oauth2.deleteOAuth2Client({ id: clientId }));
}
