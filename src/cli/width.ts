/** Characters that take two columns of a terminal: those of East Asia, and emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f000}-\u{1faff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
/** Characters that are drawn over the one before them. */
const COMBINING = /\p{M}/u;

const columnsOf = (character: string): number => (COMBINING.test(character) ? 0 : WIDE.test(character) ? 2 : 1);

/** The columns that `text` takes in a terminal. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += columnsOf(character);
  return width;
}

/** `text`, filled with spaces to `width` columns. */
export const pad = (text: string, width: number): string => text + " ".repeat(Math.max(0, width - widthOf(text)));

/** `text` in exactly `width` columns. */
export function clip(text: string, width: number): string {
  if (widthOf(text) <= width) return pad(text, width);
  let kept = "";
  let used = 0;
  for (const character of text) {
    used += columnsOf(character);
    if (used > width - 1) break;
    kept += character;
  }
  return pad(`${kept}…`, width);
}

const GAP = 2;
const LEAST = 8;

/**
 * The widths of columns that fit into `available` together. The widest give way first, to no less than their title; then
 * the last columns are left out, of which there are no widths. `isWhole` says which are never shortened.
 */
export function fittedWidths(titles: string[], rows: string[][], isWhole: boolean[], available: number): number[] {
  const widths = titles.map((title, i) => Math.max(widthOf(title), ...rows.map((cells) => widthOf(cells[i]!))));
  const least = widths.map((width, i) => (isWhole[i] ? width : Math.min(width, Math.max(LEAST, titles[i]!.length))));
  const total = (each: number[]): number => each.reduce((sum, width) => sum + width, GAP * (each.length - 1));
  while (widths.length > 1 && total(least.slice(0, widths.length)) > available) widths.pop();
  for (let over = total(widths) - available; over > 0; over = total(widths) - available) {
    const slack = widths.map((width, i) => (width > least[i]! ? width : 0));
    const widest = slack.indexOf(Math.max(...slack));
    if (slack[widest] === 0) break;
    // Down to the next widest at once, so that it takes a few rounds only.
    const next = Math.max(least[widest]!, ...slack.filter((width) => width < slack[widest]!));
    widths[widest] = Math.max(least[widest]!, widths[widest]! - over, Math.min(next, widths[widest]! - 1));
  }
  return widths;
}
