import { PRIVATE_MEMBERS } from "../keys/jwk.ts";
import type { Operation } from "../operations.ts";
import { isObject, parseJson } from "./body.ts";

/** A request as the mock saw it, with every secret replaced by `"***"`. */
export interface RecordedRequest {
  /** Such as `PATCH`. */
  method: string;
  /** The whole URL. */
  url: string;
  /** The operation it was for; `undefined` where no operation has this method and path. */
  operation: Operation | undefined;
  /** Lower-case names. */
  headers: Record<string, string>;
  /** The JSON value or, of a form, an object; text in any other case; `undefined` without a body. */
  body: unknown;
}

/** Enough for any test to read; a server left running forgets the oldest. */
const KEPT = 1000;
/** Characters of a body; a larger one is counted and not kept. */
const MAX_BODY = 64 * 1024;

/** The last requests, oldest first. */
export class RequestLog {
  #requests: RecordedRequest[] = [];

  get all(): readonly RecordedRequest[] {
    return this.#requests.slice(-KEPT);
  }

  add(request: Request, body: string, operation: Operation | undefined): void {
    this.#requests.push({
      method: request.method,
      url: maskUrl(request.url),
      operation,
      headers: Object.fromEntries([...request.headers].map(([name, value]) => [name, maskHeader(name, value)])),
      body: maskBody(request.headers.get("content-type") ?? "", body, operation),
    });
    if (this.#requests.length >= 2 * KEPT) this.#requests = this.#requests.slice(-KEPT);
  }

  clear(): void {
    this.#requests = [];
  }
}

const MASK = "***";

/**
 * Names of parameters and members that carry a secret, or something that can be exchanged for one. The challenge of
 * PKCE is made to be seen.
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

/** The same text where it has no secret, and in any case the same order. */
function maskQuery(text: string): string {
  const pairs = [...new URLSearchParams(text)];
  const masked = pairs.map(([name, value]) => [name, SECRET_NAME.test(name) ? MASK : maskText(value)]);
  return masked.some(([, value], i) => value !== pairs[i]![1]) ? String(new URLSearchParams(masked)) : text;
}

/** A URL may bring a secret along. Any other text, and a URL without one, stays as it is. */
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
  if (body.length > MAX_BODY) return `(${body.length} characters)`;
  if (/^application\/x-www-form-urlencoded\b/i.test(type))
    return maskValue(Object.fromEntries(new URLSearchParams(body)), false);
  try {
    return maskValue(parseJson(body), operation === "setJsonWebKey");
  } catch {
    return `(${body.length} characters that are no JSON)`;
  }
}

/** @param isKey Whether it stands where a JSON Web Key, or a list of them, belongs. */
function maskValue(value: unknown, isKey: boolean): unknown {
  if (typeof value === "string") return maskText(value);
  if (Array.isArray(value)) return value.map((each) => maskValue(each, isKey));
  if (!isObject(value)) return value;
  const hasPrivate = isKey || "kty" in value;
  const isSecret = (name: string): boolean =>
    SECRET_NAME.test(name) || (hasPrivate && PRIVATE_MEMBERS.has(name.toLowerCase()));
  // A JSON Patch names the member in its path and carries the secret in its value.
  const path = typeof value["path"] === "string" ? value["path"].split("/") : [];
  const ofKey = path[1] === "jwks";
  const isPatched = path.some((name) => SECRET_NAME.test(name) || (ofKey && PRIVATE_MEMBERS.has(name)));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      if (isSecret(name) || (name === "value" && isPatched)) return [name, MASK];
      return [name, maskValue(member, /^(keys|jwk)$/i.test(name) || (name === "value" && ofKey))];
    }),
  );
}
