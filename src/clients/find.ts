import type { OAuth2Api } from "../api/oauth2.ts";
import { isMissing } from "../core/errors.ts";
import type { CallOptions } from "../core/transport.ts";
import { assertInput, requireValue } from "../core/validate.ts";
import type { OAuth2ApiDeleteOAuth2ClientRequest, OAuth2Client } from "../types.ts";
import { paginate } from "./paginate.ts";

/** Which client {@link findOAuth2Client} looks for: by its ID, or by its name and, if several teams use the name, its owner. */
export type OAuth2ClientQuery = { id: string } | { clientName: string; owner?: string | undefined };

/**
 * Returns a client, or `undefined` if it does not exist. Names are compared exactly.
 *
 * Names are not unique: another process may create a second client with the same name between this call and your own
 * creation. If you can choose the ID, use {@link upsertOAuth2Client}, which has no such gap.
 *
 * @param oAuth2Api sends the calls: one for an ID, one for each page of clients for a name
 * @param options of each call
 *
 * @throws {@link InvalidInputError} several clients have the name; the message lists their IDs
 * @throws {@link ResponseError} as `getOAuth2Client` and `listOAuth2Clients`, except for the 404 of a client that does not
 * exist. The 404 of a path that does not exist, as on the public listener, is thrown
 *
 * @example
 * ```ts
 * const client = await findOAuth2Client(api, { clientName: "Web shop", owner: "shop" });
 * ```
 */
export async function findOAuth2Client(
  oAuth2Api: Pick<OAuth2Api, "getOAuth2Client" | "listOAuth2Clients">,
  query: OAuth2ClientQuery,
  options: CallOptions = {},
): Promise<OAuth2Client | undefined> {
  const { id, clientName, owner } = Object(query) as { id?: string; clientName?: string; owner?: string };
  if (id != null) {
    const other = clientName != null ? "clientName" : "owner";
    assertInput(clientName == null && owner == null, other, "cannot be combined with id");
    return unlessMissing(async () => (await oAuth2Api.getOAuth2Client({ id }, options)).data);
  }
  requireValue(clientName, "clientName");
  const list = paginate((page) => oAuth2Api.listOAuth2Clients(page, options), {
    clientName: clientName!,
    pageSize: 500,
    ...(owner != null && { owner }),
  });
  const found: OAuth2Client[] = [];
  for await (const client of list) {
    if (client.client_name === clientName && (owner == null || client.owner === owner)) found.push(client);
  }
  const ids = found.map(({ client_id }) => client_id);
  assertInput(found.length < 2, "clientName", `is the name of ${ids.length} clients (${ids.join(", ")}): pass an id`);
  return found[0];
}

/**
 * Deletes a client. Resolves to `true`, or to `false` if it does not exist.
 *
 * If the response is lost (a `NetworkError` or `TimeoutError`), call it again: `false` then means that it is deleted, too.
 *
 * @param oAuth2Api sends the call
 * @param parameters the `id` of the client
 * @param options of the call
 *
 * @throws {@link ResponseError} as `deleteOAuth2Client`, except for the 404 of a client that does not exist
 *
 * @example
 * ```ts
 * const deleted = await deleteOAuth2ClientIfPresent(api, { id: "shop-web" });
 * ```
 */
export async function deleteOAuth2ClientIfPresent(
  oAuth2Api: Pick<OAuth2Api, "deleteOAuth2Client">,
  parameters: OAuth2ApiDeleteOAuth2ClientRequest,
  options: CallOptions = {},
): Promise<boolean> {
  const deletion = async () => {
    await oAuth2Api.deleteOAuth2Client(parameters, options);
    return true;
  };
  return (await unlessMissing(deletion)) ?? false;
}

async function unlessMissing<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
