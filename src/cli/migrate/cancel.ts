import type ts from "typescript";
import { isAxios, type MigratedFile, references } from "./file.ts";

/** `axios.CancelToken.source()` becomes an AbortController where only calls use it, and `axios.isCancel` isAbortError. */
export function migrateCancel(file: MigratedFile, node: ts.CallExpression): void {
  const { ts, rewrite } = file;
  const { expression: callee, parent } = node;
  if (isMember(file, callee, "isCancel")) {
    const [error] = node.arguments;
    if (!error || sendsByAxios(file)) {
      rewrite.place(node, "an aborted call throws AbortError: use isAbortError");
      return;
    }
    rewrite.needed.add("isAbortError");
    rewrite.forget(callee);
    rewrite.replaceNode(callee, "isAbortError");
  }
  const isSource = ts.isPropertyAccessExpression(callee) && callee.name.text === "source";
  if (!isSource || !isMember(file, callee.expression, "CancelToken")) return;
  if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name)) return;
  const uses = references(file, parent.name).map((each) => each.parent);
  if (!uses.every((use) => isToken(file, use) || isCancelling(file, use))) return;
  rewrite.forget(callee);
  rewrite.replaceNode(node, "new AbortController()");
  for (const use of uses) {
    if (!ts.isPropertyAccessExpression(use)) continue;
    if (isCancelling(file, use)) {
      rewrite.replaceNode(use.name, "abort");
      continue;
    }
    rewrite.handle(use.parent);
    rewrite.replaceNode((use.parent as ts.PropertyAssignment).name, "signal");
    rewrite.replaceNode(use.name, "signal");
  }
}

/** `axios.isCancel`, or `isCancel` of an import. */
function isMember(file: MigratedFile, node: ts.Expression, name: string): boolean {
  const { ts } = file;
  if (ts.isPropertyAccessExpression(node)) return node.name.text === name && isAxios(file, node.expression);
  if (!ts.isIdentifier(node) || node.text !== name) return false;
  const declaration = file.checker.getSymbolAtLocation(node)?.declarations?.[0];
  return declaration !== undefined && (ts.isImportSpecifier(declaration) || ts.isBindingElement(declaration));
}

/** `cancelToken: source.token`. */
const isToken = ({ ts }: MigratedFile, use: ts.Node): boolean =>
  ts.isPropertyAccessExpression(use) &&
  use.name.text === "token" &&
  ts.isPropertyAssignment(use.parent) &&
  use.parent.name.getText() === "cancelToken";

/** `source.cancel()`. */
const isCancelling = ({ ts }: MigratedFile, use: ts.Node): boolean =>
  ts.isPropertyAccessExpression(use) &&
  use.name.text === "cancel" &&
  ts.isCallExpression(use.parent) &&
  use.parent.expression === use;

/** Whether a file may send requests by axios itself: by an instance that stays, or without one. */
function sendsByAxios(file: MigratedFile): boolean {
  const { ts, rewrite, source } = file;
  if (/\baxios(\.(request|get|post|put|patch|delete|head)\b|\()|ock\(["']axios["']|MockAdapter/.test(source.text))
    return true;
  const isInstance = (node: ts.Node): boolean =>
    (isCreate(node) && !rewrite.gone.has(node)) || ts.forEachChild(node, isInstance) === true;
  return isInstance(source);

  function isCreate(node: ts.Node): boolean {
    const { parent } = node;
    if (!ts.isIdentifier(node) || node.text !== "create" || !ts.isPropertyAccessExpression(parent)) return false;
    return isAxios(file, parent.expression);
  }
}
