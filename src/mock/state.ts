import type { JsonWebKey, OAuth2Client } from "../types.ts";

/** A client as the mock keeps it: what the server shows, and beside it what it never shows again. */
export interface StoredClient {
  client: OAuth2Client & { client_id: string };
  /** The secrets that authenticate the client: the current one first, then rotated ones that are still alive. */
  secrets: string[];
  /** The living registration access token; `undefined` once an admin PUT or PATCH has killed it. */
  registrationAccessToken: string | undefined;
}

/** All that a mock remembers. Plain maps, so that a test can read and seed them. */
export interface State {
  /** By client id, in order of creation. */
  clients: Map<string, StoredClient>;
  /** JSON Web Key sets, private parts included, by the set's name. */
  keySets: Map<string, JsonWebKey[]>;
}

export function emptyState(): State {
  return { clients: new Map(), keySets: new Map() };
}
