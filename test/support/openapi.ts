import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseYaml } from "@redocly/openapi-core";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

/** A JSON Schema, with the keywords that openapi.yaml uses. */
export interface Schema {
  $ref?: string;
  allOf?: Schema[];
  oneOf?: Schema[];
  type?: string | string[];
  description?: string;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  enum?: string[];
  required?: string[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  items?: Schema;
}

export interface Parameter {
  $ref?: string;
  name: string;
  in: "path" | "query";
  description?: string;
  required?: boolean;
  schema: Schema;
}

export interface ResponseObject {
  $ref?: string;
  description?: string;
  headers?: Record<string, { $ref?: string; description?: string }>;
  content?: Record<string, { schema: Schema }>;
}

/** An operation of openapi.yaml, with resolved references to parameters and responses. */
export interface Operation {
  id: string;
  method: string;
  path: string;
  /** The name of the API class without `Api`. */
  tag: string;
  listener: "public" | "admin" | "console";
  summary?: string;
  description?: string;
  /** The alternatives, each with the names of its schemes; `[]` means no credential. */
  security: string[][];
  parameters: Parameter[];
  requestBody?: { required?: boolean; content: Record<string, { schema: Schema }> };
  responses: Record<string, ResponseObject>;
}

interface PathItem {
  parameters?: Parameter[];
  [method: string]: any;
}

interface Spec {
  security: Record<string, string[]>[];
  paths: Record<string, PathItem>;
  components: {
    schemas: Record<string, Schema>;
    parameters: Record<string, Parameter>;
    responses: Record<string, ResponseObject>;
    headers: Record<string, { description?: string }>;
    securitySchemes: Record<string, { description?: string }>;
  };
}

export const specPath: string = fileURLToPath(new URL("../../openapi.yaml", import.meta.url));

export const spec = parseYaml(readFileSync(specPath, "utf8")) as Spec;

const described: Operation[] = Object.entries(spec.paths).flatMap(([path, item]) =>
  ["get", "put", "post", "patch", "delete"]
    .filter((method) => item[method])
    .map((method) => {
      const { operationId, tags, requestBody, ...rest } = item[method];
      return {
        ...rest,
        id: operationId,
        method: method.toUpperCase(),
        path,
        tag: tags[0],
        listener: item[method]["x-hydra-listener"],
        security: (item[method].security ?? spec.security).map(Object.keys),
        parameters: [...(item.parameters ?? []), ...(item[method].parameters ?? [])].map(resolve),
        ...(requestBody && { requestBody }),
        responses: mapValues(item[method].responses as Record<string, ResponseObject>, resolve),
      };
    }),
);

/** The operations of Hydra. */
export const operations: Operation[] = described.filter(({ listener }) => listener !== "console");

/** The operations of Ory Network's console. */
export const consoleOperations: Operation[] = described.filter(({ listener }) => listener === "console");

/** Returns the operation of a request, or `undefined` if openapi.yaml has none. */
export function findOperation(method: string, path: string, among: Operation[] = operations): Operation | undefined {
  const segments = path.split("?")[0]!.split("/");
  return among.find((operation) => {
    const template = operation.path.split("/");
    return (
      operation.method === method &&
      template.length === segments.length &&
      template.every((part, i) => part === segments[i] || (part.startsWith("{") && segments[i] !== ""))
    );
  });
}

/** Resolves `$ref`. Siblings of `$ref` take precedence. */
export function resolve<T extends { $ref?: string }>(reference: T): T {
  if (!reference.$ref) return reference;
  const [, , kind, name] = reference.$ref.split("/") as [string, string, keyof Spec["components"], string];
  const { $ref, ...siblings } = reference;
  return { ...resolve(spec.components[kind][name] as T), ...siblings } as T;
}

/** Merges the schemas of `allOf` into one. */
export function flatten(schema: Schema): Schema {
  const { allOf, ...own } = resolve(schema);
  if (!allOf) return own;
  const parts = allOf.map(flatten);
  return {
    ...own,
    type: "object",
    required: parts.flatMap((part) => part.required ?? []),
    properties: Object.assign({}, ...parts.map((part) => part.properties)),
  };
}

/** Returns how a request that the server accepted differs from openapi.yaml. */
export function requestProblems(
  operation: Operation,
  request: { path: string; contentType?: string; body?: unknown },
): string[] {
  const query = new URLSearchParams(request.path.split("?")[1]);
  const declared = operation.parameters.filter((parameter) => parameter.in === "query");
  const problems = [...query.keys()]
    .filter((name) => !declared.some((parameter) => parameter.name === name))
    .map((name) => `query parameter ${name} is not declared`);
  for (const { name, required } of declared) {
    if (required && !query.has(name)) problems.push(`query parameter ${name} is missing`);
  }
  if (request.body === undefined || request.body === null) return problems;
  const content = operation.requestBody?.content;
  const schema = (content?.[mediaType(request.contentType)] ?? Object.values(content ?? {})[0])?.schema;
  if (!schema) return [...problems, "the body is not declared"];
  // Every form field must be declared. JSON may contain additional fields, which the server ignores.
  const isForm = mediaType(request.contentType) === "application/x-www-form-urlencoded";
  return [...problems, ...schemaProblems(schema, request.body, { closed: isForm })];
}

/**
 * Returns how a response differs from openapi.yaml: an undeclared status or content type, a value of another type, or an
 * undeclared field.
 */
export function responseProblems(
  operation: Operation,
  response: { status: number; contentType?: string; body?: unknown },
): string[] {
  const exact = operation.responses[response.status];
  // A success must be declared by its status, an error may be covered by `default`.
  const declared = exact ?? (response.status >= 400 ? operation.responses["default"] : undefined);
  if (!declared) return [`status ${response.status} is not declared`];
  const isEmpty = response.body === undefined || response.body === null || response.body === "";
  if (isEmpty) return [];
  const type = mediaType(response.contentType);
  const schema = declared.content?.[type]?.schema;
  return schema ? schemaProblems(schema, response.body, { closed: true }) : [`content type ${type} is not declared`];
}

const ajv = {
  open: createAjv("open", (schema) => schema),
  closed: createAjv("closed", close),
};

function createAjv(name: string, prepare: (schema: Schema) => Schema) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: name, components: { schemas: mapValues(spec.components.schemas, prepare) } });
  const compiled = new Map<Schema, ReturnType<typeof ajv.compile>>();
  return (schema: Schema) => {
    const inPlace = JSON.stringify(prepare(schema)).replaceAll('"#/', `"${name}#/`);
    return compiled.get(schema) ?? compiled.set(schema, ajv.compile(JSON.parse(inPlace))).get(schema)!;
  };
}

function schemaProblems(schema: Schema, value: unknown, { closed }: { closed: boolean }): string[] {
  const validate = (closed ? ajv.closed : ajv.open)(schema);
  if (validate(value)) return [];
  return validate.errors!.map(({ instancePath, message, params }) => {
    return `${instancePath || "/"} ${message} ${JSON.stringify(params)}`;
  });
}

/** Disallows additional fields in every object that does not declare whether it has them. */
function close(schema: Schema): Schema {
  const flat: Schema = schema.allOf ? flatten(schema) : { ...schema };
  if (flat.items) flat.items = close(flat.items);
  if (flat.oneOf) flat.oneOf = flat.oneOf.map(close);
  if (flat.properties) {
    flat.properties = mapValues(flat.properties, close);
    flat.additionalProperties ??= false;
  }
  return flat;
}

function mediaType(contentType: string | undefined): string {
  return (contentType ?? "").split(";")[0]!.trim();
}

function mapValues<A, B>(record: Record<string, A>, map: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
