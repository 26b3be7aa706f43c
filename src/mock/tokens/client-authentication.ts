import { compactVerify } from "jose";
import { verificationKeyOf } from "../clients/client-keys.ts";
import type { Context, Exchange } from "../context.ts";
import { basicCredentials } from "../http/authorization-header.ts";
import { OAuthError } from "../http/oauth-error.ts";
import type { StoredClient } from "../state/state.ts";
import { checkTimes, type DecodedJwt, decodeSigned, isForTokenEndpoint, useOnce } from "./assertions.ts";

/** RFC 7523 section 2.2. */
const CLIENT_ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/**
 * Authenticates the client of a request to the token, revocation or device authorization endpoint. It must use the
 * method that it is registered with.
 *
 * @throws OAuthError `invalid_client` if the credentials are wrong, `invalid_request` if there are none
 */
export async function authenticateClient(context: Context, c: Exchange, form: URLSearchParams): Promise<StoredClient> {
  const assertionType = form.get("client_assertion_type");
  if (assertionType === CLIENT_ASSERTION_TYPE) return authenticateByAssertion(context, form);
  if (assertionType) throw new OAuthError("invalid_request", `Unknown client_assertion_type '${assertionType}'.`);
  return authenticateBySecret(context, c, form);
}

/** `client_secret_basic`, `client_secret_post` and `none`. */
function authenticateBySecret(context: Context, c: Exchange, form: URLSearchParams): StoredClient {
  const basic = basicCredentials(c.req.header("authorization"));
  const id = formDecode(basic?.id) ?? form.get("client_id") ?? "";
  const secret = formDecode(basic?.secret) ?? form.get("client_secret") ?? "";
  if (!basic && id === "") {
    throw new OAuthError("invalid_request", "The client credentials are missing from the header and the body.");
  }
  const stored = requireClient(context, id);
  const method = registeredMethod(stored);
  if (form.get("client_id") && form.get("client_secret") && method !== "client_secret_post") {
    throw wrongMethod(method, "client_secret_post");
  }
  if (basic && basic.secret !== "" && method !== "client_secret_basic") {
    throw wrongMethod(method, "client_secret_basic");
  }
  if (method === "none") return stored;
  if (secret === "" || !stored.secrets.includes(secret)) {
    throw new OAuthError("invalid_client", "The client secret is missing or wrong.");
  }
  return stored;
}

/** RFC 6749 section 2.3.1: the credentials in the header are form-encoded. */
function formDecode(text: string | undefined): string | undefined {
  try {
    return text && decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    throw new OAuthError("invalid_request", "The client id or secret in the header is not form-encoded.");
  }
}

/** `private_key_jwt`, checked in the order of the server. */
async function authenticateByAssertion(context: Context, form: URLSearchParams): Promise<StoredClient> {
  const assertion = form.get("client_assertion");
  if (!assertion) throw new OAuthError("invalid_request", "The client_assertion is missing.");
  const invalid = (why: string): OAuthError => new OAuthError("invalid_client", `The client_assertion ${why}.`);
  let decoded: DecodedJwt;
  try {
    decoded = decodeSigned(assertion);
  } catch {
    throw invalid("is not a JWT");
  }
  const { jwt, header, claims } = decoded;
  const id = form.get("client_id") || claims["sub"];
  if (typeof id !== "string") throw invalid("has no 'sub'");
  const stored = requireClient(context, id);
  const method = registeredMethod(stored);
  if (method !== "private_key_jwt") throw wrongMethod(method, "private_key_jwt");
  const alg = stored.client.token_endpoint_auth_signing_alg || "RS256";
  if (header.alg !== alg) throw invalid(`must be signed with ${alg}`);
  const key = await verificationKeyOf(context, stored, alg, header.kid);
  await compactVerify(jwt, key as object).catch(() => {
    throw invalid("was not signed with the client's key");
  });

  checkTimes(context, claims, "client_assertion");
  const { iss, sub, aud, exp, jti } = claims;
  if (iss !== id) throw invalid("has an 'iss' that is not the client");
  if (sub !== id) throw invalid("has a 'sub' that is not the client");
  if (typeof jti !== "string" || jti === "") throw invalid("has no 'jti'");
  if (typeof exp !== "number") throw invalid("has no 'exp'");
  useOnce(context, jti, exp);
  if (!isForTokenEndpoint(context, aud)) throw invalid("has an 'aud' that is not the token endpoint");
  return stored;
}

/** @throws OAuthError `invalid_client` if the client does not exist. */
export function requireClient(context: Context, id: string): StoredClient {
  const stored = context.state.clients.get(id);
  if (!stored) throw new OAuthError("invalid_client", "The client does not exist.");
  return stored;
}

function registeredMethod({ client }: StoredClient): string {
  return client.token_endpoint_auth_method || "client_secret_basic";
}

function wrongMethod(registered: string, used: string): OAuthError {
  return new OAuthError("invalid_client", `The client is registered for '${registered}', but used '${used}'.`);
}
