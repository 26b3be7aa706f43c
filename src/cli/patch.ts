import { InvalidInputError, type JsonPatch } from "../index.ts";
import type { Context } from "./context.ts";
import { list, text, type Values } from "./flags.ts";
import { readJson } from "./secret.ts";

/** The flags for a JSON Patch (RFC 6902). */
export const PATCH_FLAGS = {
  add: list("add a member, or an item with /-", { placeholder: "'/PATH=JSON'", whole: true }),
  replace: list("set a member", { placeholder: "'/PATH=JSON'", whole: true }),
  remove: list("remove a member", { placeholder: "/PATH", whole: true }),
  file: text("file with a JSON Patch, applied before the flags; - reads standard input", { placeholder: "FILE" }),
};

/**
 * The patch of the flags: the operations of the file, then `--add`, `--replace` and `--remove`.
 *
 * @throws {@link InvalidInputError} there is no operation, or one is not valid
 */
export async function readPatch(io: Context["io"], flags: Values<typeof PATCH_FLAGS>): Promise<JsonPatch[]> {
  const { add = [], replace = [], remove = [], file } = flags;
  const patch = [
    ...(file === undefined ? [] : await patchFile(io, file)),
    ...add.map((given) => operation("add", given)),
    ...replace.map((given) => operation("replace", given)),
    ...remove.map((path): JsonPatch => ({ op: "remove", path: checkedPath("--remove", path) })),
  ];
  if (patch.length > 0) return patch;
  throw new InvalidInputError("--replace", "there is nothing to patch: give --add, --replace, --remove or --file");
}

async function patchFile(io: Context["io"], file: string): Promise<JsonPatch[]> {
  const value = await readJson(io, "--file", file);
  const isPatch = Array.isArray(value) && value.every((each) => typeof each?.op === "string" && "path" in each);
  if (isPatch) return value;
  throw new InvalidInputError("--file", `--file ${file} must hold a list of operations with op and path (RFC 6902)`);
}

/** `/path=JSON`. The path ends at the first `=`. */
function operation(op: "add" | "replace", given: string): JsonPatch {
  const flag = `--${op}`;
  const at = given.indexOf("=");
  if (at < 0) throw new InvalidInputError(flag, `${flag} needs a value: '${checkedPath(flag, given)}=JSON'`);
  const path = checkedPath(flag, given.slice(0, at));
  try {
    return { op, path, value: JSON.parse(given.slice(at + 1)) };
  } catch {
    throw new InvalidInputError(flag, `${flag} ${path}: the value must be JSON; a text needs quotes: '${path}="text"'`);
  }
}

function checkedPath(flag: string, path: string): string {
  if (path.startsWith("/")) return path;
  throw new InvalidInputError(flag, `${flag} must begin with a path such as /client_name`);
}
