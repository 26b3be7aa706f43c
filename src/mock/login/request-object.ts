import { compactVerify } from "jose";
import { verificationKeyOf } from "../clients/client-keys.ts";
import type { Context } from "../context.ts";
import { OAuthError } from "../http/oauth-error.ts";
import { spaceSeparated, unique } from "../http/parameters.ts";
import type { StoredClient } from "../state/state.ts";
import { checkTimes, type DecodedJwt, decodeSigned } from "../tokens/assertions.ts";

/**
 * Adds the parameters of the request object, which take precedence, to those of an OpenID Connect authorization
 * request: OpenID Connect Core section 6.
 */
export async function withRequestObject(
  context: Context,
  stored: StoredClient,
  parameters: URLSearchParams,
): Promise<URLSearchParams> {
  const [request, uri] = [parameters.get("request"), parameters.get("request_uri")];
  const scope = spaceSeparated(parameters.get("scope"));
  if (!scope.includes("openid") || (!request && !uri)) return parameters;
  if (request && uri) throw new OAuthError("invalid_request", "Only one of 'request' and 'request_uri' is allowed.");
  const { jwks, jwks_uri } = stored.client;
  // The server asks for keys even if the client does not sign its request objects.
  if (!jwks?.keys && !jwks_uri) throw new OAuthError("invalid_request", "The client has no JSON Web Keys registered.");
  const jwt = request || (await fetchRequestObject(context, stored, uri!));
  const claims = await verifyRequestObject(context, stored, jwt);
  const merged = new URLSearchParams(parameters);
  for (const [name, value] of Object.entries(claims)) merged.set(name, String(value));
  merged.set("scope", unique([...spaceSeparated(merged.get("scope")), ...scope]).join(" "));
  return merged;
}

async function fetchRequestObject(context: Context, { client }: StoredClient, uri: string): Promise<string> {
  const isRegistered = client.request_uris?.includes(uri);
  const response = isRegistered ? await context.fetch(uri).catch(() => undefined) : undefined;
  if (response?.status !== 200) {
    throw new OAuthError("invalid_request_uri", "The 'request_uri' is not registered or could not be fetched.");
  }
  return response.text();
}

async function verifyRequestObject(
  context: Context,
  stored: StoredClient,
  requestObject: string,
): Promise<Record<string, unknown>> {
  const invalid = (why: string): OAuthError => new OAuthError("invalid_request_object", `The request object ${why}.`);
  const { request_object_signing_alg: registered } = stored.client;
  let decoded: DecodedJwt;
  try {
    decoded = decodeSigned(requestObject);
  } catch {
    throw invalid("is not a JWT");
  }
  const { jwt, claims } = decoded;
  const { alg, kid } = decoded.header;
  if (registered && alg !== registered) throw invalid(`must be signed with ${registered}`);
  if (alg !== "none") {
    if (!/^(RS|PS|ES)(256|384|512)$/.test(alg ?? "")) throw invalid(`is signed with '${alg}', which is not supported`);
    const key = await verificationKeyOf(context, stored, alg!, kid);
    await compactVerify(jwt, key as object).catch(() => {
      throw invalid("was not signed with the client's key");
    });
  }
  checkTimes(context, claims, "request object");
  return claims;
}
