import { type ConsoleContext, type ConsoleExchange, type ConsoleRouter, workspaceOf } from "./context.ts";
import { ConsoleError } from "./errors.ts";
import { metadataOf, projectsIn } from "./projects.ts";
import type { StoredWorkspace } from "./state.ts";

const DEFAULT_SIZE = 250;
const MAX_SIZE = 500;

/** Workspaces, and their projects page by page. */
export function workspaceRoutes(router: ConsoleRouter, context: ConsoleContext): void {
  router.get("/workspaces", (c) => {
    const { items, has_next_page, next } = pageOf(c, [workspaceOf(c).workspace], ({ id }) => id);
    return c.json({ workspaces: items, has_next_page, next_page_token: next });
  });

  router.get("/workspaces/:workspace", (c) => c.json(named(c).workspace));

  router.get("/workspaces/:workspace/projects", (c) => {
    const projects = projectsIn(context, named(c).workspace.id);
    const { items, has_next_page, next } = pageOf(c, projects, ({ project }) => project.id);
    return c.json({ projects: items.map(metadataOf), has_next_page, next_page: next });
  });
}

function named(c: ConsoleExchange): StoredWorkspace {
  const own = workspaceOf(c);
  if (own.workspace.id === c.req.param("workspace")) return own;
  throw new ConsoleError(403, "The API key does not give access to this workspace.");
}

/** The items that `page_size` and `page_token` ask for, and the token of the next page: the ID of the last item. */
function pageOf<T>(c: ConsoleExchange, all: T[], idOf: (item: T) => string) {
  const size = Number(c.req.query("page_size") || DEFAULT_SIZE);
  const token = c.req.query("page_token");
  const start = token ? all.findIndex((item) => idOf(item) === token) + 1 : 0;
  if (!Number.isInteger(size) || size < 1 || (token && start === 0)) {
    throw new ConsoleError(400, "page_size or page_token is not valid.");
  }
  const items = all.slice(start, start + Math.min(size, MAX_SIZE));
  const has_next_page = start + items.length < all.length;
  return { items, has_next_page, next: has_next_page ? idOf(items.at(-1)!) : "" };
}
