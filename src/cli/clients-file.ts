import { chmod, open, readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { type ClientSecret, type ClientSet, InvalidInputError, type OAuth2Client, resolveVariables } from "../index.ts";
import { assertClient } from "./client-flags.ts";
import type { Io } from "./io.ts";
import { readText } from "./secret.ts";

/**
 * Reads the wanted clients of files (`clients.yaml`), as one set. A path in `${file:PATH}` begins at the folder of its file.
 *
 * @throws {@link InvalidInputError} a file is not a set of clients, a variable is not set, or the files are of two sets
 */
export async function readClientSet(io: Io, files: readonly string[]): Promise<ClientSet> {
  const sets = await Promise.all(files.map((file) => readFileOfSet(io, file)));
  const names = [...new Set(sets.map(({ set }) => set))];
  if (names.length > 1)
    throw new InvalidInputError(
      "--file",
      `--file: the files are of the sets ${names.map(nameOf).join(" and ")}: give one`,
    );
  return { set: names[0], clients: sets.flatMap(({ clients }) => clients) };
}

const nameOf = (set: string | undefined): string => JSON.stringify(set ?? "default");

async function readFileOfSet(io: Io, file: string): Promise<ClientSet> {
  const field = `--file ${file}`;
  const document = await parseDocument(field, await readText(io, "--file", file));
  const { set, clients } = Array.isArray(document) ? { set: undefined, clients: document } : Object(document);
  if (!Array.isArray(clients) || (set !== undefined && typeof set !== "string"))
    throw new InvalidInputError("--file", `${field} must hold clients: a list of them, and optionally set: a name`);
  for (const [index, client] of clients.entries()) assertClient(`${field}: clients[${index}]`, client);
  const folder = file === "-" ? "." : dirname(file);
  const read = (path: string) => readFile(resolve(folder, path), "utf8");
  return { set, clients: await resolveVariables(clients as OAuth2Client[], { variables: io.env, readFile: read }) };
}

/** YAML, of which JSON is a part. */
async function parseDocument(field: string, text: string): Promise<unknown> {
  const { parse, YAMLParseError } = await import("yaml");
  try {
    return parse(text, { merge: true, prettyErrors: false });
  } catch (error) {
    // The message of the library may quote the text, which may hold a secret.
    const [at] = error instanceof YAMLParseError ? error.pos : [0];
    const line = text.slice(0, at).split("\n").length;
    throw new InvalidInputError("--file", `${field} is not YAML or JSON: look at line ${line}`);
  }
}

/** Appends secrets to a file that only its owner can read, each on the disk before it is used. */
export function secretsFile(file: string): (secret: ClientSecret) => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  const append = async (secret: ClientSecret) => {
    const handle = await open(file, "a", 0o600);
    try {
      await chmod(file, 0o600);
      await handle.appendFile(`${JSON.stringify(secret)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
  };
  return (secret) => {
    // One after the other: lines must not be mixed.
    last = last.then(() => append(secret));
    return last;
  };
}
