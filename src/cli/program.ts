import type { Command } from "./command.ts";
import { COMMANDS } from "./commands/index.ts";
import { complete } from "./complete.ts";
import type { Context } from "./context.ts";
import { explain, failureText, STATUS } from "./failure.ts";
import { isJson, parseFormat } from "./format.ts";
import type { Io } from "./io.ts";
import { printer } from "./output.ts";
import { parse } from "./parser.ts";
import { resolveTarget, type Target } from "./target.ts";
import { terminal } from "./terminal.ts";

/** Runs a command line and returns its exit status. Nothing is thrown but defects of this package. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  if (args[0] === "__complete") {
    await io.stdout.write(complete(args.slice(1), COMMANDS));
    return STATUS.done;
  }
  const parsed = parse(args, COMMANDS, io.stdout.width);
  if ("command" in parsed) return execute(parsed, io);
  if ("text" in parsed) {
    await (parsed.isHelp ? io.stdout : io.stderr).write(parsed.text);
    return parsed.isHelp ? STATUS.done : STATUS.usage;
  }
  const failure = { exit: STATUS.usage, message: parsed.problem, hint: parsed.hint };
  await io.stderr.write(`${failureText(failure, asksForJson(args))}\n`);
  return failure.exit;
}

/** Whether a command line that cannot be parsed asks for JSON. */
const asksForJson = (args: readonly string[]): boolean =>
  args.some(
    (arg, index) => /^(--format=)?json(-pretty)?$/.test(arg) && (arg.includes("=") || args[index - 1] === "--format"),
  );

interface Given {
  command: Command;
  args: string[];
  values: Record<string, any>;
}

async function execute({ command, args, values }: Given, io: Io): Promise<number> {
  const told = terminal(io);
  let json = false;
  let target: Target | undefined;
  try {
    const format = parseFormat(values["format"], values["quiet"]);
    json = isJson(format);
    const local = { args, flags: values, io, terminal: told, output: printer(io, format, told) };
    // Only a command that sends requests needs a target, and has the flags for one.
    if (command.remote !== false) target = await resolveTarget(values as any, io);
    const context = { ...local, ...(target && { target }) };
    const status = await command.run(context as Context<any>);
    return typeof status === "number" ? status : STATUS.done;
  } catch (error) {
    const failure = explain(error, target?.settings, values);
    await told.note(failureText(failure, json));
    return failure.exit;
  }
}
