import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (path: string) => fileURLToPath(new URL(`src/${path}`, import.meta.url));

/** Tests of what users install, which the examples use; the others run on the sources. */
const packageTests = ["test/package/**/*.test.ts", "examples/testing/*.test.ts"];

/** Tests that replace no module and restore each global: the files of a worker share what they have imported. */
const sharedTests = [
  "api",
  "clients",
  "contract",
  "core",
  "guard",
  "mcp",
  "mock",
  "plan",
  "registration",
  "tokens",
].map((room) => `test/${room}/**/*.test.ts`);

const sources = {
  alias: [
    { find: /^hydra-sdk$/, replacement: source("index.ts") },
    { find: /^hydra-sdk\/mock$/, replacement: source("mock/index.ts") },
    { find: /^hydra-sdk\/mock\/node$/, replacement: source("mock/node.ts") },
  ],
};

/** They end what hangs, however slow the machine: no test is about them. */
const limits = { testTimeout: 120_000, hookTimeout: 300_000 };

export default defineConfig({
  test: {
    // By default one core is left idle, which is half of a small machine.
    maxWorkers: "100%",
    projects: [
      { resolve: sources, test: { name: "shared", include: sharedTests, isolate: false, ...limits } },
      {
        resolve: sources,
        test: { name: "source", include: ["test/**/*.test.ts"], exclude: [...packageTests, ...sharedTests], ...limits },
      },
      {
        test: {
          name: "package",
          include: packageTests,
          globalSetup: "test/package/pack/setup.ts",
          setupFiles: "test/package/pack/environment.ts",
          ...limits,
          // Each test that may run beside others keeps a core busy.
          maxConcurrency: 2,
        },
      },
    ],
  },
});
