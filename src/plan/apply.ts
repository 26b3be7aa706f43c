import type { OAuth2Api } from "../api/oauth2.ts";
import { comparable } from "../clients/client-fields.ts";
import { isOfHydra23 } from "../clients/hydra-2-3.ts";
import { isEqual } from "../clients/json.ts";
import { isUpdateConflictError, UpdateConflictError, updateOAuth2Client } from "../clients/update.ts";
import { randomText } from "../core/base64url.ts";
import { isMissing, isResponseError } from "../core/errors.ts";
import { assertInput, assertOptions } from "../core/validate.ts";
import type { OAuth2Client } from "../types.ts";
import { assertClientPlan } from "./check-plan.ts";
import type { AppliedClient, ClientPlan, ClientSecret, PlannedClient } from "./types.ts";

/** The options of {@link applyPlan}. */
export interface ApplyOptions {
  /** How many clients are worked on at a time. @default 4 */
  concurrency?: number | undefined;
  /** Returns the secret that is given for a client, as the plan's `secret: "given"` requires. */
  secretOf?: ((clientId: string) => string | undefined | Promise<string | undefined>) | undefined;
  /**
   * Keeps a generated secret. It is awaited just before the client is created or changed, so that no crash can lose a secret
   * that the server knows. If it rejects, the client fails. The secret may not be in use if the client then fails.
   */
  onSecret?: ((secret: ClientSecret) => unknown) | undefined;
  /** Called after each client. If it throws, no further client is begun, and `applyPlan` rejects with its error. */
  onResult?: ((result: AppliedClient) => unknown) | undefined;
  /** Begins no further client once it is aborted; those begun are finished. */
  signal?: AbortSignal | undefined;
}

/** The calls that a plan is applied with. */
export type ApplyApi = Pick<
  OAuth2Api,
  "createOAuth2Client" | "getOAuth2Client" | "patchOAuth2Client" | "setOAuth2ClientLifespans" | "deleteOAuth2Client"
>;

/**
 * Carries out a plan, and goes on with the next client after a failure. A client that is not as it was when the plan was made
 * is left alone. After a crash or a lost response, a new plan finishes the work: nothing is made twice.
 *
 * @param oAuth2Api sends the calls: one for a new client, three for a changed one, two for a deleted one;
 * `setOAuth2ClientLifespans` only on Hydra 2.3, to reset a lifespan
 * @param plan of {@link planClients}, also one that was saved as JSON
 * @returns what became of each client, in the order of the plan; unchanged ones are left out
 *
 * @throws {@link InvalidInputError} `plan` is not a plan, or it needs `secretOf` or `onSecret`; no request was sent
 *
 * @example
 * ```ts
 * const plan = await planClients(api, [{ client_id: "web", redirect_uris: ["https://shop.example/cb"] }]);
 * const secrets = new Map<string, string>(); // In your code, a secret manager.
 * const results = await applyPlan(api, plan, {
 *   onSecret: ({ client_id, client_secret }) => secrets.set(client_id, client_secret),
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
  assertClientPlan(plan);
  const secrets = await givenSecrets(plan, options);

  const clients = plan.clients.filter(({ action }) => action !== "unchanged");
  const results: AppliedClient[] = [];
  let next = 0;
  let thrown: { error: unknown } | undefined;
  async function work(): Promise<void> {
    for (let index = next++; index < clients.length && !thrown; index = next++) {
      const planned = clients[index]!;
      const { clientId, action } = planned;
      const outcome = signal?.aborted
        ? { outcome: "skipped" as const, error: new Error("not begun before the signal was aborted") }
        : await applyOne(oAuth2Api, planned, secrets.get(clientId), options);
      const result = { clientId, action, ...outcome };
      results[index] = result;
      try {
        await onResult?.(result);
      } catch (error) {
        thrown ??= { error };
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, clients.length) }, work));
  if (thrown) throw thrown.error;
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
    const problem = secretOf ? "must return" : "is missing: a plan contains no secrets, so it must return";
    assertInput(
      typeof given === "string" && given,
      "secretOf",
      `${problem} the secret of ${name}, as when the plan was made`,
    );
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
  /** The client with its secret, which is kept first. */
  const withSecret = async (): Promise<OAuth2Client> => {
    const secret = planned.secret === "generated" ? randomText() : given;
    if (planned.secret === "generated") await onSecret!({ client_id: clientId, client_secret: secret! });
    return { ...after, ...(secret !== undefined && { client_secret: secret }) };
  };
  try {
    if (action === "create") await oAuth2Api.createOAuth2Client({ oAuth2Client: await withSecret() });
    else if (action === "delete") await deleteUnchanged(oAuth2Api, clientId, before!);
    else await change(oAuth2Api, before!, withSecret);
    return { outcome: "done" };
  } catch (thrown) {
    const error: Error = Object(thrown) === thrown ? (thrown as Error) : new Error(String(thrown));
    const isGone = action === "change" && isMissing(error);
    const exists = action === "create" && isResponseError(error) && error.status === 409;
    return { outcome: isUpdateConflictError(error) || isGone || exists ? "conflict" : "failed", error };
  }
}

async function change(oAuth2Api: ApplyApi, before: OAuth2Client, wanted: () => Promise<OAuth2Client>): Promise<void> {
  const id = before.client_id!;
  let resets: string[] = [];
  let after: OAuth2Client = {};
  await updateOAuth2Client(oAuth2Api, { id }, async (current) => {
    assertUnchanged(before, current);
    after = await wanted();
    resets = isOfHydra23(current) ? resetLifespans(current, after) : [];
    const kept = resets.map((name) => [name, current[name as keyof OAuth2Client]]);
    return { ...after, ...Object.fromEntries(kept) };
  });
  if (resets.length === 0) return;
  // A PATCH cannot reset them on Hydra 2.3. This sets all of them.
  const lifespans = Object.entries(after).filter(([name]) => isLifespan(name));
  await oAuth2Api.setOAuth2ClientLifespans({ id, oAuth2ClientTokenLifespans: Object.fromEntries(lifespans) });
}

const isLifespan = (name: string): boolean => name.endsWith("_lifespan");

/** The names of the lifespans that `before` sets, and `after` does not. */
function resetLifespans(before: OAuth2Client, after: OAuth2Client): string[] {
  const [set, wanted] = [comparable("plan", before), comparable("plan", after)];
  return Object.keys(set).filter((name) => isLifespan(name) && !Object.hasOwn(wanted, name));
}

/** Deletes a client that is as it was read. One that is gone already is as wanted. */
async function deleteUnchanged(oAuth2Api: ApplyApi, id: string, before: OAuth2Client): Promise<void> {
  try {
    assertUnchanged(before, (await oAuth2Api.getOAuth2Client({ id })).data);
    await oAuth2Api.deleteOAuth2Client({ id });
  } catch (error) {
    if (!isMissing(error)) throw error;
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
