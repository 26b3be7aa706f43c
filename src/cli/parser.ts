import { Argument, type CommanderError, InvalidArgumentError, Option, Command as Parser } from "commander";
import type { Command } from "./command.ts";
import { type Flag, type Flags, flagsOf, placeholderOf, SHARED } from "./flags.ts";
import { commandHelp, commandPath, rootHelp, verbHelp } from "./help.ts";
import { VERB_ALIASES } from "./verbs.ts";
import { VERSION } from "./version.ts";

/** What a command line says: a command to run, a text to print, or what is wrong with it. */
export type Parsed =
  | { command: Command; args: string[]; values: Record<string, any> }
  | { text: string; isHelp: boolean }
  | { problem: string; hint: string };

/** Parses a command line. `width` is that of the help. */
export function parse(args: readonly string[], commands: readonly Command[], width: number): Parsed {
  let parsed: Parsed | undefined;
  let written = "";
  const root = build(commands, width, {
    choose: (command, positional, values) => {
      parsed = { command, args: positional, values };
    },
    write: (text) => {
      written += text;
    },
  });
  try {
    root.parse(asParserTakesThem(args, commands), { from: "user" });
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    const isHelp = error.cause.code === "commander.helpDisplayed" || error.cause.code === "commander.version";
    if (isHelp || error.cause.code === "commander.help") return { text: written, isHelp };
    const problem = written.trim().replace(/^error: /, "");
    const nouns = commands
      .filter(({ verb, noun }) => noun && error.path === `hydra-sdk ${verb}`)
      .map(({ noun }) => noun);
    const isNoun = error.cause.code === "commander.unknownCommand" && nouns.length > 0;
    return {
      problem,
      hint: isNoun ? `${error.path} takes ${nouns.join(", ")}` : `${error.path} --help shows what there is`,
    };
  }
  return parsed!;
}

/** The parser has stopped at the command `path`. */
class Stop extends Error {
  declare readonly cause: CommanderError;
  readonly path: string;
  constructor(path: string, cause: CommanderError) {
    super(cause.message, { cause });
    this.path = path;
  }
}

interface Actions {
  choose(command: Command, args: string[], values: Record<string, any>): void;
  write(text: string): void;
}

/** Builds the parser: one command for each verb, and below it one for each noun. */
function build(commands: readonly Command[], width: number, { choose, write }: Actions): Parser {
  const root = new Parser("hydra-sdk")
    .version(VERSION, "-v, --version")
    .helpCommand(false)
    .enablePositionalOptions()
    .configureOutput({ writeOut: write, writeErr: write })
    .showSuggestionAfterError();
  describe(root, "hydra-sdk", () => rootHelp(commands, width));
  const verbs = new Map<string, Parser>();
  const verbParser = (verb: string): Parser => {
    const parser = verbs.get(verb) ?? root.command(verb).copyInheritedSettings(root);
    if (verbs.has(verb)) return parser;
    verbs.set(verb, parser);
    describe(parser, `hydra-sdk ${verb}`, () => verbHelp(commands, verb, width));
    // As with `hydra`, the flags of every command may also stand between the verb and the noun.
    addFlags(parser, SHARED);
    return VERB_ALIASES[verb] ? parser.alias(VERB_ALIASES[verb]) : parser;
  };
  for (const command of commands) {
    const parent = command.noun === undefined ? root : verbParser(command.verb);
    const leaf = parent.command(command.noun ?? command.verb).copyInheritedSettings(parent);
    describe(leaf, commandPath(command), () => commandHelp(command, width));
    leaf.aliases([...(command.aliases ?? [])]).allowExcessArguments(false);
    for (const { name, optional, variadic, values } of command.arguments ?? []) {
      const text = `${name}${variadic ? "..." : ""}`;
      const argument = new Argument(optional ? `[${text}]` : `<${text}>`);
      leaf.addArgument(values ? argument.choices(values) : argument);
    }
    const flags = flagsOf(command);
    addFlags(leaf, flags);
    leaf.action((...given) => {
      const positional = given.slice(0, command.arguments?.length ?? 0).flat() as (string | undefined)[];
      const parsers = parent === root ? [leaf] : [parent, leaf];
      choose(command, positional.filter(isGiven), valuesOf(parsers, flags));
    });
  }
  return root;
}

const isGiven = (text: string | undefined): text is string => text !== undefined;

function describe(parser: Parser, path: string, help: () => string): void {
  parser.helpInformation = help;
  parser.exitOverride((error) => {
    throw new Stop(path, error);
  });
  // The parser would quote the value of an unknown flag, which may be a secret.
  const { unknownOption } = parser as any;
  Object.assign(parser, { unknownOption: (flag: string) => unknownOption.call(parser, flag.split("=")[0]) });
}

function addFlags(parser: Parser, flags: Flags): void {
  for (const [name, flag] of Object.entries(flags)) {
    const short = flag.short ? `-${flag.short}, ` : "";
    const value = flag.kind === "boolean" ? "" : ` <${placeholderOf(flag)}>`;
    const option = new Option(`${short}--${name}${value}`);
    if (flag.kind !== "boolean") option.argParser((text, before) => parseValue(flag, text, before));
    parser.addOption(option);
    if (flag.kind === "boolean" && !option.negate) parser.addOption(new Option(`--no-${name}`));
  }
}

function parseValue(flag: Flag, text: string, before: unknown): unknown {
  if (flag.kind === "integer") {
    if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError("It must be a whole number.");
    return Number(text);
  }
  const values = flag.kind === "list" ? splitList(flag, text) : [text];
  const other = flag.closed ? values.find((value) => !flag.values?.includes(value)) : undefined;
  if (other !== undefined) throw new InvalidArgumentError(`It must be one of ${flag.values!.join(", ")}.`);
  return flag.kind === "list" ? [...((before as string[] | undefined) ?? []), ...values] : text;
}

/**
 * The values of a list flag, separated by commas. A comma inside a URI stays: only one that is followed by the beginning of
 * a URI separates.
 */
function splitList({ uris, whole }: Flag, text: string): string[] {
  if (whole) return [text];
  const parts = text.split(uris ? /,(?=\s*[a-z][a-z\d+.-]*:\/)/i : ",");
  return parts.map((part) => part.trim()).filter(Boolean);
}

/** The values by the names of the flags. What stands after the noun wins over what stands before it. */
function valuesOf(parsers: Parser[], flags: Flags): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const name of Object.keys(flags)) {
    const option = new Option(`--${name}`);
    for (const parser of parsers) {
      const value =
        parser.getOptionValueSource(option.attributeName()) === "cli"
          ? parser.opts()[option.attributeName()]
          : undefined;
      if (value !== undefined) values[name] = option.negate ? !value : value;
    }
  }
  return values;
}

/**
 * The arguments as the parser takes them: `--x=false` becomes `--no-x`, for it knows boolean flags without a value only, and
 * `help VERB` becomes `VERB --help`.
 */
function asParserTakesThem(args: readonly string[], commands: readonly Command[]): string[] {
  if (args[0] === "help") return [...args.slice(1), "--help"];
  const flags = commands.flatMap((command) => Object.entries(flagsOf(command)));
  const names = new Set(flags.flatMap(([name, { kind }]) => (kind === "boolean" ? [name] : [])));
  const end = args.includes("--") ? args.indexOf("--") : args.length;
  return args.map((arg, index) => {
    const [, name = "", value] = /^--([a-z\d-]+)=(true|false)$/.exec(arg) ?? [];
    if (!names.has(name) || index > end) return arg;
    return value === "true" ? `--${name}` : `--no-${name}`;
  });
}
