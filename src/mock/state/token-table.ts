import { ExpiringMap } from "./expiring-map.ts";

/** What a person, or a client for itself, has granted: shared by a code and by every token that came of it. */
export interface Grant {
  /** Revoking it revokes all that came of it; the id of the consent request where there was one. */
  id: string;
  /** Whose tokens they are. */
  clientId: string;
  /** The person; of a client that acts for itself, its id. */
  subject: string;
  /** What the tokens may be used for. */
  scope: string[];
  /** Where the tokens may be used. */
  audience: string[];
  /** Claims of the access token beyond the protocol's, shown as `ext`. */
  ext: Record<string, unknown>;
  /** Claims about the person's authentication, for ID tokens and `/userinfo`; absent where no person was involved. */
  claims?: Record<string, unknown> & {
    /** The person as the client knows them. */
    sub: string;
  };
}

/** An access token, a refresh token or an authorization code. */
export interface Token {
  /** What it is. */
  use: "access_token" | "refresh_token" | "authorization_code";
  /** The text that is sent. */
  value: string;
  /** What it was issued for. */
  grant: Grant;
  /** Milliseconds since the epoch. */
  issuedAt: number;
  /** Milliseconds since the epoch. */
  expiresAt: number;
  /** Set once a code or a refresh token was redeemed: it stays known for a while so that a second use is noticed. */
  used?: boolean;
  /** What a code was asked for with, and has to be redeemed with. */
  bound?: {
    /** Empty where the request had none. */
    redirectUri: string;
    /** The S256 challenge of PKCE; empty where the request had none. */
    codeChallenge: string;
  };
}

/** Every token by its value, with the ways to find those of a grant and of a client. */
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

  /** Forgets the tokens of a grant, or those of one use. */
  deleteOfGrant(id: string, use?: Token["use"]): void {
    this.#deleteOwned(`grant ${id}`, use);
  }

  /** Forgets the tokens of a client, or those of one use. */
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
