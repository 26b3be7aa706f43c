import { InvalidInputError, type TokenResponse } from "../index.ts";
import type { Context } from "./context.ts";
import { list } from "./flags.ts";
import type { Columns } from "./output.ts";
import { readText } from "./secret.ts";

/** The flags for what is asked for. */
export const GRANT_FLAGS = {
  scope: list("scopes to ask for", { placeholder: "SCOPES" }),
  audience: list("audiences to ask for", { placeholder: "URLS", uris: true }),
};

/** Prints what the token endpoint gave: all of it as JSON, the access token alone with `-q`. */
export async function printTokens({ output, io }: Context<any>, tokens: TokenResponse): Promise<void> {
  await output.item(tokens, tokenColumns(io.now()));
}

const tokenColumns = (now: number): Columns<TokenResponse> => [
  { title: "ACCESS TOKEN", value: (tokens) => tokens.access_token },
  { title: "REFRESH TOKEN", value: (tokens) => tokens.refresh_token },
  { title: "ID TOKEN", value: (tokens) => tokens.id_token },
  { title: "TOKEN TYPE", value: (tokens) => tokens.token_type },
  { title: "SCOPE", value: (tokens) => tokens.scope },
  { title: "EXPIRY", value: ({ expires_in }) => time(expires_in && now / 1000 + expires_in) },
];

/** Seconds since the epoch, as RFC 3339 writes them. */
export const time = (seconds: number | undefined): string | undefined =>
  seconds === undefined ? undefined : `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;

/**
 * The token that is given as an argument; `-` reads standard input, and without an argument it is asked for at the terminal,
 * so that it need not be in the list of processes.
 *
 * @throws {@link InvalidInputError} there is none
 */
export async function readToken({ args, io }: Context<any>): Promise<string> {
  const [given] = args;
  const read = async () => {
    if (given === "-") return readText(io, "TOKEN", "-");
    if (given !== undefined) return given;
    return io.stdin.isTerminal ? io.stdin.ask("Token: ", { hidden: true }) : "";
  };
  const token = (await read()).trim();
  if (token) return token;
  throw new InvalidInputError("TOKEN", "TOKEN is missing: give it, or - to read it from standard input");
}

/** The argument of {@link readToken}. */
export const tokenArgument = (description: string) =>
  ({
    name: "TOKEN",
    description: `${description}; - reads standard input, and without it the terminal asks`,
    optional: true,
  }) as const;
