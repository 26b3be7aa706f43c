import { RESET_VALUES, SERVER_OWNED } from "../clients/client-fields.ts";
import { isDuration } from "../clients/duration.ts";
import { isObject } from "../clients/json.ts";
import { asJsonText, assertInput, requirePublicKeys } from "../core/validate.ts";
import type { OAuth2Client } from "../types.ts";
import { DEFAULT_SET, MARK } from "./mark.ts";
import type { ClientSet } from "./types.ts";

/** Wanted clients that have been checked. */
export interface WantedClients {
  /** The name of the set. */
  set: string;
  /** The clients by their IDs, without the fields that the server sets. */
  clients: Map<string, OAuth2Client>;
}

/** @throws {@link InvalidInputError} `wanted` is not a set of clients; names the client and the field */
export function checkWanted(wanted: readonly OAuth2Client[] | ClientSet): WantedClients {
  const { set = DEFAULT_SET, clients: list }: Partial<ClientSet> = Array.isArray(wanted)
    ? { clients: wanted }
    : Object(wanted);
  assertInput(typeof set === "string" && set.trim(), "set", "must be a name");
  assertInput(Array.isArray(list), "clients", "must be a list of clients");
  const clients = new Map<string, OAuth2Client>();
  for (const [index, given] of list.entries()) {
    const field = `clients[${index}]`;
    const client = checkClient(field, given);
    const id = client.client_id!;
    assertInput(!clients.has(id), `${field}.client_id`, `is ${JSON.stringify(id)}, which is wanted twice`);
    clients.set(id, client);
  }
  return { set, clients };
}

function checkClient(field: string, given: unknown): OAuth2Client {
  const json = isObject(given) && asJsonText(field, given);
  assertInput(json, field, "must be a client");
  requirePublicKeys("jwks", json);
  const client: Record<string, unknown> = JSON.parse(json);
  const { client_id: id, client_secret: secret, metadata, scope } = client;
  assertInput(typeof id === "string" && id, `${field}.client_id`, "is missing: the client is found again by it");
  assertInput(secret == null || (typeof secret === "string" && secret), `${field}.client_secret`, "must be a secret");
  assertInput(scope == null || typeof scope === "string", `${field}.scope`, "must be scopes with spaces between them");
  assertInput(metadata == null || isObject(metadata), `${field}.metadata`, "must be an object");
  const mark = MARK.find((name) => Object.hasOwn(Object(metadata), name));
  assertInput(mark === undefined, `${field}.metadata.${mark}`, "marks the clients of a set: leave it out");
  for (const [name, value] of Object.entries(client)) {
    // Hydra reads names in any case.
    const written = name.toLowerCase();
    assertInput(name === written || !isField(written), `${field}.${name}`, `must be written ${written}`);
    if (isField(name) && name.endsWith("_lifespan"))
      assertInput(isLifespan(value), `${field}.${name}`, "must be a duration such as 15m or 24h, without days");
  }
  for (const name of SERVER_OWNED) if (name !== "client_id") delete client[name];
  return client;
}

const isField = (name: string): boolean =>
  Object.hasOwn(RESET_VALUES, name) || [...SERVER_OWNED, "client_secret"].includes(name);

const isLifespan = (value: unknown): boolean => value === null || (typeof value === "string" && isDuration(value));
