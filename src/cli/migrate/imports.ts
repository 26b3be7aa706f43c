import type ts from "typescript";
import { type MigratedFile, references } from "./file.ts";
import { isLeftover, type Origin, originOfSpecifier, ourName } from "./names.ts";

const PACKAGE = "hydra-sdk";
/** Names that are needed as types. */
const TYPES: ReadonlySet<string> = new Set(["CallOptions", "HydraResponse"]);

/** A name that is imported: `name as local`. */
interface Imported {
  name: string;
  local: string;
  isType: boolean;
  node: ts.ImportSpecifier | ts.BindingElement | ts.ExportSpecifier;
}

/** Changes what a file imports, after everything else of it has been looked at. */
export function migrateImports(file: MigratedFile): void {
  const { ts, source, rewrite } = file;
  visit(source);
  axiosImport(file);
  if (rewrite.needed.size > 0) addImport(file);

  function visit(node: ts.Node): void {
    const origin = originOf(file, node);
    if (origin) migrate(file, node, origin);
    ts.forEachChild(node, visit);
    // The types of a JavaScript file.
    for (const comment of (node as { jsDoc?: ts.JSDoc[] }).jsDoc ?? []) visit(comment);
  }
}

/** The package that `node` imports: an import, an export, `require()`, `import()` or a mock of it. */
function originOf({ ts }: MigratedFile, node: ts.Node): Origin | undefined {
  const specifier =
    ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
      ? node.moduleSpecifier
      : ts.isExternalModuleReference(node)
        ? node.expression
        : ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)
          ? node.argument.literal
          : ts.isCallExpression(node)
            ? node.arguments[0]
            : undefined;
  return specifier && ts.isStringLiteral(specifier) ? originOfSpecifier(specifier.text) : undefined;
}

function migrate(file: MigratedFile, node: ts.Node, origin: Origin): void {
  const { ts, rewrite } = file;
  if (ts.isImportDeclaration(node)) {
    const bindings = node.importClause?.namedBindings;
    if (bindings && ts.isNamedImports(bindings)) {
      namedImports(file, node, bindings, origin);
      return;
    }
    const name = bindings && ts.isNamespaceImport(bindings) ? bindings.name : node.importClause?.name;
    if (name) {
      namespace(file, node, name, node.moduleSpecifier, origin);
      return;
    }
    rewrite.replaceNode(node.moduleSpecifier, quoted(file, PACKAGE));
    return;
  }
  if (ts.isExportDeclaration(node)) {
    exported(file, node, origin);
    return;
  }
  if (ts.isImportTypeNode(node)) {
    const name = node.qualifier?.getText(file.source);
    const ours = name === undefined ? undefined : ourName(name, origin.family);
    if (ours === undefined) {
      rewrite.place(node, `${name ?? "this type"} has no counterpart here`);
      return;
    }
    rewrite.replaceNode(node.argument, quoted(file, PACKAGE));
    rewrite.replaceNode(node.qualifier!, ours);
    return;
  }
  if (ts.isExternalModuleReference(node)) {
    const { parent } = node;
    if (ts.isImportEqualsDeclaration(parent)) namespace(file, parent, parent.name, node.expression, origin);
    return;
  }
  if (ts.isCallExpression(node)) called(file, node, origin);
}

/** `require()`, `import()`, `vi.mock()` and the like. */
function called(file: MigratedFile, call: ts.CallExpression, origin: Origin): void {
  const { ts, rewrite } = file;
  const specifier = call.arguments[0]!;
  const isImport = call.expression.kind === ts.SyntaxKind.ImportKeyword;
  const isRequire = ts.isIdentifier(call.expression) && call.expression.text === "require";
  if (!isImport && !isRequire) {
    rewrite.replaceNode(specifier, quoted(file, PACKAGE));
    if (origin.family === "fetch") rewrite.place(call, "methods resolve to { data } here: let the mock return it, too");
    return;
  }
  const value = isImport && ts.isAwaitExpression(call.parent) ? call.parent : call;
  const declaration = value.parent;
  if (ts.isVariableDeclaration(declaration) && declaration.initializer === value) {
    if (ts.isIdentifier(declaration.name)) {
      namespace(file, declaration, declaration.name, specifier, origin);
      return;
    }
    if (ts.isObjectBindingPattern(declaration.name)) {
      pattern(file, declaration, declaration.name, specifier, origin);
      return;
    }
  }
  const member = ts.isPropertyAccessExpression(declaration) ? ourName(declaration.name.text, origin.family) : undefined;
  if (member === undefined) {
    rewrite.place(call, `does ${PACKAGE} have everything that is used of ${origin.name} here?`);
    return;
  }
  rewrite.replaceNode(specifier, quoted(file, PACKAGE));
}

/** `import { OAuth2Api } from "@ory/client"`. */
function namedImports(file: MigratedFile, node: ts.ImportDeclaration, bindings: ts.NamedImports, origin: Origin): void {
  const isTypeOnly = node.importClause!.isTypeOnly;
  const imported = bindings.elements.map((element) => importedBy(element, element.isTypeOnly));
  const { moved, left } = divide(file, imported, origin);
  if (left.length === imported.length) return;
  if (node.importClause!.name) file.rewrite.place(node, `${PACKAGE} has no default export`);
  const needed = isTypeOnly ? [] : takeNeeded(file, moved);
  const keyword = isTypeOnly ? "import type" : "import";
  const ours = [...moved.map((each) => specifierText(each, " as ")), ...needed];
  const statements = [
    ...(ours.length > 0 ? [[ours, PACKAGE] as const] : []),
    ...(left.length > 0 ? [[left.map(({ node }) => node.getText(file.source)), origin.name] as const] : []),
  ];
  const end = node.getText(file.source).endsWith(";") ? ";" : "";
  const texts = statements.map(
    ([names, from]) => `${keyword} ${list(file, bindings, names)} from ${quoted(file, from)}${end}`,
  );
  const isSame = left.length === 0 && ours.join() === bindings.elements.map((each) => each.getText(file.source)).join();
  if (isSame) file.rewrite.replaceNode(node.moduleSpecifier, quoted(file, PACKAGE));
  else file.rewrite.replaceNode(node, texts.join("\n"));
}

/** `const { OAuth2Api } = require("@ory/client")`. */
function pattern(
  file: MigratedFile,
  node: ts.VariableDeclaration,
  bindings: ts.ObjectBindingPattern,
  specifier: ts.Expression,
  origin: Origin,
): void {
  const { rewrite, source } = file;
  const { moved, left } = divide(
    file,
    bindings.elements.map((each) => importedBy(each, false)),
    origin,
  );
  if (left.length === bindings.elements.length) return;
  const names = [...moved.map((each) => specifierText(each, ": ")), ...takeNeeded(file, moved)];
  rewrite.replaceNode(specifier, quoted(file, PACKAGE));
  const old = left.map(({ node }) => node.getText(source));
  if (old.length > 0) {
    const initializer = node.initializer!.getText(source);
    rewrite.insertAfter(node, `,\n  { ${old.join(", ")} } = ${initializer}`);
  }
  if (names.join() !== bindings.elements.map((each) => each.getText(source)).join())
    rewrite.replaceNode(bindings, list(file, bindings, names));
}

/** `import * as ory from "@ory/client"`, `const ory = require("@ory/client")`. */
function namespace(
  file: MigratedFile,
  statement: ts.Node,
  name: ts.Identifier,
  specifier: ts.Expression,
  origin: Origin,
): void {
  const { ts, rewrite, source } = file;
  const members = references(file, name).flatMap(({ parent }) =>
    ts.isPropertyAccessExpression(parent) ? [parent.name] : ts.isQualifiedName(parent) ? [parent.right] : [],
  );
  const ourNames = new Map(members.map((member) => [member, ourName(member.text, origin.family)]));
  for (const [member, ours] of ourNames) {
    if (ours === undefined && isLeftover(member.text, origin)) rewrite.place(member, leftoverText(member.text));
    if (ours !== undefined && ours !== member.text) rewrite.replaceNode(member, ours);
  }
  const isMixed = [...ourNames.values()].includes(undefined);
  const isDefault = ts.isImportClause(name.parent);
  if (!isMixed) {
    rewrite.replaceNode(specifier, quoted(file, PACKAGE));
    if (isDefault) rewrite.replaceNode(name, `* as ${name.text}`);
    return;
  }
  // Other products stay with the other package: ours get a name of their own.
  const alias = source.text.match(/\bhydra\b/) ? "hydraSdk" : "hydra";
  for (const [member, ours] of ourNames) {
    const owner = ts.isQualifiedName(member.parent)
      ? member.parent.left
      : (member.parent as ts.PropertyAccessExpression).expression;
    if (ours !== undefined) rewrite.replaceNode(owner, alias);
  }
  if (![...ourNames.values()].some((ours) => ours !== undefined)) return;
  if (ts.isVariableDeclaration(statement)) {
    const loaded = statement.initializer!.getText(source).replace(specifier.getText(source), quoted(file, PACKAGE));
    rewrite.insertAfter(statement, `,\n  ${alias} = ${loaded}`);
  } else rewrite.insertAfter(statement, `\nimport * as ${alias} from ${quoted(file, PACKAGE)};`);
}

/** `export { OAuth2Api } from "@ory/client"`. */
function exported(file: MigratedFile, node: ts.ExportDeclaration, origin: Origin): void {
  const { ts, rewrite } = file;
  const clause = node.exportClause;
  if (!clause || !ts.isNamedExports(clause)) {
    rewrite.place(node, `name what is exported: ${PACKAGE} has other names than ${origin.name}`);
    return;
  }
  const names = clause.elements.map((element) => importedBy(element, element.isTypeOnly));
  const isOurs = ({ name }: Imported) => ourName(name, origin.family) !== undefined;
  const keyword = node.isTypeOnly ? "export type" : "export";
  const text = (from: string, names: string[]) => `${keyword} ${list(file, clause, names)} from ${quoted(file, from)};`;
  const moved = names
    .filter(isOurs)
    .map((each) => specifierText({ ...each, name: ourName(each.name, origin.family)! }, " as "));
  const left = names.filter((each) => !isOurs(each));
  for (const { name, node } of left) if (isLeftover(name, origin)) rewrite.place(node, leftoverText(name));
  if (moved.length === 0) return;
  const rest =
    left.length > 0
      ? `\n${text(
          origin.name,
          left.map(({ node }) => node.getText(file.source)),
        )}`
      : "";
  rewrite.replaceNode(node, text(PACKAGE, moved) + rest);
}

/** Divides names into those that this package has, by their names here, and those that stay where they are. */
function divide(file: MigratedFile, imported: Imported[], origin: Origin): { moved: Imported[]; left: Imported[] } {
  const { rewrite } = file;
  const moved: Imported[] = [];
  const left: Imported[] = [];
  for (const each of imported) {
    const used = references(file, each.node.name as ts.Identifier);
    if (isGone(file, each.node.name as ts.Identifier)) continue;
    const ours = ourName(each.name, origin.family);
    if (ours === undefined) {
      left.push(each);
      if (isLeftover(each.name, origin)) rewrite.place(each.node, leftoverText(each.name));
      continue;
    }
    const isRenamed = ours !== each.name && each.local === each.name;
    if (isRenamed) for (const reference of used) rewrite.replaceNode(reference, ours);
    moved.push({ ...each, name: ours, local: isRenamed ? ours : each.local });
  }
  if (origin.family === "fetch" && left.some(({ name }) => name.endsWith("Api")) && moved.some(isConfiguration))
    rewrite.place(
      imported[0]!.node,
      `the APIs that stay need a Configuration of ${origin.name}: import it by another name`,
    );
  return { moved, left };
}

const isConfiguration = ({ name }: Imported): boolean => name === "Configuration";

const leftoverText = (name: string): string => `there is no ${name} in hydra-sdk`;

function importedBy(node: Imported["node"], isType: boolean): Imported {
  const local = node.name.getText();
  return { name: node.propertyName?.getText() ?? local, local, isType, node };
}

const specifierText = ({ name, local, isType }: Imported, as: string): string =>
  `${isType ? "type " : ""}${name === local ? name : `${name}${as}${local}`}`;

/** What has to be imported besides `moved`. */
function takeNeeded({ rewrite, source, ts }: MigratedFile, moved: readonly Imported[]): string[] {
  const names = [...rewrite.needed].filter((name) => !moved.some((each) => each.local === name));
  rewrite.needed.clear();
  const isJavaScript = (source.flags & ts.NodeFlags.JavaScriptFile) !== 0;
  return names.map((name) => (TYPES.has(name) && !isJavaScript ? `type ${name}` : name)).sort();
}

/** Imports what is needed and has no import that it could join. */
function addImport(file: MigratedFile): void {
  const { ts, source, rewrite } = file;
  const names = takeNeeded(file, []).join(", ");
  const imports = source.statements.filter((statement) => ts.isImportDeclaration(statement));
  const isCommonJs = imports.length === 0 && /\brequire\(/.test(source.text);
  const text = isCommonJs
    ? `const { ${names} } = require(${quoted(file, PACKAGE)});`
    : `import { ${names} } from ${quoted(file, PACKAGE)};`;
  const last = imports.at(-1);
  if (last) {
    rewrite.insertAfter(last, `\n${text}`);
    return;
  }
  const start = source.statements[0]?.getStart(source) ?? 0;
  rewrite.replace(start, start, `${text}\n`);
}

/** Packages of whose imports nothing stays that is not used any more. */
const CLEANED = /^(axios|axios-retry|(node:)?https?)$/;

/** AxiosError, where it has become isAxiosError, and what is not used any more. */
function axiosImport(file: MigratedFile): void {
  const { ts, source, rewrite } = file;
  for (const node of source.statements) {
    if (ts.isImportDeclaration(node)) {
      const { importClause, moduleSpecifier } = node;
      if (importClause && isCleaned(moduleSpecifier)) cleanImport(file, node, importClause);
    } else if (ts.isVariableStatement(node)) {
      for (const { name, initializer } of node.declarationList.declarations) {
        const isRequired = initializer && ts.isCallExpression(initializer) && isCleaned(initializer.arguments[0]);
        if (!isRequired || !/^require\b/.test(initializer.getText(source))) continue;
        if (ts.isObjectBindingPattern(name)) rewrite.replaceNode(name, list(file, name, keptOf(file, name)));
        else if (ts.isIdentifier(name) && isGone(file, name) && node.declarationList.declarations.length === 1)
          rewrite.remove(node);
      }
    }
  }

  function isCleaned(specifier: ts.Node | undefined): boolean {
    return specifier !== undefined && ts.isStringLiteral(specifier) && CLEANED.test(specifier.text);
  }
}

function cleanImport(file: MigratedFile, node: ts.ImportDeclaration, clause: ts.ImportClause): void {
  const { ts, source, rewrite } = file;
  const { name, namedBindings: bindings } = clause;
  const isDefaultGone = name !== undefined && isGone(file, name);
  if (!bindings || ts.isNamespaceImport(bindings)) {
    if (name ? isDefaultGone && !bindings : bindings && isGone(file, bindings.name)) rewrite.remove(node);
    return;
  }
  const kept = keptOf(file, bindings);
  const names = [
    ...(name && !isDefaultGone ? [name.text] : []),
    ...(kept.length > 0 ? [list(file, bindings, kept)] : []),
  ];
  if (names.length === 0) rewrite.remove(node);
  else rewrite.replace((name ?? bindings).getStart(source), bindings.getEnd(), names.join(", "));
}

/** Whether everything that used an import is gone. */
function isGone(file: MigratedFile, name: ts.Identifier): boolean {
  const used = references(file, name);
  return used.length > 0 && used.every((reference) => file.rewrite.gone.has(reference));
}

/** What a file imports from axios afterwards. */
function keptOf(file: MigratedFile, bindings: ts.NamedImports | ts.ObjectBindingPattern): string[] {
  const { source, rewrite } = file;
  const elements: readonly (ts.ImportSpecifier | ts.BindingElement)[] = bindings.elements;
  const isLeft = ({ name }: ts.ImportSpecifier | ts.BindingElement) => !isGone(file, name as ts.Identifier);
  const names = elements.map((each) => each.getText(source));
  const kept = elements.filter(isLeft).map((each) => each.getText(source));
  const isTested = names.some((name) => /\bAxiosError\b/.test(name)) && [...rewrite.gone].some(isAxiosError);
  return isTested && !kept.includes("isAxiosError") ? [...kept, "isAxiosError"] : kept;

  function isAxiosError(reference: ts.Node): boolean {
    return reference.getText(source) === "AxiosError";
  }
}

/** `{ a, b }`, on as many lines as it had. */
function list({ source }: MigratedFile, bindings: ts.Node, names: readonly string[]): string {
  const before = bindings.getText(source);
  if (!before.includes("\n")) return before.startsWith("{ ") ? `{ ${names.join(", ")} }` : `{${names.join(", ")}}`;
  const indent = /\n([ \t]*)\S/.exec(before)?.[1] ?? "  ";
  return `{\n${names.map((name) => `${indent}${name},\n`).join("")}${/[ \t]*\}$/.exec(before)?.[0] ?? "}"}`;
}

/** A string in the quotes that the file uses. */
function quoted({ source }: MigratedFile, text: string): string {
  const quote = /(["'])@ory\//.exec(source.text)?.[1] ?? `"`;
  return `${quote}${text}${quote}`;
}
