import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createMockHydra } from "../../src/mock/index.ts";
import { listen } from "../../src/mock/node.ts";
import { authorizationCode } from "./replay/authorization-code.ts";
import { clientCredentials } from "./replay/client-credentials.ts";
import { clients } from "./replay/clients.ts";
import { deviceJwtKeys } from "./replay/device-jwt-keys.ts";
import { Recorder, type Recording, type Scenario } from "./replay/recorder.ts";
import { registration } from "./replay/registration.ts";

const recording: Recording = JSON.parse(
  readFileSync(new URL("../fixtures/hydra/recorded.json", import.meta.url), "utf8"),
);

const scenarios: Record<string, Scenario> = {
  "01-clients": clients,
  "02-dynamic-registration": registration,
  "03-client-credentials": clientCredentials,
  "04-authorization-code": authorizationCode,
  "05-device-jwt-keys": deviceJwtKeys,
};

it("has a scenario for every exchange that was recorded", () => {
  expect(Object.keys(scenarios)).toEqual(Object.keys(recording));
  expect(Object.values(recording).flat()).toHaveLength(359);
});

describe.each(["fetch", "listen()"])("by %s, what a real Hydra answered", (form) => {
  describe.each(Object.entries(scenarios))("%s", (name, scenario) => {
    const clock = { now: Date.now() };
    const hydra = createMockHydra({ clock: () => clock.now });
    const send: typeof fetch = form === "fetch" ? hydra.fetch : fetch;
    const recorder = new Recorder(hydra, clock, send);
    let close = async (): Promise<void> => {};

    beforeAll(async () => {
      if (form === "listen()") ({ close } = await listen(hydra));
      await scenario(recorder);
    });
    afterAll(() => close());

    it.each(recording[name]!.map(({ name: step, response }, at) => [step, response, at] as const))(
      "%s",
      (step, response, at) => {
        expect(recorder.exchanges[at]?.name).toBe(step);
        expect(recorder.exchanges[at]?.response).toEqual(response);
      },
    );

    it("has no other exchanges", () => {
      expect(recorder.exchanges).toHaveLength(recording[name]!.length);
    });
  });
});
