import { inspect } from "node:util";
import { pino } from "pino";
import { describe, expect, test } from "vitest";
import * as sdk from "../../src/index.ts";
import {
  authorizationUrl,
  Configuration,
  type ConfigurationParameters,
  clientCredentials,
  clientSecretPost,
  DynamicClient,
  type Fetch,
  isResponseError,
  JwkApi,
  OAuth2Api,
  OidcApi,
  pollDeviceToken,
  withRetry,
} from "../../src/index.ts";
import { json, observe, rejection } from "../support/observe.ts";

const basePath = "http://hydra.example";
const api = (fetch: Fetch, more: ConfigurationParameters = {}) => new OAuth2Api({ basePath, fetch, ...more });
const shown = (value: unknown) =>
  [inspect(value, { depth: 9, showHidden: true, getters: true }), JSON.stringify(value), `${value}`].join();

describe("secrets", () => {
  test.each(["client_secret%3Dhunter2%26a", "x_hunter2_y", "xhunter2y"])(
    "a short one is redacted in %j",
    async (echo) => {
      const fetch = json({ error: "invalid_client", error_description: echo }, 401);
      const call = clientCredentials({
        basePath: "http://127.0.0.1",
        clientId: "c",
        auth: clientSecretPost("hunter2"),
        fetch: async () => fetch(),
      });
      const error = await rejection(call);
      expect(error.error).toBe("invalid_client");
      expect(shown(error) + JSON.stringify(error.response.data)).not.toContain("hunter2");
    },
  );

  test("one that is the name of a member is redacted", async () => {
    const fetch = async () => json({ error: "denied", details: { s3cret: 1 } }, 403)();
    const error = await rejection(api(fetch, { accessToken: "s3cret" }).listOAuth2Clients());
    expect(error.response.data).toEqual({ error: "denied", details: { "[secret]": 1 } });
  });

  test("the name of a field that a request sets is not redacted, its value is", async () => {
    const fields = { skip_consent: "s3cret-1", metadata: { tier: "s3cret-2" }, jwks_nr2: 1 } as object;
    const fetch = async () =>
      json({ error: "invalid", error_description: "skip_consent s3cret-1 metadata tier s3cret-2 jwks_nr2" }, 400)();
    const patch = [{ op: "add", path: "/skip_logout_consent", value: "s3cret-3" }] as const;
    const refused = async () =>
      json({ error: "error", error_description: "skip_logout_consent s3cret-3 must be a boolean" }, 500)();
    expect((await rejection(api(fetch).createOAuth2Client({ oAuth2Client: fields }))).errorDescription).toBe(
      "skip_consent [secret] metadata [secret] [secret] [secret]",
    );
    expect((await rejection(api(refused).patchOAuth2Client({ id: "a", jsonPatch: [...patch] }))).errorDescription).toBe(
      "skip_logout_consent [secret] must be a boolean",
    );
  });

  test.each(["x-forwarded-access-token", "x-request-signature", "x-forwarded-client-cert"])(
    "the header %s counts as secret",
    async (name) => {
      const fetch = async () => json({ error: "denied for tok-forwarded-0123" }, 403)();
      const options = { headers: { [name]: "tok-forwarded-0123" } };
      expect((await rejection(api(fetch).listOAuth2Clients({}, options))).message).not.toContain("tok-forwarded");
    },
  );

  test("the code of what fetch threw is redacted", async () => {
    const fetch = () => Promise.reject(Object.assign(new Error("failed"), { code: "E_s3cret" }));
    const error = await rejection(api(fetch, { accessToken: "s3cret" }).listOAuth2Clients());
    expect(error.code).toBe("E_[secret]");
    expect(shown(error)).not.toContain("s3cret");
  });

  test("a cause whose class has a getter is not kept if the getter returns a secret", async () => {
    class FetchError extends Error {
      get config() {
        return { authorization: "s3cret" };
      }
    }
    const error = await rejection(
      api(() => Promise.reject(new FetchError("x")), { accessToken: "s3cret" }).listOAuth2Clients(),
    );
    expect(error.cause).not.toBeInstanceOf(FetchError);
    expect(error.cause.message).toBe("x");
  });

  test.each(["err", "errWithCause"] as const)("pino shows none with its serializer %s", async (serializer) => {
    const lines: string[] = [];
    const write = (line: string) => void lines.push(line);
    const log = pino({ serializers: { err: pino.stdSerializers[serializer] } }, { write });
    // It holds the request, and its cause quotes it.
    const lost: Fetch = (_, init) => {
      const cause = Object.assign(new Error(`of ${new Headers(init.headers).get("authorization")}`), { init });
      return Promise.reject(Object.assign(new TypeError("fetch failed", { cause }), { request: init }));
    };
    const echo: Fetch = async (_, init) =>
      json({ error: "denied", error_description: `${init.body} ${[...new Headers(init.headers)]}` }, 401)();
    for (const fetch of [lost, echo]) {
      const configuration = new Configuration({ basePath, fetch, accessToken: "s3cret-key" });
      const oauth2 = new OAuth2Api(configuration);
      const oAuth2Client = { client_secret: "s3cret-client" };
      const error = await rejection(oauth2.createOAuth2Client({ oAuth2Client }));
      log.error(error);
      log.error({ err: error, error, oauth2, configuration }, "failed");
    }
    const shown = lines.join();
    expect(shown).toContain('"type":"NetworkError"');
    expect(shown).toMatch(/"type":"ResponseError".*\[secret\].*"status":401,"error":"denied"/);
    expect(shown).not.toContain("s3cret");
  });

  test("util.inspect shows none, whatever its options say", async () => {
    const store = new Map();
    const registration = { client_id: "a", registration_access_token: "s3cret-rat", client_secret: "s3cret-client" };
    const { fetch } = observe(json(registration, 201));
    const client = await DynamicClient.register(new OidcApi({ basePath, fetch }), {}, { store });
    const configuration = new Configuration({
      basePath,
      accessToken: "s3cret-token",
      username: "u",
      password: "s3cret-pw",
    });
    const refused = async () => json({ error: "invalid", token: "s3cret-answer" }, 400)();
    const errors = [await rejection(api(refused).listOAuth2Clients())];
    for (const value of [client, configuration, new OAuth2Api(configuration), ...errors])
      expect(shown(value)).not.toContain("s3cret");
  });
});

const trap = () => {
  throw new Error("no");
};
const hostile = new Proxy({}, { get: trap, getPrototypeOf: trap });

describe("responses of somebody's own fetch function", () => {
  test.each<[string, object]>([
    ["no statusText", { status: 404, headers: new Headers(), text: async () => '{"error":"gone"}' }],
    ["headers as an object", { status: 404, headers: { "x-a": "1" }, text: async () => '{"error":"gone"}' }],
    ["no headers", { status: 404, text: async () => '{"error":"gone"}' }],
    ["no text", { status: 404, headers: new Headers(), text: async () => undefined }],
  ])("a 404 with %s remains a 404", async (_, response) => {
    const error = await rejection(api(async () => response as Response).getOAuth2Client({ id: "a" }));
    expect(isResponseError(error)).toBe(true);
    expect(error.status).toBe(404);
  });

  test.each([
    ["a symbol", Symbol("x")],
    ["a proxy", hostile],
    ["null", null],
  ])("throwing %s is a NetworkError", async (_, thrown) => {
    const fetch = () => Promise.reject(thrown);
    const client = { basePath: "http://127.0.0.1", clientId: "c", fetch };
    const calls = [
      api(fetch).listOAuth2Clients(),
      api(withRetry(fetch, { sleep: async () => {} })).listOAuth2Clients(),
      clientCredentials({ ...client, auth: clientSecretPost("secret") }),
      authorizationUrl({ issuer: "http://127.0.0.1", clientId: "c", redirectUri: "http://127.0.0.1/cb", fetch }),
    ];
    for (const call of calls) expect((await rejection(call)).name).toBe("NetworkError");
    const registration = DynamicClient.register(new OidcApi({ basePath, fetch }), {});
    expect((await rejection(registration)).name).toBe("RegistrationStateUnknownError");
  });
});

describe("a proxy whose traps throw", () => {
  test("is no error of this library", () => {
    const guards = Object.entries(sdk).filter(([name]) => /^is[A-Z]\w+Error$/.test(name)) as [string, any][];
    expect(guards.length).toBeGreaterThan(8);
    for (const [name, guard] of guards) expect(guard(hostile), name).toBe(false);
  });

  test.each(["before", "during"])(
    "as the reason of a signal that is aborted %s the call is an AbortError",
    async (time) => {
      const controller = new AbortController();
      if (time === "before") controller.abort(hostile);
      const call = rejection(api(() => new Promise(() => {}), { signal: controller.signal }).listOAuth2Clients());
      controller.abort(hostile);
      expect(await call).toMatchObject({ name: "AbortError", cause: expect.toSatisfy((cause) => cause === hostile) });
    },
  );

  test("ends the polling for a token when a client authentication throws it", async () => {
    const auth = () => Promise.reject(hostile);
    const options = { basePath: "http://127.0.0.1", clientId: "c", deviceCode: "d", interval: 0.001, auth };
    const isThrown = await pollDeviceToken(options).catch((error) => error === hostile);
    expect(isThrown).toBe(true);
  });
});

describe("input", () => {
  const jwk = { kty: "RSA", n: "n", e: "AQAB", d: "private" };
  test.each<[string, object]>([
    ["jwks", { jwks: { keys: [jwk] } }],
    ["JWKS", { JWKS: { keys: [jwk] } }],
    ["members in capitals", { jwks: { keys: [{ ...jwk, d: undefined, D: "private" }] } }],
    ["toJSON", { jwks: { toJSON: () => ({ keys: [jwk] }) } }],
    ["jw\u212as, which Go reads as jwks", { "jw\u212as": { keys: [jwk] } }],
    ["jwk\u017f, which Go reads as jwks", { "jwk\u017f": { keys: [jwk] } }],
    ["toJSON of the client", { toJSON: () => ({ jwks: { keys: [jwk] } }) }],
  ])("a private key in %s is rejected", async (_, oAuth2Client) => {
    const wire = observe();
    expect(await rejection(api(wire.fetch).createOAuth2Client({ oAuth2Client }))).toMatchObject({
      name: "InvalidInputError",
      field: "jwks",
    });
    expect(wire.seen).toEqual([]);
  });

  test("a private key of a patch is rejected, however jwks is spelled and whatever toJSON returns", async () => {
    const wire = observe();
    const value = { toJSON: () => ({ keys: [jwk] }) } as never;
    for (const path of ["/jwks", "/JWKS", "/jwk\u017f"]) {
      const call = api(wire.fetch).patchOAuth2Client({ id: "a", jsonPatch: [{ op: "add", path, value }] });
      expect(await rejection(call), path).toMatchObject({ name: "InvalidInputError", field: "jsonPatch[0]" });
    }
    expect(wire.seen).toEqual([]);
  });

  test("a body is checked before an access token is requested", async () => {
    let requested = 0;
    const accessToken = () => `token-${++requested}`;
    const create = (oAuth2Client: object) =>
      rejection(api(observe().fetch, { accessToken }).createOAuth2Client({ oAuth2Client }));
    expect(await create({ jwks: { keys: [jwk] } })).toMatchObject({ name: "InvalidInputError", field: "jwks" });
    expect(await create({ metadata: cyclic })).toMatchObject({ name: "InvalidInputError", field: "body" });
    expect(requested).toBe(0);
  });

  test("what may look like a key elsewhere in a client is sent", async () => {
    const wire = observe();
    const oAuth2Client = {
      client_name: '"jwks":',
      jwks_uri: "https://a.example/k",
      metadata: { jwks: { k: "public" } },
    };
    await api(wire.fetch).createOAuth2Client({ oAuth2Client });
    expect(JSON.parse(wire.only.body!)).toEqual(oAuth2Client);
  });

  test("what is checked is what is sent, though toJSON changes its mind", async () => {
    const wire = observe();
    let calls = 0;
    const oAuth2Client = { jwks: { toJSON: () => ({ keys: calls++ ? [jwk] : [] }) } };
    await api(wire.fetch).createOAuth2Client({ oAuth2Client: oAuth2Client as object });
    expect(wire.only.body).toBe('{"jwks":{"keys":[]}}');
  });

  const cyclic: Record<string, unknown> = {};
  cyclic["keys"] = [cyclic];
  const throwing = {
    get id(): string {
      throw new Error("s3cret");
    },
  };
  test.each<[string, (oauth2: OAuth2Api) => Promise<unknown>]>([
    ["cyclic jwks", (oauth2) => oauth2.createOAuth2Client({ oAuth2Client: { jwks: cyclic as never } })],
    ["a getter that throws", (oauth2) => oauth2.getOAuth2Client(throwing)],
    ["headers: [null]", (oauth2) => oauth2.listOAuth2Clients({}, { headers: [null] as never })],
    ["headers: text", (oauth2) => oauth2.listOAuth2Clients({}, { headers: "a: b" as never })],
  ])("%s is an InvalidInputError", async (_, call) => {
    const wire = observe();
    const error = await rejection(call(api(wire.fetch)));
    expect(error.name).toBe("InvalidInputError");
    expect(error.message).not.toContain("s3cret");
    expect(wire.seen).toEqual([]);
  });

  test("headers may be named constructor and __proto__", async () => {
    const wire = observe();
    const headers = JSON.parse('{"constructor":"a","__proto__":"b","toString":"c"}');
    await api(wire.fetch).listOAuth2Clients({}, { headers });
    const sent = new Map(Object.entries(wire.only.headers));
    expect([sent.get("constructor"), sent.get("__proto__"), sent.get("tostring")]).toEqual(["a", "b", "c"]);
  });

  test("an ID whose path a server would resolve to something else is rejected", async () => {
    const wire = observe();
    for (const id of ["v/", "/v", "a//b", "a/../b", "a/.", "..", ".", ""]) {
      expect(await rejection(api(wire.fetch).deleteOAuth2Client({ id })), id).toMatchObject({ field: "id" });
      const jwks = new JwkApi({ basePath, fetch: wire.fetch });
      expect(await rejection(jwks.deleteJsonWebKey({ set: "s", kid: id })), id).toMatchObject({ field: "kid" });
    }
    expect(wire.seen).toEqual([]);
  });

  test.each([undefined, {}, { keys: undefined }])(
    "setJsonWebKeySet with %j, which would empty the set, is rejected",
    async (jsonWebKeySet) => {
      const wire = observe();
      const jwks = new JwkApi({ basePath, fetch: wire.fetch });
      expect(await rejection(jwks.setJsonWebKeySet({ set: "s", jsonWebKeySet: jsonWebKeySet as never }))).toMatchObject(
        {
          name: "InvalidInputError",
          field: "jsonWebKeySet",
        },
      );
      expect(wire.seen).toEqual([]);
    },
  );
});

describe("options that would be ignored", () => {
  test.each<[string, () => unknown]>([
    ["axios", () => new OAuth2Api({ basePath }, undefined, ...([{}] as never[]))],
    ["httpsAgent", () => new Configuration({ basePath, baseOptions: { httpsAgent: {} } as never })],
    ["proxy", () => new Configuration({ basePath, baseOptions: { proxy: false } as never })],
    ["middleware", () => new Configuration({ basePath, middleware: [] } as never)],
    ["headers", () => new Configuration({ basePath, headers: { a: "b" } } as never)],
    ["adminBasepath", () => new Configuration({ basePath, adminBasepath: "http://127.0.0.1:4445" } as never)],
  ])("%s is rejected by name", (field, create) => {
    expect(create).toThrow(expect.objectContaining({ name: "InvalidInputError", field }));
  });

  test("an unknown option of a call is rejected", async () => {
    const wire = observe();
    expect(await rejection(api(wire.fetch).listOAuth2Clients({}, { maxRedirects: 0 } as never))).toMatchObject({
      name: "InvalidInputError",
      field: "maxRedirects",
    });
    expect(wire.seen).toEqual([]);
  });
});

test("a response with as many strings as the request has secrets is withheld rather than redacted for minutes", async () => {
  const metadata = Object.fromEntries(
    Array.from({ length: 5_000 }, (_, index) => [`name-${index}`, `s3cret-${index}`]),
  );
  const error = await rejection(
    api(async () => json({ error: "invalid", metadata }, 400)()).createOAuth2Client({ oAuth2Client: { metadata } }),
  );
  expect(error).toMatchObject({ name: "ResponseError", status: 400 });
  expect(JSON.stringify(error.response.data)).toContain("[withheld]");
  expect(shown(error) + JSON.stringify(error.response.data)).not.toContain("s3cret");
});

test.each([
  ["a form", "access_token=s3cret&token_type=bearer", "application/x-www-form-urlencoded"],
  ["YAML", "access_token: s3cret", "application/yaml"],
  ["XML", "<access_token>s3cret</access_token>", "application/xml"],
  ["truncated JSON", '{"access_token":"s3cret', "application/json"],
])("a token in %s with 200 is not quoted", async (_, body, type) => {
  const fetch = async () => new Response(body, { headers: { "content-type": type } });
  const token = { basePath: "http://127.0.0.1", clientId: "c", auth: clientSecretPost("secret"), fetch };
  for (const call of [api(fetch).oauth2TokenExchange({ grantType: "client_credentials" }), clientCredentials(token)]) {
    const error = await rejection(call);
    expect(error.name).toBe("InvalidResponseError");
    expect(shown(error)).not.toContain("s3cret");
  }
});

describe("copies of a configuration", () => {
  const secrets = { accessToken: "s3cret", password: "s3cret-p", username: "u" };
  test("spreading keeps token, password, fetch and signal, and shows none of them", async () => {
    const wire = observe();
    const { signal } = new AbortController();
    const original = new Configuration({ basePath, ...secrets, fetch: wire.fetch, signal });
    const spread = { ...original, timeout: 5 };
    const copy = new Configuration(spread);
    expect([copy.accessToken, copy.password, copy.fetch, copy.signal, copy.timeout]).toEqual([
      "s3cret",
      "s3cret-p",
      wire.fetch,
      signal,
      5,
    ]);
    expect(shown(spread)).not.toContain("s3cret");
    await new OAuth2Api({ ...original }).listOAuth2Clients();
    expect(wire.only.headers["authorization"]).toBe("Bearer s3cret");
  });

  test("with() changes a copy", () => {
    const original = new Configuration({ basePath, ...secrets });
    const copy = original.with({ basePath: "http://other.example", accessToken: undefined });
    expect([copy.basePath, copy.accessToken, copy.password]).toEqual(["http://other.example", undefined, "s3cret-p"]);
    expect(original.basePath).toBe(basePath);
    expect(() => original.with({ timeout: -1 })).toThrow("timeout");
  });
});

test("methods work without their object", async () => {
  const wire = observe(json([]));
  const { listOAuth2Clients } = api(wire.fetch);
  await listOAuth2Clients();
  expect(wire.only.url.pathname).toBe("/admin/clients");
});

describe("404", () => {
  const call = (response: () => Response, more: ConfigurationParameters = {}) =>
    rejection(api(async () => response(), more).rotateOAuth2ClientSecret({ id: "a" }));

  test.each([
    ["JSON", json({ error: { code: 404, message: "Not Found", reason: "The requested route does not exist." } }, 404)],
    ["text", () => new Response("404 page not found\n", { status: 404 })],
  ])(
    "of a missing route (%s) says which address to look at, and since when there is the operation",
    async (_, response) => {
      expect((await call(response)).message).toContain("is adminBasePath missing, and is Hydra later than 26.2");
      expect((await call(response, { adminBasePath: "http://a.example" })).message).toContain(
        "is adminBasePath the admin",
      );
    },
  );

  test("of an operation that all versions have says only which address to look at", async () => {
    const missing = json({ error: { message: "Not Found", reason: "The requested route does not exist." } }, 404);
    const error = await rejection(api(async () => missing()).getOAuth2Client({ id: "a" }));
    expect(error.message).toMatch(/is adminBasePath missing\?\)$/);
  });

  test("of a missing client says only that", async () => {
    const error = await call(json({ error: "Unable to locate the resource", error_description: "" }, 404));
    expect(error.message).toBe("POST /admin/clients/a/secrets/rotate: 404 Unable to locate the resource");
  });

  test("keeps the reason of the server", async () => {
    const error = await call(json({ error: { message: "Not Found", reason: "No such route." } }, 404));
    expect([error.error, error.errorDescription]).toEqual(["Not Found", "No such route."]);
  });
});

test("a dropped connection on a page token says what it may be", async () => {
  const fetch = () => Promise.reject(new TypeError("fetch failed"));
  for (const call of [
    api(fetch).listOAuth2Clients({ pageToken: "x" }),
    api(fetch).listOAuth2ConsentSessions({ subject: "a", pageToken: "x" }),
    api(fetch).listTrustedOAuth2JwtGrantIssuers({ pageToken: "x" }),
  ]) {
    expect((await rejection(call)).message).toContain("invalid page token");
  }
  expect((await rejection(api(fetch).listOAuth2Clients())).message).not.toContain("page token");
});

test("every request asks not to be answered from a cache", async () => {
  const wire = observe(json({ access_token: "t", token_type: "bearer" }));
  await api(wire.fetch).introspectOAuth2Token({ token: "t" });
  await clientCredentials({
    basePath: "http://127.0.0.1",
    clientId: "c",
    auth: clientSecretPost("secret"),
    fetch: wire.fetch,
  });
  expect(wire.seen.map(({ cache }) => cache)).toEqual(["no-store", "no-store"]);
});
