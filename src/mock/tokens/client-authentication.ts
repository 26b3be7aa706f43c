import { compactVerify, decodeJwt, decodeProtectedHeader } from "jose";
import type { JsonWebKey } from "../../types.ts";
import type { Context, Exchange } from "../context.ts";
import { OAuthError } from "../http/oauth-error.ts";
import type { StoredClient } from "../state/state.ts";
import { seconds } from "./issue.ts";

/** RFC 7523 section 2.2. */
const CLIENT_ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/**
 * The client that a request to the token endpoint, or to a neighbour of it, comes from. Only the method that the client
 * is registered with counts.
 *
 * @throws OAuthError `invalid_client` where it is not who it claims to be, `invalid_request` where it says nothing.
 */
export async function authenticateClient(context: Context, c: Exchange, form: URLSearchParams): Promise<StoredClient> {
  const assertionType = form.get("client_assertion_type");
  if (assertionType === CLIENT_ASSERTION_TYPE) return byAssertion(context, form);
  if (assertionType) throw new OAuthError("invalid_request", `Unknown client_assertion_type '${assertionType}'.`);

  const basic = basicCredentials(c.req.header("authorization"));
  const id = formDecode(basic?.id) ?? form.get("client_id") ?? "";
  const secret = formDecode(basic?.secret) ?? form.get("client_secret") ?? "";
  if (!basic && id === "") {
    throw new OAuthError("invalid_request", "No client credentials, neither in the header nor in the body.");
  }
  const stored = knownClient(context, id);
  const method = methodOf(stored);
  if (form.get("client_id") && form.get("client_secret") && method !== "client_secret_post") {
    throw otherMethod(method, "client_secret_post");
  }
  if (basic && basic.secret !== "" && method !== "client_secret_basic")
    throw otherMethod(method, "client_secret_basic");
  if (method === "none") return stored;
  if (secret === "" || !stored.secrets.includes(secret)) {
    throw new OAuthError("invalid_client", "The client secret is missing or wrong.");
  }
  return stored;
}

/**
 * Marks the id of an assertion as used, until the assertion expires.
 *
 * @throws OAuthError `jti_known` where it was used before.
 */
export function useOnce(context: Context, jti: string, exp: number): void {
  const { usedAssertions } = context.state;
  if (usedAssertions.has(jti)) throw new OAuthError("jti_known", "The assertion was used before.");
  usedAssertions.set(jti, { expiresAt: exp * 1000 });
}

/** What identifies the token endpoint in the `aud` of an assertion, which is a string or a list. */
export function isForTokenEndpoint(context: Context, aud: unknown): boolean {
  return [aud].flat().includes(`${context.publicUrl}/oauth2/token`);
}

/** The user name and the password of a Basic header, as they are. */
export function basicCredentials(header: string | undefined): { id: string; secret: string } | undefined {
  const [, encoded] = /^basic +(.*)$/i.exec(header ?? "") ?? [];
  if (encoded === undefined) return undefined;
  let text: string;
  try {
    text = new TextDecoder().decode(Uint8Array.from(atob(encoded), (char) => char.charCodeAt(0)));
  } catch {
    return undefined;
  }
  const at = text.indexOf(":");
  return at === -1 ? undefined : { id: text.slice(0, at), secret: text.slice(at + 1) };
}

/** As RFC 6749 section 2.3.1 has credentials in the header. */
function formDecode(text: string | undefined): string | undefined {
  try {
    return text && decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    throw new OAuthError("invalid_request", "The client id or secret in the header is not form-encoded.");
  }
}

/** `private_key_jwt`, in the order in which the server looks at an assertion. */
async function byAssertion(context: Context, form: URLSearchParams): Promise<StoredClient> {
  const assertion = form.get("client_assertion");
  if (!assertion) throw new OAuthError("invalid_request", "The client_assertion is missing.");
  const invalid = (why: string): OAuthError => new OAuthError("invalid_client", `The client_assertion ${why}.`);
  let header: Record<string, unknown>;
  let claims: Record<string, unknown>;
  try {
    header = { ...decodeProtectedHeader(assertion) };
    claims = decodeJwt(assertion);
  } catch {
    throw invalid("is not a JWT");
  }
  const id = form.get("client_id") || claims["sub"];
  if (typeof id !== "string") throw invalid("has no 'sub'");
  const stored = knownClient(context, id);
  const method = methodOf(stored);
  if (method !== "private_key_jwt") throw otherMethod(method, "private_key_jwt");
  const alg = stored.client.token_endpoint_auth_signing_alg || "RS256";
  if (header["alg"] !== alg) throw invalid(`has to be signed by ${alg}`);
  const key = await clientKey(context, stored, alg, header["kid"]);
  await compactVerify(assertion, key as object).catch(() => {
    throw invalid("does not verify with the client's key");
  });

  checkTimes(context, claims, "client_assertion");
  const { iss, sub, aud, exp, jti } = claims;
  if (iss !== id) throw invalid("has another 'iss' than the client");
  if (sub !== id) throw invalid("has another 'sub' than the client");
  if (typeof jti !== "string" || jti === "") throw invalid("has no 'jti'");
  if (typeof exp !== "number") throw invalid("has no 'exp'");
  useOnce(context, jti, exp);
  if (!isForTokenEndpoint(context, aud)) throw invalid("is not for the token endpoint: see its 'aud'");
  return stored;
}

/**
 * Whether a JWT has begun and has not ended. The server did not foresee that it may not: it fails with a `500`.
 *
 * @param name What the JWT is called in the error.
 */
export function checkTimes(context: Context, { exp, iat, nbf }: Record<string, unknown>, name: string): void {
  const now = seconds(context.now());
  if (isTime(exp) && now > exp) throw new OAuthError("error", `The ${name} has expired.`);
  if (isTime(iat) && now < iat) throw new OAuthError("error", `The ${name} was issued in the future.`);
  if (isTime(nbf) && now < nbf) throw new OAuthError("error", `The ${name} is not valid yet.`);
}

/** A zero counts as absent. */
function isTime(claim: unknown): claim is number {
  return typeof claim === "number" && claim !== 0;
}

/** The client's key for what it has signed: of its own set, or of the one that its `jwks_uri` points at. */
export async function clientKey(
  context: Context,
  { client }: StoredClient,
  alg: string,
  kid: unknown,
): Promise<JsonWebKey> {
  const own = client.jwks?.keys;
  if (!own?.length && !client.jwks_uri) {
    throw new OAuthError("invalid_client", "The client has no JSON Web Keys registered.");
  }
  const keys = own?.length ? own : await fetchKeys(context, client.jwks_uri!);
  const kty = alg.startsWith("ES") ? "EC" : "RSA";
  const key = keys.find((each) => {
    const isPublic = each.use === "sig" && each.kty === kty && each.d === undefined;
    return isPublic && (kid === undefined || each.kid === kid);
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
    // Whatever went wrong, the client learns no more than that its keys could not be read.
  }
  throw new OAuthError("server_error", "The JSON Web Keys of the client could not be fetched.");
}

function knownClient(context: Context, id: string): StoredClient {
  const stored = context.state.clients.get(id);
  if (!stored) throw new OAuthError("invalid_client", "The client is not known.");
  return stored;
}

function methodOf({ client }: StoredClient): string {
  return client.token_endpoint_auth_method || "client_secret_basic";
}

function otherMethod(registered: string, requested: string): OAuthError {
  return new OAuthError("invalid_client", `The client is registered for '${registered}', not for '${requested}'.`);
}
