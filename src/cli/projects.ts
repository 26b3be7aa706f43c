import { type Configuration, InvalidInputError, ProjectApi, type ProjectMetadata, WorkspaceApi } from "../index.ts";
import type { Argument } from "./command.ts";
import type { Context } from "./context.ts";
import type { Setting } from "./target.ts";

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** The argument that names a project, as documents of Ory show it. */
export const PROJECT: Argument = {
  name: "PROJECT",
  description: "ID or slug of a project, or the beginning of one (default: --project, ORY_PROJECT or the profile)",
  optional: true,
};

/**
 * The ID of the project that the argument or the settings name.
 *
 * @throws {@link InvalidInputError} no project is named, or the name fits none or several
 */
export async function projectIdOf({ args, target }: Context<any>): Promise<string> {
  const [name] = args;
  const given = name === undefined ? target.settings.project : { value: name, from: "PROJECT" };
  if (!given)
    throw new InvalidInputError("PROJECT", "no project is named: give its ID, or set --project or ORY_PROJECT");
  if (UUID.test(given.value)) return given.value;
  return (await findProject(await target.console(), given, target.settings.workspace?.value)).id;
}

/**
 * Finds a project by its ID or slug, or by the beginning of one.
 *
 * @throws {@link InvalidInputError} the name fits no project, or several
 */
export async function findProject(
  console: Configuration,
  { value, from }: Setting,
  workspace: string | undefined,
): Promise<ProjectMetadata> {
  const found: ProjectMetadata[] = [];
  for await (const project of allProjects(console, workspace)) {
    if (project.id === value || project.slug === value) return project;
    if (project.id.startsWith(value) || project.slug.startsWith(value)) found.push(project);
  }
  if (found.length === 1) return found[0]!;
  const problem = found.length === 0 ? "no project has" : `${found.length} projects have`;
  throw new InvalidInputError(from, `${from}: ${problem} an ID or slug that begins with ${JSON.stringify(value)}`);
}

/** All projects of a workspace, or all that the key gives access to. */
export async function* allProjects(
  console: Configuration,
  workspace: string | undefined,
): AsyncGenerator<ProjectMetadata, void, undefined> {
  if (workspace === undefined) {
    yield* (await new ProjectApi(console).listProjects()).data;
    return;
  }
  const api = new WorkspaceApi(console);
  let pageToken: string | undefined;
  do {
    const { data } = await api.listWorkspaceProjects({ workspace, ...(pageToken && { pageToken }) });
    yield* data.projects;
    pageToken = data.has_next_page ? data.next_page : undefined;
  } while (pageToken);
}
