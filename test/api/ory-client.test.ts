import * as Ory from "@ory/client";
import axios, { isAxiosError } from "axios";
import { describe, expect, test } from "vitest";
import { Configuration, OAuth2Api } from "../../src/index.ts";
import { createMockHydra } from "../../src/mock/index.ts";
import { json, observe, rejection } from "../support/observe.ts";

const hydra = createMockHydra();
const configuration = new Configuration({
  basePath: hydra.publicUrl,
  adminBasePath: hydra.adminUrl,
  fetch: hydra.fetch,
  timeout: 5000,
});
const api = new OAuth2Api(configuration);

describe("isAxiosError", () => {
  test("is true of a 404, which has what the code after it reads", async () => {
    const error: unknown = await rejection(api.getOAuth2Client({ id: "missing" }));
    if (!isAxiosError(error)) throw new Error("isAxiosError is false");
    expect(axios.isAxiosError(error)).toBe(true);
    expect(error.status).toBe(404);
    expect(error.code).toBe("ERR_BAD_REQUEST");
    expect(error.response?.status).toBe(404);
    expect(error.response?.data.error).toBe("Unable to locate the resource");
    expect(error.response?.headers["content-type"]).toContain("application/json");
    expect(error.message).toContain("404");
    expect(error.toJSON()).toMatchObject({ name: "ResponseError", status: 404, message: error.message });
    expect(error.config).toBe(undefined);
    expect(error.request).toBe(undefined);
  });

  test("is true if no response arrived", async () => {
    const offline = configuration.with({ fetch: () => Promise.reject(new TypeError("fetch failed")) });
    const error: unknown = await rejection(new OAuth2Api(offline).listOAuth2Clients());
    if (!isAxiosError(error)) throw new Error("isAxiosError is false");
    expect(error.response).toBe(undefined);
  });

  test("is false of input that was rejected before a request was sent", async () => {
    expect(isAxiosError(await rejection(api.getOAuth2Client({ id: "" })))).toBe(false);
    expect(isAxiosError(await rejection(api.getOAuth2Client({} as { id: string })))).toBe(false);
  });
});

describe("one configuration for both packages", () => {
  const parameters = { basePath: "https://slug.projects.oryapis.com", accessToken: "ory_pat_x" };

  test("their IdentityApi works with our Configuration", async () => {
    const sent: { url?: string | undefined; authorization: unknown; body: unknown }[] = [];
    const client = axios.create({
      adapter: async (config) => {
        sent.push({ url: config.url, authorization: config.headers.get("authorization"), body: config.data });
        return { data: {}, status: 201, statusText: "Created", headers: {}, config };
      },
    });
    const identities = new Ory.IdentityApi(new Configuration(parameters), undefined, client as never);
    await identities.createIdentity({ createIdentityBody: { schema_id: "default", traits: { email: "a@b.example" } } });
    expect(sent).toEqual([
      {
        url: "https://slug.projects.oryapis.com/admin/identities",
        authorization: "Bearer ory_pat_x",
        body: '{"schema_id":"default","traits":{"email":"a@b.example"}}',
      },
    ]);
  });

  test("our OAuth2Api works with their Configuration", async () => {
    const { fetch } = globalThis;
    const wire = observe(json([]));
    globalThis.fetch = wire.fetch as typeof fetch;
    try {
      await new OAuth2Api(new Ory.Configuration(parameters)).listOAuth2Clients();
    } finally {
      globalThis.fetch = fetch;
    }
    expect(wire.only.url.href).toBe("https://slug.projects.oryapis.com/admin/clients");
    expect(wire.only.headers["authorization"]).toBe("Bearer ory_pat_x");
  });

  test.each([
    "application/json",
    "application/json; charset=UTF8",
    "APPLICATION/JSON",
    "application/vnd.company+json",
    "application/json-patch+json",
    "application/x-www-form-urlencoded",
    "application/jsonp",
    "text/plain; x=application/json",
    "",
  ])("isJsonMime decides %j as theirs does", (mime) => {
    expect(configuration.isJsonMime(mime)).toBe(new Ory.Configuration().isJsonMime(mime));
  });
});
