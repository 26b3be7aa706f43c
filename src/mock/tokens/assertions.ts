import { decodeJwt, decodeProtectedHeader, type JWTPayload, type ProtectedHeaderParameters } from "jose";
import type { Context } from "../context.ts";
import { OAuthError } from "../http/oauth-error.ts";
import { epochSeconds } from "../http/time.ts";

/** A JWT that someone else has signed, before the signature is verified. */
export interface DecodedJwt {
  jwt: string;
  header: ProtectedHeaderParameters;
  claims: JWTPayload;
}

/** Decodes a JWT as the server does: white space in it is ignored, and an empty `kid` counts as missing. */
export function decodeSigned(text: string): DecodedJwt {
  const jwt = text.replace(/\s/g, "");
  const { kid, ...header } = decodeProtectedHeader(jwt);
  if (kid !== undefined && typeof kid !== "string") throw new TypeError("The 'kid' must be a string.");
  return { jwt, header: { ...header, ...(kid && { kid }) }, claims: decodeJwt(jwt) };
}

/** Whether the `aud` of an assertion, a string or a list, contains the URL of the token endpoint. */
export function isForTokenEndpoint(context: Context, aud: unknown): boolean {
  return [aud].flat().includes(`${context.publicUrl}/oauth2/token`);
}

/**
 * Records the `jti` of an assertion until the assertion expires.
 *
 * @throws OAuthError `jti_known` if it was used before
 */
export function useOnce(context: Context, jti: string, exp: number): void {
  const { usedAssertions } = context.state;
  if (usedAssertions.has(jti)) throw new OAuthError("jti_known", "The assertion was used before.");
  usedAssertions.set(jti, { expiresAt: exp * 1000 });
}

/**
 * Checks the times of a JWT that a client has signed. The server reports a wrong time as an unforeseen error, a `500`.
 *
 * @param name What the error calls the JWT.
 */
export function checkTimes(context: Context, { exp, iat, nbf }: Record<string, unknown>, name: string): void {
  const now = epochSeconds(context.now());
  if (isTime(exp) && now > exp) throw new OAuthError("error", `The ${name} has expired.`);
  if (isTime(iat) && now < iat) throw new OAuthError("error", `The ${name} was issued in the future.`);
  if (isTime(nbf) && now < nbf) throw new OAuthError("error", `The ${name} is not valid yet.`);
}

/** A zero counts as absent. */
function isTime(claim: unknown): claim is number {
  return typeof claim === "number" && claim !== 0;
}
