import type ts from "typescript";
import { declared, expectedType, type MigratedFile } from "./file.ts";

/** Times are a `Date` in client-fetch, and text here. Reading one makes a `Date` again. */
export function migrateDateRead(file: MigratedFile, node: ts.PropertyAccessExpression): void {
  const { ts, checker, rewrite } = file;
  if (!isDateField(file, checker.getSymbolAtLocation(node.name))) return;
  const { parent } = node;
  if (
    ts.isBinaryExpression(parent) &&
    parent.left === node &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  ) {
    rewrite.insertAfter(parent.right, toText(file, parent.right));
    return;
  }
  // `client.created_at!` is there, and so is what the compiler knows to be a Date.
  if (ts.isNonNullExpression(parent)) {
    rewrite.wrap(parent, "new Date(", ")");
    return;
  }
  const isSure = checker.typeToString(checker.getTypeAtLocation(node)) === "Date";
  if (isSure) {
    rewrite.wrap(node, "new Date(", ")");
    return;
  }
  if (isTest(file, node)) return;
  if (isSimple(file, node.expression)) {
    const text = node.getText(file.source);
    rewrite.wrap(node, `(${text} ? new Date(`, ") : undefined)");
    return;
  }
  rewrite.place(node, `${node.name.text} is text here, and was a Date`);
}

/** Whether the value only says whether there is a date. */
function isTest({ ts }: MigratedFile, node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isIfStatement(parent) || ts.isPrefixUnaryExpression(parent)) return true;
  if (ts.isBinaryExpression(parent))
    return parent.left === node && parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken;
  return ts.isConditionalExpression(parent) && parent.condition === node;
}

/** Whether it may be read twice. */
function isSimple(file: MigratedFile, node: ts.Expression): boolean {
  const { ts } = file;
  if (ts.isPropertyAccessExpression(node)) return isSimple(file, node.expression);
  return ts.isIdentifier(node) || node.kind === ts.SyntaxKind.ThisKeyword;
}

/** `{ expires_at: new Date(…) }` in a request. */
export function migrateDateWrite(file: MigratedFile, literal: ts.ObjectLiteralExpression): void {
  const { ts, rewrite } = file;
  const type = expectedType(file, literal);
  if (!type) return;
  for (const node of literal.properties) {
    if (!node.name || !ts.isIdentifier(node.name) || !isDateField(file, type.getProperty(node.name.text))) continue;
    const name = node.name.text;
    if (ts.isShorthandPropertyAssignment(node)) rewrite.replaceNode(node, `${name}: ${name}${toText(file, node.name)}`);
    else if (ts.isPropertyAssignment(node)) writeText(file, node.initializer);
  }
}

function writeText(file: MigratedFile, value: ts.Expression): void {
  const { ts, rewrite } = file;
  const isPrimary =
    ts.isIdentifier(value) ||
    ts.isNewExpression(value) ||
    ts.isCallExpression(value) ||
    ts.isPropertyAccessExpression(value);
  if (isPrimary) rewrite.insertAfter(value, toText(file, value));
  else rewrite.wrap(value, "(", `)${toText(file, value)}`);
}

function toText({ checker }: MigratedFile, value: ts.Expression): string {
  const isSure = checker.typeToString(checker.getTypeAtLocation(value)) === "Date";
  return isSure ? ".toISOString()" : "?.toISOString()";
}

/** `const { created_at } = client`. */
export function migrateDatePattern(file: MigratedFile, pattern: ts.ObjectBindingPattern): void {
  const { ts, checker, rewrite } = file;
  const type = checker.getTypeAtLocation(pattern);
  for (const element of pattern.elements) {
    const key = element.propertyName ?? element.name;
    if (ts.isIdentifier(key) && isDateField(file, type.getProperty(key.text)))
      rewrite.place(element, `${key.text} is text here, and was a Date`);
  }
}

function isDateField(file: MigratedFile, symbol: ts.Symbol | undefined): boolean {
  const field = declared(file, symbol);
  if (field?.origin.family !== "fetch" || !file.ts.isPropertySignature(field.declaration)) return false;
  return /\bDate\b/.test(field.declaration.type?.getText() ?? "");
}
