// Runs all checks of the repository: lint, types, tests. Prints the failures, then `N passed, N failed`.
import { fileURLToPath } from "node:url";
import { startVitest } from "vitest/node";
import { npm } from "./npm.mjs";
import { FailuresReporter } from "./reporter.mjs";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

const checks = ["lint", "architecture", "typecheck", "generate:check"];

/** Runs a script of package.json; its output is shown where it fails. */
async function check(name) {
  try {
    await npm(["run", "--silent", name]);
    return true;
  } catch ({ stdout, stderr }) {
    console.error(`\nFAIL npm run ${name}\n${stdout}${stderr}`);
    return false;
  }
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
