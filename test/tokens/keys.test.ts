import { generateKeyPairSync } from "node:crypto";
import { calculateJwkThumbprint, exportJWK, exportPKCS8, exportSPKI, generateKeyPair } from "jose";
import { expect, test } from "vitest";
import { createMockHydra } from "../../src/mock/index.ts";
import { privateKeyJwt } from "../../src/tokens/client-auth.ts";
import { clientCredentials } from "../../src/tokens/grants.ts";
import { generateKey, publicJwks, type SigningAlgorithm, type SigningKey } from "../../src/tokens/keys.ts";
import { rejection } from "../support/observe.ts";

test("generateKey returns a private key with a kid", async () => {
  const key = await generateKey("RS256");
  expect(key).toMatchObject({ kty: "RSA", alg: "RS256", use: "sig", kid: await calculateJwkThumbprint(key as object) });
  expect(key.d).toBeTypeOf("string");
  expect(await generateKey("RS256")).not.toMatchObject({ kid: key.kid });
});

test.each(["HS256", "RSA-OAEP", "none", "", undefined])("generateKey rejects the algorithm %s", async (alg) => {
  const error = await rejection(generateKey(alg as SigningAlgorithm));
  expect(error).toMatchObject({ name: "InvalidInputError", field: "alg" });
});

test.each<[SigningAlgorithm, string[]]>([
  ["RS256", ["alg", "e", "kid", "kty", "n", "use"]],
  ["PS512", ["alg", "e", "kid", "kty", "n", "use"]],
  ["ES384", ["alg", "crv", "kid", "kty", "use", "x", "y"]],
  ["Ed25519", ["alg", "crv", "kid", "kty", "use", "x"]],
])("publicJwks removes all private members of a key for %s", async (alg, members) => {
  const pair = await generateKeyPair(alg, { extractable: true });
  const jwk = await exportJWK(pair.privateKey);
  const forms: SigningKey[] = [
    { ...jwk, alg },
    { ...(await exportJWK(pair.publicKey)), alg },
    pair.privateKey,
    pair.publicKey,
  ];
  const { keys } = await publicJwks(...forms);
  const expected = { ...(await exportJWK(pair.publicKey)), alg, use: "sig", kid: await calculateJwkThumbprint(jwk) };
  for (const key of keys) {
    expect(Object.keys(key).sort()).toEqual(members);
    expect(key).toEqual(expected);
  }
  expect(keys).toHaveLength(4);
});

test("publicJwks accepts private and public PEM, and preserves an existing kid", async () => {
  const pair = await generateKeyPair("ES256", { extractable: true });
  const named = { ...(await generateKey("ES256")), kid: "2026-01" };
  const { keys } = await publicJwks(await exportPKCS8(pair.privateKey), await exportSPKI(pair.publicKey), named);
  expect(keys.map(({ kid, alg, d }) => [kid, alg, d])).toEqual([
    [await calculateJwkThumbprint(await exportJWK(pair.publicKey)), "ES256", undefined],
    [await calculateJwkThumbprint(await exportJWK(pair.publicKey)), "ES256", undefined],
    ["2026-01", "ES256", undefined],
  ]);
});

test("PEM text with several keys is rejected, for a key is one", async () => {
  const pems = await Promise.all(
    [1, 2].map(async () => exportSPKI((await generateKeyPair("ES256", { extractable: true })).publicKey)),
  );
  const error = await rejection(publicJwks(pems.join("")));
  expect(error).toMatchObject({ name: "InvalidInputError", message: expect.stringContaining("pass each on its own") });
  expect((await publicJwks(...pems)).keys).toHaveLength(2);
});

test("privateKeyJwt and publicJwks agree on the key of a client with several, registered from PEM", async () => {
  const pems = await Promise.all(
    [1, 2].map(async () => exportPKCS8((await generateKeyPair("RS256", { extractable: true })).privateKey)),
  );
  const { publicUrl: basePath, fetch, addClient } = createMockHydra();
  const { client_id: clientId } = addClient({
    grant_types: ["client_credentials"],
    token_endpoint_auth_method: "private_key_jwt",
    token_endpoint_auth_signing_alg: "PS256",
    jwks: await publicJwks(...pems.map((key) => ({ key, alg: "PS256" as const }))),
  });
  for (const pem of pems) {
    const auth = privateKeyJwt(pem, { alg: "PS256" });
    expect(await clientCredentials({ basePath, clientId, auth, fetch })).toMatchObject({ token_type: "bearer" });
  }
});

test("publicJwks accepts its own results, and no keys", async () => {
  const first = await publicJwks(await generateKey("ES256"));
  expect(await publicJwks(...first.keys)).toEqual(first);
  expect(await publicJwks()).toEqual({ keys: [] });
});

test("publicJwks rejects keys that cannot be registered", async () => {
  const { privateKey } = await generateKeyPair("ES256", { extractable: false });
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
  const invalid: [SigningKey, RegExp][] = [
    [privateKey, /not extractable/],
    [publicKey.export({ format: "jwk" }) as SigningKey, /1024 bits/],
    [{ kty: "oct", k: "c2VjcmV0" }, /symmetric/],
    [{ ...(await generateKey("ES256")), use: "enc" }, /"enc"/],
  ];
  for (const [key, message] of invalid) {
    const error = await rejection(publicJwks(await generateKey("ES256"), key));
    expect(error).toMatchObject({ name: "InvalidInputError", field: "key", message: expect.stringMatching(message) });
  }
});
