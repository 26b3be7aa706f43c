import { createPrivateKey, createPublicKey, createSecretKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import fc from "fast-check";
import {
  calculateJwkThumbprint,
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  exportPKCS8,
  generateKeyPair,
  importJWK,
  jwtVerify,
} from "jose";
import { describe, expect, test } from "vitest";
import {
  clientSecretBasic,
  clientSecretJwt,
  clientSecretPost,
  none,
  privateKeyJwt,
} from "../../src/tokens/client-auth.ts";
import { generateKey, publicJwks, type SigningAlgorithm } from "../../src/tokens/keys.ts";
import type { ClientAuth } from "../../src/types.ts";
import { rejection } from "../support/observe.ts";

const as = { issuer: "https://as.example/", token_endpoint: "https://as.example/oauth2/token" };
const ALGORITHMS: SigningAlgorithm[] = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "Ed25519",
  "EdDSA",
];

async function apply(auth: ClientAuth, client_id = "c") {
  const body = new URLSearchParams({ grant_type: "client_credentials" });
  const headers = new Headers();
  await auth(as, { client_id }, body, headers);
  return { body: new URLSearchParams(body.toString()), headers };
}

/** Returns client ID and secret of a Basic header, as a server reads them (RFC 6749, section 2.3.1). */
function readBasic(headers: Headers): [id: string, secret: string] {
  const [, id = "", secret = ""] = /^(.*?):(.*)$/s.exec(atob(headers.get("authorization")!.slice("Basic ".length)))!;
  const decode = (text: string) => new URLSearchParams(`=${text}`).get("")!;
  return [decode(id), decode(secret)];
}

const assertionOf = async (auth: ClientAuth, client_id?: string) =>
  (await apply(auth, client_id)).body.get("client_assertion")!;

describe("a secret", () => {
  test("is sent in the header like the example of RFC 6749, section 2.3.1", async () => {
    const { headers, body } = await apply(clientSecretBasic("7Fjfp0ZBr1KtDRbnfVdmIw"), "s6BhdRkqt3");
    expect(headers.get("authorization")).toBe("Basic czZCaGRSa3F0Mzo3RmpmcDBaQnIxS3REUmJuZlZkbUl3");
    expect(body.toString()).toBe("grant_type=client_credentials");
  });

  test("is sent in the header like the example of RFC 6749, appendix B", async () => {
    const { headers } = await apply(clientSecretBasic(" %&+£€"));
    expect(atob(headers.get("authorization")!.slice(6))).toBe("c:+%25%26%2B%C2%A3%E2%82%AC");
  });

  test("is sent in the form like the example of RFC 6749, section 2.3.1", async () => {
    const { body, headers } = await apply(clientSecretPost("7Fjfp0ZBr1KtDRbnfVdmIw"), "s6BhdRkqt3");
    expect(body.toString()).toBe(
      "grant_type=client_credentials&client_id=s6BhdRkqt3&client_secret=7Fjfp0ZBr1KtDRbnfVdmIw",
    );
    expect([...headers]).toEqual([]);
  });

  test("is preserved, with any characters", async () => {
    const nasty = [..." \t:+%&=/?#äöüß€😀"].map((character) => `a${character}b`);
    const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join("");
    const text = fc.string({ unit: "binary", minLength: 1 });
    const property = fc.asyncProperty(text, text, async (id, secret) => {
      expect(readBasic((await apply(clientSecretBasic(secret), id)).headers)).toEqual([id, secret]);
      const { body } = await apply(clientSecretPost(secret), id);
      expect([body.get("client_id"), body.get("client_secret")]).toEqual([id, secret]);
    });
    await fc.assert(property, { numRuns: 500, examples: [...nasty, printable].map((secret) => [secret, secret]) });
  });

  test.each([clientSecretBasic, clientSecretPost, clientSecretJwt])(
    "is rejected immediately by %o if it is missing or not a string",
    (make) => {
      for (const secret of [undefined, null, ""] as unknown as string[]) {
        expect(() => make(secret)).toThrow(expect.objectContaining({ name: "RequiredError", field: "clientSecret" }));
      }
      const problem = { name: "InvalidInputError", field: "clientSecret" };
      expect(() => make({} as string)).toThrow(expect.objectContaining(problem));
    },
  );
});

test("none() sends only the client ID", async () => {
  const { body, headers } = await apply(none(), "public");
  expect(body.toString()).toBe("grant_type=client_credentials&client_id=public");
  expect([...headers]).toEqual([]);
});

describe("a signed assertion", () => {
  const NOW = 1_700_000_000_900;

  test("contains the claims of RFC 7523, section 3, in whole seconds", async () => {
    const key = await generateKey("ES256");
    const { body, headers } = await apply(privateKeyJwt(key, { now: () => NOW }), "s6BhdRkqt3");
    const assertion = body.get("client_assertion")!;
    expect(body.get("client_id")).toBe("s6BhdRkqt3");
    expect(body.get("client_assertion_type")).toBe("urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    expect(body.toString()).toContain(
      "client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=eyJ",
    );
    expect([...headers]).toEqual([]);
    expect(decodeProtectedHeader(assertion)).toEqual({ alg: "ES256", kid: key.kid });
    expect(decodeJwt(assertion)).toEqual({
      iss: "s6BhdRkqt3",
      sub: "s6BhdRkqt3",
      aud: "https://as.example/oauth2/token",
      jti: expect.stringMatching(/^[\da-f-]{36}$/),
      iat: 1_700_000_000 - 30,
      exp: 1_700_000_000 + 60,
    });
  });

  test("is created for every request", async () => {
    const auth = privateKeyJwt(await generateKey("ES256"));
    const ids = await Promise.all(Array.from({ length: 20 }, async () => decodeJwt(await assertionOf(auth)).jti));
    expect(new Set(ids).size).toBe(20);
  });

  test("accepts audience, lifetime, typ and kid", async () => {
    const auth = privateKeyJwt(await generateKey("ES256"), {
      audience: "https://as.example/",
      lifetime: 300,
      typ: "client-authentication+jwt",
      kid: "next",
      now: () => NOW,
    });
    const assertion = await assertionOf(auth);
    expect(decodeProtectedHeader(assertion)).toEqual({ alg: "ES256", kid: "next", typ: "client-authentication+jwt" });
    expect(decodeJwt(assertion)).toMatchObject({ aud: "https://as.example/", exp: 1_700_000_300 });
  });

  test("expires at a whole second", async () => {
    const auth = privateKeyJwt(await generateKey("ES256"), { lifetime: 90.7, now: () => NOW });
    expect(decodeJwt(await assertionOf(auth)).exp).toBe(1_700_000_090);
  });

  test("requires an audience, from the server or the options", async () => {
    const auth = privateKeyJwt(await generateKey("ES256"));
    const error = await rejection(
      (async () => auth({ issuer: as.issuer }, { client_id: "c" }, new URLSearchParams(), new Headers()))(),
    );
    expect(error).toMatchObject({ name: "InvalidInputError", field: "audience" });
  });

  test.each([0, -60, 60_000, Number.NaN])("rejects a lifetime of %d seconds", (lifetime) => {
    expect(() => privateKeyJwt("", { lifetime })).toThrow(
      expect.objectContaining({ name: "InvalidInputError", field: "lifetime" }),
    );
  });

  describe.each(ALGORITHMS)("with %s", (alg) => {
    const verify = async (assertion: string, jwk: object) => {
      const { protectedHeader } = await jwtVerify(assertion, await importJWK({ ...jwk, alg }), {
        audience: as.token_endpoint,
        issuer: "c",
        subject: "c",
        algorithms: [alg],
      });
      return protectedHeader;
    };

    test("verifies with the public key, from a JSON Web Key, a CryptoKey and PEM", async () => {
      const pair = await generateKeyPair(alg, { extractable: true });
      const jwk = await exportJWK(pair.privateKey);
      const publicKey = await exportJWK(pair.publicKey);
      for (const key of [{ ...jwk, alg, kid: "1" }, jwk, pair.privateKey, await exportPKCS8(pair.privateKey)]) {
        const { kid } = await verify(await assertionOf(privateKeyJwt(key, { alg })), publicKey);
        expect(kid).toBe(typeof key === "object" && "kid" in key ? "1" : await calculateJwkThumbprint(publicKey));
      }
    });

    test("is signed with a key from generateKey, and verifies with the key from publicJwks", async () => {
      const key = await generateKey(alg);
      const { keys } = await publicJwks(key);
      const header = await verify(await assertionOf(privateKeyJwt(key)), keys[0]!);
      expect(header).toEqual({ alg, kid: key.kid });
    });
  });

  test("uses the algorithm of the key by default", async () => {
    const found: unknown[] = [];
    for (const alg of ALGORITHMS) {
      const { privateKey } = await generateKeyPair(alg, { extractable: true });
      const keys = [privateKey, await exportPKCS8(privateKey), await exportJWK(privateKey)];
      const headers = await Promise.all(
        keys.map(async (key) => decodeProtectedHeader(await assertionOf(privateKeyJwt(key)))),
      );
      found.push([alg, ...headers.map((header) => header.alg)]);
    }
    // A CryptoKey names its RSA algorithm; PEM and a JSON Web Key without `alg` do not.
    const expected = ALGORITHMS.map((alg) => {
      const bare = /^[RP]S/.test(alg) ? "RS256" : alg.replace("EdDSA", "Ed25519");
      return [alg, alg.replace("EdDSA", "Ed25519"), bare, bare];
    });
    expect(found).toEqual(expected);
  });

  test.each(["\\n", "\\r\\n", "\r\n"])("accepts a PEM with the line breaks %j", async (lineBreak) => {
    const { privateKey } = await generateKeyPair("ES256", { extractable: true });
    const pem = `  ${(await exportPKCS8(privateKey)).replaceAll("\n", lineBreak)}${lineBreak}`;
    expect(decodeProtectedHeader(await assertionOf(privateKeyJwt(pem)))).toMatchObject({ alg: "ES256" });
  });

  test("accepts a KeyObject of Node", async () => {
    for (const [{ privateKey, publicKey }, alg] of [
      [generateKeyPairSync("rsa", { modulusLength: 2048 }), "RS256"],
      [generateKeyPairSync("ec", { namedCurve: "P-384" }), "ES384"],
      [generateKeyPairSync("ed25519"), "Ed25519"],
    ] as const) {
      const assertion = await assertionOf(privateKeyJwt(privateKey));
      const { protectedHeader } = await jwtVerify(assertion, publicKey, { audience: as.token_endpoint });
      const { keys } = await publicJwks(privateKey);
      expect(protectedHeader).toEqual({ alg, kid: keys[0]!.kid });
      expect(keys[0]).toEqual({ ...publicKey.export({ format: "jwk" }), alg, use: "sig", kid: expect.any(String) });
    }
    const passphrase = "a passphrase";
    const key = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
    const pem = key.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase });
    const decrypted = privateKeyJwt(createPrivateKey({ key: pem, passphrase }));
    expect(decodeProtectedHeader(await assertionOf(decrypted))).toMatchObject({ alg: "ES256" });
  });

  test("accepts a PEM with text and certificates around the key", async () => {
    const { privateKey } = await generateKeyPair("ES256", { extractable: true });
    const certificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----";
    const attributes = "Bag Attributes\n    friendlyName: my-key\nKey Attributes: <No Attributes>";
    const pem = [certificate, attributes, await exportPKCS8(privateKey), certificate].join("\n");
    for (const text of [pem, pem.replaceAll("\n", "\r\n"), pem.replaceAll("\n", "\\n")]) {
      expect(decodeProtectedHeader(await assertionOf(privateKeyJwt(text)))).toMatchObject({ alg: "ES256" });
    }
    const sec1 = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "sec1", format: "pem" });
    const parameters = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----";
    const error = await rejection(assertionOf(privateKeyJwt(`${parameters}\n${sec1}`)));
    expect(error.message).toMatch(/EC PRIVATE KEY, not PKCS#8/);
  });

  test("treats an empty kid as missing", async () => {
    const jwk = { ...(await generateKey("ES256")), kid: "" };
    const kid = await calculateJwkThumbprint(jwk as object);
    const named = { ...jwk, kid: "named" };
    expect(decodeProtectedHeader(await assertionOf(privateKeyJwt(jwk)))).toEqual({ alg: "ES256", kid });
    expect(decodeProtectedHeader(await assertionOf(privateKeyJwt(named, { kid: "" })))).toMatchObject({ kid: "named" });
    expect((await publicJwks(jwk)).keys[0]).toMatchObject({ kid });
  });

  test("contains the kid that publicJwks registers, unless the options override it or the key cannot be exported", async () => {
    const { privateKey } = await generateKeyPair("PS256", { extractable: true });
    const pem = await exportPKCS8(privateKey);
    const { keys } = await publicJwks({ key: pem, alg: "PS256" });
    expect(keys[0]).toMatchObject({ alg: "PS256", kid: expect.any(String) });
    const header = async (...parameters: Parameters<typeof privateKeyJwt>) =>
      decodeProtectedHeader(await assertionOf(privateKeyJwt(...parameters)));
    for (const key of [pem, privateKey, await exportJWK(privateKey)]) {
      expect(await header(key, { alg: "PS256" })).toEqual({ alg: "PS256", kid: keys[0]!.kid });
    }
    expect(await header(pem, { alg: "PS256", kid: null })).toEqual({ alg: "PS256" });
    expect(await header((await generateKeyPair("ES256")).privateKey)).toEqual({ alg: "ES256" });
  });

  describe("is rejected", () => {
    const rsa = generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey;
    const ec = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
    const secp = generateKeyPairSync("ec", { namedCurve: "secp256k1" }).privateKey;
    const x25519 = generateKeyPairSync("x25519").privateKey;
    const pem = (type: "pkcs1" | "pkcs8" | "sec1", key = ec) => key.export({ type, format: "pem" }) as string;
    const jwk = ec.export({ format: "jwk" }) as { kty: string; crv: string; x: string; y: string; d: string };
    const { d: _, ...publicJwk } = jwk;
    const cases: [string, () => unknown, RegExp, { alg?: SigningAlgorithm }?][] = [
      ["a symmetric key", () => ({ kty: "oct", k: "c2VjcmV0" }), /symmetric/],
      ["a symmetric CryptoKey", () => hmac(), /symmetric/],
      ["a public JSON Web Key", () => publicJwk, /public/],
      ["a public CryptoKey", async () => (await generateKeyPair("ES256")).publicKey, /public/],
      [
        "a public PEM",
        () => generateKeyPairSync("ed25519").publicKey.export({ type: "spki", format: "pem" }),
        /public/,
      ],
      ["an RSA key of 1024 bits", () => rsa.export({ format: "jwk" }), /1024 bits.*2048/],
      ["a PEM of an RSA key of 1024 bits", () => pem("pkcs8", rsa), /1024 bits.*2048/],
      ["a CryptoKey of 1024 bits", () => smallKey(), /1024 bits.*2048/],
      ["a key of another type than alg", () => jwk, /not a valid key for RS256/, { alg: "RS256" }],
      ["a key of another curve than alg", () => pem("pkcs8"), /not a valid key for ES384/, { alg: "ES384" }],
      ["a CryptoKey for another alg", () => cryptoKey("RS256"), /for RS256, not PS256/, { alg: "PS256" }],
      ["a CryptoKey with another hash", () => cryptoKey("RS256"), /for RS256, not RS512/, { alg: "RS512" }],
      ["a JSON Web Key for another alg", () => ({ ...jwk, alg: "ES256" }), /for ES256, not ES384/, { alg: "ES384" }],
      ["an encryption key", () => ({ ...jwk, use: "enc" }), /"enc", not "sig"/],
      ["a CryptoKey for encryption", () => cryptoKey("RSA-OAEP-256"), /sign/],
      ["a CryptoKey for key derivation", () => cryptoKey("ECDH-ES"), /sign/],
      ["an unsupported curve", () => pem("pkcs8", secp), /not a valid RSA, EC or Ed25519 key/],
      ["a key agreement key", () => pem("pkcs8", x25519), /not a valid RSA, EC or Ed25519 key/],
      ["PKCS#1", () => pem("pkcs1", rsa), /RSA PRIVATE KEY, not PKCS#8.*openssl pkcs8/],
      ["SEC1", () => pem("sec1"), /EC PRIVATE KEY, not PKCS#8.*openssl pkcs8/],
      ["an encrypted PKCS#8", () => encrypted(ec), /is encrypted.*openssl pkcs8.*createPrivateKey/],
      ["an encrypted PKCS#1", () => encrypted(rsa, "pkcs1"), /is encrypted.*openssl pkcs8.*createPrivateKey/],
      ["a string that is not a PEM", () => "secret-text", /not the PEM/],
      ["a broken PEM", () => "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----", /not a valid/],
      [
        "a broken JSON Web Key",
        () => ({ kty: "EC", crv: "P-256", x: "secret", y: "secret", d: "secret" }),
        /not a valid/,
      ],
      ["a public KeyObject", () => createPublicKey(ec), /public/],
      ["a symmetric KeyObject", () => createSecretKey("secret-text", "utf8"), /symmetric/],
      ["a KeyObject of 1024 bits", () => rsa, /1024 bits.*2048/],
      ["a KeyObject of another type than alg", () => ec, /not a valid key for RS256/, { alg: "RS256" }],
      ["a KeyObject of an unsupported curve", () => secp, /not a valid RSA, EC or Ed25519 key/],
      [
        "a KeyObject of an unsupported type",
        () => generateKeyPairSync("dsa", { modulusLength: 2048, divisorLength: 256 }).privateKey,
        /dsa/,
      ],
      ["undefined", () => undefined, /must be a CryptoKey, a KeyObject, a JSON Web Key or PEM/],
      ["null", () => null, /must be a CryptoKey, a KeyObject, a JSON Web Key or PEM/],
    ];
    test.each(cases)("with %s", async (_name, make, message, options = {}) => {
      const key = (await make()) as Parameters<typeof privateKeyJwt>[0];
      const error = await rejection(apply(privateKeyJwt(key, options)));
      expect(error).toMatchObject({ name: "InvalidInputError", field: "key", message: expect.stringMatching(message) });
      expect(JSON.stringify([error, error.message, error.cause])).not.toMatch(/secret|c2VjcmV0/);
    });

    test.each(["HS256", "none", "RS1", "ES256K"])("with the algorithm %s", async (alg) => {
      const error = await rejection(apply(privateKeyJwt(jwk, { alg: alg as SigningAlgorithm })));
      expect(error).toMatchObject({ name: "InvalidInputError", field: "alg" });
    });
  });

  test("is signed with the secret and HS256", async () => {
    const secret = "a secret of some length, 32 bytes or more €";
    const assertion = await assertionOf(clientSecretJwt(secret, { now: () => Date.now() }));
    const { payload, protectedHeader } = await jwtVerify(assertion, new TextEncoder().encode(secret), {
      audience: as.token_endpoint,
      issuer: "c",
      subject: "c",
    });
    expect(protectedHeader).toEqual({ alg: "HS256" });
    expect(payload.exp! - payload.iat!).toBe(90);
  });

  test("is signed with a short secret, too", async () => {
    await jwtVerify(await assertionOf(clientSecretJwt("short")), new TextEncoder().encode("short"));
  });
});

const hmac = () => crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, true, ["sign"]);

const cryptoKey = async (alg: string) => (await generateKeyPair(alg as "RS256")).privateKey;

const smallKey = async () => {
  const algorithm = {
    name: "RSASSA-PKCS1-v1_5",
    hash: "SHA-256",
    modulusLength: 1024,
    publicExponent: Uint8Array.of(1, 0, 1),
  };
  return (await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"])).privateKey;
};

const encrypted = (key: KeyObject, type: "pkcs8" | "pkcs1" = "pkcs8") =>
  key.export({ type, format: "pem", cipher: "aes-256-cbc", passphrase: "x" }) as string;
