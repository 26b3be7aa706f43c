import type {
  AcceptOAuth2ConsentRequestSession,
  OAuth2Client,
  OAuth2ConsentRequestOpenIDConnectContext,
} from "../../types.ts";
import { ExpiringMap } from "./expiring-map.ts";
import { SortedMap } from "./sorted-map.ts";
import { type Grant, TokenTable } from "./token-table.ts";

/** How the login and consent application rejected a request. */
export interface Denial {
  /** The code, such as `access_denied`. */
  error: string;
  /** For people. */
  error_description: string;
  /** The HTTP status if the error is shown to the person, as at a device's verification, and not sent to a client. */
  status: number;
}

/**
 * A person's way from the authorization endpoint, or from a device's user code, through login and consent. A step
 * never changes a flow: it stores the next one under a new challenge or verifier, as the server encrypts the flow into
 * them. That is why a challenge can be read, and answered, again after it was handled.
 */
export interface Flow {
  /** Identifies the login request; at most one consent is recorded for it. */
  id: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
  /** Milliseconds since the epoch, whole seconds. */
  requestedAt: number;
  /** Where the browser returns to once a request is accepted or rejected. */
  requestUrl: string;
  /** The client; empty until a device's user code is entered. */
  clientId: string;
  /** The client as it was when the flow began, as the application is shown it. Absent while `clientId` is empty. */
  client?: OAuth2Client;
  /** The scopes that the client requests. */
  requestedScope: string[];
  /** The audience that the client requests. */
  requestedAudience: string[];
  /** The OpenID Connect parameters of the request, such as `acr_values`. */
  oidcContext: OAuth2ConsentRequestOpenIDConnectContext | null;
  /** The device code that the flow is for; absent at the authorization endpoint. */
  deviceCode?: string;
  /** Must come back in the cookie of the step: device, login or consent. */
  csrf: string;

  /** The `sid` of ID tokens. */
  loginSessionId: string;
  /** Whether the person is logged in already and need not log in again. */
  loginSkip: boolean;
  /** The person; empty until known. */
  subject: string;
  /** Milliseconds since the epoch; 0 before the login. */
  authenticatedAt: number;
  /** How the login was accepted. */
  login?: LoginAcceptance;
  /** Data that the application passes from login to consent. */
  context: unknown;

  /** The id of the consent request and of the grant that results; empty before the consent step. */
  consentRequestId: string;
  /** Whether the person has consented before and need not be asked again. */
  consentSkip: boolean;
  /** How the consent was accepted. */
  consent?: ConsentAcceptance;
  /** Why the login or the consent was rejected. */
  denied?: Denial;
}

/** How the application accepted a login request. */
export interface LoginAcceptance {
  /** Whether the browser gets a session cookie, so that the person need not log in again. */
  remember: boolean;
  /** Seconds that the browser is remembered; 0 for the longest time that the server supports. */
  rememberFor: number;
  /** Whether a skipped login, too, extends the time that the browser is remembered. */
  extendSessionLifespan: boolean;
  /** The authentication context class; empty if not given. */
  acr: string;
  /** The authentication methods. */
  amr: string[];
  /** The subject that pairwise clients see; empty for the computed one. */
  forceSubjectIdentifier: string;
  /** The session's id at the identity provider; empty if not given. */
  identityProviderSessionId: string;
}

/** How the application accepted a consent request. */
export interface ConsentAcceptance {
  /** The scopes that the person grants. */
  scope: string[];
  /** The audience of the tokens. */
  audience: string[];
  /** Whether to skip the consent page next time. */
  remember: boolean;
  /** Seconds that the consent is remembered; 0 for ever. */
  rememberFor: number;
  /** Claims for the tokens. */
  session: AcceptOAuth2ConsentRequestSession;
  /** Milliseconds since the epoch. */
  handledAt: number;
}

/** A completed flow: the person has logged in and consented. */
export interface GrantedFlow extends Flow {
  /** How the login was accepted. */
  login: LoginAcceptance;
  /** How the consent was accepted. */
  consent: ConsentAcceptance;
}

/** A login session, which a browser's cookie refers to. The cookie expires; the session does not. */
export interface LoginSession {
  /** The `sid` of ID tokens, and the value of the cookie. */
  id: string;
  /** The person who is logged in. */
  subject: string;
  /** Milliseconds since the epoch. */
  authenticatedAt: number;
  /** Whether the browser has the cookie. */
  remember: boolean;
}

/** A logout that waits to be confirmed. */
export interface LogoutRequest {
  /** Milliseconds since the epoch. */
  expiresAt: number;
  /** Milliseconds since the epoch, whole seconds. */
  requestedAt: number;
  /** The path and query of the logout request. */
  requestUrl: string;
  /** The person to log out. */
  subject: string;
  /** The session to end. */
  sessionId: string;
  /** The client of the `id_token_hint`, as it was then; absent if the request had no hint. */
  client?: OAuth2Client;
  /** Where the browser goes after the logout. */
  redirectTo: string;
}

/** A device authorization, RFC 8628, that waits for its person. */
export interface DeviceRequest {
  /** The client that runs on the device. */
  clientId: string;
  /** The code that the person enters. */
  userCode: string;
  /** When the device code expires, in milliseconds since the epoch; it stays known longer, to say that it expired. */
  endsAt: number;
  /** When the device code is forgotten, in milliseconds since the epoch. */
  expiresAt: number;
  /** The scopes that the device requests. */
  requestedScope: string[];
  /** The audience that the device requests. */
  requestedAudience: string[];
  /**
   * The grant, once the person has consented. A rejection leaves it pending: the server does not tell the device, which
   * keeps polling until its code has expired.
   */
  state: "pending" | Grant;
}

/** The part of the state that holds flows, sessions and tokens. Times are milliseconds since the epoch. */
export interface FlowState {
  /** Access tokens, refresh tokens and authorization codes, by value. */
  tokens: TokenTable;
  /** Login, consent and device flows, by the purpose and the value of a challenge or verifier. */
  flows: ExpiringMap<Flow>;
  /** Logout requests, by the purpose and the value of a challenge or verifier. */
  logouts: ExpiringMap<LogoutRequest>;
  /** Remembered and unremembered login sessions, by id. */
  logins: Map<string, LoginSession>;
  /** Granted consents, by the id of their flow. */
  consents: SortedMap<GrantedFlow>;
  /** Device authorizations, by device code. */
  devices: ExpiringMap<DeviceRequest>;
  /** Device codes by user code. */
  userCodes: ExpiringMap<{ deviceCode: string; expiresAt: number }>;
  /** The `jti` of used assertions, until the assertions expire. */
  usedAssertions: ExpiringMap<{ expiresAt: number }>;
  /** Nonces for the proofs of verifiable credentials, by value. */
  nonces: ExpiringMap<{ accessToken: string; expiresAt: number }>;
}

/** @param now The clock, in milliseconds since the epoch. */
export function emptyFlowState(now: () => number): FlowState {
  return {
    tokens: new TokenTable(now),
    flows: new ExpiringMap(now),
    logouts: new ExpiringMap(now),
    logins: new Map(),
    consents: new SortedMap(),
    devices: new ExpiringMap(now),
    userCodes: new ExpiringMap(now),
    usedAssertions: new ExpiringMap(now),
    nonces: new ExpiringMap(now),
  };
}

/** Forgets the tokens of a deleted client and the consents given to it. */
export function forgetClient(state: FlowState, clientId: string): void {
  state.tokens.deleteOfClient(clientId);
  for (const [id, consent] of state.consents) if (consent.clientId === clientId) state.consents.delete(id);
}

/** Ends login sessions. The consents given in them stay, but no longer belong to a session. */
export function endLogins({ logins, consents }: FlowState, ids: readonly string[]): void {
  const ended = new Set(ids.filter((id) => logins.delete(id)));
  if (ended.size === 0) return;
  for (const consent of consents.values()) if (ended.has(consent.loginSessionId)) consent.loginSessionId = "";
}
