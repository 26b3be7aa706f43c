import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { authorizationUrl } from "../../src/tokens/authorization-url.ts";
import { clientSecretBasic, clientSecretPost, none } from "../../src/tokens/client-auth.ts";
import { deviceAuthorization, pollDeviceToken } from "../../src/tokens/device.ts";
import { clientCredentials, exchangeCode, jwtBearer, refreshToken } from "../../src/tokens/grants.ts";
import { json, observe, rejection, type Seen } from "../support/observe.ts";

const TOKENS = { access_token: "at", token_type: "bearer" };
const basePath = "https://hydra.example";
const call = (more: object = {}): Promise<any> =>
  clientCredentials({ basePath, clientId: "c", auth: clientSecretBasic("secret"), ...more } as any);
const never = () => new Promise<Response>(() => {});
const SHOWN = { showHidden: true, depth: 9 };

describe("secrets", () => {
  test.each(["a&b<c>d", "sl/ash/secret", "umläut-secret", "abc"])(
    "redacts %j in every JSON spelling",
    async (secret) => {
      const spelt = JSON.stringify({ error: "invalid_client", error_description: `not ${secret} at all` })
        .replace(/[<>&ä]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`)
        .replaceAll("/", "\\/");
      for (const auth of [clientSecretBasic(secret), clientSecretPost(secret)]) {
        const error = await rejection(call({ auth, fetch: async () => new Response(spelt, { status: 401 }) }));
        expect(error).toMatchObject({ error: "invalid_client", errorDescription: "not [secret] at all" });
      }
    },
  );

  test.each(["error", "client", "invalid", "description"])(
    "a secret with the value %j leaves the names and codes of RFC 6749 readable",
    async (word) => {
      const body = { error: "invalid_client", error_description: "unknown" };
      const error = await rejection(call({ auth: clientSecretPost(word), fetch: observe(json(body, 401)).fetch }));
      expect(error.response.data).toEqual(body);
    },
  );

  test("a secret that is part of an error code does not end the polling", async () => {
    const responses = [json({ error: "authorization_pending" }, 400), json(TOKENS)];
    const options = { basePath, clientId: "c", deviceCode: "dc", interval: 0.001, auth: clientSecretBasic("pending") };
    expect(await pollDeviceToken({ ...options, fetch: observe(() => responses.shift()!()).fetch })).toEqual(TOKENS);
  });

  const HIDDEN = "my-hidden-credential";
  test.each<[string, object, string?]>([
    ["a bearer token", { headers: { authorization: `Bearer ${HIDDEN}` } }],
    ["Basic in lower case", { headers: { authorization: `basic ${btoa(`c:${HIDDEN}`)}` } }],
    [
      "Basic that is not form-encoded",
      { headers: { authorization: `Basic ${btoa(`c:${HIDDEN}&=+x`)}` } },
      `${HIDDEN}&=+x`,
    ],
    ["a header of its own", { headers: { "X-Api-Key": HIDDEN } }],
    ["a password", { parameters: { grant_type: "password", username: "u", password: HIDDEN } }],
    ["a verifier", { parameters: { code_verifier: HIDDEN } }],
    [
      "the query of a token endpoint",
      { basePath: undefined, tokenEndpoint: `https://as.example/token?code=${HIDDEN}` },
    ],
  ])("redacts %s", async (_name, more, hidden = HIDDEN) => {
    const echo = ({ headers, body }: Seen) => `${hidden}, ${headers["authorization"]}, ${body}`;
    const replies = [
      (request: Seen) => new Response(echo(request), { status: 400, headers: { "x-echo": `is ${hidden}` } }),
      (request: Seen) => json({ error: "wrong", error_description: echo(request) }, 400)(),
      (request: Seen) => {
        throw new Error(echo(request));
      },
    ];
    for (const reply of replies) {
      const wire = observe(reply);
      const error = await rejection(call({ auth: none(), fetch: wire.fetch, ...more }));
      const { authorization = hidden } = wire.seen[0]!.headers;
      for (const part of [hidden, authorization.replace(/^\w+ /, "")]) {
        expect(inspect([error, error.message, error.response, error.cause], SHOWN)).not.toContain(part);
      }
    }
  });

  test("does not redact proxy headers and public parameters", async () => {
    const more = { headers: { "x-forwarded-proto": "https" }, parameters: { prompt: "login", acr_values: "gold" } };
    const description = "login over https for gold";
    const { fetch } = observe(json({ error: "invalid_request", error_description: description }, 400));
    expect((await rejection(call({ ...more, fetch }))).errorDescription).toBe(description);
  });

  test("redacts secrets in response headers, and preserves the list of set-cookie", async () => {
    const headers = new Headers([
      ["set-cookie", "a=1"],
      ["set-cookie", "b=my-hidden-secret"],
      ["www-authenticate", "no my-hidden-secret"],
    ]);
    const fetch = async () => new Response('{"error":"x"}', { status: 401, headers });
    const error = await rejection(call({ auth: clientSecretPost("my-hidden-secret"), fetch }));
    expect(error.response.headers).toMatchObject({
      "set-cookie": ["a=1", "b=[secret]"],
      "www-authenticate": "no [secret]",
    });
  });

  test("sends a Basic header that is not base64 unchanged", async () => {
    const wire = observe(json(TOKENS));
    await call({ auth: none(), headers: { authorization: "Basic ~~~" }, fetch: wire.fetch });
    expect(wire.only.headers["authorization"]).toBe("Basic ~~~");
  });
});

describe("an error of fetch", () => {
  const HOLDER = Object.create(null);

  test.each([[null], [undefined], ["text"], [Symbol("x")], [HOLDER], [new DOMException("x", "TimeoutError")]])(
    "is a NetworkError: %o",
    async (thrown) => {
      const error = await rejection(call({ fetch: () => Promise.reject(thrown) }));
      const message = "POST /oauth2/token: no complete response from https://hydra.example";
      expect(error).toMatchObject({ name: "NetworkError", message, code: undefined });
      // An object that is not an error may contain the request.
      if (thrown === HOLDER) expect(error.cause).toEqual(new Error("object"));
      else expect(error.cause).toBe(thrown);
    },
  );

  test("preserves the system's code of a nested cause", async () => {
    const connect = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
    const thrown = new Error("outer", { cause: new Error("middle", { cause: connect }) });
    expect(await rejection(call({ fetch: () => Promise.reject(thrown) }))).toMatchObject({
      name: "NetworkError",
      code: "ECONNREFUSED",
    });
  });
});

describe("timeout and signal", () => {
  test("is 30 seconds by default, and no limit if it is 0", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const ended = vi.fn();
      const error = rejection(call({ fetch: never }));
      call({ fetch: never, timeout: 0 }).then(ended, ended);
      await vi.advanceTimersByTimeAsync(30_000);
      expect((await error).message).toBe("POST /oauth2/token: no complete response within 30000 ms");
      await vi.advanceTimersByTimeAsync(86_400_000);
      expect(ended).not.toHaveBeenCalled();
    } finally {
      vi.useRealTimers();
    }
  });

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, "abc"])("rejects a timeout of %s", async (timeout) => {
    const error = await rejection(call({ timeout, fetch: never }));
    expect(error).toMatchObject({ name: "InvalidInputError", field: "timeout" });
  });

  test.each([{}, "x", 5])("rejects a signal of %o", async (signal) => {
    const error = await rejection(call({ signal, fetch: never }));
    expect(error).toMatchObject({ name: "InvalidInputError", field: "signal" });
  });

  test("their errors name the request", async () => {
    const message = async (more: object) => (await rejection(call({ fetch: never, timeout: 5, ...more }))).message;
    expect(await message({})).toBe("POST /oauth2/token: no complete response within 5 ms");
    expect(await message({ basePath: undefined, tokenEndpoint: "https://as.example/t?p=1" })).toBe(
      "POST /t: no complete response within 5 ms",
    );
    expect(await message({ timeout: undefined, signal: AbortSignal.abort() })).toBe("POST /oauth2/token: aborted");
  });

  test("sends no request after the call has ended", async () => {
    const wire = observe(json(TOKENS));
    const controller = new AbortController();
    let authenticate = () => {};
    const auth = () =>
      new Promise<void>((resolve) => {
        authenticate = resolve;
      });
    const result = rejection(call({ auth, fetch: wire.fetch, signal: controller.signal }));
    await Promise.resolve();
    controller.abort();
    expect(await result).toMatchObject({ name: "AbortError" });
    authenticate();
    await new Promise((resolve) => setImmediate(resolve));
    expect(wire.seen).toEqual([]);
  });

  test("cancels a response that arrives after the call has ended", async () => {
    const cancel = vi.fn();
    let respond = (_response: Response) => {};
    const fetch = () =>
      new Promise<Response>((resolve) => {
        respond = resolve;
      });
    const controller = new AbortController();
    const result = rejection(call({ fetch, signal: controller.signal }));
    await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    await result;
    respond(new Response(new ReadableStream({ cancel })));
    await new Promise((resolve) => setImmediate(resolve));
    expect(cancel).toHaveBeenCalledTimes(1);
  });

  test("thirty calls with one signal emit no warning", async () => {
    const warnings: unknown[] = [];
    const onWarning = (warning: unknown) => warnings.push(warning);
    process.on("warning", onWarning);
    const { signal } = new AbortController();
    await Promise.all(Array.from({ length: 30 }, () => call({ signal, fetch: observe(json(TOKENS)).fetch })));
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", onWarning);
    expect(warnings).toEqual([]);
  });
});

describe("the URL of a server", () => {
  const allowInsecureRequests = true;
  test.each<[string, object]>([
    ["basePath", { basePath: undefined, allowInsecureRequests }],
    ["basePath", { basePath: "hydra", allowInsecureRequests }],
    ["basePath", { basePath: "ftp://hydra.example", allowInsecureRequests }],
    ["basePath", { basePath: "https://:pw@hydra.example" }],
    ["basePath", { basePath: "https://hydra.example?y=1" }],
    ["basePath", { basePath: "https://hydra.example#f" }],
    ["basePath", { basePath: "https://undefined" }],
    ["basePath", { basePath: "https://undefined.projects.oryapis.com" }],
    ["basePath", { basePath: 5 }],
    ["basePath", { basePath: new URL("https://hydra.example") }],
    ["issuer", { basePath: undefined, issuer: "http://10.0.0.1" }],
    ["issuer", { basePath: undefined, issuer: "" }],
    ["issuer", { issuer: "https://as.example" }],
    ["tokenEndpoint", { basePath: undefined, tokenEndpoint: "http://10.0.0.1/t" }],
    ["tokenEndpoint", { basePath: undefined, tokenEndpoint: "https://as.example/t#f" }],
  ])("is rejected with the name of the option, %s: %o", async (field, more) => {
    const wire = observe(json(TOKENS));
    const error = await rejection(call({ fetch: wire.fetch, ...more }));
    expect(error).toMatchObject({ name: "InvalidInputError", field, message: expect.stringContaining(field) });
    expect(error.message).not.toContain("pw");
    expect(wire.seen).toEqual([]);
  });
});

describe("the request", () => {
  test("repeats the parameter for a list, and accepts URLSearchParams", async () => {
    const wire = observe(json(TOKENS));
    await call({ parameters: { resource: ["https://a", "https://b"], scope: null }, scope: "read", fetch: wire.fetch });
    const parameters = new URLSearchParams("resource=a&resource=b&scope=write");
    await call({ parameters, scope: "read", fetch: wire.fetch });
    expect(wire.seen.map(({ body }) => body)).toEqual([
      "grant_type=client_credentials&scope=read&resource=https%3A%2F%2Fa&resource=https%3A%2F%2Fb",
      "grant_type=client_credentials&resource=a&resource=b&scope=write",
    ]);
  });

  test.each([[[]], [""], [null], [new Set()]])("omits a scope of %j", async (scope) => {
    const wire = observe(json(TOKENS));
    await call({ scope, audience: scope, fetch: wire.fetch });
    expect(wire.only.body).toBe("grant_type=client_credentials");
  });

  test("accepts any iterable of scopes", async () => {
    const wire = observe(json(TOKENS));
    await call({ scope: new Set(["read", "write"]), fetch: wire.fetch });
    expect(wire.only.body).toBe("grant_type=client_credentials&scope=read+write");
  });

  test("omits undefined and null headers, and rejects invalid ones without revealing their values", async () => {
    const wire = observe(json(TOKENS));
    await call({ headers: { "X-Trace": 7, "x-none": undefined, "x-null": null }, fetch: wire.fetch });
    expect(wire.only.headers).toMatchObject({ "x-trace": "7" });
    expect(Object.keys(wire.only.headers)).not.toContain("x-none");
    expect(Object.keys(wire.only.headers)).not.toContain("x-null");
    for (const [field, value] of [
      ["x-key", "topsecret\nvalue"],
      ["x key", "topsecret"],
    ] as const) {
      const error = await rejection(call({ headers: { [field]: value }, fetch: wire.fetch }));
      expect(error).toMatchObject({ name: "InvalidInputError", field });
      expect(inspect(error, SHOWN)).not.toContain("topsecret");
    }
    expect(wire.seen).toHaveLength(1);
  });

  test("is not sent if an option is empty or auth is not a client authentication", async () => {
    const wire = observe(json(TOKENS));
    const common: any = { basePath, clientId: "c", fetch: wire.fetch };
    const calls: [string, Promise<unknown>][] = [
      ["refreshToken", refreshToken({ ...common, refreshToken: "" })],
      ["code", exchangeCode({ ...common, code: "" })],
      ["assertion", jwtBearer({ ...common, assertion: "" })],
      ["auth", clientCredentials({ ...common, auth: "my-secret" })],
      ["auth", refreshToken({ ...common, refreshToken: "rt", auth: "my-secret" })],
      ["clientSecret", refreshToken({ ...common, refreshToken: "rt", auth: clientSecretBasic })],
      ["clientSecret", clientCredentials({ ...common, auth: clientSecretPost })],
      ["refreshToken", refreshToken({ ...common, refreshToken: { value: "my-secret" } })],
      ["clientId", refreshToken({ ...common, refreshToken: "rt", clientId: ["c"] })],
    ];
    for (const [field, outcome] of calls) {
      const error = await rejection(outcome);
      expect(error).toMatchObject({ field });
      expect(error.message).not.toContain("my-secret");
    }
    expect(wire.seen).toEqual([]);
  });
});

describe("an invalid response", () => {
  test.each([{ access_token: 5, token_type: "bearer" }, { access_token: "at" }, { access_token: "at", token_type: 1 }])(
    "is rejected: %o",
    async (body) => {
      const error = await rejection(call({ fetch: observe(json(body)).fetch }));
      expect(error).toMatchObject({ name: "InvalidResponseError", status: 200 });
    },
  );

  test("of the device authorization endpoint is rejected without a verification_uri", async () => {
    const fetch = observe(json({ device_code: "dc", user_code: "uc" })).fetch;
    const error = await rejection(deviceAuthorization({ basePath, clientId: "c", fetch }));
    expect(error.message).toBe("POST /oauth2/device/auth: 200 verification_uri is missing");
  });

  test("that is a redirect is rejected with the fix", async () => {
    const fetch = async () => new Response("", { status: 302, headers: { location: "https://evil.example" } });
    expect((await rejection(call({ fetch }))).message).toBe(
      "POST /oauth2/token: 302 is a redirect: correct the address of the server",
    );
  });
});

describe("pollDeviceToken", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const poll = (more: object) => {
    const start = Date.now();
    const options = { basePath, clientId: "c", deviceCode: "dc", interval: 5, ...more };
    return rejection(pollDeviceToken(options as any)).then((error) => ({ error, after: (Date.now() - start) / 1000 }));
  };

  test("stops on expiry during a request", async () => {
    const outcome = poll({ expiresIn: 12, fetch: never });
    await vi.runAllTimersAsync();
    expect(await outcome).toMatchObject({
      error: { name: "TimeoutError", message: "pollDeviceToken: the user did not agree within 12 s" },
      after: 12,
    });
  });

  test.each([
    [{ timeout: 1000, expiresIn: 600 }, 1],
    [{ timeout: 60_000, expiresIn: 12 }, 12],
    [{ timeout: 0, expiresIn: 12 }, 12],
    [{ expiresIn: 12 }, 12],
  ])("stops during discovery: %o", async (more, after) => {
    const outcome = poll({ basePath: undefined, issuer: "https://as.example", fetch: never, ...more });
    await vi.runAllTimersAsync();
    expect(await outcome).toMatchObject({ error: { name: "TimeoutError" }, after });
  });

  test("does not treat a long expiresIn as expired", async () => {
    const wire = observe(json(TOKENS));
    const options = { basePath, clientId: "c", deviceCode: "dc", expiresIn: 1e9, fetch: wire.fetch };
    const tokens = pollDeviceToken(options);
    await vi.advanceTimersByTimeAsync(5000);
    expect(await tokens).toEqual(TOKENS);
  });

  test.each([null, -1, Number.NaN, "5s"])("rejects an interval and an expiresIn of %s", async (seconds) => {
    for (const field of ["interval", "expiresIn"]) {
      expect(await poll({ [field]: seconds, fetch: never })).toMatchObject({
        error: { name: "InvalidInputError", field },
        after: 0,
      });
    }
  });

  test("treats an interval of 0 as missing, and an expiresIn of 0 as expired", async () => {
    const times: number[] = [];
    const start = Date.now();
    const { fetch } = observe(() => {
      times.push(Date.now() - start);
      return json(times.length > 1 ? TOKENS : { error: "authorization_pending" }, times.length > 1 ? 200 : 400)();
    });
    const tokens = pollDeviceToken({ basePath, clientId: "c", deviceCode: "dc", interval: 0, fetch });
    await vi.runAllTimersAsync();
    expect(await tokens).toEqual(TOKENS);
    expect(times).toEqual([5000, 10_000]);

    const outcome = poll({ expiresIn: 0, fetch });
    await vi.runAllTimersAsync();
    expect(await outcome).toMatchObject({ error: { name: "TimeoutError" } });
    expect(times).toHaveLength(2);
  });

  test("waits a second for the response to a request shortly before expiry", async () => {
    const fetch = () => new Promise<Response>((resolve) => setTimeout(() => resolve(json(TOKENS)()), 900));
    const tokens = pollDeviceToken({ basePath, clientId: "c", deviceCode: "dc", expiresIn: 5.001, fetch });
    await vi.runAllTimersAsync();
    expect(await tokens).toEqual(TOKENS);
  });

  test.each([12_000, 12_001])("limits the last request even if the clock advances to %i before it", async (last) => {
    const now = vi.spyOn(Date, "now").mockReturnValue(last);
    for (const time of [0, 0, 0, 0, 11_999]) now.mockReturnValueOnce(time);
    const outcome = poll({ expiresIn: 12, fetch: never });
    await vi.runAllTimersAsync();
    now.mockRestore();
    expect(await outcome).toMatchObject({ error: { name: "TimeoutError" } });
  });

  test("contains the outcome of the last request as the cause", async () => {
    const outcome = poll({ expiresIn: 12, fetch: observe(json({ error: "unavailable" }, 503)).fetch });
    await vi.runAllTimersAsync();
    expect(await outcome).toMatchObject({ error: { name: "TimeoutError", cause: { status: 503 } }, after: 12 });
  });

  test.each([
    [Object.assign(new Error("self-signed certificate"), { code: "SELF_SIGNED_CERT_IN_CHAIN" })],
    [new Error("bad port")],
  ])("stops if no request can reach the server: %o", async (cause) => {
    const outcome = poll({ expiresIn: 12, fetch: () => Promise.reject(new TypeError("fetch failed", { cause })) });
    await vi.runAllTimersAsync();
    expect(await outcome).toMatchObject({ error: { name: "NetworkError", cause: { cause } }, after: 5 });
  });

  test("stops during a request when an AbortSignal.timeout() fires", async () => {
    const controller = new AbortController();
    const outcome = poll({ signal: controller.signal, fetch: never });
    await vi.advanceTimersByTimeAsync(6000);
    controller.abort(new DOMException("the time is over", "TimeoutError"));
    expect(await outcome).toMatchObject({ error: { name: "TimeoutError" }, after: 6 });
    expect(vi.getTimerCount()).toBe(0);
  });

  test("rejects with whatever a client authentication throws", async () => {
    const outcome = poll({ auth: () => Promise.reject(undefined) });
    await vi.runAllTimersAsync();
    expect(await outcome).toEqual({ error: undefined, after: 5 });
  });

  test("rejects an invalid URL, client ID or timeout before it waits", async () => {
    expect(await poll({ basePath: "http://10.0.0.1" })).toMatchObject({ error: { field: "basePath" }, after: 0 });
    expect(await poll({ clientId: undefined })).toMatchObject({ error: { field: "clientId" }, after: 0 });
    expect(await poll({ timeout: Number.NaN })).toMatchObject({ error: { field: "timeout" }, after: 0 });
  });
});

describe("authorizationUrl", () => {
  const options = { basePath, clientId: "c", redirectUri: "https://app.example/cb" };

  test("returns the state and the nonce of its URL", async () => {
    for (const more of [
      { parameters: { state: "state-of-theirs", nonce: "nonce-of-theirs" } },
      { state: "", nonce: "" },
    ]) {
      const { url, state, nonce } = await authorizationUrl({ ...options, ...more });
      const { searchParams } = new URL(url);
      expect([state, nonce]).toEqual([searchParams.get("state"), searchParams.get("nonce")]);
      expect(state.length).toBeGreaterThan(8);
    }
  });

  test("rejects if the signal is aborted already, even without a request", async () => {
    const error = await rejection(authorizationUrl({ ...options, signal: AbortSignal.abort() }));
    expect(error).toMatchObject({ name: "AbortError" });
  });

  test("repeats a parameter for a list, and rejects a verifier that is too short", async () => {
    const { url } = await authorizationUrl({ ...options, parameters: { resource: ["a", "b"] } });
    expect(new URL(url).searchParams.getAll("resource")).toEqual(["a", "b"]);
    const error = await rejection(authorizationUrl({ ...options, codeVerifier: "short" }));
    expect(error).toMatchObject({ name: "InvalidInputError", field: "codeVerifier" });
  });
});
