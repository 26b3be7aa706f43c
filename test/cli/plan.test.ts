import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createMockHydra } from "../../src/mock/index.ts";
import { cli, variablesOf } from "./support.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "clients-"));
});
afterAll(() => rm(folder, { recursive: true }));

const CLIENTS = `
set: shop
defaults: &defaults
  token_endpoint_auth_method: client_secret_post
clients:
  - client_id: web
    <<: *defaults
    redirect_uris: ["https://\${HOST}/cb"]
    client_secret: \${file:secret.txt}
  - client_id: service
    grant_types: [client_credentials]
`;

async function files() {
  const file = join(folder, "clients.yaml");
  await writeFile(file, CLIENTS);
  await writeFile(join(folder, "secret.txt"), "hunter2-hunter2\n");
  const mock = createMockHydra();
  return { mock, file, env: { ...variablesOf(mock), HOST: "shop.example" } };
}

test("plan, apply, plan: nothing is left, and no secret is shown", async () => {
  const { mock, env, file } = await files();
  const out = join(folder, "secrets.jsonl");
  const planned = await cli(["plan", "-f", file, "--detailed-exitcode"], { mock, env });
  expect(planned.status).toBe(10);
  expect(planned.stdout).toContain("+ create web (secret given)");
  expect(planned.stdout).toContain('redirect_uris: ["https://shop.example/cb"]');
  expect(planned.stdout).toContain("Set shop: 2 to create, 0 to change, 0 to delete, 0 unchanged\n");

  const applied = await cli(["apply", "-f", file, "--yes", "--secrets-out", out], { mock, env });
  expect(applied).toMatchObject({ status: 0, stderr: "2 done\n" });
  expect((await stat(out)).mode & 0o777).toBe(0o600);
  const { client_id, client_secret } = JSON.parse(await readFile(out, "utf8"));
  expect(client_id).toBe("service");
  for (const { stdout, stderr } of [planned, applied]) {
    expect(stdout + stderr).not.toContain("hunter2");
    expect(stdout + stderr).not.toContain(client_secret);
  }
  const again = await cli(["plan", "-f", file, "--detailed-exitcode"], { mock, env });
  expect(again).toMatchObject({
    status: 0,
    stdout: "Set shop: 0 to create, 0 to change, 0 to delete, 2 unchanged\n",
  });
});

test("apply asks at a terminal, and needs --yes elsewhere", async () => {
  const { mock, env, file } = await files();
  const args = ["apply", "-f", file, "--secrets-out", join(folder, "asked.jsonl")];
  expect(await cli(args, { mock, env })).toMatchObject({ status: 2, stderr: expect.stringContaining("--yes") });
  expect(await cli(args, { mock, env, typed: ["n"] })).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("nothing was changed"),
  });
  expect((await cli(["list", "clients", "-q"], { mock, env })).stdout).toBe("");
  expect(await cli(args, { mock, env, typed: ["y"] })).toMatchObject({ status: 0 });
  expect(await cli(["apply", "-f", file, "--yes"], { mock, env })).toMatchObject({
    status: 0,
    stderr: "nothing to do\n",
  });
});

test("a saved plan is applied, and leaves alone what changed meanwhile", async () => {
  const { mock, env, file } = await files();
  await cli(["apply", "-f", file, "--yes", "--secrets-out", join(folder, "s.jsonl")], { mock, env });
  await writeFile(file, CLIENTS.replace("[client_credentials]", "[client_credentials, refresh_token]"));
  const planFile = join(folder, "plan.json");
  await writeFile(planFile, (await cli(["plan", "-f", file, "--format", "json"], { mock, env })).stdout);
  await cli(["patch", "client", "service", "--replace", '/owner="else"'], { mock, env });
  const applied = await cli(["apply", "-f", file, "--plan", planFile, "--yes"], { mock, env });
  expect(applied).toMatchObject({ status: 5, stderr: "1 conflict\n" });
});

test("prune deletes clients of the set only, adopt takes existing ones, rotate makes a new secret", async () => {
  const { mock, env, file } = await files();
  await cli(["create", "client", "--id", "service", "--grant-type", "client_credentials"], { mock, env });
  expect(await cli(["plan", "-f", file], { mock, env })).toMatchObject({
    status: 5,
    stdout: expect.stringContaining("! refused service"),
  });
  const out = join(folder, "rotated.jsonl");
  const adopt = ["apply", "-f", file, "--adopt", "--yes", "--rotate", "service", "--secrets-out", out];
  expect(await cli(adopt, { mock, env })).toMatchObject({ status: 0, stderr: "2 done\n" });
  expect(await readFile(out, "utf8")).toContain('"client_id":"service"');
  await writeFile(file, "set: shop\nclients: []\n");
  const pruned = await cli(["apply", "-f", file, "--prune", "--yes"], { mock, env });
  expect(pruned).toMatchObject({ status: 0, stderr: "2 done\n" });
});

test("export writes a file that plans to nothing on the same server after adoption", async () => {
  const { mock, env, file } = await files();
  await cli(["apply", "-f", file, "--yes", "--secrets-out", join(folder, "e.jsonl")], { mock, env });
  const exported = join(folder, "exported.yaml");
  const { stdout } = await cli(["export", "--set", "shop"], { mock, env });
  await writeFile(exported, stdout);
  const variables = { ...env, WEB_SECRET: "secret-1", SERVICE_SECRET: "secret-2" };
  const planned = await cli(["plan", "-f", exported], { mock, env: variables });
  expect(planned.stdout).toBe("Set shop: 0 to create, 0 to change, 0 to delete, 2 unchanged\n");
  const json = await cli(["export", "--format", "json"], { mock, env });
  expect(JSON.parse(json.stdout).clients).toHaveLength(2);
});

test("prune of old clients is dry without --yes", async () => {
  const { mock, env } = await files();
  for (const id of ["dyn", "admin"])
    await cli(["create", "client", "--id", id, ...(id === "admin" ? ["--metadata", '{"a":"b"}'] : [])], { mock, env });
  const world = { mock, env, now: () => Date.now() + 31 * 86_400_000 };
  const args = ["prune", "--older-than", "30d", "--where", "dynamic", "-q"];
  expect(await cli(args, world)).toMatchObject({
    stdout: "dyn\n",
    stderr: expect.stringContaining("nothing was deleted"),
  });
  expect(await cli([...args, "--yes"], world)).toMatchObject({ status: 0, stdout: "dyn\n" });
  expect((await cli(["list", "clients", "-q"], world)).stdout).toBe("admin\n");
  expect((await cli(["prune", "--older-than", "30d", "--where", "metadata.a=b", "-q"], world)).stdout).toBe("admin\n");
  expect((await cli(["prune", "--older-than", "30d", "--where", "metadata.a=*", "-q"], world)).stdout).toBe("admin\n");
  mock.addClient({ client_id: "tmp", client_name: "tmp-1", owner: "tests/7" });
  for (const where of ["name=tmp-*", "owner=tests/*"])
    expect((await cli(["prune", "--older-than", "30d", "--where", where, "-q"], world)).stdout).toBe("tmp\n");
  expect(await cli(["prune", "--older-than", "30d", "--where", "x"], world)).toMatchObject({ status: 2 });
  expect(await cli(["prune"], world)).toMatchObject({ status: 2, stderr: expect.stringContaining("--older-than") });
});

test("what is wrong in a file is named before anything is sent", async () => {
  const { mock, env } = await files();
  const file = join(folder, "wrong.yaml");
  const plan = async (content: string) => {
    await writeFile(file, content);
    const { status, stderr } = await cli(["plan", "-f", file], { mock, env });
    expect(status).toBe(2);
    return stderr;
  };
  expect(await plan("clients: [{ client_id: a, owner: '${NOPE}' }]")).toContain("the variable NOPE is not set");
  expect(await plan("clients: [{ client_id: a, redirect_uri: x }]")).toContain('no field "redirect_uri"');
  expect(await plan("clients: [{ owner: a }]")).toContain("client_id");
  expect(await plan("a: [")).toContain("not YAML or JSON: look at line 1");
  expect(await plan("clients: 1")).toContain("must hold clients");
  expect(await plan("clients: [{ client_id: a, redirect_uris: x }]")).toContain(
    "redirect_uris must be array or null of",
  );
  expect(await plan("clients: [{ client_id: a, client_secret: 123456 }]")).toContain("client_secret must be string");
  const field = "client_credentials_grant_access_token_lifespan";
  expect(await plan(`clients: [{ client_id: a, ${field}: 15 minutes }]`)).toContain(
    `clients[0].${field} must be a duration such as 15m or 24h, without days`,
  );
  expect(await plan("clients: [{ client_id: a, metadata: &m { m: *m } }]")).toContain("nested more than 200 levels");
});

test("hundreds of clients may refer to one anchor, and two files be of one set", async () => {
  const { mock, env } = await files();
  const [file, other] = [join(folder, "many.yaml"), join(folder, "other.yaml")];
  const clients = Array.from({ length: 300 }, (_, i) => `  - { client_id: c${i}, <<: *defaults }`).join("\n");
  await writeFile(
    file,
    `defaults: &defaults { token_endpoint_auth_method: none, contacts: [a@b.c] }\nclients:\n${clients}\n`,
  );
  await writeFile(other, "set: ${NAME}\nclients: [{ client_id: d }]\n");
  const planned = await cli(["plan", "-f", file, "-f", other, "-q"], { mock, env: { ...env, NAME: "default" } });
  expect(planned.status).toBe(0);
  expect(planned.stdout.split("\n")).toHaveLength(302);
  const apart = await cli(["plan", "-f", file, "-f", other], { mock, env: { ...env, NAME: "x" } });
  expect(apart).toMatchObject({ status: 2, stderr: expect.stringContaining('the sets "default" and "x"') });
});

test("a saved plan needs no file, takes no flag of a plan, and is checked", async () => {
  const { mock, env, file } = await files();
  const [planFile, out] = [join(folder, "saved.json"), join(folder, "saved.jsonl")];
  await writeFile(file, "clients: [{ client_id: service, grant_types: [client_credentials] }]");
  const { stdout } = await cli(["plan", "-f", file, "--format", "json"], { mock, env });
  const apply = async (plan: string, ...flags: string[]) => {
    await writeFile(planFile, plan);
    return cli(["apply", "--plan", planFile, "--secrets-out", out, ...flags], { mock, env });
  };
  const pruned = await apply(stdout, "--yes", "--prune");
  expect(pruned).toMatchObject({ status: 2, stderr: expect.stringContaining("--prune is for a new plan") });
  for (const plan of ["{}", "[]", "1", "null", stdout.replace("create", "x")])
    expect(await apply(plan, "--yes")).toMatchObject({ status: 2, stderr: expect.stringContaining("plan") });
  expect(await apply(stdout, "--yes")).toMatchObject({ status: 0, stderr: "1 done\n" });
});

test("at a terminal the plan is shown on stderr where results are printed as JSON", async () => {
  const { mock, env, file } = await files();
  const args = ["apply", "-f", file, "--secrets-out", join(folder, "json.jsonl"), "--format", "json"];
  const { stdout, stderr } = await cli(args, { mock, env, typed: ["y"] });
  expect(stderr).toContain("+ create web");
  expect(JSON.parse(stdout)).toHaveLength(2);
});

test("a client that is no longer in the file is named, and is no change without --prune", async () => {
  const { mock, env, file } = await files();
  await cli(["apply", "-f", file, "--yes", "--secrets-out", join(folder, "u.jsonl")], { mock, env });
  await writeFile(file, "set: shop\nclients: []\n");
  const planned = await cli(["plan", "-f", file, "--detailed-exitcode"], { mock, env });
  expect(planned).toMatchObject({
    status: 0,
    stdout:
      "Set shop: 0 to create, 0 to change, 0 to delete, 0 unchanged\n" +
      "2 clients of this set are not in the file: service, web (--prune deletes them)\n",
  });
  expect(JSON.parse((await cli(["plan", "-f", file, "--format", "json"], { mock, env })).stdout).unwanted).toEqual([
    "service",
    "web",
  ]);
  const applied = await cli(["apply", "-f", file, "--yes"], { mock, env });
  expect(applied).toMatchObject({ status: 0, stdout: planned.stdout, stderr: "nothing to do\n" });
  const pruned = await cli(["plan", "-f", file, "--prune"], { mock, env });
  expect(pruned.stdout).not.toContain("not in the file");
});

test("a long list of clients that are not in the file is cut", async () => {
  const mock = createMockHydra();
  const metadata = { managed_by: "hydra-sdk", managed_set: "shop" };
  for (let i = 1; i <= 12; i++) mock.addClient({ client_id: `c${100 + i}`, metadata });
  const file = join(folder, "empty.yaml");
  await writeFile(file, "set: shop\nclients: []\n");
  const { stdout } = await cli(["plan", "-f", file], { mock });
  expect(stdout).toContain("12 clients of this set are not in the file: c101, c102,");
  expect(stdout).toContain("c110, 2 more (--prune deletes them)");
});

test("apply --yes shows the plan, then what became of it", async () => {
  const { mock, env, file } = await files();
  await writeFile(file, "set: shop\nclients: [{ client_id: one, token_endpoint_auth_method: none }]\n");
  const { stdout, stderr } = await cli(["apply", "-f", file, "--yes"], { mock, env });
  expect(stdout).toMatch(/^\+ create one\n(.+\n)+Set shop: 1 to create.*\n\nCLIENT ID\t.*\none\tcreate\tdone/);
  expect(stderr).toBe("1 done\n");
  const again = await cli(["apply", "-f", file, "--yes", "--format", "json"], { mock, env });
  expect(again.stdout).toBe("[]\n");
});

test("one client is not 1 clients", async () => {
  const { mock, env, file } = await files();
  await writeFile(file, "clients: [{ client_id: one, token_endpoint_auth_method: none }]\n");
  expect((await cli(["apply", "-f", file], { mock, env, typed: ["y"] })).stderr).toContain("Create 1 client?");
  mock.addClient({ client_id: "old" });
  const world = { mock, env, now: () => Date.now() + 31 * 86_400_000 };
  const pruned = (...flags: string[]) => cli(["prune", "--older-than", "30d", ...flags], world);
  expect((await pruned()).stderr).toBe("1 client; nothing was deleted: --yes deletes it\n");
  expect((await pruned("--yes")).stderr).toBe("deleted 1 of 1 client\n");
  expect((await pruned()).stderr).toBe("no client is so old and fits\n");
  expect((await cli(["delete", "clients", "--all", "--dry-run"], world)).stderr).toBe("would delete 1 client:\n");
});

test("the question says what would happen, in the words of the plan", async () => {
  const { mock, env, file } = await files();
  await cli(["apply", "-f", file, "--yes", "--secrets-out", join(folder, "q.jsonl")], { mock, env });
  const asked = async (clients: string) => {
    await writeFile(file, `set: shop\nclients: [${clients}]\n`);
    return (await cli(["apply", "-f", file, "--prune"], { mock, env, typed: ["n"] })).stderr;
  };
  const none = "token_endpoint_auth_method: none";
  expect(await asked("{ client_id: service, grant_types: [client_credentials] }")).toContain("Delete 1 client?");
  expect(await asked("")).toContain("Delete 2 clients?");
  expect(await asked(`{ client_id: web, ${none} }, { client_id: a, ${none} }, { client_id: b, ${none} }`)).toContain(
    "Create 2 clients, change 1 client, delete 1 client?",
  );
});

test("plan says on stderr that apply will need a file for generated secrets", async () => {
  const { mock, env, file } = await files();
  const planned = await cli(["plan", "-f", file, "--format", "json"], { mock, env });
  expect(planned).toMatchObject({
    status: 0,
    stderr: "apply will need --secrets-out for the new secret of service, or client_secret in the file\n",
  });
  expect(JSON.parse(planned.stdout).clients).toHaveLength(2);
  await writeFile(file, CLIENTS.replace("grant_types", "client_secret: ${HOST}\n    grant_types"));
  expect((await cli(["plan", "-f", file], { mock, env })).stderr).toBe("");
});

test("the commands of the workflow of the example fit its file: what is planned can be applied", async () => {
  const { mock, env } = await files();
  const secrets = {
    SHOP_WEB_SECRET: "secret-of-web",
    SHOP_REPORTS_SECRET: "secret-of-reports",
    SHOP_HOST: "shop.example",
  };
  const run = (line: string) => cli(line.split(" "), { mock, env: { ...env, ...secrets } });
  const file = "examples/clients-as-code/clients.yaml";
  expect(await run(`plan -f ${file} --prune`)).toMatchObject({ status: 0, stderr: "" });
  expect(await run(`apply -f ${file} --prune --yes`)).toMatchObject({ status: 0, stderr: "3 done\n" });
});

test("jwks takes a file beside clients.yaml: PEM or a JSON Web Key Set, of which the public half is used", async () => {
  const { mock, env } = await files();
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  await writeFile(join(folder, "private.pem"), privateKey.export({ format: "pem", type: "pkcs8" }));
  await writeFile(join(folder, "public.pem"), publicKey.export({ format: "pem", type: "spki" }));
  const jwk = (key: typeof publicKey) => ({ ...key.export({ format: "jwk" }), kid: "k${1}", use: "sig", alg: "ES256" });
  await writeFile(join(folder, "set.json"), JSON.stringify({ keys: [jwk(publicKey)] }));
  await writeFile(join(folder, "private.json"), JSON.stringify({ keys: [jwk(privateKey)] }));
  const file = join(folder, "keys.yaml");
  const write = (...names: string[]) => {
    const method = "token_endpoint_auth_method: private_key_jwt, token_endpoint_auth_signing_alg: ES256";
    const clients = names.map((name) => `  - { client_id: ${name}, ${method}, jwks: "\${file:${name}}" }\n`);
    return writeFile(file, `clients:\n${clients.join("")}`);
  };
  await write("private.pem", "public.pem", "set.json", "private.json");
  expect(await cli(["apply", "-f", file, "--yes"], { mock, env })).toMatchObject({ status: 0, stderr: "4 done\n" });
  const { x, y } = publicKey.export({ format: "jwk" });
  const ofPem = { kty: "EC", crv: "P-256", x, y, use: "sig", alg: "ES256", kid: expect.any(String) };
  const keysOf = async (id: string) =>
    JSON.parse((await cli(["get", "client", id, "--format", "json"], { mock, env })).stdout).jwks.keys;
  expect(await keysOf("private.pem")).toEqual([ofPem]);
  expect(await keysOf("public.pem")).toEqual([ofPem]);
  expect(await keysOf("set.json")).toEqual([{ ...ofPem, kid: "k${1}" }]);
  expect(await keysOf("private.json")).toEqual([{ ...ofPem, kid: "k${1}" }]);
  const again = await cli(["plan", "-f", file], { mock, env });
  expect(again.stdout).toBe("Set default: 0 to create, 0 to change, 0 to delete, 4 unchanged\n");

  await write("missing.pem");
  const missing = await cli(["plan", "-f", file], { mock, env });
  expect(missing).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/clients\[0\]\.jwks .*missing\.pem: there is no such file/),
  });
});
