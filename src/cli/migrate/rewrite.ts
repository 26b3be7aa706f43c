import type ts from "typescript";

/** A change of the text: what stands from `start` to `end` becomes `text`. */
interface Edit {
  start: number;
  end: number;
  text: string;
  /** Whether it is inserted behind what ends at `start`, and stands before what begins there. */
  closes: boolean;
}

/** A place at which a person must decide, or should know something. */
export interface Place {
  /** Where it is in the text before. */
  position: number;
  why: string;
}

/** How a comment begins that says why a person must decide. */
const MARK = "// hydra-sdk: ";

/** The comments of this and earlier runs that are in a text, each with its line. */
export const commentsIn = (text: string): { line: number; why: string }[] =>
  text.split(/\r?\n/).flatMap((each, index) => {
    const comment = each.trim();
    return comment.startsWith(MARK) ? [{ line: index + 1, why: comment.slice(MARK.length) }] : [];
  });

/** The changes of one file. The text between them stays as it is, and with it the formatting. */
export class Rewrite {
  readonly source: ts.SourceFile;
  readonly places: Place[] = [];
  /** What is done, and works differently. */
  readonly notes: Place[] = [];
  /** The names that have to be imported from hydra-sdk. */
  readonly needed: Set<string> = new Set();
  /** Identifiers that are gone after the rewrite. */
  readonly gone: Set<ts.Node> = new Set();
  /** Properties that another change takes care of. */
  readonly #handled: Set<ts.Node> = new Set();
  /** Whole lines that are removed. */
  readonly #lines: [start: number, end: number][] = [];
  readonly #edits: Edit[] = [];
  readonly #api: typeof ts;

  constructor(api: typeof ts, source: ts.SourceFile) {
    this.#api = api;
    this.source = source;
  }

  replace(start: number, end: number, text: string): void {
    this.#edits.push({ start, end, text, closes: false });
  }

  replaceNode(node: ts.Node, text: string): void {
    this.replace(node.getStart(this.source), node.getEnd(), text);
  }

  insertAfter(node: ts.Node, text: string): void {
    this.#edits.push({ start: node.getEnd(), end: node.getEnd(), text, closes: true });
  }

  wrap(node: ts.Node, before: string, after: string): void {
    const start = node.getStart(this.source);
    this.replace(start, start, before);
    this.insertAfter(node, after);
  }

  /** Removes `node`, and with it the line that has nothing else. */
  remove(node: ts.Node): void {
    const { text } = this.source;
    const start = node.getStart(this.source);
    const line = this.#startOfLine(start);
    const rest = /^[ \t]*(\r?\n|$)/.exec(text.slice(node.getEnd()))?.[0];
    this.forget(node);
    if (rest === undefined || text.slice(line, start).trim() !== "") this.replace(start, node.getEnd(), "");
    else this.#lines.push([line, node.getEnd() + rest.length]);
  }

  /** Removes some of the elements of a list, with the commas between. */
  removeFrom(list: readonly ts.Node[], removed: readonly ts.Node[]): void {
    for (const [index, node] of list.entries()) {
      if (!removed.includes(node)) continue;
      this.forget(node);
      const hasKept = list.slice(0, index).some((each) => !removed.includes(each));
      if (hasKept) this.replace(list[index - 1]!.getEnd(), node.getEnd(), "");
      else this.replace(node.getStart(this.source), list[index + 1]?.getStart(this.source) ?? node.getEnd(), "");
    }
  }

  handle(node: ts.Node): void {
    this.#handled.add(node);
  }

  isHandled(node: ts.Node): boolean {
    return this.#handled.has(node);
  }

  /** Notes that the identifiers in `node` are gone. */
  forget(node: ts.Node): void {
    const visit = (each: ts.Node): void => {
      if (this.#api.isIdentifier(each)) this.gone.add(each);
      this.#api.forEachChild(each, visit);
    };
    visit(node);
  }

  /** Notes that what was done at `node` works differently. */
  note(node: ts.Node, why: string): void {
    this.notes.push({ position: node.getStart(this.source), why });
  }

  /** Says why a person must look at `node`, with a comment above its line, and shows the code to write. */
  place(node: ts.Node, why: string, code: readonly string[] = []): void {
    const position = node.getStart(this.source);
    if (this.places.some((place) => place.why === why && this.lineOf(place.position) === this.lineOf(position))) return;
    this.places.push({ position, why });
    const start = this.#commentable(node);
    if (start === undefined) return;
    const line = this.#startOfLine(start);
    if (this.#isMarked(line, why)) return;
    const indent = this.source.text.slice(line, start);
    const comments = [MARK + why, ...code.map((each) => `//   ${each}`)];
    this.replace(line, line, comments.map((each) => `${indent}${each}${this.#lineBreak()}`).join(""));
  }

  /** The file after the changes, and the line there of a position before. */
  result(): { text: string; lineOf(position: number): number } {
    const { text } = this.source;
    this.#removeLines();
    const edits = this.#edits.map((edit, index) => ({ ...edit, index })).sort(inOrder);
    let after = "";
    let end = 0;
    for (const edit of edits) {
      if (edit.start < end) continue; // It is inside of something that was replaced as a whole.
      after += text.slice(end, edit.start) + edit.text;
      end = edit.end;
    }
    const whole = after + text.slice(end);
    const moved = (position: number) =>
      edits
        .filter((edit) => edit.start <= position && !(edit.closes && edit.start === position))
        .reduce((sum, edit) => sum + edit.text.length - (edit.end - edit.start), position);
    return { text: whole, lineOf: (position) => lineAt(whole, Math.max(0, moved(position))) };
  }

  lineOf(position: number): number {
    return lineAt(this.source.text, position);
  }

  /** Removes lines, and of the blank lines around them all but one. */
  #removeLines(): void {
    const { text } = this.source;
    const runs: [start: number, end: number][] = [];
    for (const [start, end] of this.#lines.splice(0).sort(([a], [b]) => a - b)) {
      const last = runs.at(-1);
      if (last && text.slice(last[1], start).trim() === "") last[1] = Math.max(last[1], end);
      else runs.push([start, end]);
    }
    for (const [start, end] of runs) {
      const isFirst = /(^|\{[ \t]*\r?\n|\n[ \t]*\r?\n)$/.test(text.slice(0, start));
      const blank = isFirst ? (/^([ \t]*\r?\n)+/.exec(text.slice(end))?.[0].length ?? 0) : 0;
      this.replace(start, end + blank, "");
    }
  }

  /** Whether an earlier run has left the comment above the line that begins at `line`. */
  #isMarked(line: number, why: string): boolean {
    return commentsIn(this.source.text.slice(0, line)).some((comment) => comment.why === why);
  }

  #lineBreak(): string {
    return this.source.text.includes("\r\n") ? "\r\n" : "\n";
  }

  #startOfLine(position: number): number {
    return this.source.text.lastIndexOf("\n", position - 1) + 1;
  }

  /** The start of the nearest thing around `node` that begins its line, so that a comment may stand above it. */
  #commentable(node: ts.Node): number | undefined {
    const ts = this.#api;
    for (let each: ts.Node = node; each && !ts.isSourceFile(each); each = each.parent) {
      const isWhole = ts.isStatement(each) || ts.isClassElement(each) || ts.isObjectLiteralElementLike(each);
      const start = each.getStart(this.source);
      const before = this.source.text.slice(this.#startOfLine(start), start);
      if (isWhole && !ts.isBlock(each) && before.trim() === "") return start;
    }
    return undefined;
  }
}

/** By position; what ends there before what begins there, and the inner end before the outer. */
function inOrder(a: Edit & { index: number }, b: Edit & { index: number }): number {
  if (a.start !== b.start) return a.start - b.start;
  if (a.closes !== b.closes) return a.closes ? -1 : 1;
  if (a.closes) return b.index - a.index;
  const isInsertion = (edit: Edit) => edit.start === edit.end;
  if (isInsertion(a) !== isInsertion(b)) return isInsertion(a) ? -1 : 1;
  return a.index - b.index;
}

const lineAt = (text: string, position: number): number => text.slice(0, position).split("\n").length;
