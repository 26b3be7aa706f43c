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

/** `npm install` of `specs` in `folder`, which becomes a package of its own. Install scripts do not run. */
export async function install(folder, specs) {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true }));
  await output(["install", "--ignore-scripts", "--prefer-offline", ...specs], folder);
}

/** A folder with `specs` installed, kept for later runs. `specs` name exact versions. */
export async function installOnce(specs) {
  const folder = join(cache, createHash("sha256").update(specs.join(" ")).digest("hex").slice(0, 16));
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(`${folder}-`);
  // These are large downloads, and a connection may be lost.
  await install(draft, specs).catch(() => install(draft, specs));
  // Another process may have been faster.
  await rename(draft, folder).catch(() => rm(draft, { recursive: true }));
  return folder;
}

/** Our dependencies in the versions of package-lock.json, so that no release of theirs turns a test red. */
export async function lockedDependencies() {
  const { packages } = JSON.parse(await readFile(join(root, "package-lock.json"), "utf8"));
  return Object.keys(packages[""].dependencies).map((name) => `${name}@${packages[`node_modules/${name}`].version}`);
}

/** Packs the repository as `npm publish` would, into `folder`. Gives the tarball's path. */
export async function pack(folder) {
  const stdout = await output(["pack", "--silent", "--pack-destination", folder], root);
  return join(folder, stdout.trim());
}
