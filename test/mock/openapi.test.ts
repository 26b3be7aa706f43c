import { expect, it } from "vitest";
import { createMockHydra } from "../../src/mock/index.ts";
import { checked } from "../support/checked.ts";
import { authorizationCode } from "./replay/authorization-code.ts";
import { clientCredentials } from "./replay/client-credentials.ts";
import { clients } from "./replay/clients.ts";
import { deviceJwtKeys } from "./replay/device-jwt-keys.ts";
import { Recorder } from "./replay/recorder.ts";
import { registration } from "./replay/registration.ts";

it.each(Object.entries({ clients, registration, clientCredentials, authorizationCode, deviceJwtKeys }))(
  "every answer to %s is as openapi.yaml says",
  async (_, scenario) => {
    const clock = { now: Date.now() };
    const hydra = createMockHydra({ clock: () => clock.now });
    const { fetch, problems } = checked(hydra, hydra.fetch);
    await scenario(new Recorder(hydra, clock, fetch));
    expect(problems).toEqual([]);
  },
);
