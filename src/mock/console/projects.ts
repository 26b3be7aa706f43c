import type { Project, ProjectMetadata, Warning } from "../../types.ts";
import { applyPatch } from "../clients/json-patch.ts";
import {
  type ConsoleContext,
  type ConsoleExchange,
  type ConsoleRouter,
  jsonBody,
  objectBody,
  requiredText,
  timestamp,
  workspaceOf,
} from "./context.ts";
import { ConsoleError } from "./errors.ts";
import { follow, storedConfig } from "./oauth2-config.ts";
import type { StoredProject } from "./state.ts";

/** The parts of a project that its owner can change. */
type Editable = Pick<Project, "cors_admin" | "cors_public" | "name" | "organizations" | "services">;

const EDITABLE = ["cors_admin", "cors_public", "name", "organizations", "services"] as const;

/** Projects, their revisions and configuration. */
export function projectRoutes(router: ConsoleRouter, context: ConsoleContext): void {
  router.get("/projects", (c) => {
    const { project, workspace } = c.env.caller;
    const visible = project ? [project] : projectsIn(context, workspace.workspace.id);
    return c.json(visible.map(metadataOf));
  });

  router.post("/projects", async (c) => {
    const { workspace } = workspaceOf(c);
    const body = objectBody(c);
    const name = requiredText(body, "name");
    const environment = oneOf(body, "environment", ["prod", "stage", "dev"]);
    const home_region = oneOf(body, "home_region", REGIONS, "eu-central");
    if ((body["workspace_id"] ?? workspace.id) !== workspace.id) throw new ConsoleError(404, "No such workspace.");
    const { project } = await context.createProject({ name, environment, home_region }, workspace.id);
    return c.json(project, 201);
  });

  router.get("/projects/:project_id", (c) => c.json(projectOf(context, c).project));

  router.put("/projects/:project_id", (c) => {
    const stored = projectOf(context, c);
    const body = objectBody(c);
    const missing = EDITABLE.find((name) => body[name] === undefined);
    if (missing) throw new ConsoleError(400, `${missing} is missing.`);
    return c.json(change(context, stored, body as unknown as Editable));
  });

  const patch = (c: ConsoleExchange, stored: StoredProject): Response => {
    const document = structuredClone(Object.fromEntries(EDITABLE.map((name) => [name, stored.project[name]])));
    try {
      applyPatch(document, jsonBody(c));
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      throw new ConsoleError(400, `The patch cannot be applied: ${error.message}.`);
    }
    return c.json(change(context, stored, document as unknown as Editable));
  };

  router.patch("/projects/:project_id", (c) => patch(c, projectOf(context, c)));

  router.patch("/projects/:project_id/revision/:revision_id", (c) => {
    const stored = projectOf(context, c);
    if (c.req.param("revision_id") !== stored.project.revision_id) {
      throw new ConsoleError(409, "The project has another revision: it was changed in the meantime.");
    }
    return patch(c, stored);
  });

  router.delete("/projects/:project_id", (c) => {
    context.state.projects.delete(projectOf(context, c).project.id);
    return c.body(null, 204);
  });
}

/** The projects of a workspace, oldest first. */
export function projectsIn({ state }: ConsoleContext, workspaceId: string): StoredProject[] {
  return [...state.projects.values()].filter(({ project }) => project.workspace_id === workspaceId);
}

/** A project as lists show it. */
export function metadataOf({ project, times, hydra }: StoredProject): ProjectMetadata {
  const { environment, home_region, id, name, slug, state, workspace_id = null } = project;
  const { host } = new URL(hydra.publicUrl);
  return { ...times, environment, home_region, hosts: [host], id, name, slug, state, workspace_id };
}

/**
 * The project that a path names by ID.
 *
 * @throws {@link ConsoleError} 403 the request has the key of a project; 404 the key does not give access to it
 */
function projectOf(context: ConsoleContext, c: ConsoleExchange): StoredProject {
  const { workspace } = workspaceOf(c);
  const found = projectsIn(context, workspace.id).find(({ project }) => project.id === c.req.param("project_id"));
  if (!found) throw new ConsoleError(404, "No such project.");
  return found;
}

/** Creates a revision. */
function change(
  context: ConsoleContext,
  stored: StoredProject,
  editable: Editable,
): { project: Project; warnings: Warning[] } {
  const isOther = Object.keys(editable).find((name) => !EDITABLE.includes(name as keyof Editable));
  if (isOther) throw new ConsoleError(400, `${isOther} cannot be changed.`);
  const { config, warnings } = storedConfig(editable.services?.oauth2?.config ?? {});
  const services = { ...editable.services, oauth2: { config } };
  stored.project = { ...stored.project, ...editable, services, revision_id: context.random.uuid() };
  stored.times.updated_at = timestamp(context);
  follow(stored.hydra, config);
  return { project: stored.project, warnings };
}

const REGIONS = ["eu-central", "asia-northeast", "us-east", "us-west", "eu", "asia", "us", "global"] as const;

function oneOf<const T extends string>(
  body: Record<string, unknown>,
  name: string,
  values: readonly T[],
  otherwise?: T,
): T {
  const found = values.find((value) => value === (body[name] ?? otherwise));
  if (found !== undefined) return found;
  throw new ConsoleError(400, `${name} must be one of ${values.join(", ")}.`);
}
