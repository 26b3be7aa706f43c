import { InvalidInputError } from "../index.ts";
import { member, valueAt } from "./json-pointer.ts";

/** How results are printed. */
export type Format =
  | { kind: "table" | "json" | "json-pretty" | "yaml" | "quiet" }
  | { kind: "select"; select(value: unknown): unknown };

/** Whether JSON was asked for, so that errors are JSON, too. */
export const isJson = ({ kind }: Format): boolean => kind === "json" || kind === "json-pretty";

const PLAIN = ["table", "json", "json-pretty", "yaml"] as const;

/**
 * The format that `--format` and `-q` ask for, checked before anything is sent.
 *
 * @throws {@link InvalidInputError} there is no such format
 */
export function parseFormat(text = "table", quiet = false): Format {
  const [name = "", expression] = split(text);
  const plain = PLAIN.find((kind) => kind === name);
  if (plain && expression === undefined) return { kind: quiet ? "quiet" : plain };
  if (name === "jsonpointer" && expression !== undefined) return quietOr(quiet, pointer(expression));
  if (name === "jsonpath" && expression !== undefined) return quietOr(quiet, path(expression));
  throw new InvalidInputError(
    "--format",
    `--format must be ${PLAIN.join(", ")}, jsonpath=PATH or jsonpointer=POINTER, not ${JSON.stringify(text)}`,
  );
}

function split(text: string): [string, string?] {
  const at = text.indexOf("=");
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

const quietOr = (quiet: boolean, select: (value: unknown) => unknown): Format =>
  quiet ? { kind: "quiet" } : { kind: "select", select };

/** JSON Pointer, RFC 6901. */
function pointer(expression: string): (value: unknown) => unknown {
  const isPointer = (expression === "" || expression.startsWith("/")) && !/~(?![01])/.test(expression);
  if (!isPointer)
    throw new InvalidInputError("--format", "--format jsonpointer= needs a pointer such as /client_id (RFC 6901)");
  return (value) => valueAt(value, expression);
}

/** Names and numbers separated by dots, `#` for each item of a list: `items.#.client_id`. A backslash keeps a dot. */
function path(expression: string): (value: unknown) => unknown {
  const parts = expression.split(/(?<!\\)\./).map((part) => part.replaceAll("\\.", "."));
  if (parts.some((part) => part === "" || /[*?|@{}()]/.test(part)))
    throw new InvalidInputError("--format", "--format jsonpath= needs a path such as client_id or #.redirect_uris.0");
  return (value) => walk(value, parts);
}

function walk(value: unknown, [part, ...rest]: string[]): unknown {
  if (part === undefined) return value;
  if (part !== "#") return walk(member(value, part), rest);
  if (!Array.isArray(value)) return undefined;
  return rest.length === 0 ? value.length : value.map((item) => walk(item, rest));
}
