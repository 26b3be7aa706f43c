import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { generateKey } from "../../src/index.ts";
import { createMockHydra } from "../../src/mock/index.ts";
import { cli } from "./support.ts";

const words = (line: string) => line.split(" ");

async function fileOf(content: string): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), "hydra-sdk-")), "file");
  await writeFile(file, content);
  return file;
}

test("create makes a key, and shows its private members only with --private", async () => {
  const mock = createMockHydra();
  const line = words("create jwk my-set key-1 --alg ES256 --use enc --format json");
  const { status, stdout } = await cli(line, { mock });
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    keys: [
      { kty: "EC", crv: "P-256", kid: "key-1", alg: "ES256", use: "enc", x: expect.any(String), y: expect.any(String) },
    ],
  });
  expect(mock.requests.at(-1)?.body).toEqual({ alg: "ES256", kid: "key-1", use: "enc" });
  const more = await cli(words("create jwks my-set --kid key-2 --alg EdDSA --private --format json"), { mock });
  expect(JSON.parse(more.stdout).keys).toEqual([expect.objectContaining({ kid: "key-2", d: expect.any(String) })]);
  expect((await cli(words("create jwk my-set key-1 --alg ES256"), { mock })).status).toBe(5);
});

test("get shows sets and keys, -q their IDs", async () => {
  const mock = createMockHydra();
  for (const key of ["one", "two"]) await cli(words(`create jwk my-set ${key} --alg ES256`), { mock });
  await cli(words("create jwk other three --alg EdDSA"), { mock });
  expect((await cli(words("get jwk my-set -q"), { mock })).stdout).toBe("two\none\n");
  expect((await cli(words("get jwks my-set other"), { mock })).stdout).toBe(
    "KEY ID\tSET ID\tALGORITHM\tUSE\tTYPE\ntwo\tmy-set\tES256\tsig\tEC\none\tmy-set\tES256\tsig\tEC\n" +
      "three\tother\tEdDSA\tsig\tOKP\n",
  );
  const one = await cli(words("get jwk my-set --kid one --format jsonpath=keys.0.kid"), { mock });
  expect(one.stdout).toBe('"one"\n');
  const all = await cli(words("get jwk my-set --format json"), { mock });
  expect(all.stdout).not.toContain('"d"');
  const open = await cli(words("get jwk my-set --private --format json"), { mock });
  expect(JSON.parse(open.stdout).keys[0].d).toEqual(expect.any(String));
  const some = await cli(words("get jwk missing my-set -q"), { mock });
  expect(some).toMatchObject({ status: 3, stdout: "two\none\n" });
});

test("a key without alg, use and kid can be shown", async () => {
  const mock = createMockHydra();
  mock.fail({ status: 200, body: { keys: [{ kty: "oct", k: "c2VjcmV0" }] } });
  const { status, stdout } = await cli(words("get jwk bare"), { mock });
  expect({ status, stdout }).toEqual({ status: 0, stdout: "KEY ID\tSET ID\tALGORITHM\tUSE\tTYPE\n\tbare\t\t\toct\n" });
});

test("delete says which sets and keys did not exist", async () => {
  const mock = createMockHydra();
  for (const key of ["one", "two"]) await cli(words(`create jwk my-set ${key} --alg ES256`), { mock });
  const one = await cli(words("delete jwk my-set --kid one"), { mock });
  expect(one).toMatchObject({ status: 0, stdout: "ID\tone\n" });
  expect((await cli(words("delete jwk my-set --kid one"), { mock })).status).toBe(3);
  expect((await cli(words("delete jwk my-set --dry-run"), { mock })).stdout).toBe("ID\nmy-set\n");
  const many = await cli(words("delete jwks my-set nothing"), { mock });
  expect(many.status).toBe(2);
  expect(many.stderr).toContain("--yes");
  const both = await cli(words("delete jwks my-set nothing --yes"), { mock });
  expect(both).toMatchObject({ status: 3, stdout: "ID\nmy-set\n" });
  expect(both.stderr).toContain("warning: nothing did not exist");
  expect((await cli(words("delete jwk my-set --ignore-missing"), { mock })).status).toBe(0);
});

test("import stores PEM and JSON Web Keys with what the flags say", async () => {
  const mock = createMockHydra();
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = await fileOf(privateKey.export({ format: "pem", type: "pkcs1" }).toString());
  const line = ["import", "jwk", "mine", pem, ...words("--alg PS256 --use sig --kid rsa-1 --format json")];
  const dry = await cli([...line, "--dry-run"], { mock });
  expect(JSON.parse(dry.stdout).keys).toEqual([expect.objectContaining({ kid: "rsa-1", alg: "PS256" })]);
  expect(mock.requests).toEqual([]);
  const { status, stdout } = await cli(line, { mock });
  expect({ status, hasPrivate: stdout.includes('"d"') }).toEqual({ status: 0, hasPrivate: false });
  expect(mock.state.keySets.get("mine")).toEqual([
    { ...privateKey.export({ format: "jwk" }), kid: "rsa-1", alg: "PS256", use: "sig" },
  ]);

  const keys = [await generateKey("ES256"), await generateKey("Ed25519")];
  const ids = keys.map(({ kid }) => kid);
  const both = await cli(words("import jwk mine - -q"), { mock, stdin: JSON.stringify({ keys }) });
  expect(both).toMatchObject({ status: 0, stdout: `${ids.join("\n")}\n` });
  const { kid, alg, use, ...bare } = keys[0]!;
  const bareFile = await fileOf(JSON.stringify(bare));
  expect((await cli(["import", "jwk", "bare", bareFile, "--private", "-q"], { mock })).stdout).toBe(`${kid}\n`);
  expect(mock.state.keySets.get("bare")).toEqual([{ ...bare, kid, alg, use }]);
});

test("what cannot be right is refused before anything is sent", async () => {
  const mock = createMockHydra();
  const secret = "c3VwZXItc2VjcmV0";
  const noKey = await fileOf(JSON.stringify({ d: secret }));
  const pem = await fileOf(`-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----\n`);
  const set = await fileOf(JSON.stringify({ keys: [{ kty: "oct" }, { kty: "oct" }] }));
  for (const [line, field] of [
    ["create jwk", "SET"],
    ["create jwk a b --kid c", "--kid"],
    ["get jwk a b --kid c", "--kid"],
    ["delete jwk a b --kid c", "--kid"],
    ["import jwk a /nonexistent", "FILE"],
    [`import jwk a ${noKey}`, "FILE"],
    [`import jwk a ${pem}`, "FILE"],
    [`import jwk a ${set} --kid x`, "--kid"],
    [`import jwk a ${pem} ${pem} --kid x`, "--kid"],
  ] as const) {
    const { status, stderr } = await cli(words(line), { mock });
    expect([line, status]).toEqual([line, 2]);
    expect(stderr).toContain(field);
    expect(stderr).not.toContain(secret);
  }
  expect(mock.requests).toEqual([]);
});

test("delete jwk SET KEY-ID, as create takes them, does not delete the set", async () => {
  const mock = createMockHydra();
  await cli(words("create jwk pay k1 --alg ES256"), { mock });
  const { status, stderr } = await cli(words("delete jwk pay k1 --yes --ignore-missing"), { mock });
  expect(status).toBe(2);
  expect(stderr).toContain("`hydra-sdk delete jwk pay --kid k1`");
  expect((await cli(words("get jwk pay -q"), { mock })).stdout).toBe("k1\n");
});
