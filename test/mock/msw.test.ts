import { http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, expect, it } from "vitest";
import { createMockHydra } from "../../src/mock/index.ts";

const hydra = createMockHydra();
const server = setupServer(http.all(/^http:\/\/127\.0\.0\.1:444[45]\//, ({ request }) => hydra.fetch(request)));
afterAll(() => server.close());

it("msw passes what a page sends to the mock", async () => {
  server.listen({ onUnhandledRequest: "error" });
  const created = await fetch(`${hydra.adminUrl}/admin/clients`, { method: "POST", body: '{"client_name":"App"}' });
  expect(created.status).toBe(201);
  const { client_id } = await created.json();
  expect(hydra.state.clients.get(client_id)?.client.client_name).toBe("App");
  const discovery = await fetch(`${hydra.publicUrl}/.well-known/openid-configuration`);
  expect((await discovery.json()).issuer).toBe(`${hydra.publicUrl}/`);
});
