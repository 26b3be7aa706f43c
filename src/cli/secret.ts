import { readFile } from "node:fs/promises";
import { InvalidInputError } from "../index.ts";
import type { Context } from "./context.ts";
import { text } from "./flags.ts";

/** The flags for the secret `name`: `--NAME` and `--NAME-file`. */
export const secretFlags = <const Name extends string>(name: Name, what: string) =>
  ({
    [name]: text(`${what}; others on this machine can read it: prefer --${name}-file`, { placeholder: "SECRET" }),
    [`${name}-file`]: text(`file with ${what}; - reads standard input`, { placeholder: "FILE" }),
  }) as Record<Name | `${Name}-file`, ReturnType<typeof text>>;

/**
 * The secret that is given by `--NAME-file`, `--NAME`, the variable or, if `prompt` says so, at the terminal.
 *
 * @throws {@link InvalidInputError} it is given twice, or cannot be read
 */
export async function readSecret(
  context: Context<any>,
  name: string,
  { variable, prompt }: { variable?: string; prompt?: string } = {},
): Promise<string | undefined> {
  const { io, terminal } = context;
  const flags: Record<string, string | undefined> = context.flags as any;
  const [value, file] = [flags[name], flags[`${name}-file`]];
  if (value !== undefined && file !== undefined)
    throw new InvalidInputError(`--${name}`, `--${name} and --${name}-file are both given: keep the file`);
  if (file !== undefined) return readText(io, `--${name}-file`, file).then((content) => content.replace(/\r?\n$/, ""));
  if (value !== undefined) {
    await terminal.warn(`others on this machine can read --${name} in the list of processes: use --${name}-file`);
    return value;
  }
  if (variable && io.env[variable]) return io.env[variable];
  return prompt && io.stdin.isTerminal ? io.stdin.ask(prompt, { hidden: true }) : undefined;
}

/** The text of a file, or of standard input for `-`. */
export async function readText(io: Context["io"], flag: string, file: string): Promise<string> {
  if (file === "-") return io.stdin.text();
  return readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === "ENOENT" ? "there is no such file" : `it cannot be read (${error.code})`;
    throw new InvalidInputError(flag, `${flag} ${file}: ${reason}`);
  });
}

/** The JSON of a file, or of standard input for `-`. */
export async function readJson(io: Context["io"], flag: string, file: string): Promise<unknown> {
  const content = await readText(io, flag, file);
  if (content.trim() === "") throw new InvalidInputError(flag, `${flag} ${file} is empty`);
  return parseJson(`${flag} ${file}`, content);
}

/**
 * What `text` holds as JSON.
 *
 * @throws {@link InvalidInputError} it is not JSON; the text is not shown, for it may hold a secret
 */
export function parseJson(field: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidInputError(field, `${field} must be JSON`);
  }
}
