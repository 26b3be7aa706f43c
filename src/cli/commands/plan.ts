import {
  type AppliedClient,
  applyPlan,
  assertClientPlan,
  type ClientPlan,
  type ClientSet,
  exportClients,
  InvalidInputError,
  mayBeDynamic,
  type OAuth2Client,
  type PlannedClient,
  planClients,
  staleClients,
} from "../../index.ts";
import { CLIENT_COLUMNS } from "../client-flags.ts";
import { readClientSet, secretsFile } from "../clients-file.ts";
import { type Command, command } from "../command.ts";
import type { Context } from "../context.ts";
import { patchLines } from "../difference.ts";
import { milliseconds } from "../duration.ts";
import { eachOf } from "../each.ts";
import { STATUS } from "../failure.ts";
import { boolean, integer, list, text } from "../flags.ts";
import { importClients } from "../import-clients.ts";
import type { Io, Sink } from "../io.ts";
import type { Columns } from "../output.ts";
import { matcher } from "../pattern.ts";
import { readJson } from "../secret.ts";
import { adminApi } from "../target.ts";
import { counted, painter, printable } from "../terminal.ts";

const PLAN_FLAGS = {
  file: list("file of wanted clients, YAML or JSON; repeatable, - reads standard input", {
    short: "f",
    placeholder: "FILE",
    whole: true,
  }),
  prune: boolean("delete the clients of the set that are no longer wanted"),
  adopt: boolean("take wanted clients that exist already into the set"),
  rotate: list("ID of a client that gets a new secret, repeatable", { placeholder: "ID" }),
};

async function readWanted({ flags, io }: Context<typeof PLAN_FLAGS>): Promise<ClientSet> {
  const { file: files } = flags;
  if (!files?.length) throw new InvalidInputError("--file", "--file is missing: name the file of the wanted clients");
  return readClientSet(io, files);
}

const makePlan = async (context: Context<typeof PLAN_FLAGS>, wanted: ClientSet): Promise<ClientPlan> => {
  const { prune, adopt, rotate } = context.flags;
  return planClients(await adminApi(context), wanted, { prune, adopt, rotate, signal: context.io.signal });
};

const SIGNS = {
  create: ["+", "green"],
  change: ["~", "yellow"],
  delete: ["-", "red"],
  refused: ["!", "red"],
} as const;

const isWork = ({ action }: PlannedClient): boolean => action !== "unchanged" && action !== "refused";

/** Prints a plan for a person, or as JSON for `apply --plan`. */
async function printPlan({ io, output }: Context<any>, plan: ClientPlan): Promise<void> {
  if (output.format.kind === "table") return showPlan(io.stdout, io.env, plan);
  if (output.format.kind !== "quiet") return output.value(plan);
  const ids = plan.clients.filter(isWork).map(({ clientId }) => `${printable(clientId)}\n`);
  await io.stdout.write(ids.join(""));
}

async function showPlan(sink: Sink, env: Io["env"], plan: ClientPlan): Promise<void> {
  const paint = painter(sink, env);
  for (const planned of plan.clients) {
    const { action, clientId, patch = [], before, adopted, secret, reason } = planned;
    if (action === "unchanged") continue;
    const [sign, colour] = SIGNS[action];
    const notes = [adopted && "adopt", secret && `secret ${secret}`, reason].filter(Boolean).join(", ");
    const title = `${sign} ${action} ${printable(clientId)}${notes ? ` (${printable(notes)})` : ""}`;
    const lines = action === "create" ? fieldLines(planned.after!) : patchLines(patch, before, paint);
    await sink.write(`${[paint(colour, title), ...lines.map((line) => `    ${line}`)].join("\n")}\n`);
  }
  await sink.write([summary(plan), ...unwantedLines(plan)].map((line) => `${line}\n`).join(""));
}

/** How many clients a line names. */
const MAX_NAMES = 10;

function unwantedLines({ unwanted = [] }: ClientPlan): string[] {
  if (unwanted.length === 0) return [];
  const [are, them] = unwanted.length === 1 ? ["is", "it"] : ["are", "them"];
  return [
    `${counted(unwanted.length, "clients")} of this set ${are} not in the file: ${listed(unwanted)} (--prune deletes ${them})`,
  ];
}

function listed(clientIds: readonly string[]): string {
  const more = clientIds.length > MAX_NAMES ? [`${clientIds.length - MAX_NAMES} more`] : [];
  return [...clientIds.slice(0, MAX_NAMES).map(printable), ...more].join(", ");
}

/** The IDs of the clients whose secrets would be generated. */
const withNewSecret = ({ clients }: ClientPlan): string[] =>
  clients
    .filter(({ action, secret }) => action !== "refused" && secret === "generated")
    .map(({ clientId }) => clientId);

const fieldLines = ({ client_id: _, metadata, ...fields }: OAuth2Client): string[] => {
  const { managed_by, managed_set, ...own } = (metadata ?? {}) as Record<string, unknown>;
  const shown = { ...fields, ...(Object.keys(own).length > 0 && { metadata: own }) };
  return Object.entries(shown).map(([name, value]) => printable(`${name}: ${JSON.stringify(value)}`));
};

const countOf = ({ clients }: ClientPlan, action: PlannedClient["action"]): number =>
  clients.filter((client) => client.action === action).length;

function summary(plan: ClientPlan): string {
  const parts = (["create", "change", "delete"] as const).map((action) => `${countOf(plan, action)} to ${action}`);
  const refused = countOf(plan, "refused");
  return `Set ${printable(plan.set)}: ${parts.join(", ")}, ${countOf(plan, "unchanged")} unchanged${refused ? `, ${refused} refused` : ""}`;
}

/** Such as `Create 2 clients, delete 1 client?`. */
function question(plan: ClientPlan): string {
  const parts = (["create", "change", "delete"] as const).flatMap((action) => {
    const count = countOf(plan, action);
    return count > 0 ? [`${action} ${counted(count, "clients")}`] : [];
  });
  const text = parts.join(", ");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}?`;
}

const statusOf = (plan: ClientPlan): number =>
  plan.clients.some(({ action }) => action === "refused") ? STATUS.conflict : STATUS.done;

export const plan: Command = command({
  verb: "plan",
  summary: "Show what would make the server follow a file of clients",
  details:
    "It changes nothing. Clients of the set that are not in the file stay, and are named, unless --prune is given. The exit status is 5 if a client is refused.",
  examples: [
    ["hydra-sdk plan -f clients.yaml", "what `apply` would do"],
    ["hydra-sdk plan -f clients.yaml --format json > plan.json", "save it for `apply --plan`"],
  ],
  flags: {
    ...PLAN_FLAGS,
    "detailed-exitcode": boolean(`end with ${STATUS.changes} if there is something to do`),
  },
  async run(context) {
    const planned = await makePlan(context, await readWanted(context));
    await printPlan(context, planned);
    const generated = withNewSecret(planned);
    if (generated.length > 0) {
      const secrets = generated.length === 1 ? "secret" : "secrets";
      await context.terminal.note(
        `apply will need --secrets-out for the new ${secrets} of ${listed(generated)}, or client_secret in the file`,
      );
    }
    const hasWork = planned.clients.some(isWork);
    return statusOf(planned) || (context.flags["detailed-exitcode"] && hasWork ? STATUS.changes : STATUS.done);
  },
});

const RESULT_COLUMNS: Columns<AppliedClient> = [
  { title: "CLIENT ID", value: ({ clientId }) => clientId },
  { title: "ACTION", value: ({ action }) => action },
  { title: "OUTCOME", value: ({ outcome }) => outcome },
  { title: "ERROR", value: ({ error }) => error?.message },
];

export const apply: Command = command({
  verb: "apply",
  summary: "Make the server follow a file of clients",
  details:
    "It shows the plan and asks; --yes does not ask, and is needed where nobody can be asked. Generated secrets are appended to --secrets-out, each before its client is made.",
  examples: [
    ["hydra-sdk apply -f clients.yaml --secrets-out secrets.jsonl", "plan, ask and apply"],
    [
      "hydra-sdk apply -f clients.yaml --prune --yes",
      "in a deployment; clients of the set that are not in the file go",
    ],
    ["hydra-sdk apply --plan plan.json --yes", "a plan that was saved and looked at; -f beside it gives secrets"],
  ],
  flags: {
    ...PLAN_FLAGS,
    plan: text("file with a saved plan, in place of a new one", { placeholder: "FILE" }),
    "secrets-out": text("file to which generated secrets are appended, as a line of JSON each", {
      placeholder: "FILE",
    }),
    concurrency: integer("clients to work on at a time (default 4)"),
    yes: boolean("do not ask", { short: "y" }),
  },
  async run(context) {
    const { flags, io, output, terminal } = context;
    const isSaved = flags.plan !== undefined;
    // Beside a saved plan, the file only gives secrets.
    const wanted = isSaved && !flags.file?.length ? { clients: [] } : await readWanted(context);
    const planned = isSaved ? await savedPlan(context) : await makePlan(context, wanted);
    const secrets = new Map(wanted.clients.map(({ client_id, client_secret }) => [client_id, client_secret]));
    const work = planned.clients.filter(isWork);
    const generated = withNewSecret(planned);
    const secretsOut = flags["secrets-out"];
    if (generated.length > 0 && secretsOut === undefined) {
      throw new InvalidInputError(
        "--secrets-out",
        `--secrets-out is missing: it takes the new secrets of ${listed(generated)}`,
      );
    }
    // Results alone go to standard output where it is not for a person.
    if (output.format.kind === "table") await showPlan(io.stdout, io.env, planned);
    else if (io.stdin.isTerminal && !flags.yes) await showPlan(io.stderr, io.env, planned);
    if (work.length > 0 && !(await terminal.confirm(question(planned), flags.yes))) {
      await terminal.note("nothing was changed");
      return STATUS.refused;
    }
    let finished = 0;
    const results = await applyPlan(await adminApi(context), planned, {
      secretOf: (clientId) => secrets.get(clientId),
      ...(secretsOut !== undefined && { onSecret: secretsFile(secretsOut) }),
      ...(flags.concurrency !== undefined && { concurrency: flags.concurrency }),
      signal: io.signal,
      onResult: () => terminal.progress(`${++finished} of ${work.length}`),
    });
    await terminal.progress("");
    await printResults(context, results);
    await terminal.note(outcomes(results));
    return exitOf(results, io.signal);
  },
});

/** @throws {@link InvalidInputError} the file is not a plan, or a flag would have changed it */
async function savedPlan({ flags, io }: Context<typeof PLAN_FLAGS & { plan: ReturnType<typeof text> }>) {
  for (const name of ["prune", "adopt", "rotate"] as const)
    if (flags[name] !== undefined)
      throw new InvalidInputError(`--${name}`, `--${name} is for a new plan: give it to the plan that --plan names`);
  const saved = await readJson(io, "--plan", flags.plan!);
  assertClientPlan(saved);
  return saved;
}

async function printResults({ io, output }: Context<any>, results: readonly AppliedClient[]): Promise<void> {
  if (output.format.kind === "table") {
    if (results.length === 0) return;
    await io.stdout.write("\n");
  }
  if (output.format.kind === "table" || output.format.kind === "quiet") {
    await output.list([results], RESULT_COLUMNS);
    return;
  }
  const shown = results.map(({ error, ...result }) => ({ ...result, ...(error && { error: error.message }) }));
  await output.list([shown], [{ title: "CLIENT ID", value: ({ clientId }) => clientId }]);
}

function outcomes(results: readonly AppliedClient[]): string {
  const count = (outcome: AppliedClient["outcome"]) => results.filter((result) => result.outcome === outcome).length;
  const names = (["done", "failed", "conflict", "skipped"] as const).filter((name) => count(name) > 0);
  return names.map((name) => `${count(name)} ${name}`).join(", ") || "nothing to do";
}

function exitOf(results: readonly AppliedClient[], signal: AbortSignal): number {
  if (signal.aborted) return STATUS.interrupted;
  if (results.some(({ outcome }) => outcome === "failed")) return STATUS.refused;
  return results.every(({ outcome }) => outcome === "done") ? STATUS.done : STATUS.conflict;
}

export const exportCommand: Command = command({
  verb: "export",
  summary: "Write the clients of a server as a file for `plan` and `apply`",
  details:
    "A secret, which the server does not return, becomes the name of a variable. What --from cannot carry over is said on standard error.",
  examples: [
    ["hydra-sdk export > clients.yaml", "all clients"],
    ["hydra-sdk export --from k8s/ > clients.yaml", "the custom resources of the Hydra operator in a folder"],
    ["hydra-sdk export --from terraform.tfstate > clients.yaml", "the clients of a Terraform state"],
    ["hydra-sdk export --set default --format json-pretty", "the clients of a set, as JSON"],
  ],
  flags: {
    set: text("only the clients of this set", { placeholder: "NAME" }),
    owner: text("only clients with exactly this owner", { placeholder: "OWNER" }),
    from: text(
      "file or folder of another tool, in place of a server: custom resources of the operator, Terraform state",
      {
        placeholder: "PATH",
      },
    ),
  },
  async run(context) {
    const { flags, io, output } = context;
    const { set } = flags;
    const clients = await exportedClients(context);
    if (output.format.kind.startsWith("json")) {
      const head = set === undefined ? "" : `"set":${JSON.stringify(set)},`;
      await io.stdout.write(`{${head}"clients":`);
      await output.list(inPages(clients), CLIENT_COLUMNS);
      return io.stdout.write("}\n");
    }
    const { stringify } = await import("../yaml.ts");
    await io.stdout.write(SCHEMA_LINE);
    if (set !== undefined) await io.stdout.write(stringify({ set }));
    let count = 0;
    for await (const client of clients) {
      await io.stdout.write(`${count++ === 0 ? "clients:\n" : ""}${stringify([client]).replace(/^(?=.)/gm, "  ")}`);
    }
    if (count === 0) await io.stdout.write("clients: []\n");
  },
});

/** Where editors find the schema of the file, in a project that has this package. */
const SCHEMA_LINE = "# yaml-language-server: $schema=./node_modules/hydra-sdk/dist/clients.schema.json\n";

async function exportedClients(
  context: Context<Record<"set" | "owner" | "from", ReturnType<typeof text>>>,
): Promise<AsyncIterable<OAuth2Client> | Iterable<OAuth2Client>> {
  const { flags, io, terminal } = context;
  const { set, owner, from } = flags;
  if (from === undefined) return exportClients(await adminApi(context), { set, owner, signal: io.signal });
  if (owner !== undefined) throw new InvalidInputError("--owner", "--owner is for a server, not for --from");
  const { clients, notes } = await importClients(io, from);
  for (const note of notes) await terminal.note(printable(note));
  return clients;
}

async function* inPages<T>(items: AsyncIterable<T> | Iterable<T>): AsyncGenerator<T[]> {
  for await (const item of items) yield [item];
}

export const prune: Command = command({
  verb: "prune",
  summary: "Delete old clients, such as those that registered themselves",
  details:
    "Without --yes it only lists them. Only the age since the creation counts: Hydra does not record when a client was last used. Clients of a set are never pruned. --where takes dynamic (nothing that only an administrator can set), owner=OWNER, name=NAME and metadata.KEY=VALUE, in which * stands for any characters; all that are given must hold.",
  examples: [
    ["hydra-sdk prune --older-than 30d --where dynamic", "list clients that may have registered themselves"],
    ["hydra-sdk prune --older-than 30d --where dynamic --yes", "delete them"],
    ["hydra-sdk prune --older-than 1d --where 'name=test-*'", "list what tests left behind"],
  ],
  flags: {
    "older-than": text("age since the creation, such as 30d", { placeholder: "DURATION" }),
    where: list("which clients, repeatable", { placeholder: "CONDITION", whole: true, values: ["dynamic"] }),
    yes: boolean("delete them", { short: "y" }),
  },
  async run(context) {
    const { flags, io, output, terminal } = context;
    const age = flags["older-than"];
    if (age === undefined) throw new InvalidInputError("--older-than", "--older-than is missing: such as 30d");
    const conditions = (flags.where ?? []).map(condition);
    const options = {
      olderThan: milliseconds("--older-than", age),
      where: (client: OAuth2Client) => conditions.every((holds) => holds(client)),
      now: io.now(),
      signal: io.signal,
    };
    const api = await adminApi(context);
    // All of them first: deleting while listing would move the pages.
    const stale: OAuth2Client[] = [];
    for await (const client of staleClients(api, options)) stale.push(client);
    if (!flags.yes) {
      await output.list([stale], PRUNE_COLUMNS);
      const [count, them] = [counted(stale.length, "clients"), stale.length === 1 ? "it" : "them"];
      await terminal.note(
        stale.length > 0 ? `${count}; nothing was deleted: --yes deletes ${them}` : "no client is so old and fits",
      );
      return STATUS.done;
    }
    const deleted: OAuth2Client[] = [];
    const name = ({ client_id }: OAuth2Client) => client_id!;
    const status = await eachOf(context, stale, { done: "deleted", name, total: stale.length }, async (client) => {
      await api.deleteOAuth2Client({ id: client.client_id! });
      deleted.push(client);
    });
    await output.list([deleted], PRUNE_COLUMNS);
    await terminal.note(`deleted ${deleted.length} of ${counted(stale.length, "clients")}`);
    return status;
  },
});

const PRUNE_COLUMNS: Columns<OAuth2Client> = [
  CLIENT_COLUMNS[0],
  { title: "CLIENT NAME", value: ({ client_name }) => client_name },
  { title: "CREATED", value: ({ created_at }) => created_at },
];

type Condition = (client: OAuth2Client) => boolean;

/** A condition of `--where`. */
function condition(given: string): Condition {
  if (given === "dynamic") return mayBeDynamic;
  const at = given.indexOf("=");
  const [name, value] = [given.slice(0, at), given.slice(at + 1)];
  const fits = matcher(value);
  if (at > 0 && name === "owner") return (client) => fits(client.owner ?? "");
  if (at > 0 && name === "name") return (client) => fits(client.client_name ?? "");
  const key = name.startsWith("metadata.") ? name.slice("metadata.".length) : "";
  if (at > 0 && key)
    return ({ metadata }) => {
      const member = (metadata as Record<string, unknown> | undefined)?.[key];
      return member !== undefined && fits(String(member));
    };
  throw new InvalidInputError("--where", `--where must be dynamic, owner=…, name=… or metadata.KEY=…, not ${given}`);
}
