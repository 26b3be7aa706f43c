import type { JWTPayload } from "jose";
import type { Context, Exchange } from "../context.ts";
import { OAuthError } from "../http/oauth-error.ts";
import { inAscii, refusal } from "../http/reply.ts";
import { verifyIdToken } from "../keys/signing.ts";
import type { Denial, Flow, GrantedFlow, LoginSession } from "../state/flow-state.ts";
import type { StoredClient } from "../state/state.ts";
import type { Grant } from "../state/token-table.ts";
import { seconds, sha256 } from "../tokens/issue.ts";
import { uncoveredScope, unique, words } from "../tokens/scope.ts";
import {
  checkCsrf,
  csrfCookie,
  FLOW_LIFESPAN,
  forgetBrowser,
  forward,
  recogniseBrowser,
  sessionOf,
} from "./browser.ts";

const PROMPTS = ["login", "none", "consent", "registration", "select_account"];

/** What a value that travels through the browser and the application is for. */
type Purpose = `${"device" | "login" | "consent"}_${"challenge" | "verifier"}`;

/** What the authorization endpoint, or the device verification, was asked for. */
export interface FlowRequest {
  client: StoredClient;
  parameters: URLSearchParams;
  /** Where an acceptance sends the browser back to. */
  requestUrl: string;
  scope: string[];
  audience: string[];
  /** Where the browser goes in the end; absent for a device. */
  redirectUri?: string;
  /** The flow in which the person has entered the user code. */
  device?: Flow;
}

/**
 * One step of a browser through login and consent, by the verifier it brings: a response sends it on, a flow has come
 * to its end.
 *
 * @throws OAuthError Where the person or the server has said no.
 */
export async function proceed(context: Context, c: Exchange, request: FlowRequest): Promise<Response | GrantedFlow> {
  const loginVerifier = request.parameters.get("login_verifier");
  const consentVerifier = request.parameters.get("consent_verifier");
  if (loginVerifier) return afterLogin(context, c, request, loginVerifier);
  if (consentVerifier) return afterConsent(context, c, request, consentVerifier);
  return toLogin(context, c, request);
}

/** What a person agreed to, as codes and tokens carry it. */
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
    claims: {
      ...consent.session.id_token,
      sub: await subjectFor(client, flow.subject, login.forceSubjectIdentifier),
      sid: flow.loginSessionId,
      auth_time: seconds(flow.authenticatedAt),
      rat: seconds(flow.requestedAt),
      nonce: parameters.get("nonce") || undefined,
      acr: login.acr || (parameters.get("acr_values") ? "0" : undefined),
      amr: login.amr.length > 0 ? login.amr : undefined,
    },
  };
}

/** Puts a flow under a new value, which is good for one purpose only. */
export function seal(context: Context, purpose: Purpose, flow: Flow): string {
  const value = context.random.token(48);
  context.state.flows.set(`${purpose} ${value}`, flow);
  return value;
}

function unseal(context: Context, purpose: Purpose, value: string): Flow | undefined {
  return inTime(context, purpose.split("_")[0]!, context.state.flows.get(`${purpose} ${value}`));
}

/** @throws OAuthError `request_unauthorized` where the person took too long. */
export function inTime<T extends { requestedAt: number }>(
  context: Context,
  step: string,
  request: T | undefined,
): T | undefined {
  if (request && request.requestedAt + FLOW_LIFESPAN < context.now()) {
    throw new OAuthError("request_unauthorized", `The ${step} request has expired, please try again.`);
  }
  return request;
}

/** The flow of a challenge, for the admin API. */
export function opened(context: Context, purpose: Purpose, value: string): Flow {
  const flow = unseal(context, purpose, value);
  if (!flow) throw refusal(404, "Not Found", "No request belongs to this challenge.");
  return flow;
}

/** The flow of a verifier, for the browser's endpoints. */
export function verified(context: Context, purpose: Purpose, value: string): Flow {
  const flow = unseal(context, purpose, value);
  if (!flow) throw new OAuthError("access_denied", `The ${purpose.replace("_", " ")} was used before or is not valid.`);
  return flow;
}

/** The query parameter `<step>_challenge`, or `challenge` for short; empty where there is neither. */
export function givenChallenge(c: Exchange, step: string): string {
  return c.req.query(`${step}_challenge`) || c.req.query("challenge") || "";
}

/** @throws OAuthError `invalid_request` where there is no challenge. */
export function challengeOf(c: Exchange, step: string): string {
  const challenge = givenChallenge(c, step);
  if (!challenge) throw new OAuthError("invalid_request", `The query parameter '${step}_challenge' is missing.`);
  return challenge;
}

/** `url`, which may be relative, with more query parameters, all of them in the order of their names. */
export function withQuery(url: string, parameters: Record<string, string>): string {
  const [, path = "", own, hash = ""] = /^([^?#]*)(?:\?([^#]*))?(.*)$/s.exec(url) ?? [];
  const query = new URLSearchParams(own);
  for (const [name, value] of Object.entries(parameters)) query.set(name, value);
  query.sort();
  return inAscii(path + (query.size > 0 ? `?${query}` : "") + hash);
}

/** Thirty-two hexadecimal digits, as requests and consents are known by. */
export function requestId(context: Context): string {
  return context.random.uuid().replaceAll("-", "");
}

async function toLogin(context: Context, c: Exchange, request: FlowRequest): Promise<Response> {
  const { parameters, client } = request;
  const prompt = words(parameters.get("prompt"));
  const hint = await hintClaims(context, parameters);
  const session = reusableSession(context, c, parameters, prompt);
  if (session && hint && hint.sub !== (await subjectFor(client.client, session.subject, ""))) {
    throw new OAuthError("login_required", "The id_token_hint is about another person than the one logged in.");
  }
  if (prompt.includes("none") && !session) {
    throw new OAuthError("login_required", "Prompt 'none' was requested, but nobody is logged in.");
  }
  const requestedAt = seconds(context.now()) * 1000;
  const flow: Flow = {
    requestUrl: request.requestUrl,
    clientId: client.client.client_id,
    client: client.client,
    requestedScope: request.scope,
    requestedAudience: request.audience,
    oidcContext: {
      ...list("acr_values", parameters),
      ...list("ui_locales", parameters),
      ...text("display", parameters),
      ...text("login_hint", parameters),
      ...(hint && { id_token_hint_claims: hint }),
    },
    context: null,
    consentRequestId: "",
    consentSkip: false,
    ...request.device,
    id: requestId(context),
    requestedAt,
    expiresAt: requestedAt + 2 * FLOW_LIFESPAN,
    csrf: requestId(context),
    loginSessionId: session?.id ?? context.random.uuid(),
    loginSkip: session !== undefined,
    subject: session?.subject ?? "",
    authenticatedAt: session?.authenticatedAt ?? 0,
  };
  const login_challenge = seal(context, "login_challenge", flow);
  const cookies = [csrfCookie(context, "login", flow.clientId, flow.csrf)];
  return forward(withQuery(context.urls.login, { login_challenge }), cookies);
}

/** The browser's session, unless the request asks for a new login or for a fresher one. */
function reusableSession(
  context: Context,
  c: Exchange,
  parameters: URLSearchParams,
  prompt: readonly string[],
): LoginSession | undefined {
  const session = sessionOf(context, c);
  if (!session || prompt.includes("login") || prompt.includes("select_account")) return undefined;
  const maxAge = parameters.get("max_age");
  if (!maxAge) return session;
  if (!/^-?\d+$/.test(maxAge)) throw new OAuthError("error", "The parameter 'max_age' is not a number.");
  if (Number(maxAge) < 0 || session.authenticatedAt + Number(maxAge) * 1000 >= context.now()) return session;
  if (prompt.includes("none")) throw new OAuthError("login_required", "The login is older than 'max_age' allows.");
  return undefined;
}

async function afterLogin(context: Context, c: Exchange, request: FlowRequest, verifier: string): Promise<Response> {
  const flow = verified(context, "login_verifier", verifier);
  const { login, denied, clientId } = flow;
  if (denied) throw refused(denied);
  checkCsrf(c, "login", clientId, flow.csrf);
  const hint = await hintClaims(context, request.parameters);
  const subject = await subjectFor(request.client.client, flow.subject, login!.forceSubjectIdentifier);
  if (!satisfies(request, flow, hint, subject)) {
    // Whoever it was that logged in: to be safe the browser forgets whom it knew.
    const why = "The login does not satisfy 'prompt', 'max_age' or 'id_token_hint'.";
    throw new OAuthError("login_required", why, 400, [forgetBrowser(context, c)]);
  }
  const { remember, extendSessionLifespan } = login!;
  const cookies = remember ? [] : [forgetBrowser(context, c)];
  if (!flow.loginSkip || extendSessionLifespan) cookies.push(...recogniseBrowser(context, flow));
  return toConsent(context, request, flow, cookies);
}

/**
 * Whether the login is what the request asked for with `prompt`, `max_age` and `id_token_hint`.
 *
 * @throws OAuthError `invalid_request` for a `prompt` that does not exist.
 */
function satisfies(request: FlowRequest, flow: Flow, hint: JWTPayload | undefined, subject: string): boolean {
  const { parameters } = request;
  const prompt = words(parameters.get("prompt"));
  if (!prompt.every((each) => PROMPTS.includes(each))) {
    throw new OAuthError("invalid_request", "The parameter 'prompt' has an unknown value.");
  }
  if (prompt.includes("none") && prompt.length > 1) {
    throw new OAuthError("invalid_request", "Prompt 'none' cannot be combined with others.");
  }
  const maxAge = Number(parameters.get("max_age"));
  const tooOld = maxAge > 0 && flow.authenticatedAt + maxAge * 1000 < flow.requestedAt;
  const duringNone = prompt.includes("none") && flow.authenticatedAt > flow.requestedAt;
  const notAgain = prompt.includes("login") && flow.authenticatedAt < flow.requestedAt;
  const another = hint !== undefined && hint.sub !== subject;
  return !(tooOld || duringNone || notAgain || another);
}

function toConsent(context: Context, request: FlowRequest, flow: Flow, cookies: string[]): Response {
  const { client, parameters } = request;
  const prompt = words(parameters.get("prompt"));
  const skip = !prompt.includes("consent") && mayRepeat(request) && wasGranted(context, flow);
  if (prompt.includes("none") && !skip) {
    throw new OAuthError("consent_required", "Prompt 'none' was requested, but there is no consent yet.");
  }
  if (flow.clientId !== client.client.client_id) throw otherClient();
  const next = { ...flow, consentRequestId: requestId(context), consentSkip: skip, csrf: requestId(context) };
  const consent_challenge = seal(context, "consent_challenge", next);
  cookies.push(csrfCookie(context, "consent", flow.clientId, next.csrf));
  return forward(withQuery(context.urls.consent, { consent_challenge }), cookies);
}

/** A public client may be anyone, unless its redirect URI says that it is not: RFC 6749 section 10.2. */
function mayRepeat({ client, redirectUri }: FlowRequest): boolean {
  if (client.client.token_endpoint_auth_method !== "none") return true;
  if (redirectUri === undefined || !URL.canParse(redirectUri)) return false;
  const { protocol, hostname } = new URL(redirectUri);
  return protocol === "https:" || (protocol === "http:" && (isLoopback(hostname) || /(^|\.)localhost$/.test(hostname)));
}

export function isLoopback(hostname: string): boolean {
  return hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
}

/** Whether the person has let the client have all of this before and wanted that to be remembered. */
function wasGranted(context: Context, flow: Flow): boolean {
  let latest: GrantedFlow | undefined;
  for (const each of context.state.consents.values()) {
    const { consent, subject, clientId, consentSkip, requestedAt } = each;
    const same = subject === flow.subject && clientId === flow.clientId && !consentSkip && consent.remember;
    if (same && !isConsentExpired(context, each) && requestedAt >= (latest?.requestedAt ?? 0)) latest = each;
  }
  return latest !== undefined && uncoveredScope(latest.consent.scope, flow.requestedScope) === undefined;
}

/** Whether the time for which a consent was to be remembered is over; `remember_for: 0` means for ever. */
export function isConsentExpired(context: Context, { consent, requestedAt }: GrantedFlow): boolean {
  return consent.rememberFor > 0 && requestedAt + consent.rememberFor * 1000 <= context.now();
}

function afterConsent(context: Context, c: Exchange, request: FlowRequest, verifier: string): GrantedFlow {
  const flow = verified(context, "consent_verifier", verifier);
  if (flow.clientId !== request.client.client.client_id) throw otherClient();
  const { consent, login, denied } = flow;
  if (denied) throw refused(denied);
  if (context.state.consents.has(flow.id)) {
    throw new OAuthError("access_denied", "The consent verifier was used before.");
  }
  checkCsrf(c, "consent", flow.clientId, flow.csrf);
  const granted = { ...flow, login: login!, consent: consent! };
  context.state.consents.set(flow.id, granted);
  return granted;
}

/** The subject as the client knows the person: pairwise clients each see another one. */
async function subjectFor(client: StoredClient["client"], subject: string, forced: string): Promise<string> {
  if (client.subject_type !== "pairwise") return subject;
  if (forced !== "") return forced;
  const [uri, ...more] = client.redirect_uris ?? [];
  const sector = client.sector_identifier_uri || (more.length === 0 ? uri && hostOf(uri) : undefined);
  if (sector === undefined) {
    throw new OAuthError(
      "invalid_request",
      "A pairwise client needs a sector_identifier_uri or exactly one redirect URI.",
    );
  }
  const digest = await sha256(`${sector}${subject}`);
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Empty for a redirect URI that is a path. */
function hostOf(uri: string): string {
  return URL.canParse(uri) ? new URL(uri).host : "";
}

/** The claims of the `id_token_hint`, where there is one; it may have expired. */
async function hintClaims(context: Context, parameters: URLSearchParams): Promise<JWTPayload | undefined> {
  const hint = parameters.get("id_token_hint");
  if (!hint) return undefined;
  const claims = await verifyIdToken(context, hint).catch(() => undefined);
  if (!claims?.sub) throw new OAuthError("invalid_request", "The id_token_hint is not an ID token of this server.");
  return claims;
}

function refused({ error, error_description, status }: Denial): OAuthError {
  return new OAuthError(error, error_description, status);
}

function otherClient(): OAuthError {
  return new OAuthError("invalid_client", "The request was begun by another client.");
}

function list(name: string, parameters: URLSearchParams): Record<string, string[]> | undefined {
  const values = words(parameters.get(name));
  return values.length > 0 ? { [name]: values } : undefined;
}

function text(name: string, parameters: URLSearchParams): Record<string, string> | undefined {
  const value = parameters.get(name);
  return value ? { [name]: value } : undefined;
}
