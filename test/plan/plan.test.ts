import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  applyPlan,
  assertClientPlan,
  type ClientPlan,
  exportClients,
  type Fetch,
  mayBeDynamic,
  OAuth2Api,
  type OAuth2Client,
  planClients,
  resolveVariables,
  secretVariable,
  staleClients,
} from "../../src/index.ts";
import { configurationOf, secretStore, server, wantedClient, wantedClients } from "./support.ts";

const WEB: OAuth2Client = { client_id: "web", redirect_uris: ["https://shop.example/cb"] };
const actionsOf = (plan: ClientPlan) => plan.clients.map(({ clientId, action }) => `${action} ${clientId}`);

describe("a plan", () => {
  test("creates what is new, changes what differs and leaves the rest", async () => {
    const { api } = server();
    const { onSecret, secrets } = secretStore();
    const first = await planClients(api, [WEB, { ...WEB, client_id: "other" }]);
    expect(actionsOf(first)).toEqual(["create web", "create other"]);
    await applyPlan(api, first, { onSecret });
    expect([...secrets.keys()]).toEqual(["web", "other"]);

    const second = await planClients(api, [
      { ...WEB, owner: "shop" },
      { ...WEB, client_id: "other" },
    ]);
    expect(actionsOf(second)).toEqual(["change web", "unchanged other"]);
    expect(second.clients[0]!.patch).toEqual([{ op: "add", path: "/owner", value: "shop" }]);
    const results = await applyPlan(api, second);
    expect(results).toEqual([{ clientId: "web", action: "change", outcome: "done" }]);
    expect((await api.getOAuth2Client({ id: "web" })).data).toMatchObject({ owner: "shop", ...WEB });
  });

  test("settles: any wanted state, applied, plans to nothing", async () => {
    await fc.assert(
      fc.asyncProperty(wantedClients, wantedClients, async (before, after) => {
        const { api } = server();
        const { onSecret } = secretStore();
        for (const wanted of [before, after]) {
          const results = await applyPlan(api, await planClients(api, wanted, { prune: true }), { onSecret });
          expect(results.filter(({ outcome }) => outcome !== "done")).toEqual([]);
          const again = await planClients(api, wanted, { prune: true });
          expect(again.clients.filter(({ action }) => action !== "unchanged")).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("of what was exported, applied to another server, is nothing", async () => {
    await fc.assert(
      fc.asyncProperty(wantedClient, async (wanted) => {
        const [one, other] = [server(), server()];
        await one.api.createOAuth2Client({ oAuth2Client: { client_id: "web", ...wanted } });
        const exported: OAuth2Client[] = [];
        for await (const client of exportClients(one.api)) exported.push(client);
        const clients = await resolveVariables(exported, { variables: { WEB_SECRET: "secret-1" } });
        await applyPlan(other.api, await planClients(other.api, clients), { secretOf: () => "secret-1" });
        expect(actionsOf(await planClients(other.api, clients))).toEqual(["unchanged web"]);
        const again = (await other.api.getOAuth2Client({ id: "web" })).data;
        const { metadata, ...fields } = (await one.api.getOAuth2Client({ id: "web" })).data;
        expect(again.metadata).toEqual({ ...metadata, managed_by: "hydra-sdk", managed_set: "default" });
        const volatile = { created_at: expect.anything(), updated_at: expect.anything() };
        expect(again).toMatchObject({ ...fields, ...volatile });
      }),
      { numRuns: 60 },
    );
  });

  test("is data without secrets", async () => {
    const { api } = server();
    const wanted = [{ ...WEB, client_secret: "hunter2-hunter2" }];
    const plan: ClientPlan = JSON.parse(JSON.stringify(await planClients(api, wanted)));
    expect(JSON.stringify(plan)).not.toContain("hunter2");
    await applyPlan(api, plan, { secretOf: () => "hunter2-hunter2" });
    const rotated = await planClients(api, wanted, { rotate: ["web"] });
    expect(rotated.clients).toMatchObject([{ action: "change", patch: [], secret: "given" }]);
    expect(JSON.stringify(rotated)).not.toContain("hunter2");
  });

  test("reads each page once, and no client by itself", async () => {
    const { api, mock } = server();
    for (let i = 0; i < 1200; i++) await api.createOAuth2Client({ oAuth2Client: { client_id: `c${i}` } });
    const sent: string[] = [];
    const fetch: Fetch = (url, init) => {
      sent.push(`${init.method} ${new URL(url).pathname}`);
      return mock.fetch(url, init);
    };
    await planClients(new OAuth2Api({ ...configurationOf(mock), fetch }), [WEB]);
    expect(sent).toEqual(Array(3).fill("GET /admin/clients"));
  });

  test("ignores the order of lists and scopes", async () => {
    const { api } = server();
    const wanted = {
      ...WEB,
      scope: "a b",
      grant_types: ["authorization_code", "refresh_token"],
      client_secret: "secret-1",
    };
    await applyPlan(api, await planClients(api, [wanted]), { secretOf: () => "secret-1" });
    const turned = { ...wanted, scope: "b  a", grant_types: ["refresh_token", "authorization_code"] };
    expect(actionsOf(await planClients(api, [turned]))).toEqual(["unchanged web"]);
  });
});

describe("ownership", () => {
  test("a client that exists is refused unless it is adopted, and one of another set always", async () => {
    const { api } = server();
    await api.createOAuth2Client({ oAuth2Client: { ...WEB, metadata: { team: "a" } } });
    const refused = await planClients(api, [WEB]);
    expect(refused.clients).toMatchObject([{ action: "refused", reason: expect.stringContaining("adopt") }]);
    expect(await applyPlan(api, refused)).toMatchObject([{ clientId: "web", outcome: "skipped" }]);

    const wanted = [{ ...WEB, metadata: { team: "a" } }];
    const adopted = await planClients(api, wanted, { adopt: ["web"] });
    expect(adopted.clients).toMatchObject([{ action: "change", adopted: true, patch: [] }]);
    await applyPlan(api, adopted);
    expect(actionsOf(await planClients(api, wanted))).toEqual(["unchanged web"]);
    const other = await planClients(api, { set: "other", clients: wanted }, { adopt: true });
    expect(other.clients).toMatchObject([{ action: "refused", reason: 'it belongs to the set "default"' }]);
  });

  test("only clients of the set are deleted, and only with prune", async () => {
    const { api } = server();
    const { onSecret } = secretStore();
    await api.createOAuth2Client({ oAuth2Client: { client_id: "foreign" } });
    await applyPlan(api, await planClients(api, { set: "other", clients: [{ ...WEB, client_id: "theirs" }] }), {
      onSecret,
    });
    await applyPlan(api, await planClients(api, [WEB]), { onSecret });
    const kept = await planClients(api, []);
    expect(kept).toEqual({ version: 1, set: "default", clients: [], unwanted: ["web"] });
    assertClientPlan(kept);
    expect(await applyPlan(api, kept)).toEqual([]);
    expect(() => assertClientPlan({ ...kept, unwanted: "web" })).toThrow("plan.unwanted");
    const plan = await planClients(api, [], { prune: true });
    expect(actionsOf(plan)).toEqual(["delete web"]);
    expect(plan).not.toHaveProperty("unwanted");
    await applyPlan(api, plan);
    const { data } = await api.listOAuth2Clients();
    expect(data.map(({ client_id }) => client_id).sort()).toEqual(["foreign", "theirs"]);
    expect(await applyPlan(api, plan)).toMatchObject([{ outcome: "done" }]);
  });
});

describe("applying", () => {
  test("leaves a client alone that changed after the plan", async () => {
    const { api } = server();
    const { onSecret } = secretStore();
    const both = [WEB, { ...WEB, client_id: "old" }];
    await applyPlan(api, await planClients(api, both), { onSecret });
    const plan = await planClients(api, [{ ...WEB, owner: "shop" }], { prune: true });
    for (const id of ["web", "old"])
      await api.patchOAuth2Client({ id, jsonPatch: [{ op: "replace", path: "/client_name", value: "changed" }] });
    const results = await applyPlan(api, plan);
    expect(results.map(({ clientId, outcome }) => [clientId, outcome])).toEqual([
      ["web", "conflict"],
      ["old", "conflict"],
    ]);
    expect((await api.getOAuth2Client({ id: "web" })).data).toMatchObject({ owner: "", client_name: "changed" });
    expect((await api.getOAuth2Client({ id: "old" })).data.client_name).toBe("changed");
  });

  test("goes on after a failure and reports each", async () => {
    const { api } = server();
    const { onSecret } = secretStore();
    const wanted = [{ client_id: "bad", redirect_uris: ["not a url"] }, WEB, { client_id: "late" }];
    const plan = await planClients(api, wanted);
    await api.createOAuth2Client({ oAuth2Client: { client_id: "late" } });
    const seen: string[] = [];
    const results = await applyPlan(api, plan, { onSecret, onResult: ({ clientId }) => seen.push(clientId) });
    expect(results.map(({ clientId, outcome }) => [clientId, outcome])).toEqual([
      ["bad", "failed"],
      ["web", "done"],
      ["late", "conflict"],
    ]);
    expect(seen.sort()).toEqual(["bad", "late", "web"]);
  });

  test("never has more clients in work than concurrency allows", async () => {
    const { api } = server();
    let running = 0;
    let most = 0;
    const slow = {
      createOAuth2Client: async (parameters: { oAuth2Client: OAuth2Client }) => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setImmediate(resolve));
        running--;
        return api.createOAuth2Client(parameters);
      },
    };
    const wanted = Array.from({ length: 20 }, (_, i) => ({ client_id: `c${i}`, token_endpoint_auth_method: "none" }));
    await applyPlan(Object.assign(Object.create(api), slow), await planClients(api, wanted), { concurrency: 3 });
    expect(most).toBe(3);
  });

  test("asks for what it needs before anything is sent", async () => {
    const { api, mock } = server();
    const generated = await planClients(api, [WEB]);
    const given = await planClients(api, [{ ...WEB, client_secret: "secret-1" }]);
    const before = mock.requests.length;
    await expect(applyPlan(api, generated)).rejects.toMatchObject({ field: "onSecret" });
    await expect(applyPlan(api, given)).rejects.toMatchObject({
      field: "secretOf",
      message: expect.stringMatching(/^secretOf is missing: a plan contains no secrets/),
    });
    await expect(applyPlan(api, given, { concurrency: 0 })).rejects.toMatchObject({ field: "concurrency" });
    await expect(planClients(api, [WEB, WEB])).rejects.toMatchObject({ field: "clients[1].client_id" });
    await expect(planClients(api, [{}])).rejects.toMatchObject({ field: "clients[0].client_id" });
    await expect(planClients(api, [WEB], { rotate: ["x"] })).rejects.toMatchObject({ field: "rotate" });
    expect(mock.requests.length).toBe(before);
  });

  test("keeps a generated secret before the server has it", async () => {
    const { api, mock } = server();
    const plan = await planClients(api, [WEB]);
    const before = mock.requests.length;
    let requestsWhenKept: number | undefined;
    await applyPlan(api, plan, {
      onSecret: ({ client_secret }) => {
        expect(client_secret).toMatch(/^[\w-]{43}$/);
        requestsWhenKept = mock.requests.length;
      },
    });
    expect(requestsWhenKept).toBe(before);
    await expect(
      applyPlan(api, await planClients(api, [WEB], { rotate: ["web"] }), {
        onSecret: () => Promise.reject(new Error("disk full")),
      }),
    ).resolves.toMatchObject([{ outcome: "failed", error: { message: "disk full" } }]);
  });
});

describe("what is wrong", () => {
  const wrong: [string, unknown, string][] = [
    ["nothing", null, "clients"],
    ["a client that is a list", [[]], "clients[0]"],
    ["a secret that is a number", [{ ...WEB, client_secret: 123456 }], "clients[0].client_secret"],
    ["an empty secret", [{ ...WEB, client_secret: "" }], "clients[0].client_secret"],
    ["scopes as a list", [{ ...WEB, scope: ["a"] }], "clients[0].scope"],
    ["metadata that is a list", [{ ...WEB, metadata: ["a"] }], "clients[0].metadata"],
    ["a mark of its own", [{ ...WEB, metadata: { managed_by: "me" } }], "clients[0].metadata.managed_by"],
    ["a name that Hydra would read", [{ ...WEB, Client_Secret: "hunter2-hunter2" }], "clients[0].Client_Secret"],
    ["a private key", [{ ...WEB, jwks: { keys: [{ kty: "oct", k: "hunter2" }] } }], "jwks"],
    ["a set without a name", { set: " ", clients: [] }, "set"],
  ];
  test.each(wrong)("in wanted clients is named before anything is sent: %s", async (_, wanted, field) => {
    const { api, mock } = server();
    const error = await planClients(api, wanted as OAuth2Client[]).catch((thrown) => thrown);
    expect(error).toMatchObject({ name: "InvalidInputError", field });
    expect(error.message).not.toContain("hunter2");
    expect(mock.requests).toHaveLength(0);
  });

  const lifespan = "client_credentials_grant_access_token_lifespan";
  const refused = ["15 minutes", "1d", "1H", " 5m", "1h ", "", ".", "15", "3000000h", "2562047h47m16.854775808s"];
  test.each([...refused, 0, 900, true, ["1h"], {}])("a lifespan that Hydra refuses is named: %j", async (value) => {
    const { api, mock } = server();
    const wanted = [{ ...WEB, [lifespan]: value as string }];
    const field = `clients[0].${lifespan}`;
    await expect(planClients(api, wanted)).rejects.toMatchObject({ name: "InvalidInputError", field });
    expect(mock.requests).toHaveLength(0);
  });

  // Hydra parses them like Go, whatever their length.
  const accepted = [
    "0",
    "-0",
    "+5m",
    ".5h",
    "5.m",
    "-1h",
    "1\u03bcs",
    "2562047h47m16.854775807s",
    "1s".repeat(60),
    null,
  ];
  test.each([...accepted, "-2562047h47m16.854775808s"])("a lifespan that Hydra accepts passes: %j", async (value) => {
    const { api } = server();
    expect(actionsOf(await planClients(api, [{ ...WEB, [lifespan]: value }]))).toEqual(["create web"]);
  });

  test("in the options is named", async () => {
    const { api } = server();
    const options: [object, string][] = [
      [{ adopt: ["x"] }, "adopt"],
      [{ adopt: "web" }, "adopt"],
      [{ rotate: "web" }, "rotate"],
      [{ prun: true }, "prun"],
    ];
    for (const [given, field] of options)
      await expect(planClients(api, [WEB], given)).rejects.toMatchObject({ name: "InvalidInputError", field });
    const open = { ...WEB, token_endpoint_auth_method: "none" };
    await expect(planClients(api, [open], { rotate: ["web"] })).rejects.toThrow("authenticates without a secret");
  });

  test("in a saved plan is named, and never a TypeError", async () => {
    const { api, mock } = server();
    const { onSecret } = secretStore();
    await applyPlan(api, await planClients(api, [WEB, { client_id: "old" }]), { onSecret });
    const plan = await planClients(api, [{ ...WEB, owner: "a" }, { client_id: "new" }], { prune: true });
    const sent = mock.requests.length;
    const text = JSON.stringify(plan);
    const nonsense = [null, 1, [], {}, '"x"', { version: 2 }, { ...plan, set: 1 }, { ...plan, clients: {} }];
    for (const value of [1, null, {}, [], "x"]) {
      for (const name of ["clientId", "action", "before", "after", "secret", "reason", "patch"]) {
        for (const index of plan.clients.keys()) {
          const edited = JSON.parse(text);
          const isAllowed = (name === "patch" && Array.isArray(value)) || (name === "reason" && value === "x");
          const needed = { create: ["after"], change: ["before", "after"], delete: ["before"] } as const;
          const action = edited.clients[index].action as keyof typeof needed;
          const isIgnored =
            isAllowed || (["before", "after"].includes(name) && !(needed[action] as readonly string[]).includes(name));
          edited.clients[index][name] = value;
          if (!isIgnored) nonsense.push(edited);
        }
      }
    }
    const foreign = JSON.parse(text);
    foreign.clients[2].before.metadata = {};
    nonsense.push(foreign, { ...plan, clients: [...plan.clients, plan.clients[0]] });
    for (const edited of nonsense)
      await expect(applyPlan(api, edited as ClientPlan, { onSecret })).rejects.toMatchObject({
        name: "InvalidInputError",
      });
    expect(nonsense.length).toBeGreaterThan(80);
    expect(mock.requests).toHaveLength(sent);
  });
});

describe("strange clients", () => {
  test.each<[string, OAuth2Client]>([
    ["null for each field", { ...WEB, metadata: null, scope: null, token_endpoint_auth_method: null } as any],
    ["an empty auth method", { ...WEB, token_endpoint_auth_method: "" }],
    ["members that nobody knows", { ...WEB, x_unknown: { a: 1 } } as OAuth2Client],
    ["a member __proto__", JSON.parse('{"client_id":"web","metadata":{"__proto__":{"a":1},"b":[{"__proto__":1}]}}')],
    [
      "keys by value",
      {
        ...WEB,
        jwks: { keys: [{ kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", ext: true }] },
      },
    ],
    ["what a server returned", { ...WEB, created_at: "2026-01-01T00:00:00Z", registration_access_token: "t0ken" }],
  ])("settle: %s", async (_, wanted) => {
    const { api } = server();
    const { onSecret, secrets } = secretStore();
    const plan = await planClients(api, [wanted]);
    expect(JSON.stringify(plan)).not.toContain("t0ken");
    expect(await applyPlan(api, plan, { onSecret })).toMatchObject([{ outcome: "done" }]);
    expect(secrets.size).toBe(1);
    expect(actionsOf(await planClients(api, [wanted]))).toEqual(["unchanged web"]);
    const { metadata = {} } = (await api.getOAuth2Client({ id: "web" })).data;
    expect(Object.hasOwn(metadata, "__proto__")).toBe(JSON.stringify(wanted).includes("__proto__"));
  });

  test("a set may have any name", async () => {
    for (const set of ["__proto__", "a b/ü", "${X}", "constructor"]) {
      const { api } = server();
      const wanted = { set, clients: [{ ...WEB, token_endpoint_auth_method: "none" }] };
      await applyPlan(api, await planClients(api, wanted));
      expect(actionsOf(await planClients(api, wanted))).toEqual(["unchanged web"]);
      expect(actionsOf(await planClients(api, { set, clients: [] }, { prune: true }))).toEqual(["delete web"]);
      expect(actionsOf(await planClients(api, [], { prune: true }))).toEqual([]);
    }
  });

  test("a client on the server may have metadata that is no object", async () => {
    for (const metadata of [null, [1], "x", 1]) {
      const { api } = server();
      await api.createOAuth2Client({ oAuth2Client: { ...WEB, metadata } as OAuth2Client });
      const plan = await planClients(api, [WEB], { adopt: true, prune: true });
      expect(await applyPlan(api, plan)).toMatchObject([{ outcome: "done" }]);
      expect(actionsOf(await planClients(api, [WEB]))).toEqual(["unchanged web"]);
    }
  });
});

describe("secrets", () => {
  test("a client that begins to use a secret gets one", async () => {
    const { api, mock } = server();
    const { onSecret, secrets } = secretStore();
    await applyPlan(api, await planClients(api, [{ ...WEB, token_endpoint_auth_method: "none" }]));
    const plan = await planClients(api, [WEB]);
    expect(plan.clients).toMatchObject([{ action: "change", secret: "generated" }]);
    await applyPlan(api, plan, { onSecret });
    expect(mock.state.clients.get("web")!.secrets).toContain(secrets.get("web"));
  });

  test("is not made for a client that is left alone", async () => {
    const { api } = server();
    const { onSecret, secrets } = secretStore();
    await applyPlan(api, await planClients(api, [WEB]), { onSecret });
    const plan = await planClients(api, [WEB], { rotate: ["web"] });
    await api.patchOAuth2Client({ id: "web", jsonPatch: [{ op: "replace", path: "/owner", value: "b" }] });
    const before = secrets.get("web");
    expect(await applyPlan(api, plan, { onSecret })).toMatchObject([{ outcome: "conflict" }]);
    expect(secrets.get("web")).toBe(before);
  });

  test("are variables with different names for different clients", () => {
    const ids = ["web-shop", "web_shop", "Web-Shop", "web--shop", "1", "-1", "_1", "ü", "web shop", "é"];
    const names = ids.map(secretVariable);
    expect(new Set(names).size).toBe(ids.length);
    for (const name of names) expect(name).toMatch(/^[A-Z_]\w*_SECRET$/);
    expect(names.slice(0, 1)).toEqual(["WEB_SHOP_SECRET"]);
  });
});

test("an export keeps what looks like a variable, also in an ID", async () => {
  const [one, other] = [server(), server()];
  const wanted = { client_id: "a${b}", client_name: "$${c}", metadata: { managed_by: "another tool", "${d}": "${e}" } };
  await one.api.createOAuth2Client({ oAuth2Client: wanted });
  const exported: OAuth2Client[] = [];
  for await (const client of exportClients(one.api)) exported.push(client);
  const variables = { [secretVariable("a${b}")]: "secret-1" };
  const clients = await resolveVariables(exported, { variables });
  await applyPlan(other.api, await planClients(other.api, clients), { secretOf: () => "secret-1" });
  expect(actionsOf(await planClients(other.api, clients))).toEqual(["unchanged a${b}"]);
  expect((await other.api.getOAuth2Client({ id: "a${b}" })).data.metadata).toMatchObject({ "${d}": "${e}" });
});

test("onResult that throws ends the work after those that are begun, and its error arrives", async () => {
  const { api, mock } = server();
  const wanted = Array.from({ length: 20 }, (_, i) => ({ client_id: `c${i}`, token_endpoint_auth_method: "none" }));
  const plan = await planClients(api, wanted);
  const onResult = () => {
    throw new Error("the listener broke");
  };
  await expect(applyPlan(api, plan, { concurrency: 3, onResult })).rejects.toThrow("the listener broke");
  const made = mock.state.clients.size;
  expect(made).toBeLessThanOrEqual(3);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(mock.state.clients.size).toBe(made);
});

test("a lifespan is reset on Hydra 2.3, whose PATCH cannot do it", async () => {
  const { api } = server();
  const sent: string[] = [];
  const isDevice = ([name]: [string, unknown]) => name.startsWith("device_authorization_grant_");
  const asOn23 = (client: OAuth2Client) =>
    Object.fromEntries(Object.entries(client).filter((field) => !isDevice(field)));
  const old = Object.assign(Object.create(api), {
    listOAuth2Clients: async () => {
      const { data, headers } = await api.listOAuth2Clients();
      return { data: data.map(asOn23), headers };
    },
    getOAuth2Client: async ({ id }: { id: string }) => ({ data: asOn23((await api.getOAuth2Client({ id })).data) }),
    patchOAuth2Client: async (given: { id: string; jsonPatch: any[] }) => {
      sent.push(...given.jsonPatch.map(({ path }) => path));
      return api.patchOAuth2Client(given);
    },
  });
  const lifespans = {
    implicit_grant_id_token_lifespan: "1h",
    client_credentials_grant_access_token_lifespan: "90m",
    device_authorization_grant_id_token_lifespan: "1h",
  };
  const { onSecret } = secretStore();
  await applyPlan(old, await planClients(old, [{ ...WEB, ...lifespans }]), { onSecret });
  const wanted = [{ ...WEB, owner: "shop", client_credentials_grant_access_token_lifespan: "90m" }];
  const plan = await planClients(old, wanted);
  expect(plan.clients[0]!.patch).toEqual([
    { op: "replace", path: "/implicit_grant_id_token_lifespan", value: null },
    { op: "add", path: "/owner", value: "shop" },
  ]);
  expect(await applyPlan(old, plan)).toMatchObject([{ outcome: "done" }]);
  expect(sent).toEqual(["/owner"]);
  expect(actionsOf(await planClients(old, wanted))).toEqual(["unchanged web"]);
  expect((await api.getOAuth2Client({ id: "web" })).data).toMatchObject({
    implicit_grant_id_token_lifespan: null,
    client_credentials_grant_access_token_lifespan: "1h30m0s",
  });
});

test("a 404 of the wrong listener does not count as a client that is gone", async () => {
  const { api, mock } = server();
  await applyPlan(api, await planClients(api, [WEB]), { onSecret: () => {} });
  const plan = await planClients(api, [], { prune: true });
  const swapped = new OAuth2Api({ basePath: mock.publicUrl, fetch: mock.fetch });
  expect(await applyPlan(swapped, plan)).toMatchObject([
    { clientId: "web", outcome: "failed", error: { status: 404 } },
  ]);
  expect((await api.getOAuth2Client({ id: "web" })).status).toBe(200);
});

describe("variables", () => {
  const sources = { variables: { NAME: "shop", EMPTY: "" }, readFile: (path: string) => `text of ${path}\n` };

  test("are resolved in any text", async () => {
    const document = {
      a: "${NAME}",
      b: ["x-${NAME}-${EMPTY}y", 1, null],
      c: { d: "${file:a/b.txt}" },
      e: "$${NAME} $x",
    };
    expect(await resolveVariables(document, sources)).toEqual({
      a: "shop",
      b: ["x-shop-y", 1, null],
      c: { d: "text of a/b.txt" },
      e: "${NAME} $x",
    });
  });

  test("that are not set are named, with where they stand", async () => {
    const document = { clients: [{ client_secret: "${NOPE}" }, { owner: "${a b}" }], x: "${file:gone}" };
    const readFile = () => Promise.reject(new Error("ENOENT"));
    const error = await resolveVariables(document, { variables: {}, readFile }).catch((thrown) => thrown);
    expect(error.message.split("\n").sort()).toEqual([
      "clients[0].client_secret: the variable NOPE is not set",
      "clients[1].owner: ${a b} is not the name of a variable; write $${ for a literal ${",
      "x: the file gone cannot be read",
    ]);
  });

  test("an inherited name is not a variable", async () => {
    await expect(resolveVariables("${constructor}", sources)).rejects.toThrow("constructor is not set");
  });
});

test("stale clients are found by age, and those of a set never", async () => {
  const { api } = server();
  await applyPlan(api, await planClients(api, [WEB]), { onSecret: () => {} });
  await api.createOAuth2Client({ oAuth2Client: { client_id: "plain" } });
  await api.createOAuth2Client({ oAuth2Client: { client_id: "admin", metadata: { a: 1 } } });
  const day = 86_400_000;
  const find = async (options: Parameters<typeof staleClients>[1]) => {
    const ids: string[] = [];
    for await (const client of staleClients(api, options)) ids.push(client.client_id!);
    return ids.sort();
  };
  const now = Date.now() + 2 * day;
  expect(await find({ olderThan: day, now })).toEqual(["admin", "plain"]);
  expect(await find({ olderThan: day, now, where: mayBeDynamic })).toEqual(["plain"]);
  expect(await find({ olderThan: 3 * day, now })).toEqual([]);
});
