import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CLIENT_FLAGS } from "../../src/cli/client-flags.ts";
import { clientSchema } from "../../src/client-schema.ts";
import { cli } from "./support.ts";

const PUBLIC_KEYS = { keys: [{ kty: "EC", crv: "P-256", kid: "one", x: "eA", y: "eQ" }] };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "client-flags-"));
  await writeFile(join(folder, "keys.json"), JSON.stringify(PUBLIC_KEYS));
  await writeFile(join(folder, "secret.txt"), "hunter2-hunter2\n");
  await writeFile(join(folder, "client.json"), '{"client_name":"of the file","contacts":["a@example.com"]}');
});
afterAll(() => rm(folder, { recursive: true }));

/** The body that `create oauth2-client` sends with these flags. */
async function sent(...flags: string[]): Promise<Record<string, unknown>> {
  let body = "";
  const fetch = async (_url: string, init: { body?: string }) => {
    body = init.body ?? "";
    return Response.json({ client_id: "made" }, { status: 201 });
  };
  const { status, stderr } = await cli(["create", "oauth2-client", ...flags], { fetch });
  expect({ status, stderr: stderr.replace(/^warning: .*\n/, "") }).toEqual({ status: 0, stderr: "" });
  return JSON.parse(body);
}

/** The fields of a client that have no flag of their own name, and the server's. */
const OTHERS = [
  "client_secret_expires_at",
  "created_at",
  "updated_at",
  "registration_access_token",
  "registration_client_uri",
];

/** Flags that are given a file, or stand for another. */
const FILES = ["file", "jwks", "secret", "secret-file"];

const plain = Object.entries(CLIENT_FLAGS).filter(([name]) => !FILES.includes(name));

test.each(plain)("--%s arrives", async (name, { kind, placeholder }) => {
  const text =
    placeholder === "DURATION"
      ? "1h30m"
      : placeholder === "URL"
        ? "https://a.example/x?y=1,2"
        : placeholder === "JSON"
          ? '{"a":1}'
          : "some";
  const body = await sent(...(kind === "boolean" ? [`--${name}`] : [`--${name}`, text]));
  const [[field, value] = ["none", undefined], ...more] = Object.entries(body);
  expect(more).toEqual([]);
  expect(Object.keys(clientSchema.properties)).toContain(field);
  const isList = kind === "list" && field !== "scope";
  expect(value).toEqual(kind === "boolean" ? true : placeholder === "JSON" ? { a: 1 } : isList ? [text] : text);
  const opposite = await sent(
    ...(kind === "boolean" ? [`--no-${name}`] : [`--${name}`, ""]).filter(() => placeholder !== "JSON"),
  );
  const empty = kind === "boolean" ? false : field.endsWith("_lifespan") ? null : isList ? [] : "";
  expect(opposite).toEqual(placeholder === "JSON" ? {} : { [field]: empty });
});

test("every field of a client has a flag, unless the server sets it", async () => {
  const fields = new Set<string>(["client_id", "client_secret", "jwks", ...OTHERS]);
  for (const [name, { kind, placeholder }] of plain) {
    const value = placeholder === "DURATION" ? "1h" : placeholder === "JSON" ? "{}" : "https://a.example";
    const [field] = Object.keys(await sent(...(kind === "boolean" ? [`--${name}`] : [`--${name}`, value])));
    fields.add(field!);
  }
  expect([...fields].sort()).toEqual(Object.keys(clientSchema.properties).sort());
});

test("keys, secrets and a whole client come from files, and flags beside a file win", async () => {
  const keys = ["--jwks", join(folder, "keys.json"), "--token-endpoint-auth-method", "private_key_jwt"];
  expect(await sent("--id", "web", ...keys, "--token-endpoint-auth-signing-alg", "ES256")).toEqual({
    client_id: "web",
    jwks: { keys: [{ ...PUBLIC_KEYS.keys[0], use: "sig", alg: "ES256" }] },
    token_endpoint_auth_method: "private_key_jwt",
    token_endpoint_auth_signing_alg: "ES256",
  });
  expect(await sent("--secret-file", join(folder, "secret.txt"))).toEqual({ client_secret: "hunter2-hunter2" });
  expect(await sent("--secret", "hunter2-hunter2")).toEqual({ client_secret: "hunter2-hunter2" });
  expect(await sent("--file", join(folder, "client.json"), "--name", "of the flag")).toEqual({
    client_name: "of the flag",
    contacts: ["a@example.com"],
  });
});
