import { AbortError, type HydraError, nameOf, TimeoutError } from "./errors.ts";
import { assertInput } from "./validate.ts";

/** Milliseconds that a call may take unless the caller says otherwise. */
export const DEFAULT_TIMEOUT: number = 30_000;

/** How long a call may take. */
export interface Limits {
  /** Milliseconds for the entire call, including the response body; `0` for no limit. @default 30_000 for each request */
  timeout?: number | undefined;
  /** Aborts the call. `null`, as in a `RequestInit`, is the same as none. */
  signal?: AbortSignal | null | undefined;
}

/**
 * Runs `work` until a timeout or one of the caller's signals ends it. `work` is passed a signal that aborts then; the call
 * ends even if `work` ignores it.
 *
 * @throws {@link TimeoutError} `timeout` passed, or one of `signals` is an `AbortSignal.timeout()` that fired
 * @throws {@link AbortError} one of `signals` was aborted
 */
export async function withDeadline<T>(
  timeout: number | undefined,
  signals: (AbortSignal | null | undefined)[],
  label: string,
  work: (signal?: AbortSignal) => Promise<T>,
): Promise<T> {
  const callers = signals.filter((signal) => signal != null);
  if (!timeout && !callers.length) return work();
  const deadline = new AbortController();
  const onAbort = ({ reason }: AbortSignal) => {
    const isTimeout = nameOf(reason) === "TimeoutError";
    end(isTimeout ? new TimeoutError(`${label}: timed out`) : new AbortError(`${label}: aborted`, { cause: reason }));
  };
  let end!: (error: HydraError) => void;
  const ended = new Promise<never>((_, reject) => {
    end = (error) => {
      reject(error);
      deadline.abort(error);
    };
  });
  const unwatch = callers.map((signal) => watch(signal, onAbort));
  const onTimeout = () => end(new TimeoutError(`${label}: no complete response within ${timeout} ms`));
  const timer = timeout && setTimeout(onTimeout, timeout);
  try {
    if (deadline.signal.aborted) {
      Object.assign(deadline.signal.reason, { mayBeSent: false });
      return await ended;
    }
    return await Promise.race([ended, work(deadline.signal)]);
  } finally {
    clearTimeout(timer);
    for (const stop of unwatch) stop();
  }
}

type Watcher = (signal: AbortSignal) => void;
const watchers = new WeakMap<AbortSignal, Set<Watcher>>();

/** Calls `watcher` on abort. One listener per signal, because Node warns if there are more than ten. */
function watch(signal: AbortSignal, watcher: Watcher): () => void {
  assertInput(signal.addEventListener, "signal", "must be an AbortSignal");
  if (signal.aborted) watcher(signal);
  let all = watchers.get(signal);
  if (!all) {
    all = new Set();
    watchers.set(signal, all);
    signal.addEventListener("abort", () => {
      for (const each of watchers.get(signal)!) each(signal);
    });
  }
  all.add(watcher);
  return () => all.delete(watcher);
}

/** Resolves or rejects as `work` does; rejects with the reason of `signal` if that aborts first. */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}

/** Resolves after `milliseconds`; rejects with the reason of `signal` if that aborts first. */
export function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal!.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}
