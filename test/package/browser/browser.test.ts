import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { OAuth2Api } from "../../../src/index.ts";
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
let node: { listen: typeof listen };
let troubleshooting: string;

beforeAll(async () => {
  node = await import(pathToFileURL(join(dist, "mock-node.js")).href);
  troubleshooting = await readFile(fileURLToPath(new URL("../../../docs/troubleshooting.md", import.meta.url)), "utf8");
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
  const urls = { login: `${origin}/login`, consent: `${origin}/consent` };
  hydra = await node.listen({ corsOrigins: [origin], urls });
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

describe("docs/troubleshooting.md says of", () => {
  const documented = (text: string) => expect(troubleshooting.replace(/\s+/g, " ")).toContain(text);
  const app = {
    client_id: "app",
    redirect_uris: ["http://127.0.0.1:1/callback"],
    response_types: ["code"],
    scope: "openid",
  };
  const authorize = (host = "127.0.0.1") =>
    `${hydra.publicUrl.replace("127.0.0.1", host)}/oauth2/auth?${new URLSearchParams({
      client_id: app.client_id,
      redirect_uri: app.redirect_uris[0]!,
      response_type: "code",
      scope: "openid",
      state: "a state of sufficient length",
    })}`;

  /** Accepts the login that a page of the browser is asked for, and returns where the browser goes then. */
  async function acceptLogin(loginUrl: string): Promise<string> {
    const challenge = new URL(loginUrl).searchParams.get("login_challenge")!;
    const api = new OAuth2Api({ basePath: hydra.publicUrl, adminBasePath: hydra.adminUrl });
    const acceptOAuth2LoginRequest = { subject: "alice" };
    const { data } = await api.acceptOAuth2LoginRequest({ loginChallenge: challenge, acceptOAuth2LoginRequest });
    return data.redirect_to;
  }

  /** The error in the URL of the last redirect, which nothing answers. */
  async function errorAt(url: string): Promise<(string | null)[]> {
    const redirect = page.waitForRequest((request) => request.url().startsWith(app.redirect_uris[0]!));
    await page.goto(url).catch(() => {});
    const { searchParams } = new URL((await redirect).url());
    return [searchParams.get("error"), searchParams.get("error_description")];
  }

  test.each([
    ["off", []],
    ["another origin", ["https://elsewhere.example"]],
  ])("CORS: %s", async (_, corsOrigins) => {
    await hydra.close();
    hydra = await node.listen({ corsOrigins });
    const errors = await inPage(`
      const calls = [new sdk.OidcApi(configuration).discoverOidcConfiguration(), new sdk.OAuth2Api(configuration).listOAuth2Clients()];
      const seen = await Promise.allSettled(calls);
      return seen.map(({ reason }) => [reason.name, reason.status, reason.code]);
    `);
    expect(errors).toEqual([
      ["NetworkError", undefined, undefined],
      ["NetworkError", undefined, undefined],
    ]);
    expect(messages).toContainEqual(expect.stringContaining("blocked by CORS policy"));
    documented("sees a `NetworkError` without a status, and the browser's console says `blocked by CORS policy`");
  });

  test("Link and Location, which a page cannot read: a list ends after its first page", async () => {
    for (let each = 0; each < 3; each++) hydra.mock.addClient({});
    const result = await inPage(`
      const { status, headers } = await new sdk.OidcApi(configuration).createOidcDynamicClient({ oAuth2Client: {} });
      const api = new sdk.OAuth2Api(configuration);
      const clients = await sdk.paginate((page) => api.listOAuth2Clients({ ...page, pageSize: 2 })).toArray();
      return [status, headers.location, clients.length];
    `);
    expect(result).toEqual([201, undefined, 2]);
    documented("does not expose `Link` and `Location`");
    documented("ends after the first page, without an error");
  });

  test("cookies: a login that began at another host", async () => {
    hydra.mock.addClient(app);
    await page.goto(authorize("localhost"));
    const [code, description] = await errorAt(await acceptLogin(page.url()));
    expect([code, description]).toEqual(["request_forbidden", expect.stringMatching(/session cookie\.$/)]);
    documented(`\`${description!.replace(/^The request is not allowed\. |\.$/g, "")}\``);
  });

  test("cookies: the first of two logins, while those of two clients do not disturb each other", async () => {
    hydra.mock.addClient(app);
    hydra.mock.addClient({ ...app, client_id: "other" });
    await page.goto(authorize());
    const first = page.url();
    await page.goto(authorize().replace("client_id=app", "client_id=other"));
    await page.goto(await acceptLogin(first));
    expect(new URL(page.url()).pathname).toBe("/consent");
    await page.goto(authorize());
    const second = page.url();
    await page.goto(authorize());
    const [code, description] = await errorAt(await acceptLogin(second));
    expect([code, description]).toEqual(["request_forbidden", expect.stringMatching(/data store\.$/)]);
    documented(`\`${description!.replace(/^The request is not allowed\. |\.$/g, "")}\``);
  });
});
