import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

let empty: string;
beforeAll(async () => {
  empty = await mkdtemp(join(tmpdir(), "hydra-sdk-no-go-"));
});
afterAll(() => rm(empty, { recursive: true }));

function runWithoutGo(...args: string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const env = { PATH: empty, HOME: empty };
    execFile(process.execPath, ["tools/hydra.mjs", ...args], { env }, (error, stdout, stderr) => {
      resolve({ status: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

const line = /^npm run test:hydra builds a Hydra\. It needs Go 1\.\d+ or later \(https:\/\/go\.dev\/dl\), .*\n$/;

it("npm run test:hydra fails without Go, and says in one line what is missing", async () => {
  expect(await runWithoutGo()).toEqual({ status: 1, stdout: "", stderr: expect.stringMatching(line) });
});

it("CI goes on without Go, and says the same", async () => {
  expect(await runWithoutGo("--optional")).toEqual({ status: 0, stdout: "", stderr: expect.stringMatching(line) });
});
