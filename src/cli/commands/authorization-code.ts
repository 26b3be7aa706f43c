import {
  authorizationUrl,
  exchangeCode,
  HydraError,
  InvalidInputError,
  OidcApi,
  type TokenResponse,
  WellknownApi,
} from "../../index.ts";
import { AUTHENTICATION_FLAGS, asClient, assertOneInput, INSECURE_FLAG } from "../authentication.ts";
import { type Command, command } from "../command.ts";
import type { Context } from "../context.ts";
import { milliseconds } from "../duration.ts";
import { boolean, integer, list, text } from "../flags.ts";
import { type AuthorizationResponse, listen } from "../loopback.ts";
import { GRANT_FLAGS, printTokens } from "../token-output.ts";

/** The port that `hydra perform authorization-code` listens on. */
const PORT = 4446;
const SCOPE = ["openid", "offline_access"];

/** What belongs to one login. */
interface Login {
  clientId: string;
  issuer: string;
  state: string;
  nonce: string;
}

export const performAuthorizationCode: Command = command({
  verb: "perform",
  noun: "authorization-code",
  summary: "Sign in with the browser, and get the tokens of the person who signed in",
  details:
    "The authorization code flow with PKCE (RFC 7636). It listens on 127.0.0.1 alone for the redirect, which must be one of " +
    `the client's redirect URIs: http://127.0.0.1:${PORT}/callback, unless --port or --redirect say otherwise.`,
  examples: [
    ["hydra-sdk perform authorization-code --client-id web-shop", "a public client"],
    [
      "hydra-sdk perform authorization-code --client-id web-shop --client-secret-file secret.txt --scope openid,email",
      "with a secret and other scopes",
    ],
  ],
  flags: {
    ...AUTHENTICATION_FLAGS,
    ...GRANT_FLAGS,
    ...INSECURE_FLAG,
    scope: list(`scopes to ask for (default ${SCOPE.join(",")})`, { placeholder: "SCOPES" }),
    port: integer(`port to listen on (default ${PORT}; 0 for any that is free)`, { short: "p" }),
    redirect: text("redirect URI to send, if it is another one; its path is listened at", { placeholder: "URL" }),
    open: boolean("open the browser (default); --no-open shows the URL only"),
    timeout: text("time for all of it (default 5m, 0 for none)", { placeholder: "DURATION" }),
    prompt: list("what the server must ask for: login, consent, none", { placeholder: "PROMPTS" }),
    "max-age": integer("seconds after which a login is asked for again"),
    "login-hint": text("who signs in, for the login page", { placeholder: "HINT" }),
    state: text("state to send, 8 characters or more (default: a random one)"),
    "response-mode": text("how the redirect carries the result: query (default) or form_post", {
      values: ["query", "form_post"],
      closed: true,
    }),
  },
  async run(context) {
    const { flags, io, target, terminal } = context;
    const { scope = SCOPE, audience, state, redirect } = flags;
    assertOneInput(flags);
    if (state !== undefined && state.length < 8)
      throw new InvalidInputError("--state", "--state must have 8 characters or more: servers reject shorter ones");
    const timeout = milliseconds("--timeout", flags.timeout ?? "5m");
    const tokens = await asClient(context, async (client) => {
      const { issuer } = (await new OidcApi(await target.public()).discoverOidcConfiguration()).data;
      const loopback = await listen(flags.port ?? PORT, redirect);
      try {
        const { redirectUri } = loopback;
        const { url, codeVerifier, ...login } = await authorizationUrl({
          ...client,
          redirectUri,
          scope,
          audience,
          state,
          parameters: {
            prompt: flags.prompt?.join(" "),
            max_age: flags["max-age"]?.toString(),
            login_hint: flags["login-hint"],
            response_mode: flags["response-mode"],
          },
        });
        await terminal.note(`Sign in with the browser:\n  ${url}`);
        if (flags.open !== false && !(await io.openBrowser(url)))
          await terminal.note("No browser could be opened: open the URL yourself.");
        const response = await loopback.response({ timeout, signal: io.signal });
        return await finishing(response, async () => {
          const { clientId } = client;
          const code = codeOf(response, { issuer, ...login });
          const tokens = await exchangeCode({ ...client, code, codeVerifier, redirectUri });
          await verifyIdToken(context, tokens, { clientId, issuer, ...login });
          return tokens;
        });
      } finally {
        loopback.close();
      }
    });
    await printTokens(context, tokens);
  },
});

/** Shows the person in the browser how `work` went. */
async function finishing<T>(response: AuthorizationResponse, work: () => Promise<T>): Promise<T> {
  let succeeded = false;
  try {
    const result = await work();
    succeeded = true;
    return result;
  } finally {
    await response.finish(succeeded);
  }
}

/** @throws {@link HydraError} the response is of another login (RFC 6749, section 10.12; RFC 9207), or is an error */
function codeOf({ parameters }: AuthorizationResponse, { state, issuer }: Pick<Login, "state" | "issuer">): string {
  const iss = parameters.get("iss");
  if (parameters.get("state") !== state)
    throw new HydraError("the state in the redirect is another one than was sent: it may be of another login");
  if (iss !== null && iss !== issuer)
    throw new HydraError(`the redirect is of another server: it says ${iss}, not ${issuer}`);
  const error = parameters.get("error");
  if (error === null) return parameters.get("code")!;
  throw new HydraError([error, parameters.get("error_description")].filter(Boolean).join(": "));
}

/** @throws {@link HydraError} the ID token is not of this login (OpenID Connect Core 1.0, section 3.1.3.7) */
async function verifyIdToken({ io, target }: Context<any>, { id_token }: TokenResponse, login: Login): Promise<void> {
  if (id_token === undefined) return;
  const { data } = await new WellknownApi(await target.public()).discoverJsonWebKeys();
  const { createLocalJWKSet, jwtVerify } = await import("jose");
  const keys = createLocalJWKSet(data as Parameters<typeof createLocalJWKSet>[0]);
  const { issuer, clientId: audience, nonce } = login;
  const options = { issuer, audience, currentDate: new Date(io.now()), clockTolerance: 60 };
  const { payload } = await jwtVerify(id_token, keys, options).catch((error: Error) => {
    throw new HydraError(`the ID token is not valid: ${error.message}`, { cause: error });
  });
  if (payload["nonce"] !== nonce) throw new HydraError("the nonce in the ID token is another one than was sent");
}
