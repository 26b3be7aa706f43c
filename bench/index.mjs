// Compares this SDK with Ory's SDKs in bytes, lines, packages and time, and the command line with Node. Prints Markdown.
import { execFile, fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { install, pack } from "../tools/install.mjs";
import { bundleSize, definitions, installSize } from "../tools/measure.mjs";
import { measureCli } from "./cli.mjs";
import { measureMock } from "./mock.mjs";
import { measurePaging } from "./paging.mjs";
import { measurePlans } from "./plan.mjs";
import { measureTokens } from "./tokens.mjs";

const run = promisify(execFile);
const IMPORTS = 31;

const folder = await mkdtemp(join(tmpdir(), "hydra-sdk-bench-"));
try {
  const tarball = await pack(folder);
  const contenders = [
    { name: "hydra-sdk", spec: tarball },
    { name: "@ory/client", spec: "@ory/client@1.22.66" },
    { name: "@ory/client-fetch", spec: "@ory/client-fetch@1.22.66" },
  ];
  const baseline = { name: "openapi-fetch", spec: "openapi-fetch@0.17.0" };
  for (const contender of [...contenders, baseline]) {
    contender.folder = join(folder, contender.name.replace("/", "-"));
    await install(contender.folder, [contender.spec]);
  }
  console.log(`# Bench\n\nNode ${process.version}, ${cpus().length} x ${cpus()[0].model}, ${process.platform}.\n`);
  await sizes(contenders);
  await imports([baseline, ...contenders]);
  await calls();
  await measureTokens();
  await measureMock();
  await measurePaging();
  await measureCli();
  await measurePlans();
} finally {
  await rm(folder, { recursive: true });
}

async function sizes(contenders) {
  const rows = {
    "OAuth2Api and Configuration in a browser bundle, min+gzip": ({ folder, name }) =>
      bundle(folder, name, "OAuth2Api"),
    "OidcApi and Configuration in a browser bundle, min+gzip": ({ folder, name }) => bundle(folder, name, "OidcApi"),
    "lines of type definitions that tsc reads, `types: []`": async ({ folder, name }) =>
      (await definitions(folder, name)).lines,
    "packages in a production install": async ({ folder }) => (await installSize(folder)).packages,
    "MB in a production install": async ({ folder }) => ((await installSize(folder)).bytes / 1e6).toFixed(1),
  };
  console.log("## Size\n\nBundled by esbuild, gzip level 9; MB is the total size of all files.\n");
  printHead("figure", contenders);
  for (const [title, measure] of Object.entries(rows)) {
    printRow(title, await Promise.all(contenders.map(measure)));
  }
}

async function bundle(folder, name, api) {
  const { bytes } = await bundleSize(folder, name, [api, "Configuration"]);
  return `${(bytes / 1000).toFixed(2)} kB`;
}

/** Measures a cold import of each subject in fresh, alternating Node processes, relative to the first subject. */
async function imports(subjects) {
  const times = subjects.map(() => []);
  for (let round = 0; round < IMPORTS; round += 1) {
    for (const [index, { name, folder }] of subjects.entries()) {
      const script = `const t = performance.now(); await import("${name}"); console.log(performance.now() - t);`;
      const { stdout } = await run(process.execPath, ["--input-type=module", "-e", script], { cwd: folder });
      times[index].push(Number(stdout));
    }
  }
  const medians = times.map(median);
  console.log(`\n## Cold import in Node\n\nMedian of ${IMPORTS} fresh processes for each, run alternately.\n`);
  printHead("figure", subjects);
  printRow(
    "ms",
    medians.map((time) => time.toFixed(1)),
  );
  printRow(
    "x openapi-fetch",
    medians.map((time) => (time / medians[0]).toFixed(2)),
  );
}

async function calls() {
  const results = new Map();
  const child = fork(fileURLToPath(new URL("calls.mjs", import.meta.url)), { execArgv: ["--expose-gc"] });
  child.on("message", ([name, situation, time, ratio]) => {
    const row = results.get(situation) ?? results.set(situation, new Map()).get(situation);
    row.set(name, `${time.toFixed(0)} µs, ${ratio.toFixed(2)} x`);
  });
  await new Promise((resolve, reject) => {
    child.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`bench/calls.mjs exited with ${code}`))));
  });
  console.log(
    "\n## One call\n\nCPU time of the calling process, user and system, against a loopback server in another process;",
  );
  console.log(
    "median over rounds that measure all of them in random order, and median of each round's ratio to plain fetch.\n",
  );
  const names = Array.from(results.values().next().value.keys(), (name) => ({ name }));
  printHead("call", names);
  for (const [situation, row] of results)
    printRow(
      situation,
      names.map(({ name }) => row.get(name)),
    );
}

function printHead(title, subjects) {
  printRow(
    title,
    subjects.map(({ name }) => name),
  );
  console.log(`|${" --- |".repeat(subjects.length + 1)}`);
}

function printRow(title, values) {
  console.log(`| ${title} | ${values.join(" | ")} |`);
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}
