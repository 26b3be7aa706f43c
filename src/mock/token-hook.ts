/** What a token hook receives: the body of the request that Hydra sends to `oauth2.token_hook`. */
export interface TokenHookRequest {
  /** What the tokens are going to contain. */
  session: TokenHookSession;
  /** The token request. */
  request: TokenHookTokenRequest;
}

/** What the tokens are going to contain, as a token hook sees it. */
export interface TokenHookSession {
  /** The ID token. */
  id_token: {
    /** Its claims. */
    id_token_claims: TokenHookIdTokenClaims;
    /** The person, or the client if it acts for itself. */
    subject: string;
  };
  /** The custom claims of the access token. */
  extra: Record<string, unknown>;
  /** The client that the tokens are for. */
  client_id: string;
  /** The consent that the tokens go back to; empty if no person was involved. */
  consent_challenge: string;
}

/** The claims of an ID token, as a token hook sees them. */
export interface TokenHookIdTokenClaims {
  /** The issuer. */
  iss: string;
  /** The person as the client sees them; empty if no person was involved. */
  sub: string;
  /** The client. */
  aud: string[] | null;
  /** The nonce of the authorization request. */
  nonce: string;
  /** The authentication context class. */
  acr: string;
  /** The authentication methods. */
  amr: string[] | null;
  /** The custom claims. */
  ext: Record<string, unknown> | null;
}

/** A token request, as a token hook sees it. */
export interface TokenHookTokenRequest {
  /** The client. */
  client_id: string;
  /** The scopes that were requested. */
  requested_scopes: string[] | null;
  /** The scopes that are granted so far. */
  granted_scopes: string[];
  /** The audience that is granted so far. */
  granted_audience: string[];
  /** The parameter `grant_type`. */
  grant_types: string[];
  /** The form, without secrets. */
  payload: Record<string, string[]>;
}

/** What a token hook answers: the custom claims of both tokens. */
export interface TokenHookResponse {
  /** The custom claims. */
  session: {
    /** Those of the access token, shown as `ext`. */
    access_token?: Record<string, unknown>;
    /** Those of the ID token. */
    id_token?: Record<string, unknown>;
  };
}

/**
 * Stands for the web hook of Hydra's setting `oauth2.token_hook`.
 *
 * @returns the claims of the tokens, as a hook answers with a 200; `undefined` to leave them as they are (a 204), or
 * `false` to refuse the tokens (a 403, which the client sees as `access_denied`). If it throws, the client sees a
 * `server_error`.
 */
export type TokenHook = (
  request: TokenHookRequest,
) => TokenHookResponse | undefined | false | Promise<TokenHookResponse | undefined | false>;
