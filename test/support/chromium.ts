import chromium from "@sparticuz/chromium";
import { type Browser, chromium as playwright } from "playwright-core";

/** The Chromium from npm runs on Linux only. Elsewhere the tests use the installed Chrome. */
const isFromNpm = process.platform === "linux";

/** Unpacks the browser before several tests start it at the same time. */
export async function prepareChromium(): Promise<void> {
  if (isFromNpm) await chromium.executablePath();
}

export async function launchChromium(): Promise<Browser> {
  return playwright.launch({
    ...(isFromNpm ? { executablePath: await chromium.executablePath() } : { channel: "chrome" }),
    // The arguments of @sparticuz/chromium would switch web security off, and CORS with it.
    args: ["--no-sandbox", "--disable-gpu"],
  });
}
