import { type Limits, withDeadline } from "../core/deadline.ts";
import { assertInput, assertOptions } from "../core/validate.ts";
import { AccessTokenError } from "./access-token-error.ts";

/** What a valid access token says. */
export interface AccessTokenInfo {
  /** The client that the token was issued to. */
  clientId: string;
  /** The user, or the client itself for client credentials. */
  subject: string | undefined;
  /** The scopes that it grants. */
  scope: string[];
  /** The APIs that it is meant for. */
  audience: string[];
  /** When it expires, in seconds since the Unix epoch. */
  expiresAt: number | undefined;
  /** The introspection response, or the payload of the JWT. */
  claims: { [name: string]: any };
}

/** What a token must have. */
export interface AccessTokenRequirements {
  /**
   * The scopes that the token must grant, all of them, as a list or separated by spaces. A call may pass others instead.
   * @default none
   */
  requiredScope?: string | readonly string[] | undefined;
  /**
   * The name of your API in the `aud` of tokens; of several names, the token must have one. Without it, a token that was
   * issued for another API is accepted.
   * @default any audience
   */
  audience?: string | readonly string[] | undefined;
}

/** The options of every guard. */
export const REQUIREMENTS: readonly (keyof AccessTokenRequirements)[] = ["requiredScope", "audience"];

/** The options of one call of an {@link AccessTokenGuard}. */
export interface GuardOptions extends Pick<AccessTokenRequirements, "requiredScope"> {
  /** Aborts the wait of this caller, not of others. */
  signal?: Limits["signal"];
}

/**
 * Returns what the access token of a request says, if it gets access.
 *
 * @param authorization the `Authorization` header of the request: `Bearer TOKEN`
 * @throws {@link AccessTokenError} the request does not get access: respond with its `status` and `challenge()`
 * @throws whatever the request to Hydra rejects with, such as a `NetworkError`: respond with 503
 */
export type AccessTokenGuard = (
  authorization: string | null | undefined,
  options?: GuardOptions,
) => Promise<AccessTokenInfo>;

/** RFC 6750, section 2.1. */
const BEARER = /^Bearer +([\w.~+/-]+=*)$/i;

/**
 * Returns a guard that finds the token, reads it with `read`, and checks the audience and the scopes.
 *
 * @param label names the work in the error of a signal
 * @param read returns the claims of a valid token; `undefined` for another
 */
export function createGuard(
  label: string,
  { requiredScope, audience }: AccessTokenRequirements,
  read: (token: string) => Promise<{ [name: string]: any } | undefined>,
): AccessTokenGuard {
  const audiences = wordsOf("audience", audience);
  const scopeOfAll = wordsOf("requiredScope", requiredScope);
  return async (authorization, options = {}) => {
    // A misspelled scope would let every token pass.
    assertOptions(options, ["requiredScope", "signal"], "a guard", "is it misspelled?");
    const { signal, requiredScope } = options;
    const required = requiredScope === undefined ? scopeOfAll : wordsOf("requiredScope", requiredScope);
    const [, token] = BEARER.exec(`${authorization ?? ""}`.trim()) ?? [];
    if (!token) throw new AccessTokenError("no_token", "the request has no bearer token", required);
    const claims = await withDeadline(undefined, [signal], label, () => read(token));
    if (!claims) throw new AccessTokenError("invalid_token", "the access token is not valid", required);
    const info = infoOf(claims);
    if (audiences.length && !info.audience.some((name) => audiences.includes(name))) {
      throw new AccessTokenError("invalid_token", "the access token is meant for another audience", required);
    }
    if (!required.every((scope) => info.scope.includes(scope))) {
      throw new AccessTokenError("insufficient_scope", "the access token does not grant a required scope", required);
    }
    return info;
  };
}

/** Reads the claims of an introspection response (RFC 7662) or of a JWT of Hydra, whose scopes may be the list `scp`. */
function infoOf(claims: { [name: string]: any }): AccessTokenInfo {
  const { client_id, sub, scope, scp, aud, exp } = claims;
  return {
    clientId: client_id,
    subject: sub,
    scope: [...new Set([...stringsOf(scope), ...stringsOf(scp)])],
    audience: Array.isArray(aud) ? aud : aud ? [aud] : [],
    expiresAt: exp,
    claims,
  };
}

const stringsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value : typeof value === "string" ? value.split(" ").filter(Boolean) : [];

function wordsOf(field: string, value: string | readonly string[] | undefined): string[] {
  const isText = value === undefined || typeof value === "string" || Array.isArray(value);
  assertInput(isText, field, "must be a string or a list of strings");
  const words = stringsOf(value);
  // An empty variable of the environment must not take the check away.
  assertInput(
    value === undefined || words.every((word) => word && typeof word === "string"),
    field,
    "has an empty item",
  );
  assertInput(value === undefined || Array.isArray(value) || words.length, field, "is empty: leave it out for none");
  return words;
}
