import { Hono } from "hono/tiny";
import type { CreateProjectBody, Project, Workspace } from "../../types.ts";
import { originOf } from "../check-options.ts";
import { MAX_BODY_BYTES, readBody } from "../http/body.ts";
import { createMockHydra, type MockHydra } from "../hydra.ts";
import { type MockHydraOptions, resolveOptions } from "../options.ts";
import { seededRandom } from "../state/random.ts";
import { addApiKey, apiKeyRoutes } from "./api-keys.ts";
import { bearerOf, type ConsoleContext, type ConsoleEnv, callerOf, opens, timestamp } from "./context.ts";
import { ConsoleError, errorResponse } from "./errors.ts";
import { follow, storedConfig } from "./oauth2-config.ts";
import { projectRoutes } from "./projects.ts";
import type { ConsoleState, StoredProject } from "./state.ts";
import { workspaceRoutes } from "./workspaces.ts";

/** The options of a mock of the console. All others are those of the mock Hydra of each project. */
export interface MockConsoleOptions extends Omit<MockHydraOptions, "publicUrl" | "adminUrl" | "dynamicRegistration"> {
  /** The origin of the console. @default "https://api.console.ory.com" */
  consoleUrl?: string;
  /**
   * Serves a new project, and returns its origin: `listenConsole()` opens a port. By default the project is only behind
   * the fetch function of the console, at `https://<slug>.projects.oryapis.com`.
   */
  serveProject?: (project: { slug: string; fetch: MockHydra["fetch"] }) => Promise<string>;
}

/** A project of a mock of the console, with what a program needs to use it. */
export interface MockProject {
  /** The project, as it was created. */
  project: Project;
  /** The origin of both APIs of the project. */
  url: string;
  /** A key for the admin API of the project. */
  apiKey: string;
  /** The server of the project, with its state, its requests and its faults. */
  hydra: MockHydra;
}

/**
 * A mock of Ory Network's console, with a mock Hydra for each project: see {@link createMockConsole}.
 *
 * Unlike the mock Hydra, it is not compared with recorded responses of the real server: it follows the published types of
 * `@ory/client` and what is publicly known. What it does in cases that those leave open is a guess.
 */
export interface MockConsole {
  /** The origin of the console. `listenConsole()` sets it to its port. */
  consoleUrl: string;
  /** The API key (`ory_wak_…`) of the first workspace. */
  readonly workspaceApiKey: string;
  /**
   * Serves a request to the console or to one of the projects. The admin API of a project takes only an API key of that
   * project. A request to any other origin is rejected as `fetch` rejects for an unreachable host.
   */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
  /** Everything that the console remembers. A reset replaces this object. */
  readonly state: ConsoleState;
  /** Adds a project to the first workspace, with an API key. Its slug is derived from the name. */
  addProject(project?: Partial<CreateProjectBody>): Promise<MockProject>;
  /** Adds a workspace with an API key, which does not give access to the projects of others. */
  addWorkspace(name?: string): { workspace: Workspace; apiKey: string };
  /** Returns the mock Hydra of a project, by its ID or slug; `undefined` if there is no such project. */
  hydraOf(project: string): MockHydra | undefined;
  /** Forgets all projects and workspaces, and begins with a new, empty workspace. */
  reset(): void;
}

/**
 * Creates a mock of Ory Network's console: projects with revisions and API keys, and workspaces. Each project has a mock Hydra,
 * which follows some settings of its configuration: whether clients may register themselves.
 *
 * It is not recorded from the real console, whose types it follows.
 *
 * @throws {@link InvalidInputError} an option is not valid; `field` names it
 *
 * @example
 * ```ts
 * const network = createMockConsole();
 * const { project, url, apiKey } = await network.addProject({ name: "Shop" });
 * const { workspaceApiKey, fetch } = network;
 * const configuration = new Configuration({ basePath: url, accessToken: apiKey, workspaceApiKey, fetch });
 * const { data } = await new ProjectApi(configuration).getProject({ projectId: project.id });
 * ```
 */
export function createMockConsole(options: MockConsoleOptions = {}): MockConsole {
  const { consoleUrl = "https://api.console.ory.com", serveProject, ...ofHydra } = options;
  const { clock: now, seed } = resolveOptions(ofHydra);
  const context: ConsoleContext = { now, random: seededRandom(String(seed)), state: emptyState(), createProject };
  let origin = originOf("consoleUrl", consoleUrl);
  let first = addWorkspace("Mock workspace");

  const router = new Hono<ConsoleEnv>();
  projectRoutes(router, context);
  apiKeyRoutes(router, context);
  workspaceRoutes(router, context);
  router.notFound(() => {
    throw new ConsoleError(404, "No such route.");
  });
  router.onError((error, c) => {
    const isKnown = error instanceof ConsoleError;
    return errorResponse(
      isKnown ? error : new ConsoleError(500, `The mock itself failed: ${error.message}`),
      c.req.raw,
    );
  });

  async function serveConsole(request: Request): Promise<Response> {
    const body = await readBody(request);
    try {
      if (body === undefined) throw new ConsoleError(413, `The mock accepts bodies of up to ${MAX_BODY_BYTES} bytes.`);
      return await router.fetch(request, { body, caller: callerOf(context, request) });
    } catch (error) {
      if (!(error instanceof ConsoleError)) throw error;
      return errorResponse(error, request);
    }
  }

  async function serveHydra(stored: StoredProject, request: Request): Promise<Response> {
    const isAdmin = /^\/(admin|version)(\/|$)/.test(new URL(request.url).pathname);
    if (!context.state.projects.has(stored.project.id)) {
      return errorResponse(new ConsoleError(404, "The project was deleted."), request);
    }
    if (isAdmin && request.method !== "OPTIONS" && !opens(stored, bearerOf(request), now())) {
      return errorResponse(new ConsoleError(401, "The admin API takes an API key of this project."), request);
    }
    return stored.hydra.fetch(request);
  }

  async function createProject(body: CreateProjectBody, workspaceId: string): Promise<StoredProject> {
    const { random, state } = context;
    const slug = `${slugOf(body.name)}-${random.pick("abcdefghijklmnopqrstuvwxyz0123456789", 10)}`;
    const url = `https://${slug}.projects.oryapis.com`;
    const hydra = createMockHydra({ ...ofHydra, publicUrl: url, adminUrl: url, seed: `${seed}/${slug}` });
    const { config } = storedConfig({});
    follow(hydra, config);
    const created_at = timestamp(context);
    const stored: StoredProject = {
      project: {
        id: random.uuid(),
        name: body.name,
        slug,
        environment: body.environment,
        home_region: body.home_region ?? "eu-central",
        state: "running",
        workspace_id: workspaceId,
        revision_id: random.uuid(),
        organizations: [],
        cors_admin: { enabled: false, origins: [] },
        cors_public: { enabled: false, origins: [] },
        services: { oauth2: { config } },
      },
      times: { created_at, updated_at: created_at },
      keys: new Map(),
      hydra,
    };
    state.projects.set(stored.project.id, stored);
    if (serveProject) {
      const fetch: MockHydra["fetch"] = (input, init) => serveHydra(stored, new Request(input, init));
      hydra.publicUrl = await serveProject({ slug, fetch });
      hydra.adminUrl = hydra.publicUrl;
    }
    return stored;
  }

  function addWorkspace(name = "Another workspace"): { workspace: Workspace; apiKey: string } {
    const created_at = timestamp(context);
    const workspace = { id: context.random.uuid(), name, created_at, updated_at: created_at };
    const stored = { workspace, apiKey: `ory_wak_${context.random.token()}` };
    context.state.workspaces.set(workspace.id, stored);
    return stored;
  }

  return {
    get consoleUrl() {
      return origin;
    },
    set consoleUrl(url) {
      origin = originOf("consoleUrl", url);
    },
    get workspaceApiKey() {
      return first.apiKey;
    },
    get state() {
      return context.state;
    },
    async fetch(input, init) {
      const request = new Request(input, init);
      request.signal.throwIfAborted();
      const requested = new URL(request.url).origin;
      if (requested === origin) return marked(await serveConsole(request));
      const stored = [...context.state.projects.values()].find(({ hydra }) => hydra.publicUrl === requested);
      if (stored) return serveHydra(stored, request);
      throw new TypeError("fetch failed", { cause: new Error(`the mock serves ${origin} and its projects`) });
    },
    async addProject({ name = "Mock project", environment = "dev", ...more } = {}) {
      const workspaceId = more.workspace_id ?? first.workspace.id;
      const stored = await createProject({ ...more, name, environment }, workspaceId);
      const { value: apiKey } = addApiKey(context, stored, "Key of the mock");
      return { project: stored.project, url: stored.hydra.publicUrl, apiKey, hydra: stored.hydra };
    },
    addWorkspace,
    hydraOf(name) {
      return [...context.state.projects.values()].find(({ project }) => [project.id, project.slug].includes(name))
        ?.hydra;
    },
    reset() {
      context.state = emptyState();
      context.random = seededRandom(String(seed));
      first = addWorkspace("Mock workspace");
    },
  };
}

function marked(response: Response): Response {
  response.headers.set("x-mock-server", "hydra-sdk/mock; never for production");
  return response;
}

const emptyState = (): ConsoleState => ({ workspaces: new Map(), projects: new Map() });

/** The letters and digits of a name, for a host name. */
function slugOf(name: string): string {
  const words = name.toLowerCase().match(/[a-z\d]+/g) ?? ["project"];
  return words.join("-").slice(0, 30).replace(/-+$/, "");
}
