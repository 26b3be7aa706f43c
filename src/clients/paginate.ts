import { type Limits, withDeadline } from "../core/deadline.ts";
import { assertInput, assertOptions } from "../core/validate.ts";
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

/** The parameters that a list supports. Each list has some of them. */
export interface ListParameters
  extends OAuth2ApiListOAuth2ClientsRequest,
    OAuth2ApiListOAuth2ConsentSessionsRequest,
    OAuth2ApiListTrustedOAuth2JwtGrantIssuersRequest {}

/** The parameters of a request for a page: those of the list with these names, and the page token. */
export type PageRequest<Name extends keyof ListParameters> = Pick<ListParameters, Name> & { pageToken?: string };

/** The parameters that an editor proposes: those that `call` declares, or all if it declares none, as `(page) => …`. */
export type ProposedParameters<Request> = Partial<unknown extends Request ? ListParameters : Request>;

/** The options of {@link paginate}. */
export interface PaginateOptions extends Pick<Limits, "signal"> {
  /** Requests the next page while the current one is processed, so two pages are in memory. @default false */
  prefetch?: boolean | undefined;
}

/** The options of {@link Paginated.toArray}. */
export interface ToArrayOptions {
  /** The number of items to read at most. @default all */
  limit?: number | undefined;
}

/** A list that is read page by page. No request is sent before iteration; each iteration begins at the first page. */
export interface Paginated<T> extends AsyncIterable<T> {
  /** Iterates over pages. */
  pages(): AsyncGenerator<T[], void, undefined>;
  /**
   * Reads items into an array. Requests no more pages than `limit` needs. Without it, the entire list is in memory.
   *
   * @throws {@link InvalidInputError} `limit` is not a positive integer; no request was sent
   * @throws as the iteration over items
   */
  toArray(options?: ToArrayOptions): Promise<T[]>;
  /** Iterates over items, for `for await`. */
  [Symbol.asyncIterator](): AsyncGenerator<T, void, undefined>;
}

/**
 * Reads all pages of a list, one at a time, by the `Link` header (RFC 8288) of each page. Ends with the page that has
 * no next page, or whose next page was read already, or that is empty, even if a next page is linked: Hydra 2.3 links to one
 * after the last client that matches a filter. In a browser the server must expose the header (CORS).
 *
 * @param call requests a page. Its `signal` is aborted when the loop is left: pass it on, as the examples do, to abort a
 * request in progress. Otherwise the request runs to its end, and its page is discarded. A method of the API passes it on
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
 * @example
 * ```ts
 * const clients = await paginate(api.listOAuth2Clients, { owner: "shop" }).toArray({ limit: 1000 });
 * ```
 */
export function paginate<T, Name extends keyof ListParameters = never, Request = unknown>(
  call: (request: Request & PageRequest<Name>, options: { signal: AbortSignal }) => Promise<Page<T>>,
  parameters?: Pick<ListParameters, Name> & ProposedParameters<Request>,
  options: PaginateOptions = {},
): Paginated<T> {
  const { prefetch, signal } = options;
  assertOptions(options, ["prefetch", "signal"], "paginate", "the parameters of the list come second");
  /** Rejects if `signal` was aborted while no request was in progress. */
  const assertNotAborted = async () => signal?.aborted && withDeadline(undefined, [signal], "paginate", async () => {});

  async function* walk(left: AbortSignal): AsyncGenerator<T[], void, undefined> {
    const requested = new Set<string | undefined>();
    const request = (pageToken?: string): Promise<Page<T>> => {
      requested.add(pageToken);
      const parametersOfPage = { ...parameters, ...(pageToken && { pageToken }) } as Request & PageRequest<Name>;
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
      // A server may link to a next page for ever.
      const hasNext: boolean = pageToken !== undefined && !requested.has(pageToken) && page.data.length > 0;
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

  async function toArray(options: ToArrayOptions = {}): Promise<T[]> {
    assertOptions(options, ["limit"], "toArray", "is it misspelled?");
    const { limit = Infinity } = options;
    const isLimit = limit === Infinity || (Number.isSafeInteger(limit) && limit > 0);
    assertInput(isLimit, "limit", "must be a positive integer");
    const all: T[] = [];
    for await (const item of leavable(items)) {
      if (all.push(item) >= limit) break;
    }
    return all;
  }

  return { pages: () => leavable(walk), toArray, [Symbol.asyncIterator]: () => leavable(items) };
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
