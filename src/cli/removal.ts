import { isMissing } from "../index.ts";
import type { Context } from "./context.ts";
import { eachOf } from "./each.ts";
import { STATUS } from "./failure.ts";
import { boolean } from "./flags.ts";
import { counted } from "./terminal.ts";

/** The flags of a command that deletes. */
export const removalFlags = (item: string) => ({
  "ignore-missing": boolean(`take a ${item} that does not exist for deleted`),
  yes: boolean("do not ask", { short: "y" }),
  "dry-run": boolean("show what would be deleted, and delete nothing"),
});

type RemovalContext = Context<ReturnType<typeof removalFlags>>;

/** The column of a result that is an ID alone. */
export const ID_COLUMN = [{ title: "ID", value: (id: string) => id }] as const;

/** What {@link remove} deletes. */
export interface Removal {
  ids: readonly string[];
  /** What they are, such as `clients`. */
  items: string;
  /** What of them is deleted, such as `the access tokens of`. @default all */
  part?: string;
  /** Whether it must be confirmed. @default there is more than one */
  isMany?: boolean | undefined;
  /** Deletes one; resolves to `false` if the server says that it is deleted, but it did not exist. */
  remove(id: string): Promise<unknown>;
  /** Whether an error says that it does not exist. @default as Hydra says it */
  isAbsent?(error: unknown): boolean;
}

/**
 * Deletes one after the other and prints the IDs of those that are gone. What is missing is an error, unless
 * `--ignore-missing` is given; many must be confirmed.
 *
 * @returns the exit status
 */
export async function remove(
  context: Context<any>,
  { ids, items, part, isMany = ids.length > 1, remove, isAbsent = isMissing }: Removal,
) {
  const { flags, output, terminal } = context as RemovalContext;
  const { yes, "ignore-missing": ignoreMissing, "dry-run": dryRun } = flags;
  const what = `${part ? `${part} ` : ""}${counted(ids.length, items)}`;
  if (dryRun) {
    await terminal.note(ids.length > 0 ? `would delete ${what}:` : "nothing to delete");
    await output.list([ids], ID_COLUMN);
    return STATUS.done;
  }
  if (isMany && ids.length > 0 && !(await terminal.confirm(`Delete ${what}?`, yes))) {
    await terminal.note("nothing was deleted");
    return STATUS.refused;
  }
  const deleted: string[] = [];
  let isMissing = false;
  const status = await eachOf(context, ids, { done: "deleted", name: String, total: ids.length }, async (id) => {
    const existed = await remove(id).catch((error) => {
      if (!ignoreMissing || !isAbsent(error)) throw error;
    });
    if (existed === false && !ignoreMissing) {
      await terminal.warn(`${id} did not exist: nothing was deleted`);
      isMissing = true;
      return;
    }
    deleted.push(id);
  });
  if (isMany) await output.list([deleted], ID_COLUMN);
  else if (deleted[0] !== undefined) await output.item(deleted[0], ID_COLUMN);
  return status || (isMissing ? STATUS.notFound : STATUS.done);
}

/** Whether `reading` finds something. */
export const exists = (reading: Promise<unknown>): Promise<boolean> =>
  reading.then(
    () => true,
    (error) => {
      if (isMissing(error)) return false;
      throw error;
    },
  );
