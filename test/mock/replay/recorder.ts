import { createHash, randomUUID } from "node:crypto";
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from "jose";
import type { MockHydra } from "../../../src/mock/index.ts";

/** The recorded exchanges, by scenario. */
export type Recording = Record<string, Exchange[]>;

export interface Exchange {
  name: string;
  request: { method: string; base: string; path: string; headers: Record<string, string>; body: unknown };
  response: { status: number; headers: Record<string, string | string[]>; body: unknown };
}

/** What a step of a scenario learns from its answer. */
export interface Answer {
  status: number;
  headers: Headers;
  body: any;
  location: string;
}

interface StepRequest {
  query?: Record<string, string>;
  headers?: Record<string, string>;
  json?: unknown;
  form?: Record<string, string>;
  body?: string;
  jar?: Jar;
}

export type Scenario = (t: Recorder) => Promise<void>;

/** A browser's cookies. */
export class Jar {
  readonly #cookies = new Map<string, string>();

  take(headers: Headers): void {
    for (const line of headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(line)) this.#cookies.delete(name!);
      else this.#cookies.set(name!, value!);
    }
  }

  toString(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }
}

const KEPT_HEADERS = [
  "access-control-allow-headers",
  "access-control-allow-methods",
  "access-control-allow-origin",
  "allow",
  "cache-control",
  "content-type",
  "link",
  "location",
  "pragma",
  "www-authenticate",
  "x-total-count",
];

/** Sends the requests of a scenario and keeps each answer in the form of the recordings. */
export class Recorder {
  readonly exchanges: Pick<Exchange, "name" | "response">[] = [];
  readonly hydra: MockHydra;
  /** The mock's clock, which a scenario may put forward: milliseconds since the epoch. */
  readonly clock: { now: number };
  readonly #fetch: typeof fetch;

  constructor(hydra: MockHydra, clock: { now: number }, send: typeof fetch) {
    this.hydra = hydra;
    this.clock = clock;
    this.#fetch = send;
  }

  /** The mock's time in seconds, as claims have it. */
  get now(): number {
    return Math.floor(this.clock.now / 1000);
  }

  admin(name: string, route: string, request?: StepRequest): Promise<Answer> {
    const [method = "", path = ""] = route.split(/ (.*)/);
    return this.#step(name, method, this.hydra.adminUrl + path, request);
  }

  public(name: string, route: string, request?: StepRequest): Promise<Answer> {
    const [method = "", path = ""] = route.split(/ (.*)/);
    return this.#step(name, method, this.hydra.publicUrl + path, request);
  }

  follow(name: string, url: string, jar: Jar): Promise<Answer> {
    return this.#step(name, "GET", url, { jar });
  }

  async #step(name: string, method: string, target: string, request: StepRequest = {}): Promise<Answer> {
    const url = new URL(target);
    for (const [key, value] of Object.entries(request.query ?? {})) url.searchParams.append(key, value);
    const headers = new Headers(request.headers);
    let { body } = request;
    if (request.json !== undefined) {
      body = JSON.stringify(request.json);
      if (!headers.has("content-type")) headers.set("content-type", "application/json");
    }
    if (request.form) {
      body = new URLSearchParams(request.form).toString();
      headers.set("content-type", "application/x-www-form-urlencoded");
    }
    if (String(request.jar ?? "")) headers.set("cookie", String(request.jar));
    const init = { method, headers, redirect: "manual", ...(body !== undefined && { body }) } as const;
    const response = await this.#fetch(url, init);
    request.jar?.take(response.headers);
    const text = await response.text();
    const parsed = parse(text);
    this.exchanges.push({ name, response: this.#recorded(name, response, parsed) });
    const location = response.headers.get("location") ?? "";
    return { status: response.status, headers: response.headers, body: parsed, location };
  }

  #recorded(name: string, response: Response, body: unknown): Exchange["response"] {
    const headers: Exchange["response"]["headers"] = {};
    for (const header of KEPT_HEADERS) {
      const value = response.headers.get(header);
      if (value !== null) headers[header] = value;
    }
    const cookies = response.headers.getSetCookie().map((cookie) => cookie.replace(/=[^;]*/, "=<value>"));
    if (cookies.length > 0) headers["set-cookie"] = cookies.sort();
    const normal = normalise({ status: response.status, headers, body }) as Exchange["response"];
    // A list comes in the order of random ids: only the members of its items can be compared.
    if (/^list/.test(name) && Array.isArray(normal.body)) {
      normal.body = normal.body.map((item: object) => Object.keys(item).sort().join(" "));
    }
    let json = JSON.stringify(normal);
    for (const [url, placeholder] of [
      [this.hydra.publicUrl, "<public>"],
      [this.hydra.adminUrl, "<admin>"],
    ] as const) {
      json = json.replaceAll(url, placeholder).replaceAll(encodeURIComponent(url), placeholder);
    }
    return JSON.parse(json);
  }
}

function parse(text: string): unknown {
  try {
    return text === "" ? null : JSON.parse(text);
  } catch {
    return text;
  }
}

const VARIABLE_PARAMETERS = "(login|consent|logout|device)_(challenge|verifier)|user_code|code|state|page_token";

/** What changes from run to run, and what stands in its place in the recordings. */
const PATTERNS: [RegExp, string][] = [
  [/\bory_(at|rt|ac|co|lo|dc)_[\w-]+\.[\w-]+/g, "<ory_$1 token>"],
  [/\bey[\w-]{10,}\.[\w-]+\.[\w-]*/g, "<jwt>"],
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "<uuid>"],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/g, "<time>"],
  [new RegExp(`(${VARIABLE_PARAMETERS})=[^&\\s"]+`, "g"), "$1=<value>"],
  [/(error_description|error_hint)=[^&\s"]+/g, "$1=<text>"],
  [/error_description="[^"]*"/g, 'error_description="<text>"'],
  [/Expires=[^;]*/g, "Expires=<time>"],
  [/code_challenge=[^&]*/g, "code_challenge=<value>"],
  [/_dev_\d+=/g, "_dev_<number>="],
  [/run[0-9a-f]{8}/g, "<run>"],
];

const VARIABLE_MEMBERS = new Set(
  `access_token at_hash auth_time c_nonce c_nonce_draft_00 challenge client_secret consent_challenge
  consent_request_id csrf d device_challenge device_code dp dq e exp expires_in iat id_token jti k kid login_challenge
  login_session_id logout_challenge n nbf p q qi rat refresh_token registration_access_token session_id sid user_code
  x y`.split(/\s+/),
);
const FREE_TEXT = new Set(["error_description", "error_hint", "error_debug"]);
const KEPT_MEMBERS = new Set(["metadata", "ext", "context"]);

function normalise(value: unknown, key = ""): unknown {
  if (Array.isArray(value)) return value.map((item) => normalise(item, key));
  if (KEPT_MEMBERS.has(key)) return value;
  if (FREE_TEXT.has(key)) return value && "<text>";
  if (typeof value === "string" && /^\s*(<!doctype html|<a href)/i.test(value)) return "<html>";
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, normalise(member, name)]));
  }
  if (VARIABLE_MEMBERS.has(key) && value !== "" && value !== null && value !== 0) return `<${typeof value}>`;
  return typeof value === "string" ? PATTERNS.reduce((text, [from, to]) => text.replace(from, to), value) : value;
}

/** A parameter of a redirect's target. */
export function parameter(location: string, name: string): string {
  return new URL(location).searchParams.get(name) ?? "";
}

export function basic(id: string, secret: string): string {
  return `Basic ${btoa(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`)}`;
}

/** RFC 7636: a code verifier and its S256 challenge. */
export function pkce(): { verifier: string; challenge: string } {
  const verifier = randomUUID() + randomUUID();
  return { verifier, challenge: createHash("sha256").update(verifier).digest("base64url") };
}

/** The key pair of a client or of an issuer, and what it signs. */
export interface Signer {
  kid: string;
  jwk: JWK;
  /** @param kid `null` leaves it out of the header. @default the key's own */
  sign(claims: JWTPayload, kid?: string | null): Promise<string>;
}

export async function signer(alg: string): Promise<Signer> {
  const own = randomUUID();
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return {
    kid: own,
    jwk: { ...(await exportJWK(publicKey)), kid: own, alg, use: "sig" },
    sign: (claims, kid = own) =>
      new SignJWT(claims).setProtectedHeader({ alg, typ: "JWT", ...(kid && { kid }) }).sign(privateKey),
  };
}
