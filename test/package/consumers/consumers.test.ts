import { execFile } from "node:child_process";
import { copyFile, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { installOnce } from "../../../tools/install.mjs";

/** The oldest supported version, two in between, and the newest, which is the native compiler. */
const versions = ["5.4.5", "5.9.3", "6.0.3", "7.0.2"];
const nodeTypes = "@types/node@20.19.25";

const modules = [
  {
    name: "NodeNext",
    options: () => ({ module: "nodenext" }),
    extensions: ["mts", "cts"],
  },
  {
    // A project without "type": "module". For newer versions, the .cts files of NodeNext cover this.
    name: "Node16",
    versions: ["5.4.5"],
    options: () => ({ module: "node16" }),
    extensions: ["ts"],
  },
  { name: "Bundler", options: () => ({ module: "esnext", moduleResolution: "bundler" }), extensions: ["ts"] },
  {
    name: "CommonJS",
    // TypeScript 6 dropped the resolution that CommonJS used before.
    options: (version: string) => ({ module: "commonjs", moduleResolution: version < "6" ? "node10" : "bundler" }),
    extensions: ["ts"],
  },
  {
    name: "ES5",
    // TypeScript 6 deprecates it.
    versions: ["5.9.3"],
    options: () => ({ module: "commonjs", moduleResolution: "node10", target: "es5" }),
    extensions: ["ts"],
  },
];

/** An ES module that passes its objects to a CommonJS file. */
const bridge = `
import { OAuth2Api } from "hydra-sdk";
import { configuration, manage } from "./main.cjs";
export const client = manage(new OAuth2Api(configuration));
`;

const environments = [
  {
    name: "DOM types",
    // As in a web application: how a module is resolved does not depend on the DOM.
    versions: ["5.4.5", "7.0.2"],
    modules: ["Bundler"],
    lib: ["ES2022", "DOM"],
    types: [] as string[],
    files: ["main"],
  },
  { name: "Node types alone", lib: ["ES2022"], types: ["node"], files: ["main", "node"] },
];

const folder = join(inject("installed"), "consumers");
let compilers: string;

beforeAll(async () => {
  compilers = await installOnce([...versions.map((version) => `ts-${version}@npm:typescript@${version}`), nodeTypes]);
  await mkdir(join(folder, "node_modules"), { recursive: true });
  await symlink(join(compilers, "node_modules/@types"), join(folder, "node_modules/@types"), "junction");
  await symlink(join(compilers, "node_modules/undici-types"), join(folder, "node_modules/undici-types"), "junction");
});

describe.concurrent.each(versions)("a consumer on TypeScript %s", (version) => {
  for (const { name, options, extensions } of modules.filter(({ versions = [version] }) =>
    versions.includes(version),
  )) {
    const those = environments.filter(
      ({ versions = [version], modules = [name] }) => versions.includes(version) && modules.includes(name),
    );
    test.for(those)(`compiles as ${name} with $name`, async ({ lib, types, files }) => {
      const project = join(folder, `${version} ${name} ${types}`);
      await mkdir(project);
      for (const extension of extensions) {
        for (const file of files) {
          await copyFile(new URL(`app/${file}.ts`, import.meta.url), join(project, `${file}.${extension}`));
        }
      }
      if (extensions.includes("cts")) await writeFile(join(project, "bridge.mts"), bridge);
      const compilerOptions = {
        target: "es2022",
        ...options(version),
        lib,
        types,
        strict: true,
        exactOptionalPropertyTypes: true,
        // The files that NodeNext checks are those that the others find in another way; ES5 has rules of its own.
        skipLibCheck: types.length > 0 && name !== "NodeNext" && name !== "ES5",
        noEmit: true,
      };
      await writeFile(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions }));
      expect(await tsc(version, project)).toBe("");
    });
  }
});

/** Returns the output of the compiler for `project`. */
async function tsc(version: string, project: string): Promise<string> {
  const compiler = join(compilers, "node_modules", `ts-${version}`);
  const { bin } = JSON.parse(await readFile(join(compiler, "package.json"), "utf8"));
  return new Promise((resolve) => {
    execFile(process.execPath, [join(compiler, bin.tsc), "-p", project], (_error, stdout, stderr) => {
      resolve(stdout + stderr);
    });
  });
}
