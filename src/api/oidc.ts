import type { Configuration, ConfigurationParameters } from "../core/configuration.ts";
import { DELETE, GET, type Operation, POST, PUT } from "../core/operation.ts";
import type { HydraResponse } from "../core/response.ts";
import { MAX_METADATA_SIZE } from "../core/send-request.ts";
import { type CallOptions, connect, type Params, type Send } from "../core/transport.ts";
import { requireParameters } from "../core/validate.ts";
import type * as T from "../types.ts";

/**
 * OpenID Connect: dynamic client registration, discovery, userinfo, logout and verifiable credentials: the operations
 * that Hydra tags `oidc`. Errors are the same as those of `OAuth2Api`.
 *
 * @example
 * ```ts
 * const api = new OidcApi({ basePath: "http://127.0.0.1:4444" });
 * const { data: client } = await api.createOidcDynamicClient({ oAuth2Client: { client_name: "Field app" } });
 * ```
 */
export class OidcApi {
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
   * Registers a client (RFC 7591); no credential is sent. Only this response contains `client_secret` and
   * `registration_access_token`: store both. The server chooses `client_id` and accepts neither a `client_secret` nor
   * `metadata`.
   *
   * @throws {@link InvalidInputError} `jwks` contains private keys
   * @throws {@link ResponseError} 400 or 403 a field cannot be set this way; 404 dynamic registration is off
   * @example const { client_id, registration_access_token } = (await api.createOidcDynamicClient({ oAuth2Client: { client_name: "Field app" } })).data;
   * @see [Hydra operation `createOidcDynamicClient`](https://www.ory.com/docs/hydra/reference/api#tag/oidc/operation/createOidcDynamicClient)
   */
  async createOidcDynamicClient(
    parameters: T.OidcApiCreateOidcDynamicClientRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.OAuth2Client>> {
    const { oAuth2Client } = requireParameters(parameters, ["oAuth2Client"]);
    return this.#send(POST("/oauth2/register", { body: oAuth2Client, publicKeys: "jwks" }), options);
  }

  /**
   * Issues a verifiable credential (OpenID for Verifiable Credential Issuance, draft 00) to the user whose access
   * token is sent: `accessToken` of the configuration.
   *
   * @throws {@link ResponseError} 400 the proof is missing or invalid, `response.data` contains the `c_nonce` for the
   * next attempt; 401 the token is missing
   * @example const { credential_draft_00 } = (await api.createVerifiableCredential({ createVerifiableCredentialRequestBody: { format: "jwt_vc_json", types: ["VerifiableCredential", "UserInfoCredential"], proof: { proof_type: "jwt", jwt } } })).data;
   * @see [Hydra operation `createVerifiableCredential`](https://www.ory.com/docs/hydra/reference/api#tag/oidc/operation/createVerifiableCredential)
   */
  async createVerifiableCredential(
    parameters: T.OidcApiCreateVerifiableCredentialRequest = {},
    options?: CallOptions,
  ): Promise<HydraResponse<T.VerifiableCredentialResponse>> {
    const { createVerifiableCredentialRequestBody = {} } = requireParameters(parameters, []);
    return this.#send(
      POST("/credentials", { body: createVerifiableCredentialRequestBody, credential: "token" }),
      options,
    );
  }

  /**
   * Deletes a client that registered itself (RFC 7592), authenticated with its registration access token.
   *
   * @throws {@link ResponseError} 401 the token is invalid, belongs to another client or was replaced
   * @example await api.deleteOidcDynamicClient({ id: clientId, registrationAccessToken });
   * @see [Hydra operation `deleteOidcDynamicClient`](https://www.ory.com/docs/hydra/reference/api#tag/oidc/operation/deleteOidcDynamicClient)
   */
  async deleteOidcDynamicClient(
    parameters: T.OidcApiDeleteOidcDynamicClientRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<void>> {
    const { id, registrationAccessToken: token } = requireParameters(parameters, ["id"]);
    return this.#send(
      DELETE("/oauth2/register/{id}", { path: { id }, credential: "token", token, response: "empty" }),
      options,
    );
  }

  /**
   * Returns the server metadata (OpenID Connect Discovery, RFC 8414).
   *
   * @example const { issuer, token_endpoint } = (await api.discoverOidcConfiguration()).data;
   * @see [Hydra operation `discoverOidcConfiguration`](https://www.ory.com/docs/hydra/reference/api#tag/oidc/operation/discoverOidcConfiguration)
   */
  async discoverOidcConfiguration(options?: CallOptions): Promise<HydraResponse<T.OidcConfiguration>> {
    return this.#send(GET("/.well-known/openid-configuration", { maxResponseSize: MAX_METADATA_SIZE }), options);
  }

  /**
   * Returns a client that registered itself (RFC 7592), authenticated with its registration access token.
   *
   * @throws {@link ResponseError} 401 the token is invalid, belongs to another client or was replaced, or the client
   * does not exist
   * @example const { data } = await api.getOidcDynamicClient({ id: clientId, registrationAccessToken });
   * @see [Hydra operation `getOidcDynamicClient`](https://www.ory.com/docs/hydra/reference/api#tag/oidc/operation/getOidcDynamicClient)
   */
  async getOidcDynamicClient(
    parameters: T.OidcApiGetOidcDynamicClientRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.StoredOAuth2Client>> {
    const { id, registrationAccessToken: token } = requireParameters(parameters, ["id"]);
    return this.#send(GET("/oauth2/register/{id}", { path: { id }, credential: "token", token }), options);
  }

  /**
   * Returns the claims of the user whose access token is sent: `accessToken` of the configuration. A client registered
   * with `userinfo_signed_response_alg` receives a JWT: `getOidcUserInfo<string>()`.
   *
   * @throws {@link ResponseError} 401 the token is missing, expired or revoked
   * @example const { sub, email } = (await api.getOidcUserInfo()).data;
   * @see [Hydra operation `getOidcUserInfo`](https://www.ory.com/docs/hydra/reference/api#tag/oidc/operation/getOidcUserInfo)
   */
  async getOidcUserInfo<Claims = T.OidcUserInfo>(options?: CallOptions): Promise<HydraResponse<Claims>>;
  // `ReturnType` reads the last signature.
  async getOidcUserInfo(options?: CallOptions): Promise<HydraResponse<T.OidcUserInfo>>;
  async getOidcUserInfo(options?: CallOptions): Promise<HydraResponse<any>> {
    return this.#send(GET("/userinfo", { credential: "token" }) as Operation<any>, options);
  }

  /**
   * Begins a logout (OpenID Connect RP-Initiated Logout) and resolves to its redirect, without following it. Pass the
   * query in `options.params`.
   *
   * @throws {@link InvalidResponseError} in a browser, which hides the target of a redirect: navigate to the URL instead
   * @example const { headers } = await api.revokeOidcSession({ params: { id_token_hint: idToken } });
   * @see [Hydra operation `revokeOidcSession`](https://www.ory.com/docs/hydra/reference/api#tag/oidc/operation/revokeOidcSession)
   */
  async revokeOidcSession(
    options?: CallOptions & { params?: Params<T.LogoutRequestParameters> | undefined },
  ): Promise<HydraResponse<T.OAuth2RedirectTo>> {
    return this.#send(GET("/oauth2/sessions/logout", { response: "redirect" }), options);
  }

  /**
   * Replaces a client that registered itself (RFC 7592). The response contains a new `registration_access_token`; the
   * one that was sent is invalidated immediately, so store the new one before anything else.
   *
   * A client that contains its `registration_access_token` is treated as a response of the server: the token
   * authenticates the call, and the fields that the server rejects (the token, the secret, the timestamps and an empty
   * `metadata`) are omitted.
   *
   * @throws {@link InvalidInputError} `jwks` contains private keys
   * @throws {@link ResponseError} 400 `metadata` is set; 401 the token is invalid or was replaced; 403 a
   * `client_secret` is set
   * @example const { registration_access_token } = (await api.setOidcDynamicClient({ id: clientId, registrationAccessToken, oAuth2Client: client })).data;
   * @see [Hydra operation `setOidcDynamicClient`](https://www.ory.com/docs/hydra/reference/api#tag/oidc/operation/setOidcDynamicClient)
   */
  async setOidcDynamicClient(
    parameters: T.OidcApiSetOidcDynamicClientRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.OAuth2Client>> {
    const { id, oAuth2Client, registrationAccessToken } = requireParameters(parameters, ["id", "oAuth2Client"]);
    const { registration_access_token: ownToken } = oAuth2Client;
    const client = ownToken ? withoutResponseMembers(oAuth2Client) : oAuth2Client;
    return this.#send(
      PUT("/oauth2/register/{id}", {
        path: { id },
        body: client,
        publicKeys: "jwks",
        credential: "token",
        token: registrationAccessToken || ownToken,
      }),
      options,
    );
  }
}

/** Returns a copy of a client from a response, without the fields that the server rejects in an update. */
export function withoutResponseMembers(client: T.OAuth2Client): T.OAuth2Client {
  const { registration_access_token, client_secret, client_secret_expires_at, created_at, updated_at, ...rest } =
    client;
  if (Object.keys(rest.metadata ?? {}).length === 0) delete rest.metadata;
  return rest;
}
