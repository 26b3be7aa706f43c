import { existsSync, readFileSync, statSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { expect, test, vi } from "vitest";
import { EXAMPLE_CLIENTS } from "../../src/cli/example-clients.ts";
import { authorizationUrl, Configuration, exchangeCode, OAuth2Api, paginate } from "../../src/index.ts";
import { createMockHydra } from "../../src/mock/index.ts";
import { cli, type Outcome, variablesOf, type World } from "../cli/support.ts";
import { launchChromium } from "../support/chromium.ts";

// What the build would write. The script shows the link's fragment, so that a test can see that it arrived.
vi.mock("../../src/cli/page-files.ts", () => ({
  pageFiles: async () => ({
    "index.html": '<!doctype html><title>console</title><script src="/page.js"></script>',
    "page.js": "document.title = location.hash.slice(1);",
    "page.css": "",
    "callback.html": "",
    "callback.js": "",
  }),
}));

interface Running {
  url: string;
  /** The link with the one-time token. */
  link: string;
  /** The file that was given to the browser. */
  file: string | undefined;
  outcome: Promise<Outcome>;
  interrupt(): Promise<Outcome>;
}

/** Runs the command until it has opened the browser, or has printed the link. */
async function run(args: readonly string[], world: World & { opens?: boolean } = {}): Promise<Running> {
  const { opens = true, ...others } = world;
  const interrupt = new AbortController();
  let opened!: (url: string) => void;
  const opening = new Promise<string>((resolve) => {
    opened = resolve;
  });
  const outcome = cli(["console", ...args], {
    signal: interrupt.signal,
    openBrowser: async (url) => {
      opened(url);
      return opens;
    },
    ...others,
  });
  const first = await Promise.race([opening, outcome]);
  if (typeof first !== "string") throw new Error(first.stderr);
  const file = fileURLToPath(first);
  const [link = ""] = /http:[^"]+/.exec(readFileSync(file, "utf8")) ?? [];
  return {
    link,
    url: link.split("#")[0]!,
    file,
    outcome,
    interrupt() {
      interrupt.abort();
      return outcome;
    },
  };
}

/** Opens the session, as the page does, and returns a function that sends its requests. */
async function open({ link }: Pick<Running, "link">): Promise<(path: string, init?: RequestInit) => Promise<any>> {
  const [url, token] = link.split("#");
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${url}session`, { method: "POST", headers, body: JSON.stringify({ token }) });
  const { session } = await response.json();
  return async (path, init) => {
    const response = await fetch(new URL(path, url), { ...init, headers: { authorization: `Bearer ${session}` } });
    return { status: response.status, json: await response.json() };
  };
}

test("the browser gets a file that only this user can read, without the token in its name", async () => {
  const { file, link, url, interrupt } = await run([]);
  expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#[\w-]{43}$/);
  expect(file).not.toContain(link.split("#")[1]);
  if (process.platform !== "win32") {
    expect(statSync(file!).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(file!)).mode & 0o777).toBe(0o700);
  }
  const { status, stdout, stderr } = await interrupt();
  expect({ status, stdout }).toEqual({ status: 0, stdout: `${url}\n` });
  expect(stderr).toContain("Ctrl+C ends it.");
  expect(stdout + stderr).not.toContain(link.split("#")[1]);
});

test("the file is deleted when its link was used", async () => {
  const running = await run([]);
  expect(existsSync(running.file!)).toBe(true);
  await open(running);
  await vi.waitFor(() => expect(existsSync(dirname(running.file!))).toBe(false));
  await running.interrupt();
});

test("Ctrl+C ends the server, and deletes the file", async () => {
  const { file, url, interrupt } = await run([]);
  expect((await fetch(url)).status).toBe(200);
  await interrupt();
  expect(existsSync(dirname(file!))).toBe(false);
  await expect(fetch(url)).rejects.toThrow();
});

test.each(["SIGHUP", "SIGTERM"] as const)("%s ends it as Ctrl+C does", async (signal) => {
  const { file, url, outcome } = await run([]);
  process.emit(signal);
  expect((await outcome).status).toBe(0);
  expect(existsSync(dirname(file!))).toBe(false);
  await expect(fetch(url)).rejects.toThrow();
  expect(process.listenerCount(signal)).toBe(0);
});

test("where no browser can be opened, the link is printed", async () => {
  const { link, interrupt } = await run([], { opens: false });
  const { stdout, stderr } = await interrupt();
  expect(stdout).toBe(`${link}\n`);
  expect(stderr).toContain("It works once.");
});

test("--no-open prints the link and opens nothing", async () => {
  const interrupt = new AbortController();
  const port = await freePort();
  const outcome = cli(["console", "--no-open", "--port", `${port}`], { signal: interrupt.signal });
  await vi.waitFor(async () => expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200));
  interrupt.abort();
  const { status, stdout, opened } = await outcome;
  expect({ status, opened }).toEqual({ status: 0, opened: [] });
  expect(stdout).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${port}/#[\\w-]{43}\\n$`));
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test("a port that is taken, or that is no port, is named", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  const taken = await cli(["console", "--port", `${port}`]);
  expect({ status: taken.status, stderr: taken.stderr }).toEqual({
    status: 2,
    stderr: `error: --port ${port}: cannot listen there (EADDRINUSE): choose another port\n`,
  });
  server.close();
  expect(await cli(["console", "--port", "70000"])).toMatchObject({ status: 2, opened: [] });
});

test("variables, headers and the key of the environment reach the server, and stay out of the page", async () => {
  const mock = createMockHydra({
    publicUrl: "https://slug.projects.oryapis.com",
    adminUrl: "https://slug.projects.oryapis.com",
  });
  const env = { ORY_SDK_URL: mock.publicUrl, ORY_API_KEY: "ory_pat_secret" };
  const sent: Record<string, string>[] = [];
  const send = mock.fetch;
  mock.fetch = (url, init) => {
    sent.push(init?.headers as Record<string, string>);
    return send(url, init);
  };
  const running = await run(["-H", "X-Tenant: blue"], { mock, env });
  const request = await open(running);
  expect((await request("/admin/clients")).status).toBe(200);
  expect(sent).toEqual([expect.objectContaining({ authorization: "Bearer ory_pat_secret", "x-tenant": "blue" })]);
  const { json } = await request("/console");
  expect(json).toMatchObject({
    readOnly: false,
    mock: false,
    server: { admin: mock.adminUrl, public: mock.publicUrl, from: "ORY_SDK_URL" },
    cli: `--endpoint ${mock.adminUrl}`,
    callbackUrl: `${running.url}callback`,
  });
  const { stdout, stderr } = await running.interrupt();
  expect(JSON.stringify(json) + stdout + stderr).not.toMatch(/ory_pat_secret|blue/);
});

test.each([
  [["--public", "http://127.0.0.1:4444", "--admin", "http://127.0.0.1:4445"], "--public, --admin"],
  [["--endpoint", "http://127.0.0.1:4445"], "--endpoint"],
  [["--admin", "http://127.0.0.1:4445"], "--admin"],
])("the page can show commands for the same server: %j", async (flags, from) => {
  const running = await run(flags, { env: {} });
  const { json } = await (await open(running))("/console");
  expect(json).toMatchObject({ server: { from, admin: "http://127.0.0.1:4445" }, cli: flags.join(" ") });
  await running.interrupt();
});

test("a profile is named in the commands", async () => {
  const folder = await mkdtemp(join(tmpdir(), "hydra-sdk-test-"));
  const file = join(folder, "profiles.json");
  await writeFile(file, JSON.stringify({ profiles: { "my servers": { endpoint: "http://127.0.0.1:4445" } } }));
  const running = await run(["--profile", "my servers"], { env: { HYDRA_SDK_CONFIG: file } });
  const { json } = await (await open(running))("/console");
  expect(json).toMatchObject({ server: { from: "profile my servers" }, cli: "--profile 'my servers'" });
  await running.interrupt();
  await rm(folder, { recursive: true });
});

test("with the admin API alone, requests to the public one are explained", async () => {
  const running = await run(["--admin", "http://127.0.0.1:4445"], { env: {} });
  const request = await open(running);
  expect(await request("/admin/clients")).toMatchObject({ status: 200 });
  const { status, json } = await request("/public/userinfo");
  expect(status).toBe(404);
  expect(json.error_description).toContain("--public");
  await running.interrupt();
});

test("--read-only refuses changes", async () => {
  const mock = createMockHydra();
  mock.addClient({ client_id: "web" });
  const running = await run(["--read-only"], { mock });
  const request = await open(running);
  expect(await request("/admin/clients/web", { method: "DELETE" })).toMatchObject({ status: 403 });
  expect(mock.state.clients.size).toBe(1);
  expect(await request("/admin/clients/web")).toMatchObject({ status: 200 });
  await running.interrupt();
});

test("--timeout ends requests to a server that hangs", async () => {
  const mock = createMockHydra();
  mock.fetch = (_, init) =>
    new Promise((_, reject) => init!.signal!.addEventListener("abort", () => reject(init!.signal!.reason)));
  const running = await run(["--timeout", "50ms"], { mock });
  expect(await (await open(running))("/admin/clients")).toMatchObject({ status: 504 });
  await running.interrupt();
});

test("without a server, or with a header that cannot be sent, nothing is started", async () => {
  const without = await cli(["console"], { env: {} });
  expect(without).toMatchObject({ status: 2, opened: [] });
  expect(without.stderr).toContain("There is no server");
  const header = await cli(["console", "-H", "X-Key: secret\u0000"]);
  expect(header).toMatchObject({ status: 2, opened: [] });
  expect(header.stderr).toContain("--http-header");
  expect(header.stderr).not.toContain("secret");
});

test("--mock shows example clients, issuers and consents, and signs in", async () => {
  const running = await run(["--mock"], { env: {} });
  const request = await open(running);
  const { json: facts } = await request("/console");
  expect(facts).toMatchObject({ mock: true, server: { from: "--mock" } });
  const { public: basePath, admin: adminBasePath } = facts.server;
  expect(facts.cli).toBe(`--public ${basePath} --admin ${adminBasePath}`);

  const api = new OAuth2Api(new Configuration({ basePath, adminBasePath }));
  const clients = await paginate(api.listOAuth2Clients).toArray();
  expect(clients).toHaveLength(EXAMPLE_CLIENTS.length + 1);
  expect(new Set(clients.map(({ created_at }) => created_at)).size).toBe(clients.length);
  expect(clients.map(({ client_name }) => client_name)).toContain(
    '<img src=x onerror="alert(1)"><script>alert(2)</script>',
  );
  // What only this mock's process does not believe of itself stays readable.
  for (const { client_id: id } of clients) expect((await api.getOAuth2Client({ id: id! })).status).toBe(200);
  expect((await request("/admin/trust/grants/jwt-bearer/issuers")).json).toHaveLength(1);
  expect((await request("/admin/oauth2/auth/sessions/consent?subject=ada@example.com")).json).toHaveLength(2);

  const redirectUri = facts.callbackUrl;
  const clientId = "storefront";
  const { url, codeVerifier, state } = await authorizationUrl({ basePath, clientId, redirectUri, scope: "openid" });
  const callback = await follow(url, redirectUri);
  expect(callback.searchParams.get("state")).toBe(state);
  const code = callback.searchParams.get("code")!;
  const tokens = await exchangeCode({ basePath, clientId, code, codeVerifier, redirectUri });
  expect(tokens).toMatchObject({ token_type: "bearer", scope: "openid" });

  await running.interrupt();
  await expect(fetch(adminBasePath)).rejects.toThrow();
});

/** Follows redirects, with cookies, up to the redirect URI. */
async function follow(start: string, end: string): Promise<URL> {
  const cookies = new Map<string, string>();
  let url = start;
  while (!url.startsWith(end)) {
    const cookie = [...cookies].map((pair) => pair.join("=")).join("; ");
    const response = await fetch(url, { redirect: "manual", headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      cookies.set(name!, value!);
    }
    url =
      response.headers.get("location") ??
      (await Promise.reject(new Error(`${response.status} ${await response.text()}`)));
  }
  return new URL(url);
}

test("a real browser gets from the file to the page, with the token", async () => {
  const { file, link, url, interrupt } = await run([]);
  let browser: Browser | undefined;
  try {
    browser = await launchChromium();
    const page = await browser.newPage();
    await page.goto(`file://${file}`);
    await page.waitForURL(link);
    expect(await page.evaluate("document.title")).toBe(link.split("#")[1]);
    // A page of another port of this host cannot use the console, though a cookie would have come along.
    const other = createServer((_, response) => response.setHeader("content-type", "text/html").end("<p>other</p>"));
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    await page.goto(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`);
    const attack = `(async () => {
      const get = (path, init) => fetch("${url}" + path, init).then(({ status }) => status, () => "refused");
      const frame = document.createElement("iframe");
      frame.src = "${url}";
      document.body.append(frame);
      await new Promise((resolve) => frame.addEventListener("load", resolve));
      return {
        read: await get("console"),
        simple: await get("session", { method: "POST", body: "{}" }),
        script: await new Promise((resolve) => {
          const script = document.createElement("script");
          script.onload = () => resolve("loaded");
          script.onerror = () => resolve("refused");
          script.src = "${url}page.js";
          document.body.append(script);
        }),
        frame: frame.contentDocument === null && frame.contentWindow.length,
      };
    })()`;
    expect(await page.evaluate(attack)).toEqual({ read: "refused", simple: "refused", script: "refused", frame: 0 });
    expect(
      page
        .frames()
        .map((frame) => frame.url())
        .filter((each) => each === url),
    ).toEqual([]);
    other.close();
    other.closeAllConnections();
  } finally {
    await browser?.close();
    await interrupt();
  }
});

test("the variables of both listeners are named as they are set", async () => {
  const mock = createMockHydra();
  const running = await run([], { mock });
  const { json } = await (await open(running))("/console");
  const { HYDRA_PUBLIC_URL, HYDRA_ADMIN_URL } = variablesOf(mock);
  expect(json.server).toEqual({
    public: HYDRA_PUBLIC_URL,
    admin: HYDRA_ADMIN_URL,
    from: "HYDRA_PUBLIC_URL, HYDRA_ADMIN_URL",
  });
  await running.interrupt();
});
