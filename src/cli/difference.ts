import type { JsonPatch } from "../index.ts";
import type { Context } from "./context.ts";
import { valueAt } from "./json-pointer.ts";
import { painter, printable } from "./terminal.ts";

const SIGNS = { add: ["+", "green"], remove: ["-", "red"], replace: ["~", "yellow"] } as const;

type Paint = ReturnType<typeof painter>;

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
  const lines = patch.length === 0 ? ["nothing to change"] : patchLines(patch, before, painter(io.stdout, io.env));
  await io.stdout.write(`${lines.join("\n")}\n`);
}

/** A line for each operation, with the value before and after. */
export function patchLines(patch: readonly JsonPatch[], before: unknown, paint: Paint): string[] {
  return patch.map(({ op, path, value }) => {
    const [sign, colour] = SIGNS[op as keyof typeof SIGNS] ?? ["~", "yellow"];
    const old = valueAt(before, path);
    const change = op === "remove" ? [old] : op === "add" || old === undefined ? [value] : [old, value];
    const shown = change.map((each) => (path === "/client_secret" ? "(secret)" : JSON.stringify(each)));
    return paint(colour, printable(`${sign} ${path}  ${shown.join(" → ")}`));
  });
}
