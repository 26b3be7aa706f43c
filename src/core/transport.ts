import { createFinalURL, type ParamsOption, type RequestBodyOption } from "openapi-fetch";
import type { HttpMethod, PathsWithMethod, RequiredKeysOf, SuccessResponse } from "openapi-typescript-helpers";
import type { paths } from "../schema.ts";
import { basicAuthorization, type ClientAuth } from "../tokens/client-auth.ts";
import {
  baseUrl,
  Configuration,
  type ConfigurationParameters,
  checkTimeout,
  type HeadersInput,
} from "./configuration.ts";
import { check, InvalidInputError, RequiredError } from "./errors.ts";
import { exchange, type Limits, within } from "./exchange.ts";
import { headersOf, pairs } from "./form.ts";
import { secretsOf } from "./redact.ts";
import { type Content, type HydraResponse, readResponse } from "./response.ts";
import { pathSegment, type RequiredNames, required } from "./validate.ts";

/** The last argument of every call. */
export interface CallOptions extends Limits {
  /** More request headers. They win over the configuration's, whatever the case of their letters. */
  headers?: HeadersInput | undefined;
  /** More query parameters, by their wire names. `undefined` and `null` are left out. */
  params?: object | undefined;
}

/** A query whose parameters are known, and which may hold others, such as one for a login page of one's own. */
export type Params<Query> = Query | (Query & { [name: string]: unknown }) | URLSearchParams;

/** A request that a method states: what {@link GET} and its siblings make. `T` is what a success holds. */
export interface Outgoing<T> {
  method: string;
  /** Path and query. */
  url: string;
  body: unknown;
  /** Authenticates the client whose `client_id` is in the form, in place of the configuration's credential. */
  auth?: ClientAuth | undefined;
  /** Of the compiler alone. */
  success?: T;
}

/**
 * Sends one operation's request: what every method of the API classes calls. `needs` are the parameters that may not
 * be missing; `request` states verb, path, query and body; `bearer` is a token for this call alone.
 */
export type Call = <P extends object, T>(
  options: CallOptions | undefined,
  parameters: P,
  needs: readonly RequiredNames<P>[],
  request: (parameters: P) => Outgoing<T>,
  bearer?: string,
) => Promise<HydraResponse<T>>;

/** States a request to one of the paths of `openapi.yaml` that have this verb; the compiler checks its parameters and body. */
type Verb<M extends HttpMethod> = <P extends PathsWithMethod<paths, M>>(
  path: P,
  ...init: Init<ParamsOption<paths[P][M]> & RequestBodyOption<paths[P][M]>>
) => Outgoing<SuccessOf<paths[P][M]>>;

type Init<T> = RequiredKeysOf<T> extends never ? [init?: T] : [init: T];

type SuccessOf<Operation> = Operation extends { responses: infer Responses extends Record<number, any> }
  ? SuccessResponse<Responses>
  : never;

const verb = <M extends HttpMethod>(method: Uppercase<M>): Verb<M> =>
  ((path: string, { params = {}, body }: { params?: object; body?: unknown } = {}) => ({
    method,
    url: createFinalURL(path, { baseUrl: "", params, querySerializer: (query) => `${form(query)}`, pathSerializer }),
    body,
  })) as Verb<M>;

export const GET: Verb<"get"> = /* @__PURE__ */ verb("GET");
export const POST: Verb<"post"> = /* @__PURE__ */ verb("POST");
export const PUT: Verb<"put"> = /* @__PURE__ */ verb("PUT");
export const PATCH: Verb<"patch"> = /* @__PURE__ */ verb("PATCH");
export const DELETE: Verb<"delete"> = /* @__PURE__ */ verb("DELETE");

function pathSerializer(path: string, parameters: Record<string, unknown>): string {
  for (const name in parameters) path = path.replace(`{${name}}`, pathSegment(name, parameters[name]));
  return path;
}

/** A body, or a query, to be form-encoded: without what is `undefined` or `null`. Typed as what it holds. */
export function form<B extends object | string>(parameters: B): B {
  return new URLSearchParams(typeof parameters === "string" ? parameters : pairs(parameters)) as unknown as B;
}

/**
 * Binds a configuration to the wire.
 *
 * @throws {@link RequiredError} there is no `basePath`
 */
export function connect(
  parameters: Configuration | ConfigurationParameters | undefined,
  fallback: string | undefined,
): Call {
  const configuration = parameters instanceof Configuration ? parameters : new Configuration(parameters ?? {});
  const address = configuration.basePath ?? fallback;
  if (address === undefined) {
    throw new RequiredError("basePath", "basePath is missing: give the URL of Hydra, such as http://127.0.0.1:4444");
  }
  const publicUrl = baseUrl("basePath", address);
  const adminUrl =
    configuration.adminBasePath === undefined ? publicUrl : baseUrl("adminBasePath", configuration.adminBasePath);

  return async <P extends object, T>(
    options: CallOptions | undefined,
    parameters: P,
    needs: readonly RequiredNames<P>[],
    request: (parameters: P) => Outgoing<T>,
    bearer?: string,
  ): Promise<HydraResponse<T>> => {
    const { method, url, body, auth } = request(required(parameters, needs));
    const { params, timeout = configuration.timeout, signal: caller, headers: given } = options ?? {};
    const [path = ""] = url.split("?");
    const label = `${method} ${path}`;
    checkTimeout(timeout);
    return within(timeout, [caller, configuration.signal], label, async (signal) => {
      const { authorization: configured, ...common } = headersOf(configuration.baseOptions?.headers);
      const headers: Record<string, string> = { accept: "application/json", ...common, ...headersOf(given) };
      const isForm = body instanceof URLSearchParams;
      if (body) headers["content-type"] ??= `application/${isForm ? "x-www-form-urlencoded" : "json"}`;
      if (isForm && auth) {
        const client_id = body.get("client_id")!;
        if (!client_id) throw new RequiredError("clientId", "clientId is missing");
        check(
          typeof auth === "function" && !/client_(secret|assertion)=/.test(`${body}`),
          "auth",
          "must be a function, and alone",
        );
        // Its own headers: those of the caller are still to be checked.
        const sent = new Headers();
        await auth({ issuer: publicUrl, token_endpoint: `${publicUrl}/oauth2/token` }, { client_id }, body, sent);
        Object.assign(headers, Object.fromEntries(sent));
      }
      const text = isForm ? `${body}` : json(body);
      headers["authorization"] ??= auth ? "" : await credentialFor(path, text, configuration, bearer, configured);
      for (const name in headers) {
        if (!headers[name]) delete headers[name];
        else {
          const fit = /^[!#-'*+.^`|~\w-]+\n[\t\x20-\x7e\x80-\xff]*$/.test(`${name}\n${headers[name]}`);
          check(fit, name, "is no valid HTTP header");
        }
      }
      const more = `${form(params ?? {})}`;
      const query = more && (url === path ? "?" : "&") + more;
      const expects: Content = /^\/oauth2\/(auth|device\/verify|sessions\/logout)$/.test(path)
        ? "redirect"
        : /\/(revoke|logout\/reject)$/.test(path) || (method === "DELETE" && !path.endsWith("/rotate"))
          ? "nothing"
          : "body";
      const secrets = () => secretsOf(headers, url.slice(path.length) + query, text);
      return exchange(
        configuration.fetch,
        {
          url: (/^\/(admin|health|version)(\/|$)/.test(path) ? adminUrl : publicUrl) + url + query,
          label,
          method,
          headers,
          body: text,
          redirects: expects === "redirect",
          secrets,
          hint: method === "PATCH" ? " (is a path missing, or a value of the wrong type?)" : "",
        },
        (response, answer, refuse) => readResponse<T>(response, answer, refuse, expects, secrets),
        signal,
      );
    });
  };
}

function json(body: unknown): string {
  try {
    return JSON.stringify(body);
  } catch (error) {
    throw new InvalidInputError("body", `body is no JSON: ${(error as Error).message}`);
  }
}

/** What goes into `Authorization`: the credential that the operation at `path` takes, and no other. */
async function credentialFor(
  path: string,
  body: string | undefined,
  { accessToken, username, password }: Configuration,
  bearer = "",
  configured = "",
): Promise<string> {
  if (/^\/(admin|version|userinfo|credentials)(\/|$)|^\/oauth2\/register\//.test(path)) {
    if (!bearer && configured) return configured;
    const token = bearer || (await (typeof accessToken === "function" ? accessToken() : accessToken)) || "";
    check(typeof token === "string", "accessToken", "must give a string");
    return token.trim() && `Bearer ${token.trim()}`;
  }
  if (!/^\/oauth2\/(token|revoke)$/.test(path) || /(^|&)client_(secret|assertion)=[^&]/.test(body!)) return "";
  if (username) return basicAuthorization(username, password ?? "");
  return /^basic /i.test(configured) ? configured : "";
}
