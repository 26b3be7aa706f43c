import type { Exchange } from "../context.ts";
import { badRequest } from "./reply.ts";

/** Far beyond any client or key set, far below what makes a recursion overflow the stack. */
export const MAX_DEPTH = 500;

/**
 * The JSON body, parsed. An empty body, broken JSON and JSON nested too deep are refused with a `400`; what follows a
 * value is not read.
 */
export function jsonBody(c: Exchange): unknown {
  try {
    return parsed(c.env.body.slice(0, endOfValue(c.env.body)));
  } catch (error) {
    throw badRequest(`Unable to decode the request body: ${(error as Error).message}`);
  }
}

/** The JSON body where it is an object; any other JSON value is refused with a `400`, `null` counts as `{}`. */
export function objectBody(c: Exchange): Record<string, unknown> {
  const body = jsonBody(c) ?? {};
  if (!isObject(body)) throw badRequest("Unable to decode the request body: it has to be a JSON object.");
  return body;
}

/** The form of an `application/x-www-form-urlencoded` body; empty for any other content type. */
export function formBody(c: Exchange): URLSearchParams {
  return urlencoded(c.req.header("content-type") ?? "", c.env.body);
}

/** The same, or the fields of a `multipart/form-data` body: most endpoints that read a form read both. */
export function anyFormBody(c: Exchange): Promise<URLSearchParams> {
  return parseForm(c.req.header("content-type") ?? "", c.env.body);
}

/** A form of either type; empty for any other content type and for a multipart form that is broken. */
export async function parseForm(type: string, body: string): Promise<URLSearchParams> {
  if (!/^multipart\/form-data\b/i.test(type)) return urlencoded(type, body);
  const response = new Response(body, { headers: { "content-type": type } });
  const fields = [...(await response.formData().catch(() => []))];
  return new URLSearchParams(fields.filter((field): field is [string, string] => typeof field[1] === "string"));
}

function urlencoded(type: string, body: string): URLSearchParams {
  return new URLSearchParams(/^application\/x-www-form-urlencoded\b/i.test(type) ? body : "");
}

/** @throws SyntaxError for broken JSON and for JSON nested too deep. */
export function parseJson(text: string): unknown {
  endOfValue(text);
  return parsed(text);
}

function parsed(text: string): unknown {
  // A lone surrogate has no UTF-8 form: the server reads U+FFFD, and `encodeURIComponent` would throw.
  if (!/\\u[dD][89a-fA-F]/.test(text)) return JSON.parse(text);
  const wellFormed = (value: string): string => value.replace(/[\ud800-\udfff]/gu, "\ufffd");
  return JSON.parse(text, (_, value: unknown) => (typeof value === "string" ? wellFormed(value) : value));
}

/**
 * Where the first object or list of a text ends; the end of the text where there is none.
 *
 * @throws SyntaxError where it is nested too deep.
 */
function endOfValue(text: string): number {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (quoted && char === "\\") at++;
    else if (char === '"') quoted = !quoted;
    else if (!quoted && (char === "[" || char === "{")) depth++;
    else if (!quoted && (char === "]" || char === "}") && --depth === 0) return at + 1;
    if (depth > MAX_DEPTH) throw new SyntaxError(`more than ${MAX_DEPTH} levels of nesting`);
  }
  return text.length;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
