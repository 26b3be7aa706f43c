import { isObject } from "../clients/json.ts";
import { assertInput } from "../core/validate.ts";
import { setOf } from "./mark.ts";
import type { ClientPlan, PlannedAction } from "./types.ts";

/** What a planned client must contain for each action. */
const NEEDED: Readonly<Record<PlannedAction, readonly ("before" | "after")[]>> = {
  create: ["after"],
  change: ["before", "after"],
  delete: ["before"],
  unchanged: [],
  refused: [],
};

/**
 * Asserts that a value, such as a plan that was saved as JSON, is a plan of {@link planClients}.
 *
 * @throws {@link InvalidInputError} it is not; names the client and the member
 */
export function assertClientPlan(plan: unknown): asserts plan is ClientPlan {
  const { version, set, clients, unwanted = [] } = Object(plan);
  assertInput(version === 1 && Array.isArray(clients), "plan", "must be a plan of planClients");
  assertInput(typeof set === "string" && set, "plan.set", "must be the name of the set");
  const areIds = Array.isArray(unwanted) && unwanted.every((id) => typeof id === "string");
  assertInput(areIds, "plan.unwanted", "must be a list of IDs");
  const ids = new Set<unknown>();
  for (const [index, planned] of clients.entries()) {
    const field = `plan.clients[${index}]`;
    const { clientId, action, patch = [], reason = "", secret } = Object(planned);
    assertInput(typeof clientId === "string" && clientId, `${field}.clientId`, "must be the ID of a client");
    assertInput(!ids.has(clientId), `${field}.clientId`, `is ${JSON.stringify(clientId)}, which is planned twice`);
    ids.add(clientId);
    const actions = Object.keys(NEEDED);
    assertInput(actions.includes(action), `${field}.action`, `must be one of ${actions.join(", ")}`);
    for (const name of NEEDED[action as PlannedAction]) {
      const client = planned[name];
      const isClient = isObject(client) && client["client_id"] === clientId;
      assertInput(isClient, `${field}.${name}`, `must be the client ${JSON.stringify(clientId)}`);
      const isOfSet = setOf(client) === set || (name === "before" && action === "change" && !setOf(client));
      assertInput(isOfSet, `${field}.${name}`, `must be a client of the set ${JSON.stringify(set)}`);
    }
    const isPatch = Array.isArray(patch) && patch.every((operation) => typeof Object(operation).path === "string");
    assertInput(isPatch, `${field}.patch`, "must be a list of operations");
    assertInput(typeof reason === "string", `${field}.reason`, "must be a string");
    const isSource = [undefined, "given", "generated"].includes(secret);
    assertInput(isSource, `${field}.secret`, "must be given or generated");
  }
}
