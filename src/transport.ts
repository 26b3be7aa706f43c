import createClient, { type FetchOptions } from "openapi-fetch";
import type { HttpMethod, PathsWithMethod, SuccessResponse } from "openapi-typescript-helpers";
import { basicAuthorization } from "./client-auth.ts";
import {
  baseUrl,
  Configuration,
  type ConfigurationParameters,
  checkLimits,
  type HeadersInput,
} from "./configuration.ts";
import { InvalidInputError, RequiredError } from "./errors.ts";
import { exchange, type HydraResponse, type Limits, within } from "./http.ts";
import { pathSegment, type RequiredNames, required } from "./input.ts";
import type { paths } from "./schema.ts";
import type { OAuth2RedirectTo } from "./types.ts";

/** The last argument of every call. */
export interface CallOptions extends Limits {
  /** More request headers. They win over the configuration's, whatever the case of their letters. */
  headers?: HeadersInput;
  /** More query parameters, by their wire names. `undefined` and `null` are left out. */
  params?: object;
}

/** {@link CallOptions}, and a bearer token for this call alone, such as a registration access token. */
export interface BearerOptions extends CallOptions {
  bearer?: string | undefined;
}

/**
 * Sends one operation's request: what every method of the API classes calls.
 *
 * `needs` are the parameters that may not be missing; `request` states verb, path, query and body to {@link http}, and
 * hands it the `fetch` that it is given here.
 */
export type Call = <P extends object, T>(
  operation: string,
  options: BearerOptions | undefined,
  parameters: P,
  needs: readonly RequiredNames<P>[],
  request: (parameters: P, fetch: (request: Request) => Promise<Response>) => Promise<{ data?: T }>,
) => Promise<HydraResponse<T>>;

/** Stands in for the `Request` that openapi-fetch would build, and that fetch would copy once more. */
class Outgoing {
  readonly url: string;
  readonly method: string;
  readonly body: string | URLSearchParams | undefined;

  constructor(url: string, { method, body }: { method: string; body?: string | URLSearchParams }) {
    this.url = url;
    this.method = method;
    this.body = body;
  }
}

type SuccessOf<Operation> = Operation extends { responses: infer Responses extends Record<number, any> }
  ? SuccessResponse<Responses>
  : never;

/** One verb of openapi-fetch: the paths that have it, their parameters and bodies, and what a success holds. */
type Verb<M extends HttpMethod> = <P extends PathsWithMethod<paths, M>>(
  path: P,
  init: FetchOptions<paths[P][M]>,
) => Promise<{ data?: SuccessOf<paths[P][M]> }>;

interface Http {
  GET: Verb<"get">;
  POST: Verb<"post">;
  PUT: Verb<"put">;
  PATCH: Verb<"patch">;
  DELETE: Verb<"delete">;
}

/** What an operation that answers with a redirect resolves to: openapi-fetch looks at 2xx alone. */
export type Redirect = Promise<{ data?: OAuth2RedirectTo }>;

/** The operations of `openapi.yaml`, held to it by the compiler. */
export const http: Http = /* @__PURE__ */ createClient<paths>({
  Request: Outgoing as unknown as typeof Request,
  pathSerializer: (path, parameters) =>
    path.replace(/\{(\w+)\}/g, (_, name: string) => pathSegment(name, parameters[name])),
  querySerializer: (query) => form(query).toString(),
  bodySerializer: json,
}) as unknown as Http;

/** Form or query parameters, without those that are `undefined` or `null`. */
export function form(parameters: object | string): URLSearchParams {
  if (typeof parameters === "string" || parameters instanceof URLSearchParams) return new URLSearchParams(parameters);
  return new URLSearchParams(Object.entries(parameters).filter(([, value]) => value != null));
}

function json(body: unknown): string {
  try {
    return JSON.stringify(body);
  } catch (error) {
    throw new InvalidInputError("body", `the body cannot be sent as JSON: ${(error as Error).message}`);
  }
}

/**
 * Binds a configuration to the wire.
 *
 * @throws {RequiredError} there is no `basePath`
 */
export function connect(
  parameters: Configuration | ConfigurationParameters = {},
  fallback: string | undefined = undefined,
): Call {
  const configuration = parameters instanceof Configuration ? parameters : new Configuration(parameters);
  const given = configuration.basePath ?? fallback;
  if (given === undefined) {
    throw new RequiredError("basePath", 'basePath is missing: where is Hydra, such as "http://127.0.0.1:4444"?');
  }
  const publicUrl = baseUrl("basePath", given);
  const adminUrl =
    configuration.adminBasePath === undefined ? publicUrl : baseUrl("adminBasePath", configuration.adminBasePath);

  const send = <T>({ url, method, body }: Outgoing, options: BearerOptions): Promise<HydraResponse<T>> => {
    const path = url.replace(/\?.*/, "");
    const label = `${method} ${path}`;
    const { params, timeout = configuration.timeout } = options;
    const signals = [options.signal, configuration.signal].filter((signal) => signal !== undefined);
    const limits = { timeout, signal: signals.length > 1 ? AbortSignal.any(signals) : signals[0] };
    checkLimits(limits);
    return within(limits, label, async (signal) => {
      const { authorization: configured, ...common } = headersOf(configuration.baseOptions?.headers);
      const headers: Record<string, string> = { accept: "application/json", ...common, ...headersOf(options.headers) };
      if (body !== undefined) {
        headers["content-type"] ??= typeof body === "string" ? "application/json" : "application/x-www-form-urlencoded";
      }
      const { authorization = await credentialFor(path, body, configuration, options.bearer, configured) } = headers;
      if (authorization) headers["authorization"] = authorization;
      else delete headers["authorization"];
      for (const name in headers) {
        if (/[^\t\x20-\x7e\x80-\xff]/.test(headers[name]!)) {
          throw new InvalidInputError(name, `the header ${name} holds a character that HTTP does not allow there`);
        }
      }
      const base = ADMIN_LISTENER.test(path) ? adminUrl : publicUrl;
      const more = params ? form(params).toString() : "";
      return exchange<T>(
        configuration.fetch ?? globalThis.fetch,
        {
          url: base + url + (more && (url === path ? "?" : "&") + more),
          label,
          method,
          headers,
          body: body?.toString(),
          expects: REDIRECTS.test(path) ? "redirect" : method === "DELETE" || VOID.test(path) ? "nothing" : "body",
        },
        signal,
      );
    });
  };

  return async (operation, options, parameters, needs, request) => {
    let answer: HydraResponse<any> | undefined;
    await request(required(operation, parameters, needs), async (outgoing) => {
      answer = await send(outgoing as unknown as Outgoing, options ?? {});
      return ANSWERED;
    });
    return answer!;
  };
}

const ADMIN_LISTENER = /^\/(admin|health|version)(\/|$)/;
const BEARER = /^\/(admin|version|userinfo|credentials)(\/|$)|^\/oauth2\/register\//;
const CLIENT_AUTHENTICATION = /^\/oauth2\/(token|revoke)$/;
const REDIRECTS = /^\/oauth2\/(auth|device\/verify|sessions\/logout)$/;
const VOID = /\/(revoke|logout\/reject)$/;

/** Tells openapi-fetch that there is nothing left to read. */
const ANSWERED = { status: 204, ok: true, headers: new Map() } as unknown as Response;

/** What goes into `Authorization`: the credential that the operation at `path` takes, and no other. */
async function credentialFor(
  path: string,
  body: string | URLSearchParams | undefined,
  { accessToken, username, password = "" }: Configuration,
  bearer: string | undefined,
  configured: string | undefined,
): Promise<string | undefined> {
  if (BEARER.test(path)) {
    if (!bearer && configured) return configured;
    const token = bearer || (await (typeof accessToken === "function" ? accessToken() : accessToken)) || "";
    if (typeof token !== "string")
      throw new InvalidInputError("accessToken", "accessToken gave something that is no string");
    return token && `Bearer ${token.trim()}`;
  }
  if (!CLIENT_AUTHENTICATION.test(path) || /(^|&)client_(secret|assertion)=/.test(String(body))) return undefined;
  return username === undefined ? configured?.match(/^basic .*/i)?.[0] : basicAuthorization(username, password);
}

/** Lower-case names, values as text. */
function headersOf(input: HeadersInput = {}): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Symbol.iterator in input ? input : Object.entries(input)) {
    if (value != null) headers[name.toLowerCase()] = String(value).trim();
  }
  return headers;
}
