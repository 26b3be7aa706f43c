import { HydraError, isKind } from "../core/errors.ts";

/**
 * Why a request does not get access:
 *
 * - `no_token`: there is no `Authorization: Bearer …` header
 * - `invalid_token`: the token is unknown, expired, revoked, no access token, or meant for another API
 * - `insufficient_scope`: the token is valid, but does not grant a required scope
 */
export type AccessTokenProblem = "no_token" | "invalid_token" | "insufficient_scope";

/**
 * The request to your API does not get access. Respond with `status` and `WWW-Authenticate: ${challenge()}` (RFC 6750,
 * section 3). It does not contain the token.
 */
export class AccessTokenError extends HydraError {
  override get name(): "AccessTokenError" {
    return "AccessTokenError";
  }
  /** It does not stand for a response of Hydra. */
  override get isAxiosError(): boolean {
    return false;
  }
  /** See {@link AccessTokenProblem}. */
  readonly problem: AccessTokenProblem;
  /** The status to respond with: 401, or 403 for `insufficient_scope`. */
  readonly status: 401 | 403;
  /** The scopes that the request requires. */
  readonly requiredScope: readonly string[];

  /**
   * @param problem see {@link AccessTokenProblem}
   * @param message explains it to the developer of the client
   * @param requiredScope the scopes that the request requires
   */
  constructor(problem: AccessTokenProblem, message: string, requiredScope: readonly string[] = []) {
    super(message);
    this.problem = problem;
    this.status = problem === "insufficient_scope" ? 403 : 401;
    this.requiredScope = requiredScope;
  }

  /**
   * Returns the value of `WWW-Authenticate`. Without a token it has no error code, as RFC 6750, section 3.1, asks.
   *
   * @param parameters others that it has, such as `realm` or `resource_metadata` (RFC 9728)
   */
  challenge(parameters: { [name: string]: string } = {}): string {
    const error = this.problem === "no_token" ? {} : { error: this.problem, error_description: this.message };
    const scope = this.requiredScope.length ? { scope: this.requiredScope.join(" ") } : {};
    const all = Object.entries({ ...parameters, ...error, ...scope });
    return `Bearer ${all.map(([name, value]) => `${name}="${value.replace(/["\\]/g, "\\$&")}"`).join(", ")}`.trim();
  }
}

/** Whether a request does not get access: see {@link AccessTokenError}. */
export const isAccessTokenError = (error: unknown): error is AccessTokenError => isKind(error, "AccessTokenError");
