import type { JsonPatch, OAuth2Client } from "../types.ts";

/** Clients as they are wanted: what `clients.yaml` holds. */
export interface ClientSet {
  /** The name of the set that the clients belong to. @default "default" */
  set?: string | undefined;
  /** The clients. Each needs a `client_id`, by which it is found again. */
  clients: readonly OAuth2Client[];
}

/** What happens to a client. */
export type PlannedAction = "create" | "change" | "delete" | "unchanged" | "refused";

/** One client of a plan. */
export interface PlannedClient {
  /** The ID of the client. */
  clientId: string;
  /** What happens to it. */
  action: PlannedAction;
  /** `create`, `change`: the client as it will be, without its secret. */
  after?: OAuth2Client;
  /** `change`, `delete`: the client as it was read. If it is another when the plan is carried out, it is left alone. */
  before?: OAuth2Client;
  /** `change`: the difference, without the mark of the set. It is empty if only the mark or the secret changes. */
  patch?: JsonPatch[];
  /** `change`: the client was not in the set before. */
  adopted?: boolean;
  /** Where its new secret comes from: it is `given`, or `generated` when the plan is carried out. */
  secret?: "given" | "generated";
  /** `refused`: why, and what to do. */
  reason?: string;
}

/**
 * What would happen to the clients of a set. A plan is data: it can be printed, saved as JSON and applied later. It contains
 * no secret.
 */
export interface ClientPlan {
  /** The version of this format. */
  version: 1;
  /** The name of the set. */
  set: string;
  /** The clients of the set, in the order in which they are wanted; then those to delete. */
  clients: PlannedClient[];
  /** The IDs of clients of the set that are no longer wanted, and stay, because `prune` is not set. Missing if there are none. */
  unwanted?: string[];
}

/** A secret of a client, which the server will not return again. */
export interface ClientSecret {
  /** The ID of the client. */
  client_id: string;
  /** The secret. */
  client_secret: string;
}

/** What became of one client of a plan. */
export interface AppliedClient {
  /** The ID of the client. */
  clientId: string;
  /** What was planned. */
  action: PlannedAction;
  /**
   * `done`; `failed`, and `error` says why; `conflict`: the client on the server is not as it was when the plan was made, and
   * was left alone; `skipped`: refused by the plan, or not begun before `signal` was aborted.
   */
  outcome: "done" | "failed" | "conflict" | "skipped";
  /** Why it is not `done`. */
  error?: Error;
}
