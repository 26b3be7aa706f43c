import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { authorizationUrl } from "../../src/tokens/authorization-url.ts";
import { clientSecretBasic, clientSecretPost, none, privateKeyJwt } from "../../src/tokens/client-auth.ts";
import { deviceAuthorization, pollDeviceToken } from "../../src/tokens/device.ts";
import { clientCredentials, exchangeCode, jwtBearer, refreshToken } from "../../src/tokens/grants.ts";
import { generateKey } from "../../src/tokens/keys.ts";
import { json, observe, rejection, type Seen } from "../support/observe.ts";

const TOKENS = { access_token: "at", token_type: "bearer", expires_in: 3599, scope: "read" };
const basePath = "https://hydra.example";
const auth = clientSecretBasic("secret");
const sent = (body: string | undefined) => Object.fromEntries(new URLSearchParams(body));

describe("the request", () => {
  test("clientCredentials sends one authenticated form to the token endpoint", async () => {
    const wire = observe(json(TOKENS));
    const tokens = await clientCredentials({ basePath, clientId: "c", auth, fetch: wire.fetch });
    expect(tokens).toEqual(TOKENS);
    expect(wire.only).toMatchObject({
      url: new URL("https://hydra.example/oauth2/token"),
      method: "POST",
      headers: {
        accept: "application/json",
        authorization: "Basic YzpzZWNyZXQ=",
        "content-type": "application/x-www-form-urlencoded",
      },
      body: "grant_type=client_credentials",
      redirect: "manual",
    });
  });

  test("contains scope and audience, from a list or a string, and additional parameters and headers", async () => {
    const wire = observe(json(TOKENS));
    const common = { basePath, clientId: "c", auth, fetch: wire.fetch };
    await clientCredentials({ ...common, scope: ["read", "write"], audience: ["https://a.example", "b"] });
    await clientCredentials({ ...common, scope: "read write", audience: "https://a.example b" });
    await clientCredentials({
      ...common,
      parameters: { resource: "https://r.example", scope: "read", left: undefined, out: null },
      headers: { "X-Trace": "7" },
    });
    const lists = { grant_type: "client_credentials", scope: "read write", audience: "https://a.example b" };
    expect(wire.seen.map(({ body }) => sent(body))).toEqual([
      lists,
      lists,
      { grant_type: "client_credentials", resource: "https://r.example", scope: "read" },
    ]);
    expect(wire.seen[2]!.headers).toMatchObject({ "x-trace": "7" });
  });

  test("the other grants send their own parameters", async () => {
    const wire = observe(json(TOKENS));
    const common = { basePath, clientId: "public", fetch: wire.fetch };
    await refreshToken({ ...common, refreshToken: "rt", scope: "read" });
    await exchangeCode({ ...common, code: "code", codeVerifier: "v", redirectUri: "https://app.example/cb" });
    await jwtBearer({ ...common, assertion: "eyJ.eyJ.sig", scope: "read", auth: none() });
    expect(wire.seen.map(({ body }) => sent(body))).toEqual([
      { grant_type: "refresh_token", refresh_token: "rt", scope: "read", client_id: "public" },
      {
        grant_type: "authorization_code",
        code: "code",
        code_verifier: "v",
        redirect_uri: "https://app.example/cb",
        client_id: "public",
      },
      {
        grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
        assertion: "eyJ.eyJ.sig",
        scope: "read",
        client_id: "public",
      },
    ]);
  });

  test("encodes an assertion like the example of RFC 7523, section 2.1", async () => {
    const wire = observe(json(TOKENS));
    const assertion = "eyJhbGciOiJFUzI1NiIsImtpZCI6IjE2In0.eyJpc3Mi.J9l-ZhwP";
    await jwtBearer({ basePath, clientId: "c", auth, fetch: wire.fetch, assertion });
    expect(wire.only.body).toBe(
      `grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=${assertion}`,
    );
  });

  test("deviceAuthorization sends the client ID in the form in addition to the header", async () => {
    const device = { device_code: "dc", user_code: "ABCD", verification_uri: "https://v.example", expires_in: 600 };
    const wire = observe(json(device));
    expect(await deviceAuthorization({ basePath, clientId: "c", auth, fetch: wire.fetch, scope: "openid" })).toEqual(
      device,
    );
    expect(wire.only.url.pathname).toBe("/oauth2/device/auth");
    expect(wire.only.headers).toHaveProperty("authorization");
    expect(sent(wire.only.body)).toEqual({ client_id: "c", scope: "openid" });
  });

  test("contains a new assertion each time, for the token endpoint below a base path", async () => {
    const wire = observe(json(TOKENS));
    const options = {
      basePath: "https://hydra.example/auth/",
      clientId: "c",
      auth: privateKeyJwt(await generateKey("ES256")),
      fetch: wire.fetch,
    };
    await clientCredentials(options);
    await clientCredentials(options);
    const claims = wire.seen.map(({ body }) => JSON.parse(atob(sent(body)["client_assertion"]!.split(".")[1]!)));
    expect(claims.map(({ aud }) => aud)).toEqual(Array(2).fill("https://hydra.example/auth/oauth2/token"));
    expect(claims[0].jti).not.toBe(claims[1].jti);
  });

  test("uses the current global fetch by default", async () => {
    const wire = observe(json(TOKENS));
    vi.stubGlobal("fetch", wire.fetch);
    try {
      await clientCredentials({ basePath, clientId: "c", auth });
    } finally {
      vi.unstubAllGlobals();
    }
    expect(wire.seen).toHaveLength(1);
  });
});

describe("the server", () => {
  const clientId = "c";

  test("an issuer is resolved by discovery", async () => {
    const metadata = { issuer: "https://as.example/t", token_endpoint: "https://token.example/x?p=1" };
    const wire = observe(({ url }) => json(url.pathname === "/x" ? TOKENS : metadata)());
    await clientCredentials({ issuer: "https://as.example/t", clientId, auth, fetch: wire.fetch });
    expect(wire.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      "GET https://as.example/t/.well-known/openid-configuration",
      "POST https://token.example/x?p=1",
    ]);
    expect(wire.seen[0]!.headers).toEqual({ accept: "application/json", "user-agent": expect.any(String) });
    expect(wire.seen[0]!.redirect).toBe("manual");
  });

  test("discovery sends the headers without credentials", async () => {
    const metadata = {
      issuer: "https://as.example",
      token_endpoint: "https://as.example/token",
      authorization_endpoint: "https://as.example/auth",
    };
    const wire = observe(({ method }) => json(method === "POST" ? TOKENS : metadata)());
    const headers = { "X-Api-Key": "of the gateway", Authorization: "Basic Yzpz" };
    const common = { issuer: "https://as.example", clientId, headers, fetch: wire.fetch };
    await refreshToken({ ...common, refreshToken: "rt" });
    await clientCredentials({ ...common, auth });
    await authorizationUrl({ ...common, redirectUri: "https://app.example/cb" });
    await refreshToken({ ...common, refreshToken: "rt", auth: clientSecretPost("secret") });
    const lookUps = wire.seen.filter(({ method }) => method === "GET");
    expect(lookUps.map((lookUp) => [lookUp.headers, lookUp.body])).toEqual(
      Array(4).fill([
        { accept: "application/json", "user-agent": expect.any(String), "x-api-key": "of the gateway" },
        undefined,
      ]),
    );
    const posts = wire.seen.filter(({ method }) => method === "POST");
    expect(posts.map((post) => [post.headers["x-api-key"], post.headers["authorization"]])).toEqual([
      ["of the gateway", "Basic Yzpz"],
      ["of the gateway", "Basic YzpzZWNyZXQ="],
      ["of the gateway", "Basic Yzpz"],
    ]);
  });

  test.each([
    ["https://as.example", "https://as.example/"],
    ["https://as.example/", "https://as.example"],
  ])("the issuer %s accepts metadata of %s", async (issuer, published) => {
    const metadata = { issuer: published, token_endpoint: "https://as.example/token" };
    const wire = observe(({ method }) => json(method === "POST" ? TOKENS : metadata)());
    const seen: unknown[] = [];
    await clientCredentials({
      issuer,
      clientId,
      auth: (as) => void seen.push(as),
      fetch: wire.fetch,
    });
    expect(seen).toEqual([metadata]);
  });

  test.each([["https://evil.example"], ["https://as.example/t"], [undefined], [7]])(
    "the issuer https://as.example rejects metadata of %s",
    async (issuer) => {
      const wire = observe(json({ issuer, token_endpoint: "https://as.example/token" }));
      const error = await rejection(
        clientCredentials({ issuer: "https://as.example", clientId, auth, fetch: wire.fetch }),
      );
      expect(error).toMatchObject({ name: "InvalidResponseError", status: 200 });
      expect(error.message).toContain("issuer");
      expect(wire.seen).toHaveLength(1);
    },
  );

  test("rejects metadata without the endpoint, or with one that is not https", async () => {
    const issuer = "https://as.example";
    for (const token_endpoint of [undefined, "http://as.example/token", "nonsense", 7]) {
      const wire = observe(json({ issuer, token_endpoint }));
      const error = await rejection(clientCredentials({ issuer, clientId, auth, fetch: wire.fetch }));
      expect(error).toMatchObject({ name: "InvalidResponseError", status: 200 });
      expect(error.message).toContain("token_endpoint");
      expect(wire.seen).toHaveLength(1);
    }
  });

  test("uses a token endpoint unchanged", async () => {
    const wire = observe(json(TOKENS));
    const tokenEndpoint = "https://as.example/token/?p=policy";
    await clientCredentials({ tokenEndpoint, clientId, auth, fetch: wire.fetch });
    expect(wire.only.url.href).toBe(tokenEndpoint);
  });

  const loopback = ["http://localhost:4444", "http://127.0.0.1:4444", "http://127.9.8.7", "http://[::1]:4444"];
  test.each([...loopback, "https://hydra.example"])("sends credentials to %s", async (address) => {
    const wire = observe(json(TOKENS));
    await clientCredentials({ basePath: address, clientId, auth, fetch: wire.fetch });
    await clientCredentials({ tokenEndpoint: `${address}/token`, clientId, auth, fetch: wire.fetch });
    expect(wire.seen).toHaveLength(2);
  });

  const elsewhere = ["http://hydra:4444", "http://127.0.0.1.example", "http://localhost.example", "http://10.0.0.1"];
  test.each(elsewhere)("sends credentials to %s only with allowInsecureRequests", async (address) => {
    const wire = observe(({ method, url }) =>
      json(method === "POST" ? TOKENS : { issuer: url.origin, token_endpoint: `${url.origin}/token` })(),
    );
    const common = { clientId, auth, fetch: wire.fetch };
    const servers = [{ basePath: address }, { tokenEndpoint: `${address}/token` }, { issuer: address }];
    for (const server of servers) {
      const error = await rejection(clientCredentials({ ...common, ...server }));
      expect(error).toMatchObject({ name: "InvalidInputError", message: expect.stringContaining("allowInsecure") });
    }
    expect(wire.seen).toEqual([]);
    for (const server of servers) {
      await clientCredentials({ ...common, ...server, allowInsecureRequests: true });
    }
    expect(wire.seen.map(({ method }) => method)).toEqual(["POST", "POST", "GET", "POST"]);
  });

  test("does not follow a redirect", async () => {
    const wire = observe(() => new Response(null, { status: 307, headers: { location: "https://evil.example" } }));
    const error = await rejection(clientCredentials({ basePath, clientId, auth, fetch: wire.fetch }));
    expect(error).toMatchObject({ name: "InvalidResponseError", status: 307 });
    expect(wire.seen).toHaveLength(1);
  });

  test("rejects an invalid server without sending a request", async () => {
    const wire = observe(json(TOKENS));
    const common = { clientId, auth, fetch: wire.fetch };
    const servers: any[] = [
      {},
      { basePath: undefined },
      { basePath: "hydra" },
      { basePath: "ftp://hydra.example" },
      { issuer: "as.example" },
      { tokenEndpoint: "token" },
      { tokenEndpoint: "ftp://as.example" },
    ];
    for (const server of servers) {
      const error = await rejection(clientCredentials({ ...common, ...server }));
      expect(error, JSON.stringify(server)).toMatchObject({ name: expect.stringMatching(/InvalidInput|Required/) });
    }
    expect(wire.seen).toEqual([]);
  });
});

describe("the response", () => {
  const call = (fetch: any, more = {}) => clientCredentials({ basePath, clientId: "c", auth, fetch, ...more });

  test("an error contains the server's reason and no secrets", async () => {
    const body = { error: "invalid_client", error_description: "the secret averylongsecret is wrong" };
    const error = await rejection(
      clientCredentials({
        basePath,
        clientId: "c",
        auth: clientSecretPost("averylongsecret"),
        fetch: observe(json(body, 401)).fetch,
      }),
    );
    expect(error).toMatchObject({
      name: "ResponseError",
      status: 401,
      error: "invalid_client",
      response: { status: 401, data: { error: "invalid_client" } },
    });
    expect(error.message).toMatch(/^POST \/oauth2\/token: 401 invalid_client/);
    expect(JSON.stringify([error, error.message, error.errorDescription, error.response])).not.toContain("averylong");
  });

  test("an error reveals nothing of the request, in whatever form the server echoes it", async () => {
    const secret = 'a secret: ä+%"\\';
    const credentials: [string, object][] = [
      [secret, { auth: clientSecretBasic(secret) }],
      [secret, { auth: clientSecretPost(secret) }],
      ["the-refresh-token", { refreshToken: "the-refresh-token" }],
    ];
    for (const [hidden, more] of credentials) {
      const options = { basePath, clientId: "c", refreshToken: "another", ...more };
      const echoes = (request: Seen) => [
        hidden,
        JSON.stringify(hidden).slice(1, -1),
        `${request.body} ${request.headers["authorization"]}`,
      ];
      const replies = [
        ...[0, 1, 2].map((index) => (request: Seen) => new Response(echoes(request)[index], { status: 400 })),
        (request: Seen) => json({ error: echoes(request)[0], error_description: echoes(request)[2] }, 400)(),
        (request: Seen) => new Response(echoes(request)[2]),
        (request: Seen) => {
          throw new Error(echoes(request).join());
        },
      ];
      for (const reply of replies) {
        const wire = observe(reply);
        const error = await rejection(refreshToken({ ...options, fetch: wire.fetch }));
        const shown = inspect([error, error.message, error.errorDescription, error.response, error.cause]);
        for (const part of [hidden, wire.seen[0]!.headers["authorization"]?.slice(6) ?? hidden]) {
          expect(shown).not.toContain(part);
        }
      }
    }
  });

  test("an unchanged refresh token is returned unredacted", async () => {
    const wire = observe(json({ ...TOKENS, refresh_token: "the-refresh-token" }));
    const options = { basePath, clientId: "c", refreshToken: "the-refresh-token", fetch: wire.fetch };
    expect((await refreshToken(options)).refresh_token).toBe("the-refresh-token");
  });

  test("an Authorization header with another scheme is sent unchanged", async () => {
    const wire = observe(json(TOKENS));
    const headers = { authorization: "Bearer ~not base64~" };
    await refreshToken({ basePath, clientId: "c", refreshToken: "rt", headers, fetch: wire.fetch });
    expect(wire.only.headers["authorization"]).toBe("Bearer ~not base64~");
  });

  test("rejects a success response that does not contain a token", async () => {
    const replies = [() => new Response("<html>"), json({}), json(null), json({ token_type: "bearer" }), json("at")];
    for (const reply of replies) {
      expect(await rejection(call(observe(reply).fetch))).toMatchObject({ name: "InvalidResponseError", status: 200 });
    }
  });

  test("an error with the status 200 contains the server's reason and no secrets", async () => {
    const reason = async (body: object) => (await rejection(call(observe(json(body)).fetch))).message;
    const start = "POST /oauth2/token: 200 access_token is missing";
    expect(await reason({ error: "bad_code" })).toBe(`${start}: bad_code`);
    expect(await reason({ error: "bad_code", error_description: "It is used: secret" })).toBe(
      `${start}: bad_code: It is used: [secret]`,
    );
  });

  test("an error for an incomplete response does not reveal its token", async () => {
    const cut = () =>
      new Response('{"access_token":"the-only-copy', { headers: { "content-type": "application/json" } });
    const error = await rejection(call(observe(cut).fetch));
    expect(error.message).toBe("POST /oauth2/token: 200 with a body that is not a JSON object (application/json)");
  });

  test("a lost connection is a NetworkError", async () => {
    const cause = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
    const fetch = () => Promise.reject(new TypeError("fetch failed", { cause }));
    expect(await rejection(call(fetch))).toMatchObject({ name: "NetworkError", code: "ECONNREFUSED" });
  });

  test("timeout and signal cover the entire call, including discovery", async () => {
    const never = () => new Promise<Response>(() => {});
    const signal = AbortSignal.abort("enough");
    expect(await rejection(call(never, { timeout: 5 }))).toMatchObject({ name: "TimeoutError" });
    expect(await rejection(call(never, { signal }))).toMatchObject({ name: "AbortError", cause: "enough" });
    const issuer = { basePath: undefined, issuer: "https://as.example", timeout: 5 };
    expect(await rejection(call(never, issuer))).toMatchObject({ name: "TimeoutError" });
  });

  test("rejects missing options without sending a request", async () => {
    const wire = observe(json(TOKENS));
    const common: any = { basePath, clientId: "c", auth, fetch: wire.fetch };
    const calls: [string, (options: any) => Promise<unknown>, object][] = [
      ["clientId", clientCredentials, { clientId: undefined }],
      ["auth", clientCredentials, { auth: undefined }],
      ["clientId", refreshToken, { clientId: "", refreshToken: "rt" }],
      ["refreshToken", refreshToken, {}],
      ["code", exchangeCode, {}],
      ["assertion", jwtBearer, {}],
      ["clientId", deviceAuthorization, { clientId: undefined }],
      ["deviceCode", pollDeviceToken, {}],
      ["redirectUri", authorizationUrl, {}],
    ];
    for (const [field, call, more] of calls) {
      expect(await rejection(call({ ...common, ...more }))).toMatchObject({ name: "RequiredError", field });
      expect(await rejection(call(undefined))).toMatchObject({ name: "RequiredError" });
    }
    expect(wire.seen).toEqual([]);
  });

  test("rejects with the error of a failing client authentication", async () => {
    const wire = observe(json(TOKENS));
    const failing = () => Promise.reject(new Error("no key"));
    expect(await rejection(call(wire.fetch, { auth: failing }))).toMatchObject({ message: "no key" });
    expect(wire.seen).toEqual([]);
  });
});

describe("pollDeviceToken", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const errorResponse = (error: string, status = 400) => json({ error }, status)();
  /** Polls a server that returns `responses`, and records the times of the requests in seconds. */
  function poll(responses: (() => Response)[], more: object = {}) {
    const start = Date.now();
    const times: number[] = [];
    const wire = observe(() => {
      times.push((Date.now() - start) / 1000);
      return responses.length > 1 ? responses.shift()!() : responses[0]!();
    });
    const options = { basePath, clientId: "c", deviceCode: "dc", fetch: wire.fetch, ...more };
    const outcome = pollDeviceToken(options as any).then(
      (tokens) => ({ tokens, after: (Date.now() - start) / 1000 }),
      (error) => ({ error, after: (Date.now() - start) / 1000 }),
    );
    return { times, outcome: outcome as Promise<any>, seen: wire.seen };
  }
  const pending = () => errorResponse("authorization_pending");

  test("waits for the interval, slows down after slow_down, and resolves to the tokens", async () => {
    const { times, outcome, seen } = poll([pending, () => errorResponse("slow_down"), pending, json(TOKENS)], {
      interval: 3,
      expiresIn: 600,
    });
    await vi.runAllTimersAsync();
    expect((await outcome).tokens).toEqual(TOKENS);
    expect(times).toEqual([3, 6, 14, 22]);
    expect(sent(seen[0]!.body)).toEqual({
      grant_type: "urn:ietf:params:oauth:grant-type:device_code",
      device_code: "dc",
      client_id: "c",
    });
  });

  test("sends a request every 5 seconds by default", async () => {
    const { times, outcome } = poll([pending, pending, json(TOKENS)]);
    await vi.runAllTimersAsync();
    await outcome;
    expect(times).toEqual([5, 10, 15]);
  });

  test("continues with growing intervals while the server does not respond or is overloaded", async () => {
    const lost = () => {
      throw new TypeError("fetch failed");
    };
    const { times, outcome } = poll([lost, () => errorResponse("busy", 503), pending, json(TOKENS)]);
    await vi.runAllTimersAsync();
    expect((await outcome).tokens).toEqual(TOKENS);
    expect(times).toEqual([5, 15, 35, 55]);
  });

  test("`timeout` covers each request", async () => {
    const silent = () => new Promise(() => {}) as unknown as Response;
    const { times, outcome } = poll([silent, json(TOKENS)], { timeout: 1000 });
    await vi.runAllTimersAsync();
    expect((await outcome).tokens).toEqual(TOKENS);
    expect(times).toEqual([5, 16]);
  });

  test("stops when the code expires", async () => {
    const { times, outcome } = poll([pending], { interval: 5, expiresIn: 12 });
    await vi.runAllTimersAsync();
    expect(await outcome).toMatchObject({ error: { name: "TimeoutError" }, after: 12 });
    expect(times).toEqual([5, 10]);
  });

  test.each(["access_denied", "expired_token", "invalid_grant"])("stops after %s", async (error) => {
    const { times, outcome } = poll([pending, () => errorResponse(error)]);
    await vi.runAllTimersAsync();
    expect(await outcome).toMatchObject({ error: { name: "ResponseError", error } });
    expect(times).toEqual([5, 10]);
  });

  test("stops after a 500, which the request may have caused", async () => {
    const { times, outcome } = poll([() => errorResponse("error", 500)]);
    await vi.runAllTimersAsync();
    expect((await outcome).error).toMatchObject({ name: "ResponseError", status: 500 });
    expect(times).toEqual([5]);
  });

  test("stops immediately on abort, between two requests and during one", async () => {
    for (const [after, reply] of [
      [7, pending],
      [5, () => new Promise(() => {})],
    ] as const) {
      const controller = new AbortController();
      const { times, outcome } = poll([reply as () => Response], { signal: controller.signal, timeout: 60_000 });
      await vi.advanceTimersByTimeAsync(after * 1000);
      controller.abort();
      expect(await outcome).toMatchObject({ error: { name: "AbortError" }, after });
      await vi.runAllTimersAsync();
      expect(times).toEqual([5]);
      expect(vi.getTimerCount()).toBe(0);
    }
  });

  test("performs discovery once", async () => {
    const metadata = { issuer: "https://as.example", token_endpoint: "https://as.example/token" };
    const { outcome, seen } = poll([json(metadata), pending, pending, json(TOKENS)], {
      basePath: undefined,
      issuer: "https://as.example",
    });
    await vi.runAllTimersAsync();
    expect((await outcome).tokens).toEqual(TOKENS);
    expect(seen.map(({ method }) => method)).toEqual(["GET", "POST", "POST", "POST"]);
  });

  test("leaves no listeners, however many requests it sends", async () => {
    const warnings: unknown[] = [];
    const onWarning = (warning: unknown) => warnings.push(warning);
    process.on("warning", onWarning);
    const responses = [...Array<() => Response>(30).fill(pending), json(TOKENS)];
    const { outcome } = poll(responses, { signal: new AbortController().signal });
    await vi.runAllTimersAsync();
    expect((await outcome).tokens).toEqual(TOKENS);
    vi.useRealTimers();
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", onWarning);
    expect(warnings).toEqual([]);
  });
});

describe("authorizationUrl", () => {
  const options = { basePath, clientId: "c", redirectUri: "https://app.example/cb?x=1" };

  test("requests a code with PKCE, like the example of RFC 7636, appendix B", async () => {
    const codeVerifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const { url, ...login } = await authorizationUrl({
      ...options,
      scope: ["openid", "offline_access"],
      audience: "https://api.example",
      codeVerifier,
      state: "state-of-mine",
      nonce: "nonce-of-mine",
      parameters: { prompt: "login" },
    });
    expect(login).toEqual({ codeVerifier, state: "state-of-mine", nonce: "nonce-of-mine" });
    expect(url.split("?")[0]).toBe("https://hydra.example/oauth2/auth");
    expect(Object.fromEntries(new URL(url).searchParams)).toEqual({
      response_type: "code",
      client_id: "c",
      redirect_uri: "https://app.example/cb?x=1",
      scope: "openid offline_access",
      audience: "https://api.example",
      state: "state-of-mine",
      nonce: "nonce-of-mine",
      code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
      code_challenge_method: "S256",
      prompt: "login",
    });
  });

  test("generates a random verifier, state and nonce of 256 bits each", async () => {
    const { url: _, ...first } = await authorizationUrl(options);
    const { url: __, ...second } = await authorizationUrl(options);
    const values = [...Object.values(first), ...Object.values(second)];
    expect(new Set(values).size).toBe(6);
    for (const value of values) expect(value).toMatch(/^[\w-]{43}$/);
  });

  test("resolves an issuer by discovery, and preserves the query of its endpoint except for its own parameters", async () => {
    const metadata = { issuer: "https://as.example", authorization_endpoint: "https://as.example/a?p=1&client_id=x" };
    const wire = observe(json(metadata));
    const { url } = await authorizationUrl({
      issuer: "https://as.example",
      clientId: "c",
      redirectUri: "https://app.example/cb",
      fetch: wire.fetch,
    });
    expect(new URL(url).searchParams.get("p")).toBe("1");
    expect(new URL(url).searchParams.getAll("client_id")).toEqual(["c"]);
  });
});
