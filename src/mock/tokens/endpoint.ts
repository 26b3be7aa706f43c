import { base64url, compactVerify, decodeJwt, decodeProtectedHeader } from "jose";
import type { Context, Routes } from "../context.ts";
import { anyFormBody } from "../http/body.ts";
import { OAuthError } from "../http/oauth-error.ts";
import { NO_STORE, oauthJson, oauthRefusal, refusal } from "../http/reply.ts";
import type { StoredClient, StoredIssuer } from "../state/state.ts";
import type { Token } from "../state/token-table.ts";
import { authenticateClient, isForTokenEndpoint, useOnce } from "./client-authentication.ts";
import { findToken, grants, issueTokens, markUsed, seconds, sha256, type TokenResponse } from "./issue.ts";
import { allowedAudiences, audiences, checkAudience, checkScope, scopes, words } from "./scope.ts";

export const DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";
const JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
/** How long an assertion of the jwt-bearer grant may live, in seconds. */
const MAX_ASSERTION = 720 * 3600;

type GrantHandler = (context: Context, stored: StoredClient, form: URLSearchParams) => Promise<TokenResponse>;

const GRANTS: Record<string, GrantHandler> = {
  client_credentials: clientCredentials,
  authorization_code: authorizationCode,
  refresh_token: refreshToken,
  [DEVICE_CODE]: deviceCode,
  [JWT_BEARER]: jwtBearer,
};

/** The token endpoint, introspection, revocation, and the deletion of a client's access tokens. */
export function tokenRoutes(routes: Routes, context: Context): void {
  routes.public.post("/oauth2/token", (c) =>
    oauthAnswer(async () => {
      const form = required(await anyFormBody(c));
      const types = words(form.get("grant_type"));
      if (types.length === 0) throw new OAuthError("invalid_request", "The parameter 'grant_type' is missing.");
      // An assertion counts as used even where the grant type then turns out to be none.
      const authentication = await settled(authenticateClient(context, c, form));
      const handler = types.length === 1 && Object.hasOwn(GRANTS, types[0]!) ? GRANTS[types[0]!] : undefined;
      if (!handler) throw new OAuthError("invalid_request", `The grant type '${types.join(" ")}' is not supported.`);
      return oauthJson(await handler(context, authentication(), form));
    }),
  );

  routes.public.post("/oauth2/revoke", (c) =>
    oauthAnswer(async () => {
      const done = new Response(null, { headers: NO_STORE });
      try {
        const form = required(await anyFormBody(c));
        const { client } = await authenticateClient(context, c, form);
        // One that has expired still takes the others of its grant along; one that was rotated away takes none.
        const token = context.state.tokens.peek(form.get("token") ?? "");
        const isToken = token && token.use !== "authorization_code" && !token.used;
        // A token that is unknown or another client's is none of the caller's business: the answer is the same.
        if (isToken && token.grant.clientId === client.client_id) revokeGrant(context, token.grant.id);
        return done;
      } catch (error) {
        // The server knows two refusals here. Whatever else is wrong looks like a success.
        if (error instanceof OAuthError && !/^invalid_(request|client)$/.test(error.code)) return done;
        throw error;
      }
    }),
  );

  routes.admin.post("/admin/oauth2/introspect", (c) =>
    oauthAnswer(async () => {
      const form = required(await anyFormBody(c));
      const token = findToken(context, form.get("token") ?? "");
      if (!token || !grants(token, words(form.get("scope")))) return oauthJson({ active: false });
      return oauthJson(introspection(context, token), 200, {});
    }),
  );

  routes.admin.delete("/admin/oauth2/tokens", (c) => {
    const id = c.req.query("client_id");
    if (!id) throw refusal(400, "invalid_request", "The query parameter 'client_id' is missing.");
    context.state.tokens.deleteOfClient(id, "access_token");
    return c.body(null, 204);
  });
}

/** The answer of an OAuth 2.0 endpoint, its refusals in the form of RFC 6749 section 5.2. */
export async function oauthAnswer(answer: () => Promise<Response>): Promise<Response> {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof OAuthError) throw oauthRefusal(error.status, error.code, error.message);
    throw error;
  }
}

/** @throws OAuthError where the body is not a form or has no parameter. */
export function required(form: URLSearchParams): URLSearchParams {
  if (form.size === 0) throw new OAuthError("invalid_request", "The body is empty or not a form.");
  return form;
}

async function clientCredentials(
  context: Context,
  stored: StoredClient,
  form: URLSearchParams,
): Promise<TokenResponse> {
  const { client } = stored;
  const scope = scopes(form);
  const audience = audiences(form);
  checkScope(words(client.scope), scope);
  checkAudience(client.audience ?? [], audience);
  if (client.token_endpoint_auth_method === "none") {
    throw new OAuthError("invalid_grant", "A public client has no credentials to be granted a token for.");
  }
  requireGrantType(stored, "client_credentials");
  const { client_id: clientId } = client;
  const grant = { id: context.random.uuid(), clientId, subject: clientId, scope, audience, ext: {} };
  return issueTokens(context, stored, grant, "client_credentials");
}

async function authorizationCode(
  context: Context,
  stored: StoredClient,
  form: URLSearchParams,
): Promise<TokenResponse> {
  requireGrantType(stored, "authorization_code");
  const verifier = form.get("code_verifier") ?? "";
  const challenge = base64url.encode(await sha256(verifier));
  const code = redeemable(context, stored, form.get("code"), "authorization_code");
  const { redirectUri, codeChallenge } = code.bound!;
  if (redirectUri !== "" && redirectUri !== form.get("redirect_uri")) {
    throw new OAuthError("invalid_grant", "The 'redirect_uri' is not the one of the authorization request.");
  }
  if (codeChallenge !== "" || verifier !== "") {
    if (!/^[\w.~-]{43,128}$/.test(verifier) || challenge !== codeChallenge) {
      // A wrong verifier burns the code: whoever sent it is not who asked for the code.
      context.state.tokens.delete(code.value);
      throw new OAuthError("invalid_grant", "The PKCE code verifier does not fit the code challenge.");
    }
  }
  return issueTokens(context, stored, code.grant, "authorization_code", () => {
    redeemable(context, stored, code.value, "authorization_code");
    markUsed(context, code);
  });
}

async function refreshToken(context: Context, stored: StoredClient, form: URLSearchParams): Promise<TokenResponse> {
  requireGrantType(stored, "refresh_token");
  const token = redeemable(context, stored, form.get("refresh_token"), "refresh_token");
  const { grant } = token;
  checkScope(words(stored.client.scope), grant.scope);
  checkAudience(stored.client.audience ?? [], grant.audience);
  // The server grants what was granted before, whatever the parameter `scope` says.
  return issueTokens(context, stored, grant, "refresh_token", () => {
    redeemable(context, stored, token.value, "refresh_token");
    markUsed(context, token);
    context.state.tokens.deleteOfGrant(grant.id, "access_token");
  });
}

async function deviceCode(context: Context, stored: StoredClient, form: URLSearchParams): Promise<TokenResponse> {
  requireGrantType(stored, DEVICE_CODE);
  const { devices } = context.state;
  const code = form.get("device_code") ?? "";
  const device = devices.get(code);
  const unknown = new OAuthError("invalid_grant", "The device code is unknown, or its tokens were fetched before.");
  if (!device) throw unknown;
  if (device.endsAt <= context.now()) throw new OAuthError("expired_token", "The device code has expired.");
  if (device.state === "pending") {
    throw new OAuthError("authorization_pending", "The person has not yet entered the user code and consented.");
  }
  if (device.clientId !== stored.client.client_id) {
    throw new OAuthError("invalid_grant", "The device code was issued to another client.");
  }
  return issueTokens(context, stored, device.state, "device_authorization", () => {
    if (!devices.delete(code)) throw unknown;
  });
}

/** The jwt-bearer grant, RFC 7523 section 2.1, for the issuers that an administrator trusts. */
async function jwtBearer(context: Context, stored: StoredClient, form: URLSearchParams): Promise<TokenResponse> {
  requireGrantType(stored, JWT_BEARER);
  const assertion = form.get("assertion");
  if (!assertion) throw new OAuthError("invalid_request", "The parameter 'assertion' is missing.");
  const { issuer, claims } = await verifyAssertion(context, assertion);
  const subject = claims["sub"] as string;
  const { exp, nbf, iat, jti, aud } = claims;
  const now = context.now() / 1000;
  const invalid = (why: string): OAuthError => new OAuthError("invalid_grant", `The assertion ${why}.`);
  if (!isForTokenEndpoint(context, aud)) throw invalid("is not for the token endpoint: see its 'aud'");
  if (typeof exp !== "number") throw invalid("has no 'exp'");
  if (exp < now) throw invalid("has expired");
  if (typeof nbf === "number" && nbf >= now) throw invalid("is not valid yet: see its 'nbf'");
  if (typeof iat !== "number") throw invalid("has no 'iat'");
  if (exp - iat > MAX_ASSERTION) throw invalid("lives too long");
  if (typeof jti !== "string" || jti === "") throw invalid("has no 'jti'");
  const scope = scopes(form);
  checkScope(issuer.scope ?? [], scope);
  useOnce(context, jti, exp);
  const { client_id: clientId, audience: allowed = [] } = stored.client;
  const audience = allowedAudiences(allowed, audiences(form));
  const grant = { id: context.random.uuid(), clientId, subject, scope, audience, ext: {} };
  return issueTokens(context, stored, grant, "jwt_bearer");
}

/** The claims of an assertion, verified with the key of the issuer that vouches for its subject. */
async function verifyAssertion(
  context: Context,
  assertion: string,
): Promise<{ issuer: StoredIssuer; claims: Record<string, unknown> }> {
  let claims: Record<string, unknown>;
  let kid: string | undefined;
  try {
    claims = decodeJwt(assertion);
    kid = decodeProtectedHeader(assertion).kid;
  } catch {
    throw new OAuthError("invalid_grant", "The assertion is not a JWT.");
  }
  const { iss, sub } = claims;
  if (typeof iss !== "string" || iss === "") throw new OAuthError("invalid_grant", "The assertion has no 'iss'.");
  if (typeof sub !== "string" || sub === "") throw new OAuthError("invalid_grant", "The assertion has no 'sub'.");
  const { trustedIssuers, keySets } = context.state;
  for (const issuer of trustedIssuers.values()) {
    const { public_key: id } = issuer;
    const fits = issuer.issuer === iss && (issuer.allow_any_subject || issuer.subject === sub);
    if (Date.parse(issuer.expires_at ?? "") <= context.now()) continue;
    if (!fits || (kid !== undefined && id.kid !== kid)) continue;
    const key = keySets.get(id.set)?.find((each) => each.kid === id.kid);
    if (!key) continue;
    try {
      await compactVerify(assertion, key as object);
    } catch {
      if (kid === undefined) continue;
      throw new OAuthError("invalid_grant", "The signature of the assertion does not verify.");
    }
    return { issuer, claims };
  }
  throw new OAuthError("invalid_grant", `No key is trusted for issuer '${iss}' and subject '${sub}'.`);
}

/**
 * The code or refresh token that the client may redeem. One that was redeemed before is in wrong hands: all that came
 * of its grant is revoked.
 */
function redeemable(
  context: Context,
  { client }: StoredClient,
  value: string | null,
  use: "authorization_code" | "refresh_token",
): Token {
  const token = context.state.tokens.get(value ?? "");
  if (token?.use !== use)
    throw new OAuthError("invalid_grant", `The ${use.replace("_", " ")} is unknown or has expired.`);
  if (token.used) {
    revokeGrant(context, token.grant.id);
    throw new OAuthError("invalid_grant", `The ${use.replace("_", " ")} was used before.`);
  }
  if (token.grant.clientId !== client.client_id) {
    throw new OAuthError("invalid_grant", `The ${use.replace("_", " ")} was issued to another client.`);
  }
  return token;
}

function requireGrantType({ client }: StoredClient, type: string): void {
  const allowed = client.grant_types?.length ? client.grant_types : ["authorization_code"];
  if (!allowed.includes(type)) {
    throw new OAuthError("unauthorized_client", `The client is not allowed to use the grant type '${type}'.`);
  }
}

/** Forgets the access and refresh tokens of a grant; its code stays, to be noticed when it comes again. */
function revokeGrant(context: Context, id: string): void {
  context.state.tokens.deleteOfGrant(id, "access_token");
  context.state.tokens.deleteOfGrant(id, "refresh_token");
}

function introspection(context: Context, { grant, use, issuedAt, expiresAt }: Token): Record<string, unknown> {
  const obfuscated = grant.claims && grant.claims.sub !== grant.subject ? grant.claims.sub : undefined;
  return {
    active: true,
    scope: grant.scope.join(" "),
    client_id: grant.clientId,
    sub: grant.subject,
    ...(obfuscated && { obfuscated_subject: obfuscated }),
    exp: seconds(expiresAt),
    iat: seconds(issuedAt),
    nbf: seconds(issuedAt),
    aud: grant.audience,
    iss: `${context.publicUrl}/`,
    token_type: "Bearer",
    token_use: use,
    ...(Object.keys(grant.ext).length > 0 && { ext: grant.ext }),
  };
}

/** Waits for a promise, and gives or throws its outcome when it is asked for. */
async function settled<T>(promise: Promise<T>): Promise<() => T> {
  const [outcome] = await Promise.allSettled([promise]);
  return () => {
    if (outcome.status === "rejected") throw outcome.reason;
    return outcome.value;
  };
}
