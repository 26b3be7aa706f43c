import { beforeEach, describe, expect, it } from "vitest";
import type { MockHydra } from "../../src/mock/index.ts";
import { call, checkedMock } from "./support/mock.ts";

let hydra: MockHydra;
beforeEach(() => {
  hydra = checkedMock({ clock: () => Date.UTC(2026, 0, 2, 3, 4, 5) });
});

describe("createMockHydra", () => {
  it("gives the same ids, secrets and tokens for the same seed, and again after a reset", async () => {
    const run = async (one: MockHydra) => (await call(one, "POST /admin/clients", {})).body;
    const one = checkedMock({ seed: "a", clock: () => 0 });
    const first = await run(one);
    expect(await run(checkedMock({ seed: "a", clock: () => 0 }))).toEqual(first);
    expect((await run(one)).client_id).not.toBe(first.client_id);
    one.reset();
    expect(one.state.clients.size).toBe(0);
    expect(one.requests).toEqual([]);
    expect(await run(one)).toEqual(first);
    expect((await run(checkedMock({ seed: "b" }))).client_id).not.toBe(first.client_id);
    expect((await run(checkedMock())).client_id).not.toBe((await run(checkedMock())).client_id);
  });

  it("uses its clock", async () => {
    expect((await call(hydra, "POST /admin/clients", {})).body.created_at).toBe("2026-01-02T03:04:05Z");
  });

  it("adds a client without a request", async () => {
    const added = hydra.addClient({ client_id: "mine", client_secret: "my-own-secret", owner: "me" });
    expect(added).toMatchObject({ client_id: "mine", client_secret: "my-own-secret", scope: "openid offline_access" });
    expect(hydra.requests).toEqual([]);
    expect((await call(hydra, "GET /admin/clients/mine")).body.owner).toBe("me");
    expect(() => hydra.addClient({ client_id: "mine" })).toThrow("exists already");
    expect(() => hydra.addClient({ scope: 5 as never })).toThrow(TypeError);
    expect(hydra.addClient({ subject_type: "one that POST refuses" }).subject_type).toBe("one that POST refuses");
  });

  it("serves admin paths without their prefix, and any path with a trailing slash", async () => {
    hydra.addClient({ client_id: "mine" });
    for (const path of ["/clients/mine", "/admin/clients/mine/", "/version", "/admin/version", "/health/ready"]) {
      expect((await hydra.fetch(hydra.adminUrl + path)).status).toBe(200);
    }
  });

  it("redirects a public path with empty segments to the clean one", async () => {
    const response = await hydra.fetch(`${hydra.publicUrl}//health//alive?x=1`);
    expect(response.status).toBe(307);
    expect(response.headers.get("location")).toBe("/health/alive?x=1");
    expect((await hydra.fetch(`${hydra.adminUrl}//admin/clients`)).status).toBe(404);
  });

  it.each([
    [undefined, "text/html"],
    ["*/*", "text/html"],
    ["application/json", "application/json"],
    ["application/json, text/plain, */*", "text/plain"],
    ["text/html;q=0.5, application/json", "application/json"],
    ["image/png", "text/html"],
  ])("answers an unknown path in the media type that Accept: %s prefers", async (accept, type) => {
    const response = await hydra.fetch(`${hydra.publicUrl}/nowhere`, { headers: accept ? { accept } : {} });
    expect(response.status).toBe(404);
    expect(response.headers.get("content-type")).toBe(`${type}; charset=utf-8`);
  });

  it("says that it is a mock", async () => {
    for (const path of ["/health/alive", "/nowhere"]) {
      const { headers } = await hydra.fetch(hydra.publicUrl + path);
      expect(headers.get("x-mock-server")).toContain("never for production");
    }
  });

  it("serves both APIs from one origin, as Ory Network does", async () => {
    const url = "https://slug.projects.oryapis.com";
    hydra = checkedMock({ publicUrl: url, adminUrl: `${url}/` });
    expect((await hydra.fetch(`${url}/admin/clients`)).status).toBe(200);
    const discovery = await (await hydra.fetch(`${url}/.well-known/openid-configuration`)).json();
    expect(discovery.issuer).toBe(`${url}/`);
  });

  it("is unreachable at another origin", async () => {
    await expect(hydra.fetch("http://127.0.0.1:9/admin/clients")).rejects.toThrow(TypeError);
  });

  it("rejects with the signal's reason", async () => {
    const reason = new Error("enough");
    const url = `${hydra.adminUrl}/admin/clients`;
    await expect(hydra.fetch(url, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const controller = new AbortController();
    const pending = hydra.fetch(url, { signal: controller.signal });
    controller.abort(reason);
    await expect(pending).rejects.toBe(reason);
  });
});
