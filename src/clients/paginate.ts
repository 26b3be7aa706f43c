import { type Limits, within } from "../core/exchange.ts";
import type {
  OAuth2ApiListOAuth2ClientsRequest,
  OAuth2ApiListOAuth2ConsentSessionsRequest,
  OAuth2ApiListTrustedOAuth2JwtGrantIssuersRequest,
} from "../types.ts";

/** A page, as the list methods of the API classes give it. */
export interface Page<T> {
  /** What is on it. */
  data: T[];
  /** `link` names the next page (RFC 8288). */
  headers: { link?: string };
}

/** Where a page begins, and the rest that the list is asked with. */
export type PageRequest<P> = P & { pageToken?: string };

/** `P`, when it has no name that none of the lists knows, such as a misspelt one. */
export type ListParameters<P> = P &
  Record<
    Exclude<
      keyof P,
      keyof (OAuth2ApiListOAuth2ClientsRequest &
        OAuth2ApiListOAuth2ConsentSessionsRequest &
        OAuth2ApiListTrustedOAuth2JwtGrantIssuersRequest)
    >,
    never
  >;

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
 * @param call asks for a page. The `signal` that it is given aborts when the loop is left: pass it on, as the examples do,
 * and a request under way ends then. Without, the request goes on to its end, and what it brings is dropped
 * @param parameters what the list is asked with: every page, from the first on
 *
 * @throws {@link AbortError} `signal` was aborted
 * @throws whatever `call` rejects with; pages that were given are good
 *
 * @example
 * ```ts
 * const clients = paginate((page, options) => api.listOAuth2Clients(page, options), { owner: "shop", pageSize: 500 });
 * for await (const client of clients) console.log(client.client_id);
 * ```
 * @example
 * ```ts
 * const sessions = paginate((page, options) => api.listOAuth2ConsentSessions(page, options), { subject: "alice" });
 * for await (const page of sessions.pages()) console.log(page.length);
 * ```
 */
export function paginate<T, P extends object = Record<never, never>>(
  call: (request: PageRequest<P>, options: { signal: AbortSignal }) => Promise<Page<T>>,
  parameters?: ListParameters<P>,
  options: PaginateOptions = {},
): Paginated<T> {
  const { prefetch, signal } = options;
  /** Fails as soon as `signal` has been aborted, though nothing is under way. */
  const heed = async () => signal?.aborted && within(undefined, [signal], "paginate", async () => {});

  async function* walk(left: AbortSignal): AsyncGenerator<T[], void, undefined> {
    const asked = new Set<string | undefined>();
    const ask = (pageToken?: string): Promise<Page<T>> => {
      asked.add(pageToken);
      const request = { ...parameters, ...(pageToken && { pageToken }) } as PageRequest<P>;
      const answer = within(undefined, [signal, left], "paginate", (ended) => call(request, { signal: ended! }));
      // With `prefetch` it may fail before it is awaited, or after the loop was left.
      answer.catch(() => {});
      return answer;
    };
    let answer: Promise<Page<T>> | undefined = ask((parameters as { pageToken?: string } | undefined)?.pageToken);
    while (answer) {
      const page: Page<T> | undefined = await answer.catch((error) => {
        if (!left.aborted) throw error;
        return undefined;
      });
      if (!page) return;
      const pageToken = nextPageToken(page.headers.link);
      const more = pageToken !== undefined && !asked.has(pageToken);
      answer = more && prefetch ? ask(pageToken) : undefined;
      yield page.data;
      await heed();
      if (more) answer ??= ask(pageToken);
    }
  }

  async function* items(left: AbortSignal): AsyncGenerator<T, void, undefined> {
    for await (const page of walk(left)) {
      for (const item of page) {
        yield item;
        await heed();
      }
    }
  }

  return { pages: () => leavable(walk), [Symbol.asyncIterator]: () => leavable(items) };
}

/** The generator that `walk` makes. Leaving it aborts `left` at once, rather than after a `next()` that is under way. */
function leavable<T>(
  walk: (left: AbortSignal) => AsyncGenerator<T, void, undefined>,
): AsyncGenerator<T, void, undefined> {
  const left = new AbortController();
  const generator = walk(left.signal);
  const { return: end } = generator;
  generator.return = (value) => {
    left.abort();
    return end.call(generator, value);
  };
  return generator;
}

/** A link: its target, and its parameters (RFC 8288, section 3), in which quoted text may hold commas and semicolons. */
const LINK = /<([^<>]*)>((?:\s*;\s*[^\s=;,"<>]+(?:\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s;,"]*))?)*)/g;
/** One of its parameters: its name, and its value, quoted or not. */
const PARAMETER = /;\s*([^\s=;,"<>]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?/g;

/** The `page_token` of the target that the `Link` header calls `next`. Of two `rel` of one link, the first counts. */
function nextPageToken(header = ""): string | undefined {
  for (const [, target = "", parameters = ""] of header.matchAll(LINK)) {
    const rel = [...parameters.matchAll(PARAMETER)].find(([, name = ""]) => /^rel$/i.test(name));
    if (!/(^|\s)next(\s|$)/i.test(rel?.[2] ?? rel?.[3] ?? "")) continue;
    const [, query = ""] = /\?([^#]*)/.exec(target) ?? [];
    return new URLSearchParams(query).get("page_token") || undefined;
  }
  return undefined;
}
