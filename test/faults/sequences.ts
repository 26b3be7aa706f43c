import { expect } from "vitest";
import {
  clientCredentials,
  clientSecretPost,
  DynamicClient,
  type Fetch,
  generateKey,
  OAuth2Api,
  type OAuth2Client,
  OidcApi,
  paginate,
  privateKeyJwt,
  publicJwks,
  type RegistrationCredentials,
  type RegistrationStore,
  tokenSource,
  updateOAuth2Client,
} from "../../src/index.ts";
import type { Attempt, Gateway } from "./gateway.ts";

/** A sequence of calls, begun on a server of its own. */
export interface Life {
  /** Makes the calls; the fault hits one of them. */
  run(): Promise<void>;
  /** Another writer, just before the request that the fault hits. */
  intrude(attempt: Attempt): Promise<void>;
  /** Afterwards, on a network that works: throws where server, store and caller do not agree. */
  settle(error: any, intruded: boolean): Promise<void>;
}

/** Where the sequence runs: `fetch` is the gateway's, maybe with retries; `calm` meets no fault. */
export interface Place {
  gateway: Gateway;
  fetch: Fetch;
  timeout: number;
}

const key = generateKey("ES256");

function apis({ gateway: { origin, hydra }, fetch, timeout }: Place) {
  const calm: Fetch = (url, init) => hydra.fetch(url, init);
  return {
    oauth2: new OAuth2Api({ basePath: origin, fetch, timeout }),
    oidc: new OidcApi({ basePath: origin, fetch, timeout }),
    calm: {
      oauth2: new OAuth2Api({ basePath: origin, fetch: calm }),
      oidc: new OidcApi({ basePath: origin, fetch: calm }),
      fetch: calm,
    },
  };
}

/** Create, read, update, set lifespans, rotate the secret, delete. */
export function clientLife(place: Place): Life {
  const { oauth2, calm } = apis(place);
  const { clients } = place.gateway.hydra.state;
  const options = { signal: place.gateway.signal };
  const id = "shop";
  let created = false;
  let secret: string | undefined;
  // Whether the update is between its first read and its PATCH, and what became of the other writer's name.
  let updating = false;
  let collides = false;
  let name = "";
  let survived: unknown;
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
      survived = clients.get(id)!.client.client_name;
      await oauth2.deleteOAuth2Client({ id }, options);
    },
    async intrude({ method }) {
      if (!clients.has(id)) return;
      collides = updating && method !== "PATCH";
      if (method !== "DELETE") name = "theirs";
      const owner = { op: "replace", path: "/owner", value: "them" } as const;
      // Between the second read and the PATCH is the window that remains: there, only another field survives.
      const jsonPatch = [
        { op: "replace", path: "/client_name", value: "theirs" } as const,
        ...(method === "PATCH" ? [] : [owner]),
      ];
      await calm.oauth2.patchOAuth2Client({ id, jsonPatch });
    },
    async settle(error, intruded) {
      if (intruded) {
        expect(error?.name).toBe(collides ? "UpdateConflictError" : undefined);
        if (collides) expect(clients.get(id)!.client).toMatchObject({ owner: "them", client_name: "theirs" });
        else expect(survived).toBe(name);
      }
      expect(clients.size).toBeLessThanOrEqual(1);
      if (!clients.has(id)) return;
      // The last secret that the caller has still opens the door, whatever became of a rotation.
      if (created) expect(clients.get(id)!.secrets).toContain(secret);
      // Doing it again ends where it should have.
      await updateOAuth2Client(calm.oauth2, { id }, (client) => {
        client.owner = "b";
      });
      expect(clients.get(id)!.client.owner).toBe("b");
      await calm.oauth2.deleteOAuth2Client({ id });
    },
  };
}

/** Register, read, update, replace, delete. */
export function registrationLife(place: Place): Life {
  const { oidc, calm } = apis(place);
  const { clients } = place.gateway.hydra.state;
  const store = new Map<string, RegistrationCredentials>();
  const options = { signal: place.gateway.signal };
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
    async intrude() {
      const [id] = store.keys();
      if (id) await (await DynamicClient.open(calm.oidc, { id, store })).update({ client_name: "Theirs" });
    },
    async settle(error, intruded) {
      if (!client) {
        if (error.name !== "RegistrationStateUnknownError") expect(clients.size).toBe(0);
        expect(store.size).toBe(0);
        return;
      }
      const { id } = client;
      const living = clients.get(id)?.registrationAccessToken;
      const stored = store.get(id);
      if (deleted) {
        expect([living, stored]).toEqual([undefined, undefined]);
      } else if (error?.name === "RegistrationStateUnknownError") {
        expect(stored?.registrationAccessToken).toBe(client.registrationAccessToken);
        expect(await client.recover()).toBe(living === client.registrationAccessToken ? "unchanged" : "lost");
      } else {
        expect(stored).toEqual({ registrationAccessToken: living, clientSecret: client.clientSecret });
        expect(clients.get(id)!.secrets).toContain(client.clientSecret);
        const stale = error?.name === "StaleRegistrationTokenError";
        expect(stale).toBe(intruded);
        expect(client.registrationAccessToken === living).toBe(!stale);
        if (stale) expect(clients.get(id)!.client.client_name).toBe("Theirs");
        await (await DynamicClient.open(calm.oidc, { id, store })).delete();
        expect(store.size).toBe(0);
      }
    },
  };
}

/** A store whose n-th operation fails, and which works from then on. */
export interface FaultyStore extends RegistrationStore {
  readonly kept: Map<string, RegistrationCredentials>;
  readonly operations: number;
}

export const STORE_FAULTS = ["false", "a failure before it is done", "a failure after it is done", "silence"] as const;

/** Milliseconds for which a store is silent before it fails: longer than a call may take. */
const SILENCE = 90_000;

/** @param pass lets time pass */
export function faultyStore(
  fault: (typeof STORE_FAULTS)[number] | undefined,
  step: number,
  pass: (milliseconds: number) => Promise<void>,
): FaultyStore {
  const kept = new Map<string, RegistrationCredentials>();
  let operations = 0;
  const operate = async <T>(work: () => T, ...given: unknown[]): Promise<T | false> => {
    operations += 1;
    if (!fault || operations !== step) return work();
    if (fault === "false") return false;
    if (fault === "silence") await pass(SILENCE);
    if (fault === "a failure after it is done") work();
    throw new Error(`down, when asked for ${JSON.stringify(given)}`);
  };
  return {
    kept,
    get operations() {
      return operations;
    },
    get: (id) => operate(() => kept.get(id), id),
    set: (id, credentials) => operate(() => kept.set(id, credentials), id, credentials),
    delete: (id) => operate(() => kept.delete(id), id),
  };
}

/** Register, update, replace, open anew, update, delete, while the store fails once. */
export function storeLife(place: Place, store: FaultyStore, opensAnew: boolean): Life {
  const { oidc, calm } = apis({ ...place, timeout: 10 * place.timeout });
  const { clients } = place.gateway.hydra.state;
  // The store's silence is what takes this long.
  const options = { timeout: place.timeout };
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
    async intrude() {},
    async settle(error) {
      const [[id, server] = []] = clients;
      if (!id || !server) {
        // It was deleted, or the error says so.
        if (deleted) expect(error).toBeUndefined();
        else expect(error.message).toContain("is deleted, but not in the store");
        return;
      }
      // To open with a store that says that it has nothing is a mistake, and nothing is lost by it.
      expect(error).toMatchObject(
        error.field ? { field: "registrationAccessToken" } : { name: "RegistrationStoreError" },
      );
      const living = server.registrationAccessToken!;
      const held = error.registrationAccessToken ?? client!.registrationAccessToken;
      expect(held).toBe(living);
      expect(server.secrets).toContain(error.clientSecret ?? client!.clientSecret);
      const credentials = { id, registrationAccessToken: living, clientSecret: error.clientSecret };
      const again = opensAnew || !client ? await DynamicClient.open(calm.oidc, { ...credentials, store }) : client;
      await again.get();
      expect(store.kept.get(id)?.registrationAccessToken).toBe(living);
      expect(server.secrets).toContain(store.kept.get(id)?.clientSecret);
      await again.update({ client_name: "Five" });
      expect(store.kept.get(id)?.registrationAccessToken).toBe(clients.get(id)!.registrationAccessToken);
      await again.delete();
      expect([clients.size, store.kept.size]).toEqual([0, 0]);
    },
  };
}

/** Get a token by a secret, ask what it is, drop it, get another, revoke that; get one by an assertion. */
export function tokenLife(place: Place): Life {
  const { oauth2, calm } = apis(place);
  const { hydra, origin } = place.gateway;
  const clientSecret = "a-secret-of-the-client";
  place.gateway.secrets.add(clientSecret);
  let { fetch } = place;
  let signal: AbortSignal | undefined = place.gateway.signal;
  const common = { basePath: origin, timeout: place.timeout };
  const send: Fetch = (url, init) => fetch(url, init);
  const bySecret = tokenSource(() =>
    clientCredentials({ ...common, clientId: "a", auth: clientSecretPost(clientSecret), fetch: send, signal }),
  );
  const byKey = tokenSource(async () =>
    clientCredentials({ ...common, clientId: "b", auth: privateKeyJwt(await key), fetch: send, signal }),
  );
  const isActive = async (token: string) => (await calm.oauth2.introspectOAuth2Token({ token })).data.active;
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
      const first = await bySecret();
      expect(await bySecret()).toBe(first);
      await oauth2.introspectOAuth2Token({ token: first }, { signal });
      await bySecret.invalidate(first);
      const second = await bySecret();
      expect(second).not.toBe(first);
      await oauth2.revokeOAuth2Token({ token: second, clientId: "a", clientSecret }, { signal });
      await byKey();
    },
    async intrude() {
      await calm.oauth2.deleteOAuth2Token({ clientId: "a" });
    },
    async settle(error, intruded) {
      if (intruded) expect(error).toBeUndefined();
      fetch = calm.fetch;
      signal = undefined;
      // No failure was kept, and what was kept is good, unless it was revoked behind its back.
      if (!error || intruded) await bySecret.invalidate();
      const token = await bySecret();
      if (!(await isActive(token))) {
        expect(error).toBeDefined();
        await bySecret.invalidate(token);
      }
      expect(await isActive(await bySecret())).toBe(true);
      expect(await isActive(await byKey())).toBe(true);
    },
  };
}

/** Read three pages of clients, one by one or ahead of the reader. */
export function pagingLife(place: Place, prefetch = false): Life {
  const { oauth2, calm } = apis(place);
  const { hydra } = place.gateway;
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
      for await (const { client_id } of list(oauth2, place.gateway.signal)) read.push(client_id!);
    },
    async intrude() {
      await calm.oauth2.deleteOAuth2Client({ id: ids[0]! });
      await calm.oauth2.createOAuth2Client({ oAuth2Client: { client_id: "client-9", owner: "shop" } });
    },
    async settle(error, intruded) {
      const now = intruded ? [...ids.slice(1), "client-9"] : ids;
      // Each client once, in order, none left out; the one that was deleted only where it was read before.
      const all = read[0] === now[0] ? now : [...new Set([...ids, ...now])];
      expect(read).toEqual(error ? all.slice(0, read.length) : all);
      const again: string[] = [];
      for await (const { client_id } of list(calm.oauth2)) again.push(client_id!);
      expect(again).toEqual(now);
    },
  };
}
