import { InvalidInputError } from "../index.ts";
import type { Io, Sink } from "./io.ts";

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 };

/** Colours for `sink`: only at a terminal, and not where `NO_COLOR` is set. */
export function painter(sink: Sink, env: Io["env"]): (colour: keyof typeof CODES, text: string) => string {
  const isColoured = sink.isTerminal && !env["NO_COLOR"] && env["TERM"] !== "dumb";
  return (colour, text) => (isColoured && text ? `\u001b[${CODES[colour]}m${text}\u001b[0m` : text);
}

/** What is said to a person, on stderr, and asked. */
export interface Terminal {
  /** A line about what happened, such as how to go on. */
  note(text: string): Promise<void>;
  /** A line about what may harm. */
  warn(text: string): Promise<void>;
  /** Shows a line that the next one replaces; nothing where nobody watches. */
  progress(text: string): Promise<void>;
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
  const line = async (text: string) => {
    const end = shown ? "\r\u001b[K" : "";
    shown = false;
    await stderr.write(`${end}${text}\n`);
  };
  return {
    note: line,
    warn: (text) => line(`${paint("yellow", "warning:")} ${text}`),
    async progress(text) {
      if (!stderr.isTerminal) return;
      shown = true;
      await stderr.write(`\r\u001b[K${paint("dim", text.slice(0, stderr.width - 1))}`);
    },
    async confirm(question, yes) {
      if (yes) return true;
      if (!stdin.isTerminal)
        throw new InvalidInputError("--yes", `--yes is required where nobody can be asked: ${question}`);
      const answer = await stdin.ask(`${question} [y/N] `, { hidden: false });
      return ["y", "yes"].includes(answer.trim().toLowerCase());
    },
  };
}

/** `text` with its control characters made visible: what a client calls itself must not move the cursor. */
export const printable = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) =>
    character === "\n" ? " " : `\\u${character.codePointAt(0)!.toString(16).padStart(4, "0")}`,
  );
