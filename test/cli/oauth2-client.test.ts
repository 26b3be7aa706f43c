import { expect, test } from "vitest";
import { createMockHydra } from "../../src/mock/index.ts";
import { cli } from "./support.ts";

test("create with grants and redirect URIs sends the fields that were given", async () => {
  const mock = createMockHydra();
  const { status, stdout, stderr } = await cli(
    [
      ..."create oauth2-client --name shop --grant-type authorization_code,refresh_token".split(" "),
      "--redirect-uri",
      "https://a.example/cb?x=1,2,https://b.example/cb",
      "--skip-consent=false",
      "--format",
      "json",
    ],
    { mock },
  );
  expect(stderr).toBe("The client secret is shown this once: keep it now.\n");
  expect(status).toBe(0);
  const client = JSON.parse(stdout);
  expect(client).toMatchObject({
    client_name: "shop",
    grant_types: ["authorization_code", "refresh_token"],
    redirect_uris: ["https://a.example/cb?x=1,2", "https://b.example/cb"],
    skip_consent: false,
  });
  expect(client.client_secret).toEqual(expect.any(String));
});

test("a client can be read, listed, changed, patched and deleted", async () => {
  const mock = createMockHydra();
  const world = { mock };
  await cli("create oauth2-client --id one --name One --secret-file -".split(" "), { mock, stdin: "secret-1\n" });
  expect(await cli(["get", "client", "one", "--format", "jsonpath=client_name"], world)).toMatchObject({
    status: 0,
    stdout: '"One"\n',
  });
  expect(await cli(["ls", "clients", "-q"], world)).toMatchObject({ stdout: "one\n", stderr: "" });
  const dry = await cli(["update", "client", "one", "--scope", "a,b", "--dry-run"], world);
  expect(dry.stdout).toBe('~ /scope  "openid offline_access" → "a b"\n');
  expect((await cli(["update", "client", "one", "--scope", "a,b", "--format", "jsonpath=scope"], world)).stdout).toBe(
    '"a b"\n',
  );
  const patched = await cli(["patch", "client", "one", "--replace", '/owner="me"', "--format=json"], world);
  expect(JSON.parse(patched.stdout).owner).toBe("me");
  expect(await cli(["delete", "client", "one"], world)).toMatchObject({ status: 0, stdout: "ID\tone\n" });
  expect(await cli(["delete", "client", "one"], world)).toMatchObject({ status: 3, stdout: "" });
});

test("what cannot be right is refused before anything is sent", async () => {
  const mock = createMockHydra();
  for (const args of [
    "get client a --format bogus",
    "get client",
    "get client a --bogus",
    "create bogus",
    "bogus",
    "list clients --limit x",
    "patch client a --replace /x=y",
    "create client --metadata {",
  ]) {
    const { status, stderr } = await cli(args.split(" "), { mock });
    expect([args, status]).toEqual([args, 2]);
    expect(stderr).not.toBe("");
  }
  expect(mock.requests).toEqual([]);
});

test("clients are listed and deleted by the beginning of their names, or another part", async () => {
  const mock = createMockHydra();
  const names = ["tmp-1", "tmp-2", "TMP-3", "a.tmp", "(tmp)*", ""];
  for (const [i, client_name] of names.entries())
    mock.addClient({ client_id: `c${i}`, client_name, owner: `o${i % 2}` });
  const list = async (...flags: string[]) =>
    (await cli(["list", "clients", "-q", ...flags], { mock })).stdout.split("\n").filter(Boolean).sort();
  expect(await list("--name", "tmp-*")).toEqual(["c0", "c1"]);
  expect(await list("--name", "*tmp*", "--owner", "o0")).toEqual(["c0", "c4"]);
  expect(await list("--name", "a.t*")).toEqual(["c3"]);
  expect(await list("--name", "(*)*")).toEqual(["c4"]);
  expect(await list("--name", "tmp")).toEqual([]);
  expect(await list("--name", "*tmp*", "--limit", "2", "--page-size", "1")).toHaveLength(2);
  const doomed = ["delete", "clients", "--all", "--name", "tmp-*", "-q"];
  expect(await cli([...doomed, "--dry-run"], { mock })).toMatchObject({
    stdout: "c0\nc1\n",
    stderr: "would delete 2 clients:\n",
  });
  expect(await cli([...doomed, "--yes"], { mock })).toMatchObject({ status: 0, stdout: "c0\nc1\n" });
  expect(await list()).toEqual(["c2", "c3", "c4", "c5"]);
  expect((await cli([...doomed, "--dry-run"], { mock })).stderr).toBe("nothing to delete\n");
});

test("a client without grants shows what the server takes in their place", async () => {
  const mock = createMockHydra();
  mock.addClient({ client_id: "a" });
  mock.addClient({ client_id: "b", grant_types: ["client_credentials"], response_types: ["token"] });
  const { stdout } = await cli(["list", "clients"], { mock });
  expect(stdout).toContain("a\t\tauthorization_code (default)\tcode (default)\t");
  expect(stdout).toContain("b\t\tclient_credentials\ttoken\t");
});
