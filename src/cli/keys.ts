import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { InvalidInputError, type JsonWebKey, type OAuth2Client } from "../index.ts";
import type { Context } from "./context.ts";
import { parseJson, readText } from "./secret.ts";

/** What the flags say about keys of a file; each wins over what the file says. */
export interface KeyDetails {
  kid?: string | undefined;
  alg?: string | undefined;
  use?: string | undefined;
}

/**
 * The keys of a file: a JSON Web Key, a set of them, or PEM with one key or more. Members that are missing are filled in.
 *
 * @throws {@link InvalidInputError} it holds no key; the message shows nothing of it
 */
export async function readKeys(
  io: Context["io"],
  field: string,
  file: string,
  details: KeyDetails,
): Promise<JsonWebKey[]> {
  const content = await readText(io, field, file);
  const label = `${field} ${file}`;
  const found = await keysOf(label, content);
  if (found.length === 0) throw new InvalidInputError(label, `${label} holds no key`);
  if (details.kid !== undefined && found.length > 1)
    throw new InvalidInputError("--kid", `--kid is for one key, and ${label} holds ${found.length}`);
  return Promise.all(found.map((key) => complete(label, key, details)));
}

/**
 * The public keys of files, each with its `kid` and `use`: of a private key, the public half. {@link fitKeys} adds the `alg`.
 *
 * @throws {@link InvalidInputError} a file is empty, or holds something else
 */
export async function readPublicKeys(
  io: Context["io"],
  flag: string,
  files: readonly string[],
): Promise<{ keys: Partial<JsonWebKey>[] }> {
  const keys: Partial<JsonWebKey>[] = [];
  for (const file of files) {
    const content = await readText(io, flag, file);
    const label = `${flag} ${file}`;
    if (content.trim() === "") throw new InvalidInputError(flag, `${label} is empty`);
    for (const key of await keysOf(label, content)) {
      if (key.kty === "oct")
        throw new InvalidInputError(flag, `${label} holds a symmetric key: a client's keys are RSA, EC or Ed25519`);
      const kid = key.kid || (await thumbprint(label, key));
      keys.push({ ...publicPart(key), kid, use: key.use || "sig" });
    }
  }
  return { keys };
}

/** The algorithm that a key is for: its own, else the usual one for its type. */
export const algorithmOf = ({ alg, kty, crv = "" }: Partial<JsonWebKey>): string | undefined =>
  alg || (kty === "RSA" ? "RS256" : CURVES[crv]);

async function keysOf(label: string, content: string): Promise<Partial<JsonWebKey>[]> {
  return content.includes("-----BEGIN ") ? pemKeys(label, content) : jwksOf(label, parseJson(label, content));
}

function jwksOf(label: string, value: any): Partial<JsonWebKey>[] {
  const keys = Array.isArray(value?.keys) ? value.keys : [value].flat();
  if (keys.every((key: any) => typeof key?.kty === "string")) return keys;
  throw new InvalidInputError(label, `${label} must hold a JSON Web Key with a kty, a set of such keys, or PEM`);
}

/** The keys of all blocks of a PEM, or that of its first certificate: the others of a chain are of its issuers. */
async function pemKeys(label: string, content: string): Promise<Partial<JsonWebKey>[]> {
  const [first = "", ...rest] = content.split(/(?=-----BEGIN )/).filter((part) => part.startsWith("-----BEGIN "));
  const blocks = [first, ...rest].filter((block) => /^-----BEGIN [A-Z ]*KEY-----/.test(block));
  // A file with both halves of a key holds one key.
  const keys = new Map<string, Partial<JsonWebKey>>();
  for (const block of blocks.length > 0 ? blocks : [first]) {
    const key = pemKey(label, block);
    const id = await thumbprint(label, key);
    if (!keys.has(id) || key.d !== undefined) keys.set(id, key);
  }
  return [...keys.values()];
}

function pemKey(label: string, pem: string): Partial<JsonWebKey> {
  const read = (): KeyObject => (pem.includes("PRIVATE KEY-----") ? createPrivateKey(pem) : createPublicKey(pem));
  try {
    return read().export({ format: "jwk" }) as Partial<JsonWebKey>;
  } catch {
    // The error is dropped because it may quote the key.
    const isEncrypted = pem.includes("ENCRYPTED");
    const hint = isEncrypted
      ? "is encrypted: decrypt it with `openssl pkcs8 -topk8 -nocrypt -in FILE`"
      : "holds no RSA, EC or Ed25519 key that can be read";
    throw new InvalidInputError(label, `${label} ${hint}`);
  }
}

const CURVES: Record<string, string> = { "P-256": "ES256", "P-384": "ES384", "P-521": "ES512", Ed25519: "EdDSA" };

async function complete(label: string, key: Partial<JsonWebKey>, details: KeyDetails): Promise<JsonWebKey> {
  const { kid, alg, use } = details;
  return {
    ...(key as JsonWebKey),
    kid: kid ?? (key.kid || (await thumbprint(label, key))),
    use: use ?? (key.use || "sig"),
    alg: alg ?? algorithmOf(key) ?? "",
  };
}

async function thumbprint(label: string, key: Partial<JsonWebKey>): Promise<string> {
  const { calculateJwkThumbprint } = await import("jose");
  return calculateJwkThumbprint(key as Parameters<typeof calculateJwkThumbprint>[0]).catch(() => {
    throw new InvalidInputError(label, `${label}: a member of the ${key.kty} key is missing`);
  });
}

const PRIVATE = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/**
 * Fits what is sent of a client to its keys, and says so: `--jwks` implies `private_key_jwt` for a new client; keys of one
 * algorithm set `token_endpoint_auth_signing_alg`, for the server would take RS256. Warns of keys that do not work.
 *
 * @param before the client as it is on the server, if it exists
 */
export async function fitKeys(
  { flags, terminal }: Context<any>,
  wanted: OAuth2Client,
  before?: OAuth2Client,
): Promise<OAuth2Client> {
  const given: Partial<JsonWebKey>[] = Object(wanted.jwks).keys;
  if (!Array.isArray(given)) return wanted;
  const fitted = { ...wanted };
  const { token_endpoint_auth_signing_alg: registered } = { ...before, ...wanted };
  const alg = registered || "RS256";
  if ((flags as { jwks?: unknown }).jwks !== undefined) {
    fitted.jwks = { keys: given.map((key) => withAlgorithm(key, alg)) as JsonWebKey[] };
    await fitMethod(terminal, fitted, before);
  }
  const { token_endpoint_auth_method: method } = { ...before, ...fitted };
  const signing: Partial<JsonWebKey>[] = Object(fitted.jwks).keys.filter((key: unknown) => Object(key).use !== "enc");
  const found = [...new Set(signing.map((key) => algorithmOf(Object(key))))];
  const others = found.filter((each) => each !== alg);
  if (method !== "private_key_jwt" || others.length === 0 || found.includes(undefined)) return fitted;
  const names = others.join(" or ");
  if (wanted.token_endpoint_auth_signing_alg === undefined && found.length === 1) {
    fitted.token_endpoint_auth_signing_alg = names;
    await terminal.note(`Its assertions are signed with ${names}, as its keys say: token_endpoint_auth_signing_alg.`);
  } else if (found.includes(alg)) {
    const fix = `--token-endpoint-auth-signing-alg ${names} changes that`;
    await terminal.warn(
      `the keys for ${names} do not work: the client's assertions must be signed with ${alg}; ${fix}`,
    );
  } else {
    const fix = `set --token-endpoint-auth-signing-alg to ${names}`;
    await terminal.warn(`no key of the client is for ${alg}, with which its assertions must be signed: ${fix}`);
  }
  return fitted;
}

/** An RSA key does not say for which algorithm it is: any of RSA. */
export function withAlgorithm(key: Partial<JsonWebKey>, wanted = ""): Partial<JsonWebKey> {
  if (key.alg || key.use !== "sig") return key;
  const alg = key.kty === "RSA" && /^[RP]S/.test(wanted) ? wanted : algorithmOf(key);
  return alg === undefined ? key : { ...key, alg };
}

/** Keys of a client with a secret can only be for its request objects. */
async function fitMethod(terminal: Context["terminal"], fitted: OAuth2Client, before?: OAuth2Client): Promise<void> {
  const client = { ...before, ...fitted };
  const isForRequests = client.request_object_signing_alg || client.token_endpoint_auth_method === "private_key_jwt";
  if (isForRequests || fitted.token_endpoint_auth_method !== undefined) return;
  if (before || fitted.client_secret !== undefined) {
    const method = client.token_endpoint_auth_method || "client_secret_basic";
    await terminal.warn(
      `the client authenticates with ${method}, without the keys: --token-endpoint-auth-method private_key_jwt uses them`,
    );
  } else {
    fitted.token_endpoint_auth_method = "private_key_jwt";
    await terminal.note("It authenticates with its keys: token_endpoint_auth_method private_key_jwt.");
  }
}

/** The key without its private members. */
export const publicPart = <K extends object>(key: K): K =>
  Object.fromEntries(Object.entries(key).filter(([name]) => !PRIVATE.includes(name))) as K;
