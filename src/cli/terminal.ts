import { InvalidInputError } from "../index.ts";
import type { Io, Sink } from "./io.ts";

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 };

/** Colours for `sink`: only at a terminal, and not where `NO_COLOR` is set. */
export function painter(sink: Sink, env: Io["env"]): (colour: keyof typeof CODES, text: string) => string {
  const isColoured = sink.isTerminal && !env["NO_COLOR"] && env["TERM"] !== "dumb";
  return (colour, text) => (isColoured && text ? `\u001b[${CODES[colour]}m${text}\u001b[0m` : text);
}

const CLEAR_LINE = "\r\u001b[K";

/** What is said to a person, on stderr, and asked. */
export interface Terminal {
  /** A line about what happened, such as how to go on. */
  note(text: string): Promise<void>;
  /** A line about what may harm. */
  warn(text: string): Promise<void>;
  /** Shows a line that the next one replaces; nothing where nobody watches. */
  progress(text: string): Promise<void>;
  /** Takes the progress line away, before something else is written. */
  clear(): Promise<void>;
  /**
   * Asks before something that cannot be undone. `yes` is the flag `--yes`.
   *
   * @throws {@link InvalidInputError} nobody is there to answer, and `yes` is not given
   */
  confirm(question: string, yes: boolean | undefined): Promise<boolean>;
}

export function terminal(io: Io): Terminal {
  const { stderr, stdin } = io;
  const paint = painter(stderr, io.env);
  let shown = false;
  const clear = async () => {
    if (shown) await stderr.write(CLEAR_LINE);
    shown = false;
  };
  const line = async (text: string) => {
    await clear();
    await stderr.write(`${text}\n`);
  };
  return {
    note: line,
    warn: (text) => line(`${paint("yellow", "warning:")} ${text}`),
    clear,
    async progress(text) {
      if (!stderr.isTerminal) return;
      shown = true;
      await stderr.write(`${CLEAR_LINE}${paint("dim", text.slice(0, stderr.width - 1))}`);
    },
    async confirm(question, yes) {
      if (yes) return true;
      await clear();
      if (!stdin.isTerminal)
        throw new InvalidInputError("--yes", `--yes is required where nobody can be asked: ${question}`);
      const answer = await stdin.ask(`${question} [y/N] `, { hidden: false });
      return ["y", "yes"].includes(answer.trim().toLowerCase());
    },
  };
}

/** A number of items, which are named in the plural, such as `clients`. */
export const counted = (count: number, items: string): string =>
  `${count} ${count === 1 ? items.replace(/s$/, "") : items}`;

/** What could move the cursor, hide text or reorder it. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

const escaped = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`,
  ).join("");

/** `text` with its control characters made visible: what a client calls itself must not move the cursor. */
export const printable = (text: string): string =>
  text.replace(UNPRINTABLE, (character) => (character === "\n" ? " " : escaped(character)));

/** The same for JSON, whose meaning stays: line breaks outside of strings are those that we made. */
export const printableJson = (json: string): string =>
  json.replace(UNPRINTABLE, (character) => (character === "\n" ? "\n" : escaped(character)));
