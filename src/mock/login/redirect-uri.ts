import { OAuthError } from "../http/oauth-error.ts";
import type { StoredClient } from "../state/state.ts";

/**
 * The redirect URI of an authorization request: one that the client has registered, with any port at a loopback address
 * (RFC 8252 section 7.3). It may be omitted if the client has registered only one.
 */
export function checkedRedirectUri(client: StoredClient["client"], requested: string): string {
  const registered = client.redirect_uris ?? [];
  const [only, ...others] = registered;
  if (requested === "" && only !== undefined && others.length === 0) return only;
  if (registered.includes(requested) || registered.some((uri) => isSameLoopback(requested, uri))) return requested;
  throw new OAuthError("invalid_request", "The client has not registered this 'redirect_uri'.");
}

export function isLoopback(hostname: string): boolean {
  return hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
}

function isSameLoopback(requested: string, registered: string): boolean {
  if (!URL.canParse(requested) || !URL.canParse(registered)) return false;
  const [a, b] = [new URL(requested), new URL(registered)];
  return (
    a.protocol === "http:" &&
    isLoopback(a.hostname) &&
    a.hostname === b.hostname &&
    a.pathname === b.pathname &&
    a.search === b.search &&
    a.hash === ""
  );
}
