import type ts from "typescript";
import { type MigratedFile, moduleOf, propertiesOf } from "./file.ts";
import type { Advice } from "./request-options.ts";

/** Retries of an instance by axios-retry. */
export interface Retry {
  statement: ts.Statement;
  /** The number of attempts, as text; `undefined` for that of `withRetry`. */
  maxAttempts: string | undefined;
  /** The expressions in it. */
  moved: ts.Node[];
  /** What a person has to decide. */
  advice: Advice | undefined;
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
  const retry: Retry = { statement: call.parent, maxAttempts: undefined, moved: [], advice: undefined };
  const [, options] = call.arguments;
  if (!options) return retry;
  if (!ts.isObjectLiteralExpression(options)) {
    retry.advice = {
      why: "withRetry takes maxAttempts, which counts the first attempt as well",
      code: ["fetch: withRetry(undefined, { maxAttempts: retries + 1 }),"],
    };
    return retry;
  }
  for (const { name, node } of propertiesOf(file, options)) {
    const value = ts.isPropertyAssignment(node) ? node.initializer : undefined;
    const text = value?.getText(source) ?? name;
    if (name === "retries") {
      if (value) retry.moved.push(value);
      retry.maxAttempts = attempts(text);
    } else if (!isKnown(name, value)) {
      retry.advice = adviceFor(name);
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

/** The number of attempts, which counts the first as well. */
function attempts(retries: string): string | undefined {
  if (retries === "3") return undefined;
  return /^\d+$/.test(retries) ? `${Number(retries) + 1}` : `${retries} + 1`;
}

/** The lines of a fetch function that retries, by default the global one. */
export function retryingFetch({ maxAttempts }: Retry, fetch?: readonly string[]): string[] {
  const options = maxAttempts === undefined ? "" : `, { maxAttempts: ${maxAttempts} }`;
  if (!fetch) return [`withRetry(${options && `undefined${options}`})`];
  const lines = [...fetch.slice(0, -1), `${fetch.at(-1)}${options})`];
  return [`withRetry(${lines[0]}`, ...lines.slice(1)];
}

function adviceFor(name: string): Advice {
  if (name === "onRetry")
    return {
      why: "withRetry calls onAttempt at the end of every attempt; delay is the pause before the next",
      code: ["fetch: withRetry(undefined, { onAttempt: ({ number, method, url, status, error, delay }) => {} }),"],
    };
  if (name === "shouldResetTimeout")
    return { why: "the timeout is for all attempts together: raise it, and use fetch: withRetry()" };
  return {
    why: `withRetry decides itself what is safe to repeat, and how long to wait: is its table enough in place of ${name}?`,
    code: ["fetch: withRetry(),"],
  };
}
