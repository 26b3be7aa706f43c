import { isObject, MAX_DEPTH } from "../http/json.ts";

type Container = Record<string, unknown> | unknown[];

/**
 * Applies a JSON Patch to `document` as the server does, which deviates from RFC 6902: `test`, `move` and `copy` are
 * refused, `replace` of a missing member adds it, and missing parents are created. Names such as `__proto__` are
 * ordinary members.
 *
 * @throws TypeError for an operation that cannot be applied, after those before it were applied
 */
export function applyPatch(document: Record<string, unknown>, patch: unknown): void {
  if (!Array.isArray(patch)) throw new TypeError("the patch must be a list");
  for (const operation of patch) applyOperation(document, operation);
}

function applyOperation(document: Record<string, unknown>, operation: unknown): void {
  if (!isObject(operation)) throw new TypeError("an operation must be an object");
  const { op, path, value = null } = operation;
  if (op !== "add" && op !== "remove" && op !== "replace") throw new TypeError("unsupported operation");
  if (typeof path !== "string" || !path.startsWith("/")) throw new TypeError("a path must begin with a slash");
  if (path.toLowerCase() === "/id") throw new TypeError("the id of a client cannot be patched");
  const names = path.split("/").slice(1).map(unescapeName);
  if (names.length > MAX_DEPTH) throw new TypeError("the path is too deep");
  const last = names.pop()!;
  const createsParents = op === "add" || (op === "replace" && !isListIndex(last));
  let parent: Container = document;
  for (const [at, name] of names.entries()) {
    let child = get(parent, name);
    if (createsParents && (child ?? null) === null) {
      child = isListIndex(names[at + 1] ?? last) ? [] : {};
      edit(parent, name, "add", child);
    }
    if (!isObject(child) && !Array.isArray(child)) throw new TypeError("the path does not exist");
    parent = child;
  }
  edit(parent, last, createsParents ? "add" : op, value);
}

function get(parent: Container, name: string): unknown {
  if (Array.isArray(parent)) return parent[indexIn(parent, name)];
  return Object.hasOwn(parent, name) ? parent[name] : undefined;
}

function edit(parent: Container, name: string, op: "add" | "remove" | "replace", value: unknown): void {
  if (Array.isArray(parent)) {
    const index = indexIn(parent, name);
    if (!(index < parent.length + (op === "add" ? 1 : 0))) throw new TypeError("the list does not have this element");
    parent.splice(index, op === "add" ? 0 : 1, ...(op === "remove" ? [] : [value]));
    return;
  }
  if (op !== "add" && !Object.hasOwn(parent, name)) throw new TypeError("the object does not have this member");
  if (op === "remove") delete parent[name];
  else Object.defineProperty(parent, name, { value, configurable: true, enumerable: true, writable: true });
}

/** The index in a list that a name refers to, with `-` for the end; `NaN` if the name is not an index. */
function indexIn(list: unknown[], name: string): number {
  if (name === "-") return list.length;
  return /^\d+$/.test(name) ? Number(name) : Number.NaN;
}

function isListIndex(name: string): boolean {
  return /^(-|[-+]?\d+)$/.test(name);
}

/** RFC 6901 section 4. */
function unescapeName(name: string): string {
  return name.replaceAll("~1", "/").replaceAll("~0", "~");
}
