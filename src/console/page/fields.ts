import { clientSchema, type FieldSchema } from "../../client-schema.ts";
import type { OAuth2Client } from "../../index.ts";

/** A client by the names of its fields. */
export type Values = Record<string, unknown>;

export interface Field {
  name: string;
  label: string;
  description: string;
  kind: "text" | "choice" | "choices" | "list" | "boolean" | "optional-boolean" | "json";
  /** The values that Hydra knows. */
  known: readonly string[];
}

/** What only the server sets. */
const SERVER_FIELDS = [
  "client_secret_expires_at",
  "created_at",
  "updated_at",
  "registration_access_token",
  "registration_client_uri",
];
/** What can be chosen only when a client is created. */
const CREATION_FIELDS = ["client_id", "client_secret"];

/** The groups of the form, in order. The first whose pattern matches has the field; the last has those that are new. */
const GROUPS: readonly (readonly [title: string, names: RegExp])[] = [
  [
    "Basics",
    /^(client_id|client_secret|client_name|owner|contacts|grant_types|response_types|scope|audience|token_endpoint_auth_method)$/,
  ],
  ["Redirects", /^(redirect_uris|allowed_cors_origins)$/],
  ["Tokens and lifespans", /^access_token_strategy$|_lifespan$/],
  ["Keys", /^jwks|_alg$/],
  ["Logout", /logout/],
  ["Consent", /^(skip_consent|subject_type|sector_identifier_uri)$/],
  ["Links", /^(client|logo|policy|tos)_uri$/],
  ["Advanced", /./],
];

/** The order of fields that matter most; others follow as in the schema. */
const FIRST = ["client_name", "client_id", "client_secret", "owner", "grant_types", "response_types"];

const WORDS: Record<string, string> = {
  alg: "algorithm",
  auth: "authentication",
  cors: "CORS",
  id: "ID",
  jwks: "JWKS",
  tos: "terms of service",
  uri: "URI",
  uris: "URIs",
};

function labelOf(name: string): string {
  const words = name.split("_").map((word) => WORDS[word] ?? word);
  const label = words.join(" ");
  return label[0]!.toUpperCase() + label.slice(1);
}

function kindOf({ type, "x-extensible-enum": known, items }: FieldSchema): Field["kind"] {
  const types = [type ?? []].flat();
  if (types.includes("array")) return items?.["x-extensible-enum"] ? "choices" : "list";
  if (types.includes("boolean")) return types.includes("null") ? "optional-boolean" : "boolean";
  // Without a type it is any JSON value.
  if (types.length === 0 || types.includes("object")) return "json";
  return known ? "choice" : "text";
}

/** The description without what it says of responses. */
const requestDescription = ({ description = "" }: FieldSchema): string =>
  description
    .split(/(?<=\.) /)
    .filter((sentence) => !sentence.includes("in the response"))
    .join(" ");

/** The fields that a person can set, made from `openapi.yaml`. */
export const FIELDS: readonly Field[] = Object.entries(clientSchema.properties)
  .filter(([name]) => !SERVER_FIELDS.includes(name))
  .map(([name, schema]) => ({
    name,
    label: labelOf(name),
    description: requestDescription(schema),
    kind: kindOf(schema),
    known: schema["x-extensible-enum"] ?? schema.items?.["x-extensible-enum"] ?? [],
  }));

const rank = ({ name }: Field) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);

/** The groups of the form with their fields. */
export function groupsOf(isNew: boolean): { title: string; fields: Field[] }[] {
  const groups = GROUPS.map(([title]) => ({ title, fields: [] as Field[] }));
  for (const field of FIELDS) {
    if (CREATION_FIELDS.includes(field.name) && !isNew) continue;
    groups[GROUPS.findIndex(([, names]) => names.test(field.name))]!.fields.push(field);
  }
  for (const { fields } of groups) fields.sort((a, b) => rank(a) - rank(b));
  return groups;
}

/** A client without what cannot be edited. */
export function editable(client: OAuth2Client): Values {
  const hidden = [...SERVER_FIELDS, ...CREATION_FIELDS];
  return Object.fromEntries(Object.entries(client).filter(([name]) => !hidden.includes(name)));
}

export const isEmpty = (value: unknown): boolean =>
  value == null || value === "" || ["[]", "{}"].includes(JSON.stringify(value));

export const isSame = (a: unknown, b: unknown): boolean =>
  JSON.stringify(a) === JSON.stringify(b) || (isEmpty(a) && isEmpty(b));

/** The text of a value in the form. */
export function textOf({ kind }: Field, value: unknown): string {
  if (kind === "json") return isEmpty(value) ? "" : JSON.stringify(value, null, 2);
  return Array.isArray(value) ? value.join("\n") : String(value ?? "");
}

/**
 * The value of a text in the form.
 *
 * @throws SyntaxError the text is not JSON
 */
export function parseText({ name, kind }: Field, text: string): unknown {
  if (kind === "json") return text.trim() ? JSON.parse(text) : name === "metadata" ? {} : undefined;
  const lines = text.split("\n").map((line) => line.trim());
  if (kind === "list" || kind === "choices") return lines.filter(Boolean);
  if (kind === "optional-boolean") return text === "" ? null : text === "true";
  const value = text.trim();
  return value === "" && name.endsWith("_lifespan") ? null : value;
}
