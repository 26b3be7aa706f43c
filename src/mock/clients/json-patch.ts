import { isObject, MAX_DEPTH } from "../http/json.ts";

type Container = Record<string, unknown> | unknown[];

/**
 * Applies a JSON Patch to `document` as the server does, which deviates from RFC 6902: `test`, `move` and `copy` are
 * refused, `replace` of a missing member adds it, missing parents are created, and negative indices count from the end
 * of a list. Names such as `__proto__` are ordinary members.
 *
 * @param patch The parsed patch; `null` changes nothing.
 * @returns the document, or what the patch has replaced it with
 * @throws TypeError if one of the operations cannot be applied
 */
export function applyPatch(document: Record<string, unknown>, patch: unknown): unknown {
  if (patch === null) return document;
  if (!Array.isArray(patch)) throw new TypeError("the patch must be a list");
  let result: unknown = document;
  for (const operation of patch.map(validOperation)) result = applyOperation(result, operation);
  return result;
}

interface Operation {
  op: "add" | "remove" | "replace";
  path: string;
  value: unknown;
}

/** Every operation of a patch is checked before the first is applied. */
function validOperation(operation: unknown): Operation {
  if (!isObject(operation)) throw new TypeError("an operation must be an object");
  const { op, path, value } = operation;
  if (op !== "add" && op !== "remove" && op !== "replace") throw new TypeError("unsupported operation");
  if (op !== "remove" && value === undefined) throw new TypeError("the operation has no value");
  if (typeof path !== "string") throw new TypeError("the operation has no path");
  if (/^\/(id|rotatedsecrets)$/i.test(path)) throw new TypeError("this member of a client cannot be patched");
  // Replacing what does not exist adds it, except for an element of a list.
  return { op: op === "replace" && !isListIndex(path.split("/").at(-1)!) ? "add" : op, path, value };
}

function applyOperation(document: unknown, { op, path, value }: Operation): unknown {
  if (path === "" && op === "add") return replacement(value);
  const names = path.split("/").slice(1).map(unescapeName);
  const last = names.pop();
  if (last === undefined) throw new TypeError("a path must begin with a slash");
  if (names.length > MAX_DEPTH) throw new TypeError("the path is too deep");
  let parent = document as Container;
  for (const [at, name] of names.entries()) {
    // With an empty name at the beginning of a path, the server edits a copy of the document.
    let child = name === "" && parent === document ? structuredClone(document) : get(parent, name);
    if (op === "add" && (child ?? null) === null) child = addContainer(parent, name, names[at + 1] ?? last);
    if (!isObject(child) && !Array.isArray(child)) throw new TypeError("the path does not exist");
    parent = child;
  }
  edit(parent, last, op, value);
  return document;
}

function replacement(value: unknown): unknown {
  if (isObject(value)) return value;
  throw new TypeError("a client can only be replaced with an object");
}

/** Adds an empty list or object as the parent of what `childName` is going to refer to. */
function addContainer(parent: Container, name: string, childName: string): Container {
  const isIndex = isListIndex(childName);
  const index = Number(childName);
  if (index < -1) throw new TypeError("the list does not have this element");
  if (Array.isArray(parent) && /^\d+$/.test(name)) padWithNull(parent, Number(name));
  const child: Container = isIndex ? [] : {};
  edit(parent, name, "add", child);
  if (Array.isArray(child) && index > 0) padWithNull(child, index);
  return child;
}

/** Lengthens a list, which must not grow beyond what a request of this size could contain. */
function padWithNull(list: unknown[], length: number): void {
  if (length > MAX_PADDING) throw new TypeError("the list does not have this element");
  while (list.length < length) list.push(null);
}

const MAX_PADDING = 10_000;

function get(parent: Container, name: string): unknown {
  if (Array.isArray(parent)) return parent[indexIn(parent, name)];
  return Object.hasOwn(parent, name) ? parent[name] : undefined;
}

function edit(parent: Container, name: string, op: Operation["op"], value: unknown): void {
  if (Array.isArray(parent)) {
    const isAddition = op === "add";
    const index = isAddition && name === "-" ? parent.length : indexIn(parent, name, isAddition ? 1 : 0);
    if (!(index >= 0 && index < parent.length + (isAddition ? 1 : 0)))
      throw new TypeError("the list does not have this element");
    parent.splice(index, isAddition ? 0 : 1, ...(op === "remove" ? [] : [value]));
    return;
  }
  if (op !== "add" && !Object.hasOwn(parent, name)) throw new TypeError("the object does not have this member");
  if (op === "remove") delete parent[name];
  else Object.defineProperty(parent, name, { value, configurable: true, enumerable: true, writable: true });
}

/** The index in a list that a name refers to; `NaN` if the name is not an index. Negative ones count from the end. */
function indexIn(list: unknown[], name: string, growth = 0): number {
  if (!/^[-+]?\d+$/.test(name)) return Number.NaN;
  const index = Number(name);
  return index < 0 ? index + list.length + growth : index;
}

function isListIndex(name: string): boolean {
  return /^(-|[-+]?\d+)$/.test(name);
}

/** RFC 6901 section 4. */
function unescapeName(name: string): string {
  return name.replaceAll("~1", "/").replaceAll("~0", "~");
}
