import type { ResponseHeaders } from "./errors.ts";
import { plainHeaders, type Refuse } from "./exchange.ts";
import { redactor } from "./redact.ts";

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

/** What a success holds: JSON, nothing, or no more than where it redirects to. */
export type Content = "body" | "nothing" | "redirect";

/**
 * What a successful answer holds; what `refuse` makes is thrown where it is not what it should be, without the `secrets`
 * of the request.
 */
export function readResponse<T>(
  response: Response,
  text: string,
  refuse: Refuse,
  expects: Content,
  secrets: () => string[],
): HydraResponse<T> {
  const succeed = (data: unknown) => new HydraResponse(response, data as T);
  if (expects === "redirect") {
    const redirect_to = response.headers.get("location");
    if (!response.ok && redirect_to) return succeed({ redirect_to });
    throw refuse("is no readable redirect: in a browser, navigate instead");
  }
  if (!text && expects === "nothing") return succeed(undefined);
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    if (response.headers.get("content-type")?.startsWith("application/jwt")) return succeed(text);
    // JSON that was cut off may hold what only this answer shows: its values stay out.
    const start = redactor(secrets())(text.slice(0, 1000).replace(/:\s*"([^"\\]|\\.)*"?/g, ':"…"')).slice(0, 80);
    throw refuse(start ? `with a body that is not JSON: ${start}` : "with an empty body");
  }
  if (Object(data) !== data) throw refuse("with JSON that is no object");
  return succeed(data);
}
