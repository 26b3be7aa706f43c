import { describe, expect, inject, test } from "vitest";
import { bundleSize, definitions, installSize } from "../../tools/measure.mjs";

const installed = inject("installed");

describe("a browser bundle, minified and gzipped", () => {
  test.each([
    ["OAuth2Api", 8_100],
    ["OidcApi", 7_000],
  ])("of %s and Configuration is at most %i bytes, without jose, fast-json-patch and the mock", async (api, limit) => {
    const { bytes, files } = await bundleSize(installed, "hydra-sdk", [api, "Configuration"]);
    expect(bytes).toBeLessThanOrEqual(limit);
    expect(files.map((file) => file.split("node_modules/").at(-1))).toEqual(["hydra-sdk/dist/index.js"]);
  });
});

test("a browser bundle of client credentials with Basic is at most 4,700 bytes", async () => {
  const { bytes } = await bundleSize(installed, "hydra-sdk", ["clientCredentials", "clientSecretBasic"]);
  expect(bytes).toBeLessThanOrEqual(4_700);
});

test("tsc reads at most 4,000 lines of definitions, none of them from our dependencies", async () => {
  const { errors, files, lines } = await definitions(installed, "hydra-sdk");
  expect(errors).toEqual([]);
  expect(files).toEqual(["hydra-sdk/dist/index.d.cts"]);
  expect(lines).toBeLessThanOrEqual(4_000);
});

test("a production install is at most 4 packages and 2.1 MB", async () => {
  const { packages, bytes } = await installSize(installed);
  expect(packages).toBeLessThanOrEqual(4);
  expect(bytes).toBeLessThanOrEqual(2_100_000);
});
