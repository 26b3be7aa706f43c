/** An error of the console, to be thrown. */
export class ConsoleError extends Error {
  readonly status: number;
  readonly reason: string;

  constructor(status: number, reason: string) {
    super(MESSAGES[status]);
    this.status = status;
    this.reason = reason;
  }
}

const MESSAGES: Record<number, string> = {
  400: "The request was malformed or contained invalid parameters",
  401: "The request could not be authorized",
  403: "The requested action was forbidden",
  404: "Unable to locate the resource",
  409: "The resource could not be created due to a conflict",
  413: "The request is too large",
  500: "An internal server error occurred",
};

const STATUS_TEXTS: Record<number, string> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  409: "Conflict",
  413: "Request Entity Too Large",
  500: "Internal Server Error",
};

/** Returns the response for an error: `{ error: {…} }`, but the error alone where a project is deleted. */
export function errorResponse({ status, message, reason }: ConsoleError, { method, url }: Request): Response {
  const error = { code: status, status: STATUS_TEXTS[status], message, reason, request: crypto.randomUUID() };
  const isFlat = method === "DELETE" && /^\/projects\/[^/]+$/.test(new URL(url).pathname);
  return Response.json(isFlat ? error : { error }, { status });
}
