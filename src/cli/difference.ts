import type { JsonPatch } from "../index.ts";
import type { Context } from "./context.ts";
import { painter, printable } from "./terminal.ts";

const SIGNS = { add: ["+", "green"], remove: ["-", "red"], replace: ["~", "yellow"] } as const;

/**
 * Prints what a patch would change: a line for each operation at a terminal and in a table, the patch itself where JSON or
 * YAML was asked for.
 */
export async function printPatch(
  { io, output }: Context<any>,
  patch: readonly JsonPatch[],
  before: unknown,
): Promise<void> {
  if (output.format.kind !== "table") return output.value(patch);
  const paint = painter(io.stdout, io.env);
  if (patch.length === 0) await io.stdout.write("nothing to change\n");
  for (const { op, path, value } of patch) {
    const [sign, colour] = SIGNS[op as keyof typeof SIGNS] ?? ["~", "yellow"];
    const old = valueAt(before, path);
    const change = op === "remove" ? [old] : op === "add" || old === undefined ? [value] : [old, value];
    const shown = change.map((each) => (path === "/client_secret" ? "(secret)" : JSON.stringify(each)));
    await io.stdout.write(`${paint(colour, printable(`${sign} ${path}  ${shown.join(" → ")}`))}\n`);
  }
}

function valueAt(document: unknown, pointer: string): unknown {
  let value: any = document;
  for (const token of pointer.split("/").slice(1)) value = value?.[token.replaceAll("~1", "/").replaceAll("~0", "~")];
  return value;
}
