import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { authorizationUrl } from "../../src/tokens/authorization-url.ts";
import { clientSecretBasic, clientSecretPost, none } from "../../src/tokens/client-auth.ts";
import { deviceAuthorization, pollDeviceToken } from "../../src/tokens/device.ts";
import { clientCredentials, exchangeCode, jwtBearer, refreshToken } from "../../src/tokens/grants.ts";
import { json, observe, rejection, type Seen } from "../support/observe.ts";

const ANSWER = { access_token: "at", token_type: "bearer" };
const basePath = "https://hydra.example";
const call = (more: object = {}): Promise<any> =>
  clientCredentials({ basePath, clientId: "c", auth: clientSecretBasic("secret"), ...more } as any);
const never = () => new Promise<Response>(() => {});
const SHOWN = { showHidden: true, depth: 9 };

describe("secrets", () => {
  test.each(["a&b<c>d", "sl/ash/secret", "umläut-secret", "abc"])(
    "%j stays out, however JSON spells it",
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
    "that is the word %j leaves the server's words whole",
    async (word) => {
      const body = { error: "invalid_client", error_description: "client_id unknown" };
      const error = await rejection(call({ auth: clientSecretPost(word), fetch: observe(json(body, 401)).fetch }));
      expect(error.response.data).toEqual(body);
    },
  );

  test("that is a word does not end the wait for a user", async () => {
    const answers = [json({ error: "authorization_pending" }, 400), json(ANSWER)];
    const options = { basePath, clientId: "c", deviceCode: "dc", interval: 0.001, auth: clientSecretBasic("pending") };
    expect(await pollDeviceToken({ ...options, fetch: observe(() => answers.shift()!()).fetch })).toEqual(ANSWER);
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
    ["the address", { basePath: undefined, tokenEndpoint: `https://as.example/token?code=${HIDDEN}` }],
  ])("of a caller are blanked too: %s", async (_name, more, hidden = HIDDEN) => {
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

  test("are not what a proxy adds and what a server talks of", async () => {
    const more = { headers: { "x-forwarded-proto": "https" }, parameters: { prompt: "login", acr_values: "gold" } };
    const description = "login over https for gold";
    const { fetch } = observe(json({ error: "invalid_request", error_description: description }, 400));
    expect((await rejection(call({ ...more, fetch }))).errorDescription).toBe(description);
  });

  test("in headers of the answer, of which set-cookie stays a list", async () => {
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

  test("a Basic header that is no base64 is sent as it is", async () => {
    const wire = observe(json(ANSWER));
    await call({ auth: none(), headers: { authorization: "Basic ~~~" }, fetch: wire.fetch });
    expect(wire.only.headers["authorization"]).toBe("Basic ~~~");
  });
});

describe("what fetch throws", () => {
  const HOLDER = Object.create(null);

  test.each([[null], [undefined], ["text"], [Symbol("x")], [HOLDER], [new DOMException("x", "TimeoutError")]])(
    "is a network error: %o",
    async (thrown) => {
      const error = await rejection(call({ fetch: () => Promise.reject(thrown) }));
      const message = "POST /oauth2/token: no complete response from https://hydra.example";
      expect(error).toMatchObject({ name: "NetworkError", message, code: undefined });
      // An object that is no error may hold the request.
      if (thrown === HOLDER) expect(error.cause).toEqual(new Error("object"));
      else expect(error.cause).toBe(thrown);
    },
  );

  test("keeps the system's code, however deep", async () => {
    const connect = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
    const thrown = new Error("outer", { cause: new Error("middle", { cause: connect }) });
    expect(await rejection(call({ fetch: () => Promise.reject(thrown) }))).toMatchObject({
      name: "NetworkError",
      code: "ECONNREFUSED",
    });
  });
});

describe("limits", () => {
  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, "abc"])(
    "a timeout of %s is refused",
    async (timeout) => {
      const error = await rejection(call({ timeout, fetch: never }));
      expect(error).toMatchObject({ name: "InvalidInputError", field: "timeout" });
    },
  );

  test.each([{}, "x", 5])("a signal of %o is refused", async (signal) => {
    const error = await rejection(call({ signal, fetch: never }));
    expect(error).toMatchObject({ name: "InvalidInputError", field: "signal" });
  });

  test("are named with the request", async () => {
    const message = async (more: object) => (await rejection(call({ fetch: never, timeout: 5, ...more }))).message;
    expect(await message({})).toBe("POST /oauth2/token: no complete response within 5 ms");
    expect(await message({ basePath: undefined, tokenEndpoint: "https://as.example/t?p=1" })).toBe(
      "POST /t: no complete response within 5 ms",
    );
    expect(await message({ timeout: undefined, signal: AbortSignal.abort() })).toBe("POST /oauth2/token: aborted");
  });

  test("nothing is sent after the end of the call", async () => {
    const wire = observe(json(ANSWER));
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

  test("an answer that comes too late is not read", async () => {
    const cancel = vi.fn();
    let answer = (_response: Response) => {};
    const fetch = () =>
      new Promise<Response>((resolve) => {
        answer = resolve;
      });
    const controller = new AbortController();
    const result = rejection(call({ fetch, signal: controller.signal }));
    await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    await result;
    answer(new Response(new ReadableStream({ cancel })));
    await new Promise((resolve) => setImmediate(resolve));
    expect(cancel).toHaveBeenCalledTimes(1);
  });

  test("thirty calls under one signal raise no warning", async () => {
    const warnings: unknown[] = [];
    const onWarning = (warning: unknown) => warnings.push(warning);
    process.on("warning", onWarning);
    const { signal } = new AbortController();
    await Promise.all(Array.from({ length: 30 }, () => call({ signal, fetch: observe(json(ANSWER)).fetch })));
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", onWarning);
    expect(warnings).toEqual([]);
  });
});

describe("an address", () => {
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
  ])("is refused by its name, %s: %o", async (field, more) => {
    const wire = observe(json(ANSWER));
    const error = await rejection(call({ fetch: wire.fetch, ...more }));
    expect(error).toMatchObject({ name: "InvalidInputError", field, message: expect.stringContaining(field) });
    expect(error.message).not.toContain("pw");
    expect(wire.seen).toEqual([]);
  });
});

describe("what goes out", () => {
  test("a list repeats the parameter, and a form is a form", async () => {
    const wire = observe(json(ANSWER));
    await call({ parameters: { resource: ["https://a", "https://b"], scope: null }, scope: "read", fetch: wire.fetch });
    const parameters = new URLSearchParams("resource=a&resource=b&scope=write");
    await call({ parameters, scope: "read", fetch: wire.fetch });
    expect(wire.seen.map(({ body }) => body)).toEqual([
      "grant_type=client_credentials&scope=read&resource=https%3A%2F%2Fa&resource=https%3A%2F%2Fb",
      "grant_type=client_credentials&resource=a&resource=b&scope=write",
    ]);
  });

  test.each([[[]], [""], [null], [new Set()]])("no scope where it is %j", async (scope) => {
    const wire = observe(json(ANSWER));
    await call({ scope, audience: scope, fetch: wire.fetch });
    expect(wire.only.body).toBe("grant_type=client_credentials");
  });

  test("scopes of any collection", async () => {
    const wire = observe(json(ANSWER));
    await call({ scope: new Set(["read", "write"]), fetch: wire.fetch });
    expect(wire.only.body).toBe("grant_type=client_credentials&scope=read+write");
  });

  test("headers without what is undefined or null; a bad one is refused and not shown", async () => {
    const wire = observe(json(ANSWER));
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

  test("nothing where something is empty or no client authentication", async () => {
    const wire = observe(json(ANSWER));
    const common: any = { basePath, clientId: "c", fetch: wire.fetch };
    const refusals: [string, Promise<unknown>][] = [
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
    for (const [field, refusal] of refusals) {
      const error = await rejection(refusal);
      expect(error).toMatchObject({ field });
      expect(error.message).not.toContain("my-secret");
    }
    expect(wire.seen).toEqual([]);
  });
});

describe("what comes back", () => {
  test.each([{ access_token: 5, token_type: "bearer" }, { access_token: "at" }, { access_token: "at", token_type: 1 }])(
    "is refused: %o",
    async (answer) => {
      const error = await rejection(call({ fetch: observe(json(answer)).fetch }));
      expect(error).toMatchObject({ name: "InvalidResponseError", status: 200 });
    },
  );

  test("of a device is refused without a place to go", async () => {
    const fetch = observe(json({ device_code: "dc", user_code: "uc" })).fetch;
    const error = await rejection(deviceAuthorization({ basePath, clientId: "c", fetch }));
    expect(error.message).toBe("POST /oauth2/device/auth: 200 verification_uri is missing");
  });

  test("as a redirect says what to do", async () => {
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

  test("stops on expiry while a request has no answer", async () => {
    const outcome = poll({ expiresIn: 12, fetch: never });
    await vi.runAllTimersAsync();
    expect(await outcome).toMatchObject({
      error: { name: "TimeoutError", message: "pollDeviceToken: nobody agreed within 12 s" },
      after: 12,
    });
  });

  test.each([
    [{ timeout: 1000, expiresIn: 600 }, 1],
    [{ timeout: 60_000, expiresIn: 12 }, 12],
    [{ timeout: 0, expiresIn: 12 }, 12],
    [{ expiresIn: 12 }, 12],
  ])("stops while looking up the server has no answer: %o", async (more, after) => {
    const outcome = poll({ basePath: undefined, issuer: "https://as.example", fetch: never, ...more });
    await vi.runAllTimersAsync();
    expect(await outcome).toMatchObject({ error: { name: "TimeoutError" }, after });
  });

  test("a code that lives for long is not taken for an expired one", async () => {
    const wire = observe(json(ANSWER));
    const options = { basePath, clientId: "c", deviceCode: "dc", expiresIn: 1e9, fetch: wire.fetch };
    const answer = pollDeviceToken(options);
    await vi.advanceTimersByTimeAsync(5000);
    expect(await answer).toEqual(ANSWER);
  });

  test.each([null, -1, Number.NaN, "5s"])("neither interval nor expiresIn may be %s", async (seconds) => {
    for (const field of ["interval", "expiresIn"]) {
      expect(await poll({ [field]: seconds, fetch: never })).toMatchObject({
        error: { name: "InvalidInputError", field },
        after: 0,
      });
    }
  });

  test("takes an interval of 0 for none, and what lives for 0 s for expired", async () => {
    const times: number[] = [];
    const start = Date.now();
    const { fetch } = observe(() => {
      times.push(Date.now() - start);
      return json(times.length > 1 ? ANSWER : { error: "authorization_pending" }, times.length > 1 ? 200 : 400)();
    });
    const answer = pollDeviceToken({ basePath, clientId: "c", deviceCode: "dc", interval: 0, fetch });
    await vi.runAllTimersAsync();
    expect(await answer).toEqual(ANSWER);
    expect(times).toEqual([5000, 10_000]);

    const outcome = poll({ expiresIn: 0, fetch });
    await vi.runAllTimersAsync();
    expect(await outcome).toMatchObject({ error: { name: "TimeoutError" } });
    expect(times).toHaveLength(2);
  });

  test("waits a second for the answer to what it asked at the last moment", async () => {
    const fetch = () => new Promise<Response>((resolve) => setTimeout(() => resolve(json(ANSWER)()), 900));
    const answer = pollDeviceToken({ basePath, clientId: "c", deviceCode: "dc", expiresIn: 5.001, fetch });
    await vi.runAllTimersAsync();
    expect(await answer).toEqual(ANSWER);
  });

  test.each([12_000, 12_001])("gives a request a limit where the clock ticks on to %i before it", async (last) => {
    const now = vi.spyOn(Date, "now").mockReturnValue(last);
    for (const time of [0, 0, 0, 0, 11_999]) now.mockReturnValueOnce(time);
    const outcome = poll({ expiresIn: 12, fetch: never });
    await vi.runAllTimersAsync();
    now.mockRestore();
    expect(await outcome).toMatchObject({ error: { name: "TimeoutError" } });
  });

  test("says what came of the last request when nobody agreed", async () => {
    const outcome = poll({ expiresIn: 12, fetch: observe(json({ error: "unavailable" }, 503)).fetch });
    await vi.runAllTimersAsync();
    expect(await outcome).toMatchObject({ error: { name: "TimeoutError", cause: { status: 503 } }, after: 12 });
  });

  test.each([
    [Object.assign(new Error("self-signed certificate"), { code: "SELF_SIGNED_CERT_IN_CHAIN" })],
    [new Error("bad port")],
  ])("stops where no request can ever reach the server: %o", async (cause) => {
    const outcome = poll({ expiresIn: 12, fetch: () => Promise.reject(new TypeError("fetch failed", { cause })) });
    await vi.runAllTimersAsync();
    expect(await outcome).toMatchObject({ error: { name: "NetworkError", cause: { cause } }, after: 5 });
  });

  test("stops when a signal's time is over while a request has no answer", async () => {
    const controller = new AbortController();
    const outcome = poll({ signal: controller.signal, fetch: never });
    await vi.advanceTimersByTimeAsync(6000);
    controller.abort(new DOMException("the time is over", "TimeoutError"));
    expect(await outcome).toMatchObject({ error: { name: "TimeoutError" }, after: 6 });
    expect(vi.getTimerCount()).toBe(0);
  });

  test("hands on whatever a client authentication throws", async () => {
    const outcome = poll({ auth: () => Promise.reject(undefined) });
    await vi.runAllTimersAsync();
    expect(await outcome).toEqual({ error: undefined, after: 5 });
  });

  test("refuses a wrong address or a missing client before it waits", async () => {
    expect(await poll({ basePath: "http://10.0.0.1" })).toMatchObject({ error: { field: "basePath" }, after: 0 });
    expect(await poll({ clientId: undefined })).toMatchObject({ error: { field: "clientId" }, after: 0 });
    expect(await poll({ timeout: Number.NaN })).toMatchObject({ error: { field: "timeout" }, after: 0 });
  });
});

describe("authorizationUrl", () => {
  const options = { basePath, clientId: "c", redirectUri: "https://app.example/cb" };

  test("gives the state and the nonce that its URL holds", async () => {
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

  test("heeds a signal that is aborted already, though it has nothing to ask", async () => {
    const error = await rejection(authorizationUrl({ ...options, signal: AbortSignal.abort() }));
    expect(error).toMatchObject({ name: "AbortError" });
  });

  test("repeats a parameter, and refuses a verifier that is too short", async () => {
    const { url } = await authorizationUrl({ ...options, parameters: { resource: ["a", "b"] } });
    expect(new URL(url).searchParams.getAll("resource")).toEqual(["a", "b"]);
    const error = await rejection(authorizationUrl({ ...options, codeVerifier: "short" }));
    expect(error).toMatchObject({ name: "InvalidInputError", field: "codeVerifier" });
  });
});
