import { onTestFinished } from "vitest";
import type { Fetch, FetchInit } from "../../src/index.ts";

/** A request as a fetch function saw it. */
export interface Seen extends FetchInit {
  url: URL;
}

/**
 * A fetch function that keeps what it was asked, and answers with `reply`.
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

/** Answers with `body` as JSON. */
export const json = (body: unknown, status = 200, headers: Record<string, string> = {}) => {
  return (): Response =>
    new Response(status === 204 ? null : JSON.stringify(body), {
      status,
      headers: { "content-type": "application/json", ...headers },
    });
};

/** The rejections that nobody handles, until the test is over. */
export function unhandledRejections(): unknown[] {
  const seen: unknown[] = [];
  const note = (reason: unknown) => void seen.push(reason);
  process.on("unhandledRejection", note);
  onTestFinished(() => void process.off("unhandledRejection", note));
  return seen;
}

/** What a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<any> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("expected a rejection");
}
