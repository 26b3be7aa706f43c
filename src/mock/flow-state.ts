import type { AcceptOAuth2ConsentRequestSession, OAuth2ConsentRequestOpenIDConnectContext } from "../types.ts";
import { ExpiringMap } from "./expiring-map.ts";
import { SortedMap } from "./sorted-map.ts";
import { type Grant, TokenTable } from "./token-table.ts";

/** What the application that shows the login or the consent page said no with. */
export interface Denial {
  error: string;
  error_description: string;
}

/**
 * A person's way from the authorization endpoint, or from a device's user code, through login and consent. A step
 * never changes it but makes the next one under a new challenge or verifier, as the server seals it into them: that is
 * why a challenge can be read, and answered, again after it was handled.
 */
export interface Flow {
  /** The login challenge's own id; a consent is recorded once for it. */
  id: string;
  expiresAt: number;
  /** Milliseconds since the epoch, whole seconds. */
  requestedAt: number;
  requestUrl: string;
  clientId: string;
  requestedScope: string[];
  requestedAudience: string[];
  oidcContext: OAuth2ConsentRequestOpenIDConnectContext;
  /** The device code that is being granted; absent where an authorization was asked for. */
  deviceCode?: string;
  /** Has to come back in the cookie of the step: device, login or consent. */
  csrf: string;

  loginSessionId: string;
  loginSkip: boolean;
  subject: string;
  /** Milliseconds since the epoch; 0 before the login. */
  authenticatedAt: number;
  login?: {
    remember: boolean;
    rememberFor: number;
    extendSessionLifespan: boolean;
    acr: string;
    amr: string[];
    forceSubjectIdentifier: string;
    identityProviderSessionId: string;
  };
  context: unknown;

  consentRequestId: string;
  consentSkip: boolean;
  consent?: {
    scope: string[];
    audience: string[];
    remember: boolean;
    rememberFor: number;
    session: AcceptOAuth2ConsentRequestSession;
    handledAt: number;
  };
  denied?: Denial;
}

/** A flow to whose end a person has come: logged in, and agreed. */
export type GrantedFlow = Flow & { login: NonNullable<Flow["login"]>; consent: NonNullable<Flow["consent"]> };

/** A person whom a browser's cookie recognises. */
export interface LoginSession {
  id: string;
  subject: string;
  authenticatedAt: number;
  remember: boolean;
  expiresAt: number;
}

export interface LogoutRequest {
  expiresAt: number;
  requestedAt: number;
  requestUrl: string;
  subject: string;
  sessionId: string;
  /** The client whose ID token asked for it; absent where the person came without one. */
  clientId?: string;
  redirectTo: string;
}

/** A device that waits for its person. */
export interface DeviceRequest {
  clientId: string;
  userCode: string;
  /** When the device code ends; it stays known longer, to say so. */
  endsAt: number;
  expiresAt: number;
  requestedScope: string[];
  requestedAudience: string[];
  /** What the person granted, once they have. */
  state: "pending" | "denied" | Grant;
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
  logins: ExpiringMap<LoginSession>;
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
    logins: new ExpiringMap(now),
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
