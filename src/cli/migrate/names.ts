import { JwkApi, MetadataApi, OAuth2Api, OidcApi, ProjectApi, WellknownApi, WorkspaceApi } from "../../index.ts";

/** A package whose use is rewritten. Those of a family have the same shape, generated from the same template. */
interface Origin {
  name: string;
  family: "axios" | "fetch";
  /** Whether it has nothing but Hydra. */
  hydraOnly: boolean;
}

const ORIGINS: readonly Origin[] = [
  { name: "@ory/client", family: "axios", hydraOnly: false },
  { name: "@ory/client-fetch", family: "fetch", hydraOnly: false },
  { name: "@ory/hydra-client", family: "axios", hydraOnly: true },
  { name: "@ory/hydra-client-fetch", family: "fetch", hydraOnly: true },
];

/** The package that a module specifier names: itself or a file of it. */
export const originOfSpecifier = (specifier: string): Origin | undefined =>
  ORIGINS.find(({ name }) => specifier === name || specifier.startsWith(`${name}/`));

/** The package in which a file of declarations is. */
export const originOfFile = (file: string): Origin | undefined =>
  ORIGINS.find(({ name }) => file.includes(`/node_modules/${name}/`));

const CLASSES = { JwkApi, MetadataApi, OAuth2Api, OidcApi, ProjectApi, WellknownApi, WorkspaceApi };
/** The API classes by name, each with its methods. */
const APIS: ReadonlyMap<string, object> = new Map(
  Object.entries(CLASSES).map(([name, { prototype }]) => [name, prototype]),
);

export const isApi = (name: string): boolean => APIS.has(name);

/** Whether `api` is one of our classes, and `method` one of its methods. */
export function hasMethod(api: string, method: string): boolean {
  const methods = APIS.get(api);
  return methods !== undefined && Object.hasOwn(methods, method);
}

/** The API class that has the method `name`. */
const apiOf = (name: string): string | undefined => [...APIS.keys()].find((api) => hasMethod(api, name));

/** The types that have the same name here. */
const TYPES = new Set(
  `AcceptDeviceUserCodeRequest AcceptOAuth2ConsentRequest AcceptOAuth2ConsentRequestSession AcceptOAuth2LoginRequest
BasicOrganization ConfigurationParameters CreateJsonWebKeySet CreateProjectApiKeyBody CreateProjectBody
CreateProjectBodyEnvironmentEnum CreateProjectBodyHomeRegionEnum CreateVerifiableCredentialRequestBody
CredentialSupportedDraft00 DeviceAuthorization DeviceUserAuthRequest ErrorGeneric ErrorOAuth2 GenericError
GenericErrorContent GenericErrorContentIdEnum GetVersion200Response HealthNotReadyStatus HealthStatus
IntrospectedOAuth2Token IsReady200Response IsReady503Response JsonPatch JsonPatchOpEnum JsonWebKey JsonWebKeySet
KeysetPaginationRequestParameters KeysetPaginationResponseHeaders ListWorkspaceProjects ListWorkspaces OAuth2Client
OAuth2ClientTokenLifespans OAuth2ConsentRequest OAuth2ConsentRequestOpenIDConnectContext OAuth2ConsentSession
OAuth2LoginRequest OAuth2LogoutRequest OAuth2RedirectTo OAuth2TokenExchange OidcConfiguration OidcUserInfo Project
ProjectApiKey ProjectCors ProjectEnvironmentEnum ProjectHomeRegionEnum ProjectMetadata ProjectServiceAccountExperience
ProjectServiceIdentity ProjectServiceOAuth2 ProjectServicePermission ProjectServiceTalos ProjectServices ProjectStateEnum
RFC6749ErrorJson RejectOAuth2Request SetProject SuccessfulProjectUpdate TokenPagination TokenPaginationHeaders
TokenPaginationRequestParameters TokenPaginationResponseHeaders TrustOAuth2JwtGrantIssuer TrustedOAuth2JwtGrantIssuer
TrustedOAuth2JwtGrantJsonWebKey VerifiableCredentialPrimingResponse VerifiableCredentialProof
VerifiableCredentialResponse VerifyUserCodeRequest Version Warning Workspace`.split(/\s+/),
);

/** The classes of `@ory/client-fetch` that have another name here. */
const RENAMED: Readonly<Record<string, string>> = {
  ApiResponse: "HydraResponse",
  JSONApiResponse: "HydraResponse",
  VoidApiResponse: "HydraResponse",
  FetchError: "NetworkError",
  FetchAPI: "Fetch",
};

/** What the export `name` of a package is called here; `undefined` if there is nothing like it. */
export function ourName(name: string, family: Origin["family"]): string | undefined {
  if (TYPES.has(name)) return name;
  if (family === "fetch") {
    if (RENAMED[name]) return RENAMED[name];
    // The request of getOAuth2Client is GetOAuth2ClientRequest there, and OAuth2ApiGetOAuth2ClientRequest here.
    const [, operation = ""] = /^(\w+)Request$/.exec(name) ?? [];
    const api = operation && apiOf(operation[0]!.toLowerCase() + operation.slice(1));
    return api ? `${api}${name}` : sharedValue(name);
  }
  const [, api = "", operation = ""] = /^([A-Za-z0-9]+?Api)(\w+)Request$/.exec(name) ?? [];
  if (operation && hasMethod(api, operation[0]!.toLowerCase() + operation.slice(1))) return name;
  return sharedValue(name);
}

/** Classes that exist in both. */
const sharedValue = (name: string): string | undefined =>
  isApi(name) || ["Configuration", "RequiredError", "ResponseError"].includes(name) ? name : undefined;

/** Whether a name that has no counterpart is about Hydra, so that a person must replace it. */
export const isLeftover = (name: string, { hydraOnly }: Origin): boolean =>
  hydraOnly ||
  /^(OAuth2|Oidc|Jwk|Wellknown|Metadata)Api/.test(name) ||
  /^(BaseAPI|DefaultConfig|Middleware|(Request|Response|Error)Context|InitOverrideFunction)$/.test(name) ||
  TYPES.has(name.replace(/^instanceOf|(From|To)JSON(Typed)?$/g, ""));

export type { Origin };
