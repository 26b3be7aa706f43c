import { clientSchema, type FieldSchema } from "../client-schema.ts";
import { InvalidInputError, type OAuth2Client } from "../index.ts";
import type { Context } from "./context.ts";
import { milliseconds } from "./duration.ts";
import { type Flag, type Flags, list, text, type Values } from "./flags.ts";
import { readPublicKeys } from "./keys.ts";
import type { Columns } from "./output.ts";
import { parseJson, readJson, readSecret, secretFlags } from "./secret.ts";

/** The fields that the server alone sets, and those whose flags stand for themselves. */
const WITHOUT_FLAG = [
  "client_id",
  "client_secret",
  "client_secret_expires_at",
  "created_at",
  "updated_at",
  "registration_access_token",
  "registration_client_uri",
  "jwks",
];

/** The flags that `hydra` names differently from the field. */
const NAMES: Record<string, string> = {
  client_name: "name",
  backchannel_logout_uri: "backchannel-logout-callback",
  frontchannel_logout_uri: "frontchannel-logout-callback",
  post_logout_redirect_uris: "post-logout-callback",
};

/** A field of a client, and its flag. */
interface Field {
  field: keyof OAuth2Client & string;
  schema: FieldSchema;
  kind: "text" | "list" | "boolean" | "json" | "scope";
}

const typesOf = ({ type }: FieldSchema): string[] => [type ?? []].flat();

function kindOf(field: string, schema: FieldSchema): Field["kind"] {
  if (field === "scope") return "scope";
  const types = typesOf(schema);
  if (types.includes("array")) return "list";
  if (types.includes("boolean")) return "boolean";
  // Without a type it is any JSON value.
  return types.length === 0 || types.includes("object") ? "json" : "text";
}

const singular = (name: string): string => (name.endsWith("s") ? name.slice(0, -1) : name);

/** The fields with a flag, by the name of the flag: made from `openapi.yaml`, so that a new field has a flag at once. */
const FIELDS: ReadonlyMap<string, Field> = new Map(
  Object.entries(clientSchema.properties)
    .filter(([field]) => !WITHOUT_FLAG.includes(field))
    .map(([field, schema]) => {
      const kind = kindOf(field, schema);
      const name = NAMES[field] ?? (kind === "list" ? singular(field) : field).replaceAll("_", "-");
      return [name, { field, schema, kind } as Field];
    }),
);

const FLAG_KINDS = { text: "text", list: "list", boolean: "boolean", json: "text", scope: "list" } as const;

function flagOf({ field, schema, kind }: Field): Flag {
  const values = schema["x-extensible-enum"] ?? schema.items?.["x-extensible-enum"];
  return {
    kind: FLAG_KINDS[kind],
    description: requestDescription(schema.description ?? field),
    ...(kind === "json" && { placeholder: "JSON" }),
    ...(field.endsWith("_lifespan") && { placeholder: "DURATION" }),
    ...(/_uris?$/.test(field) && { placeholder: "URL", uris: true }),
    ...(values && { values }),
  };
}

/** The description without what it says of responses. */
const requestDescription = (description: string): string =>
  description
    .replaceAll("**", "")
    .split(/(?<=\.) /)
    .filter((sentence) => !sentence.includes("in the response"))
    .join(" ");

/** The flags for the fields of a client. */
export const CLIENT_FLAGS: Flags &
  Record<"file", ReturnType<typeof text>> &
  Record<"jwks", ReturnType<typeof list>> &
  ReturnType<typeof secretFlags<"secret">> = {
  ...Object.fromEntries([...FIELDS].map(([name, field]) => [name, flagOf(field)])),
  ...secretFlags("secret", "the client's secret, at least 6 characters"),
  jwks: list("file with the client's public keys, as a JSON Web Key Set or PEM, repeatable; - reads standard input", {
    placeholder: "FILE",
    whole: true,
  }),
  file: text("file with the client as JSON; - reads standard input. Flags beside it win", { placeholder: "FILE" }),
};

/**
 * The fields that the flags and the file of a command line set.
 *
 * @throws {@link InvalidInputError} a flag has no valid value; `field` names it
 */
export async function clientFromFlags(context: Context<typeof CLIENT_FLAGS>): Promise<OAuth2Client> {
  const { flags, io } = context;
  assertOneStdin(flags);
  const client: Record<string, unknown> = flags.file === undefined ? {} : await clientFile(io, flags.file);
  for (const [name, field] of FIELDS) {
    const value = (flags as Values<Flags>)[name];
    if (value !== undefined) client[field.field] = fieldValue(name, field, value);
  }
  if (flags.jwks !== undefined) client["jwks"] = await readPublicKeys(io, "--jwks", flags.jwks);
  const secret = await readSecret(context, "secret");
  if (secret !== undefined) client["client_secret"] = secret;
  return client;
}

/** Standard input can be read once. */
function assertOneStdin(flags: Values<Flags>): void {
  const names = ["file", "jwks", "secret-file"];
  const [, second] = names.flatMap((name) => [flags[name]].flat().flatMap((file) => (file === "-" ? [name] : [])));
  if (second) throw new InvalidInputError(`--${second}`, `--${second} -: standard input is read for another flag`);
}

async function clientFile(io: Context["io"], file: string): Promise<Record<string, unknown>> {
  const value = await readJson(io, "--file", file);
  assertClient(`--file ${file}`, value);
  return value;
}

/** @throws {@link InvalidInputError} `value` is not a client, or has a member that no client has */
export function assertClient(field: string, value: unknown): asserts value is Record<string, unknown> {
  if (value === null || typeof value !== "object" || Array.isArray(value))
    throw new InvalidInputError(field, `${field} must hold a client, a JSON object`);
  const unknown = Object.keys(value).find((name) => !Object.hasOwn(clientSchema.properties, name));
  if (unknown !== undefined)
    throw new InvalidInputError(field, `${field}: a client has no field ${JSON.stringify(unknown)}: is it misspelled?`);
}

function fieldValue(name: string, { field, kind }: Field, value: unknown): unknown {
  if (kind === "scope") return (value as string[]).join(" ");
  if (kind === "json") return parseJson(`--${name}`, value as string);
  if (field.endsWith("_lifespan")) return lifespan(`--${name}`, value as string);
  return value;
}

/** A lifespan; an empty one, or `null`, is the server's default. */
function lifespan(flag: string, value: string): string | null {
  if (value === "" || value === "null") return null;
  milliseconds(flag, value);
  return value;
}

/** What a client may do whose list is empty (RFC 7591, section 2). */
const orDefault = (list: readonly string[] | null | undefined, byDefault: string): readonly string[] | string =>
  list?.length ? list : `${byDefault} (default)`;

/** What a table of clients shows. */
export const CLIENT_COLUMNS: Columns<OAuth2Client> = [
  { title: "CLIENT ID", value: (client) => client.client_id },
  { title: "CLIENT NAME", value: (client) => client.client_name },
  { title: "GRANT TYPES", value: ({ grant_types }) => orDefault(grant_types, "authorization_code") },
  { title: "RESPONSE TYPES", value: ({ response_types }) => orDefault(response_types, "code") },
  { title: "SCOPE", value: (client) => client.scope },
  { title: "AUDIENCE", value: (client) => client.audience },
  { title: "REDIRECT URIS", value: (client) => client.redirect_uris },
  { title: "AUTH METHOD", value: (client) => client.token_endpoint_auth_method },
  { title: "OWNER", value: (client) => client.owner },
];

/** What is shown of one client. */
export const CLIENT_ROWS: Columns<OAuth2Client> = [
  ...CLIENT_COLUMNS,
  { title: "KEYS", value: ({ jwks, jwks_uri }) => Object(jwks).keys?.map(keyId) ?? jwks_uri },
];

const keyId = (key: unknown): unknown => Object(key).kid ?? "a key without an ID";

/** What a table of clients shows, with the secrets of clients that have just been made. */
export const SECRET_COLUMNS: Columns<OAuth2Client> = withSecret(CLIENT_COLUMNS);
/** What is shown of one client that has just been made. */
export const SECRET_ROWS: Columns<OAuth2Client> = withSecret(CLIENT_ROWS);

function withSecret([id, ...columns]: Columns<OAuth2Client>): Columns<OAuth2Client> {
  return [id, { title: "CLIENT SECRET", value: (client) => client.client_secret, whole: true }, ...columns];
}
