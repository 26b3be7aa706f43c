import type ts from "typescript";
import { constructed } from "./configuration.ts";
import { inside, isAxios, type MigratedFile, propertiesOf, references } from "./file.ts";
import { fetchFunction, type Interceptor, interceptorOf } from "./interceptors.ts";
import { isApi } from "./names.ts";
import { adviceFor, importOf, isRedundant } from "./request-options.ts";
import { RETRY_NOTE, type Retry, retryingFetch, retryOf } from "./retry.ts";

/** `new OAuth2Api(configuration, basePath, axios)`. */
interface Use {
  construction: ts.NewExpression;
  /** The third argument, without assertions. */
  client: ts.Expression;
}

/** What an axios instance does to the requests of the APIs that it is passed to. */
interface Instance {
  /** Its declaration, if it has one here. */
  declaration: ts.VariableDeclaration | undefined;
  /** The options of the Configuration that do the same: name and value. */
  options: { timeout?: string; headers?: ts.Expression; basePath?: string };
  /** The nodes in which these options are written. */
  moved: ts.Node[];
  retry: Retry | undefined;
  interceptors: Interceptor[];
  /** Whether something needs a person. */
  isBlocked: boolean;
  /** Whether something else uses the instance. */
  isShared: boolean;
}

/** Moves what axios instances do into the Configuration of the APIs that they were passed to. */
export function migrateInstances(file: MigratedFile): void {
  const uses = usesOf(file);
  const instances = new Map<ts.Node, Instance>();
  for (const use of uses) {
    if (isAxios(file, use.client)) {
      removeArgument(file, use);
      continue;
    }
    const creation = creationOf(file, use.client);
    if (!creation) {
      placeUnknown(file, use);
      continue;
    }
    const { call, declaration } = creation;
    const known = instances.get(call);
    const instance = known ?? instanceOf(file, call, declaration, uses);
    instances.set(call, instance);
    if (!known && instance.retry) file.rewrite.note(use.construction, RETRY_NOTE);
    applyInstance(file, use, instance, uses);
  }
  for (const instance of instances.values()) removeInstance(file, instance);
}

function usesOf(file: MigratedFile): Use[] {
  const { ts, source } = file;
  const uses: Use[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node)) {
      const type = constructed(file, node);
      const client = node.arguments?.[2];
      if (client && type?.origin.family === "axios" && isApi(type.name))
        uses.push({ construction: node, client: inside(file, client) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return uses;
}

/** The call of `axios.create()` that made `client`, in place or as a constant of this file. */
function creationOf(
  file: MigratedFile,
  client: ts.Expression,
): { call: ts.CallExpression; declaration: ts.VariableDeclaration | undefined } | undefined {
  const { ts, checker, source } = file;
  if (isCreation(file, client)) return { call: client, declaration: undefined };
  const declaration = ts.isIdentifier(client) ? checker.getSymbolAtLocation(client)?.valueDeclaration : undefined;
  if (!declaration || !ts.isVariableDeclaration(declaration) || declaration.getSourceFile() !== source)
    return undefined;
  const { initializer } = declaration;
  return initializer && isCreation(file, initializer) ? { call: initializer, declaration } : undefined;
}

function isCreation(file: MigratedFile, node: ts.Expression): node is ts.CallExpression {
  const { ts } = file;
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  return node.expression.name.text === "create" && isAxios(file, node.expression.expression);
}

function instanceOf(
  file: MigratedFile,
  call: ts.CallExpression,
  declaration: ts.VariableDeclaration | undefined,
  uses: readonly Use[],
): Instance {
  const instance: Instance = {
    declaration,
    options: {},
    moved: [],
    retry: undefined,
    interceptors: [],
    isBlocked: false,
    isShared: declaration !== undefined && isExported(file, declaration),
  };
  readOptions(file, call, instance);
  if (!declaration || !file.ts.isIdentifier(declaration.name)) return instance;
  for (const reference of references(file, declaration.name)) {
    if (uses.some(({ client }) => client === reference)) continue;
    readReference(file, reference, instance);
  }
  if (instance.isBlocked) {
    for (const { node } of instance.interceptors)
      file.rewrite.place(node, "no interceptor runs here: let the Configuration do the same, and remove this");
  }
  return instance;
}

const isExported = ({ ts }: MigratedFile, { parent }: ts.VariableDeclaration): boolean =>
  ts.isVariableStatement(parent.parent) &&
  parent.parent.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;

/** The options of `axios.create()`. */
function readOptions(file: MigratedFile, { arguments: [options] }: ts.CallExpression, instance: Instance): void {
  const { ts, source, rewrite } = file;
  if (!options) return;
  if (!ts.isObjectLiteralExpression(options)) {
    block(options, "the options of this instance belong into the Configuration: timeout, and baseOptions: { headers }");
    return;
  }
  const named = propertiesOf(file, options);
  for (const node of options.properties) {
    const name = named.find((each) => each.node === node)?.name;
    const value = initializerOf(node);
    if (name === undefined || !value) {
      block(node, "the options of this instance belong into the Configuration: timeout, and baseOptions: { headers }");
    } else if (name === "timeout") {
      instance.options.timeout = value.getText(source);
      instance.moved.push(value);
    } else if (name === "baseURL") {
      instance.options.basePath = value.getText(source);
      instance.moved.push(value);
    } else if (name === "headers" && isByMethod(value)) {
      block(node, "the Configuration takes headers without the names of methods: baseOptions: { headers }");
    } else if (name === "headers") {
      instance.options.headers = value;
      instance.moved.push(value);
    } else if (!isRedundant(file, name, node)) {
      const advice = adviceFor(file, name, node);
      block(
        node,
        advice?.why ?? `set \`fetch\` in the Configuration to a function that does what ${name} does`,
        advice?.code,
      );
    }
  }

  function block(node: ts.Node, why: string, code: readonly string[] = []): void {
    instance.isBlocked = true;
    rewrite.place(node, why, code);
  }

  function initializerOf(node: ts.ObjectLiteralElementLike): ts.Expression | undefined {
    if (ts.isPropertyAssignment(node)) return node.initializer;
    return ts.isShorthandPropertyAssignment(node) ? node.name : undefined;
  }

  /** `{ common: { … } }`. */
  function isByMethod(value: ts.Expression): boolean {
    return ts.isObjectLiteralExpression(value) && propertiesOf(file, value).some(({ name }) => name === "common");
  }
}

/** Something that is done with an instance, besides passing it to an API. */
function readReference(file: MigratedFile, reference: ts.Identifier, instance: Instance): void {
  const { ts, rewrite } = file;
  const retry = retryOf(file, reference);
  const { parent } = reference;
  if (retry) {
    // The code to write is shown where the instance is passed to an API.
    for (const why of retry.questions) rewrite.place(retry.statement, why);
    if (retry.questions.length > 0) instance.isBlocked = true;
    instance.retry = retry;
    return;
  }
  if (!ts.isPropertyAccessExpression(parent) || parent.expression !== reference) {
    instance.isShared = true;
    return;
  }
  if (parent.name.text === "interceptors") {
    const interceptor = interceptorOf(file, parent);
    instance.interceptors.push(interceptor);
    instance.moved.push(...interceptor.moved);
    if (!interceptor.headers) instance.isBlocked = true;
  } else if (parent.name.text === "defaults") {
    instance.isBlocked = true;
    rewrite.place(
      parent,
      "the defaults of this instance belong into the Configuration: timeout, and baseOptions: { headers }",
    );
  } else {
    instance.isShared = true;
  }
}

const BY_HAND = "requests are not sent by axios: pass this to the Configuration, and remove the argument";

/** Puts what an instance does into the Configuration of an API. */
function applyInstance(file: MigratedFile, use: Use, instance: Instance, uses: readonly Use[]): void {
  const { rewrite } = file;
  const additions = additionsOf(file, instance);
  if (instance.isBlocked) {
    rewrite.place(use.client, BY_HAND, byHand(instance, additions));
    return;
  }
  const [configuration] = use.construction.arguments!;
  const target = configurationOf(file, configuration!, use, uses);
  const isDone =
    additions.size === 0 || (target.literal !== undefined && addTo(file, target.literal, instance, additions));
  if (!isDone) {
    const isNothing = configuration!.getText(file.source) === "undefined";
    if (isNothing && isInScope(file, instance, use.construction)) {
      rewrite.replaceNode(configuration!, `{ ${inline(additions)} }`);
    } else if (target.isPlain && isInScope(file, instance, use.construction)) {
      rewrite.insertAfter(configuration!, `.with({ ${inline(additions)} })`);
    } else {
      instance.isBlocked = true;
      rewrite.place(use.client, BY_HAND, byHand(instance, additions));
      return;
    }
  }
  if (instance.retry) rewrite.needed.add("withRetry");
  removeArgument(file, use);
}

/** The options of a Configuration that do what an instance did: by name, the lines of the property. */
function additionsOf({ source }: MigratedFile, { options, retry, interceptors }: Instance): Map<string, string[]> {
  const { timeout, headers, basePath } = options;
  const tokens = interceptors.flatMap(({ token }) => token ?? []);
  const others = interceptors.filter(({ token }) => token === undefined);
  const fetch = others.length > 0 ? fetchFunction(others) : undefined;
  const [first, ...rest] = (retry ? retryingFetch(retry, fetch) : fetch) ?? [];
  const additions = new Map<string, string[]>();
  if (basePath !== undefined) additions.set("basePath", [property("basePath", basePath)]);
  if (timeout !== undefined) additions.set("timeout", [property("timeout", timeout)]);
  if (headers) additions.set("baseOptions", [`baseOptions: { ${property("headers", headers.getText(source))} }`]);
  if (tokens.length > 0) additions.set("accessToken", [`accessToken: ${tokens.at(-1)}`]);
  if (first !== undefined) additions.set("fetch", [`fetch: ${first}`, ...rest]);
  return additions;
}

const property = (name: string, value: string): string => (name === value ? name : `${name}: ${value}`);

/** The additions on one line. */
const inline = (additions: ReadonlyMap<string, string[]>): string => [...additions.values()].flat().join(", ");

/** The additions for a person to write. */
const byHand = ({ retry }: Instance, additions: ReadonlyMap<string, string[]>): string[] => [
  ...(retry ? [importOf("withRetry")] : []),
  ...[...additions.values()].flatMap((lines) => [...lines.slice(0, -1), `${lines.at(-1)},`]),
];

interface Target {
  /** The options of the Configuration that may be changed where they are. */
  literal?: ts.NewExpression | ts.ObjectLiteralExpression;
  /** Whether it has neither headers nor a timeout, which take precedence over those of an instance. */
  isPlain: boolean;
}

function configurationOf(file: MigratedFile, node: ts.Expression, use: Use, uses: readonly Use[]): Target {
  const { ts, checker, source } = file;
  if (ts.isNewExpression(node) || ts.isObjectLiteralExpression(node)) return { literal: node, isPlain: false };
  const declaration = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node)?.valueDeclaration : undefined;
  if (!declaration || declaration.getSourceFile() !== source || !ts.isVariableDeclaration(declaration))
    return { isPlain: false };
  const { initializer, name } = declaration;
  if (!initializer || !ts.isIdentifier(name) || !ts.isNewExpression(initializer)) return { isPlain: false };
  const [literal] = initializer.arguments ?? [];
  const isPlain =
    !literal ||
    (ts.isObjectLiteralExpression(literal) &&
      literal.properties.every(
        (each) => !ts.isSpreadAssignment(each) && !/^(accessToken|baseOptions|fetch)$/.test(each.name.getText()),
      ));
  const isShared =
    isExported(file, declaration) ||
    references(file, name).some(
      ({ parent }) =>
        !ts.isNewExpression(parent) ||
        !uses.some(({ construction, client }) => construction === parent && client.getText() === use.client.getText()),
    );
  return isShared ? { isPlain } : { literal: initializer, isPlain };
}

/** Adds what an instance does to the options of a Configuration; `false` if it cannot. */
function addTo(
  file: MigratedFile,
  owner: ts.NewExpression | ts.ObjectLiteralExpression,
  instance: Instance,
  additions: Map<string, string[]>,
): boolean {
  const { ts, rewrite } = file;
  if (rewrite.isHandled(owner)) return true;
  if (!isInScope(file, instance, owner)) return false;
  const literal = ts.isObjectLiteralExpression(owner) ? owner : owner.arguments?.[0];
  if (!literal) {
    rewrite.handle(owner);
    rewrite.replace((owner as ts.NewExpression).expression.getEnd(), owner.getEnd(), `({ ${inline(additions)} })`);
    return true;
  }
  if (!isPlainLiteral(file, literal)) return false;
  const given = new Map(propertiesOf(file, literal).map(({ name, node }) => [name, node]));
  if (["accessToken", "fetch"].some((name) => given.has(name) && additions.has(name))) return false;
  const left = new Map(additions);
  const baseOptions = given.get("baseOptions");
  if (baseOptions) {
    const inner = ts.isPropertyAssignment(baseOptions) ? baseOptions.initializer : undefined;
    if (!inner || !isPlainLiteral(file, inner) || !addHeaders(file, inner, instance.options.headers)) return false;
    left.delete("baseOptions");
    if (propertiesOf(file, inner).some(({ name }) => name === "timeout")) left.delete("timeout");
  }
  rewrite.handle(owner);
  const basePath = given.get("basePath");
  if (basePath && left.has("basePath")) {
    // The URL of an instance took precedence.
    rewrite.replaceNode(basePath, left.get("basePath")!.join());
    left.delete("basePath");
  }
  append(file, literal, [...left.values()]);
  return true;
}

const isPlainLiteral = ({ ts }: MigratedFile, node: ts.Expression): node is ts.ObjectLiteralExpression =>
  ts.isObjectLiteralExpression(node) && !node.properties.some(ts.isSpreadAssignment);

/** Adds the headers of an instance to those of `baseOptions`, which take precedence; `false` if it cannot. */
function addHeaders(
  file: MigratedFile,
  literal: ts.ObjectLiteralExpression,
  headers: ts.Expression | undefined,
): boolean {
  const { ts, source } = file;
  if (!headers) return true;
  const own = propertiesOf(file, literal).find(({ name }) => name === "headers")?.node;
  if (!own) {
    append(file, literal, [[property("headers", headers.getText(source))]]);
    return true;
  }
  const value = ts.isPropertyAssignment(own) ? own.initializer : undefined;
  if (!value || !isPlainLiteral(file, value) || !isPlainLiteral(file, headers)) return false;
  const names = new Set(propertiesOf(file, value).map(({ name }) => name.toLowerCase()));
  const added = propertiesOf(file, headers).filter(({ name }) => !names.has(name.toLowerCase()));
  append(
    file,
    value,
    added.map(({ node }) => [node.getText(source)]),
  );
  return true;
}

/** Adds properties to an object literal, on lines of their own if it has several. */
function append(file: MigratedFile, literal: ts.ObjectLiteralExpression, added: readonly string[][]): void {
  const { rewrite, source } = file;
  const last = literal.properties.at(-1);
  if (added.length === 0) return;
  if (!last) {
    rewrite.replaceNode(literal, `{ ${added.map((lines) => lines.join(" ")).join(", ")} }`);
    return;
  }
  const before = source.text.slice(source.text.lastIndexOf("\n", last.getStart(source)) + 1, last.getStart(source));
  const isMultiline = before.trim() === "" && literal.getText(source).includes("\n");
  const text = (lines: string[]) => (isMultiline ? `,\n${before}${lines.join(`\n${before}`)}` : `, ${lines.join(" ")}`);
  rewrite.insertAfter(last, added.map(text).join(""));
}

/** Whether the names in the options of an instance mean the same at `place`. */
function isInScope(file: MigratedFile, { moved, retry }: Instance, place: ts.Node): boolean {
  const { ts, checker, source } = file;
  let isSame = true;
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const symbol = ts.isShorthandPropertyAssignment(node.parent)
        ? checker.getShorthandAssignmentValueSymbol(node.parent)
        : checker.getSymbolAtLocation(node);
      const declaration = symbol?.valueDeclaration;
      if (
        declaration?.getSourceFile() === source &&
        (ts.isVariableDeclaration(declaration) || ts.isParameter(declaration))
      ) {
        const isVisible = scopeOf(declaration).pos <= place.pos && place.end <= scopeOf(declaration).end;
        if (!isVisible || declaration.getEnd() > place.getStart(source)) isSame = false;
      }
    }
    ts.forEachChild(node, visit);
  };
  for (const node of [...moved, ...(retry?.moved ?? [])]) visit(node);
  return isSame;

  function scopeOf(declaration: ts.Node): ts.Node {
    let scope = declaration.parent;
    while (!ts.isBlock(scope) && !ts.isSourceFile(scope) && !ts.isFunctionLike(scope)) scope = scope.parent;
    return scope;
  }
}

/** Removes the third argument, and the second where it says nothing. */
function removeArgument({ rewrite, source }: MigratedFile, { construction, client }: Use): void {
  const [configuration, basePath, argument] = construction.arguments!;
  const kept = basePath!.getText(source) === "undefined" ? configuration! : basePath!;
  rewrite.replace(kept.getEnd(), argument!.getEnd(), "");
  rewrite.forget(client);
}

/** Removes an instance that nothing uses any more. */
function removeInstance({ ts, rewrite }: MigratedFile, instance: Instance): void {
  const { declaration, interceptors, isBlocked, isShared, retry } = instance;
  if (!declaration || isBlocked || isShared) return;
  const { parent } = declaration;
  if (!ts.isVariableDeclarationList(parent) || parent.declarations.length > 1) return;
  rewrite.remove(parent.parent);
  if (retry) rewrite.remove(retry.statement);
  for (const { node } of interceptors) rewrite.remove(node);
}

function placeUnknown({ rewrite }: MigratedFile, { client }: Use): void {
  const why =
    "requests are not sent by axios: let the Configuration do what this instance does, and remove the argument";
  const [first, ...lines] = fetchFunction([{ headers: undefined, isAsync: true }]);
  const fetch = [`fetch: ${first}`, ...lines.slice(0, -1), "},"];
  rewrite.place(client, why, ["timeout: 10_000,", 'baseOptions: { headers: { "x-name": "value" } },', ...fetch]);
}
