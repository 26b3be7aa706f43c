import { describe, expect, test } from "vitest";
import {
  deleteOAuth2ClientIfPresent,
  findOAuth2Client,
  isInvalidInputError,
  isNetworkError,
  isRequiredError,
  isResponseError,
  isTimeoutError,
  isUpdateConflictError,
  OAuth2Api,
  type OAuth2Client,
  upsertOAuth2Client,
} from "../../src/index.ts";
import { createMockHydra } from "../../src/mock/index.ts";
import { rejection } from "../support/observe.ts";

const wanted = { client_id: "shop-web", client_name: "Web shop", redirect_uris: ["https://shop.example/callback"] };

function setUp(...clients: OAuth2Client[]) {
  const hydra = createMockHydra();
  for (const client of clients) hydra.addClient(client);
  const { publicUrl: basePath, adminUrl: adminBasePath, fetch } = hydra;
  const api = new OAuth2Api({ basePath, adminBasePath, fetch });
  return {
    hydra,
    api,
    get sent() {
      return hydra.requests.map(({ method }) => method).join(" ");
    },
  };
}

describe("upsertOAuth2Client", () => {
  test("creates a client, and returns the secret that the server generated", async () => {
    const { api, ...context } = setUp();
    const { action, data, response } = await upsertOAuth2Client(api, wanted);
    expect({ action, status: response.status, name: data.client_name }).toEqual({
      action: "created",
      status: 201,
      name: "Web shop",
    });
    expect(data.client_secret).toMatch(/./);
    expect(context.hydra.requests.map(({ method }) => method)).toEqual(["POST"]);
  });

  test("leaves a client as it is if nothing differs", async () => {
    const context = setUp({ ...wanted, owner: "shop" });
    const { action, data } = await upsertOAuth2Client(context.api, wanted);
    expect({ action, owner: data.owner }).toEqual({ action: "unchanged", owner: "shop" });
    expect(context.sent).toBe("POST GET");
  });

  test("changes only the fields that differ, and keeps those that are undefined", async () => {
    const context = setUp({ ...wanted, client_name: "Shop", owner: "shop", metadata: { tier: "gold" } });
    const { action, data } = await upsertOAuth2Client(context.api, { ...wanted, owner: undefined! });
    expect({ action, name: data.client_name, owner: data.owner }).toEqual({
      action: "updated",
      name: "Web shop",
      owner: "shop",
    });
    expect(context.hydra.requests.at(-1)!.body).toEqual([{ op: "replace", path: "/client_name", value: "Web shop" }]);
  });

  test("sends a given secret, which cannot be compared", async () => {
    const context = setUp(wanted);
    const { action } = await upsertOAuth2Client(context.api, { ...wanted, client_secret: "a-secret-of-mine" });
    expect(action).toBe("updated");
    expect(context.sent).toBe("POST GET GET PATCH");
  });

  test("ten concurrent callers create one client", async () => {
    const { api, hydra } = setUp();
    const results = await Promise.all(Array.from({ length: 10 }, () => upsertOAuth2Client(api, wanted)));
    const actions = results.map(({ action }) => action);
    expect(actions.filter((action) => action === "created")).toHaveLength(1);
    expect(actions.filter((action) => action === "unchanged")).toHaveLength(9);
    expect(hydra.state.clients.size).toBe(1);
  });

  test.each(["getOAuth2Client", "patchOAuth2Client"] as const)(
    "creates the client again if it is deleted before %s",
    async (step) => {
      const { api } = setUp({ ...wanted, client_name: "Shop" });
      let deleted = false;
      const raced = {
        createOAuth2Client: api.createOAuth2Client,
        getOAuth2Client: api.getOAuth2Client,
        patchOAuth2Client: api.patchOAuth2Client,
        [step]: async (...request: [any, any]) => {
          if (!deleted) await api.deleteOAuth2Client({ id: wanted.client_id });
          deleted = true;
          return api[step](...request);
        },
      };
      const { action, data } = await upsertOAuth2Client(raced, wanted);
      expect({ action, name: data.client_name }).toEqual({ action: "created", name: "Web shop" });
    },
  );

  test("the last writer of a field wins, and a writer who never stops is reported", async () => {
    const { api } = setUp({ ...wanted, client_name: "Shop" });
    const racedUntil = (rounds: number) => {
      let reads = 0;
      return {
        createOAuth2Client: api.createOAuth2Client,
        patchOAuth2Client: api.patchOAuth2Client,
        getOAuth2Client: async (...request: Parameters<OAuth2Api["getOAuth2Client"]>) => {
          const read = await api.getOAuth2Client(...request);
          reads++;
          const jsonPatch = [{ op: "replace" as const, path: "/client_name", value: `Theirs ${reads}` }];
          if (reads % 2 && reads <= 2 * rounds) await api.patchOAuth2Client({ id: wanted.client_id, jsonPatch });
          return read;
        },
      };
    };
    const { action, data } = await upsertOAuth2Client(racedUntil(2), wanted);
    expect({ action, name: data.client_name }).toEqual({ action: "updated", name: "Web shop" });
    const error = await rejection(upsertOAuth2Client(racedUntil(99), { ...wanted, client_name: "Mine" }));
    expect(isUpdateConflictError(error)).toBe(true);
  });

  test("reports a lost response to the creation, and finds the client when it is called again", async () => {
    const { api, hydra } = setUp();
    hydra.fail({ operation: "createOAuth2Client", cutBody: true });
    expect(isNetworkError(await rejection(upsertOAuth2Client(api, wanted)))).toBe(true);
    const { action, data } = await upsertOAuth2Client(api, wanted);
    expect({ action, secret: data.client_secret }).toEqual({ action: "unchanged", secret: undefined });
  });

  test("reports a lost response to the change, and may be called again", async () => {
    const { api, hydra } = setUp({ ...wanted, client_name: "Shop" });
    hydra.fail({ operation: "patchOAuth2Client", cutBody: true });
    expect(isNetworkError(await rejection(upsertOAuth2Client(api, wanted)))).toBe(true);
    expect((await upsertOAuth2Client(api, wanted)).action).toBe("unchanged");
  });

  test("rejects a client without an ID before anything is sent, and reports what the server rejects", async () => {
    const { api, hydra } = setUp();
    const error: any = await rejection(upsertOAuth2Client(api, { client_name: "Shop" } as typeof wanted));
    expect(isRequiredError(error)).toBe(true);
    expect(error.message).toBe("client_id is missing");
    expect(hydra.requests).toEqual([]);
    const invalid: any = await rejection(upsertOAuth2Client(api, { ...wanted, subject_type: "unknown" }));
    expect(isResponseError(invalid) && invalid.status).toBe(400);
  });

  test("one timeout covers all requests", async () => {
    const api = new OAuth2Api({ basePath: "http://h.example", fetch: () => new Promise<Response>(() => {}) });
    const error: any = await rejection(upsertOAuth2Client(api, wanted, { timeout: 5 }));
    expect(isTimeoutError(error)).toBe(true);
  });
});

describe("findOAuth2Client", () => {
  test("by ID returns the client, or undefined", async () => {
    const { api } = setUp(wanted);
    expect((await findOAuth2Client(api, { id: "shop-web" }))?.client_name).toBe("Web shop");
    expect(await findOAuth2Client(api, { id: "another" })).toBeUndefined();
  });

  test("does not take the 404 of a path that does not exist for a missing client", async () => {
    const hydra = createMockHydra();
    const api = new OAuth2Api({ basePath: hydra.publicUrl, fetch: hydra.fetch });
    const error: any = await rejection(findOAuth2Client(api, { id: "shop-web" }));
    expect(error.message).toMatch(/404.*is adminBasePath missing/);
    expect(await rejection(deleteOAuth2ClientIfPresent(api, { id: "shop-web" }))).toMatchObject({ status: 404 });
  });

  test("by name and owner returns the client, or undefined", async () => {
    const { api } = setUp(
      { client_id: "a", client_name: "Web shop", owner: "one" },
      { client_id: "b", client_name: "Web shop", owner: "two" },
      { client_id: "c", client_name: "Web shop 2", owner: "one" },
    );
    expect((await findOAuth2Client(api, { clientName: "Web shop", owner: "two" }))?.client_id).toBe("b");
    expect((await findOAuth2Client(api, { clientName: "Web shop 2" }))?.client_id).toBe("c");
    expect(await findOAuth2Client(api, { clientName: "Web" })).toBeUndefined();
    expect(await findOAuth2Client(api, { clientName: "Web shop", owner: "three" })).toBeUndefined();
  });

  test("reports several clients of one name with their IDs", async () => {
    const { api } = setUp({ client_id: "a", client_name: "Shop" }, { client_id: "b", client_name: "Shop" });
    const error: any = await rejection(findOAuth2Client(api, { clientName: "Shop" }));
    expect(isInvalidInputError(error)).toBe(true);
    expect(error.message).toBe("clientName is the name of 2 clients (a, b): pass an id");
  });

  test("rejects a query that could mean any client", async () => {
    const { api, hydra } = setUp(wanted);
    const messages = [];
    for (const query of [{}, undefined, { owner: "a" }, { id: "a", clientName: "b" }, { id: "" }, { clientName: "" }]) {
      messages.push(((await rejection(findOAuth2Client(api, query as { id: string }))) as Error).message);
    }
    expect(messages).toEqual([
      "clientName is missing",
      "clientName is missing",
      "clientName is missing",
      "clientName cannot be combined with id",
      expect.stringMatching(/^id must be/),
      "clientName is missing",
    ]);
    expect(hydra.requests).toEqual([]);
  });
});

describe("deleteOAuth2ClientIfPresent", () => {
  test("tells whether it deleted the client", async () => {
    const { api } = setUp(wanted);
    const results = [];
    for (let call = 0; call < 2; call++) results.push(await deleteOAuth2ClientIfPresent(api, { id: "shop-web" }));
    expect(results).toEqual([true, false]);
  });

  test("may be called again after a lost response", async () => {
    const { api, hydra } = setUp(wanted);
    hydra.fail({ operation: "deleteOAuth2Client", cutBody: true });
    const first = await deleteOAuth2ClientIfPresent(api, { id: "shop-web" }).catch(isNetworkError);
    expect(first).toBe(true);
    expect(await deleteOAuth2ClientIfPresent(api, { id: "shop-web" })).toBe(false);
  });

  test("rejects if the server fails", async () => {
    const { api, hydra } = setUp(wanted);
    hydra.fail({ operation: "deleteOAuth2Client", status: 503 });
    expect(await rejection(deleteOAuth2ClientIfPresent(api, { id: "shop-web" }))).toMatchObject({ status: 503 });
  });
});
