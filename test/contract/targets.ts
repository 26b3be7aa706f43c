import { createMockHydra } from "../../src/mock/index.ts";
import { checked } from "../support/checked.ts";

/** A server to run the contract tests against. */
export interface Target {
  name: string;
  publicUrl: string;
  adminUrl: string;
  fetch: typeof fetch;
  /** Lets time pass: advances the mock's clock, or waits. */
  wait(milliseconds: number): Promise<void>;
  /** Differences between responses and openapi.yaml so far. */
  problems: readonly string[];
  /** The operations that have succeeded so far. */
  succeeded: ReadonlySet<string>;
}

/**
 * Returns the mock, and the real server at `HYDRA_PUBLIC_URL` and `HYDRA_ADMIN_URL` if both are set. The real server must
 * have dynamic registration enabled, and login, consent, logout and device URLs, which need not be served.
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
