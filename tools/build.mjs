// Builds dist/: each entry as an ES module, as CommonJS and as types. With --js, the JavaScript alone.
import { chmod, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { rollup } from "rollup";
import { dts } from "rollup-plugin-dts";
import { clientsSchema } from "./clients-schema.mjs";
import { toCommonJs } from "./commonjs.mjs";
import { bundlePage } from "./console-page.mjs";
import { linesOnly } from "./source-map.mjs";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const packageJson = JSON.parse(await readFile("package.json", "utf8"));
const dependencies = Object.keys(packageJson.dependencies);

/** What can be imported and required: NAME.js and NAME.cjs, with one source map, and NAME.d.ts and NAME.d.cts. */
const libraries = {
  index: "src/index.ts",
  mock: "src/mock/index.ts",
  "mock-node": "src/mock/node.ts",
};
/** What is run: NAME.js, an ES module that is executable, and the parts NAME-HASH.js that it loads when it needs them. */
const programs = {
  cli: "src/cli/main.ts",
};
/** What a page loads without a bundler: NAME.js, minified, with the dependencies in it. */
const singleFiles = {
  browser: "src/index.ts",
};

const written = new Set();
/** The packages whose code was copied, each with the files that it is in. */
const copied = new Map();

/** The path of a file of ours, from the root. */
const sourcePath = (folder, path) => relative(".", join(folder, path)).replaceAll("\\", "/");

async function write(file, text) {
  await mkdir(dirname(join("dist", file)), { recursive: true });
  await writeFile(join("dist", file), text);
  written.add(file);
}

function noteCopy(name, file) {
  copied.set(name, (copied.get(name) ?? new Set()).add(file));
}

/** An entry that imports another entry imports its file, so that no code is bundled twice. */
const entriesApart = {
  name: "entries-apart",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir, kind }) => {
      if (kind === "entry-point") return undefined;
      const source = sourcePath(resolveDir, path);
      const entry = Object.keys(libraries).find((name) => libraries[name] === source);
      return entry && { path: `./${entry}.js`, external: true };
    });
  },
};

/** Empties the lines of doc comments: they are in the types, and would be in every file and every source map again. */
const withoutDocComments = {
  name: "without-doc-comments",
  setup({ onLoad }) {
    onLoad({ filter: /\.(ts|m?js)$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      return {
        contents: source.replace(/^[ \t]*\/\*\*[\s\S]*?\*\//gm, (comment) => comment.replace(/./g, "")),
        loader: path.endsWith(".ts") ? "ts" : "js",
      };
    });
  },
};

/** Bundles with `options` of esbuild and gives the text of each file by its name. */
async function bundle(options) {
  const { outputFiles, metafile } = await build({
    bundle: true,
    format: "esm",
    target: "es2022",
    write: false,
    metafile: true,
    legalComments: "none",
    define: { HYDRA_SDK_VERSION: JSON.stringify(packageJson.version) },
    ...options,
  });
  noteCopies(metafile);
  return Object.fromEntries(outputFiles.map(({ path, text }) => [sourcePath("", relative("dist", path)), text]));
}

/** Notes the packages of which a file of `metafile` has code. */
function noteCopies({ outputs }) {
  for (const [path, { inputs }] of Object.entries(outputs)) {
    for (const input of Object.keys(inputs)) {
      const name = /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1];
      if (name) noteCopy(name, sourcePath("", relative("dist", path)));
    }
  }
}

/** Writes what the server of the console serves to console/. */
async function consolePage() {
  const { files, metafile } = await bundlePage();
  noteCopies(metafile);
  for (const [name, text] of Object.entries(files)) await write(`console/${name}`, text);
}

/** Gives an ES module the `require` of CommonJS. */
const REQUIRE = `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);`;

async function javascript() {
  const [modules, pages, commands] = await Promise.all([
    bundle({
      entryPoints: libraries,
      outdir: "dist",
      external: dependencies,
      platform: "node",
      sourcemap: true,
      plugins: [entriesApart, withoutDocComments],
    }),
    bundle({ entryPoints: singleFiles, outdir: "dist", platform: "browser", minify: true }),
    bundle({
      entryPoints: programs,
      outdir: "dist",
      chunkNames: "[name]-[hash]",
      external: dependencies,
      platform: "node",
      splitting: true,
      minify: true,
      // Packages that are CommonJS require what Node has.
      banner: { js: REQUIRE },
      plugins: [entriesApart],
    }),
  ]);
  const isOurs = (source) => source.startsWith("../src/");
  for (const [file, text] of Object.entries({ ...modules, ...pages, ...commands })) {
    await write(file, file.endsWith(".map") ? JSON.stringify(linesOnly(JSON.parse(text), isOurs)) : text);
  }
  for (const name in programs) await chmod(join("dist", `${name}.js`), 0o755);
  await consolePage();
  await commonJs(modules);
  await licences();
}

/** Writes the libraries as CommonJS, and the parts of the dependencies that they use, each in a file of its own. */
async function commonJs(modules) {
  const pathOf = (path) => {
    if (dependencies.includes(path)) return `./${path}.cjs`;
    return path.startsWith("./") ? path.replace(/\.js$/, ".cjs") : path;
  };
  for (const name in libraries) {
    await write(`${name}.cjs`, toCommonJs(modules[`${name}.js`], pathOf));
    for (const files of copied.values()) if (files.has(`${name}.js`)) files.add(`${name}.cjs`);
  }
  const code = Object.keys(libraries).map((name) => modules[`${name}.js`]);
  await Promise.all(dependencies.map((name) => commonJsDependency(name, code.join("\n"))));
}

/** Bundles what `code` mentions of the package `name`: jose is an ES module, which Jest and older loaders cannot require. */
async function commonJsDependency(name, code) {
  const exported = Object.keys(await import(name));
  const used = exported.filter((each) => new RegExp(`\\b${each}\\b`).test(code));
  const file = `${name}.cjs`;
  const files = await bundle({
    stdin: { contents: `export { ${used.join(", ")} } from "${name}";`, resolveDir: "." },
    outfile: `dist/${file}`,
    format: "cjs",
    platform: "node",
    minify: true,
  });
  await write(file, files[file]);
}

/** Writes the licences of the packages whose code was copied into our files, as each of them asks. */
async function licences() {
  const parts = [];
  for (const [name, files] of [...copied].sort()) {
    const folder = join("node_modules", name);
    const { version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const licence = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    if (!licence) throw new Error(`${name} has no licence file`);
    const text = (await readFile(join(folder, licence), "utf8")).trim();
    parts.push(`${name} ${version} is part of ${[...files].sort().join(", ")}:\n\n${text}\n`);
  }
  await write("THIRD-PARTY-LICENSES.txt", parts.join(`\n${"-".repeat(80)}\n\n`));
}

/** The types of a library in a folder of its own import those of other libraries, so that no type is bundled twice. */
const typesApart = (folder) => ({
  name: "types-apart",
  resolveId(source, importer) {
    if (!importer || folder === "src") return null;
    const module = sourcePath(dirname(importer), source);
    const library = Object.keys(libraries).find((name) => libraries[name] === module);
    const apart = library ?? (module.startsWith(`${folder}/`) ? undefined : "index");
    return apart ? { id: `./${apart}.cjs`, external: "absolute" } : null;
  },
});

/** Removes the marks of private members, which a consumer with `"target": "es5"` cannot compile. */
const withoutPrivateNames = {
  name: "without-private-names",
  renderChunk: (code) => code.replace(/^ *#private;\n/gm, ""),
};

/** Removes the members by which copies of the package recognize each other's objects: an editor would propose them. */
const withoutMarks = {
  name: "without-marks",
  renderChunk: (code) => code.replace(/ *\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n *get "hydra-sdk"\(\): [^\n]*\n/g, ""),
};

/**
 * Names what is thrown as a type, `@throws {NAME}`: TypeDoc links `@throws {@link NAME}`, but TypeScript ends the tag at the
 * second `@`, so that an editor would show two halves of it.
 */
const withThrownTypes = {
  name: "with-thrown-types",
  renderChunk: (code) => code.replaceAll(/@throws \{@link (\w+)\}/g, "@throws {$1}"),
};

/**
 * Writes the types to NAME.d.cts; NAME.d.ts exports them again. Each is declared once, so that what one build makes has the
 * type that the other takes.
 */
async function types() {
  for (const folder of new Set(Object.values(libraries).map(dirname))) {
    const input = Object.fromEntries(Object.entries(libraries).filter(([, source]) => dirname(source) === folder));
    const result = await rollup({
      input,
      plugins: [
        typesApart(folder),
        dts({ tsconfig: "tsconfig.json", compilerOptions: { isolatedDeclarations: false } }),
        withoutPrivateNames,
        withoutMarks,
        withThrownTypes,
      ],
      onwarn: ({ message }) => {
        throw new Error(message);
      },
    });
    const { output } = await result.write({
      dir: "dist",
      entryFileNames: "[name].d.cts",
      hoistTransitiveImports: false,
    });
    for (const { fileName } of output) written.add(fileName);
    for (const name in input) await write(`${name}.d.ts`, `export * from "./${name}.cjs";\n`);
  }
}

/** Writes the JSON Schema of clients.yaml. */
async function schema() {
  const { outputFiles } = await build({ entryPoints: ["src/client-schema.ts"], format: "esm", write: false });
  const { clientSchema } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
  await write("clients.schema.json", `${JSON.stringify(clientsSchema(clientSchema), null, 2)}\n`);
}

const javascriptOnly = process.argv.includes("--js");
await mkdir("dist", { recursive: true });
try {
  await Promise.all([javascript(), schema(), javascriptOnly || types()]);
  for (const entry of await readdir("dist", { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    const file = sourcePath("", relative("dist", join(entry.parentPath, entry.name)));
    const kept = written.has(file) || (javascriptOnly && /\.d\.c?ts$/.test(file));
    if (!kept) await rm(join("dist", file));
  }
} catch (error) {
  // esbuild and TypeScript have printed what is wrong, with the line.
  console.error(`The build failed: ${error.message}`);
  process.exitCode = 1;
}
