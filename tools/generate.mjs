// Generates what openapi.yaml and the commands describe. `--check` only compares, and exits with status 1 if a file differs.
import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";
import { parse } from "yaml";
import { cliReference } from "./cli-reference.mjs";
import { operationsPage, versionsPage } from "./site-tables.mjs";

const spec = new URL("../openapi.yaml", import.meta.url);
const { factory } = ts;

/** What is generated: a file, and the function that returns its content. */
const targets = {
  "src/schema.ts": types,
  "src/client-schema.ts": clientSchema,
  "docs/cli.md": cliReference,
  "docs/operations.md": operationsPage,
  "docs/versions.md": versionsPage,
};

/** Returns the content of src/schema.ts: the types of all operations and models. */
async function types() {
  const ast = await openapiTS(spec, { defaultNonNullable: false, transform });
  const types = astToString(ast.flatMap(withModels))
    // Editors show nothing useful for these tags.
    .replaceAll("@description ", "")
    .replaceAll(/\n *\* @enum \{string\}/g, "");
  return `// Generated from openapi.yaml by \`npm run generate\`, do not edit.\n\n${types}`;
}

/**
 * Returns what `components` declares, with an interface of its own for each model. An error message or a hover then names the
 * model; of the type of a member it shows all fields.
 */
function withModels(declaration) {
  if (declaration.name?.text !== "components") return [declaration];
  const models = [];
  const schemas = declaration.members.find(({ name }) => name.text === "schemas");
  for (const schema of schemas.type.members) {
    const model = modelOf(schema);
    if (!model) continue;
    models.push(ts.setSyntheticLeadingComments(model, ts.getSyntheticLeadingComments(schema)));
    ts.setSyntheticLeadingComments(schema, undefined);
    schema.type = factory.createTypeReferenceNode(schema.name);
  }
  return [...models, declaration];
}

/** Returns a schema of fields as an interface; schemas that it refers to in `allOf` are those that it extends. */
function modelOf({ name, type }) {
  const parts = ts.isIntersectionTypeNode(type) ? type.types : [type];
  const references = parts.filter(ts.isIndexedAccessTypeNode);
  const fields = parts.filter(ts.isTypeLiteralNode);
  if (references.length + fields.length < parts.length) return undefined;
  const bases = references.map(({ indexType }) => {
    const base = factory.createIdentifier(indexType.literal.text);
    return factory.createExpressionWithTypeArguments(base, undefined);
  });
  return factory.createInterfaceDeclaration(
    [factory.createModifier(ts.SyntaxKind.ExportKeyword)],
    name,
    undefined,
    bases.length ? [factory.createHeritageClause(ts.SyntaxKind.ExtendsKeyword, bases)] : undefined,
    fields.flatMap(({ members }) => members),
  );
}

/** Returns types that OpenAPI cannot express, or that openapi-typescript would make stricter than `@ory/client` does. */
function transform(schema) {
  const known = schema["x-extensible-enum"] ?? schema.examples;
  if (known) return schema.type.includes("null") ? withNull(oneOfOrAnother(known)) : oneOfOrAnother(known);
  if (isFreeFormObject(schema)) return schema.type.includes("null") ? withNull(anyRecord()) : anyRecord();
  const saysNothing = !Object.keys(schema).some((key) => key !== "description");
  return saysNothing ? anyType() : undefined;
}

/** `"a" | "b" | (string & {})`: editors suggest the known values, and the compiler accepts any string. */
function oneOfOrAnother(known) {
  const literals = known.map((value) => factory.createLiteralTypeNode(factory.createStringLiteral(value)));
  const string = factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword);
  const other = factory.createIntersectionTypeNode([string, factory.createTypeLiteralNode([])]);
  return factory.createUnionTypeNode([...literals, factory.createParenthesizedType(other)]);
}

function isFreeFormObject(schema) {
  return schema.additionalProperties === true && !schema.properties;
}

function anyRecord() {
  const key = factory.createParameterDeclaration(
    undefined,
    undefined,
    "key",
    undefined,
    factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword),
  );
  return factory.createTypeLiteralNode([factory.createIndexSignature(undefined, [key], anyType())]);
}

function anyType() {
  return factory.createKeywordTypeNode(ts.SyntaxKind.AnyKeyword);
}

function withNull(type) {
  return factory.createUnionTypeNode([type, factory.createLiteralTypeNode(factory.createNull())]);
}

/** Returns the content of src/client-schema.ts: OAuth2Client as a JSON Schema, for what is made from it at run time. */
async function clientSchema() {
  const { schemas } = parse(await readFile(spec, "utf8"), { maxAliasCount: -1 }).components;
  const { properties, ...client } = resolved(schemas.OAuth2Client, schemas);
  const fields = Object.entries(properties).map(([name, { description, ...field }]) => [
    name,
    { ...withoutTexts(field), ...(description && { description }) },
  ]);
  const schema = JSON.stringify({ ...client, properties: Object.fromEntries(fields) }, null, 2);
  return `// Generated from openapi.yaml by \`npm run generate\`, do not edit.

/** The part of a JSON Schema (draft 2020-12) that describes a field. */
export interface FieldSchema {
  type?: string | string[];
  description?: string;
  format?: string;
  pattern?: string;
  /** Values that Hydra knows; others are allowed. */
  "x-extensible-enum"?: string[];
  items?: FieldSchema;
  properties?: Record<string, FieldSchema>;
  additionalProperties?: boolean | FieldSchema;
  required?: string[];
  [keyword: string]: unknown;
}

/** \`OAuth2Client\` as a JSON Schema (draft 2020-12). */
export const clientSchema: FieldSchema & { properties: Record<string, FieldSchema> } = ${schema};
`;
}

/** Returns a schema in one piece: what it refers to stands in place of the reference, with what stands beside it. */
function resolved(schema, schemas) {
  if (Array.isArray(schema)) return schema.map((each) => resolved(each, schemas));
  if (Object(schema) !== schema) return schema;
  const { $ref, allOf = [], ...own } = schema;
  const parts = [...allOf, ...($ref ? [schemas[$ref.split("/").at(-1)]] : [])].map((part) => resolved(part, schemas));
  const members = Object.fromEntries(Object.entries(own).map(([key, value]) => [key, resolved(value, schemas)]));
  const properties = Object.assign({}, ...[...parts, members].map((part) => part.properties));
  const hasProperties = Object.keys(properties).length > 0;
  return Object.assign({}, ...parts, members, hasProperties && { properties: sorted(properties) });
}

/** Leaves out the texts of what is inside a field: a form and a help show one description for each field. */
function withoutTexts(schema) {
  if (Array.isArray(schema)) return schema.map(withoutTexts);
  if (Object(schema) !== schema) return schema;
  const isText = ([key, value]) =>
    (key === "description" && typeof value === "string") || (key === "examples" && Array.isArray(value));
  const entries = Object.entries(schema).filter((entry) => !isText(entry));
  return Object.fromEntries(entries.map(([key, value]) => [key, withoutTexts(value)]));
}

const sorted = (object) => Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));

for (const [file, generate] of Object.entries(targets)) {
  const target = new URL(`../${file}`, import.meta.url);
  const generated = await generate();
  if (!process.argv.includes("--check")) await writeFile(target, generated);
  else if ((await readFile(target, "utf8")) !== generated) {
    console.error(`${file} is out of date. Run: npm run generate`);
    process.exitCode = 1;
  }
}
