import { systemCode } from "./connection.ts";
import { InvalidResponseError, NetworkError, ResponseError } from "./errors.ts";
import type { Fetch, FetchInit } from "./fetch-types.ts";
import { plainHeaders } from "./headers.ts";
import { redactor, safeCause } from "./redact.ts";

/** A request, ready to be sent. */
export interface WireRequest {
  /** Names the request in errors: method and path, such as `GET /admin/clients`, without the query. */
  label: string;
  method: string;
  url: string;
  /** Lower-case names. */
  headers: Record<string, string>;
  /** JSON or a form. */
  body?: string | undefined;
  /** Values to redact; called only when an error is built. */
  secrets(): string[];
  /** Explains a status of 500, which the server does not explain itself. */
  hint?: string | undefined;
}

/** A response with a status of 2xx or 3xx, and its entire body. */
export interface WireResponse {
  response: Response;
  text: string;
}

/**
 * Sends a request and reads the entire response.
 *
 * @throws {@link ResponseError} the server responded with 400 or above
 * @throws {@link NetworkError} no complete response arrived
 */
export async function sendRequest(
  fetch: Fetch | undefined,
  request: WireRequest,
  signal: AbortSignal | undefined,
): Promise<WireResponse> {
  const { url, label, method, headers, body } = request;
  const init: FetchInit = { method, headers, redirect: "manual" };
  if (body !== undefined) init.body = body;
  if (signal) init.signal = signal;
  let response: Response;
  let text: string;
  try {
    signal?.throwIfAborted();
    response = await (fetch ?? globalThis.fetch)(url, init);
    if (signal?.aborted) {
      await response.body?.cancel();
      throw signal.reason;
    }
    text = await response.text();
  } catch (thrown) {
    if (signal?.aborted) throw signal.reason;
    const code = systemCode(thrown);
    const cause = safeCause(thrown, redactor(request.secrets()));
    const server = `${new URL(url).origin}${code ? ` (${code})` : ""}`;
    throw new NetworkError(`${label}: no complete response from ${server}`, { cause, code });
  }
  if (response.status >= 400) throw refusal(request, response, text);
  return { response, text };
}

/** Returns the error for a success response that cannot be used. */
export function invalidResponse({ label }: WireRequest, { status }: Response, problem: string): InvalidResponseError {
  return new InvalidResponseError(`${label}: ${status} ${problem}`, status);
}

function refusal(request: WireRequest, { status, statusText, headers }: Response, text: string): ResponseError {
  const redact = redactor(request.secrets());
  let data: unknown;
  try {
    data = JSON.parse(text, (_, value) => (typeof value === "string" ? redact(value) : value));
  } catch {
    data = redact(text);
  }
  const response = { status, statusText: redact(statusText), headers: plainHeaders(headers, redact), data };
  return new ResponseError(request.label, response, status === 500 ? request.hint : "");
}
