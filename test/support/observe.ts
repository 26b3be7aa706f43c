import { onTestFinished } from "vitest";
import type { Fetch, FetchInit } from "../../src/index.ts";

/** A request that a fetch function received. */
export interface Seen extends FetchInit {
  url: URL;
}

/**
 * Returns a fetch function that records requests and responds with `reply`.
 *
 * @example
 * const { fetch, seen } = observe(json({ client_id: "abc" }));
 */
export function observe(reply: (request: Seen) => Response | Promise<Response> = () => json({})()) {
  const seen: Seen[] = [];
  const fetch: Fetch = async (url, init) => {
    const request = { url: new URL(url), ...init };
    seen.push(request);
    return reply(request);
  };
  return {
    fetch,
    seen,
    /** The only request so far. */
    get only(): Seen {
      if (seen.length !== 1) throw new Error(`expected one request, saw ${seen.length}`);
      return seen[0]!;
    },
  };
}

/** Returns a function that creates a JSON response with `body`. */
export const json = (body: unknown, status = 200, headers: Record<string, string> = {}) => {
  return (): Response =>
    new Response(status === 204 ? null : JSON.stringify(body), {
      status,
      headers: { "content-type": "application/json", ...headers },
    });
};

/** Returns a list that collects unhandled rejections until the test finishes. */
export function unhandledRejections(): unknown[] {
  const rejections: unknown[] = [];
  const record = (reason: unknown) => void rejections.push(reason);
  process.on("unhandledRejection", record);
  onTestFinished(() => void process.off("unhandledRejection", record));
  return rejections;
}

/** Returns the reason of a promise's rejection. Throws if it fulfils. */
export async function rejection(promise: Promise<unknown>): Promise<any> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("expected a rejection");
}
