import axe from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { EXAMPLE_CLIENTS } from "../../src/cli/example-clients.ts";
import { type ExampleServer, serveExample } from "../../src/cli/example-server.ts";
import { OAuth2Api } from "../../src/index.ts";
import { type OpenConsole, type Options, startBrowser, visit } from "./page-support.ts";

let browser: Awaited<ReturnType<typeof startBrowser>>;
let example: ExampleServer;
let opened: OpenConsole | undefined;

beforeAll(async () => {
  [browser, example] = await Promise.all([startBrowser(), serveExample(Date.now)]);
});
afterAll(async () => {
  await browser?.close();
  await example?.close();
});
afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

async function open(options: Options = {}): Promise<OpenConsole> {
  opened = await browser.open(options);
  return opened;
}

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true });

const VIEWS = [
  "clients",
  "new",
  "new/web",
  "client/web-shop",
  "client/hostile-markup",
  "client/unknown",
  "try",
  "try/introspection",
  "try/sign-in",
  "server",
  "keys",
  "issuers",
  "sessions",
];

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** What axe-core finds in the page as it is, each with the element. */
async function violations(page: Page, runOnly: string[]): Promise<string[]> {
  const found = await page.evaluate(
    (runOnly) => (globalThis as unknown as { axe: typeof axe }).axe.run(document, { runOnly }),
    runOnly,
  );
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`));
}

test("axe-core finds nothing against WCAG 2.2 A and AA in any view, light or dark", async () => {
  // Without motion, no colour is on its way to another when the theme changes.
  const { page, messages } = await open({ hydra: example, reducedMotion: "reduce" });
  await page.evaluate(axe.source);
  const found: Record<string, string[]> = {};
  const check = async (name: string) => {
    const light = await violations(page, WCAG);
    await page.emulateMedia({ colorScheme: "dark" });
    // The themes differ in colours alone.
    const dark = await violations(page, ["color-contrast", "link-in-text-block"]);
    await page.emulateMedia({ colorScheme: "light" });
    if (light.length + dark.length > 0) found[name] = [...light, ...dark.map((each) => `dark: ${each}`)];
  };
  for (const view of VIEWS) {
    await visit(page, view);
    await page.evaluate(() => {
      for (const details of document.querySelectorAll("details")) details.open = true;
    });
    await check(view);
  }
  await visit(page, "sessions");
  await page.getByLabel(/^Subject/).fill("ada@example.com");
  await button(page, "Show").click();
  await page.getByRole("heading", { name: /of ada@example.com/ }).waitFor();
  await check("the sessions of a person");
  await visit(page, "client/web-shop");
  await button(page, "JSON").click();
  await page.getByLabel(/as JSON/).fill('{"naem": 1}');
  await check("JSON with errors");
  await visitAnyway(page, "client/storefront");
  await page.getByLabel("Owner", { exact: true }).fill("someone");
  await button(page, "Save…").click();
  await page.getByRole("dialog").locator(".changes").waitFor();
  await check("the dialog that saves");
  await page.keyboard.press("Escape");
  await button(page, "Delete…").click();
  await check("the dialog that deletes");
  await page.keyboard.press("Escape");
  await visitAnyway(page, "client/web-shop");
  await button(page, "Rotate the secret…").click();
  await check("the dialog that rotates");
  await page.keyboard.press("Escape");
  await visit(page, "new/service");
  await button(page, "Create client").click();
  await page.getByRole("heading", { name: "Client created" }).waitFor();
  await check("a new secret");
  expect(found).toEqual({});
  // It would have found something.
  await page.evaluate(() => {
    document.querySelector("main")!.append(new Image());
    document.querySelector("h1")!.style.color = "light-dark(black, black)";
  });
  await check("a page with faults");
  expect(found["a page with faults"]).toEqual([
    "image-alt: <img>",
    expect.stringContaining("dark: color-contrast: <h1"),
  ]);
  // A view of a client that does not exist is a 404, which the browser reports.
  expect(messages.filter((message) => !message.includes("404"))).toEqual([]);
});

/** Leaves a form although it was changed. */
async function visitAnyway(page: Page, view: string): Promise<void> {
  page.once("dialog", (dialog) => dialog.accept());
  await visit(page, view);
  await page.waitForURL(`**/#/${view}`);
}

test("nothing scrolls sideways at 320 px, which is also 1280 px at 400 % zoom", async () => {
  const { page } = await open({ hydra: example, width: 320 });
  for (const view of VIEWS) {
    await visit(page, view);
    await page.evaluate(() => {
      for (const details of document.querySelectorAll("details")) details.open = true;
    });
    expect(await page.evaluate(() => document.documentElement.scrollWidth), view).toBe(320);
  }
});

test("nothing moves for a person who prefers reduced motion", async () => {
  const { page } = await open({ hydra: example, reducedMotion: "reduce" });
  const moving = await page.evaluate(
    () =>
      [...document.querySelectorAll("*")].filter((element) => {
        const { transitionDuration, animationName } = getComputedStyle(element);
        return transitionDuration !== "0s" || animationName !== "none";
      }).length,
  );
  expect(moving).toBe(0);
});

describe("by keyboard alone", () => {
  const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? "");
  /** Presses Tab until the element with this name has the focus. */
  async function tabTo(page: Page, name: string | RegExp): Promise<void> {
    for (let presses = 0; presses < 200; presses++) {
      await page.keyboard.press("Tab");
      const label = await page.evaluate(() => {
        const element = document.activeElement as HTMLInputElement;
        return element?.labels?.[0]?.textContent ?? element?.getAttribute("aria-label") ?? element?.textContent ?? "";
      });
      if (typeof name === "string" ? label.trim() === name : name.test(label)) return;
    }
    throw new Error(`Tab never reached ${name}`);
  }

  test("a client is created, edited and deleted, and the focus stays where one is", async () => {
    const { page, api } = await open();
    await page.getByRole("heading", { name: "There is no client yet" }).waitFor();
    await tabTo(page, "New client");
    await page.keyboard.press("Enter");
    await page.getByText("What do you want to build?").waitFor();
    await expect.poll(() => focused(page)).toBe("New client");
    await tabTo(page, /^Single-page application/);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "New client: single-page application" }).waitFor();
    await tabTo(page, "Client name");
    await page.keyboard.type("Typed");
    await tabTo(page, "Create client");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Client created" }).waitFor();
    await expect.poll(() => focused(page)).toBe("Client created");
    await tabTo(page, "Open the client");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Typed" }).waitFor();
    await tabTo(page, "Owner");
    await page.keyboard.type("me");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").locator(".changes").waitFor();
    await expect.poll(() => focused(page)).toBe("Save");
    await page.keyboard.press("Enter");
    await page.getByText("Saved", { exact: true }).waitFor();
    expect((await api.listOAuth2Clients()).data).toMatchObject([{ client_name: "Typed", owner: "me" }]);
    await tabTo(page, "Delete…");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => focused(page)).toBe("Delete…");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.type("Typed");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "There is no client yet" }).waitFor();
    expect((await api.listOAuth2Clients()).data).toEqual([]);
  });
});

describe("what a client says of itself", () => {
  test("is text: no markup, no image, no request, and only http and https are links", async () => {
    const { page, context } = await open({ hydra: example });
    const requests: string[] = [];
    context.on("request", (request) => requests.push(request.url()));
    let alerts = 0;
    page.on("dialog", (dialog) => {
      alerts++;
      void dialog.dismiss();
    });
    await visit(page, "new");
    await visit(page, "clients");
    const markup = EXAMPLE_CLIENTS.find((client) => client.client_id === "hostile-markup")!.client_name!;
    expect(markup).toContain("<img");
    await page.getByText(markup.slice(0, 40)).first().waitFor();
    for (const { client_id } of EXAMPLE_CLIENTS.filter(({ client_id }) => client_id?.startsWith("hostile"))) {
      await visit(page, `client/${client_id}`);
      await page.getByText("Updated", { exact: true }).waitFor();
      const links = await page
        .locator("main a")
        .evaluateAll((all) => all.map((each) => (each as HTMLAnchorElement).href));
      for (const href of links) expect(href).toMatch(/^https?:\/\//);
    }
    expect(await page.locator("img, iframe, object, embed, main script").count()).toBe(0);
    const origin = new URL(page.url()).origin;
    expect(requests.filter((url) => !url.startsWith(origin))).toEqual([]);
    expect(alerts).toBe(0);
  });

  test("may be 5 MB of metadata", async () => {
    const { page, hydra, api } = await open({ view: "new" });
    hydra.mock.addClient({ client_id: "large", metadata: { text: "x".repeat(5_000_000) } });
    await visit(page, "clients");
    await page.getByRole("link", { name: "(no name)" }).click();
    await page.getByLabel("Owner", { exact: true }).fill("me");
    await button(page, "Save…").click();
    await page.getByRole("dialog").getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Saved", { exact: true }).waitFor();
    expect((await api.getOAuth2Client({ id: "large" })).data.owner).toBe("me");
  });
});

describe("a server that", () => {
  test("is slow leaves the page usable, and its late answer does not replace another view", async () => {
    const { page, hydra } = await open({ view: "new" });
    hydra.mock.addClient({ client_id: "a", client_name: "Late" });
    hydra.mock.fail({ operation: "listOAuth2Clients", delay: 700 });
    await page.evaluate(() => {
      location.hash = "#/clients";
    });
    await page.getByText("Loading clients…").waitFor();
    await page.getByRole("link", { name: "Server" }).click();
    await page.getByRole("heading", { name: "Connection" }).waitFor();
    await page.waitForTimeout(900);
    expect(await page.getByText("Late").count()).toBe(0);
  });

  test.each([
    ["fails", { status: 500 }, "500"],
    ["answers HTML", { html: true }, "200 with a body"],
    ["drops the connection", { dropConnection: true }, "502"],
  ] as const)("%s is explained, and can be tried again", async (_, fault, message) => {
    const { page, hydra } = await open({ view: "new" });
    hydra.mock.addClient({ client_id: "a", client_name: "Found" });
    hydra.mock.fail({ operation: "listOAuth2Clients", ...fault });
    await page.evaluate(() => {
      location.hash = "#/clients";
    });
    const alert = page.getByRole("alert");
    await alert.waitFor();
    expect(await alert.textContent()).toContain(message);
    expect((await alert.locator("p").allTextContents()).join("").length).toBeGreaterThan(40);
    await button(page, "Try again").click();
    await page.getByRole("link", { name: "Found" }).waitFor();
  });

  test("vanished with the command is told from a Hydra that is down", async () => {
    const { page, stop } = await open({ hydra: example, view: "new" });
    await stop();
    await page.getByRole("link", { name: "Clients", exact: true }).click();
    expect(await page.getByRole("alert").textContent()).toContain("still running in its terminal");
  });
});

test("a session that the server does not know is told from a client that Hydra does not know", async () => {
  const { page } = await open({ hydra: example, view: "new" });
  await page.evaluate(() => sessionStorage.setItem("hydra-sdk-console-session", "other"));
  await page.getByRole("link", { name: "Clients", exact: true }).click();
  expect(await page.getByRole("alert").textContent()).toContain("The session has ended");
});

test("a link that was used opens nothing, and says what to do", async () => {
  const { context, url } = await open({ hydra: example });
  const other = await context.newPage();
  await other.goto(`${url}#used`);
  await other.getByRole("heading", { name: "This link was used already" }).waitFor();
});

test("read-only shows everything, and offers no change", async () => {
  const { page } = await open({ hydra: example, readOnly: true });
  await page.getByText("read-only", { exact: true }).waitFor();
  await page.getByRole("link", { name: "Web shop", exact: true }).waitFor();
  expect(await page.getByRole("link", { name: "New client" }).count()).toBe(0);
  expect(await page.locator("input[type=checkbox]").count()).toBe(0);
  await visit(page, "client/web-shop");
  expect(await page.getByLabel("Owner", { exact: true }).isDisabled()).toBe(true);
  expect(await page.getByRole("button", { name: /Save|Delete|Rotate/ }).count()).toBe(0);
  await visit(page, "issuers");
  await page.locator("tbody tr").first().waitFor();
  expect(await page.getByRole("button", { name: /^End/ }).count()).toBe(0);
});

describe("a trial", () => {
  test("gets a token by client credentials, masks what is secret, and introspects the token", async () => {
    const { page, hydra } = await open({ view: "new" });
    hydra.mock.addClient({
      client_id: "service",
      client_secret: "top-secret",
      grant_types: ["client_credentials"],
      scope: "read",
    });
    await visit(page, "try/service/service");
    await expect.poll(() => page.getByLabel("Scope").inputValue()).toBe("read");
    await page.getByLabel("Client secret").fill("wrong");
    await button(page, "Get a token").click();
    await page.getByRole("alert").waitFor();
    expect(await page.getByRole("alert").textContent()).toMatch(/401 invalid_client(?!.*session)/);
    await page.getByLabel("Client secret").fill("top-secret");
    await button(page, "Get a token").click();
    await page.getByRole("alert").waitFor({ state: "detached" });
    const exchange = page.getByRole("region", { name: "Request and response" });
    await exchange.waitFor();
    const credentials = btoa("service:top-secret");
    expect(await exchange.textContent()).toContain(`POST ${hydra.publicUrl}/oauth2/token`);
    expect(await exchange.textContent()).toContain("Authorization: Basic ••••••••");
    expect(await exchange.textContent()).not.toMatch(/ory_at_|top-secret/);
    await button(page, "Show the secrets").click();
    expect(await exchange.textContent()).toContain(credentials);
    expect(await exchange.textContent()).toMatch(/"access_token": "[\w.-]{20,}"/);
    await page.getByRole("link", { name: "Introspection" }).click();
    await button(page, "Introspect").click();
    await exchange.getByText(/"active": true/).waitFor();
    expect(await page.locator(".same-as pre").first().textContent()).not.toMatch(/ory_at_|top-secret/);
  });

  test("signs a person in through the console's own callback", async () => {
    const { page, context } = await open({ hydra: example, view: "try/sign-in/storefront" });
    await expect.poll(() => page.getByLabel("Authentication").inputValue()).toBe("none");
    await button(page, "Prepare the sign-in").click();
    const [popup] = await Promise.all([
      context.waitForEvent("page"),
      page.getByRole("link", { name: "Open the sign-in page" }).click(),
    ]);
    popup.on("pageerror", (error) => expect.unreachable(error.message));
    const exchange = page.getByRole("region", { name: "Request and response" });
    await exchange.getByText(/"id_token": "••••••••"/).waitFor();
    expect(await exchange.textContent()).toContain("code_verifier=••••••••");
  });

  test("of a client without the callback offers to add it, and no more", async () => {
    const { page, api, url } = await open({ hydra: example, view: "try/sign-in/web-shop-staging" });
    const { data: before } = await api.getOAuth2Client({ id: "web-shop-staging" });
    await button(page, "Prepare the sign-in").click();
    await button(page, "Add it to the client").click();
    await page.getByRole("link", { name: "Open the sign-in page" }).waitFor();
    const { data: after } = await api.getOAuth2Client({ id: "web-shop-staging" });
    const added = [...before.redirect_uris!, `${url}callback`];
    expect({ ...after, updated_at: "" }).toEqual({ ...before, redirect_uris: added, updated_at: "" });
  });
});

describe("a look", () => {
  test("at the server shows health, version and discovery; at key sets, public halves alone", async () => {
    const { page } = await open({ hydra: example, view: "server" });
    await page.getByText("token_endpoint", { exact: true }).waitFor();
    expect(await page.locator(".facts").nth(1).textContent()).toMatch(/Aliveyes.*Readyyes.*Version\w+/);
    await visit(page, "keys");
    await page.getByLabel("Name of a key set").fill("hydra.jwt.access-token");
    await button(page, "Show").click();
    await page.locator(".summary code", { hasText: "hydra.jwt.access-token" }).first().waitFor();
    await page.locator("tbody summary").first().click();
    const key = JSON.parse((await page.locator("tbody pre").first().textContent())!);
    expect(Object.keys(key)).toEqual(expect.arrayContaining(["kid", "kty", "n", "e"]));
    expect(Object.keys(key).filter((name) => ["d", "p", "q", "dp", "dq", "qi", "k"].includes(name))).toEqual([]);
  });

  test("at a person's consents can revoke them, after a question", async () => {
    const { page } = await open({ hydra: example, view: "sessions" });
    const api = new OAuth2Api({ basePath: example.publicUrl, adminBasePath: example.adminUrl });
    const subject = "ada@example.com";
    const { data: before } = await api.listOAuth2ConsentSessions({ subject });
    expect(before.length).toBeGreaterThan(0);
    await page.getByLabel(/^Subject/).fill(subject);
    await button(page, "Show").click();
    await page.locator("tbody tr").first().waitFor();
    expect(await page.locator("tbody tr").count()).toBe(before.length);
    await page.locator("tbody button").first().click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    await button(page, "Revoke all consents…").click();
    await page.getByRole("dialog").getByRole("button", { name: "Revoke all consents", exact: true }).click();
    await page.getByRole("heading", { name: /^0 consents/ }).waitFor();
    expect((await api.listOAuth2ConsentSessions({ subject })).data).toEqual([]);
  });

  test("at trusted issuers can end the trust", async () => {
    const { page } = await open({ hydra: example, view: "issuers" });
    await page.locator("tbody tr").first().waitFor();
    await page.locator("tbody button").first().click();
    await page.getByRole("dialog").getByRole("button", { name: "End the trust", exact: true }).click();
    await page.getByText("Hydra trusts no issuer.").waitFor();
  });
});
