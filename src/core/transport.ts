import { createFinalURL } from "openapi-fetch";
import { Configuration, type ConfigurationParameters, configuredUrl, isConfiguration } from "./configuration.ts";
import { authenticate } from "./credentials.ts";
import { DEFAULT_TIMEOUT, type Limits, withDeadline } from "./deadline.ts";
import { RequiredError } from "./errors.ts";
import { entriesOf, formOf } from "./form.ts";
import { type HeadersInput, headersOf } from "./headers.ts";
import type { Operation } from "./operation.ts";
import { secretsInJson, secretsOf } from "./redact.ts";
import { type HydraResponse, readResponse } from "./response.ts";
import { sendRequest, type WireRequest } from "./send-request.ts";
import {
  asJsonText,
  assertInput,
  assertOptions,
  assertTimeout,
  encodePathSegment,
  requirePublicKeys,
} from "./validate.ts";

/** The last argument of every call. */
export interface CallOptions extends Limits {
  /** Additional request headers. They override the configuration's; names are not case-sensitive. */
  headers?: HeadersInput | undefined;
  /** Additional query parameters, by their wire names. `undefined` and `null` are omitted. */
  params?: object | undefined;
}

/**
 * A query with the documented parameters and any others, such as one that your own login page reads. None is required,
 * because the compiler does not see the parameters in `{ ...query }` of a `Record<string, string>`.
 */
export type Params<Query> = Partial<Query> | (Partial<Query> & { [name: string]: unknown }) | URLSearchParams;

/** Sends an operation, for every method of the API classes. */
export type Send = <T>(operation: Operation<T>, options?: CallOptions | null) => Promise<HydraResponse<T>>;

/** The options of a call. A method with others takes them out before it passes the rest on. */
const CALL_OPTIONS = ["headers", "params", "timeout", "signal"];

/**
 * Connects an API object to the server of a configuration, and returns a function that sends operations there. Binds the
 * methods of the object, so that they work when they are passed on without it.
 *
 * @throws {@link RequiredError} `basePath` is missing
 * @throws {@link InvalidInputError} there is a third argument, such as the axios instance that `@ory/client` takes
 */
export function connect(
  api: object,
  parameters: Configuration | ConfigurationParameters | undefined,
  defaultBasePath: string | undefined,
  [unsupported]: unknown[],
): Send {
  assertInput(unsupported === undefined, "axios", "is not used: pass a fetch function in the configuration instead");
  const configuration = isConfiguration(parameters) ? parameters : new Configuration(parameters ?? {});
  const { basePath = defaultBasePath, adminBasePath = basePath } = configuration;
  if (basePath === undefined) {
    throw new RequiredError("basePath", "basePath is missing: pass the URL of Hydra, such as http://127.0.0.1:4444");
  }
  const publicUrl = configuredUrl("basePath", basePath);
  const adminUrl = configuredUrl("adminBasePath", adminBasePath!);
  Object.defineProperty(api, "configuration", { value: configuration });
  bindMethods(api);

  return <T>(operation: Operation<T>, options?: CallOptions | null): Promise<HydraResponse<T>> => {
    assertOptions(options ?? {}, CALL_OPTIONS, "a call", "use headers, params, timeout, signal, or a fetch function");
    const { timeout = configuration.timeout ?? DEFAULT_TIMEOUT, signal, headers, params } = options ?? {};
    assertTimeout(timeout);
    const target = targetOf(operation, params);
    const label = `${operation.method} ${target.split("?", 1)}`;
    return withDeadline(timeout, [signal, configuration.signal], label, async (signal) => {
      const form = operation.form === undefined ? undefined : formOf(operation.form);
      const json = asJsonText("body", operation.body);
      if (json && operation.publicKeys) requirePublicKeys(operation.publicKeys, json);
      const { authorization: _, ...common } = headersOf(configuration.baseOptions?.headers);
      const own = headersOf(headers);
      // If the caller sets Authorization, no credential needs to be requested.
      const isAuthorized = "authorization" in own && !operation.auth;
      const credential = isAuthorized ? {} : await authenticate(operation, form, configuration, publicUrl);
      const body = form ? `${form}` : json;
      // Spread rather than assigned: a header may be named `__proto__`.
      const sent: Record<string, string> = {
        accept: "application/json",
        ...(body && { "content-type": `application/${form ? "x-www-form-urlencoded" : "json"}` }),
        ...common,
        ...own,
        ...headersOf(credential),
      };
      // With an empty header, a caller takes back one of the configuration.
      for (const name in sent) if (!sent[name]) delete sent[name];
      assertInput(
        operation.listener === "console" || !sent["authorization"]?.includes("ory_wak_"),
        "accessToken",
        "is the API key of a workspace: pass it as workspaceApiKey",
      );
      const request: WireRequest = {
        label,
        method: operation.method,
        url: (operation.listener === "admin" ? adminUrl : publicUrl) + target,
        headers: sent,
        body,
        maxResponseSize: configuration.maxResponseSize ?? operation.maxResponseSize,
        hint: (status) => hintFor(operation, configuration, status),
        secrets: () => {
          const query = new URLSearchParams(target.split("?")[1]);
          const secrets = secretsOf([...Object.entries(sent), ...query, ...(form ?? [])]);
          return json ? [...secrets, ...secretsInJson(JSON.parse(json))] : secrets;
        },
      };
      return readResponse<T>(operation.response, request, await sendRequest(configuration.fetch, request, signal));
    });
  };
}

/** Explains an error that Hydra does not explain itself; without a status, there was no response. */
function hintFor(
  { method, listener, since, query }: Operation<unknown>,
  { adminBasePath }: Configuration,
  status?: number,
): string | undefined {
  if (status === undefined && query?.["page_token"]) {
    return " (older versions of Hydra drop the connection on an invalid page token)";
  }
  if (status === 404 && listener !== "console") {
    const field = listener === "admin" ? "adminBasePath" : "basePath";
    const problem = listener === "admin" && !adminBasePath ? "missing" : `the ${listener} listener`;
    const version = since ? `, and is Hydra ${since}` : "";
    return ` (the path does not exist there: is ${field} ${problem}${version}?)`;
  }
  if (status === 500 && method === "PATCH") return " (is a path missing, or a value of the wrong type?)";
  return undefined;
}

/** Makes the methods of an object work without it, as in `const { getOAuth2Client } = api`. */
function bindMethods(api: object): void {
  for (let type = Object.getPrototypeOf(api); type !== Object.prototype; type = Object.getPrototypeOf(type)) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(type))) {
      if (typeof value !== "function" || name === "constructor" || Object.hasOwn(api, name)) continue;
      Object.defineProperty(api, name, { value: value.bind(api), configurable: true, writable: true });
    }
  }
}

/** Returns the path and query of an operation; `params` are the caller's additional query parameters. */
function targetOf({ template, path, query }: Operation<unknown>, params: object | undefined): string {
  return createFinalURL(template, {
    baseUrl: "",
    params: { path: path ?? {}, query: query ?? {} },
    querySerializer: (query) => {
      const entries = [...entriesOf(query), ...entriesOf(params)];
      return entries.length ? `${new URLSearchParams(entries)}` : "";
    },
    pathSerializer: (template, values) =>
      template.replace(/{(\w+)}/g, (_, name) => encodePathSegment(name, values[name])),
  });
}
