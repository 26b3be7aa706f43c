/** What a token hook receives: the body of the request that Hydra sends to `oauth2.token_hook`. */
export interface TokenHookRequest {
  session: {
    id_token: {
      id_token_claims: {
        iss: string;
        /** Empty if no person was involved. */
        sub: string;
        aud: string[] | null;
        nonce: string;
        acr: string;
        amr: string[] | null;
        /** The custom claims of the ID token. */
        ext: Record<string, unknown> | null;
      };
      subject: string;
    };
    /** The custom claims of the access token. */
    extra: Record<string, unknown>;
    client_id: string;
    consent_challenge: string;
  };
  request: {
    client_id: string;
    requested_scopes: string[] | null;
    granted_scopes: string[];
    granted_audience: string[];
    grant_types: string[];
    /** The form of the token request, without secrets. */
    payload: Record<string, string[]>;
  };
}

/** What a token hook answers: the custom claims of both tokens. */
export interface TokenHookResponse {
  session: {
    access_token?: Record<string, unknown>;
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
