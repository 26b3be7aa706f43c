import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { clientSchema } from "../client-schema.ts";
import { escapeVariables, InvalidInputError, type OAuth2Client, secretVariable } from "../index.ts";
import type { Io } from "./io.ts";
import { readText } from "./secret.ts";

/** Clients that another tool described. */
export interface Imported {
  /** The clients, as `clients.yaml` has them. */
  clients: OAuth2Client[];
  /** What could not be carried over, and what is left to do. Contains no values. */
  notes: string[];
}

type Members = Record<string, any>;

/** Where a client comes from, and its fields in the names of Hydra. */
interface Source {
  at: string;
  fields: Members;
  /** The names of variables that are made of this, where the ID of the client is not known. */
  name: string;
}

/**
 * Reads clients of a file or of a folder: custom resources of the Hydra operator (`OAuth2Client` of `hydra.ory.sh`), and the
 * state of Terraform, as its file or as `terraform show -json` prints it.
 *
 * @throws {@link InvalidInputError} it cannot be read, or holds no client
 */
export async function importClients(io: Io, path: string): Promise<Imported> {
  const notes: string[] = [];
  const documents: { file: string; document: unknown }[] = [];
  const files = await filesOf(path);
  for (const file of files) {
    for (const document of await documentsOf(io, file, files.length > 1 ? notes : undefined))
      documents.push({ file, document });
  }
  const objects = documents.flatMap(({ file, document }) => itemsOf(document).map((item) => ({ file, item })));
  const secrets = objects.map(({ item }) => item).filter(({ kind }) => kind === "Secret");
  const sources = objects.flatMap(({ file, item }) => {
    if (String(item["apiVersion"]).startsWith("hydra.ory.sh/") && item["kind"] === "OAuth2Client")
      return [fromCustomResource(file, item, secrets, notes)];
    return terraformResources(item).map((resource) => fromTerraform(resource, notes));
  });
  if (sources.length === 0)
    throw new InvalidInputError(
      "--from",
      `--from ${path} holds no OAuth2Client of the operator and no Terraform state`,
    );
  return { clients: sources.map((source) => wantedClient(source, notes)), notes };
}

async function filesOf(path: string): Promise<string[]> {
  const isFolder = path !== "-" && (await stat(path).catch(() => undefined))?.isDirectory();
  if (!isFolder) return [path];
  const names = await readdir(path, { recursive: true });
  return names
    .filter((name) => /\.(ya?ml|json|tfstate)$/.test(name))
    .sort()
    .map((name) => join(path, name));
}

/** The YAML documents of a file. One that is not YAML, such as a template, is noted among others and an error alone. */
async function documentsOf(io: Io, file: string, notes: string[] | undefined): Promise<unknown[]> {
  const { parseAllDocuments } = await import("./yaml.ts");
  const documents = parseAllDocuments(await readText(io, "--from", file), { merge: true, prettyErrors: false });
  if (documents.every(({ errors }) => errors.length === 0))
    return documents.map((document) => document.toJS({ maxAliasCount: -1 }));
  if (!notes) throw new InvalidInputError("--from", `--from ${file} is not YAML or JSON`);
  notes.push(`${file}: it is not YAML or JSON, and was left out`);
  return [];
}

const isObject = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The objects of a document: `kubectl get -o yaml` prints a list. */
const itemsOf = (document: unknown): Members[] => {
  if (!isObject(document)) return [];
  return Array.isArray(document["items"]) ? document["items"].filter(isObject) : [document];
};

/** `clientName` → `client_name`, `frontChannelLogoutURI` → `frontchannel_logout_uri`. */
const fieldName = (name: string): string =>
  name
    .replace(/^(front|back)Channel/, "$1channel")
    .replace(/URI$/, "Uri")
    .replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function fromCustomResource(file: string, resource: Members, secrets: Members[], notes: string[]): Source {
  const { metadata = {}, spec = {} } = resource as { metadata?: Members; spec?: Members };
  const { name = "client", namespace } = metadata;
  const at = `${file}: ${name}`;
  const { scope = "", scopeArray = [], tokenLifespans, secretName, hydraAdmin, deletionPolicy, ...rest } = spec;
  const fields: Members = Object.fromEntries(Object.entries(rest).map(([key, value]) => [fieldName(key), value]));
  Object.assign(fields, tokenLifespans, { scope: [...scopeArray, scope].filter(Boolean).join(" ") });
  // As the operator writes it.
  fields["owner"] = `${name}/${namespace ?? "default"}`;
  if (namespace === undefined) notes.push(`${at}: it names no namespace: its owner is written for "default"`);
  if (hydraAdmin) notes.push(`${at}: hydraAdmin is not carried over: flags and variables say where the server is`);
  if (deletionPolicy)
    notes.push(`${at}: deletionPolicy is not carried over: a client is deleted with --prune, or never`);
  const isSecret = ({ metadata: of = {} }: Members) =>
    of["name"] === secretName && (of["namespace"] ?? namespace) === namespace;
  const { data, stringData } = secrets.find(isSecret) ?? {};
  const encoded = data?.["CLIENT_ID"];
  const id = stringData?.["CLIENT_ID"] ?? (encoded && Buffer.from(encoded, "base64").toString("utf8"));
  if (id) fields["client_id"] = id;
  else notes.push(`${at}: the operator keeps its ID in CLIENT_ID of the Secret ${secretName}: set it as a variable`);
  return { at, fields, name: namespace && namespace !== "default" ? `${namespace}-${name}` : name };
}

interface TerraformResource {
  address: string;
  attributes: Members;
}

/** The resources for clients of a state file (version 4), or of what `terraform show -json` prints. */
function terraformResources(state: Members): TerraformResource[] {
  const isClient = ({ type, mode = "managed" }: Members) => /(^|_)oauth2_client$/.test(type) && mode === "managed";
  const modules = (module: Members): Members[] => [module, ...(module["child_modules"] ?? []).flatMap(modules)];
  const root = state["values"]?.["root_module"];
  if (isObject(root)) {
    const resources = modules(root).flatMap(({ resources: own = [] }): Members[] => own);
    return resources.filter(isClient).map(({ address, values }) => ({ address, attributes: values ?? {} }));
  }
  const resources: unknown = state["resources"];
  if (!Array.isArray(resources)) return [];
  return resources.filter(isClient).flatMap(({ module, type, name, instances = [] }): TerraformResource[] =>
    instances.map(({ index_key: key, attributes = {} }: Members) => {
      const index = key === undefined ? "" : `[${JSON.stringify(key)}]`;
      return { address: `${module ? `${module}.` : ""}${type}.${name}${index}`, attributes };
    }),
  );
}

/** The attributes that are of no interest to a client. */
const TERRAFORM_OWN = ["id", "project_slug", "project_api_key", "jwks_wo", "jwks_wo_version"];

function fromTerraform({ address: at, attributes }: TerraformResource, notes: string[]): Source {
  const { jwk, jwks, metadata, scopes, ...rest } = attributes;
  const isOwn = ([name]: [string, unknown]) => TERRAFORM_OWN.includes(name);
  const fields: Members = Object.fromEntries(Object.entries(rest).filter((entry) => !isOwn(entry)));
  fields["client_id"] ??= attributes["id"];
  if (Array.isArray(scopes)) fields["scope"] = scopes.join(" ");
  fields["metadata"] = typeof metadata === "string" ? parsed(metadata) : metadata;
  const keys = typeof jwks === "string" ? parsed(jwks) : jwks;
  const list: unknown = keys?.keys ?? jwk;
  if (Array.isArray(list) && list.length > 0) fields["jwks"] = { keys: list.filter(isObject) };
  if (attributes["jwks_wo_version"]) notes.push(`${at}: jwks_wo is not in the state: add jwks or jwks_uri`);
  return { at, fields, name: at };
}

function parsed(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const SERVER_OWNED = [
  "client_secret_expires_at",
  "created_at",
  "updated_at",
  "registration_access_token",
  "registration_client_uri",
];
const PRIVATE = ["d", "p", "q", "dp", "dq", "qi", "k"];
const DEFAULTS = ["null", '""', "[]", "{}", "false", undefined];
const isDefault = (value: unknown): boolean => DEFAULTS.includes(JSON.stringify(value));

/** The client as it is wanted: without defaults, and with variables in the place of secrets. */
function wantedClient({ at, fields, name }: Source, notes: string[]): OAuth2Client {
  const { client_id: id, client_secret: _, jwks, ...rest } = fields;
  const entries = Object.entries(rest).filter(([key, value]) => !SERVER_OWNED.includes(key) && !isDefault(value));
  const isKnown = ([key]: [string, unknown]) => Object.hasOwn(clientSchema.properties, key);
  for (const [key] of entries.filter((entry) => !isKnown(entry))) notes.push(`${at}: ${key} is not carried over`);
  const client: Members = Object.fromEntries(entries.filter(isKnown));
  if (isObject(jwks)) client["jwks"] = { keys: jwks["keys"].map((key: Members) => publicKey(key, at, notes)) };
  const method = String(client["token_endpoint_auth_method"] ?? "client_secret_basic");
  const variable = secretVariable(id ?? name);
  return {
    client_id: id === undefined ? `\${${variable.replace(/SECRET$/, "ID")}}` : escapeVariables(id),
    ...escapeVariables(client),
    ...(method.startsWith("client_secret_") && { client_secret: `\${${variable}}` }),
  };
}

function publicKey(key: Members, at: string, notes: string[]): Members {
  const members = Object.entries(key).filter(([, value]) => !isDefault(value));
  const shown = members.filter(([member]) => !PRIVATE.includes(member));
  if (shown.length < members.length) notes.push(`${at}: the private part of a key in jwks is not carried over`);
  return Object.fromEntries(shown);
}
