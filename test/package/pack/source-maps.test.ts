import { execFile } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, inject, test } from "vitest";

const installed = inject("installed");
const dist = join(installed, "node_modules/hydra-sdk/dist");
const repository = new URL("../../../", import.meta.url);

/** Returns the line of a source file that a stack frame refers to. */
async function sourceLine(path: string, line: number): Promise<string | undefined> {
  return (await readFile(new URL(path, repository), "utf8")).split("\n")[line - 1];
}

const failures = `
const report = ({ name, stack }) => console.log(JSON.stringify({ name, stack }));
new OAuth2Api({ basePath: "http://127.0.0.1:4444" }).getOAuth2Client({}).catch(report);
try {
  createMockHydra({ corsOrigins: ["not an origin"] });
} catch (error) {
  report(error);
}
`;

test.each([
  [
    "stack.mjs",
    `import { OAuth2Api } from "hydra-sdk";
     import { createMockHydra } from "hydra-sdk/mock";`,
  ],
  [
    "stack.cjs",
    `const { OAuth2Api } = require("hydra-sdk");
     const { createMockHydra } = require("hydra-sdk/mock");`,
  ],
])("the stack of an error in %s refers to our source files and lines", async (file, imports) => {
  await writeFile(join(installed, file), imports + failures);
  const { stdout } = await promisify(execFile)(process.execPath, ["--enable-source-maps", file], { cwd: installed });
  const errors: { name: string; stack: string }[] = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(errors.map(({ name }) => name).sort()).toEqual(["InvalidInputError", "RequiredError"]);
  for (const { name, stack } of errors) {
    const [, path, line] = /hydra-sdk[\\/](src[\\/]\S+?):(\d+):\d+/.exec(stack)!;
    expect(path).toMatch(name === "RequiredError" ? /^src[\\/](core|api)[\\/]/ : /^src[\\/](core|mock)[\\/]/);
    expect(await sourceLine(path!, Number(line))).toContain(`new ${name}(`);
  }
});

test("every library has a source map with its sources; the minified page and programs have none", async () => {
  const scripts = (await readdir(dist)).filter((name) => /\.c?js$/.test(name));
  const mapOf = new Map<string, string | undefined>();
  for (const name of scripts.filter((name) => !/-[A-Z0-9]{8}\.js$/.test(name))) {
    mapOf.set(name, /^\/\/# sourceMappingURL=(\S+)\s*$/m.exec(await readFile(join(dist, name), "utf8"))?.[1]);
  }
  expect(Object.fromEntries(mapOf)).toEqual({
    "browser.js": undefined,
    "cli.js": undefined,
    // These two files contain none of our code.
    "fast-json-patch.cjs": undefined,
    "jose.cjs": undefined,
    "index.cjs": "index.js.map",
    "index.js": "index.js.map",
    "mock-node.cjs": "mock-node.js.map",
    "mock-node.js": "mock-node.js.map",
    "mock.cjs": "mock.js.map",
    "mock.js": "mock.js.map",
  });
  for (const name of new Set(mapOf.values())) {
    if (!name) continue;
    const { sources, sourcesContent } = JSON.parse(await readFile(join(dist, name), "utf8"));
    expect(sources.length).toBeGreaterThan(0);
    for (const [index, source] of sources.entries()) {
      expect(source).toMatch(/^\.\.\/src\//);
      const lines = (await readFile(new URL(source.slice("../".length), repository), "utf8")).split("\n");
      const embedded: string[] = sourcesContent[index].split("\n");
      // The embedded sources have no doc comments, but the same line numbers.
      expect(embedded).toHaveLength(lines.length);
      expect(embedded.filter((line, at) => !lines[at]!.endsWith(line))).toEqual([]);
    }
  }
});
