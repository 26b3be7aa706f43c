import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from "vitest";
import type { ListeningMock, listen } from "../../../src/mock/node.ts";
import { launchChromium } from "../../support/chromium.ts";

const dist = join(inject("installed"), "node_modules/hydra-sdk/dist");
const html = "<!doctype html><link rel=icon href=data:,><title>Another origin</title>";

let site: Server;
let origin: string;
let browser: Browser;
let page: Page;
let hydra: ListeningMock;
let messages: string[];

beforeAll(async () => {
  const script = await readFile(join(dist, "browser.js"));
  site = createServer((request, response) => {
    const isScript = request.url === "/hydra-sdk.js";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html").end(isScript ? script : html);
  });
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  site?.close();
});

beforeEach(async () => {
  const node: { listen: typeof listen } = await import(pathToFileURL(join(dist, "mock-node.js")).href);
  hydra = await node.listen({ corsOrigins: [origin] });
  messages = [];
  page = await browser.newPage();
  page.on("console", (message) => messages.push(message.text()));
  page.on("pageerror", (error) => messages.push(error.message));
  await page.goto(origin);
});

afterEach(async () => {
  await page?.close();
  await hydra?.close();
});

/** Runs `script` in the page, as the body of an async function with the variables `sdk` and `configuration`. */
function inPage(script: string): Promise<any> {
  const urls = JSON.stringify({ basePath: hydra.publicUrl, adminBasePath: hydra.adminUrl });
  return page.evaluate(`(async () => {
    const sdk = await import("/hydra-sdk.js");
    const configuration = new sdk.Configuration(${urls});
    ${script}
  })()`);
}

const preflights = () => hydra.mock.requests.filter(({ method }) => method === "OPTIONS").length;

test("manages a client from a page of another origin", async () => {
  const result = await inPage(`
    const api = new sdk.OAuth2Api(configuration);
    const { data: client, headers } = await api.createOAuth2Client({ oAuth2Client: { client_name: "From a page" } });
    const id = client.client_id;
    await api.patchOAuth2Client({ id, jsonPatch: [{ op: "replace", path: "client_name", value: "Ümläut 🦋" }] });
    const { data: changed } = await api.getOAuth2Client({ id });
    await api.deleteOAuth2Client({ id });
    const gone = await api.getOAuth2Client({ id }).catch((error) => error);
    return { type: headers["content-type"], name: changed.client_name, kind: gone.name, status: gone.status };
  `);
  expect(result).toEqual({
    type: expect.stringContaining("application/json"),
    name: "Ümläut 🦋",
    kind: "ResponseError",
    status: 404,
  });
  expect(preflights()).toBeGreaterThanOrEqual(3);
  expect(hydra.mock.state.clients.size).toBe(0);
  // Chromium itself logs every error response.
  expect(messages).toEqual([expect.stringContaining("status of 404")]);
});

test("registers, updates and deletes a dynamic client from a page of another origin", async () => {
  const result = await inPage(`
    const api = new sdk.OidcApi(configuration);
    const { data: created } = await api.createOidcDynamicClient({ oAuth2Client: { client_name: "Dynamic" } });
    const id = created.client_id;
    const { data: updated } = await api.setOidcDynamicClient({ id, oAuth2Client: { ...created, client_name: "Renamed" } });
    const registrationAccessToken = updated.registration_access_token;
    const { data: read } = await api.getOidcDynamicClient({ id, registrationAccessToken });
    const { status } = await api.deleteOidcDynamicClient({ id, registrationAccessToken });
    return { name: read.client_name, status };
  `);
  expect(result).toEqual({ name: "Renamed", status: 204 });
  expect(preflights()).toBeGreaterThanOrEqual(3);
  expect(messages).toEqual([]);
});

test("a redirect is an error that advises the page to navigate", async () => {
  const result = await inPage(`
    const call = new sdk.OAuth2Api(configuration).oAuth2Authorize({ params: { client_id: "app", response_type: "code" } });
    const error = await call.catch((error) => error);
    return { name: error.name, message: error.message };
  `);
  expect(result).toEqual({ name: "InvalidResponseError", message: expect.stringMatching(/navigate/) });
  expect(messages).toEqual([]);
});

test("a page whose origin is not allowed gets a NetworkError", async () => {
  await hydra.close();
  const node: { listen: typeof listen } = await import(pathToFileURL(join(dist, "mock-node.js")).href);
  hydra = await node.listen({ corsOrigins: ["https://elsewhere.example"] });
  const name = await inPage(`
    return await new sdk.OAuth2Api(configuration).listOAuth2Clients().catch((error) => error.name);
  `);
  expect(name).toBe("NetworkError");
});
