import { inspect } from "node:util";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import {
  diffOAuth2Client,
  isHydraError,
  isUpdateConflictError,
  type JsonPatch,
  type JsonWebKey,
  OAuth2Api,
  type OAuth2Client,
  updateOAuth2Client,
} from "../../src/index.ts";
import { createMockHydra } from "../../src/mock/index.ts";
import { rejection } from "../support/observe.ts";

const publicKey = { kty: "OKP", kid: "a", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" };

function setUp(client: OAuth2Client = {}) {
  const hydra = createMockHydra();
  const { publicUrl: basePath, adminUrl: adminBasePath, fetch } = hydra;
  const api = new OAuth2Api({ basePath, adminBasePath, fetch });
  const { client_id: id } = hydra.addClient(client);
  return {
    hydra,
    api,
    id,
    get sent() {
      return hydra.requests.map(({ method }) => method);
    },
    /** The body of the only PATCH. */
    get patch() {
      const patches = hydra.requests.filter(({ method }) => method === "PATCH");
      expect(patches).toHaveLength(1);
      return patches[0]!.body;
    },
    write: (jsonPatch: JsonPatch[]) => api.patchOAuth2Client({ id, jsonPatch }),
  };
}

describe("diffOAuth2Client", () => {
  test.each<[string, OAuth2Client, OAuth2Client, JsonPatch[]]>([
    ["nothing", { owner: "a" }, { owner: "a" }, []],
    ["a string", { owner: "a" }, { owner: "b" }, [{ op: "replace", path: "/owner", value: "b" }]],
    ["a new field", {}, { tos_uri: "https://a" }, [{ op: "add", path: "/tos_uri", value: "https://a" }]],
    ["a removed field", { owner: "a" }, {}, [{ op: "replace", path: "/owner", value: "" }]],
    [
      "undefined instead of a value",
      { owner: "a" },
      { owner: undefined! },
      [{ op: "replace", path: "/owner", value: "" }],
    ],
    [
      "one member of metadata",
      { metadata: { a: { b: 1, c: 2 }, d: 3 } },
      { metadata: { a: { b: 1, c: 4 }, d: 3 } },
      [{ op: "replace", path: "/metadata/a/c", value: 4 }],
    ],
    [
      "escaped pointers",
      { metadata: { "a/b": 1, "c~d": 1, "~1": 1 } },
      { metadata: { "a/b": 2, "c~d": 2, "~1": 2 } },
      [
        { op: "replace", path: "/metadata/~01", value: 2 },
        { op: "replace", path: "/metadata/c~0d", value: 2 },
        { op: "replace", path: "/metadata/a~1b", value: 2 },
      ],
    ],
    [
      "an appended URI",
      { redirect_uris: ["https://a/1", "https://a/2"] },
      { redirect_uris: ["https://a/1", "https://a/2", "https://a/3"] },
      [{ op: "add", path: "/redirect_uris/2", value: "https://a/3" }],
    ],
    [
      "the first item of a list removed: replacing the list is shorter",
      { redirect_uris: ["https://a/1", "https://a/2", "https://a/3"] },
      { redirect_uris: ["https://a/2", "https://a/3"] },
      [{ op: "replace", path: "/redirect_uris", value: ["https://a/2", "https://a/3"] }],
    ],
    [
      "fields that the server sets are ignored",
      { client_id: "a", created_at: "1", updated_at: "1", registration_client_uri: "a" },
      { client_id: "b", created_at: "2", client_secret_expires_at: 1, registration_access_token: "b" },
      [],
    ],
    [
      "fields that the server returns only once are ignored",
      { client_secret_expires_at: 1, registration_access_token: "a", registration_client_uri: "a" },
      {},
      [],
    ],
    ["the response to a creation compared with a read", { client_secret: "s", contacts: null }, { contacts: [] }, []],
    ["the same secret", { client_secret: "secret" }, { client_secret: "secret" }, []],
    ["another secret", {}, { client_secret: "secret" }, [{ op: "add", path: "/client_secret", value: "secret" }]],
    ["an empty field counts as absent", { owner: "", jwks: {}, audience: [] }, { skip_logout_consent: null }, []],
    ["empty metadata counts as absent", { metadata: {} }, {}, []],
    ["metadata that is null counts as absent", { metadata: null! }, {}, []],
    [
      "metadata that becomes null",
      { metadata: { a: 1 } },
      { metadata: null! },
      [{ op: "replace", path: "/metadata", value: {} }],
    ],
    [
      "a member instead of null: Hydra would add it to a list",
      { metadata: null! },
      { metadata: { 0: "a" } },
      [{ op: "add", path: "/metadata", value: { 0: "a" } }],
    ],
    [
      "a default counts as absent",
      { scope: "openid offline_access", skip_consent: false },
      {
        token_endpoint_auth_method: "client_secret_basic",
        userinfo_signed_response_alg: "none",
      },
      [],
    ],
    [
      "a default replaces another value",
      { subject_type: "pairwise", skip_logout_consent: null! },
      { subject_type: "public", skip_logout_consent: false },
      [
        { op: "replace", path: "/subject_type", value: "public" },
        { op: "add", path: "/skip_logout_consent", value: false },
      ],
    ],
    [
      "all members of metadata removed",
      { metadata: { a: 1, b: 2, c: 3 } },
      { metadata: {} },
      [{ op: "replace", path: "/metadata", value: {} }],
    ],
    [
      "all members of an object in metadata removed",
      { metadata: { a: { b: 1, c: 2, d: 3 }, e: 1 } },
      { metadata: { a: {}, e: 1 } },
      [{ op: "replace", path: "/metadata/a", value: {} }],
    ],
    [
      "names of members of Object.prototype",
      { metadata: { toString: 1 } },
      { metadata: { constructor: [1], valueOf: {} } },
      [
        { op: "remove", path: "/metadata/toString" },
        { op: "add", path: "/metadata/constructor", value: [1] },
        { op: "add", path: "/metadata/valueOf", value: {} },
      ],
    ],
    [
      "a member of an object with an empty name, which no path of Hydra can lead to",
      { metadata: { "": { a: 1, b: 1 } } },
      { metadata: { "": { a: 2, b: 1 } } },
      [{ op: "replace", path: "/metadata/", value: { a: 2, b: 1 } }],
    ],
    [
      "a member that this library does not know is compared if both have it",
      { future: 1, past: 1 } as OAuth2Client,
      { future: 2, other: 1 } as OAuth2Client,
      [{ op: "replace", path: "/future", value: 2 }],
    ],
    [
      "an empty string in metadata does not count as absent",
      { metadata: { a: "" } },
      { metadata: {} },
      [{ op: "remove", path: "/metadata/a" }],
    ],
  ])("%s", async (_, before, after, patch) => {
    expect(await diffOAuth2Client(before, after)).toEqual(patch);
  });

  test.each<[string, OAuth2Client, OAuth2Client]>([
    ...Object.entries({
      "90m": "1h30m0s",
      "1h": "1h0m0s",
      "+1h": "1h0m0s",
      "-90m": "-1h30m0s",
      "1h1h": "2h0m0s",
      "007m": "7m0s",
      "0": "0s",
      "0h": "0s",
      "0.1s": "100ms",
      "1500us": "1.5ms",
      "1.5\u03bcs": "1.5\u00b5s",
      "59.50ns": "59ns",
      ".5ns": "0s",
      "1.000000001m": "1m0.00000006s",
      "1.0000000001h": "1h0m0.00000036s",
      "2562047h47m16.854775807s": "2562047h47m16.854775807s",
    }).map(([wanted, stored]): [string, OAuth2Client, OAuth2Client] => [
      `the lifespan ${wanted}`,
      { implicit_grant_id_token_lifespan: stored },
      { implicit_grant_id_token_lifespan: wanted },
    ]),
    ...Object.entries({
      "https://app.example.com/": "https://app.example.com",
      "HTTPS://App.example.com": "https://App.example.com",
      "http://localhost:3000//": "http://localhost:3000",
      "https://a.example/%2F/?#": "https://a.example?",
      "https://b\u00fccher.example/": "https://b%C3%BCcher.example",
    }).map(([wanted, stored]): [string, OAuth2Client, OAuth2Client] => [
      `the origin ${wanted}`,
      { allowed_cors_origins: [stored] },
      { allowed_cors_origins: [wanted] },
    ]),
    ["the strategy JWT", { access_token_strategy: "jwt" }, { access_token_strategy: "JWT" }],
    [
      "a key of WebCrypto",
      { jwks: { keys: [{ kty: "OKP", kid: "a", crv: "Ed25519", x: "AQAB" }] } },
      {
        jwks: {
          keys: [{ kty: "OKP", kid: "a", crv: "Ed25519", x: "AQAB", ext: true, key_ops: ["verify"] } as JsonWebKey],
        },
      },
    ],
    [
      "an exponent with leading zeros",
      { jwks: { keys: [{ kty: "RSA", kid: "a", n: "sAEC", e: "AQAB" }] } },
      { jwks: { keys: [{ kty: "RSA", kid: "a", n: "ALABAg", e: "AAEAAQ==" }] } },
    ],
    ["half of a surrogate pair", { owner: "a\ufffd\\ud83d" }, { owner: "a\ud83d\\ud83d" }],
    ["a member that Hydra does not know", {}, { application_type: "web" } as OAuth2Client],
    ["a scope that is omitted, whatever the server's default is", { scope: "offline_access offline openid" }, {}],
    ["a subject type that is omitted", { subject_type: "pairwise" }, { subject_type: "" }],
  ])("is empty for another form of the value that Hydra returns: %s", async (_, returned, wish) => {
    expect(await diffOAuth2Client(returned, wish)).toEqual([]);
  });

  test("reports a lifespan, an origin and a key that differ in any other way", async () => {
    const wish = {
      implicit_grant_id_token_lifespan: "90 m",
      allowed_cors_origins: ["https://a.example/path"],
      jwks: { keys: [{ kty: "unknown", kid: "a", ext: true } as JsonWebKey] },
    };
    expect((await diffOAuth2Client({}, wish)).map(({ value }) => value)).toEqual(Object.values(wish));
    const [key, other] = ["AQAB", "AQAC"].map((x) => ({
      jwks: { keys: [{ kty: "OKP", kid: "a", crv: "Ed25519", x }] },
    }));
    expect(await diffOAuth2Client(key!, other!)).toHaveLength(1);
  });

  describe("on Hydra 2.3, which ignores the removal of a field and has no device flow", () => {
    const lifespans = {
      authorization_code_grant_access_token_lifespan: null,
      client_credentials_grant_access_token_lifespan: "1h0m0s",
    };
    const stored: OAuth2Client = { client_id: "a", created_at: "2030-01-01T00:00:00Z", owner: "a", ...lifespans };

    test("is empty for a lifespan of the device flow", async () => {
      const wish = { ...stored, device_authorization_grant_access_token_lifespan: "5m" };
      expect(await diffOAuth2Client(stored, wish)).toEqual([]);
      expect(
        await diffOAuth2Client({ ...stored, device_authorization_grant_access_token_lifespan: null }, wish),
      ).toEqual([{ op: "add", path: "/device_authorization_grant_access_token_lifespan", value: "5m0s" }]);
    });

    test("rejects the reset of a lifespan, which no PATCH can do, and names the call that can", async () => {
      const wish = { client_credentials_grant_access_token_lifespan: null };
      expect(await rejection(diffOAuth2Client(stored, wish))).toMatchObject({
        name: "InvalidInputError",
        field: "after",
        message: expect.stringMatching(/client_credentials_grant_access_token_lifespan.*setOAuth2ClientLifespans/),
      });
      const newer = { ...stored, device_authorization_grant_access_token_lifespan: null };
      expect(await diffOAuth2Client(newer, { owner: "a" })).toEqual([
        { op: "replace", path: "/client_credentials_grant_access_token_lifespan", value: null },
      ]);
    });

    test("accepts null in metadata", async () => {
      const wish = { ...stored, metadata: { a_lifespan: null } };
      expect(await diffOAuth2Client({ ...stored, metadata: { a_lifespan: 1 } }, wish)).toEqual([
        { op: "replace", path: "/metadata/a_lifespan", value: null },
      ]);
    });
  });

  test("resets every field by a value, not by a removal", async () => {
    const { hydra, api } = setUp();
    const { client_id: id } = hydra.addClient({
      owner: "a",
      contacts: ["a"],
      jwks: { keys: [publicKey] },
      tos_uri: "https://a",
    });
    const jsonPatch = await diffOAuth2Client((await api.getOAuth2Client({ id })).data, {});
    expect(new Set(jsonPatch.map(({ op }) => op))).toEqual(new Set(["replace"]));
    const { data } = await api.patchOAuth2Client({ id, jsonPatch });
    expect([data.owner, data.contacts, data.jwks, data.tos_uri]).toEqual(["", [], {}, ""]);
  });

  test("does not modify either client", async () => {
    const before = Object.freeze({ owner: "a", metadata: Object.freeze({ b: 1 }) });
    await diffOAuth2Client(before, Object.freeze({ owner: "b", metadata: Object.freeze({ b: 2 }) }));
    expect(before).toEqual({ owner: "a", metadata: { b: 1 } });
  });

  /** A client of so many objects within each other, itself included. */
  const nested = (levels: number): OAuth2Client => {
    let value: object = {};
    for (let level = 2; level < levels; level++) value = { value };
    return { metadata: value };
  };
  test("compares an object of 200 levels", async () => {
    const [before, after] = [nested(200), nested(199)];
    expect(await diffOAuth2Client(before, after)).toHaveLength(1);
  });

  const cycle: OAuth2Client = { metadata: {} };
  (cycle.metadata as any).self = cycle;
  test.each<[string, any, any, string]>([
    ["undefined", undefined, {}, "before"],
    ["null", {}, null, "after"],
    ["a list", {}, [], "after"],
    ["a Date", {}, new Date(), "after"],
    ["a BigInt", {}, { metadata: { a: 1n } }, "after"],
    ["a cycle", cycle, {}, "before"],
    ["an object of 201 levels", {}, nested(201), "after"],
    ["an object of 3,000 levels", nested(3_000), {}, "before"],
    ["an object of 100,000 levels", nested(100_000), {}, "before"],
  ])("rejects a value that is not a client: %s", async (_, before, after, field) => {
    expect(await rejection(diffOAuth2Client(before, after))).toMatchObject({ name: "InvalidInputError", field });
  });

  const url = fc.constantFrom(
    "https://a.example/1",
    "https://a.example/2",
    "https://b.example/3",
    "https://c.example/",
  );
  const urls = fc.array(url, { maxLength: 4 });
  const text = fc.oneof(fc.constantFrom("", "a", "a b"), fc.string({ unit: "grapheme" }));
  const key = fc.oneof(fc.constantFrom("a/b", "~0", "~1", "", "-", "0", "length"), fc.string());
  const lifespan = fc.constantFrom(null, "15m", "1h30m", "720h");
  const { tree: metadata } = fc.letrec((tie) => ({
    tree: fc.dictionary(
      key.filter((name) => name !== "__proto__"),
      tie("value"),
      { maxKeys: 4, noNullPrototype: true },
    ),
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(null, true, 1, -0.5, "", "x"),
      fc.array(tie("value"), { maxLength: 4 }),
      tie("tree"),
    ),
  }));
  const client: fc.Arbitrary<OAuth2Client> = fc.record(
    {
      client_name: text,
      owner: text,
      scope: fc.constantFrom("", "a", "openid offline_access"),
      redirect_uris: urls,
      audience: urls,
      request_uris: urls,
      contacts: fc.array(text, { maxLength: 3 }),
      grant_types: fc.subarray(["authorization_code", "refresh_token", "client_credentials"]),
      response_types: fc.subarray(["code", "id_token"]),
      tos_uri: fc.oneof(fc.constant(""), url),
      jwks: fc.constantFrom(
        {},
        { keys: [] },
        { keys: [{ kty: "OKP", kid: "a", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" } as any] },
      ),
      metadata: metadata as fc.Arbitrary<object>,
      skip_consent: fc.boolean(),
      skip_logout_consent: fc.constantFrom(null, true, false),
      subject_type: fc.constantFrom("public", "pairwise"),
      token_endpoint_auth_method: fc.constantFrom("none", "client_secret_post"),
      access_token_strategy: fc.constantFrom("", "jwt", "opaque"),
      backchannel_logout_session_required: fc.boolean(),
      client_credentials_grant_access_token_lifespan: lifespan,
      refresh_token_grant_id_token_lifespan: lifespan,
    },
    { requiredKeys: [] },
  );

  test("the patch turns any client of the server into any other", async () => {
    const { hydra, api } = setUp();
    const serverFields = ["client_id", "created_at", "updated_at", "client_secret_expires_at"] as const;
    const withoutServerFields = (original: OAuth2Client) => {
      const copy = structuredClone(original);
      for (const name of serverFields) delete copy[name];
      // Hydra returns null until it is set, and treats null as false.
      copy.skip_logout_consent ??= false;
      return copy;
    };
    await fc.assert(
      fc.asyncProperty(client, client, fc.boolean(), fc.boolean(), async (one, other, fresh, freshOther) => {
        const [first, second] = [hydra.addClient(one), hydra.addClient(other)];
        const read = async ({ client_id: id }: { client_id: string }) => (await api.getOAuth2Client({ id })).data;
        // Either the response to a creation or to a read.
        const before = fresh ? first : await read(first);
        const after = freshOther ? second : await read(second);
        const jsonPatch = await diffOAuth2Client(before, { ...after, client_secret: before.client_secret! });
        const { data } = await api.patchOAuth2Client({ id: first.client_id, jsonPatch });
        expect(withoutServerFields(data)).toEqual(withoutServerFields(await read(second)));
        expect(await read(first)).toEqual(data);
        expect(await diffOAuth2Client(data, after.client_secret ? await read(second) : after)).toEqual([]);
        hydra.reset();
      }),
      { numRuns: 300 },
    );
  });
});

describe("updateOAuth2Client", () => {
  test("sends only the difference, as one PATCH, and returns its response", async () => {
    const env = setUp({ client_name: "One", owner: "a", metadata: { other: 2 ** 40, team: "a" } });
    const { data, status } = await updateOAuth2Client(env.api, { id: env.id }, (client) => {
      client.owner = "b";
      (client.metadata as any).team = "b";
    });
    expect([data.owner, data.metadata, status]).toEqual(["b", { other: 2 ** 40, team: "b" }, 200]);
    expect(env.patch).toEqual([
      { op: "replace", path: "/metadata/team", value: "b" },
      { op: "replace", path: "/owner", value: "b" },
    ]);
    expect(env.sent).toEqual(["GET", "GET", "PATCH"]);
  });

  test.each<[string, (client: OAuth2Client) => any]>([
    ["a returned copy", (client) => ({ ...client, owner: "b" })],
    [
      "an async function",
      async (client) => {
        client.owner = await "b";
      },
    ],
    ["a copy returned by an async function", async (client) => ({ ...client, owner: "b" })],
    ["an arrow function that returns the string it assigned", (client) => Object.assign(client, { owner: "b" }).owner],
    [
      "an arrow function that returns the object it assigned",
      (client) => {
        client.owner = "b";
        return Object.assign(client, { metadata: { c: 1 } }).metadata;
      },
    ],
    ["the copy itself", (client) => Object.assign(client, { owner: "b" })],
    ["an object from another realm", (client) => Object.assign(runInNewContext("({})"), client, { owner: "b" })],
    [
      "an arrow function that returns the list it assigned",
      (client) => {
        client.owner = "b";
        return Object.assign(client, { contacts: [] }).contacts;
      },
    ],
    [
      "another object instead of a copy that contains itself",
      (client) => {
        const other = { ...client, owner: "b" };
        client.metadata = { client };
        return other;
      },
    ],
    [
      "an arrow function that returns a number",
      (client) => {
        client.owner = "b";
        return client.contacts?.push();
      },
    ],
  ])("applies a change: %s", async (_, change) => {
    const env = setUp({ client_name: "One", owner: "a", metadata: { c: 1 } });
    const { data } = await updateOAuth2Client(env.api, { id: env.id }, change);
    expect(data).toMatchObject({ client_name: "One", owner: "b", metadata: { c: 1 } });
    expect(env.patch).toHaveLength(1);
  });

  test("an operation that removes scope or subject_type resets it to the server's default", async () => {
    const env = setUp({ scope: "a", subject_type: "pairwise" });
    const change: JsonPatch[] = [
      { op: "remove", path: "/scope" },
      { op: "remove", path: "/subject_type" },
    ];
    const { data } = await updateOAuth2Client(env.api, { id: env.id }, change);
    const { data: unasked } = await env.api.createOAuth2Client({ oAuth2Client: {} });
    expect([data.scope, data.subject_type]).toEqual([unasked.scope, unasked.subject_type]);
  });

  test.each(["offline_access offline openid", "openid offline_access", "profile"])(
    "sends no PATCH for a wish without scope if the server's default is %s",
    async (scope) => {
      const env = setUp({ client_name: "Shop", scope });
      const { data } = await updateOAuth2Client(env.api, { id: env.id }, () => ({ client_name: "Shop" }));
      expect(data.scope).toBe(scope);
      expect(env.sent).toEqual(["GET"]);
    },
  );

  test("sends no PATCH if nothing changed", async () => {
    const env = setUp({ owner: "a", redirect_uris: ["https://a.example/"] });
    const { data } = await updateOAuth2Client(env.api, { id: env.id }, (client) => {
      client.owner = ["a"].join("");
      client.tos_uri = "";
      client.backchannel_logout_session_required = false;
      delete client.skip_consent;
      delete client.metadata;
      delete client.scope;
    });
    expect(data.owner).toBe("a");
    expect(env.sent).toEqual(["GET"]);
  });

  test("preserves fields that only another writer changed", async () => {
    const env = setUp({ client_name: "One", owner: "a", metadata: { mine: 1, theirs: 1 } });
    const { data } = await updateOAuth2Client(env.api, { id: env.id }, async (client) => {
      await env.write([
        { op: "replace", path: "/client_name", value: "Two" },
        { op: "replace", path: "/metadata/theirs", value: 2 },
        { op: "add", path: "/metadata/new", value: 3 },
      ]);
      client.owner = "b";
      (client.metadata as any).mine = 2;
    });
    expect(data).toMatchObject({ client_name: "Two", owner: "b", metadata: { mine: 2, theirs: 2, new: 3 } });
  });

  test.each<[string, JsonPatch[], (client: any) => void, string, unknown, unknown]>([
    [
      "the same field",
      [{ op: "replace", path: "/owner", value: "them" }],
      (client) => {
        client.owner = "me";
      },
      "/owner",
      "nobody",
      "them",
    ],
    [
      "a new field",
      [{ op: "add", path: "/metadata/a~1b", value: 1 }],
      (client) => {
        client.metadata["a/b"] = 2;
      },
      "/metadata/a~1b",
      undefined,
      1,
    ],
    [
      "a field with a name from Object.prototype",
      [{ op: "add", path: "/metadata/constructor", value: 1 }],
      (client) => {
        client.metadata.constructor = 2;
      },
      "/metadata/constructor",
      undefined,
      1,
    ],
    [
      "the parent object",
      [{ op: "replace", path: "/metadata/team", value: "x" }],
      (client) => {
        client.metadata.team.lead = "me";
      },
      "/metadata/team",
      { name: "a" },
      "x",
    ],
    [
      "a removed field",
      [{ op: "remove", path: "/owner" }],
      (client) => {
        client.owner = "me";
      },
      "/owner",
      "nobody",
      undefined,
    ],
    [
      "another item of the same list",
      [{ op: "remove", path: "/redirect_uris/0" }],
      (client) => void client.redirect_uris.push("https://a.example/3"),
      "/redirect_uris",
      ["https://a.example/1", "https://a.example/2"],
      ["https://a.example/2"],
    ],
  ])(
    "rejects if another writer changed %s, without overwriting it",
    async (_, theirs, mine, path, expected, actual) => {
      const env = setUp({
        owner: "nobody",
        metadata: { team: { name: "a" } },
        redirect_uris: ["https://a.example/1", "https://a.example/2"],
      });
      const error = await rejection(
        updateOAuth2Client(env.api, { id: env.id }, async (client) => {
          await env.write(theirs);
          mine(client);
        }),
      );
      expect(error).toMatchObject({ name: "UpdateConflictError", path, expected, actual });
      expect(isUpdateConflictError(error) && isHydraError(error)).toBe(true);
      expect(Object.keys(error)).toEqual(["path"]);
      expect(env.sent).toEqual(["GET", "PATCH", "GET"]);
    },
  );

  test("does not reject if another writer set the same value", async () => {
    const env = setUp({ owner: "a", client_name: "One" });
    await updateOAuth2Client(env.api, { id: env.id }, async (client) => {
      await env.write([{ op: "replace", path: "/owner", value: "b" }]);
      client.owner = "b";
    });
    expect(env.sent).toEqual(["GET", "PATCH", "GET"]);
  });

  test("applies the move, copy and test operations of a list to the copy", async () => {
    const env = setUp({ owner: "a", metadata: { team: "x", list: [1] } });
    const { data } = await updateOAuth2Client(env.api, { id: env.id }, [
      { op: "test", path: "owner", value: "a" },
      { op: "move", from: "/metadata/team", path: "/metadata/unit" },
      { op: "copy", from: "owner", path: "client_name" },
      { op: "replace", path: "/tos_uri", value: "https://a.example/tos" },
      { op: "replace", path: "/policy_uri", value: "https://a.example/policy" },
      { op: "add", path: "/metadata/list/-", value: 2 },
    ]);
    expect(data).toMatchObject({
      client_name: "a",
      tos_uri: "https://a.example/tos",
      metadata: { unit: "x", list: [1, 2] },
    });
    expect((env.patch as JsonPatch[]).every(({ op }) => /^(add|remove|replace)$/.test(op))).toBe(true);
  });

  test.each<[string, OAuth2Client, JsonPatch[]]>([
    [
      "adds to a list that does not exist",
      { redirect_uris: ["https://a.example/"] },
      [{ op: "add", path: "/post_logout_redirect_uris/-", value: "https://a.example/out" }],
    ],
    ["adds to parents that do not exist", {}, [{ op: "add", path: "/metadata/x/y/0", value: 1 }]],
    ["replaces a member whose parent does not exist", {}, [{ op: "replace", path: "/metadata/x/y", value: 1 }]],
    ["replaces an item of a list", { metadata: { a: [1, 2] } }, [{ op: "replace", path: "/metadata/a/1", value: 3 }]],
  ])("a list of operations has the same result as a plain PATCH: %s", async (_, client, change) => {
    const [one, other] = [setUp(client), setUp(client)];
    const { data } = await updateOAuth2Client(one.api, { id: one.id }, change);
    const { data: plain } = await other.write(change);
    expect(data).toEqual({ ...plain, client_id: one.id, created_at: data.created_at, updated_at: data.updated_at });
  });

  test("does not modify a list of operations, which may be frozen", async () => {
    const env = setUp({ metadata: { a: 1 } });
    const value = Object.freeze({ c: 1 });
    const change = [
      { op: "add", path: "/metadata/b", value },
      { op: "add", path: "/metadata/b/d", value: 2 },
    ] as const;
    const { data } = await updateOAuth2Client(env.api, { id: env.id }, Object.freeze(change));
    expect(data.metadata).toEqual({ a: 1, b: { c: 1, d: 2 } });
    expect(value).toEqual({ c: 1 });
  });

  test.each<[string, JsonPatch, string, unknown, unknown]>([
    ["tested", { op: "test", path: "/owner", value: "a" }, "/owner", "a", "them"],
    ["copied", { op: "copy", from: "/owner", path: "/policy_uri" }, "/owner", "a", "them"],
    ["moved", { op: "move", from: "metadata/a", path: "/metadata/b" }, "/metadata/a", 1, 2],
  ])("rejects if another writer changed a value that was %s", async (_, operation, path, expected, actual) => {
    const env = setUp({ owner: "a", metadata: { a: 1 } });
    let reads = 0;
    const getOAuth2Client: OAuth2Api["getOAuth2Client"] = async (...parameters) => {
      if (reads++) {
        await env.write([
          { op: "replace", path: "/owner", value: "them" },
          { op: "replace", path: "/metadata/a", value: 2 },
        ]);
      }
      return env.api.getOAuth2Client(...parameters);
    };
    const api = { getOAuth2Client, patchOAuth2Client: env.api.patchOAuth2Client.bind(env.api) };
    const change: JsonPatch[] = [operation, { op: "replace", path: "/client_name", value: "mine" }];
    const error = await rejection(updateOAuth2Client(api, { id: env.id }, change));
    expect(error).toMatchObject({ name: "UpdateConflictError", path, expected, actual });
    expect(env.sent).toEqual(["GET", "PATCH", "GET"]);
  });

  test("rejects if updated_at was tested and another writer changed any field before the PATCH", async () => {
    const read = { client_id: "a", owner: "a", updated_at: "2030-01-01T00:00:00Z" };
    let reads = 0;
    const patchOAuth2Client = vi.fn();
    const api = {
      getOAuth2Client: async () => ({ data: reads++ ? { ...read, updated_at: "2030-01-01T00:00:01Z" } : read }),
      patchOAuth2Client,
    } as any;
    const change: JsonPatch[] = [
      { op: "test", path: "/updated_at", value: read.updated_at },
      { op: "replace", path: "/owner", value: "b" },
    ];
    expect(await rejection(updateOAuth2Client(api, { id: "a" }, change))).toMatchObject({
      name: "UpdateConflictError",
      path: "/updated_at",
      expected: "2030-01-01T00:00:00Z",
      actual: "2030-01-01T00:00:01Z",
    });
    expect(patchOAuth2Client).not.toHaveBeenCalled();
    const env = setUp({ owner: "a" });
    const { updated_at } = (await env.api.getOAuth2Client({ id: env.id })).data;
    const mine: JsonPatch[] = [{ ...change[0]!, value: updated_at }, change[1]!];
    expect((await updateOAuth2Client(env.api, { id: env.id }, mine)).data.owner).toBe("b");
    expect(env.patch).toEqual([{ op: "replace", path: "/owner", value: "b" }]);
  });

  test.each<[string, OAuth2Client]>([
    ["without such members", {}],
    ["with members of such names", { metadata: JSON.parse('{"__proto__":{"a":{}},"constructor":{"prototype":{}}}') }],
  ])("no path reaches a prototype, %s", async (_, client) => {
    const names = ["__proto__", "constructor", "prototype", "toString", "0"];
    const paths = ["", "/metadata", "/redirect_uris", "/owner"].flatMap((field) =>
      names.flatMap((one) => [
        `${field}/${one}`,
        ...names.flatMap((two) => [`${field}/${one}/${two}`, `${field}/${one}/${two}/polluted`]),
      ]),
    );
    const env = setUp({ owner: "a", redirect_uris: ["https://a.example/"], ...client });
    const own = (prototype: object) => JSON.stringify(Reflect.ownKeys(prototype).map(String));
    const prototypes = [Object.prototype, Array.prototype, Function.prototype, String.prototype, Object];
    const before = prototypes.map(own);
    const patchOAuth2Client = async () => ({ data: {} });
    const api = { getOAuth2Client: env.api.getOAuth2Client.bind(env.api), patchOAuth2Client } as any;
    for (const path of paths) {
      for (const op of ["add", "replace", "copy", "move", "remove", "test"] as const) {
        const operation = { op, path, from: "/owner", value: { polluted: true } };
        const error = await updateOAuth2Client(api, { id: env.id }, [operation]).catch((thrown) => thrown);
        if (error instanceof Error) expect(isHydraError(error), `${op} ${path}: ${error}`).toBe(true);
      }
    }
    expect(prototypes.map(own)).toEqual(before);
    for (const value of [{}, [], "", () => {}]) expect("polluted" in Object(value)).toBe(false);
  });

  test("logging a conflict does not reveal its values", async () => {
    const env = setUp({ owner: "hidden-actual" });
    const change: JsonPatch[] = [{ op: "test", path: "/owner", value: "hidden-expected" }];
    const error = await rejection(updateOAuth2Client(env.api, { id: env.id }, change));
    expect([error.expected, error.actual]).toEqual(["hidden-expected", "hidden-actual"]);
    const shown = inspect(error, { showHidden: true }) + JSON.stringify(error, Object.getOwnPropertyNames(error));
    expect(shown).not.toMatch(/hidden-actual|hidden-expected/);
  });

  test.each<[string, JsonPatch[], object]>([
    [
      "a test that fails",
      [{ op: "test", path: "/owner", value: "b" }],
      { name: "UpdateConflictError", path: "/owner" },
    ],
    [
      "a test of a missing member",
      [{ op: "test", path: "/metadata/x/y", value: 1 }],
      { name: "UpdateConflictError", expected: 1 },
    ],
    [
      "a path that does not exist",
      [{ op: "remove", path: "/metadata/x/y" }],
      { name: "InvalidInputError", field: "change[0]" },
    ],
    [
      "a source that does not exist",
      [{ op: "move", path: "/owner", from: "/x" }],
      { name: "InvalidInputError", field: "change[0]" },
    ],
    ["an unknown op", [{ op: "nonsense" as "add", path: "/owner" }], { name: "InvalidInputError", field: "change[0]" }],
    ["a missing path", [{ op: "remove" } as JsonPatch], { name: "InvalidInputError", field: "change[0]" }],
    [
      "the entire client",
      [{ op: "replace", path: "", value: null }],
      { name: "InvalidInputError", field: "change[0]" },
    ],
    ["null instead of an operation", [null as any], { name: "InvalidInputError", field: "change[0]" }],
    ["a test without a value", [{ op: "test", path: "/owner" }], { name: "InvalidInputError", field: "change[0]" }],
    [
      "a value that is not JSON",
      [{ op: "add", path: "/owner", value: 1n }],
      { name: "InvalidInputError", field: "change[0]" },
    ],
    ["a missing source", [{ op: "move", path: "/owner" }], { name: "InvalidInputError", field: "change[0]" }],
    ["an item that does not exist", [{ op: "replace", path: "/metadata/0", value: 1 }], { name: "InvalidInputError" }],
    ["a prototype", [{ op: "add", path: "/__proto__/x", value: 1 }], { name: "InvalidInputError", field: "change[0]" }],
    [
      "an invalid escape",
      [{ op: "add", path: "/metadata/~2", value: 1 }],
      { name: "InvalidInputError", field: "change[0]" },
    ],
    [
      "an incomplete escape in from",
      [{ op: "copy", path: "/metadata/a", from: "/owner~" }],
      { name: "InvalidInputError" },
    ],
    ["an incomplete escape in path", [{ op: "copy", path: "/metadata/a~", from: "1" }], { name: "InvalidInputError" }],
    ["client_id", [{ op: "replace", path: "/client_id", value: "x" }], { name: "InvalidInputError", field: "change" }],
  ])("rejects %s without sending a PATCH", async (_, change, problem) => {
    const env = setUp({ owner: "a", metadata: { note: "do not print" } });
    const error = await rejection(updateOAuth2Client(env.api, { id: env.id }, change));
    expect(error).toMatchObject(problem);
    expect(error.message).not.toContain("do not print");
    expect(env.sent).toEqual(["GET"]);
  });

  test("rejects an invalid change, a missing id and an unknown client", async () => {
    const env = setUp();
    expect(await rejection(updateOAuth2Client(env.api, { id: env.id }, "owner" as any))).toMatchObject({
      field: "change",
    });
    expect(await rejection(updateOAuth2Client(env.api, { id: env.id }, () => [] as any))).toMatchObject({
      field: "change",
    });
    expect(await rejection(updateOAuth2Client(env.api, {} as any, () => {}))).toMatchObject({ name: "RequiredError" });
    expect(await rejection(updateOAuth2Client(env.api, { id: "none" }, () => {}))).toMatchObject({ status: 404 });
    const late = updateOAuth2Client(env.api, { id: env.id }, async (client) => {
      await env.api.deleteOAuth2Client({ id: env.id });
      client.owner = "b";
    });
    expect(await rejection(late)).toMatchObject({ status: 404 });
  });

  test.each<[string, (client: any) => unknown]>([
    ["a Date", () => new Date()],
    ["a list", () => [1]],
    ["a map", () => new Map()],
    ["a cycle", (client) => void Object.assign(client, { metadata: { client } })],
    ["a BigInt", (client) => void Object.assign(client, { metadata: { a: 1n } })],
    [
      "an object of 3,000 levels",
      () => ({ metadata: Array.from({ length: 3_000 }).reduce((value) => ({ value }), {}) }),
    ],
  ])("rejects a change whose result is not a client: %s", async (_, change) => {
    const env = setUp();
    const error = await rejection(updateOAuth2Client(env.api, { id: env.id }, change));
    expect(error).toMatchObject({ name: "InvalidInputError", field: "change" });
    expect(env.sent).toEqual(["GET"]);
  });

  test("applies the change to a copy and does not modify the response of the read", async () => {
    const read = { client_id: "a", owner: "a", metadata: { b: 1 } };
    const api = {
      getOAuth2Client: async () => ({ data: read }),
      patchOAuth2Client: async () => ({ data: read }),
    } as any;
    await updateOAuth2Client(api, { id: "a" }, (client) => {
      client.owner = "b";
      (client.metadata as any).b = 2;
    });
    expect(read).toEqual({ client_id: "a", owner: "a", metadata: { b: 1 } });
  });

  test("returns the last read if another writer has made the same change", async () => {
    const env = setUp({ owner: "a", client_name: "One" });
    const { data } = await updateOAuth2Client(env.api, { id: env.id }, async (client) => {
      await env.write([
        { op: "replace", path: "/owner", value: "b" },
        { op: "replace", path: "/client_name", value: "Two" },
      ]);
      client.owner = "b";
    });
    expect([data.owner, data.client_name]).toEqual(["b", "Two"]);
  });

  test("timeout and signal end the entire call, including the change, and no further request is sent", async () => {
    const env = setUp({ owner: "a" });
    const controller = new AbortController();
    let finish!: () => void;
    const change = (client: OAuth2Client) =>
      new Promise<void>((done) => {
        client.owner = "b";
        finish = done;
        controller.abort("enough");
      });
    const aborted = updateOAuth2Client(env.api, { id: env.id }, change, { signal: controller.signal });
    expect(await rejection(aborted)).toMatchObject({ name: "AbortError", cause: "enough" });
    finish();
    const slow = updateOAuth2Client(env.api, { id: env.id }, () => new Promise(() => {}), { timeout: 20 });
    expect(await rejection(slow)).toMatchObject({ name: "TimeoutError", message: expect.stringContaining("20 ms") });
    expect(env.sent).toEqual(["GET", "GET"]);
  });

  test.each([Number.NaN, -1, Infinity, "50"])("rejects a timeout of %s without setting a timer", async (timeout) => {
    const env = setUp();
    const timer = vi.spyOn(globalThis, "setTimeout");
    const update = updateOAuth2Client(env.api, { id: env.id }, () => {}, { timeout: timeout as number });
    expect(await rejection(update)).toMatchObject({ name: "InvalidInputError", field: "timeout" });
    expect(timer).not.toHaveBeenCalled();
    expect(env.sent).toEqual([]);
    timer.mockRestore();
  });

  test("sends a new secret, but rejects private keys", async () => {
    const env = setUp({ token_endpoint_auth_method: "client_secret_post" });
    const secret = "a-secret-of-mine";
    const { data } = await updateOAuth2Client(env.api, { id: env.id }, (client) => ({
      ...client,
      client_secret: secret,
    }));
    expect(data.client_secret).toBe(secret);
    const leak = updateOAuth2Client(env.api, { id: env.id }, (client) => {
      client.jwks = { keys: [{ kty: "oct", kid: "a", k: "c2VjcmV0" }] };
    });
    expect(await rejection(leak)).toMatchObject({ name: "InvalidInputError" });
  });

  test("applies the options of the call to each request", async () => {
    const env = setUp({ owner: "a" });
    await updateOAuth2Client(
      env.api,
      { id: env.id },
      (client) => {
        client.owner = "b";
      },
      { headers: { "x-a": "b" } },
    );
    expect(env.hydra.requests.map(({ headers }) => headers["x-a"])).toEqual(["b", "b", "b"]);
  });
});

describe("the work grows in proportion to the size of a client", () => {
  const members = (count: number, value: unknown) => ({
    metadata: Object.fromEntries(Array.from({ length: count }, (_, n) => [`member${n}`, value])),
  });
  const items = (count: number, prefix: string) => ({
    contacts: Array.from({ length: count }, (_, n) => `${prefix}${n}`),
  });
  const update = (before: OAuth2Client, change: JsonPatch[] | (() => OAuth2Client)) => {
    const call = async () => ({ data: { client_id: "a", ...before } });
    return updateOAuth2Client({ getOAuth2Client: call, patchOAuth2Client: call } as any, { id: "a" }, change);
  };
  const operations = (count: number, op: "test" | "replace", value: unknown) =>
    Array.from({ length: count }, (_, n): JsonPatch => ({ op, path: `/metadata/member${n}`, value }));

  test.each<[string, (size: number) => Promise<unknown>]>([
    ["changed members", (size) => diffOAuth2Client(members(size, 1), members(size, 2))],
    ["removed members", (size) => diffOAuth2Client(members(size, 1), members(1, 1))],
    ["objects that become empty", (size) => diffOAuth2Client(members(size, { a: 1 }), members(size, {}))],
    ["changed items", (size) => diffOAuth2Client(items(size, "a"), items(size, "b"))],
    ["added items", (size) => diffOAuth2Client(items(1, "a"), items(size, "a"))],
    ["an update of members", (size) => update(members(size, 1), () => members(size, 2))],
    ["an update of items", (size) => update(items(size, "a"), () => items(size, "b"))],
    ["a list of changes", (size) => update(members(size, 1), operations(size, "replace", 2))],
    ["a list of tests", (size) => update(members(size, 1), operations(size, "test", 1))],
  ])(
    "%s",
    async (_, work) => {
      /** The least processor time of several runs, because the machine may be busy. */
      const cost = async (size: number) => {
        let least = Infinity;
        for (let run = 0; run < 5; run++) {
          const start = process.cpuUsage();
          await work(size);
          const { user, system } = process.cpuUsage(start);
          least = Math.min(least, user + system);
        }
        return least;
      };
      await work(100);
      // Quadratic work would cost sixteen times as much.
      expect((await cost(20_000)) / (await cost(5_000))).toBeLessThan(10);
    },
    30_000,
  );
});
