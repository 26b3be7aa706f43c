import { afterEach, describe, expect, test, vi } from "vitest";
import { type ConfigurationParameters, OAuth2Api, OidcApi } from "../../src/index.ts";
import { json, observe, rejection } from "../support/observe.ts";

function setUp(more: ConfigurationParameters = {}) {
  const wire = observe(json({}));
  const parameters = { basePath: "http://h.example", fetch: wire.fetch, ...more };
  return {
    wire,
    oauth2: new OAuth2Api(parameters),
    oidc: new OidcApi(parameters),
    sent: () => wire.only.headers["authorization"],
  };
}

describe("accessToken", () => {
  test.each([
    ["a string", "t"],
    ["a string with a trailing newline, as in files", "t\n"],
    ["a promise", Promise.resolve("t")],
    ["a function", () => "t"],
    ["an async function", async () => "t"],
  ])("%s", async (_, accessToken) => {
    const { oauth2, sent } = setUp({ accessToken });
    await oauth2.listOAuth2Clients();
    expect(sent()).toBe("Bearer t");
  });

  test("calls a function for each request", async () => {
    let count = 0;
    const { oauth2, wire } = setUp({ accessToken: () => `t${++count}` });
    await oauth2.listOAuth2Clients();
    await oauth2.listOAuth2Clients();
    expect(wire.seen.map((request) => request.headers["authorization"])).toEqual(["Bearer t1", "Bearer t2"]);
  });

  test.each([[undefined], [async () => undefined as unknown as string]])(
    "sends no Authorization header without a token",
    async (accessToken) => {
      const { oauth2, wire } = setUp({ accessToken });
      await oauth2.listOAuth2Clients();
      expect("authorization" in wire.only.headers).toBe(false);
    },
  );

  test.each([[""], ["  "], [() => ""], [Promise.resolve(" ")]])("rejects the empty token %j", async (accessToken) => {
    const wire = observe(json({}));
    const call = async () =>
      new OAuth2Api({ basePath: "http://h.example", fetch: wire.fetch, accessToken }).listOAuth2Clients();
    expect(await rejection(call())).toMatchObject({
      name: "InvalidInputError",
      field: "accessToken",
      message: expect.stringContaining("is empty"),
    });
    expect(wire.seen).toEqual([]);
  });

  test("rejects a value that is not a string without sending a request", async () => {
    const { oauth2, wire } = setUp({ accessToken: (() => ({ access_token: "t" })) as unknown as () => string });
    expect(await rejection(oauth2.listOAuth2Clients())).toMatchObject({
      name: "InvalidInputError",
      field: "accessToken",
    });
    expect(wire.seen).toEqual([]);
  });

  test("rejects a character that is invalid in a header without quoting the token", async () => {
    const { oauth2, wire } = setUp({ accessToken: "t\nx: y" });
    const error = await rejection(oauth2.listOAuth2Clients());
    expect(error).toMatchObject({ name: "InvalidInputError", field: "authorization" });
    expect(error.message).not.toContain("x: y");
    expect(wire.seen).toEqual([]);
  });

  test("rejects with the error of its function", async () => {
    const failure = new Error("the vault is closed");
    const { oauth2 } = setUp({ accessToken: () => Promise.reject(failure) });
    expect(await rejection(oauth2.listOAuth2Clients())).toBe(failure);
  });

  test("is never sent to the token, revocation, registration or discovery endpoints", async () => {
    const { oauth2, oidc, wire } = setUp({ accessToken: "t", baseOptions: { headers: { Authorization: "Bearer u" } } });
    await oauth2.oauth2TokenExchange({ grantType: "client_credentials" });
    await oauth2.revokeOAuth2Token({ token: "x" });
    await oidc.createOidcDynamicClient({ oAuth2Client: {} });
    await oidc.discoverOidcConfiguration();
    expect(wire.seen.map((request) => request.headers["authorization"])).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe("headers", () => {
  test("those of the call override those of the configuration, regardless of case", async () => {
    const { oauth2, wire } = setUp({
      accessToken: "t",
      baseOptions: { headers: { "X-One": "configured", "X-Two": "kept", "x-none": undefined } },
    });
    await oauth2.listOAuth2Clients(
      {},
      { headers: { "x-ONE": "called", AUTHORIZATION: "Bearer mine", accept: "text/plain" } },
    );
    expect(wire.only.headers).toEqual({
      accept: "text/plain",
      authorization: "Bearer mine",
      "user-agent": expect.stringMatching(/^hydra-sdk/),
      "x-one": "called",
      "x-two": "kept",
    });
  });

  describe("user-agent", () => {
    afterEach(() => {
      vi.unstubAllGlobals();
    });
    const sent = async (headers = {}) => {
      const { oauth2, wire } = setUp();
      await oauth2.listOAuth2Clients({}, { headers });
      return wire.only.headers["user-agent"];
    };

    test("names the library in Node, unless the caller names itself", async () => {
      expect(await sent()).toMatch(/^hydra-sdk/);
      expect(await sent({ "User-Agent": "shop/1.0" })).toBe("shop/1.0");
    });

    test.each([
      ["a browser", { process: undefined, document: {} }],
      ["a page of Electron", { document: {} }],
      ["a page whose bundler imitates Node", { process: { env: {}, versions: {} } }],
      ["a Worker that is compatible with Node", { navigator: { userAgent: "Cloudflare-Workers" } }],
    ])("is not sent in %s", async (_, globals) => {
      for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
      const userAgent = await sent();
      vi.unstubAllGlobals();
      expect(userAgent).toBeUndefined();
    });
  });

  test.each([[new Headers({ "x-a": "1" })], [[["X-A", "1"]] as [string, string][]], [{ "X-A": 1 }]])(
    "as %o",
    async (headers) => {
      const { oauth2, wire } = setUp();
      await oauth2.listOAuth2Clients({}, { headers });
      expect(wire.only.headers["x-a"]).toBe("1");
    },
  );

  test("Authorization of the configuration overrides accessToken", async () => {
    const { oauth2, sent } = setUp({ accessToken: "t", baseOptions: { headers: { Authorization: "Bearer header" } } });
    await oauth2.listOAuth2Clients();
    expect(sent()).toBe("Bearer header");
  });
});

describe("Basic", () => {
  test("form-encodes client ID and secret (RFC 6749, section 2.3.1)", async () => {
    const { oauth2, sent } = setUp({ username: "a:b ä", password: "p+%&=/ \u{1f511}" });
    await oauth2.oauth2TokenExchange({ grantType: "client_credentials" });
    expect(atob(sent()!.slice(6))).toBe("a%3Ab+%C3%A4:p%2B%25%26%3D%2F+%F0%9F%94%91");
  });

  test("is not sent if the form contains a client_secret or an assertion", async () => {
    const { oauth2, wire } = setUp({ username: "u", password: "p" });
    await oauth2.oauth2TokenExchange({ grantType: "client_credentials", clientId: "u", clientSecret: "q" });
    await oauth2.revokeOAuth2Token({ token: "t", clientAssertion: "a", clientAssertionType: "jwt" });
    expect(wire.seen.map((request) => request.headers["authorization"])).toEqual([undefined, undefined]);
  });

  test.each(["", undefined])("is not sent if the username is %j", async (username) => {
    const { oauth2, sent } = setUp({ username });
    await oauth2.oauth2TokenExchange({ grantType: "client_credentials" });
    expect(sent()).toBeUndefined();
  });

  test("is sent if clientSecret is empty", async () => {
    const { oauth2, wire, sent } = setUp({ username: "u", password: "p" });
    await oauth2.oauth2TokenExchange({ grantType: "client_credentials", clientSecret: "" });
    expect(sent()).toMatch(/^Basic /);
    expect(wire.only.body).toBe("grant_type=client_credentials");
  });

  test("sends the Basic header of the configuration", async () => {
    const { oauth2, sent } = setUp({ baseOptions: { headers: { authorization: "Basic abc" } } });
    await oauth2.revokeOAuth2Token({ token: "t" });
    expect(sent()).toBe("Basic abc");
  });
});

describe("a registration call uses the first of", () => {
  const client = { client_name: "x", registration_access_token: "inside" };
  const configured = { accessToken: "access", baseOptions: { headers: { Authorization: "Bearer configured" } } };

  test("its own Authorization header", async () => {
    const { oidc, sent } = setUp(configured);
    await oidc.setOidcDynamicClient(
      { id: "a", oAuth2Client: client, registrationAccessToken: "parameter" },
      { headers: { authorization: "Bearer own" } },
    );
    expect(sent()).toBe("Bearer own");
  });

  test("registrationAccessToken", async () => {
    const { oidc, sent } = setUp(configured);
    await oidc.setOidcDynamicClient({ id: "a", oAuth2Client: client, registrationAccessToken: "parameter" });
    expect(sent()).toBe("Bearer parameter");
  });

  test("the token inside the client", async () => {
    const { oidc, sent } = setUp(configured);
    await oidc.setOidcDynamicClient({ id: "a", oAuth2Client: client });
    expect(sent()).toBe("Bearer inside");
  });

  test("the configuration's Authorization header", async () => {
    const { oidc, sent } = setUp(configured);
    await oidc.getOidcDynamicClient({ id: "a", registrationAccessToken: "" });
    expect(sent()).toBe("Bearer configured");
  });

  test("accessToken", async () => {
    const { oidc, sent } = setUp({ accessToken: "access" });
    await oidc.deleteOidcDynamicClient({ id: "a" });
    expect(sent()).toBe("Bearer access");
  });
});

describe("setOidcDynamicClient", () => {
  const registered = {
    client_id: "a",
    client_name: "x",
    client_secret: "shown once",
    client_secret_expires_at: 0,
    created_at: "2026-01-01T00:00:00Z",
    updated_at: "2026-01-01T00:00:00Z",
    metadata: {},
    registration_access_token: "inside",
    registration_client_uri: "http://h.example/oauth2/register/a",
  };

  test("accepts a response of the server", async () => {
    const { oidc, wire } = setUp();
    await oidc.setOidcDynamicClient({ id: "a", oAuth2Client: { ...registered, client_name: "y" } });
    expect(JSON.parse(wire.only.body!)).toEqual({
      client_id: "a",
      client_name: "y",
      registration_client_uri: registered.registration_client_uri,
    });
    expect(registered.client_secret).toBe("shown once");
  });

  test("sends metadata that is not empty, so that the server rejects it", async () => {
    const { oidc, wire } = setUp();
    await oidc.setOidcDynamicClient({ id: "a", oAuth2Client: { ...registered, metadata: { a: 1 } } });
    expect(JSON.parse(wire.only.body!)).toHaveProperty("metadata", { a: 1 });
  });

  test("omits no fields of a client that is not a response", async () => {
    const { oidc, wire } = setUp();
    const { registration_access_token, ...own } = registered;
    await oidc.setOidcDynamicClient({ id: "a", oAuth2Client: own, registrationAccessToken: "t" });
    expect(JSON.parse(wire.only.body!)).toEqual(own);
  });
});
