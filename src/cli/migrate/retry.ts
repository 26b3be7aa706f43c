import type ts from "typescript";
import { type MigratedFile, moduleOf, propertiesOf } from "./file.ts";

/** Retries of an instance by axios-retry. */
export interface Retry {
  statement: ts.Statement;
  /** The options of `withRetry`, as text. */
  options: string[];
  /** The expressions in it. */
  moved: ts.Node[];
  /** What a person has to decide. */
  questions: string[];
}

/** Delays and conditions for which `withRetry` has better ones. */
const KNOWN =
  /^(\w+\.)?(exponentialDelay|linearDelay\(.*\)|isNetworkOrIdempotentRequestError|isIdempotentRequestError)$/;

/** `axiosRetry(client, { retries: 3 })`. */
export function retryOf(file: MigratedFile, client: ts.Identifier): Retry | undefined {
  const { ts, checker, source } = file;
  let argument: ts.Node = client;
  while (ts.isAsExpression(argument.parent) || ts.isParenthesizedExpression(argument.parent))
    argument = argument.parent;
  const call = argument.parent;
  if (!ts.isCallExpression(call) || call.arguments[0] !== argument || !ts.isExpressionStatement(call.parent))
    return undefined;
  const callee = ts.isPropertyAccessExpression(call.expression) ? call.expression.expression : call.expression;
  const declaration = checker.getSymbolAtLocation(callee)?.declarations?.[0];
  if (!declaration || moduleOf(file, declaration) !== "axios-retry") return undefined;
  const retry: Retry = { statement: call.parent, options: [], moved: [], questions: [] };
  const [, options] = call.arguments;
  if (!options) return retry;
  if (!ts.isObjectLiteralExpression(options)) {
    retry.questions.push("withRetry takes maxAttempts, which counts the first attempt as well");
    retry.options.push("maxAttempts: retries + 1");
    return retry;
  }
  for (const { name, node } of propertiesOf(file, options)) {
    const value = ts.isPropertyAssignment(node) ? node.initializer : undefined;
    const text = value?.getText(source) ?? name;
    if (name === "retries") {
      if (value) retry.moved.push(value);
      // The default of both.
      if (text !== "3") retry.options.push(`maxAttempts: ${/^\d+$/.test(text) ? Number(text) + 1 : `${text} + 1`}`);
    } else if (!isKnown(name, value)) {
      retry.questions.push(questionAbout(name));
      if (name === "onRetry") retry.options.push("onAttempt: ({ number, method, url, status, error, delay }) => {}");
    }
  }
  return retry;

  /** Whether `withRetry` does what an option says, or better. */
  function isKnown(name: string, value: ts.Expression | undefined): boolean {
    const text = value?.getText(source) ?? "";
    if (name === "shouldResetTimeout") return text === "false";
    if (name !== "retryDelay" && name !== "retryCondition") return false;
    return KNOWN.test(text) || (name === "retryDelay" && isConstant(value));
  }

  /** `(count) => count * 1000`. */
  function isConstant(value: ts.Expression | undefined): boolean {
    return value !== undefined && ts.isArrowFunction(value) && !ts.isBlock(value.body) && !hasCall(value.body);
  }

  function hasCall(node: ts.Node): boolean {
    return ts.isCallExpression(node) || ts.forEachChild(node, hasCall) === true;
  }
}

/** The lines of a fetch function that retries, by default the global one. */
export function retryingFetch({ options }: Retry, fetch?: readonly string[]): string[] {
  const second = options.length > 0 ? `, { ${options.join(", ")} }` : "";
  if (!fetch) return [`withRetry(${second && `undefined${second}`})`];
  const lines = [...fetch.slice(0, -1), `${fetch.at(-1)}${second})`];
  return [`withRetry(${lines[0]}`, ...lines.slice(1)];
}

function questionAbout(name: string): string {
  if (name === "onRetry")
    return "withRetry calls onAttempt at the end of every attempt; delay is the pause before the next";
  if (name === "shouldResetTimeout") return "the timeout is for all attempts together: raise it";
  return `withRetry decides itself what is safe to repeat, and how long to wait: is ${TABLE} enough in place of ${name}?`;
}

const TABLE = "the table in its documentation (docs/guides/production.md of hydra-sdk, Retries and rate limits)";

/** How `withRetry` differs from axios-retry with any condition of its own. */
export const RETRY_NOTE = `withRetry repeats less than axios-retry, nothing after a 500 for example: see ${TABLE}`;
