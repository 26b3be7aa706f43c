import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createMockHydra } from "../../src/mock/index.ts";
import { cli } from "./support.ts";

let folder: string;
let profiles: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hydra-sdk-profiles-"));
  profiles = join(folder, "profiles.json");
  const content = {
    default: "home",
    profiles: {
      home: { public: "http://profile.example:4444", admin: "http://profile.example:4445" },
      network: { endpoint: "https://calm-fox-abc1234567.projects.oryapis.com", projectApiKeyVariable: "WORK_KEY" },
      half: { admin: "http://half.example" },
    },
  };
  await writeFile(profiles, JSON.stringify(content));
});
afterAll(() => rm(folder, { recursive: true }));

const FLAG = "http://flag.example";
const SLUG = "https://happy-goose-abc123.projects.oryapis.com";

/** Runs a command and says where its request went, and with which key. */
async function sent(line: string, env: Record<string, string>) {
  const mock = createMockHydra();
  const requests: { origin: string; key: string | undefined }[] = [];
  const fetch = mock.fetch;
  mock.fetch = async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    requests.push({ origin: url.origin, key: request.headers.get("authorization")?.replace("Bearer ", "") });
    return fetch(request.url.replace(url.origin, mock.adminUrl), init);
  };
  const outcome = await cli(`list clients ${line}`.trim().split(" "), {
    mock,
    env: { HYDRA_SDK_CONFIG: profiles, ...env },
  });
  return { ...outcome, requests };
}

describe("a flag wins over a variable, and a variable over a profile", () => {
  const variables = {
    HYDRA_PUBLIC_URL: "http://variable.example:4444",
    HYDRA_ADMIN_URL: "http://variable.example:4445",
  };
  test.each([
    ["--endpoint http://flag.example", variables, FLAG],
    ["--admin http://flag.example", variables, FLAG],
    ["--admin http://flag.example", {}, FLAG],
    ["--public http://flag.example", variables, "http://variable.example:4445"],
    ["--project happy-goose-abc123", variables, SLUG],
    ["", variables, "http://variable.example:4445"],
    ["", { ORY_SDK_URL: "https://sdk.example" }, "https://sdk.example"],
    ["", { ORY_SDK_URL: "https://sdk.example", ORY_PROJECT: "happy-goose-abc123" }, "https://sdk.example"],
    ["", { ORY_PROJECT: "happy-goose-abc123" }, SLUG],
    ["", { ORY_PROJECT: "happy-goose-abc123", ORY_CONSOLE_URL: "https://console.ory.com" }, SLUG],
    ["", { HYDRA_ADMIN_URL: "http://variable.example" }, "http://variable.example"],
    ["", {}, "http://profile.example:4445"],
    ["--profile half", variables, "http://half.example"],
    ["--profile half --admin http://flag.example", {}, FLAG],
  ])("%s %j: %s", async (line, env, origin) => {
    const { status, requests, stderr } = await sent(line, env as Record<string, string>);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(requests.map((request) => request.origin)).toEqual([origin]);
  });
});

describe("an API key goes to Ory Network only", () => {
  const KEY = "ory_pat_secret";
  test.each([
    ["", { ORY_SDK_URL: "https://happy-goose-abc123.projects.oryapis.com" }, KEY],
    ["", { ORY_SDK_URL: "https://auth.example.com" }, KEY],
    ["", { ORY_SDK_URL: "http://127.0.0.1:4445" }, KEY],
    ["", { ORY_PROJECT: "happy-goose-abc123" }, KEY],
    [
      "--project happy-goose-abc123",
      { HYDRA_ADMIN_URL: "http://a.example", HYDRA_PUBLIC_URL: "http://b.example" },
      KEY,
    ],
    ["--endpoint https://auth.example.com", {}, KEY],
    ["--admin https://happy-goose-abc123.projects.oryapis.com", { HYDRA_SDK_CONFIG: "/nonexistent" }, KEY],
    ["", { ORY_SDK_URL: "http://auth.example.com" }, undefined],
    ["--endpoint http://127.0.0.1:4445", {}, undefined],
    ["--endpoint http://happy-goose-abc123.projects.oryapis.com", {}, undefined],
    ["--endpoint http://x.projects.oryapis.com.evil.example", {}, undefined],
    ["", { HYDRA_ADMIN_URL: "http://10.0.0.1:4445", HYDRA_PUBLIC_URL: "http://10.0.0.1:4444" }, undefined],
    ["", { HYDRA_ADMIN_URL: "https://admin.example.com", HYDRA_PUBLIC_URL: "https://public.example.com" }, undefined],
    ["--admin http://10.0.0.1", { ORY_SDK_URL: "https://happy-goose-abc123.projects.oryapis.com" }, undefined],
    ["--profile home", {}, undefined],
  ])("%s %j: %s", async (line, env, key) => {
    for (const name of ["ORY_API_KEY", "ORY_PROJECT_API_KEY"]) {
      const { status, requests } = await sent(line, { ...(env as Record<string, string>), [name]: KEY });
      expect(status).toBe(0);
      expect(requests.map((request) => request.key)).toEqual([key]);
    }
  });

  test("a workspace key goes to no project", async () => {
    const { requests } = await sent("", { ORY_PROJECT: "happy-goose-abc123", ORY_WORKSPACE_API_KEY: "ory_wak_secret" });
    expect(requests).toEqual([{ origin: SLUG, key: undefined }]);
  });

  test("a profile names the variable of its key, which goes nowhere else", async () => {
    const env = { WORK_KEY: "work", ORY_API_KEY: "other" };
    expect((await sent("--profile network", env)).requests).toMatchObject([{ key: "work" }]);
    expect((await sent("--project happy-goose-abc123", env)).requests).toEqual([{ origin: SLUG, key: "other" }]);
    const { status, stderr, requests } = await sent("--profile network", { ORY_API_KEY: "other" });
    expect({ status, requests }).toEqual({ status: 2, requests: [] });
    expect(stderr).toContain("WORK_KEY");
  });
});

describe("what does not say where to go is refused before anything is sent", () => {
  test.each([
    ["--project deadbeef-cafe-4bad-8bad-deadbeefcafe", {}, "--project"],
    ["--project happy-goose-abc123 --endpoint http://a.example", {}, "--project"],
    ["", { ORY_SDK_URL: "https://a.example", HYDRA_ADMIN_URL: "http://b.example" }, "ORY_SDK_URL and HYDRA_ADMIN_URL"],
    ["", { HYDRA_ADMIN_URL: "http://b.example", ORY_PROJECT: "happy-goose-abc123" }, "ORY_PROJECT"],
    ["--admin not-a-url", {}, "--admin"],
    ["", { HYDRA_ADMIN_URL: "ftp://a.example" }, "HYDRA_ADMIN_URL"],
    ["", { HYDRA_PUBLIC_URL: "http://a.example", HYDRA_SDK_CONFIG: "/nonexistent" }, "--admin"],
    ["--profile bogus", {}, "bogus"],
    ["--endpoint http://a.example -H nonsense", {}, "--http-header"],
    ["--endpoint http://a.example --timeout soon", {}, "--timeout"],
  ])("%s %j names %s", async (line, env, named) => {
    const { status, stdout, stderr, requests } = await sent(line, env as Record<string, string>);
    expect({ status, stdout, requests }).toEqual({ status: 2, stdout: "", requests: [] });
    expect(stderr).toContain(named);
  });

  test("with nothing set, the two ways to set it are shown", async () => {
    const { status, stderr } = await sent("", { HYDRA_SDK_CONFIG: "/nonexistent" });
    expect(status).toBe(2);
    for (const way of ["--admin http", "HYDRA_ADMIN_URL", "--project", "ORY_PROJECT_API_KEY"])
      expect(stderr).toContain(way);
  });

  test.each(["{", '{"profiles":{"home":{"token":"secret-value"}}}', '{"profiles":[]}'])(
    "a profile file that holds %s",
    async (content) => {
      const file = join(folder, "bad.json");
      await writeFile(file, content);
      const { status, stderr, requests } = await sent("--profile home", { HYDRA_SDK_CONFIG: file });
      expect({ status, requests }).toEqual({ status: 2, requests: [] });
      expect(stderr).not.toContain("secret-value");
    },
  );
});

test("a mistake in the profile file does not keep the mock, the help and the completion from working", async () => {
  const env = { HYDRA_SDK_CONFIG: folder };
  expect((await cli(["completion", "bash"], { env })).status).toBe(0);
  expect((await cli(["get", "client", "--help"], { env })).status).toBe(0);
});
