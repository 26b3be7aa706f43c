import type { Hono as AnyHono, Context as HonoContext } from "hono";
import type { Hono } from "hono/tiny";
import type { CreateProjectBody } from "../../types.ts";
import { isObject } from "../http/json.ts";
import type { Random } from "../state/random.ts";
import { ConsoleError } from "./errors.ts";
import type { ConsoleState, StoredProject, StoredWorkspace } from "./state.ts";

/** What every handler of the console works with. */
export interface ConsoleContext {
  state: ConsoleState;
  random: Random;
  /** Milliseconds since the epoch, from the injected clock. */
  now(): number;
  /** Creates a project and the server that it configures. */
  createProject(body: CreateProjectBody, workspaceId: string): Promise<StoredProject>;
}

/** The key of a request: that of a workspace, or of a project. */
export type Caller = { workspace: StoredWorkspace; project?: never } | { project: StoredProject; workspace?: never };

/** The body of a request, which is read before the request is routed, and whose key it has. */
export interface ConsoleEnv {
  Bindings: { body: string; caller: Caller };
}

export type ConsoleRouter = Hono<ConsoleEnv>;
export type ConsoleExchange = HonoContext<ConsoleEnv>;
export type ConsoleHandler = Parameters<AnyHono<ConsoleEnv>["use"]>[1];

/** @throws {@link ConsoleError} 401 there is no key, or an unknown one */
export function callerOf({ state, now }: ConsoleContext, request: Request): Caller {
  const key = bearerOf(request);
  for (const workspace of state.workspaces.values()) if (workspace.apiKey === key) return { workspace };
  for (const project of state.projects.values()) if (opens(project, key, now())) return { project };
  throw new ConsoleError(401, "The API key is missing or not valid.");
}

export function bearerOf({ headers }: Request): string | undefined {
  return /^bearer (\S+)$/i.exec(headers.get("authorization") ?? "")?.[1];
}

/** Whether `key` is a valid API key of the project. */
export function opens({ keys }: StoredProject, key: string | undefined, now: number): boolean {
  return [...keys.values()].some(
    ({ value, expires_at }) => value === key && !(expires_at !== undefined && Date.parse(expires_at) <= now),
  );
}

/**
 * The workspace whose key the request has.
 *
 * @throws {@link ConsoleError} 403 it has the key of a project
 */
export function workspaceOf(c: ConsoleExchange): StoredWorkspace {
  const { workspace } = c.env.caller;
  if (!workspace) throw new ConsoleError(403, "The API key of a project does not give access to this endpoint.");
  return workspace;
}

/** @throws {@link ConsoleError} 400 the body is not a JSON object */
export function objectBody(c: ConsoleExchange): Record<string, unknown> {
  const body = jsonBody(c);
  if (isObject(body)) return body;
  throw new ConsoleError(400, "The body must be a JSON object.");
}

/** @throws {@link ConsoleError} 400 the body is not JSON */
export function jsonBody(c: ConsoleExchange): unknown {
  try {
    return JSON.parse(c.env.body);
  } catch {
    throw new ConsoleError(400, "The body is not JSON.");
  }
}

/** @throws {@link ConsoleError} 400 the member is missing or empty */
export function requiredText(body: Record<string, unknown>, name: string): string {
  const value = body[name];
  if (typeof value === "string" && value.trim()) return value;
  throw new ConsoleError(400, `${name} must be a text.`);
}

/** The time now, as the console writes it. */
export const timestamp = ({ now }: ConsoleContext): string => new Date(now()).toISOString().replace(/\.\d+/, "");
