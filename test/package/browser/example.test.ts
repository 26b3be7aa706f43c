import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "../../support/chromium.ts";
import { STOPPED } from "../../support/stopped.ts";

let example: ChildProcess;
let origin: string;
let email: string;
let password: string;
let browser: Browser;

beforeAll(async () => {
  example = spawn(process.execPath, ["--import", "tsx", "examples/browser/serve.ts"], {
    cwd: fileURLToPath(new URL("../../..", import.meta.url)),
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  for await (const text of example.stdout!.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
    output += text;
    if (output.includes("Ctrl+C")) break;
  }
  [, origin, email, password] = /Open (\S+)\/ and sign in as (\S+) with ([^.]+)\./.exec(output) as string[] as [
    string,
    string,
    string,
    string,
  ];
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  if (!example) return;
  const exited = new Promise((resolve) => example.once("exit", resolve));
  example.kill("SIGINT");
  expect(await exited).toBe(STOPPED);
});

const state = (page: Page) => page.locator("#state");
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const shows = (page: Page, text: string) => state(page).filter({ hasText: text }).waitFor();

interface Registered {
  client_id: string;
  registration_access_token: string;
}
/** Returns the client that the page has stored when its current step is complete. */
async function clientOf(page: Page): Promise<Registered> {
  await page.locator("#actions:enabled").waitFor();
  return page.evaluate(() => JSON.parse(sessionStorage.getItem("client")!));
}

/** Deletes the client of a page without its knowledge. */
async function deleteClient(page: Page, { client_id, registration_access_token }: Registered): Promise<void> {
  const { basePath } = (await (await page.request.get(`${origin}/hydra.json`)).json()) as { basePath: string };
  const response = await fetch(`${basePath}/oauth2/register/${client_id}`, {
    method: "DELETE",
    headers: { authorization: `Bearer ${registration_access_token}` },
  });
  expect(response.status).toBe(204);
}

test("the page registers a client, signs a user in through login and consent, and renames and deletes the client", async () => {
  const page = await browser.newPage();
  const messages: string[] = [];
  page.on("console", (message) => messages.push(message.text()));
  page.on("pageerror", (error) => messages.push(error.message));
  await page.goto(origin);
  await shows(page, "Not signed in");

  await page.click("#sign-in");
  await page.fill("[name=email]", email);
  await page.fill("[name=password]", "wrong");
  await press(page, "Log in");
  await page.getByRole("alert").filter({ hasText: "wrong" }).waitFor();
  await page.fill("[name=password]", password);
  await page.check("[name=remember]");
  await press(page, "Log in");
  await page.getByRole("heading", { name: "A page asks for access" }).waitFor();
  await press(page, "Allow");
  await shows(page, `Signed in as ${email}`);
  expect(page.url()).toBe(`${origin}/`);

  await page.click("#rename");
  await shows(page, "The client is now named A page, renamed");
  await page.click("#sign-in");
  await page.getByRole("heading", { name: "A page, renamed asks for access" }).waitFor();
  await press(page, "Deny");
  await shows(page, "Not signed in: access_denied");

  await page.click("#forget");
  await shows(page, "The client is deleted");
  expect(messages).toEqual([]);
});

test("the page registers a new client if its client was deleted", async () => {
  const page = await browser.newPage();
  await page.goto(origin);
  await page.click("#rename");
  await shows(page, "The client is now named A page, renamed");
  const first = await clientOf(page);
  await deleteClient(page, first);
  await page.click("#rename");
  const second = await clientOf(page);
  expect(second.client_id).not.toBe(first.client_id);
  await shows(page, "The client is now named A page, renamed");

  await deleteClient(page, second);
  await page.click("#forget");
  await shows(page, "The client is forgotten here");
  await page.click("#forget");
  await shows(page, "No client is registered");
});

test("the page rejects an ID token of another login", async () => {
  const page = await browser.newPage();
  await page.goto(origin);
  await shows(page, "Not signed in");
  await page.click("#sign-in");
  await page.fill("[name=email]", email);
  await page.fill("[name=password]", password);
  await press(page, "Log in");
  await page.getByRole("heading", { name: "A page asks for access" }).waitFor();
  await page.route(`${origin}/hydra.json`, async (route) => {
    await page.evaluate(() => {
      const login = JSON.parse(sessionStorage.getItem("login")!);
      sessionStorage.setItem("login", JSON.stringify({ ...login, nonce: "of-another-login" }));
    });
    await route.continue();
  });
  await press(page, "Allow");
  await shows(page, "This ID token does not belong to a login of this tab.");
});

test("the page rejects a response to a login that it did not start", async () => {
  const page = await browser.newPage();
  await page.goto(`${origin}/?code=stolen&state=of-another-login`);
  await shows(page, "This response does not belong to a login of this tab.");
});
