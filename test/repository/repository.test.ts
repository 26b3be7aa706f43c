import { existsSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { json, read, root } from "./files.ts";

const manifest = json("package.json");

describe("CODEOWNERS", () => {
  const rules = read(".github/CODEOWNERS")
    .split("\n")
    .filter((line) => line && !line.startsWith("#"))
    .map((line) => line.split(/\s+/) as [string, ...string[]]);

  it("names an owner for everything, and only existing paths", () => {
    expect(rules[0]![0]).toBe("*");
    for (const [path, ...owners] of rules) {
      if (path !== "*") expect(existsSync(`${root}${path}`), path).toBe(true);
      expect(owners, path).not.toEqual([]);
      for (const owner of owners) expect(owner).toMatch(/^@[\w-]+\/[\w-]+$/);
    }
  });

  it("names the teams that docs/releasing.md describes", () => {
    const teams = new Set(rules.flatMap(([, ...owners]) => owners.map((owner) => owner.split("/")[1]!)));
    const [, who] = /^## Who\n(.*?)^## /ms.exec(read("docs/releasing.md"))!;
    const described = Array.from(who!.matchAll(/\*\*(\w+)\*\*/g), ([, name]) => name!.toLowerCase());
    expect([...teams].sort()).toEqual(described.sort());
  });
});

it("the address of the repository is in all places or in none", () => {
  const fields = ["repository", "homepage", "bugs"].filter((name) => name in manifest);
  const placeholders = [".github/CODEOWNERS", "docs/releasing.md"].filter((path) => read(path).includes("@OWNER"));
  expect([fields.length, placeholders.length]).toEqual(fields.length ? [3, 0] : [0, 2]);
});

describe("Renovate", () => {
  const config = json(".github/renovate.json");
  const runtimes = read("tools/runtimes.mjs");

  /** The versions that a custom manager finds, as Renovate searches. */
  function found({ matchStringsStrategy, matchStrings }: { matchStringsStrategy?: string; matchStrings: string[] }) {
    const last = matchStrings.at(-1)!;
    const within = matchStringsStrategy === "recursive" ? matchStrings.slice(0, -1) : [];
    const text = within.reduce((rest, expression) => new RegExp(expression).exec(rest)?.[0] ?? "", runtimes);
    return Array.from(text.matchAll(new RegExp(last, "g")), ({ groups }) => groups!["currentValue"]!);
  }

  it("finds every version in tools/runtimes.mjs", () => {
    for (const { managerFilePatterns } of config.customManagers) {
      expect(managerFilePatterns).toEqual(["tools/runtimes.mjs"]);
    }
    const named = runtimes.match(/(?<=")\d+\.\d+\.\d+(?=")/g)!;
    expect(config.customManagers.flatMap(found)).toEqual(named);
    expect(named.length).toBeGreaterThanOrEqual(6);
  });

  it("has rules for existing packages and files only", () => {
    const workflows = readdirSync(`${root}.github/workflows`).map((name) => read(`.github/workflows/${name}`));
    const packages = config.packageRules.flatMap((rule: any) => rule.matchPackageNames ?? []);
    for (const name of packages) {
      const known = name in manifest.devDependencies || workflows.some((text) => text.includes(`uses: ${name}@`));
      expect(known, name).toBe(true);
    }
    for (const path of config.packageRules.flatMap((rule: any) => rule.matchFileNames ?? [])) {
      expect(existsSync(`${root}${path}`), path).toBe(true);
    }
  });
});

it("dev dependencies are pinned, and the lock file has no URLs", () => {
  for (const [name, version] of Object.entries(manifest.devDependencies)) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
  }
  expect(read(".npmrc")).toContain("omit-lockfile-registry-resolved=true");
  expect(read("package-lock.json")).not.toContain('"resolved"');
});

it(".editorconfig agrees with Biome", () => {
  const settings = Object.fromEntries(
    Array.from(read(".editorconfig").matchAll(/^(\w+) = (.+)$/gm), ([, key, value]) => [key, value]),
  );
  const { formatter } = json("biome.json");
  expect(settings).toMatchObject({
    indent_style: formatter.indentStyle,
    indent_size: `${formatter.indentWidth}`,
    max_line_length: `${formatter.lineWidth}`,
    end_of_line: formatter.lineEnding ?? "lf",
  });
});
