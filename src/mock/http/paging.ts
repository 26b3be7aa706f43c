import { base64url } from "jose";
import type { Context, Exchange } from "../context.ts";
import type { SortedMap } from "../state/sorted-map.ts";
import { badRequest } from "./reply.ts";

const DEFAULT_SIZE = 100;
const MAX_SIZE = 500;

/** A page of a list. */
export interface Page<V> {
  items: V[];
  /** The `Link` header: to the first page and, if more items match, to the next. */
  link: string;
}

/**
 * The page of a list that `page_size` and `page_token` ask for.
 *
 * @param isListed Selects the items. Without a filter a page costs what it shows; with one, also what it skips.
 * @param refuse Makes the error for a parameter that cannot be read.
 */
export function pageOf<V>(
  context: Context,
  c: Exchange,
  list: SortedMap<V>,
  keyOf: (item: V) => string,
  isListed: (item: V) => boolean,
  refuse: (parameter: "page_size" | "page_token", why: string) => Error = (_, why) => badRequest(why),
): Page<V> {
  if (!context.has("keysetPages")) return numberedPageOf(c, list, isListed);
  const requestedSize = c.req.query("page_size") || "0";
  const token = c.req.query("page_token");
  const after = token ? decodeToken(token) : "";
  if (after === undefined && !context.has("refusesPageTokens")) {
    throw new DroppedConnection("fetch failed", { cause: new Error("The server has dropped the connection.") });
  }
  if (!isInt64(requestedSize) || after === undefined) {
    const invalid = after === undefined ? "page_token" : "page_size";
    throw refuse(invalid, `Unable to parse pagination parameters: ${invalid} is not valid.`);
  }
  const size = Number(requestedSize) > 0 ? Math.min(Number(requestedSize), MAX_SIZE) : DEFAULT_SIZE;
  const items: V[] = [];
  let hasMore = false;
  for (const item of list.after(after)) {
    if (!isListed(item)) continue;
    hasMore = items.length === size;
    if (hasMore) break;
    items.push(item);
  }
  const links = [link(c, "first", size, "")];
  if (hasMore) links.push(link(c, "next", size, keyOf(items.at(-1)!)));
  return { items, link: links.join(",") };
}

/** The server has dropped the connection: older versions do so for a page token that they cannot read. */
export class DroppedConnection extends TypeError {}

/** The page with the number in the token. As long as there is an item of any kind behind it, there is a next page. */
function numberedPageOf<V>(c: Exchange, list: SortedMap<V>, isListed: (item: V) => boolean): Page<V> {
  const requested = Number(c.req.query("page_size"));
  const size = requested > 0 ? Math.min(Math.floor(requested), MAX_SIZE) : DEFAULT_SIZE;
  const offset = Number(decodeToken(c.req.query("page_token") ?? "") ?? 0);
  const items = [...list.after("")].filter(isListed).slice(offset, offset + size);
  const links = [link(c, "first", size, "0")];
  if (offset + size < list.size) links.push(link(c, "next", size, String(offset + size)));
  return { items, link: links.join(",") };
}

function isInt64(text: string): boolean {
  return /^[-+]?\d+$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text);
}

function link(c: Exchange, relation: string, size: number, after: string): string {
  const { searchParams } = new URL(c.req.url);
  searchParams.set("page_size", String(size));
  searchParams.set("page_token", encodeToken(after));
  searchParams.sort();
  return `<${c.req.path}?${searchParams}>; rel="${relation}"`;
}

/** Marks a page token as one of the mock's: tokens are opaque, and an invented one must be refused. */
const MARK = "after:";

function encodeToken(key: string): string {
  return base64url.encode(MARK + key);
}

/** The key in a page token; `undefined` if the mock did not make the token. */
function decodeToken(token: string): string | undefined {
  try {
    const key = new TextDecoder("utf-8", { fatal: true }).decode(base64url.decode(token));
    return key.startsWith(MARK) ? key.slice(MARK.length) : undefined;
  } catch {
    return undefined;
  }
}
