import { describe, expect, test } from "vitest";
import { createMockConsole, createMockHydra, type MockHydra } from "../../src/mock/index.ts";
import { cli, variablesOf, type World } from "./support.ts";

/** The findings, by what was checked. */
async function findings(world: World, ...flags: string[]) {
  const { status, stdout, stderr } = await cli(["doctor", "--format", "json", ...flags], world);
  expect(stderr).toBe("");
  const list: { check: string; level: string; found: string; fix?: string }[] = JSON.parse(stdout);
  return { status, list, of: (check: string) => list.find((each) => each.check === check) };
}

const clients = async ({ fetch, adminUrl }: MockHydra) => (await fetch(`${adminUrl}/admin/clients`)).json();

test("a server that is right: where it is, why, its version, issuer and registration, in one screen", async () => {
  const mock = createMockHydra();
  const { status, stdout, stderr } = await cli(["doctor"], { mock });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain("http://127.0.0.1:4444 answers (HYDRA_PUBLIC_URL)");
  expect(stdout).toContain("http://127.0.0.1:4445 answers (HYDRA_ADMIN_URL)");
  expect(stdout).toMatch(/version +Hydra master has all/);
  expect(stdout).toMatch(/issuer +http:\/\/127\.0\.0\.1:4444\/, the URL that is used here/);
  expect(stdout).toContain("dynamic registration is on");
  expect(stdout.split("\n").length).toBeLessThanOrEqual(24);
  expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  expect(await clients(mock)).toEqual([]);
});

test("--probe says the default scope, and leaves no client", async () => {
  const mock = createMockHydra();
  const { status, of } = await findings({ mock }, "--probe");
  expect(status).toBe(0);
  expect(of("registration")!.found).toContain("default scope: openid offline_access");
  expect(await clients(mock)).toEqual([]);
});

test("registration that is off, and how to switch it on", async () => {
  const { status, of } = await findings({ mock: createMockHydra({ dynamicRegistration: false }) });
  expect(status).toBe(0);
  expect(of("registration")).toMatchObject({
    level: "ok",
    found: expect.stringContaining("off"),
    fix: expect.any(String),
  });
});

test("listeners that are swapped are told apart", async () => {
  const mock = createMockHydra();
  const env = { HYDRA_PUBLIC_URL: mock.adminUrl, HYDRA_ADMIN_URL: mock.publicUrl };
  const { status, of } = await findings({ mock, env });
  expect(status).toBe(1);
  expect(of("public API")).toMatchObject({ level: "failure", found: expect.stringContaining("is the admin API") });
  expect(of("admin API")).toMatchObject({ level: "failure", found: expect.stringContaining("is the public API") });
  expect(of("admin API")!.fix).toContain("HYDRA_ADMIN_URL");
});

test("a server that does not answer", async () => {
  const mock = createMockHydra();
  mock.fail({ dropConnection: true, times: Number.POSITIVE_INFINITY });
  const { status, list } = await findings({ mock });
  expect(status).toBe(1);
  expect(list.map(({ check, level }) => [check, level])).toEqual([
    ["public API", "failure"],
    ["admin API", "failure"],
  ]);
  for (const { fix } of list) expect(fix).toContain("start the server");
});

test("nothing set: the two ways to set it", async () => {
  const { status, list } = await findings({ env: {} });
  expect(status).toBe(1);
  expect(list).toHaveLength(1);
  expect(list[0]!.fix).toContain("HYDRA_ADMIN_URL");
});

/** A mock whose responses have changes. */
function changed(change: (url: URL, response: Response) => Response | Promise<Response>): MockHydra {
  const mock = createMockHydra();
  const { fetch } = mock;
  mock.fetch = async (input, init) => change(new URL(new Request(input, init).url), await fetch(input, init));
  return mock;
}

describe("versions", () => {
  test("an older server lacks what is named", async () => {
    const mock = changed((url, response) =>
      url.pathname.endsWith("/version") ? Response.json({ version: "v25.4.0" }) : response,
    );
    const { status, of } = await findings({ mock });
    expect(status).toBe(0);
    expect(of("version")).toMatchObject({
      level: "warning",
      found: expect.stringContaining("Rotation of client secrets"),
    });
    expect(of("version")!.found).not.toContain("Device flow");
  });
});

describe("the clock", () => {
  test.each([
    [0, "ok"],
    [20_000, "ok"],
    [-45_000, "failure"],
    [3_600_000, "failure"],
  ])("%d ms from the server's: %s", async (difference, level) => {
    const now = 1_800_000_000_000;
    const mock = changed((_, response) => {
      response.headers.set("date", new Date(now).toUTCString());
      return response;
    });
    const { status, of } = await findings({ mock, now: () => now + difference });
    expect(of("clock")!.level).toBe(level);
    expect(status).toBe(level === "ok" ? 0 : 1);
  });

  test("of a mock is the one that its lifetimes depend on", async () => {
    const { of } = await findings({ mock: createMockHydra({ clock: () => Date.now() - 600_000 }) });
    expect(of("clock")).toMatchObject({ level: "failure", found: expect.stringMatching(/^(599|600|601) s from/) });
  });

  test("of a server that does not say its time is not checked", async () => {
    const mock = changed((_, response) => {
      response.headers.delete("date");
      return response;
    });
    expect((await findings({ mock })).of("clock")).toMatchObject({ level: "ok" });
  });
});

describe("an issuer with another name", () => {
  const issuer = "https://auth.example.com/";
  const renamed = (answers: boolean) => {
    const { fetch, ...mock } = createMockHydra();
    const renamedFetch: typeof fetch = async (input, init) => {
      const url = new URL(new Request(input, init).url);
      if (url.href.startsWith(issuer) && !answers) throw new TypeError("fetch failed");
      const response = await fetch(url.href.replace(issuer, `${mock.publicUrl}/`), init);
      if (!url.pathname.endsWith("/openid-configuration")) return response;
      return Response.json({ ...(await response.json()), issuer });
    };
    return { ...mock, fetch: renamedFetch } as MockHydra;
  };
  test.each([
    [true, "warning", 0],
    [false, "failure", 1],
  ])("that answers: %s", async (answers, level, expected) => {
    const mock = renamed(answers);
    const { status, of } = await findings({ mock, env: variablesOf(mock) });
    expect(of("issuer")).toMatchObject({ level, found: expect.stringContaining(issuer), fix: expect.any(String) });
    expect(status).toBe(expected);
  });
});

describe("the API key", () => {
  const project = "https://happy-goose-abc123.projects.oryapis.com";
  const network = () => {
    const mock = createMockHydra();
    const { fetch } = mock;
    mock.fetch = async (input, init) => {
      const request = new Request(input, init);
      const url = new URL(request.url);
      const isAdmin = url.pathname.startsWith("/admin/");
      if (isAdmin && request.headers.get("authorization") !== "Bearer ory_pat_right")
        return Response.json({ error: { code: 401, message: "Access credentials are invalid" } }, { status: 401 });
      const response = await fetch(url.href.replace(project, isAdmin ? mock.adminUrl : mock.publicUrl), init);
      if (!url.pathname.endsWith("/openid-configuration")) return response;
      return Response.json({ ...(await response.json()), issuer: project });
    };
    return mock;
  };
  test.each([
    ["ory_pat_right", 0, "accepts the key of ORY_PROJECT_API_KEY"],
    ["ory_pat_wrong", 1, "refuses the key"],
    ["", 1, "refuses calls without a key"],
  ])("%j", async (key, expected, found) => {
    const env = { ORY_PROJECT: "happy-goose-abc123", ORY_PROJECT_API_KEY: key };
    const { status, list, of } = await findings({ mock: network(), env });
    expect(of("admin API")!.found).toContain(found);
    expect(status).toBe(expected);
    if (key) expect(JSON.stringify(list)).not.toContain(key);
    if (expected) expect(of("admin API")!.fix).toContain("ORY_PROJECT_API_KEY");
  });

  test("one that is set but not sent to a self-hosted server is told", async () => {
    const mock = createMockHydra();
    const { status, of } = await findings({ mock, env: { ...variablesOf(mock), ORY_API_KEY: "ory_pat_x" } });
    expect(of("key")).toMatchObject({
      level: "warning",
      found: expect.stringContaining("ORY_API_KEY is set, and is not sent"),
    });
    expect(status).toBe(0);
  });
});

describe("the console", () => {
  test("is all that there is to check with the key of a workspace alone", async () => {
    const { fetch, workspaceApiKey, addProject } = createMockConsole();
    await addProject();
    const { status, list } = await findings({ fetch, env: { ORY_WORKSPACE_API_KEY: workspaceApiKey } });
    expect(status).toBe(0);
    expect(list.map(({ check, level }) => [check, level])).toEqual([
      ["key", "ok"],
      ["console", "ok"],
      ["project", "warning"],
    ]);
    expect(list[1]!.found).toBe(
      "the console of Ory Network answers, and accepts the key of ORY_WORKSPACE_API_KEY: 1 project",
    );
    expect(list[2]!.fix).toContain("use project");
    expect(JSON.stringify(list)).not.toContain(workspaceApiKey);
  });

  test("refuses a key, or gets none that belongs elsewhere", async () => {
    const { fetch } = createMockConsole();
    const console = async (ORY_WORKSPACE_API_KEY: string) => {
      const { status, of } = await findings({ fetch, env: { ORY_WORKSPACE_API_KEY } });
      expect(status).toBe(1);
      return of("console")!;
    };
    expect((await console("ory_wak_wrong")).fix).toContain("which ORY_WORKSPACE_API_KEY holds");
    expect((await console("ory_pat_x")).found).toContain("ORY_WORKSPACE_API_KEY is the API key of a project");
  });
});
