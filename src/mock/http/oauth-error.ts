import { HTTPException } from "hono/http-exception";
import { oauthJson, refusal, withCookies } from "./reply.ts";

/** The HTTP status of each error code that does not come with a 400. */
const STATUS: Record<string, number> = {
  invalid_client: 401,
  invalid_token: 401,
  request_unauthorized: 401,
  access_denied: 403,
  request_forbidden: 403,
  server_error: 500,
  /** The code of an error that the server did not foresee. */
  error: 500,
};

/**
 * A refusal with an OAuth 2.0 error code. Left alone, it becomes the JSON error of the admin API; an endpoint that
 * reports errors in another form, such as a redirect, catches it.
 */
export class OAuthError extends HTTPException {
  readonly code: string;
  readonly cookies: readonly string[];

  /**
   * @param description For people; it may end up in a URL and in a header.
   * @param cookies Set-Cookie values to send with the refusal.
   */
  constructor(
    code: string,
    description: string,
    status: number = STATUS[code] ?? 400,
    cookies: readonly string[] = [],
  ) {
    const message = description.replaceAll('"', "'");
    const res = withCookies(refusal(status, code, message).getResponse(), cookies);
    super(status as 400, { message, res });
    this.code = code;
    this.cookies = cookies;
  }
}

export function invalidRequest(description: string): OAuthError {
  return new OAuthError("invalid_request", description);
}

/** Runs a handler of an OAuth 2.0 endpoint and reports its refusals as RFC 6749 section 5.2 has them. */
export async function withOAuthErrors(handle: () => Promise<Response>): Promise<Response> {
  try {
    return await handle();
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    return oauthJson({ error: error.code, error_description: error.message }, error.status);
  }
}
