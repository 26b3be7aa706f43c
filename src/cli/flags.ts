/** A flag of a command: `--NAME`, described once for the parser, the help, the completion and the reference. */
export interface Flag {
  kind: "text" | "list" | "boolean" | "integer";
  description: string;
  /** What stands for the value in the help, such as `URL`. */
  placeholder?: string;
  /** A letter for `-x`. */
  short?: string;
  /** Values that the completion offers. */
  values?: readonly string[];
  /** Whether no other value than `values` is accepted. */
  closed?: boolean;
  /** Whether a list is of URIs, which may contain commas. */
  uris?: boolean;
  /** Whether each value of a list is given by a flag of its own, so that commas do not separate. */
  whole?: boolean;
}

type Details = Omit<Flag, "kind" | "description">;
const flag =
  <K extends Flag["kind"]>(kind: K) =>
  <const D extends Details>(description: string, details?: D): { kind: K; description: string } & D =>
    ({ kind, description, ...details }) as { kind: K; description: string } & D;

/** A flag with one value; the last one counts. */
export const text: ReturnType<typeof flag<"text">> = flag("text");
/** A flag with values, repeated or separated by commas. `''` is an empty list. */
export const list: ReturnType<typeof flag<"list">> = flag("list");
/**
 * A flag without a value: `--x`, or `--no-x` and `--x=false` for the opposite. One that is named `no-x` switches off what is
 * on without it.
 */
export const boolean: ReturnType<typeof flag<"boolean">> = flag("boolean");
/** A flag with a whole number that is not negative. */
export const integer: ReturnType<typeof flag<"integer">> = flag("integer");

/** Flags by name, without the leading `--`. */
export type Flags = Record<string, Flag>;

type Value<F extends Flag> = F["kind"] extends "list"
  ? string[]
  : F["kind"] extends "boolean"
    ? boolean
    : F["kind"] extends "integer"
      ? number
      : string;

/** The values of flags; those that were not given are `undefined`. */
export type Values<F extends Flags> = { [Name in keyof F]: Value<F[Name]> | undefined };

/** The flag of commands that change something. */
export const DRY_RUN = boolean("show what would be sent, and change nothing");

/** The flags of every command that sends requests. */
export const SHARED = {
  endpoint: text("URL of the server for both APIs, such as a project of Ory Network (ORY_SDK_URL)", {
    short: "e",
    placeholder: "URL",
  }),
  public: text("URL of the public API (HYDRA_PUBLIC_URL)", { placeholder: "URL" }),
  admin: text("URL of the admin API (HYDRA_ADMIN_URL)", { placeholder: "URL" }),
  project: text("project of Ory Network: its ID, its slug or the beginning of one (ORY_PROJECT)", {
    placeholder: "PROJECT",
  }),
  workspace: text("workspace of Ory Network: its ID (ORY_WORKSPACE)", { placeholder: "WORKSPACE" }),
  profile: text("profile of the profile file (HYDRA_SDK_CONFIG)", { placeholder: "NAME" }),
  "http-header": list("header for every request, repeatable", {
    short: "H",
    placeholder: "'NAME: VALUE'",
    whole: true,
  }),
  "skip-tls-verify": boolean("accept any TLS certificate: for development only"),
  timeout: text("time for a request, such as 10s (default 30s, 0 for none)", { placeholder: "DURATION" }),
  format: text("how to print: table, json, json-pretty, yaml, jsonpath=PATH, jsonpointer=POINTER", {
    placeholder: "FORMAT",
    values: ["table", "json", "json-pretty", "yaml", "jsonpath=", "jsonpointer="],
  }),
  quiet: boolean("print IDs only", { short: "q" }),
} satisfies Flags;

/** The values of the shared flags. */
export type SharedValues = Values<typeof SHARED>;

/** Whether `name` is the name of a shared flag. */
export const isShared = (name: string): boolean => Object.hasOwn(SHARED, name);

/** All flags of a command: its own, and the shared ones where it sends requests. */
export function flagsOf({ flags = {}, remote = true }: { flags?: Flags; remote?: boolean }): Flags {
  if (!remote) return flags;
  // A command may have a flag of the same name or letter as a shared one.
  const letters = Object.values(flags).map(({ short }) => short);
  const shared = Object.entries<Flag>(SHARED).filter(([name]) => !Object.hasOwn(flags, name));
  const named = shared.map(([name, { short, ...flag }]) => {
    const isFree = short !== undefined && !letters.includes(short);
    return [name, isFree ? { ...flag, short } : flag];
  });
  return { ...flags, ...Object.fromEntries(named) };
}

const PLACEHOLDERS = { text: "TEXT", list: "VALUES", integer: "NUMBER", boolean: "" };

/** What stands for the value of a flag in the help. */
export const placeholderOf = (flag: Flag): string => flag.placeholder ?? PLACEHOLDERS[flag.kind];
