import type ts from "typescript";
import type { MigratedFile } from "./file.ts";

/** What an interceptor does to requests. */
export interface Effect {
  /** The headers that it sets, as properties, if that is all that it does. */
  headers: readonly string[] | undefined;
  isAsync: boolean;
}

/** `client.interceptors.request.use((config) => …)`. */
export interface Interceptor extends Effect {
  /** The statement. */
  node: ts.Node;
  /** The values of the headers. */
  moved: ts.Node[];
  /** A function that returns an access token, if that is all that it sends. */
  token: string | undefined;
}

/** Reads an interceptor, which nothing runs any more. */
export function interceptorOf(file: MigratedFile, interceptors: ts.PropertyAccessExpression): Interceptor {
  const { ts } = file;
  let node: ts.Node = interceptors;
  while (!ts.isStatement(node)) node = node.parent;
  const kind = ts.isPropertyAccessExpression(interceptors.parent) ? interceptors.parent : undefined;
  const call = kind?.parent.parent;
  const callbacks = call && ts.isCallExpression(call) && ts.isExpressionStatement(call.parent) ? call.arguments : [];
  const [callback] = callbacks;
  const isReadable = kind?.name.text === "request" && callback && callbacks.length === 1;
  const set = isReadable ? headersSetBy(file, callback) : undefined;
  if (!set) return { node, headers: undefined, isAsync: true, moved: [], token: undefined };
  const headers = set.map(({ text }) => text);
  const isAsync = headers.some((each) => /\bawait\b/.test(each));
  const [, token] = (headers.length === 1 && /^authorization: `Bearer \$\{([^{}]+)\}`$/.exec(headers[0]!)) || [];
  const read = token?.replace(/^await /, "");
  return {
    node,
    headers,
    isAsync,
    moved: set.map(({ value }) => value),
    token: read === undefined ? undefined : `() => ${read}`,
  };
}

/** The lines of a fetch function that does what interceptors do, or says where to write it. */
export function fetchFunction(effects: readonly Effect[]): string[] {
  const headers = effects.flatMap(({ headers = [] }) => headers);
  const init = headers.length > 0 ? `{ ...init, headers: { ...init.headers, ${headers.join(", ")} } }` : "init";
  if (effects.every((each) => each.headers)) {
    const isAsync = effects.some((each) => each.isAsync);
    return [`${isAsync ? "async " : ""}(url, init) => fetch(url, ${init})`];
  }
  return [
    "async (url, init) => {",
    "  // What a request interceptor does: init.headers is a plain object with names in lower case.",
    `  const response = await fetch(url, ${init});`,
    "  // What a response interceptor does: response.status, response.headers.get(name), await response.clone().json().",
    "  return response;",
    "}",
  ];
}

/** A header that an interceptor sets. */
interface SetHeader {
  /** As a property. */
  text: string;
  value: ts.Expression;
}

/** The headers that an interceptor sets, if that is all that it does. */
function headersSetBy({ ts, source }: MigratedFile, callback: ts.Expression): SetHeader[] | undefined {
  if (!ts.isArrowFunction(callback) && !ts.isFunctionExpression(callback)) return undefined;
  const [parameter] = callback.parameters;
  if (!parameter || !ts.isIdentifier(parameter.name) || !ts.isBlock(callback.body)) return undefined;
  const config = parameter.name.text;
  const headers: SetHeader[] = [];
  for (const statement of callback.body.statements) {
    if (ts.isReturnStatement(statement) && statement.expression?.getText(source) === config) continue;
    const header = ts.isExpressionStatement(statement) ? headerOf(statement.expression) : undefined;
    // In the fetch function, these names are its own.
    if (!header || mentions(header.value, [config, "url", "init", "fetch", "this"])) return undefined;
    headers.push(header);
  }
  return headers.length > 0 ? headers : undefined;

  /** `config.headers["X-Name"] = value`, `config.headers.set("X-Name", value)`. */
  function headerOf(node: ts.Expression): SetHeader | undefined {
    if (ts.isCallExpression(node) && new RegExp(`^${config}\\.headers\\??\\.set$`).test(textOf(node.expression))) {
      const [name, value] = node.arguments;
      return name && value && ts.isStringLiteral(name) ? { text: entry(name.text, value), value } : undefined;
    }
    if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
    const path = new RegExp(`^${config}\\.headers!?(?:\\.(\\w+)|\\[["']([^"']+)["']\\])$`);
    const [, dotted, quoted] = path.exec(textOf(node.left)) ?? [];
    const name = dotted ?? quoted;
    return name ? { text: entry(name, node.right), value: node.right } : undefined;
  }

  function entry(name: string, value: ts.Expression): string {
    const lower = name.toLowerCase();
    return `${/^[a-z]\w*$/.test(lower) ? lower : `"${lower}"`}: ${textOf(value)}`;
  }

  function textOf(node: ts.Node): string {
    return node.getText(source).replace(/\s*\n\s*/g, " ");
  }

  function mentions(node: ts.Node, names: readonly string[]): boolean {
    const isOne =
      (ts.isIdentifier(node) || node.kind === ts.SyntaxKind.ThisKeyword) && names.includes(node.getText(source));
    return isOne || ts.forEachChild(node, (each) => mentions(each, names)) === true;
  }
}
