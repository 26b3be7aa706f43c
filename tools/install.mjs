import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { npm } from "./npm.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const cache = join(root, "node_modules/.cache/hydra-sdk");

/** Runs npm in `cwd` and gives its output. */
async function output(args, cwd) {
  try {
    return (await npm(args, { cwd })).stdout;
  } catch (error) {
    throw new Error(`npm ${args[0]} failed:\n${error.stderr}`);
  }
}

/** Makes `folder` a package and installs `specs` in it with npm, without running install scripts. */
export async function install(folder, specs) {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true }));
  await output(["install", "--ignore-scripts", "--prefer-offline", ...specs], folder);
}

/** Returns a folder with `specs` installed, cached for later runs. `specs` must be exact versions. */
export async function installOnce(specs) {
  const folder = join(cache, createHash("sha256").update(specs.join(" ")).digest("hex").slice(0, 16));
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(`${folder}-`);
  // Retry, because these are large downloads.
  await install(draft, specs).catch(() => install(draft, specs));
  // Another process may have created it in the meantime.
  await rename(draft, folder).catch(() => rm(draft, { recursive: true }));
  return folder;
}

/** Returns our dependencies in the versions of package-lock.json, so that new releases cannot break a test. */
export async function lockedDependencies() {
  const { packages } = JSON.parse(await readFile(join(root, "package-lock.json"), "utf8"));
  return Object.keys(packages[""].dependencies).map((name) => `${name}@${packages[`node_modules/${name}`].version}`);
}

/** Packs the repository as `npm publish` would, into `folder`. Returns the tarball's path. */
export async function pack(folder) {
  const stdout = await output(["pack", "--silent", "--pack-destination", folder], root);
  return join(folder, stdout.trim());
}
