import { RESET_VALUES, SERVER_OWNED } from "../clients/client-fields.ts";
import { isEqual, isObject } from "../clients/json.ts";
import { paginate } from "../clients/paginate.ts";
import { assertOptions } from "../core/validate.ts";
import type { OAuth2Client } from "../types.ts";
import { setOf, withoutMark } from "./mark.ts";
import type { PlanApi } from "./plan.ts";
import { secretVariable, usesSecret } from "./secret.ts";
import { escapeVariables } from "./variables.ts";

/** The options of {@link exportClients}. */
export interface ExportOptions {
  /** Only the clients of this set. @default all clients */
  set?: string | undefined;
  /** Only the clients of this owner. @default all clients */
  owner?: string | undefined;
  /** Aborts the reading. */
  signal?: AbortSignal | undefined;
}

/**
 * Reads clients in the form in which they are wanted: without what the server owns, without defaults and without the mark of
 * a set. The secret of a client, which the server does not return, becomes the name of a variable: `${WEB_SHOP_SECRET}`.
 * Sends one GET for each page, and has one page in memory.
 *
 * @throws {@link ResponseError} as `listOAuth2Clients`
 *
 * @example
 * ```ts
 * for await (const client of exportClients(api)) console.log(JSON.stringify(client));
 * ```
 */
export async function* exportClients(
  oAuth2Api: PlanApi,
  options: ExportOptions = {},
): AsyncGenerator<OAuth2Client, void, undefined> {
  assertOptions(options, ["set", "owner", "signal"], "exportClients", "is it misspelled?");
  const { set, owner, signal } = options;
  const parameters = { pageSize: 500, ...(owner !== undefined && { owner }) };
  for await (const client of paginate(oAuth2Api.listOAuth2Clients.bind(oAuth2Api), parameters, { signal })) {
    if (set === undefined || setOf(client) === set) yield exported(client);
  }
}

/** A client as it is wanted. */
function exported(client: OAuth2Client): OAuth2Client {
  const { client_id } = client;
  const wanted: [string, unknown][] = [["client_id", client_id]];
  for (const [name, value] of Object.entries(isObject(client.metadata) ? withoutMark(client) : client)) {
    const isServers = (SERVER_OWNED as readonly string[]).includes(name) || name === "client_secret";
    // Hydra returns null for `skip_logout_consent` until it is set, even to its default.
    const reset = name === "skip_logout_consent" ? null : RESET_VALUES[name as keyof typeof RESET_VALUES];
    const isDefault = value === null || value === undefined || isEqual(value, reset) || isEqual(value, {});
    if (!isServers && !isDefault) wanted.push([name, value]);
  }
  const client_secret = `\${${secretVariable(client_id!)}}`;
  return { ...escapeVariables(Object.fromEntries(wanted)), ...(usesSecret(client) && { client_secret }) };
}
