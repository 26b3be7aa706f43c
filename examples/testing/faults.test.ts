// Tests what your code does when the server fails: the mock answers slowly, with an error, with half a body or not at all.
//
//   npx vitest run examples/testing
//
// Also needs: npm install vitest
import { OAuth2Api, withRetry } from "hydra-sdk";
import { createMockHydra, type Fault } from "hydra-sdk/mock";
import { expect, test } from "vitest";

const hydra = createMockHydra();
const server = { basePath: hydra.publicUrl, adminBasePath: hydra.adminUrl, fetch: hydra.fetch };

test.each<[what: string, fault: Fault, name: string]>([
  ["an overloaded server", { status: 503 }, "ResponseError"],
  ["a broken connection", { dropConnection: true }, "NetworkError"],
  ["half an answer", { cutBody: true }, "NetworkError"],
  ["the page of a proxy", { html: true }, "InvalidResponseError"],
  ["an answer that is too late", { delay: 200 }, "TimeoutError"],
])("%s", async (_, fault, name) => {
  hydra.fail(fault);
  const api = new OAuth2Api({ ...server, timeout: 50 });
  await expect(api.listOAuth2Clients()).rejects.toMatchObject({ name });
  // The fault is used up.
  expect((await api.listOAuth2Clients()).status).toBe(200);
});

test("the second try goes well", async () => {
  hydra.fail({ operation: "listOAuth2Clients", status: 429, headers: { "retry-after": "0" }, times: 2 });
  const api = new OAuth2Api({ ...server, fetch: withRetry(hydra.fetch) });
  expect((await api.listOAuth2Clients()).status).toBe(200);
});

test("a token that expires", async () => {
  let now = Date.UTC(2026, 0, 1);
  const clocked = createMockHydra({ clock: () => now });
  const { client_id, client_secret } = clocked.addClient({ grant_types: ["client_credentials"] });
  const api = new OAuth2Api({
    basePath: clocked.publicUrl,
    adminBasePath: clocked.adminUrl,
    fetch: clocked.fetch,
    username: client_id,
    password: client_secret!,
  });
  const { data } = await api.oauth2TokenExchange({ grantType: "client_credentials" });
  const isActive = async () => (await api.introspectOAuth2Token({ token: data.access_token! })).data.active;
  expect(await isActive()).toBe(true);
  now += data.expires_in! * 1000;
  expect(await isActive()).toBe(false);
});
