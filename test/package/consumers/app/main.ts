// Code of a consumer, for every module system: compiled against the installed package, never run.
import {
  Configuration,
  isResponseError,
  JsonPatchOpEnum,
  JwkApi,
  MetadataApi,
  OAuth2Api,
  type OAuth2ApiSetOAuth2ClientRequest,
  type OAuth2Api as OAuth2ApiType,
  type OAuth2Client,
  OidcApi,
  ResponseError,
  WellknownApi,
} from "hydra-sdk";
import { createMockHydra, type MockHydra } from "hydra-sdk/mock";

const hydra: MockHydra = createMockHydra({ seed: "consumer", clock: () => 0 });

export const configuration: Configuration = new Configuration({
  basePath: hydra.publicUrl,
  adminBasePath: hydra.adminUrl,
  accessToken: async () => "token",
  baseOptions: { headers: { "x-team": "accounts" }, timeout: 1000 },
  fetch: hydra.fetch,
});
export const globalFetch: Configuration = new Configuration({ fetch: (url, init) => fetch(url, init) });

export async function manage(api: OAuth2ApiType = new OAuth2Api(configuration)): Promise<OAuth2Client> {
  const { data, headers } = await api.createOAuth2Client({ oAuth2Client: { grant_types: ["client_credentials"] } });
  const id: string = data.client_id ?? "";
  const request: OAuth2ApiSetOAuth2ClientRequest = { id, oAuth2Client: { ...data, client_name: "Renamed" } };
  await api.setOAuth2Client(request, { signal: new AbortController().signal, timeout: 1000 });
  await api.patchOAuth2Client({ id, jsonPatch: [{ op: JsonPatchOpEnum.Replace, path: "/owner", value: "me" }] });
  const location: string | undefined = headers.location;
  const list: OAuth2Client[] = (await api.listOAuth2Clients({ pageSize: 10 })).data;
  const token: string | undefined = (await api.oauth2TokenExchange({ grantType: "client_credentials" })).data
    .access_token;
  return list[0] ?? { client_name: `${location} ${token}` };
}

export async function others(): Promise<unknown[]> {
  return [
    (await new OidcApi(configuration).discoverOidcConfiguration()).data.issuer,
    (await new JwkApi(configuration).getJsonWebKeySet({ set: "x" })).data.keys,
    (await new WellknownApi(configuration).discoverJsonWebKeys()).data.keys,
    (await new MetadataApi(configuration).getVersion()).data.version,
  ];
}

// A value that may be undefined can be passed directly, with or without exactOptionalPropertyTypes.
export async function fromEnvironment(env: { [name: string]: string | undefined }): Promise<void> {
  const api = new OAuth2Api({
    basePath: env["URL"],
    accessToken: env["TOKEN"],
    username: env["ID"],
    password: env["SECRET"],
  });
  const { data } = await api.createOAuth2Client(
    { oAuth2Client: {} },
    { timeout: undefined, signal: undefined, headers: undefined },
  );
  await api.oauth2TokenExchange({
    grantType: "client_credentials",
    clientSecret: data.client_secret,
    scope: undefined,
  });
  await api.listOAuth2Clients({ pageToken: env["PAGE"], pageSize: undefined, owner: env["OWNER"] });
  const oidc = new OidcApi(configuration);
  await oidc.getOidcDynamicClient({ id: "a", registrationAccessToken: data.registration_access_token });
}

export const messageOf = (error: Error): string => (isResponseError(error) ? `${error.status}` : error.message);

export function explain(error: unknown): string {
  if (isResponseError(error)) return `${error.status} ${error.error} ${error.response.data}`;
  return error instanceof ResponseError ? error.message : String(error);
}
