import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createMockHydra } from "../../src/mock/index.ts";

const hydra = createMockHydra();
const origins = /^http:\/\/127\.0\.0\.1:444[45]\//;
const server = setupServer(http.all(origins, ({ request }) => hydra.fetch(request).catch(() => HttpResponse.error())));
beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterAll(() => server.close());

it("msw passes requests to the mock", async () => {
  const created = await fetch(`${hydra.adminUrl}/admin/clients`, { method: "POST", body: '{"client_name":"App"}' });
  expect(created.status).toBe(201);
  const { client_id } = await created.json();
  expect(hydra.state.clients.get(client_id)?.client.client_name).toBe("App");
  const discovery = await fetch(`${hydra.publicUrl}/.well-known/openid-configuration`);
  expect((await discovery.json()).issuer).toBe(`${hydra.publicUrl}/`);
});

it("a connection that the mock drops is a network error behind msw, too", async () => {
  hydra.fail({ dropConnection: true });
  await expect(fetch(`${hydra.adminUrl}/admin/clients`)).rejects.toThrow(TypeError);
  expect((await fetch(`${hydra.adminUrl}/admin/clients`)).status).toBe(200);
});
