/** Values that the models accept and reject. Fails to compile (`tsc -p test`) if that changes. */
import type { JsonPatch, JsonWebKeySet, OAuth2Client, OAuth2ConsentRequest, OidcUserInfo } from "../../src/index.ts";
import type { Equal, Expect } from "./expect.ts";

type Known<T> = T extends string ? (string extends T ? never : T) : never;

// Editors suggest the known values, and any other string is accepted.
export type SubjectTypes = Expect<Equal<Known<OAuth2Client["subject_type"]>, "public" | "pairwise">>;
export const other: OAuth2Client = {
  grant_types: ["authorization_code", "urn:example:grant"],
  token_endpoint_auth_method: "tls_client_auth",
};

// A response can be sent back.
export const echo = (client: OAuth2Client): OAuth2Client => ({ ...client, contacts: null, redirect_uris: null });
export const passOn = ({ context }: OAuth2ConsentRequest): OAuth2ConsentRequest["context"] => context ?? null;

// Keys need not have `alg` or `use`.
export const keys: JsonWebKeySet = { keys: [{ kid: "one", kty: "EC", crv: "P-256", x: "x", y: "y" }] };

// Custom claims are accessible, but must be narrowed before use.
export const roles = (claims: OidcUserInfo): unknown => claims["roles"];
// @ts-expect-error a custom claim is unknown, not a string
export const team = (claims: OidcUserInfo): string => claims["team"];

// @ts-expect-error the operation does not exist
export const rename: JsonPatch = { op: "rename", path: "/owner" };
// @ts-expect-error the path is missing
export const nowhere: JsonPatch = { op: "add", value: 1 };
// @ts-expect-error a misspelt field
export const misspelt: OAuth2Client = { client_nmae: "Shop" };
// @ts-expect-error scope is a string, not a list
export const scopes: OAuth2Client = { scope: ["openid"] };
