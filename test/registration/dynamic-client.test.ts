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

async function setUp(settings: DynamicClientOptions = {}, more: ConfigurationParameters = {}) {
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
    /** The token that the server accepts. */
    get validToken() {
      return hydra.state.clients.get(client.id)?.registrationAccessToken;
    },
    sent: (operation: Operation) => hydra.requests.filter((request) => request.operation === operation),
    fail: (operation: Operation, fault: Fault) => hydra.fail({ operation, ...fault }),
  };
}

/** Whether a key of a store is that of the record of an update, rather than of credentials. */
const isRecord = (key: string) => key.endsWith("#update");

const secretsOf = (client: DynamicClient) => [client.registrationAccessToken, client.clientSecret!];

describe("lifecycle of a registration", () => {
  test("register stores the credentials before it resolves", async () => {
    const env = await setUp();
    const [registrationAccessToken, clientSecret] = secretsOf(env.client);
    expect(env.validToken).toBe(registrationAccessToken);
    expect(clientSecret).toMatch(/.{20}/);
    expect(env.store.get(env.client.id)).toEqual({ registrationAccessToken, clientSecret });
  });

  test("get returns the client", async () => {
    const { client } = await setUp();
    expect((await client.get()).data).toMatchObject({ client_id: client.id, client_name: "Field app" });
  });

  test("update reads, merges and puts the client, and stores and returns the new token", async () => {
    const env = await setUp();
    const [before, secret] = secretsOf(env.client);
    const { data } = await env.client.update({ client_name: "Field app 2" });
    expect(data).toMatchObject({ client_name: "Field app 2", redirect_uris: ["https://app.example/1"] });
    expect(data.registration_access_token).toBe(env.validToken);
    expect(env.validToken).not.toBe(before);
    expect(secretsOf(env.client)).toEqual([env.validToken, secret]);
    expect(env.store.get(env.client.id)).toEqual({ registrationAccessToken: env.validToken, clientSecret: secret });
  });

  test("update accepts a function that modifies the copy or returns another client", async () => {
    const { client } = await setUp();
    await client.update((metadata) => {
      metadata.redirect_uris?.push("https://app.example/2");
    });
    const { data } = await client.update(async (metadata) => ({ ...metadata, scope: "openid" }));
    expect(data).toMatchObject({ redirect_uris: ["https://app.example/1", "https://app.example/2"], scope: "openid" });
  });

  test("update omits the fields that the server rejects, unless the caller sets them", async () => {
    const env = await setUp();
    await env.client.update({ client_name: "Two" });
    const [put] = env.sent("setOidcDynamicClient");
    for (const name of ["registration_access_token", "client_secret", "created_at", "updated_at", "metadata"]) {
      expect(put!.body).not.toHaveProperty(name);
    }
    expect(put!.body).toHaveProperty("client_id", env.client.id);
    const own = await rejection(env.client.update({ client_secret: "one-of-my-own" }));
    expect(own).toMatchObject({ name: "ResponseError", status: 403 });
    expect(env.validToken).toBe(env.client.registrationAccessToken);
  });

  test("replace puts the given client, and accepts a response of the server", async () => {
    const env = await setUp();
    const { data: updated } = await env.client.update({ client_name: "Two" });
    expect((await env.client.replace({ ...updated, client_name: "Three" })).data).toMatchObject({
      client_name: "Three",
      redirect_uris: ["https://app.example/1"],
    });
    expect((await env.client.replace({ client_name: "Four" })).data.redirect_uris ?? []).toEqual([]);
    expect(env.sent("setOidcDynamicClient").at(-1)!.body).toEqual({ client_id: env.client.id, client_name: "Four" });
    expect(await rejection(env.client.replace({ metadata: { a: 1 } }))).toMatchObject({ status: 400 });
    expect(env.validToken).toBe(env.client.registrationAccessToken);
  });

  test("delete removes the client from the server and from the store", async () => {
    const env = await setUp();
    await env.client.delete();
    expect([env.validToken, env.store.size]).toEqual([undefined, 0]);
    expect(await rejection(env.client.get())).toMatchObject({ name: "ResponseError", status: 401 });
  });

  test("a change by the admin API invalidates the token: calls reject with 401", async () => {
    const env = await setUp();
    await env.admin.patchOAuth2Client({ id: env.client.id, jsonPatch: [{ op: "add", path: "/owner", value: "me" }] });
    expect(await rejection(env.client.update({}))).toMatchObject({ name: "ResponseError", status: 401 });
    expect(await env.client.recover()).toBe("lost");
  });

  test("rejects missing parameters without sending a request", async () => {
    const env = await setUp();
    const before = env.hydra.requests.length;
    expect(await rejection(DynamicClient.register(env.api, undefined as any))).toMatchObject({
      name: "RequiredError",
      field: "client",
    });
    expect(await rejection(env.client.replace(undefined as any))).toMatchObject({
      name: "RequiredError",
      field: "client",
    });
    expect(await rejection(env.client.update(undefined as any))).toMatchObject({
      name: "RequiredError",
      field: "changes",
    });
    expect(await rejection(DynamicClient.open(env.api, {} as any))).toMatchObject({
      name: "RequiredError",
      field: "id",
    });
    expect(await rejection(DynamicClient.open(env.api, { id: "a" } as any))).toMatchObject({
      field: "registrationAccessToken",
    });
    expect(await rejection(DynamicClient.open(env.api, { id: "a", store: new Map() }))).toMatchObject({
      name: "InvalidInputError",
      message: expect.stringContaining("the store does not contain it either"),
    });
    expect(env.hydra.requests.length).toBe(before);
  });
});

describe("rejects invalid settings without sending a request", () => {
  const store = { get: () => undefined, set: () => undefined, delete: () => undefined };
  test.each<[string, any, string]>([
    ["null", null, "settings"],
    ["a string", "redis://h.example", "settings"],
    ["a store that is a string", { store: "redis://h.example" }, "store"],
    ["a store without get", { store: { ...store, get: undefined } }, "store"],
    ["a store without set", { store: { ...store, set: undefined } }, "store"],
    ["a store without delete", { store: { ...store, delete: undefined } }, "store"],
    ["an onRotate that is a string", { onRotate: "log" }, "onRotate"],
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

  test("store and onRotate are optional", async () => {
    const env = await setUp({ store: undefined, onRotate: undefined });
    await env.client.update({ client_name: "Two" });
    expect(env.client.registrationAccessToken).toBe(env.validToken);
  });

  test.each([Number.NaN, -1, Infinity, "50"])("a timeout of %s", async (timeout: any) => {
    const { fetch, seen } = observe();
    const api = new OidcApi({ basePath: "http://h.example", fetch });
    const problem = { name: "InvalidInputError", field: "timeout" };
    const get = vi.fn();
    const settings = { id: "a", store: { ...store, get } };
    expect(await rejection(DynamicClient.open(api, settings, { timeout }))).toMatchObject(problem);
    expect(get).not.toHaveBeenCalled();
    expect(await rejection(DynamicClient.register(api, {}, {}, { timeout }))).toMatchObject(problem);
    const client = await DynamicClient.open(api, { id: "a", registrationAccessToken: "t" });
    expect(await rejection(client.get({ timeout }))).toMatchObject(problem);
    expect(seen).toEqual([]);
  });
});

describe("open", () => {
  test("opens a client with only its token", async () => {
    const env = await setUp();
    const { id, registrationAccessToken } = env.client;
    const opened = await DynamicClient.open(env.api, { id, registrationAccessToken });
    await opened.update({ client_name: "Two" });
    expect(opened.registrationAccessToken).toBe(env.validToken);
    expect(opened.clientSecret).toBeUndefined();
  });

  test("stores the passed credentials if the store has no entry, or an entry without a secret", async () => {
    const env = await setUp();
    const [registrationAccessToken, clientSecret] = secretsOf(env.client) as [string, string];
    const { id } = env.client;
    for (const entry of [undefined, { registrationAccessToken }]) {
      const store = new Map(entry && [[id, entry]]);
      await DynamicClient.open(env.api, { id, store, registrationAccessToken, clientSecret });
      expect(store.get(id)).toEqual({ registrationAccessToken, clientSecret });
    }
    const store = new Map([[id, { registrationAccessToken, clientSecret: "theirs" }]]);
    const set = vi.spyOn(store, "set");
    const opened = await DynamicClient.open(env.api, { id, store, registrationAccessToken });
    expect(opened.clientSecret).toBe("theirs");
    store.get = () => ({ registrationAccessToken, clientSecret: null! });
    await DynamicClient.open(env.api, { id, store });
    expect(set).not.toHaveBeenCalled();
  });

  test("if the passed and the stored token differ, the first call keeps the valid one", async () => {
    const env = await setUp();
    const { id } = env.client;
    const replacedToken = env.client.registrationAccessToken;
    await env.client.update({ client_name: "Two" });
    for (const isPassedReplaced of [true, false]) {
      const [passed, stored] = isPassedReplaced ? [replacedToken, env.validToken!] : [env.validToken!, replacedToken];
      const store = new Map([[id, { registrationAccessToken: stored }]]);
      const opened = await DynamicClient.open(env.api, {
        id,
        store,
        registrationAccessToken: passed,
        clientSecret: "s",
      });
      expect([opened.registrationAccessToken, store.get(id)?.registrationAccessToken]).toEqual([passed, stored]);
      expect((await opened.get()).status).toBe(200);
      expect(opened.registrationAccessToken).toBe(env.validToken);
      expect(store.get(id)).toEqual({ registrationAccessToken: env.validToken, clientSecret: "s" });
      await opened.update({ client_name: "Three" });
      expect(store.get(id)?.registrationAccessToken).toBe(env.validToken);
    }
    const store = new Map([[id, { registrationAccessToken: "invalid" }]]);
    const opened = await DynamicClient.open(env.api, { id, store, registrationAccessToken: replacedToken });
    expect(await rejection(opened.replace({}))).toMatchObject({ name: "ResponseError", status: 401 });
  });

  test("does not overwrite a token that another process stores at the same time", async () => {
    const env = await setUp();
    const replacedToken = env.client.registrationAccessToken;
    const { id } = env.client;
    await env.client.update({ client_name: "Two" });
    const set = vi.fn(env.store.set.bind(env.store));
    const store: RegistrationStore = {
      // Returns the stored token, which another process replaces before the caller receives it.
      async get() {
        const stored = env.store.get(id);
        if (isConcurrentUpdate) await env.client.update({ client_name: "Three" });
        return stored;
      },
      set,
      delete: env.store.delete.bind(env.store),
    };
    let isConcurrentUpdate = false;
    const opened = await DynamicClient.open(env.api, { id, store, registrationAccessToken: replacedToken });
    isConcurrentUpdate = true;
    await opened.get().catch(() => {});
    expect(set).not.toHaveBeenCalled();
    expect(env.store.get(id)?.registrationAccessToken).toBe(env.validToken);
  });

  test("finds out once which of two tokens is valid, and again if the server failed", async () => {
    const env = await setUp();
    const { id, registrationAccessToken } = env.client;
    const store = new Map([[id, { registrationAccessToken: "invalid" }]]);
    const opened = await DynamicClient.open(env.api, { id, store, registrationAccessToken });
    env.fail("getOidcDynamicClient", { status: 500 });
    expect(await rejection(opened.replace({ client_name: "Two" }))).toMatchObject({ status: 500 });
    expect(env.sent("setOidcDynamicClient")).toEqual([]);
    expect(opened.registrationAccessToken).toBe(registrationAccessToken);
    await opened.replace({ client_name: "Three" });
    await opened.replace({ client_name: "Four" });
    expect(env.sent("getOidcDynamicClient")).toHaveLength(2);
    expect(store.get(id)?.registrationAccessToken).toBe(env.validToken);
  });

  test("ignores a stored entry without a token", async () => {
    const env = await setUp();
    const { id, registrationAccessToken } = env.client;
    const store = new Map([[id, { clientSecret: "s" } as RegistrationCredentials]]);
    expect(await rejection(DynamicClient.open(env.api, { id, store }))).toMatchObject({
      field: "registrationAccessToken",
    });
    const opened = await DynamicClient.open(env.api, { id, store, registrationAccessToken });
    await opened.get();
    expect(env.sent("getOidcDynamicClient")).toHaveLength(1);
    expect(store.get(id)).toEqual({ registrationAccessToken });
  });

  test("is unaffected by later changes to the object in the store", async () => {
    const env = await setUp();
    const [token] = secretsOf(env.client);
    env.store.get(env.client.id)!.registrationAccessToken = "spoilt";
    expect(env.client.registrationAccessToken).toBe(token);
  });

  test("update omits the fields that only an administrator can set, unless the caller sets them", async () => {
    const env = await setUp();
    const oAuth2Client = {
      access_token_strategy: "jwt",
      metadata: { plan: "gold" },
      skip_consent: true,
      skip_logout_consent: true,
    };
    const { data } = await env.admin.createOAuth2Client({ oAuth2Client });
    const { client_id: id, registration_access_token: registrationAccessToken } = data as {
      client_id: string;
      registration_access_token: string;
    };
    const client = await DynamicClient.open(env.api, { id, registrationAccessToken });
    expect((await client.update({ client_name: "Two" })).data).toMatchObject({
      client_name: "Two",
      skip_consent: false,
    });
    expect(await rejection(client.update({ skip_consent: true }))).toMatchObject({ status: 400 });
  });

  test("accepts a Keyv as a store, and detects one that fails", async () => {
    const store = new Keyv<RegistrationCredentials>();
    const env = await setUp({ store });
    await env.client.update({ client_name: "Two" });
    const opened = await DynamicClient.open(env.api, { id: env.client.id, store });
    expect(secretsOf(opened)).toEqual(secretsOf(env.client));
    await opened.delete();
    expect(await store.get(opened.id)).toBeUndefined();

    const down = Object.assign(new Map(), { set: () => Promise.reject(new Error("down")) });
    const broken = new Keyv({ store: down });
    broken.on("error", () => {});
    const error = await rejection(DynamicClient.register(env.api, {}, { store: broken }));
    expect(isRegistrationStoreError(error)).toBe(true);
    expect(env.hydra.state.clients.get(error.id)?.registrationAccessToken).toBe(error.registrationAccessToken);
  });

  test("detects a Keyv that cannot delete, but not one without an entry to delete", async () => {
    const map = new Map();
    const store = new Keyv({ store: Object.assign(map, { delete: () => Promise.reject(new Error("down")) }) });
    store.on("error", () => {});
    const env = await setUp({ store });
    expect(await rejection(env.client.delete())).toMatchObject({ name: "RegistrationStoreError" });
    const other = await setUp({ store: new Keyv() });
    await other.client.delete();
    const third = await setUp();
    third.store.clear();
    await third.client.delete();
  });
});

test("onRotate is called after the store is written and before the call resolves", async () => {
  const notifications: unknown[] = [];
  const env = await setUp({
    onRotate: async ({ id, registrationAccessToken, clientSecret }) => {
      await Promise.resolve();
      notifications.push([id, registrationAccessToken, clientSecret, env.store.get(id)?.registrationAccessToken]);
    },
  });
  expect(notifications).toEqual([]);
  await env.client.update({ client_name: "Two" });
  expect(notifications).toEqual([[env.client.id, env.validToken, env.client.clientSecret, env.validToken]]);
});

describe("onRotate is called with every token", () => {
  const setUpRotation = () => {
    const map = new Map<string, RegistrationCredentials>();
    const notifications: string[] = [];
    const state = { isStoreDown: false, doesOnRotateFail: false, notifications, map };
    const settings: DynamicClientOptions & { store: RegistrationStore } = {
      store: {
        get: (id) => map.get(id),
        set: (id, value) => (state.isStoreDown && !isRecord(id) ? false : map.set(id, value)),
        delete: (id) => map.delete(id),
      },
      onRotate({ registrationAccessToken }) {
        if (state.doesOnRotateFail) throw new Error("onRotate failed");
        notifications.push(registrationAccessToken);
      },
    };
    return Object.assign(state, { settings });
  };

  test("that the store accepts only at the next call", async () => {
    const rotation = setUpRotation();
    const env = await setUp(rotation.settings);
    rotation.isStoreDown = true;
    await rejection(env.client.update({ client_name: "Two" }));
    expect(rotation.notifications).toEqual([]);
    rotation.isStoreDown = false;
    await env.client.get();
    await env.client.get();
    expect(rotation.notifications).toEqual([env.validToken]);
  });

  test("again before the next call if it failed, and no request is sent while it fails", async () => {
    const rotation = setUpRotation();
    const env = await setUp(rotation.settings);
    const set = vi.spyOn(rotation.settings.store, "set");
    rotation.doesOnRotateFail = true;
    await rejection(env.client.update({ client_name: "Two" }));
    expect(await rejection(env.client.update({ client_name: "Three" }))).toMatchObject({
      name: "RegistrationStoreError",
      registrationAccessToken: env.validToken,
      message: expect.stringMatching(/^nothing was changed: onRotate failed/),
    });
    expect(env.sent("setOidcDynamicClient")).toHaveLength(1);
    rotation.doesOnRotateFail = false;
    await env.client.get();
    const stored = set.mock.calls.filter(([key]) => !isRecord(key));
    expect([rotation.notifications, stored.length]).toEqual([[env.validToken], 1]);
  });

  test("except one that another process has replaced", async () => {
    const rotation = setUpRotation();
    const env = await setUp(rotation.settings);
    rotation.doesOnRotateFail = true;
    await rejection(env.client.update({ client_name: "Two" }));
    rotation.doesOnRotateFail = false;
    const other = await DynamicClient.open(env.api, { id: env.client.id, ...rotation.settings });
    await other.update({ client_name: "Three" });
    expect(await rejection(env.client.get())).toMatchObject({ name: "StaleRegistrationTokenError" });
    expect(rotation.notifications).toEqual([env.validToken]);
  });

  test("even without a store", async () => {
    const rotation = setUpRotation();
    const env = await setUp({ store: undefined, onRotate: rotation.settings.onRotate });
    rotation.doesOnRotateFail = true;
    await rejection(env.client.update({ client_name: "Two" }));
    rotation.doesOnRotateFail = false;
    await env.client.get();
    expect(rotation.notifications).toEqual([env.validToken]);
  });
});

describe("concurrent calls", () => {
  test("on one handle run one after another, so that no change is lost", async () => {
    const env = await setUp();
    await Promise.all([
      ...Array.from({ length: 5 }, (_, n) =>
        env.client.update((metadata) => {
          metadata.redirect_uris?.push(`https://app.example/more/${n}`);
        }),
      ),
      env.client.get(),
    ]);
    const { data } = await env.client.get();
    expect(data.redirect_uris).toHaveLength(6);
    expect(env.validToken).toBe(env.client.registrationAccessToken);
  });

  test("continue after one of them fails", async () => {
    const env = await setUp();
    const failed = rejection(env.client.update({ redirect_uris: ["https://app.example/#fragment"] }));
    const { data } = await env.client.update({ client_name: "Two" });
    expect([(await failed).status, data.client_name]).toEqual([400, "Two"]);
  });

  test("a call that is aborted while it waits sends no request", async () => {
    const env = await setUp();
    const controller = new AbortController();
    const first = env.client.update({ client_name: "Two" });
    const second = rejection(env.client.replace({ client_name: "Three" }, { signal: controller.signal }));
    controller.abort();
    await first;
    expect(await second).toMatchObject({ name: "AbortError" });
    expect(env.sent("setOidcDynamicClient")).toHaveLength(1);
  });

  test.each<[string, (client: DynamicClient) => Promise<unknown>]>([
    ["get", (client) => client.get()],
    ["update", (client) => client.update({ client_name: "Loser" })],
    ["replace", (client) => client.replace({ client_name: "Loser" })],
    ["delete", (client) => client.delete()],
    ["recover", (client) => client.recover()],
  ])("%s rejects if another process has replaced the token, and the client can be opened again", async (_, call) => {
    const env = await setUp();
    const other = await DynamicClient.open(env.api, { id: env.client.id, store: env.store });
    await other.update({ client_name: "Winner" });
    const error = await rejection(call(env.client));
    expect(error).toMatchObject({ name: "StaleRegistrationTokenError", id: env.client.id, cause: { status: 401 } });
    expect(isStaleRegistrationTokenError(error) && isHydraError(error)).toBe(true);
    const reopened = await DynamicClient.open(env.api, { id: env.client.id, store: env.store });
    expect((await reopened.get()).data.client_name).toBe("Winner");
  });

  test("a call waits for the token that another process is about to store", async () => {
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
    const env = await setUp({ store });
    const other = await DynamicClient.open(env.api, { id: env.client.id, store });
    slow = 50;
    const winner = other.replace({ client_name: "Winner" });
    await vi.waitUntil(() => env.validToken !== env.client.registrationAccessToken);
    expect(await rejection(env.client.update({}))).toMatchObject({ name: "StaleRegistrationTokenError" });
    await winner;
  });

  test("an aborted call does not wait for the token of another process", async () => {
    const env = await setUp();
    env.hydra.state.clients.clear();
    const get = vi.spyOn(env.store, "get");
    vi.useFakeTimers();
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 10);
    const call = rejection(env.client.get({ signal: controller.signal }));
    await vi.advanceTimersByTimeAsync(10);
    expect(await Promise.race([call, "waits"])).toMatchObject({ status: 401 });
    vi.useRealTimers();
    expect(get).toHaveBeenCalledOnce();
  });

  test("a store that returns a former token of this handle does not count as written by another process", async () => {
    const versions: RegistrationCredentials[] = [];
    let isLate = false;
    let isDown = false;
    const store: RegistrationStore = {
      get: () => (isLate ? versions[0] : versions.at(-1)),
      set: (_, value) => (isDown ? false : versions.push(value)),
      delete: () => {},
    };
    const env = await setUp({ store });
    await env.client.update({ client_name: "Two" });
    isDown = true;
    await rejection(env.client.update({ client_name: "Three" }));
    isDown = false;
    isLate = true;
    await env.client.update({ client_name: "Four" });
    expect(versions.at(-1)?.registrationAccessToken).toBe(env.validToken);
    env.fail("setOidcDynamicClient", { cutBody: true });
    await rejection(env.client.update({ client_name: "Five" }));
    expect(await env.client.recover()).toBe("lost");
  });

  test("an update applies nothing if another process updates the client between its read and its write", async () => {
    const env = await setUp();
    const other = await DynamicClient.open(env.api, { id: env.client.id, store: env.store });
    const loser = env.client.update(async (metadata) => {
      await other.update({ client_name: "Winner" });
      metadata.client_name = "Loser";
    });
    expect(await rejection(loser)).toMatchObject({ name: "StaleRegistrationTokenError" });
    expect(env.hydra.state.clients.get(env.client.id)?.client.client_name).toBe("Winner");
  });
});

describe("the timeout and the signal of a call", () => {
  const hanging = (name: "get" | "set" | "delete") => {
    const map = new Map<string, RegistrationCredentials>();
    const store = { get: map.get.bind(map), set: map.set.bind(map), delete: map.delete.bind(map) } as RegistrationStore;
    const operate = store[name] as (key: string, value: RegistrationCredentials) => unknown;
    const hang = () =>
      Object.assign(store, {
        [name]: (key: string, value: RegistrationCredentials) =>
          isRecord(key) ? operate(key, value) : new Promise(() => {}),
      });
    return { store, map, hang };
  };

  test("cover the wait for earlier calls", async () => {
    const env = await setUp();
    let release!: () => void;
    const held = new Promise<void>((done) => (release = done));
    const first = env.client.update(() => held.then(() => ({ client_name: "Two" })));
    expect(await rejection(env.client.get({ timeout: 30 }))).toMatchObject({ name: "TimeoutError" });
    expect(await rejection(env.client.get({ signal: AbortSignal.timeout(1) }))).toMatchObject({ name: "TimeoutError" });
    const third = env.client.get();
    release();
    await first;
    expect((await third).data.client_name).toBe("Two");
  });

  test("cover the change, and end the update", async () => {
    const env = await setUp();
    const controller = new AbortController();
    const update = env.client.update(() => new Promise(() => controller.abort("enough")), {
      signal: controller.signal,
    });
    expect(await rejection(update)).toMatchObject({ name: "AbortError", cause: "enough" });
    expect(env.sent("setOidcDynamicClient")).toEqual([]);
    expect((await env.client.get()).status).toBe(200);
  });

  test("cover the write to the store, and the error contains the credentials", async () => {
    const { store, hang } = hanging("set");
    const env = await setUp({ store });
    hang();
    const error = await rejection(env.client.update({ client_name: "Two" }, { timeout: 100 }));
    expect(error).toMatchObject({
      name: "RegistrationStoreError",
      registrationAccessToken: env.validToken,
      cause: { name: "TimeoutError" },
    });
    const again = await rejection(env.client.update({ client_name: "Three" }, { timeout: 30 }));
    expect(again).toMatchObject({ name: "RegistrationStoreError", registrationAccessToken: env.validToken });
    expect(env.sent("setOidcDynamicClient")).toHaveLength(1);
    const registration = DynamicClient.register(env.api, {}, { store }, { timeout: 100 });
    expect(await rejection(registration)).toMatchObject({ name: "RegistrationStoreError" });
  });

  test.each(["get", "delete"] as const)("cover the store's %s", async (name) => {
    const { store, hang } = hanging(name);
    const env = await setUp({ store });
    hang();
    const unauthorized = await DynamicClient.open(env.api, { id: env.client.id, registrationAccessToken: "invalid" });
    expect(await rejection(unauthorized.get({ timeout: 30 }))).toMatchObject({ status: 401 });
    if (name === "delete")
      expect(await rejection(env.client.delete({ timeout: 50 }))).toMatchObject({ name: "RegistrationStoreError" });
    else await env.client.delete({ timeout: 500 });
    expect(await rejection(env.client.get({ timeout: 50 }))).toMatchObject({ status: 401 });
  });

  test("do not prevent new credentials from being stored", async () => {
    const env = await setUp();
    const controller = new AbortController();
    const set = env.api.setOidcDynamicClient.bind(env.api);
    vi.spyOn(env.api, "setOidcDynamicClient").mockImplementation(async (parameters) => {
      const response = await set(parameters);
      controller.abort();
      return response;
    });
    const error = await rejection(env.client.replace({ client_name: "Two" }, { signal: controller.signal }));
    expect(error).toMatchObject({ name: "RegistrationStoreError", registrationAccessToken: env.validToken });
    expect(env.store.get(env.client.id)?.registrationAccessToken).toBe(env.validToken);
    expect((await env.client.get()).data.client_name).toBe("Two");
  });

  test.each([
    ["during the store's call", false],
    ["before the store's call", true],
  ])("a late failure of the store, after an abort %s, causes no unhandled rejection", async (_, isOver) => {
    const unhandled = unhandledRejections();
    let fail!: (error: Error) => void;
    const store = { get: () => undefined, set: () => {}, delete: () => new Promise((_, reject) => (fail = reject)) };
    const env = await setUp({ store });
    const controller = new AbortController();
    const end = env.api.deleteOidcDynamicClient.bind(env.api);
    vi.spyOn(env.api, "deleteOidcDynamicClient").mockImplementation(async (parameters) => {
      const response = await end(parameters);
      if (isOver) controller.abort();
      return response;
    });
    const deletion = rejection(env.client.delete({ signal: controller.signal }));
    await vi.waitUntil(() => fail);
    controller.abort();
    expect(await deletion).toMatchObject({ name: "RegistrationStoreError", cause: { name: "AbortError" } });
    fail(new Error("late"));
    await new Promise((done) => setTimeout(done, 5));
    expect(unhandled).toEqual([]);
  });

  test("a write to the store that continues after its call does not overwrite a later one", async () => {
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
    const env = await setUp({ store });
    slow = true;
    expect(await rejection(env.client.update({}, { timeout: 50 }))).toMatchObject({ name: "RegistrationStoreError" });
    slow = false;
    const update = env.client.update({ client_name: "Three" });
    await new Promise((done) => setTimeout(done, 20));
    finish[0]!();
    await update;
    expect(map.get(env.client.id)?.registrationAccessToken).toBe(env.validToken);
  });
});

describe("a store that fails", () => {
  const failing = (fault: () => unknown): RegistrationStore & { broken: boolean } => {
    const map = new Map<string, RegistrationCredentials>();
    const store = {
      broken: false,
      get: (id: string) => (store.broken ? fault() : map.get(id)),
      set: (id: string, value: RegistrationCredentials) =>
        store.broken && !isRecord(id) ? fault() : map.set(id, value),
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
  ])("update, %s: the error and the handle contain the token", async (_, fault) => {
    const store = failing(fault);
    const env = await setUp({ store });
    store.broken = true;
    const error = await rejection(env.client.update({ client_name: "Two" }));
    expect(error).toMatchObject({ name: "RegistrationStoreError", id: env.client.id });
    expect([error.registrationAccessToken, error.clientSecret]).toEqual([env.validToken, env.client.clientSecret]);
    expect(env.client.registrationAccessToken).toBe(env.validToken);
    store.broken = false;
    await env.client.update({ client_name: "Three" });
    expect(await store.get(env.client.id)).toMatchObject({ registrationAccessToken: env.validToken });
  });

  test("stores the credentials before the next call, which sends no request if storing fails again", async () => {
    const store = failing(() => false);
    const env = await setUp({ store });
    store.broken = true;
    const { registrationAccessToken } = await rejection(env.client.update({ client_name: "Two" }));
    store.get = () => undefined;
    expect(await rejection(env.client.get())).toMatchObject({
      name: "RegistrationStoreError",
      registrationAccessToken,
    });
    expect(env.sent("getOidcDynamicClient")).toHaveLength(1);
    store.broken = false;
    const set = vi.spyOn(store, "set");
    await env.client.get();
    await env.client.get();
    expect(set.mock.calls).toEqual([
      [env.client.id, { registrationAccessToken, clientSecret: env.client.clientSecret }],
    ]);
  });

  test("the message states whether the server has changed the client", async () => {
    const store = failing(async () => Promise.reject(new Error("down")));
    const env = await setUp({ store });
    const { id } = env.client;
    store.broken = true;
    const error = await rejection(env.client.update({ client_name: "Two" }));
    expect(error.message).toBe(`the store did not accept the credentials of ${id}`);
    for (const isReadable of [false, true]) {
      if (isReadable) store.get = () => undefined;
      for (const call of [() => env.client.update({ client_name: "Three" }), () => env.client.delete()]) {
        expect(await rejection(call())).toMatchObject({
          name: "RegistrationStoreError",
          message: `nothing was changed: the store did not ${isReadable ? "accept" : "return"} the credentials of ${id}`,
          registrationAccessToken: env.validToken,
        });
      }
    }
    expect(env.hydra.state.clients.get(id)?.client.client_name).toBe("Two");
  });

  test("the error's token opens the client again, and the former handle does not overwrite the new token", async () => {
    const store = failing(() => false);
    const env = await setUp({ store });
    const { id } = env.client;
    store.broken = true;
    const { registrationAccessToken } = await rejection(env.client.update({ client_name: "Two" }));
    store.broken = false;
    const again = await DynamicClient.open(env.api, { id, registrationAccessToken, store });
    await again.update({ client_name: "Three" });
    expect(await store.get(id)).toMatchObject({ registrationAccessToken: env.validToken });
    expect(await rejection(env.client.update({}))).toMatchObject({ name: "StaleRegistrationTokenError", id });
    expect(await store.get(id)).toMatchObject({ registrationAccessToken: env.validToken });
  });

  test("credentials that a store wrote before it failed count as those of this handle", async () => {
    const map = new Map<string, RegistrationCredentials>();
    const env = await setUp({ store: map });
    vi.spyOn(map, "set").mockImplementationOnce((id, credentials) => {
      Map.prototype.set.call(map, id, credentials);
      throw new Error("connection lost");
    });
    expect(await rejection(env.client.update({}))).toMatchObject({ name: "RegistrationStoreError" });
    await env.client.update({ client_name: "Three" });
    expect(map.get(env.client.id)?.registrationAccessToken).toBe(env.validToken);
  });

  test("a former token of this handle does not count as another process's: recover resolves to lost", async () => {
    const store = failing(() => false);
    const env = await setUp({ store });
    store.broken = true;
    await rejection(env.client.update({ client_name: "Two" }));
    store.broken = false;
    env.fail("setOidcDynamicClient", { cutBody: true });
    expect(await rejection(env.client.update({}))).toMatchObject({ name: "RegistrationStateUnknownError" });
    expect(await env.client.recover()).toBe("lost");
  });

  test("a 401 takes precedence over a failure of the store", async () => {
    const store = failing(async () => Promise.reject(new Error("down")));
    const env = await setUp({ store });
    env.hydra.state.clients.clear();
    store.broken = true;
    expect(await rejection(env.client.get())).toMatchObject({ name: "ResponseError", status: 401 });
  });

  test("logging the error reveals no credentials, even if the store's own error contains them", async () => {
    const store = failing(() => false);
    store.set = (_, value) => {
      throw Object.assign(new Error(`cannot write ${value.registrationAccessToken}`), {
        command: { name: "set", args: [JSON.stringify(value)] },
      });
    };
    const env = createMockHydra();
    const api = new OidcApi({ basePath: env.publicUrl, fetch: env.fetch });
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

  test("open and delete reject, and delete succeeds once the store has recovered", async () => {
    const store = failing(async () => Promise.reject(new Error("down")));
    const env = await setUp({ store });
    store.broken = true;
    expect(await rejection(DynamicClient.open(env.api, { id: env.client.id, store }))).toMatchObject({
      name: "RegistrationStoreError",
      cause: { message: "down" },
    });
    expect(await rejection(env.client.delete())).toMatchObject({
      name: "RegistrationStoreError",
      message: expect.stringContaining("is deleted"),
    });
    expect(env.validToken).toBeUndefined();
    expect(await rejection(env.client.get())).toMatchObject({ name: "ResponseError", status: 401 });
    expect(await rejection(env.client.delete())).toMatchObject({ message: expect.stringContaining("is deleted") });
    store.broken = false;
    expect((await env.client.delete()).status).toBe(204);
    expect(env.sent("deleteOidcDynamicClient")).toHaveLength(1);
    expect(await store.get(env.client.id)).toBeUndefined();
  });

  test("an onRotate that fails rejects the call, and the store contains the token", async () => {
    const env = await setUp({ onRotate: () => Promise.reject(new Error("no")) });
    const error = await rejection(env.client.update({ client_name: "Two" }));
    expect(error).toMatchObject({ name: "RegistrationStoreError", registrationAccessToken: env.validToken });
    expect(env.store.get(env.client.id)?.registrationAccessToken).toBe(env.validToken);
  });
});

describe("a response that is lost or unusable", () => {
  const unknown: [string, Fault][] = [
    ["a dropped connection", { dropConnection: true }],
    ["a cut body", { cutBody: true }],
    ["HTML with 200", { html: true }],
    ["JSON that is not a client", { status: 200, body: { login: true } }],
    ["null", { status: 200, body: null }],
    ["502", { status: 502 }],
    ["504", { status: 504 }],
    ["204", { status: 204 }],
    ...[520, 521, 522, 523, 524].map((status): [string, Fault] => [`${status}`, { status }]),
  ];

  test.each(unknown)("update, %s: the state is unknown until recover is called", async (_, fault) => {
    const env = await setUp();
    const [before] = secretsOf(env.client);
    env.fail("setOidcDynamicClient", fault);
    const error = await rejection(env.client.update({ client_name: "Two" }));
    expect(error).toMatchObject({ name: "RegistrationStateUnknownError", id: env.client.id });
    expect(isRegistrationStateUnknownError(error)).toBe(true);
    expect(env.client.registrationAccessToken).toBe(before);
    expect(await env.client.recover()).toBe(env.validToken === before ? "unchanged" : "lost");
    expect(env.sent("setOidcDynamicClient")).toHaveLength(1);
  });

  test.each(unknown)("register, %s: a client may exist", async (_, fault) => {
    const env = await setUp();
    env.fail("createOidcDynamicClient", fault);
    const error = await rejection(DynamicClient.register(env.api, {}));
    expect(error).toMatchObject({ name: "RegistrationStateUnknownError", id: undefined });
    expect(env.sent("createOidcDynamicClient")).toHaveLength(2);
  });

  test("an incomplete response reveals no credentials in the error", async () => {
    const cut = '{"client_secret":"shown-once","registration_access_token":"also-once';
    const { fetch } = observe(() => new Response(cut));
    const error = await rejection(DynamicClient.register(new OidcApi({ basePath: "http://h.example", fetch }), {}));
    expect(error).toMatchObject({ name: "RegistrationStateUnknownError", cause: { name: "InvalidResponseError" } });
    expect(inspect(error)).not.toMatch(/shown-once|also-once/);
  });

  test("a timeout or an abort during the update leaves the state unknown", async () => {
    const env = await setUp();
    env.fail("setOidcDynamicClient", { delay: 1000 });
    expect(await rejection(env.client.update({}, { timeout: 30 }))).toMatchObject({
      name: "RegistrationStateUnknownError",
      cause: { name: "TimeoutError" },
    });
    expect(await env.client.recover()).toBe("unchanged");
    env.fail("setOidcDynamicClient", { delay: 1000 });
    const controller = new AbortController();
    const put = rejection(env.client.replace({}, { signal: controller.signal }));
    setTimeout(() => controller.abort(), 20);
    expect(await put).toMatchObject({ name: "RegistrationStateUnknownError", cause: { name: "AbortError" } });
  });

  test("delete: recover reports whether the client was deleted", async () => {
    const env = await setUp();
    env.fail("deleteOidcDynamicClient", { dropConnection: true });
    expect(await rejection(env.client.delete())).toMatchObject({ name: "RegistrationStateUnknownError" });
    expect(await env.client.recover()).toBe("unchanged");
    env.fail("deleteOidcDynamicClient", { cutBody: true });
    expect(await rejection(env.client.delete())).toMatchObject({ name: "RegistrationStateUnknownError" });
    expect(await env.client.recover()).toBe("lost");
  });

  test("delete again: removes the credentials if the client was deleted but the response was lost", async () => {
    const env = await setUp();
    env.fail("deleteOidcDynamicClient", { cutBody: true });
    await rejection(env.client.delete());
    expect([env.validToken, env.store.size]).toEqual([undefined, 1]);
    expect(await env.client.delete()).toMatchObject({ status: 204, data: undefined });
    expect(env.store.size).toBe(0);
  });

  test("delete again: rejects if the client still exists and another process has replaced the token", async () => {
    const env = await setUp();
    env.fail("deleteOidcDynamicClient", { dropConnection: true });
    await rejection(env.client.delete());
    const other = await DynamicClient.open(env.api, { id: env.client.id, store: env.store });
    await other.update({ client_name: "Two" });
    expect(await rejection(env.client.delete())).toMatchObject({ name: "StaleRegistrationTokenError" });
    expect(env.store.get(env.client.id)?.registrationAccessToken).toBe(env.validToken);
  });

  test("delete again: keeps the credentials if the store cannot be read", async () => {
    const env = await setUp();
    env.fail("deleteOidcDynamicClient", { dropConnection: true });
    await rejection(env.client.delete());
    const other = await DynamicClient.open(env.api, { id: env.client.id, store: env.store });
    await other.update({ client_name: "Two" });
    const get = vi.spyOn(env.store, "get").mockImplementation(() => {
      throw new Error("down");
    });
    expect(await rejection(env.client.delete())).toMatchObject({
      name: "RegistrationStoreError",
      message: expect.stringContaining("nothing was changed"),
    });
    get.mockRestore();
    expect(env.store.get(env.client.id)?.registrationAccessToken).toBe(env.validToken);
  });

  test("delete again: a 401 after recover resolved to unchanged does not mean that the client is deleted", async () => {
    const env = await setUp();
    env.fail("deleteOidcDynamicClient", { dropConnection: true });
    await rejection(env.client.delete());
    expect(await env.client.recover()).toBe("unchanged");
    await env.admin.patchOAuth2Client({ id: env.client.id, jsonPatch: [{ op: "add", path: "/owner", value: "me" }] });
    expect(await rejection(env.client.delete())).toMatchObject({ name: "ResponseError", status: 401 });
    expect(env.store.size).toBe(1);
  });

  test.each([400, 408, 429, 500, 503, 525])(
    "%i means that nothing was changed: rejects with the ResponseError",
    async (status) => {
      const env = await setUp();
      env.fail("setOidcDynamicClient", { status });
      expect(await rejection(env.client.update({}))).toMatchObject({ name: "ResponseError", status });
      expect(env.validToken).toBe(env.client.registrationAccessToken);
    },
  );

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
    ["a port that fetch rejects", { message: "bad port" }, true],
    ["an unreachable host", { code: "EHOSTUNREACH", syscall: "connect" }, true],
    ["a host that becomes unreachable during a read", { code: "EHOSTUNREACH", syscall: "read" }, false],
    ["a host that becomes unreachable during a write", { code: "ENETUNREACH", syscall: "write" }, false],
    ["no local address", { code: "EADDRNOTAVAIL", syscall: "connect" }, true],
    ["a self-signed certificate", { code: "DEPTH_ZERO_SELF_SIGNED_CERT" }, true],
    ["a certificate of an unknown authority", { code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" }, true],
    ["an expired certificate", { code: "CERT_HAS_EXPIRED" }, true],
    ["a certificate for another host", { code: "ERR_TLS_CERT_ALTNAME_INVALID" }, true],
    ["a server without TLS", { code: "ERR_SSL_WRONG_VERSION_NUMBER" }, true],
    ["a TLS failure after the handshake", { code: "ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC" }, false],
    ["a connection reset", { code: "ECONNRESET", syscall: "read" }, false],
  ])("%s", async (_, cause, unsent) => {
    const fetch = async () =>
      Promise.reject(Object.assign(new TypeError("fetch failed"), { cause: Object.assign(new Error(), cause) }));
    const api = new OidcApi({ basePath: "http://h.example", fetch });
    const name = unsent ? "NetworkError" : "RegistrationStateUnknownError";
    expect(await rejection(DynamicClient.register(api, {}))).toMatchObject({ name });
  });

  test("distinguishes a host without a reachable address from one that closed an established connection", async () => {
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

  test("a forbidden port and an untrusted certificate are NetworkErrors with the global fetch", async () => {
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

  test("the configuration's signal leaves the state unknown only if it is aborted during the call", async () => {
    const { fetch } = observe(() => new Promise<Response>(() => {}));
    const controller = new AbortController();
    const api = new OidcApi({ basePath: "http://h.example", fetch, signal: controller.signal });
    const late = rejection(DynamicClient.register(api, {}));
    await Promise.resolve();
    controller.abort();
    expect(await late).toMatchObject({ name: "RegistrationStateUnknownError", cause: { name: "AbortError" } });
    expect(await rejection(DynamicClient.register(api, {}))).toMatchObject({ name: "AbortError" });
  });

  test("an API object that passes on only the signal leaves the state unknown, too", async () => {
    const env = await setUp();
    const { api } = env;
    const facade: RegistrationApi = {
      createOidcDynamicClient: (parameters, options) =>
        api.createOidcDynamicClient(parameters, { signal: options?.signal }),
      getOidcDynamicClient: (parameters, options) => api.getOidcDynamicClient(parameters, { signal: options?.signal }),
      setOidcDynamicClient: (parameters, options) => api.setOidcDynamicClient(parameters, { signal: options?.signal }),
      deleteOidcDynamicClient: (parameters, options) =>
        api.deleteOidcDynamicClient(parameters, { signal: options?.signal }),
    };
    const client = await DynamicClient.open(facade, { id: env.client.id, store: env.store });
    env.fail("setOidcDynamicClient", { delay: 1000 });
    expect(await rejection(client.replace({}, { timeout: 30 }))).toMatchObject({
      name: "RegistrationStateUnknownError",
      cause: { name: "TimeoutError" },
    });
    const signal = AbortSignal.abort();
    expect(await rejection(DynamicClient.register(facade, {}, {}, { signal }))).toMatchObject({ name: "AbortError" });
  });

  test("a registration without a registration access token: the error contains the secret, but logging it does not reveal it", async () => {
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

  test("a redirect, invalid input and a signal that was aborted before the call keep their own errors", async () => {
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

  test("update rejects if the read returns another client", async () => {
    const { fetch, seen } = observe(json({ client_id: "b", client_name: "Other" }));
    const client = await DynamicClient.open(new OidcApi({ basePath: "http://h.example", fetch }), {
      id: "a",
      registrationAccessToken: "t",
    });
    expect(await rejection(client.update({}))).toMatchObject({ name: "InvalidResponseError", status: 200 });
    expect(seen).toHaveLength(1);
  });

  test("keeps the token if the server does not rotate it", async () => {
    const { fetch } = observe(json({ client_id: "a", client_name: "One" }));
    const store = new Map();
    const api = new OidcApi({ basePath: "http://h.example", fetch });
    const client = await DynamicClient.open(api, { id: "a", registrationAccessToken: "t", store });
    const set = vi.spyOn(store, "set");
    await client.update({});
    expect([client.registrationAccessToken, client.unfinishedUpdate]).toEqual(["t", undefined]);
    expect(set.mock.calls.filter(([key]) => !isRecord(key))).toEqual([]);
    expect(store.get("a#update")).toEqual({ registrationAccessToken: "t" });
  });

  test("saves new credentials from the response to a read", async () => {
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

test("logging a handle reveals no credentials", async () => {
  const { client } = await setUp();
  const shown = [inspect(client, { depth: Infinity, showHidden: true }), JSON.stringify(client)].join();
  for (const secret of secretsOf(client)) expect(shown).not.toContain(secret);
  expect(shown).toContain(client.id);
});

test("the class keeps its name in a minified bundle", async () => {
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
