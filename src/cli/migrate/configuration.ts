import type ts from "typescript";
import { type Declared, declared, declaredType, expectedType, type MigratedFile, propertiesOf } from "./file.ts";
import { isApi } from "./names.ts";
import { isRedundant, placeOption } from "./request-options.ts";

/** Options that a person must replace by something else. */
const REPLACED: Readonly<Record<string, string>> = {
  middleware: "set `fetch` in place of middleware: a function that wraps the global one",
  queryParamsStringify: "there is no queryParamsStringify: a custom `fetch` can rewrite the URL",
  credentials: "set `fetch` in place of credentials: (url, init) => fetch(url, { ...init, credentials })",
  apiKey: "an API key of Ory Network is the `accessToken` here: apiKey is never sent",
  awsv4: "requests cannot be signed for AWS: a custom `fetch` can do it",
};

/** The options of a Configuration, in the constructor or in an object of that type. */
export function migrateConfiguration(file: MigratedFile, literal: ts.ObjectLiteralExpression): void {
  const type = expectedType(file, literal);
  const parameters = declared(file, type?.aliasSymbol) ?? declared(file, type?.symbol);
  if (parameters?.name !== "ConfigurationParameters") return;
  for (const { name, node } of propertiesOf(file, literal)) {
    if (parameters.origin.family === "fetch") fetchOption(file, name, node);
    else axiosOption(file, name, node);
  }
}

function fetchOption(file: MigratedFile, name: string, node: ts.ObjectLiteralElementLike): void {
  const { ts, rewrite, source } = file;
  if (name === "fetchApi") {
    if (ts.isShorthandPropertyAssignment(node)) rewrite.replaceNode(node, "fetch: fetchApi");
    else rewrite.replaceNode(node.name!, "fetch");
  } else if (name === "headers") {
    rewrite.wrap(node, "baseOptions: { ", " }");
  } else if (REPLACED[name]) {
    rewrite.place(node, REPLACED[name]);
  } else if (name === "accessToken" && /^(async )?\(\w+/.test(node.getText(source).replace(/^\w+:\s*/, ""))) {
    rewrite.place(node, "accessToken is called without arguments");
  }
}

function axiosOption(file: MigratedFile, name: string, node: ts.ObjectLiteralElementLike): void {
  const { ts, rewrite } = file;
  if (REPLACED[name]) {
    rewrite.place(node, REPLACED[name]);
    return;
  }
  if (name !== "baseOptions" || !ts.isPropertyAssignment(node)) return;
  if (!ts.isObjectLiteralExpression(node.initializer)) {
    rewrite.place(node, "baseOptions has only headers and timeout: does this have other fields?");
    return;
  }
  const given = propertiesOf(file, node.initializer);
  const redundant = given.filter((each) => isRedundant(file, each.name, each.node)).map((each) => each.node);
  rewrite.removeFrom(node.initializer.properties, redundant);
  for (const { name: option, node: each } of given) {
    if (option === "headers" || option === "timeout" || redundant.includes(each)) continue;
    placeOption(file, option, each, "baseOptions");
  }
}

/** `new OAuth2Api(configuration, basePath)`. */
export function migrateConstruction(file: MigratedFile, node: ts.NewExpression): void {
  const { rewrite } = file;
  const type = constructed(file, node);
  if (!type || !isApi(type.name)) return;
  const [configuration] = node.arguments ?? [];
  if (!configuration && (node.arguments?.length ?? 0) < 2)
    rewrite.place(node, "pass a Configuration with basePath, which has no default here");
  if (/^(Project|Workspace)Api$/.test(type.name))
    rewrite.place(
      node,
      "its URL is the option `consolePath`, and its key the option `workspaceApiKey` of the Configuration",
    );
}

/** The class of a package that `new` creates. */
export function constructed(file: MigratedFile, node: ts.NewExpression): Declared | undefined {
  const symbol = file.checker.getSymbolAtLocation(node.expression);
  return declared(file, symbol) ?? declaredType(file, node);
}
