// Runs the quickstart, installed from the packed tarball, on every supported runtime; all of them are installed from npm.
// Prints a line for each, then `N passed, N failed`.
import { execFile } from "node:child_process";
import { copyFile, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { install, installOnce, lockedDependencies, pack } from "./install.mjs";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

const nodes = ["20.20.2", "22.23.3", "24.21.0", "26.10.0"];
const [deno, bun] = ["2.9.6", "1.4.5"];

/** Returns name, executable and arguments of each runtime. */
async function runtimes() {
  const { platform, arch } = process;
  // The packages from which the install script of npm's `node` package copies its executable.
  const node = platform === "darwin" && arch === "arm64" ? `node-bin-${platform}-${arch}` : `node-${platform}-${arch}`;
  const specs = nodes.map((version) => `node-${version}@npm:${node}@${version}`);
  const modules = join(await installOnce([...specs, `deno@${deno}`, `bun@${bun}`]), "node_modules");
  /** Returns the package of a scope that npm selected for this platform. */
  const platformPackage = async (scope) => join(modules, scope, (await readdir(join(modules, scope)))[0]);
  return [
    ...nodes.map((version) => [`node ${version}`, join(modules, `node-${version}`, "bin/node")]),
    [`deno ${deno}`, join(await platformPackage("@deno"), "deno"), "run", "--allow-all", "--quiet"],
    [`bun ${bun}`, join(await platformPackage("@oven"), "bin/bun")],
  ];
}

const folder = await mkdtemp(join(tmpdir(), "hydra-sdk-runtimes-"));
let passed = 0;
let failed = 0;
try {
  const [all, tarball] = await Promise.all([runtimes(), pack(folder)]);
  await install(folder, [tarball, ...(await lockedDependencies())]);
  for (const file of ["smoke.mjs", "smoke.cjs"]) await copyFile(`test/package/pack/${file}`, join(folder, file));
  await build({
    entryPoints: ["examples/quickstart.ts"],
    outfile: join(folder, "quickstart.mjs"),
    bundle: true,
    packages: "external",
    format: "esm",
    target: "es2022",
  });
  for (const [name, executable, ...args] of all) {
    for (const program of ["quickstart.mjs", "smoke.mjs", "smoke.cjs"]) {
      try {
        const env = { PATH: process.env.PATH, HOME: folder, NO_COLOR: "1" };
        await promisify(execFile)(executable, [...args, program], { cwd: folder, env, timeout: 60_000 });
        passed += 1;
        console.log(`${name}: ${program} passed`);
      } catch (error) {
        failed += 1;
        console.error(`${name}: ${program} FAILED\n${error.message}\n${error.stdout}`);
      }
    }
  }
} catch (error) {
  failed += 1;
  console.error(`The runtimes cannot be set up: ${error.stderr || error.stack}`);
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
