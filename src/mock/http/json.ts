/** Far deeper than any client or key set, and far from what would overflow the stack. */
export const MAX_DEPTH = 500;

/** @throws SyntaxError for broken JSON and for JSON nested too deep. */
export function parseJson(text: string): unknown {
  endOfFirstValue(text);
  return parseWellFormed(text);
}

/** Parses the first value of a text and ignores what follows it, as the server's decoder does. */
export function parseFirstJsonValue(text: string): unknown {
  return parseWellFormed(text.slice(0, endOfFirstValue(text)));
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseWellFormed(text: string): unknown {
  // A lone surrogate has no UTF-8 form: the server reads U+FFFD, and `encodeURIComponent` would throw.
  if (!/\\u[dD][89a-fA-F]/.test(text)) return JSON.parse(text);
  const wellFormed = (value: string): string => value.replace(/[\ud800-\udfff]/gu, "\ufffd");
  return JSON.parse(text, (_, value: unknown) => (typeof value === "string" ? wellFormed(value) : value));
}

/**
 * The index behind the first object or list of a text, or the text's length if it holds neither.
 *
 * @throws SyntaxError if it is nested too deep.
 */
function endOfFirstValue(text: string): number {
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
