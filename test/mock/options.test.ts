import { describe, expect, it } from "vitest";
import { MetadataApi } from "../../src/index.ts";
import { configurationFromEnv, createMockHydra, type MockHydraOptions } from "../../src/mock/index.ts";

const refused = (field: string) =>
  expect.objectContaining({ name: "InvalidInputError", field, message: expect.stringContaining(field) });

describe("createMockHydra", () => {
  it.each<[string, object]>([
    ["publicUrl", { publicUrl: "/relative" }],
    ["publicUrl", { publicUrl: "https://hydra.example/path" }],
    ["publicUrl", { publicUrl: "https://user:password@hydra.example" }],
    ["publicUrl", { publicUrl: "https://hydra.example/?x=1" }],
    ["adminUrl", { adminUrl: "hydra.example:4445" }],
    ["adminUrl", { adminUrl: "" }],
    ["urls.login", { urls: { login: "/login" } }],
    ["urls.device", { urls: { device: "" } }],
    ["urls.consent", { urls: { consent: null } }],
    ["corsOrigins", { corsOrigins: ["app.example"] }],
    ["corsOrigins", { corsOrigins: ["https://app.example/"] }],
    ["pkce", { pkce: { enforced: true } }],
    ["urls.consents", { urls: { consents: "https://app.example/consent" } }],
    ["ttl.accesstoken", { ttl: { accesstoken: "1h" } }],
    ["ttl.accessToken", { ttl: { accessToken: "soon" } }],
    ["ttl.accessToken", { ttl: { accessToken: "-1" } }],
    ["version", { version: "1.11" }],
    ["issuer", { issuer: "/relative" }],
    ["clientRegistrationUrl", { clientRegistrationUrl: "/register" }],
    ["scopeClaim", { scopeClaim: "scp" }],
    ["accessTokenStrategy", { accessTokenStrategy: "JWT" }],
    ["subjectTypes", { subjectTypes: ["private"] }],
    ["refreshTokenGracePeriod", { refreshTokenGracePeriod: "a while" }],
    ["tokenHook", { tokenHook: "https://app.example/hook" }],
  ])("refuses, for its %s, %j", (field, options) => {
    expect(() => createMockHydra(options as MockHydraOptions)).toThrow(refused(field));
  });

  it("treats undefined as absent, and accepts a trailing slash of an origin", async () => {
    const hydra = createMockHydra({
      publicUrl: "https://hydra.example/",
      adminUrl: undefined,
      urls: { login: undefined, consent: "https://app.example/consent" },
    } as MockHydraOptions);
    expect([hydra.publicUrl, hydra.adminUrl]).toEqual(["https://hydra.example", "http://127.0.0.1:4445"]);
    const { client_id } = hydra.addClient({ redirect_uris: ["http://127.0.0.1/cb"], response_types: ["code"] });
    const query = new URLSearchParams({ client_id, response_type: "code", state: "12345678" });
    const { headers } = await hydra.fetch(`${hydra.publicUrl}/oauth2/auth?${query}`);
    expect(headers.get("location")).toMatch(/^http:\/\/127\.0\.0\.1:3000\/login\?/);
  });

  it("refuses to be moved to anything but an origin", () => {
    const hydra = createMockHydra();
    expect(() => {
      hydra.publicUrl = "https://hydra.example/path";
    }).toThrow(refused("publicUrl"));
    expect(() => {
      hydra.adminUrl = "elsewhere";
    }).toThrow(refused("adminUrl"));
  });
});

describe("configurationFromEnv", () => {
  it("treats an unreadable environment as empty", async () => {
    const forbidden = new Proxy(
      {},
      {
        get() {
          throw new Error("NotCapable");
        },
      },
    );
    expect((await new MetadataApi(configurationFromEnv(forbidden)).isAlive()).status).toBe(200);
  });

  it("names the variable that is missing", () => {
    expect(() => configurationFromEnv({ HYDRA_PUBLIC_URL: "http://127.0.0.1:4444" })).toThrow(
      refused("HYDRA_ADMIN_URL"),
    );
    expect(configurationFromEnv({ ORY_SDK_URL: "https://x.example", ORY_API_KEY: "key" })).toEqual({
      basePath: "https://x.example",
      accessToken: "key",
    });
  });

  it("removes trailing slashes from URLs", () => {
    expect(configurationFromEnv({ ORY_SDK_URL: "https://x.example/", ORY_API_KEY: "key/" })).toEqual({
      basePath: "https://x.example",
      accessToken: "key/",
    });
    const urls = { HYDRA_PUBLIC_URL: "http://127.0.0.1:4444/hydra/", HYDRA_ADMIN_URL: "http://127.0.0.1:4445//" };
    expect(configurationFromEnv(urls)).toEqual({
      basePath: "http://127.0.0.1:4444/hydra",
      adminBasePath: "http://127.0.0.1:4445",
    });
  });
});
