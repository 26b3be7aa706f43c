import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createConfig, lint } from "@redocly/openapi-core";
import { describe, expect, it } from "vitest";
import {
  consoleOperations,
  findOperation,
  flatten,
  type Operation,
  operations,
  requestProblems,
  resolve,
  responseProblems,
  type Schema,
  spec,
  specPath,
} from "../support/openapi.ts";

const root = new URL("../../", import.meta.url);
const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`../fixtures/hydra/${name}`, import.meta.url), "utf8"));

/** Schemas that `@ory/client` exports, although no Hydra operation uses them. */
const unused = [
  "DeviceUserAuthRequest",
  "HealthNotReadyStatus",
  "KeysetPaginationRequestParameters",
  "KeysetPaginationResponseHeaders",
  "TokenPagination",
  "TokenPaginationHeaders",
  "TokenPaginationRequestParameters",
  "TokenPaginationResponseHeaders",
  "VerifyUserCodeRequest",
  "Version",
];

it("src/schema.ts is up to date with openapi.yaml", () => {
  execFileSync(process.execPath, ["tools/generate.mjs", "--check"], { cwd: root });
});

it("openapi.yaml is valid OpenAPI 3.1", async () => {
  const config = await createConfig({
    extends: ["recommended-strict"],
    rules: {
      "component-name-unique": "error",
      "no-required-schema-properties-undefined": "error",
      "no-unused-components": "error",
      "operation-description": "error",
      "operation-singular-tag": "error",
      "operation-tag-defined": "error",
      "parameter-description": "error",
      "path-params-defined": "error",
      // `default` covers the errors of operations without specific ones.
      "operation-4xx-response": "off",
    },
  });
  const problems = await lint({ ref: specPath, config });
  expect(problems.map(({ ruleId, message }) => `${ruleId}: ${message}`).sort()).toEqual(
    unused.map((name) => `no-unused-components: Component: "${name}" is never used.`),
  );
});

it("every operation, parameter, header and field has a description", () => {
  const withoutDescription = [...operations, ...consoleOperations].flatMap(
    ({ id, summary, description, parameters, requestBody, responses }) => {
      const forms = Object.values(requestBody?.content ?? {}).map(({ schema }) => schema);
      const headers = Object.values(responses).flatMap((response) => Object.entries(response.headers ?? {}));
      return [
        ...(summary && description ? [] : [id]),
        ...parameters.filter((parameter) => !parameter.description).map(({ name }) => `${id} ${name}`),
        ...forms.filter((schema) => !schema.$ref).flatMap((schema) => undescribed(id, schema)),
        ...headers.filter(([, header]) => !resolve(header).description).map(([name]) => `${id} ${name}`),
      ];
    },
  );
  const { schemas, securitySchemes } = spec.components;
  expect(withoutDescription).toEqual([]);
  expect(Object.entries(schemas).flatMap(([name, schema]) => undescribed(name, schema))).toEqual([]);
  expect(Object.entries({ ...schemas, ...securitySchemes }).filter(([, part]) => !part.description)).toEqual([]);
});

function undescribed(name: string, schema: Schema): string[] {
  return Object.entries(flatten(schema).properties ?? {})
    .filter(([, property]) => !property.description)
    .map(([field]) => `${name}.${field}`);
}

it("each credential is accepted only by the operations that need it", () => {
  const operationsWith = (...security: string[][]) =>
    operations
      .filter((operation) => JSON.stringify(operation.security) === JSON.stringify(security))
      .map(({ id }) => id)
      .sort();
  const registration = ["deleteOidcDynamicClient", "getOidcDynamicClient", "setOidcDynamicClient"];
  const health = ["isAlive", "isReady"];
  const admin = operations.filter(({ listener, id }) => listener === "admin" && !health.includes(id));

  expect(operationsWith(["registrationAccessToken"])).toEqual(registration);
  expect(operationsWith(["accessToken"])).toEqual(["createVerifiableCredential", "getOidcUserInfo"]);
  expect(operationsWith(["clientSecretBasic"], [])).toEqual([
    "oAuth2DeviceFlow",
    "oauth2TokenExchange",
    "revokeOAuth2Token",
  ]);
  expect(operationsWith(["oryAccessToken"], [])).toEqual(admin.map(({ id }) => id).sort());
  expect(operationsWith()).toEqual([
    "createOidcDynamicClient",
    "discoverJsonWebKeys",
    "discoverOidcConfiguration",
    ...health,
    "oAuth2Authorize",
    "performOAuth2DeviceVerificationFlow",
    "revokeOidcSession",
  ]);
});

it("the operations of the console have another host and key, and are marked as not recorded", () => {
  expect(consoleOperations.map(({ id }) => id)).toEqual([
    "listProjects",
    "createProject",
    "getProject",
    "setProject",
    "patchProject",
    "purgeProject",
    "patchProjectWithRevision",
    "listProjectApiKeys",
    "createProjectApiKey",
    "deleteProjectApiKey",
    "listWorkspaces",
    "getWorkspace",
    "listWorkspaceProjects",
  ]);
  for (const { id, security, path, ...operation } of consoleOperations) {
    expect([id, security, (operation as any)["x-recorded"]]).toEqual([id, [["oryWorkspaceApiKey"]], false]);
    expect(spec.paths[path]!["servers"]).toMatchObject([{ url: "https://api.console.ory.com" }]);
  }
});

describe("the published description", () => {
  const surface = fixture("surface.json");

  /** Intended differences: the reason, followed by the differences. */
  const exceptions: [reason: string, ...differences: string[]][] = [
    [
      "nothing refers to it",
      "schema DefaultError",
      "schema NullBool",
      "schema NullInt",
      "schema NullString",
      "schema NullTime",
      "schema NullUUID",
      "schema Time",
      "schema UUID",
      "schema nullInt64",
      "schema unexpectedError",
    ],
    [
      "an alias, inlined where it is used",
      "schema JSONRawMessage",
      "schema jsonPatchDocument",
      "schema nullTime",
      "schema oAuth2ConsentSessions",
      "schema trustedOAuth2JwtGrantIssuers",
    ],
    [
      "inline there, a named schema here",
      "getVersion 200: GetVersion200Response, not object",
      "isReady 200: IsReady200Response, not object",
      "isReady 503: IsReady503Response, not object",
    ],
    ["@ory/client has the field, the description does not", "genericError.error: GenericErrorContent, not undefined"],
    [
      "the server sends null",
      "oAuth2Client.contacts: string[] | null, not string[]",
      "oAuth2Client.grant_types: string[] | null, not string[]",
      "oAuth2Client.redirect_uris: string[] | null, not string[]",
      "oAuth2Client.response_types: string[] | null, not string[]",
      "oAuth2Client.skip_logout_consent: boolean | null, not boolean",
      "oAuth2ConsentRequest.oidc_context: OAuth2ConsentRequestOpenIDConnectContext | null, not OAuth2ConsentRequestOpenIDConnectContext",
      "oAuth2LoginRequest.oidc_context: OAuth2ConsentRequestOpenIDConnectContext | null, not OAuth2ConsentRequestOpenIDConnectContext",
      "oAuth2LogoutRequest.client: StoredOAuth2Client | null, not OAuth2Client",
    ],
    [
      "the server stores any JSON value",
      "acceptOAuth2ConsentRequest.context: any, not object",
      "acceptOAuth2LoginRequest.context: any, not object",
      "oAuth2Client.metadata: any, not object",
      "oAuth2ConsentRequest.context: any, not object",
      "oAuth2ConsentSession.context: any, not object",
    ],
    [
      "a stored client has no null lists",
      "deleteRotatedOAuth2ClientSecrets 200: StoredOAuth2Client, not OAuth2Client",
      "getOAuth2Client 200: StoredOAuth2Client, not OAuth2Client",
      "getOidcDynamicClient 200: StoredOAuth2Client, not OAuth2Client",
      "listOAuth2Clients 200: StoredOAuth2Client[], not OAuth2Client[]",
      "oAuth2ConsentRequest.client: StoredOAuth2Client, not OAuth2Client",
      "oAuth2LoginRequest.client: StoredOAuth2Client, not OAuth2Client",
      "rotateOAuth2ClientSecret 200: StoredOAuth2Client, not OAuth2Client",
      "setOAuth2ClientLifespans 200: StoredOAuth2Client, not OAuth2Client",
    ],
    [
      "the server neither requires nor adds the field",
      "jsonWebKey requires no alg",
      "jsonWebKey requires no use",
      "createJsonWebKeySet requires no kid",
      "createJsonWebKeySet requires no use",
    ],
    [
      "a form with a required field is itself required",
      "introspectOAuth2Token body is required: true",
      "oauth2TokenExchange body is required: true",
      "revokeOAuth2Token body is required: true",
    ],
    [
      "the server returns 100 items per page by default and at most 500",
      "listOAuth2Clients page_size defaults to: 100, not 250",
      "listOAuth2Clients page_size is at most: 500, not 1000",
      "listOAuth2ConsentSessions page_size defaults to: 100, not 250",
      "listTrustedOAuth2JwtGrantIssuers page_size defaults to: 100, not 250",
      "listTrustedOAuth2JwtGrantIssuers page_size is at most: 500, not 1000",
    ],
    [
      "the server returns { error, error_description }, as for all other operations",
      "deleteOAuth2Client default: ErrorOAuth2, not GenericError",
      "setOAuth2ClientLifespans default: ErrorOAuth2, not GenericError",
      "listTrustedOAuth2JwtGrantIssuers default: ErrorOAuth2, not GenericError",
      "trustOAuth2JwtGrantIssuer default: ErrorOAuth2, not GenericError",
      "deleteTrustedOAuth2JwtGrantIssuer default: ErrorOAuth2, not GenericError",
      "getTrustedOAuth2JwtGrantIssuer default: ErrorOAuth2, not GenericError",
      "isAlive 500: ErrorOAuth2, not GenericError",
      "deleteOidcDynamicClient default: ErrorOAuth2, not GenericError",
    ],
  ];

  it("matches openapi.yaml except for the listed differences", () => {
    const differences = [...schemaDifferences(surface), ...operationDifferences(surface)];
    expect(differences.sort()).toEqual(exceptions.flatMap(([, ...expected]) => expected).sort());
  });

  it("has the same operations", () => {
    expect(operations.map(({ id }) => id).sort()).toEqual(surface.operations.map((o: any) => o.operationId).sort());
  });
});

function schemaDifferences(surface: any): string[] {
  return Object.entries<any>(surface.schemas).flatMap(([name, published]) => {
    const schema = spec.components.schemas[published.tsName ?? name];
    if (!schema) return [`schema ${name}`];
    const ours = flatten(schema);
    return [
      ...Object.entries<any>(published.fields ?? published.properties ?? {}).flatMap(([field, type]) => {
        const property = ours.properties?.[field];
        if (!property) return [`${name}.${field}`];
        const [expected, actual] = [publishedType(type, surface), typeOf(property)];
        return expected === actual ? [] : [`${name}.${field}: ${actual}, not ${expected}`];
      }),
      ...difference(`${name} requires`, ours.required ?? [], published.required ?? []),
    ];
  });
}

function operationDifferences(surface: any): string[] {
  return surface.operations.flatMap((published: any) => {
    const operation = operations.find(({ id }) => id === published.operationId);
    if (!operation) return [published.operationId];
    const differ = (what: string, ours: unknown, theirs: unknown) =>
      JSON.stringify(ours) === JSON.stringify(theirs) ? [] : [`${operation.id} ${what}: ${ours}, not ${theirs}`];
    const form = published.requestBody?.inlineFields;
    return [
      ...differ("route", `${operation.method} ${operation.path}`, `${published.method} ${published.path}`),
      ...differ("class", `${operation.tag}Api`, published.oryClient.apiClass ?? "MetadataApi"),
      ...(published.live.listener.includes(operation.listener) ? [] : [`${operation.id} listener`]),
      ...published.params.flatMap((theirs: any) => {
        const ours = operation.parameters.find(({ name }) => name === theirs.name);
        if (!ours) return [`${operation.id} ${theirs.name}`];
        return [
          ...differ(`${theirs.name} is in`, ours.in, theirs.in),
          ...differ(`${theirs.name} is required`, ours.required ?? false, theirs.required),
          ...differ(`${theirs.name} is`, ours.schema.type, theirs.type),
          ...differ(`${theirs.name} defaults to`, ours.schema.default, theirs.default),
          ...differ(`${theirs.name} is at most`, ours.schema.maximum, theirs.maximum),
        ];
      }),
      ...(published.requestBody ? bodyDifferences(operation, published.requestBody, surface) : []),
      ...Object.entries<any>(form ?? {}).flatMap(([field]) => {
        const schema = resolve(Object.values(operation.requestBody!.content)[0]!.schema);
        return schema.properties?.[field] ? [] : [`${operation.id} form field ${field}`];
      }),
      ...Object.entries<any>(published.responses).flatMap(([status, theirs]) => {
        const ours = operation.responses[status];
        if (!ours) return [`${operation.id} ${status}`];
        const type = theirs.body ? publishedType(theirs.body, surface) : undefined;
        const schema = ours.content?.[theirs.contentType]?.schema;
        const actual = schema && typeOf(schema);
        return type === actual ? [] : [`${operation.id} ${status}: ${actual}, not ${type}`];
      }),
    ];
  });
}

function bodyDifferences(operation: Operation, published: any, surface: any): string[] {
  const ours = operation.requestBody?.content[published.contentType]?.schema;
  if (!ours) return [`${operation.id} body`];
  const required = operation.requestBody?.required ?? false;
  return [
    ...(required === published.required ? [] : [`${operation.id} body is required: ${required}`]),
    ...(!published.schema || typeOf(ours) === publishedType({ ref: published.schema }, surface)
      ? []
      : [`${operation.id} body: ${typeOf(ours)}`]),
  ];
}

/** Returns a short name for the type of one of our schemas. */
function typeOf(schema: Schema): string {
  if (schema.oneOf) return schema.oneOf.map(typeOf).join(" | ");
  if (schema.$ref === "#/components/schemas/NullDuration") return "string | null";
  if (schema.$ref) return schema.$ref.split("/").at(-1)!;
  if (schema.items)
    return [`${typeOf(schema.items)}[]`, ...(schema.type?.includes("null") ? ["null"] : [])].join(" | ");
  return [schema.type ?? "any"].flat().join(" | ");
}

/** Returns the same for a type of the published description. */
function publishedType(type: any, surface: any): string {
  if (type.items) return `${publishedType(type.items, surface)}[]`;
  if (!type.ref) return type.type;
  const { tsName, tsInlinedAs, kind, items } = surface.schemas[type.ref];
  if (items) return `${publishedType(items, surface)}[]`;
  return tsName ?? tsInlinedAs ?? kind;
}

function difference(what: string, ours: string[], theirs: string[]): string[] {
  return [
    ...theirs.filter((name) => !ours.includes(name)).map((name) => `${what} no ${name}`),
    ...ours.filter((name) => !theirs.includes(name)).map((name) => `${what} ${name}`),
  ];
}

describe("a recorded server", () => {
  const recorded: Record<string, any[]> = fixture("recorded.json");

  /** Recorded exchanges that openapi.yaml does not describe, with the reason. */
  const exceptions: Record<string, string> = {
    "a route that is not there": "the route does not exist",
    "a method that is not there": "the route does not exist",
    "patch is not there": "the route does not exist",
    "token: GET": "the route does not exist",
    "admin route on the public port": "belongs to the other listener",
    "public route on the admin port": "belongs to the other listener",
    "public version": "belongs to the other listener",
    preflight: "handled by the browser",
    "preflight from a stranger": "handled by the browser",
    "userinfo by POST": "equivalent to GET, which is described",
    "get with the token in the query": "a token in a URL ends up in logs; use the header instead",
  };

  it("has 359 recorded exchanges", () => {
    expect(Object.values(recorded).flat().length).toBe(359);
  });

  it.each(Object.entries(recorded))("%s matches openapi.yaml", (_, exchanges) => {
    const problems = exchanges.flatMap(({ name, request, response }) => {
      const operation = findOperation(request.method, request.path);
      const problems = operation ? exchangeProblems(operation, request, response) : ["no operation"];
      if (name in exceptions) return problems.length > 0 ? [] : [`${name}: not an exception`];
      return problems.map((problem) => `${name}: ${problem}`);
    });
    expect(problems).toEqual([]);
  });
});

describe("a server's responses to random requests", () => {
  interface RandomResponse {
    operation: string;
    status: number;
    type?: string;
    /** The names of those headers that openapi.yaml describes. */
    headers?: string[];
    body?: unknown;
  }
  const responses: RandomResponse[] = fixture("responses.json");

  /** Intended differences: the reason, followed by the differences. */
  const exceptions: [reason: string, ...differences: string[]][] = [
    [
      "the key was stored without kid; required here, as in @ory/client, because a key is addressed by it",
      'getJsonWebKeySet 200: /keys/0 must have required property \'kid\' {"missingProperty":"kid"}',
      'setJsonWebKey 200: / must have required property \'kid\' {"missingProperty":"kid"}',
    ],
    [
      "the request contained no list of keys",
      'setJsonWebKeySet 200: /keys must be array {"type":"array"}',
      'setOAuth2Client 200: /jwks/keys must be array {"type":"array"}',
      'getOAuth2Client 200: /jwks/keys must be array {"type":"array"}',
    ],
    [
      "the request lacked scope, which is required",
      'trustOAuth2JwtGrantIssuer 201: /scope must be array {"type":"array"}',
    ],
  ];

  it("match openapi.yaml except for the listed differences", () => {
    const problems = responses.flatMap(({ operation: id, status, type = "", headers = [], body }) => {
      const operation = operations.find((operation) => operation.id === id)!;
      const recorded = {
        status,
        headers: { ...Object.fromEntries(headers.map((name) => [name, ""])), "content-type": type },
        body,
      };
      return [...headerProblems(operation, recorded), ...responseBodyProblems(operation, recorded)].map(
        (problem) => `${id} ${status}: ${problem}`,
      );
    });
    expect([...new Set(problems)].sort()).toEqual(exceptions.flatMap(([, ...expected]) => expected).sort());
  });

  it("cover every operation but health and version", () => {
    const covered = new Set(responses.map(({ operation }) => operation));
    const others = operations.filter(({ id }) => !covered.has(id)).map(({ id }) => id);
    expect(others).toEqual(["isAlive", "isReady", "getVersion"]);
  });
});

function exchangeProblems(operation: Operation, request: any, response: any): string[] {
  const headers = headerProblems(operation, response);
  if (response.status >= 400) return [...headers, ...responseBodyProblems(operation, response)];
  const sent = {
    path: request.path,
    contentType: request.headers["content-type"],
    body: withoutPlaceholders(typeof request.body === "string" ? JSON.parse(request.body) : request.body),
  };
  return [...headers, ...responseBodyProblems(operation, response), ...requestProblems(operation, sent)];
}

function headerProblems(operation: Operation, response: any): string[] {
  const declared = operation.responses[response.status]?.headers ?? {};
  return ["link", "location", "set-cookie", "www-authenticate"]
    .filter((name) => name in response.headers && !Object.keys(declared).some((key) => key.toLowerCase() === name))
    .map((name) => `header ${name} is not declared`);
}

function responseBodyProblems(operation: Operation, response: any): string[] {
  const { status, headers } = response;
  const body: unknown = response.body;
  if (isSummary(body)) {
    const { items } = operation.responses[status]!.content!["application/json"]!.schema;
    const fields = Object.keys(flatten(items!).properties!);
    return body.flatMap((names) => names.split(" ")).filter((name) => !fields.includes(name));
  }
  return responseProblems(operation, { status, contentType: headers["content-type"], body: withoutPlaceholders(body) });
}

/** Whether `body` is a recorded list, which contains only the field names of each item. */
function isSummary(body: unknown): body is string[] {
  return Array.isArray(body) && typeof body[0] === "string";
}

/** Replaces the placeholders in a recorded value by values of the right type. */
function withoutPlaceholders(value: unknown): unknown {
  if (value === "<time>") return "2026-01-01T00:00:00Z";
  if (value === "<number>") return 1;
  if (Array.isArray(value)) return value.map(withoutPlaceholders);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, withoutPlaceholders(entry)]));
}
