import type { Command } from "../command.ts";
import * as authorizationCode from "./authorization-code.ts";
import * as oauth2Client from "./oauth2-client.ts";
import * as perform from "./perform.ts";

/** All commands, in the order of the help. */
export const COMMANDS: readonly Command[] = [oauth2Client, perform, authorizationCode].flatMap((noun) =>
  Object.values<Command>(noun),
);
