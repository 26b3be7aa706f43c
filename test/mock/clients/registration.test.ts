import { beforeEach, describe, expect, it } from "vitest";
import type { MockHydra } from "../../../src/mock/index.ts";
import { call, checkedMock } from "../support/mock.ts";

let hydra: MockHydra;
beforeEach(() => {
  hydra = checkedMock();
});

describe("dynamic registration", () => {
  it("is a 404 if it is turned off", async () => {
    hydra = checkedMock({ dynamicRegistration: false });
    const { client_id, registration_access_token: token } = hydra.addClient();
    const headers = { authorization: `Bearer ${token}` };
    for (const route of [
      "POST /oauth2/register",
      `GET /oauth2/register/${client_id}`,
      `PUT /oauth2/register/${client_id}`,
      `DELETE /oauth2/register/${client_id}`,
    ]) {
      const reply = await call(hydra, route, route.startsWith("P") ? {} : undefined, { headers });
      expect(reply.status).toBe(404);
      expect(reply.body.error).toBe("The requested resource could not be found");
    }
  });

  it("does not accept an empty or malformed token", async () => {
    const { client_id } = hydra.addClient();
    for (const authorization of ["Bearer ", "Bearer", "Bearer undefined", ""]) {
      const reply = await call(hydra, `GET /oauth2/register/${client_id}`, undefined, { headers: { authorization } });
      expect(reply.status).toBe(401);
    }
  });
});

describe("concurrent requests", () => {
  const within = (ticks: number, act: () => void) => async () => {
    for (let tick = 0; tick < ticks; tick++) await null;
    act();
  };

  it("notice that a client was deleted in the meantime, at any moment", async () => {
    for (let ticks = 0; ticks < 30; ticks++) {
      const { client_id, registration_access_token } = hydra.addClient();
      const headers = { authorization: `Bearer ${registration_access_token}` };
      const [put, patch] = await Promise.all([
        call(hydra, `PUT /oauth2/register/${client_id}`, {}, { headers }),
        call(hydra, `PATCH /admin/clients/${client_id}`, [{ op: "add", path: "/client_secret", value: "another one" }]),
        within(ticks, () => hydra.state.clients.delete(client_id))(),
      ]);
      expect([200, 401]).toContain(put.status);
      expect([200, 404]).toContain(patch.status);
    }
  });

  it("can use a registration access token only once", async () => {
    const { client_id, registration_access_token } = hydra.addClient();
    const headers = { authorization: `Bearer ${registration_access_token}` };
    const put = () => call(hydra, `PUT /oauth2/register/${client_id}`, {}, { headers });
    const [winner, loser] = await Promise.all([put(), put()]);
    expect([winner.status, loser.status]).toEqual([200, 401]);
    expect(hydra.state.clients.get(client_id)!.registrationAccessToken).toBe(winner.body.registration_access_token);
  });
});
