// Builds dist/: one JavaScript file and one file of types an entry. With --js, the JavaScript alone.
import { chmod, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { rollup } from "rollup";
import { dts } from "rollup-plugin-dts";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const { dependencies } = JSON.parse(await readFile("package.json", "utf8"));
const written = new Set();

const common = {
  bundle: true,
  format: "esm",
  target: "es2022",
  outdir: "dist",
  metafile: true,
  logLevel: "warning",
  legalComments: "none",
};

/** `entries` bundled, with what they share in one file named `shared`. Gives the packages that went in. */
async function bundle(entries, options) {
  const { metafile } = await build({ ...common, ...options, entryPoints: entries });
  for (const file of Object.keys(metafile.outputs)) written.add(file.slice("dist/".length));
  const inputs = Object.keys(metafile.inputs).join("\n");
  return [...new Set(Array.from(inputs.matchAll(/node_modules\/((?:@[^/\n]+\/)?[^/\n]+)\//g), ([, name]) => name))];
}

async function javascript() {
  const external = Object.keys(dependencies);
  await bundle({ index: "src/index.ts" }, { external, platform: "neutral" });
  const mock = await bundle(
    { mock: "src/mock/index.ts", "mock-node": "src/mock/node.ts", cli: "src/mock/cli.ts" },
    { external, platform: "node", splitting: true, chunkNames: "mock-shared" },
  );
  const browser = await bundle({ browser: "src/index.ts" }, { platform: "browser", minify: true });
  await chmod("dist/cli.js", 0o755);
  await licences({ "mock-shared.js": mock, "browser.js": browser });
}

/** The licences of the packages whose code went into our files: each asks for its text to travel along. */
async function licences(bundled) {
  const parts = [];
  for (const [file, packages] of Object.entries(bundled)) {
    for (const name of packages.sort()) {
      const folder = join("node_modules", name);
      const text = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
      const { version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
      if (!text) throw new Error(`${name} has no licence file`);
      parts.push(`${file} contains ${name} ${version}\n\n${(await readFile(join(folder, text), "utf8")).trim()}\n`);
    }
  }
  await writeFile("dist/THIRD-PARTY-LICENSES.txt", parts.join(`\n${"-".repeat(80)}\n\n`));
  written.add("THIRD-PARTY-LICENSES.txt");
}

async function types() {
  const result = await rollup({
    input: { index: "src/index.ts", mock: "src/mock/index.ts", "mock-node": "src/mock/node.ts" },
    plugins: [dts({ tsconfig: "tsconfig.json" })],
    onwarn: (warning) => {
      throw new Error(warning.message);
    },
  });
  const { output } = await result.write({
    dir: "dist",
    entryFileNames: "[name].d.ts",
    chunkFileNames: "[name].d.ts",
    format: "es",
  });
  for (const { fileName } of output) written.add(fileName);
}

await mkdir("dist", { recursive: true });
const javascriptOnly = process.argv.includes("--js");
await Promise.all([javascript(), javascriptOnly || types()]);
for (const file of await readdir("dist")) {
  if (!written.has(file) && !(javascriptOnly && file.endsWith(".d.ts")))
    await rm(join("dist", file), { recursive: true });
}
