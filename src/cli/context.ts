import type { Flags, SharedValues, Values } from "./flags.ts";
import type { Io } from "./io.ts";
import type { Printer } from "./output.ts";
import type { Target } from "./target.ts";
import type { Terminal } from "./terminal.ts";

/** What a command runs with. */
export interface Context<F extends Flags = Flags> {
  /** The positional arguments. */
  args: string[];
  /** The values of its flags. */
  flags: Values<F> & SharedValues;
  io: Io;
  /** Prints results. */
  output: Printer;
  /** Asks and tells a person. */
  terminal: Terminal;
  /** Where requests go, and with what. */
  target: Target;
}
