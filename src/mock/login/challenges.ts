import type { Context, Exchange } from "../context.ts";
import { OAuthError } from "../http/oauth-error.ts";
import { refusal } from "../http/reply.ts";
import type { ExpiringMap } from "../state/expiring-map.ts";
import type { Flow, LogoutRequest } from "../state/flow-state.ts";

/** What is stored under the challenges and verifiers of each step. */
interface Requests {
  device: Flow;
  login: Flow;
  consent: Flow;
  logout: LogoutRequest;
}

export type Step = keyof Requests;

/** A request stays stored for longer than it is valid, to say that it has expired. */
export function storedUntil({ ttl }: Context, requestedAt: number): number {
  return requestedAt + 2 * ttl.loginConsentRequest;
}

/** Stores a request under a new challenge, which the application presents to the admin API. */
export function createChallenge<S extends Step>(context: Context, step: S, request: Requests[S]): string {
  return store(context, step, "challenge", request);
}

/** Stores a handled request under a new verifier, which the browser brings back. */
export function createVerifier<S extends Step>(context: Context, step: S, request: Requests[S]): string {
  return store(context, step, "verifier", request);
}

/**
 * The request of the challenge in the query of a call to the admin API.
 *
 * @throws HTTPException 404 if it is unknown, OAuthError `request_unauthorized` if it has expired
 */
export function requestOfChallenge<S extends Step>(context: Context, step: S, challenge: string): Requests[S] {
  const request = find(context, step, "challenge", challenge);
  if (!request) throw refusal(404, "Not Found", `The ${step} challenge is unknown.`);
  return request;
}

/** The request of a verifier, if it is known. @throws OAuthError `request_unauthorized` if it has expired. */
export function findVerified<S extends Step>(context: Context, step: S, verifier: string): Requests[S] | undefined {
  return find(context, step, "verifier", verifier);
}

/** The request of a verifier. @throws OAuthError if it is unknown or has expired. */
export function requireVerified<S extends Step>(context: Context, step: S, verifier: string): Requests[S] {
  const request = findVerified(context, step, verifier);
  if (!request) throw new OAuthError("access_denied", `The ${step} verifier was used before or is not valid.`);
  return request;
}

/** The query parameter `<step>_challenge`, or `challenge` for short; empty if both are missing. */
export function challengeOf(c: Exchange, step: Step): string {
  return c.req.query(`${step}_challenge`) || c.req.query("challenge") || "";
}

/** @throws OAuthError `invalid_request` if the challenge is missing. */
export function requireChallenge(c: Exchange, step: Step): string {
  const challenge = challengeOf(c, step);
  if (!challenge) throw new OAuthError("invalid_request", `The query parameter '${step}_challenge' is missing.`);
  return challenge;
}

/** Thirty-two hexadecimal digits: the id of a login or consent request. */
export function newRequestId(context: Context): string {
  return context.random.uuid().replaceAll("-", "");
}

type Purpose = "challenge" | "verifier";

function store<S extends Step>(context: Context, step: S, purpose: Purpose, request: Requests[S]): string {
  const value = context.random.token(48);
  requestsOf(context, step).set(`${step}_${purpose} ${value}`, request);
  return value;
}

function find<S extends Step>(context: Context, step: S, purpose: Purpose, value: string): Requests[S] | undefined {
  // The server ignores line breaks, as decoders of base64 do.
  const request = requestsOf(context, step).get(`${step}_${purpose} ${value.replace(/[\r\n]/g, "")}`);
  if (request && request.requestedAt + context.ttl.loginConsentRequest < context.now()) {
    throw new OAuthError(
      "request_unauthorized",
      `The request could not be authorized. The ${step} request has expired, please try again.`,
    );
  }
  return request;
}

function requestsOf<S extends Step>({ state }: Context, step: S): ExpiringMap<Requests[S]> {
  return (step === "logout" ? state.logouts : state.flows) as unknown as ExpiringMap<Requests[S]>;
}
