import type { OAuth2Client } from "../../types.ts";
import type { Context, Routes } from "../context.ts";
import { isObject } from "../http/body.ts";
import { field, flowBody, isBoolean, isInteger, isText, isTexts } from "../http/fields.ts";
import { OAuthError } from "../http/oauth-error.ts";
import { json } from "../http/reply.ts";
import type { Denial, Flow } from "../state/flow-state.ts";
import { seconds } from "../tokens/issue.ts";
import { challengeOf, opened, seal, withQuery } from "./flows.ts";

/** The steps of login and consent that an application takes through the admin API. */
export function loginConsentRoutes(routes: Routes, context: Context): void {
  const path = "/admin/oauth2/auth/requests";

  routes.admin.get(`${path}/login`, (c) => {
    const challenge = challengeOf(c, "login");
    const flow = opened(context, "login_challenge", challenge);
    return json({
      challenge,
      requested_scope: flow.requestedScope,
      requested_access_token_audience: flow.requestedAudience,
      skip: flow.loginSkip,
      subject: flow.subject,
      oidc_context: flow.oidcContext,
      client: flow.client,
      request_url: flow.requestUrl,
      session_id: flow.loginSessionId,
    });
  });

  routes.admin.put(`${path}/login/accept`, (c) => {
    const challenge = challengeOf(c, "login");
    const body = flowBody(c);
    const subject = field(body, "subject", isText, "");
    if (subject === "") throw new OAuthError("invalid_request", "The field 'subject' must not be empty.");
    const flow = opened(context, "login_challenge", challenge);
    if (flow.subject !== "" && flow.subject !== subject) {
      // Another person than the browser was remembered for: they have to log in.
      return json({ redirect_to: withQuery(flow.requestUrl, { prompt: "login" }) });
    }
    const login = {
      remember: flow.loginSkip || field(body, "remember", isBoolean, false),
      rememberFor: field(body, "remember_for", isInteger, 0),
      extendSessionLifespan: field(body, "extend_session_lifespan", isBoolean, false),
      acr: field(body, "acr", isText, ""),
      amr: field(body, "amr", isTexts, []),
      forceSubjectIdentifier: field(body, "force_subject_identifier", isText, ""),
      identityProviderSessionId: field(body, "identity_provider_session_id", isText, ""),
    };
    const authenticatedAt = flow.loginSkip ? flow.authenticatedAt : seconds(context.now()) * 1000;
    const accepted = { ...flow, subject, authenticatedAt, login, context: body["context"] ?? null };
    const login_verifier = seal(context, "login_verifier", accepted);
    return json({ redirect_to: withQuery(flow.requestUrl, { login_verifier }) });
  });

  routes.admin.put(`${path}/login/reject`, (c) => {
    const challenge = challengeOf(c, "login");
    const denied = denialOf(flowBody(c), "login request denied");
    const flow = opened(context, "login_challenge", challenge);
    const login_verifier = seal(context, "login_verifier", { ...flow, denied });
    return json({ redirect_to: withQuery(flow.requestUrl, { login_verifier }) });
  });

  routes.admin.get(`${path}/consent`, (c) => {
    const challenge = challengeOf(c, "consent");
    const flow = opened(context, "consent_challenge", challenge);
    return json(consentRequest(flow, flow.client, challenge));
  });

  routes.admin.put(`${path}/consent/accept`, (c) => {
    const challenge = challengeOf(c, "consent");
    const body = flowBody(c);
    const session = field(body, "session", isObject, {});
    const consent = {
      scope: field(body, "grant_scope", isTexts, []),
      audience: field(body, "grant_access_token_audience", isTexts, []),
      remember: field(body, "remember", isBoolean, false),
      rememberFor: field(body, "remember_for", isInteger, 0),
      session: {
        access_token: field(session, "access_token", isObject, {}),
        id_token: field(session, "id_token", isObject, {}),
      },
      handledAt: context.now(),
    };
    const flow = opened(context, "consent_challenge", challenge);
    const accepted = { ...flow, consent, context: body["context"] ?? flow.context };
    const consent_verifier = seal(context, "consent_verifier", accepted);
    return json({ redirect_to: withQuery(flow.requestUrl, { consent_verifier }) });
  });

  routes.admin.put(`${path}/consent/reject`, (c) => {
    const challenge = challengeOf(c, "consent");
    const denied = denialOf(flowBody(c), "consent request denied");
    const flow = opened(context, "consent_challenge", challenge);
    const consent_verifier = seal(context, "consent_verifier", { ...flow, denied });
    return json({ redirect_to: withQuery(flow.requestUrl, { consent_verifier }) });
  });
}

/** A consent request as the admin API shows it. */
export function consentRequest(
  flow: Flow,
  client: OAuth2Client | undefined,
  challenge: string,
): Record<string, unknown> {
  return {
    challenge,
    consent_request_id: flow.consentRequestId,
    requested_scope: flow.requestedScope,
    requested_access_token_audience: flow.requestedAudience,
    skip: flow.consentSkip,
    subject: flow.subject,
    oidc_context: flow.oidcContext,
    client,
    request_url: flow.requestUrl,
    login_challenge: flow.id,
    login_session_id: flow.loginSessionId,
    acr: flow.login?.acr ?? "",
    amr: flow.login?.amr ?? [],
    context: flow.context,
  };
}

function denialOf(body: Record<string, unknown>, fallback: string): Denial {
  const hint = field(body, "error_hint", isText, "");
  const status = field(body, "status_code", isInteger, 400);
  return {
    error: field(body, "error", isText, "") || fallback,
    error_description: `${field(body, "error_description", isText, "")} ${hint}`.trim(),
    status: status >= 400 && status <= 599 ? status : 400,
  };
}
