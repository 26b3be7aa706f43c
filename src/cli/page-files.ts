import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** Reads the files of the console's page, which the build writes beside the command. */
export async function pageFiles(): Promise<Record<string, string>> {
  const folder = fileURLToPath(new URL("./console/", import.meta.url));
  const files = (await readdir(folder)).map(
    async (name) => [name, await readFile(`${folder}${name}`, "utf8")] as const,
  );
  return Object.fromEntries(await Promise.all(files));
}
