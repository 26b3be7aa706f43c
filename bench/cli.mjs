// Measures how long the command line takes to start, beside Node alone. Prints Markdown.
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { listen } from "../dist/mock-node.js";

const run = promisify(execFile);
const ROUNDS = 31;
const cli = fileURLToPath(new URL("../dist/cli.js", import.meta.url));

export async function measureCli() {
  const folder = await mkdtemp(join(tmpdir(), "hydra-sdk-start-"));
  const { mock, publicUrl, adminUrl, close } = await listen();
  try {
    const empty = join(folder, "empty.mjs");
    await writeFile(empty, "");
    mock.addClient({ client_id: "a" });
    const where = ["--public", publicUrl, "--admin", adminUrl];
    const rows = {
      "an empty script": [empty],
      "`hydra-sdk --version`": [cli, "--version"],
      "`hydra-sdk get oauth2-client a`, on the mock": [cli, "get", "oauth2-client", "a", ...where],
      "`hydra-sdk --help`": [cli, "--help"],
    };
    const times = Object.values(rows).map(() => []);
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [index, args] of Object.values(rows).entries()) {
        const start = performance.now();
        await run(process.execPath, args);
        times[index].push(performance.now() - start);
      }
    }
    const medians = times.map((each) => each.toSorted((a, b) => a - b)[each.length >> 1]);
    console.log(`\n## Start of the command line\n\nMedian of ${ROUNDS} fresh processes for each, run alternately.\n`);
    console.log("| program | ms | x the empty script |\n| --- | --- | --- |");
    for (const [index, name] of Object.keys(rows).entries())
      console.log(`| ${name} | ${medians[index].toFixed(0)} | ${(medians[index] / medians[0]).toFixed(2)} |`);
  } finally {
    await close();
    await rm(folder, { recursive: true });
  }
}
