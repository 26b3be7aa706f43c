import { describe, expect, test } from "vitest";
import {
  authorizationUrl,
  Configuration,
  clientCredentials,
  clientSecretBasic,
  type Fetch,
  isHydraError,
  OAuth2Api,
  publicJwks,
  withRetry,
} from "../../src/index.ts";
import { json } from "../support/observe.ts";

const basePath = "http://127.0.0.1";
const answer =
  (response: () => Response): Fetch =>
  async () =>
    response();
const api = (response: () => Response = json({})) => new OAuth2Api({ basePath, fetch: answer(response) });
const refused = (body: unknown, headers?: Record<string, string>) => json(body, 400, headers);
const settled = (call: Promise<unknown>) => call.catch((error) => expect(isHydraError(error)).toBe(true));
const list = <T>(length: number, item: (index: number) => T) => Array.from({ length }, (_, index) => item(index));
const record = (length: number) => Object.fromEntries(list(length, (index) => [`name-${index}`, `value-${index}`]));
const nested = (depth: number): unknown => JSON.parse(`${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`);
const client = { basePath, clientId: "c", auth: clientSecretBasic("s3cret"), fetch: answer(json({})) };
const login = { basePath, clientId: "c", redirectUri: "http://127.0.0.1/cb" };
const throwing =
  (error: unknown): Fetch =>
  () =>
    Promise.reject(error);
const messageOfLength = (size: number) => Object.assign(new Error("x".repeat(size)), { code: "x".repeat(size) });

/** What runs a pattern or walks over input of some size: the smaller size, large enough to be measured, and the call. */
const WALKS: [name: string, size: number, call: (size: number) => unknown][] = [
  // The addresses of servers.
  ["slashes at the end of basePath", 200_000, (size) => new Configuration({ basePath: basePath + "/".repeat(size) })],
  ["slashes within basePath", 200_000, (size) => new Configuration({ basePath: `${basePath}${"/".repeat(size)}a` })],
  [
    "the issuer of server metadata",
    200_000,
    (size) => {
      const fetch = answer(json({ issuer: `${basePath}/a${"/".repeat(size)}b`, token_endpoint: basePath }));
      return settled(clientCredentials({ ...client, basePath: undefined as never, issuer: basePath, fetch }));
    },
  ],
  // Parameters.
  ["a path parameter", 200_000, (size) => settled(api().getOAuth2Client({ id: "a/".repeat(size) }))],
  ["a long ID", 200_000, (size) => api().getOAuth2Client({ id: "ä~%/a".repeat(size) })],
  ["query parameters", 20_000, (size) => api().listOAuth2Clients({}, { params: record(size) })],
  ["form parameters", 4_000, (size) => settled(clientCredentials({ ...client, parameters: record(size) }))],
  ["parameters of an authorization URL", 5_000, (size) => authorizationUrl({ ...login, parameters: record(size) })],
  ["scopes", 100_000, (size) => settled(clientCredentials({ ...client, scope: list(size, String) }))],
  ["headers", 10_000, (size) => api().listOAuth2Clients({}, { headers: record(size) })],
  [
    "one header many times",
    20_000,
    (size) => api().listOAuth2Clients({}, { headers: list(size, (): [string, string] => ["a", "b"]) }),
  ],
  [
    "the name of a header",
    200_000,
    (size) => api().listOAuth2Clients({}, { headers: { [`${"a-".repeat(size)}`]: "b" } }),
  ],
  [
    "the value of a header",
    200_000,
    (size) => api().listOAuth2Clients({}, { headers: { a: `b${" ".repeat(size)}c` } }),
  ],
  ["a code verifier", 200_000, (size) => settled(authorizationUrl({ ...login, codeVerifier: `${"a".repeat(size)}!` }))],
  // Bodies.
  [
    "a list of keys",
    5_000,
    (size) => {
      const keys = list(size, (index) => ({ kty: "RSA" as const, kid: `${index}`, n: "n", e: "AQAB" }));
      return api().createOAuth2Client({ oAuth2Client: { jwks: { keys } } });
    },
  ],
  [
    "keys in keys",
    500,
    (size) => settled(api().createOAuth2Client({ oAuth2Client: { jwks: nested(size) as object } })),
  ],
  [
    "text that looks like keys",
    100_000,
    (size) => api().createOAuth2Client({ oAuth2Client: { client_name: '"jwks"jwks"jwk'.repeat(size) } }),
  ],
  [
    "operations of a patch",
    10_000,
    (size) => api().patchOAuth2Client({ id: "a", jsonPatch: list(size, () => ({ op: "remove", path: "/a" })) }),
  ],
  [
    "operations of a patch of keys",
    5_000,
    (size) =>
      api().patchOAuth2Client({
        id: "a",
        jsonPatch: list(size, () => ({ op: "add", path: "/jwks/keys/-", value: {} })),
      }),
  ],
  [
    "the path of a patch",
    100_000,
    (size) => api().patchOAuth2Client({ id: "a", jsonPatch: [{ op: "remove", path: "/~0~1".repeat(size) }] }),
  ],
  // Responses.
  ["a long response", 500_000, (size) => api(json(["x".repeat(size)])).listOAuth2Clients()],
  [
    "cookies",
    5_000,
    (size) =>
      api(withCookies(size, 200))
        .listOAuth2Clients()
        .then(({ headers }) => headers),
  ],
  ["cookies of an error", 5_000, (size) => settled(api(withCookies(size, 400)).listOAuth2Clients())],
  [
    "Retry-After",
    200_000,
    (size) => {
      const busy = json({}, 429, { "retry-after": `${"1".repeat(size)}x` });
      return withRetry(answer(busy), { maxAttempts: 2, sleep: async () => {} })(basePath);
    },
  ],
  // Redaction.
  [
    "members of an error",
    5_000,
    (size) => settled(api(refused(record(size))).createOAuth2Client({ oAuth2Client: { metadata: { a: "s3cret" } } })),
  ],
  [
    "secrets of a body",
    5_000,
    (size) => settled(api(refused("denied")).createOAuth2Client({ oAuth2Client: { metadata: record(size) } })),
  ],
  [
    "a secret that the text nearly contains everywhere",
    50_000,
    (size) => {
      const fetch = answer(() => new Response("a".repeat(size * 2), { status: 400 }));
      const accessToken = `b${"a".repeat(size)}`;
      return settled(new OAuth2Api({ basePath, fetch, accessToken }).listOAuth2Clients());
    },
  ],
  [
    "secrets in a deep body",
    1_000,
    (size) =>
      settled(api(refused("denied")).createOAuth2Client({ oAuth2Client: { metadata: nested(size) as object } })),
  ],
  [
    "an Authorization header",
    200_000,
    (size) => {
      const authorization = `Basic ${btoa(":".repeat(size))}`;
      return settled(api(refused("denied")).listOAuth2Clients({}, { headers: { authorization } }));
    },
  ],
  ["an error code", 200_000, (size) => settled(api(refused({ error: `${"a_".repeat(size)}!` })).listOAuth2Clients())],
  // What fetch threw.
  ["a long message", 200_000, (size) => settled(call(throwing(messageOfLength(size))))],
  ["a list of errors", 250, (size) => settled(call(throwing(new AggregateError(list(size, () => new Error("x"))))))],
  ["causes of causes", 250, (size) => settled(call(throwing(causes(size))))],
  ["one error in many places", 2, (size) => settled(call(throwing(errorsInErrors(size))))],
  [
    "a list of errors that is retried",
    250,
    (size) => settled(call(withRetry(throwing(lists(size)), { maxAttempts: 1 }))),
  ],
  // Keys.
  ["text around a PEM", 20_000, (size) => settled(publicJwks(`${"-----BEGIN ".repeat(size)}KEY`))],
  ["the label of a PEM", 100_000, (size) => settled(publicJwks(`-----BEGIN ${"KEY ".repeat(size)}----`))],
];

const call = (fetch: Fetch) => new OAuth2Api({ basePath, fetch }).listOAuth2Clients();
const causes = (depth: number) => {
  let error = new Error("innermost");
  for (let level = 0; level < depth; level++) error = new Error("outer", { cause: error });
  return error;
};
const lists = (size: number) =>
  new AggregateError(list(size, () => Object.assign(new Error("x"), { syscall: "connect" })));
/** Each level holds the next one ten times: as a tree, it would have ten to the power of `depth` errors. */
const errorsInErrors = (depth: number): Error => {
  let error = new Error("innermost");
  for (let level = 0; level < depth; level++) error = new AggregateError(list(10, () => error));
  return error;
};
function withCookies(size: number, status: number): () => Response {
  return () => {
    const headers = new Headers();
    for (let index = 0; index < size; index++) headers.append("set-cookie", `a${index}=b`);
    return new Response("{}", { status, headers });
  };
}

/** Returns the CPU time of a call in microseconds, the least of three, so that a pause of the machine does not count. */
async function cpuTime(run: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let attempt = 0; attempt < 3; attempt++) {
    const before = process.cpuUsage();
    await run();
    const { user, system } = process.cpuUsage(before);
    times.push(user + system);
  }
  return Math.min(...times);
}

describe("four times the input takes about four times as long", () => {
  test.each(WALKS)("for %s", async (_, size, walk) => {
    await walk(size);
    const small = await cpuTime(() => walk(size));
    const large = await cpuTime(() => walk(4 * size));
    // What grows with the square takes 16 times as long. Times below 20 ms are mostly noise.
    expect(large / Math.max(small, 20_000)).toBeLessThan(10);
  });
});
