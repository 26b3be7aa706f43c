import { isObject, parseJson } from "../http/json.ts";
import { PRIVATE_MEMBERS } from "../keys/jwk.ts";
import type { Operation } from "../operations.ts";

/** A request that the mock received, with every secret replaced by `"***"`. */
export interface RecordedRequest {
  /** The method, such as `PATCH`. */
  method: string;
  /** The whole URL. */
  url: string;
  /** The operation; `undefined` if no operation has this method and path. */
  operation: Operation | undefined;
  /** The headers, with lower-case names. */
  headers: Record<string, string>;
  /** The JSON value, or the fields of a form as an object; a note about any other body; `undefined` without a body. */
  body: unknown;
}

/** Enough for any test, and bounded for a server that keeps running. */
const MAX_REQUESTS = 1000;
/** The longest body that is kept, in characters. Of a longer one, only the length is. */
const MAX_BODY_LENGTH = 64 * 1024;

/** The latest requests, oldest first. */
export class RequestLog {
  #requests: RecordedRequest[] = [];

  get all(): readonly RecordedRequest[] {
    return this.#requests.slice(-MAX_REQUESTS);
  }

  add(request: Request, body: string, operation: Operation | undefined): void {
    this.#requests.push({
      method: request.method,
      url: maskUrl(request.url),
      operation,
      headers: Object.fromEntries([...request.headers].map(([name, value]) => [name, maskHeader(name, value)])),
      body: maskBody(request.headers.get("content-type") ?? "", body, operation),
    });
    if (this.#requests.length >= 2 * MAX_REQUESTS) this.#requests = this.#requests.slice(-MAX_REQUESTS);
  }

  clear(): void {
    this.#requests = [];
  }
}

const MASK = "***";

/**
 * Names of parameters and members that hold a secret, or something that can be exchanged for one. The code challenge of
 * PKCE is public.
 */
const SECRET_NAME = /(^|[_-])(assertion|code|jwt|password|secret|token|id_token_hint|verifier|(?<!code_)challenge)$/i;

const SECRET_HEADER = /authorization$|cookie|key|token|secret|password/;

function maskUrl(text: string): string {
  const url = new URL(text);
  if (url.password) url.password = MASK;
  if (url.search) url.search = maskQuery(url.search.slice(1));
  if (url.hash) url.hash = maskQuery(url.hash.slice(1));
  return url.href;
}

/** Keeps the order of the parameters, and the whole text if it has no secret. */
function maskQuery(text: string): string {
  const pairs = [...new URLSearchParams(text)];
  const masked = pairs.map(([name, value]) => [name, SECRET_NAME.test(name) ? MASK : maskText(value)]);
  return masked.some(([, value], i) => value !== pairs[i]![1]) ? String(new URLSearchParams(masked)) : text;
}

/** Masks the secrets of a URL. Any other text, and a URL without secrets, is not changed. */
function maskText(text: string): string {
  if (!/^https?:\/\/.*[?#@]/is.test(text) || !URL.canParse(text)) return text;
  const masked = maskUrl(text);
  return masked === new URL(text).href ? text : masked;
}

function maskHeader(name: string, value: string): string {
  if (name === "cookie") return value.replace(/=[^;]*/g, `=${MASK}`);
  if (!SECRET_HEADER.test(name)) return maskText(value);
  return name.endsWith("authorization") && /^[\w-]+ /.test(value) ? `${value.split(" ", 1)[0]} ${MASK}` : MASK;
}

function maskBody(type: string, body: string, operation: Operation | undefined): unknown {
  if (body === "") return undefined;
  if (body.length > MAX_BODY_LENGTH) return `(${body.length} characters)`;
  if (/^application\/x-www-form-urlencoded\b/i.test(type))
    return maskValue(Object.fromEntries(new URLSearchParams(body)), false);
  try {
    return maskValue(parseJson(body), operation === "setJsonWebKey");
  } catch {
    return `(${body.length} characters that are not JSON)`;
  }
}

/** @param isKey Whether `value` is expected to be a JSON Web Key, or a list of them. */
function maskValue(value: unknown, isKey: boolean): unknown {
  if (typeof value === "string") return maskText(value);
  if (Array.isArray(value)) return value.map((item) => maskValue(item, isKey));
  if (!isObject(value)) return value;
  const hasPrivateMembers = isKey || "kty" in value;
  const isSecret = (name: string): boolean =>
    SECRET_NAME.test(name) || (hasPrivateMembers && PRIVATE_MEMBERS.has(name.toLowerCase()));
  // An operation of a JSON Patch names the member in its path and has the secret in its value.
  const path = typeof value["path"] === "string" ? value["path"].split("/") : [];
  const isInJwks = path[1] === "jwks";
  const patchesSecret = path.some((name) => SECRET_NAME.test(name) || (isInJwks && PRIVATE_MEMBERS.has(name)));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      if (isSecret(name) || (name === "value" && patchesSecret)) return [name, MASK];
      return [name, maskValue(member, /^(keys|jwk)$/i.test(name) || (name === "value" && isInJwks))];
    }),
  );
}
