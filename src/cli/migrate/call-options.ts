import type ts from "typescript";
import type { MigratedFile } from "./file.ts";
import { inside, propertiesOf, references } from "./file.ts";
import { CALL_OPTIONS, isRedundant, placeOption } from "./request-options.ts";

const CONFIG_TYPES = /^(Raw)?AxiosRequestConfig$/;

/** The last argument of a call, which was an AxiosRequestConfig or a RequestInit. */
export function migrateOptions(file: MigratedFile, call: ts.CallExpression, method: string): void {
  const { ts, checker, rewrite } = file;
  const parameters = checker.getResolvedSignature(call)?.parameters ?? [];
  const index = parameters.findIndex((parameter) => /^(options|initOverrides)$/.test(parameter.name));
  const options = call.arguments[index];
  if (!options || options.getText() === "undefined") return;
  const kept = migrateValue(file, options, method);
  const before = call.arguments[index - 1];
  if (kept > 0 || index !== call.arguments.length - 1 || !ts.isObjectLiteralExpression(options)) return;
  if (options.properties.length > 0) rewrite.replace(before?.getEnd() ?? options.getStart(), options.getEnd(), "");
}

/** Changes the options that `value` is. Returns how many a literal keeps; what is not a literal keeps all. */
function migrateValue(file: MigratedFile, value: ts.Expression, method: string): number {
  const { ts } = file;
  const inner = inside(file, value);
  if (ts.isObjectLiteralExpression(inner)) return migrateLiteral(file, inner, method);
  const declaration = declarationOf(file, inner);
  const isTyped = migrateAnnotation(file, declaration?.type);
  const literal = declaration && ts.isVariableDeclaration(declaration) ? literalOf(file, declaration) : undefined;
  if (literal && isOnlyForCalls(file, declaration as ts.VariableDeclaration)) migrateLiteral(file, literal, method);
  else if (!isTyped && !hasOnlyCallOptions(file, inner)) {
    const why = `the last argument of ${method} is { ${CALL_OPTIONS.join(", ")} }: does this have other fields?`;
    file.rewrite.place(value, why);
  }
  return 1;
}

function migrateLiteral(file: MigratedFile, literal: ts.ObjectLiteralExpression, method: string): number {
  const { ts, rewrite } = file;
  const given = propertiesOf(file, literal);
  const redundant = given.filter(({ name, node }) => isRedundant(file, name, node)).map(({ node }) => node);
  rewrite.removeFrom(literal.properties, redundant);
  for (const property of literal.properties) {
    if (ts.isSpreadAssignment(property)) migrateValue(file, property.expression, method);
  }
  for (const { name, node } of given) {
    if (CALL_OPTIONS.includes(name) || redundant.includes(node) || rewrite.isHandled(node)) continue;
    placeOption(file, name, node, "a call");
  }
  return literal.properties.length - redundant.length;
}

type Annotated = ts.VariableDeclaration | ts.ParameterDeclaration | ts.PropertyDeclaration;

/** Where the name `value` is declared in this file. */
function declarationOf({ ts, checker, source }: MigratedFile, value: ts.Expression): Annotated | undefined {
  const declaration = checker.getSymbolAtLocation(value)?.valueDeclaration;
  if (!declaration || declaration.getSourceFile() !== source) return undefined;
  const isAnnotated =
    ts.isVariableDeclaration(declaration) || ts.isParameter(declaration) || ts.isPropertyDeclaration(declaration);
  return isAnnotated ? declaration : undefined;
}

/** `options?: RawAxiosRequestConfig` becomes `options?: CallOptions`. */
function migrateAnnotation({ ts, rewrite, source }: MigratedFile, type: ts.TypeNode | undefined): boolean {
  if (!type || !ts.isTypeReferenceNode(type) || !CONFIG_TYPES.test(type.typeName.getText(source))) return false;
  rewrite.needed.add("CallOptions");
  rewrite.forget(type);
  rewrite.replaceNode(type, "CallOptions");
  return true;
}

function literalOf(
  file: MigratedFile,
  { initializer }: ts.VariableDeclaration,
): ts.ObjectLiteralExpression | undefined {
  const inner = initializer && inside(file, initializer);
  return inner && file.ts.isObjectLiteralExpression(inner) ? inner : undefined;
}

/** Whether a variable is read only where an API of this package or another object takes it. */
function isOnlyForCalls(file: MigratedFile, { name }: ts.VariableDeclaration): boolean {
  const { ts } = file;
  if (!ts.isIdentifier(name)) return false;
  return references(file, name).every(({ parent }) => {
    if (ts.isSpreadAssignment(parent)) return true;
    return ts.isCallExpression(parent) && !/^axios\b/.test(parent.expression.getText(file.source));
  });
}

function hasOnlyCallOptions({ ts, checker }: MigratedFile, value: ts.Expression): boolean {
  const type = checker.getNonNullableType(checker.getTypeAtLocation(value));
  if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return false;
  return type.getProperties().every(({ name }) => CALL_OPTIONS.includes(name));
}
