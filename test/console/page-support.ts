import type { Browser, BrowserContext, Page } from "playwright-core";
import { serveConsole } from "../../src/console/server.ts";
import { Configuration, OAuth2Api } from "../../src/index.ts";
import { type ListeningMock, listen } from "../../src/mock/node.ts";
import { bundlePage } from "../../tools/console-page.mjs";
import { launchChromium } from "../support/chromium.ts";

/** A page of the console that is open in a browser, and the mock behind it. */
export interface OpenConsole {
  page: Page;
  context: BrowserContext;
  /** The mock, unless another server is shown. */
  hydra: ListeningMock;
  api: OAuth2Api;
  /** The console's own server. */
  url: string;
  /** What the browser complained about. */
  messages: string[];
  /** Ends the console's server, as Ctrl+C does. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

export interface Options {
  readOnly?: boolean;
  view?: string;
  colorScheme?: "light" | "dark";
  width?: number;
  reducedMotion?: "reduce";
  /** The server to show. @default a new mock without clients */
  hydra?: Pick<ListeningMock, "publicUrl" | "adminUrl">;
}

/** A browser for the tests of one file. */
export async function startBrowser() {
  const [browser, { files }] = await Promise.all([launchChromium(), bundlePage()]);
  return {
    open: (options: Options = {}) => open(browser, files, options),
    close: () => browser.close(),
  };
}

async function open(browser: Browser, files: Record<string, string>, options: Options): Promise<OpenConsole> {
  const { readOnly = false, view, width = 1280, colorScheme = "light", reducedMotion } = options;
  const hydra = (options.hydra ?? (await listen())) as ListeningMock;
  const configuration = new Configuration({ basePath: hydra.publicUrl, adminBasePath: hydra.adminUrl });
  const server = { public: hydra.publicUrl, admin: hydra.adminUrl, from: "flags" };
  const running = await serveConsole({
    files,
    admin: configuration,
    public: configuration,
    facts: { readOnly, mock: false, server, version: "1.2.3", cli: "" },
  });
  const context = await browser.newContext({
    colorScheme,
    viewport: { width, height: 800 },
    ...(reducedMotion && { reducedMotion }),
  });
  context.setDefaultTimeout(10_000);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await context.newPage();
  const messages: string[] = [];
  page.on("console", (message) => messages.push(message.text()));
  page.on("pageerror", (error) => messages.push(error.message));
  await page.goto(`${running.url}#${running.token}`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  if (view) await visit(page, view);
  return {
    page,
    context,
    hydra,
    api: new OAuth2Api(configuration),
    url: running.url,
    messages,
    stop: () => running.close(),
    async close() {
      await context.close();
      await running.close();
      if (!options.hydra) await hydra.close();
    },
  };
}

/** Opens a view by its path, such as `client/web-shop`, and waits for what it loads. */
export async function visit(page: Page, view: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
    // The view changes with one of the next frames.
    return new Promise((resolve) => setTimeout(() => requestAnimationFrame(resolve), 30));
  }, `#/${view}`);
  await page.waitForFunction(() => !document.querySelector(".loading") && document.querySelector("main"));
}
