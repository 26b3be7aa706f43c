/**
 * The SDK: an API class for each part of Hydra, functions for tokens, and what goes with them.
 *
 * @module hydra-sdk
 */

export {
  type AssertionOptions,
  type ClientAuth,
  type ClientMetadata,
  clientSecretBasic,
  clientSecretJwt,
  clientSecretPost,
  none,
  type PrivateKeyJwtOptions,
  privateKeyJwt,
  type ServerMetadata,
} from "./client-auth.ts";
export {
  type AccessToken,
  Configuration,
  type ConfigurationParameters,
  type HeadersInput,
} from "./configuration.ts";
export {
  DynamicClient,
  type DynamicClientOptions,
  type OAuth2ClientChanges,
  type OpenDynamicClientOptions,
  type RegistrationApi,
  type RegistrationCredentials,
  type RegistrationStore,
} from "./dynamic-client.ts";
export {
  AbortError,
  type ErrorResponse,
  HydraError,
  InvalidInputError,
  InvalidResponseError,
  isAbortError,
  isHydraError,
  isInvalidInputError,
  isInvalidResponseError,
  isNetworkError,
  isRequiredError,
  isResponseError,
  isTimeoutError,
  NetworkError,
  RequiredError,
  ResponseError,
  type ResponseHeaders,
  TimeoutError,
} from "./errors.ts";
export type { Fetch, FetchInit, Limits } from "./http.ts";
export { JwkApi } from "./jwk-api.ts";
export {
  type CryptoKeyLike,
  generateKey,
  publicJwks,
  type SigningAlgorithm,
  type SigningKey,
} from "./keys.ts";
export { MetadataApi } from "./metadata-api.ts";
export { OAuth2Api } from "./oauth2-api.ts";
export { OidcApi } from "./oidc-api.ts";
export {
  type ListParameters,
  type Page,
  type PageRequest,
  type Paginated,
  type PaginateOptions,
  paginate,
} from "./paginate.ts";
export {
  isRegistrationStateUnknownError,
  isRegistrationStoreError,
  isStaleRegistrationTokenError,
  RegistrationStateUnknownError,
  RegistrationStoreError,
  StaleRegistrationTokenError,
} from "./registration-errors.ts";
export type { HydraResponse } from "./response.ts";
export { type Attempt, type RetryingFetch, type RetryOptions, withRetry } from "./retry.ts";
export {
  type StoredToken,
  type TokenSource,
  type TokenSourceOptions,
  type TokenStore,
  tokenSource,
} from "./token-source.ts";
export {
  type AuthenticatedOptions,
  type AuthorizationUrl,
  type AuthorizationUrlOptions,
  authorizationUrl,
  type ClientCredentialsOptions,
  type ClientOptions,
  clientCredentials,
  type DeviceAuthorizationOptions,
  type DeviceAuthorizationResponse,
  deviceAuthorization,
  type ExchangeCodeOptions,
  exchangeCode,
  type GrantOptions,
  type JwtBearerOptions,
  jwtBearer,
  type PollDeviceTokenOptions,
  pollDeviceToken,
  type RefreshTokenOptions,
  refreshToken,
  type Server,
  type TokenResponse,
  type TokenServer,
} from "./tokens.ts";
export type { CallOptions, Params } from "./transport.ts";
export * from "./types.ts";
export {
  type ClientChange,
  diffOAuth2Client,
  isUpdateConflictError,
  UpdateConflictError,
  updateOAuth2Client,
} from "./update-client.ts";
export { WellknownApi } from "./wellknown-api.ts";
