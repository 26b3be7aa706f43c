import { beforeEach, describe, expect, it } from "vitest";
import { createMockHydra, type Fault, type MockHydra } from "../../../src/mock/index.ts";
import { call } from "../support/mock.ts";

let hydra: MockHydra;
beforeEach(() => {
  hydra = createMockHydra();
});

describe("hydra.fail", () => {
  const list = () => call(hydra, "GET /admin/clients");

  it("responds with a status, once, for one operation", async () => {
    hydra.fail({ operation: "listOAuth2Clients", status: 503, headers: { "retry-after": "7" } });
    expect((await call(hydra, "GET /admin/version")).status).toBe(200);
    const failed = await list();
    expect(failed.status).toBe(503);
    expect(failed.headers.get("retry-after")).toBe("7");
    expect(failed.body).toHaveProperty("error");
    expect((await list()).status).toBe(200);
  });

  it("treats a HEAD as the GET of its operation", async () => {
    hydra.fail({ operation: "listOAuth2Clients", status: 503 });
    const head = async () => (await hydra.fetch(`${hydra.adminUrl}/admin/clients`, { method: "HEAD" })).status;
    expect([await head(), await head()]).toEqual([503, 200]);
    expect(hydra.requests.map(({ operation }) => operation)).toEqual(["listOAuth2Clients", "listOAuth2Clients"]);
  });

  it("counts down, and queues faults", async () => {
    hydra.fail({ operation: "listOAuth2Clients", times: 2, status: 500, body: { error: "first" } });
    hydra.fail({ status: 429, body: { error: "second" } });
    const errors = [];
    for (let n = 0; n < 4; n++) errors.push((await list()).body.error);
    expect(errors).toEqual(["first", "first", "second", undefined]);
  });

  it("does not serve the request if it responds itself", async () => {
    hydra.fail({ operation: "createOAuth2Client", status: 204 });
    expect((await call(hydra, "POST /admin/clients", {})).status).toBe(204);
    expect(hydra.state.clients.size).toBe(0);
  });

  it("drops the connection", async () => {
    hydra.fail({ dropConnection: true });
    await expect(list()).rejects.toThrow(new TypeError("fetch failed"));
  });

  it("cuts the body after the request was served", async () => {
    hydra.fail({ operation: "createOAuth2Client", cutBody: true });
    const response = await hydra.fetch(`${hydra.adminUrl}/admin/clients`, { method: "POST", body: "{}" });
    expect(response.status).toBe(201);
    await expect(response.text()).rejects.toThrow(TypeError);
    expect(hydra.state.clients.size).toBe(1);
  });

  it("drops the connection if there is no body to cut", async () => {
    const { client_id } = hydra.addClient();
    hydra.fail({ cutBody: true });
    await expect(call(hydra, `DELETE /admin/clients/${client_id}`)).rejects.toThrow(TypeError);
  });

  it("responds with an HTML page", async () => {
    hydra.fail({ html: true });
    hydra.fail({ html: "<h1>Maintenance</h1>" });
    expect((await list()).headers.get("content-type")).toMatch(/^text\/html/);
    expect((await list()).body).toBe("<h1>Maintenance</h1>");
  });

  it("is late, but correct", async () => {
    hydra.fail({ delay: 20 });
    const began = performance.now();
    expect((await list()).status).toBe(200);
    expect(performance.now() - began).toBeGreaterThan(15);
  });

  it("abandons a late response when the signal aborts", async () => {
    hydra.fail({ delay: 60_000, status: 500 });
    const pending = hydra.fetch(`${hydra.adminUrl}/admin/clients`, { signal: AbortSignal.timeout(10) });
    await expect(pending).rejects.toMatchObject({ name: "TimeoutError" });
  });

  it.each<[string, object]>([
    ["fault", {}],
    ["fault", { times: 2 }],
    ["fault", { status: 500, html: true }],
    ["fault", { dropConnection: true, cutBody: true }],
    ["operation", { operation: "listClients", status: 500 }],
    ["operation", { operation: "constructor", status: 500 }],
    ["times", { times: 0, status: 500 }],
    ["times", { times: 1.5, status: 500 }],
    ["times", { times: Number.NaN, status: 500 }],
    ["times", { times: null, status: 500 }],
    ["delay", { delay: -1 }],
    ["delay", { delay: Number.POSITIVE_INFINITY }],
    ["status", { status: 99 }],
    ["status", { status: 600 }],
    ["status", { status: 200.5 }],
    ["status", { status: "500" }],
    ["headers", { status: 500, headers: { "retry-after": "1\r\nset-cookie: x=1" } }],
    ["html", { html: false }],
    ["html", { html: "" }],
    ["dropConnection", { dropConnection: false }],
    ["cutBody", { cutBody: 1 }],
  ])("refuses, for its %s, %j", async (field, fault) => {
    const refused = expect.objectContaining({
      name: "InvalidInputError",
      field,
      message: expect.stringContaining(field),
    });
    expect(() => hydra.fail(fault as Fault)).toThrow(refused);
    expect((await list()).status).toBe(200);
  });

  it("treats undefined as absent", async () => {
    hydra.fail({ operation: undefined, times: undefined, status: 503, delay: undefined } as never);
    expect((await list()).status).toBe(503);
    expect((await list()).status).toBe(200);
  });

  it("has types that allow one kind at a time", () => {
    // @ts-expect-error two kinds
    const two: Fault = { status: 500, html: true };
    // @ts-expect-error a body belongs to a status
    const body: Fault = { cutBody: true, body: {} };
    // @ts-expect-error no kind
    const none: Fault = { times: 3 };
    const late: Fault = { operation: "isAlive", delay: 10, status: 503 };
    expect([two, body, none, late]).toHaveLength(4);
  });

  it("forgets its faults when reset", async () => {
    hydra.fail({ times: Number.POSITIVE_INFINITY, status: 500 });
    expect((await list()).status).toBe(500);
    hydra.reset();
    expect((await list()).status).toBe(200);
  });
});
