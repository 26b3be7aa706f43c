import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { listen } from "hydra-sdk/mock/node";
import { expect, inject, onTestFinished, test } from "vitest";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../", import.meta.url));
const installed = inject("installed");
const command = join(installed, "node_modules/hydra-sdk/dist/cli.js");
const tsx = pathToFileURL(join(root, "node_modules/tsx/dist/loader.mjs")).href;

test("hydra-sdk examples copies what runs from the tarball, without changing the project", async () => {
  const { stdout } = await run(process.execPath, [command, "examples"], { cwd: installed });
  onTestFinished(() => rm(join(installed, "examples"), { recursive: true }));
  expect(stdout).toContain("cd examples\n");
  const project = JSON.parse(await readFile(join(installed, "examples/package.json"), "utf8"));
  // It finds the package in the folder above.
  expect(project.dependencies).not.toHaveProperty("hydra-sdk");
  const quickstart = await run(process.execPath, ["--import", tsx, "quickstart.ts"], {
    cwd: join(installed, "examples"),
  });
  expect(quickstart.stdout).toContain("• created Nightly report");
});

test.each([
  ["provider/provider.ts", /^login and consent: +(\S+)$/m],
  ["tokens/web-server.ts", /^Open (\S+)\/login and log in as alice@example\.com/m],
])("examples/%s says where it listens, and serves there", async (file, where) => {
  const child = spawn(process.execPath, ["--import", tsx, `examples/${file}`], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  onTestFinished(() => void child.kill("SIGKILL"));
  let output = "";
  for await (const text of child.stdout.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
    output += text;
    if (output.includes("Ctrl+C")) break;
  }
  const [, origin] = where.exec(output) ?? expect.fail(output);
  const { status } = await fetch(`${origin}/login`, { redirect: "manual" });
  expect([303, 400]).toContain(status);
  child.kill("SIGTERM");
  await exited;
});

test("hydra-sdk migrate of the tarball changes a CommonJS script, which does the same as before", async () => {
  const folder = join(root, "test/.migrate-packed");
  const script = join(folder, "legacy.cjs");
  await mkdir(folder, { recursive: true });
  onTestFinished(() => rm(folder, { recursive: true }));
  await cp(join(root, "test/fixtures/migrate/before/hydra-client/legacy.cjs"), script);
  const { adminUrl, close } = await listen();
  onTestFinished(close);
  const code = `require(${JSON.stringify(script)}).run({ adminUrl: "${adminUrl}" }).then((it) => console.log(JSON.stringify(it)))`;
  const before = await run(process.execPath, ["-e", code], { cwd: root });
  await run(process.execPath, [command, "migrate", folder]);
  expect(await readFile(script, "utf8")).toContain("require('hydra-sdk')");
  const after = await run(process.execPath, ["-e", code], { cwd: root });
  expect(before.stdout).toBe('["Shop",404]\n');
  expect(after.stdout).toBe(before.stdout);
});
