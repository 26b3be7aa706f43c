import { isObject, MAX_DEPTH } from "../http/body.ts";

type Container = Record<string, unknown> | unknown[];

/**
 * Applies a JSON Patch to `document` as the server does, which is not quite RFC 6902: `test`, `move` and `copy` are
 * refused, `replace` of a missing member adds it, and missing parents are made. A name such as `__proto__` is one like
 * any other.
 *
 * @throws TypeError for an operation that cannot be applied; those before it have been applied by then
 */
export function applyPatch(document: Record<string, unknown>, patch: unknown): void {
  if (!Array.isArray(patch)) throw new TypeError("the patch has to be a list");
  for (const operation of patch) applyOperation(document, operation);
}

function applyOperation(document: Record<string, unknown>, operation: unknown): void {
  if (!isObject(operation)) throw new TypeError("an operation has to be an object");
  const { op, path, value = null } = operation;
  if (op !== "add" && op !== "remove" && op !== "replace") throw new TypeError("unsupported operation");
  if (typeof path !== "string" || !path.startsWith("/")) throw new TypeError("a path has to begin with a slash");
  if (path.toLowerCase() === "/id") throw new TypeError("the path is denied");
  const names = path.split("/").slice(1).map(unescaped);
  if (names.length > MAX_DEPTH) throw new TypeError("the path is too deep");
  const last = names.pop()!;
  const makesParents = op === "add" || (op === "replace" && !isElement(last));
  let parent: Container = document;
  for (const [at, name] of names.entries()) {
    let child = get(parent, name);
    if (makesParents && (child ?? null) === null) {
      child = isElement(names[at + 1] ?? last) ? [] : {};
      edit(parent, name, "add", child);
    }
    if (!isObject(child) && !Array.isArray(child)) throw new TypeError("the path leads nowhere");
    parent = child;
  }
  edit(parent, last, makesParents ? "add" : op, value);
}

function get(parent: Container, name: string): unknown {
  if (Array.isArray(parent)) return parent[indexIn(parent, name)];
  return Object.hasOwn(parent, name) ? parent[name] : undefined;
}

function edit(parent: Container, name: string, op: "add" | "remove" | "replace", value: unknown): void {
  if (Array.isArray(parent)) {
    const index = indexIn(parent, name);
    if (!(index < parent.length + (op === "add" ? 1 : 0))) throw new TypeError("the list has no such element");
    parent.splice(index, op === "add" ? 0 : 1, ...(op === "remove" ? [] : [value]));
    return;
  }
  if (op !== "add" && !Object.hasOwn(parent, name)) throw new TypeError("the object has no such member");
  if (op === "remove") delete parent[name];
  else Object.defineProperty(parent, name, { value, configurable: true, enumerable: true, writable: true });
}

/** The place in a list that a name stands for, `-` being the one behind the last; `NaN` where it stands for none. */
function indexIn(list: unknown[], name: string): number {
  if (name === "-") return list.length;
  return /^\d+$/.test(name) ? Number(name) : Number.NaN;
}

function isElement(name: string): boolean {
  return /^(-|[-+]?\d+)$/.test(name);
}

/** RFC 6901 section 4. */
function unescaped(name: string): string {
  return name.replaceAll("~1", "/").replaceAll("~0", "~");
}
