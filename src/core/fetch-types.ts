/** The second argument of a fetch function: always these members. The first is always a URL as a string. */
export interface FetchInit {
  /** In capitals, such as `PATCH`. */
  method: string;
  /** Lower-case names. */
  headers: Record<string, string>;
  /** JSON or a form. */
  body?: string;
  /** Aborts when the call times out or its caller aborts it. */
  signal?: AbortSignal;
  /** Redirects are not followed, so that no credential is forwarded. */
  redirect: "manual";
  /** Keeps a caching fetch, such as that of Next.js 14, from answering from its cache. Absent if the runtime has no `cache`. */
  cache?: "no-store";
}

/** A fetch function: the global one, a mock's, one with retries, or one that goes through a proxy. */
export type Fetch = (url: string, init: FetchInit) => Promise<Response>;
