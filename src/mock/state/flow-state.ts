import type {
  AcceptOAuth2ConsentRequestSession,
  OAuth2Client,
  OAuth2ConsentRequestOpenIDConnectContext,
} from "../../types.ts";
import { ExpiringMap } from "./expiring-map.ts";
import { SortedMap } from "./sorted-map.ts";
import { type Grant, TokenTable } from "./token-table.ts";

/** What the application that shows the login or the consent page said no with. */
export interface Denial {
  /** The code, such as `access_denied`. */
  error: string;
  /** For people. */
  error_description: string;
  /** What the page answers with where there is no client to tell, at a device's verification. */
  status: number;
}

/**
 * A person's way from the authorization endpoint, or from a device's user code, through login and consent. A step
 * never changes it but makes the next one under a new challenge or verifier, as the server seals it into them: that is
 * why a challenge can be read, and answered, again after it was handled.
 */
export interface Flow {
  /** The login challenge's own id; a consent is recorded once for it. */
  id: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
  /** Milliseconds since the epoch, whole seconds. */
  requestedAt: number;
  /** Where an acceptance sends the browser back to. */
  requestUrl: string;
  /** Whom the tokens will be for; empty while a device's user code is still to be entered. */
  clientId: string;
  /** The client as it was when it asked, as the application is shown it. Absent as long as `clientId` is empty. */
  client?: OAuth2Client;
  /** What the client asks for. */
  requestedScope: string[];
  /** Where the client wants to use the tokens. */
  requestedAudience: string[];
  /** What the request says about the login, such as `acr_values`. */
  oidcContext: OAuth2ConsentRequestOpenIDConnectContext;
  /** The device code that is being granted; absent where an authorization was asked for. */
  deviceCode?: string;
  /** Has to come back in the cookie of the step: device, login or consent. */
  csrf: string;

  /** The `sid` of ID tokens. */
  loginSessionId: string;
  /** Whether the person was recognised and need not log in again. */
  loginSkip: boolean;
  /** Who logs in; empty until it is known. */
  subject: string;
  /** Milliseconds since the epoch; 0 before the login. */
  authenticatedAt: number;
  /** What the login was accepted with. */
  login?: LoginAcceptance;
  /** What the login's acceptance hands to the consent page. */
  context: unknown;

  /** The id of the consent request, and of the grant that comes of it; empty before the consent is asked for. */
  consentRequestId: string;
  /** Whether the person has agreed before and need not be asked again. */
  consentSkip: boolean;
  /** What the consent was accepted with. */
  consent?: ConsentAcceptance;
  /** Why the login or the consent was rejected. */
  denied?: Denial;
}

/** What an application accepts a login request with. */
export interface LoginAcceptance {
  /** Whether the browser is to be recognised from now on. */
  remember: boolean;
  /** Seconds; 0 is as long as the server can. */
  rememberFor: number;
  /** Whether a login that was skipped counts as one for how long the browser is recognised. */
  extendSessionLifespan: boolean;
  /** The authentication context class; empty where it was not given. */
  acr: string;
  /** The methods of authentication. */
  amr: string[];
  /** The subject that pairwise clients are to see; empty for the one that is computed. */
  forceSubjectIdentifier: string;
  /** The session's id at the application; empty where it was not given. */
  identityProviderSessionId: string;
}

/** What an application accepts a consent request with. */
export interface ConsentAcceptance {
  /** What the person grants. */
  scope: string[];
  /** Where the tokens may be used. */
  audience: string[];
  /** Whether the person is not to be asked again. */
  remember: boolean;
  /** Seconds; 0 is for ever. */
  rememberFor: number;
  /** Claims for the tokens. */
  session: AcceptOAuth2ConsentRequestSession;
  /** Milliseconds since the epoch. */
  handledAt: number;
}

/** A flow to whose end a person has come: logged in, and agreed. */
export interface GrantedFlow extends Flow {
  /** What the login was accepted with. */
  login: LoginAcceptance;
  /** What the consent was accepted with. */
  consent: ConsentAcceptance;
}

/** A person whom a browser's cookie recognises. It is the cookie that ends in time; the session does not. */
export interface LoginSession {
  /** The `sid` of ID tokens, and the value of the cookie. */
  id: string;
  /** Who has logged in. */
  subject: string;
  /** Milliseconds since the epoch. */
  authenticatedAt: number;
  /** Whether the browser has the cookie. */
  remember: boolean;
}

/** A logout that waits for the person, or the application, to confirm it. */
export interface LogoutRequest {
  /** Milliseconds since the epoch. */
  expiresAt: number;
  /** Milliseconds since the epoch, whole seconds. */
  requestedAt: number;
  /** The path and query that the person came with. */
  requestUrl: string;
  /** Who is to be logged out. */
  subject: string;
  /** The session that is to end. */
  sessionId: string;
  /** The client whose ID token asked for it, as it was then; absent where the person came without one. */
  client?: OAuth2Client;
  /** Where the browser goes afterwards. */
  redirectTo: string;
}

/** A device that waits for its person. */
export interface DeviceRequest {
  /** Whom the tokens will be for. */
  clientId: string;
  /** What the person has to enter. */
  userCode: string;
  /** When the device code ends, in milliseconds since the epoch; it stays known longer, to say so. */
  endsAt: number;
  /** When the device code is forgotten, in milliseconds since the epoch. */
  expiresAt: number;
  /** What the device asks for. */
  requestedScope: string[];
  /** Where the device wants to use the tokens. */
  requestedAudience: string[];
  /**
   * What the person granted, once they have. One who says no leaves it pending: the server does not tell the device,
   * which polls on until its code has expired.
   */
  state: "pending" | Grant;
}

/** The part of the state that grants, sessions and tokens are in. Times are milliseconds since the epoch. */
export interface FlowState {
  /** Access tokens, refresh tokens and authorization codes, by value. */
  tokens: TokenTable;
  /** By the purpose and the value of a challenge or a verifier. */
  flows: ExpiringMap<Flow>;
  /** By the purpose and the value of a logout challenge or verifier. */
  logouts: ExpiringMap<LogoutRequest>;
  /** Remembered and unremembered login sessions, by id. */
  logins: Map<string, LoginSession>;
  /** Granted consents, by the id of their flow. */
  consents: SortedMap<GrantedFlow>;
  /** By device code. */
  devices: ExpiringMap<DeviceRequest>;
  /** Device codes by user code. */
  userCodes: ExpiringMap<{ deviceCode: string; expiresAt: number }>;
  /** Ids of the assertions that were used, until they expire. */
  usedAssertions: ExpiringMap<{ expiresAt: number }>;
  /** Nonces for proofs of verifiable credentials, by value. */
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

/** Forgets what hangs on a client that is deleted: its tokens and the consents given to it. */
export function forgetClient(state: FlowState, clientId: string): void {
  state.tokens.deleteOfClient(clientId);
  for (const [id, { clientId: of }] of state.consents) if (of === clientId) state.consents.delete(id);
}

/** Ends login sessions. What was consented to within them stays, but belongs to no session any more. */
export function forgetLogins({ logins, consents }: FlowState, ids: readonly string[]): void {
  const ended = new Set(ids.filter((id) => logins.delete(id)));
  if (ended.size === 0) return;
  for (const consent of consents.values()) if (ended.has(consent.loginSessionId)) consent.loginSessionId = "";
}
