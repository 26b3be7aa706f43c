/**
 * Compares the Hydra types of `@ory/client` with ours, field by field. Fails to compile (`tsc -p test`) if a name is missing,
 * a new difference appears, or a listed difference no longer exists.
 */
import type * as Ory from "@ory/client";
import type * as Ours from "../../src/index.ts";
import type { Equal, Expect } from "./expect.ts";

/** Models: [theirs, ours]. */
export interface Models {
  AcceptDeviceUserCodeRequest: [Ory.AcceptDeviceUserCodeRequest, Ours.AcceptDeviceUserCodeRequest];
  AcceptOAuth2ConsentRequest: [Ory.AcceptOAuth2ConsentRequest, Ours.AcceptOAuth2ConsentRequest];
  AcceptOAuth2ConsentRequestSession: [Ory.AcceptOAuth2ConsentRequestSession, Ours.AcceptOAuth2ConsentRequestSession];
  AcceptOAuth2LoginRequest: [Ory.AcceptOAuth2LoginRequest, Ours.AcceptOAuth2LoginRequest];
  CreateJsonWebKeySet: [Ory.CreateJsonWebKeySet, Ours.CreateJsonWebKeySet];
  CreateVerifiableCredentialRequestBody: [
    Ory.CreateVerifiableCredentialRequestBody,
    Ours.CreateVerifiableCredentialRequestBody,
  ];
  CredentialSupportedDraft00: [Ory.CredentialSupportedDraft00, Ours.CredentialSupportedDraft00];
  DeviceAuthorization: [Ory.DeviceAuthorization, Ours.DeviceAuthorization];
  DeviceUserAuthRequest: [Ory.DeviceUserAuthRequest, Ours.DeviceUserAuthRequest];
  ErrorOAuth2: [Ory.ErrorOAuth2, Ours.ErrorOAuth2];
  GenericError: [Ory.GenericError, Ours.GenericError];
  GenericErrorContent: [Ory.GenericErrorContent, Ours.GenericErrorContent];
  GetVersion200Response: [Ory.GetVersion200Response, Ours.GetVersion200Response];
  HealthNotReadyStatus: [Ory.HealthNotReadyStatus, Ours.HealthNotReadyStatus];
  HealthStatus: [Ory.HealthStatus, Ours.HealthStatus];
  IntrospectedOAuth2Token: [Ory.IntrospectedOAuth2Token, Ours.IntrospectedOAuth2Token];
  JsonPatch: [Ory.JsonPatch, Ours.JsonPatch];
  JsonWebKey: [Ory.JsonWebKey, Ours.JsonWebKey];
  JsonWebKeySet: [Ory.JsonWebKeySet, Ours.JsonWebKeySet];
  KeysetPaginationRequestParameters: [Ory.KeysetPaginationRequestParameters, Ours.KeysetPaginationRequestParameters];
  KeysetPaginationResponseHeaders: [Ory.KeysetPaginationResponseHeaders, Ours.KeysetPaginationResponseHeaders];
  OAuth2Client: [Ory.OAuth2Client, Ours.OAuth2Client];
  OAuth2ClientTokenLifespans: [Ory.OAuth2ClientTokenLifespans, Ours.OAuth2ClientTokenLifespans];
  OAuth2ConsentRequest: [Ory.OAuth2ConsentRequest, Ours.OAuth2ConsentRequest];
  OAuth2ConsentRequestOpenIDConnectContext: [
    Ory.OAuth2ConsentRequestOpenIDConnectContext,
    Ours.OAuth2ConsentRequestOpenIDConnectContext,
  ];
  OAuth2ConsentSession: [Ory.OAuth2ConsentSession, Ours.OAuth2ConsentSession];
  OAuth2LoginRequest: [Ory.OAuth2LoginRequest, Ours.OAuth2LoginRequest];
  OAuth2LogoutRequest: [Ory.OAuth2LogoutRequest, Ours.OAuth2LogoutRequest];
  OAuth2RedirectTo: [Ory.OAuth2RedirectTo, Ours.OAuth2RedirectTo];
  OAuth2TokenExchange: [Ory.OAuth2TokenExchange, Ours.OAuth2TokenExchange];
  OidcConfiguration: [Ory.OidcConfiguration, Ours.OidcConfiguration];
  OidcUserInfo: [Ory.OidcUserInfo, Ours.OidcUserInfo];
  RFC6749ErrorJson: [Ory.RFC6749ErrorJson, Ours.RFC6749ErrorJson];
  RejectOAuth2Request: [Ory.RejectOAuth2Request, Ours.RejectOAuth2Request];
  TokenPagination: [Ory.TokenPagination, Ours.TokenPagination];
  TokenPaginationHeaders: [Ory.TokenPaginationHeaders, Ours.TokenPaginationHeaders];
  TokenPaginationRequestParameters: [Ory.TokenPaginationRequestParameters, Ours.TokenPaginationRequestParameters];
  TokenPaginationResponseHeaders: [Ory.TokenPaginationResponseHeaders, Ours.TokenPaginationResponseHeaders];
  TrustOAuth2JwtGrantIssuer: [Ory.TrustOAuth2JwtGrantIssuer, Ours.TrustOAuth2JwtGrantIssuer];
  TrustedOAuth2JwtGrantIssuer: [Ory.TrustedOAuth2JwtGrantIssuer, Ours.TrustedOAuth2JwtGrantIssuer];
  TrustedOAuth2JwtGrantJsonWebKey: [Ory.TrustedOAuth2JwtGrantJsonWebKey, Ours.TrustedOAuth2JwtGrantJsonWebKey];
  VerifiableCredentialPrimingResponse: [
    Ory.VerifiableCredentialPrimingResponse,
    Ours.VerifiableCredentialPrimingResponse,
  ];
  VerifiableCredentialProof: [Ory.VerifiableCredentialProof, Ours.VerifiableCredentialProof];
  VerifiableCredentialResponse: [Ory.VerifiableCredentialResponse, Ours.VerifiableCredentialResponse];
  VerifyUserCodeRequest: [Ory.VerifyUserCodeRequest, Ours.VerifyUserCodeRequest];
  Version: [Ory.Version, Ours.Version];
  BasicOrganization: [Ory.BasicOrganization, Ours.BasicOrganization];
  CreateProjectApiKeyBody: [Ory.CreateProjectApiKeyBody, Ours.CreateProjectApiKeyBody];
  CreateProjectBody: [Ory.CreateProjectBody, Ours.CreateProjectBody];
  ErrorGeneric: [Ory.ErrorGeneric, Ours.ErrorGeneric];
  ListWorkspaceProjects: [Ory.ListWorkspaceProjects, Ours.ListWorkspaceProjects];
  ListWorkspaces: [Ory.ListWorkspaces, Ours.ListWorkspaces];
  Project: [Ory.Project, Ours.Project];
  ProjectApiKey: [Ory.ProjectApiKey, Ours.ProjectApiKey];
  ProjectCors: [Ory.ProjectCors, Ours.ProjectCors];
  ProjectMetadata: [Ory.ProjectMetadata, Ours.ProjectMetadata];
  ProjectServiceAccountExperience: [Ory.ProjectServiceAccountExperience, Ours.ProjectServiceAccountExperience];
  ProjectServiceIdentity: [Ory.ProjectServiceIdentity, Ours.ProjectServiceIdentity];
  ProjectServiceOAuth2: [Ory.ProjectServiceOAuth2, Ours.ProjectServiceOAuth2];
  ProjectServicePermission: [Ory.ProjectServicePermission, Ours.ProjectServicePermission];
  ProjectServiceTalos: [Ory.ProjectServiceTalos, Ours.ProjectServiceTalos];
  ProjectServices: [Ory.ProjectServices, Ours.ProjectServices];
  SetProject: [Ory.SetProject, Ours.SetProject];
  SuccessfulProjectUpdate: [Ory.SuccessfulProjectUpdate, Ours.SuccessfulProjectUpdate];
  Warning: [Ory.Warning, Ours.Warning];
  Workspace: [Ory.Workspace, Ours.Workspace];
}

/** Requests: [theirs, ours]. */
export interface Requests {
  OAuth2ApiAcceptOAuth2ConsentRequestRequest: [
    Ory.OAuth2ApiAcceptOAuth2ConsentRequestRequest,
    Ours.OAuth2ApiAcceptOAuth2ConsentRequestRequest,
  ];
  OAuth2ApiAcceptOAuth2LoginRequestRequest: [
    Ory.OAuth2ApiAcceptOAuth2LoginRequestRequest,
    Ours.OAuth2ApiAcceptOAuth2LoginRequestRequest,
  ];
  OAuth2ApiAcceptOAuth2LogoutRequestRequest: [
    Ory.OAuth2ApiAcceptOAuth2LogoutRequestRequest,
    Ours.OAuth2ApiAcceptOAuth2LogoutRequestRequest,
  ];
  OAuth2ApiAcceptUserCodeRequestRequest: [
    Ory.OAuth2ApiAcceptUserCodeRequestRequest,
    Ours.OAuth2ApiAcceptUserCodeRequestRequest,
  ];
  OAuth2ApiCreateOAuth2ClientRequest: [Ory.OAuth2ApiCreateOAuth2ClientRequest, Ours.OAuth2ApiCreateOAuth2ClientRequest];
  OAuth2ApiDeleteOAuth2ClientRequest: [Ory.OAuth2ApiDeleteOAuth2ClientRequest, Ours.OAuth2ApiDeleteOAuth2ClientRequest];
  OAuth2ApiDeleteOAuth2TokenRequest: [Ory.OAuth2ApiDeleteOAuth2TokenRequest, Ours.OAuth2ApiDeleteOAuth2TokenRequest];
  OAuth2ApiDeleteRotatedOAuth2ClientSecretsRequest: [
    Ory.OAuth2ApiDeleteRotatedOAuth2ClientSecretsRequest,
    Ours.OAuth2ApiDeleteRotatedOAuth2ClientSecretsRequest,
  ];
  OAuth2ApiDeleteTrustedOAuth2JwtGrantIssuerRequest: [
    Ory.OAuth2ApiDeleteTrustedOAuth2JwtGrantIssuerRequest,
    Ours.OAuth2ApiDeleteTrustedOAuth2JwtGrantIssuerRequest,
  ];
  OAuth2ApiGetOAuth2ClientRequest: [Ory.OAuth2ApiGetOAuth2ClientRequest, Ours.OAuth2ApiGetOAuth2ClientRequest];
  OAuth2ApiGetOAuth2ConsentRequestRequest: [
    Ory.OAuth2ApiGetOAuth2ConsentRequestRequest,
    Ours.OAuth2ApiGetOAuth2ConsentRequestRequest,
  ];
  OAuth2ApiGetOAuth2LoginRequestRequest: [
    Ory.OAuth2ApiGetOAuth2LoginRequestRequest,
    Ours.OAuth2ApiGetOAuth2LoginRequestRequest,
  ];
  OAuth2ApiGetOAuth2LogoutRequestRequest: [
    Ory.OAuth2ApiGetOAuth2LogoutRequestRequest,
    Ours.OAuth2ApiGetOAuth2LogoutRequestRequest,
  ];
  OAuth2ApiGetTrustedOAuth2JwtGrantIssuerRequest: [
    Ory.OAuth2ApiGetTrustedOAuth2JwtGrantIssuerRequest,
    Ours.OAuth2ApiGetTrustedOAuth2JwtGrantIssuerRequest,
  ];
  OAuth2ApiIntrospectOAuth2TokenRequest: [
    Ory.OAuth2ApiIntrospectOAuth2TokenRequest,
    Ours.OAuth2ApiIntrospectOAuth2TokenRequest,
  ];
  OAuth2ApiListOAuth2ClientsRequest: [Ory.OAuth2ApiListOAuth2ClientsRequest, Ours.OAuth2ApiListOAuth2ClientsRequest];
  OAuth2ApiListOAuth2ConsentSessionsRequest: [
    Ory.OAuth2ApiListOAuth2ConsentSessionsRequest,
    Ours.OAuth2ApiListOAuth2ConsentSessionsRequest,
  ];
  OAuth2ApiListTrustedOAuth2JwtGrantIssuersRequest: [
    Ory.OAuth2ApiListTrustedOAuth2JwtGrantIssuersRequest,
    Ours.OAuth2ApiListTrustedOAuth2JwtGrantIssuersRequest,
  ];
  OAuth2ApiOauth2TokenExchangeRequest: [
    Ory.OAuth2ApiOauth2TokenExchangeRequest,
    Ours.OAuth2ApiOauth2TokenExchangeRequest,
  ];
  OAuth2ApiPatchOAuth2ClientRequest: [Ory.OAuth2ApiPatchOAuth2ClientRequest, Ours.OAuth2ApiPatchOAuth2ClientRequest];
  OAuth2ApiRejectOAuth2ConsentRequestRequest: [
    Ory.OAuth2ApiRejectOAuth2ConsentRequestRequest,
    Ours.OAuth2ApiRejectOAuth2ConsentRequestRequest,
  ];
  OAuth2ApiRejectOAuth2LoginRequestRequest: [
    Ory.OAuth2ApiRejectOAuth2LoginRequestRequest,
    Ours.OAuth2ApiRejectOAuth2LoginRequestRequest,
  ];
  OAuth2ApiRejectOAuth2LogoutRequestRequest: [
    Ory.OAuth2ApiRejectOAuth2LogoutRequestRequest,
    Ours.OAuth2ApiRejectOAuth2LogoutRequestRequest,
  ];
  OAuth2ApiRevokeOAuth2ConsentSessionsRequest: [
    Ory.OAuth2ApiRevokeOAuth2ConsentSessionsRequest,
    Ours.OAuth2ApiRevokeOAuth2ConsentSessionsRequest,
  ];
  OAuth2ApiRevokeOAuth2LoginSessionsRequest: [
    Ory.OAuth2ApiRevokeOAuth2LoginSessionsRequest,
    Ours.OAuth2ApiRevokeOAuth2LoginSessionsRequest,
  ];
  OAuth2ApiRevokeOAuth2TokenRequest: [Ory.OAuth2ApiRevokeOAuth2TokenRequest, Ours.OAuth2ApiRevokeOAuth2TokenRequest];
  OAuth2ApiRotateOAuth2ClientSecretRequest: [
    Ory.OAuth2ApiRotateOAuth2ClientSecretRequest,
    Ours.OAuth2ApiRotateOAuth2ClientSecretRequest,
  ];
  OAuth2ApiSetOAuth2ClientRequest: [Ory.OAuth2ApiSetOAuth2ClientRequest, Ours.OAuth2ApiSetOAuth2ClientRequest];
  OAuth2ApiSetOAuth2ClientLifespansRequest: [
    Ory.OAuth2ApiSetOAuth2ClientLifespansRequest,
    Ours.OAuth2ApiSetOAuth2ClientLifespansRequest,
  ];
  OAuth2ApiTrustOAuth2JwtGrantIssuerRequest: [
    Ory.OAuth2ApiTrustOAuth2JwtGrantIssuerRequest,
    Ours.OAuth2ApiTrustOAuth2JwtGrantIssuerRequest,
  ];
  OidcApiCreateOidcDynamicClientRequest: [
    Ory.OidcApiCreateOidcDynamicClientRequest,
    Ours.OidcApiCreateOidcDynamicClientRequest,
  ];
  OidcApiCreateVerifiableCredentialRequest: [
    Ory.OidcApiCreateVerifiableCredentialRequest,
    Ours.OidcApiCreateVerifiableCredentialRequest,
  ];
  OidcApiDeleteOidcDynamicClientRequest: [
    Ory.OidcApiDeleteOidcDynamicClientRequest,
    Ours.OidcApiDeleteOidcDynamicClientRequest,
  ];
  OidcApiGetOidcDynamicClientRequest: [Ory.OidcApiGetOidcDynamicClientRequest, Ours.OidcApiGetOidcDynamicClientRequest];
  OidcApiSetOidcDynamicClientRequest: [Ory.OidcApiSetOidcDynamicClientRequest, Ours.OidcApiSetOidcDynamicClientRequest];
  JwkApiCreateJsonWebKeySetRequest: [Ory.JwkApiCreateJsonWebKeySetRequest, Ours.JwkApiCreateJsonWebKeySetRequest];
  JwkApiDeleteJsonWebKeyRequest: [Ory.JwkApiDeleteJsonWebKeyRequest, Ours.JwkApiDeleteJsonWebKeyRequest];
  JwkApiDeleteJsonWebKeySetRequest: [Ory.JwkApiDeleteJsonWebKeySetRequest, Ours.JwkApiDeleteJsonWebKeySetRequest];
  JwkApiGetJsonWebKeyRequest: [Ory.JwkApiGetJsonWebKeyRequest, Ours.JwkApiGetJsonWebKeyRequest];
  JwkApiGetJsonWebKeySetRequest: [Ory.JwkApiGetJsonWebKeySetRequest, Ours.JwkApiGetJsonWebKeySetRequest];
  JwkApiSetJsonWebKeyRequest: [Ory.JwkApiSetJsonWebKeyRequest, Ours.JwkApiSetJsonWebKeyRequest];
  JwkApiSetJsonWebKeySetRequest: [Ory.JwkApiSetJsonWebKeySetRequest, Ours.JwkApiSetJsonWebKeySetRequest];
  ProjectApiCreateProjectApiKeyRequest: [
    Ory.ProjectApiCreateProjectApiKeyRequest,
    Ours.ProjectApiCreateProjectApiKeyRequest,
  ];
  ProjectApiCreateProjectRequest: [Ory.ProjectApiCreateProjectRequest, Ours.ProjectApiCreateProjectRequest];
  ProjectApiDeleteProjectApiKeyRequest: [
    Ory.ProjectApiDeleteProjectApiKeyRequest,
    Ours.ProjectApiDeleteProjectApiKeyRequest,
  ];
  ProjectApiGetProjectRequest: [Ory.ProjectApiGetProjectRequest, Ours.ProjectApiGetProjectRequest];
  ProjectApiListProjectApiKeysRequest: [
    Ory.ProjectApiListProjectApiKeysRequest,
    Ours.ProjectApiListProjectApiKeysRequest,
  ];
  ProjectApiPatchProjectRequest: [Ory.ProjectApiPatchProjectRequest, Ours.ProjectApiPatchProjectRequest];
  ProjectApiPatchProjectWithRevisionRequest: [
    Ory.ProjectApiPatchProjectWithRevisionRequest,
    Ours.ProjectApiPatchProjectWithRevisionRequest,
  ];
  ProjectApiPurgeProjectRequest: [Ory.ProjectApiPurgeProjectRequest, Ours.ProjectApiPurgeProjectRequest];
  ProjectApiSetProjectRequest: [Ory.ProjectApiSetProjectRequest, Ours.ProjectApiSetProjectRequest];
  WorkspaceApiGetWorkspaceRequest: [Ory.WorkspaceApiGetWorkspaceRequest, Ours.WorkspaceApiGetWorkspaceRequest];
  WorkspaceApiListWorkspaceProjectsRequest: [
    Ory.WorkspaceApiListWorkspaceProjectsRequest,
    Ours.WorkspaceApiListWorkspaceProjectsRequest,
  ];
  WorkspaceApiListWorkspacesRequest: [Ory.WorkspaceApiListWorkspacesRequest, Ours.WorkspaceApiListWorkspacesRequest];
}

/** `Model.field` for every field of `From` that is not assignable to the same field of `To` or is missing there. */
type Incompatible<Name extends string, From, To> = {
  [Field in keyof From & string]: Field extends keyof To
    ? Pick<From, Field> extends Pick<To, Field>
      ? never
      : `${Name}.${Field}`
    : `${Name}.${Field}`;
}[keyof From & string];

/** Response fields that code written for `@ory/client` cannot read without changes. */
type Read<All> = {
  [Name in keyof All & string]: All[Name] extends [infer Theirs, infer Our]
    ? Incompatible<Name, Pick<Our, keyof Our & keyof Theirs>, Theirs>
    : never;
}[keyof All & string];

/** Fields of their request types that our types do not accept. */
type Written<All> = {
  [Name in keyof All & string]: All[Name] extends [infer Theirs, infer Our] ? Incompatible<Name, Theirs, Our> : never;
}[keyof All & string];

/** The server sends `null`: in the lists of a client only in the response to a write. */
type Null =
  | "OAuth2Client.contacts"
  | "OAuth2Client.grant_types"
  | "OAuth2Client.redirect_uris"
  | "OAuth2Client.response_types"
  | "OAuth2Client.skip_logout_consent"
  | "OAuth2ConsentRequest.oidc_context"
  | "OAuth2LoginRequest.oidc_context"
  | "OAuth2LogoutRequest.client";

/** The server neither requires nor adds the field. */
type Optional = "JsonWebKey.alg" | "JsonWebKey.use" | "CreateJsonWebKeySet.kid" | "CreateJsonWebKeySet.use";

/** Accepts unknown codes, too. */
type Open = "GenericErrorContent.id";

/** The field contains one of the types above. */
type Containing =
  | "DeviceUserAuthRequest.client"
  | "ErrorGeneric.error"
  | "GenericError.error"
  | "JsonWebKeySet.keys"
  | "OAuth2Client.jwks"
  | "OAuth2ConsentRequest.client"
  | "OAuth2ConsentSession.consent_request"
  | "OAuth2LoginRequest.client"
  | "TrustOAuth2JwtGrantIssuer.jwk"
  | "VerifyUserCodeRequest.client";

/** Their enums have another member without a meaning, `UnknownDefaultOpenApi`. */
type NoUnknownMember =
  | "JsonPatch.op"
  | "BasicOrganization.default_region"
  | "CreateProjectBody.environment"
  | "CreateProjectBody.home_region"
  | "Project.environment"
  | "Project.home_region"
  | "Project.state"
  | "ProjectMetadata.environment"
  | "ProjectMetadata.home_region"
  | "ProjectMetadata.state"
  | "Workspace.access_policy";

/** The field contains one of these. */
type ContainingEnum =
  | "ListWorkspaceProjects.projects"
  | "ListWorkspaces.workspaces"
  | "Project.organizations"
  | "ProjectMetadata.workspace"
  | "SetProject.organizations"
  | "SuccessfulProjectUpdate.project";

/** The request contains one of these. */
type ContainingBody =
  | "OAuth2ApiPatchOAuth2ClientRequest.jsonPatch"
  | "ProjectApiCreateProjectRequest.createProjectBody"
  | "ProjectApiPatchProjectRequest.jsonPatch"
  | "ProjectApiPatchProjectWithRevisionRequest.jsonPatch"
  | "ProjectApiSetProjectRequest.setProject";

export type Responses = Expect<Equal<Read<Models>, Null | Optional | Open | Containing>>;
export type StoredClients = Expect<
  Equal<
    Incompatible<"StoredOAuth2Client", Pick<Ours.StoredOAuth2Client, keyof Ory.OAuth2Client>, Ory.OAuth2Client>,
    "StoredOAuth2Client.skip_logout_consent" | "StoredOAuth2Client.jwks"
  >
>;
export type Bodies = Expect<Equal<Written<Models>, NoUnknownMember | ContainingEnum>>;
export type Parameters = Expect<Equal<Written<Requests>, ContainingBody>>;

type Ops = Omit<typeof Ory.JsonPatchOpEnum, "UnknownDefaultOpenApi">;
export type OpNames = Expect<Equal<typeof Ours.JsonPatchOpEnum, Pick<Ops, keyof Ops>>>;
export type OpValues = Expect<Equal<Ours.JsonPatchOpEnum, Ops[keyof Ops]>>;

/** Their enum without the member that has no meaning. */
type Meaningful<Enum> = Pick<Enum, Exclude<keyof Enum, "UnknownDefaultOpenApi">>;
export type Enums = Expect<
  Equal<
    [
      typeof Ours.CreateProjectBodyEnvironmentEnum,
      typeof Ours.CreateProjectBodyHomeRegionEnum,
      typeof Ours.ProjectEnvironmentEnum,
      typeof Ours.ProjectHomeRegionEnum,
      typeof Ours.ProjectStateEnum,
    ],
    [
      Meaningful<typeof Ory.CreateProjectBodyEnvironmentEnum>,
      Meaningful<typeof Ory.CreateProjectBodyHomeRegionEnum>,
      Meaningful<typeof Ory.ProjectEnvironmentEnum>,
      Meaningful<typeof Ory.ProjectHomeRegionEnum>,
      Meaningful<typeof Ory.ProjectStateEnum>,
    ]
  >
>;
