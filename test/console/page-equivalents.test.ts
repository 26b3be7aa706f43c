import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import * as equivalents from "../../src/console/page/equivalents.ts";
import { kindOfClient } from "../../src/console/page/kinds.ts";

/** The arguments and the standard input that a shell passes to `hydra-sdk`. */
function run(command: string): { args: string[]; input: string } {
  const script = `hydra_sdk() { for each in "$@"; do printf '%s\\0' "$each"; done; printf '\\0'; cat; }\n${command.replace("hydra-sdk", "hydra_sdk")}`;
  const [args = "", input = ""] = execFileSync("sh", ["-c", script], { input: "", encoding: "utf8" }).split("\0\0");
  return { args: args.split("\0"), input };
}

describe("the command of a form", () => {
  const HOSTILE = "'; touch x; $(id) `id` \"\\ \n!";

  test("passes hostile names as they are, and runs nothing in them", () => {
    expect(run(equivalents.list(HOSTILE, "$HOME").command).args.slice(2)).toEqual([
      "--owner",
      HOSTILE,
      "--name",
      "$HOME",
    ]);
    expect(run(equivalents.deletion([HOSTILE]).command).args).toContain(HOSTILE);
  });

  test("does not take an ID for a flag", () => {
    expect(run(equivalents.deletion(["--all"]).command).args.slice(2)).toEqual(["--", "--all"]);
  });

  test("sends a client as it is, but not its secret", () => {
    const client = { client_name: HOSTILE, metadata: { text: "JSON\nJSON" }, client_secret: "top-secret" };
    const { command, code } = equivalents.creation(client);
    const { args, input } = run(command);
    expect(args).toEqual(["create", "oauth2-client", "--file", "-", "--secret-file", "secret.txt"]);
    expect(JSON.parse(input)).toEqual({ client_name: HOSTILE, metadata: { text: "JSON\nJSON" } });
    expect(command + code).not.toContain("top-secret");
  });
});

test.each([
  ["Web", { grant_types: ["authorization_code"], token_endpoint_auth_method: "client_secret_basic" }],
  ["Single-page", { grant_types: ["authorization_code"], token_endpoint_auth_method: "none" }],
  [
    "Single-page",
    { token_endpoint_auth_method: "none", redirect_uris: ["https://a.example/", "http://127.0.0.1/callback"] },
  ],
  ["Native", { token_endpoint_auth_method: "none", redirect_uris: ["com.example.app:/callback"] }],
  ["Native", { token_endpoint_auth_method: "none", redirect_uris: ["http://127.0.0.1/callback"] }],
  ["Service", { grant_types: ["client_credentials"] }],
  ["Device", { grant_types: ["urn:ietf:params:oauth:grant-type:device_code"] }],
])("a client that seems to be of the kind %s: %j", (kind, client) => {
  expect(kindOfClient(client)).toBe(kind);
});
