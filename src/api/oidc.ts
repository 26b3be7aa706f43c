import type { Configuration, ConfigurationParameters } from "../core/configuration.ts";
import type { HydraResponse } from "../core/response.ts";
import {
  type Call,
  type CallOptions,
  connect,
  DELETE,
  GET,
  type Outgoing,
  type Params,
  POST,
  PUT,
} from "../core/transport.ts";
import { withPublicKeys } from "../core/validate.ts";
import type * as T from "../types.ts";

/**
 * OpenID Connect: dynamic client registration, discovery, userinfo, logout and verifiable credentials: the operations
 * that Hydra tags `oidc`. Errors are as with `OAuth2Api`.
 *
 * @example
 * ```ts
 * const api = new OidcApi({ basePath: "http://127.0.0.1:4444" });
 * const { data: client } = await api.createOidcDynamicClient({ oAuth2Client: { client_name: "Field app" } });
 * ```
 */
export class OidcApi {
  readonly #call: Call;

  /**
   * @param configuration where Hydra is and who calls; a plain object does as well
   * @param basePath used where the configuration has none
   * @throws {@link RequiredError} there is no `basePath`
   * @throws {@link InvalidInputError} a value cannot be right
   */
  constructor(configuration?: Configuration | ConfigurationParameters, basePath?: string) {
    this.#call = connect(configuration, basePath);
  }

  /**
   * Registers a client (RFC 7591); no credential is sent. `client_secret` and `registration_access_token` are in this
   * answer and never again: store both. The server chooses `client_id` and takes neither secret nor `metadata`.
   *
   * @throws {@link InvalidInputError} `jwks` holds private keys
   * @throws {@link ResponseError} 400 or 403 a field cannot be set this way; 404 dynamic registration is off
   * @see Hydra operation `createOidcDynamicClient`
   */
  createOidcDynamicClient(
    parameters: T.OidcApiCreateOidcDynamicClientRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.OAuth2Client>> {
    return this.#call(options, parameters, ["oAuth2Client"], ({ oAuth2Client }) =>
      POST("/oauth2/register", { body: withPublicKeys("jwks", oAuth2Client) }),
    );
  }

  /**
   * Issues a verifiable credential (OpenID for Verifiable Credential Issuance, draft 00) to the person whose access
   * token is sent: `accessToken` of the configuration.
   *
   * @throws {@link ResponseError} 400 the proof is missing or wrong, `c_nonce` for the next try in `response.data`; 401
   * no token
   * @see Hydra operation `createVerifiableCredential`
   */
  createVerifiableCredential(
    parameters: T.OidcApiCreateVerifiableCredentialRequest = {},
    options?: CallOptions,
  ): Promise<HydraResponse<T.VerifiableCredentialResponse>> {
    return this.#call(options, parameters, [], ({ createVerifiableCredentialRequestBody = {} }) =>
      POST("/credentials", { body: createVerifiableCredentialRequestBody }),
    );
  }

  /**
   * Deletes a client that registered itself (RFC 7592), authenticated by its registration access token.
   *
   * @throws {@link ResponseError} 401 the token is wrong, another client's or replaced
   * @see Hydra operation `deleteOidcDynamicClient`
   */
  deleteOidcDynamicClient(
    parameters: T.OidcApiDeleteOidcDynamicClientRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<void>> {
    return this.#call(
      options,
      parameters,
      ["id"],
      ({ id }) => DELETE("/oauth2/register/{id}", { params: { path: { id } } }),
      parameters?.registrationAccessToken,
    );
  }

  /**
   * Reads what the server says about itself (OpenID Connect Discovery, RFC 8414).
   *
   * @see Hydra operation `discoverOidcConfiguration`
   */
  discoverOidcConfiguration(options?: CallOptions): Promise<HydraResponse<T.OidcConfiguration>> {
    return this.#call(options, {}, [], () => GET("/.well-known/openid-configuration"));
  }

  /**
   * Reads a client that registered itself (RFC 7592), authenticated by its registration access token.
   *
   * @throws {@link ResponseError} 401 the token is wrong, another client's or replaced, or the client is gone
   * @see Hydra operation `getOidcDynamicClient`
   */
  getOidcDynamicClient(
    parameters: T.OidcApiGetOidcDynamicClientRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.OAuth2Client>> {
    return this.#call(
      options,
      parameters,
      ["id"],
      ({ id }) => GET("/oauth2/register/{id}", { params: { path: { id } } }),
      parameters?.registrationAccessToken,
    );
  }

  /**
   * Reads the claims of the person whose access token is sent: `accessToken` of the configuration. A client registered
   * with `userinfo_signed_response_alg` is answered with a JWT: `getOidcUserInfo<string>()`.
   *
   * @throws {@link ResponseError} 401 the token is missing, expired or revoked
   * @see Hydra operation `getOidcUserInfo`
   */
  getOidcUserInfo<Claims = T.OidcUserInfo>(options?: CallOptions): Promise<HydraResponse<Claims>> {
    return this.#call(options, {}, [], () => GET("/userinfo") as Outgoing<any>);
  }

  /**
   * Begins a logout (OpenID Connect RP-Initiated Logout) and resolves to where it redirects, without following. The
   * query goes in `options.params`.
   *
   * @throws {@link InvalidResponseError} in a browser, which hides where a redirect leads: navigate instead
   * @see Hydra operation `revokeOidcSession`
   */
  revokeOidcSession(
    options?: CallOptions & { params?: Params<T.LogoutRequestParameters> | undefined },
  ): Promise<HydraResponse<T.OAuth2RedirectTo>> {
    return this.#call(options, {}, [], () => GET("/oauth2/sessions/logout") as Outgoing<any>);
  }

  /**
   * Replaces a client that registered itself (RFC 7592). The answer brings a new `registration_access_token`; the one
   * that was used is dead at once, so store the new one before anything else.
   *
   * A client that holds its `registration_access_token` is taken as the server's own answer sent back: the token
   * authenticates the call, and it, the secret, the times and an empty `metadata`, which the server refuses, are left out.
   *
   * @throws {@link InvalidInputError} `jwks` holds private keys
   * @throws {@link ResponseError} 400 `metadata` is set; 401 the token is wrong or replaced; 403 a `client_secret` is
   * set
   * @see Hydra operation `setOidcDynamicClient`
   */
  setOidcDynamicClient(
    parameters: T.OidcApiSetOidcDynamicClientRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.OAuth2Client>> {
    const bearer = parameters?.registrationAccessToken || parameters?.oAuth2Client?.registration_access_token;
    return this.#call(
      options,
      parameters,
      ["id", "oAuth2Client"],
      ({ id, oAuth2Client }) =>
        PUT("/oauth2/register/{id}", {
          params: { path: { id } },
          body: withPublicKeys("jwks", withoutEcho(oAuth2Client)),
        }),
      bearer,
    );
  }
}

/** What the server refuses to take back is left out of a client that it gave itself. */
export function withoutEcho(client: T.OAuth2Client): T.OAuth2Client {
  if (!client.registration_access_token) return client;
  const { registration_access_token, client_secret, client_secret_expires_at, created_at, updated_at, ...rest } =
    client;
  if (Object.keys(rest.metadata ?? {}).length === 0) delete rest.metadata;
  return rest;
}
