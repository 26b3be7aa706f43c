import type { OAuth2Client } from "../index.ts";
import { CLIENT_ROWS, SECRET_ROWS } from "./client-flags.ts";
import type { Context } from "./context.ts";
import type { Format } from "./format.ts";

/** The secret that the server has made, if the client uses one: Hydra makes one for a client with a key, too. */
export function newSecretOf(client: OAuth2Client, given: OAuth2Client = {}): string | undefined {
  const method = String(client.token_endpoint_auth_method || "client_secret_basic");
  return method.startsWith("client_secret_") && !given.client_secret ? client.client_secret : undefined;
}

/** Whether a format leaves out a secret of `value`, as `-q` does. */
export const leavesOut = (format: Format, value: unknown, secret: string): boolean =>
  format.kind === "select" ? !JSON.stringify([format.select(value)]).includes(secret) : format.kind === "quiet";

/**
 * Prints a client with its secret, which no later response holds.
 *
 * @returns whether the format leaves the secret out
 */
export async function printNew(
  { output, terminal }: Context<any>,
  client: OAuth2Client,
  secret: string | undefined,
): Promise<boolean> {
  await output.item(client, secret === undefined ? CLIENT_ROWS : SECRET_ROWS);
  if (secret === undefined) return false;
  if (leavesOut(output.format, client, secret)) return true;
  await terminal.note("The client secret is shown this once: keep it now.");
  return false;
}

/** What is said of secrets that were not printed. */
export const lost = (what: string, way: string): string =>
  `${what} not printed, and cannot be read later: ${way}; --format json prints what there is`;
