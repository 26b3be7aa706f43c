import { base64url } from "jose";
import type { Exchange } from "../context.ts";
import type { SortedMap } from "../state/sorted-map.ts";
import { badRequest } from "./reply.ts";

const DEFAULT_SIZE = 100;
const MAX_SIZE = 500;

/** A page of a list. */
export interface Page<V> {
  shown: V[];
  /** The `Link` header, which leads to the first page and, unless no match is behind this one, to the next. */
  link: string;
}

/**
 * The page of a list that `page_size` and `page_token` ask for.
 *
 * @param keep Which items are listed. Without a filter a page costs what it shows; with one, also what it skips.
 * @param refuse What to throw where the request cannot be read.
 */
export function pageOf<V>(
  c: Exchange,
  items: SortedMap<V>,
  keyOf: (item: V) => string,
  keep: (item: V) => boolean,
  refuse: (why: string) => Error = badRequest,
): Page<V> {
  const asked = c.req.query("page_size") || "0";
  const token = c.req.query("page_token");
  const after = token ? keyIn(token) : "";
  if (!isInteger(asked) || after === undefined) {
    throw refuse(
      `Unable to parse pagination parameters: ${after === undefined ? "page_token" : "page_size"} is not valid.`,
    );
  }
  const size = Number(asked) > 0 ? Math.min(Number(asked), MAX_SIZE) : DEFAULT_SIZE;
  const shown: V[] = [];
  let more = false;
  for (const item of items.after(after)) {
    if (!keep(item)) continue;
    more = shown.length === size;
    if (more) break;
    shown.push(item);
  }
  const links = [link(c, "first", size, "")];
  if (more) links.push(link(c, "next", size, keyOf(shown.at(-1)!)));
  return { shown, link: links.join(",") };
}

/** Whether a text is an integer of 64 bits. */
function isInteger(text: string): boolean {
  return /^[-+]?\d+$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text);
}

/** People should not read page tokens, and tests should not make them up: they are encoded, and checked. */
const MARK = "after:";

function link(c: Exchange, relation: string, size: number, after: string): string {
  const { searchParams } = new URL(c.req.url);
  searchParams.set("page_size", String(size));
  searchParams.set("page_token", base64url.encode(MARK + after));
  searchParams.sort();
  return `<${c.req.path}?${searchParams}>; rel="${relation}"`;
}

/** The key in a page token; `undefined` where the token was not made here. */
function keyIn(token: string): string | undefined {
  try {
    const key = new TextDecoder("utf-8", { fatal: true }).decode(base64url.decode(token));
    return key.startsWith(MARK) ? key.slice(MARK.length) : undefined;
  } catch {
    return undefined;
  }
}
