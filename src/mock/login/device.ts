import type { Context, Exchange, Routes } from "../context.ts";
import { decodeBody, urlencodedBody } from "../http/body.ts";
import { object, text } from "../http/decode.ts";
import { invalidRequest, OAuthError, withOAuthErrors } from "../http/oauth-error.ts";
import { requireParameters } from "../http/parameters.ts";
import { json, oauthJson, redirect } from "../http/reply.ts";
import { wholeSeconds } from "../http/time.ts";
import { withQuery } from "../http/url.ts";
import type { Flow } from "../state/flow-state.ts";
import { requestedAudience as audienceOf, checkClientAudience } from "../tokens/audience.ts";
import { authenticateClient, requireClient } from "../tokens/client-authentication.ts";
import { DEVICE_CODE_GRANT, mayUseGrantType } from "../tokens/grants/grant-type.ts";
import { checkClientScope, requestedScope as scopeOf } from "../tokens/scope.ts";
import { checkCsrf, csrfCookie } from "./browser.ts";
import {
  createChallenge,
  createVerifier,
  newRequestId,
  requestOfChallenge,
  requireChallenge,
  requireVerified,
  storedUntil,
} from "./challenges.ts";
import { grantOf, proceed } from "./flows.ts";

/** Seconds that a device waits between two polls. */
const POLL_INTERVAL = 5;
/** Upper and lower case differ; letters and digits that look alike are missing. */
const USER_CODE_ALPHABET = "abcdefghijkmnpqrstuvwxyzACDEFGHJKLMNPQRTUVWXY34679";
const USER_CODE_LENGTH = 8;

const decodeUserCode = object({ user_code: text });

/** The device authorization grant, RFC 8628, up to the token endpoint. */
export function deviceRoutes(routes: Routes, context: Context): void {
  if (!context.has("deviceFlow")) return;
  routes.public.post("/oauth2/device/auth", (c) => withOAuthErrors(() => authorizeDevice(context, c)));
  routes.public.get("/oauth2/device/verify", (c) => verifyUserCode(context, c));
  routes.admin.put("/admin/oauth2/auth/requests/device/accept", (c) => acceptUserCode(context, c));
}

/** The device authorization endpoint, RFC 8628 section 3.1. */
async function authorizeDevice(context: Context, c: Exchange): Promise<Response> {
  const form = requireParameters(urlencodedBody(c));
  const { client } = await authenticateClient(context, c, form);
  const { client_id: clientId } = client;
  if (form.get("client_id") !== clientId) {
    throw new OAuthError("invalid_request", "The 'client_id' must be the one of the client authentication.");
  }
  if (!mayUseGrantType(client, DEVICE_CODE_GRANT)) {
    throw new OAuthError("invalid_grant", `The client is not allowed to use the grant type '${DEVICE_CODE_GRANT}'.`);
  }
  const requestedScope = scopeOf(form);
  const requestedAudience = audienceOf(form);
  checkClientScope(client, requestedScope);
  checkClientAudience(client, requestedAudience);
  const deviceCode = context.random.opaque("dc");
  const userCode = context.random.pick(USER_CODE_ALPHABET, USER_CODE_LENGTH);
  const endsAt = context.now() + context.ttl.deviceUserCode;
  context.state.devices.set(deviceCode, {
    clientId,
    userCode,
    endsAt,
    // An expired code stays known for as long again, so that a late poll learns why it fails.
    expiresAt: endsAt + context.ttl.deviceUserCode,
    requestedScope,
    requestedAudience,
    state: "pending",
  });
  context.state.userCodes.set(userCode, { deviceCode, expiresAt: endsAt });
  return oauthJson({
    device_code: deviceCode,
    user_code: userCode,
    verification_uri: verificationUri(context),
    verification_uri_complete: withQuery(verificationUri(context), { user_code: userCode }),
    expires_in: context.ttl.deviceUserCode / 1000,
    interval: POLL_INTERVAL,
    // The server has this member in every answer.
    Header: null,
  });
}

/** The verification endpoint: the person comes here first, and again after each step. */
async function verifyUserCode(context: Context, c: Exchange): Promise<Response> {
  const parameters = new URL(c.req.url).searchParams;
  const deviceVerifier = parameters.get("device_verifier");
  const isLaterStep = parameters.get("login_verifier") || parameters.get("consent_verifier");
  if (!deviceVerifier && !isLaterStep) return requestUserCode(context, c, parameters);
  const flow = deviceVerifier && !isLaterStep ? requireVerified(context, "device", deviceVerifier) : undefined;
  if (flow) checkCsrf(c, "device", undefined, flow.csrf);
  const client = requireClient(context, parameters.get("client_id") ?? "");
  const step = await proceed(context, c, {
    client,
    parameters,
    requestUrl: flow?.requestUrl ?? "",
    scope: flow?.requestedScope ?? [],
    audience: flow?.requestedAudience ?? [],
    ...(flow && { device: flow }),
  });
  if (step instanceof Response) return step;
  const device = context.state.devices.get(step.deviceCode ?? "");
  if (!device) throw new OAuthError("not_found", "The device code has expired.", 404);
  device.state = await grantOf(step, client, parameters);
  const successPage = new URL("success", context.urls.device).href;
  return redirect(c, withQuery(successPage, { client_id: client.client.client_id }));
}

/** Sends the browser to the page on which the person enters, or confirms, the user code. */
function requestUserCode(context: Context, c: Exchange, parameters: URLSearchParams): Response {
  const userCode = parameters.get("user_code");
  const requestedAt = wholeSeconds(context.now());
  const flow: Flow = {
    id: "",
    expiresAt: storedUntil(context, requestedAt),
    requestedAt,
    // The user code is a secret of the device: it does not travel on.
    requestUrl: withQuery(verificationUri(context), {
      ...Object.fromEntries(parameters),
      ...(userCode !== null && { user_code: "****" }),
    }),
    clientId: "",
    requestedScope: [],
    requestedAudience: [],
    oidcContext: null,
    csrf: newRequestId(context),
    loginSessionId: "",
    loginSkip: false,
    subject: "",
    authenticatedAt: 0,
    context: null,
    consentRequestId: "",
    consentSkip: false,
  };
  const device_challenge = createChallenge(context, "device", flow);
  const location = withQuery(context.urls.device, {
    device_challenge,
    ...(userCode !== null && { user_code: userCode }),
  });
  return redirect(c, location, [csrfCookie(context, "device", undefined, flow.csrf)]);
}

/** The admin API: ties a flow to the device whose user code the person has entered. */
function acceptUserCode(context: Context, c: Exchange): Response {
  const challenge = requireChallenge(c, "device");
  const { user_code: userCode } = decodeBody(c, decodeUserCode, invalidRequest);
  if (userCode === "") throw new OAuthError("invalid_request", "The field 'user_code' must not be empty.");
  const flow = requestOfChallenge(context, "device", challenge);
  const { deviceCode = "" } = context.state.userCodes.get(userCode) ?? {};
  const device = context.state.devices.get(deviceCode);
  const client = context.state.clients.get(device?.clientId ?? "")?.client;
  if (device?.state !== "pending" || !client) {
    throw new OAuthError("invalid_request", "The user code is unknown, was used before or has expired.");
  }
  const { clientId, requestedScope, requestedAudience } = device;
  const requestUrl = withQuery(flow.requestUrl, { client_id: clientId });
  const accepted = { ...flow, requestUrl, deviceCode, clientId, client, requestedScope, requestedAudience };
  const device_verifier = createVerifier(context, "device", accepted);
  return json({ redirect_to: withQuery(requestUrl, { device_verifier }) });
}

function verificationUri(context: Context): string {
  return `${context.publicUrl}/oauth2/device/verify`;
}
