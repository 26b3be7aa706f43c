import type { Command } from "./command.ts";
import { type Flag, flagsOf, placeholderOf, SHARED } from "./flags.ts";
import { flagDescription } from "./help.ts";
import { VERB_ALIASES, VERBS } from "./verbs.ts";

/** A word that may follow, and what it means. */
interface Candidate {
  word: string;
  meaning: string;
}

/** Printed in place of candidates where the name of a file belongs: the shell completes those itself. */
const FILES = ":files";

/**
 * What may follow on a command line, a candidate a line with a tab before its meaning. The scripts of `hydra-sdk completion`
 * ask for it with `hydra-sdk __complete WORD...`, the last word being the one under the cursor. A shell that splits words at
 * other characters gives the line itself: `hydra-sdk __complete --line LINE`.
 */
export function complete(args: readonly string[], commands: readonly Command[]): string {
  const words = args[0] === "--line" ? wordsOf(args[1] ?? "").slice(1) : args;
  const found = candidates(words.slice(0, -1), words.at(-1) ?? "", commands);
  if (found === FILES) return `${FILES}\n`;
  return found.map(({ word, meaning }) => `${word}\t${firstSentence(meaning)}\n`).join("");
}

function candidates(
  before: readonly string[],
  current: string,
  commands: readonly Command[],
): Candidate[] | typeof FILES {
  const position = locate(before, commands);
  const [, name, start] = /^--([a-z\d-]+)=(.*)$/.exec(current) ?? [];
  if (name !== undefined) return valuesOf(position.flags[name], start!, `--${name}=`);
  if (position.pending) return valuesOf(position.pending, current);
  if (current.startsWith("-") && !position.isEnded) return starting(current, flagWords(position.flags));
  if (!position.command) return starting(current, wordsAfter(position.verb, commands));
  const argument = position.command.arguments?.at(Math.min(position.count, position.command.arguments.length - 1));
  if (argument?.name === "FILE") return FILES;
  return starting(
    current,
    (argument?.values ?? []).map((word) => ({ word, meaning: argument!.description })),
  );
}

/** Where the cursor is: behind which verb, in which command, after which flag. */
interface Position {
  verb?: string;
  command?: Command;
  /** The flags that may be given here. */
  flags: Readonly<Record<string, Flag>>;
  /** The flag whose value comes next. */
  pending?: Flag | undefined;
  /** The number of arguments before the cursor. */
  count: number;
  /** Whether `--` has ended the flags. */
  isEnded: boolean;
}

function locate(before: readonly string[], commands: readonly Command[]): Position {
  const position: Position = { flags: {}, count: 0, isEnded: false };
  for (const word of before) {
    if (position.pending) position.pending = undefined;
    else if (word === "--") position.isEnded = true;
    else if (word.startsWith("-") && !position.isEnded) position.pending = pendingFlag(word, position.flags);
    else if (position.command) position.count++;
    else if (position.verb === undefined) {
      position.verb = verbNamed(word);
      const command = commands.find(({ verb, noun }) => verb === position.verb && noun === undefined);
      Object.assign(position, { flags: command ? flagsOf(command) : SHARED, ...(command && { command }) });
    } else {
      const command = commands.find(
        ({ verb, noun, aliases = [] }) => verb === position.verb && (noun === word || aliases.includes(word)),
      );
      Object.assign(position, { flags: command ? flagsOf(command) : SHARED, ...(command && { command }) });
    }
  }
  return position;
}

/** The flag `word` if its value is the next word. */
function pendingFlag(word: string, flags: Position["flags"]): Flag | undefined {
  const found = Object.entries(flags).find(([name, { short }]) => word === `--${name}` || word === `-${short}`);
  return found && found[1].kind !== "boolean" ? found[1] : undefined;
}

const verbNamed = (word: string): string =>
  Object.keys(VERB_ALIASES).find((verb) => VERB_ALIASES[verb] === word) ?? word;

function wordsAfter(verb: string | undefined, commands: readonly Command[]): Candidate[] {
  if (verb !== undefined)
    return commands
      .filter((command) => command.verb === verb && command.noun !== undefined)
      .map(({ noun, summary }) => ({ word: noun!, meaning: summary }));
  const verbs = new Set(commands.map((command) => command.verb));
  return [...verbs].map((word) => {
    const alone = commands.find((command) => command.verb === word && command.noun === undefined);
    return { word, meaning: alone?.summary ?? VERBS[word] ?? "" };
  });
}

const flagWords = (flags: Position["flags"]): Candidate[] => [
  ...Object.entries(flags).map(([name, flag]) => ({ word: `--${name}`, meaning: flagDescription(flag) })),
  { word: "--help", meaning: "examples and flags" },
];

/** The values of a flag. In a list, the last one after a comma is completed. */
function valuesOf(flag: Flag | undefined, current: string, prefix = ""): Candidate[] | typeof FILES {
  if (flag && placeholderOf(flag) === "FILE") return FILES;
  const list = flag?.kind === "list" ? current.slice(0, current.lastIndexOf(",") + 1) : "";
  const words = (flag?.values ?? []).map((value) => ({ word: `${prefix}${list}${value}`, meaning: "" }));
  return starting(prefix + current, words);
}

const starting = (start: string, words: Candidate[]): Candidate[] => words.filter(({ word }) => word.startsWith(start));

const firstSentence = (text: string): string => text.split(/(?<=\.)\s/)[0]!.replace(/\s+/g, " ");

/** The words of the beginning of a command line, as a shell splits it; the last one is empty after a space. */
function wordsOf(line: string): string[] {
  const words = [""];
  for (const [part, space, single, double, escaped] of line.matchAll(
    /(\s+)|'([^']*)'?|"((?:\\.|[^"\\])*)"?|\\(.)|[^\s'"\\]+/g,
  )) {
    if (space !== undefined) words.push("");
    else words[words.length - 1] += single ?? double ?? escaped ?? part;
  }
  return words;
}
