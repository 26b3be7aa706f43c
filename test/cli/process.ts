import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { type IPty, spawn as spawnPty } from "@lydell/node-pty";

const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
const ARGUMENTS = ["--import", import.meta.resolve("tsx"), main];

/** The variables of a process: those of this machine that are needed, and no profile. */
const environment = (env: Record<string, string>): Record<string, string> => ({
  PATH: process.env["PATH"] ?? "",
  ...(process.env["SystemRoot"] && { SystemRoot: process.env["SystemRoot"] }),
  HYDRA_SDK_CONFIG: "/nonexistent/profiles.json",
  NODE_NO_WARNINGS: "1",
  ...env,
});

/** Starts the command line as a process, with pipes. */
export function start(args: readonly string[], env: Record<string, string> = {}, nodeFlags: readonly string[] = []) {
  const child = spawn(process.execPath, [...nodeFlags, ...ARGUMENTS, ...args], { env: environment(env) });
  const written = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name].setEncoding("utf8").on("data", (text: string) => {
      written[name] += text;
    });
  const ended = once(child, "close").then(([status, signal]) => ({ status, signal, ...written }));
  return { child, written, ended };
}

/** Runs the command line as a process to its end. */
export async function runProcess(args: readonly string[], env: Record<string, string> = {}, stdin = "") {
  const { child, ended } = start(args, env);
  child.stdin.end(stdin);
  return ended;
}

/** Starts the command line at a terminal. */
export function startAtTerminal(args: readonly string[], env: Record<string, string> = {}, columns = 80) {
  const pty: IPty = spawnPty(process.execPath, [...ARGUMENTS, ...args], {
    name: env["TERM"] ?? "xterm-256color",
    cols: columns,
    rows: 24,
    env: environment(env),
  });
  let screen = "";
  const waiting = new Set<() => void>();
  pty.onData((text) => {
    screen += text;
    for (const check of waiting) check();
  });
  const ended = new Promise<{ status: number; screen: string }>((resolve) => {
    pty.onExit(({ exitCode, signal }) => resolve({ status: signal ? 128 + signal : exitCode, screen }));
  });
  /** Resolves when the terminal shows `text`. */
  const shows = (text: string) =>
    new Promise<void>((resolve) => {
      const check = () => {
        if (!screen.includes(text)) return;
        waiting.delete(check);
        resolve();
      };
      waiting.add(check);
      check();
    });
  return { type: (text: string) => pty.write(text), shows, ended, screen: () => screen };
}

/** The lines of a screen, without colours and without what was overwritten. */
export const linesOf = (screen: string): string[] =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal's output
  screen.replace(/\u001b\[[\d;?]*[A-Za-z]/g, "").split("\r\n");
