import { execFile, execFileSync } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cli } from "./support.ts";

const run = promisify(execFile);

/** The words that may follow `line`, whose last word is under the cursor. */
async function wordsAfter(...words: string[]): Promise<string[]> {
  const { status, stdout } = await cli(["__complete", ...words]);
  expect(status).toBe(0);
  return stdout.split("\n").flatMap((line) => line.split("\t")[0] || []);
}

describe("what may follow", () => {
  test.each([
    [["cr"], "create"],
    [["create", ""], "oauth2-client"],
    [["create", "--endpoint", "https://a.example", "oauth2"], "oauth2-client"],
    [["ls", ""], "oauth2-clients"],
    [["create", "client", "--redirect"], "--redirect-uri"],
    [["create", "client", "--name", "--x", "--redirect"], "--redirect-uri"],
    [["create", "client", "--"], "--help"],
    [["create", "client", "--grant-type", "auth"], "authorization_code"],
    [["create", "client", "--grant-type", "refresh_token,auth"], "refresh_token,authorization_code"],
    [["create", "client", "--grant-type=auth"], "--grant-type=authorization_code"],
    [["get", "client", "a", "--format", "json-p"], "json-pretty"],
    [["completion", "z"], "zsh"],
    [["import", "clients", ""], ":files"],
    [["create", "client", "--file", "x"], ":files"],
    [["--line", "hydra-sdk create client --name 'a b' --grant-type client"], "client_credentials"],
    [["--line", 'hydra-sdk create client --name "a \\" b" --tok'], "--token-endpoint-auth-method"],
  ])("%j: %s", async (words, expected) => {
    expect(await wordsAfter(...words)).toContain(expected);
  });

  test.each([[["create", "client", "--name", ""]], [["create", "client", "--", "--red"]], [["bogus", ""]]])(
    "%j: nothing",
    async (words) => {
      expect(await wordsAfter(...words)).toEqual([]);
    },
  );
});

test("an unknown shell is refused, and the known ones are named", async () => {
  const { status, stderr } = await cli(["completion", "tcsh"]);
  expect(status).toBe(2);
  for (const shell of ["bash", "zsh", "fish", "powershell"]) expect(stderr).toContain(shell);
});

/** Each shell, and how a script in it prints what completes a command line. */
const SHELLS = {
  bash: (line: string, words: string[]) =>
    `COMP_LINE=${quoted(line)} COMP_POINT=${line.length} COMP_WORDS=(${words.map(quoted).join(" ")}) COMP_CWORD=${words.length - 1}
     complete -p hydra-sdk >&2; _hydra_sdk; printf '%s\\n' "\${COMPREPLY[@]}"`,
  zsh: (_line: string, words: string[]) =>
    `compadd() { print -l -- $found; }; words=(${words.map(quoted).join(" ")}) CURRENT=${words.length}; _hydra_sdk`,
  fish: (line: string) => `complete -C ${quoted(line)}`,
};

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const isInstalled = (shell: string): boolean => {
  try {
    execFileSync(shell, ["-c", "exit 0"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};

// Windows has a bash that reads other paths.
const installed = process.platform === "win32" ? [] : Object.keys(SHELLS).filter(isInstalled);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hydra-sdk-completion-"));
  const main = resolve("src/cli/main.ts");
  const tsx = import.meta.resolve("tsx");
  const command = join(folder, "hydra-sdk");
  await writeFile(command, `#!/bin/sh\nexec '${process.execPath}' --import '${tsx}' '${main}' "$@"\n`);
  await chmod(command, 0o755);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each(
  (installed as (keyof typeof SHELLS)[]).flatMap((shell) => [
    [shell, "hydra-sdk create oauth2-client --redirect", "--redirect-uri"] as const,
    [shell, "hydra-sdk create client --grant-type=client_c", "client_credentials"] as const,
    [shell, "hydra-sdk li", "list"] as const,
  ]),
)("%s sources its script and completes %s", async (shell, line, expected) => {
  const words = line.split(" ");
  const { stdout: script } = await cli(["completion", shell]);
  const file = join(folder, `completion.${shell}`);
  await writeFile(file, script);
  const before = shell === "zsh" ? "autoload -Uz compinit; compinit -D -u\n" : "";
  const { stdout } = await run(
    shell,
    [...(shell === "zsh" ? ["-f"] : []), "-c", `${before}source ${quoted(file)}\n${SHELLS[shell](line, words)}`],
    { env: { ...process.env, PATH: `${folder}${delimiter}${process.env["PATH"]}` } },
  );
  const found = stdout.split("\n").map((each) => each.split("\t")[0]!.trim());
  expect(found.map((word) => word.replace(/^--grant-type=/, ""))).toContain(expected);
});
