// Runs the examples one after another and shows what they print: all, or those whose path contains one of the arguments.
//
//   npm run examples
//   npm run examples -- clients tokens/device
//   npm run examples -- --list
import { spawn } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

const TIME_LIMIT = 60_000;

const entries = await readdir("examples", { recursive: true, withFileTypes: true });
const files = entries.filter(({ name }) => name.endsWith(".ts")).map(({ parentPath, name }) => join(parentPath, name));
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith("-"));
let failed = 0;

for (const file of files.sort()) {
  const title = /^\/\/ (.+)/.exec(await readFile(file, "utf8"))?.[1];
  // The support of others; those that serve until they are stopped; tests, which have runners of their own.
  const runs = !/\/support\/|\/serve\.ts$|\/testing\//.test(file);
  if (!runs || (wanted.length > 0 && !wanted.some((part) => file.includes(part)))) continue;
  console.log(`\n${file}\n${title}`);
  if (process.argv.includes("--list")) continue;
  const child = spawn(process.execPath, ["--import", "tsx", file], { stdio: "inherit", timeout: TIME_LIMIT });
  const [code, signal] = await new Promise((resolve) => child.once("exit", (...how) => resolve(how)));
  if (code === 0) continue;
  failed += 1;
  console.error(signal ? `did not end within ${TIME_LIMIT / 1000} s` : `ended with ${code}`);
}
if (failed > 0) console.error(`\n${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
