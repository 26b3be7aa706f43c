import { join } from "node:path";
import ts from "typescript";
import { describe, expect, inject, test } from "vitest";

/** What stands before each snippet. `▮` marks the cursor. */
const PREAMBLE = `
import * as sdk from "hydra-sdk";
import { createMockHydra } from "hydra-sdk/mock";
declare const oauth2: sdk.OAuth2Api;
declare const oidc: sdk.OidcApi;
declare const project: sdk.ProjectApi;
declare const error: unknown;
`;

const folder = join(inject("installed"), "editor").replaceAll("\\", "/");
const files = new Map<string, string>();
const service = ts.createLanguageService({
  getCompilationSettings: () => ({
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
    types: [],
    strict: true,
  }),
  getScriptFileNames: () => [...files.keys()],
  getScriptVersion: () => "1",
  getScriptSnapshot: (name) => {
    const text = files.get(name) ?? ts.sys.readFile(name);
    return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
  },
  getCurrentDirectory: () => folder,
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: (name) => files.has(name) || ts.sys.fileExists(name),
  readFile: (name) => files.get(name) ?? ts.sys.readFile(name),
  directoryExists: ts.sys.directoryExists,
});

/** Opens a snippet as a file of its own, and returns its name and the position of the cursor. */
function open(snippet: string): [name: string, position: number] {
  const name = `${folder}/${files.size}.ts`;
  files.set(name, PREAMBLE + snippet.replace("▮", ""));
  return [name, PREAMBLE.length + snippet.indexOf("▮")];
}

const completions = (snippet: string): string[] =>
  service.getCompletionsAtPosition(...open(snippet), {})?.entries.map(({ name }) => name) ?? [];

const GRANT_TYPES = [
  "authorization_code",
  "refresh_token",
  "client_credentials",
  "implicit",
  "urn:ietf:params:oauth:grant-type:device_code",
  "urn:ietf:params:oauth:grant-type:jwt-bearer",
];

describe("an editor proposes all of", () => {
  test.each([
    ['oauth2.createOAuth2Client({ oAuth2Client: { grant_types: ["▮"] } })', GRANT_TYPES],
    ['sdk.upsertOAuth2Client(oauth2, { client_id: "shop", grant_types: ["▮"] })', GRANT_TYPES],
    ['sdk.planClients(oauth2, [{ client_id: "shop", grant_types: ["▮"] }])', GRANT_TYPES],
    ['oidc.createOidcDynamicClient({ oAuth2Client: { grant_types: ["▮"] } })', GRANT_TYPES],
    [
      'oauth2.createOAuth2Client({ oAuth2Client: { response_types: ["▮"] } })',
      ["code", "id_token", "token", "code id_token", "token id_token", "token id_token code"],
    ],
    [
      'oauth2.createOAuth2Client({ oAuth2Client: { token_endpoint_auth_method: "▮" } })',
      ["client_secret_basic", "client_secret_post", "private_key_jwt", "none"],
    ],
    ['oauth2.createOAuth2Client({ oAuth2Client: { access_token_strategy: "▮" } })', ["jwt", "opaque"]],
    [
      'oauth2.createOAuth2Client({ oAuth2Client: { scope: "▮" } })',
      ["openid", "offline_access", "openid offline_access", "openid offline_access profile email"],
    ],
    [
      'sdk.clientCredentials({ basePath: "", clientId: "", scope: ["▮"] })',
      ["openid", "offline_access", "profile", "email"],
    ],
    [
      'oauth2.setOAuth2ClientLifespans({ id: "", oAuth2ClientTokenLifespans: { implicit_grant_id_token_lifespan: "▮" } })',
      ["15m", "1h", "24h", "720h"],
    ],
    [
      'project.patchProject({ projectId: "", jsonPatch: [{ op: "add", path: "▮" }] })',
      ["/cors_admin", "/cors_public", "/name", "/organizations", "/services"],
    ],
    ["if (sdk.isAccessTokenError(error)) error.problem === '▮'", ["no_token", "invalid_token", "insufficient_scope"]],
    ["createMockHydra({ version: '▮' })", ["2.3", "25.4", "26.2", "master"]],
    [
      // No mark of the guards, no private member.
      "if (sdk.isResponseError(error)) error.▮",
      [
        "cause",
        "code",
        "error",
        "errorDescription",
        "isAxiosError",
        "message",
        "name",
        "requestId",
        "response",
        "retryAfter",
        "stack",
        "status",
        "toJSON",
      ],
    ],
    ["if (sdk.isResponseError(error)) error.response.▮", ["data", "headers", "status", "statusText"]],
    ["sdk.createIntrospector(oauth2, { ▮ })", ["audience", "cache", "now", "requiredScope"]],
    [
      // No method of a Configuration.
      "new sdk.OAuth2Api({ ▮ })",
      [
        "accessToken",
        "adminBasePath",
        "apiKey",
        "baseOptions",
        "basePath",
        "consolePath",
        "fetch",
        "maxResponseSize",
        "password",
        "signal",
        "timeout",
        "username",
        "workspaceApiKey",
      ],
    ],
  ])("%s", (snippet, expected) => {
    expect(completions(snippet).sort()).toEqual([...expected].sort());
  });
});

describe("an editor proposes among others", () => {
  test.each([
    ["oauth2.createOAuth2Client({ oAuth2Client: { ▮ } })", ["client_name", "redirect_uris", "scope", "jwks_uri"]],
    [
      'oauth2.patchOAuth2Client({ id: "", jsonPatch: [{ op: "add", path: "▮" }] })',
      ["/client_name", "/redirect_uris", "/metadata", "/implicit_grant_id_token_lifespan"],
    ],
    [
      'sdk.updateOAuth2Client(oauth2, { id: "" }, [{ op: "add", path: "▮" }])',
      ["/client_name", "/redirect_uris", "/metadata"],
    ],
    ["new sdk.Configuration({ ▮ })", ["basePath", "adminBasePath", "accessToken", "fetch", "timeout"]],
    ["oauth2.▮", ["createOAuth2Client", "introspectOAuth2Token", "rotateOAuth2ClientSecret"]],
    ["sdk.paginate((page) => oauth2.listOAuth2Clients(page), { ▮ })", ["clientName", "owner", "pageSize"]],
    ["createMockHydra().fail({ operation: '▮', status: 503 })", ["createOAuth2Client", "oauth2TokenExchange"]],
    [
      'sdk.updateOAuth2Config(project, { projectId: "" }, { ▮ })',
      ['"/ttl/access_token"', '"/strategies/access_token"'],
    ],
  ])("%s", (snippet, expected) => {
    expect(completions(snippet)).toEqual(expect.arrayContaining(expected));
  });
});

describe("an error names the type and the field that was meant", () => {
  test.each([
    ["oauth2.createOAuth2Client({ oAuth2Client: { redirect_uri: [] } })", "'OAuth2Client'", "'redirect_uris'"],
    ['oauth2.setOAuth2Client({ id: "", oAuth2Client: { client_nam: "" } })', "'OAuth2Client'", "'client_name'"],
    ["oidc.createOidcDynamicClient({ oAuth2Client: { grant_type: [] } })", "'OAuth2Client'", "'grant_types'"],
    ['sdk.planClients(oauth2, [{ client_id: "", redirect_uri: [] }])', "'OAuth2Client'", "'redirect_uris'"],
    [
      'sdk.upsertOAuth2Client(oauth2, { client_id: "", redirect_uri: [] })',
      "'OAuth2Client & { client_id: string; }'",
      "'redirect_uris'",
    ],
    ["new sdk.Configuration({ basepath: '' })", "'ConfigurationParameters'", "'basePath'"],
    ["new sdk.OAuth2Api({ basepath: '' })", "'ConfigurationParameters'", "'basePath'"],
    ["oauth2.createOAuth2Client({ oAuth2Client: { jwks: { key: [] } } })", "'JsonWebKeySet'", "'keys'"],
    ["const services: sdk.SetProject['services'] = { oauth: {} }", "'ProjectServices'", "'oauth2'"],
    [
      "oauth2.acceptOAuth2ConsentRequest({ consentChallenge: '', acceptOAuth2ConsentRequest: { grant_scopes: [] } })",
      "'AcceptOAuth2ConsentRequest'",
      "'grant_scope'",
    ],
    ["sdk.createIntrospector(oauth2, { requiredScopes: 'a' })", "'IntrospectorOptions'", "'requiredScope'"],
  ])("%s", (snippet, type, field) => {
    const [name] = open(snippet);
    const [{ messageText } = { messageText: "" }, ...more] = service.getSemanticDiagnostics(name);
    const message = ts.flattenDiagnosticMessageText(messageText, "\n");
    expect(more).toEqual([]);
    expect(message).toContain(`does not exist in type ${type}. Did you mean to write ${field}?`);
  });
});

test("an error names the model of a part of a response", () => {
  const [name] = open(
    'oauth2.getOAuth2LoginRequest({ loginChallenge: "" }).then(({ data }) => data.client.client_nam)',
  );
  expect(service.getSemanticDiagnostics(name).map(({ messageText }) => messageText)).toEqual([
    "Property 'client_nam' does not exist on type 'StoredOAuth2Client'. Did you mean 'client_name'?",
  ]);
});

describe("an editor explains", () => {
  test.each([
    [
      "oauth2.▮createOAuth2Client",
      "Promise<sdk.HydraResponse<sdk.OAuth2Client>>",
      "Only this response contains",
      "throws",
    ],
    ["oauth2.▮patchOAuth2Client", "OAuth2ApiPatchOAuth2ClientRequest", "JSON Patch (RFC 6902)", "example"],
    ["oauth2.▮rotateOAuth2ClientSecret", "HydraResponse<sdk.StoredOAuth2Client>", "secret", "see"],
    ["sdk.▮upsertOAuth2Client", "Promise<sdk.UpsertedOAuth2Client>", "Creates a client with the ID", "example"],
    ["sdk.▮paginate", "Paginated<T>", "Reads all pages of a list", "example"],
    ["sdk.▮withRetry", "RetryingFetch", "| POST, PATCH | 429", "example"],
    ["sdk.▮clientCredentials", "Promise<sdk.TokenResponse>", "RFC 6749, section 4.4", "example"],
    ["sdk.▮privateKeyJwt", "ClientAuth", "RFC 7523", "example"],
    ["new sdk.Configuration({ ▮timeout: 1 })", "timeout", "Milliseconds for the entire call", "default"],
    ["oauth2.createOAuth2Client({ oAuth2Client: { ▮skip_consent: true } })", "boolean", "consent", undefined],
    ["if (sdk.isResponseError(error)) error.▮retryAfter", "number", "Seconds to wait", undefined],
    [
      "const client: sdk.OAuth2Client = { ▮implicit_grant_access_token_lifespan: '1h' }",
      '"1h" | "24h"',
      "such as `1h30m`",
      undefined,
    ],
    // A part of a model is shown by its name.
    ["const { ▮jwks } = {} as sdk.OAuth2Client", "jwks: sdk.JsonWebKeySet | undefined", "public", undefined],
    ["({} as sdk.OAuth2LoginRequest).▮client", "client: sdk.StoredOAuth2Client", "The requesting client", undefined],
  ])("%s", (snippet, type, text, tag) => {
    const { displayParts, documentation, tags = [] } = service.getQuickInfoAtPosition(...open(snippet))!;
    expect(ts.displayPartsToString(displayParts)).toContain(type);
    expect(ts.displayPartsToString(documentation)).toContain(text);
    if (tag) expect(tags.map(({ name }) => name)).toContain(tag);
  });

  test("which errors a method throws, each with its reason", () => {
    const { tags = [] } = service.getQuickInfoAtPosition(...open("oauth2.▮patchOAuth2Client"))!;
    const thrown = tags.filter(({ name }) => name === "throws").map(({ text }) => ts.displayPartsToString(text));
    expect(thrown).toEqual([
      expect.stringMatching(/^\{InvalidInputError\} an operation cannot be applied/),
      expect.stringMatching(/^\{ResponseError\} 400 a value is invalid; 404 the client does not exist/),
    ]);
  });

  test("which argument is which", () => {
    const help = service.getSignatureHelpItems(...open("sdk.upsertOAuth2Client(oauth2, ▮)"), undefined)!;
    const [{ parameters, documentation } = { parameters: [], documentation: [] }] = help.items;
    expect(help.argumentIndex).toBe(1);
    expect(parameters.map(({ name }) => name)).toEqual(["oAuth2Api", "client", "options"]);
    expect(ts.displayPartsToString(parameters[1]?.documentation)).toContain("the wanted fields, with `client_id`");
    expect(ts.displayPartsToString(documentation)).toContain("changes the fields that differ");
  });
});
