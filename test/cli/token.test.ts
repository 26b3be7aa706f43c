import { expect, test } from "vitest";
import { createMockHydra, type MockHydra } from "../../src/mock/index.ts";
import { cli } from "./support.ts";

const words = (line: string) => line.split(" ");

async function tokenOf(mock: MockHydra, client_id = "shop"): Promise<string> {
  mock.addClient({ client_id, client_secret: "secret-1", grant_types: ["client_credentials"], scope: "read write" });
  const line = `perform client-credentials -q --client-id ${client_id} --scope read --client-secret-file -`;
  return (await cli(words(line), { mock, stdin: "secret-1" })).stdout.trim();
}

test("introspect shows a token given as an argument, on standard input or at the prompt", async () => {
  const mock = createMockHydra({ clock: () => Date.parse("2026-01-01T00:00:00Z") });
  const token = await tokenOf(mock);
  for (const [args, world] of [
    [[token], {}],
    [["-"], { stdin: `${token}\n` }],
    [[], { typed: [token] }],
  ] as const) {
    const { status, stdout } = await cli(["introspect", "token", ...args, "--format", "json"], {
      mock,
      ...world,
    } as any);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      active: true,
      client_id: "shop",
      scope: "read",
      token_use: "access_token",
    });
  }
  const table = await cli(["introspect", "token", token], { mock });
  expect(table.stdout).toContain("ACTIVE\ttrue\nSUBJECT\tshop\nCLIENT ID\tshop\nSCOPE\tread\n");
  expect(table.stdout).toContain("EXPIRY\t2026-01-01T01:00:00Z\n");
});

test("a token that is not active, or lacks a scope, ends with 1 where that is asked for", async () => {
  const mock = createMockHydra();
  const token = await tokenOf(mock);
  const line = ["introspect", "token", token, "-q", "--scope", "read,write"];
  expect(await cli(line, { mock })).toMatchObject({ status: 0, stdout: "false\n" });
  expect(mock.requests.at(-1)?.body).toMatchObject({ scope: "read write" });
  expect(await cli([...line, "--fail-if-inactive"], { mock })).toMatchObject({ status: 1, stdout: "false\n" });
  const active = ["introspect", "token", token, "-q", "--fail-if-inactive"];
  expect(await cli(active, { mock })).toMatchObject({ status: 0, stdout: "true\n" });
});

test("an inactive token has no expiry in 1970", async () => {
  const { stdout } = await cli(["introspect", "token", "bogus"]);
  expect(stdout).toContain("EXPIRY\t\n");
});

test("revoke ends the token of the client, with any method, and prints no token", async () => {
  const mock = createMockHydra();
  const token = await tokenOf(mock);
  const line = "revoke token --client-id shop --client-secret-file - --token-type-hint access_token";
  const { status, stdout, stderr } = await cli([...words(line), token], { mock, stdin: "secret-1\n" });
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: "revoked, if it was a token of shop\n" });
  expect(mock.requests.at(-1)?.body).toMatchObject({ token_type_hint: "access_token" });
  expect((await cli(["introspect", "token", token, "-q"], { mock })).stdout).toBe("false\n");

  mock.addClient({ client_id: "app", token_endpoint_auth_method: "none" });
  expect((await cli(words("revoke token --client-id app -"), { mock, stdin: "bogus" })).status).toBe(0);
  expect((await cli(words("revoke token --client-id nobody bogus"), { mock })).status).toBe(4);
});

test("a token that is missing, or that is to come from where the secret comes from, is refused", async () => {
  const mock = createMockHydra();
  for (const [line, field] of [
    ["introspect token", "TOKEN"],
    ["introspect token -", "TOKEN"],
    ["revoke token --client-id shop", "TOKEN"],
    ["revoke token --client-id shop --client-secret-file - -", "--client-secret-file"],
    ["revoke token --client-id shop --token-type-hint bogus x", "--token-type-hint"],
  ] as const) {
    const { status, stderr } = await cli(words(line), { mock });
    expect([line, status]).toEqual([line, 2]);
    expect(stderr).toContain(field);
  }
  expect(mock.requests).toEqual([]);
});

test("the access tokens of a client are deleted, and a client that does not exist is told", async () => {
  const mock = createMockHydra();
  const token = await tokenOf(mock);
  const dry = await cli(["delete", "access-tokens", "shop", "--dry-run"], { mock });
  expect(dry).toMatchObject({ status: 0, stdout: "ID\nshop\n" });
  expect((await cli(["introspect", "token", token, "-q"], { mock })).stdout).toBe("true\n");
  expect(await cli(["delete", "access-tokens", "shop"], { mock })).toMatchObject({ status: 0, stdout: "ID\tshop\n" });
  expect((await cli(["introspect", "token", token, "-q"], { mock })).stdout).toBe("false\n");

  const unknown = await cli(["delete", "access-tokens", "shpo"], { mock });
  expect(unknown).toMatchObject({ status: 3, stdout: "" });
  expect(unknown.stderr).toContain("warning: shpo did not exist");
  expect((await cli(["delete", "access-tokens", "shpo", "--ignore-missing"], { mock })).status).toBe(0);
});
