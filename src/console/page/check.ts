import { clientSchema, type FieldSchema } from "../../client-schema.ts";
import { isEmpty, isSame, type Values } from "./fields.ts";

/** The errors of a client, by the name of its field. */
export type Errors = Record<string, string>;

const typeOf = (value: unknown): string => {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
};

const ARTICLES: Record<string, string> = { array: "a list", object: "an object", string: "text", null: "null" };

/** The first thing in `value` that `schema` does not allow. */
function schemaError(schema: FieldSchema, value: unknown, path = ""): string | undefined {
  const types = [schema.type ?? []].flat();
  const at = path && `${path}: `;
  if (types.length && !types.includes(typeOf(value)))
    return `${at}must be ${types.map((type) => ARTICLES[type] ?? `a ${type}`).join(" or ")}`;
  if (typeof value === "string" && schema.pattern && !new RegExp(schema.pattern, "u").test(value))
    return `${at}must be a duration such as 1h30m`;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const error = schemaError(schema.items ?? {}, item, `${path}[${index}]`);
      if (error) return error;
    }
  } else if (Object(value) === value) {
    const missing = schema.required?.find((name) => !Object.hasOwn(value as object, name));
    if (missing) return `${at}${missing} is missing`;
    for (const [name, member] of Object.entries(value as object)) {
      const error = schemaError(schema.properties?.[name] ?? {}, member, path ? `${path}.${name}` : name);
      if (error) return error;
    }
  }
  return undefined;
}

const isWeb = (text: string) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
const hostOf = (text: string) => URL.canParse(text) && new URL(text).protocol + new URL(text).host;

/** Applies `rule` to each item, and names the first that it rejects. */
const each = (items: unknown, rule: (item: string) => string | false | undefined): string | undefined => {
  for (const item of items as string[]) {
    const error = rule(item);
    if (error) return `${item}: ${error}`;
  }
  return undefined;
};

const PRIVATE_MEMBERS = ["d", "p", "q", "dp", "dq", "qi", "k"];

/** What Hydra requires of a field that is not empty, beyond its schema. */
function ruleError(name: string, value: any, client: Values): string | undefined | false {
  switch (name) {
    case "redirect_uris":
      return each(
        value,
        (uri) =>
          (!URL.canParse(uri) && "must be an absolute URL such as https://app.example.com/callback") ||
          (uri.includes("#") && "must not have a fragment (#…)"),
      );
    case "post_logout_redirect_uris": {
      const hosts = ((client["redirect_uris"] ?? []) as string[]).map(hostOf);
      return each(
        value,
        (uri) => !hosts.includes(hostOf(uri) || "") && "must have the scheme, host and port of a redirect URI",
      );
    }
    case "allowed_cors_origins":
      return each(value, (origin) => {
        const isOrigin = isWeb(origin) && new URL(origin).href === `${new URL(origin).origin}/`;
        return !isOrigin && "must be an origin such as https://app.example.com";
      });
    case "scope": {
      const wrong = value.split(" ").find((scope: string) => !/^[\x21\x23-\x5b\x5d-\x7e]*$/.test(scope));
      return wrong !== undefined && `${wrong} is not a scope: separate scopes with spaces, without quotes`;
    }
    case "client_secret":
      return new TextEncoder().encode(value).length < 6 && "must be at least 6 characters long";
    case "jwks": {
      const keys: Values[] = value.keys ?? [];
      const found = keys.flatMap((key) => Object.keys(key)).find((member) => PRIVATE_MEMBERS.includes(member));
      if (found) return `contains the private member ${found}: paste the public keys only`;
      return !isEmpty(client["jwks_uri"]) && "cannot be combined with jwks_uri: empty one of them";
    }
    case "token_endpoint_auth_method": {
      const hasKeys = !isEmpty(client["jwks"]) || !isEmpty(client["jwks_uri"]);
      return value === "private_key_jwt" && !hasKeys && "private_key_jwt requires keys: set jwks or jwks_uri";
    }
    case "sector_identifier_uri":
      return !value.startsWith("https://") && "must be an https URL";
    default:
      return name.endsWith("_uri") && !isWeb(value) && "must be an http or https URL";
  }
}

/**
 * The errors of the fields in which `client` differs from `before`: what was on the server already is not the person's
 * mistake, and the server judges it.
 */
export function clientErrors(client: Values, before: Values): Errors {
  const errors: Errors = {};
  for (const [name, value] of Object.entries(client)) {
    if (isSame(value, before[name]) || isEmpty(value)) continue;
    const schema = clientSchema.properties[name];
    const error = schema
      ? (schemaError(schema, value) ?? ruleError(name, value, client))
      : "is not a field of a client";
    if (error) errors[name] = error;
  }
  return errors;
}
