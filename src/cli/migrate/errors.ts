import type ts from "typescript";
import { declared, declaredType, isCaught, isUntyped, type MigratedFile } from "./file.ts";

/** What tells an error of ours from others, whichever build of this package threw it. */
const GUARDS: Readonly<Record<string, readonly string[]>> = {
  ResponseError: ["isResponseError"],
  RequiredError: ["isRequiredError"],
  // It was thrown for whatever kept a response from coming.
  FetchError: ["isNetworkError", "isTimeoutError", "isAbortError"],
};

/** `error instanceof ResponseError`, `error instanceof AxiosError`. */
export function migrateInstanceOf(file: MigratedFile, node: ts.BinaryExpression): void {
  const { ts, checker, rewrite, source } = file;
  if (node.operatorToken.kind !== ts.SyntaxKind.InstanceOfKeyword) return;
  const { left, right } = node;
  const symbol = checker.getSymbolAtLocation(ts.isPropertyAccessExpression(right) ? right.name : right);
  const subject = left.getText(source);
  const guards = GUARDS[declared(file, symbol)?.name ?? ""];
  if (guards) {
    for (const guard of guards) rewrite.needed.add(guard);
    const test = guards.map((guard) => `${guard}(${subject})`).join(" || ");
    rewrite.gone.add(right);
    const isNegated = ts.isParenthesizedExpression(node.parent) && ts.isPrefixUnaryExpression(node.parent.parent);
    if (isNegated && guards.length === 1) {
      rewrite.replaceNode(node.parent, test);
      return;
    }
    rewrite.replaceNode(node, guards.length > 1 && !ts.isIfStatement(node.parent) && !isNegated ? `(${test})` : test);
    return;
  }
  if (!isAxiosError(file, right)) return;
  // isAxiosError is true of the errors of both packages, and has the same type.
  if (ts.isPropertyAccessExpression(right)) {
    const axios = right.expression.getText(source);
    rewrite.replaceNode(node, `${axios}.isAxiosError(${subject})`);
    return;
  }
  rewrite.gone.add(right);
  const isNegated = ts.isParenthesizedExpression(node.parent) && ts.isPrefixUnaryExpression(node.parent.parent);
  rewrite.replaceNode(isNegated ? node.parent : node, `isAxiosError(${subject})`);
}

/** Whether `node` is the class AxiosError of axios. */
export function isAxiosError({ ts, checker }: MigratedFile, node: ts.Node): boolean {
  const name = ts.isPropertyAccessExpression(node) ? node.name : node;
  if (!ts.isIdentifier(name) || name.text !== "AxiosError") return false;
  const symbol = checker.getSymbolAtLocation(name);
  const target = symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return target?.declarations?.[0]?.getSourceFile().fileName.includes("/node_modules/axios/") ?? false;
}

/** `error.response.json()`: the body has been read, and is `error.response.data`. */
export function migrateErrorResponse(file: MigratedFile, node: ts.PropertyAccessExpression): void {
  const { ts, rewrite, source } = file;
  if (node.name.text !== "response" || !isResponseError(file, node.expression)) return;
  const reader = node.parent;
  if (!ts.isPropertyAccessExpression(reader)) return;
  const call = reader.parent;
  if (reader.name.text === "headers") {
    readsHeader(file, reader);
    return;
  }
  if (!ts.isCallExpression(call) || !["json", "text", "clone"].includes(reader.name.text)) return;
  if (reader.name.text === "json") {
    const isAwaited = ts.isAwaitExpression(call.parent);
    if (isAwaited) rewrite.replace(call.parent.getStart(source), node.getStart(source), "");
    else rewrite.wrap(call, "Promise.resolve(", ")");
    rewrite.replace(reader.name.getStart(source), call.getEnd(), "data");
    return;
  }
  rewrite.place(
    node,
    `the body of the response has been read, and parsed: use error.response.data in place of ${reader.name.text}()`,
  );
}

/** `error.response.headers.get("Retry-After")`: headers are a plain object with names in lower case. */
function readsHeader({ ts, rewrite, source }: MigratedFile, headers: ts.PropertyAccessExpression): void {
  const get = headers.parent;
  const call = get.parent;
  if (!ts.isPropertyAccessExpression(get) || !ts.isCallExpression(call)) return;
  const [name] = call.arguments;
  if (get.name.text === "get" && name && ts.isStringLiteral(name)) {
    rewrite.replace(headers.getEnd(), call.getEnd(), `[${JSON.stringify(name.text.toLowerCase())}]`);
    return;
  }
  const why = "the headers of an error are a plain object with names in lower case";
  rewrite.place(
    headers,
    `${why}; error.response.headers.${get.name.text} does not exist (${source.fileName.split("/").at(-1)})`,
  );
}

/** By its type; or, where the compiler knows none, because it was caught. */
function isResponseError(file: MigratedFile, node: ts.Expression): boolean {
  const type = declaredType(file, node);
  if (type) return type.name === "ResponseError" && type.origin.family === "fetch";
  return isUntyped(file, node) && isCaught(file, node) && importsFetchFamily(file);
}

const importsFetchFamily = ({ source }: MigratedFile): boolean => /["']@ory\/(hydra-)?client-fetch/.test(source.text);
