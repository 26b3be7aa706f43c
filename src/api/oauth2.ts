import type { Configuration, ConfigurationParameters } from "../core/configuration.ts";
import { DELETE, GET, PATCH, POST, PUT } from "../core/operation.ts";
import type { HydraResponse } from "../core/response.ts";
import { type CallOptions, connect, type Params, type Send } from "../core/transport.ts";
import { normalizePatch, requireParameters } from "../core/validate.ts";
import type * as T from "../types.ts";

/**
 * OAuth 2.0 clients, login and consent, sessions, tokens, devices and trusted issuers: the operations that Hydra tags
 * `oAuth2`.
 *
 * Every method resolves to a {@link HydraResponse} and rejects with a `HydraError`: `RequiredError` and
 * `InvalidInputError` before a request is sent, `ResponseError` with the server's `status`, `error` and
 * `errorDescription`, `NetworkError`, `TimeoutError`, `AbortError` or `InvalidResponseError`.
 *
 * @example
 * ```ts
 * const api = new OAuth2Api({ basePath: "http://127.0.0.1:4444", adminBasePath: "http://127.0.0.1:4445" });
 * const { data: client } = await api.createOAuth2Client({ oAuth2Client: { client_name: "Web shop" } });
 * ```
 */
export class OAuth2Api {
  readonly #send: Send;
  /** The configuration that the calls use. */
  declare protected readonly configuration: Configuration;

  /**
   * @param configuration how to reach Hydra, and the credentials: a {@link Configuration} or a plain object
   * @param basePath used if the configuration does not have one
   * @throws {@link RequiredError} `basePath` is missing
   * @throws {@link InvalidInputError} a value is invalid
   */
  constructor(configuration?: ConfigurationParameters, basePath?: string, ...unsupported: never[]) {
    this.#send = connect(this, configuration, basePath, unsupported);
  }

  /**
   * Accepts a consent request and grants scopes and audience. Redirect the user to `redirect_to`.
   *
   * @throws {@link ResponseError} 404 the challenge is unknown
   * @example const { redirect_to } = (await api.acceptOAuth2ConsentRequest({ consentChallenge, acceptOAuth2ConsentRequest: { grant_scope: ["openid"] } })).data;
   * @see [Hydra operation `acceptOAuth2ConsentRequest`](https://www.ory.com/docs/hydra/reference/api#tag/oAuth2/operation/acceptOAuth2ConsentRequest)
   */
  async acceptOAuth2ConsentRequest(
    parameters: T.OAuth2ApiAcceptOAuth2ConsentRequestRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.OAuth2RedirectTo>> {
    const { consentChallenge, acceptOAuth2ConsentRequest = {} } = requireParameters(parameters, ["consentChallenge"]);
    return this.#send(
      PUT("/admin/oauth2/auth/requests/consent/accept", {
        query: { consent_challenge: consentChallenge },
        body: acceptOAuth2ConsentRequest,
      }),
      options,
    );
  }

  /**
   * Accepts a login request: `subject` is the user who logged in. Redirect the user to `redirect_to`.
   *
   * @throws {@link ResponseError} 400 the subject is missing or differs from the remembered one; 404 the challenge is
   * unknown
   * @example const { redirect_to } = (await api.acceptOAuth2LoginRequest({ loginChallenge, acceptOAuth2LoginRequest: { subject: "alice" } })).data;
   * @see [Hydra operation `acceptOAuth2LoginRequest`](https://www.ory.com/docs/hydra/reference/api#tag/oAuth2/operation/acceptOAuth2LoginRequest)
   */
  async acceptOAuth2LoginRequest(
    parameters: T.OAuth2ApiAcceptOAuth2LoginRequestRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.OAuth2RedirectTo>> {
    const { loginChallenge, acceptOAuth2LoginRequest = {} as T.AcceptOAuth2LoginRequest } = requireParameters(
      parameters,
      ["loginChallenge"],
    );
    return this.#send(
      PUT("/admin/oauth2/auth/requests/login/accept", {
        query: { login_challenge: loginChallenge },
        body: acceptOAuth2LoginRequest,
      }),
      options,
    );
  }

  /**
   * Accepts a logout request. Redirect the user to `redirect_to`.
   *
   * @throws {@link ResponseError} 404 the challenge is unknown
   * @example const { redirect_to } = (await api.acceptOAuth2LogoutRequest({ logoutChallenge })).data;
   * @see [Hydra operation `acceptOAuth2LogoutRequest`](https://www.ory.com/docs/hydra/reference/api#tag/oAuth2/operation/acceptOAuth2LogoutRequest)
   */
  async acceptOAuth2LogoutRequest(
    parameters: T.OAuth2ApiAcceptOAuth2LogoutRequestRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.OAuth2RedirectTo>> {
    const { logoutChallenge } = requireParameters(parameters, ["logoutChallenge"]);
    return this.#send(
      PUT("/admin/oauth2/auth/requests/logout/accept", {
        query: { logout_challenge: logoutChallenge },
      }),
      options,
    );
  }

  /**
   * Accepts the user code that the user entered (RFC 8628). Redirect the user to `redirect_to`, which continues with the
   * login.
   *
   * @throws {@link ResponseError} 400 the user code is missing, invalid or used; 404 the challenge is unknown
   * @example const { redirect_to } = (await api.acceptUserCodeRequest({ deviceChallenge, acceptDeviceUserCodeRequest: { user_code: "ABCDEFGH" } })).data;
   * @see [Hydra operation `acceptUserCodeRequest`](https://www.ory.com/docs/hydra/reference/api#tag/oAuth2/operation/acceptUserCodeRequest)
   */
  async acceptUserCodeRequest(
    parameters: T.OAuth2ApiAcceptUserCodeRequestRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.OAuth2RedirectTo>> {
    const { deviceChallenge, acceptDeviceUserCodeRequest = {} } = requireParameters(parameters, ["deviceChallenge"]);
    return this.#send(
      PUT("/admin/oauth2/auth/requests/device/accept", {
        query: { device_challenge: deviceChallenge },
        since: "25.4 or later",
        body: acceptDeviceUserCodeRequest,
      }),
      options,
    );
  }

  /**
   * Creates a client. Only this response contains `client_secret` and `registration_access_token`: store them.
   *
   * @throws {@link InvalidInputError} `jwks` contains private keys
   * @throws {@link ResponseError} 400 `invalid_client_metadata` or `invalid_redirect_uri`; 409 a client with this
   * `client_id` exists
   * @example const { data } = await api.createOAuth2Client({ oAuth2Client: { client_name: "Reports", grant_types: ["client_credentials"] } });
   * @see [Hydra operation `createOAuth2Client`](https://www.ory.com/docs/hydra/reference/api#tag/oAuth2/operation/createOAuth2Client)
   */
  async createOAuth2Client(
    parameters: T.OAuth2ApiCreateOAuth2ClientRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.OAuth2Client>> {
    const { oAuth2Client } = requireParameters(parameters, ["oAuth2Client"]);
    return this.#send(POST("/admin/clients", { body: oAuth2Client, publicKeys: "jwks" }), options);
  }

  /**
   * Deletes a client and invalidates its tokens.
   *
   * @throws {@link ResponseError} 404 the client does not exist
   * @example await api.deleteOAuth2Client({ id: "web-shop" });
   * @see [Hydra operation `deleteOAuth2Client`](https://www.ory.com/docs/hydra/reference/api#tag/oAuth2/operation/deleteOAuth2Client)
   */
  async deleteOAuth2Client(
    parameters: T.OAuth2ApiDeleteOAuth2ClientRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<void>> {
    const { id } = requireParameters(parameters, ["id"]);
    return this.#send(DELETE("/admin/clients/{id}", { path: { id }, response: "empty" }), options);
  }

  /**
   * Deletes all access tokens of a client. Succeeds even if the client does not exist.
   *
   * @example await api.deleteOAuth2Token({ clientId: "web-shop" });
   * @see [Hydra operation `deleteOAuth2Token`](https://www.ory.com/docs/hydra/reference/api#tag/oAuth2/operation/deleteOAuth2Token)
   */
  async deleteOAuth2Token(
    parameters: T.OAuth2ApiDeleteOAuth2TokenRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<void>> {
    const { clientId } = requireParameters(parameters, ["clientId"]);
    return this.#send(DELETE("/admin/oauth2/tokens", { query: { client_id: clientId }, response: "empty" }), options);
  }

  /**
   * Deletes the secrets that {@link rotateOAuth2ClientSecret} replaced: from then on only the newest one is valid.
   *
   * @throws {@link ResponseError} 404 the client does not exist
   * @example await api.deleteRotatedOAuth2ClientSecrets({ id: "web-shop" });
   * @see [Hydra operation `deleteRotatedOAuth2ClientSecrets`](https://www.ory.com/docs/hydra/reference/api#tag/oAuth2/operation/deleteRotatedOAuth2ClientSecrets)
   */
  async deleteRotatedOAuth2ClientSecrets(
    parameters: T.OAuth2ApiDeleteRotatedOAuth2ClientSecretsRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.StoredOAuth2Client>> {
    const { id } = requireParameters(parameters, ["id"]);
    return this.#send(
      DELETE("/admin/clients/{id}/secrets/rotate", { path: { id }, since: "later than 26.2" }),
      options,
    );
  }

  /**
   * Stops trusting an issuer: from then on the server rejects its assertions.
   *
   * @throws {@link ResponseError} 404 the trust relationship does not exist
   * @example await api.deleteTrustedOAuth2JwtGrantIssuer({ id });
   * @see [Hydra operation `deleteTrustedOAuth2JwtGrantIssuer`](https://www.ory.com/docs/hydra/reference/api#tag/oAuth2/operation/deleteTrustedOAuth2JwtGrantIssuer)
   */
  async deleteTrustedOAuth2JwtGrantIssuer(
    parameters: T.OAuth2ApiDeleteTrustedOAuth2JwtGrantIssuerRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<void>> {
    const { id } = requireParameters(parameters, ["id"]);
    return this.#send(
      DELETE("/admin/trust/grants/jwt-bearer/issuers/{id}", { path: { id }, response: "empty" }),
      options,
    );
  }

  /**
   * Returns a client, without its secret and its registration access token.
   *
   * @throws {@link ResponseError} 404 the client does not exist
   * @example const { client_name } = (await api.getOAuth2Client({ id: "web-shop" })).data;
   * @see [Hydra operation `getOAuth2Client`](https://www.ory.com/docs/hydra/reference/api#tag/oAuth2/operation/getOAuth2Client)
   */
  async getOAuth2Client(
    parameters: T.OAuth2ApiGetOAuth2ClientRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.StoredOAuth2Client>> {
    const { id } = requireParameters(parameters, ["id"]);
    return this.#send(GET("/admin/clients/{id}", { path: { id } }), options);
  }

  /**
   * Returns a consent request, for the consent page: the client, the requested scopes and audience, and the user.
   *
   * @throws {@link ResponseError} 404 the challenge is unknown; 410 the request was handled, `response.data` contains
   * `redirect_to`
   * @example const { requested_scope, client } = (await api.getOAuth2ConsentRequest({ consentChallenge })).data;
   * @see [Hydra operation `getOAuth2ConsentRequest`](https://www.ory.com/docs/hydra/reference/api#tag/oAuth2/operation/getOAuth2ConsentRequest)
   */
  async getOAuth2ConsentRequest(
    parameters: T.OAuth2ApiGetOAuth2ConsentRequestRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.OAuth2ConsentRequest>> {
    const { consentChallenge } = requireParameters(parameters, ["consentChallenge"]);
    return this.#send(
      GET("/admin/oauth2/auth/requests/consent", {
        query: { consent_challenge: consentChallenge },
      }),
      options,
    );
  }

  /**
   * Returns a login request, for the login page. If `skip` is true, the user is authenticated already: do not prompt.
   *
   * @throws {@link ResponseError} 404 the challenge is unknown; 410 the request was handled, `response.data` contains
   * `redirect_to`
   * @example const { skip, subject } = (await api.getOAuth2LoginRequest({ loginChallenge })).data;
   * @see [Hydra operation `getOAuth2LoginRequest`](https://www.ory.com/docs/hydra/reference/api#tag/oAuth2/operation/getOAuth2LoginRequest)
   */
  async getOAuth2LoginRequest(
    parameters: T.OAuth2ApiGetOAuth2LoginRequestRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.OAuth2LoginRequest>> {
    const { loginChallenge } = requireParameters(parameters, ["loginChallenge"]);
    return this.#send(
      GET("/admin/oauth2/auth/requests/login", { query: { login_challenge: loginChallenge } }),
      options,
    );
  }

  /**
   * Returns a logout request: the user who logs out, and whether a client initiated it.
   *
   * @throws {@link ResponseError} 404 the challenge is unknown; 410 the request was handled, `response.data` contains
   * `redirect_to`
   * @example const { subject } = (await api.getOAuth2LogoutRequest({ logoutChallenge })).data;
   * @see [Hydra operation `getOAuth2LogoutRequest`](https://www.ory.com/docs/hydra/reference/api#tag/oAuth2/operation/getOAuth2LogoutRequest)
   */
  async getOAuth2LogoutRequest(
    parameters: T.OAuth2ApiGetOAuth2LogoutRequestRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.OAuth2LogoutRequest>> {
    const { logoutChallenge } = requireParameters(parameters, ["logoutChallenge"]);
    return this.#send(
      GET("/admin/oauth2/auth/requests/logout", {
        query: { logout_challenge: logoutChallenge },
      }),
      options,
    );
  }

  /**
   * Returns one trust relationship by its ID, a UUID.
   *
   * @throws {@link ResponseError} 400 `id` is not a UUID; 404 it does not exist
   * @example const { issuer, expires_at } = (await api.getTrustedOAuth2JwtGrantIssuer({ id })).data;
   * @see [Hydra operation `getTrustedOAuth2JwtGrantIssuer`](https://www.ory.com/docs/hydra/reference/api#tag/oAuth2/operation/getTrustedOAuth2JwtGrantIssuer)
   */
  async getTrustedOAuth2JwtGrantIssuer(
    parameters: T.OAuth2ApiGetTrustedOAuth2JwtGrantIssuerRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.TrustedOAuth2JwtGrantIssuer>> {
    const { id } = requireParameters(parameters, ["id"]);
    return this.#send(GET("/admin/trust/grants/jwt-bearer/issuers/{id}", { path: { id } }), options);
  }

  /**
   * Returns the state and metadata of a token (RFC 7662). For an unknown or expired token it resolves to
   * `{ active: false }`.
   *
   * @example const { active, sub } = (await api.introspectOAuth2Token({ token: accessToken })).data;
   * @see [Hydra operation `introspectOAuth2Token`](https://www.ory.com/docs/hydra/reference/api#tag/oAuth2/operation/introspectOAuth2Token)
   */
  async introspectOAuth2Token(
    parameters: T.OAuth2ApiIntrospectOAuth2TokenRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.IntrospectedOAuth2Token>> {
    const { token, scope } = requireParameters(parameters, ["token"]);
    return this.#send(POST("/admin/oauth2/introspect", { form: { token, scope } }), options);
  }

  /**
   * Lists clients, one page at a time. `headers.link` contains the `page_token` of the next page.
   *
   * @example for await (const { client_id } of paginate((page) => api.listOAuth2Clients(page))) console.log(client_id);
   * @see [Hydra operation `listOAuth2Clients`](https://www.ory.com/docs/hydra/reference/api#tag/oAuth2/operation/listOAuth2Clients)
   */
  async listOAuth2Clients(
    parameters: T.OAuth2ApiListOAuth2ClientsRequest = {},
    options?: CallOptions,
  ): Promise<HydraResponse<T.StoredOAuth2Client[]>> {
    const { pageSize, pageToken, clientName, owner } = requireParameters(parameters, []);
    return this.#send(
      GET("/admin/clients", {
        query: { page_size: pageSize, page_token: pageToken, client_name: clientName, owner },
      }),
      options,
    );
  }

  /**
   * Lists the consent sessions of a subject, one page at a time.
   *
   * @throws {@link ResponseError} 400 the subject is empty
   * @example const { data } = await api.listOAuth2ConsentSessions({ subject: "alice" });
   * @see [Hydra operation `listOAuth2ConsentSessions`](https://www.ory.com/docs/hydra/reference/api#tag/oAuth2/operation/listOAuth2ConsentSessions)
   */
  async listOAuth2ConsentSessions(
    parameters: T.OAuth2ApiListOAuth2ConsentSessionsRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.OAuth2ConsentSession[]>> {
    const { subject, pageSize, pageToken, loginSessionId } = requireParameters(parameters, ["subject"]);
    return this.#send(
      GET("/admin/oauth2/auth/sessions/consent", {
        query: { subject, page_size: pageSize, page_token: pageToken, login_session_id: loginSessionId },
      }),
      options,
    );
  }

  /**
   * Lists the issuers whose assertions the server accepts (RFC 7523), one page at a time.
   *
   * @example const { data } = await api.listTrustedOAuth2JwtGrantIssuers({ issuer: "https://ci.example.com" });
   * @see [Hydra operation `listTrustedOAuth2JwtGrantIssuers`](https://www.ory.com/docs/hydra/reference/api#tag/oAuth2/operation/listTrustedOAuth2JwtGrantIssuers)
   */
  async listTrustedOAuth2JwtGrantIssuers(
    parameters: T.OAuth2ApiListTrustedOAuth2JwtGrantIssuersRequest = {},
    options?: CallOptions,
  ): Promise<HydraResponse<T.TrustedOAuth2JwtGrantIssuer[]>> {
    const { pageSize, pageToken, issuer } = requireParameters(parameters, []);
    return this.#send(
      GET("/admin/trust/grants/jwt-bearer/issuers", {
        query: { page_size: pageSize, page_token: pageToken, issuer },
      }),
      options,
    );
  }

  /**
   * Calls the authorization endpoint (RFC 6749, section 4.1.1) and resolves to its redirect, without following it.
   * Pass the query in `options.params`. Use this in servers and tests; a user's browser must navigate there itself.
   *
   * @throws {@link InvalidResponseError} in a browser, which hides the target of a redirect: navigate to the URL instead
   * @example const { headers } = await api.oAuth2Authorize({ params: { client_id: clientId, response_type: "code", state: "at-least-8" } });
   * @see [Hydra operation `oAuth2Authorize`](https://www.ory.com/docs/hydra/reference/api#tag/oAuth2/operation/oAuth2Authorize)
   */
  async oAuth2Authorize(
    options?: CallOptions & { params?: Params<T.AuthorizationRequestParameters> | undefined },
  ): Promise<HydraResponse<T.OAuth2RedirectTo>> {
    const { params, ...rest } = options ?? {};
    const query = params as T.AuthorizationRequestParameters;
    return this.#send(GET("/oauth2/auth", { query, response: "redirect" }), rest);
  }

  /**
   * Begins the device flow (RFC 8628, section 3.1). Pass the form in `options.data`: `client_id`, and
   * optionally `scope`.
   *
   * @throws {@link ResponseError} 400 or 401 the client is unknown or may not use this grant
   * @example const { user_code, verification_uri } = (await api.oAuth2DeviceFlow({ data: { client_id: clientId, scope: "openid" } })).data;
   * @see [Hydra operation `oAuth2DeviceFlow`](https://www.ory.com/docs/hydra/reference/api#tag/oAuth2/operation/oAuth2DeviceFlow)
   */
  async oAuth2DeviceFlow(
    options?: CallOptions & { data?: Params<T.DeviceAuthorizationRequest> | string | undefined },
  ): Promise<HydraResponse<T.DeviceAuthorization>> {
    const { data = {}, ...rest } = options ?? {};
    const form = data as T.DeviceAuthorizationRequest;
    return this.#send(POST("/oauth2/device/auth", { form, credential: "client", since: "25.4 or later" }), rest);
  }

  /**
   * Calls the token endpoint (RFC 6749, section 3.2). `clientCredentials` and the other grant functions need less
   * code.
   *
   * The client authenticates with `clientSecret` or `clientAssertion` if present, otherwise with the configuration's
   * `username` and `password` over HTTP Basic.
   *
   * @throws {@link ResponseError} 400 `invalid_grant`, `invalid_scope`, `unauthorized_client`, …; 401 `invalid_client`
   * @example const { data } = await api.oauth2TokenExchange({ grantType: "client_credentials", clientId, clientSecret });
   * @see [Hydra operation `oauth2TokenExchange`](https://www.ory.com/docs/hydra/reference/api#tag/oAuth2/operation/oauth2TokenExchange)
   */
  async oauth2TokenExchange(
    parameters: T.OAuth2ApiOauth2TokenExchangeRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.OAuth2TokenExchange>> {
    const given = requireParameters(parameters, ["grantType"]);
    return this.#send(
      POST("/oauth2/token", {
        credential: "client",
        form: {
          grant_type: given.grantType,
          client_id: given.clientId,
          client_secret: given.clientSecret || undefined,
          client_assertion: given.clientAssertion,
          client_assertion_type: given.clientAssertionType,
          code: given.code,
          code_verifier: given.codeVerifier,
          redirect_uri: given.redirectUri,
          refresh_token: given.refreshToken,
          device_code: given.deviceCode,
          assertion: given.assertion,
          scope: given.scope,
          audience: given.audience,
        },
      }),
      options,
    );
  }

  /**
   * Changes parts of a client with a JSON Patch (RFC 6902). Hydra applies `add`, `remove` and `replace`; `path: "owner"`
   * is sent as `/owner`. Invalidates the registration access token of a client that registered itself.
   *
   * @throws {@link InvalidInputError} an operation cannot be applied; the message names it and the fix
   * @throws {@link ResponseError} 400 a value is invalid; 404 the client does not exist; 500 a path does not exist or a
   * value has the wrong type
   * @example
   * ```ts
   * await api.patchOAuth2Client({ id, jsonPatch: [{ op: "add", path: "/redirect_uris/-", value: "https://example.com/cb" }] });
   * ```
   * @see [Hydra operation `patchOAuth2Client`](https://www.ory.com/docs/hydra/reference/api#tag/oAuth2/operation/patchOAuth2Client)
   */
  async patchOAuth2Client(
    parameters: T.OAuth2ApiPatchOAuth2ClientRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.OAuth2Client>> {
    const { id, jsonPatch } = requireParameters(parameters, ["id", "jsonPatch"]);
    return this.#send(PATCH("/admin/clients/{id}", { path: { id }, body: normalizePatch(jsonPatch) }), options);
  }

  /**
   * Opens the verification URI, where the user enters a device's user code, and resolves to its redirect, without
   * following it.
   *
   * @throws {@link InvalidResponseError} in a browser, which hides the target of a redirect: navigate to the URL instead
   * @example const { headers } = await api.performOAuth2DeviceVerificationFlow({ params: { user_code: "ABCDEFGH" } });
   * @see [Hydra operation `performOAuth2DeviceVerificationFlow`](https://www.ory.com/docs/hydra/reference/api#tag/oAuth2/operation/performOAuth2DeviceVerificationFlow)
   */
  async performOAuth2DeviceVerificationFlow(
    options?: CallOptions & { params?: Params<T.DeviceVerificationParameters> | undefined },
  ): Promise<HydraResponse<T.OAuth2RedirectTo>> {
    return this.#send(GET("/oauth2/device/verify", { response: "redirect", since: "25.4 or later" }), options);
  }

  /**
   * Rejects a consent request. Redirect the user to `redirect_to`, which passes the error on to the client.
   *
   * @throws {@link ResponseError} 404 the challenge is unknown
   * @example const { redirect_to } = (await api.rejectOAuth2ConsentRequest({ consentChallenge, rejectOAuth2Request: { error: "access_denied" } })).data;
   * @see [Hydra operation `rejectOAuth2ConsentRequest`](https://www.ory.com/docs/hydra/reference/api#tag/oAuth2/operation/rejectOAuth2ConsentRequest)
   */
  async rejectOAuth2ConsentRequest(
    parameters: T.OAuth2ApiRejectOAuth2ConsentRequestRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.OAuth2RedirectTo>> {
    const { consentChallenge, rejectOAuth2Request = {} } = requireParameters(parameters, ["consentChallenge"]);
    return this.#send(
      PUT("/admin/oauth2/auth/requests/consent/reject", {
        query: { consent_challenge: consentChallenge },
        body: rejectOAuth2Request,
      }),
      options,
    );
  }

  /**
   * Rejects a login request that failed or was cancelled. Redirect the user to `redirect_to`.
   *
   * @throws {@link ResponseError} 404 the challenge is unknown
   * @example const { redirect_to } = (await api.rejectOAuth2LoginRequest({ loginChallenge, rejectOAuth2Request: { error: "login_required" } })).data;
   * @see [Hydra operation `rejectOAuth2LoginRequest`](https://www.ory.com/docs/hydra/reference/api#tag/oAuth2/operation/rejectOAuth2LoginRequest)
   */
  async rejectOAuth2LoginRequest(
    parameters: T.OAuth2ApiRejectOAuth2LoginRequestRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.OAuth2RedirectTo>> {
    const { loginChallenge, rejectOAuth2Request = {} } = requireParameters(parameters, ["loginChallenge"]);
    return this.#send(
      PUT("/admin/oauth2/auth/requests/login/reject", {
        query: { login_challenge: loginChallenge },
        body: rejectOAuth2Request,
      }),
      options,
    );
  }

  /**
   * Rejects a logout request: the user stays logged in. There is no redirect: show your own page.
   *
   * @throws {@link ResponseError} 404 the challenge is unknown
   * @example await api.rejectOAuth2LogoutRequest({ logoutChallenge });
   * @see [Hydra operation `rejectOAuth2LogoutRequest`](https://www.ory.com/docs/hydra/reference/api#tag/oAuth2/operation/rejectOAuth2LogoutRequest)
   */
  async rejectOAuth2LogoutRequest(
    parameters: T.OAuth2ApiRejectOAuth2LogoutRequestRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<void>> {
    const { logoutChallenge } = requireParameters(parameters, ["logoutChallenge"]);
    return this.#send(
      PUT("/admin/oauth2/auth/requests/logout/reject", {
        query: { logout_challenge: logoutChallenge },
        response: "empty",
      }),
      options,
    );
  }

  /**
   * Revokes consent and the tokens issued for it. Pass either `subject` with `client`, `subject` with `all: true`, or
   * `consentRequestId` alone.
   *
   * @throws {@link ResponseError} 400 the parameters are combined in another way
   * @example await api.revokeOAuth2ConsentSessions({ subject: "alice", client: "web-shop" });
   * @see [Hydra operation `revokeOAuth2ConsentSessions`](https://www.ory.com/docs/hydra/reference/api#tag/oAuth2/operation/revokeOAuth2ConsentSessions)
   */
  async revokeOAuth2ConsentSessions(
    parameters: T.OAuth2ApiRevokeOAuth2ConsentSessionsRequest = {},
    options?: CallOptions,
  ): Promise<HydraResponse<void>> {
    const { subject, client, consentRequestId, all } = requireParameters(parameters, []);
    return this.#send(
      DELETE("/admin/oauth2/auth/sessions/consent", {
        query: { subject, client, consent_request_id: consentRequestId, all },
        response: "empty",
      }),
      options,
    );
  }

  /**
   * Revokes the login sessions of a `subject`, or the one with the ID `sid`: the next authorization requires a login
   * again. Tokens that were issued remain valid.
   *
   * @throws {@link ResponseError} 400 both parameters are missing
   * @example await api.revokeOAuth2LoginSessions({ subject: "alice" });
   * @see [Hydra operation `revokeOAuth2LoginSessions`](https://www.ory.com/docs/hydra/reference/api#tag/oAuth2/operation/revokeOAuth2LoginSessions)
   */
  async revokeOAuth2LoginSessions(
    parameters: T.OAuth2ApiRevokeOAuth2LoginSessionsRequest = {},
    options?: CallOptions,
  ): Promise<HydraResponse<void>> {
    const { subject, sid } = requireParameters(parameters, []);
    return this.#send(
      DELETE("/admin/oauth2/auth/sessions/login", { query: { subject, sid }, response: "empty" }),
      options,
    );
  }

  /**
   * Revokes an access or refresh token (RFC 7009), and with a refresh token the access tokens issued with it.
   *
   * The client authenticates as in {@link oauth2TokenExchange}, or with `clientId` and `auth`. Succeeds even if the
   * token is unknown.
   *
   * @throws {@link ResponseError} 400 or 401 the client did not authenticate, or the token belongs to another client
   * @example await api.revokeOAuth2Token({ token: accessToken, clientId, auth });
   * @see [Hydra operation `revokeOAuth2Token`](https://www.ory.com/docs/hydra/reference/api#tag/oAuth2/operation/revokeOAuth2Token)
   */
  async revokeOAuth2Token(
    parameters: T.OAuth2ApiRevokeOAuth2TokenRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<void>> {
    const given = requireParameters(parameters, ["token"]);
    return this.#send(
      POST("/oauth2/revoke", {
        form: {
          token: given.token,
          token_type_hint: given.tokenTypeHint,
          client_id: given.clientId,
          client_secret: given.clientSecret || undefined,
          client_assertion: given.clientAssertion,
          client_assertion_type: given.clientAssertionType,
        },
        credential: "client",
        response: "empty",
        auth: given.auth,
      }),
      options,
    );
  }

  /**
   * Issues a new secret for the client, which only this response contains. The old one remains valid until
   * {@link deleteRotatedOAuth2ClientSecrets}.
   *
   * @throws {@link ResponseError} 404 the client does not exist
   * @example const { client_secret } = (await api.rotateOAuth2ClientSecret({ id: "web-shop" })).data;
   * @see [Hydra operation `rotateOAuth2ClientSecret`](https://www.ory.com/docs/hydra/reference/api#tag/oAuth2/operation/rotateOAuth2ClientSecret)
   */
  async rotateOAuth2ClientSecret(
    parameters: T.OAuth2ApiRotateOAuth2ClientSecretRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.StoredOAuth2Client>> {
    const { id } = requireParameters(parameters, ["id"]);
    return this.#send(POST("/admin/clients/{id}/secrets/rotate", { path: { id }, since: "later than 26.2" }), options);
  }

  /**
   * Replaces the entire client: omitted fields, including `metadata` and lifespans, are reset to the server's defaults;
   * the secret remains. Invalidates the registration access token of a client that registered itself.
   *
   * @throws {@link InvalidInputError} `jwks` contains private keys
   * @throws {@link ResponseError} 400 `invalid_client_metadata` or `invalid_redirect_uri`; 404 the client does not exist
   * @example await api.setOAuth2Client({ id: "web-shop", oAuth2Client: { ...client, client_name: "Web shop" } });
   * @see [Hydra operation `setOAuth2Client`](https://www.ory.com/docs/hydra/reference/api#tag/oAuth2/operation/setOAuth2Client)
   */
  async setOAuth2Client(
    parameters: T.OAuth2ApiSetOAuth2ClientRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.OAuth2Client>> {
    const { id, oAuth2Client } = requireParameters(parameters, ["id", "oAuth2Client"]);
    return this.#send(PUT("/admin/clients/{id}", { path: { id }, body: oAuth2Client, publicKeys: "jwks" }), options);
  }

  /**
   * Sets the lifetimes of a client's tokens, such as `"1h30m"`. Omitted lifespans are reset to the server's defaults.
   *
   * @throws {@link ResponseError} 400 a lifespan is not a duration; 404 the client does not exist
   * @example await api.setOAuth2ClientLifespans({ id: "web-shop", oAuth2ClientTokenLifespans: { client_credentials_grant_access_token_lifespan: "1h" } });
   * @see [Hydra operation `setOAuth2ClientLifespans`](https://www.ory.com/docs/hydra/reference/api#tag/oAuth2/operation/setOAuth2ClientLifespans)
   */
  async setOAuth2ClientLifespans(
    parameters: T.OAuth2ApiSetOAuth2ClientLifespansRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.StoredOAuth2Client>> {
    const { id, oAuth2ClientTokenLifespans = {} } = requireParameters(parameters, ["id"]);
    return this.#send(
      PUT("/admin/clients/{id}/lifespans", {
        path: { id },
        body: oAuth2ClientTokenLifespans,
      }),
      options,
    );
  }

  /**
   * Trusts an issuer: assertions signed with `jwk` can be exchanged for access tokens (RFC 7523, section 2.1).
   *
   * @throws {@link InvalidInputError} `jwk` is a private key
   * @throws {@link ResponseError} 400 a parameter is missing or contradicts another; 409 the trust relationship exists
   * @example await api.trustOAuth2JwtGrantIssuer({ trustOAuth2JwtGrantIssuer: { issuer: "https://ci.example.com", subject: "build", scope: ["deploy"], jwk: jsonWebKey, expires_at: "2027-01-01T00:00:00Z" } });
   * @see [Hydra operation `trustOAuth2JwtGrantIssuer`](https://www.ory.com/docs/hydra/reference/api#tag/oAuth2/operation/trustOAuth2JwtGrantIssuer)
   */
  async trustOAuth2JwtGrantIssuer(
    parameters: T.OAuth2ApiTrustOAuth2JwtGrantIssuerRequest = {},
    options?: CallOptions,
  ): Promise<HydraResponse<T.TrustedOAuth2JwtGrantIssuer>> {
    const { trustOAuth2JwtGrantIssuer: issuer = {} as T.TrustOAuth2JwtGrantIssuer } = requireParameters(parameters, []);
    return this.#send(POST("/admin/trust/grants/jwt-bearer/issuers", { body: issuer, publicKeys: "jwk" }), options);
  }
}
