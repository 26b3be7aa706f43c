import { inspect } from "node:util";
import { afterEach, describe, expect, test, vi } from "vitest";
import {
  type AccessTokenError,
  clientCredentials,
  clientSecretBasic,
  createIntrospector,
  createJwtVerifier,
  type IntrospectorOptions,
  isAbortError,
  isAccessTokenError,
  isHydraError,
  isInvalidInputError,
  isRequiredError,
  isResponseError,
  OAuth2Api,
  type OAuth2Client,
  WellknownApi,
} from "../../src/index.ts";
import { createMockHydra } from "../../src/mock/index.ts";
import { rejection, unhandledRejections } from "../support/observe.ts";

const audience = "https://orders.example.com";
const START = 1_800_000_000_000;

afterEach(() => {
  vi.restoreAllMocks();
});

/** A mock Hydra with a client, and a clock for both the server and the guards. */
async function setUp(client: OAuth2Client = {}) {
  const clock = { time: START };
  const now = () => clock.time;
  const hydra = createMockHydra({ clock: now });
  const { publicUrl: basePath, adminUrl: adminBasePath, fetch } = hydra;
  const { client_id, client_secret } = hydra.addClient({
    grant_types: ["client_credentials"],
    scope: "orders.read orders.write",
    audience: [audience, "https://other.example.com"],
    client_secret: "a-secret-of-the-client",
    ...client,
  });
  const configuration = { basePath, adminBasePath, fetch };
  const api = new OAuth2Api(configuration);
  const tokenFor = async (scope = "orders.read", forAudience: string | undefined = audience) => {
    const auth = clientSecretBasic(client_secret ?? "a-secret-of-the-client");
    const options = { basePath, fetch, clientId: client_id, auth, scope, audience: forAudience };
    return (await clientCredentials(options)).access_token;
  };
  const requestsTo = (path: string) => hydra.requests.filter(({ url }) => new URL(url).pathname === path).length;
  return {
    hydra,
    api,
    wellknown: new WellknownApi(configuration),
    tokenFor,
    now,
    client_id,
    pass: (seconds: number) => {
      clock.time += 1000 * seconds;
    },
    guard: (options: IntrospectorOptions = {}) => createIntrospector(api, { now, ...options }),
    get introspections() {
      return requestsTo("/admin/oauth2/introspect");
    },
    get keyRequests() {
      return requestsTo("/.well-known/jwks.json");
    },
  };
}

/** The problem, the status and the challenge with which a call is refused. */
async function refusal(call: Promise<unknown>) {
  const error = (await rejection(call)) as AccessTokenError;
  if (!isAccessTokenError(error)) throw error;
  const { problem, status } = error;
  return { problem, status, challenge: error.challenge() };
}

describe("createIntrospector", () => {
  test("returns what an active token says", async () => {
    const context = await setUp();
    const token = await context.tokenFor("orders.read orders.write");
    const info = await context.guard({ audience })(`Bearer ${token}`, { requiredScope: "orders.read" });
    expect(info).toMatchObject({
      clientId: context.client_id,
      subject: context.client_id,
      scope: ["orders.read", "orders.write"],
      audience: [audience],
      expiresAt: START / 1000 + 3600,
      claims: { active: true, token_use: "access_token" },
    });
  });

  test.each([null, undefined, "", "Basic YTpi", "Bearer", "Bearer ", "Bearer a b", "ory_at_without-scheme"])(
    "refuses %j without a request, and its challenge has no error code",
    async (authorization) => {
      const context = await setUp();
      expect(await refusal(context.guard()(authorization))).toEqual({
        problem: "no_token",
        status: 401,
        challenge: "Bearer",
      });
      expect(context.introspections).toBe(0);
    },
  );

  test("refuses a made-up token, one for another audience, and one without the scope, each in its own way", async () => {
    const context = await setUp();
    const guard = context.guard({ audience, requiredScope: ["orders.read"] });
    expect(await refusal(guard("Bearer made-up"))).toEqual({
      problem: "invalid_token",
      status: 401,
      challenge: 'Bearer error="invalid_token", error_description="the access token is not valid", scope="orders.read"',
    });
    const other = await context.tokenFor("orders.read", "https://other.example.com");
    expect(await refusal(guard(`Bearer ${other}`))).toMatchObject({ problem: "invalid_token", status: 401 });
    const token = await context.tokenFor();
    expect(await refusal(guard(`bearer ${token}`, { requiredScope: "orders.read orders.write" }))).toEqual({
      problem: "insufficient_scope",
      status: 403,
      challenge:
        'Bearer error="insufficient_scope", error_description="the access token does not grant a required scope", ' +
        'scope="orders.read orders.write"',
    });
    expect((await guard(`Bearer ${token}`)).scope).toEqual(["orders.read"]);
  });

  test("a challenge has the parameters of the caller, quoted", async () => {
    const context = await setUp();
    const error = (await rejection(context.guard()(null))) as AccessTokenError;
    const parameters = { realm: 'the "orders"', resource_metadata: "https://orders.example.com/m" };
    expect(error.challenge(parameters)).toBe(
      'Bearer realm="the \\"orders\\"", resource_metadata="https://orders.example.com/m"',
    );
  });

  test("refuses a refresh token", async () => {
    const { guard, api } = await setUp();
    const data = { active: true, token_use: "refresh_token", client_id: "a" };
    vi.spyOn(api, "introspectOAuth2Token").mockResolvedValue({ data } as never);
    expect(await refusal(guard()("Bearer refresh"))).toMatchObject({ problem: "invalid_token" });
  });

  test("sends one request for 1000 callers, and none for a minute", async () => {
    const context = await setUp();
    const authorization = `Bearer ${await context.tokenFor()}`;
    const guard = context.guard();
    await Promise.all(Array.from({ length: 1000 }, () => guard(authorization)));
    context.pass(59.999);
    await guard(authorization);
    expect(context.introspections).toBe(1);
    context.pass(0.001);
    await guard(authorization);
    expect(context.introspections).toBe(2);
  });

  test.each([
    ["after a minute by default", {}, 60],
    ["after maxAge", { cache: { maxAge: 5 } }, 5],
    ["at once without a cache", { cache: false as const }, 0],
  ])("sees a revoked token %s", async (_, options, seconds) => {
    const context = await setUp();
    const guard = context.guard(options);
    const token = await context.tokenFor();
    await guard(`Bearer ${token}`);
    await context.api.deleteOAuth2Token({ clientId: context.client_id });
    if (seconds) {
      context.pass(seconds - 0.001);
      await guard(`Bearer ${token}`);
      context.pass(0.001);
    }
    expect(await refusal(guard(`Bearer ${token}`))).toMatchObject({ problem: "invalid_token" });
  });

  test("counts the age from before the request, for callers that share it, too", async () => {
    const context = await setUp();
    const authorization = `Bearer ${await context.tokenFor()}`;
    const guard = context.guard({ cache: { maxAge: 5 } });
    const introspect = context.api.introspectOAuth2Token;
    vi.spyOn(context.api, "introspectOAuth2Token").mockImplementationOnce(async (...request) => {
      const response = await introspect(...request);
      await context.api.deleteOAuth2Token({ clientId: context.client_id });
      context.pass(5);
      const late = await refusal(guard(authorization));
      expect(late).toMatchObject({ problem: "invalid_token" });
      return response;
    });
    await guard(authorization);
    expect(context.introspections).toBe(2);
    expect(await refusal(guard(authorization))).toMatchObject({ problem: "invalid_token" });
  });

  test("does not accept a cached token after its expiry", async () => {
    const context = await setUp({ client_credentials_grant_access_token_lifespan: "20s" });
    const authorization = `Bearer ${await context.tokenFor()}`;
    const guard = context.guard();
    await guard(authorization);
    context.pass(19);
    await guard(authorization);
    expect(context.introspections).toBe(1);
    context.pass(1);
    expect(await refusal(guard(authorization))).toMatchObject({ problem: "invalid_token" });
  });

  test("a clock that is set back does not extend the age", async () => {
    const context = await setUp();
    let monotonic = 1000;
    vi.spyOn(performance, "now").mockImplementation(() => monotonic);
    const authorization = `Bearer ${await context.tokenFor()}`;
    const guard = context.guard();
    await guard(authorization);
    context.pass(-1800);
    monotonic += 60_000;
    await guard(authorization);
    expect(context.introspections).toBe(2);
  });

  test("keeps at most maxEntries tokens, and drops the oldest", async () => {
    const context = await setUp();
    const guard = context.guard({ cache: { maxEntries: 2 } });
    const tokens = [];
    for (let count = 0; count < 3; count++) tokens.push(`Bearer ${await context.tokenFor()}`);
    for (const token of tokens) await guard(token);
    await guard(tokens[2]);
    await guard(tokens[1]);
    expect(context.introspections).toBe(3);
    await guard(tokens[0]);
    expect(context.introspections).toBe(4);
  });

  test("caches neither inactive tokens nor failures, and passes a failure on", async () => {
    const context = await setUp();
    const guard = context.guard();
    for (let count = 0; count < 2; count++) await refusal(guard("Bearer made-up"));
    expect(context.introspections).toBe(2);
    context.hydra.fail({ operation: "introspectOAuth2Token", status: 503 });
    const authorization = `Bearer ${await context.tokenFor()}`;
    const error = await rejection(guard(authorization));
    expect(isResponseError(error) && error.status).toBe(503);
    expect((await guard(authorization)).scope).toEqual(["orders.read"]);
  });

  test("a caller who aborts does not end the request of others", async () => {
    const context = await setUp();
    const authorization = `Bearer ${await context.tokenFor()}`;
    const guard = context.guard();
    const controller = new AbortController();
    const aborted = rejection(guard(authorization, { signal: controller.signal }));
    const other = guard(authorization);
    controller.abort();
    expect(isAbortError(await aborted)).toBe(true);
    expect((await other).scope).toEqual(["orders.read"]);
    expect(context.introspections).toBe(1);
  });

  test("a failure after the only caller has gone is not an unhandled rejection", async () => {
    const unhandled = unhandledRejections();
    const { guard, api } = await setUp();
    let fail!: (error: Error) => void;
    vi.spyOn(api, "introspectOAuth2Token").mockImplementation(
      () =>
        new Promise((_, reject) => {
          fail = reject;
        }),
    );
    const controller = new AbortController();
    const call = rejection(guard()("Bearer a", { signal: controller.signal }));
    await vi.waitFor(() => expect(fail).toBeDefined());
    controller.abort();
    await call;
    fail(new Error("too late"));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(unhandled).toEqual([]);
  });

  test("what a caller changes does not reach the next one", async () => {
    const context = await setUp();
    const authorization = `Bearer ${await context.tokenFor()}`;
    const guard = context.guard();
    const info = await guard(authorization);
    info.claims["aud"].push("https://evil.example.com");
    info.scope.push("admin");
    expect(await guard(authorization)).toMatchObject({ audience: [audience], scope: ["orders.read"] });
  });

  test("keeps the token out of errors and of the guard", async () => {
    const context = await setUp();
    const token = await context.tokenFor();
    const guard = context.guard({ requiredScope: "admin" });
    const kept: unknown[] = [];
    const { set } = Map.prototype;
    vi.spyOn(Map.prototype, "set").mockImplementation(function (this: Map<unknown, unknown>, key, value) {
      kept.push(key);
      return set.call(this, key, value);
    });
    const error = await rejection(guard(`Bearer ${token}`));
    vi.restoreAllMocks();
    expect(kept.filter((key) => /^[\da-f]{64}$/.test(`${key}`))).toHaveLength(1);
    context.hydra.fail({ operation: "introspectOAuth2Token", status: 500, body: { error: token } });
    const failure = await rejection(context.guard()(`Bearer ${token}`));
    expect(isHydraError(failure)).toBe(true);
    const shown = inspect([error, failure, (failure as any).response, guard], { depth: 9, showHidden: true });
    expect(shown + JSON.stringify([error, failure])).not.toContain(token);
  });

  test.each<[string, unknown, string]>([
    ["a scope that is an unset variable", { requiredScope: "" }, "requiredScope is empty: leave it out for none"],
    ["an audience that is an unset variable", { audience: "" }, "audience is empty: leave it out for none"],
    ["an empty item", { audience: [""] }, "audience has an empty item"],
    ["an audience of another type", { audience: 5 }, "audience must be a string or a list of strings"],
    ["a negative age", { cache: { maxAge: -1 } }, "maxAge must be a number of seconds"],
    ["no entries", { cache: { maxEntries: 0 } }, "maxEntries must be a number of at least 1"],
  ])("rejects %s", async (_, options, message) => {
    const { api } = await setUp();
    const error: any = await rejection((async () => createIntrospector(api, options as IntrospectorOptions))());
    expect([isInvalidInputError(error), error.message]).toEqual([true, message]);
  });
});

describe("createJwtVerifier", () => {
  const jwt = async (client: OAuth2Client = {}) => {
    const context = await setUp({ access_token_strategy: "jwt", ...client });
    const { now, wellknown } = context;
    const issuer = `${context.hydra.publicUrl}/`;
    const verifier = (options: object = {}) => createJwtVerifier(wellknown, { issuer, audience, now, ...options });
    return Object.assign(context, { verifier, issuer });
  };

  test("returns what a token says, in the shape of createIntrospector, with one request for keys", async () => {
    const context = await jwt();
    const guard = context.verifier();
    const token = await context.tokenFor("orders.read orders.write");
    const infos = await Promise.all(Array.from({ length: 100 }, () => guard(`Bearer ${token}`)));
    const { claims: _, ...expected } = await context.guard({ audience })(`Bearer ${token}`);
    const { claims, ...info } = infos[99]!;
    expect(info).toEqual(expected);
    expect(claims["iss"]).toBe(context.issuer);
    expect(context.keyRequests).toBe(1);
  });

  test("refuses other tokens, each in its own way", async () => {
    const context = await jwt();
    const guard = context.verifier({ requiredScope: "orders.read" });
    const token = await context.tokenFor();
    const forged = token.replace(/[^.]{10}$/, "AAAAAAAAAA");
    const unsigned = `${btoa('{"alg":"none"}').replace(/=+$/, "")}.${token.split(".")[1]}.`;
    const other = await context.tokenFor("orders.read", "https://other.example.com");
    const problems = [];
    for (const authorization of [null, "Bearer opaque", `Bearer ${forged}`, `Bearer ${unsigned}`, `Bearer ${other}`]) {
      problems.push((await refusal(guard(authorization))).problem);
    }
    const writes = guard(`Bearer ${token}`, { requiredScope: "orders.write" });
    expect([...problems, (await refusal(writes)).problem]).toEqual([
      "no_token",
      "invalid_token",
      "invalid_token",
      "invalid_token",
      "invalid_token",
      "insufficient_scope",
    ]);
    const wrongIssuer = context.verifier({ issuer: "https://another.example.com/" });
    expect(await refusal(wrongIssuer(`Bearer ${token}`))).toMatchObject({ problem: "invalid_token", status: 401 });
  });

  test("accepts a token until 5 seconds after its expiry, for clocks that differ", async () => {
    const context = await jwt({ client_credentials_grant_access_token_lifespan: "20s" });
    const authorization = `Bearer ${await context.tokenFor()}`;
    const guard = context.verifier();
    context.pass(24);
    await guard(authorization);
    context.pass(1);
    expect(await refusal(guard(authorization))).toMatchObject({ problem: "invalid_token" });
  });

  test("fetches keys again for an unknown key ID, at most twice a minute, and after ten minutes", async () => {
    const context = await jwt();
    const guard = context.verifier();
    const token = await context.tokenFor();
    await guard(`Bearer ${token}`);
    const [header, ...rest] = token.split(".");
    const renamed = { ...JSON.parse(atob(header!)), kid: "unknown" };
    const unknown = `Bearer ${[btoa(JSON.stringify(renamed)).replace(/=+$/, ""), ...rest].join(".")}`;
    const counts: number[] = [];
    for (const seconds of [0, 29, 1, 0, 30, 0]) {
      context.pass(seconds);
      await refusal(guard(unknown));
      counts.push(context.keyRequests);
    }
    expect(counts).toEqual([1, 1, 2, 2, 3, 3]);
    context.pass(599);
    await guard(`Bearer ${token}`);
    expect(context.keyRequests).toBe(3);
    context.pass(1);
    await guard(`Bearer ${token}`);
    expect(context.keyRequests).toBe(4);
  });

  test("passes on that keys cannot be fetched, and keeps those that it has", async () => {
    const context = await jwt();
    const guard = context.verifier();
    const authorization = `Bearer ${await context.tokenFor()}`;
    context.hydra.fail({ operation: "discoverJsonWebKeys", status: 503 });
    expect(await rejection(guard(authorization))).toMatchObject({ status: 503 });
    await guard(authorization);
    context.pass(600);
    context.hydra.fail({ operation: "discoverJsonWebKeys", status: 503 });
    expect((await guard(authorization)).scope).toEqual(["orders.read"]);
  });

  test("refuses an ID token of the same issuer for the same audience", async () => {
    const context = await jwt();
    const { generateKeyPair, exportJWK, SignJWT } = await import("jose");
    const { privateKey, publicKey } = await generateKeyPair("RS256");
    const keys = [{ ...(await exportJWK(publicKey)), kid: "one", alg: "RS256", use: "sig" }];
    vi.spyOn(context.wellknown, "discoverJsonWebKeys").mockResolvedValue({ data: { keys } } as never);
    const sign = (claims: object) =>
      new SignJWT({ iss: context.issuer, aud: audience, exp: START / 1000 + 60, sub: "alice", ...claims })
        .setProtectedHeader({ alg: "RS256", kid: "one" })
        .sign(privateKey);
    const guard = context.verifier();
    expect(await refusal(guard(`Bearer ${await sign({})}`))).toMatchObject({ problem: "invalid_token" });
    const accessToken = await sign({ client_id: "a", scope: "b c" });
    expect(await guard(`Bearer ${accessToken}`)).toMatchObject({ subject: "alice", scope: ["b", "c"] });
  });

  test("requires the issuer", async () => {
    const { wellknown } = await setUp();
    const error = await rejection((async () => createJwtVerifier(wellknown, { issuer: "" }))());
    expect(isRequiredError(error)).toBe(true);
  });
});
