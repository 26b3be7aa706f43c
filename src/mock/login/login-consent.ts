import type { OAuth2Client } from "../../types.ts";
import type { Context, Routes } from "../context.ts";
import { isObject } from "../http/json.ts";
import { OAuthError } from "../http/oauth-error.ts";
import { isBoolean, isInteger, isString, isStringList, jsonParameters, member } from "../http/parameters.ts";
import { json } from "../http/reply.ts";
import { wholeSeconds } from "../http/time.ts";
import { withQuery } from "../http/url.ts";
import type { Denial, Flow } from "../state/flow-state.ts";
import { createVerifier, requestOfChallenge, requireChallenge } from "./challenges.ts";

/** The admin API with which an application handles login and consent requests. */
export function loginConsentRoutes(routes: Routes, context: Context): void {
  const path = "/admin/oauth2/auth/requests";

  routes.admin.get(`${path}/login`, (c) => {
    const challenge = requireChallenge(c, "login");
    const flow = requestOfChallenge(context, "login", challenge);
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
    const challenge = requireChallenge(c, "login");
    const body = jsonParameters(c);
    const subject = member(body, "subject", isString, "");
    if (subject === "") throw new OAuthError("invalid_request", "The field 'subject' must not be empty.");
    const flow = requestOfChallenge(context, "login", challenge);
    if (flow.subject !== "" && flow.subject !== subject) {
      // Not the person of the browser's session: they must log in.
      return json({ redirect_to: withQuery(flow.requestUrl, { prompt: "login" }) });
    }
    const login = {
      remember: flow.loginSkip || member(body, "remember", isBoolean, false),
      rememberFor: member(body, "remember_for", isInteger, 0),
      extendSessionLifespan: member(body, "extend_session_lifespan", isBoolean, false),
      acr: member(body, "acr", isString, ""),
      amr: member(body, "amr", isStringList, []),
      forceSubjectIdentifier: member(body, "force_subject_identifier", isString, ""),
      identityProviderSessionId: member(body, "identity_provider_session_id", isString, ""),
    };
    const authenticatedAt = flow.loginSkip ? flow.authenticatedAt : wholeSeconds(context.now());
    const accepted = { ...flow, subject, authenticatedAt, login, context: body["context"] ?? null };
    const login_verifier = createVerifier(context, "login", accepted);
    return json({ redirect_to: withQuery(flow.requestUrl, { login_verifier }) });
  });

  routes.admin.put(`${path}/login/reject`, (c) => {
    const challenge = requireChallenge(c, "login");
    const denied = denialOf(jsonParameters(c), "login request denied");
    const flow = requestOfChallenge(context, "login", challenge);
    const login_verifier = createVerifier(context, "login", { ...flow, denied });
    return json({ redirect_to: withQuery(flow.requestUrl, { login_verifier }) });
  });

  routes.admin.get(`${path}/consent`, (c) => {
    const challenge = requireChallenge(c, "consent");
    const flow = requestOfChallenge(context, "consent", challenge);
    return json(consentRequest(flow, flow.client, challenge));
  });

  routes.admin.put(`${path}/consent/accept`, (c) => {
    const challenge = requireChallenge(c, "consent");
    const body = jsonParameters(c);
    const session = member(body, "session", isObject, {});
    const consent = {
      scope: member(body, "grant_scope", isStringList, []),
      audience: member(body, "grant_access_token_audience", isStringList, []),
      remember: member(body, "remember", isBoolean, false),
      rememberFor: member(body, "remember_for", isInteger, 0),
      session: {
        access_token: member(session, "access_token", isObject, {}),
        id_token: member(session, "id_token", isObject, {}),
      },
      handledAt: context.now(),
    };
    const flow = requestOfChallenge(context, "consent", challenge);
    const accepted = { ...flow, consent, context: body["context"] ?? flow.context };
    const consent_verifier = createVerifier(context, "consent", accepted);
    return json({ redirect_to: withQuery(flow.requestUrl, { consent_verifier }) });
  });

  routes.admin.put(`${path}/consent/reject`, (c) => {
    const challenge = requireChallenge(c, "consent");
    const denied = denialOf(jsonParameters(c), "consent request denied");
    const flow = requestOfChallenge(context, "consent", challenge);
    const consent_verifier = createVerifier(context, "consent", { ...flow, denied });
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

function denialOf(body: Record<string, unknown>, defaultError: string): Denial {
  const hint = member(body, "error_hint", isString, "");
  const status = member(body, "status_code", isInteger, 400);
  return {
    error: member(body, "error", isString, "") || defaultError,
    error_description: `${member(body, "error_description", isString, "")} ${hint}`.trim(),
    status: status >= 400 && status <= 599 ? status : 400,
  };
}
