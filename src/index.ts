/**
 * The SDK: an API class for each part of Hydra, functions for tokens, and what goes with them.
 *
 * @module hydra-sdk
 */

export { JwkApi } from "./api/jwk.ts";
export { MetadataApi } from "./api/metadata.ts";
export { OAuth2Api } from "./api/oauth2.ts";
export { OidcApi } from "./api/oidc.ts";
export { WellknownApi } from "./api/wellknown.ts";
export {
  type ListParameters,
  type Page,
  type PageRequest,
  type Paginated,
  type PaginateOptions,
  paginate,
} from "./clients/paginate.ts";
export {
  type ClientChange,
  diffOAuth2Client,
  isUpdateConflictError,
  UpdateConflictError,
  updateOAuth2Client,
} from "./clients/update.ts";
export {
  type AccessToken,
  Configuration,
  type ConfigurationParameters,
  type HeadersInput,
} from "./core/configuration.ts";
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
} from "./core/errors.ts";
export type { Fetch, FetchInit, Limits } from "./core/exchange.ts";
export type { HydraResponse } from "./core/response.ts";
export { type Attempt, type RetryingFetch, type RetryOptions, withRetry } from "./core/retry.ts";
export type { CallOptions, Params } from "./core/transport.ts";
export {
  DynamicClient,
  type DynamicClientOptions,
  type OAuth2ClientChanges,
  type OpenDynamicClientOptions,
  type RegistrationApi,
  type RegistrationCredentials,
  type RegistrationStore,
} from "./registration/dynamic-client.ts";
export {
  isRegistrationStateUnknownError,
  isRegistrationStoreError,
  isStaleRegistrationTokenError,
  RegistrationStateUnknownError,
  RegistrationStoreError,
  StaleRegistrationTokenError,
} from "./registration/errors.ts";
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
} from "./tokens/client-auth.ts";
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
} from "./tokens/grants.ts";
export {
  type CryptoKeyLike,
  generateKey,
  publicJwks,
  type SigningAlgorithm,
  type SigningKey,
} from "./tokens/keys.ts";
export {
  type StoredToken,
  type TokenSource,
  type TokenSourceOptions,
  type TokenStore,
  tokenSource,
} from "./tokens/token-source.ts";
export * from "./types.ts";
