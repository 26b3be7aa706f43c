import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { COMMANDS } from "../../src/cli/commands/index.ts";
import { STATUS } from "../../src/cli/failure.ts";
import { VARIABLES } from "../../src/cli/variables.ts";
import { VERBS } from "../../src/cli/verbs.ts";
import { cli } from "./support.ts";

const paths = COMMANDS.map(({ verb, noun }) => [verb, noun].filter((word) => word !== undefined));

test.each(paths)("the help of %s %s fits 80 columns and begins with examples", async (...path) => {
  const words = path.filter((word) => word !== undefined);
  const { status, stdout, stderr } = await cli([...words, "--help"], { width: 80 });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const titles = Array.from(stdout.matchAll(/^([A-Z][a-z ]+):$/gm), ([, title]) => title);
  expect(titles[0]).toBe("Examples");
  const examples = stdout.slice(stdout.indexOf("Examples:"), stdout.indexOf("Usage:"));
  const tooLong = stdout
    .replace(examples, "")
    .split("\n")
    .filter((line) => line.length > 80);
  expect(tooLong).toEqual([]);
});

test("each flag stands on one line, its description below or beside, those of every command in their own group", async () => {
  const { stdout } = await cli(["create", "oauth2-client", "--help"]);
  expect(stdout).toMatch(/\n {2}--redirect-uri URL\n {6}\S/);
  const [own, shared] = stdout.split("Flags of every command:");
  expect(own).not.toContain("--endpoint");
  expect(shared).toMatch(/\n {2}-e, --endpoint URL\n/);
  expect(shared).not.toContain("--redirect-uri");
});

test("every verb has a summary of its own", () => {
  const verbs = new Set(COMMANDS.filter(({ noun }) => noun !== undefined).map(({ verb }) => verb));
  expect([...verbs].filter((verb) => !VERBS[verb])).toEqual([]);
});

test("the first screen names every verb, noun and exit status", async () => {
  const { status, stdout } = await cli(["--help"]);
  expect(status).toBe(0);
  const verbs = stdout.replace(/\n {4,}/g, " ");
  for (const { verb, noun = "" } of COMMANDS) expect(verbs).toMatch(new RegExp(`^ {2}${verb} .*${noun}`, "m"));
  const end = stdout.slice(stdout.indexOf("Exit status:")).replace(/\s+/g, " ");
  for (const exit of Object.values(STATUS)) expect(end).toMatch(new RegExp(` ${exit} \\w`));
  expect(stdout.split("\n").filter((line) => line.length > 80 && !line.includes("create oauth2-client"))).toEqual([]);
});

test("the first screen and the reference name every variable that is read", async () => {
  const folder = new URL("../../src/cli/", import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const sources = files
    .filter((file) => file !== "variables.ts")
    .map((file) => readFileSync(new URL(file, folder), "utf8"));
  // Names with an underscore are variables wherever they stand; one word is, where it is read.
  const pattern = /"([A-Z][A-Z\d]*(?:_[A-Z\d]+)+)"|env(?:\.|\[")([A-Z]\w*)|"((?:HTTPS?|ALL)_PROXY)"/g;
  const OTHERS = ["CLIENT_ID", "MODULE_NOT_FOUND"];
  const read = new Set(
    sources.flatMap((text) => Array.from(text.matchAll(pattern), ([, name, word]) => name ?? word!)),
  );
  const names = [...read].filter((name) => !OTHERS.includes(name) && !/^E[A-Z]+$/.test(name));
  // The library that reads this one is not ours.
  expect([...names, "NO_PROXY"].sort()).toEqual(Object.keys(VARIABLES).sort());
  const { stdout } = await cli(["--help"]);
  const reference = readFileSync(new URL("../../docs/cli.md", import.meta.url), "utf8");
  for (const [name, does] of Object.entries(VARIABLES))
    for (const text of [stdout, reference]) expect(text).toMatch(new RegExp(`^ {2}${name} +${does.slice(0, 10)}`, "m"));
});

test.each([[], ["create"], ["get", "--format", "json"]])(
  "%j alone is wrong usage, and shows what there is",
  async (...args) => {
    const { status, stdout, stderr } = await cli(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain("Usage:");
  },
);

test("help VERB NOUN is the same as --help", async () => {
  expect((await cli(["help", "get", "client"])).stdout).toBe((await cli(["get", "client", "--help"])).stdout);
});

test.each([
  [["creat", "client"], "create"],
  [["create", "oauth2-clint"], "oauth2-client"],
  [["create", "client", "--redirect-ur", "x"], "--redirect-uri"],
  [["create", "client", "--secrte=hunter2"], "--secret"],
])("%j suggests %s", async (args, suggestion) => {
  const { status, stdout, stderr } = await cli(args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toContain(`Did you mean ${suggestion}`);
  expect(stderr).not.toContain("hunter2");
  expect(stderr).not.toContain("Usage:");
});

test("help never shows the value of a variable", async () => {
  const env = Object.fromEntries(
    ["OAUTH2_CLIENT_ID", "OAUTH2_CLIENT_SECRET", "ORY_API_KEY", "ORY_PROJECT_API_KEY", "HYDRA_ADMIN_URL"].map(
      (name) => [name, "value-of-a-variable"],
    ),
  );
  for (const path of [[], ...paths]) {
    const { stdout } = await cli([...path, "--help"], { env });
    expect(stdout).toContain("Usage:");
    expect(stdout).not.toContain("value-of-a-variable");
  }
});

test("a command line that cannot be parsed is reported as JSON where JSON is asked for", async () => {
  for (const format of [["--format", "json"], ["--format=json-pretty"]]) {
    const { status, stderr } = await cli(["get", "client", "a", "--bogus", ...format]);
    expect(status).toBe(2);
    expect(JSON.parse(stderr).error).toMatchObject({ exit: 2, message: expect.stringContaining("--bogus") });
  }
});
