import type { Command } from "../command.ts";
import * as completion from "./completion.ts";
import * as doctor from "./doctor.ts";
import * as mock from "./mock.ts";
import * as oauth2Client from "./oauth2-client.ts";
import * as version from "./version.ts";

/** All commands, in the order of the help. */
export const COMMANDS: readonly Command[] = [oauth2Client, doctor, mock, completion, version].flatMap((file) =>
  Object.values<Command>(file),
);
