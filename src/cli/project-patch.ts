import { isDeepStrictEqual } from "node:util";
import {
  isResponseError,
  type JsonPatch,
  type Project,
  type ProjectApi,
  type SuccessfulProjectUpdate,
  UpdateConflictError,
} from "../index.ts";
import { valueAt } from "./json-pointer.ts";
import { closest } from "./similar.ts";

/** How often other writers may be first. */
const MAX_ATTEMPTS = 5;

/** A part of a project that a patch is about: its paths begin there. */
export interface ProjectPart {
  projectApi: Pick<ProjectApi, "getProject" | "patchProjectWithRevision">;
  projectId: string;
  /** Where the part is in the project, `""` for all of it. */
  prefix: string;
}

/** What {@link patchProjectPart} did. */
export interface PatchedProject {
  /** The project as it was when the patch was applied to it. */
  before: Project;
  changed: SuccessfulProjectUpdate;
}

/**
 * Patches the revision that was read. If another writer was first, it reads again, and repeats the patch if what it changes
 * is as it was read first, as `updateOAuth2Config` does with settings.
 *
 * @throws {@link UpdateConflictError} another writer has changed what the patch is about; `path` names it
 */
export async function patchProjectPart(
  { projectApi, projectId, prefix }: ProjectPart,
  patch: readonly JsonPatch[],
): Promise<PatchedProject> {
  const jsonPatch = patch.map((operation) => ({
    ...operation,
    path: prefix + operation.path,
    ...(operation.from !== undefined && { from: prefix + operation.from }),
  }));
  const { data: first } = await projectApi.getProject({ projectId });
  for (let before = first, attempt = 1; ; attempt++) {
    assertUntouched(patch, valueAt(first, prefix), valueAt(before, prefix));
    try {
      const revisionId = before.revision_id;
      const { data: changed } = await projectApi.patchProjectWithRevision({ projectId, revisionId, jsonPatch });
      return { before, changed };
    } catch (error) {
      if (!isResponseError(error) || error.status !== 409 || attempt === MAX_ATTEMPTS) throw error;
    }
    before = (await projectApi.getProject({ projectId })).data;
  }
}

/** @throws {@link UpdateConflictError} a place that the patch reads or writes is not as it was read, and not as it will be */
function assertUntouched(patch: readonly JsonPatch[], first: unknown, current: unknown): void {
  for (const { path, from, value } of patch) {
    for (const place of from === undefined ? [path] : [path, from]) {
      const pointer = ofList(first, place);
      const [expected, actual] = [valueAt(first, pointer), valueAt(current, pointer)];
      const isWanted = pointer === place && isDeepStrictEqual(actual, value ?? undefined);
      if (!isDeepStrictEqual(actual, expected) && !isWanted) throw new UpdateConflictError(pointer, expected, actual);
    }
  }
}

/** A place in a list is that of other items once the list has changed, so the list counts. The end of a list is no item. */
function ofList(document: unknown, pointer: string): string {
  const parent = pointer.slice(0, pointer.lastIndexOf("/"));
  return Array.isArray(valueAt(document, parent)) && !pointer.endsWith("/-") ? parent : pointer;
}

/** The operations of a patch that have made a difference, with the values that were stored. */
export const effective = (patch: readonly JsonPatch[], before: unknown, after: unknown): JsonPatch[] =>
  patch.flatMap((operation): JsonPatch[] => {
    const { op, path } = operation;
    if (op === "test") return [];
    const isOfList = path.endsWith("/-") || ofList(before, path) !== path;
    if (isOfList) return isDeepStrictEqual(before, after) ? [] : [operation];
    const [old, value] = [valueAt(before, path), valueAt(after, path)];
    if (isDeepStrictEqual(old, value)) return [];
    return [value === undefined ? { op: "remove", path } : { op: old === undefined ? "add" : "replace", path, value }];
  });

/** A name of a path that does not exist, and one beside it that it may be a misspelling of. */
export interface Misspelling {
  path: string;
  meant: string;
}

/** The paths of a patch that would be new beside members with nearly the same name. */
export function misspellings(patch: readonly JsonPatch[], document: unknown): Misspelling[] {
  return patch.flatMap(({ op, path }) => {
    if (op !== "add" && op !== "replace") return [];
    const names = path.split("/");
    const depth = names.findIndex((_, index) => index > 0 && valueAt(document, pathOf(names, index)) === undefined);
    if (depth < 0) return [];
    const beside = valueAt(document, pathOf(names, depth - 1));
    const meant =
      Object(beside) === beside && !Array.isArray(beside) && closest(names[depth]!, Object.keys(beside as object));
    return meant ? [{ path, meant: [...names.slice(0, depth), meant, ...names.slice(depth + 1)].join("/") }] : [];
  });
}

const pathOf = (names: readonly string[], depth: number): string => names.slice(0, depth + 1).join("/");
