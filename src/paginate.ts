import { type Limits, within } from "./http.ts";

/** A page, as the list methods of the API classes give it. */
export interface Page<T> {
  /** What is on it. */
  data: T[];
  /** `link` names the next page (RFC 8288). */
  headers: { link?: string };
}

/** Where a page begins, and the rest that the list is asked with. */
export type PageRequest<P> = P & { pageToken?: string };

/** How {@link paginate} reads. */
export interface PaginateOptions extends Pick<Limits, "signal"> {
  /** Whether to ask for the next page while this one is worked on. Two pages are in memory then. @default false */
  prefetch?: boolean | undefined;
}

/** A list read page by page. Nothing is sent before it is walked; each walk begins at the first page. */
export interface Paginated<T> extends AsyncIterable<T> {
  /** The same, a whole page at a time. */
  pages(): AsyncGenerator<T[], void, undefined>;
  /** Walks item by item, for `for await`. */
  [Symbol.asyncIterator](): AsyncGenerator<T, void, undefined>;
}

/**
 * Reads all pages of a list, one at a time, by the `Link` header (RFC 8288) that leads from each to the next. Ends with
 * the page that names no next one, or one that was read already. In a browser the server has to expose the header (CORS).
 *
 * @param call asks for a page. The `signal` it is given as well aborts when the loop is left: give it on where a request
 * under way shall end then
 * @param parameters what the list is asked with: every page, from the first on
 *
 * @throws {AbortError} `signal` was aborted
 * @throws whatever `call` rejects with; pages that were given are good
 *
 * @example
 * ```ts
 * for await (const client of paginate((page) => api.listOAuth2Clients(page), { owner: "shop", pageSize: 500 })) {
 *   console.log(client.client_id);
 * }
 * ```
 * @example
 * ```ts
 * const sessions = paginate((page, { signal }) => api.listOAuth2ConsentSessions(page, { signal }), { subject: "alice" });
 * for await (const page of sessions.pages()) console.log(page.length);
 * ```
 */
export function paginate<T, P extends object = Record<never, never>>(
  call: (request: PageRequest<P>, options: { signal: AbortSignal }) => Promise<Page<T>>,
  parameters?: P,
  options: PaginateOptions = {},
): Paginated<T> {
  const { prefetch, signal } = options;

  async function* pages(): AsyncGenerator<T[], void, undefined> {
    const left = new AbortController();
    const asked = new Set<string | undefined>();
    const ask = (pageToken?: string): Promise<Page<T>> => {
      asked.add(pageToken);
      const request = { ...parameters, ...(pageToken && { pageToken }) } as PageRequest<P>;
      const answer = within(undefined, [signal, left.signal], "paginate", (ended) => call(request, { signal: ended! }));
      // With `prefetch` it may fail before it is awaited, or after the loop was left.
      answer.catch(() => {});
      return answer;
    };
    try {
      let answer: Promise<Page<T>> | undefined = ask((parameters as { pageToken?: string } | undefined)?.pageToken);
      while (answer) {
        const { data, headers } = await answer;
        const pageToken = nextPageToken(headers.link);
        const more = pageToken !== undefined && !asked.has(pageToken);
        answer = more && prefetch ? ask(pageToken) : undefined;
        yield data;
        if (more) answer ??= ask(pageToken);
      }
    } finally {
      left.abort();
    }
  }

  return {
    pages,
    async *[Symbol.asyncIterator]() {
      for await (const page of pages()) yield* page;
    },
  };
}

/** A link: its target, and its parameters (RFC 8288, section 3), in which quoted text may hold commas and semicolons. */
const LINK = /<([^<>]*)>((?:\s*;\s*[^\s=;,"<>]+(?:\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s;,"]*))?)*)/g;

/** The `page_token` of the target that the `Link` header calls `next`. */
function nextPageToken(header = ""): string | undefined {
  for (const [, target = "", parameters = ""] of header.matchAll(LINK)) {
    const [, quoted, plain] = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;]*))/i.exec(parameters) ?? [];
    if (!/(^|\s)next(\s|$)/i.test(quoted ?? plain ?? "")) continue;
    const [, query = ""] = /\?([^#]*)/.exec(target) ?? [];
    return new URLSearchParams(query).get("page_token") || undefined;
  }
  return undefined;
}
