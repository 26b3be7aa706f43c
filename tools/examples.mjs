// Runs the examples one after another and prints their output: all, or those whose path contains one of the arguments.
//
//   npm run examples
//   npm run examples -- clients tokens/device
//   npm run examples -- --list
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

/** Time limits in milliseconds for an example, and for its clean-up after that. */
const TIME_LIMIT = 60_000;
const GRACE = 15_000;

// Shared modules, servers that run until they are stopped, and tests, which have their own runners.
const NO_PROGRAM = /\/(support|testing)\/|\/(serve|provider|web-server|mcp-server|nest-guard|nextjs-route)\.ts$/;

const entries = await readdir("examples", { recursive: true, withFileTypes: true });
const files = entries
  .filter(({ name }) => name.endsWith(".ts"))
  .map(({ parentPath, name }) => join(parentPath, name).replaceAll("\\", "/"));
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith("-"));
let failed = 0;
let interrupted = false;
// Ctrl+C also reaches the example, which then exits by itself.
process.on("SIGINT", () => {
  interrupted = true;
});

for (const file of files.sort()) {
  const title = /^\/\/ (.+)/.exec(await readFile(file, "utf8"))?.[1];
  if (NO_PROGRAM.test(file) || (wanted.length > 0 && !wanted.some((part) => file.includes(part)))) continue;
  console.log(`\n${file}\n${title}`);
  if (process.argv.includes("--list")) continue;
  const args = ["--import", "tsx", "--import", "./tools/end-early.mjs", file];
  const child = spawn(process.execPath, args, { stdio: "inherit" });
  const timers = [setTimeout(() => child.kill("SIGTERM"), TIME_LIMIT)];
  timers.push(setTimeout(() => child.kill("SIGKILL"), TIME_LIMIT + GRACE));
  const started = performance.now();
  const [code] = await once(child, "exit");
  for (const timer of timers) clearTimeout(timer);
  if (interrupted) break;
  if (code === 0) continue;
  failed += 1;
  const late = performance.now() - started >= TIME_LIMIT;
  console.error(late ? `did not end within ${TIME_LIMIT / 1000} s` : `ended with ${code}`);
}
if (failed > 0) console.error(`\n${failed} failed`);
process.exitCode = failed > 0 || interrupted ? 1 : 0;
