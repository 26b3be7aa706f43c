import { execFile } from "node:child_process";
import { createReadStream } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import axe from "axe-core";
import MiniSearch from "minisearch";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { searchOptions } from "../../docs/.vitepress/config.mjs";
import { launchChromium } from "../support/chromium.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const vitepress = join(root, "node_modules/vitepress/bin/vitepress.js");

let site: string;
let files: string[];

beforeAll(async () => {
  site = await mkdtemp(join(tmpdir(), "hydra-sdk-site-"));
  // It fails where a link leads nowhere.
  await promisify(execFile)(process.execPath, [vitepress, "build", "docs", "--outDir", site], { cwd: root });
  files = (await readdir(site, { recursive: true })).map((file) => file.replaceAll("\\", "/"));
});
afterAll(() => rm(site, { recursive: true, force: true }));

const pages = () => files.filter((file) => file.endsWith(".html"));
const read = (file: string) => readFile(join(site, file), "utf8");

test("every page is in the menu, apart from those of the examples, and the menu leads to pages only", async () => {
  const links = Array.from(
    (await read("start.html")).matchAll(/VPLink link[^>]* href="\/([^"#]+)"/g),
    ([, file]) => file!,
  );
  const own = pages().filter((file) => !/^(examples\/|404|index)/.test(file));
  expect([...new Set(links)].filter((file) => file !== "api/index.html").sort()).toEqual(own.sort());
});

test("every example has a page with its code", async () => {
  const examples = (await readdir(join(root, "examples"), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll("\\", "/"));
  expect(
    pages()
      .filter((file) => file.startsWith("examples/"))
      .sort(),
  ).toEqual(examples.map((file) => `${file.replaceAll(".", "-")}.html`).sort());
  expect(await read("guides/clients.html")).toContain("rotateOAuth2ClientSecret");
});

test("no page requests anything from another host", async () => {
  for (const file of [...pages(), ...files.filter((name) => name.endsWith(".css"))]) {
    const text = await read(file);
    const requests = text.match(
      /<(?:script|link|img|iframe)[^>]*(?:src|href)="https?:[^>]*>|url\(["']?https?:[^)]*\)/g,
    );
    expect(requests, file).toBeNull();
  }
});

describe("the search", () => {
  let index: MiniSearch;
  beforeAll(async () => {
    const file = files.find((name) => name.includes("@localSearchIndexroot"))!;
    const { default: json } = await import(pathToFileURL(join(site, file)).href);
    const fields = ["title", "titles", "text"];
    index = MiniSearch.loadJSON(json, { fields, storeFields: ["title", "titles"] });
  });

  /** What the box of the site shows first. */
  const first = (query: string) => {
    return index.search(query, { fuzzy: 0.2, prefix: true, ...searchOptions })[0]?.id;
  };

  test.each([
    ["404", "/troubleshooting.html#404-not-found"],
    ["rotate a secret", "/guides/clients.html#rotate-a-secret"],
    ["pagination", "/guides/clients.html#list-all-clients-pagination"],
    ["jest", "/recipes.html#jest"],
    ["next.js", "/recipes.html#nextjs"],
    ["nestjs", "/recipes.html#nestjs"],
    ["fastify", "/recipes.html#fastify"],
    ["invalid_client", "/troubleshooting.html#invalid_client"],
    ["cors", "/troubleshooting.html#cors"],
    ["hangs", "/troubleshooting.html#it-hangs"],
    ["502 bad gateway", "/troubleshooting.html#html-of-a-proxy"],
    ["clock skew", "/troubleshooting.html#the-clock"],
    ["special characters", "/troubleshooting.html#special-characters-in-a-secret"],
    ["wrong port", "/troubleshooting.html#a-missing-path-the-wrong-port-or-url"],
    ["contains a private key", "/troubleshooting.html#a-private-key-in-a-client"],
    ["no complete response", "/troubleshooting.html#no-answer"],
    ["page_token is not valid", "/troubleshooting.html#a-page-token-is-not-valid"],
    ["patch 500", "/troubleshooting.html#500-after-a-patch"],
    ["exchangeCode", "/guides/sign-in.html#in-a-web-application"],
    ["upsert", "/guides/production.html#create-or-update-a-client-in-a-deployment"],
    ["what is retried", "/guides/production.html#retries-and-rate-limits"],
    ["lifespans", "/guides/clients.html#set-token-lifespans"],
    ["introspection", "/guides/protect-an-api.html#by-introspection"],
  ])("finds %s first", (query, id) => {
    expect(first(query)).toBe(id);
  });
});

describe("in a browser", () => {
  let server: Server;
  let origin: string;
  let browser: Browser;
  const TYPES: Record<string, string> = { html: "text/html", js: "text/javascript", css: "text/css", png: "image/png" };

  beforeAll(async () => {
    server = createServer(({ url = "/" }, response) => {
      const file = new URL(url, "http://localhost").pathname.replace(/\/$/, "/index.html").slice(1);
      if (!files.includes(file)) response.writeHead(404).end();
      else {
        response.setHeader("content-type", TYPES[file.split(".").at(-1)!] ?? "application/octet-stream");
        createReadStream(join(site, file)).pipe(response);
      }
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  test.each([
    ["light", 1280],
    ["dark", 360],
  ] as const)("pages are accessible and fit, %s and %i px wide", async (colorScheme, width) => {
    const page = await browser.newPage({ colorScheme, viewport: { width, height: 800 }, reducedMotion: "reduce" });
    const elsewhere: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(origin) && !request.url().startsWith("data:")) elsewhere.push(request.url());
    });
    const missing: string[] = [];
    page.on("response", (response) => {
      if (!response.ok()) missing.push(response.url());
    });
    const found: Record<string, string[]> = {};
    for (const path of [
      "index",
      "start",
      "tasks",
      "guides/protect-an-api",
      "troubleshooting",
      "versions",
      "operations",
    ]) {
      await page.goto(`${origin}/${path}.html`);
      await page.evaluate(axe.source);
      const { violations, overflow } = await page.evaluate(async () => {
        const { run } = (globalThis as unknown as { axe: typeof axe }).axe;
        const result = await run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] });
        const { scrollWidth, clientWidth } = document.documentElement;
        return { violations: result.violations, overflow: scrollWidth - clientWidth };
      });
      const problems = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`));
      if (overflow > 0) problems.push(`${overflow} px too wide`);
      if (problems.length > 0) found[path] = [...new Set(problems)];
    }
    expect(found).toEqual({});
    expect({ elsewhere, missing }).toEqual({ elsewhere: [], missing: [] });
    await page.close();
  });
});
