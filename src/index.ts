/**
 * The SDK: an API class for each part of Hydra, functions that request tokens, and the related types and errors.
 *
 * @module hydra-sdk
 */

export { JwkApi } from "./api/jwk.ts";
export { MetadataApi } from "./api/metadata.ts";
export { OAuth2Api } from "./api/oauth2.ts";
export { OidcApi } from "./api/oidc.ts";
export { ProjectApi } from "./api/project.ts";
export { WellknownApi } from "./api/wellknown.ts";
export { WorkspaceApi } from "./api/workspace.ts";
export { diffOAuth2Client } from "./clients/diff.ts";
export { deleteOAuth2ClientIfPresent, findOAuth2Client, type OAuth2ClientQuery } from "./clients/find.ts";
export {
  type ListParameters,
  type Page,
  type PageRequest,
  type Paginated,
  type PaginateOptions,
  type ProposedParameters,
  paginate,
  type ToArrayOptions,
} from "./clients/paginate.ts";
export { type OAuth2ConfigChanges, updateOAuth2Config } from "./clients/project-config.ts";
export {
  type ClientChange,
  isUpdateConflictError,
  UpdateConflictError,
  updateOAuth2Client,
} from "./clients/update.ts";
export { type UpsertedOAuth2Client, upsertOAuth2Client } from "./clients/upsert.ts";
export { type AccessToken, Configuration, type ConfigurationParameters } from "./core/configuration.ts";
export type { Limits } from "./core/deadline.ts";
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
  isMissing,
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
export type { Fetch, FetchInit } from "./core/fetch-types.ts";
export type { HeadersInput } from "./core/headers.ts";
export type { HydraResponse } from "./core/response.ts";
export { type Attempt, type RetryingFetch, type RetryOptions, withRetry } from "./core/retry.ts";
export type { CallOptions, Params } from "./core/transport.ts";
export {
  FEATURES,
  type Feature,
  type FeatureFacts,
  HYDRA_VERSIONS,
  type HydraVersion,
  hasFeature,
  knownVersion,
} from "./core/versions.ts";
export { AccessTokenError, type AccessTokenProblem, isAccessTokenError } from "./guard/access-token-error.ts";
export type { AccessTokenGuard, AccessTokenInfo, AccessTokenRequirements, GuardOptions } from "./guard/guard.ts";
export { createIntrospector, type IntrospectionCache, type IntrospectorOptions } from "./guard/introspector.ts";
export { createJwtVerifier, type JwtVerifierOptions } from "./guard/jwt-verifier.ts";
export {
  type AudienceFromResourceOptions,
  audienceFromResource,
  InvalidTargetError,
  isInvalidTargetError,
} from "./mcp/audience.ts";
export { type RegistrationProxyOptions, registrationProxy } from "./mcp/registration-proxy.ts";
export {
  type BearerError,
  type ProtectedResourceDocument,
  type ProtectedResourceMetadata,
  type ProtectedResourceMetadataOptions,
  protectedResourceMetadata,
} from "./mcp/resource-metadata.ts";
export { type ApplyApi, type ApplyOptions, applyPlan } from "./plan/apply.ts";
export { assertClientPlan } from "./plan/check-plan.ts";
export { type ExportOptions, exportClients } from "./plan/export.ts";
export { type PlanApi, type PlanOptions, planClients } from "./plan/plan.ts";
export { secretVariable } from "./plan/secret.ts";
export { mayBeDynamic, type StaleOptions, staleClients } from "./plan/stale.ts";
export type { AppliedClient, ClientPlan, ClientSecret, ClientSet, PlannedAction, PlannedClient } from "./plan/types.ts";
export { escapeVariables, resolveVariables, type VariableSources } from "./plan/variables.ts";
export { DynamicClient } from "./registration/dynamic-client.ts";
export {
  isRegistrationStateUnknownError,
  isRegistrationStoreError,
  isStaleRegistrationTokenError,
  RegistrationStateUnknownError,
  RegistrationStoreError,
  StaleRegistrationTokenError,
} from "./registration/errors.ts";
export type {
  DynamicClientOptions,
  OAuth2ClientChanges,
  OpenDynamicClientOptions,
  RecoverOptions,
  Recovery,
  RecreationApi,
  RegistrationApi,
  RegistrationCredentials,
  RegistrationStore,
  UpdateRecord,
} from "./registration/types.ts";
export {
  type AuthorizationUrl,
  type AuthorizationUrlOptions,
  authorizationUrl,
} from "./tokens/authorization-url.ts";
export {
  type AssertionOptions,
  clientSecretBasic,
  clientSecretJwt,
  clientSecretPost,
  none,
  type PrivateKeyJwtOptions,
  privateKeyJwt,
} from "./tokens/client-auth.ts";
export {
  type DeviceAuthorizationOptions,
  type DeviceAuthorizationResponse,
  deviceAuthorization,
  type PollDeviceTokenOptions,
  pollDeviceToken,
} from "./tokens/device.ts";
export type { AuthenticatedOptions, ClientOptions, GrantOptions, Scope, TokenResponse } from "./tokens/endpoint.ts";
export {
  type ClientCredentialsOptions,
  clientCredentials,
  type ExchangeCodeOptions,
  exchangeCode,
  type JwtBearerOptions,
  jwtBearer,
  type RefreshTokenOptions,
  refreshToken,
} from "./tokens/grants.ts";
export {
  type CryptoKeyLike,
  generateKey,
  type KeyObjectLike,
  publicJwks,
  type SigningAlgorithm,
  type SigningKey,
} from "./tokens/keys.ts";
export type { RequestOptions, Server, TokenServer } from "./tokens/server.ts";
export {
  type StoredToken,
  type TokenSource,
  type TokenSourceOptions,
  type TokenStore,
  tokenSource,
} from "./tokens/token-source.ts";
export * from "./types.ts";
