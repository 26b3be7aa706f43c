import { generateKeyPairSync } from "node:crypto";
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
