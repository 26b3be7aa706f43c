import type { ResponseHeaders } from "./errors.ts";
import { plainHeaders, responseHeader } from "./headers.ts";
import { invalidResponse, type WireRequest, type WireResponse } from "./send-request.ts";

/** A successful response. `console.log` shows `data` and the status; headers and response can be read. */
export class HydraResponse<T> {
  /** The parsed body; `undefined` if the operation has no response body. */
  readonly data: T;
  /** The HTTP status, such as `201`. */
  readonly status: number;
  /** The reason phrase, such as `Created`; empty over HTTP/2. */
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

/** The kind of a success response: JSON, no body, or a redirect. */
export type ResponseKind = "json" | "empty" | "redirect";

/**
 * Parses a success response.
 *
 * @throws {@link InvalidResponseError} it is not of the kind that the operation returns
 */
export function readResponse<T>(kind: ResponseKind, request: WireRequest, wire: WireResponse): HydraResponse<T> {
  const { response, text } = wire;
  const succeed = (data: unknown) => new HydraResponse(response, data as T);
  if (kind === "redirect") {
    const redirect_to = responseHeader(response.headers, "location");
    if (!response.ok && redirect_to) return succeed({ redirect_to });
    throw invalidResponse(request, response, "is not a readable redirect: in a browser, navigate instead");
  }
  if (kind === "empty" && response.ok && !text) return succeed(undefined);
  const isJwt = response.ok && contentTypeOf(response).startsWith("application/jwt");
  return succeed(isJwt ? text : readJson(request, wire));
}

/**
 * Parses the JSON of a success response.
 *
 * @throws {@link InvalidResponseError} it is a redirect, or not an object in JSON
 */
export function readJson(request: WireRequest, { response, text }: WireResponse): object {
  if (!response.ok) {
    throw invalidResponse(request, response, "is a redirect: correct the address of the server");
  }
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    // Rejected below, like JSON that is not an object.
  }
  if (Object(data) !== data) {
    // The body itself is not shown: it may contain a token.
    const type = text ? contentTypeOf(response) || "no content type" : "empty";
    throw invalidResponse(request, response, `with a body that is not a JSON object (${type})`);
  }
  return data as object;
}

const contentTypeOf = ({ headers }: Response): string => responseHeader(headers, "content-type") ?? "";
