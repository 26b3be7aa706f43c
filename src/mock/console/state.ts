import type { Project, ProjectApiKey, ProjectMetadata, Workspace } from "../../types.ts";
import type { MockHydra } from "../hydra.ts";

/** Everything that a mock of the console remembers, by ID. */
export interface ConsoleState {
  /** The workspaces. */
  workspaces: Map<string, StoredWorkspace>;
  /** The projects. */
  projects: Map<string, StoredProject>;
}

/** A workspace and its API key. */
export interface StoredWorkspace {
  /** The workspace. */
  workspace: Workspace;
  /** The key (`ory_wak_…`) that gives access to this workspace and its projects. */
  apiKey: string;
}

/** A project, its API keys and the server that it configures. */
export interface StoredProject {
  /** The project with its configuration. */
  project: Project;
  /** When it was created, and last changed. */
  times: Pick<ProjectMetadata, "created_at" | "updated_at">;
  /** The API keys with their values, by ID. */
  keys: Map<string, ProjectApiKey & { value: string }>;
  /** The mock Hydra of the project. */
  hydra: MockHydra;
}
