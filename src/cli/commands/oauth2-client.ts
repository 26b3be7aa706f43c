import {
  diffOAuth2Client,
  InvalidInputError,
  type OAuth2Api,
  type OAuth2Client,
  paginate,
  updateOAuth2Client,
} from "../../index.ts";
import {
  assertClient,
  CLIENT_COLUMNS,
  CLIENT_FLAGS,
  CLIENT_ROWS,
  clientFromFlags,
  SECRET_COLUMNS,
} from "../client-flags.ts";
import { type Command, command } from "../command.ts";
import { printPatch } from "../difference.ts";
import { eachOf, resultsOf } from "../each.ts";
import { boolean, DRY_RUN, text } from "../flags.ts";
import { fitKeys } from "../keys.ts";
import { listDetails, listFlags, pageParameters, printPages } from "../listing.ts";
import { leavesOut, lost, newSecretOf, printNew } from "../new-secret.ts";
import { PATCH_FLAGS, readPatch } from "../patch.ts";
import { isPattern, matcher } from "../pattern.ts";
import { removalFlags, remove } from "../removal.ts";
import { readJson } from "../secret.ts";
import { adminApi } from "../target.ts";
import { counted } from "../terminal.ts";

const NOUN = { noun: "oauth2-client", aliases: ["client"] };
const NOUNS = { noun: "oauth2-client", aliases: ["client", "clients", "oauth2-clients"] };
const ID = { name: "ID", description: "ID of a client" };
const IDS = { ...ID, variadic: true };

const FILTERS = {
  owner: text("only clients with this owner; * stands for any characters", { placeholder: "OWNER" }),
  name: text("only clients with this name; * stands for any characters, as in 'test-*'", { placeholder: "NAME" }),
};

export const createOAuth2Client: Command = command({
  verb: "create",
  ...NOUN,
  summary: "Create an OAuth 2.0 client",
  examples: [
    [
      "hydra-sdk create oauth2-client --name 'Web shop' --grant-type authorization_code,refresh_token \\\n    --redirect-uri https://shop.example.com/callback --scope openid,offline_access",
      "a web application that signs users in",
    ],
    ["hydra-sdk create oauth2-client --grant-type client_credentials --scope read", "a service"],
    ["hydra-sdk create oauth2-client --file client.json --owner shop", "from a file, with another owner"],
  ],
  flags: { id: text("ID of the client (default: the server makes one)", { placeholder: "ID" }), ...CLIENT_FLAGS },
  async run(context) {
    const oAuth2Client = await fitKeys(context, await clientFromFlags(context));
    if (context.flags.id !== undefined) oAuth2Client.client_id = context.flags.id;
    const { data } = await (await adminApi(context)).createOAuth2Client({ oAuth2Client });
    const isLost = await printNew(context, data, newSecretOf(data, oAuth2Client));
    if (isLost) await context.terminal.warn(lost("the client secret was", setsAnother(data.client_id!)));
  },
});

export const getOAuth2Client: Command = command({
  verb: "get",
  ...NOUNS,
  summary: "Show OAuth 2.0 clients",
  examples: [
    ["hydra-sdk get oauth2-client web-shop", "one client"],
    ["hydra-sdk get oauth2-client web-shop --format jsonpath=redirect_uris", "one field of it, as JSON"],
  ],
  arguments: [IDS],
  async run(context) {
    const api = await adminApi(context);
    const clients: OAuth2Client[] = [];
    const total = context.args.length;
    const status = await eachOf(context, context.args, { done: "read", name: String, total }, async (id) => {
      clients.push((await api.getOAuth2Client({ id })).data);
    });
    if (total > 1) await context.output.list([clients], CLIENT_COLUMNS);
    else if (clients[0]) await context.output.item(clients[0], CLIENT_ROWS);
    return status;
  },
});

export const listOAuth2Clients: Command = command({
  verb: "list",
  noun: "oauth2-clients",
  aliases: ["clients", "oauth2-client", "client"],
  summary: "List OAuth 2.0 clients",
  details: listDetails("clients"),
  examples: [
    ["hydra-sdk list oauth2-clients --owner shop", "the clients of an owner"],
    ["hydra-sdk list oauth2-clients --all -q", "the IDs of all clients"],
  ],
  flags: { ...FILTERS, ...listFlags("clients") },
  async run(context) {
    const pages = clientPages(await adminApi(context), context.flags, pageParameters(context));
    await printPages(context, pages, CLIENT_COLUMNS, "clients");
  },
});

type Filters = { owner?: string | undefined; name?: string | undefined };

/** The pages of the clients that the filters choose. The server compares whole texts; what has a `*` is compared here. */
async function* clientPages(
  api: OAuth2Api,
  { owner, name }: Filters,
  parameters: { pageSize: number; pageToken?: string },
): AsyncGenerator<OAuth2Client[], void, undefined> {
  const request = {
    ...parameters,
    ...(owner !== undefined && !isPattern(owner) && { owner }),
    ...(name !== undefined && !isPattern(name) && { clientName: name }),
  };
  const [isOwner, isName] = [matcher(owner ?? "*"), matcher(name ?? "*")];
  const pages = paginate((each: typeof request, options) => api.listOAuth2Clients(each, options), request).pages();
  for await (const page of pages)
    yield page.filter((client) => isOwner(client.owner ?? "") && isName(client.client_name ?? ""));
}

export const updateOAuth2ClientCommand: Command = command({
  verb: "update",
  ...NOUN,
  summary: "Change the given fields of an OAuth 2.0 client",
  details: "Fields that are not given stay as they are, also those that a file does not name. '' empties a field.",
  examples: [
    ["hydra-sdk update oauth2-client web-shop --scope openid,email --skip-consent", "change two fields"],
    ["hydra-sdk update oauth2-client web-shop --file client.json --dry-run", "see what a file would change"],
    [
      "hydra-sdk update oauth2-client reports --jwks public.pem --jwks new-public.pem",
      "add the next key to the current",
    ],
  ],
  arguments: [ID],
  flags: { ...CLIENT_FLAGS, "dry-run": DRY_RUN },
  async run(context) {
    const { args, flags, output } = context;
    const id = args[0]!;
    const wanted = await clientFromFlags(context);
    if (wanted.client_id !== undefined && wanted.client_id !== id)
      throw new InvalidInputError("--file", `--file is of the client ${wanted.client_id}, not of ${id}`);
    if (Object.keys(wanted).length === 0)
      throw new InvalidInputError("--file", "there is nothing to update: give a flag for each field, or --file");
    const api = await adminApi(context);
    const change = async (client: OAuth2Client) => ({ ...client, ...(await fitKeys(context, wanted, client)) });
    if (flags["dry-run"]) {
      const { data: before } = await api.getOAuth2Client({ id });
      return printPatch(context, await diffOAuth2Client(before, await change(before)), before);
    }
    const { data } = await updateOAuth2Client(api, { id }, change);
    await output.item(data, CLIENT_ROWS);
  },
});

export const patchOAuth2Client: Command = command({
  verb: "patch",
  ...NOUN,
  summary: "Change an OAuth 2.0 client by a JSON Patch (RFC 6902)",
  examples: [
    [
      `hydra-sdk patch oauth2-client web-shop --add '/redirect_uris/-="https://shop.example.com/silent"'`,
      "add a redirect URI",
    ],
    ["hydra-sdk patch oauth2-client web-shop --remove /metadata/team", "remove a member"],
  ],
  arguments: [ID],
  flags: { ...PATCH_FLAGS, "dry-run": DRY_RUN },
  async run(context) {
    const { args, flags, io, output } = context;
    const id = args[0]!;
    const jsonPatch = await readPatch(io, flags);
    const api = await adminApi(context);
    if (flags["dry-run"]) return printPatch(context, jsonPatch, (await api.getOAuth2Client({ id })).data);
    const { data } = await api.patchOAuth2Client({ id, jsonPatch });
    await output.item(data, CLIENT_ROWS);
  },
});

export const deleteOAuth2Client: Command = command({
  verb: "delete",
  ...NOUNS,
  summary: "Delete OAuth 2.0 clients",
  details: "More than one client, and --all, must be confirmed: at the terminal, or by --yes.",
  examples: [
    ["hydra-sdk delete oauth2-client web-shop", "one client"],
    ["hydra-sdk delete oauth2-clients --all --owner shop --yes", "all clients of an owner"],
    ["hydra-sdk delete oauth2-clients --all --name 'test-*' --dry-run", "see which clients have such a name"],
  ],
  arguments: [{ ...IDS, optional: true }],
  flags: {
    all: boolean("all clients, or all that --owner and --name choose"),
    ...FILTERS,
    ...removalFlags("client"),
  },
  async run(context) {
    const { args, flags } = context;
    assertSelection(args, flags);
    const api = await adminApi(context);
    const ids = flags.all ? await matchingIds(api, flags) : args;
    return remove(context, {
      ids,
      items: "clients",
      isMany: flags.all || ids.length > 1,
      remove: (id) => api.deleteOAuth2Client({ id }),
    });
  },
});

function assertSelection(ids: string[], { all, owner, name }: { all?: boolean; owner?: string; name?: string }): void {
  if (ids.length > 0 && all) throw new InvalidInputError("--all", "--all and IDs contradict each other");
  if (ids.length === 0 && !all) throw new InvalidInputError("ID", "give the IDs of the clients to delete, or --all");
  if (!all && (owner ?? name) !== undefined)
    throw new InvalidInputError("--all", "--owner and --name choose among all clients: add --all");
}

/** All IDs first: deleting while listing would move the pages. */
async function matchingIds(api: OAuth2Api, filters: Filters): Promise<string[]> {
  const ids: string[] = [];
  for await (const page of clientPages(api, filters, { pageSize: 250 }))
    ids.push(...page.map((client) => client.client_id!));
  return ids;
}

export const importOAuth2Clients: Command = command({
  verb: "import",
  ...NOUNS,
  summary: "Create OAuth 2.0 clients from files",
  details: "A file holds one client or a list of clients, as JSON. All files are read before anything is sent.",
  examples: [
    ["hydra-sdk import oauth2-clients clients.json", "from a file"],
    ["hydra-sdk list oauth2-clients --all --format json -e $OLD | hydra-sdk import oauth2-clients - -e $NEW", "copy"],
  ],
  arguments: [{ name: "FILE", description: "a file; - reads standard input", variadic: true }],
  flags: { "dry-run": DRY_RUN },
  async run(context) {
    const { args, flags, io, output, terminal } = context;
    const clients: OAuth2Client[] = [];
    for (const file of args) {
      const content = await readJson(io, "FILE", file);
      for (const [index, client] of [content].flat().entries()) {
        assertClient(`FILE ${file}: client ${index + 1}`, client);
        clients.push(client);
      }
    }
    if (clients.length === 0) throw new InvalidInputError("FILE", "there is no client in the files");
    if (flags["dry-run"]) {
      await terminal.note(`would create ${counted(clients.length, "clients")}:`);
      return void (await output.list([clients.map(withoutSecret)], CLIENT_COLUMNS));
    }
    const api = await adminApi(context);
    const options = { done: "created", name: nameOf, total: clients.length };
    // Each is printed as soon as it exists: its secret is shown once, and a crash must not lose it.
    const secrets = { shown: 0, lost: 0 };
    const { results, status } = resultsOf(context, clients, options, async (client) => {
      const { data } = await api.createOAuth2Client({ oAuth2Client: settable(client) });
      const secret = newSecretOf(data, client);
      if (secret !== undefined) secrets[leavesOut(output.format, [data], secret) ? "lost" : "shown"]++;
      return data;
    });
    const count = await output.list(results, SECRET_COLUMNS);
    const shown = secrets.shown > 0 ? "; client secrets are shown this once: keep them now." : "";
    await terminal.note(`created ${count} of ${counted(clients.length, "clients")}${shown}`);
    if (secrets.lost > 0)
      await terminal.warn(lost(`the new secrets of ${counted(secrets.lost, "clients")} were`, setsAnother("ID")));
    return status();
  },
});

const setsAnother = (id: string): string => `\`hydra-sdk update oauth2-client ${id} --secret-file FILE\` sets another`;

const nameOf = (client: OAuth2Client): string => client.client_id ?? client.client_name ?? "a client without an ID";

function withoutSecret({ client_secret: _, ...client }: OAuth2Client): OAuth2Client {
  return client;
}

/** Leaves out what the server sets, which an exported client holds. */
function settable(client: OAuth2Client): OAuth2Client {
  const { created_at, updated_at, registration_access_token, registration_client_uri, ...rest } = client;
  return rest;
}
