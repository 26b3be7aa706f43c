import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createMockHydra } from "../../src/mock/index.ts";
import { cli } from "./support.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hydra-sdk-cli-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, content: unknown): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, JSON.stringify(content));
  return path;
}

describe("the exit status tells what went wrong (trap 1), and the error is told once, with the HTTP status (trap 2)", () => {
  const refuse = (status: number, error = "some_error") => ({
    status,
    body: { error, error_description: "for a reason" },
  });
  test.each([
    ["refused", refuse(400), 1, "400"],
    ["failed", refuse(500), 1, "500"],
    ["too many", refuse(429), 1, "429"],
    ["not found", refuse(404), 3, "404"],
    ["not authenticated", refuse(401), 4, "401"],
    ["not allowed", refuse(403), 4, "403"],
    ["conflict", refuse(409), 5, "409"],
    ["no answer", { dropConnection: true as const }, 6, "no complete response"],
  ])("%s", async (_, fault, expected, text) => {
    for (const format of ["table", "json"]) {
      const mock = createMockHydra();
      mock.fail(fault);
      const { status, stdout, stderr } = await cli(["get", "client", "a", "--format", format], { mock });
      expect({ status, stdout }).toEqual({ status: expected, stdout: "" });
      expect(stderr.split(text).length - 1).toBeGreaterThan(0);
      expect(stderr.split("for a reason").length - 1).toBeLessThanOrEqual(format === "json" ? 2 : 1);
      expect(stderr).not.toMatch(/Usage:|\n {4}at /);
      if (format === "json") expect(JSON.parse(stderr).error).toMatchObject({ exit: expected });
      else expect(stderr).toMatch(/^error: /);
    }
  });

  test("a timeout", async () => {
    const mock = createMockHydra();
    mock.fail({ delay: 60_000 });
    const { status, stderr } = await cli(["get", "client", "a", "--timeout", "50ms"], { mock });
    expect(status).toBe(6);
    expect(stderr).toContain("--timeout");
  });

  test("some of several: what exists is shown, and the status is that of the failure", async () => {
    const mock = createMockHydra();
    mock.addClient({ client_id: "there" });
    const { status, stdout, stderr } = await cli(["get", "clients", "gone", "there", "-q"], { mock });
    expect({ status, stdout }).toEqual({ status: 3, stdout: "there\n" });
    expect(stderr).toContain("gone: ");
  });

  test("deleting what is gone is 3, and 0 with --ignore-missing", async () => {
    expect((await cli(["delete", "client", "gone"])).status).toBe(3);
    expect(await cli(["delete", "client", "gone", "--ignore-missing"])).toMatchObject({
      status: 0,
      stdout: "ID\tgone\n",
    });
  });
});

test("-q prints the IDs of several clients (trap 4)", async () => {
  const mock = createMockHydra();
  for (const client_id of ["a", "b"]) mock.addClient({ client_id });
  expect(await cli(["get", "clients", "a", "b", "-q"], { mock })).toMatchObject({ status: 0, stdout: "a\nb\n" });
  expect(await cli(["list", "clients", "-q", "--format", "json"], { mock })).toMatchObject({ stdout: "a\nb\n" });
});

test("a client whose key has no alg, use or kid is shown as it is (trap 4)", async () => {
  const jwks = { keys: [{ kty: "EC", crv: "P-256", x: "eA", y: "eQ", "x-mine": 1 }] };
  const fetch: typeof globalThis.fetch = async () => Response.json({ client_id: "a", jwks });
  const { status, stdout } = await cli(["get", "client", "a", "--format", "jsonpointer=/jwks"], {
    mock: { ...createMockHydra(), fetch },
  });
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual(jwks);
});

describe("import (trap 9)", () => {
  test("reads files in their order, and standard input only for -", async () => {
    const files = [
      await file("1.json", [{ client_id: "one" }, { client_id: "two" }]),
      await file("2.json", { client_id: "three" }),
    ];
    const mock = createMockHydra();
    const { status, stdout } = await cli(["import", "clients", ...files, "-q"], { mock, stdin: "not JSON" });
    expect({ status, stdout }).toEqual({ status: 0, stdout: "one\ntwo\nthree\n" });
    const piped = await cli(["import", "client", "-", "-q"], { mock, stdin: '[{"client_id":"four"}]' });
    expect(piped).toMatchObject({ status: 0, stdout: "four\n" });
  });

  test("shows each secret whole, however narrow the terminal", async () => {
    const long = "c".repeat(40);
    const path = await file("secrets.json", [{ client_id: "s" }, { client_id: long }]);
    const { status, stdout } = await cli(["import", "clients", path], { width: 60 });
    expect(status).toBe(0);
    expect(stdout).toContain(long);
    const secrets = stdout.split("\n").filter((line) => /^(s|c{40}) {2}/.test(line));
    expect(secrets.length).toBe(2);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: bold
    for (const line of secrets) expect(line.replace(/\u001b\[\d+m/g, "")).toMatch(/^\S+ +[\w.~-]{26}/);
  });

  test("goes on after a failure, and shows what was made", async () => {
    const mock = createMockHydra();
    mock.addClient({ client_id: "two" });
    const path = await file("3.json", [{ client_id: "one" }, { client_id: "two" }, { client_id: "three" }]);
    const { status, stdout, stderr } = await cli(["import", "clients", path, "-q"], { mock });
    expect({ status, stdout }).toEqual({ status: 5, stdout: "one\nthree\n" });
    expect(stderr).toContain("two: ");
    expect(stderr).toContain("created 2 of 3");
  });

  test.each([
    ["a field that no client has", [{ clientid: "x" }]],
    ["a number", 5],
    ["a list of numbers", [5]],
  ])("a file that holds %s sends nothing, not even the file before it", async (_, content) => {
    const mock = createMockHydra();
    const files = [await file("good.json", { client_id: "good" }), await file("bad.json", content)];
    const { status, stderr } = await cli(["import", "clients", ...files], { mock });
    expect(status).toBe(2);
    expect(stderr).toContain("bad.json");
    expect(mock.requests).toEqual([]);
  });

  test("files without a client are refused", async () => {
    expect((await cli(["import", "clients", await file("empty.json", [])])).status).toBe(2);
  });
});

describe("list (trap 10)", () => {
  test("--owner and --name choose, --limit and --all say how many", async () => {
    const mock = createMockHydra();
    for (let i = 0; i < 120; i++)
      mock.addClient({ client_id: `c-${String(i).padStart(3, "0")}`, owner: i % 2 ? "odd" : "even" });
    mock.addClient({ client_id: "named", client_name: "Name", owner: "odd" });
    const list = async (...flags: string[]) => {
      const { status, stdout, stderr } = await cli(["list", "clients", "-q", ...flags], { mock });
      expect(status).toBe(0);
      return { ids: stdout.split("\n").filter(Boolean), stderr };
    };
    expect((await list("--all")).ids.length).toBe(121);
    expect((await list("--owner", "even")).ids.length).toBe(60);
    expect((await list("--owner", "odd", "--name", "Name")).ids).toEqual(["named"]);
    const some = await list("--limit", "7");
    expect(some.ids.length).toBe(7);
    expect(some.stderr).toContain("There are more than 7 clients");
    expect((await list("--limit", "121")).stderr).toBe("");
    expect((await list()).ids.length).toBe(100);
    expect((await list("--all", "--page-size", "50")).ids.length).toBe(121);
  });

  test.each(["json", "json-pretty", "yaml"])("%s of several pages is one document", async (format) => {
    const { parse } = await import("yaml");
    const mock = createMockHydra();
    const args = ["list", "clients", "--all", "--page-size", "2", "--format", format];
    expect(parse((await cli(args, { mock })).stdout)).toEqual([]);
    for (const client_id of ["a", "b", "c", "d", "e"]) mock.addClient({ client_id });
    const { stdout } = await cli(args, { mock });
    const read = format === "yaml" ? parse(stdout) : JSON.parse(stdout);
    expect(read.map((client: { client_id: string }) => client.client_id)).toEqual(["a", "b", "c", "d", "e"]);
  });

  test.each([
    ["--limit", "0"],
    ["--page-size", "0"],
    ["--page-size", "501"],
    ["--all", "--limit=2"],
  ])("%s %s is refused", async (...flags) => {
    const mock = createMockHydra();
    expect((await cli(["list", "clients", ...flags], { mock })).status).toBe(2);
    expect(mock.requests).toEqual([]);
  });
});

test.each(["bogus", "jsonpath", "jsonpointer", "jsonpath=", "jsonpath=a..b", "jsonpointer=a", "JSON", "table=x", ""])(
  "--format %s is refused before anything is sent (trap 11)",
  async (format) => {
    const mock = createMockHydra();
    const { status, stdout, stderr } = await cli(["create", "client", "-q", "--format", format], { mock });
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain("--format");
    expect(mock.requests).toEqual([]);
  },
);

test("create --file keeps the client_id of the file, and flags beside it win (trap 12)", async () => {
  const path = await file("client.json", { client_id: "of-the-file", client_name: "File", owner: "file" });
  const { status, stdout } = await cli(["create", "client", "--file", path, "--owner", "flag", "--format", "json"]);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ client_id: "of-the-file", client_name: "File", owner: "flag" });
  const other = await cli(["create", "client", "--file", path, "--id", "of-the-flag", "-q"]);
  expect(other).toMatchObject({ status: 0, stdout: "of-the-flag\n" });
});

test("JSON is what the API gave: nothing reordered, nothing dropped", async () => {
  const body = '{"z":null,"client_id":"a","scope":"","unknown":{"b":1,"a":[]},"contacts":[]}';
  const fetch: typeof globalThis.fetch = async () =>
    new Response(body, { headers: { "content-type": "application/json" } });
  const mock = { ...createMockHydra(), fetch };
  expect((await cli(["get", "client", "a", "--format", "json"], { mock })).stdout).toBe(`${body}\n`);
});

test("progress is shown on stderr at a terminal, and taken away before a result", async () => {
  const path = await file("progress.json", [{ client_id: "a" }, { client_id: "b" }]);
  const { stderr } = await cli(["import", "clients", path], { width: 80 });
  expect(stderr).toContain("created 1 of 2");
  expect(stderr).toContain("created 2 of 2\u001b[0m\r\u001b[K");
  expect((await cli(["import", "clients", path])).stderr).not.toContain("created 1 of 2");
});

test("the wrong listener is told apart from a client that does not exist", async () => {
  const mock = createMockHydra();
  const env = { HYDRA_PUBLIC_URL: mock.publicUrl, HYDRA_ADMIN_URL: mock.publicUrl };
  const swapped = await cli(["get", "client", "web"], { mock, env });
  expect(swapped).toMatchObject({ status: 3, stderr: expect.stringContaining("look at --public and --admin") });
  const missing = await cli(["get", "client", "web"], { mock });
  expect(missing).toMatchObject({ status: 3, stderr: expect.stringContaining("is the ID right?") });
});

test("--ignore-missing does not take the 404 of the wrong listener for a client that is gone", async () => {
  const mock = createMockHydra();
  const env = { HYDRA_PUBLIC_URL: mock.publicUrl, HYDRA_ADMIN_URL: mock.publicUrl };
  expect(await cli(["delete", "client", "web", "--ignore-missing"], { mock, env })).toMatchObject({
    status: 3,
    stdout: "",
    stderr: expect.stringContaining("look at --public and --admin"),
  });
});
