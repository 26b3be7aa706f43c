import { compactVerify } from "jose";
import type { Context } from "../../context.ts";
import { OAuthError } from "../../http/oauth-error.ts";
import { unique } from "../../http/parameters.ts";
import type { StoredClient, StoredIssuer } from "../../state/state.ts";
import { type DecodedJwt, decodeSigned, isForTokenEndpoint, useOnce } from "../assertions.ts";
import { allowedAudience, requestedAudience } from "../audience.ts";
import type { Issuance } from "../issue.ts";
import { MAX_ASSERTION_LIFESPAN } from "../lifespans.ts";
import { checkScope, requestedScope } from "../scope.ts";
import { JWT_BEARER_GRANT, requireGrantType } from "./grant-type.ts";

/** RFC 7523 section 2.1, for the issuers that an administrator trusts. */
export async function jwtBearer(context: Context, stored: StoredClient, form: URLSearchParams): Promise<Issuance> {
  requireGrantType(stored, JWT_BEARER_GRANT);
  const assertion = form.get("assertion");
  if (!assertion) throw new OAuthError("invalid_request", "The parameter 'assertion' is missing.");
  const { issuer, subject, claims } = await verifyAssertion(context, assertion);
  const { exp, jti } = checkClaims(context, claims);
  const scope = requestedScope(form);
  checkScope(issuer.scope ?? [], scope);
  useOnce(context, jti, exp);
  const { client_id: clientId } = stored.client;
  const allowed = allowedAudience(stored.client, requestedAudience(form));
  const ofAssertion = context.has("assertionAudienceOmitted") ? [] : [claims["aud"]].flat().map(String);
  const audience = unique([...ofAssertion, ...allowed]);
  const grant = { id: context.random.uuid(), clientId, subject, scope, audience, ext: {} };
  return { grant, kind: "jwt_bearer" };
}

/** An assertion whose signature verifies. */
interface VerifiedAssertion {
  issuer: StoredIssuer;
  subject: string;
  claims: Record<string, unknown>;
}

/** Verifies an assertion with the key of an issuer that is trusted for its subject. */
async function verifyAssertion(context: Context, assertion: string): Promise<VerifiedAssertion> {
  let decoded: DecodedJwt;
  try {
    decoded = decodeSigned(assertion);
  } catch {
    throw invalid("is not a JWT");
  }
  const { jwt, claims } = decoded;
  const { kid } = decoded.header;
  const { iss, sub: subject } = claims;
  if (typeof iss !== "string" || iss === "") throw invalid("has no 'iss'");
  if (typeof subject !== "string" || subject === "") throw invalid("has no 'sub'");
  const { trustedIssuers, keySets } = context.state;
  for (const issuer of trustedIssuers.values()) {
    const { public_key: id } = issuer;
    const isTrusted = issuer.issuer === iss && (issuer.allow_any_subject || issuer.subject === subject);
    // The server looks at the end of the trust only if it has to try key by key.
    const mustBeCurrent = kid === undefined || context.refuseExpiredIssuers;
    const hasExpired = mustBeCurrent && Date.parse(issuer.expires_at ?? "") <= context.now();
    if (!isTrusted || hasExpired || (kid !== undefined && id.kid !== kid)) continue;
    const key = keySets.get(id.set)?.find((candidate) => candidate.kid === id.kid);
    if (!key) continue;
    try {
      await compactVerify(jwt, key as object);
    } catch {
      // An assertion without a `kid` may have been signed with another key of the issuer.
      if (kid === undefined) continue;
      throw invalid("has a signature that does not verify");
    }
    return { issuer, subject, claims };
  }
  throw new OAuthError("invalid_grant", `No trusted key belongs to issuer '${iss}' and subject '${subject}'.`);
}

/** RFC 7523 section 3, in the order of the server. */
function checkClaims(context: Context, claims: Record<string, unknown>): { exp: number; jti: string } {
  const { exp, nbf, iat, jti, aud } = claims;
  const now = context.now() / 1000;
  if (!isForTokenEndpoint(context, aud)) throw invalid("has an 'aud' that is not the token endpoint");
  if (typeof exp !== "number") throw invalid("has no 'exp'");
  if (exp < now) throw invalid("has expired");
  if (typeof nbf === "number" && nbf >= now) throw invalid("has an 'nbf' in the future");
  if (typeof iat !== "number") throw invalid("has no 'iat'");
  if (exp - iat > MAX_ASSERTION_LIFESPAN / 1000) throw invalid("has an 'exp' too long after its 'iat'");
  if (typeof jti !== "string" || jti === "") throw invalid("has no 'jti'");
  return { exp, jti };
}

function invalid(why: string): OAuthError {
  return new OAuthError("invalid_grant", `The assertion ${why}.`);
}
