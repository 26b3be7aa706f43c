import { ExpiringMap } from "./expiring-map.ts";

/** What a person, or a client for itself, has granted: shared by a code and by every token issued for it. */
export interface Grant {
  /** The id of the consent request, if there was one. Revoking a grant revokes every token issued for it. */
  id: string;
  /** The client that the tokens are issued to. */
  clientId: string;
  /** The person; the client id if the client acts for itself. */
  subject: string;
  /** What the tokens may be used for. */
  scope: string[];
  /** Where the tokens may be used. */
  audience: string[];
  /** Custom claims of the access token, shown as `ext`. */
  ext: Record<string, unknown>;
  /** Claims about the person, for ID tokens and `/userinfo`; absent if no person was involved. */
  claims?: Record<string, unknown> & {
    /** The subject as the client sees it; differs from `subject` for pairwise clients. */
    sub: string;
  };
  /** Whether the authorization request had `acr_values`. */
  requestsAcr?: boolean;
}

/** An access token, a refresh token or an authorization code. */
export interface Token {
  /** What it is. */
  use: "access_token" | "refresh_token" | "authorization_code";
  /** The token itself, as it is sent. */
  value: string;
  /** What it was issued for. */
  grant: Grant;
  /** Milliseconds since the epoch. */
  issuedAt: number;
  /** Milliseconds since the epoch. */
  expiresAt: number;
  /** Set once a code or refresh token was redeemed: it stays known for a while so that a second use is noticed. */
  used?: boolean;
  /** Of a used refresh token: until when it may be used again, in milliseconds since the epoch. */
  reusableUntil?: number;
  /** Of a refresh token: the access token that was issued with it. */
  accessToken?: string;
  /** Of a code: what the token request must match. */
  bound?: {
    /** Empty if the authorization request had none. */
    redirectUri: string;
    /** The S256 challenge of PKCE; empty if the authorization request had none. */
    codeChallenge: string;
  };
}

/** Whether a code or refresh token was redeemed and may not be used again. */
export function isSpent({ used, reusableUntil = 0 }: Token, now: number): boolean {
  return used === true && now >= reusableUntil;
}

/** Every token by its value, indexed by its grant and its client. */
export class TokenTable extends ExpiringMap<Token> {
  readonly #owned = new Map<string, Set<string>>();

  override set(value: string, token: Token): this {
    for (const owner of owners(token)) {
      const values = this.#owned.get(owner);
      if (values) values.add(value);
      else this.#owned.set(owner, new Set([value]));
    }
    return super.set(value, token);
  }

  override delete(value: string): boolean {
    const token = this.peek(value);
    for (const owner of token ? owners(token) : []) {
      const values = this.#owned.get(owner);
      if (values?.delete(value) && values.size === 0) this.#owned.delete(owner);
    }
    return super.delete(value);
  }

  override clear(): void {
    super.clear();
    this.#owned.clear();
  }

  /** Forgets the access and refresh tokens of a grant. Its code stays, so that a second use is noticed. */
  revokeGrant(id: string): void {
    this.deleteOfGrant(id, "access_token");
    this.deleteOfGrant(id, "refresh_token");
  }

  /** Forgets the tokens of a grant, or only those of one `use`. */
  deleteOfGrant(id: string, use?: Token["use"]): void {
    this.#deleteOwned(`grant ${id}`, use);
  }

  /** Forgets the tokens of a client, or only those of one `use`. */
  deleteOfClient(id: string, use?: Token["use"]): void {
    this.#deleteOwned(`client ${id}`, use);
  }

  #deleteOwned(owner: string, use: Token["use"] | undefined): void {
    for (const value of [...(this.#owned.get(owner) ?? [])]) {
      const token = this.peek(value)!;
      if (use === undefined || token.use === use) this.delete(value);
    }
  }
}

function owners({ grant }: Token): string[] {
  return [`grant ${grant.id}`, `client ${grant.clientId}`];
}
