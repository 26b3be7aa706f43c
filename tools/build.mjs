// Builds dist/: one JavaScript file and one declaration file for each entry. With --js, only the JavaScript.
import { chmod, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { rollup } from "rollup";
import { dts } from "rollup-plugin-dts";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const { dependencies } = JSON.parse(await readFile("package.json", "utf8"));
const written = new Set();

const entries = {
  index: "src/index.ts",
  mock: "src/mock/index.ts",
  "mock-node": "src/mock/node.ts",
  cli: "src/mock/cli.ts",
};

/** An entry imports the files of other entries instead of bundling them, so that no code is duplicated. */
const entriesApart = {
  name: "entries-apart",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir, kind }) => {
      if (kind === "entry-point") return undefined;
      const source = relative(".", join(resolveDir, path));
      const entry = Object.keys(entries).find((name) => entries[name] === source);
      return entry && { path: `./${entry}.js`, external: true };
    });
  },
};

/** Bundles `entryPoints` and returns, for each file, the names of the packages that it contains. */
async function bundle(entryPoints, options) {
  const { metafile } = await build({
    entryPoints,
    bundle: true,
    format: "esm",
    target: "es2022",
    outdir: "dist",
    metafile: true,
    legalComments: "none",
    ...options,
  });
  return Object.entries(metafile.outputs).map(([path, { inputs }]) => {
    const file = basename(path);
    written.add(file);
    const packages = Object.keys(inputs).map((input) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1]);
    return [file, [...new Set(packages)].filter(Boolean).sort()];
  });
}

async function javascript() {
  const bundled = await Promise.all([
    bundle(entries, { external: Object.keys(dependencies), platform: "node", plugins: [entriesApart] }),
    bundle({ browser: entries.index }, { platform: "browser", minify: true }),
  ]);
  await chmod("dist/cli.js", 0o755);
  await licences(bundled.flat());
}

/** Writes the licences of the bundled packages, as these licences require. */
async function licences(bundled) {
  const parts = [];
  for (const [file, packages] of bundled) {
    for (const name of packages) {
      const folder = join("node_modules", name);
      const { version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
      const licence = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
      if (!licence) throw new Error(`${name} has no licence file`);
      parts.push(`${file} contains ${name} ${version}:\n\n${(await readFile(join(folder, licence), "utf8")).trim()}\n`);
    }
  }
  await writeFile("dist/THIRD-PARTY-LICENSES.txt", parts.join(`\n${"-".repeat(80)}\n\n`));
  written.add("THIRD-PARTY-LICENSES.txt");
}

/** Declarations of an entry import those of other entries from their files, so that no type is duplicated. */
const typesApart = {
  name: "types-apart",
  resolveId(source, importer) {
    if (!importer?.includes("/src/mock/")) return null;
    const module = relative(".", join(dirname(importer), source));
    if (!module.startsWith("src/mock/")) return { id: "./index.js", external: "absolute" };
    return module === entries.mock ? { id: "./mock.js", external: "absolute" } : null;
  },
};

async function types() {
  const { index, mock, "mock-node": mockNode } = entries;
  for (const input of [{ index }, { mock, "mock-node": mockNode }]) {
    const result = await rollup({
      input,
      plugins: [typesApart, dts({ tsconfig: "tsconfig.json", compilerOptions: { isolatedDeclarations: false } })],
      onwarn: ({ message }) => {
        throw new Error(message);
      },
    });
    const { output } = await result.write({
      dir: "dist",
      entryFileNames: "[name].d.ts",
      hoistTransitiveImports: false,
    });
    for (const { fileName } of output) written.add(fileName);
  }
}

const javascriptOnly = process.argv.includes("--js");
await mkdir("dist", { recursive: true });
try {
  await Promise.all([javascript(), javascriptOnly || types()]);
  for (const file of await readdir("dist")) {
    const kept = written.has(file) || (javascriptOnly && file.endsWith(".d.ts"));
    if (!kept) await rm(join("dist", file), { recursive: true });
  }
} catch (error) {
  // esbuild and TypeScript have already printed the problem and its line.
  console.error(`The build failed: ${error.message}`);
  process.exitCode = 1;
}
