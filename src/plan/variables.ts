import { InvalidInputError } from "../core/errors.ts";
import { assertInput } from "../core/validate.ts";

/** What {@link resolveVariables} reads from. */
export interface VariableSources {
  /** The variables of the environment. */
  variables: Readonly<Record<string, string | undefined>>;
  /** Returns the text of a file. A line end at its end is dropped, as editors add one. @default `${file:…}` is an error */
  readFile?: ((path: string) => string | Promise<string>) | undefined;
}

/** `$${` is a literal `${`; `${NAME}` a variable; `${file:PATH}` the text of a file. */
const REFERENCE = /\$\$\{|\$\{([^}]*)\}/g;
const NAME = /^[A-Za-z_]\w*$/;

/**
 * Returns a copy of a document with its variables resolved, in any text of it: `${NAME}` is the value of a variable,
 * `${file:PATH}` the text of a file, and `$${` a literal `${`. Names of members are not resolved.
 *
 * @throws {@link InvalidInputError} variables are not set, a file cannot be read, or a name is not valid; names each, and where
 *
 * @example
 * ```ts
 * const clients = [{ client_id: "web", client_secret: "${WEB_SECRET}" }];
 * const wanted = await resolveVariables(clients, { variables: process.env });
 * ```
 */
export async function resolveVariables<T>(document: T, sources: VariableSources): Promise<T> {
  const missing: string[] = [];
  const resolved = await resolveValue(document, "", sources, missing);
  if (missing.length > 0) throw new InvalidInputError("variables", missing.join("\n"));
  return resolved as T;
}

/** The number of levels that a document may have. YAML can contain itself. */
const MAX_DEPTH = 200;

/** One text after the other: opening a thousand files at once fails. */
async function resolveValue(
  value: unknown,
  at: string,
  sources: VariableSources,
  missing: string[],
  depth = 0,
): Promise<unknown> {
  if (typeof value === "string") return value.includes("${") ? resolveText(value, at, sources, missing) : value;
  if (value === null || typeof value !== "object") return value;
  assertInput(depth < MAX_DEPTH, at.slice(0, 100), `must not be nested more than ${MAX_DEPTH} levels deep`);
  const members: [string, unknown][] = [];
  for (const [name, member] of Object.entries(value)) {
    const path = Array.isArray(value) ? `${at}[${name}]` : at ? `${at}.${name}` : name;
    members.push([name, await resolveValue(member, path, sources, missing, depth + 1)]);
  }
  return Array.isArray(value) ? members.map(([, member]) => member) : Object.fromEntries(members);
}

async function resolveText(text: string, at: string, sources: VariableSources, missing: string[]): Promise<string> {
  let resolved = "";
  let end = 0;
  for (const match of text.matchAll(REFERENCE)) {
    resolved += text.slice(end, match.index);
    end = match.index + match[0].length;
    if (match[1] === undefined) resolved += "${";
    else {
      const value = await lookUp(match[1], sources).catch(() => undefined);
      if (value === undefined) missing.push(`${at}: ${complaint(match[1], sources)}`);
      else resolved += value;
    }
  }
  return resolved + text.slice(end);
}

async function lookUp(name: string, { variables, readFile }: VariableSources): Promise<string | undefined> {
  const path = pathOf(name);
  if (path !== undefined) return readFile && (await readFile(path)).replace(/\r?\n$/, "");
  return NAME.test(name) && Object.hasOwn(variables, name) ? variables[name] : undefined;
}

const pathOf = (name: string): string | undefined =>
  name.startsWith("file:") ? name.slice("file:".length) : undefined;

function complaint(name: string, { readFile }: VariableSources): string {
  const path = pathOf(name);
  if (path !== undefined) return readFile ? `the file ${path} cannot be read` : `files are not read here: ${path}`;
  if (NAME.test(name)) return `the variable ${name} is not set`;
  return `\${${name}} is not the name of a variable; write $\${ for a literal \${`;
}

/** Returns a copy of a document that {@link resolveVariables} turns into the document itself: `${` becomes `$${`. */
export function escapeVariables<T>(document: T): T {
  return escapeValue(document) as T;
}

function escapeValue(value: unknown): unknown {
  // A function: in a text, the second $ would be a special character of replaceAll.
  if (typeof value === "string") return value.replaceAll("${", () => "$${");
  if (Array.isArray(value)) return value.map(escapeValue);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, escapeValue(member)]));
}
