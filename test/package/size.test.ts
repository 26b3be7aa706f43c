import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, inject, test } from "vitest";
import { bundleSize, definitions, installSize } from "../../tools/measure.mjs";

const installed = inject("installed");

describe("a browser bundle, minified and gzipped", () => {
  test.each([
    ["OAuth2Api", 8_800],
    ["OidcApi", 7_700],
  ])("of %s and Configuration is at most %i bytes, without jose, fast-json-patch and the mock", async (api, limit) => {
    const { bytes, files } = await bundleSize(installed, "hydra-sdk", [api, "Configuration"]);
    expect(bytes).toBeLessThanOrEqual(limit);
    expect(files.map((file) => file.split("node_modules/").at(-1))).toEqual(["hydra-sdk/dist/index.js"]);
  });
});

describe("the comparison", () => {
  const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
  const comparison = read("docs/comparison.md");

  test.each(["OAuth2Api", "OidcApi"])("states the size of a bundle of %s, and compares it truly", async (api) => {
    const [, ours, theirs] = new RegExp(`browser bundle of \`${api}\`.*?\\| ([\\d.]+) kB \\| ([\\d.]+) kB`).exec(
      comparison,
    )!;
    const exports = [api, "Configuration"];
    const { bytes } = await bundleSize(installed, "hydra-sdk", exports);
    const { bytes: bytesOfOry } = await bundleSize(
      fileURLToPath(new URL("../..", import.meta.url)),
      "@ory/client",
      exports,
    );
    // Compression differs a little among systems.
    expect(Math.abs(bytes / 1000 - Number(ours))).toBeLessThan(0.2);
    expect(Math.abs(bytesOfOry / 1000 - Number(theirs))).toBeLessThan(0.2);
    expect(read("README.md")).toContain("at less than a third of the size");
    expect(bytes * 3).toBeLessThan(bytesOfOry);
  });

  test("states the production install", async () => {
    const [, packages, megabytes] = /production install: packages, MB \| (\d+), ([\d.]+)/.exec(comparison)!;
    const size = await installSize(installed);
    expect(size.packages).toBe(Number(packages));
    expect(Math.abs(size.bytes / 1e6 - Number(megabytes))).toBeLessThan(0.1);
  });
});

test("a browser bundle of client credentials with Basic is at most 5,200 bytes", async () => {
  const { bytes } = await bundleSize(installed, "hydra-sdk", ["clientCredentials", "clientSecretBasic"]);
  expect(bytes).toBeLessThanOrEqual(5_200);
});

test("tsc reads at most 4,800 lines of definitions, none of them from our dependencies", async () => {
  const { errors, files, lines } = await definitions(installed, "hydra-sdk");
  expect(errors).toEqual([]);
  expect(files).toEqual(["hydra-sdk/dist/index.d.cts"]);
  expect(lines).toBeLessThanOrEqual(4_800);
});

test("a production install is at most 4 packages and 3.4 MB", async () => {
  const { packages, bytes } = await installSize(installed);
  expect(packages).toBeLessThanOrEqual(4);
  expect(bytes).toBeLessThanOrEqual(3_400_000);
});
