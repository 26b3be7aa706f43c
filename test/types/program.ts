/**
 * A program written for `@ory/client`. `tsc -p test` compiles it unchanged, and `test/types/types.test.ts` compiles it again
 * with `@ory/client` mapped to our sources, as if only the import had changed.
 */
import {
  Configuration,
  type ConfigurationParameters,
  type CreateJsonWebKeySet,
  CreateProjectBodyEnvironmentEnum,
  type ErrorOAuth2,
  type GetVersion200Response,
  type IntrospectedOAuth2Token,
  type JsonPatch,
  JsonPatchOpEnum,
  type JsonWebKey,
  type JsonWebKeySet,
  JwkApi,
  type JwkApiSetJsonWebKeyRequest,
  MetadataApi,
  OAuth2Api,
  type OAuth2ApiAcceptOAuth2ConsentRequestRequest,
  type OAuth2ApiListOAuth2ClientsRequest,
  type OAuth2ApiOauth2TokenExchangeRequest,
  type OAuth2ApiSetOAuth2ClientRequest,
  type OAuth2Client,
  type OAuth2ClientTokenLifespans,
  type OAuth2ConsentRequest,
  type OAuth2ConsentSession,
  type OAuth2LoginRequest,
  type OAuth2RedirectTo,
  type OAuth2TokenExchange,
  OidcApi,
  type OidcConfiguration,
  type OidcUserInfo,
  type Project,
  ProjectApi,
  type ProjectMetadata,
  ProjectStateEnum,
  type RejectOAuth2Request,
  type TrustedOAuth2JwtGrantIssuer,
  type TrustOAuth2JwtGrantIssuer,
  WellknownApi,
  WorkspaceApi,
} from "@ory/client";

interface Tenant {
  plan: string;
  seats: number;
}

class ClientStore {
  readonly #api: OAuth2Api;

  constructor(parameters: ConfigurationParameters) {
    this.#api = new OAuth2Api(new Configuration(parameters));
  }

  async create(tenant: Tenant, options: object): Promise<OAuth2Client> {
    const client: OAuth2Client = {
      client_name: "Shop",
      redirect_uris: ["https://shop.example/callback"],
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      scope: "openid offline_access",
      token_endpoint_auth_method: "client_secret_post",
      subject_type: process.env["SUBJECT_TYPE"] ?? "public",
      metadata: tenant,
      authorization_code_grant_access_token_lifespan: "1h",
      refresh_token_grant_refresh_token_lifespan: null,
    };
    const { data, status } = await this.#api.createOAuth2Client({ oAuth2Client: { ...client, metadata: options } });
    if (status !== 201 || !data.client_id) throw new Error("no client");
    return data;
  }

  async where(oAuth2Client: OAuth2Client): Promise<string> {
    const { headers } = await this.#api.createOAuth2Client({ oAuth2Client });
    const location: string = headers.location;
    return location;
  }

  async rename(id: string, name: string): Promise<string | undefined> {
    const { data: client } = await this.#api.getOAuth2Client({ id });
    const request: OAuth2ApiSetOAuth2ClientRequest = { id, oAuth2Client: { ...client, client_name: name } };
    const { data } = await this.#api.setOAuth2Client(request, { headers: { "x-request-id": "1" } });
    const tenant = data.metadata as Tenant;
    return `${tenant.plan} ${data.redirect_uris?.join(" ")} ${data.updated_at?.slice(0, 10)}`;
  }

  async patch(id: string, owner: string): Promise<OAuth2Client> {
    const jsonPatch: JsonPatch[] = [
      { op: "replace", path: "/owner", value: owner },
      { op: JsonPatchOpEnum.Remove, path: "/metadata/plan" },
    ];
    const op: JsonPatchOpEnum = JsonPatchOpEnum.Add;
    jsonPatch.push({ op, path: "/contacts/-", value: "help@shop.example" });
    return (await this.#api.patchOAuth2Client({ id, jsonPatch })).data;
  }

  async all(filter: OAuth2ApiListOAuth2ClientsRequest = {}): Promise<Array<OAuth2Client>> {
    const response = await this.#api.listOAuth2Clients({ pageSize: 100, ...filter });
    return response.headers["link"]?.includes("next")
      ? response.data
      : response.data.filter((client) => client.grant_types?.length);
  }

  async lifespans(id: string): Promise<string | null | undefined> {
    const oAuth2ClientTokenLifespans: OAuth2ClientTokenLifespans = {
      client_credentials_grant_access_token_lifespan: "5m",
    };
    const { data } = await this.#api.setOAuth2ClientLifespans({ id, oAuth2ClientTokenLifespans });
    return data.client_credentials_grant_access_token_lifespan;
  }

  async remove(id: string): Promise<boolean> {
    try {
      await this.#api.deleteOAuth2Client({ id });
      return true;
    } catch (error: any) {
      if (error.response?.status === 404) return false;
      const body: ErrorOAuth2 = error.response?.data;
      throw new Error(body.error_description);
    }
  }
}

class LoginAndConsent {
  private readonly api: OAuth2Api;

  constructor(api: OAuth2Api) {
    this.api = api;
  }

  async login(loginChallenge: string, subject: string): Promise<string> {
    const request: OAuth2LoginRequest = (await this.api.getOAuth2LoginRequest({ loginChallenge })).data;
    if (request.client.client_name === "Blocked") {
      const rejectOAuth2Request: RejectOAuth2Request = { error: "access_denied", status_code: 403 };
      return (await this.api.rejectOAuth2LoginRequest({ loginChallenge, rejectOAuth2Request })).data.redirect_to;
    }
    const { data } = await this.api.acceptOAuth2LoginRequest({
      loginChallenge,
      acceptOAuth2LoginRequest: {
        subject: request.skip ? request.subject : subject,
        remember: true,
        remember_for: 3600,
        amr: ["pwd"],
        context: { hint: request.oidc_context?.login_hint },
      },
    });
    return data.redirect_to;
  }

  async consent(consentChallenge: string): Promise<OAuth2RedirectTo> {
    const request: OAuth2ConsentRequest = (await this.api.getOAuth2ConsentRequest({ consentChallenge })).data;
    const parameters: OAuth2ApiAcceptOAuth2ConsentRequestRequest = {
      consentChallenge,
      acceptOAuth2ConsentRequest: {
        grant_scope: request.requested_scope,
        grant_access_token_audience: request.requested_access_token_audience,
        context: request.context,
        session: { id_token: { email: `${request.subject}@shop.example` }, access_token: { roles: ["admin"] } },
      },
    };
    return (await this.api.acceptOAuth2ConsentRequest(parameters)).data;
  }

  async sessions(subject: string): Promise<OAuth2ConsentSession[]> {
    const { data } = await this.api.listOAuth2ConsentSessions({ subject, pageSize: 20 });
    console.log(data.map((session) => session.session?.id_token.email));
    await this.api.revokeOAuth2ConsentSessions({ subject, all: true });
    await this.api.revokeOAuth2LoginSessions({ subject });
    await this.api.revokeOAuth2LoginSessions();
    return data;
  }

  async logout(logoutChallenge: string): Promise<string> {
    const { data } = await this.api.getOAuth2LogoutRequest({ logoutChallenge });
    if (!data.rp_initiated) await this.api.rejectOAuth2LogoutRequest({ logoutChallenge });
    return (await this.api.acceptOAuth2LogoutRequest({ logoutChallenge })).data.redirect_to;
  }
}

async function tokens(configuration: Configuration): Promise<OAuth2TokenExchange> {
  const api = new OAuth2Api(configuration, "https://slug.projects.oryapis.com");
  const request: OAuth2ApiOauth2TokenExchangeRequest = { grantType: "authorization_code", code: "a", clientId: "b" };
  const { data } = await api.oauth2TokenExchange(request);
  const token: IntrospectedOAuth2Token = (await api.introspectOAuth2Token({ token: data.access_token ?? "" })).data;
  if (token.active && token.ext?.["roles"].includes("admin")) console.log(token.sub, token.aud?.[0], token.exp);
  await api.revokeOAuth2Token({ token: data.access_token!, clientId: "b", clientSecret: "c" });
  await api.deleteOAuth2Token({ clientId: "b" });
  return data;
}

async function begin(api: OAuth2Api, query: Record<string, string>, scope: string): Promise<string[]> {
  await api.oAuth2Authorize({ params: query });
  await api.oAuth2Authorize({ params: { response_type: "code", ...query } });
  await api.performOAuth2DeviceVerificationFlow({ params: query });
  await api.oAuth2DeviceFlow({ data: query });
  const { data } = await api.oAuth2DeviceFlow({ data: { scope, ...query } });
  return [data.user_code ?? "", data.verification_uri ?? ""];
}

async function keys(configuration: Configuration, jsonWebKey: JsonWebKey): Promise<JsonWebKeySet> {
  const api = new JwkApi(configuration);
  const createJsonWebKeySet: CreateJsonWebKeySet = { alg: "ES256", kid: "one", use: "sig" };
  const { data } = await api.createJsonWebKeySet({ set: "own", createJsonWebKeySet });
  const request: JwkApiSetJsonWebKeyRequest = { set: "own", kid: jsonWebKey.kid, jsonWebKey };
  await api.setJsonWebKey(request);
  for (const key of data.keys ?? []) await api.deleteJsonWebKey({ set: "own", kid: key.kid });
  return (await new WellknownApi(configuration).discoverJsonWebKeys()).data;
}

async function trust(api: OAuth2Api, jwk: JsonWebKey): Promise<TrustedOAuth2JwtGrantIssuer> {
  const trustOAuth2JwtGrantIssuer: TrustOAuth2JwtGrantIssuer = {
    issuer: "https://issuer.example",
    subject: "dave",
    scope: ["read"],
    jwk,
    expires_at: new Date().toISOString(),
  };
  return (await api.trustOAuth2JwtGrantIssuer({ trustOAuth2JwtGrantIssuer })).data;
}

async function openid(configuration: Configuration): Promise<[OidcConfiguration, OidcUserInfo]> {
  const api = new OidcApi(configuration);
  const { data: client } = await api.createOidcDynamicClient({ oAuth2Client: { client_name: "Self" } });
  await api.setOidcDynamicClient({ id: client.client_id!, oAuth2Client: { client_name: "Self 2" } });
  await api.deleteOidcDynamicClient({ id: client.client_id! });
  const { data: userInfo } = await api.getOidcUserInfo();
  const { data: discovery } = await api.discoverOidcConfiguration();
  console.log(userInfo.email?.toLowerCase(), discovery.issuer, discovery.grant_types_supported?.length);
  return [discovery, userInfo];
}

type Claims = Awaited<ReturnType<OidcApi["getOidcUserInfo"]>>["data"];
const subject = (claims: Claims): OidcUserInfo["sub"] => claims.sub;

async function version(configuration: Configuration): Promise<string> {
  const body: GetVersion200Response = (await new MetadataApi(configuration).getVersion()).data;
  return body.version;
}

async function projects(accessToken: string, workspace_id: string): Promise<Project> {
  const configuration = new Configuration({ basePath: "https://api.console.ory.com", accessToken });
  const api = new ProjectApi(configuration, "https://api.console.ory.com");
  const environment = CreateProjectBodyEnvironmentEnum.Dev;
  const { data: created } = await api.createProject({ createProjectBody: { name: "Shop", environment, workspace_id } });
  const projectId = created.id;
  const jsonPatch: JsonPatch[] = [
    { op: JsonPatchOpEnum.Replace, path: "/services/oauth2/config/ttl/access_token", value: "1h" },
  ];
  const { data } = await api.patchProjectWithRevision({ projectId, revisionId: created.revision_id, jsonPatch });
  console.log(
    data.warnings.map(({ message }) => message),
    data.project.services.oauth2?.config,
  );
  const { cors_admin = {}, cors_public = {}, organizations, services, name } = data.project;
  await api.setProject({ projectId, setProject: { cors_admin, cors_public, organizations, services, name } });
  const { data: key } = await api.createProjectApiKey({
    project: created.slug,
    createProjectApiKeyBody: { name: "CI" },
  });
  await api.deleteProjectApiKey({ project: projectId, tokenId: key.id });
  const { data: page } = await new WorkspaceApi(configuration).listWorkspaceProjects({ workspace: workspace_id });
  const all: ProjectMetadata[] = page.projects.filter(({ state }) => state === ProjectStateEnum.Running);
  if (all.length > 9) await api.purgeProject({ projectId });
  return (await api.getProject({ projectId })).data;
}

const configuration = new Configuration({
  basePath: process.env["ORY_SDK_URL"] ?? "http://127.0.0.1:4444",
  accessToken: process.env["ORY_API_KEY"] ?? "",
  username: "client",
  password: "secret",
  baseOptions: { headers: { "x-tenant": "one" }, timeout: 5000 },
});
new Configuration({ accessToken: async () => "ory_pat_x" });
new Configuration({ accessToken: (name?: string) => `token of ${name}` });

export { begin, ClientStore, configuration, keys, LoginAndConsent, openid, projects, subject, tokens, trust, version };
