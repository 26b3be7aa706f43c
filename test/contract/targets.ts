import { createMockHydra } from "../../src/mock/index.ts";
import { checked } from "../support/checked.ts";

/** A Hydra to hold to its promises. */
export interface Target {
  name: string;
  publicUrl: string;
  adminUrl: string;
  fetch: typeof fetch;
  /** Lets time pass: by the mock's clock, or for real. */
  wait(milliseconds: number): Promise<void>;
  /** Answers that were not as openapi.yaml says, so far. */
  problems: readonly string[];
  /** The operations that have succeeded so far. */
  succeeded: ReadonlySet<string>;
}

/**
 * The mock, always; and the real server at `HYDRA_PUBLIC_URL` and `HYDRA_ADMIN_URL` where both are set. It needs dynamic
 * registration, and login, consent, logout and device URLs, which nobody has to serve.
 */
export function targets(): Target[] {
  const { HYDRA_PUBLIC_URL: publicUrl, HYDRA_ADMIN_URL: adminUrl } = process.env;
  const real = publicUrl && adminUrl ? [realTarget(publicUrl, adminUrl)] : [];
  return [mockTarget(), ...real];
}

function mockTarget(): Target {
  let now = Date.now();
  const hydra = createMockHydra({ clock: () => now });
  return {
    name: "the mock",
    publicUrl: hydra.publicUrl,
    adminUrl: hydra.adminUrl,
    ...checked(hydra, hydra.fetch),
    wait: async (milliseconds) => {
      now += milliseconds;
    },
  };
}

function realTarget(publicUrl: string, adminUrl: string): Target {
  return {
    name: "a real Hydra",
    publicUrl,
    adminUrl,
    ...checked({ publicUrl, adminUrl }, fetch),
    wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}
