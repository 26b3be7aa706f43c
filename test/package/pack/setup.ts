import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import chromium from "@sparticuz/chromium";
import type { TestProject } from "vitest/node";
import { install, lockedDependencies, pack } from "../../../tools/install.mjs";

declare module "vitest" {
  interface ProvidedContext {
    /** A folder in which the packed tarball, and nothing else, is installed. */
    installed: string;
    /** The packed tarball. */
    tarball: string;
  }
}

/** Packs the package as it would be published and installs it in an empty folder, once for all tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "hydra-sdk-"));
  // Unpacks the browser before several tests ask for it at the same time.
  const [tarball] = await Promise.all([pack(folder), chromium.executablePath()]);
  const installed = join(folder, "installed");
  await install(installed, [tarball, ...(await lockedDependencies())]);
  project.provide("tarball", tarball);
  project.provide("installed", installed);
  return () => rm(folder, { recursive: true, force: true, maxRetries: 3 });
}
