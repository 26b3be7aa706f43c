import { type Limits, withDeadline } from "../core/deadline.ts";
import type {
  OAuth2ApiListOAuth2ClientsRequest,
  OAuth2ApiListOAuth2ConsentSessionsRequest,
  OAuth2ApiListTrustedOAuth2JwtGrantIssuersRequest,
} from "../types.ts";

/** A page, as the list methods of the API classes return it. */
export interface Page<T> {
  /** The items of the page. */
  data: T[];
  /** `link` names the next page (RFC 8288). */
  headers: { link?: string };
}

/** The parameters of a request for a page: those of the list, and the page token. */
export type PageRequest<P> = P & { pageToken?: string };

/** `P`, unless it has a name that no list supports, such as a misspelt one. */
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

/** The options of {@link paginate}. */
export interface PaginateOptions extends Pick<Limits, "signal"> {
  /** Requests the next page while the current one is processed, so two pages are in memory. @default false */
  prefetch?: boolean | undefined;
}

/** A list that is read page by page. No request is sent before iteration; each iteration begins at the first page. */
export interface Paginated<T> extends AsyncIterable<T> {
  /** Iterates over pages. */
  pages(): AsyncGenerator<T[], void, undefined>;
  /** Iterates over items, for `for await`. */
  [Symbol.asyncIterator](): AsyncGenerator<T, void, undefined>;
}

/**
 * Reads all pages of a list, one at a time, by the `Link` header (RFC 8288) of each page. Ends with the page that has
 * no next page, or whose next page was read already. In a browser the server must expose the header (CORS).
 *
 * @param call requests a page. Its `signal` is aborted when the loop is left: pass it on, as the examples do, to abort a
 * request in progress. Otherwise the request runs to its end, and its page is discarded
 * @param parameters the parameters of the list, sent with every request
 *
 * @throws {@link AbortError} `signal` was aborted
 * @throws whatever `call` rejects with; pages that were returned before are complete
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
  /** Rejects if `signal` was aborted while no request was in progress. */
  const assertNotAborted = async () => signal?.aborted && withDeadline(undefined, [signal], "paginate", async () => {});

  async function* walk(left: AbortSignal): AsyncGenerator<T[], void, undefined> {
    const requested = new Set<string | undefined>();
    const request = (pageToken?: string): Promise<Page<T>> => {
      requested.add(pageToken);
      const parametersOfPage = { ...parameters, ...(pageToken && { pageToken }) } as PageRequest<P>;
      const page = withDeadline(undefined, [signal, left], "paginate", (ended) =>
        call(parametersOfPage, { signal: ended! }),
      );
      // With `prefetch` it may reject before it is awaited, or after the loop was left.
      page.catch(() => {});
      return page;
    };
    let pending: Promise<Page<T>> | undefined = request((parameters as { pageToken?: string } | undefined)?.pageToken);
    while (pending) {
      const page: Page<T> | undefined = await pending.catch((error) => {
        if (!left.aborted) throw error;
        return undefined;
      });
      if (!page) return;
      const pageToken = nextPageToken(page.headers.link);
      const hasNext = pageToken !== undefined && !requested.has(pageToken);
      pending = hasNext && prefetch ? request(pageToken) : undefined;
      yield page.data;
      await assertNotAborted();
      if (hasNext) pending ??= request(pageToken);
    }
  }

  async function* items(left: AbortSignal): AsyncGenerator<T, void, undefined> {
    for await (const page of walk(left)) {
      for (const item of page) {
        yield item;
        await assertNotAborted();
      }
    }
  }

  return { pages: () => leavable(walk), [Symbol.asyncIterator]: () => leavable(items) };
}

/** Returns the generator of `walk`, whose `return()` aborts `left` immediately rather than after a pending `next()`. */
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

/** A link: its target and parameters (RFC 8288, section 3). Quoted text may contain commas and semicolons. */
const LINK = /<([^<>]*)>((?:\s*;\s*[^\s=;,"<>]+(?:\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s;,"]*))?)*)/g;
/** A parameter of a link: its name, and its value, quoted or not. */
const PARAMETER = /;\s*([^\s=;,"<>]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?/g;

/** Returns the `page_token` of the link whose `rel` is `next`. The first `rel` of a link counts. */
function nextPageToken(header = ""): string | undefined {
  for (const [, target = "", parameters = ""] of header.matchAll(LINK)) {
    const rel = [...parameters.matchAll(PARAMETER)].find(([, name = ""]) => /^rel$/i.test(name));
    if (!/(^|\s)next(\s|$)/i.test(rel?.[2] ?? rel?.[3] ?? "")) continue;
    const [, query = ""] = /\?([^#]*)/.exec(target) ?? [];
    return new URLSearchParams(query).get("page_token") || undefined;
  }
  return undefined;
}
