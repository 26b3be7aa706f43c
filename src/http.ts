import { formEncode } from "./client-auth.ts";
import {
  AbortError,
  type ErrorResponse,
  type HydraError,
  InvalidResponseError,
  NetworkError,
  ResponseError,
  type ResponseHeaders,
  TimeoutError,
} from "./errors.ts";

/** What a fetch function is given: always a URL as text and these members. */
export interface FetchInit {
  method: string;
  /** Lower-case names. */
  headers: Record<string, string>;
  body?: string;
  signal?: AbortSignal;
  /** No redirect is followed, so that no credential travels on. */
  redirect: "manual";
}

/** A fetch function: the global one, a mock's, one with retries, or one that goes through a proxy. */
export type Fetch = (url: string, init: FetchInit) => Promise<Response>;

/** How long a call may take. */
export interface Limits {
  /** Milliseconds for the whole call, its body included. No limit by default. */
  timeout?: number | undefined;
  /** Aborts the call. */
  signal?: AbortSignal | undefined;
}

/** One request as it goes out, and what may come back. */
export interface Exchange {
  url: string;
  /** What errors call it: method and path, such as `GET /admin/clients`, never the query. */
  label: string;
  method: string;
  headers: Record<string, string>;
  body?: string | undefined;
  /** What a success looks like: a body, none, or a redirect. */
  expects: "body" | "nothing" | "redirect";
}

/** A successful answer. `console.log` shows `data` and the status; headers and response are there to be read. */
export class HydraResponse<T> {
  readonly data: T;
  readonly status: number;
  readonly statusText: string;
  readonly #response: Response;
  #headers: ResponseHeaders | undefined;

  constructor(response: Response, data: T) {
    this.data = data;
    this.status = response.status;
    this.statusText = response.statusText;
    this.#response = response;
  }

  /** Lower-case names, each value a string, `set-cookie` a list. */
  get headers(): ResponseHeaders {
    this.#headers ??= headersOf(this.#response);
    return this.#headers;
  }

  /** The response of fetch. Its body has been read. */
  get response(): Response {
    return this.#response;
  }
}

/**
 * Sends one request and reads the whole answer.
 *
 * @throws {ResponseError} the server refused or failed
 * @throws {NetworkError} no whole answer came
 * @throws {InvalidResponseError} the answer is not what it should be
 */
export async function exchange<T>(fetch: Fetch, request: Exchange, signal?: AbortSignal): Promise<HydraResponse<T>> {
  const { url, method, headers, body } = request;
  const init: FetchInit = { method, headers, redirect: "manual" };
  if (body !== undefined) init.body = body;
  if (signal) init.signal = signal;
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, init);
    if (signal?.aborted) await response.body?.cancel();
    text = await response.text();
  } catch (cause) {
    throw signal?.aborted ? signal.reason : networkError(request, cause);
  }
  if (request.expects !== "redirect") {
    if (response.ok) return new HydraResponse(response, parse(request, response, text) as T);
  } else if (response.status > 299 && response.status < 400) {
    const redirect_to = response.headers.get("location");
    if (redirect_to) return new HydraResponse(response, { redirect_to } as T);
  }
  throw refusal(request, response, text);
}

/**
 * Runs `work` within a time limit and under the caller's signal. It ends in time even where `work` does not heed the
 * signal that it is given.
 *
 * @throws {TimeoutError} `timeout` passed, or `signal` is an `AbortSignal.timeout()` that fired
 * @throws {AbortError} `signal` was aborted
 */
export async function within<T>(
  { timeout, signal }: Limits,
  label: string,
  work: (signal?: AbortSignal) => Promise<T>,
): Promise<T> {
  if (!timeout && !signal) return work();
  const controller = new AbortController();
  let stop!: (error: HydraError) => void;
  const stopped = new Promise<never>((_, reject) => {
    stop = (error) => {
      reject(error);
      controller.abort(error);
    };
  });
  const onAbort = () => stop(abortion(label, signal?.reason));
  if (signal?.aborted) throw abortion(label, signal.reason);
  signal?.addEventListener("abort", onAbort);
  const timer = timeout
    ? setTimeout(() => stop(new TimeoutError(`${label}: no whole answer within ${timeout} ms`)), timeout)
    : undefined;
  try {
    return await Promise.race([work(controller.signal), stopped]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  }
}

const abortion = (label: string, reason: unknown): HydraError =>
  (reason as Error | undefined)?.name === "TimeoutError"
    ? new TimeoutError(`${label}: timed out by its signal`)
    : new AbortError(`${label}: aborted`, { cause: reason });

function parse(request: Exchange, { status, headers }: Response, text: string): unknown {
  if (!text && request.expects === "nothing") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    if (headers.get("content-type")?.startsWith("application/jwt")) return text;
    const found = text ? `a body that is not JSON: ${redactor(request)(text).slice(0, 80)}` : "an empty body";
    throw new InvalidResponseError(`${request.label}: ${status} with ${found}`, status);
  }
}

function refusal(request: Exchange, response: Response, text: string): HydraError {
  const { label } = request;
  const { status, statusText } = response;
  if (status < 400) {
    return new InvalidResponseError(
      response.ok
        ? `${label}: ${status} where a redirect is due`
        : `${label}: a redirect that is not followed, for it could carry credentials elsewhere. ` +
            (request.expects === "redirect"
              ? "A browser hides where it leads: navigate to this address instead."
              : "Set basePath to where the server is."),
      status,
    );
  }
  const redact = redactor(request);
  let data: any = redact(text);
  try {
    data = JSON.parse(text, (_, value) => (typeof value === "string" ? redact(value) : value));
  } catch {
    // The text itself is the data.
  }
  const answer: ErrorResponse = { status, statusText, headers: headersOf(response, redact), data };
  const { error, error_description: description } = Object(data);
  return new ResponseError(
    `${label}: ${status} ${error || statusText}${description ? `: ${description}` : ""}${
      label.startsWith("PATCH") && status === 500
        ? " (a PATCH is answered 500 when a path is not there or a value has the wrong type)"
        : ""
    }`,
    answer,
  );
}

function networkError(request: Exchange, thrown: unknown): HydraError {
  let code: string | undefined;
  for (let link: any = thrown; link && !code; link = link.cause) if (typeof link.code === "string") code = link.code;
  const redact = redactor(request);
  const cause = harmless(thrown, redact) ? thrown : new Error(redact(String(thrown)));
  const origin = new URL(request.url).origin;
  return new NetworkError(`${request.label}: no whole answer from ${origin}${code ? ` (${code})` : ""}`, {
    cause,
    code,
  });
}

/** Whether logging `value` shows nothing that was sent: an error of a fetch function may hold the request itself. */
function harmless(value: unknown, redact: (text: string) => string): boolean {
  if (typeof value === "string") return redact(value) === value;
  if (!(value instanceof Error || Array.isArray(value))) return Object(value) !== value;
  return Object.getOwnPropertyNames(value).every((name) => harmless((value as any)[name], redact));
}

/** A function that blanks what the request carries in confidence: a server or a proxy may echo it. */
function redactor({ url, headers, body = "" }: Exchange): (text: string) => string {
  const secrets = [new URL(url).search];
  const collect = (name: string, value: string) => {
    if (/(secret|token|authorization|key|cookie|code|assertion|verifier|password)$|^([dkpq]|d[pq]|qi)$/i.test(name)) {
      secrets.push(value, formEncode(value), JSON.stringify(value).slice(1, -1));
    }
  };
  for (const name in headers) collect(name, headers[name]!.replace(/^\w+ /, ""));
  const basic = /^Basic ([\w+/]+=*)$/i.exec(headers["authorization"] ?? "");
  const forms = [secrets[0]!, basic ? atob(basic[1]!).replace(/^.*?:/, "password=") : ""];
  if (/^[[{]/.test(body)) {
    JSON.parse(body, function (this: any, name, value) {
      if (typeof value === "string") collect(name === "value" ? String(this.path) : name, value);
      return value;
    });
  } else {
    forms.push(body);
  }
  for (const form of forms) for (const [name, value] of new URLSearchParams(form)) collect(name, value);
  // What is shorter is a word, not a secret.
  return (text) =>
    secrets.reduce((clean, secret) => (secret.length > 4 ? clean.replaceAll(secret, "[secret]") : clean), text);
}

function headersOf(response: Response, show = (text: string) => text): ResponseHeaders {
  const headers: ResponseHeaders = {};
  response.headers.forEach((value, name) => {
    headers[name] = name === "set-cookie" ? [...(headers[name] ?? []), show(value)] : show(value);
  });
  return headers;
}
