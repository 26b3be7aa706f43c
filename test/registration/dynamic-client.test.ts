import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { build } from "esbuild";
import Keyv from "keyv";
import { generate } from "selfsigned";
import { describe, expect, test, vi } from "vitest";
import {
  type ConfigurationParameters,
  DynamicClient,
  type DynamicClientOptions,
  isHydraError,
  isRegistrationStateUnknownError,
  isRegistrationStoreError,
  isStaleRegistrationTokenError,
  OAuth2Api,
  type OAuth2Client,
  OidcApi,
  type RegistrationApi,
  type RegistrationCredentials,
  type RegistrationStore,
} from "../../src/index.ts";
import { createMockHydra, type Fault, type Operation } from "../../src/mock/index.ts";
import { json, observe, rejection, unhandledRejections } from "../support/observe.ts";

async function world(settings: DynamicClientOptions = {}, more: ConfigurationParameters = {}) {
  const hydra = createMockHydra();
  const configuration = { basePath: hydra.publicUrl, adminBasePath: hydra.adminUrl, fetch: hydra.fetch, ...more };
  const api = new OidcApi(configuration);
  const store = new Map<string, RegistrationCredentials>();
  const client = await DynamicClient.register(
    api,
    { client_name: "Field app", redirect_uris: ["https://app.example/1"] },
    { store, ...settings },
  );
  return {
    hydra,
    api,
    admin: new OAuth2Api(configuration),
    store,
    client,
    /** The token that the server takes. */
    get living() {
      return hydra.state.clients.get(client.id)?.registrationAccessToken;
    },
    sent: (operation: Operation) => hydra.requests.filter((request) => request.operation === operation),
    fail: (operation: Operation, fault: Fault) => hydra.fail({ operation, ...fault }),
  };
}

const secretsOf = (client: DynamicClient) => [client.registrationAccessToken, client.clientSecret!];

describe("life of a registration", () => {
  test("register keeps the credentials before it resolves", async () => {
    const it = await world();
    const [registrationAccessToken, clientSecret] = secretsOf(it.client);
    expect(it.living).toBe(registrationAccessToken);
    expect(clientSecret).toMatch(/.{20}/);
    expect(it.store.get(it.client.id)).toEqual({ registrationAccessToken, clientSecret });
  });

  test("get reads it", async () => {
    const { client } = await world();
    expect((await client.get()).data).toMatchObject({ client_id: client.id, client_name: "Field app" });
  });

  test("update gets, merges and puts; the new token is in the store and with the caller", async () => {
    const it = await world();
    const [before, secret] = secretsOf(it.client);
    const { data } = await it.client.update({ client_name: "Field app 2" });
    expect(data).toMatchObject({ client_name: "Field app 2", redirect_uris: ["https://app.example/1"] });
    expect(data.registration_access_token).toBe(it.living);
    expect(it.living).not.toBe(before);
    expect(secretsOf(it.client)).toEqual([it.living, secret]);
    expect(it.store.get(it.client.id)).toEqual({ registrationAccessToken: it.living, clientSecret: secret });
  });

  test("update by a function that changes the copy, or returns another", async () => {
    const { client } = await world();
    await client.update((metadata) => {
      metadata.redirect_uris?.push("https://app.example/2");
    });
    const { data } = await client.update(async (metadata) => ({ ...metadata, scope: "openid" }));
    expect(data).toMatchObject({ redirect_uris: ["https://app.example/1", "https://app.example/2"], scope: "openid" });
  });

  test("update leaves out what the server refuses to take back, and not what the caller sets", async () => {
    const it = await world();
    await it.client.update({ client_name: "Two" });
    const [put] = it.sent("setOidcDynamicClient");
    for (const name of ["registration_access_token", "client_secret", "created_at", "updated_at", "metadata"]) {
      expect(put!.body).not.toHaveProperty(name);
    }
    expect(put!.body).toHaveProperty("client_id", it.client.id);
    const own = await rejection(it.client.update({ client_secret: "one-of-my-own" }));
    expect(own).toMatchObject({ name: "ResponseError", status: 403 });
    expect(it.living).toBe(it.client.registrationAccessToken);
  });

  test("replace puts what it is given, and takes back what the server answered", async () => {
    const it = await world();
    const { data: updated } = await it.client.update({ client_name: "Two" });
    expect((await it.client.replace({ ...updated, client_name: "Three" })).data).toMatchObject({
      client_name: "Three",
      redirect_uris: ["https://app.example/1"],
    });
    expect((await it.client.replace({ client_name: "Four" })).data.redirect_uris ?? []).toEqual([]);
    expect(it.sent("setOidcDynamicClient").at(-1)!.body).toEqual({ client_id: it.client.id, client_name: "Four" });
    expect(await rejection(it.client.replace({ metadata: { a: 1 } }))).toMatchObject({ status: 400 });
    expect(it.living).toBe(it.client.registrationAccessToken);
  });

  test("delete takes it from the server and from the store", async () => {
    const it = await world();
    await it.client.delete();
    expect([it.living, it.store.size]).toEqual([undefined, 0]);
    expect(await rejection(it.client.get())).toMatchObject({ name: "ResponseError", status: 401 });
  });

  test("a change by the admin API kills the token: a plain 401", async () => {
    const it = await world();
    await it.admin.patchOAuth2Client({ id: it.client.id, jsonPatch: [{ op: "add", path: "/owner", value: "me" }] });
    expect(await rejection(it.client.update({}))).toMatchObject({ name: "ResponseError", status: 401 });
    expect(await it.client.recover()).toBe("lost");
  });

  test("what is missing is refused before anything is sent", async () => {
    const it = await world();
    const before = it.hydra.requests.length;
    expect(await rejection(DynamicClient.register(it.api, undefined as any))).toMatchObject({
      name: "RequiredError",
      field: "client",
    });
    expect(await rejection(it.client.replace(undefined as any))).toMatchObject({
      name: "RequiredError",
      field: "client",
    });
    expect(await rejection(it.client.update(undefined as any))).toMatchObject({
      name: "RequiredError",
      field: "changes",
    });
    expect(await rejection(DynamicClient.open(it.api, {} as any))).toMatchObject({
      name: "RequiredError",
      field: "id",
    });
    expect(await rejection(DynamicClient.open(it.api, { id: "a" } as any))).toMatchObject({
      field: "registrationAccessToken",
    });
    expect(await rejection(DynamicClient.open(it.api, { id: "a", store: new Map() }))).toMatchObject({
      name: "InvalidInputError",
      message: expect.stringContaining("the store does not contain it either"),
    });
    expect(it.hydra.requests.length).toBe(before);
  });
});

describe("settings that cannot keep anything are refused before anything is sent", () => {
  const some = { get: () => undefined, set: () => undefined, delete: () => undefined };
  test.each<[string, any, string]>([
    ["null", null, "settings"],
    ["a text", "redis://h.example", "settings"],
    ["a store that is a text", { store: "redis://h.example" }, "store"],
    ["a store without get", { store: { ...some, get: undefined } }, "store"],
    ["a store without set", { store: { ...some, set: undefined } }, "store"],
    ["a store without delete", { store: { ...some, delete: undefined } }, "store"],
    ["an onRotate that is a text", { onRotate: "log" }, "onRotate"],
  ])("%s", async (_, settings, field) => {
    const { fetch, seen } = observe();
    const api = new OidcApi({ basePath: "http://h.example", fetch });
    const problem = { name: "InvalidInputError", field };
    expect(await rejection(DynamicClient.register(api, {}, settings))).toMatchObject(problem);
    if (field !== "settings") {
      const open = DynamicClient.open(api, { id: "a", registrationAccessToken: "t", ...settings });
      expect(await rejection(open)).toMatchObject(problem);
    }
    expect(seen).toEqual([]);
  });

  test("neither store nor onRotate is none of that", async () => {
    const it = await world({ store: undefined, onRotate: undefined });
    await it.client.update({ client_name: "Two" });
    expect(it.client.registrationAccessToken).toBe(it.living);
  });

  test.each([Number.NaN, -1, Infinity, "50"])("a timeout of %s", async (timeout: any) => {
    const { fetch, seen } = observe();
    const api = new OidcApi({ basePath: "http://h.example", fetch });
    const problem = { name: "InvalidInputError", field: "timeout" };
    const get = vi.fn();
    const settings = { id: "a", store: { ...some, get } };
    expect(await rejection(DynamicClient.open(api, settings, { timeout }))).toMatchObject(problem);
    expect(get).not.toHaveBeenCalled();
    expect(await rejection(DynamicClient.register(api, {}, {}, { timeout }))).toMatchObject(problem);
    const client = await DynamicClient.open(api, { id: "a", registrationAccessToken: "t" });
    expect(await rejection(client.get({ timeout }))).toMatchObject(problem);
    expect(seen).toEqual([]);
  });
});

describe("open", () => {
  test("by the token alone", async () => {
    const it = await world();
    const { id, registrationAccessToken } = it.client;
    const opened = await DynamicClient.open(it.api, { id, registrationAccessToken });
    await opened.update({ client_name: "Two" });
    expect(opened.registrationAccessToken).toBe(it.living);
    expect(opened.clientSecret).toBeUndefined();
  });

  test("what is given is stored where the store has nothing, or no secret", async () => {
    const it = await world();
    const [registrationAccessToken, clientSecret] = secretsOf(it.client) as [string, string];
    const { id } = it.client;
    for (const kept of [undefined, { registrationAccessToken }]) {
      const store = new Map(kept && [[id, kept]]);
      await DynamicClient.open(it.api, { id, store, registrationAccessToken, clientSecret });
      expect(store.get(id)).toEqual({ registrationAccessToken, clientSecret });
    }
    const store = new Map([[id, { registrationAccessToken, clientSecret: "theirs" }]]);
    const set = vi.spyOn(store, "set");
    const opened = await DynamicClient.open(it.api, { id, store, registrationAccessToken });
    expect(opened.clientSecret).toBe("theirs");
    store.get = () => ({ registrationAccessToken, clientSecret: null! });
    await DynamicClient.open(it.api, { id, store });
    expect(set).not.toHaveBeenCalled();
  });

  test("of a token that is given and another one of the store the first call keeps the one that lives", async () => {
    const it = await world();
    const { id } = it.client;
    const dead = it.client.registrationAccessToken;
    await it.client.update({ client_name: "Two" });
    for (const isGivenDead of [true, false]) {
      const [given, kept] = isGivenDead ? [dead, it.living!] : [it.living!, dead];
      const store = new Map([[id, { registrationAccessToken: kept }]]);
      const opened = await DynamicClient.open(it.api, { id, store, registrationAccessToken: given, clientSecret: "s" });
      expect([opened.registrationAccessToken, store.get(id)?.registrationAccessToken]).toEqual([given, kept]);
      expect((await opened.get()).status).toBe(200);
      expect(opened.registrationAccessToken).toBe(it.living);
      expect(store.get(id)).toEqual({ registrationAccessToken: it.living, clientSecret: "s" });
      await opened.update({ client_name: "Three" });
      expect(store.get(id)?.registrationAccessToken).toBe(it.living);
    }
    const store = new Map([[id, { registrationAccessToken: "dead" }]]);
    const opened = await DynamicClient.open(it.api, { id, store, registrationAccessToken: dead });
    expect(await rejection(opened.replace({}))).toMatchObject({ name: "ResponseError", status: 401 });
  });

  test("what the store has already is not written over what another process puts there meanwhile", async () => {
    const it = await world();
    const dead = it.client.registrationAccessToken;
    const { id } = it.client;
    await it.client.update({ client_name: "Two" });
    const set = vi.fn(it.store.set.bind(it.store));
    const store: RegistrationStore = {
      // Hands out what it has, and is overtaken on the way.
      async get() {
        const stored = it.store.get(id);
        if (isOvertaken) await it.client.update({ client_name: "Three" });
        return stored;
      },
      set,
      delete: it.store.delete.bind(it.store),
    };
    let isOvertaken = false;
    const opened = await DynamicClient.open(it.api, { id, store, registrationAccessToken: dead });
    isOvertaken = true;
    await opened.get().catch(() => {});
    expect(set).not.toHaveBeenCalled();
    expect(it.store.get(id)?.registrationAccessToken).toBe(it.living);
  });

  test("which of two tokens lives is asked once, and anew where the server could not tell", async () => {
    const it = await world();
    const { id, registrationAccessToken } = it.client;
    const store = new Map([[id, { registrationAccessToken: "dead" }]]);
    const opened = await DynamicClient.open(it.api, { id, store, registrationAccessToken });
    it.fail("getOidcDynamicClient", { status: 500 });
    expect(await rejection(opened.replace({ client_name: "Two" }))).toMatchObject({ status: 500 });
    expect(it.sent("setOidcDynamicClient")).toEqual([]);
    expect(opened.registrationAccessToken).toBe(registrationAccessToken);
    await opened.replace({ client_name: "Three" });
    await opened.replace({ client_name: "Four" });
    expect(it.sent("getOidcDynamicClient")).toHaveLength(2);
    expect(store.get(id)?.registrationAccessToken).toBe(it.living);
  });

  test("what the store gives without a token is nothing", async () => {
    const it = await world();
    const { id, registrationAccessToken } = it.client;
    const store = new Map([[id, { clientSecret: "s" } as RegistrationCredentials]]);
    expect(await rejection(DynamicClient.open(it.api, { id, store }))).toMatchObject({
      field: "registrationAccessToken",
    });
    const opened = await DynamicClient.open(it.api, { id, store, registrationAccessToken });
    await opened.get();
    expect(it.sent("getOidcDynamicClient")).toHaveLength(1);
    expect(store.get(id)).toEqual({ registrationAccessToken });
  });

  test("what the store gave and got stays the store's own", async () => {
    const it = await world();
    const [token] = secretsOf(it.client);
    it.store.get(it.client.id)!.registrationAccessToken = "spoilt";
    expect(it.client.registrationAccessToken).toBe(token);
  });

  test("a client of an administrator: what only they can set is left out, unless the caller sets it", async () => {
    const it = await world();
    const oAuth2Client = {
      access_token_strategy: "jwt",
      metadata: { plan: "gold" },
      skip_consent: true,
      skip_logout_consent: true,
    };
    const { data } = await it.admin.createOAuth2Client({ oAuth2Client });
    const { client_id: id, registration_access_token: registrationAccessToken } = data as {
      client_id: string;
      registration_access_token: string;
    };
    const client = await DynamicClient.open(it.api, { id, registrationAccessToken });
    expect((await client.update({ client_name: "Two" })).data).toMatchObject({
      client_name: "Two",
      skip_consent: false,
    });
    expect(await rejection(client.update({ skip_consent: true }))).toMatchObject({ status: 400 });
  });

  test("a Keyv does as a store, and one that fails is noticed", async () => {
    const store = new Keyv<RegistrationCredentials>();
    const it = await world({ store });
    await it.client.update({ client_name: "Two" });
    const opened = await DynamicClient.open(it.api, { id: it.client.id, store });
    expect(secretsOf(opened)).toEqual(secretsOf(it.client));
    await opened.delete();
    expect(await store.get(opened.id)).toBeUndefined();

    const down = Object.assign(new Map(), { set: () => Promise.reject(new Error("down")) });
    const broken = new Keyv({ store: down });
    broken.on("error", () => {});
    const error = await rejection(DynamicClient.register(it.api, {}, { store: broken }));
    expect(isRegistrationStoreError(error)).toBe(true);
    expect(it.hydra.state.clients.get(error.id)?.registrationAccessToken).toBe(error.registrationAccessToken);
  });

  test("a Keyv that cannot delete is noticed; one that has nothing to delete is none", async () => {
    const kept = new Map();
    const store = new Keyv({ store: Object.assign(kept, { delete: () => Promise.reject(new Error("down")) }) });
    store.on("error", () => {});
    const it = await world({ store });
    expect(await rejection(it.client.delete())).toMatchObject({ name: "RegistrationStoreError" });
    const other = await world({ store: new Keyv() });
    await other.client.delete();
    const third = await world();
    third.store.clear();
    await third.client.delete();
  });
});

test("onRotate is told after the store and before the caller", async () => {
  const told: unknown[] = [];
  const it = await world({
    onRotate: async ({ id, registrationAccessToken, clientSecret }) => {
      await Promise.resolve();
      told.push([id, registrationAccessToken, clientSecret, it.store.get(id)?.registrationAccessToken]);
    },
  });
  expect(told).toEqual([]);
  await it.client.update({ client_name: "Two" });
  expect(told).toEqual([[it.client.id, it.living, it.client.clientSecret, it.living]]);
});

describe("onRotate is told of every token", () => {
  const keeping = () => {
    const map = new Map<string, RegistrationCredentials>();
    const told: string[] = [];
    const state = { isStoreDown: false, isDeaf: false, told, map };
    const settings: DynamicClientOptions & { store: RegistrationStore } = {
      store: {
        get: (id) => map.get(id),
        set: (id, value) => (state.isStoreDown ? false : map.set(id, value)),
        delete: (id) => map.delete(id),
      },
      onRotate({ registrationAccessToken }) {
        if (state.isDeaf) throw new Error("deaf");
        told.push(registrationAccessToken);
      },
    };
    return Object.assign(state, { settings });
  };

  test("where the store takes it at the next call only", async () => {
    const kept = keeping();
    const it = await world(kept.settings);
    kept.isStoreDown = true;
    await rejection(it.client.update({ client_name: "Two" }));
    expect(kept.told).toEqual([]);
    kept.isStoreDown = false;
    await it.client.get();
    await it.client.get();
    expect(kept.told).toEqual([it.living]);
  });

  test("where it fails, before the next call, which is not made while it fails", async () => {
    const kept = keeping();
    const it = await world(kept.settings);
    const set = vi.spyOn(kept.settings.store, "set");
    kept.isDeaf = true;
    await rejection(it.client.update({ client_name: "Two" }));
    expect(await rejection(it.client.update({ client_name: "Three" }))).toMatchObject({
      name: "RegistrationStoreError",
      registrationAccessToken: it.living,
      message: expect.stringMatching(/^nothing was changed: onRotate failed/),
    });
    expect(it.sent("setOidcDynamicClient")).toHaveLength(1);
    kept.isDeaf = false;
    await it.client.get();
    expect([kept.told, set.mock.calls.length]).toEqual([[it.living], 1]);
  });

  test("not of one that another process has replaced meanwhile", async () => {
    const kept = keeping();
    const it = await world(kept.settings);
    kept.isDeaf = true;
    await rejection(it.client.update({ client_name: "Two" }));
    kept.isDeaf = false;
    const other = await DynamicClient.open(it.api, { id: it.client.id, ...kept.settings });
    await other.update({ client_name: "Three" });
    expect(await rejection(it.client.get())).toMatchObject({ name: "StaleRegistrationTokenError" });
    expect(kept.told).toEqual([it.living]);
  });

  test("without a store, too", async () => {
    const kept = keeping();
    const it = await world({ store: undefined, onRotate: kept.settings.onRotate });
    kept.isDeaf = true;
    await rejection(it.client.update({ client_name: "Two" }));
    kept.isDeaf = false;
    await it.client.get();
    expect(kept.told).toEqual([it.living]);
  });
});

describe("two at once", () => {
  test("queue on one handle: none is lost", async () => {
    const it = await world();
    await Promise.all([
      ...Array.from({ length: 5 }, (_, n) =>
        it.client.update((metadata) => {
          metadata.redirect_uris?.push(`https://app.example/more/${n}`);
        }),
      ),
      it.client.get(),
    ]);
    const { data } = await it.client.get();
    expect(data.redirect_uris).toHaveLength(6);
    expect(it.living).toBe(it.client.registrationAccessToken);
  });

  test("a failure does not hold up the queue", async () => {
    const it = await world();
    const refused = rejection(it.client.update({ redirect_uris: ["https://app.example/#fragment"] }));
    const { data } = await it.client.update({ client_name: "Two" });
    expect([(await refused).status, data.client_name]).toEqual([400, "Two"]);
  });

  test("one that is aborted while it waits is not sent", async () => {
    const it = await world();
    const controller = new AbortController();
    const first = it.client.update({ client_name: "Two" });
    const second = rejection(it.client.replace({ client_name: "Three" }, { signal: controller.signal }));
    controller.abort();
    await first;
    expect(await second).toMatchObject({ name: "AbortError" });
    expect(it.sent("setOidcDynamicClient")).toHaveLength(1);
  });

  test.each<[string, (client: DynamicClient) => Promise<unknown>]>([
    ["get", (client) => client.get()],
    ["update", (client) => client.update({ client_name: "Loser" })],
    ["replace", (client) => client.replace({ client_name: "Loser" })],
    ["delete", (client) => client.delete()],
    ["recover", (client) => client.recover()],
  ])("across processes the loser's %s is stale, and it can open anew", async (_, call) => {
    const it = await world();
    const other = await DynamicClient.open(it.api, { id: it.client.id, store: it.store });
    await other.update({ client_name: "Winner" });
    const error = await rejection(call(it.client));
    expect(error).toMatchObject({ name: "StaleRegistrationTokenError", id: it.client.id, cause: { status: 401 } });
    expect(isStaleRegistrationTokenError(error) && isHydraError(error)).toBe(true);
    const anew = await DynamicClient.open(it.api, { id: it.client.id, store: it.store });
    expect((await anew.get()).data.client_name).toBe("Winner");
  });

  test("the loser while the winner's new token is on its way to the store", async () => {
    const map = new Map<string, RegistrationCredentials>();
    let slow = 0;
    const store: RegistrationStore = {
      get: (id) => map.get(id),
      set: async (id, value) => {
        await new Promise((done) => setTimeout(done, slow));
        map.set(id, value);
      },
      delete: (id) => map.delete(id),
    };
    const it = await world({ store });
    const other = await DynamicClient.open(it.api, { id: it.client.id, store });
    slow = 50;
    const winner = other.replace({ client_name: "Winner" });
    await vi.waitUntil(() => it.living !== it.client.registrationAccessToken);
    expect(await rejection(it.client.update({}))).toMatchObject({ name: "StaleRegistrationTokenError" });
    await winner;
  });

  test("a loser that gives up does not wait for the winner's token", async () => {
    const it = await world();
    it.hydra.state.clients.clear();
    const get = vi.spyOn(it.store, "get");
    vi.useFakeTimers();
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 10);
    const call = rejection(it.client.get({ signal: controller.signal }));
    await vi.advanceTimersByTimeAsync(10);
    expect(await Promise.race([call, "waits"])).toMatchObject({ status: 401 });
    vi.useRealTimers();
    expect(get).toHaveBeenCalledOnce();
  });

  test("a store that lags behind, and gives a former token of this handle, was not written by another process", async () => {
    const versions: RegistrationCredentials[] = [];
    let isLate = false;
    let isDown = false;
    const store: RegistrationStore = {
      get: () => (isLate ? versions[0] : versions.at(-1)),
      set: (_, value) => (isDown ? false : versions.push(value)),
      delete: () => {},
    };
    const it = await world({ store });
    await it.client.update({ client_name: "Two" });
    isDown = true;
    await rejection(it.client.update({ client_name: "Three" }));
    isDown = false;
    isLate = true;
    await it.client.update({ client_name: "Four" });
    expect(versions.at(-1)?.registrationAccessToken).toBe(it.living);
    it.fail("setOidcDynamicClient", { cutBody: true });
    await rejection(it.client.update({ client_name: "Five" }));
    expect(await it.client.recover()).toBe("lost");
  });

  test("the loser between its read and its write: nothing of it is there", async () => {
    const it = await world();
    const other = await DynamicClient.open(it.api, { id: it.client.id, store: it.store });
    const loser = it.client.update(async (metadata) => {
      await other.update({ client_name: "Winner" });
      metadata.client_name = "Loser";
    });
    expect(await rejection(loser)).toMatchObject({ name: "StaleRegistrationTokenError" });
    expect(it.hydra.state.clients.get(it.client.id)?.client.client_name).toBe("Winner");
  });
});

describe("the time of a call", () => {
  const hanging = (name: "get" | "set" | "delete") => {
    const map = new Map<string, RegistrationCredentials>();
    const store = { get: map.get.bind(map), set: map.set.bind(map), delete: map.delete.bind(map) } as RegistrationStore;
    return { store, map, hang: () => Object.assign(store, { [name]: () => new Promise(() => {}) }) };
  };

  test("counts the wait for earlier calls", async () => {
    const it = await world();
    let release!: () => void;
    const held = new Promise<void>((done) => (release = done));
    const first = it.client.update(() => held.then(() => ({ client_name: "Two" })));
    expect(await rejection(it.client.get({ timeout: 30 }))).toMatchObject({ name: "TimeoutError" });
    expect(await rejection(it.client.get({ signal: AbortSignal.timeout(1) }))).toMatchObject({ name: "TimeoutError" });
    const third = it.client.get();
    release();
    await first;
    expect((await third).data.client_name).toBe("Two");
  });

  test("counts the change, which ends the update", async () => {
    const it = await world();
    const controller = new AbortController();
    const update = it.client.update(() => new Promise(() => controller.abort("enough")), { signal: controller.signal });
    expect(await rejection(update)).toMatchObject({ name: "AbortError", cause: "enough" });
    expect(it.sent("setOidcDynamicClient")).toEqual([]);
    expect((await it.client.get()).status).toBe(200);
  });

  test("counts the store: the credentials are in the error", async () => {
    const { store, hang } = hanging("set");
    const it = await world({ store });
    hang();
    const error = await rejection(it.client.update({ client_name: "Two" }, { timeout: 100 }));
    expect(error).toMatchObject({
      name: "RegistrationStoreError",
      registrationAccessToken: it.living,
      cause: { name: "TimeoutError" },
    });
    const again = await rejection(it.client.update({ client_name: "Three" }, { timeout: 30 }));
    expect(again).toMatchObject({ name: "RegistrationStoreError", registrationAccessToken: it.living });
    expect(it.sent("setOidcDynamicClient")).toHaveLength(1);
    const registration = DynamicClient.register(it.api, {}, { store }, { timeout: 100 });
    expect(await rejection(registration)).toMatchObject({ name: "RegistrationStoreError" });
  });

  test.each(["get", "delete"] as const)("counts the store's %s", async (name) => {
    const { store, hang } = hanging(name);
    const it = await world({ store });
    hang();
    const dead = await DynamicClient.open(it.api, { id: it.client.id, registrationAccessToken: "dead" });
    expect(await rejection(dead.get({ timeout: 30 }))).toMatchObject({ status: 401 });
    if (name === "delete")
      expect(await rejection(it.client.delete({ timeout: 50 }))).toMatchObject({ name: "RegistrationStoreError" });
    else await it.client.delete({ timeout: 500 });
    expect(await rejection(it.client.get({ timeout: 50 }))).toMatchObject({ status: 401 });
  });

  test("what the server has done is stored though the time is over", async () => {
    const it = await world();
    const controller = new AbortController();
    const set = it.api.setOidcDynamicClient.bind(it.api);
    vi.spyOn(it.api, "setOidcDynamicClient").mockImplementation(async (parameters) => {
      const response = await set(parameters);
      controller.abort();
      return response;
    });
    const error = await rejection(it.client.replace({ client_name: "Two" }, { signal: controller.signal }));
    expect(error).toMatchObject({ name: "RegistrationStoreError", registrationAccessToken: it.living });
    expect(it.store.get(it.client.id)?.registrationAccessToken).toBe(it.living);
    expect((await it.client.get()).data.client_name).toBe("Two");
  });

  test.each([
    ["while it was asked", false],
    ["before it was asked", true],
  ])("a store that fails late, when the time of its call was over %s, bothers nobody", async (_, isOver) => {
    const unhandled = unhandledRejections();
    let fail!: (error: Error) => void;
    const store = { get: () => undefined, set: () => {}, delete: () => new Promise((_, reject) => (fail = reject)) };
    const it = await world({ store });
    const controller = new AbortController();
    const end = it.api.deleteOidcDynamicClient.bind(it.api);
    vi.spyOn(it.api, "deleteOidcDynamicClient").mockImplementation(async (parameters) => {
      const response = await end(parameters);
      if (isOver) controller.abort();
      return response;
    });
    const deletion = rejection(it.client.delete({ signal: controller.signal }));
    await vi.waitUntil(() => fail);
    controller.abort();
    expect(await deletion).toMatchObject({ name: "RegistrationStoreError", cause: { name: "AbortError" } });
    fail(new Error("late"));
    await new Promise((done) => setTimeout(done, 5));
    expect(unhandled).toEqual([]);
  });

  test("a write to the store that goes on after its call does not overtake a later one", async () => {
    const map = new Map<string, RegistrationCredentials>();
    const finish: (() => void)[] = [];
    let slow = false;
    const store: RegistrationStore = {
      get: (id) => map.get(id),
      set: async (id, value) => {
        if (slow) await new Promise<void>((done) => finish.push(done));
        map.set(id, value);
      },
      delete: (id) => map.delete(id),
    };
    const it = await world({ store });
    slow = true;
    expect(await rejection(it.client.update({}, { timeout: 50 }))).toMatchObject({ name: "RegistrationStoreError" });
    slow = false;
    const update = it.client.update({ client_name: "Three" });
    await new Promise((done) => setTimeout(done, 20));
    finish[0]!();
    await update;
    expect(map.get(it.client.id)?.registrationAccessToken).toBe(it.living);
  });
});

describe("a store that fails", () => {
  const failing = (fault: () => unknown): RegistrationStore & { broken: boolean } => {
    const map = new Map<string, RegistrationCredentials>();
    const store = {
      broken: false,
      get: (id: string) => (store.broken ? fault() : map.get(id)),
      set: (id: string, value: RegistrationCredentials) => (store.broken ? fault() : map.set(id, value)),
      delete: (id: string) => (store.broken ? fault() : map.delete(id)),
    };
    return store;
  };

  test.each<[string, () => unknown]>([
    ["false", () => false],
    ["a promise of false", async () => false],
    ["a rejection", async () => Promise.reject(new Error("down"))],
    [
      "a throw",
      () => {
        throw new Error("down");
      },
    ],
  ])("update, %s: the error and the handle have the token", async (_, fault) => {
    const store = failing(fault);
    const it = await world({ store });
    store.broken = true;
    const error = await rejection(it.client.update({ client_name: "Two" }));
    expect(error).toMatchObject({ name: "RegistrationStoreError", id: it.client.id });
    expect([error.registrationAccessToken, error.clientSecret]).toEqual([it.living, it.client.clientSecret]);
    expect(it.client.registrationAccessToken).toBe(it.living);
    store.broken = false;
    await it.client.update({ client_name: "Three" });
    expect(await store.get(it.client.id)).toMatchObject({ registrationAccessToken: it.living });
  });

  test("what was not stored is stored before the next call, which is not made where that fails again", async () => {
    const store = failing(() => false);
    const it = await world({ store });
    store.broken = true;
    const { registrationAccessToken } = await rejection(it.client.update({ client_name: "Two" }));
    store.get = () => undefined;
    expect(await rejection(it.client.get())).toMatchObject({ name: "RegistrationStoreError", registrationAccessToken });
    expect(it.sent("getOidcDynamicClient")).toHaveLength(1);
    store.broken = false;
    const set = vi.spyOn(store, "set");
    await it.client.get();
    await it.client.get();
    expect(set.mock.calls).toEqual([[it.client.id, { registrationAccessToken, clientSecret: it.client.clientSecret }]]);
  });

  test("a call that was made and one that was not are told apart", async () => {
    const store = failing(async () => Promise.reject(new Error("down")));
    const it = await world({ store });
    const { id } = it.client;
    store.broken = true;
    const done = await rejection(it.client.update({ client_name: "Two" }));
    expect(done.message).toBe(`the store did not accept the credentials of ${id}`);
    for (const isReadable of [false, true]) {
      if (isReadable) store.get = () => undefined;
      for (const call of [() => it.client.update({ client_name: "Three" }), () => it.client.delete()]) {
        expect(await rejection(call())).toMatchObject({
          name: "RegistrationStoreError",
          message: `nothing was changed: the store did not ${isReadable ? "accept" : "return"} the credentials of ${id}`,
          registrationAccessToken: it.living,
        });
      }
    }
    expect(it.hydra.state.clients.get(id)?.client.client_name).toBe("Two");
  });

  test("the error's token opens the client again, and its former handle does not spoil that", async () => {
    const store = failing(() => false);
    const it = await world({ store });
    const { id } = it.client;
    store.broken = true;
    const { registrationAccessToken } = await rejection(it.client.update({ client_name: "Two" }));
    store.broken = false;
    const again = await DynamicClient.open(it.api, { id, registrationAccessToken, store });
    await again.update({ client_name: "Three" });
    expect(await store.get(id)).toMatchObject({ registrationAccessToken: it.living });
    expect(await rejection(it.client.update({}))).toMatchObject({ name: "StaleRegistrationTokenError", id });
    expect(await store.get(id)).toMatchObject({ registrationAccessToken: it.living });
  });

  test("a store that took the credentials and failed to say so has this handle's, and no other process's", async () => {
    const map = new Map<string, RegistrationCredentials>();
    const it = await world({ store: map });
    vi.spyOn(map, "set").mockImplementationOnce((id, credentials) => {
      Map.prototype.set.call(map, id, credentials);
      throw new Error("connection lost");
    });
    expect(await rejection(it.client.update({}))).toMatchObject({ name: "RegistrationStoreError" });
    await it.client.update({ client_name: "Three" });
    expect(map.get(it.client.id)?.registrationAccessToken).toBe(it.living);
  });

  test("a token that was this handle's is no other process's: recover says lost", async () => {
    const store = failing(() => false);
    const it = await world({ store });
    store.broken = true;
    await rejection(it.client.update({ client_name: "Two" }));
    store.broken = false;
    it.fail("setOidcDynamicClient", { cutBody: true });
    expect(await rejection(it.client.update({}))).toMatchObject({ name: "RegistrationStateUnknownError" });
    expect(await it.client.recover()).toBe("lost");
  });

  test("a 401 is no less one where the store fails", async () => {
    const store = failing(async () => Promise.reject(new Error("down")));
    const it = await world({ store });
    it.hydra.state.clients.clear();
    store.broken = true;
    expect(await rejection(it.client.get())).toMatchObject({ name: "ResponseError", status: 401 });
  });

  test("no log shows the credentials, though the store's own error names them", async () => {
    const store = failing(() => false);
    store.set = (_, value) => {
      throw Object.assign(new Error(`cannot write ${value.registrationAccessToken}`), {
        command: { name: "set", args: [JSON.stringify(value)] },
      });
    };
    const it = createMockHydra();
    const api = new OidcApi({ basePath: it.publicUrl, fetch: it.fetch });
    const error = await rejection(DynamicClient.register(api, {}, { store }));
    expect(error.registrationAccessToken).toMatch(/.{20}/);
    expect(error.cause.message).toBe("cannot write [secret]");
    const shown = [
      inspect(error, { depth: Infinity, showHidden: true }),
      JSON.stringify(error),
      JSON.stringify(error, Object.getOwnPropertyNames(error)),
      String(error),
      error.stack,
    ].join();
    expect(shown).not.toContain(error.registrationAccessToken);
    expect(shown).not.toContain(error.clientSecret);
    expect(Object.keys(error)).toEqual(["id"]);
  });

  test("open and delete", async () => {
    const store = failing(async () => Promise.reject(new Error("down")));
    const it = await world({ store });
    store.broken = true;
    expect(await rejection(DynamicClient.open(it.api, { id: it.client.id, store }))).toMatchObject({
      name: "RegistrationStoreError",
      cause: { message: "down" },
    });
    expect(await rejection(it.client.delete())).toMatchObject({
      name: "RegistrationStoreError",
      message: expect.stringContaining("is deleted"),
    });
    expect(it.living).toBeUndefined();
    expect(await rejection(it.client.get())).toMatchObject({ name: "ResponseError", status: 401 });
    expect(await rejection(it.client.delete())).toMatchObject({ message: expect.stringContaining("is deleted") });
    store.broken = false;
    expect((await it.client.delete()).status).toBe(204);
    expect(it.sent("deleteOidcDynamicClient")).toHaveLength(1);
    expect(await store.get(it.client.id)).toBeUndefined();
  });

  test("onRotate that fails", async () => {
    const it = await world({ onRotate: () => Promise.reject(new Error("no")) });
    const error = await rejection(it.client.update({ client_name: "Two" }));
    expect(error).toMatchObject({ name: "RegistrationStoreError", registrationAccessToken: it.living });
    expect(it.store.get(it.client.id)?.registrationAccessToken).toBe(it.living);
  });
});

describe("an answer that never came", () => {
  const unknown: [string, Fault][] = [
    ["a connection that broke", { dropConnection: true }],
    ["a cut body", { cutBody: true }],
    ["HTML with 200", { html: true }],
    ["JSON that is no client", { status: 200, body: { login: true } }],
    ["null", { status: 200, body: null }],
    ["502", { status: 502 }],
    ["504", { status: 504 }],
    ["204", { status: 204 }],
    ...[520, 521, 522, 523, 524].map((status): [string, Fault] => [`${status}`, { status }]),
  ];

  test.each(unknown)("update, %s: unknown, and recover tells", async (_, fault) => {
    const it = await world();
    const [before] = secretsOf(it.client);
    it.fail("setOidcDynamicClient", fault);
    const error = await rejection(it.client.update({ client_name: "Two" }));
    expect(error).toMatchObject({ name: "RegistrationStateUnknownError", id: it.client.id });
    expect(isRegistrationStateUnknownError(error)).toBe(true);
    expect(it.client.registrationAccessToken).toBe(before);
    expect(await it.client.recover()).toBe(it.living === before ? "unchanged" : "lost");
    expect(it.sent("setOidcDynamicClient")).toHaveLength(1);
  });

  test.each(unknown)("register, %s: a client may exist", async (_, fault) => {
    const it = await world();
    it.fail("createOidcDynamicClient", fault);
    const error = await rejection(DynamicClient.register(it.api, {}));
    expect(error).toMatchObject({ name: "RegistrationStateUnknownError", id: undefined });
    expect(it.sent("createOidcDynamicClient")).toHaveLength(2);
  });

  test("an answer that is cut off shows no credential", async () => {
    const cut = '{"client_secret":"shown-once","registration_access_token":"also-once';
    const { fetch } = observe(() => new Response(cut));
    const error = await rejection(DynamicClient.register(new OidcApi({ basePath: "http://h.example", fetch }), {}));
    expect(error).toMatchObject({ name: "RegistrationStateUnknownError", cause: { name: "InvalidResponseError" } });
    expect(inspect(error)).not.toMatch(/shown-once|also-once/);
  });

  test("timeout and abort", async () => {
    const it = await world();
    it.fail("setOidcDynamicClient", { delay: 1000 });
    expect(await rejection(it.client.update({}, { timeout: 30 }))).toMatchObject({
      name: "RegistrationStateUnknownError",
      cause: { name: "TimeoutError" },
    });
    expect(await it.client.recover()).toBe("unchanged");
    it.fail("setOidcDynamicClient", { delay: 1000 });
    const controller = new AbortController();
    const put = rejection(it.client.replace({}, { signal: controller.signal }));
    setTimeout(() => controller.abort(), 20);
    expect(await put).toMatchObject({ name: "RegistrationStateUnknownError", cause: { name: "AbortError" } });
  });

  test("delete: recover tells whether it is done", async () => {
    const it = await world();
    it.fail("deleteOidcDynamicClient", { dropConnection: true });
    expect(await rejection(it.client.delete())).toMatchObject({ name: "RegistrationStateUnknownError" });
    expect(await it.client.recover()).toBe("unchanged");
    it.fail("deleteOidcDynamicClient", { cutBody: true });
    expect(await rejection(it.client.delete())).toMatchObject({ name: "RegistrationStateUnknownError" });
    expect(await it.client.recover()).toBe("lost");
  });

  test("delete again: what was deleted, and its answer lost, goes from the store", async () => {
    const it = await world();
    it.fail("deleteOidcDynamicClient", { cutBody: true });
    await rejection(it.client.delete());
    expect([it.living, it.store.size]).toEqual([undefined, 1]);
    expect(await it.client.delete()).toMatchObject({ status: 204, data: undefined });
    expect(it.store.size).toBe(0);
  });

  test("delete again: a deletion that another process's token has prevented is none", async () => {
    const it = await world();
    it.fail("deleteOidcDynamicClient", { dropConnection: true });
    await rejection(it.client.delete());
    const other = await DynamicClient.open(it.api, { id: it.client.id, store: it.store });
    await other.update({ client_name: "Two" });
    expect(await rejection(it.client.delete())).toMatchObject({ name: "StaleRegistrationTokenError" });
    expect(it.store.get(it.client.id)?.registrationAccessToken).toBe(it.living);
  });

  test("delete again: a store that cannot tell whose token it has keeps it", async () => {
    const it = await world();
    it.fail("deleteOidcDynamicClient", { dropConnection: true });
    await rejection(it.client.delete());
    const other = await DynamicClient.open(it.api, { id: it.client.id, store: it.store });
    await other.update({ client_name: "Two" });
    const get = vi.spyOn(it.store, "get").mockImplementation(() => {
      throw new Error("down");
    });
    expect(await rejection(it.client.delete())).toMatchObject({
      name: "RegistrationStoreError",
      message: expect.stringContaining("nothing was changed"),
    });
    get.mockRestore();
    expect(it.store.get(it.client.id)?.registrationAccessToken).toBe(it.living);
  });

  test("delete again: a deletion that was not carried out says nothing of a token that dies later", async () => {
    const it = await world();
    it.fail("deleteOidcDynamicClient", { dropConnection: true });
    await rejection(it.client.delete());
    expect(await it.client.recover()).toBe("unchanged");
    await it.admin.patchOAuth2Client({ id: it.client.id, jsonPatch: [{ op: "add", path: "/owner", value: "me" }] });
    expect(await rejection(it.client.delete())).toMatchObject({ name: "ResponseError", status: 401 });
    expect(it.store.size).toBe(1);
  });

  test.each([400, 408, 429, 500, 503, 525])("%i says that nothing was done: as it is", async (status) => {
    const it = await world();
    it.fail("setOidcDynamicClient", { status });
    expect(await rejection(it.client.update({}))).toMatchObject({ name: "ResponseError", status });
    expect(it.living).toBe(it.client.registrationAccessToken);
  });

  test.each(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"])(
    "%s is a plain NetworkError",
    async (code) => {
      const fetch = async () => Promise.reject(Object.assign(new TypeError("fetch failed"), { cause: { code } }));
      const api = new OidcApi({ basePath: "http://h.example", fetch });
      const client = await DynamicClient.open(api, { id: "a", registrationAccessToken: "t" });
      expect(await rejection(DynamicClient.register(api, {}))).toMatchObject({ name: "NetworkError", code });
      expect(await rejection(client.replace({}))).toMatchObject({ name: "NetworkError", code });
    },
  );

  test.each<[string, unknown, boolean]>([
    ["a port that fetch does not use", { message: "bad port" }, true],
    ["a host that is out of reach", { code: "EHOSTUNREACH", syscall: "connect" }, true],
    ["a host that went out of reach", { code: "EHOSTUNREACH", syscall: "read" }, false],
    ["a host that went out of reach while it was written to", { code: "ENETUNREACH", syscall: "write" }, false],
    ["no address", { code: "EADDRNOTAVAIL", syscall: "connect" }, true],
    ["a certificate of nobody", { code: "DEPTH_ZERO_SELF_SIGNED_CERT" }, true],
    ["a certificate of somebody unknown", { code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" }, true],
    ["a certificate that has expired", { code: "CERT_HAS_EXPIRED" }, true],
    ["a certificate of another host", { code: "ERR_TLS_CERT_ALTNAME_INVALID" }, true],
    ["no TLS", { code: "ERR_SSL_WRONG_VERSION_NUMBER" }, true],
    ["TLS that breaks later", { code: "ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC" }, false],
    ["a reset", { code: "ECONNRESET", syscall: "read" }, false],
  ])("%s", async (_, cause, unsent) => {
    const fetch = async () =>
      Promise.reject(Object.assign(new TypeError("fetch failed"), { cause: Object.assign(new Error(), cause) }));
    const api = new OidcApi({ basePath: "http://h.example", fetch });
    const name = unsent ? "NetworkError" : "RegistrationStateUnknownError";
    expect(await rejection(DynamicClient.register(api, {}))).toMatchObject({ name });
  });

  test("a host none of whose addresses takes a connection, and one of them that took it", async () => {
    for (const [syscall, name] of [
      ["connect", "NetworkError"],
      ["read", "RegistrationStateUnknownError"],
    ]) {
      const failures = [
        { code: "ETIMEDOUT", syscall },
        { code: "ECONNREFUSED", syscall: "connect" },
      ].map((each) => Object.assign(new Error(), each));
      const cause = Object.assign(new AggregateError(failures), { code: "ETIMEDOUT" });
      const fetch = async () => Promise.reject(Object.assign(new TypeError("fetch failed"), { cause }));
      const api = new OidcApi({ basePath: "http://h.example", fetch });
      expect(await rejection(DynamicClient.register(api, {}))).toMatchObject({ name });
    }
  });

  test("fetch itself: a port that it does not use, a certificate that it does not trust", async () => {
    const register = (basePath: string) => rejection(DynamicClient.register(new OidcApi({ basePath }), {}));
    expect(await register("http://127.0.0.1:1")).toMatchObject({ name: "NetworkError" });
    const pems = await generate([{ name: "commonName", value: "x" }]);
    let requests = 0;
    const server = createServer({ key: pems.private, cert: pems.cert }, () => requests++).listen(0, "127.0.0.1");
    await new Promise((done) => server.once("listening", done));
    expect(await register(`https://127.0.0.1:${(server.address() as AddressInfo).port}`)).toMatchObject({
      name: "NetworkError",
      code: "DEPTH_ZERO_SELF_SIGNED_CERT",
    });
    expect(requests).toBe(0);
    server.close();
  });

  test("a configuration's signal that was aborted before, or is later", async () => {
    const { fetch } = observe(() => new Promise<Response>(() => {}));
    const controller = new AbortController();
    const api = new OidcApi({ basePath: "http://h.example", fetch, signal: controller.signal });
    const late = rejection(DynamicClient.register(api, {}));
    await Promise.resolve();
    controller.abort();
    expect(await late).toMatchObject({ name: "RegistrationStateUnknownError", cause: { name: "AbortError" } });
    expect(await rejection(DynamicClient.register(api, {}))).toMatchObject({ name: "AbortError" });
  });

  test("an API object that hands on the signal alone: unknown all the same", async () => {
    const it = await world();
    const { api } = it;
    const facade: RegistrationApi = {
      createOidcDynamicClient: (given, options) => api.createOidcDynamicClient(given, { signal: options?.signal }),
      getOidcDynamicClient: (given, options) => api.getOidcDynamicClient(given, { signal: options?.signal }),
      setOidcDynamicClient: (given, options) => api.setOidcDynamicClient(given, { signal: options?.signal }),
      deleteOidcDynamicClient: (given, options) => api.deleteOidcDynamicClient(given, { signal: options?.signal }),
    };
    const client = await DynamicClient.open(facade, { id: it.client.id, store: it.store });
    it.fail("setOidcDynamicClient", { delay: 1000 });
    expect(await rejection(client.replace({}, { timeout: 30 }))).toMatchObject({
      name: "RegistrationStateUnknownError",
      cause: { name: "TimeoutError" },
    });
    const signal = AbortSignal.abort();
    expect(await rejection(DynamicClient.register(facade, {}, {}, { signal }))).toMatchObject({ name: "AbortError" });
  });

  test("a server that registers and does not let manage: the secret is in the error, and in no log", async () => {
    const { fetch } = observe(json({ client_id: "a", client_secret: "shown-once" }, 201));
    const error = await rejection(DynamicClient.register(new OidcApi({ basePath: "http://h.example", fetch }), {}));
    expect(error).toMatchObject({
      name: "RegistrationStateUnknownError",
      id: "a",
      client: { client_secret: "shown-once" },
    });
    const shown = inspect(error, { showHidden: true }) + JSON.stringify(error, Object.getOwnPropertyNames(error));
    expect(shown).not.toContain("shown-once");
  });

  test("a redirect, a refusal before sending and a signal that was aborted before are what they are", async () => {
    const { fetch, seen } = observe(
      () => new Response(null, { status: 307, headers: { location: "https://evil.example/" } }),
    );
    const api = new OidcApi({ basePath: "http://h.example", fetch });
    expect(await rejection(DynamicClient.register(api, {}))).toMatchObject({
      name: "InvalidResponseError",
      status: 307,
    });
    const jwks = { keys: [{ kty: "oct", kid: "a", k: "c2VjcmV0" }] } as OAuth2Client["jwks"];
    expect(await rejection(DynamicClient.register(api, { jwks: jwks! }))).toMatchObject({ name: "InvalidInputError" });
    const signal = AbortSignal.abort();
    expect(await rejection(DynamicClient.register(api, {}, {}, { signal }))).toMatchObject({ name: "AbortError" });
    const client = await DynamicClient.open(api, { id: "a", registrationAccessToken: "t" });
    expect(await rejection(client.replace({}, { signal }))).toMatchObject({ name: "AbortError" });
    expect(seen).toHaveLength(1);
  });

  test("a read of something else is not merged", async () => {
    const { fetch, seen } = observe(json({ client_id: "b", client_name: "Other" }));
    const client = await DynamicClient.open(new OidcApi({ basePath: "http://h.example", fetch }), {
      id: "a",
      registrationAccessToken: "t",
    });
    expect(await rejection(client.update({}))).toMatchObject({ name: "InvalidResponseError", status: 200 });
    expect(seen).toHaveLength(1);
  });

  test("a server that does not rotate: the token stays", async () => {
    const { fetch } = observe(json({ client_id: "a", client_name: "One" }));
    const store = new Map();
    const api = new OidcApi({ basePath: "http://h.example", fetch });
    const client = await DynamicClient.open(api, { id: "a", registrationAccessToken: "t", store });
    const set = vi.spyOn(store, "set");
    await client.update({});
    expect([client.registrationAccessToken, set.mock.calls.length]).toEqual(["t", 0]);
  });

  test("a server that gives new credentials at a read: kept as those of an update", async () => {
    const { fetch, seen } = observe(() => {
      const registration = { registration_client_uri: "http://h.example/register/a", client_id_issued_at: 1 };
      const credentials = { registration_access_token: `t${seen.length}`, client_secret: `s${seen.length}` };
      return json({ client_id: "a", client_name: "One", ...registration, ...credentials })();
    });
    const store = new Map();
    const api = new OidcApi({ basePath: "http://h.example", fetch });
    const client = await DynamicClient.open(api, { id: "a", registrationAccessToken: "t", clientSecret: "s", store });
    await client.get();
    expect(secretsOf(client)).toEqual(["t1", "s1"]);
    expect(store.get("a")).toEqual({ registrationAccessToken: "t1", clientSecret: "s1" });
    await client.update({ client_name: "Two" });
    expect(seen.map(({ headers }) => headers["authorization"])).toEqual(["Bearer t", "Bearer t1", "Bearer t2"]);
    expect(JSON.parse(seen[2]!.body!)).toEqual({ client_id: "a", client_name: "Two" });
    expect(store.get("a")).toEqual({ registrationAccessToken: "t3", clientSecret: "s3" });
    vi.spyOn(store, "set").mockReturnValueOnce(false as any);
    expect(await rejection(client.update({ client_name: "Three" }))).toMatchObject({
      message: "nothing was changed: the store did not accept the credentials of a",
      registrationAccessToken: "t4",
    });
    expect(seen).toHaveLength(4);
  });
});

test("no log of a handle shows its credentials", async () => {
  const { client } = await world();
  const shown = [inspect(client, { depth: Infinity, showHidden: true }), JSON.stringify(client)].join();
  for (const secret of secretsOf(client)) expect(shown).not.toContain(secret);
  expect(shown).toContain(client.id);
});

test("a bundle calls the class by its name", async () => {
  const { outputFiles } = await build({
    stdin: { contents: 'export { DynamicClient } from "./src/index.ts";', resolveDir: process.cwd() },
    bundle: true,
    format: "esm",
    minify: true,
    external: ["fast-json-patch"],
    write: false,
  });
  const source = Buffer.from(outputFiles[0]!.contents).toString("base64");
  const bundled = await import(/* @vite-ignore */ `data:text/javascript;base64,${source}`);
  expect(bundled.DynamicClient.name).toBe("DynamicClient");
});
