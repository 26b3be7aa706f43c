// Generates src/schema.ts, the types of openapi.yaml. `--check` only compares, and exits with status 1 if they differ.
import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";

const spec = new URL("../openapi.yaml", import.meta.url);
const target = new URL("../src/schema.ts", import.meta.url);
const { factory } = ts;

/** Returns the content of src/schema.ts for openapi.yaml. */
export async function generate() {
  const ast = await openapiTS(spec, { defaultNonNullable: false, transform });
  const types = astToString(ast)
    // Editors show nothing useful for these tags.
    .replaceAll("@description ", "")
    .replaceAll(/\n *\* @enum \{string\}/g, "");
  return `// Generated from openapi.yaml by \`npm run generate\`, do not edit.\n\n${types}`;
}

/** Returns types that OpenAPI cannot express, or that openapi-typescript would make stricter than `@ory/client` does. */
function transform(schema) {
  const known = schema["x-extensible-enum"];
  if (known) return oneOfOrAnother(known);
  if (isFreeFormObject(schema)) {
    return schema.type.includes("null") ? factory.createUnionTypeNode([anyRecord(), nullType()]) : anyRecord();
  }
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

function nullType() {
  return factory.createLiteralTypeNode(factory.createNull());
}

const generated = await generate();
if (process.argv.includes("--check")) {
  if ((await readFile(target, "utf8")) !== generated) {
    console.error("src/schema.ts is not what openapi.yaml says. Run: npm run generate");
    process.exitCode = 1;
  }
} else {
  await writeFile(target, generated);
}
