// Typical calls, which usage.test.ts compiles with the strictest flags; nothing here runs.
import {
  DynamicClient,
  diffOAuth2Client,
  type Fetch,
  type JsonPatch,
  type OAuth2Api,
  type OAuth2Client,
  type OidcApi,
  paginate,
  type RegistrationStore,
  updateOAuth2Client,
  withRetry,
} from "../../src/index.ts";

declare const api: OAuth2Api;
declare const oidc: OidcApi;
declare const store: RegistrationStore;
declare const unset: string | undefined;
const id = "a";

export async function updates(): Promise<JsonPatch[]> {
  const pushed = (client: OAuth2Client) => client.redirect_uris?.push("https://a.example/");
  await updateOAuth2Client(api, { id }, pushed);
  await updateOAuth2Client(api, { id }, (client) => client.redirect_uris?.push("https://a.example/"));
  await updateOAuth2Client(api, { id }, (client) => (client.metadata = { team: "a" }));
  await updateOAuth2Client(api, { id }, (client) => (client.owner = "b"));
  await updateOAuth2Client(api, { id }, (client) => delete client.owner);
  await updateOAuth2Client(api, { id }, async (client) => ({ ...client, owner: "b" }));
  const patch: readonly JsonPatch[] = [{ op: "move", from: "/metadata/a", path: "/metadata/b" }];
  await updateOAuth2Client(api, { id }, patch);
  await updateOAuth2Client(api, { id }, [{ op: "test", path: "/owner", value: "a" }] as const);
  return diffOAuth2Client({}, {});
}

export async function registrations(): Promise<void> {
  const client = await DynamicClient.register(oidc, { client_name: "a" }, { store, onRotate: async () => {} });
  await client.update({ client_name: undefined, owner: "me" });
  await client.update((metadata) => metadata.redirect_uris?.push("https://a.example/"));
  const updated: OAuth2Client = (await client.update((metadata) => ({ ...metadata }))).data;
  await client.replace(updated);
  await DynamicClient.open(oidc, { id, registrationAccessToken: "t" });
  await DynamicClient.open(oidc, { id, registrationAccessToken: "t", clientSecret: unset, store: undefined });
  await DynamicClient.open(oidc, { id, store });
  await DynamicClient.open(oidc, { id, store: new Map(), registrationAccessToken: unset });
  // @ts-expect-error requires a token or a store
  await DynamicClient.open(oidc, { id });
  // @ts-expect-error the token may be undefined
  await DynamicClient.open(oidc, { id, registrationAccessToken: unset });
  // @ts-expect-error unknown field
  await client.update({ client_nme: "a" });
}

export async function lists(): Promise<unknown[]> {
  const found: unknown[] = [];
  const clients = paginate((page) => api.listOAuth2Clients(page), { owner: unset, pageSize: 500 });
  for await (const client of clients) found.push(client.client_id);
  const sessions = paginate((page, options) => api.listOAuth2ConsentSessions(page, options), { subject: "alice" });
  for await (const session of sessions) found.push(session.consent_request);
  const issuers = paginate((page) => api.listTrustedOAuth2JwtGrantIssuers(page), undefined, { prefetch: true });
  for await (const page of issuers.pages()) found.push(page[0]?.id);
  found.push(...(await paginate(api.listOAuth2Clients, { owner: unset, pageSize: 500 }).toArray({ limit: 5 })));
  // @ts-expect-error unknown parameter
  paginate((page) => api.listOAuth2Clients(page), { ownr: "a" });
  // @ts-expect-error unknown parameter next to a known one
  paginate((page) => api.listOAuth2Clients(page), { owner: "a", pagesize: 5 });
  // @ts-expect-error subject is required
  paginate((page) => api.listOAuth2ConsentSessions(page));
  return found;
}

export function retries(): Fetch[] {
  const retrying = withRetry(globalThis.fetch, { maxAttempts: 2, onAttempt: async () => {} });
  void retrying("https://a.example/");
  void retrying(new URL("https://a.example/"), { method: "POST", body: "a=b" });
  return [retrying, withRetry(), withRetry((url, init) => retrying(url, init))];
}
