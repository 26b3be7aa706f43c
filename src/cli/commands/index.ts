import type { Command } from "../command.ts";
import * as authorizationCode from "./authorization-code.ts";
import * as clientSecret from "./client-secret.ts";
import * as dynamicClient from "./dynamic-client.ts";
import * as jwk from "./jwk.ts";
import * as oauth2Client from "./oauth2-client.ts";
import * as perform from "./perform.ts";
import * as session from "./session.ts";
import * as token from "./token.ts";
import * as trustedIssuer from "./trusted-issuer.ts";

const NOUNS = [
  oauth2Client,
  clientSecret,
  perform,
  authorizationCode,
  token,
  session,
  jwk,
  trustedIssuer,
  dynamicClient,
];

/** All commands, in the order of the help. */
export const COMMANDS: readonly Command[] = NOUNS.flatMap((noun) => Object.values<Command>(noun));
