import { CommanderError, Help, InvalidArgumentError, Option, Command as Parser } from "commander";
import type { Command } from "./command.ts";
import { COMMANDS } from "./commands/index.ts";
import type { Context } from "./context.ts";
import { explain, failureText, STATUS } from "./failure.ts";
import { type Flag, type Flags, SHARED } from "./flags.ts";
import { parseFormat } from "./format.ts";
import type { Io } from "./io.ts";
import { printer } from "./output.ts";
import { resolveTarget } from "./target.ts";
import { terminal } from "./terminal.ts";
import { VERSION } from "./version.ts";

/** Runs a command line and returns its exit status. Nothing is thrown but defects of this package. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  let chosen: { command: Command; args: string[]; values: Record<string, unknown> } | undefined;
  const output: string[] = [];
  const parser = build(
    COMMANDS,
    (command, positional, values) => {
      chosen = { command, args: positional, values };
    },
    (text) => output.push(text),
    io.stdout.width,
  );
  try {
    parser.parse(separateBooleans(args), { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const isHelp = error.code === "commander.helpDisplayed" || error.code === "commander.version";
    await (isHelp ? io.stdout : io.stderr).write(output.join("") || `${error.message}\n`);
    return isHelp ? STATUS.done : STATUS.usage;
  }
  return chosen ? execute(chosen, io) : STATUS.usage;
}

async function execute(
  { command, args, values }: { command: Command; args: string[]; values: any },
  io: Io,
): Promise<number> {
  let isJson = String(values.format ?? "").startsWith("json");
  try {
    const format = parseFormat(values.format, values.quiet);
    isJson = format.kind === "json" || format.kind === "json-pretty";
    const context: Context<any> = {
      args,
      flags: values,
      io,
      output: printer(io, format),
      terminal: terminal(io),
      target: await resolveTarget(values, io),
    };
    const status = await command.run(context);
    return typeof status === "number" ? status : STATUS.done;
  } catch (error) {
    const failure = explain(error);
    await io.stderr.write(`${failureText(failure, isJson)}\n`);
    return failure.exit;
  }
}

/** Builds the parser: one command for each verb, and below it one for each noun. */
function build(
  commands: readonly Command[],
  choose: (command: Command, args: string[], values: Record<string, unknown>) => void,
  write: (text: string) => void,
  width: number,
): Parser {
  const root = new Parser("hydra-sdk");
  root
    .description("Manage OAuth 2.0 and OpenID Connect clients on Ory Hydra and Ory Network.")
    .version(VERSION, "-v, --version", "print the version")
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeOut: write, writeErr: write, getOutHelpWidth: () => width, getErrHelpWidth: () => width })
    .configureHelp({ formatHelp, styleTitle: (title) => title.replace("Options:", "Flags:") })
    .showSuggestionAfterError();
  const verbs = new Map<string, Parser>();
  for (const command of commands) {
    const parent = command.noun === undefined ? root : verbOf(root, verbs, command.verb);
    const leaf = parent.command(command.noun ?? command.verb).copyInheritedSettings(parent);
    leaf.description(command.summary).allowExcessArguments(false);
    leaf.aliases([...(command.aliases ?? [])]);
    examples.set(leaf, command);
    for (const { name, description, optional, variadic } of command.arguments ?? []) {
      const dots = variadic ? "..." : "";
      leaf.argument(optional ? `[${name}${dots}]` : `<${name}${dots}>`, description);
    }
    const flags = flagsOf(command);
    addFlags(leaf, flags);
    leaf.action((...given) => {
      const positional = given.slice(0, command.arguments?.length ?? 0).flat() as (string | undefined)[];
      const values = valuesOf([parent, leaf], flags);
      choose(
        command,
        positional.filter((each) => each !== undefined),
        values,
      );
    });
  }
  return root;
}

/** All flags of a command. */
export const flagsOf = ({ flags = {}, remote = true }: Command): Flags => ({
  ...flags,
  ...(remote ? shared(flags) : {}),
});

/** A command may have a flag of the same name or letter. */
function shared(flags: Flags): Flags {
  const letters = Object.values(flags).map(({ short }) => short);
  const entries = Object.entries<Flag>(SHARED).filter(([name]) => !Object.hasOwn(flags, name));
  return Object.fromEntries(
    entries.map(([name, { short, ...flag }]) => [name, short && !letters.includes(short) ? { ...flag, short } : flag]),
  );
}

function verbOf(root: Parser, verbs: Map<string, Parser>, verb: string): Parser {
  const known = verbs.get(verb);
  if (known) return known;
  const parser = root.command(verb).copyInheritedSettings(root).description(`${verb} …`);
  // As with `hydra`, the flags of every command may also stand between the verb and the noun.
  addFlags(parser, SHARED, true);
  if (verb === "list") parser.alias("ls");
  verbs.set(verb, parser);
  return parser;
}

function addFlags(parser: Parser, flags: Flags, hidden = false): void {
  for (const [name, flag] of Object.entries(flags)) {
    const short = flag.short ? `-${flag.short}, ` : "";
    const value = flag.kind === "boolean" ? "" : ` <${flag.placeholder ?? placeholders[flag.kind]}>`;
    const option = new Option(`${short}--${name}${value}`, flag.description).hideHelp(hidden);
    if (Object.hasOwn(SHARED, name)) option.helpGroup("Flags of every command:");
    if (flag.kind !== "boolean") option.argParser((text, before) => parseValue(flag, text, before));
    parser.addOption(option);
    if (flag.kind === "boolean") parser.addOption(new Option(`--no-${name}`).hideHelp());
  }
}

const placeholders = { text: "TEXT", list: "VALUES", integer: "NUMBER", boolean: "" };

function parseValue(flag: Flag, text: string, before: unknown): unknown {
  if (flag.kind === "integer") {
    if (!/^\d+$/.test(text)) throw new InvalidArgumentError("It must be a whole number.");
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
  if (text === "") return [];
  if (whole) return [text];
  const parts = text.split(uris ? /,(?=\s*[a-z][a-z\d+.-]*:\/)/i : ",");
  return parts.map((part) => part.trim()).filter(Boolean);
}

function valuesOf(parsers: Parser[], flags: Flags): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const name of Object.keys(flags)) {
    const attribute = new Option(`--${name} <value>`).attributeName();
    for (const parser of parsers) values[name] = parser.opts()[attribute] ?? values[name];
  }
  return values;
}

/** `--x=false` as `--no-x`: the parser knows boolean flags without a value only. */
function separateBooleans(args: readonly string[]): string[] {
  const names = new Set(COMMANDS.flatMap((command) => booleansOf(flagsOf(command))));
  const end = args.indexOf("--");
  return args.map((arg, index) => {
    const [, name = "", value] = /^--([a-z-]+)=(true|false)$/.exec(arg) ?? [];
    if (!names.has(name) || (end >= 0 && index > end)) return arg;
    return value === "true" ? `--${name}` : `--no-${name}`;
  });
}

const booleansOf = (flags: Flags): string[] => Object.keys(flags).filter((name) => flags[name]!.kind === "boolean");

/** The description of each parser, for its help. */
const examples = new WeakMap<Parser, Command>();

/** The help of a command: what it does and examples come first. */
function formatHelp(parser: Parser, help: Help): string {
  const command = examples.get(parser);
  const text = Help.prototype.formatHelp.call(help, parser, help);
  if (!command) return text;
  const lines = command.examples.map(([line, does]) => `  ${line}\n      ${does}\n`);
  const first = `${command.summary}\n\n${lines.length ? `Examples:\n${lines.join("")}\n` : ""}`;
  const details = command.details ? `\n${command.details}\n` : "";
  return `${first}${text.replace(`${command.summary}\n\n`, "")}${details}`;
}
