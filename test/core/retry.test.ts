import { inspect } from "node:util";
import { describe, expect, test, vi } from "vitest";
import { type Attempt, type FetchInit, OAuth2Api, type RetryOptions, withRetry } from "../../src/index.ts";
import { json, rejection, unhandledRejections } from "../support/observe.ts";

const ADMIN = "https://h.example/admin/clients/a";
const REGISTER = "https://h.example/oauth2/register";
const TOKEN = "https://h.example/oauth2/token";

/** What fetch throws in Node for a failure with this code. */
const failure = (code?: string) => {
  const cause = Object.assign(new Error("failed"), code && { code });
  return Object.assign(new TypeError("fetch failed"), { cause });
};

const unreachable = (syscall: string) => {
  const cause = Object.assign(new Error("failed"), { code: "EHOSTUNREACH", syscall });
  return Object.assign(new TypeError("fetch failed"), { cause });
};

/** What Node throws if the connections to all addresses of a host failed, or one of them was lost. */
const unreachableBy = (...failures: object[]) => {
  const cause = Object.assign(new AggregateError(failures), { code: "ETIMEDOUT" });
  return Object.assign(new TypeError("fetch failed"), { cause });
};

type Outcome = number | Response | Error;
const init = (method: string, more: Partial<FetchInit> = {}): FetchInit => ({
  method,
  headers: {},
  redirect: "manual",
  ...more,
});

/** A fetch function with these outcomes, the last of which repeats, on a clock that only its pauses advance. */
function setUp(outcomes: Outcome[], options: RetryOptions = {}) {
  const pauses: number[] = [];
  const attempts: Attempt[] = [];
  let time = Date.parse("2030-01-01T00:00:00Z");
  let calls = 0;
  const fetch = withRetry(
    async () => {
      const outcome = outcomes[Math.min(calls++, outcomes.length - 1)]!;
      if (outcome instanceof Error) throw outcome;
      return typeof outcome === "number" ? json({}, outcome)() : outcome;
    },
    {
      now: () => time,
      sleep: async (pause) => {
        pauses.push(pause);
        time += pause;
      },
      random: () => 0.5,
      onAttempt: (attempt) => attempts.push(attempt),
      ...options,
    },
  );
  return { fetch, pauses, attempts, calls: () => calls };
}

const refused = failure("ECONNREFUSED");
const reset = failure("ECONNRESET");
const assertion = "grant_type=client_credentials&client_assertion=a.b.c";

describe("which requests are retried", () => {
  test.each<[string, string, Outcome[], Outcome[], string?]>([
    ["GET", ADMIN, [429, 502, 503, 504, refused, reset, failure()], [200, 400, 401, 404, 500, 501]],
    ["HEAD", ADMIN, [429, 502, 503, 504, refused, reset], [200, 500]],
    ["get", ADMIN, [503], [200]],
    [
      "GET",
      ADMIN,
      [],
      [new ReferenceError("x is not defined"), failure("ERR_INVALID_URL"), failure("CERT_HAS_EXPIRED")],
    ],
    ["HEAD", `${REGISTER}/a`, [], [429, 503, refused]],
    ["POST", ADMIN, [unreachable("connect")], [unreachable("read"), unreachable("write"), failure("CERT_HAS_EXPIRED")]],
    [
      "POST",
      ADMIN,
      [
        unreachableBy({ code: "ETIMEDOUT", syscall: "connect" }, { code: "ECONNREFUSED", syscall: "connect" }),
        Object.assign(failure("ETIMEDOUT"), { syscall: "connect" }),
      ],
      [
        unreachableBy({ code: "ETIMEDOUT", syscall: "read" }, { code: "ECONNREFUSED", syscall: "connect" }),
        unreachableBy(new Error("failed")),
        unreachableBy(),
        failure("ETIMEDOUT"),
      ],
    ],
    ["POST", ADMIN, ["EHOSTDOWN", "ENETUNREACH", "EADDRNOTAVAIL", "ConnectionRefused"].map(failure), []],
    ["PUT", ADMIN, [429, 503, refused], [200, 500, 502, 504, reset, failure()]],
    ["DELETE", ADMIN, [429, 503, refused], [204, 500, 502, 504, reset, failure()]],
    [
      "POST",
      ADMIN,
      [429, refused, failure("ENOTFOUND"), failure("EAI_AGAIN")],
      [201, 500, 502, 503, 504, reset, failure()],
    ],
    ["PATCH", ADMIN, [429, refused, failure("UND_ERR_CONNECT_TIMEOUT")], [200, 500, 502, 503, 504, reset, failure()]],
    ["GET", `${REGISTER}/a`, [429, 502, 503, 504, refused, reset], [200, 401]],
    ["POST", REGISTER, [], [201, 429, 503, refused, reset]],
    ["PUT", `${REGISTER}/a`, [], [200, 429, 503, refused, reset]],
    ["DELETE", `${REGISTER}/a`, [], [204, 429, 503, refused, reset]],
    ["POST", TOKEN, [429, refused], [200, 400, 401, 500, 503, reset], "grant_type=client_credentials"],
    ["POST", TOKEN, [], [429, refused, 503], assertion],
    ["POST", TOKEN, [], [429, refused, 503], "grant_type=urn%3A&assertion=a.b.c"],
  ])("%s %s", async (method, url, repeated, left, body) => {
    for (const [outcomes, expected] of [
      [repeated, 2],
      [left, 1],
    ] as const) {
      for (const outcome of outcomes) {
        const { fetch, calls } = setUp([outcome, 200]);
        await fetch(url, init(method, body === undefined ? {} : { body })).catch(() => {});
        expect([outcome, calls()]).toEqual([outcome, expected]);
      }
    }
  });

  test.each([
    ReferenceError,
    SyntaxError,
    RangeError,
    EvalError,
    URIError,
    class InvalidInputError extends Error {
      override name = "InvalidInputError";
    },
    class RequiredError extends Error {
      override name = "RequiredError";
    },
  ])("does not retry after a programming error: %o", async (Mistake) => {
    const { fetch, calls } = setUp([new Mistake("a mistake"), 200]);
    expect(await rejection(fetch(ADMIN, init("GET")))).toBeInstanceOf(Mistake);
    expect(calls()).toBe(1);
  });

  test("recognizes an operation below a base path", async () => {
    const { fetch, calls } = setUp([429, 200]);
    await fetch(REGISTER.replace("/oauth2", "/hydra/oauth2"), init("POST"));
    expect(calls()).toBe(1);
    const admin = setUp([503, 200]);
    await admin.fetch(ADMIN.replace("/admin", "/hydra/admin"), init("PUT"));
    expect(admin.calls()).toBe(2);
  });
});

describe("number and length of pauses", () => {
  test("makes four attempts with random pauses up to 0.5, 1 and 2 seconds, then returns the response unchanged", async () => {
    const { fetch, pauses, calls } = setUp([503]);
    expect((await fetch(ADMIN, init("GET"))).status).toBe(503);
    expect([calls(), pauses]).toEqual([4, [250, 500, 1000]]);
  });

  test("rejects with the last failure unchanged", async () => {
    const { fetch, calls } = setUp([reset]);
    expect(await rejection(fetch(ADMIN, init("GET")))).toBe(reset);
    expect(calls()).toBe(4);
  });

  test("limits a pause to 8 seconds", async () => {
    const { fetch, pauses } = setUp([503], { maxAttempts: 8, maxTime: Infinity, random: () => 1 - Number.EPSILON });
    await fetch(ADMIN, init("GET"));
    expect(pauses.map(Math.round)).toEqual([500, 1000, 2000, 4000, 8000, 8000, 8000]);
  });

  test.each<[string, Record<string, string>, number, number[]]>([
    ["Retry-After in seconds", { "retry-after": "7" }, 503, [7000]],
    ["Retry-After as a date", { "retry-after": "Tue, 01 Jan 2030 00:00:12 GMT" }, 429, [12_000]],
    ["a date that has passed", { "retry-after": "Mon, 31 Dec 2029 23:59:00 GMT" }, 429, [0]],
    [
      "x-ratelimit-reset",
      { "x-ratelimit-limit": "50", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "3" },
      429,
      [3000],
    ],
    ["Retry-After before x-ratelimit-reset", { "retry-after": "2", "x-ratelimit-reset": "3" }, 429, [2000]],
    ["x-ratelimit-reset with another status than 429", { "x-ratelimit-reset": "3" }, 503, [250]],
    ["an invalid value", { "retry-after": "soon" }, 429, [250]],
    [
      "an invalid Retry-After before x-ratelimit-reset",
      { "retry-after": "soon", "x-ratelimit-reset": "3" },
      429,
      [3000],
    ],
    ["zero", { "retry-after": "0" }, 429, [0]],
    ["a negative number", { "retry-after": "-5" }, 429, [250]],
    ["a negative Retry-After before x-ratelimit-reset", { "retry-after": "-5", "x-ratelimit-reset": "3" }, 429, [3000]],
    ["a number after a word", { "retry-after": "Try 5" }, 429, [250]],
    ["two numbers", { "retry-after": "2, 3" }, 503, [250]],
    ["a date that does not exist", { "retry-after": "Tue, 99 Jan 2030" }, 503, [250]],
    ["a date in the obsolete RFC 850 format", { "retry-after": "Tuesday, 01-Jan-30 00:00:12 GMT" }, 503, [12_000]],
    ["longer than maxTime", { "retry-after": "31" }, 429, []],
  ])("%s", async (_, headers, status, expected) => {
    const { fetch, pauses } = setUp([json({}, status, headers)(), 200]);
    await fetch(ADMIN, init("GET"));
    expect(pauses).toEqual(expected);
  });

  test("begins no attempt after maxTime", async () => {
    const { fetch, pauses } = setUp([503], { maxTime: 1000, random: () => 0.9 });
    await fetch(ADMIN, init("GET"));
    expect(pauses).toEqual([450]);
  });

  test("rejects invalid options", () => {
    expect(() => withRetry(undefined, { maxAttempts: 0 })).toThrow("maxAttempts");
    expect(() => withRetry(undefined, { maxTime: -1 })).toThrow("maxTime");
    expect(() => withRetry({ maxAttempts: 2 } as any)).toThrow("fetch");
  });
});

describe("onAttempt", () => {
  test("is called for each attempt, without the query", async () => {
    const { fetch, attempts } = setUp([reset, 503, 200]);
    await fetch("https://h.example/admin/oauth2/auth/requests/login?login_challenge=c", init("GET"));
    const common = { method: "GET", url: "https://h.example/admin/oauth2/auth/requests/login" };
    expect(attempts).toEqual([
      { ...common, number: 1, error: reset, delay: 250 },
      { ...common, number: 2, status: 503, delay: 500 },
      { ...common, number: 3, status: 200 },
    ]);
  });

  test("may throw without affecting the response", async () => {
    const onAttempt = () => {
      throw new Error("a mistake");
    };
    expect((await setUp([200], { onAttempt }).fetch(ADMIN, init("POST"))).status).toBe(200);
  });

  test("may be async and reject without an unhandled rejection", async () => {
    const unhandled = unhandledRejections();
    const onAttempt = async () => {
      throw new Error("a mistake");
    };
    expect((await setUp([200], { onAttempt }).fetch(ADMIN, init("POST"))).status).toBe(200);
    await new Promise((done) => setTimeout(done, 5));
    expect(unhandled).toEqual([]);
  });

  test("receives neither the fragment nor credentials, even if the error contains the request", async () => {
    const request = init("POST", {
      headers: { authorization: "Bearer of-the-caller" },
      body: "client_secret=the-secret",
    });
    const thrown = Object.assign(new Error("no luck with of-the-caller"), { request });
    const { fetch, attempts } = setUp([thrown]);
    expect(await rejection(fetch(`${TOKEN}#the-fragment`, request))).toBe(thrown);
    expect(attempts).toMatchObject([{ url: TOKEN, error: { message: "no luck with [secret]" } }]);
    expect(inspect(attempts, { depth: Infinity, showHidden: true })).not.toMatch(/of-the-caller|the-secret|fragment/);
  });
});

describe("onAttempt is called even if the request is invalid", () => {
  test("with an invalid header name", async () => {
    const request = init("POST", { headers: { "no header": "the-secret", Accept: "text/plain" } });
    const { fetch, attempts } = setUp([new TypeError("no header, the-secret, text/plain")]);
    await rejection(fetch(ADMIN, request));
    expect(attempts).toMatchObject([{ number: 1, error: { message: "no header, [secret], text/plain" } }]);
  });

  test.each<[string, unknown]>([
    ["invalid JSON", "{client_secret: the-secret"],
    ["a Blob", new Blob(["the-secret"])],
  ])("with a body that is %s, and without the thrown error, which may contain it", async (_, body) => {
    const { fetch, attempts } = setUp([new TypeError("the-secret")]);
    expect(await rejection(fetch(ADMIN, init("POST", { body: body as string })))).toMatchObject({
      message: "the-secret",
    });
    expect(attempts).toMatchObject([{ number: 1, error: { message: expect.stringContaining("withheld") } }]);
  });
});

describe("accepts the arguments of the global fetch", () => {
  test("a string or a URL object without options", async () => {
    const calls: unknown[] = [];
    const fetch = withRetry(
      async (...parameters) => {
        calls.push(parameters);
        return json({}, 503)();
      },
      { sleep: async () => {}, maxAttempts: 2 },
    );
    expect((await fetch(new URL(ADMIN))).status).toBe(503);
    expect((await fetch(ADMIN, {})).status).toBe(503);
    expect(calls).toEqual(Array(4).fill([ADMIN, {}]));
  });
});

describe("signal", () => {
  test("ends a pause and leaves no timer", async () => {
    vi.useFakeTimers();
    const fetch = withRetry(async () => json({}, 503)());
    const controller = new AbortController();
    const call = rejection(fetch(ADMIN, init("GET", { signal: controller.signal })));
    await vi.advanceTimersByTimeAsync(0);
    controller.abort("enough");
    expect(await call).toBe("enough");
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  test("prevents another attempt if it is aborted during one", async () => {
    const controller = new AbortController();
    let calls = 0;
    const sleep = vi.fn(async () => {});
    const fetch = withRetry(
      async () => {
        calls++;
        controller.abort();
        throw reset;
      },
      { sleep },
    );
    expect(await rejection(fetch(ADMIN, init("GET", { signal: controller.signal })))).toBe(reset);
    expect([calls, sleep.mock.calls]).toEqual([1, []]);
  });

  test("the timeout of the configuration covers all attempts together", async () => {
    vi.useFakeTimers();
    const fetch = withRetry(async () => json({}, 503, { "retry-after": "20" })());
    const api = new OAuth2Api({ basePath: "https://h.example", fetch, timeout: 10_000 });
    const call = rejection(api.listOAuth2Clients());
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await call).toMatchObject({ name: "TimeoutError" });
    vi.useRealTimers();
  });
});

test("cancels the bodies of responses that are retried", async () => {
  const cancelled = vi.fn();
  const busy = new Response(new ReadableStream({ cancel: cancelled }), { status: 503 });
  const { fetch } = setUp([busy, 200]);
  await fetch(ADMIN, init("GET"));
  expect(cancelled).toHaveBeenCalledOnce();
});

test("retries even if a body cannot be canceled", async () => {
  const cancel = () => Promise.reject(new Error("locked"));
  const busy = new Response(new ReadableStream({ cancel }), { status: 503 });
  expect((await setUp([busy, 200]).fetch(ADMIN, init("GET"))).status).toBe(200);
});

test("without arguments wraps the global fetch, looked up at each call", async () => {
  const fetch = withRetry();
  const patched = vi.spyOn(globalThis, "fetch").mockImplementation(async () => json([])());
  const api = new OAuth2Api({ basePath: "https://h.example", fetch });
  expect((await api.listOAuth2Clients()).data).toEqual([]);
  expect(patched).toHaveBeenCalledOnce();
  patched.mockRestore();
});
