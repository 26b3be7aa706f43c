import {
  type ClientAuth,
  clientSecretBasic,
  clientSecretPost,
  InvalidInputError,
  isInvalidInputError,
  none,
  privateKeyJwt,
  type RequestOptions,
  type SigningAlgorithm,
  type SigningKey,
} from "../index.ts";
import type { Context } from "./context.ts";
import { boolean, text } from "./flags.ts";
import { parseJson, readSecret, readText, secretFlags } from "./secret.ts";

const METHODS = ["client_secret_basic", "client_secret_post", "private_key_jwt", "none"] as const;

export const ALGORITHMS = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "Ed25519",
  "EdDSA",
] as const satisfies SigningAlgorithm[];

/** The flags that say which client a request is of, and how it authenticates. */
export const AUTHENTICATION_FLAGS = {
  "client-id": text("ID of the client (OAUTH2_CLIENT_ID)", { placeholder: "ID" }),
  ...secretFlags("client-secret", "the client's secret (OAUTH2_CLIENT_SECRET)"),
  "auth-method": text(
    "how the client authenticates (default: private_key_jwt with --key, client_secret_basic with a secret, else none)",
    { placeholder: "METHOD", values: METHODS, closed: true },
  ),
  key: text("file with the client's private key, as PEM, JSON Web Key or a set of them; - reads standard input", {
    placeholder: "FILE",
  }),
  kid: text("key ID under which the key is registered (default: that of the key, else its thumbprint)", {
    placeholder: "KEY-ID",
  }),
  alg: text("signing algorithm (default: that of the key)", {
    placeholder: "ALG",
    values: ALGORITHMS,
    closed: true,
  }),
};

/** The flag that lets credentials go over plain http. */
export const INSECURE_FLAG = {
  "allow-insecure-requests": boolean("send credentials over plain http to other hosts than this one"),
};

interface Authentication {
  clientId: string;
  auth: ClientAuth;
}

type Given = Context<typeof AUTHENTICATION_FLAGS>;

/**
 * The client of the flags and the variables, and how it authenticates.
 *
 * @throws {@link InvalidInputError} something is missing, contradicts, or cannot be read
 */
export async function authentication(context: Context<any>): Promise<Authentication> {
  const { flags, io } = context as Given;
  const clientId = flags["client-id"] ?? io.env["OAUTH2_CLIENT_ID"];
  if (!clientId) throw new InvalidInputError("--client-id", "--client-id is missing: give it, or set OAUTH2_CLIENT_ID");
  return { clientId, auth: await method(context as Given) };
}

async function method(context: Given): Promise<ClientAuth> {
  const { flags, io } = context;
  const { key, "auth-method": given } = flags;
  const secretGiven = flags["client-secret"] !== undefined || flags["client-secret-file"] !== undefined;
  const name = given ?? (key !== undefined ? "private_key_jwt" : undefined);
  if (key !== undefined && name !== "private_key_jwt")
    throw new InvalidInputError("--key", `--key is for --auth-method private_key_jwt, not ${name}`);
  for (const flag of ["kid", "alg"] as const) {
    if (flags[flag] !== undefined && key === undefined)
      throw new InvalidInputError(`--${flag}`, `--${flag} is about a key: give --key, too`);
  }
  if (name === "private_key_jwt" || name === "none") {
    if (secretGiven) throw new InvalidInputError("--client-secret", `--client-secret is not used by ${name}`);
    return name === "none" ? none() : keyMethod(context);
  }
  // Without a method, a missing secret means a public client.
  const prompt = name === undefined ? {} : { prompt: "Client secret: " };
  const secret = await readSecret(context, "client-secret", { variable: "OAUTH2_CLIENT_SECRET", ...prompt });
  if (secret) return name === "client_secret_post" ? clientSecretPost(secret) : clientSecretBasic(secret);
  if (name === undefined && !secretGiven && !io.env["OAUTH2_CLIENT_SECRET"]) return none();
  const hint = "give --client-secret-file, or set OAUTH2_CLIENT_SECRET";
  throw new InvalidInputError("--client-secret-file", `the client secret is missing: ${hint}`);
}

async function keyMethod({ flags, io }: Given): Promise<ClientAuth> {
  const { key, kid, alg } = flags;
  if (key === undefined)
    throw new InvalidInputError("--key", "--auth-method private_key_jwt needs --key, the client's private key");
  const auth = privateKeyJwt(await readSigningKey(io, "--key", key, kid), {
    ...(kid !== undefined && { kid }),
    ...(alg !== undefined && { alg: alg as SigningAlgorithm }),
  });
  return async (...request) => {
    try {
      await auth(...request);
    } catch (error) {
      // The SDK names its option, which the flag is named after.
      throw isInvalidInputError(error) ? new InvalidInputError(`--${error.field}`, `--${error.message}`) : error;
    }
  };
}

/** A private key in a file: PEM text, a JSON Web Key, or the one of a set that is private, or that `kid` names. */
export async function readSigningKey(
  io: Context["io"],
  flag: string,
  file: string,
  kid?: string | undefined,
): Promise<SigningKey> {
  const content = await readText(io, flag, file);
  const label = `${flag} ${file}`;
  if (content.trim() === "") throw new InvalidInputError(flag, `${label} is empty`);
  if (!content.trimStart().startsWith("{")) return content;
  const value = parseJson(label, content) as { keys?: unknown };
  if (!Array.isArray(value.keys)) return value as SigningKey;
  const keys = value.keys.filter((key) => typeof key?.d === "string" && (kid === undefined || key.kid === kid));
  if (keys.length === 1) return keys[0];
  const held = `${label} is a key set with ${keys.length === 0 ? "no" : keys.length} private keys`;
  const named = kid === undefined ? "" : ` whose ID is ${kid}`;
  const fix = keys.length > 1 ? "--kid names one" : "was it written without --private?";
  throw new InvalidInputError(flag, `${held}${named}: ${fix}`);
}

/**
 * Asserts that standard input, which can be read once, is named once: by the token or by a flag.
 *
 * @throws {@link InvalidInputError} it is named twice
 */
export function assertOneInput(
  { key, "client-secret-file": secretFile }: { key?: string | undefined; "client-secret-file"?: string | undefined },
  token?: string,
): void {
  const inputs = { TOKEN: token, "--key": key, "--client-secret-file": secretFile };
  const [, second] = Object.entries(inputs).flatMap(([name, value]) => (value === "-" ? [name] : []));
  if (second) throw new InvalidInputError(second, `${second} -: standard input is read for something else`);
}

/** What the token functions of the SDK need to send a request of the client. */
type TokenRequest = Authentication & RequestOptions & { basePath: string };

/**
 * Sends requests of the client with the token functions of the SDK.
 *
 * @throws {@link InvalidInputError} the client's credentials must not be sent to such a URL
 */
export async function asClient<T>(context: Context<any>, send: (request: TokenRequest) => Promise<T>): Promise<T> {
  const client = await authentication(context);
  const { basePath = "", baseOptions, fetch, timeout, signal } = await context.target.public();
  const flags: Record<string, unknown> = context.flags;
  const allowInsecureRequests = flags["allow-insecure-requests"] === true;
  const headers = baseOptions?.headers;
  try {
    return await send({ ...client, basePath, headers, fetch, timeout, signal, allowInsecureRequests });
  } catch (error) {
    if (!isInvalidInputError(error) || error.field !== "basePath") throw error;
    throw new InvalidInputError(
      "--public",
      `${basePath} is plain http, over which others can read credentials: use https, or --allow-insecure-requests`,
    );
  }
}
