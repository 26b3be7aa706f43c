export {
  type AccessToken,
  Configuration,
  type ConfigurationParameters,
  type HeadersInput,
} from "./configuration.ts";
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
export type { Fetch, FetchInit, HydraResponse, Limits } from "./http.ts";
export { JwkApi } from "./jwk-api.ts";
export { MetadataApi } from "./metadata-api.ts";
export { OAuth2Api } from "./oauth2-api.ts";
export { OidcApi } from "./oidc-api.ts";
export type { CallOptions } from "./transport.ts";
export * from "./types.ts";
export { WellknownApi } from "./wellknown-api.ts";
