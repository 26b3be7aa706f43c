import { describe, expect, test, vi } from "vitest";
import { OAuth2Api, type OAuth2Client, paginate } from "../../src/index.ts";
import { createMockHydra } from "../../src/mock/index.ts";
import { json, observe, rejection, unhandledRejections } from "../support/observe.ts";

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** An API whose n-th page contains the client `n` and has the `Link` header that `link` returns. */
function pages(link: (page: number) => string | undefined) {
  const observed = observe(() => {
    const header = link(observed.seen.length);
    return json([{ client_id: `${observed.seen.length}` }], 200, header === undefined ? {} : { link: header })();
  });
  const api = new OAuth2Api({ basePath: "http://h.example", fetch: observed.fetch });
  return { api, tokens: () => observed.seen.map(({ url }) => url.searchParams.get("page_token")) };
}

describe("on the mock", () => {
  const hydra = createMockHydra();
  const configuration = { basePath: hydra.publicUrl, adminBasePath: hydra.adminUrl, fetch: hydra.fetch };
  const api = new OAuth2Api(configuration);
  for (let n = 0; n < 25; n++) hydra.addClient({ client_name: `${n}`, owner: n < 20 ? "shop" : "other" });

  test("reads every client once, with the first request's parameters", async () => {
    const before = hydra.requests.length;
    const clients = await collect(paginate((page) => api.listOAuth2Clients(page), { owner: "shop", pageSize: 3 }));
    expect(clients.map(({ client_name }) => Number(client_name)).sort((a, b) => a - b)).toEqual([...Array(20).keys()]);
    const queries = hydra.requests.slice(before).map(({ url }) => new URL(url).searchParams);
    expect(queries).toHaveLength(7);
    for (const query of queries) expect([query.get("owner"), query.get("page_size")]).toEqual(["shop", "3"]);
  });

  test("iterates over pages, and begins at the first page each time", async () => {
    const list = paginate((page) => api.listOAuth2Clients(page), { pageSize: 10 });
    expect((await collect(list.pages())).map((page) => page.length)).toEqual([10, 10, 5]);
    expect((await collect(list.pages())).map((page) => page.length)).toEqual([10, 10, 5]);
  });

  test("reads a list without parameters, and from a page token", async () => {
    expect(await collect(paginate((page) => api.listOAuth2Clients(page)))).toHaveLength(25);
    const { headers } = await api.listOAuth2Clients({ pageSize: 20 });
    const pageToken = /page_token=([^&>]+)[^>]*>; rel="next"/.exec(headers.link!)![1]!;
    expect(await collect(paginate((page) => api.listOAuth2Clients(page), { pageSize: 20, pageToken }))).toHaveLength(5);
  });

  test("reads consent sessions and trusted issuers", async () => {
    const sessions = paginate((page) => api.listOAuth2ConsentSessions(page), { subject: "alice" });
    expect(await collect(sessions)).toEqual([]);
    for (let n = 0; n < 5; n++) {
      await api.trustOAuth2JwtGrantIssuer({
        trustOAuth2JwtGrantIssuer: {
          issuer: `https://${n}.example`,
          subject: "alice",
          scope: [],
          expires_at: "2040-01-01T00:00:00Z",
          jwk: {
            kid: `${n}`,
            kty: "OKP",
            crv: "Ed25519",
            x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
            alg: "EdDSA",
            use: "sig",
          },
        },
      });
    }
    const issuers = await collect(paginate((page) => api.listTrustedOAuth2JwtGrantIssuers(page), { pageSize: 2 }));
    expect(new Set(issuers.map(({ issuer }) => issuer)).size).toBe(5);
  });
});

describe("the Link header", () => {
  test.each<[string, string, string | undefined]>([
    ["relative", '</admin/clients?page_token=a>; rel="next"', "a"],
    ["absolute", '<http://other.example/admin/clients?page_size=2&page_token=a>; rel="next"', "a"],
    ["as Hydra sends it", '</c?page_size=2&page_token=f>; rel="first",</c?page_size=2&page_token=a>; rel="next"', "a"],
    ["the next page first", '</c?page_token=a>; rel="next", </c?page_token=p>; rel="prev"', "a"],
    ["no next page", '</c?page_token=f>; rel="first"', undefined],
    ["several relations", '</c?page_token=a>; rel="last next"', "a"],
    ["without quotes, in capitals", "</c?page_token=a>; REL=Next", "a"],
    [
      "quoted commas",
      '</c?page_token=x>; title="a, <b>; rel=\\"next\\""; rel="prev", </c?page_token=a>; rel="next"',
      "a",
    ],
    ["a comma in the target", '</c?x=1,2&page_token=a>; rel="next"', "a"],
    ["other parameters before", '</c?page_token=a>; title="x"; hreflang=en; rel="next"', "a"],
    ["spaces", ' </c?page_token=a> ; title = "x" ; rel = "next" ', "a"],
    ["an escaped token", '</c?page_token=a%2Bb%20c>; rel="next"', "a+b c"],
    ["a fragment", '</c?page_token=a#page_token=b>; rel="next"', "a"],
    ["a relation that only begins with next", '</c?page_token=a>; rel="nextish"', undefined],
    ["a parameter that only ends with rel", '</c?page_token=a>; xrel="next"', undefined],
    ["the second rel does not count", '</c?page_token=a>; rel="prev"; rel="next"', undefined],
    ["a title that contains rel=next", '</c?page_token=a>; title="a; rel=next; b"; rel="prev"', undefined],
    ["a title that contains rel=prev", '</c?page_token=a>; title="see; rel=prev"; rel="next"', "a"],
    ["a relation whose name ends with next", '</c?page_token=a>; rel="http://h.example/next"', undefined],
    ["no token", '</c?page=2>; rel="next"', undefined],
    ["an empty token", '</c?page_token=>; rel="next"', undefined],
    ["an invalid header", "next, please", undefined],
    ["empty", "", undefined],
  ])("%s", async (_, link, token) => {
    const { api, tokens } = pages((page) => (page === 1 ? link : ""));
    await collect(paginate((page) => api.listOAuth2Clients(page)));
    expect(tokens()).toEqual(token === undefined ? [null] : [null, token]);
  });

  test("ends after one page if it is missing", async () => {
    const { api } = pages(() => undefined);
    expect(await collect(paginate((page) => api.listOAuth2Clients(page)))).toHaveLength(1);
  });

  test("is parsed quickly, however long it is", async () => {
    const long = [
      `${"<".repeat(200_000)}`,
      `<a>${";a".repeat(200_000)}`,
      `<a>;a${" ".repeat(200_000)}`,
      `<a>;a="${"\\a".repeat(200_000)}`,
    ];
    for (const link of long) {
      const call = async () => ({ data: [1], headers: { link } });
      expect(await collect(paginate(call))).toEqual([1]);
    }
  });
});

test.each<[string, (page: number) => string]>([
  ["always the same token", () => "a"],
  ["two tokens in turn", (page) => (page % 2 ? "a" : "b")],
])("stops on a repeated token: %s", async (_, token) => {
  const { api, tokens } = pages((page) => `</c?page_token=${token(page)}>; rel="next"`);
  await collect(paginate((page) => api.listOAuth2Clients(page)));
  expect(tokens().length).toBe(new Set(tokens()).size);
});

test.each([false, true])(
  "ends at an empty page, even if it links to ever new ones, with prefetch: %s",
  async (prefetch) => {
    const link = (page: number) => ({ link: `</c?page_token=${page}>; rel="next"` });
    const observed = observe(() => json(observed.seen.length === 1 ? [{}] : [], 200, link(observed.seen.length))());
    const api = new OAuth2Api({ basePath: "http://h.example", fetch: observed.fetch });
    expect(await collect(paginate(api.listOAuth2Clients, {}, { prefetch }).pages())).toEqual([[{}], []]);
    expect(observed.seen).toHaveLength(2);
  },
);

describe("toArray", () => {
  const link = (page: number) => `</c?page_token=${page}>; rel="next"`;

  test("reads all items", async () => {
    const { api } = pages((page) => (page < 3 ? link(page) : ""));
    const clients = await paginate(api.listOAuth2Clients).toArray();
    expect(clients.map(({ client_id }) => client_id)).toEqual(["1", "2", "3"]);
  });

  test("reads at most `limit` items, and requests no more pages than these need", async () => {
    const { api, tokens } = pages(link);
    const list = paginate(api.listOAuth2Clients);
    expect(await list.toArray({ limit: 2 })).toHaveLength(2);
    expect(tokens()).toEqual([null, "1"]);
    const short = paginate(async () => ({ data: [1, 2], headers: {} }));
    expect([await short.toArray({ limit: 1 }), await short.toArray({ limit: 5 })]).toEqual([[1], [1, 2]]);
  });

  test.each([0, -1, 1.5, Number.NaN, "5", null])("rejects a limit of %s without sending a request", async (limit) => {
    const { api, tokens } = pages(link);
    const error = await rejection(paginate(api.listOAuth2Clients).toArray({ limit: limit as number }));
    expect(error).toMatchObject({ name: "InvalidInputError", field: "limit" });
    expect(tokens()).toEqual([]);
  });

  test("rejects for a page that fails, and if the signal is aborted", async () => {
    const failing = paginate(() => Promise.reject(new Error("gone")));
    expect((await rejection(failing.toArray())).message).toBe("gone");
    const { api, tokens } = pages(link);
    const list = paginate(api.listOAuth2Clients, {}, { signal: AbortSignal.abort() });
    expect(await rejection(list.toArray())).toMatchObject({ name: "AbortError" });
    expect(tokens()).toEqual([]);
  });
});

test("sends no request before iteration, and requests a page only when it is needed", async () => {
  const { api, tokens } = pages((page) => `</c?page_token=${page}>; rel="next"`);
  const list = paginate((page) => api.listOAuth2Clients(page));
  expect(tokens()).toEqual([]);
  for await (const _ of list) break;
  expect(tokens()).toEqual([null]);
  const walk = list.pages();
  await walk.next();
  await walk.next();
  expect(tokens()).toEqual([null, null, "2"]);
  await walk.return();
});

describe("prefetch", () => {
  test("requests the next page, and only that, while one is processed", async () => {
    const { api, tokens } = pages((page) => (page < 4 ? `</c?page_token=${page}>; rel="next"` : ""));
    const seen: number[] = [];
    for await (const _ of paginate((page) => api.listOAuth2Clients(page), {}, { prefetch: true }).pages()) {
      await new Promise((done) => setTimeout(done, 5));
      seen.push(tokens().length);
    }
    expect(seen).toEqual([2, 3, 4, 4]);
  });

  test("leaving the loop aborts the request, whose failure causes no unhandled rejection", async () => {
    const unhandled = unhandledRejections();
    let signal: AbortSignal | undefined;
    const call = async (page: { pageToken?: string }, options: { signal: AbortSignal }) => {
      if (!page.pageToken) return { data: [1], headers: { link: '</?page_token=a>; rel="next"' } };
      signal = options.signal;
      return new Promise<never>((_, reject) => signal!.addEventListener("abort", () => reject(signal!.reason)));
    };
    for await (const _ of paginate(call, {}, { prefetch: true })) {
      expect(signal?.aborted).toBe(false);
      break;
    }
    expect(signal?.aborted).toBe(true);
    await new Promise((done) => setTimeout(done, 5));
    expect(unhandled).toEqual([]);
  });

  test("rejects for a failed page when it is needed", async () => {
    let page = 0;
    const call = async () => {
      if (page++) throw new Error("gone");
      return { data: [1], headers: { link: '</?page_token=a>; rel="next"' } };
    };
    const seen: number[] = [];
    const walk = (async () => {
      for await (const item of paginate(call, {}, { prefetch: true })) seen.push(item);
    })();
    expect((await rejection(walk)).message).toBe("gone");
    expect(seen).toEqual([1]);
  });
});

describe("leaving the loop", () => {
  const first = { data: [1], headers: { link: '</?page_token=a>; rel="next"' } };

  test("does not wait for a page in progress, whether or not the call follows the signal", async () => {
    for (const walk of ["items", "pages"]) {
      let signal: AbortSignal | undefined;
      const call = (page: { pageToken?: string }, options: { signal: AbortSignal }) => {
        signal = options.signal;
        return page.pageToken ? new Promise<never>(() => {}) : Promise.resolve(first);
      };
      const list = paginate(call);
      const walker: AsyncGenerator = walk === "items" ? list[Symbol.asyncIterator]() : list.pages();
      await walker.next();
      const begun = signal;
      const next = walker.next();
      await vi.waitUntil(() => signal !== begun);
      expect(await walker.return(undefined)).toEqual({ done: true, value: undefined });
      expect(await next).toEqual({ done: true, value: undefined });
      expect(signal!.aborted).toBe(true);
    }
  });

  test("causes no unhandled rejection if a call without the signal fails later", async () => {
    const unhandled = unhandledRejections();
    let fail!: (error: Error) => void;
    const call = (page: { pageToken?: string }) =>
      page.pageToken ? new Promise<never>((_, reject) => (fail = reject)) : Promise.resolve(first);
    for await (const _ of paginate((page) => call(page), {}, { prefetch: true })) break;
    fail(new Error("late"));
    await new Promise((done) => setTimeout(done, 5));
    expect(unhandled).toEqual([]);
  });

  test("causes no unhandled rejection if a prefetched page fails while the previous one is processed", async () => {
    const unhandled = unhandledRejections();
    const call = async (page: { pageToken?: string }) => {
      if (page.pageToken) throw new Error("gone");
      return first;
    };
    const walk = (async () => {
      for await (const _ of paginate(call, {}, { prefetch: true })) await new Promise((done) => setTimeout(done, 5));
    })();
    expect((await rejection(walk)).message).toBe("gone");
    expect(unhandled).toEqual([]);
  });
});

describe("signal", () => {
  test("aborts the request in progress", async () => {
    const { fetch } = observe(() => new Promise<Response>(() => {}));
    const api = new OAuth2Api({ basePath: "http://h.example", fetch });
    const controller = new AbortController();
    const list = paginate((page) => api.listOAuth2Clients(page), {}, { signal: controller.signal });
    const walk = rejection(collect(list));
    controller.abort("enough");
    expect(await walk).toMatchObject({ name: "AbortError", cause: "enough" });
  });

  test("requests no further page if it is aborted between two pages", async () => {
    const { api, tokens } = pages((page) => `</c?page_token=${page}>; rel="next"`);
    const controller = new AbortController();
    const seen: OAuth2Client[] = [];
    const walk = (async () => {
      for await (const client of paginate((page) => api.listOAuth2Clients(page), {}, { signal: controller.signal })) {
        seen.push(client);
        controller.abort();
      }
    })();
    expect(await rejection(walk)).toMatchObject({ name: "AbortError" });
    expect([seen.length, tokens().length]).toEqual([1, 1]);
  });

  test.each<[string, boolean]>([
    ["the last page", false],
    ["a page before the last, which was prefetched,", true],
  ])("returns no further item if it is aborted while %s is iterated", async (_, prefetch) => {
    const link = prefetch ? { link: '</?page_token=a>; rel="next"' } : {};
    const call = async (page: { pageToken?: string }) => ({ data: [1, 2, 3], headers: page.pageToken ? {} : link });
    for (const reason of ["AbortError", "TimeoutError"]) {
      for (const isByPage of [false, true]) {
        const controller = new AbortController();
        const list = paginate(call, {}, { prefetch, signal: controller.signal });
        const seen: unknown[] = [];
        const walk = (async () => {
          for await (const part of isByPage ? list.pages() : list) {
            seen.push(part);
            controller.abort(new DOMException("enough", reason));
          }
        })();
        expect(await rejection(walk)).toMatchObject({ name: reason });
        expect(seen).toEqual([isByPage ? [1, 2, 3] : 1]);
      }
    }
  });

  test("has no effect after the list has ended", async () => {
    const controller = new AbortController();
    const call = async () => ({ data: [1], headers: {} });
    expect(await collect(paginate(call, {}, { signal: controller.signal }))).toEqual([1]);
    controller.abort();
  });
});
