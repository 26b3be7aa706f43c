import { isAbortError, isNetworkError, isTimeoutError } from "../index.ts";
import type { Context } from "./context.ts";
import { explain, failureText, STATUS } from "./failure.ts";

/** What {@link eachOf} is told. */
export interface EachOptions<T> {
  /** What is done, such as `deleted`, for the progress line and for what is said after Ctrl+C. */
  done: string;
  /** How an item is named in an error. */
  name(item: T): string;
  /** The number of items, where it is known. */
  total?: number | undefined;
}

/**
 * Does something with each item, one after the other. A failure is told, and the next item follows; where no answer comes,
 * or after Ctrl+C, none follows.
 *
 * @returns the exit status: that of the failures where they have the same, 1 where they differ
 */
export async function eachOf<T>(
  { io, output, terminal }: Context<any>,
  items: AsyncIterable<T> | Iterable<T>,
  { done, name, total }: EachOptions<T>,
  act: (item: T) => Promise<void>,
): Promise<number> {
  const of = total === undefined ? "" : ` of ${total}`;
  const isJson = output.format.kind.startsWith("json");
  const statuses = new Set<number>();
  let count = 0;
  const fail = async (error: unknown, label: string) => {
    const failure = explain(error);
    statuses.add(failure.exit);
    const message = label ? `${label}: ${failure.message}` : failure.message;
    await terminal.note(failureText({ ...failure, message }, isJson));
  };
  try {
    for await (const item of items) {
      try {
        await act(item);
        count++;
        if (total !== 1) await terminal.progress(`${done} ${count}${of}`);
      } catch (error) {
        const endsAll = isAbortError(error) || isNetworkError(error) || isTimeoutError(error);
        if (endsAll) throw error;
        await fail(error, name(item));
      }
    }
  } catch (error) {
    await fail(error, "");
    if (total !== 1) await terminal.note(`${done} ${count}${of} before that`);
    return io.signal.aborted ? STATUS.interrupted : [...statuses].at(-1)!;
  }
  if (total !== 1) await terminal.progress("");
  return statuses.size > 1 ? STATUS.refused : ([...statuses][0] ?? STATUS.done);
}
