import type ts from "typescript";
import { type Origin, originOfFile } from "./names.ts";
import type { Rewrite } from "./rewrite.ts";
import type { TypeScript } from "./typescript.ts";

/** A file that is being migrated, with what the compiler knows about it. */
export interface MigratedFile {
  ts: TypeScript;
  checker: ts.TypeChecker;
  source: ts.SourceFile;
  rewrite: Rewrite;
}

/** Where a symbol was declared: the package, and its class or interface if it is a member. */
export interface Declared {
  origin: Origin;
  name: string;
  owner: string | undefined;
  declaration: ts.Declaration;
}

/** The declaration of `symbol` in one of the packages, through imports. */
export function declared({ ts, checker }: MigratedFile, symbol: ts.Symbol | undefined): Declared | undefined {
  if (!symbol) return undefined;
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const declaration = target.declarations?.[0];
  const origin = declaration && originOfFile(declaration.getSourceFile().fileName);
  if (!declaration || !origin) return undefined;
  const { parent } = declaration;
  const isMember = parent && (ts.isClassDeclaration(parent) || ts.isInterfaceDeclaration(parent));
  return { origin, name: target.name, owner: isMember ? parent.name?.text : undefined, declaration };
}

/** The declaration of the type of an expression in one of the packages. `undefined` and `null` do not count. */
export function declaredType(file: MigratedFile, node: ts.Node): Declared | undefined {
  const type = file.checker.getNonNullableType(file.checker.getTypeAtLocation(node));
  return declared(file, type.aliasSymbol) ?? declared(file, type.symbol);
}

/** The type that the place of `literal` asks for. */
export function expectedType({ checker }: MigratedFile, literal: ts.ObjectLiteralExpression): ts.Type | undefined {
  const type = checker.getContextualType(literal);
  return type && checker.getNonNullableType(type);
}

/** Whether the compiler knows nothing about `node`. */
export const isUntyped = ({ ts, checker }: MigratedFile, node: ts.Node): boolean =>
  (checker.getTypeAtLocation(node).flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0;

/** Without parentheses, assertions and `satisfies`. */
export function inside({ ts }: MigratedFile, value: ts.Expression): ts.Expression {
  let inner = value;
  const wraps = (node: ts.Expression) =>
    ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node);
  while (wraps(inner) || ts.isSatisfiesExpression(inner)) inner = inner.expression;
  return inner;
}

/** Whether `node` is the variable of a `catch`, or the parameter of a callback of `.catch()`. */
export function isCaught({ ts, checker }: MigratedFile, node: ts.Expression): boolean {
  const declaration = checker.getSymbolAtLocation(node)?.valueDeclaration;
  if (!declaration) return false;
  if (ts.isVariableDeclaration(declaration)) return ts.isCatchClause(declaration.parent);
  const call = ts.isParameter(declaration) ? declaration.parent.parent : undefined;
  return call !== undefined && ts.isCallExpression(call) && /\.catch$/.test(call.expression.getText());
}

/** The expression around `node` that has the same value: without parentheses and assertions. */
export function outermost({ ts }: MigratedFile, node: ts.Node): ts.Node {
  let outer = node;
  while (ts.isParenthesizedExpression(outer.parent) || ts.isNonNullExpression(outer.parent)) outer = outer.parent;
  return outer;
}

/** The names of the properties of an object literal, each with its node. */
export const propertiesOf = (
  { ts }: MigratedFile,
  literal: ts.ObjectLiteralExpression,
): { name: string; node: ts.ObjectLiteralElementLike }[] =>
  literal.properties.flatMap((node) =>
    node.name && (ts.isIdentifier(node.name) || ts.isStringLiteral(node.name)) ? [{ name: node.name.text, node }] : [],
  );

/** The identifiers of a file that stand for what `name` declares. */
export function references(file: MigratedFile, name: ts.Identifier): ts.Identifier[] {
  const { ts, checker, source } = file;
  const declared = checker.getSymbolAtLocation(name);
  const found: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node !== name && node.text === name.text && !isMemberName(ts, node) && isSame(node))
      found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;

  /** What the compiler does not know may be the same. */
  function isSame(node: ts.Identifier): boolean {
    const { parent } = node;
    const symbol = ts.isShorthandPropertyAssignment(parent)
      ? checker.getShorthandAssignmentValueSymbol(parent)
      : ts.isExportSpecifier(parent)
        ? checker.getExportSpecifierLocalTargetSymbol(parent)
        : checker.getSymbolAtLocation(node);
    return !symbol || !declared || symbol === declared;
  }
}

function isMemberName(api: typeof ts, node: ts.Identifier): boolean {
  const { parent } = node;
  if (api.isPropertyAccessExpression(parent)) return parent.name === node;
  if (api.isQualifiedName(parent)) return parent.right === node;
  return (api.isPropertyAssignment(parent) || api.isImportSpecifier(parent)) && parent.name === node;
}

/** Whether `node` is what axios exports, which sends requests without an instance. */
export function isAxios(file: MigratedFile, node: ts.Node): boolean {
  const { ts, checker } = file;
  if (!ts.isIdentifier(node)) return false;
  const declaration = checker.getSymbolAtLocation(node)?.declarations?.[0];
  return declaration !== undefined && moduleOf(file, declaration) === "axios";
}

/** The module that a declaration imports as a whole or by default. */
export function moduleOf({ ts }: MigratedFile, declaration: ts.Node): string | undefined {
  for (let node: ts.Node | undefined = declaration; node && !ts.isSourceFile(node); node = node.parent) {
    if (ts.isNamedImports(node)) {
      const isDefault = ts.isImportSpecifier(declaration) && declaration.propertyName?.text === "default";
      if (!isDefault) return undefined;
    }
    if (ts.isImportDeclaration(node)) return textOf(node.moduleSpecifier);
    if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference))
      return textOf(node.moduleReference.expression);
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer) {
      const value = node.initializer;
      const call = ts.isPropertyAccessExpression(value) && value.name.text === "default" ? value.expression : value;
      const isRequire = ts.isCallExpression(call) && call.expression.getText() === "require";
      return isRequire ? textOf(call.arguments[0]) : undefined;
    }
  }
  return undefined;

  function textOf(specifier: ts.Node | undefined): string | undefined {
    return specifier && ts.isStringLiteral(specifier) ? specifier.text : undefined;
  }
}
