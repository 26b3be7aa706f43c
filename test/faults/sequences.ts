import { expect } from "vitest";
import {
  type AppliedClient,
  applyPlan,
  clientCredentials,
  clientSecretPost,
  DynamicClient,
  type Fetch,
  generateKey,
  OAuth2Api,
  type OAuth2Client,
  OidcApi,
  paginate,
  planClients,
  privateKeyJwt,
  publicJwks,
  type RegistrationCredentials,
  type RegistrationStore,
  tokenSource,
  updateOAuth2Client,
} from "../../src/index.ts";
import type { Attempt, Gateway } from "./gateway.ts";

/** A sequence of calls on its own server. */
export interface Sequence {
  /** Makes the calls, one of which the fault hits. */
  run(): Promise<void>;
  /** Simulates another writer just before the request that the fault hits. */
  writeConcurrently(attempt: Attempt): Promise<void>;
  /** Checks afterwards, without faults, that server, store and caller agree. Throws if they do not. */
  verify(error: any, hadConcurrentWriter: boolean): Promise<void>;
}

/** The environment of a sequence: `fetch` is the gateway's, possibly with retries. */
export interface Setup {
  gateway: Gateway;
  fetch: Fetch;
  timeout: number;
}

const key = generateKey("ES256");

function apis({ gateway: { origin, hydra }, fetch, timeout }: Setup) {
  const faultless: Fetch = (url, init) => hydra.fetch(url, init);
  return {
    oauth2: new OAuth2Api({ basePath: origin, fetch, timeout }),
    oidc: new OidcApi({ basePath: origin, fetch, timeout }),
    faultless: {
      oauth2: new OAuth2Api({ basePath: origin, fetch: faultless }),
      oidc: new OidcApi({ basePath: origin, fetch: faultless }),
      fetch: faultless,
    },
  };
}

/** Create, read, update, set lifespans, rotate the secret, delete. */
export function clientSequence(setup: Setup): Sequence {
  const { oauth2, faultless } = apis(setup);
  const { clients } = setup.gateway.hydra.state;
  const options = { signal: setup.gateway.signal };
  const id = "shop";
  let created = false;
  let secret: string | undefined;
  // Whether the update is between its first read and its PATCH, and which value of `client_name` was kept.
  let updating = false;
  let conflicts = false;
  let expectedName = "";
  let keptName: unknown;
  return {
    async run() {
      const { data } = await oauth2.createOAuth2Client(
        {
          oAuth2Client: { client_id: id, owner: "a", token_endpoint_auth_method: "client_secret_post" },
        },
        options,
      );
      created = true;
      secret = data.client_secret;
      await oauth2.getOAuth2Client({ id }, options);
      const change = (client: OAuth2Client) => {
        client.owner = "b";
        updating = true;
      };
      await updateOAuth2Client(oauth2, { id }, change, options);
      updating = false;
      await oauth2.setOAuth2ClientLifespans(
        {
          id,
          oAuth2ClientTokenLifespans: { implicit_grant_id_token_lifespan: "1h" },
        },
        options,
      );
      secret = (await oauth2.rotateOAuth2ClientSecret({ id }, options)).data.client_secret;
      keptName = clients.get(id)!.client.client_name;
      await oauth2.deleteOAuth2Client({ id }, options);
    },
    async writeConcurrently({ method }) {
      if (!clients.has(id)) return;
      conflicts = updating && method !== "PATCH";
      if (method !== "DELETE") expectedName = "theirs";
      const owner = { op: "replace", path: "/owner", value: "them" } as const;
      // A write between the second read and the PATCH goes undetected, so change only another field there.
      const jsonPatch = [
        { op: "replace", path: "/client_name", value: "theirs" } as const,
        ...(method === "PATCH" ? [] : [owner]),
      ];
      await faultless.oauth2.patchOAuth2Client({ id, jsonPatch });
    },
    async verify(error, hadConcurrentWriter) {
      if (hadConcurrentWriter) {
        expect(error?.name).toBe(conflicts ? "UpdateConflictError" : undefined);
        if (conflicts) expect(clients.get(id)!.client).toMatchObject({ owner: "them", client_name: "theirs" });
        else expect(keptName).toBe(expectedName);
      }
      expect(clients.size).toBeLessThanOrEqual(1);
      if (!clients.has(id)) return;
      // The caller's last secret is still valid, even if a rotation failed.
      if (created) expect(clients.get(id)!.secrets).toContain(secret);
      // Repeating the update succeeds.
      await updateOAuth2Client(faultless.oauth2, { id }, (client) => {
        client.owner = "b";
      });
      expect(clients.get(id)!.client.owner).toBe("b");
      await faultless.oauth2.deleteOAuth2Client({ id });
    },
  };
}

/** Register, read, update, replace, delete. */
export function registrationSequence(setup: Setup): Sequence {
  const { oidc, faultless } = apis(setup);
  const { clients } = setup.gateway.hydra.state;
  const store = new Map<string, RegistrationCredentials>();
  const options = { signal: setup.gateway.signal };
  let client: DynamicClient | undefined;
  let deleted = false;
  return {
    async run() {
      client = await DynamicClient.register(oidc, { client_name: "One" }, { store }, options);
      await client.get(options);
      await client.update({ client_name: "Two" }, options);
      await client.replace({ client_name: "Three" }, options);
      await client.delete(options);
      deleted = true;
    },
    async writeConcurrently() {
      const [id] = store.keys();
      if (id) await (await DynamicClient.open(faultless.oidc, { id, store })).update({ client_name: "Theirs" });
    },
    async verify(error, hadConcurrentWriter) {
      if (!client) {
        if (error.name !== "RegistrationStateUnknownError") expect(clients.size).toBe(0);
        expect(store.size).toBe(0);
        return;
      }
      const { id } = client;
      const current = clients.get(id)?.registrationAccessToken;
      const stored = store.get(id);
      if (deleted) {
        expect([current, stored]).toEqual([undefined, undefined]);
      } else if (error?.name === "RegistrationStateUnknownError") {
        expect(stored?.registrationAccessToken).toBe(client.registrationAccessToken);
        expect(await client.recover()).toBe(current === client.registrationAccessToken ? "unchanged" : "lost");
      } else {
        expect(stored).toEqual({ registrationAccessToken: current, clientSecret: client.clientSecret });
        expect(clients.get(id)!.secrets).toContain(client.clientSecret);
        const stale = error?.name === "StaleRegistrationTokenError";
        expect(stale).toBe(hadConcurrentWriter);
        expect(client.registrationAccessToken === current).toBe(!stale);
        if (stale) expect(clients.get(id)!.client.client_name).toBe("Theirs");
        await (await DynamicClient.open(faultless.oidc, { id, store })).delete();
        expect(store.size).toBe(0);
      }
    },
  };
}

/** A store whose n-th operation fails; all others succeed. */
export interface FaultyStore extends RegistrationStore {
  readonly entries: Map<string, RegistrationCredentials>;
  readonly operations: number;
}

export const STORE_FAULTS = [
  "returns false",
  "fails before the operation",
  "fails after the operation",
  "does not respond",
] as const;

/** How long the store does not respond before it fails, in milliseconds: longer than the timeout of a call. */
const SILENCE = 90_000;

/** @param pass advances the time */
export function faultyStore(
  fault: (typeof STORE_FAULTS)[number] | undefined,
  step: number,
  pass: (milliseconds: number) => Promise<void>,
): FaultyStore {
  const entries = new Map<string, RegistrationCredentials>();
  let operations = 0;
  const operate = async <T>(work: () => T, ...args: unknown[]): Promise<T | false> => {
    operations += 1;
    if (!fault || operations !== step) return work();
    if (fault === "returns false") return false;
    if (fault === "does not respond") await pass(SILENCE);
    if (fault === "fails after the operation") work();
    throw new Error(`the store failed for ${JSON.stringify(args)}`);
  };
  return {
    entries,
    get operations() {
      return operations;
    },
    get: (id) => operate(() => entries.get(id), id),
    set: (id, credentials) => operate(() => entries.set(id, credentials), id, credentials),
    delete: (id) => operate(() => entries.delete(id), id),
  };
}

/** Register, update, replace, reopen, update, delete, while the store fails once. */
export function storeSequence(setup: Setup, store: FaultyStore, reopens: boolean): Sequence {
  const { oidc, faultless } = apis({ ...setup, timeout: 10 * setup.timeout });
  const { clients } = setup.gateway.hydra.state;
  // Only an unresponsive store takes this long.
  const options = { timeout: setup.timeout };
  let client: DynamicClient | undefined;
  let deleted = false;
  return {
    async run() {
      client = await DynamicClient.register(oidc, { client_name: "One" }, { store }, options);
      await client.update({ client_name: "Two" }, options);
      await client.replace({ client_name: "Three" }, options);
      client = await DynamicClient.open(oidc, { id: client.id, store }, options);
      await client.update({ client_name: "Four" }, options);
      await client.delete(options);
      deleted = true;
    },
    async writeConcurrently() {},
    async verify(error) {
      const [[id, server] = []] = clients;
      if (!id || !server) {
        // The client was deleted, or the error reports that it was.
        if (deleted) expect(error).toBeUndefined();
        else expect(error.message).toContain("is deleted, but not in the store");
        return;
      }
      // Opening a client that the store does not find is an error of the caller, and loses nothing.
      expect(error).toMatchObject(
        error.field ? { field: "registrationAccessToken" } : { name: "RegistrationStoreError" },
      );
      const current = server.registrationAccessToken!;
      const held = error.registrationAccessToken ?? client!.registrationAccessToken;
      expect(held).toBe(current);
      expect(server.secrets).toContain(error.clientSecret ?? client!.clientSecret);
      const credentials = { id, registrationAccessToken: current, clientSecret: error.clientSecret };
      const reopened =
        reopens || !client ? await DynamicClient.open(faultless.oidc, { ...credentials, store }) : client;
      await reopened.get();
      expect(store.entries.get(id)?.registrationAccessToken).toBe(current);
      expect(server.secrets).toContain(store.entries.get(id)?.clientSecret);
      await reopened.update({ client_name: "Five" });
      expect(store.entries.get(id)?.registrationAccessToken).toBe(clients.get(id)!.registrationAccessToken);
      await reopened.delete();
      expect([clients.size, store.entries.size]).toEqual([0, 0]);
    },
  };
}

/** Get a token with a secret, introspect and discard it, get another one, revoke it; get one with an assertion. */
export function tokenSequence(setup: Setup): Sequence {
  const { oauth2, faultless } = apis(setup);
  const { hydra, origin } = setup.gateway;
  const clientSecret = "a-secret-of-the-client";
  setup.gateway.secrets.add(clientSecret);
  let { fetch } = setup;
  let signal: AbortSignal | undefined = setup.gateway.signal;
  const common = { basePath: origin, timeout: setup.timeout };
  const send: Fetch = (url, init) => fetch(url, init);
  const secretSource = tokenSource(() =>
    clientCredentials({ ...common, clientId: "a", auth: clientSecretPost(clientSecret), fetch: send, signal }),
  );
  const keySource = tokenSource(async () =>
    clientCredentials({ ...common, clientId: "b", auth: privateKeyJwt(await key), fetch: send, signal }),
  );
  const isActive = async (token: string) => (await faultless.oauth2.introspectOAuth2Token({ token })).data.active;
  return {
    async run() {
      hydra.addClient({
        client_id: "a",
        client_secret: clientSecret,
        grant_types: ["client_credentials"],
        token_endpoint_auth_method: "client_secret_post",
      });
      hydra.addClient({
        client_id: "b",
        grant_types: ["client_credentials"],
        token_endpoint_auth_method: "private_key_jwt",
        token_endpoint_auth_signing_alg: "ES256",
        jwks: (await publicJwks(await key)) as object,
      });
      const first = await secretSource();
      expect(await secretSource()).toBe(first);
      await oauth2.introspectOAuth2Token({ token: first }, { signal });
      await secretSource.invalidate(first);
      const second = await secretSource();
      expect(second).not.toBe(first);
      await oauth2.revokeOAuth2Token({ token: second, clientId: "a", clientSecret }, { signal });
      await keySource();
    },
    async writeConcurrently() {
      await faultless.oauth2.deleteOAuth2Token({ clientId: "a" });
    },
    async verify(error, hadConcurrentWriter) {
      if (hadConcurrentWriter) expect(error).toBeUndefined();
      fetch = faultless.fetch;
      signal = undefined;
      // The source cached no failure, and its token is valid unless it was revoked elsewhere.
      if (!error || hadConcurrentWriter) await secretSource.invalidate();
      const token = await secretSource();
      if (!(await isActive(token))) {
        expect(error).toBeDefined();
        await secretSource.invalidate(token);
      }
      expect(await isActive(await secretSource())).toBe(true);
      expect(await isActive(await keySource())).toBe(true);
    },
  };
}

/** Read three pages of clients, one by one or with prefetching. */
export function pagingSequence(setup: Setup, prefetch = false): Sequence {
  const { oauth2, faultless } = apis(setup);
  const { hydra } = setup.gateway;
  const ids = Array.from({ length: 7 }, (_, n) => `client-${n}`);
  const read: string[] = [];
  for (const client_id of ids) hydra.addClient({ client_id, owner: "shop" });
  const list = (api: OAuth2Api, signal?: AbortSignal) =>
    paginate(
      (page, options) => api.listOAuth2Clients(page, options),
      { owner: "shop", pageSize: 3 },
      { prefetch, signal },
    );
  return {
    async run() {
      for await (const { client_id } of list(oauth2, setup.gateway.signal)) read.push(client_id!);
    },
    async writeConcurrently() {
      await faultless.oauth2.deleteOAuth2Client({ id: ids[0]! });
      await faultless.oauth2.createOAuth2Client({ oAuth2Client: { client_id: "client-9", owner: "shop" } });
    },
    async verify(error, hadConcurrentWriter) {
      const current = hadConcurrentWriter ? [...ids.slice(1), "client-9"] : ids;
      // Every client is read once and in order; the deleted one only if it was read before the deletion.
      const expected = read[0] === current[0] ? current : [...new Set([...ids, ...current])];
      expect(read).toEqual(error ? expected.slice(0, read.length) : expected);
      const reread: string[] = [];
      for await (const { client_id } of list(faultless.oauth2)) reread.push(client_id!);
      expect(reread).toEqual(current);
    },
  };
}

/** Plans and applies a set that creates, changes, deletes and rotates; then another process plans again. */
export function planSequence(setup: Setup): Sequence {
  const { faultless } = apis(setup);
  const { hydra, secrets, origin, signal } = setup.gateway;
  const { clients } = hydra.state;
  const oauth2 = new OAuth2Api({ basePath: origin, fetch: setup.fetch, timeout: setup.timeout, signal });
  /** The secrets that were kept, in order, as a file would have them. */
  const kept: { client_id: string; client_secret: string }[] = [];
  const onSecret = (secret: (typeof kept)[number]) => {
    secrets.add(secret.client_secret);
    kept.push(secret);
  };
  const options = { concurrency: 1, onSecret };
  const redirect_uris = ["https://shop.example/cb"];
  const metadata = { managed_by: "hydra-sdk", managed_set: "default" };
  for (const client_id of ["changed", "rotated", "old"]) hydra.addClient({ client_id, redirect_uris, metadata });
  const wanted = ["changed", "rotated", "new"].map((client_id) => ({ client_id, redirect_uris, owner: "shop" }));
  const plan = (api: OAuth2Api) => planClients(api, wanted, { prune: true });
  let theirs: string | undefined;
  return {
    async run() {
      const planned = await planClients(oauth2, wanted, { prune: true, rotate: ["rotated"] });
      // Ends at the first failure, as a process that is killed.
      const onResult = ({ error }: AppliedClient) => {
        if (error) throw error;
      };
      await applyPlan(oauth2, planned, { ...options, onResult });
    },
    async writeConcurrently({ method, path }) {
      const id = /\/clients\/(.+)/.exec(path)?.[1];
      // Between the second read and the PATCH, and between the read and the DELETE, a write goes undetected.
      if (!id || method !== "GET" || !clients.has(id)) return;
      theirs = id;
      await faultless.oauth2.patchOAuth2Client({ id, jsonPatch: [{ op: "replace", path: "/owner", value: "them" }] });
    },
    async verify(error, hadConcurrentWriter) {
      if (hadConcurrentWriter) {
        expect(error?.name).toBe(theirs && "UpdateConflictError");
        if (theirs) expect(clients.get(theirs)!.client.owner).toBe("them");
      }
      // The next process finishes what it finds, and makes nothing that is there.
      const before = new Set(clients.keys());
      const next = await plan(faultless.oauth2);
      const made = next.clients.filter(({ action }) => action === "create").map(({ clientId }) => clientId);
      expect(made).toEqual(before.has("new") ? [] : ["new"]);
      const results = await applyPlan(faultless.oauth2, next, options);
      expect(results.filter(({ outcome }) => outcome !== "done")).toEqual([]);
      const again = await plan(faultless.oauth2);
      expect(again.clients.map(({ action }) => action)).toEqual(["unchanged", "unchanged", "unchanged"]);
      expect([...clients.keys()].sort()).toEqual(["changed", "new", "rotated"]);
      // No secret is lost: the one in use was kept.
      for (const id of ["new", "rotated"]) {
        const used = kept.filter(({ client_id, client_secret }) => {
          return client_id === id && clients.get(id)!.secrets.includes(client_secret);
        });
        const isOriginal = id === "rotated" && used.length === 0;
        expect(isOriginal ? error : used.length).toBeTruthy();
      }
    },
  };
}
