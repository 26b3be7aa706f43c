import type ts from "typescript";
import { isAxiosError } from "./errors.ts";
import { declared, declaredType, type MigratedFile, propertiesOf } from "./file.ts";

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
  const { ts, rewrite, source } = file;
  const { parent } = literal;
  const type = ts.isAsExpression(parent) || ts.isVariableDeclaration(parent) ? parent.type : undefined;
  if (!isResponseOfOry(file, type)) return;
  for (const { name, node } of propertiesOf(file, literal)) {
    if (name !== "config" && name !== "request") continue;
    const list = literal.properties;
    const index = list.indexOf(node);
    const [before, after] = [list[index - 1], list[index + 1]];
    if (before) rewrite.replace(before.getEnd(), node.getEnd(), "");
    else rewrite.replace(node.getStart(source), after?.getStart(source) ?? node.getEnd(), "");
  }
}

/** `vi.mock("axios")`, `new MockAdapter(axios)`, `@Catch(AxiosError)`. */
export function migrateAxiosMock(file: MigratedFile, node: ts.CallExpression | ts.NewExpression): void {
  const { ts, rewrite } = file;
  const callee = node.expression;
  const [first] = node.arguments ?? [];
  const isMock = ts.isPropertyAccessExpression(callee) && /^(doM|m)ock$/.test(callee.name.text);
  if (isMock && first && ts.isStringLiteral(first) && first.text === "axios") rewrite.place(node, BY_FETCH);
  if (/\b(MockAdapter|AxiosMockAdapter)$/.test(callee.getText())) rewrite.place(node, BY_FETCH);
  if (callee.getText() === "isCancel" || callee.getText() === "axios.isCancel")
    rewrite.place(node, "an aborted call throws AbortError: use isAbortError");
  for (const argument of node.arguments ?? []) {
    if (isAxiosError(file, argument))
      rewrite.place(argument, "no error of hydra-sdk is an instance of AxiosError: use isHydraError");
  }
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
