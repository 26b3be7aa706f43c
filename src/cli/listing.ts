import { InvalidInputError } from "../index.ts";
import type { Context } from "./context.ts";
import { boolean, integer, text } from "./flags.ts";
import type { Columns } from "./output.ts";

const DEFAULT_LIMIT = 100;
const PAGE_SIZE = 250;
const MAX_PAGE_SIZE = 500;

/** What the help of a list says about its length. */
export const listDetails = (items: string): string =>
  `Without --all or --limit it shows ${DEFAULT_LIMIT} ${items}, and says on stderr if there are more.`;

/** The flags that say how much of a list to show. */
export const listFlags = (items: string) => ({
  all: boolean(`all ${items}, page by page`),
  limit: integer(`the most ${items} to show (default ${DEFAULT_LIMIT})`),
  "page-size": integer(`${items} of one request, at most ${MAX_PAGE_SIZE} (default ${PAGE_SIZE})`),
  "page-token": text("begin at this page", { placeholder: "TOKEN" }),
});

type ListContext = Context<ReturnType<typeof listFlags>>;

/**
 * What a list takes of the flags.
 *
 * @throws {@link InvalidInputError} a number is out of range, or `--all` and `--limit` are both given
 */
export function pageParameters({ flags }: Context<any>): { pageSize: number; pageToken?: string } {
  const { all, limit, "page-size": size, "page-token": pageToken } = flags as ListContext["flags"];
  if (all && limit !== undefined) throw new InvalidInputError("--limit", "--limit and --all contradict each other");
  if (limit === 0) throw new InvalidInputError("--limit", "--limit must be at least 1");
  // One more than is shown says whether there are more.
  const pageSize = size ?? Math.min(all ? PAGE_SIZE : (limit ?? DEFAULT_LIMIT) + 1, PAGE_SIZE);
  if (pageSize < 1 || pageSize > MAX_PAGE_SIZE)
    throw new InvalidInputError("--page-size", `--page-size must be from 1 to ${MAX_PAGE_SIZE}`);
  return { pageSize, ...(pageToken !== undefined && { pageToken }) };
}

/** Prints a list page by page, as much of it as the flags say. */
export async function printPages<T>(
  context: Context<any>,
  pages: AsyncIterable<T[]>,
  columns: Columns<T>,
  items: string,
): Promise<void> {
  const { flags, output, terminal } = context as ListContext;
  const limit = flags.all ? Number.POSITIVE_INFINITY : (flags.limit ?? DEFAULT_LIMIT);
  let shown = 0;
  let more = false;
  async function* limited() {
    for await (const page of pages) {
      const room = limit - shown;
      more = page.length > room;
      shown += Math.min(page.length, room);
      yield page.slice(0, room);
      if (more) return;
    }
  }
  await output.list(limited(), columns);
  if (more) await terminal.note(`There are more than ${shown} ${items}: --all shows them, --limit some of them.`);
}
