import { type Configuration, InvalidInputError, ProjectApi, type ProjectMetadata, WorkspaceApi } from "../index.ts";
import type { Setting } from "./setting.ts";

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
