import type { OAuth2Client } from "../types.ts";

/** The value of `metadata.managed_by` of the clients that a plan made. */
const MANAGER = "hydra-sdk";

/** The members of `metadata` that are the mark of a set. */
export const MARK: readonly string[] = ["managed_by", "managed_set"];

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

/** Returns the client without the mark, if it has the mark of a set. */
export const unmarked = (client: OAuth2Client): OAuth2Client =>
  setOf(client) === undefined ? client : withoutMark(client);

/** Returns the client without the members of a mark, whatever their values are. */
export function withoutMark(client: OAuth2Client): OAuth2Client {
  const { managed_by, managed_set, ...metadata } = client.metadata as Record<string, unknown>;
  return { ...client, metadata };
}
