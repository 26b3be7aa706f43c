// Typical calls, which usage.test.ts compiles with the strictest flags; nothing here runs.
import {
  type ClientAuth,
  clientCredentials,
  DynamicClient,
  diffOAuth2Client,
  type Fetch,
  type JsonPatch,
  type OAuth2Api,
  type OAuth2Client,
  type OAuth2ClientJsonPatch,
  type OidcApi,
  paginate,
  type RegistrationStore,
  updateOAuth2Client,
  withRetry,
} from "../../src/index.ts";

declare const api: OAuth2Api;
declare const oidc: OidcApi;
declare const auth: ClientAuth;
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

/** What an editor proposes is not all that is accepted. */
export async function unproposed(text: string, texts: readonly string[]): Promise<void> {
  const patch: JsonPatch[] = [{ op: "add", path: "/redirect_uris/-", value: "https://a.example/" }];
  await api.patchOAuth2Client({ id, jsonPatch: patch });
  await api.patchOAuth2Client({ id, jsonPatch: [{ op: "remove", path: text }] });
  await api.patchOAuth2Client({ id, jsonPatch: [{ op: "add", path: "owner", value: text }] });
  const known: OAuth2ClientJsonPatch = { op: "add", path: "/owner", value: text };
  patch.push(known);
  const client: OAuth2Client = {
    scope: text,
    grant_types: [...texts],
    response_types: ["none"],
    token_endpoint_auth_method: text,
    implicit_grant_id_token_lifespan: `${text}h`,
    refresh_token_grant_id_token_lifespan: null,
  };
  client.scope = client.grant_types?.join(" ") ?? "orders.read";
  await clientCredentials({ basePath: "", clientId: id, auth, scope: texts });
  await clientCredentials({ basePath: "", clientId: id, auth, scope: ["orders.read", text] });
  // @ts-expect-error a pointer is a string
  await api.patchOAuth2Client({ id, jsonPatch: [{ op: "add", path: ["owner"] }] });
  // @ts-expect-error a scope is a string
  await clientCredentials({ basePath: "", clientId: id, auth, scope: [1] });
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

/** A `RequestInit` has all options of a call. */
export async function requestInit(init: RequestInit, claims: { data: unknown }): Promise<unknown[]> {
  await api.getOAuth2Client({ id }, init);
  await api.getOAuth2Client({ id }, { headers: init.headers, signal: init.signal, timeout: 1000 });
  await updateOAuth2Client(api, { id }, (client) => client, init);
  await api.oAuth2Authorize({ params: { client_id: "a" }, ...init });
  claims = await oidc.getOidcUserInfo(init);
  const { data: jwt } = await oidc.getOidcUserInfo<string>(init);
  const { data } = await oidc.getOidcUserInfo<{ roles: string[] }>();
  const sub: string | undefined = (await oidc.getOidcUserInfo()).data.sub;
  return [jwt.split("."), data.roles.length, sub, claims];
}

/** A client that is read has no null lists. */
export async function uris(): Promise<(string[] | undefined)[]> {
  const { data: client } = await api.getOAuth2Client({ id });
  const { data: clients } = await api.listOAuth2Clients();
  let registered: OAuth2Client = (await oidc.getOidcDynamicClient({ id })).data;
  registered = (await oidc.setOidcDynamicClient({ id, oAuth2Client: registered })).data;
  // @ts-expect-error a write that omits a list returns null
  const written: string[] | undefined = registered.redirect_uris;
  return [client.redirect_uris, written, ...clients.map(({ contacts }) => contacts)];
}

export function retries(): Fetch[] {
  const retrying = withRetry(globalThis.fetch, { maxAttempts: 2, onAttempt: async () => {} });
  void retrying("https://a.example/");
  void retrying(new URL("https://a.example/"), { method: "POST", body: "a=b" });
  return [retrying, withRetry(), withRetry((url, init) => retrying(url, init))];
}
