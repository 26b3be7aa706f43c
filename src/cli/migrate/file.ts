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
