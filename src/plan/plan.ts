import type { OAuth2Api } from "../api/oauth2.ts";
import { diffOAuth2Client } from "../clients/diff.ts";
import { paginate } from "../clients/paginate.ts";
import { isInvalidInputError } from "../core/errors.ts";
import { asJsonText, assertInput, assertOptions, requirePublicKeys } from "../core/validate.ts";
import type { OAuth2Client } from "../types.ts";
import { DEFAULT_SET, marked, setOf, unmarked } from "./mark.ts";
import type { ClientPlan, ClientSet, PlannedClient } from "./types.ts";

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
 * A field that a wanted client does not name is reset to the default, as {@link diffOAuth2Client} describes; `scope` and
 * `subject_type`, whose default is the server's setting, stay as they are. The order of lists and scopes makes no difference,
 * for it means nothing to Hydra. A plan that was applied leaves an empty plan.
 *
 * A secret cannot be compared, because the server keeps only its hash: a `client_secret` is used when the client is created,
 * and when `rotate` names it. Without one, a client that authenticates with a secret gets a generated one.
 *
 * @param oAuth2Api reads the clients
 * @param wanted a list of clients, or a set with a name. Each needs a `client_id`
 *
 * @throws {@link InvalidInputError} a wanted client has no `client_id`, is wanted twice or contains a private key; no request
 * was sent
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
  const { set, clients } = normalizeSet(wanted);
  const { prune = false, rotate = [], signal } = options;
  for (const id of rotate) assertInput(clients.has(id), "rotate", `names ${JSON.stringify(id)}, which is not wanted`);

  const found = new Map<string, PlannedClient>();
  const deletions: PlannedClient[] = [];
  const pages = paginate(oAuth2Api.listOAuth2Clients.bind(oAuth2Api), { pageSize: 500 }, { signal });
  for await (const client of pages) {
    const clientId = client.client_id!;
    const want = clients.get(clientId);
    if (want) found.set(clientId, await planExisting(client, want, set, options));
    else if (prune && setOf(client) === set) deletions.push({ clientId, action: "delete", before: client });
  }
  const planned = [...clients].map(([clientId, want]) => found.get(clientId) ?? planCreation(clientId, want, set));
  return { version: 1, set, clients: [...planned, ...deletions] };
}

/** Returns the name of the set, and its clients by their IDs. */
export function normalizeSet(wanted: readonly OAuth2Client[] | ClientSet): {
  set: string;
  clients: Map<string, OAuth2Client>;
} {
  const { set = DEFAULT_SET, clients: list } = Array.isArray(wanted) ? { clients: wanted } : (wanted as ClientSet);
  assertInput(typeof set === "string" && set.trim(), "set", "must be a name");
  assertInput(Array.isArray(list), "clients", "must be a list of clients");
  const clients = new Map<string, OAuth2Client>();
  for (const [index, given] of list.entries()) {
    const field = `clients[${index}]`;
    assertInput(given !== null && typeof given === "object", field, "must be a client");
    const json = asJsonText(field, given)!;
    requirePublicKeys("jwks", json);
    const client: OAuth2Client = JSON.parse(json);
    const { client_id: id } = client;
    assertInput(typeof id === "string" && id, `${field}.client_id`, "is missing: the client is found again by it");
    assertInput(!clients.has(id), `${field}.client_id`, `is ${JSON.stringify(id)}, which is wanted twice`);
    clients.set(id, client);
  }
  return { set, clients };
}

function planCreation(clientId: string, want: OAuth2Client, set: string): PlannedClient {
  const secret = want.client_secret ? "given" : usesSecret(want) ? "generated" : undefined;
  return { clientId, action: "create", after: marked(withoutSecret(want), set), ...(secret && { secret }) };
}

async function planExisting(
  before: OAuth2Client,
  want: OAuth2Client,
  set: string,
  { adopt = false, rotate = [] }: PlanOptions,
): Promise<PlannedClient> {
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
    const patch = await diffOAuth2Client(unmarked(before), after);
    const isRotated = rotate.includes(clientId);
    if (patch.length === 0 && !isAdopted && !isRotated) return { clientId, action: "unchanged" };
    return {
      clientId,
      action: "change",
      before: withoutSecret(before),
      after: marked(after, set),
      patch,
      ...(isAdopted && { adopted: true }),
      ...(isRotated && { secret: want.client_secret ? "given" : "generated" }),
    };
  } catch (error) {
    if (isInvalidInputError(error)) return refuse(error.message);
    throw error;
  }
}

/** Whether the client authenticates with a secret, as Hydra's default does. */
const usesSecret = ({ token_endpoint_auth_method: method = "client_secret_basic" }: OAuth2Client): boolean =>
  method.startsWith("client_secret_");

function withoutSecret({ client_secret: _, ...client }: OAuth2Client): OAuth2Client {
  return client;
}

/** Returns `want` with the items of each list, and the scopes, in the order of `before` where they are the same ones. */
function inOrderOf(before: OAuth2Client, want: OAuth2Client): OAuth2Client {
  const ordered: Record<string, unknown> = { ...want };
  for (const [name, value] of Object.entries(want)) {
    const current = before[name as keyof OAuth2Client];
    if (Array.isArray(value) && Array.isArray(current) && isPermutation(value, current)) ordered[name] = current;
  }
  if (isPermutation(scopesOf(want), scopesOf(before))) ordered["scope"] = before.scope;
  return ordered;
}

const scopesOf = ({ scope = "" }: OAuth2Client): string[] => scope.split(" ").filter(Boolean);

function isPermutation(one: readonly unknown[], other: readonly unknown[]): boolean {
  if (one.length !== other.length || !one.every((item) => typeof item === "string")) return false;
  const [sorted, others] = [[...one].sort(), [...other].sort()];
  return sorted.every((item, index) => item === others[index]);
}
