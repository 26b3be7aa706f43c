import { inspect } from "node:util";
import { afterEach, describe, expect, test, vi } from "vitest";
import { Configuration, OAuth2Api, OidcApi } from "../../src/index.ts";
import { json, observe, rejection } from "../support/observe.ts";

const urlOf = async (basePath: string) => {
  const wire = observe(json([]));
  await new OAuth2Api({ basePath, fetch: wire.fetch }).listOAuth2Clients();
  return wire.only.url.href;
};

describe("basePath", () => {
  test.each([
    ["http://h.example", "http://h.example/admin/clients"],
    ["http://h.example/", "http://h.example/admin/clients"],
    ["https://h.example:8443/a/b", "https://h.example:8443/a/b/admin/clients"],
    ["https://h.example/a/b///", "https://h.example/a/b/admin/clients"],
    ["http://[::1]:4445", "http://[::1]:4445/admin/clients"],
  ])("%s", async (basePath, url) => {
    expect(await urlOf(basePath)).toBe(url);
  });

  test.each([
    [4444, "must be an http or https URL"],
    ["", "must be an http or https URL"],
    ["4444", "must be an http or https URL"],
    ["undefined", "must be an http or https URL"],
    ["localhost:4444", "such as http://127.0.0.1:4444"],
    ["ftp://h.example", "must be an http or https URL"],
    [
      "https://undefined.projects.oryapis.com",
      "has the host undefined.projects.oryapis.com: is an environment variable unset?",
    ],
    ["http://undefined:4444", "environment variable"],
    ["http://NULL", "environment variable"],
    ["http://h.example?x=1", "without a query"],
    ["http://h.example#x", "must be an http or https URL"],
    ["/hydra", "must be an http or https URL"],
  ])("rejects %j when the configuration is created", (basePath, why) => {
    for (const field of ["basePath", "adminBasePath"]) {
      expect(() => new Configuration({ basePath: "http://h.example", [field]: basePath })).toThrow(
        expect.objectContaining({ name: "InvalidInputError", field, message: expect.stringContaining(`${field} `) }),
      );
      expect(() => new Configuration({ [field]: basePath })).toThrow(why);
    }
  });

  test("rejects credentials in the URL without quoting them", () => {
    const make = () => new Configuration({ basePath: "http://me:hunter2@h.example" });
    expect(make).toThrow(/without credentials/);
    expect(make).not.toThrow(/hunter2/);
  });

  test("is required when the API object is created, not before", () => {
    const configuration = new Configuration({ accessToken: "t" });
    expect(() => new OAuth2Api(configuration)).toThrow(
      expect.objectContaining({ name: "RequiredError", field: "basePath" }),
    );
    expect(() => new OAuth2Api()).toThrow(/basePath is missing/);
  });

  test("is the second argument if the configuration does not have one", async () => {
    const wire = observe(json({}));
    await new OidcApi({ fetch: wire.fetch }, "http://second.example/").discoverOidcConfiguration();
    expect(wire.only.url.href).toBe("http://second.example/.well-known/openid-configuration");
  });

  describe("in a browser", () => {
    afterEach(() => vi.unstubAllGlobals());

    test("resolves a path against the origin of the page", async () => {
      vi.stubGlobal("location", { origin: "https://app.example" });
      expect(await urlOf("/hydra/")).toBe("https://app.example/hydra/admin/clients");
    });
  });
});

describe("other values", () => {
  test.each([
    ["accessToken", 7],
    ["accessToken", {}],
    ["accessToken", Symbol("t")],
    ["username", 7],
    ["password", 7],
    ["fetch", "fetch"],
    ["timeout", -1],
    ["timeout", Number.NaN],
    ["timeout", "100"],
    ["timeout", 2 ** 31],
    ["signal", {}],
  ])("rejects %s %j", (field, value) => {
    expect(() => new Configuration({ basePath: "http://h.example", [field]: value })).toThrow(
      expect.objectContaining({ name: "InvalidInputError", field }),
    );
  });

  test("timeout overrides baseOptions.timeout", () => {
    expect(new Configuration({ baseOptions: { timeout: 5 } }).timeout).toBe(5);
    expect(new Configuration({ timeout: 7, baseOptions: { timeout: 5 } }).timeout).toBe(7);
  });

  test("can be read and changed, and the next call uses them", async () => {
    const wire = observe(json([]));
    const configuration = new Configuration({
      basePath: "http://h.example",
      accessToken: "one",
      username: "u",
      fetch: wire.fetch,
    });
    const api = new OAuth2Api(configuration);
    expect([configuration.basePath, configuration.accessToken, configuration.username]).toEqual([
      "http://h.example",
      "one",
      "u",
    ]);
    configuration.accessToken = "two";
    await api.listOAuth2Clients();
    expect(wire.only.headers["authorization"]).toBe("Bearer two");
  });

  test("looks up the global fetch at each call, so that interceptors receive every call", async () => {
    const api = new OAuth2Api({ basePath: "http://h.example" });
    const wire = observe(json([]));
    vi.stubGlobal("fetch", wire.fetch);
    await api.listOAuth2Clients();
    vi.unstubAllGlobals();
    expect(wire.only.url.pathname).toBe("/admin/clients");
  });
});

test("logging configurations, APIs, responses and errors reveals no secrets", async () => {
  const secrets = ["s3cret-token", "s3cret-password", "s3cret-key", "s3cret-header"];
  const configuration = new Configuration({
    basePath: "http://h.example",
    accessToken: secrets[0]!,
    username: "me",
    password: secrets[1]!,
    apiKey: secrets[2]!,
    baseOptions: { headers: { "x-key": secrets[3] } },
    fetch: observe(json([{ client_id: "a" }], 200, { "set-cookie": "csrf=s3cret-cookie" })).fetch,
  });
  const api = new OAuth2Api(configuration);
  const result = await api.listOAuth2Clients();
  for (const value of [configuration, api, result, await rejection(api.getOAuth2Client({ id: "" }))]) {
    const shown = [
      inspect(value, { depth: 9, showHidden: true }),
      JSON.stringify(value),
      Object.values(value).join(),
    ].join();
    expect(shown).not.toContain("s3cret");
  }
  expect(inspect(configuration)).toContain("http://h.example");
  expect(inspect(result)).toContain("client_id");
});
