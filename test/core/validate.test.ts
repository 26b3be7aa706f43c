import { describe, expect, test } from "vitest";
import { JwkApi, OAuth2Api, OidcApi } from "../../src/index.ts";
import { json, observe, rejection } from "../support/observe.ts";

function setUp() {
  const wire = observe(json({}));
  const parameters = { basePath: "http://h.example", fetch: wire.fetch };
  return { wire, oauth2: new OAuth2Api(parameters), oidc: new OidcApi(parameters), jwk: new JwkApi(parameters) };
}

describe("path parameters", () => {
  test.each(["", ".", ".."])("rejects %j, with which deleteJsonWebKey would delete the entire set", async (kid) => {
    const { jwk, wire } = setUp();
    expect(await rejection(jwk.deleteJsonWebKey({ set: "s", kid }))).toMatchObject({
      name: "InvalidInputError",
      field: "kid",
    });
    expect(await rejection(jwk.deleteJsonWebKeySet({ set: kid }))).toMatchObject({
      name: "InvalidInputError",
      field: "set",
    });
    expect(wire.seen).toEqual([]);
  });

  test.each(["a/b", "a%2Fb", "a b+c", "ä", "\u{1f511}", "...", "?x=1#y", "\\..\\", "a.", "%2e%2e", "a\nb"])(
    "encodes %j as one path segment",
    async (id) => {
      const { oauth2, wire } = setUp();
      await oauth2.getOAuth2Client({ id });
      const [, , , segment, ...rest] = wire.only.url.pathname.split("/");
      expect(decodeURIComponent(segment!)).toBe(id);
      expect(rest).toEqual([]);
      expect(wire.only.url.search).toBe("");
    },
  );

  test.each([7, {}, ["a"], "\ud800"])("rejects %j", async (id) => {
    const { oauth2, wire } = setUp();
    expect(await rejection(oauth2.getOAuth2Client({ id: id as string }))).toMatchObject({
      name: "InvalidInputError",
      field: "id",
    });
    expect(wire.seen).toEqual([]);
  });
});

describe("parameters", () => {
  test("omits undefined and null from query and form", async () => {
    const { oauth2, wire } = setUp();
    await oauth2.listOAuth2Clients({ owner: undefined, clientName: null as unknown as string, pageSize: 0 });
    await oauth2.introspectOAuth2Token({ token: "t", scope: undefined });
    expect(wire.seen[0]!.url.search).toBe("?page_size=0");
    expect(wire.seen[1]!.body).toBe("token=t");
  });

  test("adds options.params to the query of the operation", async () => {
    const { oauth2, wire } = setUp();
    await oauth2.listOAuth2Clients({ owner: "me" }, { params: { page_size: 3, other: undefined, "a b": "c&d" } });
    await oauth2.listOAuth2Clients({}, { params: new URLSearchParams("x=1&x=2") });
    await oauth2.listOAuth2Clients({}, { params: { resource: ["a", "b"] } });
    await oauth2.listOAuth2Clients({}, { params: { none: undefined } });
    expect(wire.seen.map((request) => request.url.href.replace(/^[^?]*/, ""))).toEqual([
      "?owner=me&page_size=3&a+b=c%26d",
      "?x=1&x=2",
      "?resource=a&resource=b",
      "",
    ]);
  });

  test("joins the values of a repeated header", async () => {
    const { oauth2, wire } = setUp();
    const listed = { "Accept-Language": ["de", "en"] } as unknown as Record<string, string>;
    await oauth2.listOAuth2Clients({}, { headers: listed });
    await oauth2.listOAuth2Clients(
      {},
      {
        headers: [
          ["x-a", "1"],
          ["X-A", "2"],
        ],
      },
    );
    expect(wire.seen.map(({ headers }) => headers["accept-language"] ?? headers["x-a"])).toEqual(["de, en", "1, 2"]);
  });

  test.each([
    ["client_id=a&scope=b"],
    [new URLSearchParams({ client_id: "a", scope: "b" })],
    [{ client_id: "a", scope: "b" }],
  ])("oAuth2DeviceFlow accepts its form as %o", async (data) => {
    const { oauth2, wire } = setUp();
    await oauth2.oAuth2DeviceFlow({ data });
    expect(wire.only.body).toBe("client_id=a&scope=b");
    expect(wire.only.headers["content-type"]).toBe("application/x-www-form-urlencoded");
  });

  test("rejects a body that is not JSON", async () => {
    const { oauth2, wire } = setUp();
    const metadata: Record<string, unknown> = {};
    metadata["self"] = metadata;
    expect(await rejection(oauth2.createOAuth2Client({ oAuth2Client: { metadata } }))).toMatchObject({
      name: "InvalidInputError",
    });
    expect(wire.seen).toEqual([]);
  });

  test("treats null as undefined for options, headers and optional values of a configuration", async () => {
    const { oauth2, oidc, wire } = setUp();
    await oauth2.listOAuth2Clients({}, null as never);
    await oauth2.listOAuth2Clients({}, { headers: null as never });
    await rejection(oauth2.oAuth2Authorize(null as never));
    await rejection(oidc.revokeOidcSession(null as never));
    expect(wire.seen).toHaveLength(4);
    expect(() => new OAuth2Api(null as never)).toThrow(expect.objectContaining({ name: "RequiredError" }));
  });

  test.each([{ "a b": "c" }, { "": "c" }, { "x-a": "\u0001" }])(
    "rejects headers that cannot be sent: %j",
    async (headers) => {
      const { oauth2, wire } = setUp();
      expect(await rejection(oauth2.listOAuth2Clients({}, { headers }))).toMatchObject({ name: "InvalidInputError" });
      expect(wire.seen).toEqual([]);
    },
  );

  test("sends {} for a missing optional body", async () => {
    const { oauth2, wire } = setUp();
    await oauth2.setOAuth2ClientLifespans({ id: "a" });
    expect(wire.only.body).toBe("{}");
  });
});

describe("JSON Patch", () => {
  const patch = async (jsonPatch: unknown) => {
    const { oauth2, wire } = setUp();
    const error = await rejection(oauth2.patchOAuth2Client({ id: "a", jsonPatch: jsonPatch as [] })).catch(
      () => undefined,
    );
    return { error, body: wire.seen[0] && JSON.parse(wire.only.body!) };
  };

  test("adds a missing leading slash to a path without modifying the caller's list", async () => {
    const jsonPatch = [
      { op: "replace", path: "owner", value: "x" },
      { op: "add", path: "/metadata/a~1b", value: null },
      { op: "remove", path: "redirect_uris/0" },
    ];
    const { body } = await patch(jsonPatch);
    expect(body.map((entry: { path: string }) => entry.path)).toEqual(["/owner", "/metadata/a~1b", "/redirect_uris/0"]);
    expect(jsonPatch[0]!.path).toBe("owner");
  });

  test("sends an empty list", async () => {
    expect((await patch([])).body).toEqual([]);
  });

  test.each([
    [{ op: "replace", path: "/owner", value: "x" }, "must be a list"],
    [
      [{ op: "test", path: "/owner", value: "x" }],
      "jsonPatch[0] must add, remove or replace; updateOAuth2Client also applies move, copy and test",
    ],
    [
      [
        { op: "add", path: "/owner", value: "x" },
        { op: "move", from: "/owner", path: "/a" },
      ],
      "jsonPatch[1] must add, remove or replace",
    ],
    [[{ path: "/owner", value: "x" }], "jsonPatch[0] must add, remove or replace"],
    [[null], "jsonPatch[0] "],
    [[{ op: "add", value: "x" }], "must have a path such as"],
    [[{ op: "add", path: "/a~2", value: "x" }], "must have a path such as"],
    [[{ op: "add", path: "/a~", value: "x" }], "must have a path such as"],
    [[{ op: "replace", path: "", value: {} }], "must name a field that can change"],
    [[{ op: "replace", path: "/Client_ID", value: "x" }], "must name a field that can change"],
    [[{ op: "replace", path: "/client_id", value: "x" }], "must name a field that can change"],
    [[{ op: "replace", path: "id", value: "x" }], "must name a field that can change"],
    [[{ op: "replace", path: "/owner" }], "must have a value"],
    [[{ op: "add", path: "/jwks", value: { keys: [{ kty: "EC", d: "x" }] } }], "contains a private key"],
    [[{ op: "add", path: "/jwks/keys/-", value: { kty: "oct", k: "x" } }], "contains a private key"],
    [[{ op: "add", path: "/jwks/keys/0/d", value: "x" }], "contains a private key"],
  ])("rejects %j", async (jsonPatch, why) => {
    const { error, body } = await patch(jsonPatch);
    expect(error).toMatchObject({ name: "InvalidInputError", message: expect.stringContaining(why) });
    expect(body).toBeUndefined();
  });
});

describe("private keys", () => {
  const keys = [{ kty: "RSA", kid: "k", alg: "RS256", use: "sig", n: "n", e: "AQAB", d: "s3cret" }];
  const { jwks, jwk } = { jwks: { keys }, jwk: keys[0]! };

  test.each([
    ["createOAuth2Client", { oAuth2Client: { jwks } }],
    ["setOAuth2Client", { id: "a", oAuth2Client: { jwks } }],
    ["createOidcDynamicClient", { oAuth2Client: { jwks } }],
    ["setOidcDynamicClient", { id: "a", oAuth2Client: { jwks, registration_access_token: "t" } }],
    ["trustOAuth2JwtGrantIssuer", { trustOAuth2JwtGrantIssuer: { issuer: "i", scope: [], jwk, expires_at: "" } }],
  ])("%s rejects them", async (method, parameters) => {
    const { oauth2, oidc, wire } = setUp();
    const api: any = method in oauth2 ? oauth2 : oidc;
    const error = await rejection(api[method](parameters));
    expect(error).toMatchObject({ name: "InvalidInputError", field: expect.stringMatching(/^jwks?$/) });
    expect(error.message).not.toContain("s3cret");
    expect(wire.seen).toEqual([]);
  });

  test.each(["d", "p", "q", "dp", "dq", "qi", "k"])("a key with the member %s is private", async (member) => {
    const { oauth2 } = setUp();
    const jwks = { keys: [{ kty: "RSA", [member]: "x" }] } as never;
    expect(await rejection(oauth2.createOAuth2Client({ oAuth2Client: { jwks } }))).toMatchObject({ field: "jwks" });
  });

  test("accepts a public key whose private members are undefined or missing", async () => {
    const { oauth2, wire } = setUp();
    const jwks = {
      keys: [
        { ...jwk, d: undefined },
        { kty: "EC" as const, kid: "e", crv: "P-256", x: "x", y: "y" },
      ],
    };
    await oauth2.createOAuth2Client({ oAuth2Client: { jwks } });
    expect(JSON.parse(wire.only.body!).jwks.keys).toHaveLength(2);
  });

  test("JwkApi accepts them", async () => {
    const { jwk: api, wire } = setUp();
    await api.setJsonWebKeySet({ set: "s", jsonWebKeySet: { keys } });
    expect(JSON.parse(wire.only.body!)).toEqual({ keys });
  });
});
