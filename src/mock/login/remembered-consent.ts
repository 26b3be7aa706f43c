import type { Context } from "../context.ts";
import type { Flow, GrantedFlow } from "../state/flow-state.ts";
import type { StoredClient } from "../state/state.ts";
import { coversScope } from "../tokens/scope.ts";
import { isLoopback } from "./redirect-uri.ts";

/** Whether an earlier consent allows to skip the consent page. */
export function isConsentRemembered(
  context: Context,
  client: StoredClient["client"],
  redirectUri: string | undefined,
  flow: Flow,
): boolean {
  return mayRememberConsent(client, redirectUri) && wasGranted(context, flow);
}

/** Whether the time for which a consent is remembered is over; with `remember_for: 0` it never is. */
export function isConsentExpired(context: Context, { consent, requestedAt }: GrantedFlow): boolean {
  return consent.rememberFor > 0 && requestedAt + consent.rememberFor * 1000 <= context.now();
}

/** RFC 6749 section 10.2: anyone can pose as a public client, unless its redirect URI proves who it is. */
function mayRememberConsent(client: StoredClient["client"], redirectUri: string | undefined): boolean {
  if (client.token_endpoint_auth_method !== "none") return true;
  if (redirectUri === undefined || !URL.canParse(redirectUri)) return false;
  const { protocol, hostname } = new URL(redirectUri);
  return protocol === "https:" || (protocol === "http:" && (isLoopback(hostname) || /(^|\.)localhost$/.test(hostname)));
}

/** Whether the person's latest remembered consent for the client covers everything that is requested. */
function wasGranted(context: Context, flow: Flow): boolean {
  let latest: GrantedFlow | undefined;
  for (const candidate of context.state.consents.values()) {
    const { consent, subject, clientId, consentSkip, requestedAt } = candidate;
    const isSame = subject === flow.subject && clientId === flow.clientId && !consentSkip && consent.remember;
    if (isSame && !isConsentExpired(context, candidate) && requestedAt >= (latest?.requestedAt ?? 0))
      latest = candidate;
  }
  return latest !== undefined && coversScope(latest.consent.scope, flow.requestedScope);
}
