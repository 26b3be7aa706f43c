import type { OAuth2Client } from "../types.ts";

/** Whether the client authenticates with a secret, as Hydra's default does. */
export const usesSecret = ({ token_endpoint_auth_method: method }: OAuth2Client): boolean =>
  String(method || "client_secret_basic").startsWith("client_secret_");

/**
 * Returns the name of the variable for the secret of a client: `web-shop` → `WEB_SHOP_SECRET`. Different IDs have different
 * names: an ID with other characters than small letters, digits and single hyphens gets a checksum.
 */
export function secretVariable(clientId: string): string {
  const name = clientId.toUpperCase().replace(/[^A-Z0-9]+/g, "_");
  const isPlain = /^[a-z0-9]+(-[a-z0-9]+)*$/.test(clientId);
  // The name of a variable cannot begin with a digit.
  return `${/^\d/.test(name) ? "_" : ""}${name}${isPlain ? "" : `_${checksum(clientId)}`}_SECRET`;
}

/** FNV-1a, 32 bits. */
function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).toUpperCase().padStart(8, "0");
}
