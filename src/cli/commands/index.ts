import type { Command } from "../command.ts";
import { consoleCommand } from "./console.ts";
import * as oauth2Client from "./oauth2-client.ts";
import * as plan from "./plan.ts";

/** All commands, in the order of the help. */
export const COMMANDS: readonly Command[] = [...Object.values(oauth2Client), ...Object.values(plan), consoleCommand];
