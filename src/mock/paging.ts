import { base64url } from "jose";
import type { Exchange } from "./context.ts";
import { badRequest, json } from "./reply.ts";
import type { SortedMap } from "./sorted-map.ts";

const DEFAULT_SIZE = 100;
const MAX_SIZE = 500;

/**
 * Answers with the page of a list that `page_size` and `page_token` ask for, and with the `Link` header that leads to
 * the first and the next one. A page without matches behind it has no `next`.
 *
 * @param keep Which items are listed. Without a filter a page costs what it shows; with one, also what it skips.
 */
export function page<V, T>(
  c: Exchange,
  items: SortedMap<V>,
  keyOf: (item: V) => string,
  show: (item: V) => T,
  keep: (item: V) => boolean,
): Response {
  const { size, after } = pageRequest(c);
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
  return json(shown.map(show), 200, { link: links.join(",") });
}

function pageRequest(c: Exchange): { size: number; after: string } {
  const asked = c.req.query("page_size") || "0";
  if (!/^[-+]?\d+$/.test(asked)) throw badRequest("Unable to parse pagination parameters: page_size is no number.");
  const size = Number(asked) > 0 ? Math.min(Number(asked), MAX_SIZE) : DEFAULT_SIZE;
  const token = c.req.query("page_token");
  return { size, after: token ? keyIn(token) : "" };
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

function keyIn(token: string): string {
  try {
    const key = new TextDecoder("utf-8", { fatal: true }).decode(base64url.decode(token));
    if (key.startsWith(MARK)) return key.slice(MARK.length);
  } catch {
    // Refused below, like any other token that was not made here.
  }
  throw badRequest("Unable to parse pagination parameters: the page_token is not valid.");
}
