import type { OAuth2Client } from "../../types.ts";
import type { Context, Routes } from "../context.ts";
import { decodeBody } from "../http/body.ts";
import { anyObject, anything, boolean, integer, object, objectWithoutOthers, text, textList } from "../http/decode.ts";
import { invalidRequest, OAuthError } from "../http/oauth-error.ts";
import { json, refusal } from "../http/reply.ts";
import { wholeSeconds } from "../http/time.ts";
import { withQuery } from "../http/url.ts";
import type { Denial, Flow } from "../state/flow-state.ts";
import { createVerifier, requestOfChallenge, requireChallenge } from "./challenges.ts";

const decodeLogin = object({
  subject: text,
  remember: boolean,
  remember_for: integer,
  extend_session_lifespan: boolean,
  acr: text,
  amr: textList,
  force_subject_identifier: text,
  identity_provider_session_id: text,
  context: anything,
});

const CONSENT_MEMBERS = {
  grant_scope: textList,
  grant_access_token_audience: textList,
  remember: boolean,
  remember_for: integer,
  session: object({ access_token: anyObject, id_token: anyObject }),
  context: anything,
};

const REJECTION_MEMBERS = {
  error: text,
  error_description: text,
  error_hint: text,
  error_debug: text,
  status_code: integer,
};

const decodeRejection = object(REJECTION_MEMBERS);

/** The server reports a body that it cannot read differently for consents. */
const unreadableConsent = (description: string): Error => refusal(400, "error", description);

/** The admin API with which an application handles login and consent requests. */
export function loginConsentRoutes(routes: Routes, context: Context): void {
  const path = "/admin/oauth2/auth/requests";
  const consentObject = context.has("ignoresUnknownConsent") ? object : objectWithoutOthers;
  const decodeConsent = consentObject(CONSENT_MEMBERS);
  const decodeConsentRejection = consentObject(REJECTION_MEMBERS);

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
    const body = decodeBody(c, decodeLogin, invalidRequest);
    const { subject } = body;
    if (subject === "") throw new OAuthError("invalid_request", "The field 'subject' must not be empty.");
    const flow = requestOfChallenge(context, "login", challenge);
    if (flow.subject !== "" && flow.subject !== subject) {
      // Not the person of the browser's session: they must log in.
      return json({ redirect_to: withQuery(flow.requestUrl, { prompt: "login" }) });
    }
    const login = {
      remember: flow.loginSkip || body.remember,
      rememberFor: body.remember_for,
      extendSessionLifespan: body.extend_session_lifespan,
      acr: body.acr,
      amr: body.amr ?? [],
      forceSubjectIdentifier: body.force_subject_identifier,
      identityProviderSessionId: body.identity_provider_session_id,
    };
    const authenticatedAt = flow.loginSkip ? flow.authenticatedAt : wholeSeconds(context.now());
    const accepted = { ...flow, subject, authenticatedAt, login, context: body.context ?? null };
    const login_verifier = createVerifier(context, "login", accepted);
    return json({ redirect_to: withQuery(flow.requestUrl, { login_verifier }) });
  });

  routes.admin.put(`${path}/login/reject`, (c) => {
    const challenge = requireChallenge(c, "login");
    const denied = denialOf(decodeBody(c, decodeRejection, invalidRequest), "login request denied");
    const flow = requestOfChallenge(context, "login", challenge);
    const login_verifier = createVerifier(context, "login", { ...flow, denied });
    return json({ redirect_to: withQuery(flow.requestUrl, { login_verifier }) });
  });

  routes.admin.get(`${path}/consent`, (c) => {
    const challenge = requireChallenge(c, "consent");
    const flow = requestOfChallenge(context, "consent", challenge);
    return json(consentRequest(context, flow, flow.client, challenge));
  });

  routes.admin.put(`${path}/consent/accept`, (c) => {
    const challenge = requireChallenge(c, "consent");
    const { session, ...body } = decodeBody(c, decodeConsent, unreadableConsent);
    const consent = {
      scope: body.grant_scope ?? [],
      audience: body.grant_access_token_audience ?? [],
      remember: body.remember,
      rememberFor: body.remember_for,
      session: { access_token: session.access_token ?? {}, id_token: session.id_token ?? {} },
      handledAt: context.now(),
    };
    const flow = requestOfChallenge(context, "consent", challenge);
    const accepted = { ...flow, consent, context: body.context ?? flow.context };
    const consent_verifier = createVerifier(context, "consent", accepted);
    return json({ redirect_to: withQuery(flow.requestUrl, { consent_verifier }) });
  });

  routes.admin.put(`${path}/consent/reject`, (c) => {
    const challenge = requireChallenge(c, "consent");
    const denied = denialOf(decodeBody(c, decodeConsentRejection, unreadableConsent), "consent request denied");
    const flow = requestOfChallenge(context, "consent", challenge);
    const consent_verifier = createVerifier(context, "consent", { ...flow, denied });
    return json({ redirect_to: withQuery(flow.requestUrl, { consent_verifier }) });
  });
}

/** A consent request as the admin API shows it. */
export function consentRequest(
  context: Context,
  flow: Flow,
  client: OAuth2Client | undefined,
  challenge: string,
): Record<string, unknown> {
  return {
    challenge,
    ...consentRequestId(context, flow),
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

/** The id of a consent, where the server has it. */
export function consentRequestId(context: Context, flow: Flow): Record<string, string> {
  return context.has("consentRequestId") ? { consent_request_id: flow.consentRequestId } : {};
}

function denialOf(body: ReturnType<typeof decodeRejection>, defaultError: string): Denial {
  const { error, error_description, error_hint, status_code: status } = body;
  return {
    error: error || defaultError,
    error_description: `${error_description} ${error_hint}`.trim(),
    status: status >= 400 && status <= 599 ? status : 400,
  };
}
