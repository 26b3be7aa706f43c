import type { JWTPayload } from "jose";
import type { Context, Exchange } from "../context.ts";
import { OAuthError } from "../http/oauth-error.ts";
import { spaceSeparated, unique } from "../http/parameters.ts";
import { redirect } from "../http/reply.ts";
import { epochSeconds, wholeSeconds } from "../http/time.ts";
import { withQuery } from "../http/url.ts";
import type { Denial, Flow, GrantedFlow } from "../state/flow-state.ts";
import type { StoredClient } from "../state/state.ts";
import type { Grant } from "../state/token-table.ts";
import { checkCsrf, csrfCookie, forgetBrowser, rememberBrowser, sessionOf } from "./browser.ts";
import { createChallenge, newRequestId, requireVerified, storedUntil } from "./challenges.ts";
import { hintClaimsOf, isLoginAsDemanded, mayReuseSession, promptOf } from "./prompt.ts";
import { isConsentRemembered } from "./remembered-consent.ts";
import { subjectIdentifier } from "./subject-identifier.ts";

/** A request to the authorization endpoint or the device verification endpoint. */
export interface FlowRequest {
  client: StoredClient;
  parameters: URLSearchParams;
  /** Where the browser returns to once a request is accepted or rejected. */
  requestUrl: string;
  scope: string[];
  audience: string[];
  /** Where the browser goes in the end; absent for a device. */
  redirectUri?: string;
  /** The flow in which the person has entered the user code; absent at the authorization endpoint. */
  device?: Flow;
}

/**
 * Takes the browser one step further through login and consent, depending on the verifier that it brings.
 *
 * @returns a response that sends the browser to the next step, or the completed flow
 * @throws OAuthError if the person or the server refuses
 */
export async function proceed(context: Context, c: Exchange, request: FlowRequest): Promise<Response | GrantedFlow> {
  const loginVerifier = request.parameters.get("login_verifier");
  const consentVerifier = request.parameters.get("consent_verifier");
  if (loginVerifier) return verifyLogin(context, c, request, loginVerifier);
  if (consentVerifier) return verifyConsent(context, c, request, consentVerifier);
  return requestLogin(context, c, request);
}

/** The grant that codes and tokens are issued for. */
export async function grantOf(
  flow: GrantedFlow,
  { client }: StoredClient,
  parameters: URLSearchParams,
): Promise<Grant> {
  const { login, consent } = flow;
  return {
    id: flow.consentRequestId,
    clientId: flow.clientId,
    subject: flow.subject,
    scope: unique(consent.scope),
    audience: unique(consent.audience),
    ext: consent.session.access_token ?? {},
    requestsAcr: Boolean(parameters.get("acr_values")),
    claims: {
      ...consent.session.id_token,
      sub: await subjectIdentifier(client, flow.subject, login.forceSubjectIdentifier),
      sid: flow.loginSessionId,
      auth_time: epochSeconds(flow.authenticatedAt),
      rat: epochSeconds(flow.requestedAt),
      nonce: parameters.get("nonce") || undefined,
      acr: login.acr || undefined,
      amr: login.amr.length > 0 ? login.amr : undefined,
    },
  };
}

/** Whether an ID token hint names the person, or has an identifier that an application has chosen for the client. */
async function isHintOf(
  { state }: Context,
  { sub }: JWTPayload,
  client: StoredClient["client"],
  subject: string,
): Promise<boolean> {
  if (sub === subject || sub === (await subjectIdentifier(client, subject, ""))) return true;
  const ofClient = [...state.consents.values()].filter(({ clientId }) => clientId === client.client_id);
  return ofClient.some(({ login }) => login.forceSubjectIdentifier === sub);
}

/** Sends the browser to the login page. */
async function requestLogin(context: Context, c: Exchange, request: FlowRequest): Promise<Response> {
  const { parameters } = request;
  const { client } = request.client;
  const isSilent = promptOf(parameters).includes("none");
  const hint = await hintClaimsOf(context, parameters);
  const current = sessionOf(context, c);
  const session = current && mayReuseSession(context, current, parameters) ? current : undefined;
  if (session && hint && !(await isHintOf(context, hint, client, session.subject))) {
    throw new OAuthError("login_required", "The id_token_hint belongs to another person than the one logged in.");
  }
  if (isSilent && !session) {
    throw new OAuthError("login_required", "The prompt 'none' was requested, but nobody is logged in.");
  }
  const requestedAt = wholeSeconds(context.now());
  const flow: Flow = {
    requestUrl: request.requestUrl,
    clientId: client.client_id,
    client,
    requestedScope: request.scope,
    requestedAudience: request.audience,
    oidcContext: {
      ...listParameter("acr_values", parameters),
      ...listParameter("ui_locales", parameters),
      ...textParameter("display", parameters),
      ...textParameter("login_hint", parameters),
      ...(hint && { id_token_hint_claims: hint }),
    },
    context: null,
    consentRequestId: "",
    consentSkip: false,
    ...request.device,
    id: newRequestId(context),
    requestedAt,
    expiresAt: storedUntil(context, requestedAt),
    csrf: newRequestId(context),
    loginSessionId: session?.id ?? context.random.uuid(),
    loginSkip: session !== undefined,
    subject: session?.subject ?? "",
    authenticatedAt: session?.authenticatedAt ?? 0,
  };
  const login_challenge = createChallenge(context, "login", flow);
  const cookies = [csrfCookie(context, "login", flow.clientId, flow.csrf)];
  return redirect(c, withQuery(context.urls.login, { login_challenge }), cookies);
}

/** Checks how the login was handled, and sends the browser to the consent page. */
async function verifyLogin(context: Context, c: Exchange, request: FlowRequest, verifier: string): Promise<Response> {
  const flow = requireVerified(context, "login", verifier);
  const { login, denied, clientId } = flow;
  if (denied) throw denialError(denied);
  checkCsrf(c, "login", clientId, flow.csrf);
  const hint = await hintClaimsOf(context, request.parameters);
  const subject = await subjectIdentifier(request.client.client, flow.subject, login!.forceSubjectIdentifier);
  if (!isLoginAsDemanded(flow, request.parameters, hint, subject)) {
    // To be safe, the browser forgets whoever was logged in.
    const why = "The login does not satisfy 'prompt', 'max_age' or 'id_token_hint'.";
    throw new OAuthError("login_required", why, 400, [forgetBrowser(context, c)]);
  }
  const { remember, extendSessionLifespan } = login!;
  const cookies = remember ? [] : [forgetBrowser(context, c)];
  if (!flow.loginSkip || extendSessionLifespan) cookies.push(...rememberBrowser(context, flow));
  return requestConsent(context, c, request, flow, cookies);
}

function requestConsent(
  context: Context,
  c: Exchange,
  request: FlowRequest,
  flow: Flow,
  cookies: readonly string[],
): Response {
  const { client } = request.client;
  const prompt = promptOf(request.parameters);
  const consentSkip = !prompt.includes("consent") && isConsentRemembered(context, client, request.redirectUri, flow);
  if (prompt.includes("none") && !consentSkip) {
    throw new OAuthError(
      "consent_required",
      "The prompt 'none' was requested, but no consent was given yet.",
      400,
      cookies,
    );
  }
  if (flow.clientId !== client.client_id) throw otherClient();
  const next = { ...flow, consentRequestId: newRequestId(context), consentSkip, csrf: newRequestId(context) };
  const consent_challenge = createChallenge(context, "consent", next);
  const csrf = csrfCookie(context, "consent", flow.clientId, next.csrf);
  return redirect(c, withQuery(context.urls.consent, { consent_challenge }), [...cookies, csrf]);
}

/** Checks how the consent was handled, and records it. */
function verifyConsent(context: Context, c: Exchange, request: FlowRequest, verifier: string): GrantedFlow {
  const flow = requireVerified(context, "consent", verifier);
  if (flow.clientId !== request.client.client.client_id) throw otherClient();
  const { consent, login, denied } = flow;
  if (denied) throw denialError(denied);
  if (context.state.consents.has(flow.id)) {
    throw new OAuthError("access_denied", "The consent verifier was used before.");
  }
  checkCsrf(c, "consent", flow.clientId, flow.csrf);
  const granted = { ...flow, login: login!, consent: consent! };
  context.state.consents.set(flow.id, granted);
  return granted;
}

function denialError({ error, error_description, status }: Denial): OAuthError {
  return new OAuthError(error, error_description, status);
}

function otherClient(): OAuthError {
  return new OAuthError("invalid_client", "The request was started by another client.");
}

function listParameter(name: string, parameters: URLSearchParams): Record<string, string[]> | undefined {
  const values = spaceSeparated(parameters.get(name));
  return values.length > 0 ? { [name]: values } : undefined;
}

function textParameter(name: string, parameters: URLSearchParams): Record<string, string> | undefined {
  const value = parameters.get(name);
  return value ? { [name]: value } : undefined;
}
