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
         * The public keys of the server's signing key sets. Use them to verify ID tokens, signed userinfo responses and JWT access tokens. Keys rotate: look up a key by its `kid`, and fetch the set again if the key is missing.
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
         * One page of clients, without their secrets. The `Link` header with `rel="next"` points to the next page; without it, this page is the last one.
         */
        get: operations["listOAuth2Clients"];
        put?: never;
        /**
         * Create an OAuth 2.0 client
         * Creates a client. The body may be an empty object: the server generates `client_id` and `client_secret` and sets the defaults. A generated `client_secret` and the `registration_access_token` are returned only in this response.
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
                /** The `client_id`. It must not be empty, because an empty ID would address the list of all clients. */
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
         * Replaces the entire client: omitted fields are reset to the server's defaults, including `metadata` and lifespans. Only the secret is retained, unless the body contains a new one, which also invalidates all rotated secrets. The client's registration access token is invalidated.
         */
        put: operations["setOAuth2Client"];
        post?: never;
        /**
         * Delete an OAuth 2.0 client
         * Deletes the client and all of its tokens, consents and sessions. This cannot be undone.
         */
        delete: operations["deleteOAuth2Client"];
        options?: never;
        head?: never;
        /**
         * Change fields of an OAuth 2.0 client with a JSON Patch
         * Applies the operations of a JSON Patch (RFC 6902) in order, all or none. The server supports `add`, `remove` and `replace`; a path must start with a slash. `/id` cannot be changed, and a patch of `/client_id` returns 404. An empty list changes nothing. Setting `/client_secret` invalidates all rotated secrets. The client's registration access token is invalidated.
         */
        patch: operations["patchOAuth2Client"];
        trace?: never;
    };
    "/admin/clients/{id}/lifespans": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The `client_id`. It must not be empty, because an empty ID would address the list of all clients. */
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Set the token lifespans of a client
         * Sets all thirteen lifespans at once: omitted ones are reset to `null`, which means the server's default. A body is required; send at least `{}`. `"1h30m"` is returned as `"1h30m0s"`.
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
                /** The `client_id`. It must not be empty, because an empty ID would address the list of all clients. */
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate a client's secret and keep the old one valid
         * Generates a new `client_secret`, which is returned only in this response. The old secret remains valid until `deleteRotatedOAuth2ClientSecrets` invalidates it; the five most recent old secrets are retained. The client must use `client_secret_basic` or `client_secret_post`.
         */
        post: operations["rotateOAuth2ClientSecret"];
        /**
         * Invalidate the old secrets of a client
         * Invalidates all secrets that earlier rotations kept valid; the current one is unaffected. Call this after all holders have switched to the new secret.
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
                /** The name of the key set, such as `hydra.openid.id-token` or your own. */
                set: string;
            };
            cookie?: never;
        };
        /**
         * Get a JSON Web Key set
         * All keys of a set, newest first, **including private keys**.
         */
        get: operations["getJsonWebKeySet"];
        /**
         * Replace a JSON Web Key set
         * Stores the given keys as the entire set. Keys that are not in the body are deleted.
         */
        put: operations["setJsonWebKeySet"];
        /**
         * Generate a key in a set
         * Generates a key and adds it to the set, creating the set if necessary. Existing keys are retained, so use this operation to rotate keys. The response contains only the new key, including its private parameters.
         */
        post: operations["createJsonWebKeySet"];
        /**
         * Delete a JSON Web Key set
         * Deletes all keys of the set. Signatures made with them can no longer be verified. Succeeds even if the set does not exist.
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
                /** The name of the key set, such as `hydra.openid.id-token` or your own. */
                set: string;
                /** The key ID. It must not be empty, because an empty ID would address the entire set. */
                kid: string;
            };
            cookie?: never;
        };
        /**
         * Get one key of a set
         * The key, in a set that contains only this key, **including its private parameters**.
         */
        get: operations["getJsonWebKey"];
        /**
         * Store one key in a set
         * Adds the given key to the set, or replaces the key with the same ID. The key is stored under the `kid` in the body, not the one in the path.
         */
        put: operations["setJsonWebKey"];
        post?: never;
        /**
         * Delete one key of a set
         * Deletes the key. Signatures made with it can no longer be verified. Succeeds even if the key does not exist.
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
         * Contains what the login page needs: the requesting client, the requested scope, and whether the user is already authenticated (`skip`). The challenge is the `login_challenge` query parameter of the login page's URL.
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
         * Tells the server who the user is. To continue, redirect the browser to the `redirect_to` URL in the response.
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
         * Ends the flow: the client receives the error in the body at its redirect URI. Redirect the browser to the `redirect_to` URL in the response.
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
         * Contains what the consent page needs: the requesting client, the user, the requested scope and audience, and whether consent was remembered (`skip`).
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
         * Grants the client the scopes and audiences in the body, which may be fewer than it requested. Anything that the body omits is not granted. To continue, redirect the browser to the `redirect_to` URL in the response.
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
         * Ends the flow: the client receives the error in the body at its redirect URI. Redirect the browser to the `redirect_to` URL in the response.
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
         * Connects the code that the user entered with the waiting device (RFC 8628). Redirect the browser to the `redirect_to` URL in the response; login and consent follow.
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
         * Contains what the logout page needs to ask the user whether to end the session.
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
         * Confirms the logout. The session ends when the browser follows the `redirect_to` URL in the response.
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
         * The user stays logged in. There is no redirect; show your own page.
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
         * List a user's consent sessions
         * One page of the consents that a user has granted and not revoked. The `Link` header with `rel="next"` points to the next page. The list is empty if the subject has no consents.
         */
        get: operations["listOAuth2ConsentSessions"];
        put?: never;
        post?: never;
        /**
         * Revoke consents and the tokens issued with them
         * Requires one of three combinations: `subject` with `client`, `subject` with `all=true`, or only `consent_request_id`. Access and refresh tokens granted with the consent are revoked too.
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
         * Ends login sessions, so that the next flow requires a login. Requires `subject` (all sessions of the user) or `sid` (one session). Tokens remain valid; revoke them with `revokeOAuth2ConsentSessions`.
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
         * Introspect a token
         * Token introspection (RFC 7662) for access and refresh tokens, opaque or JWT. For a token that is unknown, expired or revoked, returns `{ active: false }` with status 200.
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
         * Delete all access tokens of a client
         * Revokes the client's access tokens immediately. Succeeds even if the client does not exist.
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
         * List trusted issuers for JWT bearer grants
         * One page of trusted issuers. The `Link` header with `rel="next"` points to the next page.
         */
        get: operations["listTrustedOAuth2JwtGrantIssuers"];
        put?: never;
        /**
         * Trust an issuer for JWT bearer grants
         * Allows clients to exchange assertions signed with the given key for tokens (RFC 7523, the jwt-bearer grant) until the trust expires. Requires either `subject` or `allow_any_subject`, not both, and a `kid` in the key.
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
                /** The ID of the trust, a UUID. For any other value, the server returns 400. */
                id: string;
            };
            cookie?: never;
        };
        /**
         * Get a trusted issuer for JWT bearer grants
         * The trust, with a reference to its key but not the key itself.
         */
        get: operations["getTrustedOAuth2JwtGrantIssuer"];
        put?: never;
        post?: never;
        /**
         * Stop trusting an issuer for JWT bearer grants
         * From now on, the server rejects assertions of this issuer. Tokens that were already issued remain valid until they expire.
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
         * Issues a credential about the user of the access token, bound to a key that the caller proves to hold (OpenID for Verifiable Credential Issuance, draft 00). The token requires the scope `userinfo_credential_draft_00`. The first call, which cannot contain a valid nonce, returns 400 with the `c_nonce` to use; sign the proof with it and call again.
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
         * Check whether the server is alive
         * Reports whether the server accepts requests. Does not check the database. Served by both listeners.
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
         * Check whether the server is ready
         * Reports whether the server and its dependencies, such as the database, are ready. Served by both listeners.
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
         * Start or continue an authorization flow
         * The authorization endpoint (RFC 6749, section 3.1), which the user's browser opens. It redirects to the login page, then to the consent page, and finally to the client's redirect URI with a code, tokens or an error. The browser must send the cookies that it sets with the next step. If the client or redirect URI is unknown, it redirects to the server's error page and never to the redirect URI. Also accepts POST with a form.
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
         * Start a device flow
         * The device authorization endpoint (RFC 8628). Returns a user code to enter in a browser, and a device code with which the device polls the token endpoint. The client authenticates as at the token endpoint.
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
         * Start or continue the verification of a device
         * The endpoint of the device flow that the user's browser opens. It redirects to the page where the user enters the code, then to login and consent, and finally to the page that confirms that the device is connected. The browser must send the cookies that it sets with the next step.
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
         * OpenID Connect Dynamic Client Registration 1.0 and RFC 7591. Requires no credential. Dynamic registration must be enabled on the server; otherwise it returns 404. The server generates `client_id` and `client_secret`, and `metadata`, `access_token_strategy`, `skip_consent` and `skip_logout_consent` cannot be set. Only this response contains the `client_secret` and the `registration_access_token`, which is required to read, update or delete the client with this API.
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
                /** The `client_id`. It must not be empty, because an empty ID would address the list of all clients. */
                id: string;
            };
            cookie?: never;
        };
        /**
         * Read a dynamically registered client
         * The client's registration (RFC 7592), without the secret and `metadata`. Requires the registration access token; neither the client's secret nor an API key is accepted.
         */
        get: operations["getOidcDynamicClient"];
        /**
         * Replace the registration of a client
         * Replaces the entire registration (RFC 7592): omitted fields are reset to the server's defaults. The response contains a new `registration_access_token`, and the one used for this call is invalidated immediately: store the new one before doing anything else. The body must not contain `client_secret` (403) or `metadata` (400), even if the values are unchanged.
         */
        put: operations["setOidcDynamicClient"];
        post?: never;
        /**
         * Delete a dynamically registered client
         * Deletes the client and all of its tokens, consents and sessions. This cannot be undone.
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
         * Token revocation (RFC 7009). The client to which the token was issued authenticates as at the token endpoint; a bearer token is not accepted. Revoking a refresh token also revokes the access tokens of the same grant. Succeeds even if the token is unknown.
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
         * Start or continue a logout
         * The end session endpoint (OpenID Connect RP-Initiated Logout 1.0), which the user's browser opens. It redirects to the logout page, ends the session once the logout is accepted, notifies the clients through their front and back channels, and redirects to `post_logout_redirect_uri` or the server's default page. Also accepts POST with a form.
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
         * The token endpoint (RFC 6749, section 3.2). The client must authenticate with its `token_endpoint_auth_method`; other methods are rejected. In a Basic header, client ID and secret are form-encoded first.
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
         * The userinfo endpoint of OpenID Connect: returns the claims that the consent added to the ID token, including custom claims. The token requires the scope `openid`. A client whose `userinfo_signed_response_alg` is not `none` receives them as a signed JWT. For a token of the client credentials grant, `sub` is missing. Also accepts POST.
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
         * The running version, such as `v2.3.0`. Served only by the admin listener.
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
    "/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List projects
         * The projects that the key gives access to, all in one response, without their configuration.
         */
        get: operations["listProjects"];
        put?: never;
        /**
         * Create a project
         * Creates a project with the default configuration. Without `workspace_id` it belongs to no workspace, or to that of the key.
         */
        post: operations["createProject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The ID of the project, a UUID. */
                project_id: components["parameters"]["projectId"];
            };
            cookie?: never;
        };
        /**
         * Get a project
         * One project with its configuration: that of OAuth 2.0 is `services.oauth2.config`.
         */
        get: operations["getProject"];
        /**
         * Replace the configuration of a project
         * Replaces each service in the body whole: settings that it leaves out return to their defaults. To change single settings, use `patchProjectWithRevision`.
         */
        put: operations["setProject"];
        post?: never;
        /**
         * Delete a project
         * Deletes the project with all its data. Irreversible.
         */
        delete: operations["purgeProject"];
        options?: never;
        head?: never;
        /**
         * Patch a project
         * Applies a JSON Patch (RFC 6902) to the project, with paths such as `/services/oauth2/config/strategies/access_token`, whatever others have changed in between: see `patchProjectWithRevision`. Durations are normalized, `1h` to `1h0m0s`.
         */
        patch: operations["patchProject"];
        trace?: never;
    };
    "/projects/{project_id}/revision/{revision_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The ID of the project, a UUID. */
                project_id: components["parameters"]["projectId"];
                /** The `revision_id` of the project that the patch was made for. */
                revision_id: components["parameters"]["revisionId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Patch a revision of a project
         * Like `patchProject`, but only if `revision_id` is still the project's: otherwise another writer has changed the project, and the server returns 409. Each change creates a new revision.
         */
        patch: operations["patchProjectWithRevision"];
        trace?: never;
    };
    "/projects/{project}/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The ID or the slug of the project. */
                project: components["parameters"]["project"];
            };
            cookie?: never;
        };
        /**
         * List the API keys of a project
         * All API keys of the project, without their values.
         */
        get: operations["listProjectApiKeys"];
        put?: never;
        /**
         * Create an API key of a project
         * Creates a key (`ory_pat_…`) for the admin API of the project. Its `value` is returned only in this response.
         */
        post: operations["createProjectApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{project}/tokens/{token_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The ID or the slug of the project. */
                project: components["parameters"]["project"];
                /** The ID of the key, not its value. */
                token_id: components["parameters"]["tokenId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete an API key of a project
         * Requests with the key are refused from now on.
         */
        delete: operations["deleteProjectApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List workspaces
         * One page of the workspaces that the key gives access to. `next_page_token` is the token of the next page.
         */
        get: operations["listWorkspaces"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{workspace}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The ID of the workspace. */
                workspace: components["parameters"]["workspace"];
            };
            cookie?: never;
        };
        /**
         * Get a workspace
         * One workspace.
         */
        get: operations["getWorkspace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{workspace}/projects": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The ID of the workspace. */
                workspace: components["parameters"]["workspace"];
            };
            cookie?: never;
        };
        /**
         * List the projects of a workspace
         * One page of the projects of a workspace. `next_page`, not `next_page_token`, is the token of the next page. The published types state that there are pages, but not how to request one: the parameters are those of `listWorkspaces`.
         */
        get: operations["listWorkspaceProjects"];
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
/** An OAuth 2.0 client: the metadata of RFC 7591 and OpenID Connect registration, with Ory's additions. Requests and responses use the same type; all fields are optional. */
export interface OAuth2Client extends OAuth2ClientSettings {
    /** Contacts responsible for the client, such as e-mail addresses. `null` in the response to a write that omits it. */
    contacts?: string[] | null;
    /** Grant types that the client may use. If omitted, only the authorization code grant is allowed. `null` in the response to a write that omits it. */
    grant_types?: ("authorization_code" | "refresh_token" | "client_credentials" | "implicit" | "urn:ietf:params:oauth:grant-type:device_code" | "urn:ietf:params:oauth:grant-type:jwt-bearer" | (string & {}))[] | null;
    /** URIs to which codes and tokens may be sent, without fragments. `null` in the response to a write that omits it. */
    redirect_uris?: string[] | null;
    /** Response types that the client may request from the authorization endpoint. If omitted, only `code` is allowed. `null` in the response to a write that omits it. */
    response_types?: ("code" | "id_token" | "token" | "code id_token" | "token id_token" | "token id_token code" | (string & {}))[] | null;
}
/** An OAuth 2.0 client as the server stores it. Unlike in the response to a write, its lists are never `null`. */
export interface StoredOAuth2Client extends OAuth2ClientSettings {
    /** Contacts responsible for the client, such as e-mail addresses. */
    contacts?: string[];
    /** Grant types that the client may use. Empty if only the authorization code grant is allowed. */
    grant_types?: ("authorization_code" | "refresh_token" | "client_credentials" | "implicit" | "urn:ietf:params:oauth:grant-type:device_code" | "urn:ietf:params:oauth:grant-type:jwt-bearer" | (string & {}))[];
    /** URIs to which codes and tokens may be sent, without fragments. */
    redirect_uris?: string[];
    /** Response types that the client may request from the authorization endpoint. Empty if only `code` is allowed. */
    response_types?: ("code" | "id_token" | "token" | "code id_token" | "token id_token" | "token id_token code" | (string & {}))[];
}
/** The fields of an OAuth 2.0 client that have the same type in every request and response. */
export interface OAuth2ClientSettings extends OAuth2ClientTokenLifespans {
    /** The access token format, `opaque` or `jwt`. Default: the server's setting. Cannot be set by dynamic registration. */
    access_token_strategy?: "jwt" | "opaque" | (string & {});
    /** Origins that may call the public endpoints from a browser on behalf of this client, in addition to the server's own list. */
    allowed_cors_origins?: string[];
    /** Audiences for which the client may request tokens. Default: none. */
    audience?: string[];
    /** Whether logout tokens must contain `sid`. Default false. */
    backchannel_logout_session_required?: boolean;
    /** The URL to which the server posts a logout token when a session ends (OpenID Connect Back-Channel Logout). */
    backchannel_logout_uri?: string;
    /** The client's ID. Default: a UUID. Only an administrator can choose it, and only on creation; it cannot be changed. */
    client_id?: string;
    /** The name to show to users on the consent page. */
    client_name?: string;
    /** The secret, at least 6 characters. Default: generated by the server. It is stored as a hash and returned only by the call that sets, generates or rotates it. */
    client_secret?: string;
    /** When the secret expires, in seconds since the Unix epoch. Always 0, which means never. */
    client_secret_expires_at?: number;
    /** The URL of the client's home page, http or https. */
    client_uri?: string;
    /**
     * Format: date-time
     * When the client was created. Set by the server.
     */
    created_at?: string;
    /** Whether `iss` and `sid` are added to `frontchannel_logout_uri`. Default false. */
    frontchannel_logout_session_required?: boolean;
    /** The URL that the server opens in a frame when a session ends (OpenID Connect Front-Channel Logout). */
    frontchannel_logout_uri?: string;
    /** The client's **public** keys, for `private_key_jwt` and request objects. Cannot be combined with `jwks_uri`. */
    jwks?: components["schemas"]["JsonWebKeySet"];
    /** The URL from which the server fetches the client's public keys, so that they can be rotated. Cannot be combined with `jwks`. */
    jwks_uri?: string;
    /** The URL of the logo to show on the consent page, http or https. */
    logo_uri?: string;
    /** Custom data that an administrator stores with the client: usually an object, but the server stores any JSON value. Cannot be set by dynamic registration. */
    metadata?: any;
    /** The owner of the client, in any format; clients can be listed by owner. */
    owner?: string;
    /** The URL of the client's privacy policy, http or https. */
    policy_uri?: string;
    /** URLs to which the browser may be redirected after a logout. Each must have the scheme, host and port of one of the `redirect_uris`. */
    post_logout_redirect_uris?: string[];
    /** The bearer token for dynamic registration calls on this client. Returned on creation and by every registration PUT, which replaces it; an admin PUT or PATCH invalidates it without returning a new one. */
    registration_access_token?: string;
    /** The URL of the client's registration. Returned together with `registration_access_token`. */
    registration_client_uri?: string;
    /** The algorithm with which request objects must be signed. Default: any algorithm that the server supports. */
    request_object_signing_alg?: "none" | "RS256" | "RS384" | "RS512" | "PS256" | "PS384" | "PS512" | "ES256" | "ES384" | "ES512" | (string & {});
    /** URLs that the client may use as `request_uri`. */
    request_uris?: string[];
    /**
     * Scopes that the client may request, separated by spaces. Default: the server's setting.
     * @example openid
     * @example offline_access
     * @example openid offline_access
     * @example openid offline_access profile email
     */
    scope?: "openid" | "offline_access" | "openid offline_access" | "openid offline_access profile email" | (string & {});
    /** An https URL of a list of redirect URIs, whose host groups the pairwise subjects of several clients. */
    sector_identifier_uri?: string;
    /** Whether to skip the consent page, for first-party clients. Default false. Cannot be set by dynamic registration. */
    skip_consent?: boolean;
    /** Whether to skip the logout page. `null` if it was never set. Cannot be set by dynamic registration. */
    skip_logout_consent?: boolean | null;
    /** Whether users have the same `sub` for all clients (`public`) or a different one for each (`pairwise`). Default: `public` if the server supports it. */
    subject_type?: "public" | "pairwise" | (string & {});
    /**
     * The client authentication method at the token endpoint; `none` for public clients. The server rejects all other methods.
     * @default client_secret_basic
     */
    token_endpoint_auth_method?: "client_secret_basic" | "client_secret_post" | "private_key_jwt" | "none" | (string & {});
    /** The signing algorithm for `private_key_jwt`. Default `RS256`; EdDSA is not supported. */
    token_endpoint_auth_signing_alg?: "RS256" | "RS384" | "RS512" | "PS256" | "PS384" | "PS512" | "ES256" | "ES384" | "ES512" | (string & {});
    /** The URL of the client's terms of service, http or https. */
    tos_uri?: string;
    /**
     * Format: date-time
     * When the client was last changed. Set by the server.
     */
    updated_at?: string;
    /** `RS256` to receive userinfo as a signed JWT, `none` for plain JSON. Default `none`. */
    userinfo_signed_response_alg?: "none" | "RS256" | (string & {});
}
/** The lifespans of a client's tokens, by grant type and token type, in Go's duration format (`"1h30m"`). `null` means the server's default. */
export interface OAuth2ClientTokenLifespans {
    /** Lifespan of access tokens from the authorization code grant, such as `1h30m`. Default: the server's setting. */
    authorization_code_grant_access_token_lifespan?: components["schemas"]["NullDuration"];
    /** Lifespan of ID tokens from the authorization code grant, such as `1h30m`. Default: the server's setting. */
    authorization_code_grant_id_token_lifespan?: components["schemas"]["NullDuration"];
    /** Lifespan of refresh tokens from the authorization code grant, such as `1h30m`. Default: the server's setting. */
    authorization_code_grant_refresh_token_lifespan?: components["schemas"]["NullDuration"];
    /** Lifespan of access tokens from the client credentials grant, such as `1h30m`. Default: the server's setting. */
    client_credentials_grant_access_token_lifespan?: components["schemas"]["NullDuration"];
    /** Lifespan of access tokens from the device grant, such as `1h30m`. Default: the server's setting. */
    device_authorization_grant_access_token_lifespan?: components["schemas"]["NullDuration"];
    /** Lifespan of ID tokens from the device grant, such as `1h30m`. Default: the server's setting. */
    device_authorization_grant_id_token_lifespan?: components["schemas"]["NullDuration"];
    /** Lifespan of refresh tokens from the device grant, such as `1h30m`. Default: the server's setting. */
    device_authorization_grant_refresh_token_lifespan?: components["schemas"]["NullDuration"];
    /** Lifespan of access tokens from the implicit grant, such as `1h30m`. Default: the server's setting. */
    implicit_grant_access_token_lifespan?: components["schemas"]["NullDuration"];
    /** Lifespan of ID tokens from the implicit grant, such as `1h30m`. Default: the server's setting. */
    implicit_grant_id_token_lifespan?: components["schemas"]["NullDuration"];
    /** Lifespan of access tokens from the jwt-bearer grant, such as `1h30m`. Default: the server's setting. */
    jwt_bearer_grant_access_token_lifespan?: components["schemas"]["NullDuration"];
    /** Lifespan of access tokens from the refresh token grant, such as `1h30m`. Default: the server's setting. */
    refresh_token_grant_access_token_lifespan?: components["schemas"]["NullDuration"];
    /** Lifespan of ID tokens from the refresh token grant, such as `1h30m`. Default: the server's setting. */
    refresh_token_grant_id_token_lifespan?: components["schemas"]["NullDuration"];
    /** Lifespan of refresh tokens from the refresh token grant, such as `1h30m`. Default: the server's setting. */
    refresh_token_grant_refresh_token_lifespan?: components["schemas"]["NullDuration"];
}
/** One operation of a JSON Patch (RFC 6902). */
export interface JsonPatch {
    /**
     * The operation. Hydra supports only `add`, `remove` and `replace`.
     */
    op: "add" | "remove" | "replace" | "move" | "copy" | "test";
    /** The location to change, as a JSON Pointer (RFC 6901) such as `/redirect_uris/0`, or `/redirect_uris/-` to append. */
    path: string;
    /** The new value, for `add`, `replace` and `test`. */
    value?: any;
    /** The location of the source value, for `move` and `copy`. */
    from?: string;
}
/** A set of JSON Web Keys (RFC 7517). `{}` for a client without keys. */
export interface JsonWebKeySet {
    /** The keys. */
    keys?: components["schemas"]["JsonWebKey"][];
}
/** A JSON Web Key (RFC 7517, RFC 7518, RFC 8037), public or private. */
export interface JsonWebKey {
    /** The algorithm that the key is used with. */
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
    /** The key's ID, by which a token refers to it. */
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
    /** The purpose of the key: `sig` for signatures or `enc` for encryption. */
    use?: "sig" | "enc" | (string & {});
    /** The x coordinate of an EC key, or the public key of an OKP key. */
    x?: string;
    /** The certificate chain of the key, each certificate base64-encoded DER, starting with the key's own. */
    x5c?: string[];
    /** The y coordinate of an EC key. */
    y?: string;
}
/** The key for the server to generate. */
export interface CreateJsonWebKeySet {
    /** The algorithm. HS256 and HS512 are not supported. */
    alg: "RS256" | "RS384" | "RS512" | "PS256" | "PS384" | "PS512" | "ES256" | "ES384" | "ES512" | "EdDSA" | (string & {});
    /** The key's ID. Default: generated by the server. */
    kid?: string;
    /** The purpose of the key. Default `sig`. */
    use?: "sig" | "enc" | (string & {});
}
/** A login request, which a login page handles. */
export interface OAuth2LoginRequest {
    /** The login challenge. */
    challenge: string;
    /** The requesting client. */
    client: components["schemas"]["StoredOAuth2Client"];
    /** The client's preferences for the login. `null` for a login that a device started. */
    oidc_context?: components["schemas"]["OAuth2ConsentRequestOpenIDConnectContext"] | null;
    /** The authorization URL that started the flow. */
    request_url: string;
    /** The audiences that the client requests. */
    requested_access_token_audience?: string[];
    /** The scopes that the client requests. */
    requested_scope?: string[];
    /** The ID of the login session, the `sid` of its ID tokens. Also set for a new user. */
    session_id?: string;
    /** True if the user is already logged in; accept the request with the same `subject`, without showing a page. */
    skip: boolean;
    /** The remembered user if `skip` is true, otherwise empty. */
    subject: string;
}
/** The user who logged in, and the authentication methods. */
export interface AcceptOAuth2LoginRequest {
    /** The authentication context class, for the ID token's `acr`. */
    acr?: string;
    /** The authentication methods (RFC 8176), such as `pwd` and `otp`, for the ID token's `amr`. */
    amr?: string[];
    /** Any JSON value to pass to the consent page as the `context` of its request. */
    context?: any;
    /** Whether to extend a remembered session (`skip` is true) by another `remember_for`. Default false. */
    extend_session_lifespan?: boolean;
    /** The `sub` that a pairwise client receives. Default: computed by the server. Must be the same for every login. */
    force_subject_identifier?: string;
    /** The ID of the session at your identity provider, so that a logout can end it. */
    identity_provider_session_id?: string;
    /** Whether the next flow in this browser skips the login. Default false. */
    remember?: boolean;
    /** How long to remember the login, in seconds. Default 0, until the browser closes. */
    remember_for?: number;
    /** The user's ID. It must never change and should be opaque to others; must equal the request's `subject` if `skip` is true. */
    subject: string;
}
/** A consent request, which a consent page handles. */
export interface OAuth2ConsentRequest {
    /** The authentication context class of the login. */
    acr?: string;
    /** The authentication methods of the login. */
    amr?: string[];
    /** The consent challenge. Empty in a list of consent sessions. */
    challenge: string;
    /** The requesting client. */
    client?: components["schemas"]["StoredOAuth2Client"];
    /** The ID of the consent, with which it can be revoked. */
    consent_request_id?: string;
    /** The `context` that was passed on acceptance. `null` if none was passed or the consent was remembered. */
    context?: any;
    /** The login challenge of the same flow. */
    login_challenge?: string;
    /** The ID of the login session, the `sid` of its ID tokens. */
    login_session_id?: string;
    /** The client's preferences for the login. `null` for a login that a device started. */
    oidc_context?: components["schemas"]["OAuth2ConsentRequestOpenIDConnectContext"] | null;
    /** The authorization URL that started the flow. */
    request_url?: string;
    /** The audiences that the client requests. */
    requested_access_token_audience?: string[];
    /** The scopes that the client requests. */
    requested_scope?: string[];
    /** True if the user has already consented, or the client skips consent; accept the request without showing a page. */
    skip?: boolean;
    /** The user whose consent is requested. */
    subject?: string;
}
/** The client's preferences for the login, from the authorization request. */
export interface OAuth2ConsentRequestOpenIDConnectContext {
    /** Authentication context classes in order of preference. */
    acr_values?: string[];
    /** The type of page, such as `page` or `popup`. */
    display?: string;
    /** Claims of the ID token that the client sent as a hint. */
    id_token_hint_claims?: {
        [key: string]: any;
    };
    /** The user to suggest, such as an e-mail address. */
    login_hint?: string;
    /** Languages in order of preference (BCP 47). */
    ui_locales?: string[];
}
/** The scopes, audiences and claims that the user grants. */
export interface AcceptOAuth2ConsentRequest {
    /** Any JSON value to pass to the consent page as the `context` of its request. */
    context?: any;
    /** The granted audiences, a subset of the requested ones. Default: none. */
    grant_access_token_audience?: string[];
    /** The granted scopes, a subset of the requested ones. Default: none. */
    grant_scope?: ("openid" | "offline_access" | "profile" | "email" | (string & {}))[];
    /** Whether to remember the consent, so that the user is not asked again. Default false. */
    remember?: boolean;
    /** How long to remember the consent, in seconds. Default 0, forever. */
    remember_for?: number;
    /** Claims to add to the tokens. */
    session?: components["schemas"]["AcceptOAuth2ConsentRequestSession"];
}
/** Claims that a consent adds to tokens. */
export interface AcceptOAuth2ConsentRequestSession {
    /** Claims for the access token, returned by introspection as `ext` and included in JWT access tokens. Anyone who holds the token can read them. */
    access_token?: any;
    /** Claims for the ID token and userinfo, such as `email` and `name`. */
    id_token?: any;
}
/** A consent that a user has granted. */
export interface OAuth2ConsentSession {
    /** The request that the user consented to, with an empty `challenge`. */
    consent_request?: components["schemas"]["OAuth2ConsentRequest"];
    /** The ID of the consent, with which it can be revoked. */
    consent_request_id?: string;
    /** The `context` that was passed on acceptance. `null` if none was passed or the consent was remembered. */
    context?: any;
    /** The granted audiences, a subset of the requested ones. Default: none. */
    grant_access_token_audience?: string[];
    /** The granted scopes, a subset of the requested ones. Default: none. */
    grant_scope?: ("openid" | "offline_access" | "profile" | "email" | (string & {}))[];
    /**
     * Format: date-time
     * When the user consented.
     */
    handled_at?: string;
    /** Whether to remember the consent, so that the user is not asked again. Default false. */
    remember?: boolean;
    /** How long to remember the consent, in seconds. Default 0, forever. */
    remember_for?: number;
    /** The claims that were added to the tokens. */
    session?: components["schemas"]["AcceptOAuth2ConsentRequestSession"];
}
/** Why a login or consent is rejected; sent to the client's redirect URI. */
export interface RejectOAuth2Request {
    /** The error code for the client, such as `access_denied`. Default: a text that names the page that rejected the request. */
    error?: string;
    /** Details for developers, which the server only logs. */
    error_debug?: string;
    /** A description of the error for the client's developer. */
    error_description?: string;
    /** A hint for resolving the error; appended to the description. */
    error_hint?: string;
    /** The HTTP status of the error. Default 400. */
    status_code?: number;
}
/** A logout request, which a logout page handles. */
export interface OAuth2LogoutRequest {
    /** The logout challenge. */
    challenge?: string;
    /** The client that started the logout, or `null` if the user did. */
    client?: components["schemas"]["StoredOAuth2Client"] | null;
    /**
     * Format: date-time
     * When the request expires.
     */
    expires_at?: string;
    /** The logout URL that started the flow. */
    request_url?: string;
    /**
     * Format: date-time
     * When the logout was requested.
     */
    requested_at?: string;
    /** True if a client started the logout with an `id_token_hint`. */
    rp_initiated?: boolean;
    /** The ID of the login session that ends. */
    sid?: string;
    /** The user who logs out. */
    subject?: string;
}
/** Where to redirect the user's browser next. */
export interface OAuth2RedirectTo {
    /** The URL to redirect the user's browser to. */
    redirect_to: string;
}
/** The code that a user entered to connect a device. */
export interface AcceptDeviceUserCodeRequest {
    /** The user code. Required. */
    user_code?: string;
}
/** A pending device authorization. Part of `@ory/client`; no operation sends or returns it. */
export interface DeviceUserAuthRequest {
    /** The device challenge. */
    challenge: string;
    /** The requesting client. */
    client?: components["schemas"]["OAuth2Client"];
    /**
     * Format: date-time
     * When the user code was accepted.
     */
    handled_at?: string;
    /** The device authorization URL that started the flow. */
    request_url?: string;
    /** The audiences that the client requests. */
    requested_access_token_audience?: string[];
    /** The scopes that the client requests. */
    requested_scope?: string[];
}
/** A device authorization with a verified user code. Part of `@ory/client`; no operation sends or returns it. */
export interface VerifyUserCodeRequest {
    /** The requesting client. */
    client?: components["schemas"]["OAuth2Client"];
    /** The ID of the device request. */
    device_code_request_id?: string;
    /** The device authorization URL that started the flow. */
    request_url?: string;
    /** The audiences that the client requests. */
    requested_access_token_audience?: string[];
    /** The scopes that the client requests. */
    requested_scope?: string[];
}
/** The form that starts a device flow (RFC 8628, section 3.1). */
export interface DeviceAuthorizationRequest {
    /** The requesting client's ID. Required in the form even if it is also in the header. */
    client_id: string;
    /** Scopes separated by spaces; must be allowed for the client. */
    scope?: string;
    /** Audiences of the access token, separated by spaces; must be allowed for the client. */
    audience?: string;
    /** The client's secret, for `client_secret_post`. */
    client_secret?: string;
    /** The signed JWT that authenticates the client, for `private_key_jwt`; can be used only once. */
    client_assertion?: string;
    /** The type of `client_assertion`; required with it. */
    client_assertion_type?: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" | (string & {});
}
/** The codes of a device flow (RFC 8628, section 3.2). */
export interface DeviceAuthorization {
    /** An unintended field of the server, always `null`. */
    Header?: null;
    /** The code with which the device polls the token endpoint. Keep it secret. */
    device_code?: string;
    /** Seconds until both codes expire. */
    expires_in?: number;
    /** Seconds to wait between polls. */
    interval?: number;
    /** The code for the user to enter. */
    user_code?: string;
    /** The URL where the user enters the code. */
    verification_uri?: string;
    /** The same URL with the code filled in, for a QR code. */
    verification_uri_complete?: string;
}
/** The response of the token endpoint (RFC 6749, section 5.1). */
export interface OAuth2TokenExchange {
    /** The access token. */
    access_token?: string;
    /** The nonce for the proof of a verifiable credential, if its scope was granted. */
    c_nonce_draft_00?: string;
    /** Seconds until the nonce expires. */
    c_nonce_expires_in_draft_00?: number;
    /** Seconds until the access token expires. */
    expires_in?: number;
    /** The ID token, a JWT, if `openid` was granted. */
    id_token?: string;
    /** The refresh token, if `offline_access` or `offline` was granted. */
    refresh_token?: string;
    /** The granted scopes, separated by spaces. */
    scope?: string;
    /** How to use the access token. Always `bearer`. */
    token_type?: string;
    [key: string]: unknown;
}
/** The state and metadata of a token (RFC 7662). */
export interface IntrospectedOAuth2Token {
    /** Whether the token is active. If false, the response has no other fields. */
    active: boolean;
    /** The audiences of the token. */
    aud?: string[];
    /** The client to which the token was issued. */
    client_id?: string;
    /** When the token expires, in seconds since the Unix epoch. */
    exp?: number;
    /** The claims that the consent added to the access token. */
    ext?: {
        [key: string]: any;
    };
    /** When the token was issued, in seconds since the Unix epoch. */
    iat?: number;
    /** The issuer of the token. */
    iss?: string;
    /** When the token becomes valid, in seconds since the Unix epoch. */
    nbf?: number;
    /** The `sub` that a pairwise client receives. Missing for other clients. */
    obfuscated_subject?: string;
    /** The scopes of the token, separated by spaces. */
    scope?: string;
    /** The user, or the client itself for the client credentials grant. */
    sub?: string;
    /** How to use the token, `Bearer`. */
    token_type?: string;
    /** The type of the token. */
    token_use?: "access_token" | "refresh_token" | (string & {});
    /** A name of the user. The server does not set it. */
    username?: string;
}
/** An issuer to trust: its assertions can be exchanged for tokens (RFC 7523). */
export interface TrustOAuth2JwtGrantIssuer {
    /** Whether the issuer may assert any subject. Default false. Cannot be combined with `subject`. */
    allow_any_subject?: boolean;
    /**
     * Format: date-time
     * When the trust expires.
     */
    expires_at: string;
    /** The `iss` of the assertions. */
    issuer: string;
    /** The **public** key that verifies the assertions. */
    jwk: components["schemas"]["JsonWebKey"];
    /** Scopes that can be granted for an assertion. */
    scope: string[];
    /** The only `sub` that the issuer may assert. Cannot be combined with `allow_any_subject`. */
    subject?: string;
}
/** A trusted issuer: its assertions can be exchanged for tokens. */
export interface TrustedOAuth2JwtGrantIssuer {
    /** Whether the issuer may assert any subject. */
    allow_any_subject?: boolean;
    /**
     * Format: date-time
     * When the trust was created.
     */
    created_at?: string;
    /**
     * Format: date-time
     * When the trust expires.
     */
    expires_at?: string;
    /** The ID of the trust, a UUID. */
    id?: string;
    /** The `iss` of the assertions. */
    issuer?: string;
    /** A reference to the issuer's key. */
    public_key?: components["schemas"]["TrustedOAuth2JwtGrantJsonWebKey"];
    /** Scopes that can be granted for an assertion. */
    scope?: string[];
    /** The only `sub` that the issuer may assert; empty if any subject is allowed. */
    subject?: string;
}
/** A reference to a trusted issuer's key. */
export interface TrustedOAuth2JwtGrantJsonWebKey {
    /** The key's ID. */
    kid?: string;
    /** The key set that contains it, named after the issuer. */
    set?: string;
}
/** Endpoints and capabilities of a server (OpenID Connect Discovery 1.0, RFC 8414). */
export interface OidcConfiguration {
    /** The URL of the authorization endpoint. */
    authorization_endpoint: string;
    /** Whether logout tokens can contain `sid`. */
    backchannel_logout_session_supported?: boolean;
    /** Whether back-channel logout is supported. */
    backchannel_logout_supported?: boolean;
    /** Whether the `claims` parameter is supported. False for Hydra. */
    claims_parameter_supported?: boolean;
    /** Claims that the server may add to ID tokens. */
    claims_supported?: string[];
    /** PKCE code challenge methods. */
    code_challenge_methods_supported?: string[];
    /** The URL of the endpoint that issues verifiable credentials. */
    credentials_endpoint_draft_00?: string;
    /** Verifiable credentials that the server issues. */
    credentials_supported_draft_00?: components["schemas"]["CredentialSupportedDraft00"][];
    /** The URL of the device authorization endpoint. */
    device_authorization_endpoint: string;
    /** The URL of the end session endpoint. */
    end_session_endpoint?: string;
    /** Whether front-channel logout adds `iss` and `sid`. */
    frontchannel_logout_session_supported?: boolean;
    /** Whether front-channel logout is supported. */
    frontchannel_logout_supported?: boolean;
    /** Grant types that the token endpoint supports. */
    grant_types_supported?: string[];
    /** The algorithm that signs ID tokens. */
    id_token_signed_response_alg: string[];
    /** Algorithms that sign ID tokens. */
    id_token_signing_alg_values_supported: string[];
    /** The server's issuer identifier, the `iss` of its tokens. For Hydra, it ends with a slash. */
    issuer: string;
    /** The URL of the public keys. */
    jwks_uri: string;
    /** The URL of the dynamic registration endpoint. Missing if registration is not enabled; present only if configured. */
    registration_endpoint?: string;
    /** Algorithms for signed request objects. */
    request_object_signing_alg_values_supported?: string[];
    /** Whether the `request` parameter is supported. */
    request_parameter_supported?: boolean;
    /** Whether the `request_uri` parameter is supported. */
    request_uri_parameter_supported?: boolean;
    /** Whether a `request_uri` must be registered with the client. */
    require_request_uri_registration?: boolean;
    /** Response modes of the authorization endpoint. */
    response_modes_supported?: string[];
    /** Response types of the authorization endpoint. */
    response_types_supported: string[];
    /** The URL of the revocation endpoint. */
    revocation_endpoint?: string;
    /** Scopes that the server defines. */
    scopes_supported?: string[];
    /** Types of `sub`: `public`, `pairwise`. */
    subject_types_supported: string[];
    /** The URL of the token endpoint. */
    token_endpoint: string;
    /** Client authentication methods of the token endpoint. */
    token_endpoint_auth_methods_supported?: string[];
    /** The URL of the userinfo endpoint. */
    userinfo_endpoint?: string;
    /** The algorithm that signs userinfo responses. */
    userinfo_signed_response_alg: string[];
    /** Algorithms that sign userinfo responses. */
    userinfo_signing_alg_values_supported?: string[];
    [key: string]: unknown;
}
/** A verifiable credential that the server issues. */
export interface CredentialSupportedDraft00 {
    /** How the credential is bound to the holder's key. */
    cryptographic_binding_methods_supported?: string[];
    /** Algorithms for the holder's proof. */
    cryptographic_suites_supported?: string[];
    /** The credential's format, `jwt_vc_json`. */
    format?: string;
    /** The credential's types. */
    types?: string[];
}
/** Claims about a user (OpenID Connect Core, section 5.1), and any other claims that the consent added to the ID token. */
export interface OidcUserInfo {
    /** The authentication context class of the login. */
    acr?: string;
    /** The authentication methods of the login. */
    amr?: string[];
    /** The client that the claims are intended for. */
    aud?: string[];
    /** When the user logged in, in seconds since the Unix epoch. */
    auth_time?: number;
    /** The date of birth as `YYYY-MM-DD`; the year is `0000` if it is not disclosed. */
    birthdate?: string;
    /** The e-mail address. */
    email?: string;
    /** Whether the e-mail address was verified. */
    email_verified?: boolean;
    /** The family name(s). */
    family_name?: string;
    /** The gender. */
    gender?: string;
    /** The given name(s). */
    given_name?: string;
    /** When the claims were issued, in seconds since the Unix epoch. */
    iat?: number;
    /** The issuer of the claims. */
    iss?: string;
    /** The language (BCP 47), such as `de-AT`. */
    locale?: string;
    /** The middle name(s). */
    middle_name?: string;
    /** The full name for display. */
    name?: string;
    /** The nickname. */
    nickname?: string;
    /** The phone number, preferably in E.164 format. */
    phone_number?: string;
    /** Whether the phone number was verified. */
    phone_number_verified?: boolean;
    /** The URL of a picture of the user. */
    picture?: string;
    /** The username that the user prefers. Neither unique nor permanent. */
    preferred_username?: string;
    /** The URL of the user's profile page. */
    profile?: string;
    /** When the flow was started, in seconds since the Unix epoch. */
    rat?: number;
    /** The user, the same as in the ID token. Missing for tokens of the client credentials grant. */
    sub?: string;
    /** When the claims were last changed, in seconds since the Unix epoch. */
    updated_at?: number;
    /** The URL of the user's website. */
    website?: string;
    /** The time zone, such as `Europe/Vienna`. */
    zoneinfo?: string;
    [key: string]: unknown;
}
/** The requested credential, and the proof of the holder's key. */
export interface CreateVerifiableCredentialRequestBody {
    /** The credential's format. */
    format?: "jwt_vc_json" | (string & {});
    /** The proof that the caller holds the key. */
    proof?: components["schemas"]["VerifiableCredentialProof"];
    /** The credential's types: `VerifiableCredential` and `UserInfoCredential`. */
    types?: string[];
}
/** A proof that the caller holds a key. */
export interface VerifiableCredentialProof {
    /** A JWT signed with the key, with the server's `c_nonce` as its `nonce` and the public key in the `jwk` header. */
    jwt?: string;
    /** The type of the proof. */
    proof_type?: "jwt" | (string & {});
}
/** A verifiable credential. */
export interface VerifiableCredentialResponse {
    /** The credential, a signed JWT. */
    credential_draft_00?: string;
    /** The credential's format, `jwt_vc_json`. */
    format?: string;
}
/** The error response that contains the nonce for the proof. */
export interface VerifiableCredentialPrimingResponse extends RFC6749ErrorJson {
    /** The nonce for the proof. */
    c_nonce?: string;
    /** Seconds until the nonce expires. */
    c_nonce_expires_in?: number;
    /** The credential's format, `jwt_vc_json`. */
    format?: string;
}
/** An error response (RFC 6749, section 5.2). Every error of the server has this form. */
export interface ErrorOAuth2 {
    /** An error code such as `invalid_request`, or a short sentence. */
    error?: string;
    /** Details for developers. Servers no longer send it. */
    error_debug?: string;
    /** A description of the error, in a sentence or two. */
    error_description?: string;
    /** A hint for resolving the error. Servers include it in `error_description` instead. */
    error_hint?: string;
    /** The HTTP status. Servers no longer send it. */
    status_code?: number;
}
/** The same as `ErrorOAuth2`. */
export interface RFC6749ErrorJson extends ErrorOAuth2 {
}
/** An error of the console when a project is deleted. No Hydra operation returns it. */
export interface GenericError {
    /** The HTTP status. */
    code?: number;
    /** Details for developers. */
    debug?: string;
    /** Further details. */
    details?: any;
    /** The error in the older format. */
    error?: components["schemas"]["GenericErrorContent"];
    /** A code for the error. */
    id?: string;
    /** A description of the error. */
    message: string;
    /** The cause of the error. */
    reason?: string;
    /** The ID of the request. */
    request?: string;
    /** The HTTP status text. */
    status?: string;
}
/** An error of the console. No Hydra operation returns it. */
export interface GenericErrorContent {
    /** The HTTP status. */
    code?: number;
    /** Details for developers. */
    debug?: string;
    /** Further details. */
    details?: any;
    /** The name of the error. */
    error?: string;
    /** A description of the error. */
    error_description?: string;
    /** A code for the error. */
    id?: "feature_not_available" | "quota_exceeded" | (string & {});
    /** A short description of the error. */
    message?: string;
    /** The cause of the error. */
    reason?: string;
    /** The ID of the request. */
    request?: string;
    /** The HTTP status text. */
    status?: string;
    /** The HTTP status, under another name. */
    status_code?: number;
}
/** The version of the server. */
export interface GetVersion200Response {
    /** The version, such as `v2.3.0`. */
    version: string;
}
/** The version of the server. Part of `@ory/client`; `getVersion` returns `GetVersion200Response`. */
export interface Version {
    /** The version, such as `v2.3.0`. */
    version?: string;
}
/** The response of a server that is alive. */
export interface HealthStatus {
    /** Always `ok`. */
    status?: string;
}
/** The components that are not ready. Part of `@ory/client`; `isReady` returns `IsReady503Response`. */
export interface HealthNotReadyStatus {
    /** The errors, by component name. */
    errors?: {
        [key: string]: string;
    };
}
/** The response of a server that is ready. */
export interface IsReady200Response {
    /** Always `ok`. */
    status?: string;
}
/** The components that are not ready: the `data` of the error with status 503. */
export interface IsReady503Response {
    /** The errors, by component name. */
    errors?: {
        [key: string]: string;
    };
}
/** The paging parameters. Part of `@ory/client`; the list operations declare the parameters themselves. */
export interface KeysetPaginationRequestParameters {
    /**
     * The number of items on a page. Default 100, maximum 500.
     * @default 100
     */
    page_size?: number;
    /** An opaque value from the `Link` header of the previous page. */
    page_token?: string;
}
/** The paging headers. Part of `@ory/client`; the list operations declare the header. */
export interface KeysetPaginationResponseHeaders {
    /** The `Link` header, which contains relative URLs with `rel="first"` and `rel="next"`. */
    link?: string;
}
/** The same as `KeysetPaginationRequestParameters`, for `@ory/client`. */
export interface TokenPagination {
    /**
     * The number of items on a page. Default 100, maximum 500.
     * @default 100
     */
    page_size?: number;
    /** An opaque value from the `Link` header of the previous page. */
    page_token?: string;
}
/** The paging headers of Ory's other products. Part of `@ory/client`; no operation returns them. */
export interface TokenPaginationHeaders {
    /** The `Link` header, which contains relative URLs with `rel="first"` and `rel="next"`. */
    link?: string;
    /** The total number of items. Hydra does not send it. */
    "x-total-count"?: string;
}
/** The same as `KeysetPaginationRequestParameters`, for `@ory/client`. */
export interface TokenPaginationRequestParameters {
    /**
     * The number of items on a page. Default 100, maximum 500.
     * @default 100
     */
    page_size?: number;
    /** An opaque value from the `Link` header of the previous page. */
    page_token?: string;
}
/** The paging headers of Ory's other products. Part of `@ory/client`; no operation returns them. */
export interface TokenPaginationResponseHeaders {
    /** The `Link` header, which contains relative URLs with `rel="first"` and `rel="next"`. */
    link?: string;
    /** The total number of items. Hydra does not send it. */
    "x-total-count"?: number;
}
/** The body of the console's error responses. */
export interface ErrorGeneric {
    /** What went wrong. */
    error: components["schemas"]["GenericErrorContent"];
}
/** A project of Ory Network with its configuration. */
export interface Project {
    /** The pages that may call the admin API. */
    cors_admin?: components["schemas"]["ProjectCors"];
    /** The pages that may call the public API. */
    cors_public?: components["schemas"]["ProjectCors"];
    /**
     * The purpose: production, staging or development.
     */
    environment: "prod" | "stage" | "dev";
    /**
     * Where the project's data is stored.
     */
    home_region: "eu-central" | "asia-northeast" | "us-east" | "us-west" | "eu" | "asia" | "us" | "global";
    /** The ID of the project, a UUID. */
    id: string;
    /** The name of the project. */
    name: string;
    /** The organizations of the project. */
    organizations: components["schemas"]["BasicOrganization"][];
    /** The ID of this revision of the configuration; each change creates a new one. */
    revision_id: string;
    /** The configuration of each service. */
    services: components["schemas"]["ProjectServices"];
    /** The first part of the project's host, `<slug>.projects.oryapis.com`. */
    slug: string;
    /**
     * Whether the project runs.
     */
    state: "running" | "halted" | "deleted";
    /** The ID of the workspace that the project belongs to. */
    workspace_id?: string | null;
}
/** Which pages of other origins may call an API of a project. */
export interface ProjectCors {
    /** Whether any may. */
    enabled?: boolean;
    /** The origins, such as `https://app.example.com`, `https://*.example.com` or `*`. */
    origins?: string[];
}
/** An organization of a project. */
export interface BasicOrganization {
    /**
     * Where the project's data is stored.
     */
    default_region?: "eu-central" | "asia-northeast" | "us-east" | "us-west" | "eu" | "asia" | "us" | "global";
    /** The domains of the organization. */
    domains: string[];
    /** The ID of the organization. */
    id: string;
    /** The name of the organization. */
    label: string;
    /** How long its sessions last, such as `24h`; overrides the project's. */
    session_lifespan?: string;
}
/** The configuration of the services of a project. */
export interface ProjectServices {
    /** The pages for login and consent. */
    account_experience?: components["schemas"]["ProjectServiceAccountExperience"];
    /** Identities and sessions. */
    identity?: components["schemas"]["ProjectServiceIdentity"];
    /** OAuth 2.0 and OpenID Connect. */
    oauth2?: components["schemas"]["ProjectServiceOAuth2"];
    /** Permissions. */
    permission?: components["schemas"]["ProjectServicePermission"];
    /** API keys of the project's own users. */
    talos?: components["schemas"]["ProjectServiceTalos"];
}
/** The configuration of the pages for login and consent. */
export interface ProjectServiceAccountExperience {
    /** The settings, in the format of the service's own configuration file. */
    config: {
        [key: string]: any;
    };
}
/** The configuration of identities and sessions. */
export interface ProjectServiceIdentity {
    /** The settings, in the format of the service's own configuration file. */
    config: {
        [key: string]: any;
    };
}
/** The configuration of OAuth 2.0 and OpenID Connect. */
export interface ProjectServiceOAuth2 {
    /** The settings, in the format of the service's own configuration file. */
    config: {
        [key: string]: any;
    };
}
/** The configuration of permissions. */
export interface ProjectServicePermission {
    /** The settings, in the format of the service's own configuration file. */
    config: {
        [key: string]: any;
    };
}
/** The configuration of the service for API keys. */
export interface ProjectServiceTalos {
    /** The settings, in the format of the service's own configuration file. */
    config: {
        [key: string]: any;
    };
}
/** A project of Ory Network in a list, without its configuration. */
export interface ProjectMetadata {
    /**
     * Format: date-time
     * When it was created.
     */
    created_at: string;
    /**
     * The purpose: production, staging or development.
     */
    environment: "prod" | "stage" | "dev";
    /**
     * Where the project's data is stored.
     */
    home_region: "eu-central" | "asia-northeast" | "us-east" | "us-west" | "eu" | "asia" | "us" | "global";
    /** The hosts that serve the project. */
    hosts: string[];
    /** The ID of the project, a UUID. */
    id: string;
    /** The name of the project. */
    name: string;
    /** The first part of the project's host, `<slug>.projects.oryapis.com`. */
    slug: string;
    /**
     * Whether the project runs.
     */
    state: "running" | "halted" | "deleted";
    /** The ID of the subscription. */
    subscription_id?: string | null;
    /** The plan of the subscription. */
    subscription_plan?: string | null;
    /**
     * Format: date-time
     * When it was last changed.
     */
    updated_at: string;
    /** The workspace that the project belongs to. */
    workspace?: components["schemas"]["Workspace"];
    /** The ID of the workspace that the project belongs to. */
    workspace_id?: string | null;
}
/** The project to create. */
export interface CreateProjectBody {
    /**
     * The purpose: production, staging or development.
     */
    environment: "prod" | "stage" | "dev";
    /**
     * Where the project's data is stored.
     */
    home_region?: "eu-central" | "asia-northeast" | "us-east" | "us-west" | "eu" | "asia" | "us" | "global";
    /** The name of the project. */
    name: string;
    /** The ID of the workspace to create it in. */
    workspace_id?: string;
}
/** The whole configuration of a project. */
export interface SetProject {
    /** The pages that may call the admin API. */
    cors_admin: components["schemas"]["ProjectCors"];
    /** The pages that may call the public API. */
    cors_public: components["schemas"]["ProjectCors"];
    /** The name of the project. */
    name: string;
    /** The organizations of the project. */
    organizations: components["schemas"]["BasicOrganization"][];
    /** The configuration of each service. */
    services: components["schemas"]["ProjectServices"];
}
/** A changed project, and the settings that were ignored. */
export interface SuccessfulProjectUpdate {
    /** The project after the change. */
    project: components["schemas"]["Project"];
    /** The settings that Ory Network has ignored, such as a port. */
    warnings: components["schemas"]["Warning"][];
}
/** A setting that was ignored. */
export interface Warning {
    /** A code for the reason. */
    code?: number;
    /** Names the setting and the reason. */
    message?: string;
}
/** An API key of a project. */
export interface ProjectApiKey {
    /**
     * Format: date-time
     * When it was created.
     */
    created_at?: string;
    /**
     * Format: date-time
     * When it expires; never if absent.
     */
    expires_at?: string;
    /** The ID of the key. */
    id: string;
    /** The end of its value, to tell keys apart. */
    last_characters?: string;
    /** What the key is for. */
    name: string;
    /** Who created it. */
    owner_id: string;
    /** The ID of the project that it belongs to. */
    project_id?: string;
    /**
     * Format: date-time
     * When it was last changed.
     */
    updated_at?: string;
    /** The key itself, only in the response to its creation. */
    value?: string;
}
/** The API key to create. */
export interface CreateProjectApiKeyBody {
    /**
     * Format: date-time
     * When it expires; never if absent.
     */
    expires_at?: string;
    /** What the key is for. */
    name: string;
}
/** A workspace of Ory Network, whose projects have a common subscription. */
export interface Workspace {
    /**
     * Who may enter: members of the organization, or every invited member.
     */
    access_policy?: "CHECK_ORGANIZATION_AND_WORKSPACE_MEMBERSHIP" | "CHECK_ACCESS_PERMISSION";
    /**
     * Format: date-time
     * When it was created.
     */
    created_at: string;
    /** The ID of the workspace, a UUID. */
    id: string;
    /** The name of the workspace. */
    name: string;
    /** The ID of the organization that signs its members in. */
    organization_id?: string | null;
    /** The ID of the subscription. */
    subscription_id?: string | null;
    /** The plan of the subscription. */
    subscription_plan?: string | null;
    /**
     * Format: date-time
     * When it was last changed.
     */
    updated_at: string;
}
/** One page of workspaces. */
export interface ListWorkspaces {
    /** Whether there are more. */
    has_next_page: boolean;
    /** The token of the next page. */
    next_page_token: string;
    /** The workspaces. */
    workspaces: components["schemas"]["Workspace"][];
}
/** One page of the projects of a workspace. */
export interface ListWorkspaceProjects {
    /** Whether there are more. */
    has_next_page: boolean;
    /** The token of the next page. */
    next_page: string;
    /** The projects. */
    projects: components["schemas"]["ProjectMetadata"][];
}
export interface components {
    schemas: {
        OAuth2Client: OAuth2Client;
        StoredOAuth2Client: StoredOAuth2Client;
        OAuth2ClientSettings: OAuth2ClientSettings;
        OAuth2ClientTokenLifespans: OAuth2ClientTokenLifespans;
        /**
         * A duration in Go's format, such as `"30s"`, `"1h30m"` or `"720h"`; there is no unit for days. It is returned in full, `"1h30m0s"`. The server does not reject a negative duration.
         * @example 15m
         * @example 1h
         * @example 24h
         * @example 720h
         */
        NullDuration: ("15m" | "1h" | "24h" | "720h" | (string & {})) | null;
        JsonPatch: JsonPatch;
        JsonWebKeySet: JsonWebKeySet;
        JsonWebKey: JsonWebKey;
        CreateJsonWebKeySet: CreateJsonWebKeySet;
        OAuth2LoginRequest: OAuth2LoginRequest;
        AcceptOAuth2LoginRequest: AcceptOAuth2LoginRequest;
        OAuth2ConsentRequest: OAuth2ConsentRequest;
        OAuth2ConsentRequestOpenIDConnectContext: OAuth2ConsentRequestOpenIDConnectContext;
        AcceptOAuth2ConsentRequest: AcceptOAuth2ConsentRequest;
        AcceptOAuth2ConsentRequestSession: AcceptOAuth2ConsentRequestSession;
        OAuth2ConsentSession: OAuth2ConsentSession;
        RejectOAuth2Request: RejectOAuth2Request;
        OAuth2LogoutRequest: OAuth2LogoutRequest;
        OAuth2RedirectTo: OAuth2RedirectTo;
        AcceptDeviceUserCodeRequest: AcceptDeviceUserCodeRequest;
        DeviceUserAuthRequest: DeviceUserAuthRequest;
        VerifyUserCodeRequest: VerifyUserCodeRequest;
        DeviceAuthorizationRequest: DeviceAuthorizationRequest;
        DeviceAuthorization: DeviceAuthorization;
        OAuth2TokenExchange: OAuth2TokenExchange;
        IntrospectedOAuth2Token: IntrospectedOAuth2Token;
        TrustOAuth2JwtGrantIssuer: TrustOAuth2JwtGrantIssuer;
        TrustedOAuth2JwtGrantIssuer: TrustedOAuth2JwtGrantIssuer;
        TrustedOAuth2JwtGrantJsonWebKey: TrustedOAuth2JwtGrantJsonWebKey;
        OidcConfiguration: OidcConfiguration;
        CredentialSupportedDraft00: CredentialSupportedDraft00;
        OidcUserInfo: OidcUserInfo;
        CreateVerifiableCredentialRequestBody: CreateVerifiableCredentialRequestBody;
        VerifiableCredentialProof: VerifiableCredentialProof;
        VerifiableCredentialResponse: VerifiableCredentialResponse;
        VerifiableCredentialPrimingResponse: VerifiableCredentialPrimingResponse;
        ErrorOAuth2: ErrorOAuth2;
        RFC6749ErrorJson: RFC6749ErrorJson;
        GenericError: GenericError;
        GenericErrorContent: GenericErrorContent;
        GetVersion200Response: GetVersion200Response;
        Version: Version;
        HealthStatus: HealthStatus;
        HealthNotReadyStatus: HealthNotReadyStatus;
        IsReady200Response: IsReady200Response;
        IsReady503Response: IsReady503Response;
        KeysetPaginationRequestParameters: KeysetPaginationRequestParameters;
        KeysetPaginationResponseHeaders: KeysetPaginationResponseHeaders;
        TokenPagination: TokenPagination;
        TokenPaginationHeaders: TokenPaginationHeaders;
        TokenPaginationRequestParameters: TokenPaginationRequestParameters;
        TokenPaginationResponseHeaders: TokenPaginationResponseHeaders;
        ErrorGeneric: ErrorGeneric;
        Project: Project;
        ProjectCors: ProjectCors;
        BasicOrganization: BasicOrganization;
        ProjectServices: ProjectServices;
        ProjectServiceAccountExperience: ProjectServiceAccountExperience;
        ProjectServiceIdentity: ProjectServiceIdentity;
        ProjectServiceOAuth2: ProjectServiceOAuth2;
        ProjectServicePermission: ProjectServicePermission;
        ProjectServiceTalos: ProjectServiceTalos;
        ProjectMetadata: ProjectMetadata;
        CreateProjectBody: CreateProjectBody;
        SetProject: SetProject;
        SuccessfulProjectUpdate: SuccessfulProjectUpdate;
        Warning: Warning;
        ProjectApiKey: ProjectApiKey;
        CreateProjectApiKeyBody: CreateProjectApiKeyBody;
        Workspace: Workspace;
        ListWorkspaces: ListWorkspaces;
        ListWorkspaceProjects: ListWorkspaceProjects;
    };
    responses: {
        /** The request failed; the body contains the reason. */
        ConsoleError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorGeneric"];
            };
        };
        /** Success; the response has no body. */
        Empty: any;
        /** The request failed; the body contains the reason. */
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
        /** The number of items on a page. Default 100, maximum 500; larger values are treated as 500, zero and negative values as 100. */
        pageSize: number;
        /** An opaque value from the `Link` header of the previous page. Default: the first page. */
        pageToken: string;
        /** The ID of the project, a UUID. */
        projectId: string;
        /** The `revision_id` of the project that the patch was made for. */
        revisionId: string;
        /** The ID or the slug of the project. */
        project: string;
        /** The ID of the key, not its value. */
        tokenId: string;
        /** The ID of the workspace. */
        workspace: string;
        /** The number of items on a page. Default 250. */
        consolePageSize: number;
        /** An opaque value from the previous page. Default: the first page. */
        consolePageToken: string;
    };
    requestBodies: never;
    headers: {
        /** Links to other pages (RFC 8288): relative URLs with `rel="first"` and, unless this page is the last one, `rel="next"`. */
        Link: string;
        /** The URL to redirect the browser to. */
        Location: string;
        /** The cookies of the flow; send them with the next step. */
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
                /** The number of items on a page. Default 100, maximum 500; larger values are treated as 500, zero and negative values as 100. */
                page_size?: components["parameters"]["pageSize"];
                /** An opaque value from the `Link` header of the previous page. Default: the first page. */
                page_token?: components["parameters"]["pageToken"];
                /** Return only clients with exactly this `client_name`. */
                client_name?: string;
                /** Return only clients with exactly this `owner`. */
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
                    "application/json": components["schemas"]["StoredOAuth2Client"][];
                };
            };
            /** The page token or page size is invalid. */
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
            /** The created client, including its secret */
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
            /** The metadata is invalid, for example a redirect URI with a fragment or a secret with fewer than 6 characters. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            /** A client with this `client_id` already exists. */
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
                /** The `client_id`. It must not be empty, because an empty ID would address the list of all clients. */
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
                    "application/json": components["schemas"]["StoredOAuth2Client"];
                };
            };
            /** No client has this ID. */
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
                /** The `client_id`. It must not be empty, because an empty ID would address the list of all clients. */
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
            /** The updated client; includes `client_secret` only if the body set one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2Client"];
                };
            };
            /** The metadata is invalid, or the body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            /** No client has this ID. */
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
                /** The `client_id`. It must not be empty, because an empty ID would address the list of all clients. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["Empty"];
            /** No client has this ID. */
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
                /** The `client_id`. It must not be empty, because an empty ID would address the list of all clients. */
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
            /** The updated client */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2Client"];
                };
            };
            /** No client has this ID. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            /** The patch cannot be applied: a path does not exist or has no leading slash, the server does not support an operation, or a value has the wrong type. */
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
                /** The `client_id`. It must not be empty, because an empty ID would address the list of all clients. */
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
                    "application/json": components["schemas"]["StoredOAuth2Client"];
                };
            };
            /** A value is not a valid duration. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            /** No client has this ID. */
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
                /** The `client_id`. It must not be empty, because an empty ID would address the list of all clients. */
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
                    "application/json": components["schemas"]["StoredOAuth2Client"];
                };
            };
            /** The client's authentication method does not use a secret. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            /** No client has this ID. */
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
                /** The `client_id`. It must not be empty, because an empty ID would address the list of all clients. */
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
                    "application/json": components["schemas"]["StoredOAuth2Client"];
                };
            };
            /** The client's authentication method does not use a secret. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            /** No client has this ID. */
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
                /** The name of the key set, such as `hydra.openid.id-token` or your own. */
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
            /** The set does not exist. */
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
                /** The name of the key set, such as `hydra.openid.id-token` or your own. */
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
            /** The stored keys */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JsonWebKeySet"];
                };
            };
            /** The body is not a key set. */
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
                /** The name of the key set, such as `hydra.openid.id-token` or your own. */
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
                    /** A URL below the issuer that does not exist; read the set with `getJsonWebKeySet` instead. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JsonWebKeySet"];
                };
            };
            /** `alg` is missing, or the server cannot generate keys for it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            /** The set already contains a key with this `kid`. */
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
                /** The name of the key set, such as `hydra.openid.id-token` or your own. */
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
                /** The name of the key set, such as `hydra.openid.id-token` or your own. */
                set: string;
                /** The key ID. It must not be empty, because an empty ID would address the entire set. */
                kid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** A set that contains only this key */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JsonWebKeySet"];
                };
            };
            /** The key does not exist. */
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
                /** The name of the key set, such as `hydra.openid.id-token` or your own. */
                set: string;
                /** The key ID. It must not be empty, because an empty ID would address the entire set. */
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
            /** The stored key */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JsonWebKey"];
                };
            };
            /** The body is not a key. */
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
                /** The name of the key set, such as `hydra.openid.id-token` or your own. */
                set: string;
                /** The key ID. It must not be empty, because an empty ID would address the entire set. */
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
                /** The `login_challenge` query parameter of the login page's URL. */
                login_challenge: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The login request, even if it was already handled */
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
            /** The request was already handled; redirect the browser to `redirect_to`. Servers that store the flow in the challenge return 200 instead. */
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
                /** The `login_challenge` query parameter of the login page's URL. */
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
            /** The URL to redirect the browser to */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2RedirectTo"];
                };
            };
            /** `subject` is missing or differs from the remembered one. */
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
                /** The `login_challenge` query parameter of the login page's URL. */
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
            /** The URL to redirect the browser to */
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
                /** The `consent_challenge` query parameter of the consent page's URL. */
                consent_challenge: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The consent request, even if it was already handled */
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
            /** The request was already handled; redirect the browser to `redirect_to`. Servers that store the flow in the challenge return 200 instead. */
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
                /** The `consent_challenge` query parameter of the consent page's URL. */
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
            /** The URL to redirect the browser to */
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
                /** The `consent_challenge` query parameter of the consent page's URL. */
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
            /** The URL to redirect the browser to */
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
                /** The `device_challenge` query parameter of the verification page's URL. */
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
            /** The URL to redirect the browser to */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2RedirectTo"];
                };
            };
            /** The user code is missing, invalid, used or expired. */
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
                /** The `logout_challenge` query parameter of the logout page's URL. */
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
                /** The `logout_challenge` query parameter of the logout page's URL. */
                logout_challenge: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The URL to redirect the browser to */
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
                /** The `logout_challenge` query parameter of the logout page's URL. */
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
                /** The number of items on a page. Default 100, maximum 500; larger values are treated as 500, zero and negative values as 100. */
                page_size?: components["parameters"]["pageSize"];
                /** An opaque value from the `Link` header of the previous page. Default: the first page. */
                page_token?: components["parameters"]["pageToken"];
                /** The user, as passed to `acceptOAuth2LoginRequest`. */
                subject: string;
                /** Return only consents granted in this login session. */
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
            /** `subject` is missing, or the page token or page size is invalid. */
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
                /** The user whose consents to revoke; requires `client` or `all`. */
                subject?: string;
                /** The `client_id` whose consents to revoke; requires `subject`. */
                client?: string;
                /** The `consent_request_id` of the consent to revoke; must be the only parameter. */
                consent_request_id?: string;
                /** Whether to revoke the subject's consents for all clients. Default false. */
                all?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["Empty"];
            /** The parameters do not match any of the three combinations. */
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
                /** The user whose sessions to end. */
                subject?: string;
                /** The session to end: the `sid` claim of its ID tokens. */
                sid?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["Empty"];
            /** `subject` and `sid` are both missing. */
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
                    /** Scopes separated by spaces; the token is reported as active only if it was granted all of them. */
                    scope?: string;
                };
            };
        };
        responses: {
            /** The state and metadata of the token */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntrospectedOAuth2Token"];
                };
            };
            /** `token` is missing, or the body is not a form. */
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
                /** The client whose access tokens to revoke. */
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
                /** The number of items on a page. Default 100, maximum 500; larger values are treated as 500, zero and negative values as 100. */
                page_size?: components["parameters"]["pageSize"];
                /** An opaque value from the `Link` header of the previous page. Default: the first page. */
                page_token?: components["parameters"]["pageToken"];
                /** Return only trusts of exactly this issuer. */
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
            /** The page token or page size is invalid. */
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
            /** The stored trust; references the key without repeating it */
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
            /** A required field is missing, or `subject` and `allow_any_subject` conflict. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            /** The same issuer, subject and key are already trusted. */
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
                /** The ID of the trust, a UUID. For any other value, the server returns 400. */
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
            /** The ID is not a UUID. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            /** No trust has this ID. */
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
                /** The ID of the trust, a UUID. For any other value, the server returns 400. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["Empty"];
            /** No trust has this ID. */
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
            /** The proof is missing, invalid or lacks the nonce, which is in the body. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerifiableCredentialPrimingResponse"];
                };
            };
            /** The bearer token is missing or not active. */
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
            /** The server is alive. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthStatus"];
                };
            };
            /** The server is not alive. */
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
            /** The server is ready. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IsReady200Response"];
                };
            };
            /** The server is not ready; the body names the failing components. */
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
                /** The requesting client. */
                client_id: string;
                /** What the client requests: `code` for the authorization code flow. Must be one of the client's `response_types`. */
                response_type?: "code" | "id_token" | "token" | "code id_token" | "token id_token" | "token id_token code" | (string & {});
                /** How the response is returned to the client. Default `query` for `code`, `fragment` for other response types. */
                response_mode?: "query" | "fragment" | "form_post" | (string & {});
                /** The final redirect target. Must exactly match one of the client's `redirect_uris`; for loopback addresses, the port may differ. May be omitted if the client has exactly one redirect URI and does not request `openid`. */
                redirect_uri?: string;
                /** Scopes separated by spaces; must be allowed for the client. `openid` requests an ID token, `offline_access` a refresh token. */
                scope?: string;
                /** Audiences of the access token, separated by spaces; must be allowed for the client. */
                audience?: string;
                /** A value that is returned unchanged, to prevent cross-site request forgery. At least 8 characters, random. */
                state?: string;
                /** A value that is included in the ID token, to prevent replay. At least 8 characters, random; required if an ID token is returned in the front channel. */
                nonce?: string;
                /** PKCE (RFC 7636): the base64url-encoded SHA-256 hash of the code verifier. Servers may require it for public clients. */
                code_challenge?: string;
                /** How the challenge is derived from the verifier. Use `S256`; Hydra rejects the default, `plain`. */
                code_challenge_method?: "S256" | "plain" | (string & {});
                /** `none` fails instead of showing a page, `login` always requires a login, `consent` always requires consent, `registration` shows the sign-up page. Separate several values with spaces. */
                prompt?: "none" | "login" | "consent" | "registration" | "login consent" | (string & {});
                /** The maximum time since the last login, in seconds, after which the user must log in again. */
                max_age?: number;
                /** The type of page that the client prefers; passed on to the login and consent pages. */
                display?: "page" | "popup" | "touch" | "wap" | (string & {});
                /** Languages in order of preference (BCP 47), separated by spaces; passed on to the login and consent pages. */
                ui_locales?: string;
                /** An ID token of the expected user; the request fails for another user. */
                id_token_hint?: string;
                /** The user to suggest on the login page, such as an e-mail address; passed on to the login page. */
                login_hint?: string;
                /** Authentication context classes in order of preference, separated by spaces; passed on to the login and consent pages. */
                acr_values?: string;
                /** The parameters of this request as a signed JWT (OpenID Connect Core, section 6). Cannot be combined with `request_uri`. */
                request?: string;
                /** The URL from which the server fetches that JWT; one of the client's `request_uris`. */
                request_uri?: string;
                /** Passed on to the login page; selects the identity schema on Ory Network's sign-up page. */
                identity_schema?: string;
                /** Internal to the server: part of the `redirect_to` URL of an accepted login. */
                login_verifier?: string;
                /** Internal to the server: part of the `redirect_to` URL of an accepted consent. */
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
            /** Redirect to the login page, the consent page, or the server's error page */
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
            /** Redirect to the client's redirect URI, with the code, the tokens or the error */
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
            /** The codes, and the URL where the user enters the user code */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceAuthorization"];
                };
            };
            /** `client_id` is missing, or the client is not allowed the grant type, the scope or the audience. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            /** The client is unknown or did not authenticate correctly. */
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
                /** The user code, to prefill the page. */
                user_code?: string;
                /** Internal to the server: part of the `redirect_to` URL of an accepted user code. */
                client_id?: string;
                /** Internal to the server: part of the `redirect_to` URL of an accepted user code. */
                device_verifier?: string;
                /** Internal to the server: part of the `redirect_to` URL of an accepted login. */
                login_verifier?: string;
                /** Internal to the server: part of the `redirect_to` URL of an accepted consent. */
                consent_verifier?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** Redirect to the verification, login, consent, success or error page */
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
            /** The registered client, with its secret and registration access token */
            201: {
                headers: {
                    /** A relative path on the admin listener, `admin/clients/<id>`; use `registration_client_uri` from the body instead. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2Client"];
                };
            };
            /** The metadata is invalid, or contains a field that cannot be set here. */
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
                /** The `client_id`. It must not be empty, because an empty ID would address the list of all clients. */
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
                    "application/json": components["schemas"]["StoredOAuth2Client"];
                };
            };
            /** The registration access token is missing, was replaced, or belongs to another client, or the client does not exist. */
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
                /** The `client_id`. It must not be empty, because an empty ID would address the list of all clients. */
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
            /** The updated client, with its new registration access token */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2Client"];
                };
            };
            /** The metadata is invalid, or contains a field that cannot be set here. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            /** The registration access token is missing, was replaced, or belongs to another client, or the client does not exist. */
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
                /** The `client_id`. It must not be empty, because an empty ID would address the list of all clients. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["Empty"];
            /** The registration access token is missing, was replaced, or belongs to another client, or the client does not exist. */
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
                    /** The type of the token; lets the server find it faster. */
                    token_type_hint?: "access_token" | "refresh_token" | (string & {});
                    /** The client's ID, unless the client authenticates in the `Authorization` header. */
                    client_id?: string;
                    /** The client's secret, for `client_secret_post`. */
                    client_secret?: string;
                    /** The signed JWT that authenticates the client, for `private_key_jwt`; can be used only once. */
                    client_assertion?: string;
                    /** The type of `client_assertion`; required with it. */
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
            /** The client did not authenticate correctly. */
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
                /** An ID token of the session to end. Without it, the session of the browser's cookie ends, and `post_logout_redirect_uri` and `state` must be omitted. */
                id_token_hint?: string;
                /** Where to redirect the browser afterwards; one of the client's `post_logout_redirect_uris`. Default: the server's own page. */
                post_logout_redirect_uri?: string;
                /** A value that is added to `post_logout_redirect_uri`. */
                state?: string;
                /** Internal to the server: part of the `redirect_to` URL of an accepted logout. */
                logout_verifier?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** A page that logs out front-channel clients in frames, then continues automatically */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** Redirect to the logout page, the post-logout page, or the server's error page */
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
                    /** The grant type; one of the client's `grant_types`. */
                    grant_type: "authorization_code" | "refresh_token" | "client_credentials" | "implicit" | "urn:ietf:params:oauth:grant-type:device_code" | "urn:ietf:params:oauth:grant-type:jwt-bearer" | (string & {});
                    /** The client's ID, unless the client authenticates in the `Authorization` header. */
                    client_id?: string;
                    /** The client's secret, for `client_secret_post`. */
                    client_secret?: string;
                    /** The signed JWT that authenticates the client, for `private_key_jwt`; can be used only once. */
                    client_assertion?: string;
                    /** The type of `client_assertion`; required with it. */
                    client_assertion_type?: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" | (string & {});
                    /** The authorization code. Using it a second time revokes the tokens that it was exchanged for. */
                    code?: string;
                    /** The `redirect_uri` of the authorization request, if it had one. */
                    redirect_uri?: string;
                    /** The PKCE verifier, 43 to 128 characters (RFC 7636). A wrong verifier invalidates the code. */
                    code_verifier?: string;
                    /** The refresh token. The one in the response replaces it; using it again revokes the grant. */
                    refresh_token?: string;
                    /** The `device_code` of the device authorization. */
                    device_code?: string;
                    /** A JWT signed by a trusted issuer, for the jwt-bearer grant (RFC 7523). */
                    assertion?: string;
                    /** Scopes separated by spaces. Default: the granted scopes; none for client credentials. */
                    scope?: string;
                    /** Audiences of the access token, separated by spaces; must be allowed for the client. */
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
            /** The grant, scope or audience is rejected, the device authorization is pending, or the assertion was already used. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            /** The client did not authenticate correctly or used another method than the registered one. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOAuth2"];
                };
            };
            /** The client's assertion is expired, or its `iat` is in the future. */
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
            /** The bearer token is missing or not active. */
            401: {
                headers: {
                    /** The challenge (RFC 6750), with `error` and `error_description`. */
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
    listProjects: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The projects */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectMetadata"][];
                };
            };
            /** The key is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorGeneric"];
                };
            };
            /** The key does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorGeneric"];
                };
            };
            /** No such project, or the key does not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorGeneric"];
                };
            };
            default: components["responses"]["ConsoleError"];
        };
    };
    createProject: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CreateProjectBody"];
            };
        };
        responses: {
            /** The created project */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
            /** The body or a parameter is invalid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorGeneric"];
                };
            };
            /** The key is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorGeneric"];
                };
            };
            /** The key does not allow it; the API key of a project never does. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorGeneric"];
                };
            };
            /** No such project, or the key does not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorGeneric"];
                };
            };
            default: components["responses"]["ConsoleError"];
        };
    };
    getProject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The ID of the project, a UUID. */
                project_id: components["parameters"]["projectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The project */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
            /** The key is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorGeneric"];
                };
            };
            /** The key does not allow it; the API key of a project never does. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorGeneric"];
                };
            };
            /** No such project, or the key does not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorGeneric"];
                };
            };
            default: components["responses"]["ConsoleError"];
        };
    };
    setProject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The ID of the project, a UUID. */
                project_id: components["parameters"]["projectId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SetProject"];
            };
        };
        responses: {
            /** The project, and what was ignored */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuccessfulProjectUpdate"];
                };
            };
            /** The body or a parameter is invalid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorGeneric"];
                };
            };
            /** The key is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorGeneric"];
                };
            };
            /** The key does not allow it; the API key of a project never does. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorGeneric"];
                };
            };
            /** No such project, or the key does not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorGeneric"];
                };
            };
            default: components["responses"]["ConsoleError"];
        };
    };
    purgeProject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The ID of the project, a UUID. */
                project_id: components["parameters"]["projectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["Empty"];
            /** The key is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GenericError"];
                };
            };
            /** The key does not allow it; the API key of a project never does. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GenericError"];
                };
            };
            /** No such project, or the key does not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GenericError"];
                };
            };
            /** The request failed; the body contains the reason, without the `error` around it. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GenericError"];
                };
            };
        };
    };
    patchProject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The ID of the project, a UUID. */
                project_id: components["parameters"]["projectId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["JsonPatch"][];
            };
        };
        responses: {
            /** The project, and what was ignored */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuccessfulProjectUpdate"];
                };
            };
            /** The body or a parameter is invalid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorGeneric"];
                };
            };
            /** The key is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorGeneric"];
                };
            };
            /** The key does not allow it; the API key of a project never does. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorGeneric"];
                };
            };
            /** No such project, or the key does not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorGeneric"];
                };
            };
            default: components["responses"]["ConsoleError"];
        };
    };
    patchProjectWithRevision: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The ID of the project, a UUID. */
                project_id: components["parameters"]["projectId"];
                /** The `revision_id` of the project that the patch was made for. */
                revision_id: components["parameters"]["revisionId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["JsonPatch"][];
            };
        };
        responses: {
            /** The project, and what was ignored */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuccessfulProjectUpdate"];
                };
            };
            /** The body or a parameter is invalid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorGeneric"];
                };
            };
            /** The key is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorGeneric"];
                };
            };
            /** The key does not allow it; the API key of a project never does. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorGeneric"];
                };
            };
            /** No such project, or the key does not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorGeneric"];
                };
            };
            /** The project has a newer revision. Read it again. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorGeneric"];
                };
            };
            default: components["responses"]["ConsoleError"];
        };
    };
    listProjectApiKeys: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The ID or the slug of the project. */
                project: components["parameters"]["project"];
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
                    "application/json": components["schemas"]["ProjectApiKey"][];
                };
            };
            default: components["responses"]["ConsoleError"];
        };
    };
    createProjectApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The ID or the slug of the project. */
                project: components["parameters"]["project"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CreateProjectApiKeyBody"];
            };
        };
        responses: {
            /** The key, including its value */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectApiKey"];
                };
            };
            default: components["responses"]["ConsoleError"];
        };
    };
    deleteProjectApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The ID or the slug of the project. */
                project: components["parameters"]["project"];
                /** The ID of the key, not its value. */
                token_id: components["parameters"]["tokenId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["Empty"];
            default: components["responses"]["ConsoleError"];
        };
    };
    listWorkspaces: {
        parameters: {
            query?: {
                /** The number of items on a page. Default 250. */
                page_size?: components["parameters"]["consolePageSize"];
                /** An opaque value from the previous page. Default: the first page. */
                page_token?: components["parameters"]["consolePageToken"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One page of workspaces */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListWorkspaces"];
                };
            };
            /** The body or a parameter is invalid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorGeneric"];
                };
            };
            /** The key is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorGeneric"];
                };
            };
            /** The key does not allow it; the API key of a project never does. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorGeneric"];
                };
            };
            /** The server failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorGeneric"];
                };
            };
            default: components["responses"]["ConsoleError"];
        };
    };
    getWorkspace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The ID of the workspace. */
                workspace: components["parameters"]["workspace"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The workspace */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workspace"];
                };
            };
            /** The body or a parameter is invalid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorGeneric"];
                };
            };
            /** The key is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorGeneric"];
                };
            };
            /** The key does not allow it; the API key of a project never does. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorGeneric"];
                };
            };
            /** The server failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorGeneric"];
                };
            };
            default: components["responses"]["ConsoleError"];
        };
    };
    listWorkspaceProjects: {
        parameters: {
            query?: {
                /** The number of items on a page. Default 250. */
                page_size?: components["parameters"]["consolePageSize"];
                /** An opaque value from the previous page. Default: the first page. */
                page_token?: components["parameters"]["consolePageToken"];
            };
            header?: never;
            path: {
                /** The ID of the workspace. */
                workspace: components["parameters"]["workspace"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One page of projects */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListWorkspaceProjects"];
                };
            };
            /** The body or a parameter is invalid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorGeneric"];
                };
            };
            /** The key is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorGeneric"];
                };
            };
            /** The key does not allow it; the API key of a project never does. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorGeneric"];
                };
            };
            /** The server failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorGeneric"];
                };
            };
            default: components["responses"]["ConsoleError"];
        };
    };
}
