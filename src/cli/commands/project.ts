import {
  type CreateProjectBody,
  InvalidInputError,
  isResponseError,
  type Project,
  ProjectApi,
  type ProjectApiKey,
  ProjectEnvironmentEnum,
  ProjectHomeRegionEnum,
  type ProjectMetadata,
  type SetProject,
  type SuccessfulProjectUpdate,
  type Workspace,
  WorkspaceApi,
} from "../../index.ts";
import { type Argument, type Command, command } from "../command.ts";
import type { Context } from "../context.ts";
import { printPatch } from "../difference.ts";
import { boolean, DRY_RUN, text } from "../flags.ts";
import { valueAt } from "../json-pointer.ts";
import { leavesOut, lost } from "../new-secret.ts";
import type { Columns } from "../output.ts";
import { PATCH_FLAGS, readPatch } from "../patch.ts";
import { saveSelection } from "../profile.ts";
import { effective, misspellings, patchProjectPart } from "../project-patch.ts";
import { allProjects, findProject } from "../projects.ts";
import { ID_COLUMN, removalFlags, remove } from "../removal.ts";
import { readJson } from "../secret.ts";

const NOUN = { noun: "project", aliases: ["projects"] };
const CONFIG_NOUN = { noun: "oauth2-config" };
/** Where the OAuth 2.0 configuration of a project is. */
const CONFIG = "/services/oauth2/config";

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** The argument that names a project, as documents of Ory show it. */
const PROJECT: Argument = {
  name: "PROJECT",
  description: "ID or slug of a project, or the beginning of one (default: --project, ORY_PROJECT or the profile)",
  optional: true,
};

/**
 * The ID of the project that the argument or the settings name.
 *
 * @throws {@link InvalidInputError} no project is named, or the name fits none or several
 */
async function projectIdOf({ args, target }: Context<any>): Promise<string> {
  const [name] = args;
  const given = name === undefined ? target.settings.project : { value: name, from: "PROJECT" };
  if (!given)
    throw new InvalidInputError("PROJECT", "no project is named: give its ID, or set --project or ORY_PROJECT");
  if (UUID.test(given.value)) return given.value;
  return (await findProject(await target.console(), given, target.settings.workspace?.value)).id;
}

const apiOf = async ({ target }: Context<any>): Promise<ProjectApi> => new ProjectApi(await target.console());

/** The console has one form of 404. */
const isAbsent = (error: unknown): boolean => isResponseError(error) && error.status === 404;

const PROJECT_COLUMNS: Columns<Project | ProjectMetadata> = [
  { title: "ID", value: ({ id }) => id },
  { title: "NAME", value: ({ name }) => name },
  { title: "ENVIRONMENT", value: ({ environment }) => environment },
  { title: "WORKSPACE", value: ({ workspace_id }) => workspace_id },
  { title: "SLUG", value: ({ slug }) => slug },
  { title: "STATE", value: ({ state }) => state },
];

export const createProject: Command = command({
  verb: "create",
  ...NOUN,
  summary: "Create a project on Ory Network",
  examples: [
    ['hydra-sdk create project --name "Web shop"', "a project for development"],
    ["hydra-sdk create project --name Shop --environment prod --home-region eu-central -q", "prints its ID alone"],
  ],
  flags: {
    name: text("name of the project", { short: "n", placeholder: "NAME" }),
    environment: text("what the project is for (default dev)", {
      short: "e",
      values: Object.values(ProjectEnvironmentEnum),
      closed: true,
    }),
    "home-region": text("where its data is stored", { values: Object.values(ProjectHomeRegionEnum) }),
    "use-project": boolean("select it, as `use project` does"),
  },
  async run(context) {
    const { flags, io, output, target, terminal } = context;
    const name =
      flags.name ?? (io.stdin.isTerminal ? await io.stdin.ask("Name of the project: ", { hidden: false }) : "");
    if (!name) throw new InvalidInputError("--name", "--name is missing: the name of the project");
    const { workspace } = target.settings;
    const createProjectBody = {
      name,
      environment: flags.environment ?? "dev",
      ...(flags["home-region"] !== undefined && { home_region: flags["home-region"] }),
      ...(workspace && { workspace_id: workspace.value }),
    } as CreateProjectBody;
    const { data } = await (await apiOf(context)).createProject({ createProjectBody });
    await output.item(data, PROJECT_COLUMNS);
    if (flags["use-project"])
      await terminal.note(
        `selected in ${await saveSelection(context.io.env, context.flags.profile, { project: data.id })}`,
      );
  },
});

export const getProject: Command = command({
  verb: "get",
  ...NOUN,
  summary: "Show a project of Ory Network",
  examples: [
    ["hydra-sdk get project happy-goose", "by the beginning of its slug"],
    ["hydra-sdk get project --project $PROJECT_ID --format jsonpath=services.oauth2", "a part of its configuration"],
  ],
  arguments: [PROJECT],
  async run(context) {
    const { data } = await (await apiOf(context)).getProject({ projectId: await projectIdOf(context) });
    await context.output.item(data, PROJECT_COLUMNS);
  },
});

export const listProjects: Command = command({
  verb: "list",
  noun: "projects",
  aliases: ["project"],
  summary: "List the projects of Ory Network",
  examples: [["hydra-sdk list projects --workspace $WORKSPACE_ID", "those of a workspace"]],
  async run({ output, target }) {
    const projects = allProjects(await target.console(), target.settings.workspace?.value);
    const all: ProjectMetadata[] = [];
    for await (const project of projects) all.push(project);
    await output.list([all], PROJECT_COLUMNS);
  },
});

export const useProject: Command = command({
  verb: "use",
  ...NOUN,
  summary: "Select a project for the commands that follow",
  details: "It is written to the profile of --profile, or to the default one. Flags and variables take precedence.",
  examples: [["hydra-sdk use project happy-goose", "from now on"]],
  arguments: [{ ...PROJECT, optional: false }],
  async run(context) {
    const project = await projectIdOf(context);
    const file = await saveSelection(context.io.env, context.flags.profile, { project });
    await context.output.item(project, ID_COLUMN);
    await context.terminal.note(`selected in ${file}`);
  },
});

/** Tells what the console left out of a change. */
async function warnOf({ terminal }: Context<any>, { warnings }: SuccessfulProjectUpdate): Promise<void> {
  for (const { message, code } of warnings) await terminal.warn(message ?? String(code));
}

const PATCH_DETAILS =
  "It prints what has changed; with --format json, the result. A change that someone else makes at the same time is kept; " +
  "if it is of the same setting, nothing is changed, and the exit status is 5.";

type PatchContext = Context<typeof PATCH_FLAGS & { "dry-run": typeof DRY_RUN }>;

/** Patches a part of a project, and shows what that changes. */
async function patchPart(
  context: PatchContext,
  prefix: string,
  show: (project: Project) => Promise<void>,
): Promise<void> {
  const { flags, io, output, terminal } = context;
  const patch = await readPatch(io, flags);
  const projectApi = await apiOf(context);
  const projectId = await projectIdOf(context);
  const warnOfSpelling = async (document: unknown) => {
    for (const { path, meant } of misspellings(patch, document))
      await terminal.warn(`${path} is new beside ${meant}: is it misspelled?`);
  };
  if (flags["dry-run"]) {
    const document = valueAt((await projectApi.getProject({ projectId })).data, prefix);
    await warnOfSpelling(document);
    return printPatch(context, patch, document);
  }
  const { before, changed } = await patchProjectPart({ projectApi, projectId, prefix }, patch);
  const [old, now] = [valueAt(before, prefix), valueAt(changed.project, prefix)];
  await warnOf(context, changed);
  await warnOfSpelling(old);
  const difference = effective(patch, old, now);
  if (output.format.kind === "table") return printPatch(context, difference, old);
  if (difference.length === 0) await terminal.note("nothing was changed: it is so already");
  await show(changed.project);
}

export const patchProject: Command = command({
  verb: "patch",
  ...NOUN,
  summary: "Change a project by a JSON Patch (RFC 6902)",
  details: PATCH_DETAILS,
  examples: [[`hydra-sdk patch project $PROJECT_ID --replace '/name="New name"'`, "rename it"]],
  arguments: [PROJECT],
  flags: { ...PATCH_FLAGS, "dry-run": DRY_RUN },
  async run(context) {
    await patchPart(context, "", (project) => context.output.item(project, PROJECT_COLUMNS));
  },
});

export const updateProject: Command = command({
  verb: "update",
  ...NOUN,
  summary: "Replace the configuration of a project by a file",
  details:
    "Services, CORS settings and the name that the file does not have stay as they are; a service is replaced whole.",
  examples: [["hydra-sdk update project $PROJECT_ID --file project.json --dry-run", "see what would be sent"]],
  arguments: [PROJECT],
  flags: {
    file: text("file with the project as JSON; - reads standard input", { placeholder: "FILE" }),
    "dry-run": DRY_RUN,
  },
  async run(context) {
    const changed = await replaceParts(context, await fileOf(context));
    if (changed) await context.output.item(changed.project, PROJECT_COLUMNS);
  },
});

async function fileOf({ io, flags }: Context<{ file: ReturnType<typeof text> }>): Promise<Record<string, unknown>> {
  if (flags.file === undefined)
    throw new InvalidInputError("--file", "--file is missing: the new configuration as JSON");
  const value = await readJson(io, "--file", flags.file);
  if (value !== null && typeof value === "object" && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new InvalidInputError("--file", `--file ${flags.file} must hold a JSON object`);
}

/** Sends a whole project: the console resets what is left out, so that the rest is sent as it was read. */
async function replaceParts(
  context: Context<any>,
  parts: Partial<SetProject>,
): Promise<SuccessfulProjectUpdate | undefined> {
  const api = await apiOf(context);
  const projectId = await projectIdOf(context);
  const { data: project } = await api.getProject({ projectId });
  const { name, services, cors_admin = {}, cors_public = {}, organizations } = project;
  const setProject = {
    name,
    cors_admin,
    cors_public,
    organizations,
    ...parts,
    services: { ...services, ...parts.services },
  } as SetProject;
  if (context.flags["dry-run"]) {
    await context.output.value(setProject);
    return undefined;
  }
  const { data } = await api.setProject({ projectId, setProject });
  await warnOf(context, data);
  return data;
}

export const deleteProject: Command = command({
  verb: "delete",
  ...NOUN,
  summary: "Delete a project of Ory Network with all its data",
  details: "It cannot be undone, and must be confirmed: at the terminal, or by --yes.",
  examples: [["hydra-sdk delete project 8a7b… --yes", "without a question"]],
  arguments: [{ ...PROJECT, optional: false }],
  flags: removalFlags("project"),
  async run(context) {
    const api = await apiOf(context);
    const ids = [await projectIdOf(context)];
    return remove(context, {
      ids,
      items: "projects",
      isMany: true,
      isAbsent,
      remove: (projectId) => api.purgeProject({ projectId }),
    });
  },
});

const configOf = ({ services }: Project): unknown => services.oauth2?.config ?? {};

export const getOAuth2Config: Command = command({
  verb: "get",
  ...CONFIG_NOUN,
  summary: "Show the OAuth 2.0 configuration of a project",
  examples: [["hydra-sdk get oauth2-config $PROJECT_ID --format yaml", "as YAML"]],
  arguments: [PROJECT],
  async run(context) {
    const { data } = await (await apiOf(context)).getProject({ projectId: await projectIdOf(context) });
    await context.output.value(configOf(data));
  },
});

export const patchOAuth2Config: Command = command({
  verb: "patch",
  ...CONFIG_NOUN,
  summary: "Change settings of the OAuth 2.0 configuration of a project",
  details: PATCH_DETAILS,
  examples: [
    [
      'hydra-sdk patch oauth2-config $PROJECT_ID --replace "/oidc/dynamic_client_registration/enabled=true"',
      "switch dynamic client registration on",
    ],
    [`hydra-sdk patch oauth2-config --replace '/strategies/access_token="jwt"' --dry-run`, "see what would change"],
  ],
  arguments: [PROJECT],
  flags: { ...PATCH_FLAGS, "dry-run": DRY_RUN },
  async run(context) {
    await patchPart(context, CONFIG, (project) => context.output.value(configOf(project)));
  },
});

export const updateOAuth2Config: Command = command({
  verb: "update",
  ...CONFIG_NOUN,
  summary: "Replace the OAuth 2.0 configuration of a project by a file",
  examples: [["hydra-sdk update oauth2-config $PROJECT_ID --file config.json", "all of it"]],
  arguments: [PROJECT],
  flags: {
    file: text("file with the configuration as JSON; - reads standard input", { placeholder: "FILE" }),
    "dry-run": DRY_RUN,
  },
  async run(context) {
    const config = await fileOf(context);
    const changed = await replaceParts(context, { services: { oauth2: { config } } });
    if (changed) await context.output.value(configOf(changed.project));
  },
});

const WORKSPACE_COLUMNS: Columns<Workspace> = [
  { title: "ID", value: ({ id }) => id },
  { title: "NAME", value: ({ name }) => name },
  { title: "CREATED", value: ({ created_at }) => created_at },
];

export const listWorkspaces: Command = command({
  verb: "list",
  noun: "workspaces",
  aliases: ["workspace"],
  summary: "List the workspaces of Ory Network",
  examples: [["hydra-sdk list workspaces -q", "their IDs"]],
  async run({ output, target }) {
    const api = new WorkspaceApi(await target.console());
    async function* pages() {
      let pageToken: string | undefined;
      do {
        const { data } = await api.listWorkspaces({ pageSize: 250, ...(pageToken && { pageToken }) });
        yield data.workspaces;
        pageToken = data.has_next_page ? data.next_page_token : undefined;
      } while (pageToken);
    }
    await output.list(pages(), WORKSPACE_COLUMNS);
  },
});

const WORKSPACE = { name: "WORKSPACE", description: "ID of a workspace" };

export const getWorkspace: Command = command({
  verb: "get",
  noun: "workspace",
  aliases: ["workspaces"],
  summary: "Show a workspace of Ory Network",
  examples: [["hydra-sdk get workspace $WORKSPACE_ID", "by its ID"]],
  arguments: [WORKSPACE],
  async run({ args, output, target }) {
    const { data } = await new WorkspaceApi(await target.console()).getWorkspace({ workspace: args[0]! });
    await output.item(data, WORKSPACE_COLUMNS);
  },
});

export const useWorkspace: Command = command({
  verb: "use",
  noun: "workspace",
  summary: "Select a workspace for the commands that follow",
  examples: [["hydra-sdk use workspace $WORKSPACE_ID", "from now on"]],
  arguments: [WORKSPACE],
  async run(context) {
    const workspace = context.args[0]!;
    const file = await saveSelection(context.io.env, context.flags.profile, { workspace });
    await context.output.item(workspace, ID_COLUMN);
    await context.terminal.note(`selected in ${file}`);
  },
});

const KEY_NOUN = { noun: "project-api-key", aliases: ["project-api-keys"] };
const KEY_COLUMNS: Columns<ProjectApiKey> = [
  { title: "ID", value: ({ id }) => id },
  { title: "NAME", value: ({ name }) => name },
  { title: "VALUE", value: ({ value, last_characters }) => value ?? `…${last_characters ?? ""}` },
  { title: "EXPIRES", value: ({ expires_at }) => expires_at },
];

export const createProjectApiKey: Command = command({
  verb: "create",
  ...KEY_NOUN,
  summary: "Create an API key of a project",
  examples: [["hydra-sdk create project-api-key --name ci", "for the project of --project or ORY_PROJECT"]],
  arguments: [PROJECT],
  flags: {
    name: text("name of the key", { placeholder: "NAME" }),
    "expires-at": text("when it expires, such as 2030-01-01T00:00:00Z (default never)", { placeholder: "TIME" }),
  },
  async run(context) {
    const { name, "expires-at": expires_at } = context.flags;
    if (!name) throw new InvalidInputError("--name", "--name is missing: the name of the key");
    const project = await projectIdOf(context);
    const createProjectApiKeyBody = { name, ...(expires_at !== undefined && { expires_at }) };
    const { data } = await (await apiOf(context)).createProjectApiKey({ project, createProjectApiKeyBody });
    await context.output.item(data, KEY_COLUMNS);
    if (data.value !== undefined && leavesOut(context.output.format, data, data.value))
      await context.terminal.warn(lost("the API key was", "delete it, and create another"));
    else await context.terminal.note("The API key is shown this once: keep it now.");
  },
});

export const listProjectApiKeys: Command = command({
  verb: "list",
  noun: "project-api-keys",
  aliases: ["project-api-key"],
  summary: "List the API keys of a project",
  examples: [["hydra-sdk list project-api-keys --project $PROJECT_ID", "without their values"]],
  arguments: [PROJECT],
  async run(context) {
    const project = await projectIdOf(context);
    const { data } = await (await apiOf(context)).listProjectApiKeys({ project });
    await context.output.list([data], KEY_COLUMNS);
  },
});

export const deleteProjectApiKey: Command = command({
  verb: "delete",
  ...KEY_NOUN,
  summary: "Delete API keys of a project",
  examples: [["hydra-sdk delete project-api-key $KEY_ID --project $PROJECT_ID", "it is refused from then on"]],
  arguments: [{ name: "KEY", description: "ID of a key, not its value", variadic: true }],
  flags: removalFlags("key"),
  async run(context) {
    const { args } = context;
    const project = await projectIdOf({ ...context, args: [] });
    const api = await apiOf(context);
    return remove(context, {
      ids: args,
      items: "keys",
      isAbsent,
      remove: (tokenId) => api.deleteProjectApiKey({ project, tokenId }),
    });
  },
});
