import type { ProjectApiKey } from "../../types.ts";
import {
  type ConsoleContext,
  type ConsoleExchange,
  type ConsoleRouter,
  objectBody,
  requiredText,
  timestamp,
  workspaceOf,
} from "./context.ts";
import { ConsoleError } from "./errors.ts";
import { projectsIn } from "./projects.ts";
import type { StoredProject } from "./state.ts";

/** The API keys of projects. */
export function apiKeyRoutes(router: ConsoleRouter, context: ConsoleContext): void {
  router.get("/projects/:project/tokens", (c) => {
    const keys = [...projectOf(context, c).keys.values()];
    return c.json(keys.map(({ value: _, ...key }) => key));
  });

  router.post("/projects/:project/tokens", (c) => {
    const stored = projectOf(context, c);
    const body = objectBody(c);
    const name = requiredText(body, "name");
    const expires_at = body["expires_at"] as string | undefined;
    if (expires_at !== undefined && Number.isNaN(Date.parse(expires_at))) {
      throw new ConsoleError(400, "expires_at must be a time such as 2030-01-01T00:00:00Z.");
    }
    return c.json(addApiKey(context, stored, name, expires_at), 201);
  });

  router.delete("/projects/:project/tokens/:token_id", (c) => {
    const { keys } = projectOf(context, c);
    if (!keys.delete(c.req.param("token_id"))) throw new ConsoleError(404, "No such API key.");
    return c.body(null, 204);
  });
}

/** Adds an API key to a project. */
export function addApiKey(
  context: ConsoleContext,
  { project, keys }: StoredProject,
  name: string,
  expires_at?: string,
): ProjectApiKey & { value: string } {
  const value = `ory_pat_${context.random.token()}`;
  const created_at = timestamp(context);
  const key = {
    id: context.random.uuid(),
    name,
    owner_id: project.workspace_id!,
    project_id: project.id,
    value,
    last_characters: value.slice(-4),
    created_at,
    updated_at: created_at,
    ...(expires_at !== undefined && { expires_at }),
  };
  keys.set(key.id, key);
  return key;
}

/** The project that a path names by ID or slug. */
function projectOf(context: ConsoleContext, c: ConsoleExchange): StoredProject {
  const { workspace } = workspaceOf(c);
  const name = c.req.param("project");
  const found = projectsIn(context, workspace.id).find(({ project }) => [project.id, project.slug].includes(name!));
  if (!found) throw new ConsoleError(404, "No such project.");
  return found;
}
