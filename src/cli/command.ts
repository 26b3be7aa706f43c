import type { Context } from "./context.ts";
import type { Flags } from "./flags.ts";

/** A positional argument. */
export interface Argument {
  /** Such as `ID`. */
  name: string;
  description: string;
  optional?: boolean;
  /** Whether it takes all that follow. */
  variadic?: boolean;
}

/** A command: `hydra-sdk VERB NOUN`. Parser, help, completion and reference are made from it. */
export interface Command<F extends Flags = any> {
  verb: string;
  noun?: string;
  /** Other words for the noun. */
  aliases?: readonly string[];
  /** One line, such as `Show OAuth 2.0 clients`. */
  summary: string;
  /** What else one has to know. */
  details?: string;
  /** Command lines, each with what it does; shown first in the help. */
  examples: readonly (readonly [line: string, does: string])[];
  arguments?: readonly Argument[];
  flags?: F;
  /** Whether it sends requests, and takes the flags that say where to and what to print. @default true */
  remote?: boolean;
  /** @returns the exit status, if it is a number; otherwise 0 */
  run(context: Context<F>): Promise<unknown>;
}

/** Describes a command; the type of its flags follows from their description. */
export const command = <const F extends Flags>(description: Command<F>): Command<F> => description;
