import { execFile } from "node:child_process";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import ts from "typescript";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { installOnce } from "../../../../tools/install.mjs";

/** Jest 30 and the transformers that turn imports into require(), in one installation. */
const packages = [
  "jest@30.5.2",
  "ts-jest@29.4.15",
  "typescript@5.9.3",
  "@babel/core@7.29.0",
  "@babel/preset-env@7.29.0",
  "@swc/jest@0.2.39",
  "@swc/core@1.16.22",
];

const typescript = { module: "commonjs", target: "es2022", lib: ["ES2022", "DOM"], strict: true, skipLibCheck: true };
const forms = [
  { name: "ts-jest", file: "client.test.ts", transform: { "\\.ts$": ["ts-jest", { tsconfig: typescript }] } },
  {
    name: "babel-jest",
    file: "client.test.js",
    transform: { "\\.js$": ["babel-jest", { presets: [["@babel/preset-env", { targets: { node: "current" } }]] }] },
  },
  { name: "@swc/jest", file: "client.test.ts", transform: { "\\.ts$": "@swc/jest" } },
  { name: "plain CommonJS", file: "client.test.js", transform: {}, compiled: true },
];

const folder = join(inject("installed"), "jest");
let source: string;

beforeAll(async () => {
  source = await readFile(new URL("client.js", import.meta.url), "utf8");
  await mkdir(folder);
  await symlink(join(await installOnce(packages), "node_modules"), join(folder, "node_modules"), "junction");
});

describe.concurrent("an application that tests with Jest", () => {
  test.for(forms)("passes with $name", async ({ name, file, transform, compiled }) => {
    const project = join(folder, name.replace(/\W/g, "-"));
    await mkdir(project);
    await writeFile(join(project, file), compiled ? commonJs(source) : source);
    if (compiled) await writeFile(join(project, "recipe.test.js"), await recipe());
    await writeFile(
      join(project, "package.json"),
      JSON.stringify({ jest: { transform, cacheDirectory: "<rootDir>/cache" } }),
    );
    const jest = join(folder, "node_modules/jest/bin/jest.js");
    const { stdout } = await promisify(execFile)(process.execPath, [jest, "--json", "--watchman=false"], {
      cwd: project,
    });
    const { numPassedTests, numTotalTests } = JSON.parse(stdout);
    const expected = compiled ? 4 : 3;
    expect({ numPassedTests, numTotalTests }).toEqual({ numPassedTests: expected, numTotalTests: expected });
  });
});

function commonJs(source: string): string {
  return ts.transpile(source, { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 });
}

/** Returns the test that docs/recipes.md shows. */
async function recipe(): Promise<string> {
  const page = await readFile(new URL("../../../../docs/recipes.md", import.meta.url), "utf8");
  return /## Jest[\s\S]*?^```js\n([\s\S]*?)^```$/m.exec(page)![1]!;
}
