import { paginate } from "../clients/paginate.ts";
import { assertInput } from "../core/validate.ts";
import type { OAuth2Client } from "../types.ts";
import { setOf } from "./mark.ts";
import type { PlanApi } from "./plan.ts";

/** The options of {@link staleClients}. */
export interface StaleOptions {
  /** The least age of a client since its creation, in milliseconds. */
  olderThan: number;
  /** Which of them. @default all */
  where?: ((client: OAuth2Client) => boolean) | undefined;
  /** The present time, in milliseconds since the epoch. @default Date.now() */
  now?: number | undefined;
  /** Aborts the reading. */
  signal?: AbortSignal | undefined;
}

/**
 * Finds clients that pile up, such as those that register themselves. Only the age counts: Hydra does not record when a client
 * was last used. Clients of a set are never found.
 *
 * @throws {@link InvalidInputError} `olderThan` is not a number of milliseconds
 * @throws {@link ResponseError} as `listOAuth2Clients`
 *
 * @example
 * ```ts
 * const month = 30 * 24 * 60 * 60 * 1000;
 * for await (const client of staleClients(api, { olderThan: month, where: mayBeDynamic })) console.log(client.client_id);
 * ```
 */
export async function* staleClients(
  oAuth2Api: PlanApi,
  { olderThan, where = () => true, now = Date.now(), signal }: StaleOptions,
): AsyncGenerator<OAuth2Client, void, undefined> {
  assertInput(typeof olderThan === "number" && olderThan >= 0, "olderThan", "must be a number of milliseconds");
  for await (const client of paginate(oAuth2Api.listOAuth2Clients.bind(oAuth2Api), { pageSize: 500 }, { signal })) {
    const age = now - Date.parse(client.created_at ?? "");
    if (age >= olderThan && setOf(client) === undefined && where(client)) yield client;
  }
}

/**
 * Whether a client may have registered itself: it has nothing that only an administrator can set, which is `metadata`,
 * `access_token_strategy`, `skip_consent` and `skip_logout_consent`. Hydra does not record how a client was made, so an
 * administrator's client without these fields is one, too.
 */
export const mayBeDynamic = (client: OAuth2Client): boolean =>
  Object.keys(client.metadata ?? {}).length === 0 &&
  !client.access_token_strategy &&
  !client.skip_consent &&
  !client.skip_logout_consent;
