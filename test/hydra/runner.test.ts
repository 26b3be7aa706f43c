import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

let emptyFolder: string;
beforeAll(async () => {
  emptyFolder = await mkdtemp(join(tmpdir(), "hydra-sdk-no-go-"));
});
afterAll(() => rm(emptyFolder, { recursive: true }));

function runWithoutGo(...args: string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const env = { PATH: emptyFolder, HOME: emptyFolder };
    execFile(process.execPath, ["tools/hydra.mjs", ...args], { env }, (error, stdout, stderr) => {
      resolve({ status: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

const message = /^npm run test:hydra builds a Hydra\. It needs Go 1\.\d+ or later \(https:\/\/go\.dev\/dl\), .*\n$/;

it("npm run test:hydra fails without Go, and reports in one line what is missing", async () => {
  expect(await runWithoutGo()).toEqual({ status: 1, stdout: "", stderr: expect.stringMatching(message) });
});

it("with --optional it succeeds without Go, and reports the same", async () => {
  expect(await runWithoutGo("--optional")).toEqual({ status: 0, stdout: "", stderr: expect.stringMatching(message) });
});
