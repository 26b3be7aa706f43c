import type { Context, Exchange, Routes } from "../context.ts";
import { decodeBody } from "../http/body.ts";
import { anything, object } from "../http/decode.ts";
import { parseJson } from "../http/json.ts";
import { pageOf } from "../http/paging.ts";
import { badRequest, json, noContent, notFound, refusal } from "../http/reply.ts";
import type { StoredClient } from "../state/state.ts";
import { type ClientMetadata, decodeClient, decodeLifespans } from "./decode-metadata.ts";
import { applyPatch } from "./json-patch.ts";
import {
  type Credentials,
  createClient,
  deleteClient,
  escapedTwice,
  newSecret,
  replaceClient,
  updateClient,
} from "./store.ts";
import { validateClient } from "./validation.ts";

/** The current secret and five rotated ones. */
const MAX_SECRETS = 6;

/** Stands for the current secret while a JSON Patch is applied, which must neither read nor keep it by accident. */
const SECRET_PLACEHOLDER = "$secret$";

/** The admin API of clients. */
export function clientRoutes({ admin }: Routes, context: Context): void {
  const clientOf = (id = ""): StoredClient => {
    const stored = context.state.clients.get(id);
    if (!stored) throw notFound();
    return stored;
  };
  const clientOfPath = (c: Exchange): StoredClient => clientOf(c.req.param("id"));

  admin.get("/admin/clients", (c) => {
    const { client_name: name, owner } = c.req.query();
    const { items, link } = pageOf(
      context,
      c,
      context.state.clients,
      ({ client }) => client.client_id,
      ({ client }) => (!name || client.client_name === name) && (!owner || client.owner === owner),
    );
    const clients = items.map(({ client }) => client);
    return json(clients, 200, { link });
  });

  admin.post("/admin/clients", async (c) => {
    const metadata = decodeBody(c, decodeClient(context));
    const client = createClient(context, await validateClient(context, metadata));
    return json(client, 201, { location: `/admin/clients/${escapedTwice(client.client_id)}` });
  });

  admin.get("/admin/clients/:id", (c) => json(clientOfPath(c).client));

  /** A replaced client keeps its newest secrets and loses its registration access token. */
  const keepSecrets = (id: string, count: number) => (): Credentials => ({
    secrets: clientOf(id).secrets.slice(0, count),
    registrationAccessToken: undefined,
  });

  admin.put("/admin/clients/:id", async (c) => {
    const metadata = { ...decodeBody(c, decodeClient(context)), client_id: c.req.param("id") };
    const hasJwks = decodeBody(c, decodeJwks).jwks !== undefined;
    if (!context.has("jwksUriUpdates") && metadata.jwks_uri && hasJwks) throw jwksBesideUri();
    return json(await replaceClient(context, metadata, keepSecrets(metadata.client_id, MAX_SECRETS)));
  });

  admin.patch("/admin/clients/:id", async (c) => {
    const { client } = clientOfPath(c);
    const { client_secret: secret, ...rest } = patchClient(
      context,
      { ...client, client_secret: SECRET_PLACEHOLDER },
      c.env.body,
    );
    if (!context.has("jwksUriUpdates") && rest.jwks_uri) throw jwksBesideUri();
    const isUnchanged = secret === SECRET_PLACEHOLDER;
    const metadata = { ...rest, ...(!isUnchanged && secret && { client_secret: secret }) };
    const kept = (): Credentials => ({
      ...keepSecrets(rest.client_id, isUnchanged ? MAX_SECRETS : 1)(),
      ...(!context.has("patchEndsRegistrationToken") && {
        registrationAccessToken: clientOf(rest.client_id).registrationAccessToken,
      }),
    });
    return json(await replaceClient(context, metadata, kept));
  });

  admin.delete("/admin/clients/:id", (c) => {
    deleteClient(context, clientOfPath(c).client.client_id);
    return noContent();
  });

  admin.put("/admin/clients/:id/lifespans", (c) => {
    const stored = clientOfPath(c);
    if (!context.has("jwksUriUpdates") && stored.client.jwks_uri) throw jwksBesideUri();
    updateClient(context, stored, decodeBody(c, decodeLifespans(context)));
    return json(stored.client);
  });

  if (!context.has("secretRotation")) return;

  const clientWithSecret = (c: Exchange): StoredClient => {
    const stored = clientOfPath(c);
    const method = stored.client.token_endpoint_auth_method!;
    if (["client_secret_basic", "client_secret_post"].includes(method)) return stored;
    throw badRequest(`A client that authenticates with "${method}" has no secret to rotate.`);
  };

  admin.post("/admin/clients/:id/secrets/rotate", (c) => {
    const stored = clientWithSecret(c);
    const secret = newSecret(context);
    stored.secrets = [secret, ...stored.secrets].slice(0, MAX_SECRETS);
    updateClient(context, stored, {});
    return json({ ...stored.client, client_secret: secret });
  });

  admin.delete("/admin/clients/:id/secrets/rotate", (c) => {
    const stored = clientWithSecret(c);
    stored.secrets = stored.secrets.slice(0, 1);
    updateClient(context, stored, {});
    return json(stored.client);
  });
}

/** Tells an empty `jwks` from one that is missing. */
const decodeJwks = object({ jwks: anything });

/** Older servers take the empty `jwks` of a client for one that is set. */
function jwksBesideUri(): Error {
  return refusal(400, "invalid_client_metadata", "jwks and jwks_uri cannot both be set.");
}

/** The client with a JSON Patch applied. The server answers everything that goes wrong with a `500`. */
function patchClient(context: Context, client: ClientMetadata, patch: string): ClientMetadata {
  try {
    const patched = applyPatch(JSON.parse(JSON.stringify(client)), parseJson(patch));
    // What a patch removes comes back where the server decodes the patched client over the old one.
    const document = context.has("patchRemovesMembers") ? patched : { ...client, ...(patched as ClientMetadata) };
    return decodeClient(context)(document, "the client");
  } catch (error) {
    throw refusal(500, "error", `Unable to apply the JSON Patch: ${(error as Error).message}`);
  }
}
