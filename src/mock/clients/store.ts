import type { OAuth2Client } from "../../types.ts";
import type { Context } from "../context.ts";
import { conflict } from "../http/reply.ts";
import { rfc3339 } from "../http/time.ts";
import { forgetClient } from "../state/flow-state.ts";
import type { StoredClient } from "../state/state.ts";
import { type ClientMetadata, withEmptyLists } from "./decode-metadata.ts";
import { validateClient } from "./validation.ts";

const SECRET_ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890-_.~";

/** The credentials of a client that outlive a replacement of its metadata. */
export type Credentials = Pick<StoredClient, "secrets" | "registrationAccessToken">;

/**
 * Stores a new client with a secret and a registration access token.
 *
 * @returns the answer to the creation, the only one that shows both
 */
export function createClient(context: Context, metadata: ClientMetadata): OAuth2Client & { client_id: string } {
  const {
    client_id: chosenId,
    client_secret,
    registration_access_token: _,
    registration_client_uri: __,
    ...rest
  } = metadata;
  const secret = client_secret ?? newSecret(context);
  const client_id = chosenId || context.random.uuid();
  const { clients } = context.state;
  if (clients.has(client_id)) throw conflict();
  const now = rfc3339(context.now());
  const client = { ...rest, client_id, created_at: now, updated_at: now };
  const registrationAccessToken = context.random.opaque("at");
  clients.set(client_id, { client: withEmptyLists(client), secrets: [secret], registrationAccessToken });
  return {
    ...client,
    ...(client.token_endpoint_auth_method !== "none" && { client_secret: secret }),
    registration_access_token: registrationAccessToken,
    // Like the server's, the URI lacks an id that the server has chosen.
    registration_client_uri: `${context.publicUrl}/oauth2/register${chosenId && `/${escapedTwice(chosenId)}`}`,
  };
}

/**
 * Replaces the metadata of a client. Its secret stays unless the metadata has one.
 *
 * @param keptCredentials Called after the validation, which may take a moment: throws if by then the client is gone or
 * may no longer be replaced.
 * @returns the answer: the client, with the credentials of the request
 */
export async function replaceClient(
  context: Context,
  metadata: ClientMetadata,
  keptCredentials: () => Credentials,
): Promise<ClientMetadata> {
  const valid = await validateClient(context, metadata);
  const { client_secret, registration_access_token, registration_client_uri, ...rest } = valid;
  const { secrets, registrationAccessToken } = keptCredentials();
  const now = rfc3339(context.now());
  const client = { ...rest, created_at: rest.created_at || now, updated_at: now };
  // The time of the creation never changes, whatever the answer says.
  const { created_at } = context.state.clients.get(metadata.client_id)!.client;
  context.state.clients.set(metadata.client_id, {
    client: withEmptyLists({ ...client, created_at }),
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

export function deleteClient(context: Context, id: string): void {
  context.state.clients.delete(id);
  forgetClient(context.state, id);
}

/** Changes some members of a stored client. */
export function updateClient(context: Context, stored: StoredClient, changes: Partial<OAuth2Client>): void {
  stored.client = { ...stored.client, ...changes, updated_at: rfc3339(context.now()) } as StoredClient["client"];
}

export function newSecret(context: Context): string {
  return context.random.pick(SECRET_ALPHABET, 26);
}

/** The server escapes an id once for the path and once more for the URL. */
export function escapedTwice(id: string): string {
  return encodeURIComponent(encodeURIComponent(id));
}
