import { readFile, writeFile } from "node:fs/promises";
import type ts from "typescript";
import { InvalidInputError } from "../../index.ts";
import {
  migrateAxiosMock,
  migrateAxiosResponse,
  migrateFakeResponse,
  migrateGlobal,
  migrateMethodMock,
  migrateResponseRead,
} from "./axios.ts";
import { migrateCall, migrateRawPattern, migrateRawResponse } from "./calls.ts";
import { migrateCancel } from "./cancel.ts";
import { migrateConfiguration, migrateConstruction } from "./configuration.ts";
import { migrateDatePattern, migrateDateRead, migrateDateWrite } from "./dates.ts";
import { migrateErrorResponse, migrateInstanceOf } from "./errors.ts";
import type { MigratedFile } from "./file.ts";
import { migrateImports } from "./imports.ts";
import { migrateInstances } from "./instance.ts";
import { originOfSpecifier } from "./names.ts";
import { commentsIn, type Place, Rewrite } from "./rewrite.ts";
import { concerned, loadTypeScript, programsOf, readSources, sourceFiles, type TypeScript } from "./typescript.ts";

/** A file that was rewritten, or has a place that needs a person. */
export interface Migrated {
  path: string;
  before: string;
  after: string;
  /** Where a person must decide; comments of earlier runs are among them. */
  places: Remark[];
  /** What works differently. */
  notes: Remark[];
}

interface Remark {
  line: number;
  why: string;
}

/** Rewrites the sources at `path` for this package. Nothing is written. */
export async function migrate(path: string): Promise<Migrated[]> {
  const sources = await readSources(await sourceFiles(path));
  const migrated = new Map(migrateAll(path, concerned(sources)).map((file) => [file.path, file]));
  return [...sources]
    .map(([path, text]) => migrated.get(path) ?? { path, before: text, after: text, places: [], notes: [] })
    .map(withComments)
    .filter(isChanged);
}

function migrateAll(path: string, found: readonly string[]): Migrated[] {
  if (found.length === 0) return [];
  const ts = loadTypeScript(path);
  return programsOf(ts, found).flatMap(({ program, files }) => {
    const checker = program.getTypeChecker();
    return files.map((path) => migrateFile(ts, program, checker, path));
  });
}

/** Adds the comments of earlier runs, whose places this one may no longer recognize. */
function withComments(file: Migrated): Migrated {
  const left = commentsIn(file.after).filter(({ why }) => !file.places.some((place) => place.why === why));
  return { ...file, places: [...file.places, ...left].sort((a, b) => a.line - b.line) };
}

const isChanged = ({ before, after, places }: Migrated): boolean => before !== after || places.length > 0;

function migrateFile(ts: TypeScript, program: ts.Program, checker: ts.TypeChecker, path: string): Migrated {
  const source = program.getSourceFile(path)!;
  assertResolved(ts, program, source);
  const rewrite = new Rewrite(ts, source);
  const file: MigratedFile = { ts, checker, source, rewrite };
  const visit = (node: ts.Node): void => {
    migrateNode(file, node);
    ts.forEachChild(node, visit);
  };
  migrateInstances(file);
  visit(source);
  migrateImports(file);
  const { text, lineOf } = rewrite.result();
  const remark = ({ position, why }: Place): Remark => ({ line: lineOf(position), why });
  return {
    path,
    before: source.text,
    after: text,
    places: rewrite.places.map(remark),
    notes: rewrite.notes.map(remark),
  };
}

function migrateNode(file: MigratedFile, node: ts.Node): void {
  const { ts } = file;
  if (ts.isPropertyAccessExpression(node)) {
    migrateCall(file, node);
    migrateRawResponse(file, node);
    migrateErrorResponse(file, node);
    migrateResponseRead(file, node);
    migrateGlobal(file, node);
    migrateDateRead(file, node);
  } else if (ts.isObjectLiteralExpression(node)) {
    migrateConfiguration(file, node);
    migrateDateWrite(file, node);
    migrateFakeResponse(file, node);
  } else if (ts.isObjectBindingPattern(node)) {
    migrateRawPattern(file, node);
    migrateDatePattern(file, node);
  } else if (ts.isBinaryExpression(node)) {
    migrateInstanceOf(file, node);
  } else if (ts.isTypeReferenceNode(node)) {
    migrateAxiosResponse(file, node);
  } else if (ts.isNewExpression(node)) {
    migrateConstruction(file, node);
    migrateAxiosMock(file, node);
  } else if (ts.isCallExpression(node)) {
    migrateMethodMock(file, node);
    migrateCancel(file, node);
    migrateAxiosMock(file, node);
  }
}

/** What is done follows from the types of the package, so that it has to be installed still. */
function assertResolved(ts: TypeScript, program: ts.Program, source: ts.SourceFile): void {
  const names = ts.preProcessFile(source.text, true, true).importedFiles.map(({ fileName }) => fileName);
  for (const name of names.filter(originOfSpecifier)) {
    const { resolvedModule } = ts.resolveModuleName(name, source.fileName, program.getCompilerOptions(), ts.sys);
    if (resolvedModule) continue;
    throw new InvalidInputError(
      "PATH",
      `PATH: ${source.fileName} imports ${name}, which is not installed: run \`npm install\` first, for its types say what to change, and remove it afterwards`,
    );
  }
}

/** Writes what {@link migrate} has found, unless a file has changed meanwhile. */
export async function write({ path, before, after }: Migrated): Promise<void> {
  if ((await readFile(path, "utf8")).replace(/^\uFEFF/, "") !== before)
    throw new InvalidInputError("PATH", `PATH: ${path} has changed meanwhile: repeat the command`);
  await writeFile(path, after);
}
