import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import Ajv from "ajv";
import { expect, it } from "vitest";
import { json, read, root } from "./files.ts";

const run = promisify(execFile);
const require = createRequire(import.meta.url);

/** The words of a text without its layout, which differs in the changelog. */
const words = (text: string) => text.match(/\w+/g)!.join(" ");

it("the configuration is valid", () => {
  const config = json(".changeset/config.json");
  const schema = json(`.changeset/${config.$schema}`);
  const validate = new Ajv.default({ strict: false }).compile(schema);
  validate(config);
  expect(validate.errors).toBeNull();
  expect(Object.keys(schema.properties)).toEqual(expect.arrayContaining(Object.keys(config).slice(1)));
});

it("a release raises the version, and moves every changeset to the top of the changelog", async () => {
  // Inside of node_modules it finds the packages that it imports.
  const cache = join(root, "node_modules/.cache/hydra-sdk");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "changesets-"));
  const text = (name: string) => readFileSync(join(folder, name), "utf8");
  try {
    for (const name of [".changeset", "CHANGELOG.md", "package.json"]) {
      cpSync(join(root, name), join(folder, name), { recursive: true });
    }
    writeFileSync(
      join(folder, ".changeset/of-this-test.md"),
      '---\n"hydra-sdk": patch\n---\n\nMend what this test broke.\n',
    );
    const waiting = readdirSync(join(folder, ".changeset")).filter((name) => name.endsWith(".md"));
    const summaries = waiting.map((name) => text(`.changeset/${name}`).split("\n---\n")[1]!);

    await run(process.execPath, [require.resolve("@changesets/cli/bin.js"), "version"], { cwd: folder });

    const { version } = JSON.parse(text("package.json"));
    const [before, after] = [read("CHANGELOG.md"), text("CHANGELOG.md")];
    const title = before.split("\n", 1)[0]!;
    expect(version).not.toBe(json("package.json").version);
    expect(after.startsWith(`${title}\n\n## ${version}\n`)).toBe(true);
    expect(after.endsWith(before.slice(title.length))).toBe(true);
    for (const summary of summaries) expect(words(after)).toContain(words(summary));
    expect(readdirSync(join(folder, ".changeset"))).toEqual(["config.json"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
