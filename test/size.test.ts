import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import ts from "typescript";
import { describe, expect, inject, test } from "vitest";

const installed = inject("installed");

/** What a page pays for these exports: bytes after minifying and gzip, and the files that they come from. */
async function bundle(...names: string[]): Promise<{ bytes: number; files: string }> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: `export { ${names} } from "hydra-sdk";`, resolveDir: installed },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    write: false,
    metafile: true,
  });
  const used = Object.entries(Object.values(metafile.outputs)[0]!.inputs).filter(([, part]) => part.bytesInOutput > 0);
  return {
    bytes: gzipSync(outputFiles[0]!.contents, { level: 9 }).length,
    files: used.map(([file]) => file).join("\n"),
  };
}

describe("a browser bundle, minified and gzipped", () => {
  test.each([
    ["OAuth2Api", 6_000],
    ["OidcApi", 5_000],
  ])("of %s and Configuration is at most %i bytes, without jose, fast-json-patch and the mock", async (api, limit) => {
    const { bytes, files } = await bundle(api, "Configuration");
    expect(bytes).toBeLessThanOrEqual(limit);
    expect(files).toMatch(/hydra-sdk\/dist\/index\.js/);
    expect(files).not.toMatch(/jose|fast-json-patch|mock/);
  });
});

test("tsc reads few definitions, and none of our dependencies'", async () => {
  const entry = join(installed, "size.ts");
  await writeFile(entry, 'export * from "hydra-sdk";');
  const program = ts.createProgram([entry], {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    types: [],
    strict: true,
  });
  expect(program.getSemanticDiagnostics().map((diagnostic) => diagnostic.messageText)).toEqual([]);
  const read = program.getSourceFiles().filter((file) => !program.isSourceFileDefaultLibrary(file));
  const ours = read.filter((file) => file.fileName !== entry);
  expect(ours.map((file) => file.fileName.split("/node_modules/")[1]).sort()).toEqual([
    "hydra-sdk/dist/index.d.ts",
    "hydra-sdk/dist/types.d.ts",
  ]);
  expect(ours.reduce((lines, file) => lines + file.getLineStarts().length, 0)).toBeLessThanOrEqual(8_000);
});

test("a production install is at most 6 packages and 2 MB", async () => {
  const modules = join(installed, "node_modules");
  const lock = JSON.parse(await readFile(join(modules, ".package-lock.json"), "utf8"));
  expect(Object.keys(lock.packages).length).toBeLessThanOrEqual(6);
  const files = (await readdir(modules, { recursive: true })).map((file) => join(modules, file));
  const stats = await Promise.all(files.map((file) => stat(file)));
  const bytes = stats.reduce((sum, entry) => sum + (entry.isFile() ? entry.size : 0), 0);
  expect(bytes).toBeLessThanOrEqual(2_000_000);
});
