import type { Limits } from "../core/deadline.ts";
import { DEFAULT_TIMEOUT, withDeadline } from "../core/deadline.ts";
import type { InvalidResponseError } from "../core/errors.ts";
import type { Fetch } from "../core/fetch-types.ts";
import { type HeadersInput, headersOf } from "../core/headers.ts";
import { redactor, secretsOf } from "../core/redact.ts";
import { readJson } from "../core/response.ts";
import { invalidResponse, MAX_METADATA_SIZE, sendRequest, type WireRequest } from "../core/send-request.ts";
import { assertSecure, baseUrl, serverUrl } from "../core/url.ts";
import { assertInput, assertResponseSize, assertTimeout } from "../core/validate.ts";
import type { ServerMetadata } from "../types.ts";

/** A server, identified by its URL or by its issuer. */
export type Server =
  | {
      /**
       * The URL of Hydra's public listener, with or without a trailing slash or a path. The endpoints are derived from it
       * without a request.
       */
      basePath: string;
      issuer?: never;
      tokenEndpoint?: never;
    }
  | {
      /**
       * The issuer identifier of any server. Its endpoints are read from `/.well-known/openid-configuration` (OpenID Connect
       * Discovery 1.0), which costs one more request per call. The issuer in that document must be this one, except for a
       * trailing slash, which Hydra adds.
       */
      issuer: string;
      basePath?: never;
      tokenEndpoint?: never;
    };

/** A server, identified by its URL, its issuer or its token endpoint. */
export type TokenServer =
  | Server
  | {
      /** The URL of the token endpoint, for a server other than Hydra that publishes no metadata. */
      tokenEndpoint: string;
      basePath?: never;
      issuer?: never;
    };

/** How to send requests to a server. */
export interface RequestOptions extends Limits {
  /**
   * Additional request headers. Discovery sends them too, except `Authorization`. `undefined` and `null` are omitted.
   */
  headers?: HeadersInput | undefined;
  /** Sends the requests. @default globalThis.fetch, looked up at each call */
  fetch?: Fetch | undefined;
  /** The longest response that is read, in bytes, decompressed. @default 16_000_000; 1_000_000 for server metadata */
  maxResponseSize?: number | undefined;
  /**
   * Allows credentials to be sent over plain http to hosts other than `localhost`, `127.0.0.0/8` and `[::1]`, for a
   * trusted network such as that of a cluster. Only the token functions have this rule: the API classes send requests to
   * the URLs of their `Configuration`.
   * @default false
   */
  allowInsecureRequests?: boolean | undefined;
}

/** An endpoint: its name in server metadata (RFC 8414, RFC 8628), and its path on Hydra. */
export interface Endpoint {
  name: "authorization_endpoint" | "device_authorization_endpoint" | "token_endpoint";
  path: string;
}

/** The token endpoint (RFC 6749, section 3.2). */
export const TOKEN_ENDPOINT: Endpoint = { name: "token_endpoint", path: "/oauth2/token" };

/** Server metadata with the endpoints that are known so far. */
export type Endpoints = ServerMetadata & { readonly [name in Endpoint["name"]]?: string };

/** A server, identified in any of these ways, and how to reach it. */
export type ServerOptions = Partial<Record<"basePath" | "issuer" | "tokenEndpoint", string>> & RequestOptions;

/**
 * Returns the metadata that can be derived without discovery: the endpoints of a Hydra, otherwise the issuer or the token
 * endpoint alone.
 *
 * @throws {@link InvalidInputError} the server is identified twice or not at all, or credentials must not be sent to it
 */
export function derivedMetadata({ name, path }: Endpoint, options: ServerOptions): Endpoints {
  const names = (["basePath", "issuer", "tokenEndpoint"] as const).filter((field) => options[field] != null);
  const [field = "basePath", other] = names;
  assertInput(!other, `${other}`, `cannot be combined with ${field}`);
  const address = options[field]!;
  assertSecure(field, serverUrl(field, address), options.allowInsecureRequests);
  if (field === "tokenEndpoint") return { issuer: address, token_endpoint: address };
  const issuer = baseUrl(field, address);
  if (field === "issuer") return { issuer };
  return { issuer, token_endpoint: issuer + TOKEN_ENDPOINT.path, [name]: issuer + path };
}

/**
 * Returns metadata that contains `endpoint`: `derived` itself, or the metadata that the server publishes.
 *
 * @throws {@link InvalidResponseError} the metadata belongs to another issuer, or does not contain a usable endpoint
 */
export async function discover(
  derived: Endpoints,
  { name }: Endpoint,
  options: ServerOptions,
  signal: AbortSignal | undefined,
): Promise<Endpoints> {
  if (derived[name]) return derived;
  const url = new URL(`${derived.issuer}/.well-known/openid-configuration`);
  const headers = requestHeaders(options);
  headers.delete("authorization");
  const limited = { ...options, maxResponseSize: options.maxResponseSize ?? MAX_METADATA_SIZE };
  const { data, invalid } = await requestJson("GET", url, headers, undefined, limited, signal);
  try {
    assertInput(baseUrl("issuer", data.issuer) === derived.issuer, "issuer", `is ${data.issuer}`);
    assertSecure(name, serverUrl(name, data[name]), options.allowInsecureRequests);
  } catch (error) {
    throw invalid((error as Error).message);
  }
  return data;
}

/** Like {@link discover}, but as a separate call with the limits of `options`. */
export async function discoverServer(
  endpoint: Endpoint,
  options: ServerOptions,
  timeout: number = options.timeout ?? DEFAULT_TIMEOUT,
): Promise<Endpoints> {
  const derived = derivedMetadata(endpoint, options);
  assertResponseSize(options.maxResponseSize);
  assertTimeout(timeout);
  return withDeadline(timeout, [options.signal], "GET /.well-known/openid-configuration", (signal) =>
    discover(derived, endpoint, options, signal),
  );
}

/** The caller's headers, to which a client authentication may add. */
export function requestHeaders({ headers }: RequestOptions): Headers {
  return new Headers(headersOf(headers));
}

/** Sends a request and parses the JSON of a success response. `invalid` returns the error for an unusable one. */
export async function requestJson(
  method: "GET" | "POST",
  { href, pathname, searchParams }: URL,
  headers: Headers,
  form: URLSearchParams | undefined,
  { fetch, maxResponseSize }: RequestOptions,
  signal: AbortSignal | undefined,
): Promise<{ data: any; invalid(problem: string): InvalidResponseError }> {
  headers.set("accept", "application/json");
  if (form) headers.set("content-type", "application/x-www-form-urlencoded");
  const request: WireRequest = {
    label: `${method} ${pathname}`,
    method,
    url: href,
    headers: Object.fromEntries(headers),
    body: form && `${form}`,
    maxResponseSize,
    secrets: () => secretsOf([...headers, ...searchParams, ...(form ?? [])]),
  };
  const wire = await sendRequest(fetch, request, signal);
  const data = readJson(request, wire);
  const invalid = (problem: string) => invalidResponse(request, wire.response, redactor(request.secrets())(problem));
  return { data, invalid };
}
