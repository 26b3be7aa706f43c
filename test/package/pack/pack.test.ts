import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { copyFile, readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { publint } from "publint";
import { expect, inject, test } from "vitest";
import { STOPPED } from "../../support/stopped.ts";

const run = promisify(execFile);
const installed = inject("installed");
const tarball = inject("tarball");
const packageFolder = join(installed, "node_modules/hydra-sdk");

/** Returns the paths of the files in `folder`, relative to it. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .sort();
}

/** The parts of the command line have names with a hash of their content. */
const withoutHash = (names: string): string => names.replace(/-[A-Z\d]{8}\.js/g, "-HASH.js");

test("the tarball contains these files and no others", async () => {
  const names = await filesIn(packageFolder);
  // It contains all examples.
  const examples = await filesIn(fileURLToPath(new URL("../../../examples", import.meta.url)));
  expect(names.filter((name) => name.startsWith("examples/"))).toEqual(examples.map((name) => `examples/${name}`));
  expect(names.filter((name) => !name.startsWith("examples/")).map(withoutHash)).toEqual([
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "README.md",
    "SECURITY.md",
    "dist/THIRD-PARTY-LICENSES.txt",
    "dist/browser.js",
    "dist/chunk-HASH.js",
    "dist/chunk-HASH.js",
    "dist/cli.js",
    "dist/clients.schema.json",
    "dist/console/callback.html",
    "dist/console/callback.js",
    "dist/console/index.html",
    "dist/console/page.css",
    "dist/console/page.js",
    "dist/example-server-HASH.js",
    "dist/fast-json-patch.cjs",
    "dist/index.cjs",
    "dist/index.d.cts",
    "dist/index.d.ts",
    "dist/index.js",
    "dist/index.js.map",
    "dist/jose.cjs",
    "dist/migrate-HASH.js",
    "dist/mock-node.cjs",
    "dist/mock-node.d.cts",
    "dist/mock-node.d.ts",
    "dist/mock-node.js",
    "dist/mock-node.js.map",
    "dist/mock.cjs",
    "dist/mock.d.cts",
    "dist/mock.d.ts",
    "dist/mock.js",
    "dist/mock.js.map",
    "dist/process-io-HASH.js",
    "dist/program-HASH.js",
    "dist/proxy-HASH.js",
    "dist/server-HASH.js",
    "dist/yaml-HASH.js",
    "docs/cli.md",
    "docs/clients-as-code.md",
    "docs/comparison.md",
    "docs/console.md",
    "docs/dynamic-registration.md",
    "docs/guides/clients.md",
    "docs/guides/keys-and-sessions.md",
    "docs/guides/production.md",
    "docs/guides/protect-an-api.md",
    "docs/guides/registration.md",
    "docs/guides/sign-in.md",
    "docs/guides/testing.md",
    "docs/guides/tokens.md",
    "docs/mcp.md",
    "docs/migration.md",
    "docs/mock.md",
    "docs/network.md",
    "docs/operations.md",
    "docs/recipes.md",
    "docs/start.md",
    "docs/tasks.md",
    "docs/troubleshooting.md",
    "docs/versions.md",
    "package.json",
  ]);
});

test.each(["smoke.mjs", "smoke.cjs"])("the installed package works in %s", async (script) => {
  await copyFile(new URL(script, import.meta.url), join(installed, script));
  const { stdout, stderr } = await run(process.execPath, [script], { cwd: installed });
  expect({ stdout, stderr }).toEqual({ stdout: "works\n", stderr: "" });
});

test("the documents in the tarball link to no document or example outside of it", async () => {
  const documents = (await filesIn(packageFolder)).filter((name) => name.endsWith(".md"));
  const missing: string[] = [];
  for (const document of documents) {
    const text = await readFile(join(packageFolder, document), "utf8");
    for (const [, path] of text.matchAll(/\]\(([^)#:\s]+)[^)\s]*\)/g)) {
      const target = join(dirname(document), path!).replaceAll("\\", "/");
      if (/^(README|docs\/.*|examples\/.*)\.(md|ts|yaml|yml)$/.test(target) && !existsSync(join(packageFolder, target)))
        missing.push(`${document}: ${target}`);
    }
  }
  expect(missing).toEqual([]);
});

test("hydra-sdk mock serves at the URLs that it prints, until it is stopped", async () => {
  // On Windows the command is a batch file, which spawn cannot run.
  const [program, ...script] =
    process.platform === "win32"
      ? [process.execPath, join(packageFolder, "dist/cli.js")]
      : [join(installed, "node_modules/.bin/hydra-sdk")];
  const args = [...script, "mock", "--public-port", "0", "--admin-port", "0"];
  const child = spawn(program!, args, { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  let output = "";
  for await (const text of child.stdout.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
    output += text;
    if (output.includes("Stop:")) break;
  }
  const [publicUrl, adminUrl] = output.match(/http:\/\/127\.0\.0\.1:\d+/g)!;
  try {
    expect(await (await fetch(`${adminUrl}/health/alive`)).json()).toEqual({ status: "ok" });
    expect((await fetch(`${publicUrl}/.well-known/openid-configuration`)).status).toBe(200);
  } finally {
    child.kill("SIGTERM");
  }
  const [code] = await exited;
  expect(code).toBe(STOPPED);
});

test("browser.js is a single file without imports", async () => {
  const source = await readFile(join(packageFolder, "dist/browser.js"), "utf8");
  expect(source).not.toMatch(/\bimport\b|\brequire\s*\(/);
});

test("a CommonJS file requires only our other files and Node, and contains no import()", async () => {
  const names = (await readdir(join(packageFolder, "dist"))).filter((name) => name.endsWith(".cjs"));
  for (const name of names) {
    const source = await readFile(join(packageFolder, "dist", name), "utf8");
    const required = Array.from(source.matchAll(/\brequire\("([^"]+)"\)/g), ([, path]) => path!);
    const external = required.filter((path) => !path.startsWith("node:") && !names.includes(path.replace("./", "")));
    expect.soft({ name, external }).toEqual({ name, external: [] });
    expect.soft(source, name).not.toMatch(/\bimport\s*\(/);
  }
});

test("require() loads neither jose nor fast-json-patch before they are used", async () => {
  const script = `
    const { generateKey } = require("hydra-sdk");
    const loaded = () => Object.keys(require.cache).map((path) => require("node:path").basename(path));
    const before = loaded();
    generateKey("ES256").then(() => console.log(JSON.stringify([before, loaded()])));
  `;
  const { stdout } = await run(process.execPath, ["-e", script], { cwd: installed });
  expect(JSON.parse(stdout)).toEqual([["index.cjs"], ["index.cjs", "jose.cjs"]]);
});

test("the licenses of all third-party code are included, with the files that contain it", async () => {
  const text = await readFile(join(packageFolder, "dist/THIRD-PARTY-LICENSES.txt"), "utf8");
  const holders = Array.from(text.matchAll(/^(\S+) \S+ is part of (.+):$/gm), ([, name, files]) => [
    name,
    withoutHash(files!),
  ]);
  expect(Object.fromEntries(holders)).toEqual({
    "agent-base": "proxy-HASH.js",
    commander: "program-HASH.js",
    debug: "proxy-HASH.js",
    "fast-json-patch": "browser.js, fast-json-patch.cjs",
    "has-flag": "proxy-HASH.js",
    hono: "mock.cjs, mock.js",
    "https-proxy-agent": "proxy-HASH.js",
    jose: "browser.js, jose.cjs",
    ms: "proxy-HASH.js",
    "openapi-fetch": "browser.js, console/page.js, index.cjs, index.js",
    preact: "console/page.js",
    "proxy-from-env": "proxy-HASH.js",
    "supports-color": "proxy-HASH.js",
    yaml: "yaml-HASH.js",
  });
  expect(text.match(/Permission (is hereby granted, free of charge|to use, copy, modify)/g)).toHaveLength(
    holders.length,
  );
});

test("types import neither a dependency's nor Node's types", async () => {
  const names = (await readdir(join(packageFolder, "dist"))).filter((name) => /\.d\.c?ts$/.test(name));
  for (const name of names) {
    const source = await readFile(join(packageFolder, "dist", name), "utf8");
    // Examples in doc comments may import anything.
    const text = source.replace(/\/\*\*[\s\S]*?\*\//g, "");
    const imported = Array.from(text.matchAll(/(?:\bfrom |\bimport\(?\s*)["']([^"']+)["']/g), ([, from]) => from);
    expect.soft({ name, imported: imported.filter((from) => !from!.startsWith("./")) }).toEqual({ name, imported: [] });
    expect.soft(text, name).not.toMatch(/\/\/\/ <reference|\bNodeJS\b|\bBuffer\b/);
  }
});

test("publint reports nothing", async () => {
  const packed = await readFile(tarball);
  const { messages } = await publint({ pack: { tarball: new Uint8Array(packed).buffer }, strict: true });
  expect(messages).toEqual([]);
});

test("are-the-types-wrong reports no problem for any module system and resolution", async () => {
  const cli = createRequire(import.meta.url).resolve("@arethetypeswrong/cli/package.json");
  const { bin } = JSON.parse(await readFile(cli, "utf8"));
  // The schema is for editors. The resolution of node10 reads no exports of package.json, and has it at its path in dist/.
  const options = ["--profile", "strict", "--exclude-entrypoints", "clients.schema.json"];
  await run(process.execPath, [join(dirname(cli), bin.attw), tarball, ...options]);
});
