import { formEncode } from "./form.ts";
import { INSPECT } from "./inspect.ts";

/**
 * The headers and parameters whose values errors may show. The list is closed: all others are treated as secrets.
 */
const PUBLIC_PARAMETERS: ReadonlySet<string> = /* @__PURE__ */ words(
  "accept content-type user-agent x-forwarded-for x-forwarded-host x-forwarded-proto x-request-id grant_type " +
    "response_type response_mode prompt acr_values client_id client_assertion_type scope audience resource redirect_uri",
);

/** The members of JSON bodies whose values errors may show: those that Hydra quotes. This list is closed, too. */
const PUBLIC_MEMBERS: ReadonlySet<string> = /* @__PURE__ */ words(
  "client_id client_name owner scope audience grant_types response_types redirect_uris post_logout_redirect_uris " +
    "request_uris allowed_cors_origins client_uri jwks_uri sector_identifier_uri subject_type token_endpoint_auth_method " +
    "access_token_strategy subject issuer alg use kty crv kid",
);

function words(list: string): Set<string> {
  return new Set(list.split(" "));
}

/**
 * Returns a function that replaces `secrets` in a text, in every form in which a server or a proxy may echo them. A response
 * with so much text, to a request with so many secrets, that it would take seconds is withheld.
 */
export function redactor(secrets: string[]): (text: string) => string {
  const forms = secrets.flatMap((secret) => [secret, formEncode(secret), JSON.stringify(secret).slice(1, -1)]);
  const longestFirst = [...new Set(forms)]
    .filter((form) => form.length >= MIN_LENGTH)
    .sort((one, other) => other.length - one.length);
  const replace = (form: string, at: number, text: string) => {
    const isWord = !/[\w-]/.test(text.charAt(at - 1) + text.charAt(at + form.length));
    return form.length >= SAFE_LENGTH || isWord ? "[secret]" : form;
  };
  let searched = 0;
  return (text) => {
    searched += longestFirst.length * (text.length + SEARCH_COST);
    if (searched > MAX_SEARCHED) return "[withheld]";
    return longestFirst.reduce((clean, form) => clean.replaceAll(form, replace), text);
  };
}

/** The number of characters that one function of {@link redactor} searches, and those that beginning a search costs. */
const MAX_SEARCHED = 1_000_000_000;
const SEARCH_COST = 100;

/** Shorter values are not treated as secrets: replacing them would garble every text. */
const MIN_LENGTH = 3;

/** Shorter secrets are replaced only as whole words: they occur inside many others. Hydra issues none so short. */
const SAFE_LENGTH = 6;

/** Returns the headers and parameters of a request that are secret, in every form in which a text may contain them. */
export function secretsOf(entries: [name: string, value: string][]): string[] {
  return entries.flatMap(([name, value]) => (PUBLIC_PARAMETERS.has(name) ? [] : spellings(value)));
}

/** Whether a text is a name of several words, as error codes and fields are. A single word may be a secret. */
export const isCompoundName = (text: string): boolean => /^[a-z]+(_[a-z]+)+$/.test(text);

/** The fields of a single word that a server may name in an error, although their values are secret. */
const PUBLIC_NAMES: ReadonlySet<string> = /* @__PURE__ */ words("contacts jwks metadata");

/** Returns the strings in a JSON body that are secret, including names of members. */
export function secretsInJson(body: any): string[] {
  // An operation of a JSON Patch belongs to the member that its path leads into.
  const members: [string, unknown][] = Array.isArray(body)
    ? body.map(({ path, value }) => [`${path}`.split("/")[1] ?? "", value])
    : Object.entries(body ?? {});
  const isPublic = ([name]: [string, unknown]) => PUBLIC_MEMBERS.has(name);
  // A value that a public member contains as well is shown anyway.
  const shown = new Set(stringsIn(members.filter(isPublic)));
  const hidden = members.filter((member) => !isPublic(member));
  return stringsIn(
    hidden.map(([name, value]) => (isCompoundName(name) || PUBLIC_NAMES.has(name) ? value : [name, value])),
  ).filter((text) => !shown.has(text) && !PUBLIC_MEMBERS.has(text));
}

/** Returns the strings in parsed JSON, including names of members. Not recursive: JSON may be deeper than the stack. */
function stringsIn(json: unknown): string[] {
  const strings: string[] = [];
  const pending = [json];
  for (const value of pending) {
    if (typeof value === "string") strings.push(value);
    else if (Array.isArray(value)) for (const item of value) pending.push(item);
    else for (const [name, member] of Object.entries(value ?? {})) pending.push(name, member);
  }
  return strings;
}

/** Returns the forms of a secret: the value, the value without its scheme, and the password that HTTP Basic encodes. */
function spellings(value: string): string[] {
  const credential = value.replace(/^(basic|bearer|dpop) /i, "");
  try {
    const [, password] = /:(.*)/s.exec(atob(credential))!;
    return [value, credential, password!, new URLSearchParams(`=${password}`).get("")!];
  } catch {
    return [value, credential];
  }
}

/** Returns what was thrown if logging it shows no secret, else its redacted message. */
export function safeCause(thrown: unknown, redact: (text: string) => string): unknown {
  try {
    if (isHarmless(thrown, redact)) return thrown;
    return new Error(redact(`${(thrown as Error).message ?? typeof thrown}`));
  } catch {
    return new Error("original error withheld: it could not be read");
  }
}

/** Whether logging `value` shows nothing that was sent: the error of a fetch function may hold the request itself. */
function isHarmless(value: unknown, redact: (text: string) => string, seen = new Set()): boolean {
  if (value instanceof Error || Array.isArray(value)) {
    // It may contain itself, or one error many times.
    if (seen.has(value)) return true;
    seen.add(value);
    return readableKeys(value).every((key) => isHarmless((value as any)[key], redact, seen));
  }
  return typeof value === "string" ? redact(value) === value : Object(value) !== value;
}

/** Returns the keys of an error or a list, and the getters of its class, which a log may show, too. */
function readableKeys(value: object): PropertyKey[] {
  const keys = Reflect.ownKeys(value).filter((key) => key !== INSPECT);
  const builtIn = [Error.prototype, Object.prototype, null];
  for (let type = Object.getPrototypeOf(value); !builtIn.includes(type); type = Object.getPrototypeOf(type)) {
    const members = Object.entries(Object.getOwnPropertyDescriptors(type));
    keys.push(...members.filter(([name, { get }]) => get && name !== "constructor").map(([name]) => name));
  }
  return keys;
}
