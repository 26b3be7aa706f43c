import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { afterEach, describe, expect, test, vi } from "vitest";
import * as sdk from "../../src/index.ts";
import { type ConfigurationParameters, JwkApi, OAuth2Api, OidcApi } from "../../src/index.ts";
import { CLOSED_PORT } from "../support/closed-port.ts";
import { json, observe, rejection, unhandledRejections } from "../support/observe.ts";

const api = (reply: Parameters<typeof observe>[0], more: ConfigurationParameters = {}) =>
  new OAuth2Api({ basePath: "http://h.example", fetch: observe(reply).fetch, ...more });

let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((done) => (server ? server.close(done) : done(undefined)));
  server = undefined;
  vi.useRealTimers();
});
async function serve(listener: RequestListener, more: ConfigurationParameters = {}) {
  server = createServer(listener);
  await new Promise<void>((done) => server!.listen(0, "127.0.0.1", done));
  return new OAuth2Api({ basePath: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, ...more });
}

describe("ResponseError", () => {
  test("names the request and contains the server's error", async () => {
    const body = { error: "Unable to locate the resource", error_description: "" };
    const error = await rejection(
      api(json(body, 404, { "x-a": "b" })).getOAuth2Client({ id: "abc" }, { params: { a: 1 } }),
    );
    expect(error.message).toBe("GET /admin/clients/abc: 404 Unable to locate the resource");
    expect(error).toMatchObject({ name: "ResponseError", status: 404, error: body.error, errorDescription: undefined });
    expect(error.response).toMatchObject({ status: 404, data: body, headers: { "x-a": "b" } });
    expect(error.response?.data.error).toBe(body.error);
  });

  test("contains error_description", async () => {
    const error = await rejection(
      api(json({ error: "invalid_client", error_description: "No such client." }, 401)).revokeOAuth2Token({
        token: "t",
      }),
    );
    expect(error).toMatchObject({ error: "invalid_client", errorDescription: "No such client." });
    expect(error.message).toBe("POST /oauth2/revoke: 401 invalid_client: No such client.");
  });

  test.each([
    ["<h1>Bad Gateway</h1>", "<h1>Bad Gateway</h1>"],
    ["", ""],
    ["null", null],
    ['"text"', "text"],
  ])("contains a body of %j as data", async (body, data) => {
    const error = await rejection(
      api(() => new Response(body, { status: 502, statusText: "Bad Gateway" })).listOAuth2Clients(),
    );
    expect(error).toMatchObject({ name: "ResponseError", status: 502, error: undefined });
    expect(error.message).toBe("GET /admin/clients: 502 Bad Gateway");
    expect(error.response.data).toEqual(data);
  });

  test("reads the message of an error that is an object, as Ory Network's gateway sends it", async () => {
    const error = await rejection(
      api(json({ error: { code: 401, message: "Access credentials are invalid" } }, 401)).listOAuth2Clients(),
    );
    expect(error).toMatchObject({
      error: "Access credentials are invalid",
      message: "GET /admin/clients: 401 Access credentials are invalid",
    });
  });

  test("explains a 500 in response to a PATCH", async () => {
    const jsonPatch = [{ op: "remove" as const, path: "/metadata/x/y" }];
    const error = await rejection(
      api(json({ error: "Internal Server Error" }, 500)).patchOAuth2Client({ id: "a", jsonPatch }),
    );
    expect(error.message).toMatch(/is a path missing, or a value of the wrong type\?/);
  });
});

const shown = (error: any) =>
  [
    inspect(error, { depth: 9 }),
    JSON.stringify(error),
    error.message,
    error.stack,
    inspect(error.cause, { depth: 9 }),
    JSON.stringify(error.response),
  ].join();
const echo = (status: number, type: string) => (request: { headers: Record<string, string>; body?: string }) => {
  const { authorization = "" } = request.headers;
  const decoded = authorization.startsWith("Basic ") ? atob(authorization.slice(6)) : "";
  const text = [
    "echo",
    JSON.stringify(request.headers),
    request.body,
    decoded,
    new URLSearchParams(request.body).get("client_secret"),
  ].join(" ");
  return new Response(
    type === "json" ? JSON.stringify({ error: text, error_description: text, debug: { text } }) : text,
    { status, headers: { "x-echo": authorization } },
  );
};
const calls = {
  "a bearer token": (more: ConfigurationParameters) =>
    new OAuth2Api({ accessToken: "s3cret-t", ...more }).listOAuth2Clients(),
  "a password": (more: ConfigurationParameters) =>
    new OAuth2Api({ username: "u", password: "s3cret&pä", ...more }).oauth2TokenExchange({
      grantType: "refresh_token",
      refreshToken: "s3cret-r",
    }),
  "a client secret in a form": (more: ConfigurationParameters) =>
    new OAuth2Api(more).oauth2TokenExchange({
      grantType: "authorization_code",
      clientSecret: "s3cret ä+c",
      code: "s3cret-code",
      codeVerifier: "s3cret-v",
    }),
  "a client secret in JSON": (more: ConfigurationParameters) =>
    new OAuth2Api(more).createOAuth2Client({
      oAuth2Client: { client_secret: "s3cret ä/c", registration_access_token: "s3cret-rat" },
    }),
  "a patched secret": (more: ConfigurationParameters) =>
    new OAuth2Api(more).patchOAuth2Client({
      id: "a",
      jsonPatch: [{ op: "replace", path: "/client_secret", value: "s3cret-p" }],
    }),
  "a private key": (more: ConfigurationParameters) =>
    new JwkApi(more).setJsonWebKey({
      set: "s",
      kid: "k",
      jsonWebKey: { kid: "k", kty: "RSA", alg: "RS256", use: "sig", d: "s3cret-d", p: "s3cret-p" },
    }),
  "an API key in a header": (more: ConfigurationParameters) =>
    new OAuth2Api({ baseOptions: { headers: { "x-api-key": "s3cret-k" } }, ...more }).listOAuth2Clients(),
  "a query parameter": (more: ConfigurationParameters) =>
    new OAuth2Api(more).listOAuth2Clients({}, { params: { key: "s3cret-q" } }),
  "the ID token of a logout": (more: ConfigurationParameters) =>
    new OidcApi(more).revokeOidcSession({ params: { id_token_hint: "s3cret.id.token" } }),
  "a proof of possession": (more: ConfigurationParameters) =>
    new OidcApi({ accessToken: "s3cret-t", ...more }).createVerifiableCredential({
      createVerifiableCredentialRequestBody: { proof: { proof_type: "jwt", jwt: "s3cret.proof.jwt" } },
    }),
  "secrets in a list and in a member": (more: ConfigurationParameters) =>
    new OAuth2Api(more).createOAuth2Client({
      oAuth2Client: { metadata: { tokens: ["s3cret-l"], api_keys: { first: ["s3cret-n"] } } },
    }),
  "a patched item of a list": (more: ConfigurationParameters) =>
    new OAuth2Api(more).patchOAuth2Client({
      id: "a",
      jsonPatch: [{ op: "add", path: "/metadata/api_keys/0", value: "s3cret-i" }],
    }),
};

describe("rejects an unusable success response", () => {
  test.each([
    [
      "HTML with 200",
      () => new Response("<!doctype html><title>Portal</title>", { headers: { "content-type": "text/html" } }),
      "200 with a body that is not a JSON object (text/html)",
    ],
    ["incomplete JSON", () => new Response('[{"client_id":"a"'), "200 with a body that is not a JSON object"],
    ["an empty body", () => new Response(""), "200 with a body that is not a JSON object (empty)"],
    ["null", () => new Response("null"), "200 with a body that is not a JSON object (text/plain;charset=UTF-8)"],
    ["a string", () => new Response('"hi"'), "with a body that is not a JSON object"],
    ["204 instead of a list of clients", json(undefined, 204), "204 with a body that is not a JSON object (empty)"],
    [
      "a redirect",
      () => new Response(null, { status: 307, headers: { location: "https://evil.example/" } }),
      "307 is a redirect: correct the address of the server",
    ],
  ])("%s", async (_, reply, message) => {
    const error = await rejection(api(reply).listOAuth2Clients());
    expect(error).toMatchObject({
      name: "InvalidResponseError",
      status: reply().status,
      message: expect.stringContaining(message),
    });
    expect(error.response).toBeUndefined();
  });

  test("an empty response to the only DELETE that returns a client", async () => {
    expect(await rejection(api(() => new Response("")).deleteRotatedOAuth2ClientSecrets({ id: "a" }))).toMatchObject({
      name: "InvalidResponseError",
    });
  });

  test("incomplete JSON with a member of five megabytes", async () => {
    const cut = () => new Response(`{"a":"${"x".repeat(5_000_000)}`);
    const error = await rejection(api(cut).createOAuth2Client({ oAuth2Client: {} }));
    expect(error.message).toBe(
      "POST /admin/clients: 200 with a body that is not a JSON object (text/plain;charset=UTF-8)",
    );
  });

  test.each([
    ["incomplete JSON", '{"client_id":"a","client_secret":"s3cret","registration_access_token":"s3c'],
    ["a form", "access_token=s3cret&token_type=bearer"],
    ["YAML", "client_secret: s3cret"],
    ["XML", "<client_secret>s3cret</client_secret>"],
  ])("%s, without showing the body, which may contain a secret", async (_, body) => {
    const error = await rejection(api(() => new Response(body)).createOAuth2Client({ oAuth2Client: {} }));
    expect(error).toMatchObject({ name: "InvalidResponseError", status: 200 });
    expect(shown(error)).not.toContain("s3c");
  });

  test("a 200 in response to a redirect operation", async () => {
    expect(await rejection(api(json({})).oAuth2Authorize())).toMatchObject({
      name: "InvalidResponseError",
      status: 200,
    });
  });

  test("a redirect that a browser hides, with the advice to navigate to the URL", async () => {
    const opaque = Object.defineProperty(Response.error(), "type", { value: "opaqueredirect" });
    const error = await rejection(api(() => opaque).oAuth2Authorize({ params: { client_id: "a" } }));
    expect(error).toMatchObject({
      name: "InvalidResponseError",
      status: 0,
      message: expect.stringContaining("navigate"),
    });
  });
});

test("a redirect operation resolves to the target of the redirect", async () => {
  const reply = () =>
    new Response("<a href>", {
      status: 303,
      headers: [
        ["location", "http://127.0.0.1:3000/login?login_challenge=c"],
        ["set-cookie", "a=1"],
        ["set-cookie", "b=2"],
      ],
    });
  const result = await api(reply).oAuth2Authorize({ params: { client_id: "a" } });
  expect(result).toMatchObject({ status: 303, data: { redirect_to: "http://127.0.0.1:3000/login?login_challenge=c" } });
  expect(result.headers.location).toBe(result.data.redirect_to);
  expect(result.headers["set-cookie"]).toEqual(["a=1", "b=2"]);
});

test("getOidcUserInfo resolves to the JWT of a signed response", async () => {
  const { fetch } = observe(() => new Response("e30.e30.c2ln", { headers: { "content-type": "application/jwt" } }));
  const { data } = await new OidcApi({ basePath: "http://h.example", fetch }).getOidcUserInfo<string>();
  expect(data).toBe("e30.e30.c2ln");
});

describe("NetworkError", () => {
  test("contains the system's code of a refused connection", async () => {
    const refused = new OAuth2Api({ basePath: `http://127.0.0.1:${CLOSED_PORT}` });
    const error = await rejection(refused.listOAuth2Clients());
    expect(error).toMatchObject({ name: "NetworkError", code: "ECONNREFUSED" });
    expect(error.message).toMatch(
      /^GET \/admin\/clients: no complete response from http:\/\/127.0.0.1:2 \(ECONNREFUSED\)$/,
    );
    expect(error.cause).toBeInstanceOf(TypeError);
    expect(error.response).toBeUndefined();
  });

  test("wraps an error that is its own cause or contains itself", async () => {
    const cause: any = new Error("loop");
    cause.cause = cause;
    cause.self = [cause];
    const error = await rejection(api(() => Promise.reject(cause)).listOAuth2Clients());
    expect(error).toMatchObject({ name: "NetworkError", code: undefined });
  });

  test("reports a connection that is closed within the body", async () => {
    const cut = await serve((_, response) => {
      response.writeHead(200, { "content-length": 100 }).write("[");
      setTimeout(() => response.destroy(), 10);
    });
    expect(await rejection(cut.listOAuth2Clients())).toMatchObject({ name: "NetworkError" });
  });
});

describe("what a refusal says about the next attempt", () => {
  const refusal = (headers: Record<string, string>, status = 429) =>
    rejection(api(async () => new Response("{}", { status, headers })).listOAuth2Clients());

  test.each<[string, Record<string, string>, number | undefined]>([
    ["a number of seconds", { "retry-after": "7" }, 7],
    ["a date", { "retry-after": new Date(4_000_000_000_000).toUTCString() }, 4_000_000_000 - 1_800_000_000],
    ["a date that has passed", { "retry-after": "Fri, 31 Dec 1999 23:59:59 GMT" }, 0],
    ["Ory Network's limit", { "x-ratelimit-reset": "3" }, 3],
    ["something else", { "retry-after": "-5" }, undefined],
    ["nothing", {}, undefined],
  ])("%s", async (_, headers, seconds) => {
    vi.useFakeTimers({ toFake: ["Date"], now: 1_800_000_000_000 });
    expect((await refusal(headers)).retryAfter).toBe(seconds);
  });

  test("only a 429 has the limit of Ory Network", async () => {
    expect(await refusal({ "x-ratelimit-reset": "3" }, 503)).not.toHaveProperty("retryAfter");
  });

  test("the ID of the request is there if a gateway sends one, and in the JSON of the error", async () => {
    const error = await refusal({ "x-request-id": "0af7651916cd43dd" });
    expect(error.requestId).toBe("0af7651916cd43dd");
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ requestId: "0af7651916cd43dd" });
    expect(await refusal({})).not.toHaveProperty("requestId");
  });
});

describe("timeout", () => {
  const never = () => new Promise<Response>(() => {});

  test.each<[string, object, object]>([
    ["by default", {}, {}],
    ["if the configuration says undefined", { timeout: undefined }, {}],
  ])("is 30 seconds %s", async (_, configured, options) => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const silent = new OAuth2Api({ basePath: "http://h.example", fetch: never, ...configured });
    let error: any;
    const call = silent.listOAuth2Clients({}, options).catch((reason) => {
      error = reason;
    });
    await vi.advanceTimersByTimeAsync(29_999);
    expect(error).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    await call;
    expect(error.message).toBe("GET /admin/clients: no complete response within 30000 ms");
  });

  test.each<[string, object, object]>([
    ["of the configuration", { timeout: 0 }, {}],
    ["of the call", {}, { timeout: 0 }],
  ])("is no limit if that %s is 0", async (_, configured, options) => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const silent = new OAuth2Api({ basePath: "http://h.example", fetch: never, ...configured });
    const ended = vi.fn();
    silent.listOAuth2Clients({}, options).then(ended, ended);
    await vi.advanceTimersByTimeAsync(86_400_000);
    expect(ended).not.toHaveBeenCalled();
  });

  test("rejects a call that receives no response", async () => {
    const silent = await serve(() => {}, { timeout: 30 });
    const error = await rejection(silent.listOAuth2Clients());
    expect(error).toMatchObject({ name: "TimeoutError", code: "ECONNABORTED" });
    expect(error.message).toBe("GET /admin/clients: no complete response within 30 ms");
  });

  test("covers the body, and closes the connection", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    let closed!: () => void;
    let begin!: () => void;
    const gone = new Promise<void>((done) => (closed = done));
    const begun = new Promise<void>((done) => (begin = done));
    const slow = await serve((_, response) => {
      response.on("close", closed);
      response.writeHead(200).write("[", () => begin());
    });
    const call = rejection(slow.listOAuth2Clients({}, { timeout: 30 }));
    await begun;
    await vi.advanceTimersByTimeAsync(30);
    expect(await call).toMatchObject({ name: "TimeoutError" });
    await gone;
  });

  test("covers an accessToken function that hangs, and a fetch that ignores its signal", async () => {
    vi.useFakeTimers();
    for (const stuck of [
      { accessToken: () => new Promise<string>(() => {}) },
      { fetch: () => new Promise<Response>(() => {}) },
    ]) {
      const call = rejection(api(json([]), { timeout: 1000, ...stuck }).listOAuth2Clients());
      await vi.advanceTimersByTimeAsync(1000);
      expect(await call).toMatchObject({ name: "TimeoutError" });
    }
  });

  test("of the call overrides the configuration's; 0 disables it; an invalid one is rejected", async () => {
    vi.useFakeTimers();
    const call = rejection(api(never, { timeout: 10 }).listOAuth2Clients({}, { timeout: 20 }));
    await vi.advanceTimersByTimeAsync(20);
    expect((await call).message).toMatch(/within 20 ms/);
    expect(await rejection(api(never).listOAuth2Clients({}, { timeout: -1 }))).toMatchObject({
      name: "InvalidInputError",
      field: "timeout",
    });
    await api(json([]), { timeout: 10 }).listOAuth2Clients({}, { timeout: 0 });
    expect(vi.getTimerCount()).toBe(0);
  });

  test("leaves no timer", async () => {
    vi.useFakeTimers();
    await api(json([]), { timeout: 1000 }).listOAuth2Clients();
    await rejection(api(json({}, 500), { timeout: 1000 }).listOAuth2Clients());
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("signal", () => {
  test("sends no request if it was aborted before the call", async () => {
    const wire = observe(json([]));
    const error = await rejection(
      new OAuth2Api({ basePath: "http://h.example", fetch: wire.fetch }).listOAuth2Clients(
        {},
        { signal: AbortSignal.abort("why") },
      ),
    );
    expect(error).toMatchObject({ name: "AbortError", code: "ERR_CANCELED", cause: "why" });
    expect(wire.seen).toEqual([]);
  });

  test("closes the connection on abort without an unhandled rejection", async () => {
    const unhandled = unhandledRejections();
    let arrived!: () => void;
    let closed!: () => void;
    const here = new Promise<void>((done) => (arrived = done));
    const gone = new Promise<void>((done) => (closed = done));
    const waiting = await serve((_, response) => {
      response.on("close", closed);
      arrived();
    });
    const controller = new AbortController();
    const call = rejection(waiting.listOAuth2Clients({}, { signal: controller.signal }));
    await here;
    controller.abort();
    expect(await call).toMatchObject({ name: "AbortError", code: "ERR_CANCELED" });
    await gone;
    await new Promise((done) => setTimeout(done, 10));
    expect(unhandled).toEqual([]);
  });

  test("an AbortSignal.timeout() counts as a timeout", async () => {
    const silent = await serve(() => {});
    expect(await rejection(silent.listOAuth2Clients({}, { signal: AbortSignal.timeout(20) }))).toMatchObject({
      name: "TimeoutError",
      code: "ECONNABORTED",
    });
  });

  test("both the configuration's and the call's signal abort the call", async () => {
    const ours = new AbortController();
    const theirs = new AbortController();
    const never = api(() => new Promise<Response>(() => {}), { signal: ours.signal });
    const first = rejection(never.listOAuth2Clients({}, { signal: theirs.signal }));
    theirs.abort();
    expect(await first).toMatchObject({ name: "AbortError" });
    const second = rejection(never.listOAuth2Clients({}, { signal: new AbortController().signal }));
    ours.abort();
    expect(await second).toMatchObject({ name: "AbortError" });
  });

  test("adds one listener to a signal that many calls share, so that Node does not warn", async () => {
    const { signal } = new AbortController();
    const add = vi.spyOn(signal, "addEventListener");
    const shared = api(json([]), { signal });
    await Promise.all(Array.from({ length: 50 }, () => shared.listOAuth2Clients()));
    expect(add).toHaveBeenCalledTimes(1);
  });

  test("does not affect a call that has ended", async () => {
    const controller = new AbortController();
    let calls = 0;
    const { listOAuth2Clients } = OAuth2Api.prototype;
    const counting = api(() => Response.json([++calls]), { signal: controller.signal });
    await listOAuth2Clients.call(counting);
    controller.abort();
    expect(await rejection(counting.listOAuth2Clients())).toMatchObject({ name: "AbortError" });
    expect(calls).toBe(1);
  });

  test.each([{}, "signal", 1])("rejects %j without sending a request", async (signal) => {
    const wire = observe(json([]));
    const call = new OAuth2Api({ basePath: "http://h.example", fetch: wire.fetch }).listOAuth2Clients(
      {},
      { signal: signal as any },
    );
    expect(await rejection(call)).toMatchObject({ name: "InvalidInputError", field: "signal" });
    expect(wire.seen).toEqual([]);
  });

  test("accepts null as no signal", async () => {
    await expect(api(json([])).listOAuth2Clients({}, { signal: null as any })).resolves.toMatchObject({ data: [] });
  });
});

describe("guards", () => {
  const guards = Object.entries(sdk).filter(([name]) => /^is[A-Z]\w+Error$/.test(name)) as [
    string,
    (error: unknown) => boolean,
  ][];
  const kinds: Record<string, string[]> = {
    ResponseError: [],
    NetworkError: [],
    TimeoutError: [],
    AbortError: [],
    InvalidResponseError: [],
    InvalidInputError: [],
    RequiredError: ["InvalidInputError"],
  };

  test.each(Object.entries(kinds))("recognize %s and its base classes only", (name, parents) => {
    const error = Object.create((sdk as any)[name].prototype);
    for (const [guard, is] of guards.filter(([guard]) => guard.slice(2) in kinds || guard === "isHydraError")) {
      expect([guard, is(error)]).toEqual([guard, ["HydraError", name, ...parents].includes(guard.slice(2))]);
    }
  });

  test.each([undefined, null, "text", new Error("x"), { name: "ResponseError" }])("do not recognize %o", (value) => {
    for (const [, is] of guards) expect(is(value)).toBe(false);
  });

  test("recognize the errors of another copy of the package", async () => {
    vi.resetModules();
    const copy = await import("../../src/index.ts");
    expect(copy.InvalidInputError).not.toBe(sdk.InvalidInputError);
    expect(sdk.isInvalidInputError(new copy.RequiredError("id", "gone"))).toBe(true);
    expect(sdk.isResponseError(new copy.RequiredError("id", "gone"))).toBe(false);
  });
});

describe("errors reveal no secrets of the request", () => {
  describe.each(Object.entries(calls))("%s", (_, call) => {
    test.each([
      ["an error that echoes it as JSON", echo(400, "json"), "ResponseError"],
      ["an error that echoes it as text", echo(502, "text"), "ResponseError"],
      ["a success that echoes it as text", echo(200, "text"), "InvalidResponseError"],
      [
        "a fetch error that contains the request",
        (request: object) => {
          throw Object.assign(new TypeError(`fetch failed: ${inspect(request)}`), { request });
        },
        "NetworkError",
      ],
    ])("%s", async (_, reply, name) => {
      const error = await rejection(call({ basePath: "http://h.example", fetch: observe(reply as any).fetch }));
      expect(error.name).toBe(name);
      expect(shown(error)).not.toContain("s3cret");
    });
  });

  test.each([
    ["invalid", "invalid_grant"],
    ["client", "invalid_client"],
    ["token_type", "unsupported_token_type"],
  ])("a token with the value %j does not redact the error code %j", async (refreshToken, code) => {
    const error = await rejection(
      api(json({ error: code }, 400)).oauth2TokenExchange({ grantType: "refresh_token", refreshToken }),
    );
    expect(error.error).toBe(code);
  });

  test.each(['pa"ss-s3cret', "back\\slash-s3cret", "line\nfeed-s3cret", "abcde&s3cret-tail", "s3cret"])(
    "redacts the client secret %j in JSON, in a form and in plain text",
    async (secret) => {
      for (const echo of [secret, JSON.stringify(secret), String(new URLSearchParams({ secret }))]) {
        const reply = json({ error: "rejected", error_description: `saw ${echo} there` }, 400);
        for (const call of [
          api(reply).createOAuth2Client({ oAuth2Client: { client_secret: secret } }),
          api(reply).oauth2TokenExchange({ grantType: "client_credentials", clientSecret: secret }),
          api(reply, { username: "u", password: secret }).revokeOAuth2Token({ token: "t" }),
        ]) {
          const error = await rejection(call);
          expect(error.message).toContain("[secret]");
          expect(shown(error)).not.toMatch(/s3cret/);
        }
      }
    },
  );

  test("redacts a secret of a megabyte", async () => {
    const token = "s3cret".repeat(200_000);
    const error = await rejection(
      api(json({ error: "rejected", error_description: `saw ${token}` }, 400)).introspectOAuth2Token({ token }),
    );
    expect(error).toMatchObject({ name: "ResponseError", errorDescription: "saw [secret]" });
  });

  test("redacts a token within an encoded URL and in the reason phrase", async () => {
    const accessToken = "s3cret-token-of-some-length";
    const reply = () =>
      new Response(`/callback%3Ftoken%3D${accessToken}%26a`, { status: 400, statusText: accessToken });
    const error = await rejection(api(reply, { accessToken }).listOAuth2Clients());
    expect(shown(error)).not.toContain("s3cret");
  });

  test("does not redact proxy headers and the request ID", async () => {
    const headers = { "x-forwarded-proto": "https", "x-request-id": "r-42" };
    const reply = json({ error: "invalid_redirect_uri", error_description: "https://a" }, 400, {
      "x-request-id": "r-42",
    });
    const error = await rejection(api(reply, { baseOptions: { headers } }).createOAuth2Client({ oAuth2Client: {} }));
    expect(error.errorDescription).toBe("https://a");
    expect(error.response.headers["x-request-id"]).toBe("r-42");
  });

  test("does not redact the single words of a secret sentence", async () => {
    const oAuth2Client = { metadata: { sort_key: "by name" } };
    const reply = json({ error: "rejected", error_description: "the name is invalid" }, 400);
    expect((await rejection(api(reply).createOAuth2Client({ oAuth2Client }))).errorDescription).toBe(
      "the name is invalid",
    );
  });

  test("does not redact a value that is also in a public field", async () => {
    const body = { client_name: "12345", metadata: { postal_code: "12345" } };
    const error = await rejection(
      api(json({ error: "rejected", error_description: "12345 is taken" }, 409)).createOAuth2Client({
        oAuth2Client: body,
      }),
    );
    expect(error.errorDescription).toBe("12345 is taken");
  });

  test("discards a thrown error that contains the request under a symbol", async () => {
    const reply = (request: object) => {
      throw Object.assign(new TypeError("failed"), { [Symbol("request")]: request });
    };
    const error = await rejection(api(reply, { accessToken: "s3cret" }).listOAuth2Clients());
    expect(shown(error)).not.toContain("s3cret");
  });

  test.each([["s3cret as it is"], [{ request: "s3cret" }], [Object.create(null)], [undefined], [Symbol("x")]])(
    "redacts %o, thrown by a fetch function instead of an error",
    async (thrown) => {
      const error = await rejection(api(() => Promise.reject(thrown), { accessToken: "s3cret" }).listOAuth2Clients());
      expect(error.name).toBe("NetworkError");
      expect(shown(error)).not.toMatch(/s3cret|undefined$/);
    },
  );

  test("does not change a cause without secrets", async () => {
    const cause = Object.assign(new Error("circuit open"), { code: "EOPEN", cause: new Error("too many failures") });
    const error = await rejection(api(() => Promise.reject(cause)).listOAuth2Clients());
    expect(error.cause).toBe(cause);
    expect(error.code).toBe("EOPEN");
  });
});
