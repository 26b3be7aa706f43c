import type ts from "typescript";
import { migrateOptions } from "./call-options.ts";
import { declared, declaredType, type MigratedFile, outermost } from "./file.ts";
import { hasMethod } from "./names.ts";

const UNWRAP = ".then(({ data }) => data)";

/** Calls of the methods of an API class, and mentions of them. */
export function migrateCall(file: MigratedFile, node: ts.PropertyAccessExpression): void {
  const { ts, checker, rewrite } = file;
  const method = declared(file, checker.getSymbolAtLocation(node.name));
  if (!method?.owner) return;
  const { family } = method.origin;
  const isRaw = family === "fetch" && method.name.endsWith("Raw");
  const name = isRaw ? method.name.slice(0, -"Raw".length) : method.name;
  if (!hasMethod(method.owner, name)) {
    if (/^(with(Pre|Post)?Middleware|request)$/.test(method.name) && /^BaseAPI$/.test(method.owner))
      rewrite.place(
        node,
        `there is no ${method.name}(): set \`fetch\` in the Configuration to a function that does it`,
      );
    return;
  }
  if (isRaw) rewrite.replaceNode(node.name, name);
  const call = node.parent;
  if (!ts.isCallExpression(call) || call.expression !== node) {
    if (family === "fetch" && !isRaw)
      rewrite.place(node, `${name} resolves to { data } here, and not to the body: adapt what calls it`);
    return;
  }
  migrateOptions(file, call, method.name);
  if (family === "fetch" && !isRaw) unwrap(file, call);
}

/** A method of client-fetch resolved to the body, and resolves to `{ data }` here. */
function unwrap(file: MigratedFile, call: ts.CallExpression): void {
  const { ts, rewrite } = file;
  const { parent } = call;
  if (ts.isAwaitExpression(parent)) {
    unwrapAwaited(file, parent);
    return;
  }
  if (isDiscarded(file, call)) return;
  if (ts.isPropertyAccessExpression(parent) && ts.isCallExpression(parent.parent)) {
    if (parent.name.text === "then") {
      unwrapParameter(file, call, parent.parent.arguments[0]);
      return;
    }
    if (isDiscarded(file, parent.parent)) return;
  }
  rewrite.insertAfter(call, UNWRAP);
}

function unwrapAwaited(file: MigratedFile, awaited: ts.AwaitExpression): void {
  const { ts, rewrite } = file;
  const { parent } = awaited;
  if (ts.isExpressionStatement(parent)) return;
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) && !parent.type) {
    const name = parent.name.text;
    rewrite.replaceNode(parent.name, name === "data" ? "{ data }" : `{ data: ${name} }`);
    return;
  }
  if (ts.isParenthesizedExpression(parent)) {
    rewrite.insertAfter(parent, ".data");
    return;
  }
  rewrite.wrap(awaited, "(", ").data");
}

/** `.then((client) => …)` becomes `.then(({ data: client }) => …)`. */
function unwrapParameter(file: MigratedFile, call: ts.CallExpression, callback: ts.Expression | undefined): void {
  const { ts, rewrite } = file;
  if (callback && (ts.isArrowFunction(callback) || ts.isFunctionExpression(callback))) {
    const [parameter] = callback.parameters;
    if (!parameter) return;
    if (ts.isIdentifier(parameter.name) && !parameter.type) {
      const name = parameter.name.text;
      const pattern = name === "data" ? "{ data }" : `{ data: ${name} }`;
      const hasParentheses = /^(async\s*)?\(|^(async\s+)?function/.test(callback.getText(file.source));
      rewrite.replaceNode(parameter.name, hasParentheses ? pattern : `(${pattern})`);
      return;
    }
  }
  rewrite.insertAfter(call, UNWRAP);
}

/** Whether nothing reads the value of a promise. */
function isDiscarded(file: MigratedFile, promise: ts.Expression): boolean {
  const { ts, checker } = file;
  const { parent } = promise;
  if (ts.isExpressionStatement(parent) || ts.isVoidExpression(parent)) return true;
  if (ts.isAwaitExpression(parent) && ts.isExpressionStatement(parent.parent)) return true;
  // A promise of nothing may go wherever no type forbids one of something.
  const type = checker.getTypeAtLocation(promise);
  const isEmpty = ["Promise<void>", "Promise<undefined>"].includes(checker.typeToString(type));
  if (!isEmpty) return false;
  return !ts.isReturnStatement(parent) && !(ts.isArrowFunction(parent) && parent.type !== undefined);
}

/** What a `…Raw` method of client-fetch resolved to: `{ raw, value() }`. */
export function migrateRawResponse(file: MigratedFile, node: ts.PropertyAccessExpression): void {
  const { ts, rewrite } = file;
  const type = declaredType(file, node.expression);
  if (type?.origin.family !== "fetch" || !/ApiResponse$/.test(type.name)) return;
  if (node.name.text === "value" && ts.isCallExpression(node.parent)) {
    readsValue(file, node, node.parent);
    return;
  }
  if (node.name.text !== "raw") return;
  const reader = outermost(file, node).parent;
  if (
    ts.isPropertyAccessExpression(reader) &&
    ["json", "text", "blob", "arrayBuffer", "clone", "body"].includes(reader.name.text)
  ) {
    const call = reader.parent;
    if (reader.name.text === "json" && ts.isCallExpression(call) && ts.isAwaitExpression(call.parent)) {
      rewrite.replace(call.parent.getStart(file.source), node.getStart(file.source), "");
      rewrite.replace(node.name.getStart(file.source), call.getEnd(), "data");
      return;
    }
    rewrite.place(reader, `the body of the response has been read: use data in place of ${reader.name.text}()`);
  }
  rewrite.replaceNode(node.name, "response");
}

function readsValue(file: MigratedFile, node: ts.PropertyAccessExpression, call: ts.CallExpression): void {
  const { ts, rewrite, source } = file;
  const { parent } = call;
  const start = node.getStart(source);
  const name = node.name.getStart(source);
  if (ts.isAwaitExpression(parent)) {
    // `(await page.value()).length` needs no parentheses any more.
    const whole = ts.isParenthesizedExpression(parent.parent) ? parent.parent : parent;
    rewrite.replace(whole.getStart(source), start, "");
    rewrite.replace(name, whole.getEnd(), "data");
  } else if (ts.isArrowFunction(parent)) {
    rewrite.replace(name, call.getEnd(), "data");
  } else {
    rewrite.replace(start, start, "Promise.resolve(");
    rewrite.replace(name, call.getEnd(), "data)");
  }
}

/** `const { raw } = await api.getOAuth2ClientRaw(…)`. */
export function migrateRawPattern(file: MigratedFile, pattern: ts.ObjectBindingPattern): void {
  const { ts, rewrite } = file;
  const type = declaredType(file, pattern);
  if (type?.origin.family !== "fetch" || !/ApiResponse$/.test(type.name)) return;
  for (const element of pattern.elements) {
    const key = element.propertyName ?? element.name;
    if (!ts.isIdentifier(key)) continue;
    if (key.text === "value") rewrite.place(element, "there is no value(): use data, which needs no call");
    else if (key.text === "raw") rewrite.replaceNode(key, element.propertyName ? "response" : `response: ${key.text}`);
  }
}
