// Measures packages in bytes, lines and dependencies, for the benchmark and the tests that enforce limits.
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import ts from "typescript";

/** Returns the size of a browser bundle of `exports`, minified and gzipped, and the files that it contains. */
export async function bundleSize(folder, name, exports) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: `export { ${exports} } from "${name}";`, resolveDir: folder },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    write: false,
    metafile: true,
  });
  const parts = Object.entries(Object.values(metafile.outputs)[0].inputs);
  const files = parts.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([file]) => file);
  return { bytes: gzipSync(outputFiles[0].contents, { level: 9 }).length, files };
}

/** Returns the files and lines that `tsc` reads for an import of the package `name`, except for its own library. */
export async function definitions(folder, name) {
  // TypeScript writes paths with slashes on every system.
  const entry = join(folder, "definitions.ts").replaceAll("\\", "/");
  await writeFile(entry, `export * from "${name}";`);
  const program = ts.createProgram([entry], {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    types: [],
    strict: true,
  });
  const read = program.getSourceFiles().filter((file) => !program.isSourceFileDefaultLibrary(file));
  const theirs = read.filter((file) => file.fileName !== entry);
  return {
    errors: program.getSemanticDiagnostics().map(({ messageText }) => messageText),
    files: theirs.map((file) => file.fileName.split("/node_modules/").at(-1)).sort(),
    lines: theirs.reduce((lines, file) => lines + file.getLineStarts().length, 0),
  };
}

/** Returns the number of packages installed in `folder`, and the total size of their files. */
export async function installSize(folder) {
  const modules = join(folder, "node_modules");
  const { packages } = JSON.parse(await readFile(join(modules, ".package-lock.json"), "utf8"));
  const entries = await readdir(modules, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(file.parentPath, file.name))).size));
  return { packages: Object.keys(packages).length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}
