// Makes docs/cli.md from the descriptions of the commands.
import { tsImport } from "tsx/esm/api";

const source = (file) => tsImport(`../src/cli/${file}`, import.meta.url);

/** Returns the content of docs/cli.md. */
export async function cliReference() {
  const [{ COMMANDS }, { commandPath, flagDescription, flagUsage, rootHelp, usage }, { SHARED }] = await Promise.all([
    source("commands/index.ts"),
    source("help.ts"),
    source("flags.ts"),
  ]);

  const table = (titles, rows) => [
    `| ${titles.join(" | ")} |`,
    `| ${titles.map(() => "---").join(" | ")} |`,
    ...rows.map((row) => `| ${row.map((text) => text.replaceAll("|", "\\|")).join(" | ")} |`),
    "",
  ];
  const flagTable = (flags) =>
    flags.length === 0
      ? []
      : table(
          ["flag", "what it does"],
          flags.map(([name, flag]) => [`\`${flagUsage(name, flag)}\``, flagDescription(flag)]),
        );

  const commandSection = (command) => {
    const { summary, details, aliases = [], noun, examples, flags = {} } = command;
    const own = Object.entries(flags);
    return [
      `## ${commandPath(command)}`,
      "",
      `${summary}.${details ? ` ${details}` : ""}`,
      "",
      "```sh",
      ...examples.flatMap(([line, does]) => [`# ${does}`, line]),
      "```",
      "",
      `\`${usage(command)}\`${aliases.length > 0 ? `; other words for \`${noun}\`: ${aliases.map((alias) => `\`${alias}\``).join(", ")}` : ""}`,
      "",
      ...(command.arguments ?? []).flatMap(({ name, description }) => [`- \`${name}\`: ${description}`, ""]),
      ...flagTable(own),
    ];
  };

  return `${[
    "<!-- Generated from src/cli by `npm run generate`, do not edit. -->",
    "",
    "# The command line",
    "",
    "```",
    rootHelp(COMMANDS, 80).trimEnd(),
    "```",
    "",
    "A flag takes its value as `--flag VALUE` or `--flag=VALUE`. A list is separated by commas, or the flag is repeated; `''` is an",
    "empty list. A flag without a value is switched off by `--no-flag` or `--flag=false`.",
    "",
    "## Flags of every command",
    "",
    "Commands that send requests have these flags. They may also stand between verb and noun.",
    "",
    ...flagTable(Object.entries(SHARED)),
    ...COMMANDS.flatMap(commandSection),
  ]
    .join("\n")
    .trimEnd()}\n`;
}
