import type { OAuth2Api } from "../api/oauth2.ts";
import { comparable } from "../clients/client-fields.ts";
import { difference } from "../clients/diff.ts";
import { knownOperations } from "../clients/hydra-2-3.ts";
import { paginate } from "../clients/paginate.ts";
import { isInvalidInputError } from "../core/errors.ts";
import { assertInput, assertOptions } from "../core/validate.ts";
import type { OAuth2Client } from "../types.ts";
import { marked, setOf, unmarked } from "./mark.ts";
import { usesSecret } from "./secret.ts";
import type { ClientPlan, ClientSet, PlannedClient } from "./types.ts";
import { checkWanted } from "./wanted.ts";

/** The options of {@link planClients}. */
export interface PlanOptions {
  /** Deletes the clients of the set that are no longer wanted. @default false */
  prune?: boolean | undefined;
  /** Takes clients that exist already into the set: all that are wanted, or those with these IDs. @default false */
  adopt?: boolean | readonly string[] | undefined;
  /** The IDs of clients that get a new secret. @default none */
  rotate?: readonly string[] | undefined;
  /** Aborts the reading. */
  signal?: AbortSignal | undefined;
}

/** The calls that a plan is made with. */
export type PlanApi = Pick<OAuth2Api, "listOAuth2Clients">;

/**
 * Reads the server and returns what would make it follow `wanted`. Sends one GET for each page of clients, and no change.
 *
 * A client belongs to a set by a mark in its `metadata` (`managed_by` and `managed_set`), which no difference shows. A client
 * that exists without the mark is refused unless `adopt` includes it, and one of another set always.
 *
 * Clients of the set that are not wanted are deleted with `prune`; without it they stay, and `unwanted` names them.
 *
 * A field that a wanted client does not name is reset to the default, as {@link diffOAuth2Client} describes; `scope` and
 * `subject_type`, whose default is the server's setting, stay as they are. The order of lists and scopes makes no difference,
 * for it means nothing to Hydra. A plan that was applied leaves an empty plan.
 *
 * A secret cannot be compared, because the server keeps only its hash: a `client_secret` is used when the client is created,
 * when `rotate` names it, and when it begins to authenticate with a secret. Without one, a generated secret is used there.
 *
 * @param oAuth2Api reads the clients
 * @param wanted a list of clients, or a set with a name. Each needs a `client_id`
 *
 * @throws {@link InvalidInputError} a wanted client has no `client_id`, is wanted twice or contains a private key, a lifespan is
 * not a duration, or an option names a client that is not wanted; no request was sent
 * @throws {@link ResponseError} as `listOAuth2Clients`
 *
 * @example
 * ```ts
 * const plan = await planClients(api, { set: "shop", clients: [{ client_id: "web", redirect_uris: ["https://shop.example/cb"] }] });
 * for (const { action, clientId, patch } of plan.clients) console.log(action, clientId, patch);
 * ```
 */
export async function planClients(
  oAuth2Api: PlanApi,
  wanted: readonly OAuth2Client[] | ClientSet,
  options: PlanOptions = {},
): Promise<ClientPlan> {
  assertOptions(options, ["prune", "adopt", "rotate", "signal"], "planClients", "is it misspelled?");
  const { set, clients } = checkWanted(wanted);
  const { prune = false, signal } = options;
  checkIds(options, clients);

  const found = new Map<string, PlannedClient>();
  const deletions = new Map<string, PlannedClient>();
  const unwanted = new Set<string>();
  const pages = paginate(oAuth2Api.listOAuth2Clients.bind(oAuth2Api), { pageSize: 500 }, { signal });
  for await (const client of pages) {
    const clientId = client.client_id!;
    const want = clients.get(clientId);
    if (want) found.set(clientId, planExisting(client, want, set, options));
    else if (setOf(client) !== set) continue;
    else if (prune) deletions.set(clientId, { clientId, action: "delete", before: withoutSecret(client) });
    else unwanted.add(clientId);
  }
  const planned = [...clients].map(([clientId, want]) => found.get(clientId) ?? planCreation(clientId, want, set));
  const clientPlan: ClientPlan = { version: 1, set, clients: [...planned, ...deletions.values()] };
  return unwanted.size > 0 ? { ...clientPlan, unwanted: [...unwanted] } : clientPlan;
}

/** Asserts that the options name clients that they can be about. */
function checkIds({ adopt = false, rotate = [] }: PlanOptions, clients: ReadonlyMap<string, OAuth2Client>): void {
  assertInput(typeof adopt === "boolean" || Array.isArray(adopt), "adopt", "must be true, false or a list of IDs");
  assertInput(Array.isArray(rotate), "rotate", "must be a list of IDs");
  for (const [field, ids] of Object.entries({ adopt: adopt || [], rotate })) {
    if (ids === true) continue;
    for (const id of ids) assertInput(clients.has(id), field, `names ${JSON.stringify(id)}, which is not wanted`);
  }
  for (const id of rotate) {
    const hasSecret = usesSecret(clients.get(id)!) || clients.get(id)!.client_secret;
    assertInput(hasSecret, "rotate", `names ${JSON.stringify(id)}, which authenticates without a secret`);
  }
}

function planCreation(clientId: string, want: OAuth2Client, set: string): PlannedClient {
  const secret = want.client_secret ? "given" : usesSecret(want) ? "generated" : undefined;
  return { clientId, action: "create", after: marked(withoutSecret(want), set), ...(secret && { secret }) };
}

function planExisting(
  before: OAuth2Client,
  want: OAuth2Client,
  set: string,
  { adopt = false, rotate = [] }: PlanOptions,
): PlannedClient {
  const clientId = before.client_id!;
  const owner = setOf(before);
  const refuse = (reason: string): PlannedClient => ({ clientId, action: "refused", reason });
  if (owner !== undefined && owner !== set) return refuse(`it belongs to the set ${JSON.stringify(owner)}`);
  const isAdopted = owner === undefined;
  const mayAdopt = adopt === true || (Array.isArray(adopt) && adopt.includes(clientId));
  if (isAdopted && !mayAdopt)
    return refuse("it exists and was not made by this set: adopt it, or give another client_id");
  try {
    const after = inOrderOf(before, withoutSecret(want));
    const operations = difference(comparable("before", unmarked(before)), comparable("after", after));
    const patch = knownOperations(operations, before);
    // A client that had no use for a secret has one that nobody knows.
    const isSecretNew = rotate.includes(clientId) || (usesSecret(want) && !usesSecret(before));
    if (patch.length === 0 && !isAdopted && !isSecretNew) return { clientId, action: "unchanged" };
    return {
      clientId,
      action: "change",
      before: withoutSecret(before),
      after: marked(after, set),
      patch,
      ...(isAdopted && { adopted: true }),
      ...(isSecretNew && { secret: want.client_secret ? "given" : "generated" }),
    };
  } catch (error) {
    if (isInvalidInputError(error)) return refuse(error.message);
    throw error;
  }
}

function withoutSecret({ client_secret: _, ...client }: OAuth2Client): OAuth2Client {
  return client;
}

/** Returns `want` with the items of each list, and the scopes, in the order of `before` where they are the same ones. */
function inOrderOf(before: OAuth2Client, want: OAuth2Client): OAuth2Client {
  const ordered = Object.entries(want).map(([name, value]) => {
    const current = before[name as keyof OAuth2Client];
    const isSame = Array.isArray(value) && Array.isArray(current) && isPermutation(value, current);
    return [name, isSame ? current : value];
  });
  const hasSameScopes = isPermutation(scopesOf(want), scopesOf(before));
  return { ...Object.fromEntries(ordered), ...(hasSameScopes && { scope: before.scope }) };
}

const scopesOf = ({ scope }: OAuth2Client): string[] => (scope ?? "").split(" ").filter(Boolean);

function isPermutation(one: readonly unknown[], other: readonly unknown[]): boolean {
  if (one.length !== other.length || !one.every((item) => typeof item === "string")) return false;
  const [sorted, others] = [[...one].sort(), [...other].sort()];
  return sorted.every((item, index) => item === others[index]);
}
