import { createFinalURL } from "openapi-fetch";
import { Configuration, type ConfigurationParameters, configuredUrl, isConfiguration } from "./configuration.ts";
import { authenticate } from "./credentials.ts";
import { type Limits, withDeadline } from "./deadline.ts";
import { InvalidInputError, RequiredError } from "./errors.ts";
import { entriesOf, formOf } from "./form.ts";
import { type HeadersInput, headersOf } from "./headers.ts";
import type { Operation } from "./operation.ts";
import { secretsInJson, secretsOf } from "./redact.ts";
import { type HydraResponse, readResponse } from "./response.ts";
import { sendRequest, type WireRequest } from "./send-request.ts";
import { assertTimeout, encodePathSegment } from "./validate.ts";

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
export type Send = <T>(operation: Operation<T>, options?: CallOptions) => Promise<HydraResponse<T>>;

/**
 * Returns a function that sends operations to the server of a configuration.
 *
 * @throws {@link RequiredError} `basePath` is missing
 */
export function connect(
  parameters: Configuration | ConfigurationParameters | undefined,
  defaultBasePath: string | undefined,
): Send {
  const configuration = isConfiguration(parameters) ? parameters : new Configuration(parameters ?? {});
  const { basePath = defaultBasePath, adminBasePath = basePath } = configuration;
  if (basePath === undefined) {
    throw new RequiredError("basePath", "basePath is missing: pass the URL of Hydra, such as http://127.0.0.1:4444");
  }
  const publicUrl = configuredUrl("basePath", basePath);
  const adminUrl = configuredUrl("adminBasePath", adminBasePath!);

  return <T>(operation: Operation<T>, options?: CallOptions): Promise<HydraResponse<T>> => {
    const { timeout = configuration.timeout, signal, headers, params } = options ?? {};
    assertTimeout(timeout);
    const target = targetOf(operation, params);
    const label = `${operation.method} ${target.split("?", 1)}`;
    return withDeadline(timeout, [signal, configuration.signal], label, async (signal) => {
      const form = operation.form === undefined ? undefined : formOf(operation.form);
      const { authorization: _, ...common } = headersOf(configuration.baseOptions?.headers);
      const own = headersOf(headers);
      // If the caller sets Authorization, no credential needs to be requested.
      const isAuthorized = "authorization" in own && !operation.auth;
      const credential = isAuthorized ? {} : await authenticate(operation, form, configuration, publicUrl);
      const body = form ? `${form}` : toJson(operation.body);
      const sent: Record<string, string> = { accept: "application/json" };
      if (body) sent["content-type"] = `application/${form ? "x-www-form-urlencoded" : "json"}`;
      Object.assign(sent, common, own, headersOf(credential));
      // With an empty header, a caller takes back one of the configuration.
      for (const name in sent) if (!sent[name]) delete sent[name];
      const request: WireRequest = {
        label,
        method: operation.method,
        url: (operation.listener === "admin" ? adminUrl : publicUrl) + target,
        headers: sent,
        body,
        hint: operation.method === "PATCH" ? PATCH_HINT : undefined,
        secrets: () => {
          const query = new URLSearchParams(target.split("?")[1]);
          const secrets = secretsOf([...Object.entries(sent), ...query, ...(form ?? [])]);
          return [...secrets, ...secretsInJson(operation.body)];
        },
      };
      return readResponse<T>(operation.response, request, await sendRequest(configuration.fetch, request, signal));
    });
  };
}

/** Hydra responds with a 500 without details to a patch that does not fit the client. */
const PATCH_HINT = " (is a path missing, or a value of the wrong type?)";

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

function toJson(body: unknown): string | undefined {
  try {
    return JSON.stringify(body);
  } catch (error) {
    throw new InvalidInputError("body", `body is not JSON: ${(error as Error).message}`);
  }
}
