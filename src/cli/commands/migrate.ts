import { relative } from "node:path";
import { type Command, command } from "../command.ts";
import { STATUS } from "../failure.ts";
import { boolean } from "../flags.ts";
import { unifiedDiff } from "../migrate/unified-diff.ts";
import { printable } from "../terminal.ts";

export const migrate: Command = command({
  verb: "migrate",
  summary: "Rewrite code that uses @ory/client or @ory/hydra-client",
  details:
    "It takes @ory/client, @ory/client-fetch, @ory/hydra-client and @ory/hydra-client-fetch, which have to be installed still: their types say what to change. The APIs of Ory's other products stay with the old package. It uses the TypeScript compiler of your project, for JavaScript as well, and changes nothing but the places concerned. Where a person must decide, it leaves a comment `// hydra-sdk: …`, which you remove when it is decided. The status is 1 as long as there is such a place or comment, otherwise 0.",
  examples: [
    ["hydra-sdk migrate src --dry-run", "shows what would change, as a diff"],
    ["hydra-sdk migrate src test", "changes the files, and lists what is left to do"],
  ],
  arguments: [{ name: "PATH", description: "source files, or folders with them", variadic: true }],
  flags: { "dry-run": boolean("print the changes as a unified diff, and write nothing") },
  remote: false,
  async run({ args, flags, io, terminal }) {
    const { migrate, write } = await import("../migrate/migrate.ts");
    const found = (await Promise.all(args.map(migrate))).flat();
    const files = found.filter(({ path }, index) => found.findIndex((other) => other.path === path) === index);
    const changed = files.filter(({ before, after }) => before !== after);
    for (const file of changed) {
      const name = printable(relative("", file.path));
      if (!flags["dry-run"]) await write(file);
      await io.stdout.write(`${flags["dry-run"] ? unifiedDiff(name, file.before, file.after) : `changed ${name}`}\n`);
    }
    const remarks = (kind: "places" | "notes") =>
      files.flatMap(({ path, [kind]: found }) =>
        found.map(({ line, why }) => `  ${printable(relative("", path))}:${line}  ${printable(why)}\n`),
      );
    const [places, notes] = [remarks("places"), remarks("notes")];
    if (notes.length > 0) await io.stdout.write(`\nWorks differently:\n${notes.join("")}`);
    if (places.length > 0) await io.stdout.write(`\nLeft for you to decide:\n${places.join("")}`);
    await terminal.note(summary(changed.length, places.length, flags["dry-run"] === true));
    return places.length > 0 ? STATUS.refused : STATUS.done;
  },
});

function summary(changed: number, places: number, isDryRun: boolean): string {
  const files = `${changed} ${changed === 1 ? "file" : "files"}`;
  const left = `${places} ${places === 1 ? "place needs" : "places need"} a person`;
  if (changed === 0 && places === 0) return "nothing to migrate: no file uses a package of Ory that has Hydra";
  if (isDryRun) return `${files} would change, ${left}`;
  if (changed === 0) return `nothing changed, ${left}: remove each comment when it is decided`;
  return `${files} changed, ${left}. Next: npm install hydra-sdk, then your type check and your tests; docs/migration.md lists what behaves differently`;
}
