import {
  diffOAuth2Client,
  InvalidInputError,
  isResponseError,
  OAuth2Api,
  type OAuth2Client,
  paginate,
  updateOAuth2Client,
} from "../../index.ts";
import { assertClient, CLIENT_COLUMNS, CLIENT_FLAGS, clientFromFlags, SECRET_COLUMNS } from "../client-flags.ts";
import { type Command, command } from "../command.ts";
import type { Context } from "../context.ts";
import { printPatch } from "../difference.ts";
import { eachOf } from "../each.ts";
import { boolean, integer, text } from "../flags.ts";
import { PATCH_FLAGS, readPatch } from "../patch.ts";
import { readJson } from "../secret.ts";

const NOUN = { noun: "oauth2-client", aliases: ["client"] };
const NOUNS = { noun: "oauth2-client", aliases: ["client", "clients", "oauth2-clients"] };
const ID = { name: "ID", description: "ID of a client" };
const IDS = { ...ID, variadic: true };

const DRY_RUN = boolean("show what would be sent, and change nothing");
const FILTERS = {
  owner: text("only clients with exactly this owner", { placeholder: "OWNER" }),
  name: text("only clients with exactly this name", { placeholder: "NAME" }),
};

const apiOf = async ({ target }: Context<any>): Promise<OAuth2Api> => new OAuth2Api(await target.admin());

/** Prints a client that has just got its secret, which no later response holds. */
async function printNew({ output, terminal }: Context<any>, client: OAuth2Client): Promise<void> {
  await output.item(client, client.client_secret === undefined ? CLIENT_COLUMNS : SECRET_COLUMNS);
  if (client.client_secret !== undefined) await terminal.note("The client secret is shown this once: keep it now.");
}

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
    const oAuth2Client = await clientFromFlags(context);
    if (context.flags.id !== undefined) oAuth2Client.client_id = context.flags.id;
    const { data } = await (await apiOf(context)).createOAuth2Client({ oAuth2Client });
    await printNew(context, data);
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
    const api = await apiOf(context);
    const clients: OAuth2Client[] = [];
    const total = context.args.length;
    const status = await eachOf(context, context.args, { done: "read", name: String, total }, async (id) => {
      clients.push((await api.getOAuth2Client({ id })).data);
    });
    if (total > 1) await context.output.list([clients], CLIENT_COLUMNS);
    else if (clients[0]) await context.output.item(clients[0], CLIENT_COLUMNS);
    return status;
  },
});

const DEFAULT_LIMIT = 100;

export const listOAuth2Clients: Command = command({
  verb: "list",
  noun: "oauth2-clients",
  aliases: ["clients", "oauth2-client", "client"],
  summary: "List OAuth 2.0 clients",
  details: `Without --all or --limit it shows ${DEFAULT_LIMIT} clients, and says on stderr if there are more.`,
  examples: [
    ["hydra-sdk list oauth2-clients --owner shop", "the clients of an owner"],
    ["hydra-sdk list oauth2-clients --all -q", "the IDs of all clients"],
  ],
  flags: {
    ...FILTERS,
    all: boolean("all clients, page by page"),
    limit: integer(`the most clients to show (default ${DEFAULT_LIMIT})`),
    "page-size": integer("clients of one request, at most 500 (default 250)"),
    "page-token": text("begin at this page", { placeholder: "TOKEN" }),
  },
  async run(context) {
    const { flags, output, terminal } = context;
    if (flags.all && flags.limit !== undefined)
      throw new InvalidInputError("--limit", "--limit and --all contradict each other");
    const limit = flags.all ? Number.POSITIVE_INFINITY : (flags.limit ?? DEFAULT_LIMIT);
    const pages = clientPages(await apiOf(context), flags);
    let shown = 0;
    let more = false;
    async function* limited() {
      for await (const page of pages) {
        const room = limit - shown;
        more = page.length > room;
        shown += Math.min(page.length, room);
        yield page.slice(0, room);
        if (more) return;
      }
    }
    await output.list(limited(), CLIENT_COLUMNS);
    if (more) await terminal.note(`There are more than ${shown} clients: --all shows them, --limit some of them.`);
  },
});

type ListFlags = { owner?: string; name?: string; "page-size"?: number; "page-token"?: string };

function clientPages(api: OAuth2Api, flags: ListFlags) {
  const { owner, name, "page-size": pageSize = 250, "page-token": pageToken } = flags;
  return paginate((request, options) => api.listOAuth2Clients(request, options), {
    pageSize,
    ...(owner !== undefined && { owner }),
    ...(name !== undefined && { clientName: name }),
    ...(pageToken !== undefined && { pageToken }),
  }).pages();
}

export const updateOAuth2ClientCommand: Command = command({
  verb: "update",
  ...NOUN,
  summary: "Change the given fields of an OAuth 2.0 client",
  details: "Fields that are not given stay as they are, also those that a file does not name. '' empties a field.",
  examples: [
    ["hydra-sdk update oauth2-client web-shop --scope openid,email --skip-consent", "change two fields"],
    ["hydra-sdk update oauth2-client web-shop --file client.json --dry-run", "see what a file would change"],
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
    const api = await apiOf(context);
    const change = (client: OAuth2Client) => ({ ...client, ...wanted });
    if (flags["dry-run"]) {
      const { data: before } = await api.getOAuth2Client({ id });
      return printPatch(context, await diffOAuth2Client(before, change(before)), before);
    }
    const { data } = await updateOAuth2Client(api, { id }, change);
    await output.item(data, CLIENT_COLUMNS);
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
    const api = await apiOf(context);
    if (flags["dry-run"]) return printPatch(context, jsonPatch, (await api.getOAuth2Client({ id })).data);
    const { data } = await api.patchOAuth2Client({ id, jsonPatch });
    await output.item(data, CLIENT_COLUMNS);
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
  ],
  arguments: [{ ...IDS, optional: true }],
  flags: {
    all: boolean("all clients, or all that --owner and --name choose"),
    ...FILTERS,
    "ignore-missing": boolean("take a client that does not exist for deleted"),
    yes: boolean("do not ask", { short: "y" }),
    "dry-run": DRY_RUN,
  },
  async run(context) {
    const { args, flags, output, terminal } = context;
    assertSelection(args, flags);
    const api = await apiOf(context);
    const ids = flags.all ? await matchingIds(api, flags) : args;
    const ID_COLUMN = [{ title: "ID", value: (id: string) => id }] as const;
    if (flags["dry-run"]) {
      await terminal.note(`would delete ${ids.length} of the clients:`);
      return void (await output.list([ids], ID_COLUMN));
    }
    const isMany = flags.all || ids.length > 1;
    if (isMany && ids.length > 0 && !(await terminal.confirm(`Delete ${ids.length} clients?`, flags.yes))) {
      await terminal.note("nothing was deleted");
      return 1;
    }
    const deleted: string[] = [];
    const status = await eachOf(context, ids, { done: "deleted", name: String, total: ids.length }, async (id) => {
      await api.deleteOAuth2Client({ id }).catch((error) => {
        const isMissing = isResponseError(error) && error.status === 404;
        if (!isMissing || !flags["ignore-missing"]) throw error;
      });
      deleted.push(id);
    });
    if (isMany) await output.list([deleted], ID_COLUMN);
    else if (deleted[0] !== undefined) await output.item(deleted[0], ID_COLUMN);
    return status;
  },
});

function assertSelection(ids: string[], { all, owner, name }: { all?: boolean; owner?: string; name?: string }): void {
  if (ids.length > 0 && all) throw new InvalidInputError("--all", "--all and IDs contradict each other");
  if (ids.length === 0 && !all) throw new InvalidInputError("ID", "give the IDs of the clients to delete, or --all");
  if (!all && (owner ?? name) !== undefined)
    throw new InvalidInputError("--all", "--owner and --name choose among all clients: add --all");
}

/** All IDs first: deleting while listing would move the pages. */
async function matchingIds(api: OAuth2Api, filters: ListFlags): Promise<string[]> {
  const ids: string[] = [];
  for await (const page of clientPages(api, filters)) ids.push(...page.map((client) => client.client_id!));
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
      await terminal.note(`would create ${clients.length} clients:`);
      return void (await output.list([clients.map(withoutSecret)], CLIENT_COLUMNS));
    }
    const api = await apiOf(context);
    let status = 0;
    // Each is printed as soon as it exists: its secret is shown once, and a crash must not lose it.
    async function* created() {
      const made: OAuth2Client[] = [];
      const options = { done: "created", name: nameOf, total: clients.length };
      for (const client of clients) {
        status = Math.max(
          status,
          await eachOf(context, [client], { ...options, total: 1 }, async (oAuth2Client) => {
            made.push((await api.createOAuth2Client({ oAuth2Client: settable(oAuth2Client) })).data);
          }),
        );
        yield made.splice(0);
        if (status === 130 || status === 6) return;
        await terminal.progress(`created ${clients.indexOf(client) + 1} of ${clients.length}`);
      }
    }
    const count = await output.list(created(), SECRET_COLUMNS);
    await terminal.note(`created ${count} of ${clients.length}; client secrets are shown this once: keep them now.`);
    return status;
  },
});

const nameOf = (client: OAuth2Client): string => client.client_id ?? client.client_name ?? "a client without an ID";

function withoutSecret({ client_secret: _, ...client }: OAuth2Client): OAuth2Client {
  return client;
}

/** Leaves out what the server sets, which an exported client holds. */
function settable(client: OAuth2Client): OAuth2Client {
  const { created_at, updated_at, registration_access_token, registration_client_uri, ...rest } = client;
  return rest;
}
