import { mkdtemp, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeProtectedHeader } from "jose";
import { afterEach, describe, expect, test, vi } from "vitest";
import { generateKey, publicJwks } from "../../src/index.ts";
import { createMockHydra, type MockHydra } from "../../src/mock/index.ts";
import { Application, Browser, logInAndConsent } from "../mock/support/browser.ts";
import { cli, variablesOf } from "./support.ts";

const words = (line: string) => line.split(" ");

async function fileOf(content: string): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), "hydra-sdk-")), "file");
  await writeFile(file, content);
  return file;
}

/** The form of the last request to the token endpoint. */
const lastForm = ({ requests }: MockHydra) =>
  requests.filter(({ url }) => url.endsWith("/oauth2/token")).at(-1)?.body as Record<string, string>;

describe("perform client-credentials", () => {
  const service = (mock: MockHydra, more = {}) =>
    mock.addClient({
      client_id: "backup",
      client_secret: "a secret: 100%",
      grant_types: ["client_credentials"],
      scope: "read write",
      audience: ["https://api.example.com/?a=1,2"],
      ...more,
    });

  test("scope and audience arrive, and the JSON is all that the server gave", async () => {
    const mock = createMockHydra();
    service(mock);
    const { status, stdout, stderr } = await cli(
      [
        ...words(
          "perform client-credentials --client-id backup --client-secret-file - --scope read,write --format json",
        ),
        "--audience",
        "https://api.example.com/?a=1,2",
      ],
      { mock, stdin: "a secret: 100%\n" },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(stdout)).toEqual({
      access_token: expect.stringMatching(/^ory_at_/),
      expires_in: 3600,
      scope: "read write",
      token_type: "bearer",
    });
    expect(lastForm(mock)["audience"]).toBe("https://api.example.com/?a=1,2");
  });

  test("a table has the expiry, -q the token alone, and the variables say which client", async () => {
    const mock = createMockHydra();
    service(mock);
    const env = { ...variablesOf(mock), OAUTH2_CLIENT_ID: "backup", OAUTH2_CLIENT_SECRET: "a secret: 100%" };
    const now = () => Date.parse("2026-01-01T00:00:00Z");
    const table = await cli(["perform", "client-credentials"], { mock, env, now });
    expect(table.stdout).toMatch(/^ACCESS TOKEN\tory_at_\S+$/m);
    expect(table.stdout).toContain("EXPIRY\t2026-01-01T01:00:00Z\n");
    const quiet = await cli(["perform", "client-credentials", "-q"], { mock, env });
    expect(quiet.stdout).toMatch(/^ory_at_\S+\n$/);
  });

  test("client_secret_post sends the secret in the form, and the method that is wrong is not tried twice", async () => {
    const mock = createMockHydra();
    service(mock, { token_endpoint_auth_method: "client_secret_post" });
    const env = { ...variablesOf(mock), OAUTH2_CLIENT_SECRET: "a secret: 100%" };
    const line = words("perform client-credentials --client-id backup --auth-method");
    const wrong = await cli([...line, "client_secret_basic"], { mock, env });
    expect(wrong).toMatchObject({ status: 4, stdout: "" });
    expect(wrong.stderr).toContain("401 invalid_client");
    expect(mock.requests).toHaveLength(1);
    expect(await cli([...line, "client_secret_post"], { mock, env })).toMatchObject({ status: 0, stderr: "" });
  });

  test("a secret that is missing is asked for at the terminal if the method needs one", async () => {
    const mock = createMockHydra();
    service(mock);
    const line = words("perform client-credentials -q --client-id backup --auth-method client_secret_basic");
    const { status, stderr } = await cli(line, { mock, typed: ["a secret: 100%"] });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "Client secret: " });
  });

  test("private_key_jwt signs with a PEM or a JSON Web Key, its kid and its algorithm", async () => {
    const mock = createMockHydra();
    const key = await generateKey("ES256");
    const { keys } = await publicJwks(key);
    const jwks = { keys: [{ ...keys[0]!, kid: "mine" }] };
    service(mock, {
      token_endpoint_auth_method: "private_key_jwt",
      token_endpoint_auth_signing_alg: "ES256",
      jwks,
    });
    const file = await fileOf(JSON.stringify(key));
    const line = [...words("perform client-credentials --client-id backup --kid mine --alg ES256 --key"), file];
    let form = new URLSearchParams();
    const { status, stderr } = await cli(line, {
      mock,
      fetch: (input, init) => {
        form = new URLSearchParams(String(init?.body));
        return mock.fetch(input, init);
      },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(decodeProtectedHeader(form.get("client_assertion")!)).toEqual({ alg: "ES256", kid: "mine" });
  });

  test("a service with --jwks-uri is created and gets a token, both at the command line", async () => {
    const key = await generateKey("RS256");
    const mock = createMockHydra({ fetch: async () => Response.json(await publicJwks(key)) });
    const create = words("create oauth2-client --id reports --grant-type client_credentials --scope read -q");
    const keys = words("--token-endpoint-auth-method private_key_jwt --jwks-uri https://reports.example/jwks.json");
    expect(await cli([...create, ...keys], { mock })).toMatchObject({ status: 0, stdout: "reports\n" });
    const file = await fileOf(JSON.stringify(key));
    const line = words(
      "perform client-credentials --client-id reports --auth-method private_key_jwt --scope read --key",
    );
    const token = await cli([...line, file, "--format", "jsonpath=scope"], { mock });
    expect(token).toMatchObject({ status: 0, stdout: '"read"\n', stderr: "" });
  });

  test("what contradicts or is missing is refused before anything is sent", async () => {
    const mock = createMockHydra();
    const key = await fileOf("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n");
    const publicKey = await fileOf(JSON.stringify((await publicJwks(await generateKey("ES256"))).keys[0]));
    for (const [line, flag] of [
      ["perform client-credentials", "--client-id"],
      ["perform client-credentials --client-id a --auth-method client_secret_post", "--client-secret-file"],
      ["perform client-credentials --client-id a --auth-method bogus", "--auth-method"],
      ["perform client-credentials --client-id a --auth-method private_key_jwt", "--key"],
      ["perform client-credentials --client-id a --auth-method none --client-secret x", "--client-secret"],
      [`perform client-credentials --client-id a --key ${key}`, "--key"],
      [`perform client-credentials --client-id a --key ${publicKey}`, "--key"],
      [`perform client-credentials --client-id a --auth-method none --key ${key}`, "--key"],
      ["perform client-credentials --client-id a --key /nonexistent/key.pem", "--key"],
      ["perform client-credentials --client-id a --kid x", "--kid"],
      ["perform client-credentials --client-id a --alg HS256", "--alg"],
      ["perform client-credentials --client-id a --key - --client-secret-file -", "--client-secret-file"],
      ["perform refresh-token --client-id a", "TOKEN"],
      ["perform refresh-token --client-id a --key - -", "--key"],
      ["perform authorization-code --client-id a --state short", "--state"],
      ["perform authorization-code --client-id a --timeout soon", "--timeout"],
      ["perform authorization-code --client-id a --response-mode fragment", "--response-mode"],
    ] as const) {
      const { status, stderr } = await cli(words(line), { mock });
      expect([line, status]).toEqual([line, 2]);
      expect(stderr).toContain(flag);
    }
    expect(mock.requests).toEqual([]);
  });

  test("credentials go over plain http to another host only if that is allowed", async () => {
    const mock = createMockHydra({ publicUrl: "http://hydra.internal:4444" });
    service(mock);
    const env = { ...variablesOf(mock), OAUTH2_CLIENT_ID: "backup", OAUTH2_CLIENT_SECRET: "a secret: 100%" };
    const refused = await cli(["perform", "client-credentials"], { mock, env });
    expect(refused).toMatchObject({ status: 2, stdout: "" });
    expect(refused.stderr).toContain("--allow-insecure-requests");
    expect(mock.requests).toEqual([]);
    const allowed = await cli(["perform", "client-credentials", "--allow-insecure-requests"], { mock, env });
    expect(allowed.status).toBe(0);
  });

  test("help does not show the secret of the variable", async () => {
    const { stdout } = await cli(["perform", "client-credentials", "--help"], {
      env: { OAUTH2_CLIENT_SECRET: "do-not-show" },
    });
    expect(stdout).toContain("OAUTH2_CLIENT_SECRET");
    expect(stdout).not.toContain("do-not-show");
  });
});

describe("perform authorization-code", () => {
  const PORT = 24446;
  const REDIRECT = `http://127.0.0.1:${PORT}/callback`;
  const LINE = words(`perform authorization-code --client-id shop --port ${PORT}`);

  function shop(more = {}): MockHydra {
    const mock = createMockHydra();
    mock.addClient({
      client_id: "shop",
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      redirect_uris: [REDIRECT],
      scope: "openid offline_access email",
      audience: ["https://api.example.com"],
      token_endpoint_auth_method: "none",
      ...more,
    });
    return mock;
  }

  /** A person who signs in, and what the person sees in the end. `tamper` changes the redirect. */
  function person(mock: MockHydra, tamper: (url: URL) => URL = (url) => url) {
    let seen: Promise<{ status: number; text: string }> | undefined;
    const visit = async (start: string) => {
      const end = tamper(await logInAndConsent(mock, new Browser(mock), start));
      const response = await fetch(end);
      return { status: response.status, text: await response.text() };
    };
    return {
      openBrowser: async (url: string) => {
        seen = visit(url);
        return true;
      },
      seen: () => seen,
    };
  }

  test("signs in with PKCE, state and nonce, and prints all tokens", async () => {
    const mock = shop();
    const { openBrowser, seen } = person(mock);
    const outcome = await cli([...LINE, "--format", "json"], { mock, openBrowser });
    expect(outcome.status).toBe(0);
    expect(JSON.parse(outcome.stdout)).toEqual({
      access_token: expect.any(String),
      refresh_token: expect.any(String),
      id_token: expect.any(String),
      expires_in: 3600,
      scope: "openid offline_access",
      token_type: "bearer",
    });
    const { searchParams } = new URL(outcome.opened[0]!);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      code_challenge_method: "S256",
      redirect_uri: REDIRECT,
      nonce: expect.stringMatching(/^.{43}$/),
      state: expect.stringMatching(/^.{43}$/),
    });
    expect(outcome.stderr).toBe(`Sign in with the browser:\n  ${outcome.opened[0]}\n`);
    const page = await seen();
    expect(page).toMatchObject({ status: 200, text: expect.stringContaining("You can close this window.") });
    for (const secret of Object.values(JSON.parse(outcome.stdout))) expect(page?.text).not.toContain(secret);
  });

  test("every parameter arrives, without a browser that is opened", async () => {
    const mock = shop();
    const { openBrowser, seen } = person(mock);
    const written = cli(
      [
        ...LINE,
        ...words("--no-open --scope openid,email --audience https://api.example.com --prompt login,consent"),
        ...words("--max-age 60 --login-hint alice@example.com --state state-of-mine --timeout 5s"),
      ],
      { mock, watch: (text) => void openBrowser(text.trim().split(/\s+/).at(-1)!) },
    );
    const { status, opened, stderr } = await written;
    await seen();
    expect({ status, opened }).toEqual({ status: 0, opened: [] });
    const { searchParams } = new URL(stderr.trim().split(/\s+/).at(-1)!);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      scope: "openid email",
      audience: "https://api.example.com",
      prompt: "login consent",
      max_age: "60",
      login_hint: "alice@example.com",
      state: "state-of-mine",
    });
  });

  test("the redirect URI may be another one, whose path is listened at, and may receive a form", async () => {
    const redirect = `http://localhost:${PORT}/signed-in`;
    const mock = shop({ redirect_uris: [redirect] });
    let page: Promise<Response> | undefined;
    const visit = async (start: string) => {
      const browser = new Browser(mock);
      const query = new URL(start);
      expect(query.searchParams.get("response_mode")).toBe("form_post");
      query.searchParams.delete("response_mode");
      const end = await logInAndConsent(mock, browser, query);
      return fetch(`http://127.0.0.1:${PORT}${end.pathname}`, { method: "POST", body: end.searchParams });
    };
    const { status } = await cli([...LINE, "--redirect", redirect, "--response-mode", "form_post"], {
      mock,
      openBrowser: async (url) => {
        page = visit(url);
        return true;
      },
    });
    expect(status).toBe(0);
    expect((await page)?.status).toBe(200);
  });

  test("ends with an error if the person refuses", async () => {
    const mock = shop();
    const denied = (url: URL) => {
      const query = {
        state: url.searchParams.get("state")!,
        error: "access_denied",
        error_description: "No\u001b[2J!",
      };
      return new URL(`${url.origin}${url.pathname}?${new URLSearchParams(query)}`);
    };
    const { openBrowser, seen } = person(mock, denied);
    const { status, stdout, stderr } = await cli(LINE, { mock, openBrowser });
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain("error: access_denied: No\\u001b[2J!");
    expect(await seen()).toMatchObject({ status: 400, text: expect.stringContaining("You can close this window.") });
  });

  test.each([
    ["another state", "state", "of-another-login", "the state in the redirect"],
    ["another issuer", "iss", "https://evil.example/", "the redirect is of another server"],
    ["another code", "code", "ory_ac_wrong", "invalid_grant"],
  ])("ends with an error for %s", async (_, name, value, message) => {
    const mock = shop();
    const { openBrowser } = person(mock, (url) => {
      url.searchParams.set(name, value);
      return url;
    });
    const { status, stdout, stderr } = await cli(LINE, { mock, openBrowser });
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain(message);
  });

  test("ends with an error if the ID token is of another login or not signed by the server", async () => {
    const mock = shop();
    const other = (await signIn(mock)).id_token as string;
    for (const [idToken, message] of [
      [other, "the nonce in the ID token"],
      [`${other.slice(0, -8)}AAAAAAAA`, "the ID token is not valid"],
    ] as const) {
      const { openBrowser } = person(mock);
      const fetch: MockHydra["fetch"] = async (input, init) => {
        const response = await mock.fetch(input, init);
        if (!String(input).endsWith("/oauth2/token")) return response;
        return Response.json({ ...((await response.json()) as object), id_token: idToken });
      };
      const { status, stdout, stderr } = await cli(LINE, { mock, fetch, openBrowser });
      expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
      expect(stderr).toContain(message);
    }
  });

  async function signIn(mock: MockHydra) {
    const { openBrowser } = person(mock);
    const { stdout } = await cli([...LINE, "--format", "json"], { mock, openBrowser });
    return JSON.parse(stdout) as Record<string, unknown>;
  }

  test("ends after --timeout, at Ctrl+C, and frees the port", async () => {
    const mock = shop();
    const late = await cli([...LINE, "--timeout", "20ms"], { mock, openBrowser: async () => false });
    expect(late.status).toBe(6);
    expect(late.stderr).toContain("No browser could be opened");
    expect(late.stderr).toContain("nobody signed in within 0.02 s");
    const interrupt = new AbortController();
    const interrupted = await cli(LINE, {
      mock,
      signal: interrupt.signal,
      openBrowser: async () => {
        setTimeout(() => interrupt.abort(), 10);
        return true;
      },
    });
    expect(interrupted).toMatchObject({ status: 130, stdout: "" });
    await expect(fetch(REDIRECT)).rejects.toThrow();
  });

  test("a visit without a result of the server does not end the login", async () => {
    const mock = shop();
    const { openBrowser } = person(mock);
    const statuses: number[] = [];
    const { status } = await cli(LINE, {
      mock,
      openBrowser: async (url) => {
        for (const path of ["/favicon.ico", "/callback"]) statuses.push((await fetch(new URL(path, REDIRECT))).status);
        return openBrowser(url);
      },
    });
    expect({ status, statuses }).toEqual({ status: 0, statuses: [404, 400] });
  });

  test("a port that is taken is an error that names the flag", async () => {
    const server = createServer().listen(PORT, "127.0.0.1");
    const { status, stderr } = await cli(LINE, { mock: shop() });
    await new Promise((resolve) => server.close(resolve));
    expect(status).toBe(2);
    expect(stderr).toContain(`--port ${PORT}`);
    expect((await cli([...LINE, "--redirect", "callback"], { mock: shop() })).stderr).toContain("--redirect");
  });

  test("a server that cannot be reached ends it at once", async () => {
    const mock = shop();
    mock.fail({ dropConnection: true });
    const { status, opened } = await cli(LINE, { mock });
    expect({ status, opened }).toEqual({ status: 6, opened: [] });
  });

  test("a refresh token gives new tokens, and can be used once", async () => {
    const mock = shop();
    const { refresh_token: stdin } = (await signIn(mock)) as { refresh_token: string };
    const line = words("perform refresh-token --client-id shop --scope openid --audience https://api.example.com");
    const { status, stdout } = await cli([...line, "-", "--format", "json"], { mock, stdin: `${stdin}\n` });
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ refresh_token: expect.any(String) });
    expect(lastForm(mock)).toMatchObject({ scope: "openid", audience: "https://api.example.com" });
    const asked = await cli(line, { mock, typed: [stdin] });
    expect(asked.status).toBe(1);
    expect(asked.stderr).toContain("invalid_grant");
    expect(asked.stderr).not.toContain(stdin);
  });
});

describe("perform device-code", () => {
  afterEach(() => void vi.useRealTimers());

  function television(): MockHydra {
    const mock = createMockHydra();
    mock.addClient({
      client_id: "tv",
      grant_types: ["urn:ietf:params:oauth:grant-type:device_code", "refresh_token"],
      scope: "openid offline_access",
      audience: ["https://api.example.com"],
      token_endpoint_auth_method: "none",
    });
    return mock;
  }

  /** Runs a command line while time passes, and says to `shown` what it told to open. */
  async function watch(mock: MockHydra, line: string, shown: (url: URL) => unknown = () => {}) {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
    let isDone = false;
    const running = cli(words(line), {
      mock,
      watch: (text) => void (text.startsWith("Open") && shown(new URL(text.split(" ")[1]!))),
    });
    const outcome = running.finally(() => {
      isDone = true;
    });
    while (!isDone) {
      await vi.advanceTimersByTimeAsync(100);
      await new Promise(setImmediate);
    }
    return outcome;
  }

  test("shows the code, polls until the person has agreed, and prints the tokens", async () => {
    const mock = television();
    const agree = async (verification: URL) => {
      const browser = new Browser(mock);
      const application = new Application(mock);
      const challenge = (await browser.redirect(verification)).searchParams.get("device_challenge")!;
      const user_code = verification.searchParams.get("user_code");
      await logInAndConsent(mock, browser, await application.answer("accept", "device", challenge, { user_code }));
    };
    const { status, stdout, stderr } = await watch(mock, "perform device-code --client-id tv --format json", agree);
    expect(status).toBe(0);
    expect(stderr).toMatch(/^Open http\S+user_code=(\S+) and agree to the code \1\n$/);
    expect(JSON.parse(stdout)).toMatchObject({ access_token: expect.any(String), expires_in: 3600 });
  });

  test("sends scope and audience, and ends after --timeout", async () => {
    const mock = television();
    const line = "perform device-code --client-id tv --scope openid --audience https://api.example.com --timeout 12s";
    const { status, stdout, stderr } = await watch(mock, line);
    const paths = mock.requests.map(({ url }) => new URL(url).pathname);
    expect(paths).toEqual(["/oauth2/device/auth", "/oauth2/token", "/oauth2/token"]);
    expect(mock.requests[0]?.body).toMatchObject({ scope: "openid", audience: "https://api.example.com" });
    expect({ status, stdout }).toEqual({ status: 6, stdout: "" });
    expect(stderr).toContain("did not agree within 12 s");
  });
});
