import type { JsonWebKey, OAuth2Client, TrustedOAuth2JwtGrantIssuer } from "../../types.ts";
import { emptyFlowState, type FlowState } from "./flow-state.ts";
import { SortedMap } from "./sorted-map.ts";

/** A client as the mock keeps it: what the server shows, and beside it what it never shows again. */
export interface StoredClient {
  /** With every default filled in, as `GET /admin/clients/{id}` shows it. */
  client: OAuth2Client & { client_id: string };
  /** The secrets that authenticate the client: the current one first, then rotated ones that are still alive. */
  secrets: string[];
  /** The living registration access token; `undefined` once an admin's PUT or PATCH has killed it. */
  registrationAccessToken: string | undefined;
}

/**
 * An issuer whose assertions the jwt-bearer grant takes, as `GET /admin/trust/grants/jwt-bearer/issuers/{id}` shows
 * it. It is trusted for as long as its key is in the key set.
 */
export interface StoredIssuer extends TrustedOAuth2JwtGrantIssuer {
  /** A UUID. */
  id: string;
  /** Where its key is. */
  public_key: {
    /** The key set, named like the issuer. */
    set: string;
    /** The key's id in it. */
    kid: string;
  };
}

/**
 * All that a mock remembers. Maps, so that a test can read and seed them. What has expired is not found any more, but
 * counts in a map's `size`, and is among its values, until the map has doubled and is swept.
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

/** Takes a key, or all of them, out of a set. An issuer that was trusted by it is trusted no more. */
export function deleteKeys({ keySets, trustedIssuers }: State, set: string, kid?: string): void {
  const isMeant = (key: { kid: string }): boolean => kid === undefined || key.kid === kid;
  const left = keySets.get(set)?.filter((key) => !isMeant(key));
  if (left) keySets.set(set, left);
  for (const { id, public_key } of trustedIssuers.values()) {
    if (public_key.set === set && isMeant(public_key)) trustedIssuers.delete(id);
  }
}
