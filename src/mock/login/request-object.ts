import { compactVerify, decodeJwt, decodeProtectedHeader } from "jose";
import type { Context } from "../context.ts";
import { OAuthError } from "../http/oauth-error.ts";
import type { StoredClient } from "../state/state.ts";
import { checkTimes, clientKey } from "../tokens/client-authentication.ts";
import { scopes, unique, words } from "../tokens/scope.ts";

/**
 * The parameters of an OpenID Connect authorization request together with those of its request object, which count
 * more: OpenID Connect Core section 6.
 */
export async function withRequestObject(
  context: Context,
  stored: StoredClient,
  parameters: URLSearchParams,
): Promise<URLSearchParams> {
  const [request, uri] = [parameters.get("request"), parameters.get("request_uri")];
  const scope = words(parameters.get("scope"));
  if (!scope.includes("openid") || (!request && !uri)) return parameters;
  if (request && uri) throw new OAuthError("invalid_request", "Only one of 'request' and 'request_uri' can be given.");
  const claims = await verify(context, stored, request || (await fetchRequest(context, stored, uri!)));
  const merged = new URLSearchParams(parameters);
  for (const [name, value] of Object.entries(claims)) merged.set(name, String(value));
  merged.set("scope", unique([...scopes(merged), ...scope]).join(" "));
  return merged;
}

async function fetchRequest(context: Context, { client }: StoredClient, uri: string): Promise<string> {
  const isRegistered = client.request_uris?.includes(uri);
  const response = isRegistered ? await context.fetch(uri).catch(() => undefined) : undefined;
  if (response?.status !== 200) {
    throw new OAuthError("invalid_request_uri", "The 'request_uri' is not registered or could not be fetched.");
  }
  return response.text();
}

async function verify(context: Context, stored: StoredClient, request: string): Promise<Record<string, unknown>> {
  const invalid = (why: string): OAuthError => new OAuthError("invalid_request_object", `The request object ${why}.`);
  const { request_object_signing_alg: registered } = stored.client;
  let alg: string | undefined;
  let kid: unknown;
  let claims: Record<string, unknown>;
  try {
    ({ alg, kid } = decodeProtectedHeader(request));
    claims = decodeJwt(request);
  } catch {
    throw invalid("is not a JWT");
  }
  if (registered && alg !== registered) throw invalid(`has to be signed by ${registered}`);
  if (alg !== "none") {
    if (!/^(RS|PS|ES)(256|384|512)$/.test(alg ?? "")) throw invalid(`is signed by '${alg}', which is not supported`);
    const key = await clientKey(context, stored, alg!, kid);
    await compactVerify(request, key as object).catch(() => {
      throw invalid("does not verify with the client's key");
    });
  }
  checkTimes(context, claims, "request object");
  return claims;
}
