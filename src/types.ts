/**
 * The names under which `@ory/client` exports what Hydra takes and answers, and a few of our own.
 *
 * Models keep the names of the wire (`client_name`); the fields of a method's request are in camel case (`clientName`).
 */

import type { components } from "./schema.ts";

type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];

// Clients

/** An OAuth 2.0 client. The same type is sent and answered; nothing in it is required. */
export interface OAuth2Client extends Schema<"OAuth2Client"> {}
/** How long the tokens of a client live, as Go writes durations (`"1h30m"`); `null` for the server's default. */
export interface OAuth2ClientTokenLifespans extends Schema<"OAuth2ClientTokenLifespans"> {}
/** One operation of a JSON Patch (RFC 6902). */
export interface JsonPatch extends Schema<"JsonPatch"> {}
/** What a {@link JsonPatch} does. A Hydra knows `add`, `remove` and `replace`. */
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

// Keys

/** A JSON Web Key (RFC 7517), public or private. */
export interface JsonWebKey extends Schema<"JsonWebKey"> {}
/** A set of JSON Web Keys (RFC 7517). */
export interface JsonWebKeySet extends Schema<"JsonWebKeySet"> {}
/** Which key the server is to generate. */
export interface CreateJsonWebKeySet extends Schema<"CreateJsonWebKeySet"> {}

// Login, consent, logout and device pages

/** What a login page is asked to do. */
export interface OAuth2LoginRequest extends Schema<"OAuth2LoginRequest"> {}
/** Who has logged in, and how. */
export interface AcceptOAuth2LoginRequest extends Schema<"AcceptOAuth2LoginRequest"> {}
/** What a consent page is asked to do. */
export interface OAuth2ConsentRequest extends Schema<"OAuth2ConsentRequest"> {}
/** What the client said about the login that it would like. */
export interface OAuth2ConsentRequestOpenIDConnectContext extends Schema<"OAuth2ConsentRequestOpenIDConnectContext"> {}
/** What the user grants. */
export interface AcceptOAuth2ConsentRequest extends Schema<"AcceptOAuth2ConsentRequest"> {}
/** Claims that the consent puts into tokens. */
export interface AcceptOAuth2ConsentRequestSession extends Schema<"AcceptOAuth2ConsentRequestSession"> {}
/** What a user has consented to. */
export interface OAuth2ConsentSession extends Schema<"OAuth2ConsentSession"> {}
/** Why a login or consent is rejected; the client gets it at its redirect URI. */
export interface RejectOAuth2Request extends Schema<"RejectOAuth2Request"> {}
/** What a logout page is asked to do. */
export interface OAuth2LogoutRequest extends Schema<"OAuth2LogoutRequest"> {}
/** The code that a user typed to connect a device. */
export interface AcceptDeviceUserCodeRequest extends Schema<"AcceptDeviceUserCodeRequest"> {}
/** A device that waits for its user. No method takes or gives it. */
export interface DeviceUserAuthRequest extends Schema<"DeviceUserAuthRequest"> {}
/** A device whose user code is verified. No method takes or gives it. */
export interface VerifyUserCodeRequest extends Schema<"VerifyUserCodeRequest"> {}
/** Where the user's browser goes next. */
export interface OAuth2RedirectTo extends Schema<"OAuth2RedirectTo"> {}

// Tokens

/** What the token endpoint gives (RFC 6749, section 5.1). */
export interface OAuth2TokenExchange extends Schema<"OAuth2TokenExchange"> {}
/** What a token is and allows (RFC 7662). */
export interface IntrospectedOAuth2Token extends Schema<"IntrospectedOAuth2Token"> {}
/** The form that begins a device flow (RFC 8628, section 3.1). */
export interface DeviceAuthorizationRequest extends Schema<"DeviceAuthorizationRequest"> {}
/** The codes of a device flow (RFC 8628, section 3.2). */
export interface DeviceAuthorization extends Schema<"DeviceAuthorization"> {}
/** An issuer whose assertions can be exchanged for tokens (RFC 7523). */
export interface TrustOAuth2JwtGrantIssuer extends Schema<"TrustOAuth2JwtGrantIssuer"> {}
/** An issuer whose assertions are exchanged for tokens. */
export interface TrustedOAuth2JwtGrantIssuer extends Schema<"TrustedOAuth2JwtGrantIssuer"> {}
/** The name of a trusted issuer's key. */
export interface TrustedOAuth2JwtGrantJsonWebKey extends Schema<"TrustedOAuth2JwtGrantJsonWebKey"> {}

// OpenID Connect

/** Endpoints and capabilities of a server (OpenID Connect Discovery 1.0). */
export interface OidcConfiguration extends Schema<"OidcConfiguration"> {}
/** Claims about a user (OpenID Connect Core 1.0, section 5.1), custom ones included. */
export interface OidcUserInfo extends Schema<"OidcUserInfo"> {}
/** A verifiable credential that the server issues. */
export interface CredentialSupportedDraft00 extends Schema<"CredentialSupportedDraft00"> {}
/** The credential that is asked for, and the proof of its holder's key. */
export interface CreateVerifiableCredentialRequestBody extends Schema<"CreateVerifiableCredentialRequestBody"> {}
/** A proof that the caller holds a key. */
export interface VerifiableCredentialProof extends Schema<"VerifiableCredentialProof"> {}
/** A verifiable credential. */
export interface VerifiableCredentialResponse extends Schema<"VerifiableCredentialResponse"> {}
/** The error that tells the nonce which the proof must contain. */
export interface VerifiableCredentialPrimingResponse extends Schema<"VerifiableCredentialPrimingResponse"> {}

// Errors

/** The body of every error that a Hydra answers. */
export interface ErrorOAuth2 extends Schema<"ErrorOAuth2"> {}
/** The same as {@link ErrorOAuth2}. */
export interface RFC6749ErrorJson extends Schema<"RFC6749ErrorJson"> {}
/** The error of Ory's other products. No method gives it. */
export interface GenericError extends Schema<"GenericError"> {}
/** The error of Ory's other products in its older form. No method gives it. */
export interface GenericErrorContent extends Schema<"GenericErrorContent"> {}
/** Codes of a {@link GenericErrorContent}. */
export type GenericErrorContentIdEnum = NonNullable<GenericErrorContent["id"]>;
/** Codes of a {@link GenericErrorContent} by name. */
export const GenericErrorContentIdEnum = {
  FeatureNotAvailable: "feature_not_available",
  QuotaExceeded: "quota_exceeded",
} as const;

// Version and health

/** The version of the server. */
export interface GetVersion200Response extends Schema<"GetVersion200Response"> {}
/** The version of the server. No method gives it; see {@link GetVersion200Response}. */
export interface Version extends Schema<"Version"> {}
/** That the server is alive. */
export interface HealthStatus extends Schema<"HealthStatus"> {}
/** What the server lacks. No method gives it; see {@link IsReady503Response}. */
export interface HealthNotReadyStatus extends Schema<"HealthNotReadyStatus"> {}
/** That the server is ready. */
export interface IsReady200Response extends Schema<"IsReady200Response"> {}
/** What the server lacks: the `data` of the error with status 503. */
export interface IsReady503Response extends Schema<"IsReady503Response"> {}

// Paging, under the names of `@ory/client`. No method takes or gives them.

/** How lists are paged. */
export interface KeysetPaginationRequestParameters extends Schema<"KeysetPaginationRequestParameters"> {}
/** How lists name their other pages. */
export interface KeysetPaginationResponseHeaders extends Schema<"KeysetPaginationResponseHeaders"> {}
/** The same as {@link KeysetPaginationRequestParameters}. */
export interface TokenPagination extends Schema<"TokenPagination"> {}
/** The same as {@link KeysetPaginationRequestParameters}. */
export interface TokenPaginationRequestParameters extends Schema<"TokenPaginationRequestParameters"> {}
/** How other products of Ory name their pages. */
export interface TokenPaginationHeaders extends Schema<"TokenPaginationHeaders"> {}
/** How other products of Ory name their pages. */
export interface TokenPaginationResponseHeaders extends Schema<"TokenPaginationResponseHeaders"> {}

// Requests of OAuth2Api

/** The request of `OAuth2Api.listOAuth2Clients`. */
export interface OAuth2ApiListOAuth2ClientsRequest extends Paging {
  /** Only clients with exactly this `client_name`. */
  readonly clientName?: string | undefined;
  /** Only clients with exactly this `owner`. */
  readonly owner?: string | undefined;
}
/** The request of `OAuth2Api.createOAuth2Client`. */
export interface OAuth2ApiCreateOAuth2ClientRequest {
  /** The client to create; `{}` takes every default. */
  readonly oAuth2Client: OAuth2Client;
}
/** The request of `OAuth2Api.getOAuth2Client`. */
export interface OAuth2ApiGetOAuth2ClientRequest extends ById {}
/** The request of `OAuth2Api.setOAuth2Client`. */
export interface OAuth2ApiSetOAuth2ClientRequest extends ById {
  /** The whole client; what is left out goes back to its default, but for the secret. */
  readonly oAuth2Client: OAuth2Client;
}
/** The request of `OAuth2Api.patchOAuth2Client`. */
export interface OAuth2ApiPatchOAuth2ClientRequest extends ById {
  /** The operations, carried out in order, all or none. */
  readonly jsonPatch: Array<JsonPatch>;
}
/** The request of `OAuth2Api.deleteOAuth2Client`. */
export interface OAuth2ApiDeleteOAuth2ClientRequest extends ById {}
/** The request of `OAuth2Api.setOAuth2ClientLifespans`. */
export interface OAuth2ApiSetOAuth2ClientLifespansRequest extends ById {
  /** All lifespans; one that is left out is reset to the server's default. Default `{}`. */
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
  /** Who has logged in. The server needs its `subject`. */
  readonly acceptOAuth2LoginRequest?: AcceptOAuth2LoginRequest | undefined;
}
/** The request of `OAuth2Api.rejectOAuth2LoginRequest`. */
export interface OAuth2ApiRejectOAuth2LoginRequestRequest extends ByLoginChallenge {
  /** Why. Default `{}`; give an `error` such as `access_denied` that the client knows. */
  readonly rejectOAuth2Request?: RejectOAuth2Request | undefined;
}
/** The request of `OAuth2Api.getOAuth2ConsentRequest`. */
export interface OAuth2ApiGetOAuth2ConsentRequestRequest extends ByConsentChallenge {}
/** The request of `OAuth2Api.acceptOAuth2ConsentRequest`. */
export interface OAuth2ApiAcceptOAuth2ConsentRequestRequest extends ByConsentChallenge {
  /** What the user grants. Default `{}`, nothing. */
  readonly acceptOAuth2ConsentRequest?: AcceptOAuth2ConsentRequest | undefined;
}
/** The request of `OAuth2Api.rejectOAuth2ConsentRequest`. */
export interface OAuth2ApiRejectOAuth2ConsentRequestRequest extends ByConsentChallenge {
  /** Why. Default `{}`; give an `error` such as `access_denied` that the client knows. */
  readonly rejectOAuth2Request?: RejectOAuth2Request | undefined;
}
/** The request of `OAuth2Api.acceptUserCodeRequest`. */
export interface OAuth2ApiAcceptUserCodeRequestRequest {
  /** The `device_challenge` with which the browser arrived at the verification page. */
  readonly deviceChallenge: string;
  /** The code that the user typed. The server needs its `user_code`. */
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
  /** The user, as `acceptOAuth2LoginRequest` named them. */
  readonly subject: string;
  /** Only consent granted in this login session. */
  readonly loginSessionId?: string | undefined;
}
/**
 * The request of `OAuth2Api.revokeOAuth2ConsentSessions`: `subject` with `client`, `subject` with `all`, or
 * `consentRequestId` alone. The server refuses every other mix.
 */
export interface OAuth2ApiRevokeOAuth2ConsentSessionsRequest {
  /** The user whose consent ends. */
  readonly subject?: string | undefined;
  /** The `client_id` whose consent ends. */
  readonly client?: string | undefined;
  /** The one consent that ends. */
  readonly consentRequestId?: string | undefined;
  /** True to end the subject's consent for every client. Default false. */
  readonly all?: boolean | undefined;
}
/** The request of `OAuth2Api.revokeOAuth2LoginSessions`: one of the two. */
export interface OAuth2ApiRevokeOAuth2LoginSessionsRequest {
  /** The user whose sessions end. */
  readonly subject?: string | undefined;
  /** The one session that ends, by the `sid` claim of its ID tokens. */
  readonly sid?: string | undefined;
}
/** The request of `OAuth2Api.introspectOAuth2Token`. */
export interface OAuth2ApiIntrospectOAuth2TokenRequest {
  /** The access or refresh token. */
  readonly token: string;
  /** Scopes separated by spaces; the token counts as active only when it was granted all of them. */
  readonly scope?: string | undefined;
}
/** The request of `OAuth2Api.deleteOAuth2Token`. */
export interface OAuth2ApiDeleteOAuth2TokenRequest {
  /** The client whose access tokens end. */
  readonly clientId: string;
}
/** The request of `OAuth2Api.revokeOAuth2Token`. */
export interface OAuth2ApiRevokeOAuth2TokenRequest extends ClientCredentialsInForm {
  /** The access or refresh token. */
  readonly token: string;
  /** What kind of token it is; saves the server a search. */
  readonly tokenTypeHint?: "access_token" | "refresh_token" | (string & {}) | undefined;
  /** How the client of `clientId` authenticates, such as `privateKeyJwt(key)`, in place of a secret or an assertion here. */
  readonly auth?: ClientAuth | undefined;
}
/** The request of `OAuth2Api.oauth2TokenExchange`; which fields are needed depends on the grant. */
export interface OAuth2ApiOauth2TokenExchangeRequest extends ClientCredentialsInForm {
  /** The kind of grant; one of the client's `grant_types`. */
  readonly grantType: NonNullable<OAuth2Client["grant_types"]>[number];
  /** The authorization code. Used twice, it revokes what it gave. */
  readonly code?: string | undefined;
  /** The `redirect_uri` of the authorization request, when it had one. */
  readonly redirectUri?: string | undefined;
  /** The PKCE verifier, 43 to 128 characters (RFC 7636). */
  readonly codeVerifier?: string | undefined;
  /** The refresh token. It is replaced by the one in the answer. */
  readonly refreshToken?: string | undefined;
  /** The `device_code` of the device authorization. */
  readonly deviceCode?: string | undefined;
  /** A JWT signed by a trusted issuer, for the jwt-bearer grant (RFC 7523). */
  readonly assertion?: string | undefined;
  /** Scopes separated by spaces. Default what was granted, or none for client credentials. */
  readonly scope?: string | undefined;
  /** Audiences of the access token separated by spaces. Default none. */
  readonly audience?: string | undefined;
}
/** The request of `OAuth2Api.listTrustedOAuth2JwtGrantIssuers`. */
export interface OAuth2ApiListTrustedOAuth2JwtGrantIssuersRequest extends Paging {
  /** Only grants of exactly this issuer. */
  readonly issuer?: string | undefined;
}
/** The request of `OAuth2Api.trustOAuth2JwtGrantIssuer`. */
export interface OAuth2ApiTrustOAuth2JwtGrantIssuerRequest {
  /** The issuer to trust. The server needs it. */
  readonly trustOAuth2JwtGrantIssuer?: TrustOAuth2JwtGrantIssuer | undefined;
}
/** The request of `OAuth2Api.getTrustedOAuth2JwtGrantIssuer`. */
export interface OAuth2ApiGetTrustedOAuth2JwtGrantIssuerRequest extends ByTrustId {}
/** The request of `OAuth2Api.deleteTrustedOAuth2JwtGrantIssuer`. */
export interface OAuth2ApiDeleteTrustedOAuth2JwtGrantIssuerRequest extends ByTrustId {}

// Requests of OidcApi

/** The request of `OidcApi.createOidcDynamicClient`. */
export interface OidcApiCreateOidcDynamicClientRequest {
  /** The client to register; id and secret are the server's to choose. */
  readonly oAuth2Client: OAuth2Client;
}
/** The request of `OidcApi.getOidcDynamicClient`. */
export interface OidcApiGetOidcDynamicClientRequest extends ById, ByRegistrationAccessToken {}
/** The request of `OidcApi.setOidcDynamicClient`. */
export interface OidcApiSetOidcDynamicClientRequest extends ById, ByRegistrationAccessToken {
  /** The whole registration; what is left out goes back to its default, but for the secret. */
  readonly oAuth2Client: OAuth2Client;
}
/** The request of `OidcApi.deleteOidcDynamicClient`. */
export interface OidcApiDeleteOidcDynamicClientRequest extends ById, ByRegistrationAccessToken {}
/** The request of `OidcApi.createVerifiableCredential`. */
export interface OidcApiCreateVerifiableCredentialRequest {
  /** The credential that is asked for, and the proof of its holder's key. Default `{}`, to be told the nonce. */
  readonly createVerifiableCredentialRequestBody?: CreateVerifiableCredentialRequestBody | undefined;
}

// Requests of JwkApi

/** The request of `JwkApi.getJsonWebKeySet`. */
export interface JwkApiGetJsonWebKeySetRequest extends BySet {}
/** The request of `JwkApi.createJsonWebKeySet`. */
export interface JwkApiCreateJsonWebKeySetRequest extends BySet {
  /** Which key to generate. */
  readonly createJsonWebKeySet: CreateJsonWebKeySet;
}
/** The request of `JwkApi.setJsonWebKeySet`. */
export interface JwkApiSetJsonWebKeySetRequest extends BySet {
  /** All keys of the set; one that is left out is deleted. Default `{}`, none. */
  readonly jsonWebKeySet?: JsonWebKeySet | undefined;
}
/** The request of `JwkApi.deleteJsonWebKeySet`. */
export interface JwkApiDeleteJsonWebKeySetRequest extends BySet {}
/** The request of `JwkApi.getJsonWebKey`. */
export interface JwkApiGetJsonWebKeyRequest extends BySet, ByKid {}
/** The request of `JwkApi.setJsonWebKey`. */
export interface JwkApiSetJsonWebKeyRequest extends BySet, ByKid {
  /** The key; its own `kid` decides under which id it is stored. The server needs it. */
  readonly jsonWebKey?: JsonWebKey | undefined;
}
/** The request of `JwkApi.deleteJsonWebKey`. */
export interface JwkApiDeleteJsonWebKeyRequest extends BySet, ByKid {}

// Queries of the operations that redirect, for `options.params`. A type test holds them against openapi.yaml.

/** The query of `OAuth2Api.oAuth2Authorize` (RFC 6749, section 4.1.1, and OpenID Connect Core 1.0, section 3.1.2.1). */
export interface AuthorizationRequestParameters {
  /** The client that asks. */
  client_id: string;
  /** What the client wants back: `code` for the authorization code flow. */
  response_type?:
    | "code"
    | "id_token"
    | "token"
    | "code id_token"
    | "token id_token"
    | "token id_token code"
    | Other
    | undefined;
  /** How the answer comes back. Default `query` for `code`, `fragment` for the others. */
  response_mode?: "query" | "fragment" | "form_post" | Other | undefined;
  /** Where the browser goes at the end, one of the client's `redirect_uris`. */
  redirect_uri?: string | undefined;
  /** Scopes separated by spaces; `openid` asks for an ID token, `offline_access` for a refresh token. */
  scope?: string | undefined;
  /** Audiences of the access token separated by spaces. */
  audience?: string | undefined;
  /** A random value of at least 8 characters that comes back unchanged, against forged answers. */
  state?: string | undefined;
  /** A random value of at least 8 characters that the ID token repeats, against replay. */
  nonce?: string | undefined;
  /** PKCE (RFC 7636): base64url of the SHA-256 of the code verifier. */
  code_challenge?: string | undefined;
  /** How the challenge was made from the verifier. `S256`; the default `plain` is refused by a Hydra. */
  code_challenge_method?: "S256" | "plain" | Other | undefined;
  /** Which pages must or must not be shown; several separated by spaces. */
  prompt?: "none" | "login" | "consent" | "registration" | "login consent" | Other | undefined;
  /** Seconds since the last login after which the user is asked to log in again. */
  max_age?: number | undefined;
  /** The kind of page that the client would like. */
  display?: "page" | "popup" | "touch" | "wap" | Other | undefined;
  /** Languages in order of preference (BCP 47) separated by spaces. */
  ui_locales?: string | undefined;
  /** An ID token of the user that the client expects; another user is refused. */
  id_token_hint?: string | undefined;
  /** Whom to suggest on the login page, such as an e-mail address. */
  login_hint?: string | undefined;
  /** Authentication context classes in order of preference separated by spaces. */
  acr_values?: string | undefined;
  /** These parameters as a signed JWT. Not together with `request_uri`. */
  request?: string | undefined;
  /** Where the server fetches that JWT, one of the client's `request_uris`. */
  request_uri?: string | undefined;
  /** Handed to the login page; Ory Network's sign-up page picks the identity schema by it. */
  identity_schema?: string | undefined;
  /** The server's own, part of the `redirect_to` of an accepted login. */
  login_verifier?: string | undefined;
  /** The server's own, part of the `redirect_to` of an accepted consent. */
  consent_verifier?: string | undefined;
}
/** The query of `OAuth2Api.performOAuth2DeviceVerificationFlow`. */
export interface DeviceVerificationParameters {
  /** The user code, to fill it in for the user. */
  user_code?: string | undefined;
  /** The server's own, part of the `redirect_to` of an accepted user code. */
  client_id?: string | undefined;
  /** The server's own, part of the `redirect_to` of an accepted user code. */
  device_verifier?: string | undefined;
  /** The server's own, part of the `redirect_to` of an accepted login. */
  login_verifier?: string | undefined;
  /** The server's own, part of the `redirect_to` of an accepted consent. */
  consent_verifier?: string | undefined;
}
/** The query of `OidcApi.revokeOidcSession` (OpenID Connect RP-Initiated Logout 1.0, section 2). */
export interface LogoutRequestParameters {
  /** An ID token of the session to end. Default the session of the browser's cookie. */
  id_token_hint?: string | undefined;
  /** Where the browser goes afterwards, one of the client's `post_logout_redirect_uris`; with `id_token_hint` only. */
  post_logout_redirect_uri?: string | undefined;
  /** A value that is added to `post_logout_redirect_uri`; with `id_token_hint` only. */
  state?: string | undefined;
  /** The server's own, part of the `redirect_to` of an accepted logout. */
  logout_verifier?: string | undefined;
}

// Shared parts

/** Any other text: keeps the known values of a union in the editor. */
type Other = string & {};

interface Paging {
  /** How many to list on a page. Default 100, at most 500. */
  readonly pageSize?: number | undefined;
  /** Where the page begins, from the `Link` header of the page before. Default the first page. */
  readonly pageToken?: string | undefined;
}
interface ById {
  /** The `client_id`. Never empty. */
  readonly id: string;
}
interface ByTrustId {
  /** The id of the trust, a UUID. */
  readonly id: string;
}
interface BySet {
  /** Name of the key set. Never empty. */
  readonly set: string;
}
interface ByKid {
  /** The key's id. Never empty. */
  readonly kid: string;
}
interface ByLoginChallenge {
  /** The `login_challenge` with which the browser arrived at the login page. */
  readonly loginChallenge: string;
}
interface ByConsentChallenge {
  /** The `consent_challenge` with which the browser arrived at the consent page. */
  readonly consentChallenge: string;
}
interface ByLogoutChallenge {
  /** The `logout_challenge` with which the browser arrived at the logout page. */
  readonly logoutChallenge: string;
}
interface ByRegistrationAccessToken {
  /**
   * The client's registration access token, which authenticates the call. Default the one inside the client that is
   * sent, then the configuration's `Authorization` header and `accessToken`.
   */
  readonly registrationAccessToken?: string | undefined;
}
interface ClientCredentialsInForm {
  /** The client, when it does not authenticate in the header. */
  readonly clientId?: string | undefined;
  /** The client's secret, for `client_secret_post`. */
  readonly clientSecret?: string | undefined;
  /** The signed JWT that authenticates the client, for `private_key_jwt`; used once. */
  readonly clientAssertion?: string | undefined;
  /** Goes with `clientAssertion`. */
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
