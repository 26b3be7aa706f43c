import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { start } from "./process.ts";

const PAGES = 400;
const PAGE = 250;

let server: Server;
let url: string;
let served = 0;
/** The server that has made up the pages sends them with this many bytes in each client. */
const FILLING = "x".repeat(1500);

beforeAll(async () => {
  server = createServer((request, response) => {
    const page = Number(new URL(request.url!, "http://x").searchParams.get("page_token") ?? 0);
    served++;
    const clients = Array.from({ length: PAGE }, (_, i) => ({
      client_id: `c-${page * PAGE + i}`,
      metadata: { FILLING },
    }));
    const next = `</admin/clients?page_token=${page + 1}>; rel="next"`;
    response.setHeader("content-type", "application/json");
    if (page + 1 < PAGES) response.setHeader("link", next);
    response.end(JSON.stringify(clients));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

test("100,000 clients, 160 MB, are listed with a heap of 64 MB", async () => {
  const { child, ended } = start(["list", "clients", "--all", "-q", "-e", url], {}, ["--max-old-space-size=64"]);
  child.stdin.end();
  const { status, stdout, stderr } = await ended;
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const ids = stdout.trimEnd().split("\n");
  expect(ids.length).toBe(PAGES * PAGE);
  expect(ids.at(-1)).toBe(`c-${PAGES * PAGE - 1}`);
});

test("a reader that has enough, such as head, ends it without an error, and no further pages are read", async () => {
  served = 0;
  const { child, ended } = start(["list", "clients", "--all", "--format", "json", "-e", url]);
  child.stdin.end();
  await once(child.stdout, "data");
  child.stdout.destroy();
  expect(await ended).toMatchObject({ status: 0, stderr: "" });
  expect(served).toBeLessThan(PAGES / 2);
});

test("in a pipe there are no colours, no widths and no progress, but tabs", async () => {
  const { child, ended } = start(["list", "clients", "--limit", "1", "-e", url]);
  child.stdin.end();
  const { stdout, stderr } = await ended;
  const lines = stdout.trimEnd().split("\n");
  expect(lines.map((line) => line.split("\t")[0])).toEqual(["CLIENT ID", "c-0"]);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may be there
  expect(stdout + stderr).not.toMatch(/[\u001b\r]/);
  expect(stderr).toContain("There are more than 1 clients");
});

test("--version prints the version alone", async () => {
  for (const word of ["--version", "-v", "version"]) {
    const { child, ended } = start([word]);
    child.stdin.end();
    expect(await ended).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\S*\n$/), stderr: "" });
  }
});
