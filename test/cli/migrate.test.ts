import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ourName } from "../../src/cli/migrate/names.ts";
import { listen } from "../../src/mock/node.ts";
import { cli, type Outcome } from "./support.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const fixtures = join(root, "test/fixtures/migrate");
const before = join(fixtures, "before");
const after = join(fixtures, "after");
const read = (...path: string[]) => readFileSync(join(...path), "utf8").replaceAll("\r\n", "\n");
const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).replaceAll("\\", "/"))
    .sort();

/** Programs that are migrated without a person. The others show what is left to decide. */
const programs = filesIn(after);

// In the repository, so that the packages and the settings of the compiler are found.
const folder = join(root, "test/.migrate");
let dryRun: Outcome;
let outcome: Outcome;
beforeAll(async () => {
  cpSync(before, folder, { recursive: true });
  dryRun = await cli(["migrate", folder, "--dry-run"]);
  for (const file of filesIn(before)) expect(read(folder, file)).toBe(read(before, file));
  outcome = await cli(["migrate", folder]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(programs)("%s becomes what a person would write", (file) => {
  expect(read(folder, file)).toBe(read(after, file));
});

test.each(programs.filter((file) => !file.endsWith(".cjs")))("%s does the same as before", async (file) => {
  const results = [];
  for (const program of [join(before, file), join(after, file)]) {
    const { publicUrl, adminUrl, close } = await listen({ seed: "migrate" });
    const { run } = await import(pathToFileURL(program).href);
    results.push(await run({ publicUrl, adminUrl }));
    await close();
  }
  expect(results[0]).toBeTruthy();
  expect(results[1]).toEqual(results[0]);
});

const isComment = (line: string) => line.trim().startsWith("//");

test("names every place that needs a person, with its line, and leaves a comment there", () => {
  const [, listed = ""] = outcome.stdout.split("\nLeft for you to decide:\n");
  const places = Array.from(listed.matchAll(/^ {2}(\S+):(\d+) {2}(.+)$/gm), ([, path, line, why]) => {
    const lines = read(root, path!)
      .split("\n")
      .slice(0, Number(line) - 1);
    // The comment, with the code to write, stands above the statement or property.
    const above = lines.reverse();
    const start = above.findIndex(isComment);
    const end = above.findIndex((each, index) => index > start && !isComment(each));
    const comments = start >= 0 && start < 7 ? above.slice(start, end < 0 ? undefined : end) : [];
    return {
      file: relative(folder, join(root, path!)).replaceAll("\\", "/"),
      why,
      isMarked: comments.join("\n").includes(`// hydra-sdk: ${why}`),
    };
  });
  expect(places.filter(({ isMarked }) => !isMarked)).toEqual([]);
  const texts = places.map(({ file, why }) => `${file}: ${why}`);
  const expected = [
    "client/axios-mock.ts: an aborted call throws AbortError: use isAbortError",
    "client/axios-mock.ts: requests are sent by fetch",
    "client/options.ts: a response of hydra-sdk has no config",
    "client/options.ts: an error of hydra-sdk has no request",
    "client/options.ts: an error status always throws here",
    "client/options.ts: no interceptor runs here",
    "client/options.ts: no interceptor runs here",
    "client/options.ts: pass a Configuration with basePath",
    "client/options.ts: requests are not sent by axios",
    "client/options.ts: set `fetch` in the Configuration in place of httpsAgent",
    "client/options.ts: set `fetch` in the Configuration in place of proxy",
    "client/options.ts: the requests of hydra-sdk do not pass axios",
    "client/options.ts: the timeout is for all attempts together",
    "client/options.ts: there is no OAuth2ApiFactory",
    "client/retries.ts: requests are not sent by axios",
    "client/retries.ts: withRetry calls onAttempt",
    "client/retries.ts: withRetry decides itself what is safe to repeat",
    "client-fetch/options.ts: created_at is text here",
    "client-fetch/options.ts: getOAuth2Client resolves to { data } here",
    "client-fetch/options.ts: set `fetch` in place of middleware",
    "client-fetch/options.ts: the APIs that stay need a Configuration of @ory/client-fetch",
    "client-fetch/options.ts: there is no OAuth2ClientFromJSON",
  ];
  for (const start of expected) expect(texts).toContainEqual(expect.stringContaining(start));
  expect(places).toHaveLength(expected.length);
});

test("has status 1 where a place is left, and says what to do next on stderr", () => {
  expect(outcome.status).toBe(1);
  expect(outcome.stdout).toContain(`changed ${relative("", join(folder, "client/login.ts"))}\n`);
  expect(outcome.stderr).toMatch(/^\d+ files changed, 22 places need a person\. Next: npm install hydra-sdk/);
});

test("--dry-run prints a unified diff and writes nothing", () => {
  expect(dryRun.status).toBe(1);
  const name = relative("", join(folder, "client/script.ts"));
  expect(dryRun.stdout).toContain(`--- ${name}
+++ ${name}
@@ -1,5 +1,5 @@
 // A script that pages through all clients.
-import * as ory from "@ory/client";
+import * as ory from "hydra-sdk";
 import { isAxiosError } from "axios";
`);
  expect(dryRun.stderr).toMatch(/^\d+ files would change, 22 places need a person\n$/);
});

test("what is migrated is not changed again", async () => {
  const { status, stdout, stderr } = await cli(["migrate", after]);
  expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
  expect(stderr).toContain("nothing to migrate");
});

test("shows the code of the Configuration that does what an axios instance does", () => {
  expect(read(folder, "client/options.ts")).toContain(`
// hydra-sdk: requests are not sent by axios: pass this to the Configuration, and remove the argument
//   import { withRetry } from "hydra-sdk";
//   timeout: 2000,
//   fetch: withRetry(async (url, init) => {
//     // What a request interceptor does: init.headers is a plain object with names in lower case.
//     const response = await fetch(url, { ...init, headers: { ...init.headers, "x-tenant": "shop" } });
//     // What a response interceptor does: response.status, response.headers.get(name), await response.clone().json().
//     return response;
//   }, { maxAttempts: 6 }),
export const withInterceptors = `);
});

test("suggests one fetch function for an instance that is repeated, with its import, and says where the table is", () => {
  const text = read(folder, "client/retries.ts");
  expect(text).toContain(`
// hydra-sdk: requests are not sent by axios: pass this to the Configuration, and remove the argument
//   import { withRetry } from "hydra-sdk";
//   fetch: withRetry(undefined, { maxAttempts: 3, onAttempt: ({ number, method, url, status, error, delay }) => {} }),
export const api = `);
  expect(text.match(/fetch: /g)).toHaveLength(1);
  expect(text).toMatch(/is the table in .*docs\/guides\/production\.md.* enough in place of retryCondition\?/);
  expect(read(root, "docs/guides/production.md")).toContain("\n## Retries and rate limits\n");
});

test("says that withRetry does not repeat what axios-retry did, also where nobody has to decide", () => {
  const [, notes = ""] = /\nWorks differently:\n((?: {2}.+\n)+)/.exec(outcome.stdout) ?? [];
  const files = notes.match(/client\/\w+\.ts:\d+ {2}withRetry repeats less than axios-retry, nothing after a 500/g);
  const found = files?.map((each) => /^(.+):(\d+)/.exec(each)!.slice(1) as [string, string]) ?? [];
  expect(found.map(([file]) => file)).toEqual(["client/instance.ts", "client/options.ts", "client/retries.ts"]);
  // Each line makes the API whose requests are repeated.
  for (const [file, line] of found) expect(read(folder, file).split("\n")[Number(line) - 1]).toMatch(/new OAuth2Api\(/);
});

test("a second run changes nothing, and still names the places whose comments are there", async () => {
  const file = join(folder, "client/options.ts");
  const first = read(file);
  const { status, stdout, stderr } = await cli(["migrate", file]);
  expect(status).toBe(1);
  expect(stdout).not.toContain("changed");
  const whys = (text: string, pattern: RegExp) => [...new Set(Array.from(text.matchAll(pattern), ([, why]) => why))];
  const comments = whys(first, /^\s*\/\/ hydra-sdk: (.+)$/gm);
  expect(comments.length).toBeGreaterThan(10);
  expect(whys(stdout, /^ {2}\S+:\d+ {2}(.+)$/gm).sort()).toEqual(comments.sort());
  expect(stderr).toContain("nothing changed, 12 places need a person: remove each comment when it is decided");
  expect(read(file)).toBe(first);
});

describe("elsewhere", () => {
  let elsewhere: string;
  beforeAll(() => {
    elsewhere = mkdtempSync(join(tmpdir(), "hydra-sdk-migrate-"));
    writeFileSync(join(elsewhere, "a.ts"), 'import { OAuth2Api } from "@ory/client";\n');
  });
  afterAll(() => rmSync(elsewhere, { recursive: true, force: true }));

  test("a project without TypeScript is told to install it", async () => {
    const { status, stderr } = await cli(["migrate", join(elsewhere, "a.ts")]);
    expect(status).toBe(2);
    expect(stderr).toContain("npm install -D typescript");
  });

  test("a project without the package is told to install it: its types are needed", async () => {
    mkdirSync(join(elsewhere, "node_modules/typescript"), { recursive: true });
    const compiler = JSON.stringify(join(root, "node_modules/typescript"));
    writeFileSync(join(elsewhere, "node_modules/typescript/index.js"), `module.exports = require(${compiler});`);
    const { status, stderr } = await cli(["migrate", elsewhere]);
    expect(status).toBe(2);
    expect(stderr).toContain("a.ts imports @ory/client, which is not installed: run `npm install` first");
    expect(read(elsewhere, "a.ts")).toContain("@ory/client");
  });

  test("comments of earlier runs are left to decide until they are removed, also without the old package", async () => {
    const file = join(elsewhere, "migrated", "b.ts");
    mkdirSync(join(elsewhere, "migrated"));
    writeFileSync(
      file,
      'import { OAuth2Api } from "hydra-sdk";\r\n\r\n  // hydra-sdk: decide this\r\nuse(OAuth2Api);\r\n',
    );
    expect(await cli(["migrate", join(elsewhere, "migrated")])).toMatchObject({
      status: 1,
      stdout: `\nLeft for you to decide:\n  ${relative("", file)}:3  decide this\n`,
      stderr: "nothing changed, 1 place needs a person: remove each comment when it is decided\n",
    });
    writeFileSync(file, 'import { OAuth2Api } from "hydra-sdk";\n');
    expect(await cli(["migrate", file])).toMatchObject({ status: 0, stdout: "" });
  });

  test("a path that is not there is wrong usage", async () => {
    const { status, stderr } = await cli(["migrate", join(elsewhere, "missing")]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/PATH: there is no .*missing/);
  });
});

test("every type that @ory/client has under the same name is moved", () => {
  const theirs = read(root, "node_modules/@ory/client/dist/api.d.ts");
  // Declared, or exported from the generated types.
  const types = Array.from(
    read(root, "src/types.ts").matchAll(/^export (?:interface|type) (\w+)|^ {2}(\w+),$/gm),
    ([, declared, exported]) => declared ?? exported!,
  );
  const shared = [...new Set(types)].filter((name) =>
    new RegExp(`^export (interface|type|declare \\w+) ${name}\\b`, "m").test(theirs),
  );
  expect(shared.length).toBeGreaterThan(100);
  expect(shared.filter((name) => ourName(name, "axios") !== name)).toEqual([]);
});
