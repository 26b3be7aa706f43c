import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createMockHydra, type MockHydra } from "../../src/mock/index.ts";
import { cli } from "./support.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "client-keys-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const create = (mock: MockHydra, id: string, ...flags: string[]) =>
  cli(
    [
      ...["create", "client", "--id", id, "--grant-type", "client_credentials"],
      ...["--token-endpoint-auth-method", "private_key_jwt", ...flags],
    ],
    { mock },
  );
const token = (mock: MockHydra, id: string, ...flags: string[]) =>
  cli(["perform", "client-credentials", "--client-id", id, "-q", ...flags], { mock });
const ecPem = () => {
  const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return {
    privatePem: pair.privateKey.export({ format: "pem", type: "pkcs8" }) as string,
    publicPem: pair.publicKey.export({ format: "pem", type: "spki" }) as string,
  };
};

const update = (mock: MockHydra, id: string, ...flags: string[]) => cli(["update", "client", id, ...flags], { mock });
const jwkOf = (pem: string) => createPublicKey(pem).export({ format: "jwk" });
const rsaPem = (() => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return {
    privatePem: privateKey.export({ format: "pem", type: "pkcs8" }) as string,
    publicPem: publicKey.export({ format: "pem", type: "spki" }) as string,
  };
})();
/** The exit statuses of a request for a token with each key. */
async function statuses(mock: MockHydra, id: string, ...pems: string[]): Promise<number[]> {
  const found: number[] = [];
  for (const [index, pem] of pems.entries())
    found.push((await token(mock, id, "--key", await file(`${index}.pem`, pem))).status);
  return found;
}
const works = 0;

test("a PEM file of two keys registers both, wherever it is read", async () => {
  const [old, next] = [ecPem(), ecPem()];
  const both = await file("both.pem", `${old.publicPem}comment\n${next.publicPem}`);
  const mock = createMockHydra();
  await create(mock, "a", "--jwks", await file("old.pub", old.publicPem));
  const updated = await update(mock, "a", "--jwks", both);
  expect(updated).toMatchObject({ status: 0, stderr: "" });
  expect(await statuses(mock, "a", old.privatePem, next.privatePem)).toEqual([works, works]);
  await create(mock, "b", "--jwks", both);
  expect(await statuses(mock, "b", old.privatePem, next.privatePem)).toEqual([works, works]);
  const piped = ["create", "client", "--id", "c", "--grant-type", "client_credentials", "--jwks", "-"];
  await cli(piped, { mock, stdin: old.privatePem + old.publicPem + next.publicPem });
  expect(await statuses(mock, "c", old.privatePem, next.privatePem)).toEqual([works, works]);
  const stored = await cli(["get", "client", "c", "--format=jsonpath=jwks.keys.#"], { mock });
  expect(JSON.parse(stored.stdout)).toBe(2);
  const imported = await cli(["import", "jwk", "set", both, "-q"], { mock });
  expect(imported.stdout.trim().split("\n")).toHaveLength(2);
});

test("a second key that is cut off is not overlooked", async () => {
  const cut = await file("cut.pem", ecPem().publicPem + ecPem().publicPem.slice(0, 60));
  const { status, stderr } = await create(createMockHydra(), "a", "--jwks", cut);
  expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringContaining(`--jwks ${cut} holds no`) });
});

test("a rotation names both files, each with --jwks", async () => {
  const [old, next] = [ecPem(), ecPem()];
  const mock = createMockHydra();
  const [oldFile, nextFile] = [await file("old.pub", old.publicPem), await file("new.pub", next.publicPem)];
  await create(mock, "a", "--jwks", oldFile);
  await update(mock, "a", "--jwks", oldFile, "--jwks", nextFile);
  expect(await statuses(mock, "a", old.privatePem, next.privatePem)).toEqual([works, works]);
  const last = await update(mock, "a", "--jwks", nextFile);
  expect(await statuses(mock, "a", next.privatePem)).toEqual([works]);
  expect(await statuses(mock, "a", old.privatePem)).not.toEqual([works]);
  const [kid] = JSON.parse((await cli(["get", "client", "a", "--format=jsonpath=jwks.keys.#.kid"], { mock })).stdout);
  expect(last.stdout).toContain(`KEYS\t${kid}\n`);
  expect((await cli(["get", "client", "a"], { mock })).stdout).toContain(`KEYS\t${kid}\n`);
  const twice = await update(mock, "a", "--jwks", "-", "--jwks", "-");
  expect(twice).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("standard input is read for another flag"),
  });
});

test("a key set of Node, which names no key, gets the members that a key needs", async () => {
  const { privatePem, publicPem } = ecPem();
  const mock = createMockHydra();
  const set = await file("node.json", JSON.stringify({ keys: [jwkOf(publicPem)] }));
  const { stdout } = await create(mock, "a", "--jwks", set, "--format=json");
  const [key] = JSON.parse(stdout).jwks.keys;
  expect(key).toEqual({ ...jwkOf(publicPem), kid: expect.stringMatching(/^[\w-]{43}$/), use: "sig", alg: "ES256" });
  expect(await statuses(mock, "a", privatePem)).toEqual([works]);
});

test("a private key in --jwks is reduced to its public half, in a key set as in a PEM", async () => {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const set = await file("private.json", JSON.stringify({ keys: [privateKey.export({ format: "jwk" })] }));
  const mock = createMockHydra();
  await create(mock, "a", "--jwks", await file("old.pub", ecPem().publicPem));
  expect(await update(mock, "a", "--jwks", set)).toMatchObject({ status: 0 });
  expect(JSON.stringify(mock.requests.map(({ body }) => body))).not.toContain('"d":');
  expect(await statuses(mock, "a", privateKey.export({ format: "pem", type: "pkcs8" }) as string)).toEqual([works]);
  const symmetric = await file("oct.json", '{"kty":"oct","k":"c2VjcmV0"}');
  const refused = await update(mock, "a", "--jwks", symmetric);
  expect(refused).toMatchObject({ status: 2, stderr: expect.stringContaining("holds a symmetric key") });
});

test("update fits the signing algorithm to keys of another one, and warns of mixed keys", async () => {
  const ec = ecPem();
  const mock = createMockHydra();
  const [rsaFile, ecFile] = [await file("rsa.pub", rsaPem.publicPem), await file("ec.pub", ec.publicPem)];
  await create(mock, "a", "--jwks", rsaFile);
  const mixed = await update(mock, "a", "--jwks", rsaFile, "--jwks", ecFile);
  expect(mixed.stderr).toContain("warning: the keys for ES256 do not work");
  expect(mixed.stderr).toContain("must be signed with RS256; --token-endpoint-auth-signing-alg ES256 changes that");
  const dry = await update(mock, "a", "--jwks", ecFile, "--dry-run", "--format=json");
  expect(dry.stdout).toContain('"/token_endpoint_auth_signing_alg"');
  const updated = await update(mock, "a", "--jwks", ecFile);
  expect(updated.stderr).toContain("signed with ES256, as its keys say");
  expect(await statuses(mock, "a", ec.privatePem)).toEqual([works]);
});

test("an RSA key is for the RSA algorithm that the client is registered with", async () => {
  const mock = createMockHydra();
  const rsa = await file("rsa.pub", rsaPem.publicPem);
  const made = await create(mock, "a", "--jwks", rsa, "--token-endpoint-auth-signing-alg", "PS256");
  expect(made).toMatchObject({ status: 0, stderr: "" });
  const { stdout, stderr } = await update(mock, "a", "--jwks", rsa, "--format=json");
  const { jwks, token_endpoint_auth_signing_alg } = JSON.parse(stdout);
  expect([jwks.keys[0].alg, token_endpoint_auth_signing_alg, stderr]).toEqual(["PS256", "PS256", ""]);
});

test("create --jwks implies private_key_jwt, and keys beside a secret are warned of", async () => {
  const { privatePem, publicPem } = ecPem();
  const jwks = ["--jwks", await file("new.pub", publicPem)];
  const service = ["create", "client", "--grant-type", "client_credentials"];
  const mock = createMockHydra();
  const made = await cli([...service, "--id", "a", ...jwks], { mock });
  expect(made.stderr).toContain("It authenticates with its keys: token_endpoint_auth_method private_key_jwt.");
  expect(await statuses(mock, "a", privatePem)).toEqual([works]);
  await cli([...service, "--id", "b"], { mock });
  const useless = "warning: the client authenticates with client_secret_basic, without the keys";
  expect((await update(mock, "b", ...jwks)).stderr).toContain(useless);
  const secret = ["--secret-file", await file("secret.txt", "hunter2-hunter2")];
  expect((await cli([...service, ...jwks, ...secret], { mock })).stderr).toContain(useless);
  const signed = await cli([...service, ...jwks, "--request-object-signing-alg", "ES256", "--format=json"], { mock });
  expect(JSON.parse(signed.stdout).token_endpoint_auth_method).not.toBe("private_key_jwt");
  expect(signed.stderr).not.toContain("keys");
});

test("a key that is refused: the hint is about the key, not about a secret", async () => {
  const mock = createMockHydra();
  await create(mock, "a", "--jwks", await file("old.pub", ecPem().publicPem));
  const fetch = async () => Response.json({ error: "invalid_client" }, { status: 401 });
  const key = await file("key.pem", ecPem().privatePem);
  const line = ["perform", "client-credentials", "--client-id", "a", "--key", key];
  expect(await cli(line, { mock, fetch })).toMatchObject({
    status: 4,
    stderr: expect.stringContaining("check the ID, the key and its algorithm, and the auth method of the client"),
  });
});

test("a PEM of openssl is a client's key: its public half is registered, with its algorithm, and a token follows", async () => {
  const { privatePem, publicPem } = ecPem();
  const key = await file("key.pem", privatePem);
  for (const [id, pem] of Object.entries({ a: publicPem, b: privatePem })) {
    const mock = createMockHydra();
    const made = await create(mock, id, "--jwks", await file("jwks.pem", pem), "--format=json");
    expect(made.stderr).toContain("signed with ES256, as its keys say");
    const { jwks, token_endpoint_auth_signing_alg } = JSON.parse(made.stdout);
    expect(token_endpoint_auth_signing_alg).toBe("ES256");
    expect(Object.keys(jwks.keys[0]).sort()).toEqual(["alg", "crv", "kid", "kty", "use", "x", "y"]);
    expect(await token(mock, id, "--key", key)).toMatchObject({ status: 0, stderr: "" });
  }
});

test("what create jwk --private prints is a key for --key, and is told to be private", async () => {
  const mock = createMockHydra();
  const made = await cli("create jwk pay k1 --alg ES256 --private --format json".split(" "), { mock });
  expect(made.stderr).toContain("chmod 600");
  const set = JSON.parse(made.stdout);
  const { d, ...publicKey } = set.keys[0];
  await create(mock, "a", "--jwks", await file("public.json", JSON.stringify({ keys: [publicKey] })));
  expect(await token(mock, "a", "--key", await file("k1.json", made.stdout))).toMatchObject({ status: 0 });
  const two = await file("two.json", JSON.stringify({ keys: [...set.keys, { ...set.keys[0], kid: "k2" }] }));
  expect(await token(mock, "a", "--key", two)).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("is a key set with 2 private keys: --kid names one"),
  });
  expect(await token(mock, "a", "--key", two, "--kid", "k1")).toMatchObject({ status: 0 });
  expect((await token(mock, "a", "--key", two, "--kid", "k3")).stderr).toContain("no private keys whose ID is k3");
  const none = await token(mock, "a", "--key", await file("public.json", JSON.stringify({ keys: [publicKey] })));
  expect(none.stderr).toContain("is a key set with no private keys: was it written without --private?");
});

test("an empty file is called empty", async () => {
  const mock = createMockHydra();
  const empty = await file("empty.json", "\n");
  expect((await token(mock, "a", "--key", empty)).stderr).toContain(`--key ${empty} is empty`);
  expect((await create(mock, "a", "--jwks", empty)).stderr).toContain(`--jwks ${empty} is empty`);
  expect((await create(mock, "a", "--file", empty)).stderr).toContain(`--file ${empty} is empty`);
  expect(mock.requests).toEqual([]);
});

test("keys that do not fit the signing algorithm are warned of, and fitting ones are not", async () => {
  const { publicPem } = ecPem();
  const jwks = await file("ec.pem", publicPem);
  const given = await create(createMockHydra(), "a", "--jwks", jwks, "--token-endpoint-auth-signing-alg", "RS256");
  expect(given.stderr).toContain("warning: no key of the client is for RS256");
  expect(given.stderr).toContain("--token-endpoint-auth-signing-alg to ES256");
  const fitting = ["--token-endpoint-auth-signing-alg", "ES256"];
  expect((await create(createMockHydra(), "a", "--jwks", jwks, ...fitting)).stderr).toBe("");
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const rsa = await file("rsa.pem", publicKey.export({ format: "pem", type: "spki" }) as string);
  expect((await create(createMockHydra(), "a", "--jwks", rsa)).stderr).toBe("");
});
