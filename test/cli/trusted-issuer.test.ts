import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { generateKey, type JsonWebKey, publicJwks } from "../../src/index.ts";
import { createMockHydra, type MockHydra } from "../../src/mock/index.ts";
import { cli } from "./support.ts";

const words = (line: string) => line.split(" ");

async function fileOf(content: unknown): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), "hydra-sdk-")), "file");
  await writeFile(file, JSON.stringify(content));
  return file;
}

const now = () => Date.parse("2026-01-01T00:00:00Z");
const sent = ({ requests }: MockHydra) => requests.at(-1)?.body as { jwk: JsonWebKey };

test("create sends the public key alone, whatever the file holds", async () => {
  const mock = createMockHydra();
  const key = await generateKey("ES256");
  const line = "create trusted-issuer --issuer https://ci.example --subject deploy --scope a,b --expires 90d --kid k1";
  const args = [...words(line), "--alg", "ES256", "--key", await fileOf(key)];
  const { status, stdout } = await cli([...args, "--format", "json"], { mock, now });
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ issuer: "https://ci.example", public_key: { kid: "k1" } });
  const { d, ...publicKey } = key;
  expect(d).toEqual(expect.any(String));
  expect(sent(mock)).toEqual({
    issuer: "https://ci.example",
    subject: "deploy",
    scope: ["a", "b"],
    expires_at: "2026-04-01T00:00:00.000Z",
    jwk: { ...publicKey, kid: "k1" },
  });
  expect((await cli(args, { mock, now })).status).toBe(5);
});

async function withIssuers(mock: MockHydra, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) {
    const stdin = JSON.stringify((await publicJwks(await generateKey("ES256"))).keys[0]);
    const line = `create trusted-issuer --issuer https://${i}.example --allow-any-subject --expires 2099-01-01 --key - -q`;
    ids.push((await cli(words(line), { mock, stdin })).stdout.trim());
  }
  return ids;
}

test("issuers are shown, listed and deleted", async () => {
  const mock = createMockHydra();
  const [first = "", second = "", third = ""] = await withIssuers(mock, 3);
  expect((await cli(["get", "trusted-issuer", first], { mock })).stdout).toContain("SUBJECT\t(any)\n");
  expect(await cli(["get", "trusted-issuers", first, second, "-q"], { mock })).toMatchObject({
    status: 0,
    stdout: `${first}\n${second}\n`,
  });
  const all = await cli(words("list trusted-issuers --all --page-size 1 -q"), { mock });
  expect(all.stdout.trim().split("\n").sort()).toEqual([first, second, third].sort());
  const some = await cli(words("list trusted-issuers --limit 2 -q"), { mock });
  expect(some.stdout.trim().split("\n")).toHaveLength(2);
  expect(some.stderr).toContain("There are more than 2 issuers");
  expect((await cli(words("list trusted-issuers --issuer https://1.example -q"), { mock })).stdout).toBe(`${second}\n`);
  const next = await cli(words("list trusted-issuers --page-token bogus"), { mock });
  expect(mock.requests.at(-1)?.url).toContain("page_token=");
  expect(next.status).toBe(1);

  expect(await cli(["delete", "trusted-issuer", first], { mock })).toMatchObject({
    status: 0,
    stdout: `ID\t${first}\n`,
  });
  expect((await cli(["delete", "trusted-issuer", first], { mock })).status).toBe(3);
  expect((await cli(["delete", "trusted-issuer", first, "--ignore-missing"], { mock })).status).toBe(0);
  expect((await cli(["delete", "trusted-issuers", second, third, "--dry-run"], { mock })).status).toBe(0);
  expect((await cli(["delete", "trusted-issuers", second, third], { mock })).status).toBe(2);
  expect((await cli(["delete", "trusted-issuers", second, third, "--yes"], { mock })).status).toBe(0);
  expect((await cli(words("list trusted-issuers --all -q"), { mock })).stdout).toBe("");
});

test("import trusts the issuers of files", async () => {
  const mock = createMockHydra();
  const issuerOf = async (issuer: string) => ({
    issuer,
    subject: "deploy",
    scope: ["a"],
    jwk: (await publicJwks(await generateKey("ES256"))).keys[0],
    expires_at: "2099-01-01T00:00:00Z",
  });
  const file = await fileOf([await issuerOf("https://a.example"), await issuerOf("https://b.example")]);
  const dry = await cli(["import", "trusted-issuers", file, "--dry-run"], { mock });
  expect(dry.stdout).toContain("https://a.example\tdeploy");
  expect(mock.requests).toEqual([]);
  const { status, stdout } = await cli(["import", "trusted-issuers", file, "--format", "json"], { mock });
  expect(status).toBe(0);
  expect(JSON.parse(stdout).map(({ issuer }: { issuer: string }) => issuer)).toEqual([
    "https://a.example",
    "https://b.example",
  ]);
});

test("what cannot be right is refused before anything is sent", async () => {
  const mock = createMockHydra();
  const key = await fileOf((await publicJwks(await generateKey("ES256"))).keys[0]);
  const two = await fileOf(await publicJwks(await generateKey("ES256"), await generateKey("ES384")));
  const symmetric = await fileOf({ kty: "oct", k: "c2VjcmV0" });
  const listed = await fileOf([{ issuer: "https://a.example", public_key: { kid: "x" }, id: "y" }]);
  const privateKey = await fileOf({ issuer: "a", expires_at: "2099-01-01", jwk: await generateKey("ES256") });
  const create = "create trusted-issuer --issuer https://a.example";
  for (const [line, field] of [
    ["create trusted-issuer", "--issuer"],
    [`${create} --key ${key} --expires 1d`, "--subject"],
    [`${create} --key ${key} --expires 1d --subject a --allow-any-subject`, "--subject"],
    [`${create} --expires 1d --subject a`, "--key"],
    [`${create} --key ${key} --subject a`, "--expires"],
    [`${create} --key ${key} --subject a --expires soon`, "--expires"],
    [`${create} --key ${key} --subject a --expires 2001-01-01`, "--expires"],
    [`${create} --key ${two} --subject a --expires 1d`, "--key"],
    [`${create} --key ${symmetric} --subject a --expires 1d`, "--key"],
    ["list trusted-issuers --all --limit 1", "--limit"],
    [`import trusted-issuers ${listed}`, "jwk"],
    [`import trusted-issuers ${privateKey}`, "private key"],
  ] as const) {
    const { status, stderr } = await cli(words(line), { mock });
    expect([line, status]).toEqual([line, 2]);
    expect(stderr).toContain(field);
  }
  expect(mock.requests).toEqual([]);
});
