import type { Format } from "./format.ts";
import type { Io } from "./io.ts";
import { painter, printable } from "./terminal.ts";

/** A column of a table, or a line where one item is shown. */
export interface Column<T> {
  title: string;
  /** What is shown; a list is joined, and nothing is shown for `undefined`. */
  value(item: T): unknown;
}

/** How items of a kind are shown in a table. The first column is the ID, which `-q` prints alone. */
export type Columns<T> = readonly [Column<T>, ...Column<T>[]];

/** Prints results to stdout in the format that was asked for. */
export interface Printer {
  /** The format. */
  readonly format: Format;
  /** One result, as an object. */
  item<T>(item: T, columns: Columns<T>): Promise<void>;
  /** Results as a list, printed as they come: each iteration gives a page. */
  list<T>(pages: AsyncIterable<readonly T[]> | Iterable<readonly T[]>, columns: Columns<T>): Promise<number>;
  /** A value without a table of its own, such as a configuration: pretty JSON in its place. */
  value(value: unknown): Promise<void>;
}

export function printer(io: Io, format: Format): Printer {
  const { stdout } = io;
  const paint = painter(stdout, io.env);
  const print = (text: string) => stdout.write(`${text}\n`);

  async function encode(value: unknown): Promise<string> {
    if (format.kind === "json") return JSON.stringify(value);
    if (format.kind === "yaml") {
      const { stringify } = await import("yaml");
      return stringify(value).trimEnd();
    }
    const shown = format.kind === "select" ? format.select(value) : value;
    return JSON.stringify(shown, null, 2) ?? "null";
  }

  /** Prints a list as one JSON document without having all of it at once. */
  async function jsonList(pages: AsyncIterable<readonly unknown[]> | Iterable<readonly unknown[]>): Promise<number> {
    const pretty = format.kind === "json-pretty";
    let count = 0;
    for await (const page of pages) {
      for (const item of page) {
        const text = pretty ? JSON.stringify(item, null, 2).replace(/^/gm, "  ") : JSON.stringify(item);
        const before = count === 0 ? "[" : ",";
        await stdout.write(`${before}${pretty ? "\n" : ""}${text}`);
        count++;
      }
    }
    const empty = count === 0 ? "[" : pretty ? "\n" : "";
    await print(`${empty}]`);
    return count;
  }

  /** Prints rows, the columns as wide as the first page needs, so that the terminal holds them. */
  async function table<T>(pages: AsyncIterable<readonly T[]> | Iterable<readonly T[]>, columns: Columns<T>) {
    let widths: number[] | undefined;
    let count = 0;
    for await (const page of pages) {
      const rows = page.map((item) => columns.map((column) => cell(column.value(item))));
      const titles = columns.map(({ title }) => title);
      if (!widths) {
        widths = stdout.isTerminal ? fittingWidths([titles, ...rows], stdout.width) : [];
        await print(paint("bold", row(titles, widths)));
      }
      if (rows.length > 0) await print(rows.map((cells) => row(cells, widths!)).join("\n"));
      count += rows.length;
    }
    return count;
  }

  return {
    format,
    async item(item, columns) {
      if (format.kind === "quiet") return print(cell(columns[0].value(item)));
      if (format.kind !== "table") return print(await encode(item));
      const lines = columns.map(({ title, value }) => [title, cell(value(item))] as const);
      const width = Math.max(...lines.map(([title]) => title.length));
      for (const [title, text] of lines) {
        if (stdout.isTerminal) await print(`${paint("bold", title.padEnd(width))}  ${text}`.trimEnd());
        else await print(`${title}\t${text}`);
      }
    },
    async list(pages, columns) {
      if (format.kind === "table") return table(pages, columns);
      if (format.kind === "json" || format.kind === "json-pretty") return jsonList(pages);
      if (format.kind === "select") return selection(pages, async (items) => print(await encode(items)));
      let count = 0;
      for await (const page of pages) {
        count += page.length;
        if (page.length === 0) continue;
        if (format.kind === "quiet") await print(page.map((item) => cell(columns[0].value(item))).join("\n"));
        else await print(await encode(page));
      }
      if (count === 0 && format.kind === "yaml") await print("[]");
      return count;
    },
    async value(value) {
      await print(await encode(value));
    },
  };
}

/** A path reaches into the whole list, so that all of it has to be there. */
async function selection<T>(
  pages: AsyncIterable<readonly T[]> | Iterable<readonly T[]>,
  show: (items: T[]) => Promise<void>,
): Promise<number> {
  const items: T[] = [];
  for await (const page of pages) items.push(...page);
  await show(items);
  return items.length;
}

function cell(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.map(cell).join(", ");
  return printable(typeof value === "object" ? JSON.stringify(value) : String(value));
}

/** A row: padded columns at a terminal, separated by tabs elsewhere, for `cut` and the like. */
function row(cells: string[], widths: number[]): string {
  if (widths.length === 0) return cells.join("\t");
  return cells
    .map((text, index) => clip(text, widths[index]!))
    .join("  ")
    .trimEnd();
}

function clip(text: string, width: number): string {
  const characters = [...text];
  return characters.length > width ? `${characters.slice(0, width - 1).join("")}…` : text.padEnd(width);
}

/** The widths of columns that fit into `width` together: the widest give way first; the ID keeps its width. */
function fittingWidths(rows: string[][], width: number): number[] {
  const widths = rows[0]!.map((_, index) => Math.max(...rows.map((cells) => [...cells[index]!].length)));
  const gaps = 2 * (widths.length - 1);
  const total = () => widths.reduce((sum, each) => sum + each, gaps);
  while (total() > width) {
    const widest = widths.indexOf(Math.max(...widths.slice(1)), 1);
    if (widest < 0 || widths[widest]! <= 8) break;
    widths[widest] = Math.max(8, widths[widest]! - (total() - width));
  }
  return widths;
}
