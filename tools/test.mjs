// Runs all checks of the repository: lint, types, tests. Prints the failures, then `N passed, N failed`.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { startVitest } from "vitest/node";
import { FailuresReporter } from "./reporter.mjs";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

const checks = ["lint", "typecheck", "generate:check"];

/** Runs a script of package.json and prints its output if it fails. */
function check(name) {
  return new Promise((resolve) => {
    execFile("npm", ["run", "--silent", name], (error, stdout, stderr) => {
      if (error) console.error(`\nFAIL npm run ${name}\n${stdout}${stderr}`);
      resolve(!error);
    });
  });
}

const results = await Promise.all(checks.map(check));
const reporter = new FailuresReporter();
const vitest = await startVitest("test", process.argv.slice(2), { run: true, watch: false, reporters: [reporter] });
await vitest.close();

const ok = results.filter(Boolean).length;
const passed = ok + reporter.passed;
const failed = results.length - ok + reporter.failed;
const skipped = reporter.skipped ? `, ${reporter.skipped} skipped` : "";
console.log(`${passed} passed, ${failed} failed${skipped}`);
process.exit(failed === 0 && reporter.passed > 0 ? 0 : 1);
