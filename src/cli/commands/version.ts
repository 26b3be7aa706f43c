import { type Command, command } from "../command.ts";
import { VERSION } from "../version.ts";

export const version: Command = command({
  verb: "version",
  summary: "Print the version of this package",
  examples: [["hydra-sdk version", "such as 1.2.3"]],
  remote: false,
  async run({ io }) {
    await io.stdout.write(`${VERSION}\n`);
  },
});
