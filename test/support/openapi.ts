import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseYaml } from "@redocly/openapi-core";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

/** A JSON Schema as openapi.yaml writes it. */
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

export interface Answer {
  $ref?: string;
  description?: string;
  headers?: Record<string, { $ref?: string; description?: string }>;
  content?: Record<string, { schema: Schema }>;
}

/** An operation of openapi.yaml, its references to parameters and responses resolved. */
export interface Operation {
  id: string;
  method: string;
  path: string;
  /** The name of the class without `Api`. */
  tag: string;
  listener: "public" | "admin";
  summary?: string;
  description?: string;
  /** Each alternative as the names of its schemes; `[]` is no credential. */
  security: string[][];
  parameters: Parameter[];
  requestBody?: { required?: boolean; content: Record<string, { schema: Schema }> };
  responses: Record<string, Answer>;
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
    responses: Record<string, Answer>;
    headers: Record<string, { description?: string }>;
    securitySchemes: Record<string, { description?: string }>;
  };
}

export const specPath: string = fileURLToPath(new URL("../../openapi.yaml", import.meta.url));

export const spec = parseYaml(readFileSync(specPath, "utf8")) as Spec;

export const operations: Operation[] = Object.entries(spec.paths).flatMap(([path, item]) =>
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
        responses: mapValues(item[method].responses as Record<string, Answer>, resolve),
      };
    }),
);

/** The operation that serves a request, as long as openapi.yaml has one. */
export function findOperation(method: string, path: string): Operation | undefined {
  const segments = path.split("?")[0]!.split("/");
  return operations.find((operation) => {
    const template = operation.path.split("/");
    return (
      operation.method === method &&
      template.length === segments.length &&
      template.every((part, i) => part === segments[i] || (part.startsWith("{") && segments[i] !== ""))
    );
  });
}

/** What `reference` stands for; what stands beside `$ref` wins. */
export function resolve<T extends { $ref?: string }>(reference: T): T {
  if (!reference.$ref) return reference;
  const [, , kind, name] = reference.$ref.split("/") as [string, string, keyof Spec["components"], string];
  const { $ref, ...beside } = reference;
  return { ...resolve(spec.components[kind][name] as T), ...beside } as T;
}

/** The schema with what `allOf` adds taken in. */
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

/** What is wrong with a request that the server accepted, as openapi.yaml sees it. */
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
  if (!schema) return [...problems, "a body is not declared"];
  // Forms are closed: a field that the server reads must be declared. JSON may hold more, which the server ignores.
  const isForm = mediaType(request.contentType) === "application/x-www-form-urlencoded";
  return [...problems, ...schemaProblems(schema, request.body, { closed: isForm })];
}

/**
 * What is wrong with an answer, as openapi.yaml sees it: an undeclared status or content type, a value of another
 * type, a field that is not declared.
 */
export function answerProblems(
  operation: Operation,
  answer: { status: number; contentType?: string; body?: unknown },
): string[] {
  const declared = operation.responses[answer.status];
  // Success is declared by its number, an error may be covered by `default`.
  const response = declared ?? (answer.status >= 400 ? operation.responses["default"] : undefined);
  if (!response) return [`status ${answer.status} is not declared`];
  const isEmpty = answer.body === undefined || answer.body === null || answer.body === "";
  if (isEmpty) return [];
  const type = mediaType(answer.contentType);
  const schema = response.content?.[type]?.schema;
  return schema ? schemaProblems(schema, answer.body, { closed: true }) : [`content type ${type} is not declared`];
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

/** The schema with every object that says nothing of further fields refusing them. */
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
