// Generated from openapi.yaml by `npm run generate`, do not edit.

export interface paths {
    "/.well-known/jwks.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the public keys that verify tokens
         * The public keys of the server's signing key sets. ID tokens, signed userinfo answers and JWT access tokens verify against them. Keys rotate: look a key up by its `kid`, and ask again when it is not there.
         */
        get: operations["discoverJsonWebKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/openid-configuration": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the OpenID Connect discovery document
         * Endpoints and capabilities of the server (OpenID Connect Discovery 1.0). The same document is served at `/.well-known/oauth-authorization-server`.
         */
        get: operations["discoverOidcConfiguration"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/clients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List OAuth 2.0 clients
         * One page of the clients, without their secrets. The next page is named by the `Link` header with `rel="next"`; its absence means that this page is the last.
         */
        get: operations["listOAuth2Clients"];
        put?: never;
        /**
         * Create an OAuth 2.0 client
         * Creates a client. An empty object will do: the server chooses `client_id` and `client_secret` and sets the defaults. The answer is the only time that a generated `client_secret` and the `registration_access_token` are shown.
         */
        post: operations["createOAuth2Client"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/clients/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The `client_id`. Never empty; an empty one would address the list of all clients. */
                id: string;
            };
            cookie?: never;
        };
        /**
         * Get an OAuth 2.0 client
         * The client, without its secret and its registration access token.
         */
        get: operations["getOAuth2Client"];
        /**
         * Replace an OAuth 2.0 client
         * Replaces the whole client: what the body leaves out goes back to the server's default, `metadata` and lifespans included. Only the secret stays unless the body names a new one, which also ends every rotated secret. The client's registration access token dies.
         */
        put: operations["setOAuth2Client"];
        post?: never;
        /**
         * Delete an OAuth 2.0 client
         * Deletes the client and every token, consent and session that it holds. There is no way back.
         */
        delete: operations["deleteOAuth2Client"];
        options?: never;
        head?: never;
        /**
         * Change fields of an OAuth 2.0 client by JSON Patch
         * Applies the operations of a JSON Patch (RFC 6902) in order, all or none. The server knows `add`, `remove` and `replace`; a path begins with a slash. `/id` cannot be changed, and `/client_id` is answered with 404. An empty list changes nothing. Setting `/client_secret` ends every rotated secret. The client's registration access token dies.
         */
        patch: operations["patchOAuth2Client"];
        trace?: never;
    };
    "/admin/clients/{id}/lifespans": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The `client_id`. Never empty; an empty one would address the list of all clients. */
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Set the token lifespans of a client
         * Sets all thirteen lifespans at once: one that the body leaves out is reset to `null`, the server's default. A body is needed, `{}` at the least. `"1h30m"` comes back as `"1h30m0s"`.
         */
        put: operations["setOAuth2ClientLifespans"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/clients/{id}/secrets/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The `client_id`. Never empty; an empty one would address the list of all clients. */
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a client a new secret and keep the old one alive
         * Generates a new `client_secret`, shown in this answer only. The old one keeps working until `deleteRotatedOAuth2ClientSecrets` ends it; the five latest old secrets are kept. Needs a client with `client_secret_basic` or `client_secret_post`.
         */
        post: operations["rotateOAuth2ClientSecret"];
        /**
         * End the old secrets of a client
         * Ends every secret that a rotation kept alive; the current one stays. Call it when all holders have the new one.
         */
        delete: operations["deleteRotatedOAuth2ClientSecrets"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/keys/{set}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Name of the key set, such as `hydra.openid.id-token` or one of your own. */
                set: string;
            };
            cookie?: never;
        };
        /**
         * Get a JSON Web Key set
         * All keys of a set, the newest first, **private parts included**.
         */
        get: operations["getJsonWebKeySet"];
        /**
         * Replace a JSON Web Key set
         * Stores the given keys as the whole set. Keys of the set that the body does not name are deleted.
         */
        put: operations["setJsonWebKeySet"];
        /**
         * Generate a key into a set
         * Generates a key and adds it to the set, which is created when it is not there. Keys already in the set stay, so this is also how a key is rotated. The answer holds the new key alone, its private parts included.
         */
        post: operations["createJsonWebKeySet"];
        /**
         * Delete a JSON Web Key set
         * Deletes every key of the set. What they signed no longer verifies. A set that is not there is no error.
         */
        delete: operations["deleteJsonWebKeySet"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/keys/{set}/{kid}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Name of the key set, such as `hydra.openid.id-token` or one of your own. */
                set: string;
                /** The key id. Never empty; an empty one would address the whole set. */
                kid: string;
            };
            cookie?: never;
        };
        /**
         * Get one key of a set
         * The key as a set of one, **private parts included**.
         */
        get: operations["getJsonWebKey"];
        /**
         * Store one key in a set
         * Adds the given key to the set, or replaces the one with the same id. The `kid` inside the key decides under which id it is stored, not the one of the path.
         */
        put: operations["setJsonWebKey"];
        post?: never;
        /**
         * Delete one key of a set
         * Deletes the key. What it signed no longer verifies. A key that is not there is no error.
         */
        delete: operations["deleteJsonWebKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/oauth2/auth/requests/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a login request
         * What the login page needs to know: who asks, for which scope, and whether the user is already known (`skip`). The challenge comes as the `login_challenge` of the login page's own URL.
         */
        get: operations["getOAuth2LoginRequest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/oauth2/auth/requests/login/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Accept a login request
         * Tells the server who the user is. Send the browser to the `redirect_to` of the answer to go on.
         */
        put: operations["acceptOAuth2LoginRequest"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/oauth2/auth/requests/login/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Reject a login request
         * Ends the flow: the client gets the error of the body at its redirect URI. Send the browser to the `redirect_to` of the answer.
         */
        put: operations["rejectOAuth2LoginRequest"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/oauth2/auth/requests/consent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a consent request
         * What the consent page needs to know: which client asks which user for which scope and audience, and whether consent was remembered (`skip`).
         */
        get: operations["getOAuth2ConsentRequest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/oauth2/auth/requests/consent/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Accept a consent request
         * Grants the client what the body names, which may be less than it asked for. Nothing is granted that the body leaves out. Send the browser to the `redirect_to` of the answer to go on.
         */
        put: operations["acceptOAuth2ConsentRequest"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/oauth2/auth/requests/consent/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Reject a consent request
         * Ends the flow: the client gets the error of the body at its redirect URI. Send the browser to the `redirect_to` of the answer.
         */
        put: operations["rejectOAuth2ConsentRequest"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/oauth2/auth/requests/device/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Accept the user code of a device
         * Connects the code that the user typed with the device that waits for it (RFC 8628). Send the browser to the `redirect_to` of the answer; login and consent follow.
         */
        put: operations["acceptUserCodeRequest"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/oauth2/auth/requests/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a logout request
         * What the logout page needs to know to ask the user whether to end the session.
         */
        get: operations["getOAuth2LogoutRequest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/oauth2/auth/requests/logout/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Accept a logout request
         * Confirms the logout. The session ends when the browser follows the `redirect_to` of the answer.
         */
        put: operations["acceptOAuth2LogoutRequest"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/oauth2/auth/requests/logout/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Reject a logout request
         * The user stays logged in. There is no redirect; show a page of your own.
         */
        put: operations["rejectOAuth2LogoutRequest"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/oauth2/auth/sessions/consent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what a user has consented to
         * One page of the consent that a user has granted and not revoked. The next page is named by the `Link` header with `rel="next"`. A subject without any gives an empty list.
         */
        get: operations["listOAuth2ConsentSessions"];
        put?: never;
        post?: never;
        /**
         * Revoke consent and the tokens that came of it
         * Needs one of three: `subject` with `client`, `subject` with `all=true`, or `consent_request_id` alone. Access and refresh tokens granted by the consent end too.
         */
        delete: operations["revokeOAuth2ConsentSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/oauth2/auth/sessions/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Log a user out
         * Ends login sessions, so that the next flow asks for a login. Needs `subject` (every session of the user) or `sid` (one session). Tokens live on; end them with `revokeOAuth2ConsentSessions`.
         */
        delete: operations["revokeOAuth2LoginSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/oauth2/introspect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find out whether a token is alive and what it allows
         * Token introspection (RFC 7662) for access and refresh tokens, opaque or JWT. A token that is unknown, expired or revoked gives `{ active: false }` with status 200.
         */
        post: operations["introspectOAuth2Token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/oauth2/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete every access token of a client
         * The client's access tokens end at once. An unknown client is no error.
         */
        delete: operations["deleteOAuth2Token"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/trust/grants/jwt-bearer/issuers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List trusted issuers of JWT grants
         * One page of the trusted issuers. The next page is named by the `Link` header with `rel="next"`.
         */
        get: operations["listTrustedOAuth2JwtGrantIssuers"];
        put?: never;
        /**
         * Trust an issuer of JWT grants
         * Lets assertions signed with the given public key be exchanged for tokens (RFC 7523, the jwt-bearer grant) until the trust expires. Needs exactly one of `subject` and `allow_any_subject`, and a `kid` in the key.
         */
        post: operations["trustOAuth2JwtGrantIssuer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/trust/grants/jwt-bearer/issuers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The id of the trust, a UUID. Anything else is answered with 400. */
                id: string;
            };
            cookie?: never;
        };
        /**
         * Get a trusted issuer of JWT grants
         * The trust, with the name of its key but not the key itself.
         */
        get: operations["getTrustedOAuth2JwtGrantIssuer"];
        put?: never;
        post?: never;
        /**
         * Stop trusting an issuer of JWT grants
         * New assertions of the issuer are refused from now on. Tokens already given live on until they expire.
         */
        delete: operations["deleteTrustedOAuth2JwtGrantIssuer"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Issue a verifiable credential
         * Issues a credential about the user of the access token, bound to a key that the caller proves to hold (OpenID for Verifiable Credential Issuance, draft 00). The token needs the scope `userinfo_credential_draft_00`. The first call, whose proof has no valid nonce, is answered with 400 and the `c_nonce` that the proof must contain; sign again and repeat.
         */
        post: operations["createVerifiableCredential"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/alive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Is the process up?
         * Says that the server takes requests, and nothing of its database. Served by both listeners.
         */
        get: operations["isAlive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Can the server do its work?
         * Says that the server and what it depends on, such as the database, are ready. Served by both listeners.
         */
        get: operations["isReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/auth": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Begin or continue an authorization flow
         * The authorization endpoint (RFC 6749, section 3.1): a place for the user's browser. It redirects to the login page, to the consent page, and at last to the client's redirect URI with a code, tokens or an error. The cookies that it sets must come back with the next step. An unknown client or redirect URI leads to the server's error page, never to the redirect URI. Also served to POST, with a form.
         */
        get: operations["oAuth2Authorize"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/device/auth": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin a device flow
         * The device authorization endpoint (RFC 8628): gives a code for the user to type elsewhere and one for the device to poll the token endpoint with. The client authenticates as at the token endpoint.
         */
        post: operations["oAuth2DeviceFlow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/device/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Begin or continue the verification of a device
         * The place for the user's browser in the device flow. It redirects to the page where the user code is typed, then to login and consent, and at last to the page that says that the device is connected. The cookies that it sets must come back with the next step.
         */
        get: operations["performOAuth2DeviceVerificationFlow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Register a client dynamically
         * OpenID Connect Dynamic Client Registration 1.0 and RFC 7591, without a credential. The server must have dynamic registration enabled; otherwise it answers 404. `client_id` and `client_secret` are the server's to choose, and `metadata`, `access_token_strategy`, `skip_consent` and `skip_logout_consent` cannot be set. The answer alone shows the `client_secret` and the `registration_access_token`, without which the client cannot be read, changed or deleted here again.
         */
        post: operations["createOidcDynamicClient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/register/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The `client_id`. Never empty; an empty one would address the list of all clients. */
                id: string;
            };
            cookie?: never;
        };
        /**
         * Read a dynamically registered client
         * The client's registration (RFC 7592), without secret and without `metadata`. Only the registration access token opens it; neither the client's secret nor an API key does.
         */
        get: operations["getOidcDynamicClient"];
        /**
         * Replace the registration of a client
         * Replaces the whole registration (RFC 7592): what the body leaves out goes back to the server's default. The answer shows a new `registration_access_token`, and the one that made this call is dead at once; keep the new one before anything else. The body must not contain `client_secret` (403) or `metadata` (400), not even as the server gave them.
         */
        put: operations["setOidcDynamicClient"];
        post?: never;
        /**
         * Delete a dynamically registered client
         * Deletes the client and every token, consent and session that it holds. There is no way back.
         */
        delete: operations["deleteOidcDynamicClient"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Revoke a token
         * Token revocation (RFC 7009). The client that the token was given to authenticates as at the token endpoint; a bearer token does not do. Revoking a refresh token ends the access tokens of the same grant too. An unknown token is no error.
         */
        post: operations["revokeOAuth2Token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/sessions/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Begin or continue a logout
         * The end session endpoint (OpenID Connect RP-Initiated Logout 1.0): a place for the user's browser. It redirects to the logout page, ends the session once that is accepted, tells the clients over their front and back channels, and redirects to `post_logout_redirect_uri` or the server's default. Also served to POST, with a form.
         */
        get: operations["revokeOidcSession"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get tokens
         * The token endpoint (RFC 6749, section 3.2). The client authenticates as its `token_endpoint_auth_method` says, and in no other way; in a Basic header id and secret are form-encoded first.
         */
        post: operations["oauth2TokenExchange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/userinfo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the claims about the user of an access token
         * The userinfo endpoint of OpenID Connect: the claims that the consent put into the ID token, custom ones included. The token needs the scope `openid`. A client whose `userinfo_signed_response_alg` is not `none` gets them as a signed JWT. A token of the client credentials grant has no `sub`. Also served to POST.
         */
        get: operations["getOidcUserInfo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/version": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the version of the server
         * The version that runs, such as `v2.3.0`. Served by the admin listener only.
         */
        get: operations["getVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** An OAuth 2.0 client: the metadata of RFC 7591 and OpenID Connect registration, with Ory's own additions. The same type is sent and answered; nothing in it is required. */
        OAuth2Client: components["schemas"]["OAuth2ClientTokenLifespans"] & {
            /** Whether access tokens are `opaque` or `jwt`. Default the server's setting. Not to be set by dynamic registration. */
            access_token_strategy?: "jwt" | "opaque" | (string & {});
            /** Origins that may call the public endpoints from a browser in this client's name, beside the server's own list. */
            allowed_cors_origins?: string[];
            /** Audiences for which the client may ask tokens. Default none. */
            audience?: string[];
            /** Whether logout tokens must contain `sid`. Default false. */
            backchannel_logout_session_required?: boolean;
            /** Where the server posts a logout token when a session ends (OpenID Connect Back-Channel Logout). */
            backchannel_logout_uri?: string;
            /** The client's id. Default a UUID. May be chosen on creation by an administrator only, and never changed. */
            client_id?: string;
            /** Name to show to users on the consent page. */
            client_name?: string;
            /** The secret, 6 characters or more. Default one that the server generates. Stored as a hash and shown only by the call that sets, generates or rotates it. */
            client_secret?: string;
            /** When the secret expires, in seconds since 1970. Always 0, never. */
            client_secret_expires_at?: number;
            /** The client's home page, http or https. */
            client_uri?: string;
            /** How to reach the people responsible for the client, such as e-mail addresses. `null` in the answer to a write that left it out. */
            contacts?: string[] | null;
            /**
             * Format: date-time
             * When the client was created. The server's to set.
             */
            created_at?: string;
            /** Whether `iss` and `sid` are added to `frontchannel_logout_uri`. Default false. */
            frontchannel_logout_session_required?: boolean;
            /** What the server opens in a frame when a session ends (OpenID Connect Front-Channel Logout). */
            frontchannel_logout_uri?: string;
            /** Grants that the client may use. Left out, it may use the authorization code grant alone. `null` in the answer to a write that left it out. */
            grant_types?: ("authorization_code" | "refresh_token" | "client_credentials" | "implicit" | "urn:ietf:params:oauth:grant-type:device_code" | "urn:ietf:params:oauth:grant-type:jwt-bearer" | (string & {}))[] | null;
            /** The client's **public** keys, for `private_key_jwt` and request objects. Not together with `jwks_uri`. */
            jwks?: components["schemas"]["JsonWebKeySet"];
            /** Where the server fetches the client's public keys, so that they can rotate. Not together with `jwks`. */
            jwks_uri?: string;
            /** Logo to show on the consent page, http or https. */
            logo_uri?: string;
            /** Whatever an administrator wants to keep with the client. Not to be set by dynamic registration. */
            metadata?: {
                [key: string]: any;
            };
            /** Who owns the client, in a notation of your own; clients can be listed by it. */
            owner?: string;
            /** The client's privacy policy, http or https. */
            policy_uri?: string;
            /** Where the browser may go after a logout. Each shares scheme, host and port with one of `redirect_uris`. */
            post_logout_redirect_uris?: string[];
            /** Where codes and tokens may be sent, without fragments. `null` in the answer to a write that left it out. */
            redirect_uris?: string[] | null;
            /** Bearer token for the calls of dynamic registration on this client. Shown on creation and by every registration PUT, which replaces it; an admin PUT or PATCH ends it without giving a new one. */
            registration_access_token?: string;
            /** Address of the client's registration. Shown beside `registration_access_token`. */
            registration_client_uri?: string;
            /** The algorithm with which request objects must be signed. Default any of the server's. */
            request_object_signing_alg?: "none" | "RS256" | "RS384" | "RS512" | "PS256" | "PS384" | "PS512" | "ES256" | "ES384" | "ES512" | (string & {});
            /** Addresses that the client may name as `request_uri`. */
            request_uris?: string[];
            /** What the client may ask the authorization endpoint for. Left out, `code` alone. `null` in the answer to a write that left it out. */
            response_types?: ("code" | "id_token" | "token" | "code id_token" | "token id_token" | "token id_token code" | (string & {}))[] | null;
            /** Scopes that the client may ask for, separated by spaces. Default the server's setting. */
            scope?: string;
            /** An https address with a list of redirect URIs, whose host groups the pairwise subjects of several clients. */
            sector_identifier_uri?: string;
            /** Whether the consent page is skipped, for your own clients. Default false. Not to be set by dynamic registration. */
            skip_consent?: boolean;
            /** Whether the logout page is skipped. `null` when it was never set. Not to be set by dynamic registration. */
            skip_logout_consent?: boolean | null;
            /** Whether users have the same `sub` for every client (`public`) or one for each (`pairwise`). Default `public` where the server supports it. */
            subject_type?: "public" | "pairwise" | (string & {});
            /**
             * How the client authenticates at the token endpoint; `none` for public clients. Fixed, no other way is taken.
             * @default client_secret_basic
             */
            token_endpoint_auth_method?: "client_secret_basic" | "client_secret_post" | "private_key_jwt" | "none" | (string & {});
            /** The algorithm of `private_key_jwt`. Default `RS256`; EdDSA is not supported. */
            token_endpoint_auth_signing_alg?: "RS256" | "RS384" | "RS512" | "PS256" | "PS384" | "PS512" | "ES256" | "ES384" | "ES512" | (string & {});
            /** The client's terms of service, http or https. */
            tos_uri?: string;
            /**
             * Format: date-time
             * When the client was last changed. The server's to set.
             */
            updated_at?: string;
            /** `RS256` for userinfo as a signed JWT, `none` for plain JSON. Default `none`. */
            userinfo_signed_response_alg?: "none" | "RS256" | (string & {});
        };
        /** How long the tokens of a client live, by grant and kind of token. `null` stands for the server's default. */
        OAuth2ClientTokenLifespans: {
            /** Of access tokens from the authorization code grant. Default the server's setting. */
            authorization_code_grant_access_token_lifespan?: components["schemas"]["NullDuration"];
            /** Of ID tokens from the authorization code grant. Default the server's setting. */
            authorization_code_grant_id_token_lifespan?: components["schemas"]["NullDuration"];
            /** Of refresh tokens from the authorization code grant. Default the server's setting. */
            authorization_code_grant_refresh_token_lifespan?: components["schemas"]["NullDuration"];
            /** Of access tokens from the client credentials grant. Default the server's setting. */
            client_credentials_grant_access_token_lifespan?: components["schemas"]["NullDuration"];
            /** Of access tokens from the device grant. Default the server's setting. */
            device_authorization_grant_access_token_lifespan?: components["schemas"]["NullDuration"];
            /** Of ID tokens from the device grant. Default the server's setting. */
            device_authorization_grant_id_token_lifespan?: components["schemas"]["NullDuration"];
            /** Of refresh tokens from the device grant. Default the server's setting. */
            device_authorization_grant_refresh_token_lifespan?: components["schemas"]["NullDuration"];
            /** Of access tokens from the implicit grant. Default the server's setting. */
            implicit_grant_access_token_lifespan?: components["schemas"]["NullDuration"];
            /** Of ID tokens from the implicit grant. Default the server's setting. */
            implicit_grant_id_token_lifespan?: components["schemas"]["NullDuration"];
            /** Of access tokens from the jwt-bearer grant. Default the server's setting. */
            jwt_bearer_grant_access_token_lifespan?: components["schemas"]["NullDuration"];
            /** Of access tokens from a refresh. Default the server's setting. */
            refresh_token_grant_access_token_lifespan?: components["schemas"]["NullDuration"];
            /** Of ID tokens from a refresh. Default the server's setting. */
            refresh_token_grant_id_token_lifespan?: components["schemas"]["NullDuration"];
            /** Of refresh tokens from a refresh. Default the server's setting. */
            refresh_token_grant_refresh_token_lifespan?: components["schemas"]["NullDuration"];
        };
        /** A duration as Go writes it, such as `"30s"`, `"1h30m"` or `"720h"`; days are not a unit. It comes back in full, `"1h30m0s"`. */
        NullDuration: string | null;
        /** One operation of a JSON Patch (RFC 6902). */
        JsonPatch: {
            /**
             * What to do. A Hydra does only the first three.
             */
            op: "add" | "remove" | "replace" | "move" | "copy" | "test";
            /** What to change, as a JSON Pointer (RFC 6901) such as `/redirect_uris/0`, or `/redirect_uris/-` to append. */
            path: string;
            /** The new value, for `add`, `replace` and `test`. */
            value?: any;
            /** Where the value comes from, for `move` and `copy`. */
            from?: string;
        };
        /** A set of JSON Web Keys (RFC 7517). `{}` for a client that has none. */
        JsonWebKeySet: {
            /** The keys. */
            keys?: components["schemas"]["JsonWebKey"][];
        };
        /** A JSON Web Key (RFC 7517, RFC 7518, RFC 8037), public or private. */
        JsonWebKey: {
            /** The algorithm that the key is for. */
            alg?: "RS256" | "RS384" | "RS512" | "PS256" | "PS384" | "PS512" | "ES256" | "ES384" | "ES512" | "EdDSA" | "HS256" | "HS384" | "HS512" | (string & {});
            /** The curve of an EC or OKP key. */
            crv?: "P-256" | "P-384" | "P-521" | "Ed25519" | (string & {});
            /** **Private.** The private exponent of an RSA key, or the private value of an EC or OKP key. */
            d?: string;
            /** **Private.** The first factor's exponent of an RSA key. */
            dp?: string;
            /** **Private.** The second factor's exponent of an RSA key. */
            dq?: string;
            /** The public exponent of an RSA key. */
            e?: string;
            /** **Private.** The value of a symmetric key. */
            k?: string;
            /** The key's id, by which a token names it. */
            kid: string;
            /** The type of the key. */
            kty: "RSA" | "EC" | "OKP" | "oct" | (string & {});
            /** The modulus of an RSA key. */
            n?: string;
            /** **Private.** The first prime factor of an RSA key. */
            p?: string;
            /** **Private.** The second prime factor of an RSA key. */
            q?: string;
            /** **Private.** The coefficient of an RSA key. */
            qi?: string;
            /** What the key is for, `sig` to sign or `enc` to encrypt. */
            use?: "sig" | "enc" | (string & {});
            /** The x coordinate of an EC key, or the public key of an OKP key. */
            x?: string;
            /** Certificates of the key, each base64 of DER, the key's own first. */
            x5c?: string[];
            /** The y coordinate of an EC key. */
            y?: string;
        };
        /** Which key the server is to generate. */
        CreateJsonWebKeySet: {
            /** The algorithm. HS256 and HS512 are refused. */
            alg: "RS256" | "RS384" | "RS512" | "PS256" | "PS384" | "PS512" | "ES256" | "ES384" | "ES512" | "EdDSA" | (string & {});
            /** The key's id. Default one that the server chooses. */
            kid?: string;
            /** What the key is for. Default `sig`. */
            use?: "sig" | "enc" | (string & {});
        };
        /** What a login page is asked to do. */
        OAuth2LoginRequest: {
            /** The login challenge. */
            challenge: string;
            /** The client that asks. */
            client: components["schemas"]["OAuth2Client"];
            /** What the client said about the login that it would like. `null` where a device asked. */
            oidc_context?: components["schemas"]["OAuth2ConsentRequestOpenIDConnectContext"] | null;
            /** The authorization URL that began the flow. */
            request_url: string;
            /** The audiences that the client asks for. */
            requested_access_token_audience?: string[];
            /** The scopes that the client asks for. */
            requested_scope?: string[];
            /** The login session, the `sid` of its ID tokens. Set also when the user is new. */
            session_id?: string;
            /** True when the user is already logged in; then show nothing and accept with the same `subject`. */
            skip: boolean;
            /** The remembered user when `skip` is true, else empty. */
            subject: string;
        };
        /** Who has logged in, and how. */
        AcceptOAuth2LoginRequest: {
            /** The authentication context class, for the ID token's `acr`. */
            acr?: string;
            /** The authentication methods (RFC 8176), such as `pwd` and `otp`, for the ID token's `amr`. */
            amr?: string[];
            /** Whatever the consent page is to find as the `context` of its request. */
            context?: {
                [key: string]: any;
            } | null;
            /** Whether a remembered session (`skip` is true) lives on for another `remember_for`. Default false. */
            extend_session_lifespan?: boolean;
            /** The `sub` that a pairwise client sees. Default what the server computes. Must be the same on every login. */
            force_subject_identifier?: string;
            /** The session at your identity provider, so that a logout can reach it. */
            identity_provider_session_id?: string;
            /** Whether the next flow of this browser skips the login. Default false. */
            remember?: boolean;
            /** For how many seconds the login is remembered. Default 0, until the browser closes. */
            remember_for?: number;
            /** The user. Must never change and should mean nothing to others; equal to the request's when `skip` is true. */
            subject: string;
        };
        /** What a consent page is asked to do. */
        OAuth2ConsentRequest: {
            /** The authentication context class of the login. */
            acr?: string;
            /** The authentication methods of the login. */
            amr?: string[];
            /** The consent challenge. Empty in a list of consent sessions. */
            challenge: string;
            /** The client that asks. */
            client?: components["schemas"]["OAuth2Client"];
            /** The id of the consent, by which it can be revoked. */
            consent_request_id?: string;
            /** What was given as `context` on acceptance. `null` when nothing was, or when it was remembered. */
            context?: {
                [key: string]: any;
            } | null;
            /** The login challenge of the same flow. */
            login_challenge?: string;
            /** The login session, the `sid` of its ID tokens. */
            login_session_id?: string;
            /** What the client said about the login that it would like. `null` where a device asked. */
            oidc_context?: components["schemas"]["OAuth2ConsentRequestOpenIDConnectContext"] | null;
            /** The authorization URL that began the flow. */
            request_url?: string;
            /** The audiences that the client asks for. */
            requested_access_token_audience?: string[];
            /** The scopes that the client asks for. */
            requested_scope?: string[];
            /** True when the user has consented to this before, or the client skips consent; then show nothing and accept. */
            skip?: boolean;
            /** The user who is asked. */
            subject?: string;
        };
        /** What the client said in the authorization request about the login that it would like. */
        OAuth2ConsentRequestOpenIDConnectContext: {
            /** Authentication context classes in order of preference. */
            acr_values?: string[];
            /** The kind of page, such as `page` or `popup`. */
            display?: string;
            /** Claims of the ID token that the client sent as a hint. */
            id_token_hint_claims?: {
                [key: string]: any;
            };
            /** Whom to suggest, such as an e-mail address. */
            login_hint?: string;
            /** Languages in order of preference (BCP 47). */
            ui_locales?: string[];
        };
        /** What the user grants. */
        AcceptOAuth2ConsentRequest: {
            /** Whatever the consent page is to find as the `context` of its request. */
            context?: {
                [key: string]: any;
            } | null;
            /** The audiences that are granted, of those asked for. Default none. */
            grant_access_token_audience?: string[];
            /** The scopes that are granted, of those asked for. Default none. */
            grant_scope?: string[];
            /** Whether the same consent is not asked for again. Default false. */
            remember?: boolean;
            /** For how many seconds the consent is remembered. Default 0, for ever. */
            remember_for?: number;
            /** Claims to put into the tokens. */
            session?: components["schemas"]["AcceptOAuth2ConsentRequestSession"];
        };
        /** Claims that the consent puts into tokens. */
        AcceptOAuth2ConsentRequestSession: {
            /** An object of claims for the access token, seen on introspection as `ext` and in a JWT access token. Who holds the token may read them. */
            access_token?: any;
            /** An object of claims for the ID token and for userinfo, such as `email` and `name`. */
            id_token?: any;
        };
        /** What a user has consented to. */
        OAuth2ConsentSession: {
            /** The request that the user consented to, its `challenge` empty. */
            consent_request?: components["schemas"]["OAuth2ConsentRequest"];
            /** The id of the consent, by which it can be revoked. */
            consent_request_id?: string;
            /** What was given as `context` on acceptance. `null` when nothing was, or when it was remembered. */
            context?: {
                [key: string]: any;
            } | null;
            /** The audiences that are granted, of those asked for. Default none. */
            grant_access_token_audience?: string[];
            /** The scopes that are granted, of those asked for. Default none. */
            grant_scope?: string[];
            /**
             * Format: date-time
             * When the user consented.
             */
            handled_at?: string;
            /** Whether the same consent is not asked for again. Default false. */
            remember?: boolean;
            /** For how many seconds the consent is remembered. Default 0, for ever. */
            remember_for?: number;
            /** The claims that went into the tokens. */
            session?: components["schemas"]["AcceptOAuth2ConsentRequestSession"];
        };
        /** Why a login or consent is rejected; the client gets it at its redirect URI. */
        RejectOAuth2Request: {
            /** The error code for the client, such as `access_denied`. Default a text that says which page refused. */
            error?: string;
            /** Details for the developer, which the server keeps to its log. */
            error_debug?: string;
            /** A sentence for the client's developer. */
            error_description?: string;
            /** What to do about it; added to the description. */
            error_hint?: string;
            /** The HTTP status that goes with the error. Default 400. */
            status_code?: number;
        };
        /** What a logout page is asked to do. */
        OAuth2LogoutRequest: {
            /** The logout challenge. */
            challenge?: string;
            /** The client that began the logout, or `null` when the user did. */
            client?: components["schemas"]["OAuth2Client"] | null;
            /**
             * Format: date-time
             * Until when the request can be accepted.
             */
            expires_at?: string;
            /** The logout URL that began the flow. */
            request_url?: string;
            /**
             * Format: date-time
             * When the logout was asked for.
             */
            requested_at?: string;
            /** True when a client began the logout with an `id_token_hint`. */
            rp_initiated?: boolean;
            /** The login session that ends. */
            sid?: string;
            /** The user who logs out. */
            subject?: string;
        };
        /** Where the flow goes on. */
        OAuth2RedirectTo: {
            /** The URL to send the user's browser to. */
            redirect_to: string;
        };
        /** The code that the user typed. */
        AcceptDeviceUserCodeRequest: {
            /** The user code. Needed. */
            user_code?: string;
        };
        /** A device that waits for its user. Part of `@ory/client`; no operation sends or answers it. */
        DeviceUserAuthRequest: {
            /** The device challenge. */
            challenge: string;
            /** The client that asks. */
            client?: components["schemas"]["OAuth2Client"];
            /**
             * Format: date-time
             * When the user code was accepted.
             */
            handled_at?: string;
            /** The device authorization URL that began the flow. */
            request_url?: string;
            /** The audiences that the client asks for. */
            requested_access_token_audience?: string[];
            /** The scopes that the client asks for. */
            requested_scope?: string[];
        };
        /** A device whose user code is verified. Part of `@ory/client`; no operation sends or answers it. */
        VerifyUserCodeRequest: {
            /** The client that asks. */
            client?: components["schemas"]["OAuth2Client"];
            /** The id of the device request. */
            device_code_request_id?: string;
            /** The device authorization URL that began the flow. */
            request_url?: string;
            /** The audiences that the client asks for. */
            requested_access_token_audience?: string[];
            /** The scopes that the client asks for. */
            requested_scope?: string[];
        };
        /** The form that begins a device flow (RFC 8628, section 3.1). */
        DeviceAuthorizationRequest: {
            /** The client that asks. Needed in the form even when the header has it too. */
            client_id: string;
            /** Scopes separated by spaces, of those that the client has. */
            scope?: string;
            /** Audiences of the access token separated by spaces, of those that the client has. */
            audience?: string;
            /** The client's secret, for `client_secret_post`. */
            client_secret?: string;
            /** The signed JWT that authenticates the client, for `private_key_jwt`; used once. */
            client_assertion?: string;
            /** Goes with `client_assertion`. */
            client_assertion_type?: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" | (string & {});
        };
        /** The codes of a device flow (RFC 8628, section 3.2). */
        DeviceAuthorization: {
            /** A slip of the server, always `null`. */
            Header?: null;
            /** The code with which the device polls the token endpoint. A secret. */
            device_code?: string;
            /** Seconds until both codes expire. */
            expires_in?: number;
            /** Seconds to wait between two polls. */
            interval?: number;
            /** The code that the user types. */
            user_code?: string;
            /** Where the user types it. */
            verification_uri?: string;
            /** The same with the code filled in, for a QR code. */
            verification_uri_complete?: string;
        };
        /** What the token endpoint gives (RFC 6749, section 5.1). */
        OAuth2TokenExchange: {
            /** The access token. */
            access_token?: string;
            /** The nonce for the proof of a verifiable credential, when its scope was granted. */
            c_nonce_draft_00?: string;
            /** Seconds until that nonce expires. */
            c_nonce_expires_in_draft_00?: number;
            /** Seconds until the access token expires. */
            expires_in?: number;
            /** The ID token, a JWT, when `openid` was granted. */
            id_token?: string;
            /** The refresh token, when `offline_access` or `offline` was granted. */
            refresh_token?: string;
            /** The scopes that were granted, separated by spaces. */
            scope?: string;
            /** How to use the access token. Always `bearer`. */
            token_type?: string;
        } & {
            [key: string]: unknown;
        };
        /** What a token is and allows (RFC 7662). */
        IntrospectedOAuth2Token: {
            /** Whether the token is alive. When false, nothing else is told. */
            active: boolean;
            /** The audiences of the token. */
            aud?: string[];
            /** The client that the token was given to. */
            client_id?: string;
            /** When the token expires, in seconds since 1970. */
            exp?: number;
            /** The claims that the consent put into the access token. */
            ext?: {
                [key: string]: any;
            };
            /** When the token was issued, in seconds since 1970. */
            iat?: number;
            /** The server that issued it. */
            iss?: string;
            /** Before when it is not to be used, in seconds since 1970. */
            nbf?: number;
            /** The `sub` that a pairwise client sees. Missing for others. */
            obfuscated_subject?: string;
            /** The scopes of the token, separated by spaces. */
            scope?: string;
            /** The user, or the client itself for client credentials. */
            sub?: string;
            /** How the token is used, `Bearer`. */
            token_type?: string;
            /** What kind of token it is. */
            token_use?: "access_token" | "refresh_token" | (string & {});
            /** A name for the user. The server does not set it. */
            username?: string;
        };
        /** An issuer whose assertions can be exchanged for tokens. */
        TrustOAuth2JwtGrantIssuer: {
            /** Whether the issuer may vouch for any subject. Default false. Either this or `subject`. */
            allow_any_subject?: boolean;
            /**
             * Format: date-time
             * Until when the issuer is trusted.
             */
            expires_at: string;
            /** The `iss` of the assertions. */
            issuer: string;
            /** The **public** key that verifies the assertions. */
            jwk: components["schemas"]["JsonWebKey"];
            /** Scopes that an assertion may be exchanged for. */
            scope: string[];
            /** The only `sub` that the issuer may vouch for. Either this or `allow_any_subject`. */
            subject?: string;
        };
        /** An issuer whose assertions are exchanged for tokens. */
        TrustedOAuth2JwtGrantIssuer: {
            /** Whether the issuer may vouch for any subject. */
            allow_any_subject?: boolean;
            /**
             * Format: date-time
             * When the trust was stored.
             */
            created_at?: string;
            /**
             * Format: date-time
             * Until when the issuer is trusted.
             */
            expires_at?: string;
            /** The id of the trust, a UUID. */
            id?: string;
            /** The `iss` of the assertions. */
            issuer?: string;
            /** Where the issuer's key is kept. */
            public_key?: components["schemas"]["TrustedOAuth2JwtGrantJsonWebKey"];
            /** Scopes that an assertion may be exchanged for. */
            scope?: string[];
            /** The only `sub` that the issuer may vouch for; empty when any is allowed. */
            subject?: string;
        };
        /** The name of a trusted issuer's key. */
        TrustedOAuth2JwtGrantJsonWebKey: {
            /** The key's id. */
            kid?: string;
            /** The key set that holds it, named as the issuer. */
            set?: string;
        };
        /** Endpoints and capabilities of a server (OpenID Connect Discovery 1.0, RFC 8414). */
        OidcConfiguration: {
            /** Where authorization flows begin. */
            authorization_endpoint: string;
            /** Whether logout tokens can contain `sid`. */
            backchannel_logout_session_supported?: boolean;
            /** Whether back-channel logout is supported. */
            backchannel_logout_supported?: boolean;
            /** Whether the `claims` parameter is read. A Hydra says false. */
            claims_parameter_supported?: boolean;
            /** Claims that ID tokens may contain, as far as the server knows. */
            claims_supported?: string[];
            /** Methods of PKCE. */
            code_challenge_methods_supported?: string[];
            /** Where verifiable credentials are issued. */
            credentials_endpoint_draft_00?: string;
            /** Verifiable credentials that the server issues. */
            credentials_supported_draft_00?: components["schemas"]["CredentialSupportedDraft00"][];
            /** Where device flows begin. */
            device_authorization_endpoint: string;
            /** Where logouts begin. */
            end_session_endpoint?: string;
            /** Whether front-channel logout adds `iss` and `sid`. */
            frontchannel_logout_session_supported?: boolean;
            /** Whether front-channel logout is supported. */
            frontchannel_logout_supported?: boolean;
            /** Grants that the token endpoint knows. */
            grant_types_supported?: string[];
            /** The algorithm that signs ID tokens. */
            id_token_signed_response_alg: string[];
            /** Algorithms that sign ID tokens. */
            id_token_signing_alg_values_supported: string[];
            /** The server's own name, the `iss` of its tokens. A Hydra ends it with a slash. */
            issuer: string;
            /** Where the public keys are. */
            jwks_uri: string;
            /** Where clients register dynamically. Missing when that is not enabled; present only when configured. */
            registration_endpoint?: string;
            /** Algorithms for signed request objects. */
            request_object_signing_alg_values_supported?: string[];
            /** Whether the `request` parameter is read. */
            request_parameter_supported?: boolean;
            /** Whether the `request_uri` parameter is read. */
            request_uri_parameter_supported?: boolean;
            /** Whether a `request_uri` must be registered with the client. */
            require_request_uri_registration?: boolean;
            /** Ways in which the authorization endpoint answers. */
            response_modes_supported?: string[];
            /** What the authorization endpoint can be asked for. */
            response_types_supported: string[];
            /** Where tokens are revoked. */
            revocation_endpoint?: string;
            /** Scopes that the server itself knows. */
            scopes_supported?: string[];
            /** Kinds of `sub`: `public`, `pairwise`. */
            subject_types_supported: string[];
            /** Where tokens are given. */
            token_endpoint: string;
            /** Ways for a client to authenticate. */
            token_endpoint_auth_methods_supported?: string[];
            /** Where claims about the user are read. */
            userinfo_endpoint?: string;
            /** The algorithm that signs userinfo. */
            userinfo_signed_response_alg: string[];
            /** Algorithms that sign userinfo. */
            userinfo_signing_alg_values_supported?: string[];
        } & {
            [key: string]: unknown;
        };
        /** A verifiable credential that the server issues. */
        CredentialSupportedDraft00: {
            /** How the credential is bound to its holder's key. */
            cryptographic_binding_methods_supported?: string[];
            /** Algorithms of the holder's proof. */
            cryptographic_suites_supported?: string[];
            /** The credential's format, `jwt_vc_json`. */
            format?: string;
            /** The credential's types. */
            types?: string[];
        };
        /** Claims about a user (OpenID Connect Core, section 5.1), with whatever else the consent put into the ID token. */
        OidcUserInfo: {
            /** The authentication context class of the login. */
            acr?: string;
            /** The authentication methods of the login. */
            amr?: string[];
            /** The client that the claims are for. */
            aud?: string[];
            /** When the user logged in, in seconds since 1970. */
            auth_time?: number;
            /** The birthday as `YYYY-MM-DD`, the year `0000` when it is not told. */
            birthdate?: string;
            /** The e-mail address. */
            email?: string;
            /** Whether the e-mail address was proven to be the user's. */
            email_verified?: boolean;
            /** The family name or names. */
            family_name?: string;
            /** The gender. */
            gender?: string;
            /** The given name or names. */
            given_name?: string;
            /** When the claims were issued, in seconds since 1970. */
            iat?: number;
            /** The server that issued them. */
            iss?: string;
            /** The language (BCP 47), such as `de-AT`. */
            locale?: string;
            /** The middle name or names. */
            middle_name?: string;
            /** The full name as it is shown. */
            name?: string;
            /** The casual name. */
            nickname?: string;
            /** The phone number, best in the E.164 form. */
            phone_number?: string;
            /** Whether the phone number was proven to be the user's. */
            phone_number_verified?: boolean;
            /** Address of a picture of the user. */
            picture?: string;
            /** The name by which the user wants to go. Neither unique nor for ever. */
            preferred_username?: string;
            /** Address of the user's profile page. */
            profile?: string;
            /** When the flow was begun, in seconds since 1970. */
            rat?: number;
            /** The user, the same as in the ID token. Missing for a token of the client credentials grant. */
            sub?: string;
            /** When the claims were last changed, in seconds since 1970. */
            updated_at?: number;
            /** Address of the user's website. */
            website?: string;
            /** The time zone, such as `Europe/Vienna`. */
            zoneinfo?: string;
        } & {
            [key: string]: unknown;
        };
        /** The credential that is asked for, and the proof of its holder's key. */
        CreateVerifiableCredentialRequestBody: {
            /** The credential's format. */
            format?: "jwt_vc_json" | (string & {});
            /** The proof that the caller holds the key. */
            proof?: components["schemas"]["VerifiableCredentialProof"];
            /** The credential's types: `VerifiableCredential` and `UserInfoCredential`. */
            types?: string[];
        };
        /** A proof that the caller holds a key. */
        VerifiableCredentialProof: {
            /** A JWT signed with the key, its `nonce` the `c_nonce` of the server, its public key in the `jwk` header. */
            jwt?: string;
            /** The kind of proof. */
            proof_type?: "jwt" | (string & {});
        };
        /** A verifiable credential. */
        VerifiableCredentialResponse: {
            /** The credential, a signed JWT. */
            credential_draft_00?: string;
            /** The credential's format, `jwt_vc_json`. */
            format?: string;
        };
        /** The error that tells the nonce which the proof must contain. */
        VerifiableCredentialPrimingResponse: components["schemas"]["RFC6749ErrorJson"] & {
            /** The nonce for the proof. */
            c_nonce?: string;
            /** Seconds until the nonce expires. */
            c_nonce_expires_in?: number;
            /** The credential's format, `jwt_vc_json`. */
            format?: string;
        };
        /** Why a request was refused (RFC 6749, section 5.2). In fact every error of the server has this form. */
        ErrorOAuth2: {
            /** A code such as `invalid_request`, or a short sentence. */
            error?: string;
            /** Details for the developer. Servers do not send it any more. */
            error_debug?: string;
            /** What went wrong, in a sentence or two. */
            error_description?: string;
            /** What to do about it. Servers put it into `error_description` instead. */
            error_hint?: string;
            /** The HTTP status. Servers do not send it any more. */
            status_code?: number;
        };
        /** The same as `ErrorOAuth2`. */
        RFC6749ErrorJson: components["schemas"]["ErrorOAuth2"];
        /** The error of Ory's other products. Part of `@ory/client`; no operation of Hydra answers it. */
        GenericError: {
            /** The HTTP status. */
            code?: number;
            /** Details for the developer. */
            debug?: string;
            /** Further details. */
            details?: any;
            /** The error itself, in the older form. */
            error?: components["schemas"]["GenericErrorContent"];
            /** A code for the error. */
            id?: string;
            /** What went wrong. */
            message: string;
            /** Why it went wrong. */
            reason?: string;
            /** The id of the request. */
            request?: string;
            /** The HTTP status in words. */
            status?: string;
        };
        /** The error of Ory's other products, in the older form. */
        GenericErrorContent: {
            /** Details for the developer. */
            debug?: string;
            /** The name of the error. */
            error?: string;
            /** What went wrong. */
            error_description?: string;
            /** A code for the error. */
            id?: "feature_not_available" | "quota_exceeded" | (string & {});
            /** What went wrong, in short. */
            message?: string;
            /** The HTTP status. */
            status_code?: number;
        };
        /** The version of the server. */
        GetVersion200Response: {
            /** The version, such as `v2.3.0`. */
            version: string;
        };
        /** The version of the server. Part of `@ory/client`; `getVersion` answers `GetVersion200Response`. */
        Version: {
            /** The version, such as `v2.3.0`. */
            version?: string;
        };
        /** That the server is alive. */
        HealthStatus: {
            /** Always `ok`. */
            status?: string;
        };
        /** What the server lacks. Part of `@ory/client`; `isReady` answers `IsReady503Response`. */
        HealthNotReadyStatus: {
            /** What is missing, by the name of the component. */
            errors?: {
                [key: string]: string;
            };
        };
        /** That the server is ready. */
        IsReady200Response: {
            /** Always `ok`. */
            status?: string;
        };
        /** What the server lacks. */
        IsReady503Response: {
            /** What is missing, by the name of the component. */
            errors?: {
                [key: string]: string;
            };
        };
        /** How lists are paged. Part of `@ory/client`; the list operations name the parameters themselves. */
        KeysetPaginationRequestParameters: {
            /**
             * How many to list on a page. Default 100, at most 500.
             * @default 100
             */
            page_size?: number;
            /** Where the page begins, an opaque value from the `Link` header of the page before. */
            page_token?: string;
        };
        /** How lists name their other pages. Part of `@ory/client`; the list operations declare the header. */
        KeysetPaginationResponseHeaders: {
            /** The `Link` header, relative URLs with `rel="first"` and `rel="next"`. */
            link?: string;
        };
        /** The same as `KeysetPaginationRequestParameters`, for `@ory/client`. */
        TokenPagination: {
            /**
             * How many to list on a page. Default 100, at most 500.
             * @default 100
             */
            page_size?: number;
            /** Where the page begins, an opaque value from the `Link` header of the page before. */
            page_token?: string;
        };
        /** How other products of Ory name their pages. Part of `@ory/client`; no operation answers it. */
        TokenPaginationHeaders: {
            /** The `Link` header, relative URLs with `rel="first"` and `rel="next"`. */
            link?: string;
            /** How many there are in all. A Hydra does not send it. */
            "x-total-count"?: string;
        };
        /** The same as `KeysetPaginationRequestParameters`, for `@ory/client`. */
        TokenPaginationRequestParameters: {
            /**
             * How many to list on a page. Default 100, at most 500.
             * @default 100
             */
            page_size?: number;
            /** Where the page begins, an opaque value from the `Link` header of the page before. */
            page_token?: string;
        };
        /** How other products of Ory name their pages. Part of `@ory/client`; no operation answers it. */
        TokenPaginationResponseHeaders: {
            /** The `Link` header, relative URLs with `rel="first"` and `rel="next"`. */
            link?: string;
            /** How many there are in all. A Hydra does not send it. */
            "x-total-count"?: number;
        };
    };
    responses: {
        /** Done; there is no body. */
        Empty: any;
        /** Refused or failed; the body says why. */
        Error: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorOAuth2"];
            };
        };
    };
    parameters: {
        /** How many to list on a page. Default 100, at most 500; a larger number counts as 500, zero or less as 100. */
        pageSize: number;
        /** Where the page begins, an opaque value from the `Link` header of the page before. Default the first page. */
        pageToken: string;
    };
    requestBodies: never;
    headers: {
        /** Where the other pages are (RFC 8288): relative URLs with `rel="first"` and, unless this page is the last, `rel="next"`. */
        Link: string;
        /** Where to send the browser. */
        Location: string;
        /** The flow's own cookies, to be sent back with the next step. */
        SetCookie: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    discoverJsonWebKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The public keys */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JsonWebKeySet"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    discoverOidcConfiguration: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The discovery document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OidcConfiguration"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    listOAuth2Clients: {
        parameters: {
            query?: {
                /** How many to list on a page. Default 100, at most 500; a larger number counts as 500, zero or less as 100. */
                page_size?: components["parameters"]["pageSize"];
                /** Where the page begins, an opaque value from the `Link` header of the page before. Default the first page. */
                page_token?: components["parameters"]["pageToken"];
                /** Only clients with exactly this `client_name`. */
                client_name?: string;
                /** Only clients with exactly this `owner`. */
                owner?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One page of clients */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2Client"][];
                };
            };
            /** The page token or the page size cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    createOAuth2Client: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OAuth2Client"];
            };
        };
        responses: {
            /** The client as it was created, with its secret */
            201: {
                headers: {
                    /** Path of the new client on the admin listener, such as `/admin/clients/<id>`. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2Client"];
                };
            };
            /** The metadata is refused, for example a redirect URI with a fragment or a secret under 6 characters. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            /** A client with this `client_id` exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getOAuth2Client: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The `client_id`. Never empty; an empty one would address the list of all clients. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The client */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2Client"];
                };
            };
            /** No client has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    setOAuth2Client: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The `client_id`. Never empty; an empty one would address the list of all clients. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OAuth2Client"];
            };
        };
        responses: {
            /** The client as it is now; `client_secret` is in it only when the body set one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2Client"];
                };
            };
            /** The metadata is refused, or the body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            /** No client has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    deleteOAuth2Client: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The `client_id`. Never empty; an empty one would address the list of all clients. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["Empty"];
            /** No client has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    patchOAuth2Client: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The `client_id`. Never empty; an empty one would address the list of all clients. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JsonPatch"][];
            };
        };
        responses: {
            /** The client as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2Client"];
                };
            };
            /** No client has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            /** The patch cannot be applied: a path that is not there, a path without its slash, an operation that the server does not know, or a value of the wrong type. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    setOAuth2ClientLifespans: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The `client_id`. Never empty; an empty one would address the list of all clients. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["OAuth2ClientTokenLifespans"];
            };
        };
        responses: {
            /** The client with its lifespans */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2Client"];
                };
            };
            /** A value is no duration. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            /** No client has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    rotateOAuth2ClientSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The `client_id`. Never empty; an empty one would address the list of all clients. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The client with its new secret */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2Client"];
                };
            };
            /** The client does not authenticate with a secret. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            /** No client has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    deleteRotatedOAuth2ClientSecrets: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The `client_id`. Never empty; an empty one would address the list of all clients. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The client, without a secret */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2Client"];
                };
            };
            /** The client does not authenticate with a secret. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            /** No client has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getJsonWebKeySet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Name of the key set, such as `hydra.openid.id-token` or one of your own. */
                set: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The keys */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JsonWebKeySet"];
                };
            };
            /** There is no such set. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    setJsonWebKeySet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Name of the key set, such as `hydra.openid.id-token` or one of your own. */
                set: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["JsonWebKeySet"];
            };
        };
        responses: {
            /** The keys as stored */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JsonWebKeySet"];
                };
            };
            /** The body is no key set. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    createJsonWebKeySet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Name of the key set, such as `hydra.openid.id-token` or one of your own. */
                set: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateJsonWebKeySet"];
            };
        };
        responses: {
            /** The generated key */
            201: {
                headers: {
                    /** An address below the issuer that does not exist; read the set with `getJsonWebKeySet` instead. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JsonWebKeySet"];
                };
            };
            /** `alg` is missing or not one of those that the server generates. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            /** A key with this `kid` exists in the set. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    deleteJsonWebKeySet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Name of the key set, such as `hydra.openid.id-token` or one of your own. */
                set: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["Empty"];
            default: components["responses"]["Error"];
        };
    };
    getJsonWebKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Name of the key set, such as `hydra.openid.id-token` or one of your own. */
                set: string;
                /** The key id. Never empty; an empty one would address the whole set. */
                kid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** A set with this key alone */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JsonWebKeySet"];
                };
            };
            /** There is no such key. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    setJsonWebKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Name of the key set, such as `hydra.openid.id-token` or one of your own. */
                set: string;
                /** The key id. Never empty; an empty one would address the whole set. */
                kid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["JsonWebKey"];
            };
        };
        responses: {
            /** The key as stored */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JsonWebKey"];
                };
            };
            /** The body is no key. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    deleteJsonWebKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Name of the key set, such as `hydra.openid.id-token` or one of your own. */
                set: string;
                /** The key id. Never empty; an empty one would address the whole set. */
                kid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["Empty"];
            default: components["responses"]["Error"];
        };
    };
    getOAuth2LoginRequest: {
        parameters: {
            query: {
                /** The `login_challenge` with which the browser arrived at the login page. */
                login_challenge: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The login request; also once it was handled */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2LoginRequest"];
                };
            };
            /** The challenge is missing. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            /** No login request has this challenge. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            /** The request was handled; send the browser to `redirect_to`. Servers that keep the flow in the challenge answer 200 instead. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2RedirectTo"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    acceptOAuth2LoginRequest: {
        parameters: {
            query: {
                /** The `login_challenge` with which the browser arrived at the login page. */
                login_challenge: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["AcceptOAuth2LoginRequest"];
            };
        };
        responses: {
            /** Where to send the browser */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2RedirectTo"];
                };
            };
            /** `subject` is missing, or it is another than the remembered one. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            /** No login request has this challenge. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    rejectOAuth2LoginRequest: {
        parameters: {
            query: {
                /** The `login_challenge` with which the browser arrived at the login page. */
                login_challenge: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RejectOAuth2Request"];
            };
        };
        responses: {
            /** Where to send the browser */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2RedirectTo"];
                };
            };
            /** No login request has this challenge. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getOAuth2ConsentRequest: {
        parameters: {
            query: {
                /** The `consent_challenge` with which the browser arrived at the consent page. */
                consent_challenge: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The consent request; also once it was handled */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2ConsentRequest"];
                };
            };
            /** No consent request has this challenge. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            /** The request was handled; send the browser to `redirect_to`. Servers that keep the flow in the challenge answer 200 instead. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2RedirectTo"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    acceptOAuth2ConsentRequest: {
        parameters: {
            query: {
                /** The `consent_challenge` with which the browser arrived at the consent page. */
                consent_challenge: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["AcceptOAuth2ConsentRequest"];
            };
        };
        responses: {
            /** Where to send the browser */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2RedirectTo"];
                };
            };
            /** No consent request has this challenge. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    rejectOAuth2ConsentRequest: {
        parameters: {
            query: {
                /** The `consent_challenge` with which the browser arrived at the consent page. */
                consent_challenge: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RejectOAuth2Request"];
            };
        };
        responses: {
            /** Where to send the browser */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2RedirectTo"];
                };
            };
            /** No consent request has this challenge. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    acceptUserCodeRequest: {
        parameters: {
            query: {
                /** The `device_challenge` with which the browser arrived at the verification page. */
                device_challenge: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["AcceptDeviceUserCodeRequest"];
            };
        };
        responses: {
            /** Where to send the browser */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2RedirectTo"];
                };
            };
            /** The user code is missing, wrong, used or expired. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            /** No device request has this challenge. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getOAuth2LogoutRequest: {
        parameters: {
            query: {
                /** The `logout_challenge` with which the browser arrived at the logout page. */
                logout_challenge: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The logout request */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2LogoutRequest"];
                };
            };
            /** No logout request has this challenge. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    acceptOAuth2LogoutRequest: {
        parameters: {
            query: {
                /** The `logout_challenge` with which the browser arrived at the logout page. */
                logout_challenge: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** Where to send the browser */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2RedirectTo"];
                };
            };
            /** No logout request has this challenge. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    rejectOAuth2LogoutRequest: {
        parameters: {
            query: {
                /** The `logout_challenge` with which the browser arrived at the logout page. */
                logout_challenge: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["Empty"];
            /** No logout request has this challenge. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    listOAuth2ConsentSessions: {
        parameters: {
            query: {
                /** How many to list on a page. Default 100, at most 500; a larger number counts as 500, zero or less as 100. */
                page_size?: components["parameters"]["pageSize"];
                /** Where the page begins, an opaque value from the `Link` header of the page before. Default the first page. */
                page_token?: components["parameters"]["pageToken"];
                /** The user, as `acceptOAuth2LoginRequest` named them. */
                subject: string;
                /** Only consent granted in this login session. */
                login_session_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One page of consent sessions */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2ConsentSession"][];
                };
            };
            /** `subject` is missing, or the page cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    revokeOAuth2ConsentSessions: {
        parameters: {
            query?: {
                /** The user whose consent ends; with `client` or `all`. */
                subject?: string;
                /** The `client_id` whose consent ends; with `subject`. */
                client?: string;
                /** The one consent that ends, by its `consent_request_id`; with nothing else. */
                consent_request_id?: string;
                /** True to end the subject's consent for every client. Default false. */
                all?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["Empty"];
            /** The parameters are none of the three combinations. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    revokeOAuth2LoginSessions: {
        parameters: {
            query?: {
                /** The user whose sessions end. */
                subject?: string;
                /** The one session that ends, by the `sid` claim of its ID tokens. */
                sid?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["Empty"];
            /** Neither `subject` nor `sid` is given. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    introspectOAuth2Token: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    /** The access or refresh token. */
                    token: string;
                    /** Scopes separated by spaces; the token counts as active only when it was granted all of them. */
                    scope?: string;
                };
            };
        };
        responses: {
            /** What the token is */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntrospectedOAuth2Token"];
                };
            };
            /** `token` is missing, or the body is no form. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    deleteOAuth2Token: {
        parameters: {
            query: {
                /** The client whose tokens end. */
                client_id: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["Empty"];
            /** `client_id` is missing. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    listTrustedOAuth2JwtGrantIssuers: {
        parameters: {
            query?: {
                /** How many to list on a page. Default 100, at most 500; a larger number counts as 500, zero or less as 100. */
                page_size?: components["parameters"]["pageSize"];
                /** Where the page begins, an opaque value from the `Link` header of the page before. Default the first page. */
                page_token?: components["parameters"]["pageToken"];
                /** Only grants of exactly this issuer. */
                issuer?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One page of trusted issuers */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrustedOAuth2JwtGrantIssuer"][];
                };
            };
            /** The page token or the page size cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    trustOAuth2JwtGrantIssuer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["TrustOAuth2JwtGrantIssuer"];
            };
        };
        responses: {
            /** The trust as stored; the key is named, not repeated */
            201: {
                headers: {
                    /** Path of the trust without its `/admin` prefix, `/trust/grants/jwt-bearer/issuers/<id>`. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrustedOAuth2JwtGrantIssuer"];
                };
            };
            /** A required field is missing, or `subject` and `allow_any_subject` contradict each other. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            /** The same issuer, subject and key are trusted already. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getTrustedOAuth2JwtGrantIssuer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The id of the trust, a UUID. Anything else is answered with 400. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The trusted issuer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrustedOAuth2JwtGrantIssuer"];
                };
            };
            /** The id is no UUID. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            /** No trust has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    deleteTrustedOAuth2JwtGrantIssuer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The id of the trust, a UUID. Anything else is answered with 400. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["Empty"];
            /** No trust has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    createVerifiableCredential: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CreateVerifiableCredentialRequestBody"];
            };
        };
        responses: {
            /** The credential */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerifiableCredentialResponse"];
                };
            };
            /** The proof is missing, wrong or without the nonce, which is in the body. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerifiableCredentialPrimingResponse"];
                };
            };
            /** There is no bearer token, or it is not active. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    isAlive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** It is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthStatus"];
                };
            };
            /** It is not. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    isReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** It can. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IsReady200Response"];
                };
            };
            /** It cannot; the body names what is missing. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IsReady503Response"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    oAuth2Authorize: {
        parameters: {
            query: {
                /** The client that asks. */
                client_id: string;
                /** What the client wants back: `code` for the authorization code flow. The client's `response_types` must contain it. */
                response_type?: "code" | "id_token" | "token" | "code id_token" | "token id_token" | "token id_token code" | (string & {});
                /** How the answer comes back. Default `query` for `code`, `fragment` for the others. */
                response_mode?: "query" | "fragment" | "form_post" | (string & {});
                /** Where the browser goes at the end, one of the client's `redirect_uris` to the letter; the port is free for loopback addresses. May be left out when the client has exactly one and `openid` is not asked for. */
                redirect_uri?: string;
                /** Scopes separated by spaces, of those that the client has. `openid` asks for an ID token, `offline_access` for a refresh token. */
                scope?: string;
                /** Audiences of the access token separated by spaces, of those that the client has. */
                audience?: string;
                /** A value that comes back unchanged, against forged answers. At least 8 characters, random. */
                state?: string;
                /** A value that the ID token repeats, against replay. At least 8 characters, random; needed whenever the front channel carries an ID token. */
                nonce?: string;
                /** PKCE (RFC 7636): base64url of the SHA-256 of the code verifier. Servers may demand it of public clients. */
                code_challenge?: string;
                /** How the challenge was made from the verifier. `S256`; the default `plain` is refused by a Hydra. */
                code_challenge_method?: "S256" | "plain" | (string & {});
                /** `none` never shows a page and fails instead, `login` always asks to log in, `consent` always asks for consent, `registration` leads to the sign-up page. Several are separated by spaces. */
                prompt?: "none" | "login" | "consent" | "registration" | "login consent" | (string & {});
                /** Seconds since the last login after which the user is asked to log in again. */
                max_age?: number;
                /** The kind of page that the client would like; handed to the login and consent pages. */
                display?: "page" | "popup" | "touch" | "wap" | (string & {});
                /** Languages in order of preference (BCP 47) separated by spaces; handed to the login and consent pages. */
                ui_locales?: string;
                /** An ID token of the user that the client expects; another user is refused. */
                id_token_hint?: string;
                /** Whom to suggest on the login page, such as an e-mail address; handed to the login page. */
                login_hint?: string;
                /** Authentication context classes in order of preference separated by spaces; handed to the login and consent pages. */
                acr_values?: string;
                /** The parameters of this request as a signed JWT (OpenID Connect Core, section 6). Not together with `request_uri`. */
                request?: string;
                /** Where the server fetches that JWT, one of the client's `request_uris`. */
                request_uri?: string;
                /** Handed to the login page; Ory Network's sign-up page picks the identity schema by it. */
                identity_schema?: string;
                /** The server's own, part of the `redirect_to` of an accepted login. */
                login_verifier?: string;
                /** The server's own, part of the `redirect_to` of an accepted consent. */
                consent_verifier?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** With `response_mode=form_post`, a page that posts the code, the tokens or the error to the client */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** To the login page, the consent page, or the server's error page */
            302: {
                headers: {
                    Location: components["headers"]["Location"];
                    "Set-Cookie": components["headers"]["SetCookie"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** To the client's redirect URI, with the code, the tokens or the error */
            303: {
                headers: {
                    Location: components["headers"]["Location"];
                    "Set-Cookie": components["headers"]["SetCookie"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    oAuth2DeviceFlow: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["DeviceAuthorizationRequest"];
            };
        };
        responses: {
            /** The codes, and where the user types theirs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceAuthorization"];
                };
            };
            /** `client_id` is missing, or the client lacks the grant type, the scope or the audience. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            /** The client is unknown or did not authenticate. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    performOAuth2DeviceVerificationFlow: {
        parameters: {
            query?: {
                /** The user code, to fill it in for the user. */
                user_code?: string;
                /** The server's own, part of the `redirect_to` of an accepted user code. */
                client_id?: string;
                /** The server's own, part of the `redirect_to` of an accepted user code. */
                device_verifier?: string;
                /** The server's own, part of the `redirect_to` of an accepted login. */
                login_verifier?: string;
                /** The server's own, part of the `redirect_to` of an accepted consent. */
                consent_verifier?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** To the verification, login, consent, success or error page */
            302: {
                headers: {
                    Location: components["headers"]["Location"];
                    "Set-Cookie": components["headers"]["SetCookie"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            default: components["responses"]["Error"];
        };
    };
    createOidcDynamicClient: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OAuth2Client"];
            };
        };
        responses: {
            /** The registered client, with its secret and its registration access token */
            201: {
                headers: {
                    /** A relative path on the admin listener, `admin/clients/<id>`; use `registration_client_uri` of the body instead. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2Client"];
                };
            };
            /** The metadata is refused, or holds a field that cannot be set here. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            /** Dynamic registration is not enabled. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getOidcDynamicClient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The `client_id`. Never empty; an empty one would address the list of all clients. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The client */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2Client"];
                };
            };
            /** The registration access token is missing, was replaced, or belongs to another client; or there is no such client. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    setOidcDynamicClient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The `client_id`. Never empty; an empty one would address the list of all clients. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OAuth2Client"];
            };
        };
        responses: {
            /** The client as it is now, with its new registration access token */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2Client"];
                };
            };
            /** The metadata is refused, or holds a field that cannot be set here. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            /** The registration access token is missing, was replaced, or belongs to another client; or there is no such client. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            /** The body contains a `client_secret`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            /** Dynamic registration is not enabled. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    deleteOidcDynamicClient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The `client_id`. Never empty; an empty one would address the list of all clients. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["Empty"];
            /** The registration access token is missing, was replaced, or belongs to another client; or there is no such client. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    revokeOAuth2Token: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    /** The access or refresh token. */
                    token: string;
                    /** What kind of token it is; saves the server a search. */
                    token_type_hint?: "access_token" | "refresh_token" | (string & {});
                    /** The client, when it does not authenticate in the header. */
                    client_id?: string;
                    /** The client's secret, for `client_secret_post`. */
                    client_secret?: string;
                    /** The signed JWT that authenticates the client, for `private_key_jwt`; used once. */
                    client_assertion?: string;
                    /** Goes with `client_assertion`. */
                    client_assertion_type?: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" | (string & {});
                };
            };
        };
        responses: {
            200: components["responses"]["Empty"];
            /** The token or the client is missing. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            /** The client did not authenticate. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    revokeOidcSession: {
        parameters: {
            query?: {
                /** An ID token of the session to end. Without it the session of the browser's cookie ends, and the next two must be left out. */
                id_token_hint?: string;
                /** Where the browser goes afterwards, one of the client's `post_logout_redirect_uris`. Default the server's own page. */
                post_logout_redirect_uri?: string;
                /** A value that is added to `post_logout_redirect_uri`. */
                state?: string;
                /** The server's own, part of the `redirect_to` of an accepted logout. */
                logout_verifier?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** A page that logs out the clients with a front channel in frames, then goes on by itself */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** To the logout page, the page after logout, or the server's error page */
            302: {
                headers: {
                    Location: components["headers"]["Location"];
                    "Set-Cookie": components["headers"]["SetCookie"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    oauth2TokenExchange: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    /** The kind of grant; one of the client's `grant_types`. */
                    grant_type: "authorization_code" | "refresh_token" | "client_credentials" | "implicit" | "urn:ietf:params:oauth:grant-type:device_code" | "urn:ietf:params:oauth:grant-type:jwt-bearer" | (string & {});
                    /** The client, when it does not authenticate in the header. */
                    client_id?: string;
                    /** The client's secret, for `client_secret_post`. */
                    client_secret?: string;
                    /** The signed JWT that authenticates the client, for `private_key_jwt`; used once. */
                    client_assertion?: string;
                    /** Goes with `client_assertion`. */
                    client_assertion_type?: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" | (string & {});
                    /** The authorization code. Used twice, it revokes what it gave. */
                    code?: string;
                    /** The `redirect_uri` of the authorization request, when it had one. */
                    redirect_uri?: string;
                    /** The PKCE verifier, 43 to 128 characters (RFC 7636). A wrong one spends the code. */
                    code_verifier?: string;
                    /** The refresh token. It is replaced by the one in the answer; used again, it ends the grant. */
                    refresh_token?: string;
                    /** The `device_code` of the device authorization. */
                    device_code?: string;
                    /** A JWT signed by a trusted issuer, for the jwt-bearer grant (RFC 7523). */
                    assertion?: string;
                    /** Scopes separated by spaces. Default what was granted, or none for client credentials. */
                    scope?: string;
                    /** Audiences of the access token separated by spaces, of those that the client has. */
                    audience?: string;
                };
            };
        };
        responses: {
            /** The tokens */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2TokenExchange"];
                };
            };
            /** The grant, scope or audience is refused, the device is still waiting, or the assertion was used before. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            /** The client did not authenticate, or not in its own way. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            /** The client's assertion is expired or issued in the future. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getOidcUserInfo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The claims */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OidcUserInfo"];
                    "application/jwt": string;
                };
            };
            /** There is no bearer token, or it is not active. */
            401: {
                headers: {
                    /** The challenge of RFC 6750, with `error` and `error_description`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getVersion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetVersion200Response"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
}
