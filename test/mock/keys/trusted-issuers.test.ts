import { exportJWK, generateKeyPair } from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import type { MockHydra } from "../../../src/mock/index.ts";
import { call, checkedMock } from "../support/mock.ts";

let hydra: MockHydra;
beforeEach(() => {
  hydra = checkedMock();
});

describe("trusted issuers", () => {
  const PATH = "/admin/trust/grants/jwt-bearer/issuers";
  const grant = async (more: object = {}) => {
    const { publicKey } = await generateKeyPair("ES256");
    const jwk = { ...(await exportJWK(publicKey)), kid: "first", use: "sig", alg: "ES256" };
    return {
      issuer: "https://issuer.example",
      subject: "dave",
      scope: ["read"],
      jwk,
      expires_at: "2030-01-01T00:00:00Z",
      ...more,
    };
  };

  it("have their keys in the key set of their name until they are deleted", async () => {
    const trusted = await grant();
    const { body } = await call(hydra, `POST ${PATH}`, trusted);
    const keys = "/admin/keys/https%3A%2F%2Fissuer.example";
    expect((await call(hydra, `GET ${keys}`)).body).toEqual({ keys: [trusted.jwk] });
    await call(hydra, `DELETE ${PATH}/${body.id}`);
    expect((await call(hydra, `GET ${keys}`)).status).toBe(404);
  });

  it.each([
    ["DELETE /admin/keys/https%3A%2F%2Fissuer.example/first"],
    ["DELETE /admin/keys/https%3A%2F%2Fissuer.example"],
    ["PUT /admin/keys/https%3A%2F%2Fissuer.example/first", (jwk: object) => jwk],
    ["PUT /admin/keys/https%3A%2F%2Fissuer.example", (jwk: object) => ({ keys: [jwk] })],
  ] as [string, ((jwk: object) => unknown)?][])(
    "are trusted no more once their key is deleted or replaced: %s",
    async (route, body = () => undefined) => {
      const trusted = await grant();
      await call(hydra, `POST ${PATH}`, trusted);
      const other = await call(hydra, `POST ${PATH}`, await grant({ jwk: { ...trusted.jwk, kid: "second" } }));
      await call(hydra, route, body((await grant()).jwk));
      const left = (await call(hydra, `GET ${PATH}`)).body;
      expect(left).toEqual(/first$/.test(route) ? [other.body] : []);
    },
  );

  it("are deleted with another one that has the same key", async () => {
    const first = await call(hydra, `POST ${PATH}`, await grant());
    await call(hydra, `POST ${PATH}`, await grant({ subject: "erin" }));
    await call(hydra, `DELETE ${PATH}/${first.body.id}`);
    expect((await call(hydra, `GET ${PATH}`)).body).toEqual([]);
  });

  it("may be trusted for any subject and for several", async () => {
    const reply = await call(hydra, `POST ${PATH}`, await grant({ subject: "", allow_any_subject: true }));
    expect(reply).toMatchObject({ status: 201, body: { allow_any_subject: true, subject: "" } });
    expect((await call(hydra, `POST ${PATH}`, await grant({ subject: "erin" }))).status).toBe(201);
    expect((await call(hydra, `GET ${PATH}?page_size=1`)).headers.get("link")).toContain('rel="next"');
  });

  it.each([
    { issuer: "" },
    { subject: "" },
    { expires_at: "tomorrow" },
    { expires_at: 5 },
    { scope: "read" },
    { scope: [1] },
    { jwk: undefined },
    { jwk: { kty: "EC", kid: "x" } },
  ])("are refused with %j", async (wrong) => {
    expect((await call(hydra, `POST ${PATH}`, await grant(wrong))).status).toBe(400);
    expect(hydra.state.trustedIssuers.size).toBe(0);
  });
});
