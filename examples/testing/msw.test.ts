// Passes requests to the mock with one msw handler, for browser pages and code that does not accept a fetch function.
//
//   npx vitest run examples/testing
//
// Also needs: npm install msw vitest
import { OAuth2Api } from "hydra-sdk";
import { createMockHydra } from "hydra-sdk/mock";
import { http } from "msw";
import { setupServer } from "msw/node"; // In a browser page, use setupWorker of "msw/browser".
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

const hydra = createMockHydra({ publicUrl: "https://id.example.com", adminUrl: "https://hydra-admin.example.com" });
const handler = ({ request }: { request: Request }) => hydra.fetch(request);
const server = setupServer(http.all(`${hydra.publicUrl}/*`, handler), http.all(`${hydra.adminUrl}/*`, handler));

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterEach(() => hydra.reset());
afterAll(() => server.close());

test("serves code that uses the global fetch", async () => {
  // The SDK looks up fetch at each call, so the API can be created before or after msw starts.
  const api = new OAuth2Api({ basePath: hydra.publicUrl, adminBasePath: hydra.adminUrl });
  const { data } = await api.createOAuth2Client({ oAuth2Client: { client_name: "Web shop" } });
  expect(hydra.state.clients.get(data.client_id!)?.client.client_name).toBe("Web shop");
});
