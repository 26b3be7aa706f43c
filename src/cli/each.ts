import { isAbortError, isNetworkError, isTimeoutError } from "../index.ts";
import type { Context } from "./context.ts";
import { explain, failureText, STATUS } from "./failure.ts";
import { isJson } from "./format.ts";

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
 * @returns the exit status: that of what ended it, else that of the failures where they have the same, 1 where they differ
 */
export async function eachOf<T>(
  context: Context<any>,
  items: AsyncIterable<T> | Iterable<T>,
  options: EachOptions<T>,
  act: (item: T) => Promise<void>,
): Promise<number> {
  const { results, status } = resultsOf(context, items, options, act);
  for await (const _ of results);
  return status();
}

/** As {@link eachOf}, for what gives a result: `results` has each as a page, as soon as it is there. */
export function resultsOf<T, R>(
  { flags, output, terminal, target }: Context<any>,
  items: AsyncIterable<T> | Iterable<T>,
  { done, name, total }: EachOptions<T>,
  act: (item: T) => Promise<R>,
): { results: AsyncIterable<[R]>; status(): number } {
  const statuses = new Set<number>();
  let ended: number | undefined;

  async function tell(error: unknown, extend: (message: string) => string): Promise<number> {
    const failure = explain(error, target?.settings, flags);
    const text = failureText({ ...failure, message: extend(failure.message) }, isJson(output.format));
    await terminal.note(text);
    return failure.exit;
  }

  async function* run(): AsyncGenerator<[R]> {
    const of = total === undefined ? "" : ` of ${total}`;
    let count = 0;
    try {
      for await (const item of items) {
        let result: R;
        try {
          result = await act(item);
        } catch (error) {
          if (isAbortError(error) || isNetworkError(error) || isTimeoutError(error)) throw error;
          statuses.add(await tell(error, (message) => `${name(item)}: ${message}`));
          continue;
        }
        count++;
        yield [result];
        if (total !== 1) await terminal.progress(`${done} ${count}${of}`);
      }
      await terminal.clear();
    } catch (error) {
      ended = await tell(error, (message) =>
        total === 1 ? message : `${message} (${done} ${count}${of} before that)`,
      );
    }
  }

  function status(): number {
    if (ended !== undefined) return ended;
    return statuses.size > 1 ? STATUS.refused : ([...statuses][0] ?? STATUS.done);
  }
  return { results: run(), status };
}
