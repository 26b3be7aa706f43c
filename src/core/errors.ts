import { hideGetters } from "./inspect.ts";
import { demandedPause } from "./retry-after.ts";

/** The response in a {@link ResponseError}: the fields that axios users read from `err.response`. */
export interface ErrorResponse {
  /** The HTTP status, such as `404`. */
  status: number;
  /** The reason phrase, such as `Not Found`; empty over HTTP/2. */
  statusText: string;
  /** Lower-case names. */
  headers: ResponseHeaders;
  /** The parsed body; its text if it is not JSON. */
  data: any;
}

/** Response headers as a plain object: lower-case names, each value a string, `set-cookie` a list. */
export interface ResponseHeaders {
  // As loose as in axios, so that code written for it compiles.
  [name: string]: any;
  /** One entry for each cookie that the server sets. */
  "set-cookie"?: string[];
  /** Where a redirect or a `201` points; `undefined` in other responses. */
  location?: any;
  /** The other pages of a list (RFC 8288); `undefined` if there are none. */
  link?: any;
}

/**
 * The base class of every error that this library throws. Use {@link isHydraError} rather than `instanceof` if two copies of
 * the package may be installed.
 */
export class HydraError extends Error {
  override get name(): string {
    return "HydraError";
  }

  constructor(message?: string, options?: ErrorOptions) {
    super(message, options);
    hideGetters(this);
  }

  /** Marks the errors of this library for its guards. A string key, so that two copies of the package agree on it. */
  get "hydra-sdk"(): true {
    return true;
  }

  /** Lets `axios.isAxiosError` recognize the errors that axios would throw; `config` and `request` are absent. */
  get isAxiosError(): boolean {
    return true;
  }

  /** The name, the message and the public fields: what `JSON.stringify` shows. */
  toJSON(): object {
    return { ...this, name: this.name, message: this.message };
  }
}

/** The server responded with a client or server error: a status of 400 or above. See {@link isResponseError}. */
export class ResponseError extends HydraError {
  override get name(): "ResponseError" {
    return "ResponseError";
  }
  /** The HTTP status, such as `404`. */
  readonly status: number;
  /**
   * `error` of the body: a code of RFC 6749 such as `invalid_client`, or a sentence such as `Unable to locate the
   * resource`. For Ory Network's console, the `message` of the error.
   */
  readonly error: string | undefined;
  /** `error_description` or `reason` of the body, or of its `error`, unless it is empty. */
  readonly errorDescription: string | undefined;
  /**
   * Seconds to wait before another attempt, if the server says so: `Retry-After` as a number or as a date, or `x-ratelimit-reset`
   * of Ory Network with a 429.
   */
  declare readonly retryAfter?: number;
  /** The ID by which the operator of a gateway finds the request in its logs: the response header `x-request-id`. */
  declare readonly requestId?: string;
  readonly #response: ErrorResponse;

  /**
   * @param label names the request, such as `GET /admin/clients`
   * @param response the server's response
   * @param hint explains the response if it does not explain itself
   */
  constructor(label: string, response: ErrorResponse, hint = "") {
    const { status, statusText, data } = response;
    // The console and unknown routes have an object as `error`; some errors of the console consist of that object alone.
    const { error } = Object(data);
    const { message, reason: detail, error_description } = Object(Object(error) === error ? error : data);
    const reason = text(error) ?? text(message);
    const description = text(error_description) ?? text(detail);
    super(`${label}: ${status} ${reason ?? statusText}${description ? `: ${description}` : ""}${hint}`.trim());
    this.status = status;
    this.error = reason;
    this.errorDescription = description;
    this.#response = response;
    const headers = Object(response.headers);
    const pause = demandedPause(status, (name) => headers[name], Date.now());
    const requestId = text(headers["x-request-id"]);
    Object.assign(this, pause !== undefined && { retryAfter: pause / 1000 }, requestId && { requestId });
  }

  /** The code that axios uses. */
  get code(): "ERR_BAD_REQUEST" | "ERR_BAD_RESPONSE" {
    return this.status < 500 ? "ERR_BAD_REQUEST" : "ERR_BAD_RESPONSE";
  }

  /** Status, headers and parsed body. Logging the error does not show it. */
  get response(): ErrorResponse {
    return this.#response;
  }
}

/**
 * No complete response arrived: the name does not resolve, the connection was refused or lost. `cause` is what fetch threw.
 */
export class NetworkError extends HydraError {
  override get name(): "NetworkError" {
    return "NetworkError";
  }
  /** The system's code, such as `ECONNREFUSED`, if the runtime has one (browsers do not). */
  readonly code: string | undefined;

  /**
   * @param message names the request and the system's code
   * @param options `cause` is what fetch threw, `code` the system's code
   */
  constructor(message: string, options?: { cause?: unknown; code?: string | undefined }) {
    super(message, options);
    this.code = options?.code;
  }
}

/** The call took longer than its `timeout`, or an `AbortSignal.timeout()` of the caller fired. */
export class TimeoutError extends HydraError {
  override get name(): "TimeoutError" {
    return "TimeoutError";
  }
  /** The code that axios uses. */
  readonly code = "ECONNABORTED";
  /** `false` if the call had ended before it began, so that no request was sent. */
  declare readonly mayBeSent?: false;
}

/** The caller's `signal` was aborted. `cause` is the signal's reason. */
export class AbortError extends HydraError {
  override get name(): "AbortError" {
    return "AbortError";
  }
  /** The code that axios uses. */
  readonly code = "ERR_CANCELED";
  /** `false` if the call had ended before it began, so that no request was sent. */
  declare readonly mayBeSent?: false;
}

/**
 * A success response that cannot be used: HTML with 200, truncated JSON, a missing body, a redirect that is not followed.
 */
export class InvalidResponseError extends HydraError {
  override get name(): "InvalidResponseError" {
    return "InvalidResponseError";
  }
  /** The HTTP status; 0 for a redirect that a browser hides. */
  readonly status: number;

  /**
   * @param message names the request and what is wrong with the response
   * @param status the HTTP status
   */
  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/** The input was rejected before a request was sent. The message names the field and the fix. */
export class InvalidInputError extends HydraError {
  override get name(): string {
    return "InvalidInputError";
  }
  /** axios has no error like this: nothing was sent. */
  override get isAxiosError(): boolean {
    return false;
  }
  /** The parameter or option at fault, as the caller spells it. */
  readonly field: string;

  /**
   * @param field the parameter or option at fault, as the caller spells it
   * @param message names the field and the fix
   */
  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

/** A required parameter is `null` or `undefined`; `field` names it. */
export class RequiredError extends InvalidInputError {
  override get name(): "RequiredError" {
    return "RequiredError";
  }
}

/** Whether `error` comes from this library, from any copy of the package that is installed. */
export const isHydraError = (error: unknown): error is HydraError => isKind(error, "HydraError");
/**
 * Whether the server responded with an error: see {@link ResponseError}.
 *
 * @example
 * ```ts
 * try {
 *   await api.createOAuth2Client({ oAuth2Client: client });
 * } catch (error) {
 *   if (!isResponseError(error)) throw error;
 *   console.error(error.status, error.error, error.errorDescription);
 * }
 * ```
 */
export const isResponseError = (error: unknown): error is ResponseError => isKind(error, "ResponseError");
/** Whether no complete response arrived: see {@link NetworkError}. */
export const isNetworkError = (error: unknown): error is NetworkError => isKind(error, "NetworkError");
/** Whether the call timed out: see {@link TimeoutError}. */
export const isTimeoutError = (error: unknown): error is TimeoutError => isKind(error, "TimeoutError");
/** Whether the caller aborted the call: see {@link AbortError}. */
export const isAbortError = (error: unknown): error is AbortError => isKind(error, "AbortError");
/** Whether the response was unusable: see {@link InvalidResponseError}. */
export const isInvalidResponseError = (error: unknown): error is InvalidResponseError =>
  isKind(error, "InvalidResponseError");
/** Whether the input was rejected before a request was sent: see {@link InvalidInputError}. */
export const isInvalidInputError = (error: unknown): error is InvalidInputError => isKind(error, "InvalidInputError");
/** Whether a required parameter was missing: see {@link RequiredError}. */
export const isRequiredError = (error: unknown): error is RequiredError => isKind(error, "RequiredError");

/**
 * Whether the server says that a resource does not exist. Not for a 404 of a path that does not exist, such as one of the
 * other listener: that response has another form, and says nothing about the resource.
 */
export const isMissing = (error: unknown): error is ResponseError =>
  isResponseError(error) && saysMissing(error.response);

/** Whether a response says that a resource does not exist. */
export const saysMissing = ({ status, data }: Pick<ErrorResponse, "status" | "data">): boolean =>
  status === 404 && typeof Object(data).error === "string";

/** Whether `error` is of the class named `kind`, or of one derived from it. */
export function isKind(error: unknown, kind: string): boolean {
  try {
    for (let link = error as HydraError | null | undefined; link?.["hydra-sdk"]; link = Object.getPrototypeOf(link)) {
      if (link.name === kind) return true;
    }
  } catch {
    // Somebody's proxy, which cannot be read.
  }
  return false;
}

/** Returns the name of what was thrown, which may be anything; `undefined` if it has none, or cannot be read. */
export function nameOf(thrown: any): string | undefined {
  try {
    return text(thrown?.name);
  } catch {
    return undefined;
  }
}

const text = (value: unknown): string | undefined => (typeof value === "string" && value ? value : undefined);
