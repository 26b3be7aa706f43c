import type { OAuth2Client } from "../types.ts";

/** The value of `metadata.managed_by` of the clients that a plan made. */
const MANAGER = "hydra-sdk";

/** The name of a set that has no name. */
export const DEFAULT_SET = "default";

/** Returns the name of the set that the client belongs to; `undefined` if no plan made it. */
export function setOf({ metadata }: OAuth2Client): string | undefined {
  const { managed_by, managed_set } = (metadata ?? {}) as { managed_by?: unknown; managed_set?: unknown };
  return managed_by === MANAGER && typeof managed_set === "string" ? managed_set : undefined;
}

/** Returns the client with the mark of the set in its `metadata`. */
export const marked = (client: OAuth2Client, set: string): OAuth2Client => ({
  ...client,
  metadata: { ...client.metadata, managed_by: MANAGER, managed_set: set },
});

/** Returns the client without the mark of any set. */
export function unmarked(client: OAuth2Client): OAuth2Client {
  const { managed_by, managed_set, ...metadata } = (client.metadata ?? {}) as Record<string, unknown>;
  return setOf(client) === undefined ? client : { ...client, metadata };
}
