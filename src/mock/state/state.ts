import type { JsonWebKey, OAuth2Client, TrustedOAuth2JwtGrantIssuer } from "../../types.ts";
import { emptyFlowState, type FlowState } from "./flow-state.ts";
import { SortedMap } from "./sorted-map.ts";
import { isSpent, type Token } from "./token-table.ts";

/** A client as the mock keeps it: what the server shows, and the credentials that it never shows again. */
export interface StoredClient {
  /** With every default filled in, as `GET /admin/clients/{id}` shows it. */
  client: OAuth2Client & { client_id: string };
  /** The secrets that authenticate the client: the current one first, then rotated ones that are still valid. */
  secrets: string[];
  /** The valid registration access token; `undefined` once an administrator's PUT or PATCH has invalidated it. */
  registrationAccessToken: string | undefined;
}

/**
 * An issuer whose assertions the jwt-bearer grant accepts, as `GET /admin/trust/grants/jwt-bearer/issuers/{id}` shows
 * it. It is trusted for as long as its key is in the key set.
 */
export interface StoredIssuer extends TrustedOAuth2JwtGrantIssuer {
  /** A UUID. */
  id: string;
  /** Where to find its key. */
  public_key: {
    /** The key set, named like the issuer. */
    set: string;
    /** The key's id in it. */
    kid: string;
  };
}

/**
 * Everything a mock remembers, as maps that a test can read and seed. An expired entry is no longer found, but still
 * counts in the map's `size` and values until the map has doubled and is swept.
 */
export interface State extends FlowState {
  /** By client id. */
  clients: SortedMap<StoredClient>;
  /** JSON Web Key sets, private parts included, by the set's name. */
  keySets: Map<string, JsonWebKey[]>;
  /** Trusted issuers of the jwt-bearer grant, by id. */
  trustedIssuers: SortedMap<StoredIssuer>;
}

/** @param now The clock, in milliseconds since the epoch. */
export function emptyState(now: () => number): State {
  return {
    clients: new SortedMap(),
    keySets: new Map(),
    trustedIssuers: new SortedMap(),
    ...emptyFlowState(now),
  };
}

/** The valid access or refresh token of this value whose client still exists. */
export function findToken(context: { readonly state: State; now(): number }, value: string): Token | undefined {
  const { tokens, clients } = context.state;
  // The server ignores white space before a JWT.
  const token = tokens.get(/^\s+ey/.test(value) ? value.trimStart() : value);
  if (!token || isSpent(token, context.now()) || token.use === "authorization_code") return undefined;
  return clients.has(token.grant.clientId) ? token : undefined;
}

/** The token at the end of a text: the server looks for tokens by their last part, the signature. */
export function tokenAtEnd(text: string): string {
  return /(?:ory_[a-z]{2}_|ey)[\w.-]+$/.exec(text)?.[0] ?? text;
}

/** Removes one key, or all keys, from a set. Issuers whose key it was are no longer trusted. */
export function deleteKeys({ keySets, trustedIssuers }: State, set: string, kid?: string): void {
  const isDeleted = (key: { kid?: string }): boolean => kid === undefined || (key.kid ?? "") === kid;
  const left = keySets.get(set)?.filter((key) => !isDeleted(key));
  if (left) keySets.set(set, left);
  for (const { id, public_key } of trustedIssuers.values()) {
    if (public_key.set === set && isDeleted(public_key)) trustedIssuers.delete(id);
  }
}
