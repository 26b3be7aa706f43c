import { expect, test } from "vitest";
import { cli } from "./support.ts";

/** Runs `hydra-sdk mock` until `use` has done with what it printed. */
async function mocking(flags: string[], use: (text: string) => Promise<void>) {
  const ended = new AbortController();
  let used: Promise<void> | undefined;
  const watchOutput = (text: string) => {
    used = use(text).finally(() => ended.abort());
  };
  const outcome = await cli(["mock", ...flags], { signal: ended.signal, watchOutput });
  await used;
  return outcome;
}

test("mock --network prints the variables with which every command works", async () => {
  const outcome = await mocking(["--network", "--console-port", "0"], async (text) => {
    expect(text).toContain("never for production");
    const env = Object.fromEntries(
      Array.from(text.matchAll(/^export (\w+)=(\S+)$/gm), ([, name, value]) => [name, value]),
    );
    const run = async (...args: string[]) => {
      const { status, stdout, stderr } = await cli(args, { env, fetch: (url, init) => fetch(url, init) });
      expect({ args, status, stderr: status ? stderr : "" }).toEqual({ args, status: 0, stderr: "" });
      return stdout;
    };
    expect(JSON.parse(await run("get", "oauth2-config"))).toMatchObject({ strategies: { access_token: "opaque" } });
    await run("patch", "oauth2-config", "--replace", "/oidc/dynamic_client_registration/enabled=true");
    await run("create", "oauth2-client", "--id", "a");
    // A slug is looked up at the mock, and leads to no host of Ory Network.
    const [, slug = ""] = /\((mock-project-\w+)\)/.exec(text)!;
    expect(await run("list", "oauth2-clients", "--project", slug, "-q")).toBe("a\n");
    const doctor = JSON.parse(await run("doctor", "--format", "json")) as { check: string; found: string }[];
    expect(doctor.find(({ check }) => check === "console")?.found).toContain(`${env["ORY_CONSOLE_URL"]} answers`);
    expect(doctor.find(({ check }) => check === "registration")?.found).toContain("is on");
  });
  expect(outcome).toMatchObject({ status: 0, stderr: "" });
});

test("with another console, a slug does not lead to Ory Network", async () => {
  const env = {
    ORY_CONSOLE_URL: "http://127.0.0.1:1",
    ORY_PROJECT: "mock-project-abcdefghij",
    ORY_API_KEY: "ory_pat_a",
  };
  const sent: string[] = [];
  const fetch = async (url: string | URL | Request) => Response.json({ sent: sent.push(String(url)) });
  const { status, stderr } = await cli(["list", "clients"], { env, fetch });
  expect({ status, sent }).toEqual({ status: 2, sent: [] });
  expect(stderr).toContain("ORY_WORKSPACE_API_KEY");
});

test.each([
  ["--network", "--public-port", "1"],
  ["--network", "--admin-port=1"],
  ["--network", "--no-dynamic-registration"],
  ["--network", "--console-port", "65536"],
  ["--network", "--host", "0.0.0.0"],
  ["--console-port", "1"],
])("mock %s %s is refused, and the flag is named", async (...flags) => {
  const { status, stderr } = await cli(["mock", ...flags]);
  expect(status).toBe(2);
  expect(stderr).toContain(`error: ${flags.find((flag) => flag !== "--network")!.split("=")[0]}`);
});
