import { HTTPException } from "hono/http-exception";
import { refusal, withCookies } from "./reply.ts";

/** The status that goes with an error code; 400 for every other code. */
const STATUS: Record<string, number> = {
  invalid_client: 401,
  invalid_token: 401,
  request_unauthorized: 401,
  access_denied: 403,
  request_forbidden: 403,
  server_error: 500,
  /** What an unforeseen fault is called. */
  error: 500,
};

/**
 * A refusal by its code. As it is, it makes the error answer of the management side; an endpoint that refuses in
 * another form, such as a redirect, catches it.
 */
export class OAuthError extends HTTPException {
  readonly code: string;
  readonly cookies: readonly string[];

  /**
   * @param description For people; it may end up in a URL and in a header.
   * @param cookies What the browser is to be told along with the refusal.
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
