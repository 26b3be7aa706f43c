import type ts from "typescript";
import { type MigratedFile, propertiesOf } from "./file.ts";

/** What a person writes in place of an option: why, and the code. */
export interface Advice {
  why: string;
  code?: readonly string[];
}

/** Options of axios that a call of this package has, by the same names and in the same units. */
export const CALL_OPTIONS: readonly string[] = ["headers", "params", "signal", "timeout"];

const FETCH = (lines: readonly string[]): string[] => [
  "fetch: async (url, init) => {",
  ...lines.map((each) => `  ${each}`),
  "},",
];

/** Whether an option says what this package does anyway, so that it can go. */
export function isRedundant(file: MigratedFile, name: string, node: ts.ObjectLiteralElementLike): boolean {
  const { ts, source } = file;
  if (!ts.isPropertyAssignment(node)) return false;
  const value = node.initializer.getText(source).replace(/^["'`](.*)["'`]$/, "$1");
  if (name === "httpAgent" || name === "httpsAgent") return keepsAlive(file, node.initializer);
  return REDUNDANT[name]?.test(value) ?? false;
}

const REDUNDANT: Readonly<Record<string, RegExp>> = {
  adapter: /^(http|fetch)$/,
  decompress: /^true$/,
  maxBodyLength: /./,
  // Redirects are never followed.
  maxRedirects: /^0$/,
  // The fetch function of Node does not read the variables that axios reads.
  proxy: /^false$/,
  responseEncoding: /^utf-?8$/i,
  responseType: /^json$/,
  withCredentials: /^false$/,
};

/** `new https.Agent({ keepAlive: true })`: fetch keeps connections anyway. */
function keepsAlive(file: MigratedFile, node: ts.Expression): boolean {
  const { ts, source } = file;
  if (!ts.isNewExpression(node) || !/^(https?\.)?Agent$/.test(node.expression.getText(source))) return false;
  const [options] = node.arguments ?? [];
  if (!options) return true;
  return ts.isObjectLiteralExpression(options) && /^\{\s*keepAlive:\s*true\s*,?\s*\}$/.test(options.getText(source));
}

/** What to write in place of the option `name`. */
export function adviceFor(file: MigratedFile, name: string, node: ts.ObjectLiteralElementLike): Advice | undefined {
  const { ts } = file;
  const value = ts.isPropertyAssignment(node) ? node.initializer : undefined;
  if (name === "httpsAgent" || name === "httpAgent") return agentAdvice(file, name, value);
  if (name === "proxy") return dispatcherAdvice(file, name, "ProxyAgent", `"${proxyUrl(file, value)}"`, "proxy");
  return ADVICE[name];
}

/** What is shown above code that needs it: an import that is not used yet would fail a lint rule. */
export const importOf = (name: string): string => `import { ${name} } from "hydra-sdk";`;

const ADVICE: Readonly<Record<string, Advice>> = {
  validateStatus: {
    why: "an error status always throws here: catch the error, whose response has status, data and headers",
    code: [
      importOf("isResponseError"),
      ".catch((error) => {",
      "  if (isResponseError(error)) return error.response;",
      "  throw error;",
      "})",
    ],
  },
  maxRedirects: {
    why: "redirects are never followed here: let basePath be the URL that they lead to, and remove maxRedirects",
  },
  responseType: {
    why: "data is the parsed JSON of the server, and text only if the server sends text: remove responseType",
  },
  transformResponse: { why: "there is no transformResponse: change data after the call" },
  transformRequest: { why: "there is no transformRequest: change the argument before the call" },
  cancelToken: {
    why: "in place of cancelToken, pass the signal of an AbortController, whose abort() cancels",
    code: ["const controller = new AbortController();", "signal: controller.signal,"],
  },
  auth: {
    why: "username and password of the Configuration are those of a client, for its tokens; for a proxy, let `fetch` add the header",
    code: FETCH([
      "const headers = { ...init.headers, authorization: `Basic ${btoa(`${username}:${password}`)}` };",
      "return fetch(url, { ...init, headers });",
    ]),
  },
  withCredentials: {
    why: "set `fetch` in the Configuration in place of withCredentials",
    code: ['fetch: (url, init) => fetch(url, { ...init, credentials: "include" }),'],
  },
  maxContentLength: { why: "the longest response is maxResponseSize of the Configuration, in bytes" },
  paramsSerializer: {
    why: "a list in params repeats its name; for another form, let `fetch` in the Configuration rewrite the URL",
  },
  baseURL: { why: "a call has no baseURL: use an API with configuration.with({ basePath })" },
  "axios-retry": {
    why: "a call has no retries of its own: use an API with configuration.with({ fetch: withRetry() })",
    code: [importOf("withRetry")],
  },
};

function agentAdvice(file: MigratedFile, name: string, value: ts.Expression | undefined): Advice {
  const { ts, source } = file;
  const [first] = value && ts.isNewExpression(value) ? (value.arguments ?? []) : [];
  const kind = value && ts.isNewExpression(value) ? value.expression.getText(source) : "";
  if (/Proxy/.test(kind)) return dispatcherAdvice(file, name, "ProxyAgent", first?.getText(source) ?? "url", "proxy");
  const connect = first && ts.isObjectLiteralExpression(first) ? tlsOptions(file, first) : "{ ca, cert, key }";
  return dispatcherAdvice(file, name, "Agent", `{ connect: ${connect} }`, "mtls");
}

/** The options of a TLS connection, on one line. */
function tlsOptions(file: MigratedFile, literal: ts.ObjectLiteralExpression): string {
  const isOfPool = /^(keepAlive|keepAliveMsecs|maxSockets|maxFreeSockets|maxTotalSockets|timeout|scheduling)$/;
  const kept = propertiesOf(file, literal).filter(({ name }) => !isOfPool.test(name));
  return `{ ${kept.map(({ node }) => node.getText(file.source).replace(/\s*\n\s*/g, " ")).join(", ")} }`;
}

function proxyUrl(file: MigratedFile, value: ts.Expression | undefined): string {
  const properties = value && file.ts.isObjectLiteralExpression(value) ? propertiesOf(file, value) : [];
  const literalOf = (key: string): string | undefined => {
    const node = properties.find(({ name }) => name === key)?.node;
    const text = node && file.ts.isPropertyAssignment(node) ? node.initializer.getText(file.source) : undefined;
    return text && /^(\d+|["'].*["'])$/.test(text) ? text.replace(/["']/g, "") : undefined;
  };
  return `${literalOf("protocol") ?? "http"}://${literalOf("host") ?? "proxy.example"}:${literalOf("port") ?? 3128}`;
}

/** In Node, the fetch function of undici takes a dispatcher that does what agents do. */
function dispatcherAdvice(
  { ts, source }: MigratedFile,
  name: string,
  kind: string,
  of: string,
  example: string,
): Advice {
  const isJavaScript = (source.flags & ts.NodeFlags.JavaScriptFile) !== 0;
  const sent = "await undiciFetch(url, { ...init, dispatcher })";
  return {
    why: `set \`fetch\` in the Configuration in place of ${name}, as examples/production/${example}.ts shows; after npm install undici`,
    code: [
      `import { ${kind}, fetch as undiciFetch } from "undici";`,
      `const dispatcher = new ${kind}(${of});`,
      `fetch: async (url, init) => ${isJavaScript ? sent : `(${sent}) as unknown as Response`},`,
    ],
  };
}

/** Leaves a place for an option that nothing here does in the same way. */
export function placeOption(file: MigratedFile, name: string, node: ts.ObjectLiteralElementLike, owner: string): void {
  const { why, code } = adviceFor(file, name, node) ?? {
    why: `${owner} has no ${name}: a \`fetch\` in the Configuration can do it`,
  };
  file.rewrite.place(node, why, code);
}
