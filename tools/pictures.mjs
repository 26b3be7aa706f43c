// Makes the pictures of the console in docs/ from the real page: `npm run pictures`.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { launchChromium } from "../test/support/chromium.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Each picture: its theme, and how to get there. */
const PICTURES = {
  "console-clients": {
    colorScheme: "light",
    size: { width: 1120, height: 400 },
    async show(page) {
      await page.getByLabel("Search what is loaded").fill("team-");
      await page.getByText(/ of \d+ clients/).waitFor();
      await page.getByRole("button", { name: "Created" }).click();
    },
  },
  "console-save": {
    colorScheme: "light",
    async show(page) {
      await page.getByRole("link", { name: "Web shop", exact: true }).click();
      await page.getByLabel("Owner", { exact: true }).fill("team-web");
      await page.getByLabel("Scope", { exact: true }).fill("openid offline_access email");
      await page.getByRole("button", { name: "Save…" }).click();
      await page.locator("dialog .changes").waitFor();
    },
  },
  "console-client": {
    colorScheme: "dark",
    async show(page) {
      await page.getByRole("link", { name: "Web shop", exact: true }).click();
      await page.getByText("Owner", { exact: true }).waitFor();
    },
  },
  "console-secret": {
    colorScheme: "dark",
    async show(page) {
      await page.getByRole("link", { name: "New client" }).click();
      await page.getByRole("link", { name: /^Service/ }).click();
      await page.getByLabel("Client name").fill("Nightly report");
      await page.getByRole("button", { name: "Create client" }).click();
      await page.getByRole("heading", { name: "Client created" }).waitFor();
    },
  },
};

const browser = await launchChromium();
for (const [name, { colorScheme, size = { width: 960, height: 500 }, show }] of Object.entries(PICTURES)) {
  // Each link of the console opens it once, so each picture has a console of its own.
  const command = spawn(process.execPath, ["dist/cli.js", "console", "--mock", "--no-open"], {
    cwd: root,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [link] = await once(createInterface(command.stdout), "line");
  const page = await browser.newPage({ colorScheme, viewport: size });
  await page.goto(link);
  await page.getByRole("link", { name: "Web shop", exact: true }).waitFor();
  await show(page);
  await page.screenshot({ path: `${root}docs/${name}.png`, animations: "disabled", caret: "hide" });
  await page.close();
  command.kill("SIGINT");
  await once(command, "exit");
}
await browser.close();
