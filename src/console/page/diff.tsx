import type { VNode } from "preact";
import type { JsonPatch } from "../../index.ts";
import type { Values } from "./fields.ts";

/** The value at a JSON Pointer (RFC 6901). */
function valueAt(document: unknown, pointer: string): unknown {
  let value: any = document;
  for (const part of pointer.split("/").slice(1)) value = value?.[part.replaceAll("~1", "/").replaceAll("~0", "~")];
  return value;
}

const shown = (value: unknown): string =>
  value == null || value === "" ? "(empty)" : typeof value === "string" ? value : JSON.stringify(value, null, 2);

/** The top-level field that an operation changes. */
export const fieldOf = ({ path }: JsonPatch): string => path.split("/")[1]!;

/** What a patch changes: each value before and after. */
export const Changes = ({ patch, before }: { patch: JsonPatch[]; before: Values }): VNode => (
  <dl class="changes">
    {patch.map((operation) => {
      const { op, path, value } = operation;
      const old = op === "add" && path.endsWith("/-") ? undefined : valueAt(before, path);
      return (
        <div key={`${op}${path}`}>
          <dt class="mono">{path.slice(1)}</dt>
          <dd>
            {old !== undefined && op !== "add" && <del class="mono">{shown(old)}</del>}
            {op !== "remove" && <ins class="mono">{shown(value)}</ins>}
          </dd>
        </div>
      );
    })}
  </dl>
);
