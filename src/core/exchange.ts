import {
  AbortError,
  check,
  type HydraError,
  InvalidResponseError,
  NetworkError,
  ResponseError,
  type ResponseHeaders,
  TimeoutError,
} from "./errors.ts";
import { redactor } from "./redact.ts";

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

/** One request as it goes out. */
export interface Exchange {
  url: string;
  /** What errors call it: method and path, such as `GET /admin/clients`, never the query. */
  label: string;
  method: string;
  /** Lower-case names. */
  headers: Record<string, string>;
  body?: string | undefined;
  /** Whether a redirect is a success, too. */
  redirects?: boolean;
  /** What of it no error may show; asked where there is one. */
  secrets(): string[];
  /** What a 500 means, where the server does not say so itself. */
  hint?: string | undefined;
}

/** The error of an answer that is not what it should be. */
export type Refuse = (problem: string) => InvalidResponseError;

/**
 * Sends one request, reads the whole answer and has `read` make something of a success.
 *
 * @throws {@link ResponseError} the server refused or failed
 * @throws {@link NetworkError} no whole answer came
 * @throws {@link InvalidResponseError} the answer is a redirect where none may be, or what `read` makes of it
 */
export async function exchange<T>(
  fetch: Fetch | undefined,
  request: Exchange,
  read: (response: Response, text: string, refuse: Refuse) => T,
  signal?: AbortSignal,
): Promise<T> {
  const { url, label, method, headers, body } = request;
  const init: FetchInit = { method, headers, redirect: "manual" };
  if (body !== undefined) init.body = body;
  if (signal) init.signal = signal;
  let response: Response;
  let text: string;
  try {
    signal?.throwIfAborted();
    response = await (fetch ?? globalThis.fetch)(url, init);
    if (signal?.aborted) await response.body?.cancel();
    text = await response.text();
  } catch (thrown) {
    if (signal?.aborted) throw signal.reason;
    const code = systemCode(thrown);
    const cause = safeCause(thrown, redactor(request.secrets()));
    const from = `${new URL(url).origin}${code ? ` (${code})` : ""}`;
    throw new NetworkError(`${label}: no whole answer from ${from}`, { cause, code });
  }
  const { status, ok } = response;
  if (status >= 400) throw responseError(request, response, text);
  const refuse = (problem: string) => new InvalidResponseError(`${label}: ${status} ${problem}`, status);
  if (!ok && !request.redirects) throw refuse("is a redirect, which is not followed: mend the address");
  return read(response, text, refuse);
}

/**
 * Runs `work` within a time limit and under the caller's signals. It ends in time even where `work` does not heed the
 * signal that it is given.
 *
 * @throws {@link TimeoutError} `timeout` passed, or one of `signals` is an `AbortSignal.timeout()` that fired
 * @throws {@link AbortError} one of `signals` was aborted
 */
export async function within<T>(
  timeout: number | undefined,
  signals: (AbortSignal | null | undefined)[],
  label: string,
  work: (signal?: AbortSignal) => Promise<T>,
): Promise<T> {
  const given = signals.filter((signal) => signal != null);
  if (!timeout && !given.length) return work();
  const controller = new AbortController();
  let stop!: (error: HydraError) => void;
  const stopped = new Promise<never>((_, reject) => {
    stop = (error) => {
      reject(error);
      controller.abort(error);
    };
  });
  const onAbort = ({ reason }: AbortSignal) =>
    stop(
      reason?.name === "TimeoutError"
        ? new TimeoutError(`${label}: timed out`)
        : new AbortError(`${label}: aborted`, { cause: reason }),
    );
  const unwatch = given.map((signal) => watch(signal, onAbort));
  const timer =
    timeout && setTimeout(() => stop(new TimeoutError(`${label}: no whole answer within ${timeout} ms`)), timeout);
  try {
    return await Promise.race([
      stopped,
      controller.signal.aborted ? unbegun.add(controller.signal.reason) && stopped : work(controller.signal),
    ]);
  } finally {
    clearTimeout(timer);
    for (const forget of unwatch) forget();
  }
}

/** The errors of what ended before it began. */
export const unbegun: WeakSet<object> = /* @__PURE__ */ new WeakSet();

type Watcher = (signal: AbortSignal) => void;
const watchers = new WeakMap<AbortSignal, Set<Watcher>>();

/** Has `watcher` told of an abort, at once where it has been. One listener a signal, for Node warns of more than ten. */
function watch(signal: AbortSignal, watcher: Watcher): () => void {
  check(signal.addEventListener, "signal", "must be an AbortSignal");
  if (signal.aborted) watcher(signal);
  let all = watchers.get(signal);
  if (!all) {
    all = new Set();
    watchers.set(signal, all);
    signal.addEventListener("abort", () => {
      for (const each of watchers.get(signal)!) each(signal);
    });
  }
  all.add(watcher);
  return () => all.delete(watcher);
}

/** The system's code of what fetch threw, such as `ECONNREFUSED`, where the runtime tells one. */
export function systemCode(thrown: any): string | undefined {
  for (let depth = 0; thrown && depth < 9; depth++, thrown = thrown.cause) {
    if (typeof thrown.code === "string") return thrown.code;
  }
  return undefined;
}

/** Codes of a connection that did not come about, where nothing tells the system call; a later try may have more luck. */
const UNREACHED = [
  /^E(CONNREFUSED|NOTFOUND|AI_AGAIN|HOSTUNREACH|HOSTDOWN|NETUNREACH|ADDRNOTAVAIL)$/,
  /^(UND_ERR_CONNECT_TIMEOUT|ConnectionRefused)$/,
];
/** Codes of a certificate that is not trusted, or of no TLS that both can do: no later try will do better. */
const UNTRUSTED = [
  /^(CERT|CRL|UNABLE_TO|ERR_TLS_CERT)_/,
  /SELF_SIGNED_CERT/,
  /^(INVALID_(CA|PURPOSE)|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH)$/,
  /^ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|UNSUPPORTED_PROTOCOL|NO_PROTOCOLS_AVAILABLE)$/,
  /^ERR_SSL_\w*ALERT_(HANDSHAKE_FAILURE|PROTOCOL_VERSION)$/,
];

/**
 * Why fetch has sent nothing, where what it threw says so: the server was `unreached` this time, or is `refused` by this
 * side, which does not trust it or may not use its port. The server knows nothing of the request then.
 */
export function whyUnsent(thrown: unknown): "unreached" | "refused" | undefined {
  const code = systemCode(thrown) ?? "";
  const isOneOf = (codes: RegExp[]) => codes.some((pattern) => pattern.test(code));
  let failures: any[] = [];
  for (let error: any = thrown, depth = 0; error && depth < 9; depth++, error = error.cause) {
    if (error.message === "bad port") return "refused";
    // Node tries one address of a host after the other, and tells of each.
    if (Array.isArray(error.errors)) failures = error.errors;
    else if (typeof error.syscall === "string") failures = [error];
  }
  if (isOneOf(UNTRUSTED)) return "refused";
  // The same codes come from a connection that was there, while it was read or written.
  const isUnsent = failures.length
    ? failures.every((failure) => /^(connect|getaddrinfo)$/.test(failure?.syscall))
    : isOneOf(UNREACHED);
  return isUnsent ? "unreached" : undefined;
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
  const redact = redactor(request.secrets());
  let data: any;
  try {
    data = JSON.parse(text, (_, value) => (typeof value === "string" ? redact(value) : value));
  } catch {
    data = redact(text);
  }
  return new ResponseError(
    request.label,
    { status, statusText: redact(statusText), headers: plainHeaders(headers, redact), data },
    status === 500 ? request.hint : "",
  );
}

/** What was thrown, as the cause of an error: itself where logging it shows no secret, else what it says without them. */
export const safeCause = (thrown: unknown, redact: (text: string) => string): unknown =>
  harmless(thrown, redact) ? thrown : new Error(redact(`${(thrown as Error).message ?? typeof thrown}`));

/** Whether logging `value` shows nothing that was sent: an error of a fetch function may hold the request itself. */
function harmless(value: unknown, redact: (text: string) => string, depth = 0): boolean {
  if (value instanceof Error || Array.isArray(value)) {
    return depth < 9 && Reflect.ownKeys(value).every((key) => harmless((value as any)[key], redact, depth + 1));
  }
  return typeof value === "string" ? redact(value) === value : Object(value) !== value;
}

export function plainHeaders(headers: Headers, show: (text: string) => string = String): ResponseHeaders {
  const plain: ResponseHeaders = {};
  headers.forEach((value, name) => {
    plain[name] = name === "set-cookie" ? [...(plain[name] ?? []), show(value)] : show(value);
  });
  return plain;
}
