import type { OAuth2Api } from "../api/oauth2.ts";
import { withDeadline } from "../core/deadline.ts";
import { isMissing, isResponseError } from "../core/errors.ts";
import type { HydraResponse } from "../core/response.ts";
import type { CallOptions } from "../core/transport.ts";
import { asJson, assertInput, assertTimeout, requireValue } from "../core/validate.ts";
import type { OAuth2Client } from "../types.ts";
import { isUpdateConflictError, updateOAuth2Client } from "./update.ts";

/** What {@link upsertOAuth2Client} did. */
export interface UpsertedOAuth2Client {
  /** Whether the client was created, changed, or already as wanted. */
  action: "created" | "updated" | "unchanged";
  /** The client. Only the response to a creation has the secret, if the server generated it. */
  data: OAuth2Client;
  /** The last response, with its status and headers. */
  response: HydraResponse<OAuth2Client>;
}

/** How often it begins again when other writers delete, create or change the client meanwhile. */
const MAX_ATTEMPTS = 3;

/**
 * Creates a client with the ID of your choice or, if it exists, changes the fields that differ. Fields that `client` does
 * not have (or whose value is `undefined`) keep their value. To reset one, pass its empty value: `""`, `[]`, `null`.
 *
 * Processes may call it at the same time: one creates the client, the others find it. A client that is deleted meanwhile is
 * created again, and of two writers of one field, the last one wins; after three rounds it gives up with the last error.
 *
 * After a `NetworkError` or `TimeoutError` the request may have been processed: call it again. If the response to a creation
 * is lost, so is a secret that the server generated. Pass a `client_secret` of your own to exclude that. Since the server
 * never returns a secret, a given one counts as a difference and is sent with every call.
 *
 * A change invalidates the registration access token of a client that registered itself, as every change by the admin API
 * does.
 *
 * @param oAuth2Api sends the calls
 * @param client the wanted fields, with `client_id`
 * @param options of each call; `timeout` and `signal` cover all of them together
 *
 * @throws {@link RequiredError} `client_id` is missing: the server would generate another one for each call
 * @throws {@link ResponseError} 400 a field is invalid; otherwise as `createOAuth2Client`, `getOAuth2Client` and
 * `patchOAuth2Client`
 * @throws {@link UpdateConflictError} another writer changed the same field in each round
 *
 * @example
 * ```ts
 * const { action, data } = await upsertOAuth2Client(api, {
 *   client_id: "shop-web",
 *   client_name: "Web shop",
 *   redirect_uris: ["https://shop.example.com/callback"],
 * });
 * ```
 */
export async function upsertOAuth2Client(
  oAuth2Api: Pick<OAuth2Api, "createOAuth2Client" | "getOAuth2Client" | "patchOAuth2Client">,
  client: OAuth2Client & { client_id: string },
  options: CallOptions = {},
): Promise<UpsertedOAuth2Client> {
  requireValue(Object(client).client_id, "client_id");
  assertInput(!Array.isArray(client), "client", "must be a client");
  assertTimeout(options.timeout);
  // A copy, without the fields that are undefined: the caller may change the object while the calls are in progress.
  const oAuth2Client = asJson("client", client);
  return withDeadline(options.timeout, [options.signal], "upsertOAuth2Client", async (signal) => {
    const limited = { ...options, signal };
    for (let attempt = 1; ; attempt++) {
      try {
        const response = await oAuth2Api.createOAuth2Client({ oAuth2Client }, limited);
        return { action: "created", data: response.data, response };
      } catch (error) {
        if (!isResponseError(error) || error.status !== 409) throw error;
      }
      try {
        return await change(oAuth2Api, oAuth2Client, limited);
      } catch (error) {
        const isOvertaken = isMissing(error) || isUpdateConflictError(error);
        if (!isOvertaken || attempt === MAX_ATTEMPTS) throw error;
      }
    }
  });
}

/** Changes the fields of an existing client that differ. */
async function change(
  oAuth2Api: Pick<OAuth2Api, "getOAuth2Client" | "patchOAuth2Client">,
  client: OAuth2Client & { client_id: string },
  options: CallOptions,
): Promise<UpsertedOAuth2Client> {
  let action: UpsertedOAuth2Client["action"] = "unchanged";
  const api: typeof oAuth2Api = {
    getOAuth2Client: oAuth2Api.getOAuth2Client,
    patchOAuth2Client: (...request) => {
      action = "updated";
      return oAuth2Api.patchOAuth2Client(...request);
    },
  };
  const response = await updateOAuth2Client(api, { id: client.client_id }, (now) => ({ ...now, ...client }), options);
  return { action, data: response.data, response };
}
