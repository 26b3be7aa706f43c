/** Compares the hand-written requests of `src/types.ts` with `openapi.yaml`. Fails to compile if they differ. */
import type {
  AuthorizationRequestParameters,
  DeviceVerificationParameters,
  LogoutRequestParameters,
} from "../../src/index.ts";
import type { operations } from "../../src/schema.ts";
import type { Equal, Expect } from "./expect.ts";
import type { Requests } from "./ory-client.ts";

type Present<T> = [NonNullable<T>] extends [never] ? unknown : NonNullable<T>;
type Query<Name extends keyof operations> = Present<operations[Name]["parameters"]["query"]>;
type Path<Name extends keyof operations> = Present<operations[Name]["parameters"]["path"]>;
type Form<Name extends keyof operations> = operations[Name] extends {
  requestBody: { content: { "application/x-www-form-urlencoded": infer Form } };
}
  ? Form
  : unknown;
type Wire<Name extends keyof operations> = Query<Name> & Path<Name> & Form<Name>;

type CamelCase<Name> = Name extends `${infer Head}_${infer Tail}` ? `${Head}${Capitalize<CamelCase<Tail>>}` : Name;

/** The request fields that the parameters of an operation require. */
type Expected<Name extends keyof operations> = {
  readonly [Parameter in keyof Wire<Name> as CamelCase<Parameter>]: Wire<Name>[Parameter];
};

type RequestOf<Name extends keyof operations> = Requests[keyof Requests &
  `${"OAuth2Api" | "OidcApi" | "JwkApi" | "ProjectApi" | "WorkspaceApi"}${Capitalize<Name>}Request`][1];

/** The operations that have a request, and those whose request differs from openapi.yaml. */
type Compared = { [Name in keyof operations]: [RequestOf<Name>] extends [never] ? never : Name }[keyof operations];
type Different = {
  [Name in Compared]: Equal<
    Expected<Name>,
    Pick<RequestOf<Name>, keyof Expected<Name> & keyof RequestOf<Name>>
  > extends true
    ? never
    : Name;
}[Compared];

export type SameRequests = Expect<Equal<Different, never>>;

/** The queries of operations without a request, passed in `options.params`. */
type Plain<T> = { [Key in keyof T]: T[Key] };
export type Authorization = Expect<Equal<AuthorizationRequestParameters, Plain<Query<"oAuth2Authorize">>>>;
export type Logout = Expect<Equal<LogoutRequestParameters, Plain<Query<"revokeOidcSession">>>>;
export type DeviceVerification = Expect<
  Equal<DeviceVerificationParameters, Plain<Query<"performOAuth2DeviceVerificationFlow">>>
>;
