import { chmod, open, readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { clientSchema, type FieldSchema } from "../client-schema.ts";
import {
  type ClientSecret,
  type ClientSet,
  escapeVariables,
  InvalidInputError,
  type OAuth2Client,
  resolveVariables,
} from "../index.ts";
import { assertClient } from "./client-flags.ts";
import type { Io } from "./io.ts";
import { readPublicKeys, withAlgorithm } from "./keys.ts";
import { readText } from "./secret.ts";

/**
 * Reads the wanted clients of files (`clients.yaml`), as one set. A path in `${file:PATH}` begins at the folder of its file.
 *
 * @throws {@link InvalidInputError} a file is not a set of clients, a variable is not set, or the files are of two sets
 */
export async function readClientSet(io: Io, files: readonly string[]): Promise<ClientSet> {
  const sets = await Promise.all(files.map((file) => readFileOfSet(io, file)));
  const names = [...new Set(sets.map(({ set = "default" }) => set))];
  if (names.length > 1) {
    const quoted = names.map((name) => JSON.stringify(name)).join(" and ");
    throw new InvalidInputError("--file", `--file: the files are of the sets ${quoted}: give one`);
  }
  return { set: names[0], clients: sets.flatMap(({ clients }) => clients) };
}

async function readFileOfSet(io: Io, file: string): Promise<ClientSet> {
  const field = `--file ${file}`;
  const document = await parseDocument(field, await readText(io, "--file", file));
  const { set, clients } = Array.isArray(document) ? { set: undefined, clients: document } : Object(document);
  if (!Array.isArray(clients) || (set !== undefined && typeof set !== "string"))
    throw new InvalidInputError("--file", `${field} must hold clients: a list of them, and optionally set: a name`);
  const folder = file === "-" ? "." : dirname(file);
  for (const [index, client] of clients.entries()) {
    const at = `${field}: clients[${index}]`;
    assertClient(at, client);
    const keyFile = keyFileOf(client);
    if (keyFile !== undefined) {
      const { keys } = await readPublicKeys(io, `${at}.jwks`, [resolve(folder, keyFile)]);
      const { token_endpoint_auth_signing_alg: alg } = client as OAuth2Client;
      client["jwks"] = escapeVariables({ keys: keys.map((key) => withAlgorithm(key, alg)) });
    }
    assertTypes(at, client);
  }
  const read = (path: string) => readFile(resolve(folder, path), "utf8");
  const wanted = { ...(set !== undefined && { set }), clients: clients as OAuth2Client[] };
  return resolveVariables(wanted, { variables: io.env, readFile: read });
}

/** `jwks: ${file:PATH}` takes a JSON Web Key Set or PEM, where other fields take the text of the file. */
const keyFileOf = ({ jwks }: Record<string, unknown>): string | undefined =>
  typeof jwks === "string" ? /^\$\{file:([^}]+)\}$/.exec(jwks)?.[1] : undefined;

const TYPES: Record<string, (value: unknown) => boolean> = {
  string: (value) => typeof value === "string",
  boolean: (value) => typeof value === "boolean",
  integer: Number.isInteger,
  array: Array.isArray,
  object: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  null: (value) => value === null,
};

/** Asserts that the fields have their types: YAML reads `1` as a number, and a list with one item is easily not a list. */
function assertTypes(at: string, client: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(client)) {
    const { type, items } = clientSchema.properties[name]!;
    // Without a type it is any JSON value.
    if (type === undefined) continue;
    const fits = (types: FieldSchema["type"] = [], each: unknown) => [types].flat().some((kind) => TYPES[kind]!(each));
    const isRight = fits(type, value) && (!Array.isArray(value) || value.every((item) => fits(items?.type, item)));
    const wanted = [type].flat().join(" or ");
    const of = items?.type ? ` of ${[items.type].flat().join(" or ")}s` : "";
    if (!isRight) throw new InvalidInputError("--file", `${at}.${name} must be ${wanted}${of}`);
  }
}

/** YAML, of which JSON is a part. */
async function parseDocument(field: string, text: string): Promise<unknown> {
  const { parse, YAMLParseError } = await import("./yaml.ts");
  try {
    // The file is the caller's own: hundreds of clients may refer to one anchor.
    return parse(text, { merge: true, prettyErrors: false, maxAliasCount: -1 });
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
    // One after the other: lines must not be mixed. After a failure, which may have left a part of a line, none follows.
    last = last.then(() => append(secret));
    return last;
  };
}
