import { clientCredentials, deviceAuthorization, pollDeviceToken, refreshToken } from "../../index.ts";
import { AUTHENTICATION_FLAGS, asClient, assertOneInput, INSECURE_FLAG } from "../authentication.ts";
import { type Command, command } from "../command.ts";
import { milliseconds } from "../duration.ts";
import { text } from "../flags.ts";
import { GRANT_FLAGS, printTokens, readToken, tokenArgument } from "../token-output.ts";

export const performClientCredentials: Command = command({
  verb: "perform",
  noun: "client-credentials",
  summary: "Get a token for a client itself",
  details: "A server grants the scopes that are asked for: without --scope, Hydra grants none.",
  examples: [
    [
      "hydra-sdk perform client-credentials --client-id backup --client-secret-file secret.txt --scope read",
      "with a secret",
    ],
    ["hydra-sdk perform client-credentials --client-id backup --key key.pem", "with a private key (private_key_jwt)"],
    ["TOKEN=$(hydra-sdk perform client-credentials -q)", "the token alone, of the client that the variables name"],
  ],
  flags: { ...AUTHENTICATION_FLAGS, ...GRANT_FLAGS, ...INSECURE_FLAG },
  async run(context) {
    const { scope, audience } = context.flags;
    assertOneInput(context.flags);
    await printTokens(context, await asClient(context, (client) => clientCredentials({ ...client, scope, audience })));
  },
});

export const performRefreshToken: Command = command({
  verb: "perform",
  noun: "refresh-token",
  summary: "Get new tokens with a refresh token",
  details: "The refresh token can be used once: the result has the next one.",
  examples: [["hydra-sdk perform refresh-token --client-id web-shop - < refresh-token.txt", "read it from a file"]],
  arguments: [tokenArgument("the refresh token")],
  flags: { ...AUTHENTICATION_FLAGS, ...GRANT_FLAGS, ...INSECURE_FLAG },
  async run(context) {
    const { args, flags } = context;
    const { scope, audience } = flags;
    assertOneInput(flags, args[0]);
    const token = await readToken(context);
    const tokens = await asClient(context, (client) =>
      refreshToken({ ...client, refreshToken: token, scope, audience }),
    );
    await printTokens(context, tokens);
  },
});

export const performDeviceCode: Command = command({
  verb: "perform",
  noun: "device-code",
  summary: "Sign in on another device (RFC 8628)",
  details: "It shows a URL and a code on stderr, waits until a person has agreed there, and prints the tokens.",
  examples: [["hydra-sdk perform device-code --client-id tv --scope openid,offline_access", "a public client"]],
  flags: {
    ...AUTHENTICATION_FLAGS,
    ...GRANT_FLAGS,
    ...INSECURE_FLAG,
    timeout: text("time for all of it, such as 2m (default: until the code expires, and 30s for each request)", {
      placeholder: "DURATION",
    }),
  },
  async run(context) {
    const { flags, terminal } = context;
    const { scope, audience, timeout } = flags;
    assertOneInput(flags);
    const tokens = await asClient(context, async (client) => {
      const device = await deviceAuthorization({ ...client, scope, audience });
      const { device_code, user_code, verification_uri, verification_uri_complete, interval, expires_in } = device;
      await terminal.note(`Open ${verification_uri_complete ?? verification_uri} and agree to the code ${user_code}`);
      const limit = timeout === undefined ? 0 : milliseconds("--timeout", timeout) / 1000;
      const expiresIn = limit === 0 ? expires_in : Math.min(limit, expires_in);
      return pollDeviceToken({ ...client, deviceCode: device_code, interval, expiresIn });
    });
    await printTokens(context, tokens);
  },
});
