/** The rows of docs/migration.md that types can verify. Fails to compile (`tsc -p test`) if one becomes inaccurate. */
import type * as Ory from "@ory/client";
import type * as OryFetch from "@ory/client-fetch";
import * as Ours from "../../src/index.ts";
import type { Equal, Expect } from "./expect.ts";
import type { Models } from "./ory-client.ts";

const configuration = new Ours.Configuration({ basePath: "http://127.0.0.1:4444" });
export const api = new Ours.OAuth2Api(configuration, "http://127.0.0.1:4444");
const oidc = new Ours.OidcApi(configuration);

// @ts-expect-error axios is not accepted as a third argument; set `fetch` in the configuration instead
new Ours.OAuth2Api(configuration, undefined, {});

type GeneratedHelpers = `${"OAuth2Api" | "OidcApi" | "JwkApi"}${"Fp" | "Factory" | "AxiosParamCreator"}`;
export type Theirs = Expect<Equal<Exclude<GeneratedHelpers, keyof typeof Ory>, never>>;
export type NoGeneratedHelpers = Expect<Equal<Extract<keyof typeof Ours, GeneratedHelpers>, never>>;

// The APIs of Ory's other products are not included.
export type Classes = Expect<
  Equal<
    Extract<keyof typeof Ory, `${string}Api`> & keyof typeof Ours,
    "OAuth2Api" | "OidcApi" | "JwkApi" | "WellknownApi" | "MetadataApi" | "ProjectApi" | "WorkspaceApi"
  >
>;

export type ConfigurationOptionsGone = Expect<
  Equal<
    Exclude<keyof Ory.ConfigurationParameters, keyof Ours.ConfigurationParameters>,
    "awsv4" | "serverIndex" | "formDataCtor"
  >
>;

type Result = Awaited<ReturnType<Ours.OAuth2Api["getOAuth2Client"]>>;
export type ResultFields = Expect<Equal<keyof Result, "data" | "status" | "statusText" | "headers" | "response">>;

export type CallOptionFields = Expect<Equal<keyof Ours.CallOptions, "headers" | "params" | "signal" | "timeout">>;

// Redirects are not followed: the response contains their target.
export type Redirects = Expect<
  Equal<Awaited<ReturnType<Ours.OAuth2Api["oAuth2Authorize"]>>["data"], Ours.OAuth2RedirectTo>
>;
// @ts-expect-error a client ID is a string
void api.oAuth2Authorize({ params: { client_id: 1 } });
// @ts-expect-error scopes are separated by spaces, not listed
void api.oAuth2DeviceFlow({ data: { client_id: "a", scope: ["openid"] } });
void api.oAuth2Authorize({ params: { client_id: "a", resource: "https://api.example", theme: "dark" } });
void api.oAuth2DeviceFlow({ data: { client_id: "a", scope: "openid" } });

// The registration access token is passed next to the id, not in a separate configuration.
void oidc.getOidcDynamicClient({ id: "a", registrationAccessToken: "b" });

// A client with userinfo_signed_response_alg receives a JWT.
export const jwt = async (): Promise<string> => (await oidc.getOidcUserInfo<string>()).data;

// Models with a client or a key are passed to code typed by @ory/client by a type assertion, all others as they are.
interface Asserted {
  JsonWebKey: Ours.JsonWebKey;
  JsonWebKeySet: Ours.JsonWebKeySet;
  OAuth2Client: Ours.OAuth2Client | Ours.StoredOAuth2Client;
  OAuth2ConsentRequest: Ours.OAuth2ConsentRequest;
  OAuth2ConsentSession: Ours.OAuth2ConsentSession;
  OAuth2LoginRequest: Ours.OAuth2LoginRequest;
  OAuth2LogoutRequest: Ours.OAuth2LogoutRequest;
}
type Returned = Omit<
  Models,
  | "CreateJsonWebKeySet"
  | "DeviceUserAuthRequest"
  | "ErrorGeneric"
  | "GenericError"
  | "GenericErrorContent"
  | "TrustOAuth2JwtGrantIssuer"
  | "VerifyUserCodeRequest"
>;
type NotAssignable = {
  [Name in keyof Returned]: Returned[Name] extends [infer Theirs, infer Our]
    ? Our extends Theirs
      ? never
      : Name
    : never;
}[keyof Returned];
export type AssertedAlone = Expect<Equal<NotAssignable, keyof Asserted>>;
export const asserted = (ours: Asserted): unknown[] => [
  ours.JsonWebKey as Ory.JsonWebKey,
  ours.JsonWebKeySet as Ory.JsonWebKeySet,
  ours.OAuth2Client as Ory.OAuth2Client,
  ours.OAuth2ConsentRequest as Ory.OAuth2ConsentRequest,
  ours.OAuth2ConsentSession as Ory.OAuth2ConsentSession,
  ours.OAuth2LoginRequest as Ory.OAuth2LoginRequest,
  ours.OAuth2LogoutRequest as Ory.OAuth2LogoutRequest,
];

// One configuration serves the APIs of both packages.
export const identities = (theirs: typeof Ory): Ory.IdentityApi => new theirs.IdentityApi(configuration);
export const clients = (theirs: Ory.Configuration): Ours.OAuth2Api => new Ours.OAuth2Api(theirs);

// A subclass reads the configuration.
export class Audited extends Ours.OAuth2Api {
  where(): string | undefined {
    return this.configuration?.basePath;
  }
}

// Only the response to a write has null lists.
export const redirectUris = (request: Ours.OAuth2ConsentRequest): string[] | undefined => request.client?.redirect_uris;
// @ts-expect-error the server may send null for an empty list
export const uris = (client: Ours.OAuth2Client): string[] | undefined => client.redirect_uris;

// Errors have the fields of axios errors, and the most important ones at the top level.
export const read = (error: Ours.ResponseError): unknown[] => [
  error.response.status,
  error.response.data.error_description,
  error.response.headers["retry-after"],
  error.status,
  error.error,
  error.errorDescription,
];
// @ts-expect-error the request is not retained, because it contains credentials
export const config = (error: Ours.ResponseError): unknown => error.config;

// From @ory/client-fetch.
export type FetchConfigurationGone = Expect<
  Equal<
    Exclude<keyof OryFetch.ConfigurationParameters, keyof Ours.ConfigurationParameters>,
    "fetchApi" | "headers" | "middleware" | "queryParamsStringify" | "credentials"
  >
>;
export type TheirData = Expect<
  Equal<Awaited<ReturnType<OryFetch.OAuth2Api["getOAuth2Client"]>>, OryFetch.OAuth2Client>
>;
export type SameFields = Expect<
  Equal<keyof OryFetch.SetOAuth2ClientRequest, keyof Ours.OAuth2ApiSetOAuth2ClientRequest>
>;
export type TheirOverrides = Expect<
  Equal<
    Extract<Parameters<OryFetch.OAuth2Api["getOAuth2Client"]>[1], object>,
    RequestInit | OryFetch.InitOverrideFunction
  >
>;
export type TheirErrors = Expect<Equal<OryFetch.ResponseError["response"], Response>>;
export type TheirFailures = Expect<Equal<OryFetch.FetchError["cause"], Error>>;
