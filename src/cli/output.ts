import { type Format, isJson } from "./format.ts";
import type { Io } from "./io.ts";
import { painter, printable, printableJson, type Terminal } from "./terminal.ts";
import { clip, fittedWidths, pad } from "./width.ts";

/** A column of a table, or a line where one item is shown. */
export interface Column<T> {
  title: string;
  /** What is shown; a list is joined, and nothing is shown for `undefined`. */
  value(item: T): unknown;
  /** Whether it is never shortened, such as a secret. The first column never is. */
  whole?: boolean;
}

/** How items of a kind are shown in a table. The first column is the ID, which `-q` prints alone. */
export type Columns<T> = readonly [Column<T>, ...Column<T>[]];

/** Lists of items, as they come. */
type Pages<T> = AsyncIterable<readonly T[]> | Iterable<readonly T[]>;

/** Prints results to stdout in the format that was asked for. */
export interface Printer {
  /** The format. */
  readonly format: Format;
  /** One result, as an object. */
  item<T>(item: T, columns: Columns<T>): Promise<void>;
  /** Results as a list, printed as they come: each iteration gives a page. @returns how many there were */
  list<T>(pages: Pages<T>, columns: Columns<T>): Promise<number>;
  /** A value without a table of its own, such as a configuration: pretty JSON in its place. */
  value(value: unknown): Promise<void>;
}

export function printer(io: Io, format: Format, terminal: Terminal): Printer {
  const { stdout } = io;
  const paint = painter(stdout, io.env);

  async function print(text: string): Promise<void> {
    await terminal.clear();
    await stdout.write(`${text}\n`);
  }

  async function encode(value: unknown): Promise<string> {
    if (format.kind === "yaml") {
      const { stringify } = await import("./yaml.ts");
      const text: string = stringify(value).trimEnd();
      return stdout.isTerminal ? text.split("\n").map(printable).join("\n") : text;
    }
    const shown = format.kind === "select" ? format.select(value) : value;
    return printableJson(JSON.stringify(shown, null, format.kind === "json" ? 0 : 2) ?? "null");
  }

  /** A list as one JSON document, without having all of it at once. */
  function jsonList(): Shape<unknown> {
    const [separator, end] = format.kind === "json-pretty" ? [",\n", "\n]"] : [",", "]"];
    let before = format.kind === "json-pretty" ? "[\n" : "[";
    return {
      async page(items) {
        if (items.length === 0) return;
        const texts = await Promise.all(items.map(encode));
        await terminal.clear();
        await stdout.write(before + texts.map(format.kind === "json-pretty" ? indented : String).join(separator));
        before = separator;
      },
      end: (count) => print(count === 0 ? "[]" : end),
    };
  }

  /** Rows. The columns are as wide as the first page needs, and fit into the terminal; elsewhere, tabs separate them. */
  function table<T>(columns: Columns<T>): Shape<T> {
    let shown: readonly Column<T>[] = columns;
    let row = (cells: string[]): string => cells.join("\t");
    async function head(rows: string[][]): Promise<void> {
      const titles = columns.map(({ title }) => title);
      if (stdout.isTerminal) {
        const isWhole = columns.map(({ whole }, index) => index === 0 || whole === true);
        const widths = fittedWidths(titles, rows, isWhole, stdout.width);
        shown = columns.slice(0, widths.length);
        row = (cells) =>
          cells
            .map((text, i) => (isWhole[i] ? pad : clip)(text, widths[i]!))
            .join("  ")
            .trimEnd();
      }
      await print(paint("bold", row(titles.slice(0, shown.length))));
    }
    let isFirst = true;
    return {
      async page(items) {
        const cells = (item: T) => shown.map((column) => cell(column.value(item)));
        if (isFirst) await head(items.map(cells));
        isFirst = false;
        if (items.length > 0) await print(items.map((item) => row(cells(item))).join("\n"));
      },
      async end() {
        if (isFirst) await head([]);
        const hidden = columns.slice(shown.length).map(({ title }) => title);
        if (hidden.length > 0)
          await terminal.note(`The terminal is too narrow for ${hidden.join(", ")}: see --format json.`);
      },
    };
  }

  /** A path reaches into the whole list, so that all of it has to be there. */
  function selection(): Shape<unknown> {
    const all: unknown[] = [];
    return {
      page: async (items) => void all.push(...items),
      end: async () => print(await encode(all)),
    };
  }

  function shape<T>(columns: Columns<T>): Shape<T> {
    if (format.kind === "table") return table(columns);
    if (isJson(format)) return jsonList();
    if (format.kind === "select") return selection();
    if (format.kind === "quiet") {
      return {
        page: async (items) => {
          if (items.length > 0) await print(items.map((item) => cell(columns[0].value(item))).join("\n"));
        },
        end: async () => {},
      };
    }
    // Lists that follow each other are one list in YAML.
    return {
      page: async (items) => {
        if (items.length > 0) await print(await encode(items));
      },
      end: async (count) => {
        if (count === 0) await print("[]");
      },
    };
  }

  return {
    format,
    async item(item, columns) {
      if (format.kind === "quiet") return print(cell(columns[0].value(item)));
      if (format.kind !== "table") return print(await encode(item));
      const width = Math.max(...columns.map(({ title }) => title.length));
      const lines = columns.map(({ title, value }) => {
        const text = cell(value(item));
        return stdout.isTerminal ? `${paint("bold", title.padEnd(width))}  ${text}`.trimEnd() : `${title}\t${text}`;
      });
      await print(lines.join("\n"));
    },
    async list(pages, columns) {
      const { page, end } = shape(columns);
      let count = 0;
      try {
        for await (const items of pages) {
          await page(items);
          count += items.length;
          // At a terminal the rows themselves show how far it is.
          if (!stdout.isTerminal && count > 0) await terminal.progress(`${count} so far`);
        }
      } catch (error) {
        if (count > 0 && !isJson(format)) await terminal.note(`${count} were printed before this:`);
        throw error;
      }
      await terminal.clear();
      await end(count);
      return count;
    },
    async value(value) {
      await print(await encode(value));
    },
  };
}

/** How a list is printed: each page, and what follows the last one. */
interface Shape<T> {
  page(items: readonly T[]): Promise<void>;
  end(count: number): Promise<void>;
}

const indented = (text: string): string => text.replace(/^/gm, "  ");

function cell(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.map(cell).join(", ");
  return printable(typeof value === "object" ? JSON.stringify(value) : String(value));
}
