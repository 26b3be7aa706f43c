import type { JsonWebKey } from "../../types.ts";
import type { Context } from "../context.ts";
import { OAuthError } from "../http/oauth-error.ts";
import type { StoredClient } from "../state/state.ts";

/** The key that verifies what a client has signed: one of its `jwks`, or else of the set at its `jwks_uri`. */
export async function verificationKeyOf(
  context: Context,
  { client }: StoredClient,
  alg: string,
  kid: string | undefined,
): Promise<JsonWebKey> {
  const own = client.jwks?.keys;
  if (!own?.length && !client.jwks_uri) {
    throw new OAuthError("invalid_client", "The client has no JSON Web Keys registered.");
  }
  const keys = own?.length ? own : await fetchKeys(context, client.jwks_uri!);
  const kty = alg.startsWith("ES") ? "EC" : "RSA";
  const key = keys.find((candidate) => {
    const isPublic = candidate.use === "sig" && candidate.kty === kty && candidate.d === undefined;
    return isPublic && (kid === undefined || candidate.kid === kid);
  });
  if (!key) throw new OAuthError("invalid_request", `The client has no ${kty} signing key '${kid ?? ""}'.`);
  return key;
}

async function fetchKeys(context: Context, uri: string): Promise<JsonWebKey[]> {
  try {
    const response = await context.fetch(uri, { headers: { accept: "application/json" } });
    const { keys } = (await response.json()) as { keys?: JsonWebKey[] };
    if (response.ok && Array.isArray(keys)) return keys;
  } catch {
    // Whatever went wrong, the client only learns that its keys could not be fetched.
  }
  throw new OAuthError("server_error", "The JSON Web Keys of the client could not be fetched.");
}
