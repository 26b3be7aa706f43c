import { cp, readdir, writeFile } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { InvalidInputError } from "../../index.ts";
import { type Command, command } from "../command.ts";
import { packageFolder, projectFiles } from "../examples-project.ts";
import { boolean } from "../flags.ts";
import { printable } from "../terminal.ts";

export const examples: Command = command({
  verb: "examples",
  summary: "Copy the examples of this package, to run and change them",
  details:
    "They come with a package.json and a tsconfig.json of their own, so that nothing of your project changes. Each runs on an embedded mock.",
  examples: [
    ["hydra-sdk examples", "into the folder examples"],
    ["hydra-sdk examples try-hydra --force", "into another folder, over what is there"],
  ],
  arguments: [{ name: "FOLDER", description: "where to copy them (default examples)", optional: true }],
  flags: { force: boolean("overwrite the files of the examples in a folder that is not empty") },
  remote: false,
  async run({ args: [given = "examples"], flags, io }) {
    const folder = resolve(given);
    const source = join(await packageFolder(), "examples");
    if (`${folder}${sep}`.startsWith(`${source}${sep}`))
      throw new InvalidInputError(
        "FOLDER",
        `FOLDER: ${given} is where the examples of this package are: choose another`,
      );
    if (!flags.force && (await isUsed(folder)))
      throw new InvalidInputError("--force", `${given} is not empty: choose another folder, or --force overwrites it`);
    await cp(source, folder, { recursive: true });
    for (const [name, text] of Object.entries(await projectFiles(folder))) await writeFile(join(folder, name), text);
    const shown = printable(relative("", folder) || ".");
    await io.stdout.write(
      `The examples are in ${shown}. Next:\n\n  cd ${shown}\n  npm install\n  npx tsx quickstart.ts\n`,
    );
  },
});

/** Whether there is something at `folder`. */
async function isUsed(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length > 0;
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return false;
    throw new InvalidInputError("FOLDER", `FOLDER: ${folder} is not a folder that can be read`);
  }
}
