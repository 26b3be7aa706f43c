import { readdir, readFile, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import type ts from "typescript";
import { InvalidInputError } from "../../index.ts";

export type TypeScript = typeof ts;

/** The compiler of the project in which `path` is: its version knows the syntax that the project uses. */
export function loadTypeScript(path: string): TypeScript {
  let api: Partial<TypeScript>;
  try {
    api = createRequire(join(resolve(path), "_.js"))("typescript");
  } catch (cause) {
    if ((cause as { code?: string }).code !== "MODULE_NOT_FOUND") throw cause;
    const message = `PATH: migrate uses the TypeScript compiler of your project, and there is none at ${path}: run \`npm install -D typescript@5\`, for a JavaScript project as well`;
    throw new InvalidInputError("PATH", message);
  }
  if (typeof api.createProgram === "function") return api as TypeScript;
  throw new InvalidInputError(
    "PATH",
    `PATH: TypeScript ${api.version} of your project has no compiler API: run \`npm install -D typescript@5\``,
  );
}

const EXTENSION = /\.[cm]?[jt]sx?$/;
const DECLARATIONS = /\.d\.[cm]?ts$/;

/** The source files at `path`: itself, or all in it that were written by hand. */
export async function sourceFiles(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new InvalidInputError("PATH", `PATH: there is no ${path}`);
  if (found.isFile()) return [resolve(path)];
  const entries = await readdir(path, { withFileTypes: true });
  const isSkipped = (name: string) => name.startsWith(".") || ["node_modules", "dist"].includes(name);
  const files = entries.map((entry) => {
    const inside = join(path, entry.name);
    if (entry.isDirectory()) return isSkipped(entry.name) ? [] : sourceFiles(inside);
    return EXTENSION.test(entry.name) && !DECLARATIONS.test(entry.name) ? [resolve(inside)] : [];
  });
  return (await Promise.all(files)).flat().sort();
}

/** The texts of files. */
export const readSources = async (files: readonly string[]): Promise<Map<string, string>> =>
  new Map(await Promise.all(files.map(async (file) => [file, await readFile(file, "utf8")] as const)));

/** The files that name a package of Ory, or catch errors of axios. */
export function concerned(sources: ReadonlyMap<string, string>): string[] {
  const texts = [...sources];
  if (!texts.some(([, text]) => text.includes("@ory/"))) return [];
  return texts.flatMap(([file, text]) => (/@ory\/|\bAxiosError\b/.test(text) ? [file] : []));
}

/** Programs with the settings of the project: one for each tsconfig.json, with the files below it. */
export function programsOf(ts: TypeScript, files: readonly string[]): { program: ts.Program; files: string[] }[] {
  const groups = new Map<string | undefined, string[]>();
  for (const file of files) {
    const config = ts.findConfigFile(dirname(file), ts.sys.fileExists);
    groups.set(config, [...(groups.get(config) ?? []), file]);
  }
  return [...groups].map(([config, files]) => {
    const options: ts.CompilerOptions = {
      ...(config
        ? settings(ts, config)
        : { strict: true, module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2022 }),
      allowJs: true,
      skipLibCheck: true,
      noEmit: true,
    };
    return { program: ts.createProgram(files, options), files };
  });
}

function settings(ts: TypeScript, file: string): ts.CompilerOptions {
  const { config } = ts.readConfigFile(file, ts.sys.readFile);
  // Only the settings: the files are given.
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [], include: [] }, ts.sys, dirname(file));
  const { composite, incremental, tsBuildInfoFile, ...rest } = options;
  return rest;
}
