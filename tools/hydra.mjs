// Builds the Hydra of test/hydra/go.mod, starts it in memory, and holds it to test/contract. Prints what failed, then
// `N passed, N failed`.
//
//   npm run test:hydra
//   npm run test:hydra -- --optional   where Go or a C compiler is missing, says so and leaves it at that
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startVitest } from "vitest/node";
import { FailuresReporter } from "./reporter.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = fileURLToPath(new URL("../test/hydra", import.meta.url));
const HYDRA = "github.com/ory/hydra/v2";
/** Milliseconds for Hydra to start. */
const TIME_LIMIT = 60_000;

process.chdir(root);

async function run(command, args) {
  const env = { ...process.env, CGO_ENABLED: "1" };
  return (await promisify(execFile)(command, args, { cwd: folder, env })).stdout.trim();
}

/** Names what the build needs and the machine does not have. */
async function missingTool() {
  const works = (command, ...args) =>
    run(command, args).then(
      () => true,
      () => false,
    );
  if (!(await works("go", "version"))) return "Go 1.24 or later (https://go.dev/dl)";
  // SQLite is written in C.
  const [compiler] = (await run("go", ["env", "CC"])).split(" ");
  return (await works(compiler, "--version")) ? undefined : `a C compiler (${compiler})`;
}

/** Builds the executable where it is missing or out of date, and gives its path. */
async function buildHydra() {
  const executable = join(root, `node_modules/.cache/hydra-sdk/hydra${process.platform === "win32" ? ".exe" : ""}`);
  const version = await run("go", ["list", "-m", "-f", "{{.Version}}", HYDRA]);
  // Hydra's SQLite is behind a tag, and a build that is not told its version calls itself `master`.
  const flags = ["-tags=sqlite", `-ldflags=-s -w -X ${HYDRA}/driver/config.Version=${version}`, "-o", executable];
  const build = () => run("go", ["build", ...flags, HYDRA]);
  // It downloads some 200 modules, and a connection may be lost.
  await build().catch(build);
  return executable;
}

/** Starts Hydra on free ports. Gives its URLs, and `stop`. */
async function startHydra(executable) {
  const [publicPort, adminPort] = await freePorts(2);
  const [publicUrl, adminUrl] = [publicPort, adminPort].map((port) => `http://127.0.0.1:${port}`);
  // The whole environment, so that no setting of the person who runs it counts.
  const env = { SERVE_PUBLIC_PORT: publicPort, SERVE_ADMIN_PORT: adminPort, URLS_SELF_ISSUER: publicUrl };
  const child = spawn(executable, ["serve", "all", "--dev", "-c", `${folder}/hydra.yml`], { env });
  const ended = once(child, "exit");
  process.once("exit", () => child.kill());
  const stop = async () => {
    child.kill();
    await ended;
  };
  let log = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      log += chunk;
    });
  }

  const limit = AbortSignal.timeout(TIME_LIMIT);
  while (!(await isReady(publicUrl, limit)) || !(await isReady(adminUrl, limit))) {
    if (child.exitCode === null && !limit.aborted) continue;
    await stop();
    throw new Error(`Hydra did not start:\n${log}`);
  }
  return { publicUrl, adminUrl, stop };
}

async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"));
  await Promise.all(servers.map((server) => once(server, "listening")));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  return ports;
}

async function isReady(url, signal) {
  try {
    return (await fetch(`${url}/health/ready`, { signal })).ok;
  } catch {
    await new Promise((resolve) => setTimeout(resolve, 100));
    return false;
  }
}

/** The contract suite on the server alone; `npm test` runs it on the mock. */
async function testContract({ publicUrl, adminUrl }) {
  Object.assign(process.env, { HYDRA_PUBLIC_URL: publicUrl, HYDRA_ADMIN_URL: adminUrl });
  delete process.env.HYDRA_VERSION;
  const reporter = new FailuresReporter();
  const options = { run: true, watch: false, reporters: [reporter], testNamePattern: /^on a real Hydra/ };
  const vitest = await startVitest("test", ["test/contract"], options);
  await vitest.close();
  return reporter;
}

for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));

const missing = await missingTool();
if (missing) {
  console.error(`npm run test:hydra builds a Hydra. It needs ${missing}, which is not there.`);
  process.exit(process.argv.includes("--optional") ? 0 : 1);
}
let counts = { passed: 0, failed: 1 };
try {
  const hydra = await startHydra(await buildHydra());
  counts = await testContract(hydra);
  await hydra.stop();
} catch (error) {
  console.error(error.message);
}
const { passed, failed } = counts;
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
