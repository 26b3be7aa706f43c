import { isObject, parseJson } from "./body.ts";
import type { Operation } from "./operations.ts";

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
      body: maskBody(request.headers.get("content-type") ?? "", body),
    });
    if (this.#requests.length >= 2 * KEPT) this.#requests = this.#requests.slice(-KEPT);
  }

  clear(): void {
    this.#requests = [];
  }
}

const MASK = "***";

/** Names of parameters and members that carry a secret, or something that can be exchanged for one. */
const SECRET_NAMES: ReadonlySet<string> = new Set([
  "access_token",
  "assertion",
  "client_assertion",
  "client_secret",
  "code",
  "code_verifier",
  "device_code",
  "id_token",
  "id_token_hint",
  "password",
  "refresh_token",
  "registration_access_token",
  "token",
]);

/** The private members of a JSON Web Key, RFC 7518 section 6. */
const PRIVATE_KEY_MEMBERS: ReadonlySet<string> = new Set(["d", "p", "q", "dp", "dq", "qi", "k", "oth"]);

function maskUrl(text: string): string {
  const url = new URL(text);
  for (const name of new Set(url.searchParams.keys())) if (SECRET_NAMES.has(name)) url.searchParams.set(name, MASK);
  return url.href;
}

function maskHeader(name: string, value: string): string {
  if (name === "authorization") return /^[\w-]+(?= )/.test(value) ? `${value.split(" ", 1)[0]} ${MASK}` : MASK;
  return name === "cookie" ? value.replace(/=[^;]*/g, `=${MASK}`) : value;
}

function maskBody(type: string, body: string): unknown {
  if (body === "") return undefined;
  if (body.length > MAX_BODY) return `(${body.length} characters)`;
  if (/^application\/x-www-form-urlencoded\b/i.test(type))
    return maskValue(Object.fromEntries(new URLSearchParams(body)));
  try {
    return maskValue(parseJson(body));
  } catch {
    return `(${body.length} characters that are no JSON)`;
  }
}

function maskValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskValue);
  if (!isObject(value)) return value;
  // A JSON Patch names the member in its path and carries the secret in its value.
  const patched = typeof value["path"] === "string" ? value["path"].split("/").at(-1)! : "";
  const secret = (name: string): boolean =>
    SECRET_NAMES.has(name) ||
    ("kty" in value && PRIVATE_KEY_MEMBERS.has(name)) ||
    (name === "value" && (SECRET_NAMES.has(patched) || PRIVATE_KEY_MEMBERS.has(patched)));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, secret(name) ? MASK : maskValue(member)]),
  );
}
