import { getEventListeners } from "node:events";
import Keyv from "keyv";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { OAuth2Api } from "../../src/api/oauth2.ts";
import { Configuration } from "../../src/core/configuration.ts";
import type { TokenResponse } from "../../src/tokens/endpoint.ts";
import { type TokenSourceOptions, type TokenStore, tokenSource } from "../../src/tokens/token-source.ts";
import { json, observe, rejection, unhandledRejections } from "../support/observe.ts";

/** A promise with its resolve and reject functions. */
function deferred<T>() {
  const settle = {} as { resolve: (value: T) => void; reject: (error: Error) => void };
  const promise = new Promise<T>((resolve, reject) => Object.assign(settle, { resolve, reject }));
  return { promise, ...settle };
}

/** A token source with a manual clock and a mock fetchToken. */
function setUp(options: TokenSourceOptions = {}, more: Partial<TokenResponse> = { expires_in: 3600 }) {
  const clock = { time: 1_700_000_000_000 };
  const fetchToken = vi.fn(
    async (_previous: TokenResponse | undefined): Promise<TokenResponse> => ({
      access_token: `token ${fetchToken.mock.calls.length}`,
      token_type: "bearer",
      ...more,
    }),
  );
  const source = tokenSource(fetchToken, { now: () => clock.time, key: "access_token", ...options });
  const pass = (seconds: number) => {
    clock.time += seconds * 1000;
  };
  return { clock, fetchToken, source, pass };
}

describe("the cache", () => {
  test("requests a token once for 10,000 callers, and not again while it is valid", async () => {
    const { fetchToken, source } = setUp();
    const tokens = await Promise.all(Array.from({ length: 10_000 }, () => source()));
    expect(new Set(tokens)).toEqual(new Set(["token 1"]));
    expect(await source()).toBe("token 1");
    expect(fetchToken).toHaveBeenCalledTimes(1);
  });

  test.each([
    ["30 s before expiry", 3600, {}, 3570],
    ["at the given leeway before expiry", 3600, { leeway: 300 }, 3300],
    ["at expiry without leeway", 3600, { leeway: 0 }, 3600],
    ["after half of a short lifetime", 40, {}, 20],
    ["after half of the lifetime if the leeway is longer", 3600, { leeway: 30_000 }, 1800],
    ["never without expires_in", undefined, {}, Number.POSITIVE_INFINITY],
    ["immediately if it is expired from the start", 0, {}, 0],
    ["before expiry if expires_in is a string", "3600" as unknown as number, {}, 3570],
  ])("renews %s", async (_name, expires_in, options, after) => {
    const { fetchToken, source, pass } = setUp(options, expires_in === undefined ? {} : { expires_in });
    await source();
    if (after > 0) {
      pass(Math.min(after, 1e9) - 0.001);
      expect(await source()).toBe("token 1");
    }
    if (after === Number.POSITIVE_INFINITY) return;
    pass(0.001);
    expect(await Promise.all([source(), source()])).toEqual(["token 2", "token 2"]);
    expect(fetchToken).toHaveBeenCalledTimes(2);
  });

  test("counts the lifetime from the request, not from the response", async () => {
    const { clock, source, pass, fetchToken } = setUp();
    fetchToken.mockImplementationOnce(async () => {
      clock.time += 60_000;
      return { access_token: "slow", token_type: "bearer", expires_in: 100 };
    });
    await source();
    pass(9.999);
    expect(await source()).toBe("slow");
    pass(0.001);
    expect(await source()).toBe("token 2");
  });

  test("does not cache a failure", async () => {
    const { fetchToken, source } = setUp();
    fetchToken.mockRejectedValueOnce(new Error("down"));
    const outcomes = await Promise.allSettled([source(), source()]);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(fetchToken).toHaveBeenCalledTimes(1);
    fetchToken.mockImplementationOnce(() => {
      throw new Error("thrown at once");
    });
    expect(await rejection(source())).toMatchObject({ message: "thrown at once" });
    expect(await source()).toBe("token 3");
  });

  test("rejects a result that is not a token response, and invalid options", async () => {
    for (const result of [
      undefined,
      null,
      "token",
      {},
      { access_token: "" },
      { data: { access_token: "t" } },
    ] as any[]) {
      const error = await rejection(tokenSource(async () => result)());
      expect(error).toMatchObject({ name: "InvalidInputError", field: "fetchToken" });
    }
    expect(() => tokenSource(undefined as any)).toThrow(expect.objectContaining({ field: "fetchToken" }));
    expect(() => tokenSource(async () => ({}) as any, { leeway: -1 })).toThrow(
      expect.objectContaining({ field: "leeway" }),
    );
  });
});

describe("a system clock that is set while a token is cached", () => {
  /** A monotonic clock, which only `pass` advances. */
  function setUpClocks(options: TokenSourceOptions = {}) {
    const monotonic = { time: 5000 };
    const spy = vi.spyOn(performance, "now").mockImplementation(() => monotonic.time);
    onTestFinished(() => spy.mockRestore());
    const setup = setUp(options);
    const pass = (seconds: number) => {
      setup.pass(seconds);
      monotonic.time += seconds * 1000;
    };
    return { ...setup, monotonic, pass };
  }

  test("back does not extend the lifetime of a token", async () => {
    const { source, clock, pass } = setUpClocks();
    await source();
    pass(1800);
    clock.time -= 7200_000;
    expect(await source()).toBe("token 1");
    pass(1769.999);
    expect(await source()).toBe("token 1");
    pass(0.001);
    expect(await source()).toBe("token 2");
    pass(3569.999);
    expect(await source()).toBe("token 2");
    pass(0.001);
    expect(await source()).toBe("token 3");
  });

  test("back does not extend the lifetime of a token from the store", async () => {
    const store = new Map();
    const first = setUpClocks({ store });
    await first.source();
    const { source, clock, pass, fetchToken } = setUpClocks({ store });
    pass(1800);
    expect(await source()).toBe("token 1");
    expect(fetchToken).not.toHaveBeenCalled();
    clock.time -= 7200_000;
    pass(1769.999);
    expect(await source()).toBe("token 1");
    expect(fetchToken).not.toHaveBeenCalled();
    pass(0.001);
    await source();
    expect(fetchToken).toHaveBeenCalledOnce();
  });

  test("back before a restart does not revive an expired token of the store", async () => {
    const store = new Map();
    await setUpClocks({ store }).source();
    const { source, clock, pass, fetchToken } = setUpClocks({ store });
    pass(3600);
    clock.time -= 7200_000;
    await source();
    expect(fetchToken).toHaveBeenCalledOnce();
  });

  test("forward costs one request", async () => {
    const { source, clock, fetchToken, pass } = setUpClocks();
    await source();
    clock.time += 7200_000;
    expect(await source()).toBe("token 2");
    pass(3569);
    expect(await source()).toBe("token 2");
    expect(fetchToken).toHaveBeenCalledTimes(2);
  });

  test("decides if the monotonic clock stops, as it does while some machines sleep", async () => {
    const { source, clock } = setUpClocks();
    await source();
    clock.time += 3600_000;
    expect(await source()).toBe("token 2");
  });

  test("decides alone if there is no monotonic clock", async () => {
    vi.stubGlobal("performance", undefined);
    onTestFinished(() => void vi.unstubAllGlobals());
    const { source, pass } = setUp();
    await source();
    pass(3569);
    expect(await source()).toBe("token 1");
    pass(1);
    expect(await source()).toBe("token 2");
  });

  test("is Date.now by default", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: 1_700_000_000_000 });
    onTestFinished(() => void vi.useRealTimers());
    let requests = 0;
    const source = tokenSource(async () => ({ access_token: `${++requests}`, token_type: "bearer", expires_in: 60 }));
    await source();
    vi.setSystemTime(1_700_000_029_000);
    expect(await source()).toBe("1");
    vi.setSystemTime(1_700_000_030_000);
    expect(await source()).toBe("2");
  });
});

describe("a caller's signal", () => {
  test("aborts the wait of that caller only", async () => {
    const { fetchToken, source } = setUp();
    const pending = deferred<TokenResponse>();
    fetchToken.mockReturnValueOnce(pending.promise);
    const controller = new AbortController();
    const waits = [source(), source({ signal: controller.signal }), source({ signal: new AbortController().signal })];
    controller.abort("gone");
    expect(await rejection(waits[1]!)).toMatchObject({ name: "AbortError", cause: "gone" });
    pending.resolve({ access_token: "late", token_type: "bearer" });
    expect(await Promise.all([waits[0], waits[2]])).toEqual(["late", "late"]);
    expect(fetchToken).toHaveBeenCalledTimes(1);
  });

  test("can be shared by many calls", async () => {
    const { source } = setUp();
    const { signal } = new AbortController();
    await Promise.all(Array.from({ length: 100 }, () => source({ signal })));
    expect(getEventListeners(signal, "abort").length).toBeLessThanOrEqual(1);
  });

  test("that is aborted already rejects without a request, even if a token is cached", async () => {
    const { fetchToken, source } = setUp();
    expect(await rejection(source({ signal: AbortSignal.abort() }))).toMatchObject({ name: "AbortError" });
    expect(fetchToken).not.toHaveBeenCalled();
    await source();
    expect(await rejection(source({ signal: AbortSignal.abort() }))).toMatchObject({ name: "AbortError" });
  });

  test("causes no unhandled rejection if all callers abort", async () => {
    const unhandled = unhandledRejections();
    const { fetchToken, source } = setUp();
    const pending = deferred<TokenResponse>();
    fetchToken.mockReturnValueOnce(pending.promise);
    const controller = new AbortController();
    const waits = [source({ signal: controller.signal }), source({ signal: controller.signal })];
    controller.abort();
    await Promise.allSettled(waits);
    pending.reject(new Error("down"));
    await new Promise((resolve) => setTimeout(resolve));
    expect(unhandled).toEqual([]);
    expect(await source()).toBe("token 2");
  });
});

describe("invalidate", () => {
  test("drops a rejected token once, even if it is invalidated ten times", async () => {
    const { fetchToken, source } = setUp();
    const rejected = await source();
    const retry = async () => {
      await source.invalidate(rejected);
      return source();
    };
    expect(new Set(await Promise.all(Array.from({ length: 10 }, retry)))).toEqual(new Set(["token 2"]));
    await source.invalidate(rejected);
    expect(await source()).toBe("token 2");
    expect(fetchToken).toHaveBeenCalledTimes(2);
  });

  test("drops the current token by default", async () => {
    const { source } = setUp();
    await source.invalidate();
    await source();
    await source.invalidate();
    expect(await source()).toBe("token 2");
  });

  test("takes effect immediately", async () => {
    const { source } = setUp({ store: new Map() });
    await source();
    void source.invalidate();
    expect(await source()).toBe("token 2");
  });
});

describe("the previous response", () => {
  test("is passed to fetchToken, with the newest refresh token", async () => {
    const { fetchToken, source, pass } = setUp();
    const tokens = [{ refresh_token: "r1" }, { refresh_token: "r2" }, {}, {}];
    for (const [index, more] of tokens.entries()) {
      fetchToken.mockResolvedValueOnce({ access_token: `a${index}`, token_type: "bearer", expires_in: 60, ...more });
    }
    for (const _ of tokens) {
      await source();
      pass(60);
    }
    expect(fetchToken.mock.calls.map(([previous]) => previous?.refresh_token)).toEqual([undefined, "r1", "r2", "r2"]);
  });

  test.each([[""], [null]])("passes on its refresh token if a response contains %j instead", async (none) => {
    const store = { get: vi.fn(), set: vi.fn(), delete: vi.fn() };
    const { fetchToken, source, pass } = setUp({ store }, { expires_in: 60, refresh_token: "r1" });
    await source();
    const response = { access_token: "a2", token_type: "bearer", expires_in: 60, refresh_token: none as string };
    fetchToken.mockResolvedValueOnce(response);
    pass(60);
    await source();
    await source.invalidate();
    await source();
    expect(fetchToken).toHaveBeenLastCalledWith(expect.objectContaining({ refresh_token: "r1" }));
    expect(store.set.mock.calls.map(([, { response }, ttl]) => [response.refresh_token, ttl])).toEqual(
      Array(3).fill(["r1", undefined]),
    );
    expect(store.delete).not.toHaveBeenCalled();

    const first = setUp({ store }, { expires_in: 60, refresh_token: none as string });
    await first.source();
    expect(store.set.mock.lastCall![2]).toBe(60_000);
  });

  test("is preserved after a failure and an invalidation", async () => {
    const { fetchToken, source } = setUp({}, { expires_in: 60, refresh_token: "r1" });
    await source();
    await source.invalidate();
    fetchToken.mockRejectedValueOnce(new Error("down"));
    await rejection(source());
    await source();
    expect(fetchToken.mock.calls.map(([previous]) => previous?.refresh_token)).toEqual([undefined, "r1", "r1"]);
  });

  test("is stored before its access token is returned", async () => {
    const events: string[] = [];
    const stored = deferred<void>();
    const store: TokenStore = {
      get: () => undefined,
      set: (_key, { response }) => {
        events.push(`storing ${response.refresh_token}`);
        return stored.promise.then(() => events.push("stored"));
      },
      delete: () => {},
    };
    const { source } = setUp({ store }, { expires_in: 60, refresh_token: "r1" });
    const waiting = source().then(() => events.push("returned"));
    await vi.waitFor(() => expect(events).toEqual(["storing r1"]));
    const later = source().then(() => events.push("returned"));
    await new Promise((resolve) => setTimeout(resolve));
    expect(events).toEqual(["storing r1"]);
    stored.resolve();
    await Promise.all([waiting, later]);
    expect(events).toEqual(["storing r1", "stored", "returned", "returned"]);
  });
});

describe.each([
  ["a Map", () => new Map() as TokenStore],
  ["a Keyv", () => new Keyv() as TokenStore],
])("%s as the store", (_name, makeStore) => {
  test("shares the token among processes", async () => {
    const store = makeStore();
    const first = setUp({ store });
    const second = setUp({ store });
    expect([await first.source(), await second.source()]).toEqual(["token 1", "token 1"]);
    expect(second.fetchToken).not.toHaveBeenCalled();
  });

  test("separates sources by their keys", async () => {
    const store = makeStore();
    const first = setUp({ store, key: "read" });
    const second = setUp({ store, key: "write" });
    await first.source();
    await second.source();
    expect(second.fetchToken).toHaveBeenCalledTimes(1);
  });

  test("passes on the rotated refresh token", async () => {
    const store = makeStore();
    const first = setUp({ store }, { expires_in: 60, refresh_token: "r1" });
    const second = setUp({ store }, { expires_in: 60, refresh_token: "r2" });
    await first.source();
    second.pass(60);
    await second.source();
    expect(second.fetchToken).toHaveBeenCalledWith(expect.objectContaining({ refresh_token: "r1" }));
    first.pass(60);
    expect(await first.source()).toBe("token 1");
    first.pass(120);
    await first.source();
    expect(first.fetchToken).toHaveBeenLastCalledWith(expect.objectContaining({ refresh_token: "r2" }));
  });

  test.each([600, -600])("passes it on even if the clock of the other process is %d s ahead", async (ahead) => {
    const store = makeStore();
    const first = setUp({ store }, { expires_in: 60, refresh_token: "r1" });
    const second = setUp({ store }, { expires_in: 60, refresh_token: "r2" });
    second.pass(ahead);
    await first.source();
    await second.source();
    await second.source.invalidate();
    await second.source();
    expect(second.fetchToken).toHaveBeenCalledWith(expect.objectContaining({ refresh_token: "r1" }));
    first.pass(3600);
    await first.source();
    expect(first.fetchToken).toHaveBeenLastCalledWith(expect.objectContaining({ refresh_token: "r2" }));
  });

  test("does not return a token that this process has invalidated", async () => {
    const store = makeStore();
    const first = setUp({ store });
    const second = setUp({ store });
    const rejected = await first.source();
    await second.source();
    await first.source.invalidate(rejected);
    expect(await first.source()).toBe("token 2");
    await second.source.invalidate(rejected);
    expect(await second.source()).toBe("token 2");
    expect(second.fetchToken).not.toHaveBeenCalled();
  });

  test("drops an invalidated token for later processes, but never a refresh token", async () => {
    const store = makeStore();
    const plain = setUp({ store, key: "plain" });
    await plain.source();
    await plain.source.invalidate();
    expect(await store.get("plain")).toBe(undefined);
    const rotating = setUp({ store, key: "rotating" }, { expires_in: 60, refresh_token: "r1" });
    await rotating.source();
    await rotating.source.invalidate();
    const later = setUp({ store, key: "rotating" });
    later.pass(60);
    await later.source();
    expect(later.fetchToken).toHaveBeenCalledWith(expect.objectContaining({ refresh_token: "r1" }));
  });
});

describe("the store", () => {
  test("receives the lifetime of a token as ttl, but no ttl with a refresh token", async () => {
    const store = { get: vi.fn(), set: vi.fn(), delete: vi.fn() };
    await setUp({ store }, { expires_in: 60 }).source();
    await setUp({ store, key: "k" }, { expires_in: 60, refresh_token: "r" }).source();
    await setUp({ store }, {}).source();
    await setUp({ store }, { expires_in: 0 }).source();
    expect(store.set.mock.calls.map(([key, , ttl]) => [key, ttl])).toEqual([
      ["access_token", 60_000],
      ["k", undefined],
      ["access_token", undefined],
      ["access_token", 1],
    ]);
  });

  const failing = (fail: () => unknown): TokenStore => ({ get: fail, set: fail, delete: fail });
  const down = () => {
    throw new Error("down");
  };
  test.each([
    ["throws", failing(down)],
    ["rejects", failing(async () => down())],
    ["resolves to false", failing(async () => false)],
    ["contains an invalid value", failing(() => ({ response: "nonsense" }))],
  ])("costs one extra request, and no token is lost, if it %s", async (_name, store) => {
    const { fetchToken, source, pass } = setUp({ store }, { expires_in: 60, refresh_token: "r1" });
    expect(await source()).toBe("token 1");
    expect(await source()).toBe("token 1");
    pass(60);
    expect(await source()).toBe("token 2");
    expect(fetchToken).toHaveBeenLastCalledWith(expect.objectContaining({ refresh_token: "r1" }));
    await source.invalidate();
    expect(await source()).toBe("token 3");
  });

  test.each([undefined, ""])("requires a key other than %j", (key) => {
    const make = () =>
      tokenSource(async () => ({ access_token: "t", token_type: "bearer" }), { store: new Map(), key });
    expect(make).toThrow(expect.objectContaining({ name: "RequiredError", field: "key" }));
  });

  test("that is slow contains the newest token in the end, and delays no caller by more than a second", async () => {
    vi.useFakeTimers();
    try {
      const written: string[] = [];
      const delays = [1500, 0];
      const store: TokenStore = {
        get: () => undefined,
        set: async (_key, { response }) => {
          await new Promise((resolve) => setTimeout(resolve, delays.shift()));
          written.push(response.refresh_token!);
        },
        delete: () => {},
      };
      const { source, pass, fetchToken } = setUp({ store });
      for (const refresh_token of ["r1", "r2"]) {
        fetchToken.mockResolvedValueOnce({ access_token: "t", token_type: "bearer", expires_in: 60, refresh_token });
        const waiting = source();
        await vi.advanceTimersByTimeAsync(1000);
        expect(await waiting).toBe("t");
        pass(60);
      }
      await vi.runAllTimersAsync();
      expect(written).toEqual(["r1", "r2"]);
    } finally {
      vi.useRealTimers();
    }
  });

  test("delays a call by two seconds if it hangs", async () => {
    vi.useFakeTimers();
    try {
      const { source } = setUp({ store: failing(() => new Promise(() => {})) });
      const token = source();
      await vi.advanceTimersByTimeAsync(2000);
      expect(await token).toBe("token 1");
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  test("may be a Keyv that is down", async () => {
    const backend = { get: down, set: async () => down(), delete: down, clear: down, opts: {}, on: () => {} };
    const store = new Keyv({ store: backend as any });
    store.on("error", () => {});
    const { source, pass } = setUp({ store }, { expires_in: 60, refresh_token: "r1" });
    expect(await source()).toBe("token 1");
    pass(60);
    expect(await source()).toBe("token 2");
  });

  test("that stored a token although it failed returns the later token of another process", async () => {
    const store = new Map();
    const doubtful: TokenStore = {
      get: (key) => store.get(key),
      set: (key, value) => {
        store.set(key, value);
        down();
      },
      delete: () => {},
    };
    const first = setUp({ store: doubtful }, { expires_in: 60, refresh_token: "r1" });
    const second = setUp({ store }, { expires_in: 60, refresh_token: "r2" });
    await first.source();
    second.pass(60);
    await second.source();
    first.pass(600);
    await first.source();
    expect(first.fetchToken).toHaveBeenLastCalledWith(expect.objectContaining({ refresh_token: "r2" }));
  });

  test("with a token from a clock that is ahead by the leeway does not extend its lifetime", async () => {
    const store = new Map();
    const { clock, source, pass } = setUp({ store });
    const response = { access_token: "theirs", token_type: "bearer", expires_in: 3600 };
    store.set("access_token", { response, time: clock.time + 30_000 });
    expect(await source()).toBe("theirs");
    pass(3570);
    expect(await source()).toBe("token 1");
  });

  test("with a token from a clock that is ahead by more than the leeway costs a request, but keeps its refresh token", async () => {
    const store = new Map();
    const { clock, source, fetchToken } = setUp({ store });
    const response = { access_token: "theirs", token_type: "bearer", expires_in: 3600, refresh_token: "r1" };
    store.set("access_token", { response, time: clock.time + 30_001 });
    expect(await source()).toBe("token 1");
    expect(fetchToken).toHaveBeenCalledWith(expect.objectContaining({ refresh_token: "r1" }));
    const later = setUp({ store });
    expect(await later.source()).toBe("token 1");
  });

  test("with an older token, because it was down, does not replace the newer one", async () => {
    const store = new Map();
    const { fetchToken, source, pass } = setUp({ store }, { expires_in: 60, refresh_token: "r1" });
    await source();
    const older = store.get("access_token");
    pass(60);
    fetchToken.mockResolvedValueOnce({
      access_token: "newer",
      token_type: "bearer",
      expires_in: 60,
      refresh_token: "r2",
    });
    await source();
    store.set("access_token", older);
    pass(60);
    await source();
    expect(fetchToken).toHaveBeenLastCalledWith(expect.objectContaining({ refresh_token: "r2" }));
  });
});

test("a token source can be the accessToken of a Configuration", async () => {
  const { source, fetchToken } = setUp();
  const wire = observe(json([]));
  const api = new OAuth2Api(
    new Configuration({ basePath: "https://hydra.example", accessToken: source, fetch: wire.fetch }),
  );
  await Promise.all([api.listOAuth2Clients(), api.listOAuth2Clients()]);
  expect(wire.seen.map(({ headers }) => headers["authorization"])).toEqual(["Bearer token 1", "Bearer token 1"]);
  expect(fetchToken).toHaveBeenCalledTimes(1);
});
