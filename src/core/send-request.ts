import { isFrameworkSignal, systemCode } from "./connection.ts";
import { InvalidResponseError, NetworkError, ResponseError, saysMissing } from "./errors.ts";
import type { Fetch, FetchInit } from "./fetch-types.ts";
import { plainHeaders, responseHeader } from "./headers.ts";
import { isCompoundName, redactor, safeCause } from "./redact.ts";
import { userAgent } from "./user-agent.ts";

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
  /** The longest response that is read, in bytes. @default 16_000_000 */
  maxResponseSize?: number | undefined;
  /** Values to redact; called only when an error is built. */
  secrets(): string[];
  /** Explains what the server does not explain itself; without a status, there is no response. */
  hint?(status?: number): string | undefined;
}

/** The longest response that is read unless the caller says otherwise. */
const MAX_RESPONSE_SIZE = 16_000_000;

/** The longest server metadata that is read unless the caller says otherwise: anyone may be named as an issuer. */
export const MAX_METADATA_SIZE: number = 1_000_000;

/** A response with a status of 2xx or 3xx, and its entire body. */
export interface WireResponse {
  response: Response;
  text: string;
}

/**
 * Sends a request and reads the entire response.
 *
 * @throws {@link ResponseError} the server responded with 400 or above
 * @throws {@link NetworkError} no complete response arrived. A signal to Next.js is passed on as it is
 * @throws {@link InvalidResponseError} the response is too large
 */
export async function sendRequest(
  fetch: Fetch | undefined,
  request: WireRequest,
  signal: AbortSignal | undefined,
): Promise<WireResponse> {
  const { url, method, headers, body, maxResponseSize = MAX_RESPONSE_SIZE } = request;
  const init: FetchInit = { method, headers: { ...userAgent(), ...headers }, redirect: "manual" };
  if (body !== undefined) init.body = body;
  // Within one render, React answers the same GET from memory, unless it has a signal.
  if (signal || method === "GET") init.signal = signal ?? new AbortController().signal;
  if (hasCacheOption()) init.cache = "no-store";
  let response: Response;
  let text: string | undefined;
  try {
    signal?.throwIfAborted();
    response = await (fetch ?? globalThis.fetch)(url, init);
    if (signal?.aborted) {
      await response.body?.cancel();
      throw signal.reason;
    }
    text = await readText(response, maxResponseSize);
  } catch (thrown) {
    if (signal?.aborted) throw signal.reason;
    throw isFrameworkSignal(thrown) ? thrown : networkError(request, thrown);
  }
  if (text === undefined) throw invalidResponse(request, response, `is larger than ${maxResponseSize} bytes`);
  if (response.status >= 400) throw refusal(request, response, text);
  return { response, text };
}

let cacheOption: boolean | undefined;

/** Whether the runtime knows the option `cache`; a Worker may throw on it. */
function hasCacheOption(): boolean {
  if (cacheOption === undefined) {
    try {
      cacheOption = new Request("http://localhost", { cache: "no-store" }).cache === "no-store";
    } catch {
      cacheOption = false;
    }
  }
  return cacheOption;
}

/** Returns the body of a response; `undefined` if it is longer than `limit` bytes, of which no more are read. */
async function readText(response: Response, limit: number): Promise<string | undefined> {
  const { body, headers, type } = response;
  // A browser hides the encoding of another origin's response, but shows its length.
  const isPlain = !responseHeader(headers, "content-encoding") && type !== "cors";
  const isShort = isPlain && Number(responseHeader(headers, "content-length") ?? Number.NaN) <= limit;
  if (isShort || typeof body?.getReader !== "function") {
    const text = `${(await response.text()) ?? ""}`;
    return text.length <= limit ? text : undefined;
  }
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (let size = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > limit) {
      await reader.cancel();
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}

function networkError({ label, url, hint, secrets }: WireRequest, thrown: unknown): NetworkError {
  const redact = redactor(secrets());
  const systemsCode = systemCode(thrown);
  const code = systemsCode && redact(systemsCode);
  const server = `${new URL(url).origin}${code ? ` (${code})` : ""}`;
  const message = `${label}: no complete response from ${server}${hint?.() ?? ""}`;
  return new NetworkError(message, { cause: safeCause(thrown, redact), code });
}

/** Returns the error for a success that cannot be used. */
export function invalidResponse({ label }: WireRequest, { status }: Response, problem: string): InvalidResponseError {
  return new InvalidResponseError(`${label}: ${status} ${problem}`, status);
}

function refusal(request: WireRequest, { status, statusText, headers }: Response, text: string): ResponseError {
  const redact = redactor(request.secrets());
  let data: unknown;
  try {
    data = JSON.parse(text, (name, value) => redactValue(redact, name, value));
  } catch {
    data = redact(text);
  }
  const response = { status, statusText: redact(`${statusText ?? ""}`), headers: plainHeaders(headers, redact), data };
  // A missing resource explains itself. A missing route may belong to another listener.
  return new ResponseError(request.label, response, saysMissing(response) ? "" : request.hint?.(status));
}

/** Redacts a member of a JSON body and the names in it. The names and the codes of RFC 6749, section 5.2, remain readable. */
function redactValue(redact: (text: string) => string, name: string, value: unknown): unknown {
  if (typeof value === "string") return name === "error" && isCompoundName(value) ? value : redact(value);
  if (Object(value) !== value || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value as object).map(([member, content]) => [
      member.startsWith("error") ? member : redact(member),
      content,
    ]),
  );
}
