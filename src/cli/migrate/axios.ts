import type ts from "typescript";
import { isAxiosError } from "./errors.ts";
import {
  declared,
  declaredType,
  inside,
  isAxios,
  isCaught,
  isUntyped,
  type MigratedFile,
  outermost,
  propertiesOf,
} from "./file.ts";
import { originOfSpecifier } from "./names.ts";

const BY_FETCH = "requests are sent by fetch, which axios does not see: use the fetch of a mock (hydra-sdk/mock)";

/** `AxiosResponse<OAuth2Client>` is a `HydraResponse<OAuth2Client>`. */
export function migrateAxiosResponse(file: MigratedFile, node: ts.TypeReferenceNode): void {
  const { rewrite } = file;
  if (!isResponseOfOry(file, node)) return;
  rewrite.needed.add("HydraResponse");
  rewrite.gone.add(node.typeName);
  rewrite.replaceNode(node.typeName, "HydraResponse");
}

function isResponseOfOry(file: MigratedFile, node: ts.TypeNode | undefined): boolean {
  const { ts } = file;
  if (!node || !ts.isTypeReferenceNode(node) || node.typeName.getText(file.source) !== "AxiosResponse") return false;
  const [body] = node.typeArguments ?? [];
  const model = body && ts.isArrayTypeNode(body) ? body.elementType : body;
  if (!model) return false;
  return model.kind === ts.SyntaxKind.VoidKeyword || declaredType(file, model) !== undefined;
}

/** A response that a test made by hand: `{ data, status, …, config: {} } as AxiosResponse<OAuth2Client>`. */
export function migrateFakeResponse(file: MigratedFile, literal: ts.ObjectLiteralExpression): void {
  const { ts, rewrite } = file;
  const { parent } = literal;
  const type = ts.isAsExpression(parent) || ts.isVariableDeclaration(parent) ? parent.type : undefined;
  if (!isResponseOfOry(file, type)) return;
  const removed = propertiesOf(file, literal).filter(({ name }) => name === "config" || name === "request");
  rewrite.removeFrom(
    literal.properties,
    removed.map(({ node }) => node),
  );
}

/** `vi.mock("axios")`, `new MockAdapter(axios)`, `@Catch(AxiosError)`. */
export function migrateAxiosMock(file: MigratedFile, node: ts.CallExpression | ts.NewExpression): void {
  const { ts, rewrite } = file;
  const callee = node.expression;
  const [first] = node.arguments ?? [];
  const isMock = ts.isPropertyAccessExpression(callee) && /^(doM|m)ock$/.test(callee.name.text);
  if (isMock && first && ts.isStringLiteral(first) && first.text === "axios") rewrite.place(node, BY_FETCH);
  if (/\b(MockAdapter|AxiosMockAdapter)$/.test(callee.getText())) rewrite.place(node, BY_FETCH);
  for (const argument of node.arguments ?? []) {
    if (isAxiosError(file, argument))
      rewrite.place(argument, "no error of hydra-sdk is an instance of AxiosError: use isHydraError");
  }
}

/** Defaults and interceptors of axios itself, which the requests do not pass. */
export function migrateGlobal(file: MigratedFile, node: ts.PropertyAccessExpression): void {
  const { rewrite } = file;
  if (!isAxios(file, node.expression) || !/^(defaults|interceptors)$/.test(node.name.text) || !usesAxiosFamily(file))
    return;
  rewrite.place(
    node,
    `the requests of hydra-sdk do not pass axios: what ${node.name.text} do belongs into the Configuration`,
    ["timeout: 10_000,", 'baseOptions: { headers: { "x-name": "value" } },', "fetch: (url, init) => fetch(url, init),"],
  );
}

const usesAxiosFamily = ({ ts, source }: MigratedFile): boolean =>
  ts
    .preProcessFile(source.text, true, true)
    .importedFiles.some(({ fileName }) => originOfSpecifier(fileName)?.family === "axios");

/** What responses and errors of axios have, and ours have not: `config`, `request` and an object of headers with methods. */
export function migrateResponseRead(file: MigratedFile, node: ts.PropertyAccessExpression): void {
  const { ts, rewrite, source } = file;
  const { name, expression } = node;
  if (name.text === "config" || name.text === "request") {
    const owner = isResponse(file, expression) ? "a response" : isError(file, expression) ? "an error" : undefined;
    if (!owner) return;
    const instead =
      owner === "an error" ? "its message names method, path and status" : "log what you pass to the call";
    rewrite.place(node, `${owner} of hydra-sdk has no ${name.text}, which contains credentials: ${instead}`);
    return;
  }
  const call = node.parent;
  if (name.text !== "get" || !ts.isCallExpression(call) || call.expression !== node) return;
  const headers = inside(file, expression);
  const [wanted] = call.arguments;
  if (!wanted || !ts.isStringLiteral(wanted) || !isHeaders(headers)) return;
  let each: ts.Expression = expression;
  while (
    each !== headers &&
    (ts.isParenthesizedExpression(each) || ts.isAsExpression(each) || ts.isNonNullExpression(each))
  ) {
    if (ts.isAsExpression(each)) rewrite.forget(each.type);
    each = each.expression;
  }
  const dot = node.questionDotToken ? "?." : "";
  rewrite.replace(
    outermost(file, expression).getStart(source),
    call.getEnd(),
    `${headers.getText(source)}${dot}[${JSON.stringify(wanted.text.toLowerCase())}]`,
  );

  function isHeaders(of: ts.Expression): boolean {
    if (ts.isPropertyAccessExpression(of)) return of.name.text === "headers" && isResponse(file, of.expression);
    if (!ts.isIdentifier(of)) return false;
    const declaration = file.checker.getSymbolAtLocation(of)?.valueDeclaration;
    if (!declaration || !ts.isBindingElement(declaration)) return false;
    const key = declaration.propertyName ?? declaration.name;
    return key.getText() === "headers" && isResponse(file, declaration.parent);
  }
}

/** Whether `node` is a response to a call of an API, or that of an error. */
function isResponse(file: MigratedFile, node: ts.Node): boolean {
  const { ts, checker } = file;
  const type = checker.getNonNullableType(checker.getTypeAtLocation(node));
  if (type.symbol?.name !== "AxiosResponse" || !usesAxiosFamily(file)) return false;
  const [body] = checker.getTypeArguments(type as ts.TypeReference);
  if (!body || body.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.Void)) return body !== undefined;
  const [model = body] = checker.isArrayType(body) ? checker.getTypeArguments(body as ts.TypeReference) : [body];
  return declared(file, model.aliasSymbol) !== undefined || declared(file, model.symbol) !== undefined;
}

/** Whether `node` is an error that was caught, typed as axios's or not at all. */
function isError(file: MigratedFile, node: ts.Expression): boolean {
  if (!usesAxiosFamily(file)) return false;
  const { checker } = file;
  if (checker.getNonNullableType(checker.getTypeAtLocation(node)).symbol?.name === "AxiosError") return true;
  return isUntyped(file, node) && isCaught(file, node);
}

/** Mocks that stand in for a method of client-fetch resolve to the body. */
export function migrateMethodMock(file: MigratedFile, call: ts.CallExpression): void {
  const { ts, checker, rewrite } = file;
  const callee = call.expression;
  const [object, method] = call.arguments;
  if (!/\bspyOn$/.test(callee.getText()) || !object || !method || !ts.isStringLiteral(method)) return;
  const found = declared(file, checker.getTypeAtLocation(object).getProperty(method.text));
  if (found?.origin.family === "fetch")
    rewrite.place(call, `${method.text} resolves to { data } here: let the mock return it, too, or use hydra-sdk/mock`);
}
