import type { Fetch } from "../index.ts";

/** A stream that text is written to. */
export interface Sink {
  /** Writes text and resolves when the reader has taken it. */
  write(text: string): Promise<void>;
  /** Whether a person reads it. */
  isTerminal: boolean;
  /** Columns of the terminal. */
  width: number;
}

/** Standard input. */
export interface Source {
  isTerminal: boolean;
  /** All of it, to its end. */
  text(): Promise<string>;
  /** One line that is typed at the terminal after `question`; without echo if it is `hidden`. */
  ask(question: string, options: { hidden: boolean }): Promise<string>;
}

/** What a command has of the world. Tests pass their own. */
export interface Io {
  /** The environment variables. */
  env: Record<string, string | undefined>;
  stdin: Source;
  /** For results. */
  stdout: Sink;
  /** For all else: progress, notes, warnings, errors. */
  stderr: Sink;
  /** Sends the requests. Absent: by the flags and the proxy variables. */
  fetch?: Fetch;
  /** Aborted by Ctrl+C. */
  signal: AbortSignal;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Opens a page in the person's browser; `false` if there is none. */
  openBrowser(url: string): Promise<boolean>;
}
