import type { Command } from "../command.ts";
import * as authorizationCode from "./authorization-code.ts";
import * as clientSecret from "./client-secret.ts";
import * as completion from "./completion.ts";
import * as consoleCommands from "./console.ts";
import * as doctor from "./doctor.ts";
import * as dynamicClient from "./dynamic-client.ts";
import * as examples from "./examples.ts";
import * as jwk from "./jwk.ts";
import * as migrate from "./migrate.ts";
import * as mock from "./mock.ts";
import * as oauth2Client from "./oauth2-client.ts";
import * as perform from "./perform.ts";
import * as plan from "./plan.ts";
import * as project from "./project.ts";
import * as session from "./session.ts";
import * as token from "./token.ts";
import * as trustedIssuer from "./trusted-issuer.ts";
import * as version from "./version.ts";

const FILES = [
  oauth2Client,
  clientSecret,
  perform,
  authorizationCode,
  token,
  session,
  jwk,
  trustedIssuer,
  dynamicClient,
  plan,
  project,
  consoleCommands,
  doctor,
  mock,
  examples,
  migrate,
  completion,
  version,
];

/** All commands, in the order of the help. */
export const COMMANDS: readonly Command[] = FILES.flatMap((file) => Object.values<Command>(file));
