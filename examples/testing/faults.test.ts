// Tests how your code handles server failures: a slow response, an error, a truncated body, a dropped connection.
//
//   npx vitest run examples/testing
//
// Also needs: npm install vitest
import { OAuth2Api, withRetry } from "hydra-sdk";
import { createMockHydra, type Fault } from "hydra-sdk/mock";
import { expect, test } from "vitest";

const hydra = createMockHydra();
const server = { basePath: hydra.publicUrl, adminBasePath: hydra.adminUrl, fetch: hydra.fetch };

test.each<[title: string, fault: Fault, name: string]>([
  ["rejects when the server is overloaded", { status: 503 }, "ResponseError"],
  ["rejects when the connection breaks", { dropConnection: true }, "NetworkError"],
  ["rejects when the body is truncated", { cutBody: true }, "NetworkError"],
  ["rejects when a proxy responds with a page", { html: true }, "InvalidResponseError"],
  ["rejects when the response is too late", { delay: 200 }, "TimeoutError"],
])("%s", async (_, fault, name) => {
  hydra.fail(fault);
  const api = new OAuth2Api({ ...server, timeout: 50 });
  await expect(api.listOAuth2Clients()).rejects.toMatchObject({ name });
  // The fault applies only once.
  expect((await api.listOAuth2Clients()).status).toBe(200);
});

test("retries until the call succeeds", async () => {
  hydra.fail({ operation: "listOAuth2Clients", status: 429, headers: { "retry-after": "0" }, times: 2 });
  const api = new OAuth2Api({ ...server, fetch: withRetry(hydra.fetch) });
  expect((await api.listOAuth2Clients()).status).toBe(200);
});

test("reports an expired token as inactive", async () => {
  let now = Date.UTC(2026, 0, 1);
  const hydraWithClock = createMockHydra({ clock: () => now });
  const { client_id, client_secret } = hydraWithClock.addClient({ grant_types: ["client_credentials"] });
  const api = new OAuth2Api({
    basePath: hydraWithClock.publicUrl,
    adminBasePath: hydraWithClock.adminUrl,
    fetch: hydraWithClock.fetch,
    username: client_id,
    password: client_secret!,
  });
  const { data } = await api.oauth2TokenExchange({ grantType: "client_credentials" });
  const isActive = async () => (await api.introspectOAuth2Token({ token: data.access_token! })).data.active;
  expect(await isActive()).toBe(true);
  now += data.expires_in! * 1000;
  expect(await isActive()).toBe(false);
});
