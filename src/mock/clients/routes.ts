import type { OAuth2Client } from "../../types.ts";
import type { Context, Exchange, Routes } from "../context.ts";
import { objectBody, parseJson } from "../http/body.ts";
import { pageOf } from "../http/paging.ts";
import { badRequest, conflict, json, noContent, notFound, refusal, unauthorized } from "../http/reply.ts";
import { forgetClient } from "../state/flow-state.ts";
import type { StoredClient } from "../state/state.ts";
import { bearerToken } from "../tokens/issue.ts";
import { applyPatch } from "./json-patch.ts";
import {
  type ClientMetadata,
  checkClient,
  checkSelfRegistration,
  decodeClient,
  decodeLifespans,
  NULLABLE_LISTS,
} from "./metadata.ts";

const SECRET_ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890-_.~";

/** The current secret and five that were rotated away. */
const MAX_SECRETS = 6;

/** What stands for the current secret where a PATCH could read or change it. */
const SECRET_HASH = "$secret$";

export function clientRoutes(routes: Routes, context: Context): void {
  adminRoutes(routes.admin, context);
  registrationRoutes(routes.public, context);
}

/**
 * Stores a new client with a secret and a registration access token.
 * @returns the one answer that shows them
 */
export function storeClient(context: Context, metadata: ClientMetadata): OAuth2Client & { client_id: string } {
  const {
    client_id: chosen,
    client_secret,
    registration_access_token: _,
    registration_client_uri: __,
    ...rest
  } = metadata;
  const secret = client_secret ?? context.random.pick(SECRET_ALPHABET, 26);
  const client_id = chosen || context.random.uuid();
  const { clients } = context.state;
  if (clients.has(client_id)) throw conflict();
  const now = timestamp(context);
  const client = { ...rest, client_id, created_at: now, updated_at: now };
  const registrationAccessToken = context.random.opaque("at");
  clients.set(client_id, { client: settled(client), secrets: [secret], registrationAccessToken });
  return {
    ...client,
    ...(client.token_endpoint_auth_method !== "none" && { client_secret: secret }),
    registration_access_token: registrationAccessToken,
    // An id that the server chose is not in there yet.
    registration_client_uri: `${context.publicUrl}/oauth2/register${chosen && `/${doublyEscaped(chosen)}`}`,
  };
}

function adminRoutes(admin: Routes["admin"], context: Context): void {
  const known = (id = ""): StoredClient => {
    const found = context.state.clients.get(id);
    if (!found) throw notFound();
    return found;
  };
  const stored = (c: Exchange): StoredClient => known(c.req.param("id"));

  admin.get("/admin/clients", (c) => {
    const { client_name: name, owner } = c.req.query();
    const { shown, link } = pageOf(
      c,
      context.state.clients,
      ({ client }) => client.client_id,
      ({ client }) => (!name || client.client_name === name) && (!owner || client.owner === owner),
    );
    return json(
      shown.map(({ client }) => client),
      200,
      { link },
    );
  });

  admin.post("/admin/clients", async (c) => {
    const metadata = decoded(c);
    await checkClient(context, metadata);
    const client = storeClient(context, metadata);
    return json(client, 201, { location: `/admin/clients/${doublyEscaped(client.client_id)}` });
  });

  admin.get("/admin/clients/:id", (c) => json(stored(c).client));

  /** What a client keeps when an administrator replaces it: its newest secrets. Its registration access token dies. */
  const keep = (id: string, count: number) => (): Pick<StoredClient, "secrets" | "registrationAccessToken"> => ({
    secrets: known(id).secrets.slice(0, count),
    registrationAccessToken: undefined,
  });

  admin.put("/admin/clients/:id", async (c) => {
    const metadata = { ...decoded(c), client_id: c.req.param("id") };
    return json(await replaceClient(context, metadata, keep(metadata.client_id, MAX_SECRETS)));
  });

  admin.patch("/admin/clients/:id", async (c) => {
    const { client } = stored(c);
    const { client_secret: secret, ...rest } = patched({ ...client, client_secret: SECRET_HASH }, c.env.body);
    const isKept = secret === SECRET_HASH;
    const metadata = { ...rest, ...(!isKept && secret && { client_secret: secret }) };
    return json(settled(await replaceClient(context, metadata, keep(rest.client_id, isKept ? MAX_SECRETS : 1))));
  });

  admin.delete("/admin/clients/:id", (c) => {
    deleteClient(context, stored(c).client.client_id);
    return noContent();
  });

  admin.put("/admin/clients/:id/lifespans", (c) => {
    const found = stored(c);
    const lifespans = decodedBy(c, decodeLifespans);
    found.client = { ...found.client, ...lifespans, updated_at: timestamp(context) };
    return json(found.client);
  });

  /** The client, where it has a secret to rotate. */
  const withSecret = (c: Exchange): StoredClient => {
    const found = stored(c);
    const method = found.client.token_endpoint_auth_method!;
    if (["client_secret_basic", "client_secret_post"].includes(method)) return found;
    throw badRequest(`A client that authenticates by "${method}" has no secret to rotate.`);
  };

  admin.post("/admin/clients/:id/secrets/rotate", (c) => {
    const found = withSecret(c);
    const secret = context.random.pick(SECRET_ALPHABET, 26);
    found.secrets = [secret, ...found.secrets].slice(0, MAX_SECRETS);
    found.client = { ...found.client, updated_at: timestamp(context) };
    return json({ ...found.client, client_secret: secret });
  });

  admin.delete("/admin/clients/:id/secrets/rotate", (c) => {
    const found = withSecret(c);
    found.secrets = found.secrets.slice(0, 1);
    found.client = { ...found.client, updated_at: timestamp(context) };
    return json(found.client);
  });
}

function registrationRoutes(router: Routes["public"], context: Context): void {
  router.use("/oauth2/register/*", async (_, next) => {
    if (context.dynamicRegistration) return next();
    throw refusal(404, "The requested resource could not be found", "Dynamic registration is not enabled.");
  });

  /** The client that the registration access token was issued for. */
  const own = (c: Exchange): StoredClient => {
    const found = context.state.clients.get(c.req.param("id") ?? "");
    const token = bearerToken(c.req.header("authorization"), new URL(c.req.url).searchParams);
    if (found?.registrationAccessToken && found.registrationAccessToken === token) return found;
    throw unauthorized("The client does not exist or the registration access token is not its own.");
  };

  router.post("/oauth2/register", async (c) => {
    const metadata = { ...decoded(c), client_id: context.random.uuid() };
    if (metadata.client_secret) throw badRequest("The client secret cannot be chosen.");
    checkSelfRegistration(objectBody(c), metadata);
    await checkClient(context, metadata);
    const client = storeClient(context, metadata);
    return json(client, 201, { location: `admin/clients/${doublyEscaped(client.client_id)}` });
  });

  router.get("/oauth2/register/:id", (c) => {
    const { metadata: _, ...client } = own(c).client;
    return json(client);
  });

  router.put("/oauth2/register/:id", async (c) => {
    const { client_id } = own(c).client;
    const metadata = { ...decoded(c), client_id, registration_access_token: context.random.opaque("at") };
    if (metadata.client_secret) {
      throw refusal(403, "The requested action was forbidden", "The client secret cannot be chosen.");
    }
    checkSelfRegistration(objectBody(c), metadata);
    // The token is used up by the first of two requests with it.
    const keep = (): StoredClient => ({ ...own(c), registrationAccessToken: metadata.registration_access_token });
    return json(await replaceClient(context, metadata, keep));
  });

  router.delete("/oauth2/register/:id", (c) => {
    deleteClient(context, own(c).client.client_id);
    return noContent();
  });
}

/**
 * Puts `metadata` in the place of a client. The secret stays where none is given.
 *
 * @param keep What the client keeps of its credentials. Asked for after the checks, which may take a moment: throws
 * where the client must not be replaced, or is not there, by then.
 * @returns the answer: the client with the credentials that came in
 */
async function replaceClient(
  context: Context,
  metadata: ClientMetadata,
  keep: () => Pick<StoredClient, "secrets" | "registrationAccessToken">,
): Promise<ClientMetadata> {
  await checkClient(context, metadata);
  const { client_secret, registration_access_token, registration_client_uri, ...rest } = metadata;
  const { secrets, registrationAccessToken } = keep();
  const now = timestamp(context);
  const client = { ...rest, created_at: rest.created_at || now, updated_at: now };
  context.state.clients.set(metadata.client_id, {
    client: settled(client),
    secrets: client_secret ? [client_secret] : secrets,
    registrationAccessToken,
  });
  return {
    ...client,
    ...(client_secret && { client_secret }),
    ...(registration_access_token && { registration_access_token }),
    ...(registration_client_uri && { registration_client_uri }),
  };
}

function deleteClient(context: Context, id: string): void {
  context.state.clients.delete(id);
  forgetClient(context.state, id);
}

/** The client with a JSON Patch applied. Everything that goes wrong is a `500`. */
function patched(client: ClientMetadata, body: string): ClientMetadata {
  try {
    const document: Record<string, unknown> = structuredClone({ ...client });
    applyPatch(document, parseJson(body));
    return decodeClient(document);
  } catch (error) {
    throw refusal(500, "error", `Unable to apply the JSON Patch: ${(error as Error).message}`);
  }
}

/** A client as the server shows it from now on. */
function settled(client: ClientMetadata): ClientMetadata {
  const lists = NULLABLE_LISTS.map((name) => [name, client[name] ?? []]);
  return { ...client, ...Object.fromEntries(lists) };
}

function decoded(c: Exchange): ClientMetadata {
  return decodedBy(c, decodeClient);
}

function decodedBy<T>(c: Exchange, decode: (body: Record<string, unknown>) => T): T {
  const body = objectBody(c);
  try {
    return decode(body);
  } catch (error) {
    throw badRequest(`Unable to decode the request body: ${(error as Error).message}.`);
  }
}

function timestamp(context: Context): string {
  return new Date(context.now()).toISOString().replace(/\.\d+Z$/, "Z");
}

/** The server escapes an id once for the path and once more for the URL. */
function doublyEscaped(id: string): string {
  return encodeURIComponent(encodeURIComponent(id));
}
