import { CompactSign, compactVerify, createLocalJWKSet, exportJWK, generateKeyPair, importJWK, type JWK } from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import type { MockHydra } from "../../../src/mock/index.ts";
import { call, checkedMock } from "../support/mock.ts";

let hydra: MockHydra;
beforeEach(() => {
  hydra = checkedMock();
});

describe("key sets", () => {
  it.each(["RS256", "PS384", "ES256", "ES384", "ES512", "EdDSA"])("generate %s keys that sign", async (alg) => {
    const { body } = await call(hydra, "POST /admin/keys/mine", { alg, kid: "first", use: "sig" });
    const [key] = body.keys;
    const jws = await new CompactSign(new TextEncoder().encode("signed"))
      .setProtectedHeader({ alg, kid: "first" })
      .sign(await importJWK(key, alg));
    const { payload } = await compactVerify(jws, createLocalJWKSet({ keys: [withoutPrivate(key)] }));
    expect(new TextDecoder().decode(payload)).toBe("signed");
  });

  it("choose kid and use if they are missing", async () => {
    const { body } = await call(hydra, "POST /admin/keys/mine", { alg: "ES256" });
    expect(body.keys[0]).toMatchObject({ kid: expect.stringMatching(/^[0-9a-f-]{36}$/), use: "sig" });
  });

  it("refuse a second key with the same kid", async () => {
    await call(hydra, "POST /admin/keys/mine", { alg: "ES256", kid: "first" });
    expect((await call(hydra, "POST /admin/keys/mine", { alg: "ES256", kid: "first" })).status).toBe(409);
    expect((await call(hydra, "POST /admin/keys/yours", { alg: "ES256", kid: "first" })).status).toBe(201);
  });

  it("accept keys from elsewhere: public, private or symmetric", async () => {
    const { publicKey, privateKey } = await generateKeyPair("RS256", { extractable: true });
    const keys = [
      { ...(await exportJWK(publicKey)), kid: "public", use: "sig" },
      { ...(await exportJWK(privateKey)), kid: "private", use: "enc", alg: "RSA-OAEP" },
      { kty: "oct", k: "c2VjcmV0", kid: "symmetric" },
    ];
    expect((await call(hydra, "PUT /admin/keys/mine", { keys })).body).toEqual({ keys });
    expect((await call(hydra, "GET /admin/keys/mine/symmetric")).body.keys).toEqual([keys[2]]);
  });

  it.each([
    {},
    null,
    "key",
    { kty: "RSA", kid: "x" },
    { kty: "EC", crv: "P-256", x: "x", y: "y", kid: "x" },
    { kty: "EC", crv: "P-1", x: "x", y: "y", kid: "x" },
    { kty: "nonsense", kid: "x" },
    { kty: "oct", kid: "x" },
  ])("refuse an invalid key: %j", async (key) => {
    expect((await call(hydra, "PUT /admin/keys/mine/x", key)).status).toBe(400);
    expect((await call(hydra, "PUT /admin/keys/mine", { keys: [key] })).status).toBe(400);
    expect((await call(hydra, "GET /admin/keys/mine")).status).toBe(404);
  });

  it("lose nothing if two keys are written concurrently", async () => {
    const keys = await Promise.all(
      ["a", "b", "c"].map(async (kid) => ({ ...(await exportJWK((await generateKeyPair("ES256")).publicKey)), kid })),
    );
    await Promise.all(keys.slice(0, 2).map((key) => call(hydra, `PUT /admin/keys/mine/${key.kid}`, key)));
    const kids = async () => (await call(hydra, "GET /admin/keys/mine")).body.keys.map(({ kid }: JWK) => kid).sort();
    expect(await kids()).toEqual(["a", "b"]);
    await Promise.all([
      call(hydra, "PUT /admin/keys/mine/c", keys[2]),
      call(hydra, "DELETE /admin/keys/mine/a"),
      call(hydra, "POST /admin/keys/mine", { alg: "ES256", kid: "d" }),
    ]);
    expect(await kids()).toEqual(["b", "c", "d"]);
  });

  it("are deleted entirely by a key path with an empty kid", async () => {
    await call(hydra, "POST /admin/keys/mine", { alg: "ES256", kid: "first" });
    expect((await call(hydra, "DELETE /admin/keys/mine/")).status).toBe(204);
    expect((await call(hydra, "GET /admin/keys/mine")).status).toBe(404);
  });
});

describe("the server's own keys", () => {
  it("are public at the well-known URL and complete at the admin API", async () => {
    const { body: wellKnown } = await call(hydra, "GET /.well-known/jwks.json");
    const sets = ["hydra.openid.id-token", "hydra.jwt.access-token"].map((set) =>
      call(hydra, `GET /admin/keys/${set}`),
    );
    const keys = (await Promise.all(sets)).flatMap(({ body }) => body.keys);
    expect(keys).toHaveLength(2);
    expect(keys.every((key: JWK) => key.d)).toBe(true);
    expect(wellKnown.keys).toEqual(keys.map(withoutPrivate));
  });

  it("are replaced by a new one that an administrator adds", async () => {
    const { body } = await call(hydra, "POST /admin/keys/hydra.openid.id-token", { alg: "RS256", kid: "new" });
    const { body: wellKnown } = await call(hydra, "GET /.well-known/jwks.json");
    expect(wellKnown.keys).toHaveLength(3);
    expect(wellKnown.keys[0]).toEqual(withoutPrivate(body.keys[0]));
  });

  it("are never shown with private members", async () => {
    const oct = { kty: "oct", k: "c2VjcmV0", kid: "symmetric" };
    const { privateKey } = await generateKeyPair("RS256", { extractable: true });
    const rsa = { ...(await exportJWK(privateKey)), kid: "several primes", oth: [{ r: "x", d: "x", t: "x" }] };
    hydra.state.keySets.set("hydra.openid.id-token", [oct, rsa] as never);
    hydra.state.keySets.set("hydra.jwt.access-token", [oct] as never);
    const { body } = await call(hydra, "GET /.well-known/jwks.json");
    expect(body.keys.map((key: JWK) => Object.keys(key).sort())).toEqual([
      ["e", "kid", "kty", "n"],
      ["alg", "e", "kid", "kty", "n", "use"],
    ]);
  });

  it("are replaced by a new one when the set, or its last private key, is deleted", async () => {
    const key = async () => (await call(hydra, "GET /admin/keys/hydra.openid.id-token")).body.keys[0];
    const first = await key();
    await call(hydra, "DELETE /admin/keys/hydra.openid.id-token");
    const second = await key();
    expect(second.n).not.toBe(first.n);
    await call(hydra, `DELETE /admin/keys/hydra.openid.id-token/${second.kid}`);
    expect([first.n, second.n]).not.toContain((await key()).n);
  });

  it("have ids of their own in each mock", async () => {
    const kids = async (one: MockHydra) =>
      (await call(one, "GET /.well-known/jwks.json")).body.keys.map(({ kid }: JWK) => kid);
    expect(await kids(hydra)).not.toEqual(await kids(checkedMock()));
  });
});

function withoutPrivate({ d, dp, dq, p, q, qi, ...key }: JWK): JWK {
  return key;
}
