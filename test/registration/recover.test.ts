import { describe, expect, test, vi } from "vitest";
import {
  DynamicClient,
  type DynamicClientOptions,
  OAuth2Api,
  OidcApi,
  type RegistrationCredentials,
  type RegistrationStore,
  type UpdateRecord,
} from "../../src/index.ts";
import { createMockHydra, type Operation } from "../../src/mock/index.ts";
import { rejection } from "../support/observe.ts";

async function setUp(settings: DynamicClientOptions = {}) {
  const hydra = createMockHydra();
  const configuration = { basePath: hydra.publicUrl, adminBasePath: hydra.adminUrl, fetch: hydra.fetch };
  const api = new OidcApi(configuration);
  const admin = new OAuth2Api(configuration);
  const store = new Map<string, UpdateRecord>();
  const client = await DynamicClient.register(
    api,
    { client_name: "Field app", redirect_uris: ["https://app.example/1"] },
    { store, ...settings },
  );
  const { id } = client;
  return {
    hydra,
    api,
    admin,
    store,
    client,
    id,
    /** Opens the client as another process. */
    open: (more: DynamicClientOptions = {}) => DynamicClient.open(api, { id, store, ...more }),
    /** Updates the client in a process that is killed before it stores the token that the server returns. */
    async loseToken() {
      const killed = await DynamicClient.open(api, { id, store: storeUntilKilled(store, id) });
      await killed.update({ client_name: "Two" }).catch(() => {});
      expect(hydra.state.clients.get(id)!.registrationAccessToken).not.toBe(store.get(id)!.registrationAccessToken);
    },
    get validToken() {
      return hydra.state.clients.get(id)?.registrationAccessToken;
    },
    sent: (operation: Operation) => hydra.requests.filter((request) => request.operation === operation),
  };
}

/** The store of a process that is killed before it stores new credentials. */
const storeUntilKilled = (store: Map<string, UpdateRecord>, id: string): RegistrationStore => ({
  get: (key) => store.get(key),
  set: (key, value) => (key === id ? false : store.set(key, value)),
  delete: (key) => store.delete(key),
});

const record = (id: string) => `${id}#update`;

describe("the record of an update", () => {
  test("is in the store before the update is sent", async () => {
    const env = await setUp();
    const before = { ...env.store.get(env.id)! };
    const put = env.api.setOidcDynamicClient.bind(env.api);
    const recorded: unknown[] = [];
    vi.spyOn(env.api, "setOidcDynamicClient").mockImplementation((...args) => {
      recorded.push({ ...env.store.get(record(env.id)) });
      return put(...args);
    });
    const start = Date.now();
    await env.client.update({ client_name: "Two" });
    expect(recorded).toEqual([{ ...before, updateStarted: expect.any(Number) }]);
    expect(env.store.get(record(env.id))!.updateStarted).toBeGreaterThanOrEqual(start);
    // It refers to the former token, so that it says nothing about the current one.
    expect((await env.open()).unfinishedUpdate).toBeUndefined();
  });

  test("must be accepted by the store: otherwise the update is not sent", async () => {
    const env = await setUp();
    vi.spyOn(env.store, "set").mockReturnValue(false as any);
    expect(await rejection(env.client.replace({ client_name: "Two" }))).toMatchObject({
      name: "RegistrationStoreError",
      message: `nothing was changed: the store did not accept the record of an update of ${env.id}`,
      registrationAccessToken: env.validToken,
    });
    expect(env.sent("setOidcDynamicClient")).toEqual([]);
    expect(env.client.unfinishedUpdate).toBeUndefined();
  });

  test("makes the next process report an unfinished update before it sends a request", async () => {
    const env = await setUp();
    const start = Date.now();
    await env.loseToken();
    const requests = env.hydra.requests.length;
    const next = await env.open();
    expect(next.unfinishedUpdate!.getTime()).toBeGreaterThanOrEqual(start);
    expect(env.hydra.requests).toHaveLength(requests);
    for (const call of [() => next.get(), () => next.update({}), () => next.replace({}), () => next.delete()]) {
      expect(await rejection(call())).toMatchObject({
        name: "RegistrationStateUnknownError",
        id: env.id,
        message: expect.stringMatching(/an update began at 2.*Call recover\(\)/),
        cause: { name: "ResponseError", status: 401 },
      });
    }
    expect(await next.recover()).toBe("lost");
  });

  test("does not prevent calls if the server has not processed the update", async () => {
    const env = await setUp();
    env.store.set(record(env.id), { ...env.store.get(env.id)!, updateStarted: 1 });
    const next = await env.open();
    expect(next.unfinishedUpdate).toEqual(new Date(1));
    await next.update({ client_name: "Two" });
    expect(next.unfinishedUpdate).toBeUndefined();
    expect(env.store.get(env.id)!.registrationAccessToken).toBe(env.validToken);
  });

  test("is cleared by recover if the token is valid", async () => {
    const env = await setUp();
    env.hydra.fail({ operation: "setOidcDynamicClient", dropConnection: true });
    expect(await rejection(env.client.update({}))).toMatchObject({ name: "RegistrationStateUnknownError" });
    expect(env.client.unfinishedUpdate).toBeInstanceOf(Date);
    expect((await env.open()).unfinishedUpdate).toBeInstanceOf(Date);
    expect(await env.client.recover()).toBe("unchanged");
    expect(env.client.unfinishedUpdate).toBeUndefined();
    expect((await env.open()).unfinishedUpdate).toBeUndefined();
  });

  test("is cleared if the server rejects the update, whether or not the store can be written", async () => {
    const env = await setUp();
    const invalid = () => env.client.update({ redirect_uris: ["https://app.example/#fragment"] });
    expect(await rejection(invalid())).toMatchObject({ status: 400 });
    expect(env.client.unfinishedUpdate).toBeUndefined();
    expect((await env.open()).unfinishedUpdate).toBeUndefined();
    const set = env.store.set.bind(env.store);
    vi.spyOn(env.store, "set").mockImplementation((key, value) => {
      if (value.updateStarted === undefined) throw new Error("down");
      return set(key, value);
    });
    expect(await rejection(invalid())).toMatchObject({ status: 400 });
    expect(env.client.unfinishedUpdate).toBeUndefined();
  });

  test("does not make a token that an administrator invalidated look like one that was lost", async () => {
    const env = await setUp();
    await env.admin.patchOAuth2Client({ id: env.id, jsonPatch: [{ op: "add", path: "/owner", value: "me" }] });
    expect(await rejection(env.client.replace({}))).toMatchObject({ name: "ResponseError", status: 401 });
  });

  test("of another process is found if the server rejects the token", async () => {
    const env = await setUp();
    await env.loseToken();
    expect(env.client.unfinishedUpdate).toBeUndefined();
    expect(await rejection(env.client.get())).toMatchObject({ name: "RegistrationStateUnknownError" });
    expect(env.client.unfinishedUpdate).toBeInstanceOf(Date);
  });

  test("does not overwrite a token that another process stores at the same time", async () => {
    const env = await setUp();
    const other = await env.open();
    const set = env.store.set.bind(env.store);
    vi.spyOn(env.store, "set").mockImplementationOnce((key, value) => {
      void other.replace({ client_name: "Winner" });
      return new Promise((done) => setTimeout(() => done(set(key, value)), 50)) as any;
    });
    expect(await rejection(env.client.replace({ client_name: "Loser" }))).toMatchObject({
      name: "StaleRegistrationTokenError",
    });
    expect(env.store.get(env.id)!.registrationAccessToken).toBe(env.validToken);
    expect((await env.open()).unfinishedUpdate).toBeUndefined();
  });

  test("works with a store for a single client, which ignores the key", async () => {
    let value: RegistrationCredentials | undefined;
    const store: RegistrationStore = {
      get: () => value,
      set: (_, next) => {
        value = structuredClone(next);
      },
      delete: () => {
        value = undefined;
      },
    };
    const env = await setUp({ store });
    await env.client.update({ client_name: "Two" });
    expect(value).toEqual({ registrationAccessToken: env.validToken, clientSecret: env.client.clientSecret });
    env.hydra.fail({ operation: "setOidcDynamicClient", cutBody: true });
    await rejection(env.client.update({ client_name: "Three" }));
    const next = await env.open({ store });
    expect(next.unfinishedUpdate).toBeInstanceOf(Date);
    expect(await next.recover({ oAuth2Api: env.admin })).toBe("recreated");
    expect(value).toEqual({ registrationAccessToken: env.validToken, clientSecret: env.client.clientSecret });
    await next.delete();
    expect(value).toBeUndefined();
  });

  test("is deleted with the client", async () => {
    const env = await setUp();
    await env.client.update({ client_name: "Two" });
    expect([...env.store.keys()]).toEqual([env.id, record(env.id)]);
    await env.client.delete();
    expect(env.store.size).toBe(0);
  });
});

describe("recover with an OAuth2Api", () => {
  test("creates a client again whose token is lost: same ID, metadata, lifespans and secret", async () => {
    const onRotate = vi.fn();
    const env = await setUp();
    const lifespans = { client_credentials_grant_access_token_lifespan: "5m0s" };
    await env.admin.setOAuth2ClientLifespans({ id: env.id, oAuth2ClientTokenLifespans: lifespans });
    // The admin API has invalidated the token.
    await env.admin.patchOAuth2Client({
      id: env.id,
      jsonPatch: [
        { op: "add", path: "/metadata", value: { plan: "gold" } },
        { op: "replace", path: "/skip_consent", value: true },
      ],
    });
    const { data: before } = await env.admin.getOAuth2Client({ id: env.id });
    const { clientSecret } = env.client;
    const next = await env.open({ onRotate });
    expect(await next.recover({ oAuth2Api: env.admin })).toBe("recreated");
    const { data: after } = await env.admin.getOAuth2Client({ id: env.id });
    const times = { created_at: expect.any(String), updated_at: expect.any(String) };
    expect(after).toEqual({ ...before, ...times });
    expect(after).toMatchObject({ ...lifespans, skip_consent: true, metadata: { plan: "gold" } });
    expect(env.hydra.state.clients.get(env.id)!.secrets).toEqual([clientSecret]);
    const credentials = { registrationAccessToken: env.validToken, clientSecret };
    expect(env.store.get(env.id)).toEqual(credentials);
    expect(onRotate.mock.calls).toEqual([[{ id: env.id, ...credentials }]]);
    expect(next.unfinishedUpdate).toBeUndefined();
    await next.update({ client_name: "Three" });
  });

  test("stores the new secret if the store has none", async () => {
    const env = await setUp();
    await env.loseToken();
    const { registrationAccessToken } = env.store.get(env.id)!;
    const store = new Map([[env.id, { registrationAccessToken }]]);
    const next = await env.open({ store });
    expect(await next.recover({ oAuth2Api: env.admin })).toBe("recreated");
    expect(next.clientSecret).toMatch(/.{20}/);
    expect(env.hydra.state.clients.get(env.id)!.secrets).toEqual([next.clientSecret]);
    expect(store.get(env.id)).toEqual({ registrationAccessToken: env.validToken, clientSecret: next.clientSecret });
  });

  test("sends the admin API no request if the token is valid, or if another process has replaced it", async () => {
    const env = await setUp();
    expect(await env.client.recover({ oAuth2Api: env.admin })).toBe("unchanged");
    await (await env.open()).update({ client_name: "Two" });
    expect(await rejection(env.client.recover({ oAuth2Api: env.admin }))).toMatchObject({
      name: "StaleRegistrationTokenError",
      cause: { status: 401 },
    });
    expect(env.sent("getOAuth2Client")).toEqual([]);
  });

  test.each<[Operation, number]>([
    ["getOAuth2Client", 500],
    ["getOAuth2Client", 401],
    ["setOAuth2Client", 400],
  ])("deletes nothing if %s fails with %i, and rejects with that error", async (operation, status) => {
    const env = await setUp();
    await env.loseToken();
    env.hydra.fail({ operation, status });
    const next = await env.open();
    expect(await rejection(next.recover({ oAuth2Api: env.admin }))).toMatchObject({ name: "ResponseError", status });
    expect(env.sent("deleteOAuth2Client")).toEqual([]);
    expect(await next.recover({ oAuth2Api: env.admin })).toBe("recreated");
  });

  test("deletes nothing if the store fails", async () => {
    const env = await setUp();
    await env.loseToken();
    const next = await env.open();
    const set = vi.spyOn(env.store, "set").mockReturnValue(false as any);
    expect(await rejection(next.recover({ oAuth2Api: env.admin }))).toMatchObject({
      name: "RegistrationStoreError",
      message: expect.stringMatching(/^nothing was changed/),
    });
    set.mockRestore();
    vi.spyOn(env.store, "get").mockImplementation(() => {
      throw new Error("down");
    });
    expect(await rejection(next.recover({ oAuth2Api: env.admin }))).toMatchObject({ name: "RegistrationStoreError" });
    expect(env.sent("deleteOAuth2Client")).toEqual([]);
  });

  test("creates the client from the record if an earlier recovery only deleted it", async () => {
    const env = await setUp();
    await env.loseToken();
    env.hydra.fail({ operation: "createOAuth2Client", status: 503 });
    const first = await env.open();
    expect(await rejection(first.recover({ oAuth2Api: env.admin }))).toMatchObject({ status: 503 });
    expect(env.hydra.state.clients.size).toBe(0);
    // An update that is tried in the meantime keeps the record's copy of the client.
    expect(await rejection((await env.open()).replace({}))).toMatchObject({ name: "RegistrationStateUnknownError" });
    const next = await env.open();
    expect(next.unfinishedUpdate).toBeInstanceOf(Date);
    expect(await next.recover({ oAuth2Api: env.admin })).toBe("recreated");
    expect((await next.get()).data).toMatchObject({ client_name: "Two", redirect_uris: ["https://app.example/1"] });
    expect(env.hydra.state.clients.get(env.id)!.secrets).toEqual([next.clientSecret]);
  });

  test("reports a deleted client, whose credentials delete then removes from the store", async () => {
    const env = await setUp();
    await env.admin.deleteOAuth2Client({ id: env.id });
    expect(await env.client.recover({ oAuth2Api: env.admin })).toBe("deleted");
    expect(env.sent("createOAuth2Client")).toEqual([]);
    expect((await env.client.delete()).status).toBe(204);
    expect(env.store.size).toBe(0);
  });

  test("rejects if the server creates the client without a token, and keeps the secret in the error", async () => {
    const env = await setUp();
    await env.loseToken();
    const next = await env.open();
    env.hydra.fail({ operation: "createOAuth2Client", status: 201, body: { client_id: env.id, client_secret: "s" } });
    const error = await rejection(next.recover({ oAuth2Api: env.admin }));
    expect(error).toMatchObject({ name: "RegistrationStateUnknownError", client: { client_secret: "s" } });
  });

  test.each([{}, "http://127.0.0.1:4445", { getOAuth2Client: () => {} }])(
    "rejects %o without sending a request",
    async (oAuth2Api: any) => {
      const env = await setUp();
      const requests = env.hydra.requests.length;
      expect(await rejection(env.client.recover({ oAuth2Api }))).toMatchObject({
        name: "InvalidInputError",
        field: "oAuth2Api",
      });
      expect(env.hydra.requests).toHaveLength(requests);
    },
  );
});

test("a 404 of the wrong listener does not count as a deleted client", async () => {
  const env = await setUp();
  await env.loseToken();
  const client = await env.open();
  const swapped = new OAuth2Api({ basePath: env.hydra.publicUrl, fetch: env.hydra.fetch });
  expect(await rejection(client.recover({ oAuth2Api: swapped }))).toMatchObject({ status: 404 });
  expect(env.store.has(env.id)).toBe(true);
  expect(await client.recover({ oAuth2Api: env.admin })).toBe("recreated");
});
