import type { RequestBodyOption } from "openapi-fetch";
import type { HttpMethod, PathsWithMethod, RequiredKeysOf, SuccessResponse } from "openapi-typescript-helpers";
import type { paths } from "../schema.ts";
import type { ClientAuth, OAuth2RedirectTo } from "../types.ts";
import type { ResponseKind } from "./response.ts";

/** What the transport has to know of an operation beyond its path and parameters. */
interface Facts {
  /** The listener of a self-hosted Hydra that serves it. @default `admin` below `/admin`, else `public` */
  listener: "admin" | "public";
  /**
   * What authenticates the call: a bearer token, HTTP Basic of a client, or nothing.
   * @default `token` below `/admin`, else `none`
   */
  credential: "token" | "client" | "none";
  /** What a success consists of. @default `json` */
  response: ResponseKind;
  /** The first version of Hydra that has it, if older ones are supported. */
  since?: string;
  /** The bearer token of this call, in place of the configuration's. */
  token?: string | undefined;
  /** The longest response that is read, in bytes, unless the configuration says otherwise. */
  maxResponseSize?: number;
  /** The member of the body that must not contain private keys. */
  publicKeys?: "jwks" | "jwk";
  /** Authenticates the client whose `client_id` is in the form, instead of the configuration's credential. */
  auth?: ClientAuth | undefined;
}

/** An operation of `openapi.yaml` with its parameters: what {@link GET} and its siblings return, and the transport sends. */
export interface Operation<T> extends Facts {
  method: string;
  /** The path template, such as `/admin/clients/{id}`. */
  template: string;
  /** The values of the template's parameters. */
  path?: { [name: string]: unknown };
  query?: { [name: string]: unknown };
  /** The body, sent as JSON. */
  body?: unknown;
  /** The body, sent as a form. */
  form?: object | string | undefined;
  /** Type-only; never set at run time. */
  success?: T;
}

/** Creates an operation with this verb. The compiler checks path, parameters and body against `openapi.yaml`. */
type Verb<M extends HttpMethod> = <P extends PathsWithMethod<paths, M>>(
  template: P,
  ...rest: Rest<ParametersOf<paths[P][M]> & BodyOf<paths[P][M]> & ResponseOf<paths[P][M]>>
) => Operation<SuccessOf<paths[P][M]>>;

type Rest<T> = RequiredKeysOf<T> extends never ? [rest?: T & Partial<Facts>] : [rest: T & Partial<Facts>];

type ParametersOf<Op> = Op extends { parameters: infer P } ? Pick<P, Extract<keyof P, "path" | "query">> : unknown;

type BodyOf<Op> = Op extends { requestBody?: infer Body }
  ? [NonNullable<Body>] extends [never]
    ? unknown
    : NonNullable<Body> extends { content: { "application/x-www-form-urlencoded": infer Form } }
      ? { form: Form }
      : RequestBodyOption<Op>
  : unknown;

/** A success response that is not JSON must be declared, as in `openapi.yaml`. */
type ResponseOf<Op> = Op extends Redirecting
  ? { response: "redirect" }
  : [SuccessOf<Op>] extends [undefined]
    ? { response: "empty" }
    : { response?: "json" };

type Redirecting = { responses: { 302: unknown } };

type SuccessOf<Op> = Op extends Redirecting
  ? OAuth2RedirectTo
  : Op extends { responses: infer R extends Record<number, any> }
    ? SuccessResponse<R>
    : never;

export const GET: Verb<"get"> = /* @__PURE__ */ verb("GET");
export const POST: Verb<"post"> = /* @__PURE__ */ verb("POST");
export const PUT: Verb<"put"> = /* @__PURE__ */ verb("PUT");
export const PATCH: Verb<"patch"> = /* @__PURE__ */ verb("PATCH");
export const DELETE: Verb<"delete"> = /* @__PURE__ */ verb("DELETE");

function verb<M extends HttpMethod>(method: Uppercase<M>): Verb<M> {
  return ((template: string, rest: Partial<Facts> = {}): Operation<unknown> => {
    const isAdmin = template.startsWith("/admin/");
    const operation = {
      method,
      template,
      listener: isAdmin ? "admin" : "public",
      credential: isAdmin ? "token" : "none",
      response: "json",
    } as const;
    return Object.assign(operation, rest);
  }) as Verb<M>;
}
