import type { OAuth2Api } from "../api/oauth2.ts";
import { comparable } from "../clients/client-fields.ts";
import { isEqual } from "../clients/json.ts";
import { isUpdateConflictError, UpdateConflictError, updateOAuth2Client } from "../clients/update.ts";
import { isResponseError } from "../core/errors.ts";
import { assertInput, assertOptions } from "../core/validate.ts";
import type { OAuth2Client } from "../types.ts";
import type { AppliedClient, ClientPlan, ClientSecret, PlannedClient } from "./types.ts";

/** The options of {@link applyPlan}. */
export interface ApplyOptions {
  /** How many clients are worked on at a time. @default 4 */
  concurrency?: number | undefined;
  /** Returns the secret that is given for a client, as the plan's `secret: "given"` requires. */
  secretOf?: ((clientId: string) => string | undefined | Promise<string | undefined>) | undefined;
  /**
   * Keeps a generated secret. It is awaited before the client is created or changed, so that a crash cannot lose a secret that
   * the server knows: if the request then fails, the secret is not used.
   */
  onSecret?: ((secret: ClientSecret) => unknown) | undefined;
  /** Called after each client. */
  onResult?: ((result: AppliedClient) => unknown) | undefined;
  /** Begins no further client once it is aborted; those begun are finished. */
  signal?: AbortSignal | undefined;
}

/** The calls that a plan is applied with. */
export type ApplyApi = Pick<
  OAuth2Api,
  "createOAuth2Client" | "getOAuth2Client" | "patchOAuth2Client" | "deleteOAuth2Client"
>;

/**
 * Carries out a plan, and goes on with the next client after a failure. A client that is not as it was when the plan was made
 * is left alone. After a crash or a lost response, a new plan finishes the work: nothing is made twice.
 *
 * @param oAuth2Api sends the calls: one for a new client, three for a changed one, two for a deleted one
 * @param plan of {@link planClients}, also one that was saved as JSON
 * @returns what became of each client, in the order of the plan; unchanged ones are left out
 *
 * @throws {@link InvalidInputError} the plan is not one, or it needs `secretOf` or `onSecret`; no request was sent
 *
 * @example
 * ```ts
 * const results = await applyPlan(api, plan, {
 *   onSecret: (secret) => appendFile("secrets.jsonl", `${JSON.stringify(secret)}\n`, { mode: 0o600, flush: true }),
 * });
 * for (const { clientId, outcome, error } of results) if (error) console.error(clientId, outcome, error.message);
 * ```
 */
export async function applyPlan(
  oAuth2Api: ApplyApi,
  plan: ClientPlan,
  options: ApplyOptions = {},
): Promise<AppliedClient[]> {
  const names = ["concurrency", "secretOf", "onSecret", "onResult", "signal"];
  assertOptions(options, names, "applyPlan", "is it misspelled?");
  const { concurrency = 4, onResult, signal } = options;
  assertInput(Number.isInteger(concurrency) && concurrency > 0, "concurrency", "must be a positive integer");
  assertInput(plan?.version === 1 && Array.isArray(plan.clients), "plan", "must be a plan of planClients");
  const secrets = await givenSecrets(plan, options);

  const clients = plan.clients.filter(({ action }) => action !== "unchanged");
  const results: AppliedClient[] = [];
  let next = 0;
  async function work(): Promise<void> {
    for (let index = next++; index < clients.length; index = next++) {
      const planned = clients[index]!;
      const { clientId, action } = planned;
      const outcome = signal?.aborted
        ? { outcome: "skipped" as const, error: new Error("not begun before the signal was aborted") }
        : await applyOne(oAuth2Api, planned, secrets.get(clientId), options);
      const result = { clientId, action, ...outcome };
      results[index] = result;
      await onResult?.(result);
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, clients.length) }, work));
  return results;
}

/** Returns the secrets that are given, before anything is sent: none must turn out to be missing halfway. */
async function givenSecrets(plan: ClientPlan, { secretOf, onSecret }: ApplyOptions): Promise<Map<string, string>> {
  const secrets = new Map<string, string>();
  for (const { clientId, secret, action } of plan.clients) {
    if (action === "refused" || secret === undefined) continue;
    const name = JSON.stringify(clientId);
    if (secret === "generated") {
      assertInput(onSecret, "onSecret", `is missing: the plan makes a secret for ${name}, which must be kept`);
      continue;
    }
    const given = await secretOf?.(clientId);
    assertInput(given, "secretOf", `must return the secret of ${name}, as when the plan was made`);
    secrets.set(clientId, given);
  }
  return secrets;
}

type Outcome = Pick<AppliedClient, "outcome" | "error">;

async function applyOne(
  oAuth2Api: ApplyApi,
  planned: PlannedClient,
  given: string | undefined,
  { onSecret }: ApplyOptions,
): Promise<Outcome> {
  const { clientId, action, before, after, reason } = planned;
  if (action === "refused") return { outcome: "skipped", error: new Error(reason) };
  try {
    const secret = planned.secret === "generated" ? generateSecret() : given;
    if (planned.secret === "generated") await onSecret!({ client_id: clientId, client_secret: secret! });
    const client: OAuth2Client = { ...after, ...(secret !== undefined && { client_secret: secret }) };
    if (action === "create") await oAuth2Api.createOAuth2Client({ oAuth2Client: client });
    else if (action === "delete") await deleteUnchanged(oAuth2Api, clientId, before!);
    else {
      await updateOAuth2Client(oAuth2Api, { id: clientId }, (current) => {
        assertUnchanged(before!, current);
        return client;
      });
    }
    return { outcome: "done" };
  } catch (thrown) {
    const error = thrown as Error;
    const isGone = action === "change" && isResponseError(error) && error.status === 404;
    const exists = action === "create" && isResponseError(error) && error.status === 409;
    return { outcome: isUpdateConflictError(error) || isGone || exists ? "conflict" : "failed", error };
  }
}

/** Deletes a client that is as it was read. One that is gone already is as wanted. */
async function deleteUnchanged(oAuth2Api: ApplyApi, id: string, before: OAuth2Client): Promise<void> {
  try {
    assertUnchanged(before, (await oAuth2Api.getOAuth2Client({ id })).data);
    await oAuth2Api.deleteOAuth2Client({ id });
  } catch (error) {
    if (!isResponseError(error) || error.status !== 404) throw error;
  }
}

/** @throws {@link UpdateConflictError} a field of the client is not as it was read */
function assertUnchanged(before: OAuth2Client, current: OAuth2Client): void {
  const [expected, actual] = [comparable("plan", before), comparable("plan", current)] as Record<string, unknown>[];
  for (const name of new Set([...Object.keys(expected!), ...Object.keys(actual!)])) {
    if (!isEqual(expected![name], actual![name]))
      throw new UpdateConflictError(`/${name}`, expected![name], actual![name]);
  }
}

/** 256 random bits, in characters that need no encoding anywhere. */
function generateSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
