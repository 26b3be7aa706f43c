import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, inject, test } from "vitest";
import { STOPPED } from "../support/stopped.ts";

const dist = join(inject("installed"), "node_modules/hydra-sdk/dist");

test("document, script and style of the page together are at most 40 kB, gzipped", async () => {
  const files = ["index.html", "page.js", "page.css"].map((name) => readFile(join(dist, "console", name)));
  const sizes = (await Promise.all(files)).map((file) => gzipSync(file, { level: 9 }).length);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(40_000);
});

test("the page is these files and no others", async () => {
  const names = await readdir(join(dist, "console"));
  expect(names.sort()).toEqual(["callback.html", "callback.js", "index.html", "page.css", "page.js"]);
});

test("the page asks no other server for anything", async () => {
  for (const name of ["index.html", "callback.html", "page.css"]) {
    const text = await readFile(join(dist, "console", name), "utf8");
    expect.soft(text, name).not.toMatch(/\bhttps?:|\/\/|@import/i);
    expect.soft(text, name).not.toMatch(/<script(?![^>]* src="\/)|<style|\sstyle=|\son\w+=/i);
  }
});

test("hydra-sdk console --mock serves the page until it is stopped", async () => {
  const args = [join(dist, "cli.js"), "console", "--mock", "--no-open"];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "ignore"] });
  const exited = once(child, "exit");
  let output = "";
  try {
    for await (const text of child.stdout.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
      output += text;
      if (output.includes("\n")) break;
    }
    const [url, token] = output.trim().split("#");
    const headers = { "content-type": "application/json" };
    const opened = await fetch(`${url}session`, { method: "POST", headers, body: JSON.stringify({ token }) });
    const { session } = await opened.json();
    const authorization = `Bearer ${session}`;
    const clients = await fetch(`${url}admin/clients?page_size=500`, { headers: { authorization } });
    expect((await clients.json()).length).toBeGreaterThan(20);
    for (const name of ["index.html", "page.js", "page.css", "callback.html", "callback.js"]) {
      const path = name.replace("index.html", "").replace("callback.html", "callback");
      const served = await (await fetch(`${url}${path}`)).text();
      expect.soft(served, name).toBe(await readFile(join(dist, "console", name), "utf8"));
    }
  } finally {
    child.kill("SIGINT");
  }
  const [code] = await exited;
  expect(code).toBe(STOPPED);
  await expect(fetch(output.trim())).rejects.toThrow();
});
