/**
 * The request and response types of Hydra, under the names that `@ory/client` uses, and a few additional types.
 *
 * Models keep the wire names (`client_name`); the fields of a method's request are in camel case (`clientName`).
 */

import type {
  AcceptDeviceUserCodeRequest,
  AcceptOAuth2ConsentRequest,
  AcceptOAuth2LoginRequest,
  CreateJsonWebKeySet,
  CreateProjectApiKeyBody,
  CreateProjectBody,
  CreateVerifiableCredentialRequestBody,
  GenericErrorContent,
  JsonPatch,
  JsonWebKey,
  JsonWebKeySet,
  OAuth2Client,
  OAuth2ClientTokenLifespans,
  Project,
  RejectOAuth2Request,
  SetProject,
  TrustOAuth2JwtGrantIssuer,
} from "./schema.ts";

// The models, which openapi.yaml describes

export type {
  AcceptDeviceUserCodeRequest,
  AcceptOAuth2ConsentRequest,
  AcceptOAuth2ConsentRequestSession,
  AcceptOAuth2LoginRequest,
  BasicOrganization,
  CreateJsonWebKeySet,
  CreateProjectApiKeyBody,
  CreateProjectBody,
  CreateVerifiableCredentialRequestBody,
  CredentialSupportedDraft00,
  DeviceAuthorization,
  DeviceAuthorizationRequest,
  DeviceUserAuthRequest,
  ErrorGeneric,
  ErrorOAuth2,
  GenericError,
  GenericErrorContent,
  GetVersion200Response,
  HealthNotReadyStatus,
  HealthStatus,
  IntrospectedOAuth2Token,
  IsReady200Response,
  IsReady503Response,
  JsonPatch,
  JsonWebKey,
  JsonWebKeySet,
  KeysetPaginationRequestParameters,
  KeysetPaginationResponseHeaders,
  ListWorkspaceProjects,
  ListWorkspaces,
  OAuth2Client,
  OAuth2ClientTokenLifespans,
  OAuth2ConsentRequest,
  OAuth2ConsentRequestOpenIDConnectContext,
  OAuth2ConsentSession,
  OAuth2LoginRequest,
  OAuth2LogoutRequest,
  OAuth2RedirectTo,
  OAuth2TokenExchange,
  OidcConfiguration,
  OidcUserInfo,
  Project,
  ProjectApiKey,
  ProjectCors,
  ProjectMetadata,
  ProjectServiceAccountExperience,
  ProjectServiceIdentity,
  ProjectServiceOAuth2,
  ProjectServicePermission,
  ProjectServices,
  ProjectServiceTalos,
  RejectOAuth2Request,
  RFC6749ErrorJson,
  SetProject,
  StoredOAuth2Client,
  SuccessfulProjectUpdate,
  TokenPagination,
  TokenPaginationHeaders,
  TokenPaginationRequestParameters,
  TokenPaginationResponseHeaders,
  TrustedOAuth2JwtGrantIssuer,
  TrustedOAuth2JwtGrantJsonWebKey,
  TrustOAuth2JwtGrantIssuer,
  VerifiableCredentialPrimingResponse,
  VerifiableCredentialProof,
  VerifiableCredentialResponse,
  VerifyUserCodeRequest,
  Version,
  Warning,
  Workspace,
} from "./schema.ts";

// JSON Patch

/** A {@link JsonPatch} of a client. Editors propose the fields; a path may lead further, as `/redirect_uris/-`. */
export interface OAuth2ClientJsonPatch extends JsonPatch {
  /** The location to change, as a JSON Pointer (RFC 6901): `/client_name`, or `/redirect_uris/-` to append. */
  path: PathsOf<OAuth2Client> | Other;
}
/** A {@link JsonPatch} of a project. Editors propose where a path begins. */
export interface ProjectJsonPatch extends JsonPatch {
  /** The location to change, as a JSON Pointer (RFC 6901), such as `/services/oauth2/config/strategies/access_token`. */
  path: PathsOf<SetProject> | Other;
}
/** The paths of the members of a document. */
type PathsOf<Document> = `/${keyof Document & string}`;
/** The operation of a {@link JsonPatch}. Hydra supports `add`, `remove` and `replace`. */
export type JsonPatchOpEnum = JsonPatch["op"];
/** The operations of a JSON Patch by name. */
export const JsonPatchOpEnum = {
  Add: "add",
  Remove: "remove",
  Replace: "replace",
  Move: "move",
  Copy: "copy",
  Test: "test",
} as const;

// Projects of Ory Network

/** The purpose of a project. */
export type ProjectEnvironmentEnum = Project["environment"];
/** The purposes of a project by name. */
export const ProjectEnvironmentEnum = { Prod: "prod", Stage: "stage", Dev: "dev" } as const;
/** Where the data of a project is stored. */
export type ProjectHomeRegionEnum = Project["home_region"];
/** The regions by name. */
export const ProjectHomeRegionEnum = {
  EuCentral: "eu-central",
  AsiaNortheast: "asia-northeast",
  UsEast: "us-east",
  UsWest: "us-west",
  Eu: "eu",
  Asia: "asia",
  Us: "us",
  Global: "global",
} as const;
/** Whether a project runs. */
export type ProjectStateEnum = Project["state"];
/** The states of a project by name. */
export const ProjectStateEnum = { Running: "running", Halted: "halted", Deleted: "deleted" } as const;
/** The purpose of the project to create. */
export type CreateProjectBodyEnvironmentEnum = ProjectEnvironmentEnum;
/** The same as {@link ProjectEnvironmentEnum}. */
export const CreateProjectBodyEnvironmentEnum: typeof ProjectEnvironmentEnum = ProjectEnvironmentEnum;
/** The region of the project to create. */
export type CreateProjectBodyHomeRegionEnum = ProjectHomeRegionEnum;
/** The same as {@link ProjectHomeRegionEnum}. */
export const CreateProjectBodyHomeRegionEnum: typeof ProjectHomeRegionEnum = ProjectHomeRegionEnum;

// Errors of the console

/** Codes of a {@link GenericErrorContent}. */
export type GenericErrorContentIdEnum = NonNullable<GenericErrorContent["id"]>;
/** Codes of a {@link GenericErrorContent} by name. */
export const GenericErrorContentIdEnum = {
  FeatureNotAvailable: "feature_not_available",
  QuotaExceeded: "quota_exceeded",
} as const;

// Requests of OAuth2Api

/** The request of `OAuth2Api.listOAuth2Clients`. */
export interface OAuth2ApiListOAuth2ClientsRequest extends Paging {
  /** Return only clients with exactly this `client_name`. */
  readonly clientName?: string | undefined;
  /** Return only clients with exactly this `owner`. */
  readonly owner?: string | undefined;
}
/** The request of `OAuth2Api.createOAuth2Client`. */
export interface OAuth2ApiCreateOAuth2ClientRequest {
  /** The client to create; `{}` uses all defaults. */
  readonly oAuth2Client: OAuth2Client;
}
/** The request of `OAuth2Api.getOAuth2Client`. */
export interface OAuth2ApiGetOAuth2ClientRequest extends ById {}
/** The request of `OAuth2Api.setOAuth2Client`. */
export interface OAuth2ApiSetOAuth2ClientRequest extends ById {
  /** The entire client; omitted fields are reset to their defaults, except for the secret. */
  readonly oAuth2Client: OAuth2Client;
}
/** The request of `OAuth2Api.patchOAuth2Client`. */
export interface OAuth2ApiPatchOAuth2ClientRequest extends ById {
  /** The operations, applied in order, all or none. */
  readonly jsonPatch: Array<OAuth2ClientJsonPatch>;
}
/** The request of `OAuth2Api.deleteOAuth2Client`. */
export interface OAuth2ApiDeleteOAuth2ClientRequest extends ById {}
/** The request of `OAuth2Api.setOAuth2ClientLifespans`. */
export interface OAuth2ApiSetOAuth2ClientLifespansRequest extends ById {
  /** All lifespans; omitted ones are reset to the server's default. Default `{}`. */
  readonly oAuth2ClientTokenLifespans?: OAuth2ClientTokenLifespans | undefined;
}
/** The request of `OAuth2Api.rotateOAuth2ClientSecret`. */
export interface OAuth2ApiRotateOAuth2ClientSecretRequest extends ById {}
/** The request of `OAuth2Api.deleteRotatedOAuth2ClientSecrets`. */
export interface OAuth2ApiDeleteRotatedOAuth2ClientSecretsRequest extends ById {}
/** The request of `OAuth2Api.getOAuth2LoginRequest`. */
export interface OAuth2ApiGetOAuth2LoginRequestRequest extends ByLoginChallenge {}
/** The request of `OAuth2Api.acceptOAuth2LoginRequest`. */
export interface OAuth2ApiAcceptOAuth2LoginRequestRequest extends ByLoginChallenge {
  /** The user who logged in. The server requires its `subject`. */
  readonly acceptOAuth2LoginRequest?: AcceptOAuth2LoginRequest | undefined;
}
/** The request of `OAuth2Api.rejectOAuth2LoginRequest`. */
export interface OAuth2ApiRejectOAuth2LoginRequestRequest extends ByLoginChallenge {
  /** The reason. Default `{}`; set `error` to a code that the client knows, such as `access_denied`. */
  readonly rejectOAuth2Request?: RejectOAuth2Request | undefined;
}
/** The request of `OAuth2Api.getOAuth2ConsentRequest`. */
export interface OAuth2ApiGetOAuth2ConsentRequestRequest extends ByConsentChallenge {}
/** The request of `OAuth2Api.acceptOAuth2ConsentRequest`. */
export interface OAuth2ApiAcceptOAuth2ConsentRequestRequest extends ByConsentChallenge {
  /** What the user grants. Default `{}`, which grants nothing. */
  readonly acceptOAuth2ConsentRequest?: AcceptOAuth2ConsentRequest | undefined;
}
/** The request of `OAuth2Api.rejectOAuth2ConsentRequest`. */
export interface OAuth2ApiRejectOAuth2ConsentRequestRequest extends ByConsentChallenge {
  /** The reason. Default `{}`; set `error` to a code that the client knows, such as `access_denied`. */
  readonly rejectOAuth2Request?: RejectOAuth2Request | undefined;
}
/** The request of `OAuth2Api.acceptUserCodeRequest`. */
export interface OAuth2ApiAcceptUserCodeRequestRequest {
  /** The `device_challenge` query parameter of the verification page's URL. */
  readonly deviceChallenge: string;
  /** The code that the user entered. The server requires its `user_code`. */
  readonly acceptDeviceUserCodeRequest?: AcceptDeviceUserCodeRequest | undefined;
}
/** The request of `OAuth2Api.getOAuth2LogoutRequest`. */
export interface OAuth2ApiGetOAuth2LogoutRequestRequest extends ByLogoutChallenge {}
/** The request of `OAuth2Api.acceptOAuth2LogoutRequest`. */
export interface OAuth2ApiAcceptOAuth2LogoutRequestRequest extends ByLogoutChallenge {}
/** The request of `OAuth2Api.rejectOAuth2LogoutRequest`. */
export interface OAuth2ApiRejectOAuth2LogoutRequestRequest extends ByLogoutChallenge {}
/** The request of `OAuth2Api.listOAuth2ConsentSessions`. */
export interface OAuth2ApiListOAuth2ConsentSessionsRequest extends Paging {
  /** The user, as passed to `acceptOAuth2LoginRequest`. */
  readonly subject: string;
  /** Return only consents granted in this login session. */
  readonly loginSessionId?: string | undefined;
}
/**
 * The request of `OAuth2Api.revokeOAuth2ConsentSessions`: `subject` with `client`, `subject` with `all`, or only
 * `consentRequestId`. The server rejects all other combinations.
 */
export interface OAuth2ApiRevokeOAuth2ConsentSessionsRequest {
  /** The user whose consents to revoke. */
  readonly subject?: string | undefined;
  /** The `client_id` whose consents to revoke. */
  readonly client?: string | undefined;
  /** The consent to revoke. */
  readonly consentRequestId?: string | undefined;
  /** Whether to revoke the subject's consents for all clients. Default false. */
  readonly all?: boolean | undefined;
}
/** The request of `OAuth2Api.revokeOAuth2LoginSessions`: requires one of the two. */
export interface OAuth2ApiRevokeOAuth2LoginSessionsRequest {
  /** The user whose sessions to end. */
  readonly subject?: string | undefined;
  /** The session to end: the `sid` claim of its ID tokens. */
  readonly sid?: string | undefined;
}
/** The request of `OAuth2Api.introspectOAuth2Token`. */
export interface OAuth2ApiIntrospectOAuth2TokenRequest {
  /** The access or refresh token. */
  readonly token: string;
  /** Scopes separated by spaces; the token is reported as active only if it was granted all of them. */
  readonly scope?: string | undefined;
}
/** The request of `OAuth2Api.deleteOAuth2Token`. */
export interface OAuth2ApiDeleteOAuth2TokenRequest {
  /** The client whose access tokens to revoke. */
  readonly clientId: string;
}
/** The request of `OAuth2Api.revokeOAuth2Token`. */
export interface OAuth2ApiRevokeOAuth2TokenRequest extends ClientCredentialsInForm {
  /** The access or refresh token. */
  readonly token: string;
  /** The type of the token; lets the server find it faster. */
  readonly tokenTypeHint?: "access_token" | "refresh_token" | Other | undefined;
  /** Authenticates the client `clientId`, for example `privateKeyJwt(key)`; use instead of a secret or an assertion. */
  readonly auth?: ClientAuth | undefined;
}
/** The request of `OAuth2Api.oauth2TokenExchange`; the required fields depend on the grant. */
export interface OAuth2ApiOauth2TokenExchangeRequest extends ClientCredentialsInForm {
  /** The grant type; one of the client's `grant_types`. */
  readonly grantType: NonNullable<OAuth2Client["grant_types"]>[number];
  /** The authorization code. Using it a second time revokes the tokens that it was exchanged for. */
  readonly code?: string | undefined;
  /** The `redirect_uri` of the authorization request, if it had one. */
  readonly redirectUri?: string | undefined;
  /** The PKCE verifier, 43 to 128 characters (RFC 7636). */
  readonly codeVerifier?: string | undefined;
  /** The refresh token. The one in the response replaces it. */
  readonly refreshToken?: string | undefined;
  /** The `device_code` of the device authorization. */
  readonly deviceCode?: string | undefined;
  /** A JWT signed by a trusted issuer, for the jwt-bearer grant (RFC 7523). */
  readonly assertion?: string | undefined;
  /** Scopes separated by spaces. Default: the granted scopes; none for client credentials. */
  readonly scope?: string | undefined;
  /** Audiences of the access token, separated by spaces. Default: none. */
  readonly audience?: string | undefined;
}
/** The request of `OAuth2Api.listTrustedOAuth2JwtGrantIssuers`. */
export interface OAuth2ApiListTrustedOAuth2JwtGrantIssuersRequest extends Paging {
  /** Return only trusts of exactly this issuer. */
  readonly issuer?: string | undefined;
}
/** The request of `OAuth2Api.trustOAuth2JwtGrantIssuer`. */
export interface OAuth2ApiTrustOAuth2JwtGrantIssuerRequest {
  /** The issuer to trust. The server requires it. */
  readonly trustOAuth2JwtGrantIssuer?: TrustOAuth2JwtGrantIssuer | undefined;
}
/** The request of `OAuth2Api.getTrustedOAuth2JwtGrantIssuer`. */
export interface OAuth2ApiGetTrustedOAuth2JwtGrantIssuerRequest extends ByTrustId {}
/** The request of `OAuth2Api.deleteTrustedOAuth2JwtGrantIssuer`. */
export interface OAuth2ApiDeleteTrustedOAuth2JwtGrantIssuerRequest extends ByTrustId {}

// Requests of OidcApi

/** The request of `OidcApi.createOidcDynamicClient`. */
export interface OidcApiCreateOidcDynamicClientRequest {
  /** The client to register; the server generates its ID and secret. */
  readonly oAuth2Client: OAuth2Client;
}
/** The request of `OidcApi.getOidcDynamicClient`. */
export interface OidcApiGetOidcDynamicClientRequest extends ById, ByRegistrationAccessToken {}
/** The request of `OidcApi.setOidcDynamicClient`. */
export interface OidcApiSetOidcDynamicClientRequest extends ById, ByRegistrationAccessToken {
  /** The entire registration; omitted fields are reset to their defaults, except for the secret. */
  readonly oAuth2Client: OAuth2Client;
}
/** The request of `OidcApi.deleteOidcDynamicClient`. */
export interface OidcApiDeleteOidcDynamicClientRequest extends ById, ByRegistrationAccessToken {}
/** The request of `OidcApi.createVerifiableCredential`. */
export interface OidcApiCreateVerifiableCredentialRequest {
  /** The requested credential, and the proof of the holder's key. Default `{}`, to obtain the nonce. */
  readonly createVerifiableCredentialRequestBody?: CreateVerifiableCredentialRequestBody | undefined;
}

// Requests of JwkApi

/** The request of `JwkApi.getJsonWebKeySet`. */
export interface JwkApiGetJsonWebKeySetRequest extends BySet {}
/** The request of `JwkApi.createJsonWebKeySet`. */
export interface JwkApiCreateJsonWebKeySetRequest extends BySet {
  /** The key to generate. */
  readonly createJsonWebKeySet: CreateJsonWebKeySet;
}
/** The request of `JwkApi.setJsonWebKeySet`. */
export interface JwkApiSetJsonWebKeySetRequest extends BySet {
  /** All keys of the set; omitted keys are deleted. Default `{}`, no keys. */
  readonly jsonWebKeySet?: JsonWebKeySet | undefined;
}
/** The request of `JwkApi.deleteJsonWebKeySet`. */
export interface JwkApiDeleteJsonWebKeySetRequest extends BySet {}
/** The request of `JwkApi.getJsonWebKey`. */
export interface JwkApiGetJsonWebKeyRequest extends BySet, ByKid {}
/** The request of `JwkApi.setJsonWebKey`. */
export interface JwkApiSetJsonWebKeyRequest extends BySet, ByKid {
  /** The key, which is stored under its own `kid`. The server requires it. */
  readonly jsonWebKey?: JsonWebKey | undefined;
}
/** The request of `JwkApi.deleteJsonWebKey`. */
export interface JwkApiDeleteJsonWebKeyRequest extends BySet, ByKid {}

// Requests of ProjectApi and WorkspaceApi

/** The request of `ProjectApi.createProject`. */
export interface ProjectApiCreateProjectRequest {
  /** The project to create. The server requires it. */
  readonly createProjectBody?: CreateProjectBody | undefined;
}
/** The request of `ProjectApi.getProject`. */
export interface ProjectApiGetProjectRequest extends ByProjectId {}
/** The request of `ProjectApi.setProject`. */
export interface ProjectApiSetProjectRequest extends ByProjectId {
  /** The whole configuration; what it leaves out is reset. The server requires it. */
  readonly setProject?: SetProject | undefined;
}
/** The request of `ProjectApi.patchProject`. */
export interface ProjectApiPatchProjectRequest extends ByProjectId {
  /** Paths begin at the project, such as `/services/oauth2/config/strategies/access_token`. The server requires it. */
  readonly jsonPatch?: ProjectJsonPatch[] | undefined;
}
/** The request of `ProjectApi.patchProjectWithRevision`. */
export interface ProjectApiPatchProjectWithRevisionRequest extends ProjectApiPatchProjectRequest {
  /** The `revision_id` of the project that the patch was made for. */
  readonly revisionId: string;
}
/** The request of `ProjectApi.purgeProject`. */
export interface ProjectApiPurgeProjectRequest extends ByProjectId {}
/** The request of `ProjectApi.createProjectApiKey`. */
export interface ProjectApiCreateProjectApiKeyRequest extends ByProject {
  /** The key to create. The server requires it. */
  readonly createProjectApiKeyBody?: CreateProjectApiKeyBody | undefined;
}
/** The request of `ProjectApi.listProjectApiKeys`. */
export interface ProjectApiListProjectApiKeysRequest extends ByProject {}
/** The request of `ProjectApi.deleteProjectApiKey`. */
export interface ProjectApiDeleteProjectApiKeyRequest extends ByProject {
  /** The ID of the key, not its value. */
  readonly tokenId: string;
}
/** The request of `WorkspaceApi.listWorkspaces`. */
export interface WorkspaceApiListWorkspacesRequest extends ConsolePaging {}
/** The request of `WorkspaceApi.getWorkspace`. */
export interface WorkspaceApiGetWorkspaceRequest extends ByWorkspace {}
/** The request of `WorkspaceApi.listWorkspaceProjects`. */
export interface WorkspaceApiListWorkspaceProjectsRequest extends ByWorkspace, ConsolePaging {}

// Queries of the operations that redirect, for `options.params`. A type test compares them with openapi.yaml.

/** The query of `OAuth2Api.oAuth2Authorize` (RFC 6749, section 4.1.1, and OpenID Connect Core 1.0, section 3.1.2.1). */
export interface AuthorizationRequestParameters {
  /** The requesting client. */
  client_id: string;
  /** What the client requests: `code` for the authorization code flow. */
  response_type?:
    | "code"
    | "id_token"
    | "token"
    | "code id_token"
    | "token id_token"
    | "token id_token code"
    | Other
    | undefined;
  /** How the response is returned to the client. Default `query` for `code`, `fragment` for other response types. */
  response_mode?: "query" | "fragment" | "form_post" | Other | undefined;
  /** The final redirect target; one of the client's `redirect_uris`. */
  redirect_uri?: string | undefined;
  /** Scopes separated by spaces; `openid` requests an ID token, `offline_access` a refresh token. */
  scope?: string | undefined;
  /** Audiences of the access token, separated by spaces. */
  audience?: string | undefined;
  /** A random value of at least 8 characters that is returned unchanged, to prevent cross-site request forgery. */
  state?: string | undefined;
  /** A random value of at least 8 characters that is included in the ID token, to prevent replay. */
  nonce?: string | undefined;
  /** PKCE (RFC 7636): the base64url-encoded SHA-256 hash of the code verifier. */
  code_challenge?: string | undefined;
  /** How the challenge is derived from the verifier. Use `S256`; Hydra rejects the default, `plain`. */
  code_challenge_method?: "S256" | "plain" | Other | undefined;
  /** Which pages must or must not be shown; separate several values with spaces. */
  prompt?: "none" | "login" | "consent" | "registration" | "login consent" | Other | undefined;
  /** The maximum time since the last login, in seconds, after which the user must log in again. */
  max_age?: number | undefined;
  /** The type of page that the client prefers. */
  display?: "page" | "popup" | "touch" | "wap" | Other | undefined;
  /** Languages in order of preference (BCP 47), separated by spaces. */
  ui_locales?: string | undefined;
  /** An ID token of the expected user; the request fails for another user. */
  id_token_hint?: string | undefined;
  /** The user to suggest on the login page, such as an e-mail address. */
  login_hint?: string | undefined;
  /** Authentication context classes in order of preference, separated by spaces. */
  acr_values?: string | undefined;
  /** These parameters as a signed JWT. Cannot be combined with `request_uri`. */
  request?: string | undefined;
  /** The URL from which the server fetches that JWT; one of the client's `request_uris`. */
  request_uri?: string | undefined;
  /** Passed on to the login page; selects the identity schema on Ory Network's sign-up page. */
  identity_schema?: string | undefined;
  /** Internal to the server: part of the `redirect_to` URL of an accepted login. */
  login_verifier?: string | undefined;
  /** Internal to the server: part of the `redirect_to` URL of an accepted consent. */
  consent_verifier?: string | undefined;
}
/** The query of `OAuth2Api.performOAuth2DeviceVerificationFlow`. */
export interface DeviceVerificationParameters {
  /** The user code, to prefill the page. */
  user_code?: string | undefined;
  /** Internal to the server: part of the `redirect_to` URL of an accepted user code. */
  client_id?: string | undefined;
  /** Internal to the server: part of the `redirect_to` URL of an accepted user code. */
  device_verifier?: string | undefined;
  /** Internal to the server: part of the `redirect_to` URL of an accepted login. */
  login_verifier?: string | undefined;
  /** Internal to the server: part of the `redirect_to` URL of an accepted consent. */
  consent_verifier?: string | undefined;
}
/** The query of `OidcApi.revokeOidcSession` (OpenID Connect RP-Initiated Logout 1.0, section 2). */
export interface LogoutRequestParameters {
  /** An ID token of the session to end. Default: the session of the browser's cookie. */
  id_token_hint?: string | undefined;
  /**
   * Where to redirect the browser afterwards; one of the client's `post_logout_redirect_uris`; requires
   * `id_token_hint`.
   */
  post_logout_redirect_uri?: string | undefined;
  /** A value that is added to `post_logout_redirect_uri`; requires `id_token_hint`. */
  state?: string | undefined;
  /** Internal to the server: part of the `redirect_to` URL of an accepted logout. */
  logout_verifier?: string | undefined;
}

// Shared parts

/** Any other string, while editors still suggest the known values of a union. */
type Other = string & {};

interface Paging {
  /** The number of items on a page. Default 100, maximum 500. */
  readonly pageSize?: number | undefined;
  /** An opaque value from the `Link` header of the previous page. Default: the first page. */
  readonly pageToken?: string | undefined;
}
interface ConsolePaging {
  /** The number of items on a page. Default 250. */
  readonly pageSize?: number | undefined;
  /** An opaque value from the previous page. Default: the first page. */
  readonly pageToken?: string | undefined;
}
interface ByProjectId {
  /** The ID of the project, a UUID. */
  readonly projectId: string;
}
interface ByProject {
  /** The ID or the slug of the project. */
  readonly project: string;
}
interface ByWorkspace {
  /** The ID of the workspace. */
  readonly workspace: string;
}
interface ById {
  /** The `client_id`. Must not be empty. */
  readonly id: string;
}
interface ByTrustId {
  /** The ID of the trust, a UUID. */
  readonly id: string;
}
interface BySet {
  /** The name of the key set. Must not be empty. */
  readonly set: string;
}
interface ByKid {
  /** The key's ID. Must not be empty. */
  readonly kid: string;
}
interface ByLoginChallenge {
  /** The `login_challenge` query parameter of the login page's URL. */
  readonly loginChallenge: string;
}
interface ByConsentChallenge {
  /** The `consent_challenge` query parameter of the consent page's URL. */
  readonly consentChallenge: string;
}
interface ByLogoutChallenge {
  /** The `logout_challenge` query parameter of the logout page's URL. */
  readonly logoutChallenge: string;
}
interface ByRegistrationAccessToken {
  /**
   * The client's registration access token, which authenticates the call. Default: the one in the client that is sent,
   * then the configuration's `Authorization` header and `accessToken`.
   */
  readonly registrationAccessToken?: string | undefined;
}
interface ClientCredentialsInForm {
  /** The client's ID, unless the client authenticates in the `Authorization` header. */
  readonly clientId?: string | undefined;
  /** The client's secret, for `client_secret_post`. */
  readonly clientSecret?: string | undefined;
  /** The signed JWT that authenticates the client, for `private_key_jwt`; can be used only once. */
  readonly clientAssertion?: string | undefined;
  /** The type of `clientAssertion`; required with it. */
  readonly clientAssertionType?: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" | Other | undefined;
}

// Client authentication

/** The server metadata that a {@link ClientAuth} receives (RFC 8414). */
export type ServerMetadata = {
  /** The server's issuer identifier. */
  readonly issuer: string;
  /** The URL of its token endpoint. */
  readonly token_endpoint?: string;
};

/** The client metadata that a {@link ClientAuth} receives (RFC 7591). */
export type ClientMetadata = {
  /** The client's id. */
  client_id: string;
};

/**
 * Authenticates a client: adds its credentials to the form or the headers of a request before it is sent. It has the
 * signature of `ClientAuth` in oauth4webapi 3 and openid-client 6, so that they are interchangeable.
 *
 * Hydra accepts only the method that the client is registered for, its `token_endpoint_auth_method`.
 */
export type ClientAuth = (
  as: ServerMetadata,
  client: ClientMetadata,
  body: URLSearchParams,
  headers: Headers,
) => void | Promise<void>;
