import type { Context, Routes } from "../context.ts";
import { formBody } from "../http/body.ts";
import { field, flowBody, isText } from "../http/fields.ts";
import { OAuthError } from "../http/oauth-error.ts";
import { json, oauthJson } from "../http/reply.ts";
import type { Flow } from "../state/flow-state.ts";
import { authenticateClient } from "../tokens/client-authentication.ts";
import { DEVICE_CODE, oauthAnswer, required } from "../tokens/endpoint.ts";
import { seconds } from "../tokens/issue.ts";
import { audiences, checkAudience, checkScope, scopes, words } from "../tokens/scope.ts";
import { checkCsrf, csrfCookie, FLOW_LIFESPAN, forward } from "./browser.ts";
import { challengeOf, grantOf, opened, proceed, requestId, seal, verified, withQuery } from "./flows.ts";

const CODE_LIFESPAN = 15 * 60_000;
/** Seconds that a device waits between two polls. */
const INTERVAL = 5;
/** Letters and digits that cannot be taken for one another. */
const USER_CODE_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/** The device authorization grant, RFC 8628, up to the token endpoint. */
export function deviceRoutes(routes: Routes, context: Context): void {
  const verification = (): string => `${context.publicUrl}/oauth2/device/verify`;

  routes.public.post("/oauth2/device/auth", (c) =>
    oauthAnswer(async () => {
      const form = required(formBody(c));
      const { client } = await authenticateClient(context, c, form);
      const { client_id: clientId } = client;
      if (form.get("client_id") !== clientId)
        throw new OAuthError("invalid_request", "The 'client_id' does not match.");
      if (!client.grant_types?.includes(DEVICE_CODE)) {
        throw new OAuthError("invalid_grant", `The client is not allowed to use the grant type '${DEVICE_CODE}'.`);
      }
      const [requestedScope, requestedAudience] = [scopes(form), audiences(form)];
      checkScope(words(client.scope), requestedScope);
      checkAudience(client.audience ?? [], requestedAudience);
      const deviceCode = context.random.opaque("dc");
      const userCode = context.random.pick(USER_CODE_ALPHABET, 8);
      const endsAt = context.now() + CODE_LIFESPAN;
      // A code that has expired stays known as long again, so that a late poll learns why it fails.
      const expiresAt = endsAt + CODE_LIFESPAN;
      context.state.devices.set(deviceCode, {
        clientId,
        userCode,
        endsAt,
        expiresAt,
        requestedScope,
        requestedAudience,
        state: "pending",
      });
      context.state.userCodes.set(userCode, { deviceCode, expiresAt: endsAt });
      return oauthJson({
        device_code: deviceCode,
        user_code: userCode,
        verification_uri: verification(),
        verification_uri_complete: withQuery(verification(), { user_code: userCode }),
        expires_in: CODE_LIFESPAN / 1000,
        interval: INTERVAL,
        // The server has this member in every answer.
        Header: null,
      });
    }),
  );

  routes.public.get("/oauth2/device/verify", async (c) => {
    const parameters = new URL(c.req.url).searchParams;
    const deviceVerifier = parameters.get("device_verifier");
    const isLater = parameters.get("login_verifier") || parameters.get("consent_verifier");
    if (!deviceVerifier && !isLater) return toUserCode(context, parameters, verification());
    const device = deviceVerifier && !isLater ? verified(context, "device_verifier", deviceVerifier) : undefined;
    if (device) checkCsrf(c, "device", undefined, device.csrf);
    const client = context.state.clients.get(parameters.get("client_id") ?? "");
    if (!client) throw new OAuthError("invalid_client", "The query parameter 'client_id' is missing or unknown.");
    const step = await proceed(context, c, {
      client,
      parameters,
      requestUrl: device?.requestUrl ?? "",
      scope: device?.requestedScope ?? [],
      audience: device?.requestedAudience ?? [],
      ...(device && { device }),
    });
    if (step instanceof Response) return step;
    const waiting = context.state.devices.get(step.deviceCode ?? "");
    if (!waiting) throw new OAuthError("not_found", "The device does not wait any more.", 404);
    waiting.state = await grantOf(step, client, parameters);
    const done = new URL("success", context.urls.device).href;
    return forward(withQuery(done, { client_id: client.client.client_id }), []);
  });

  routes.admin.put("/admin/oauth2/auth/requests/device/accept", (c) => {
    const challenge = challengeOf(c, "device");
    const userCode = field(flowBody(c), "user_code", isText, "");
    if (userCode === "") throw new OAuthError("invalid_request", "The field 'user_code' must not be empty.");
    const flow = opened(context, "device_challenge", challenge);
    const { deviceCode = "" } = context.state.userCodes.get(userCode) ?? {};
    const device = context.state.devices.get(deviceCode);
    const client = context.state.clients.get(device?.clientId ?? "")?.client;
    if (device?.state !== "pending" || !client) {
      throw new OAuthError("invalid_request", "The user code is unknown, was used before or has expired.");
    }
    const { clientId, requestedScope, requestedAudience } = device;
    const requestUrl = withQuery(flow.requestUrl, { client_id: clientId });
    const accepted = { ...flow, requestUrl, deviceCode, clientId, client, requestedScope, requestedAudience };
    const device_verifier = seal(context, "device_verifier", accepted);
    return json({ redirect_to: withQuery(requestUrl, { device_verifier }) });
  });
}

/** Sends a person to the page on which they enter, or confirm, what their device shows. */
function toUserCode(context: Context, parameters: URLSearchParams, verification: string): Response {
  const userCode = parameters.get("user_code");
  const requested = Object.fromEntries(parameters);
  const requestedAt = seconds(context.now()) * 1000;
  const flow: Flow = {
    id: "",
    expiresAt: requestedAt + 2 * FLOW_LIFESPAN,
    requestedAt,
    // The user code is a secret of the device's, which does not need to travel on.
    requestUrl: withQuery(verification, { ...requested, ...(userCode !== null && { user_code: "****" }) }),
    clientId: "",
    requestedScope: [],
    requestedAudience: [],
    oidcContext: {},
    csrf: requestId(context),
    loginSessionId: "",
    loginSkip: false,
    subject: "",
    authenticatedAt: 0,
    context: null,
    consentRequestId: "",
    consentSkip: false,
  };
  const device_challenge = seal(context, "device_challenge", flow);
  const location = withQuery(context.urls.device, {
    device_challenge,
    ...(userCode !== null && { user_code: userCode }),
  });
  return forward(location, [csrfCookie(context, "device", undefined, flow.csrf)]);
}
