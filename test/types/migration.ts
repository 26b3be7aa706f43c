/** The rows of docs/migration.md that types can verify. Fails to compile (`tsc -p test`) if one becomes inaccurate. */
import type * as Ory from "@ory/client";
import type * as OryFetch from "@ory/client-fetch";
import * as Ours from "../../src/index.ts";
import type { Equal, Expect } from "./expect.ts";

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
// @ts-expect-error client_id is required
void api.oAuth2Authorize({ params: { response_type: "code" } });
void api.oAuth2Authorize({ params: { client_id: "a", resource: "https://api.example", theme: "dark" } });
void api.oAuth2DeviceFlow({ data: { client_id: "a", scope: "openid" } });

// The registration access token is passed next to the id, not in a separate configuration.
void oidc.getOidcDynamicClient({ id: "a", registrationAccessToken: "b" });

// A client with userinfo_signed_response_alg receives a JWT.
export const jwt = async (): Promise<string> => (await oidc.getOidcUserInfo<string>()).data;

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
