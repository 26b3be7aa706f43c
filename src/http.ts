import {
  AbortError,
  type HydraError,
  InvalidResponseError,
  NetworkError,
  ResponseError,
  type ResponseHeaders,
  TimeoutError,
} from "./errors.ts";

/** What a fetch function is given: always a URL as text and these members. */
export interface FetchInit {
  /** In capitals, such as `PATCH`. */
  method: string;
  /** Lower-case names. */
  headers: Record<string, string>;
  /** JSON or a form. */
  body?: string;
  /** Aborts when the call's time is over or its caller gives up. */
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

/** One request as it goes out, and what a success looks like. */
export interface Exchange {
  url: string;
  /** What errors call it: method and path, such as `GET /admin/clients`, never the query. */
  label: string;
  method: string;
  /** Lower-case names. */
  headers: Record<string, string>;
  body?: string | undefined;
  expects: "body" | "nothing" | "redirect";
}

/** A successful answer. `console.log` shows `data` and the status; headers and response are there to be read. */
export class HydraResponse<T> {
  /** The parsed body; `undefined` where an operation answers without one. */
  readonly data: T;
  /** The HTTP status, such as `201`. */
  readonly status: number;
  /** The words behind it, such as `Created`; empty over HTTP/2. */
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
    this.#headers ??= plainHeaders(this.#response.headers);
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
  const { url, label, method, headers, body, expects } = request;
  const init: FetchInit = { method, headers, redirect: "manual" };
  if (body !== undefined) init.body = body;
  if (signal) init.signal = signal;
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, init);
    if (signal?.aborted) await response.body?.cancel();
    text = await response.text();
  } catch (thrown) {
    throw signal?.aborted ? signal.reason : networkError(request, thrown);
  }
  const { status, ok } = response;
  if (status >= 400) throw responseError(request, response, text);
  const succeed = (data: unknown) => new HydraResponse(response, data as T);
  const refuse = (problem: string) => new InvalidResponseError(`${label}: ${status} ${problem}`, status);
  if (expects === "redirect") {
    const redirect_to = response.headers.get("location");
    if (!ok && redirect_to) return succeed({ redirect_to });
    throw refuse("is no redirect that can be read: in a browser, navigate instead");
  }
  if (!ok) throw refuse("is a redirect, which is not followed: mend basePath");
  if (!text && expects === "nothing") return succeed(undefined);
  try {
    return succeed(JSON.parse(text));
  } catch {
    if (response.headers.get("content-type")?.startsWith("application/jwt")) return succeed(text);
    // Cut off JSON may hold what only this answer shows.
    const redact = redactor({ ...request, body: `${body}&${text}` });
    throw refuse(text ? `with a body that is not JSON: ${redact(text).slice(0, 80)}` : "with an empty body");
  }
}

/**
 * Runs `work` within a time limit and under the caller's signals. It ends in time even where `work` does not heed the
 * signal that it is given.
 *
 * @throws {TimeoutError} `timeout` passed, or one of `signals` is an `AbortSignal.timeout()` that fired
 * @throws {AbortError} one of `signals` was aborted
 */
export async function within<T>(
  timeout: number | undefined,
  signals: (AbortSignal | undefined)[],
  label: string,
  work: (signal?: AbortSignal) => Promise<T>,
): Promise<T> {
  const given = signals.filter((signal) => signal !== undefined);
  if (!timeout && !given.length) return work();
  const controller = new AbortController();
  let stop!: (error: HydraError) => void;
  const stopped = new Promise<never>((_, reject) => {
    stop = (error) => {
      reject(error);
      controller.abort(error);
    };
  });
  const onAbort = () => {
    const cause = given.find((signal) => signal.aborted)?.reason;
    const late = cause?.name === "TimeoutError";
    stop(late ? new TimeoutError(`${label}: its signal timed out`) : new AbortError(`${label}: aborted`, { cause }));
  };
  for (const signal of given) signal.addEventListener("abort", onAbort);
  const timer =
    timeout && setTimeout(() => stop(new TimeoutError(`${label}: no whole answer within ${timeout} ms`)), timeout);
  if (given.some((signal) => signal.aborted)) onAbort();
  try {
    return await Promise.race([stopped, controller.signal.aborted ? stopped : work(controller.signal)]);
  } finally {
    clearTimeout(timer);
    for (const signal of given) signal.removeEventListener("abort", onAbort);
  }
}

/** The system's code of what fetch threw, such as `ECONNREFUSED`, where the runtime tells one. */
export function systemCode(thrown: any): string | undefined {
  for (let link = thrown; link; link = link.cause) if (typeof link.code === "string") return link.code;
  return undefined;
}

/** Whether `code` says that no connection came about: the server knows nothing of the request. */
export function isUnsent(code: string | undefined): boolean {
  return /^(E(CONNREFUSED|NOTFOUND|AI_AGAIN|HOSTUNREACH|HOSTDOWN|NETUNREACH|ADDRNOTAVAIL)|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused)$/.test(
    code ?? "",
  );
}

/** Resolves after `milliseconds`; rejects with the reason of `signal` where that aborts first. */
export function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal!.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}

function responseError(request: Exchange, { status, statusText, headers }: Response, text: string): ResponseError {
  const { label } = request;
  const redact = redactor(request);
  let data: any;
  try {
    data = JSON.parse(text, (_, value) => (typeof value === "string" ? redact(value) : value));
  } catch {
    data = redact(text);
  }
  const { error, error_description: description } = Object(data);
  const hint =
    status === 500 && request.method === "PATCH" ? " (is a path not there, or a value of the wrong type?)" : "";
  return new ResponseError(
    `${label}: ${status} ${error || statusText}${description ? `: ${description}` : ""}${hint}`,
    {
      status,
      statusText,
      headers: plainHeaders(headers, redact),
      data,
    },
  );
}

function networkError({ url, ...request }: Exchange, thrown: unknown): NetworkError {
  const code = systemCode(thrown);
  const redact = redactor({ url, ...request });
  return new NetworkError(`${request.label}: no whole answer from ${new URL(url).origin}${code ? ` (${code})` : ""}`, {
    cause: safeCause(thrown, redact),
    code,
  });
}

/** What was thrown, as the cause of an error: itself where logging it shows no secret, else what it says without them. */
export const safeCause = (thrown: unknown, redact: (text: string) => string): unknown =>
  harmless(thrown, redact) ? thrown : new Error(redact(String(thrown)));

/** Whether logging `value` shows nothing that was sent: an error of a fetch function may hold the request itself. */
function harmless(value: unknown, redact: (text: string) => string): boolean {
  if (value instanceof Error || Array.isArray(value)) {
    return Object.getOwnPropertyNames(value).every((name) => harmless((value as any)[name], redact));
  }
  return typeof value === "string" ? redact(value) === value : Object(value) !== value;
}

const SECRETS =
  /(?:secret|token|authorization|key|cookie|code|assertion|verifier|password|"[dkpq][pqi]?)"?(?:[=:]"?|","value":")(?:(?:Bearer|Basic) )?((?:[^&"\\]|\\.){5,})/gi;

/** A function that blanks what the request carries in confidence: a server or a proxy may echo it. */
function redactor({ url, headers, body }: Exchange): (text: string) => string {
  const secrets: string[] = [];
  const collect = (text: string) => {
    for (const [, secret] of text.matchAll(SECRETS)) secrets.push(secret!, new URLSearchParams(`=${secret}`).get("")!);
  };
  collect(`${url}&${JSON.stringify(headers)}&${body}`);
  try {
    collect(atob(headers["authorization"]!.slice(6)).replace(":", "&password="));
  } catch {
    // It is not HTTP Basic.
  }
  return (text) => secrets.reduce((clean, secret) => clean.replaceAll(secret, "[secret]"), text);
}

function plainHeaders(headers: Headers, show = (text: string) => text): ResponseHeaders {
  const plain: ResponseHeaders = {};
  headers.forEach((value, name) => {
    plain[name] = name === "set-cookie" ? [...(plain[name] ?? []), show(value)] : show(value);
  });
  return plain;
}
