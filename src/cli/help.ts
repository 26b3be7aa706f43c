import type { Argument, Command } from "./command.ts";
import { type Flag, flagsOf, isShared, placeholderOf } from "./flags.ts";
import { VARIABLES } from "./variables.ts";
import { VERBS } from "./verbs.ts";

const MAX_WIDTH = 100;

/** The first screen: what there is, and how it is told where to go. */
export function rootHelp(commands: readonly Command[], width: number): string {
  const verbs = new Map<string, string>();
  for (const verb of new Set(commands.flatMap(({ verb, noun }) => (noun === undefined ? [] : [verb])))) {
    const nouns = commands.filter((command) => command.verb === verb).map(({ noun }) => noun);
    verbs.set(verb, `${VERBS[verb]}: ${nouns.join(", ")}`);
  }
  const others = commands.filter(({ noun }) => noun === undefined).map(({ verb, summary }) => [verb, summary] as const);
  return sections([
    wrap("Manage OAuth 2.0 and OpenID Connect clients on Ory Hydra and Ory Network.", width),
    section("Usage:", ["  hydra-sdk VERB NOUN [ARGUMENTS] [FLAGS]"]),
    examples(ROOT_EXAMPLES),
    section("Verbs and their nouns:", definitions([...verbs], width)),
    section("Other commands:", definitions(others, width)),
    WHERE,
    section("Variables:", definitions(Object.entries(VARIABLES), width)),
    section("Exit status:", [...wrap(EXIT_STATUS, width - 2).map((line) => `  ${line}`)]),
    ["`hydra-sdk VERB NOUN --help` shows examples and flags."],
  ]);
}

/** The help of `hydra-sdk VERB`. */
export function verbHelp(commands: readonly Command[], verb: string, width: number): string {
  const rows = commands
    .filter((command) => command.verb === verb)
    .map(({ noun, summary }) => [noun!, summary] as const);
  return sections([
    [`${VERBS[verb]}.`],
    section("Usage:", [`  hydra-sdk ${verb} NOUN [ARGUMENTS] [FLAGS]`]),
    section("Nouns:", definitions(rows, width)),
    [`\`hydra-sdk ${verb} NOUN --help\` shows examples and flags.`],
  ]);
}

/** The help of a command: what it does, examples, then arguments and flags. */
export function commandHelp(command: Command, width: number): string {
  const own = Object.entries(flagsOf(command)).filter(([name]) => !isSharedOf(command, name));
  const shared = Object.entries(flagsOf(command)).filter(([name]) => isSharedOf(command, name));
  const positional = (command.arguments ?? []).map(({ name, description }) => [name, description] as const);
  return sections([
    wrap(`${command.summary}.${command.details ? ` ${command.details}` : ""}`, width),
    examples(command.examples),
    section("Usage:", [`  ${usage(command)}`]),
    command.aliases?.length ? wrap(`Other words for ${command.noun}: ${command.aliases.join(", ")}`, width) : [],
    section("Arguments:", definitions(positional, width)),
    section("Flags:", definitions(own.map(flagRow), width)),
    section("Flags of every command:", definitions(shared.map(flagRow), width)),
  ]);
}

/** Whether a flag of a command is the one that all commands share, not its own of the same name. */
const isSharedOf = ({ flags = {} }: Command, name: string): boolean => isShared(name) && !Object.hasOwn(flags, name);

/** Such as `hydra-sdk get oauth2-client`. */
export const commandPath = ({ verb, noun }: Command): string => ["hydra-sdk", verb, ...(noun ? [noun] : [])].join(" ");

/** Such as `hydra-sdk get oauth2-client ID... [FLAGS]`. */
export function usage(command: Command): string {
  const hasFlags = Object.keys(flagsOf(command)).length > 0;
  const words = [commandPath(command), ...(command.arguments ?? []).map(argumentUsage)];
  return [...words, ...(hasFlags ? ["[FLAGS]"] : [])].join(" ");
}

function argumentUsage({ name, optional, variadic }: Argument): string {
  const text = `${name}${variadic ? "..." : ""}`;
  return optional ? `[${text}]` : text;
}

/** A flag as it is typed, such as `-e, --endpoint URL`. */
export function flagUsage(name: string, flag: Flag): string {
  const value = flag.kind === "boolean" ? "" : ` ${placeholderOf(flag)}`;
  return `${flag.short ? `-${flag.short}, ` : ""}--${name}${value}`;
}

/** What a flag does, with the values that are known. */
export function flagDescription({ description, values, closed }: Flag): string {
  const isTold = !values || values.every((value) => description.includes(value));
  if (isTold) return description;
  return `${description.replace(/\.$/, "")}. ${closed ? "One of" : "Known values"}: ${values.join(", ")}`;
}

const flagRow = ([name, flag]: [string, Flag]) => [flagUsage(name, flag), flagDescription(flag)] as const;

const ROOT_EXAMPLES = [
  ["hydra-sdk mock", "try everything on a mock server"],
  ["hydra-sdk create oauth2-client --name 'Web shop' --redirect-uri https://shop.example.com/callback", "a client"],
  ["hydra-sdk list oauth2-clients --all --format json", "all clients, for a program"],
  ["hydra-sdk doctor", "see where requests go, and whether that works"],
] as const;

const WHERE = [
  "Where requests go: a flag says it, else a variable, else the profile.",
  "  self-hosted   --public URL --admin URL, or HYDRA_PUBLIC_URL, HYDRA_ADMIN_URL",
  "  Ory Network   --project SLUG or --endpoint URL, or ORY_PROJECT or ORY_SDK_URL;",
  "                the API key is in ORY_PROJECT_API_KEY or ORY_API_KEY",
];

const EXIT_STATUS =
  "0 done, 1 refused by the server, 2 wrong usage, 3 not found, 4 not authenticated or not allowed, 5 conflict, " +
  "6 no answer, 10 something to do (`plan --detailed-exitcode`), 130 interrupted";

const sections = (parts: string[][]): string =>
  `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;

const section = (title: string, lines: string[]): string[] => (lines.length > 0 ? [title, ...lines] : []);

const examples = (lines: Command["examples"]): string[] =>
  section(
    "Examples:",
    lines.flatMap(([line, does]) => [`  # ${does}`, `  ${line}`]),
  );

/** Terms and what they mean: beside each other where the terms are short or each meaning fits on its line, else below. */
export function definitions(rows: readonly (readonly [term: string, meaning: string])[], available: number): string[] {
  const width = Math.min(available, MAX_WIDTH);
  const termWidth = Math.max(0, ...rows.map(([term]) => term.length));
  const column = termWidth + 4;
  const isBeside = column <= 20 || rows.every(([, meaning]) => column + meaning.length <= width);
  return rows.flatMap(([term, meaning]) => {
    if (!isBeside) return [`  ${term}`, ...wrap(meaning, width - 6).map((line) => `      ${line}`)];
    const [first = "", ...rest] = wrap(meaning, width - column);
    return [`  ${term.padEnd(termWidth)}  ${first}`, ...rest.map((line) => `${" ".repeat(column)}${line}`)];
  });
}

/** Breaks text into lines of at most `width` characters; a longer word stays whole. */
export function wrap(text: string, available: number): string[] {
  const width = Math.min(available, MAX_WIDTH);
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
