import type { Sink } from "../../src/cli/io.ts";
import { run } from "../../src/cli/program.ts";
import { createMockHydra, type MockHydra } from "../../src/mock/index.ts";

/** What a command line did. */
export interface Outcome {
  status: number;
  stdout: string;
  stderr: string;
  /** What was opened in the browser. */
  opened: string[];
}

/** The world that a command line runs in. */
export interface World {
  mock?: MockHydra;
  env?: Record<string, string>;
  /** The text on standard input. */
  stdin?: string;
  /** Answers that are typed at the terminal; if given, input and output are terminals. */
  typed?: string[];
  /** The width of the terminal. */
  width?: number;
  signal?: AbortSignal;
  now?: () => number;
  openBrowser?: (url: string) => Promise<boolean>;
  /** Sees what is written to stderr, as it is written. */
  watch?: (text: string) => void;
  /** Sees what is written to stdout, as it is written. */
  watchOutput?: (text: string) => void;
  /** Takes the place of the mock's. */
  fetch?: MockHydra["fetch"];
}

/** The variables that point to a mock. */
export const variablesOf = ({ publicUrl, adminUrl }: MockHydra): Record<string, string> => ({
  HYDRA_PUBLIC_URL: publicUrl,
  HYDRA_ADMIN_URL: adminUrl,
});

/** Runs a command line on a mock, by default a new one that the variables point to. */
export async function cli(args: readonly string[], world: World = {}): Promise<Outcome> {
  const { mock = createMockHydra(), typed, width = 80, signal = new AbortController().signal } = world;
  const written = { stdout: "", stderr: "" };
  const opened: string[] = [];
  const isTerminal = typed !== undefined || world.width !== undefined;
  const sink = (name: keyof typeof written): Sink => ({
    async write(text) {
      written[name] += text;
      (name === "stderr" ? world.watch : world.watchOutput)?.(text);
    },
    isTerminal,
    width,
  });
  const answers = [...(typed ?? [])];
  const status = await run(args, {
    env: { HYDRA_SDK_CONFIG: "/nonexistent/profiles.json", ...(world.env ?? variablesOf(mock)) },
    stdin: {
      isTerminal: typed !== undefined,
      text: async () => world.stdin ?? "",
      ask: async (question) => {
        written.stderr += question;
        return answers.shift() ?? "";
      },
    },
    stdout: sink("stdout"),
    stderr: sink("stderr"),
    fetch: (url, init) => (world.fetch ?? mock.fetch)(url, init),
    signal,
    now: world.now ?? (() => Date.now()),
    openBrowser: async (url) => {
      opened.push(url);
      return (await world.openBrowser?.(url)) ?? true;
    },
  });
  return { status, ...written, opened };
}
