import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { install, lockedDependencies, pack } from "../../../tools/install.mjs";
import { prepareChromium } from "../../support/chromium.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A folder in which only the packed tarball is installed. */
    installed: string;
    /** The packed tarball. */
    tarball: string;
  }
}

/** Packs the package as for publication and installs it in an empty folder, once for all tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "hydra-sdk-"));
  const [tarball] = await Promise.all([pack(folder), prepareChromium()]);
  const installed = join(folder, "installed");
  await install(installed, [tarball, ...(await lockedDependencies())]);
  project.provide("tarball", tarball);
  project.provide("installed", installed);
  return () => rm(folder, { recursive: true, force: true, maxRetries: 3 });
}
