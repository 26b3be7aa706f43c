import { defineConfig } from "vitest/config";

/** Tests of what users install; the others run on the sources. */
const packageTests = [
  "test/pack/**/*.test.ts",
  "test/consumers/**/*.test.ts",
  "test/browser/**/*.test.ts",
  "test/size.test.ts",
];

export default defineConfig({
  test: {
    projects: [
      {
        test: { name: "source", include: ["test/**/*.test.ts"], exclude: packageTests },
      },
      {
        test: {
          name: "package",
          include: packageTests,
          globalSetup: "test/pack/setup.ts",
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Each test that may run beside others keeps a core busy.
          maxConcurrency: 2,
        },
      },
    ],
  },
});
